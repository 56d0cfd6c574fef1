"""Documents of several hands: e-mails, threads of a forum, letters with a heading, and letters to an editor that are signed.

A sentence of a post or letter is its writer's, unless it says by itself who says it.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from qa.attribution.interview import passes_on
from qa.attribution.phrases import person_like
from qa.attribution.speakers import Speaker
from qa.attribution.titles import split_title
from qa.language.dates import MONTHS
from qa.records import Document

LEAST_POSTS = 3
"""So many posts under headings, or signed letters; two are enough where each says from whom to whom it goes."""
_NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|St)\.?[ \t]+)?[A-Z][\w.’'-]*(?:[ \t]+(?:(?:van|von|de|der|bin)[ \t]+)?[A-Z][\w.’'-]*){0,4}"
_MONTH = f"(?:{'|'.join(MONTHS)})"
_DATE = rf"(?i:(?:\w+day,?[ \t]+)?(?:\d{{1,2}}[ \t]+{_MONTH}|{_MONTH}[ \t]+\d{{1,2}}|\d{{4}}-\d\d-\d\d)(?:,?[ \t]+\d{{4}})?)"
_TIME = r"\d{1,2}[:.]\d{2}(?:[ \t]*[ap]\.?m\.?)?"
_MAIL = re.compile(rf"^[*_]*From:[*_]*[ \t]+(?P<who>{_NAME}?)(?=[ \t]*(?:<|,|;|\.[ \t]|\.?$|\())[^\n]*", re.MULTILINE)
_LETTER = re.compile(
    rf"^(?:[*_]{{1,3}}|#{{2,4}})[ \t]*(?:From[ \t]+|Letter[ \t]+from[ \t]+)?(?P<who>{_NAME})(?:,[^\n*_]{{2,60}})?[ \t]+to[ \t]+"
    r"(?:the[ \t]+)?[a-zA-Z][^\n]*\d{4}[^\n\w]*$", re.MULTILINE
)
_POST = re.compile(
    rf"^[*_#>]{{0,3}}[ \t]*(?P<who>[A-Za-z][\w.’' -]{{1,40}}?),[ \t]+{_DATE},?[ \t]+(?:at[ \t]+)?{_TIME}[*_]{{0,3}}[ \t]*$", re.MULTILINE
)
_HEADED = re.compile(r"^(?P<mark>\*\*|__)[^*_\n]{2,90}(?P=mark)[ \t]+\S[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*", re.MULTILINE)
_SIGNED = re.compile(
    rf"[.?!][”\"]?\s+(?P<who>(?:(?:Prof|Dr)\.\s+(?:em\.\s+)?)?{_NAME})(?:\s+\([^()\n]{{2,60}}\))?"
    r"(?:,\s+[^.\n]{2,60})?\.(?:\s+P\.\s?S\.[^\n]*)?\s*$"
)


class _Post(NamedTuple):
    """What one person writes: offsets in the document, and the name as printed, "" where it is withheld."""

    start: int
    end: int
    who: str


def writer_at(document: Document, start: int) -> Speaker | None:
    """Who wrote the post or letter in which `start` lies; None in a document of one hand, and for words that are passed on."""
    posts = _posts(document.text)
    place = bisect_right(posts, start, key=lambda post: post.start) - 1
    if place < 0 or start >= posts[place].end or not posts[place].who or passes_on(document.text, start, posts[place].end):
        return None
    title, name = split_title(posts[place].who)
    return Speaker(name=name or posts[place].who, role=title)


@lru_cache(maxsize=256)
def _posts(text: str) -> tuple[_Post, ...]:
    """The posts or letters of a document in order; () where it has none."""
    for pattern, least in ((_MAIL, 2), (_LETTER, 2), (_POST, LEAST_POSTS)):
        heads = list(pattern.finditer(text))
        if len(heads) >= least and len({head["who"] for head in heads}) > 1:
            ends = [*(head.start() for head in heads[1:]), len(text)]
            return tuple(_Post(head.start(), end, " ".join(head["who"].split())) for head, end in zip(heads, ends, strict=True))
    return _signed(text)


def _signed(text: str) -> tuple[_Post, ...]:
    """Letters that begin with a heading in bold and end with their writer's name; () where fewer than half of them do."""
    letters = [(letter, _SIGNED.search(letter.group())) for letter in _HEADED.finditer(text)]
    found = [
        _Post(letter.start(), letter.start() + signed.start() + 1, _who(signed["who"])) if signed else _Post(letter.start(), letter.end(), "")
        for letter, signed in letters
    ]
    named = [post for post in found if post.who]
    return tuple(found) if len(named) >= LEAST_POSTS and 2 * len(named) > len(found) else ()


def _who(signature: str) -> str:
    """The name of a signature; "" when it is nobody's."""
    name = re.sub(r"^(?:Prof|Dr)\.\s+(?:em\.\s+)?", "", signature)
    initials = re.fullmatch(r"(?:[A-Z]\.\s*){1,3}[A-Z][\w’'-]+", name)
    return name if person_like(name) or initials else ""
