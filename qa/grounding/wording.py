"""Words of a claim against the words that stand in their place: opposites, limits, other members of a kind."""

import re

from qa.grounding.alignment import Aligned
from qa.grounding.lexicon import contrasts, is_light, opposites, root, speaks_badly
from qa.grounding.negation import denials
from qa.grounding.places import in_place_of
from qa.language.words import tokens
from qa.records import Problem

_PAIRS = (("before", "after"), ("above", "below"), ("over", "under"), ("with", "without"), ("more", "less"), ("more", "fewer"),
          ("most", "least"), ("up", "down"), ("until", "since"), ("inside", "outside"), ("both", "neither"))
_SMALL_OPPOSITES = {a: {y if x == a else x for x, y in _PAIRS if a in (x, y)} for pair in _PAIRS for a in pair}
_LIMITS = re.compile(r"\b(?:only|solely|merely|exclusively|nothing but|just(?= one| a| the))\b", re.IGNORECASE)
_LIMITED = re.compile(r"\b(?:only|sole|solely|merely|exclusive|exclusively|just|nothing but|alone|nothing|one)\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:all|every|each|everyone|everything|always|entirely|completely|fully|whole|any|both)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:some|a (?:third|quarter|fifth|half)|half|percent|few|several|(?<!the )most|many|part|"
                   r"partly|partially|often|sometimes|usually|largely|mainly|mostly)\b", re.IGNORECASE)
_FIRST_OF_ALL = re.compile(
    r"\b(?:is|was|are|were) the (?:first|highest|longest|oldest|only)\b|\bthe (?:most|largest|biggest|best)\b", re.IGNORECASE)
_ONE_OF = re.compile(r"\b(?:one|some) of the\b|\bamong(?: the)?\b|\bsecond[- ]", re.IGNORECASE)
_NONE = re.compile(r"\b(?:none|no one|nobody|nothing|never|neither)\b", re.IGNORECASE)


def opposite_problems(aligned: Aligned) -> list[Problem]:
    """Words of the claim in whose place the window has an opposite, or another member of the same kind."""
    found = [Problem(kind=fit.how, claim=fit.word.text, source=aligned.source.words[fit.place].text)
             for fit in aligned.fits if fit.how in ("opposite", "contrast")]
    offset = aligned.claim.sentences[aligned.sentence][0]
    for fit in aligned.fits:
        against = opposites(fit.word.stem) | (frozenset() if is_light(fit.word.stem) else contrasts(fit.word.stem))
        if not against or fit.how in ("opposite", "contrast"):
            continue
        texts = in_place_of(aligned, fit.word.start - offset, fit.word.end - offset)
        stretches = [{root(token.text) for token in tokens(text)} for text in texts]
        if any(fit.word.stem in stems for stems in stretches):
            continue
        rival = next((stem for stems in stretches for stem in sorted(stems & against)), "")
        if rival:
            found.append(Problem(kind="opposite", claim=fit.word.text, source=rival))
    near = {word.stem: word.text for word in aligned.source_words()}
    for fit in aligned.fits:
        rivals = sorted(opposites(fit.word.stem) & near.keys()) if fit.how == "absent" else []
        if rivals:
            found.append(Problem(kind="reversed", claim=fit.word.text, source=near[rivals[0]]))
    return found


def small_word_problems(aligned: Aligned) -> list[Problem]:
    """"Before" for "after", "only" where the source sets no such limit, "all" for "some"."""
    source_words = {word.text for word in aligned.source_words()}
    found = []
    for word in aligned.claim.words_of(aligned.sentence):
        others = _SMALL_OPPOSITES.get(word.text, set()) & source_words
        if others and word.text not in source_words:
            found.append(Problem(kind="small", claim=word.text, source=sorted(others)[0]))
    found += _turned(aligned)
    text = aligned.source_text()
    limit = _LIMITS.search(aligned.claim_text())
    if limit and not _LIMITED.search(text):
        found.append(Problem(kind="limit", claim=limit.group(), source=""))
    for wide, narrow in ((_EVERY, _SOME), (_SOME, _EVERY), (_NONE, _SOME), (_NONE, _EVERY)):
        mine, theirs = wide.search(aligned.claim_text()), narrow.search(text)
        if mine and theirs and not wide.search(text):
            found.append(Problem(kind="quantity", claim=mine.group(), source=theirs.group()))
            break
    first, shared = _FIRST_OF_ALL.search(aligned.claim_text()), _ONE_OF.search(text)
    if first and shared and not _ONE_OF.search(aligned.claim_text()):
        found.append(Problem(kind="rank", claim=first.group(), source=shared.group()))
    return found


def _turned(aligned: Aligned) -> list[Problem]:
    """A small word whose opposite stands before the very two words that follow it in the claim ("after the flood")."""
    claim, window = aligned.claim.words_of(aligned.sentence), aligned.source_words()
    there = {}
    for word, first, second in zip(window, window[1:], window[2:], strict=False):
        there.setdefault((first.text, second.text), set()).add(word.text)
    for word, first, second in zip(claim, claim[1:], claim[2:], strict=False):
        before = there.get((first.text, second.text), set())
        others = _SMALL_OPPOSITES.get(word.text, set()) & before
        if others and word.text not in before:
            return [Problem(kind="opposite", claim=word.text, source=sorted(others)[0])]
    return []


def blame_problems(aligned: Aligned) -> list[Problem]:
    """Blame or harm that the claim adds: no word of the window speaks badly of anything. (Added praise told nothing.)"""
    window = aligned.source_words()
    if any(speaks_badly(word.stem) for word in window) or denials(aligned.source, aligned.window.sentences, weak=True):
        return []
    added = [fit.word for fit in aligned.fits if fit.how == "absent" and speaks_badly(fit.word.stem)]
    return [Problem(kind="blame", claim=word.text, source="") for word in added]


def absent_problems(aligned: Aligned) -> list[Problem]:
    """Words of the claim that the source says nowhere, in no form known here."""
    return [Problem(kind="unsaid", claim=fit.word.text, source="") for fit in aligned.fits if fit.how == "absent"]
