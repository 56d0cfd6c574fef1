"""Who says it and how surely: quotations, speakers, claims shown as facts, facts shown as claims, dropped hedges."""

import re
from functools import lru_cache

from qa.grounding.alignment import Aligned
from qa.grounding.naming import names_in
from qa.language.names import same_name
from qa.records import Problem

_QUOTED = re.compile(r"[“\"«]([^“”\"«»]+)[”\"»]")
_SPEECH = (r"(?:said|says|say|told|tells|stated|states|announced|added|noted|argued|argues|insisted|insists|warned|wrote|writes|replied|"
           r"explained|claimed|claims|alleged|alleges|maintained|denied|denies|accused|accuses|confirmed|declared|vowed|reported)")
_DISPUTED = re.compile(r"\b(?:claim(?:s|ed|ing)?|alleg(?:e|es|ed|edly|ing)|accus(?:e|es|ed|ing)|insist(?:s|ed)?|purported(?:ly)?|"
                       r"reportedly|supposedly|according to|so-called|contends?|contended|asserts?|asserted)\b", re.IGNORECASE)
_ATTRIBUTED = re.compile(rf"\b{_SPEECH}\b|\b(?:according to|reportedly|allegedly|in the words of)\b|[“”\"]", re.IGNORECASE)
_SAYS = re.compile(r"\b(?:said|says|told|announced|stated|in the words of)\b", re.IGNORECASE)
_SPEAKER_BEFORE = re.compile(rf"\s+{_SPEECH}\b")
_SPEAKER_AFTER = re.compile(rf"(?:\b{_SPEECH}|\baccording to|\bin the words of)\s+(?:the\s+)?$")
_HEDGE = re.compile(r"\b(?:(?-i:may)(?!\s+\d)|might|could|possibly|perhaps|probably|likely|potentially|apparently|presumably|suspected|suspects?|"
                    r"appears? to|seems? to|expected|expects|believed to|thought to|reportedly|allegedly|unconfirmed|estimated|planned|"
                    r"plans to|proposed|considering)\b", re.IGNORECASE)
_SHORTEST = 3  # words a quotation must have to be looked up


def quotation_problems(aligned: Aligned) -> list[Problem]:
    """Quoted words that the source does not have in this order: made up, or put together from separate places."""
    source = f" {_plain(aligned.source.text)} "
    found = []
    for match in _QUOTED.finditer(aligned.claim_text()):
        pieces = [piece for part in re.split(r"\.\.\.|…|\[[^\]]*\]", match[1]) if (piece := _plain(part))]
        long = sum(len(piece.split()) for piece in pieces) >= _SHORTEST
        if long and not _is_title(match[1]) and not all(f" {piece} " in source for piece in pieces):
            kind = "stitched quotation" if _stitched(pieces, source) else "quotation"
            found.append(Problem(kind=kind, claim=match[1].strip(), source=""))
        elif long and pieces:
            found += _misattributed(aligned, match[1])
    return found


def _misattributed(aligned: Aligned, quoted: str) -> list[Problem]:
    """A speaker of the claim whom the source names neither in the sentence of the quotation nor in the two before it."""
    speakers = _speakers(aligned.claim_text())
    first = " ".join(quoted.split()[:_SHORTEST])
    at = aligned.source.text.find(first)
    if not speakers or at < 0:
        return []
    number = max(place for place, (start, _) in enumerate(aligned.source.sentences) if start <= at)
    text, sentences = aligned.source.text, aligned.source.sentences
    before = text[sentences[max(0, number - 2)][0]:sentences[number][1]]
    after = text[sentences[number][0]:sentences[min(number + 1, len(sentences) - 1)][1]]
    near = [name.core for name in names_in(before)] + _speakers(after)
    if any(same_name(speaker, name) for speaker in speakers for name in near):
        return []
    return [Problem(kind="speaker", claim=speakers[0], source=near[0] if near else "")]


@lru_cache(maxsize=64)
def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _is_title(text: str) -> bool:
    """Whether all longer words of a quoted text are capitalised: the name of a work, which the names check looks up."""
    return all(word[0].isupper() or word[0].isdigit() for word in re.findall(r"[^\W_]{4,}", text))


def _stitched(pieces: list[str], source: str) -> bool:
    """Whether a quotation falls into two runs of three words or more that the source has apart."""
    words = " ".join(pieces).split()
    return any(f" {' '.join(words[:cut])} " in source and f" {' '.join(words[cut:])} " in source for cut in range(3, len(words) - 2))


def speaker_problems(aligned: Aligned) -> list[Problem]:
    """A named speaker of the claim while the window names another, and statements that changed between claim and fact."""
    claim, window = aligned.claim_text(), aligned.source_text()
    mine, theirs = _speakers(claim), _speakers(window)
    if mine and theirs and not any(same_name(a, b) for a in mine for b in theirs):
        return [Problem(kind="speaker", claim=mine[0], source=theirs[0])]
    said = _ATTRIBUTED.search(claim)
    disputed = _DISPUTED.search(window) or _SAYS.search(window)
    if disputed and not said and not _DISPUTED.search(claim):
        return [Problem(kind="claim as fact", claim="", source=disputed.group())]
    disputed = _DISPUTED.search(claim)
    if disputed and not _ATTRIBUTED.search(window) and not _DISPUTED.search(window):
        return [Problem(kind="fact as claim", claim=disputed.group(), source="")]
    return []


def _speakers(text: str) -> list[str]:
    """The names that stand right before or after a verb of saying."""
    return [name.core for name in names_in(text) if not re.search(r"-[a-z]", name.core)
            and (_SPEAKER_BEFORE.match(text, name.end) or _SPEAKER_AFTER.search(text, 0, name.start))]


def hedge_problems(aligned: Aligned) -> list[Problem]:
    """"May", "expected" and the like that the window sets before a word and the claim leaves out."""
    if _HEDGE.search(aligned.claim_text()):
        return []
    said = sorted(fit.place for fit in aligned.fits if fit.how in ("same", "alike"))
    for place in said:
        word = aligned.source.words[place]
        start = aligned.source.sentences[word.sentence][0]
        hedge = _HEDGE.search(aligned.source.text, max(start, word.start - 24), word.start)
        if hedge and len(aligned.source.text[hedge.end():word.start].split()) <= 1:
            return [Problem(kind="hedge", claim=word.text, source=f"{hedge.group()} {word.text}")]
    return []
