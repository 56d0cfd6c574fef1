"""Words of a claim against the words that stand in their place: denials, opposites, limits, other members of a kind."""

import re
from collections.abc import Sequence

from qa.grounding.alignment import Aligned, Fit
from qa.grounding.lexicon import contrasts, is_light, opposites, root, speaks_badly, synonyms
from qa.grounding.negation import Denial, denials
from qa.grounding.places import in_place_of
from qa.grounding.prepared import Word
from qa.language.words import tokens
from qa.records import Problem

_PAIRS = (("before", "after"), ("above", "below"), ("over", "under"), ("with", "without"), ("more", "less"), ("more", "fewer"),
          ("most", "least"), ("up", "down"), ("until", "since"), ("inside", "outside"), ("both", "neither"))
_SMALL_OPPOSITES = {a: {y if x == a else x for x, y in _PAIRS if a in (x, y)} for pair in _PAIRS for a in pair}
_LIMITS = re.compile(r"\b(?:only|solely|merely|exclusively|nothing but|just(?= one| a| the))\b", re.IGNORECASE)
_LIMITED = re.compile(r"\b(?:only|sole|solely|merely|exclusive|exclusively|just|nothing but|alone|nothing|one)\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:all|every|each|everyone|everything|always|entirely|completely|fully|whole|any|both)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:some|a (?:third|quarter|fifth|half)|half|percent|few|several|most|many|part|"
                   r"partly|partially|often|sometimes|usually|largely|mainly|mostly)\b", re.IGNORECASE)
_FIRST_OF_ALL = re.compile(
    r"\b(?:is|was|are|were) the (?:first|highest|longest|oldest|only)\b|\bthe (?:most|largest|biggest|best)\b", re.IGNORECASE)
_ONE_OF = re.compile(r"\b(?:one|some) of the\b|\bamong(?: the)?\b|\bsecond[- ]", re.IGNORECASE)
_REJECTS = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:e|es|ed|ing)|refut(?:e|es|ed|ing)|"
                      r"dismiss(?:es|ed|ing)?|false(?:ly)?|untrue|no evidence|refus(?:e|es|ed|ing)|contrary to)\b", re.IGNORECASE)
_MOST_OF = 0.8  # of the claim's words, said after the denying verb
_FIRST = 3  # of the words under a denial, those that it denies for certain
_BESIDE = 4  # words between a denial of the source and a word the claim denies
_NONE = re.compile(r"\b(?:none|no one|nobody|nothing|never|neither)\b", re.IGNORECASE)


def negation_problems(aligned: Aligned) -> list[Problem]:
    """What the claim denies and the source does not, then what the source denies and the claim does not."""
    claim, source = aligned.claim, aligned.source
    fits = {fit.word.start: fit for fit in aligned.fits}
    mine = denials(claim, [aligned.sentence])
    every = denials(source, range(len(source.sentences)), weak=True) if mine else ()
    found = []
    for denial in mine:
        if not _denied_there(denial, aligned, fits, every):
            words = [claim.words[place].text for place in (denial.by, *denial.denied[:2])]
            found.append(Problem(kind="negation", claim=" ".join(words), source=_undenied(denial, aligned, fits)))
    if not found:
        found += _inserted(aligned.claim.words_of(aligned.sentence), aligned.source_words(), kind="negation")
    if not found:
        found += _inserted(aligned.source_words(), aligned.claim.words_of(aligned.sentence), kind="denied")
    if not found and not mine:
        found += _dropped(aligned) or _rejected(aligned)
    return found[:1]


def _inserted(with_not: Sequence[Word], without: Sequence[Word], *, kind: str) -> list[Problem]:
    """A "not" between two words that the other side has side by side."""
    pairs = {(a.text, b.text) for a, b in zip(without, without[1:], strict=False) if a.sentence == b.sentence}
    for before, denial, after in zip(with_not, with_not[1:], with_not[2:], strict=False):
        if denial.text in ("not", "never", "no", "non") and before.sentence == after.sentence and (before.text, after.text) in pairs:
            said = f"{before.text} {after.text}"
            denied = f"{before.text} {denial.text} {after.text}"
            return [Problem(kind=kind, claim=denied, source=said) if kind == "negation" else Problem(kind=kind, claim=said, source=denied)]
    return []


def _denied_there(denial: Denial, aligned: Aligned, fits: dict[int, Fit], every: Sequence[Denial]) -> bool:
    """Whether the source denies what the claim does: where the window says one of the denied words, right there;
    otherwise anywhere in the source, or by any denial or opposite in the window."""
    source = aligned.source
    inside = aligned.inside
    words = [aligned.claim.words[index] for index in denial.denied[:_FIRST]]
    near = [other for other in every if other.by in inside]
    said = [fits[word.start] for word in words if word.start in fits and fits[word.start].how in ("same", "alike")]
    if said:
        places = {place for fit in said for place in source.places[source.words[fit.place].stem] if place in inside}
        return any(place in other.denied or abs(other.by - place) <= _BESIDE for other in near for place in places)
    denied = {source.words[place].stem for other in every for place in other.denied}
    present = {source.words[place].stem for place in inside}
    return bool(near) or any(word.stem in denied or synonyms(word.stem) & denied or opposites(word.stem) & present for word in words)


def _undenied(denial: Denial, aligned: Aligned, fits: dict[int, Fit]) -> str:
    for index in denial.denied:
        fit = fits.get(aligned.claim.words[index].start)
        if fit and fit.place >= 0:
            return aligned.source.words[fit.place].text
    return ""


def _dropped(aligned: Aligned) -> list[Problem]:
    """Denials of the window whose words the claim repeats as if they held."""
    source = aligned.source
    said = {fit.place for fit in aligned.fits if fit.how == "same"}
    for denial in denials(source, aligned.window.sentences):
        near = [place for place in denial.denied[:2] if place in said]
        if near and len(near) == len(denial.denied[:2]) and not any(
                place not in denial.denied for place in source.places[source.words[near[0]].stem]):
            word = source.words[near[0]].text
            return [Problem(kind="denied", claim=word, source=f"{source.words[denial.by].text} {word}")]
    return []


def _rejected(aligned: Aligned) -> list[Problem]:
    """What somebody denies or rejects in the window and the claim says as if it held, without the one who denies it."""
    if _REJECTS.search(aligned.claim_text()):
        return []
    said = {fit.place for fit in aligned.fits if fit.how in ("same", "alike")}
    for sentence in aligned.window.sentences:
        start, end = aligned.source.sentences[sentence]
        verb = _REJECTS.search(aligned.source.text, start, end)
        places = [place for place in said if verb and place in aligned.source.indices(sentence)]
        after = [place for place in places if aligned.source.words[place].start > verb.start()]
        if after and len(after) >= _MOST_OF * len(said):
            word = aligned.source.words[min(after)].text
            return [Problem(kind="denied", claim=word, source=f"{verb.group()} {word}")]
    return []


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
