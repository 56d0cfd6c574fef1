"""A claim as people type it: text that was cut into tokens is put together again."""

import re

_RULES = (
    (re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•])\s+(?=\D)"), ""),
    (re.compile(r"(?<=\w) ?(['’]) ?(?=(?:s|t|m|re|ve|ll|d)\b)"), r"\1"),
    (re.compile(r"\b(\w+) n(['’])t\b"), r"\1n\2t"),
    (re.compile(r"(?<=\d) ([.,:]) (?=\d)"), r"\1"),
    (re.compile(r"(?<=\d) %"), "%"),
    (re.compile(r"([$€£]) (?=\d)"), r"\1"),
    (re.compile(r"\b([A-Za-z]) \. ([A-Za-z]) \."), r"\1.\2."),
    (re.compile(r"(?<=\w) - (?=\w)"), "-"),
    (re.compile(r" ([.,!?;:])(?=\s|$)"), r"\1"),
)


def tidy(claim: str) -> str:
    """`claim` without a list marker, and with "it ' s", "2 . 5", "u . s ." and " ," written as usual."""
    for pattern, replacement in _RULES:
        claim = pattern.sub(replacement, claim)
    return claim
