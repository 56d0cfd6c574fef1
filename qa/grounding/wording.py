"""Words of a claim against the words that stand in their place: denials, opposites, limits, other members of a kind."""

import re

from qa.grounding.alignment import Aligned
from qa.grounding.lexicon import opposites
from qa.grounding.negation import denies, negated
from qa.records import Problem

_PAIRS = (("before", "after"), ("above", "below"), ("over", "under"), ("with", "without"), ("more", "less"), ("more", "fewer"),
          ("most", "least"), ("up", "down"), ("until", "since"), ("inside", "outside"), ("both", "neither"))
_SMALL_OPPOSITES = {a: {y if x == a else x for x, y in _PAIRS if a in (x, y)} for pair in _PAIRS for a in pair}
_LIMITS = re.compile(r"\b(?:only|solely|merely|exclusively|nothing but|just(?= one| a| the))\b", re.IGNORECASE)
_LIMITED = re.compile(r"\b(?:only|sole|solely|merely|exclusive|exclusively|just|nothing but|alone|nothing|one)\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:all|every|each|everyone|everything|always|entirely|completely|fully|whole|any|both)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:some|few|several|most|many|part|partly|partially|often|sometimes|usually|largely|mainly|mostly)\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:none|no one|nobody|nothing|never|neither)\b", re.IGNORECASE)


def negation_problems(aligned: Aligned) -> list[Problem]:
    """What the claim denies and the source does not, or the source denies and the claim does not."""
    claim, source = aligned.claim, aligned.source
    denied = negated(claim, aligned.sentence, aligned.sentence)
    denied_at = {claim.words[place].start for place in denied}
    every = negated(source, 0, len(source.sentences) - 1) if denied else negated(source, aligned.window.first, aligned.window.last)
    found = []
    for fit in aligned.fits:
        if fit.word.start in denied_at and fit.how in ("same", "alike", "elsewhere"):
            if not any(place in every for place in source.places[source.words[fit.place].stem]):
                found.append(Problem(kind="negation", claim=f"not {fit.word.text}", source=source.words[fit.place].text))
        elif fit.word.start not in denied_at and fit.how == "same" and fit.place in every:
            if not any(place not in every for place in source.places[source.words[fit.place].stem]):
                found.append(Problem(kind="denied", claim=fit.word.text, source=f"not {source.words[fit.place].text}"))
    if not found and denied and not denies(aligned.source_text()):
        word = claim.words[next(iter(denied.values()))]
        found.append(Problem(kind="negation", claim=f"{word.text} {claim.words[next(iter(denied))].text}", source=""))
    return found[:1]


def opposite_problems(aligned: Aligned) -> list[Problem]:
    """Words of the claim in whose place the window has an opposite, or another member of the same kind."""
    found = [Problem(kind=fit.how, claim=fit.word.text, source=aligned.source.words[fit.place].text)
             for fit in aligned.fits if fit.how in ("opposite", "contrast")]
    near = {word.stem: word.text for word in aligned.source.words_of(aligned.window.first, aligned.window.last)}
    for fit in aligned.fits:
        rivals = sorted(opposites(fit.word.stem) & near.keys()) if fit.how == "absent" else []
        if rivals:
            found.append(Problem(kind="reversed", claim=fit.word.text, source=near[rivals[0]]))
    return found


def small_word_problems(aligned: Aligned) -> list[Problem]:
    """"Before" for "after", "only" where the source sets no such limit, "all" for "some"."""
    source_words = {word.text for word in aligned.source.words_of(aligned.window.first, aligned.window.last)}
    found = []
    for word in aligned.claim.words_of(aligned.sentence, aligned.sentence):
        others = _SMALL_OPPOSITES.get(word.text, set()) & source_words
        if others and word.text not in source_words:
            found.append(Problem(kind="small", claim=word.text, source=sorted(others)[0]))
    text = aligned.source_text()
    limit = _LIMITS.search(aligned.claim_text())
    if limit and not _LIMITED.search(text):
        found.append(Problem(kind="limit", claim=limit.group(), source=""))
    for wide, narrow in ((_EVERY, _SOME), (_SOME, _EVERY), (_NONE, _SOME), (_NONE, _EVERY)):
        mine, theirs = wide.search(aligned.claim_text()), narrow.search(text)
        if mine and theirs and not wide.search(text):
            found.append(Problem(kind="quantity", claim=mine.group(), source=theirs.group()))
            break
    if re.search(r"\bis the (?:most|best|largest|biggest|first|highest|longest|oldest|only)\b|\bthe (?:most|largest|biggest|best)\b", aligned.claim_text(), re.I):
        shared = re.search(r"\b(?:one|some|among) of the|\bamong the\b|\bsecond[- ]", text, re.I)
        if shared and not re.search(r"\b(?:one|some) of\b|\bamong\b|\bsecond\b", aligned.claim_text(), re.I):
            found.append(Problem(kind="rank", claim="the only one of its rank", source=shared.group()))
    return found


def absent_problems(aligned: Aligned) -> list[Problem]:
    """Words of the claim that the source says nowhere, in no form known here."""
    return [Problem(kind="unsaid", claim=fit.word.text, source="") for fit in aligned.fits if fit.how == "absent"]
