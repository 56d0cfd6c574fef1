"""Conversations: documents whose paragraphs begin "Name: …". What stands in a turn is said by whoever has it."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from qa.attribution.interview import answer_at, guest
from qa.attribution.posts import writer_at
from qa.attribution.speakers import Speaker, full_name, role_in
from qa.attribution.titles import split_title
from qa.language.words import STOPWORDS
from qa.records import Document

_TIME = r"(?:[\[(]?(?:\d{1,4}[-/.])*\d{1,2}(?:[:.]\d{2}){0,2}(?:\s*[ap]m)?[\])]?[ \t,-]+)?"
_LABEL = re.compile(
    rf"^[ \t>*_-]*{_TIME}(?P<who>[A-Z][^:\n.!?“”\"()]{{0,40}}?)(?:\s*\([^()\n]{{1,30}}\))?[*_]*:[*_]*[ \t]+(?=\S)", re.MULTILINE
)
_FIELDS = frozenset(
    """title headline subject time date published posted updated issued released outlet source publisher author byline by kind from to cc
    note notes correction contact url link location place duration transcript summary question answer photo picture caption tags""".split()
)
_GUEST = re.compile(
    r"\b(?:interview|conversation|talk|talks?|discussion|q\s?&\s?a|hearing|speaks?|speaking|chat)\s+(?:with|of|to)"
    r"\s+(?P<who>[^,.;:\n]{3,60})", re.IGNORECASE
)
LEAST_TURNS = 3
"""So many turns, one person with two of them, and half of the lines: fewer are a list or a heading with a colon."""


class Turn(NamedTuple):
    """What one person says at a stretch: offsets in the document, and the label as printed."""

    start: int
    end: int
    who: str


def speaker_at(document: Document, start: int) -> Speaker | None:
    """Who has the turn, gives the answer or wrote the letter in which `start` lies; None where the document is of one hand, nobody has
    begun to speak, or nobody is named for an "A"."""
    turns = _turns(document.text)
    if not turns:
        return answer_at(document, start) or writer_at(document, start)
    place = bisect_right(turns, start, key=lambda turn: turn.start) - 1
    return _speaker(document, turns[place].who) if place >= 0 else None


def _speaker(document: Document, label: str) -> Speaker | None:
    """The person of a label: the guest of the headline for "A" (None without one, and for "Q"), the full name the document gives for a surname."""
    if label in ("Q", "Question"):
        return None
    if label in ("A", "Answer"):
        headline = _GUEST.search(document.text[:400])
        title, name = split_title(headline["who"]) if headline else ("", "")
        return Speaker(name=name, role=role_in(document, name) or title) if name else guest(document)
    title, name = split_title(label)
    name = name or label
    if " " not in name and not name.isupper():
        full, role = full_name(document, name)
        return Speaker(name=full, role=role or title)
    return Speaker(name=name, role=role_in(document, name) or title)


@lru_cache(maxsize=256)
def _turns(text: str) -> tuple[Turn, ...]:
    """The turns of a conversation in order; () for any other text."""
    labels = [match for match in _LABEL.finditer(text) if _is_person(match["who"])]
    names = [match["who"].strip() for match in labels]
    lines = sum(bool(line.strip()) for line in text.splitlines())
    if len(labels) < LEAST_TURNS or len(set(names)) == len(names) or not _carries(text, labels, lines):
        return ()
    ends = [*(match.start() for match in labels[1:]), len(text)]
    return tuple(Turn(match.start(), end, name) for match, end, name in zip(labels, ends, names, strict=True))


def _carries(text: str, labels: list[re.Match], lines: int) -> bool:
    """Whether the turns are most of the text: half of its lines, or each begins a paragraph of its own."""
    return 2 * len(labels) >= lines or all(text[max(0, match.start() - 2) : match.start()].count("\n") == 2 for match in labels[1:])


def _is_person(label: str) -> bool:
    """Whether a label names who speaks: "Q", "A", or up to five words that begin with capitals and are no field of a header."""
    words = label.split()
    if label in ("Q", "A", "Question", "Answer"):
        return True
    return (
        0 < len(words) <= 5
        and all(word[0].isupper() or word in ("of", "the", "van", "von", "de", "al") for word in words)
        and words[0].lower() not in _FIELDS | STOPWORDS
    )
