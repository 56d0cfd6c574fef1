"""Who did what to whom: the same verb between the same two, the other way round."""

from qa.grounding.alignment import Aligned, Fit
from qa.records import Problem

_BEING = frozenset("is are was were be been being gets got get".split())
_REACH = 6  # words on either side of the verb


def role_problems(aligned: Aligned) -> list[Problem]:
    """Places where the claim has "A … verb … B" and the window "B … verb … A" with no passive to account for it."""
    fits = [fit for fit in aligned.fits if fit.how in ("same", "alike")]
    for before, verb, after in zip(fits, fits[1:], fits[2:], strict=False):
        if verb.how == "same" and _swapped(aligned, before, verb, after):
            claim = " ".join(fit.word.text for fit in (before, verb, after))
            source = " ".join(aligned.source.words[fit.place].text for fit in (after, verb, before))
            return [Problem(kind="roles", claim=claim, source=source)]
    return []


def _swapped(aligned: Aligned, before: Fit, verb: Fit, after: Fit) -> bool:
    source, claim = aligned.source, aligned.claim
    capital = [source.text[source.words[fit.place].start].isupper() for fit in (before, verb, after)]
    if capital != [True, False, True]:
        return False
    ends = [source.places[source.words[fit.place].stem] for fit in (before, verb, after)]
    if any(len([place for place in places if place in aligned.inside]) != 1 for places in ends):
        return False
    first, middle, last = before.place, verb.place, after.place
    if len({source.words[place].sentence for place in (first, middle, last)}) != 1:
        return False
    if max(abs(first - middle), abs(last - middle)) > _REACH:
        return False
    spot = next(index for index in claim.indices(aligned.sentence) if claim.words[index].start == verb.word.start)
    same_voice = _passive(claim.words, spot) == _passive(source.words, middle)
    order = first < middle < last
    return (last < middle < first) if same_voice else order and _by(claim.words, spot) != _by(source.words, middle)


def _passive(words: tuple, spot: int) -> bool:
    return any(word.text in _BEING for word in words[max(0, spot - 2):spot]) and _by(words, spot)


def _by(words: tuple, spot: int) -> bool:
    return any(word.text == "by" for word in words[spot + 1:spot + 6])
