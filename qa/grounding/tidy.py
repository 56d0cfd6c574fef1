"""A claim as people type it: text that was cut into tokens is put together again."""

import re

from qa.grounding.lexicon import is_light
from qa.language.sentences import split_sentences
from qa.language.words import content_stems

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


_GREETING = re.compile(
    r"(?:(?:yes|no|oh|well|yeah|yep|haha|hi|hello|wow|ok|okay|sorry|hmm|sure|no problem|of course)\b[\s,.!]*)+", re.IGNORECASE)
_OWN_VIEW = re.compile(
    r"(?:and |but |well )?i(?:'m| am| do| don't| didn't| can't| was| just|'ve| have)?\s*(?:really |also |just |only |not |n't )*"
    r"(?:sure|know|think|believe|guess|heard|hear|read|say|understand)(?:\s+(?:about|if|when|who|what|where|how|why)[^,.]*)?"
    r"(?:,?\s*(?:but\s+(?:i\s+(?:do\s+)?know\s+|i\s+think\s+)?)|\s+that\s+|\s+)(?:that\s+)?",
    re.IGNORECASE)


_ABOUT_US = re.compile(r"(?:[a-z]+,? )?(?:i|i'm|i've|i'd|we|you|you're|me|do you|have you|did you|are you|thanks|thank)\b", re.IGNORECASE)
_MOST_CHAT = 2  # telling words that a sentence about the one who talks may have and still be left out


def to_check(claim: str) -> str:
    """The part of a claim that says something of a source: tidied, without greetings and "I think that", and without the
    short sentences about the one who talks ("I love it too!") as long as another sentence is left."""
    text = tidy(claim)
    sentences = [_without_own_view(text[start:end]) for start, end in split_sentences(text)]
    telling = [sentence for sentence in sentences if not _is_chat(sentence)]
    return " ".join(telling or sentences)


def _without_own_view(sentence: str) -> str:
    for pattern in (_GREETING, _OWN_VIEW):
        match = pattern.match(sentence)
        if match and any(not is_light(word) for word in content_stems(sentence[match.end():])):
            sentence = sentence[match.end():]
    return sentence


def _is_chat(sentence: str) -> bool:
    telling = [word for word in content_stems(sentence) if not is_light(word)]
    return bool(_ABOUT_US.match(sentence)) and len(telling) <= _MOST_CHAT and not re.search(r"\d", sentence)
