"""Words of a claim against the words that stand in their place: denials, opposites, other members of a kind."""

from qa.grounding.alignment import Aligned
from qa.grounding.negation import negated
from qa.records import Problem


def negation_problems(aligned: Aligned) -> list[Problem]:
    """What the claim denies and the source does not, or the source denies and the claim does not."""
    claim, source = aligned.claim, aligned.source
    denied = negated(claim, aligned.sentence, aligned.sentence)
    denied_at = {claim.words[place].start for place in denied}
    denied_there = negated(source, 0, len(source.sentences) - 1) if denied else negated(source, aligned.window.first, aligned.window.last)
    found = []
    for fit in aligned.fits:
        if fit.word.start in denied_at and fit.how in ("same", "alike", "elsewhere"):
            stem = source.words[fit.place].stem
            if not any(place in denied_there for place in source.places[stem]):
                found.append(Problem(kind="negation", claim=f"not {fit.word.text}", source=source.words[fit.place].text))
        elif fit.word.start not in denied_at and fit.how == "same" and fit.place in denied_there:
            if not any(place not in denied_there for place in source.places[source.words[fit.place].stem]):
                found.append(Problem(kind="denied", claim=fit.word.text, source=f"not {source.words[fit.place].text}"))
    return found[:1]


def opposite_problems(aligned: Aligned) -> list[Problem]:
    """Words of the claim in whose place the window has an opposite, or another member of the same kind."""
    return [Problem(kind=fit.how, claim=fit.word.text, source=aligned.source.words[fit.place].text)
            for fit in aligned.fits if fit.how in ("opposite", "contrast")]


def absent_problems(aligned: Aligned) -> list[Problem]:
    """Words of the claim that the source says nowhere, in no form known here."""
    return [Problem(kind="unsaid", claim=fit.word.text, source="") for fit in aligned.fits if fit.how == "absent"]
