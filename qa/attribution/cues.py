"""What in one sentence says that somebody says something: verbs of saying with their subjects, "according to", "as reported by",
quotations."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.attribution.apposition import with_name
from qa.attribution.according import according, colon, gerunds, passives, quoted_by
from qa.attribution.cue import Cue
from qa.attribution.phrases import classify
from qa.attribution.quoting import quoted_first
from qa.attribution.saying import says
from qa.attribution.stances import stances
from qa.attribution.subjects import after_cue
from qa.attribution.vocabulary import HEARSAY

_FIELD = re.compile(r"\s*(?:---\s*)?(?:title|author|outlet|published|kind|subtitle):\s")
"""A line of the header that some documents begin with, which says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a sentence shows by itself: its cues in order, where hearsay stands, its quotations, and whether the last is still open."""

    cues: tuple[Cue, ...]
    hearsay: tuple[int, ...]
    quotations: tuple[tuple[int, int], ...]
    open_end: bool


@lru_cache(maxsize=8192)
def read(sentence: str, open_start: bool = False) -> Reading:
    """The cues of `sentence`; with `open_start` it begins inside a quotation."""
    quotations, open_end = find_quotations(sentence, open_start)
    masked = _mask(sentence, quotations)
    if _FIELD.match(sentence):
        return Reading(cues=(), hearsay=(), quotations=tuple(quotations), open_end=open_end)
    cues = [
        *says(masked, sentence),
        *according(masked, sentence),
        *quoted_by(masked, sentence),
        *passives(masked, sentence),
        *gerunds(masked, sentence),
        *colon(masked, sentence),
        *stances(masked, sentence),
    ]
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda cue: (cue.start, -cue.end)):
        if not any(cue.start < other.end and other.start < cue.end and cue.phrase.start == other.phrase.start for other in kept):
            kept.append(replace(cue, phrase=with_name(cue.phrase, masked)))
    return Reading(cues=tuple(quoted_first(kept, masked, quotations)), hearsay=_hearsay(masked), quotations=tuple(quotations), open_end=open_end)


def find_quotations(text: str, open_start: bool = False) -> tuple[list[tuple[int, int]], bool]:
    """The spans inside double quotation marks, straight or curly, and whether the last one is still open at the end."""
    spans, start = [], 0 if open_start else -1
    for match in re.finditer(r"[“”\"„«»]", text):
        mark = match.group()
        opens = mark in "“„«" or (mark == '"' and start < 0)
        if opens and start < 0:
            start = match.end()
        elif not opens and start >= 0:
            spans.append((start, match.start()))
            start = -1
    if start >= 0:
        spans.append((start, len(text)))
    return [span for span in spans if span[1] > span[0]], start >= 0


def _mask(sentence: str, quotations: list[tuple[int, int]]) -> str:
    """The sentence with quotations and brackets blanked out by marks of the same length, so that offsets stay."""
    letters = list(sentence)
    brackets = [(match.start() + 1, match.end() - 1) for match in re.finditer(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]", sentence)]
    for start, end in [*quotations, *brackets]:
        if (start, end) in brackets or len(sentence[start:end].split()) > 3 or end == len(sentence) or sentence[end - 1] in ",.?!":
            letters[start:end] = "·" * (end - start)
    return "".join(letters)


def _hearsay(masked: str) -> tuple[int, ...]:
    """Where the sentence says that people in general say, know or suspect something; not where a passive names its agent."""
    found = []
    for match in HEARSAY.finditer(masked):
        agent = re.match(r"[^,.;]{0,40}?\bby\s+", masked[match.end() :])
        if agent and re.search(r"(?:ed|said|seen as|thought)$", match.group(), re.I):
            phrase = after_cue(masked, masked, match.end() + agent.end())
            if phrase and phrase.who in ("named", "definite"):
                continue
        if not re.search(r"[a-z]", match.group()[:1] + match.group()[1:2]) or not _owned(masked, match):
            found.append(match.start())
    return tuple(found)


def _owned(masked: str, match: re.Match) -> bool:
    """ "US officials say" and "the experts it names say" are no hearsay: the words before make the group a known one."""
    if not re.match(
        r"(?:reports?|sources?|officials|experts|analysts|observers|media|outlets|diplomats|activists|residents|estimates"
        r"|researchers|scientists|economists|witnesses)\b",
        match.group(),
        re.I,
    ):
        return False
    before = re.search(r"(\S+(?:\s+\S+)?)\s$", masked[: match.start()])
    phrase = (before[1] + " " if before else "") + match.group().split()[0]
    return classify(phrase) in ("named", "definite")
