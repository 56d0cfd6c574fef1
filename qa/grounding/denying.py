"""What a claim denies and its source does not, and the reverse."""

import re
from collections.abc import Sequence

from qa.grounding.alignment import Aligned, Fit
from qa.grounding.lexicon import opposites, synonyms
from qa.grounding.negation import Denial, denials
from qa.grounding.prepared import Word
from qa.records import Problem

_REJECTS = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:e|es|ed|ing)|refut(?:e|es|ed|ing)|"
                      r"dismiss(?:es|ed|ing)?|false(?:ly)?|untrue|no evidence|refus(?:e|es|ed|ing)|contrary to)\b", re.IGNORECASE)
_MOST_OF = 0.8  # of the claim's words, said after the denying verb
_FIRST = 3  # of the words under a denial, those that it denies for certain
_BESIDE = 4  # words between a denial of the source and a word the claim denies


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
