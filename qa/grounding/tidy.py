"""A claim as people type it: text cut into tokens put together again, and small talk left out."""

import re

from qa.grounding.lexicon import is_light, root
from qa.language.names import find_names
from qa.language.numbers import find_numbers
from qa.language.sentences import split_sentences
from qa.language.words import content_stems

_RULES = (
    (re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•])\s+(?=\D)"), ""),
    (re.compile(r"(?<=\w) ?(['’]) ?(?=(?:s|t|m|re|ve|ll|d)\b)"), r"\1"),
    (re.compile(r"\b(\w+) n(['’])t\b"), r"\1n\2t"),
    (re.compile(r"(?<=\d) ([.:]) (?=\d)|(?<=\d) (,) (?=\d{3}\b)"), r"\1\2"),
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
_JUDGING = frozenset(root(word) for word in """awesome great cool nice interesting funny amazing good bad true right correct sad fun neat crazy
    wonderful fascinating pretty sense welcome problem worry agree love lovely exciting impressive wow sound sure favorite""".split())
_ASKS_YOU = re.compile(r"\b(?:you|your|(?:what|how) about)\b[^?]*\?\W*$", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|no|neither|nothing)\b|n['’]t\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“”\"]")
_ABOUT_ME = re.compile(r"(?:(?:no|yes|yeah|well|oh),? )?(?:i|i'm|im|i've|i'd|my)\b", re.IGNORECASE)
_UNSURE = re.compile(r"i(?:'m| am|m)? (?:do not|don't|didn't|did not|not) (?:really )?(?:know|sure)\b", re.IGNORECASE)
_JOINED = re.compile(r"(\s*,?\s+(?:but|and)\s+|\s*,\s+(?=(?:they|it|he|she|there|the|this|that)\b))", re.IGNORECASE)
_LEAST = 2  # telling words that must be left where such clauses are left out
_MOST_CHAT = 2  # telling words that a sentence about the one who talks may have and still be left out


def to_check(claim: str) -> str:
    """The part of a claim that says something of a source: tidied, without greetings and "I think that", and without questions to
    somebody, mere applause and what the one who talks says of himself ("I love it too!") as long as something else is left."""
    text = tidy(claim)
    sentences = [_without_own_view(_without_own_clauses(text[start:end])) for start, end in split_sentences(text)]
    telling = [sentence for sentence in sentences if not _is_chat(sentence)]
    return " ".join(telling or sentences)


def _without_own_clauses(sentence: str) -> str:
    """The sentence without the clauses about the one who talks ("I have never been there, but …"), as long as another tells something.
    A clause with a figure or a name stays, and so does every quotation, whose "I" is somebody else."""
    pieces = [sentence] if _QUOTED.search(sentence) else _JOINED.split(sentence)  # clauses, and between them what joins them
    kept = [number for number in range(0, len(pieces), 2) if not _is_own(pieces[number])]
    rest = "".join(("" if number == kept[0] else pieces[number - 1]) + pieces[number] for number in kept)
    return rest if len([word for word in content_stems(rest) if not is_light(word)]) >= _LEAST else sentence


def _is_own(clause: str) -> bool:
    if not _ABOUT_ME.match(clause) or _OWN_VIEW.match(clause) and not _UNSURE.match(clause):
        return False
    return not find_numbers(clause) and not find_names(clause)


def _without_own_view(sentence: str) -> str:
    for pattern in (_GREETING, _OWN_VIEW):
        match = pattern.match(sentence)
        if match and any(not is_light(word) for word in content_stems(sentence[match.end():])):
            sentence = sentence[match.end():]
    return sentence


def _is_chat(sentence: str) -> bool:
    telling = [word for word in content_stems(sentence) if not is_light(word)]
    if _ASKS_YOU.search(sentence):
        return True
    if all(word in _JUDGING for word in telling) and not _DENIED.search(sentence) and not find_numbers(sentence):
        return True
    return bool(_ABOUT_US.match(sentence)) and len(telling) <= _MOST_CHAT and not re.search(r"\d", sentence)
