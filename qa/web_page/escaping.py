"""Text from documents, questions and file names on its way into HTML. Nothing else in this package may put such text into a page."""

import re
from html import escape

_SURROGATE = re.compile("[\ud800-\udfff]")
_KEPT = str.maketrans({"\r": "&#13;", "\0": "\N{REPLACEMENT CHARACTER}"})


def text(value: object) -> str:
    """`value` as HTML that shows just these characters, usable between tags and inside quoted attributes.

    A carriage return is written as a reference, because a browser reads a bare one as a line feed; NUL and lone surrogates,
    which no page can hold, become U+FFFD.
    """
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", escape(str(value), quote=True).translate(_KEPT))


def flat(value: str) -> str:
    """`value` on one line."""
    return " ".join(value.split())


def short(value: str, length: int) -> str:
    """`value` on one line, cut between words to at most `length` characters."""
    line = flat(value)
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"


def counted(number: int, noun: str) -> str:
    """ "1 document", "3 documents"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
