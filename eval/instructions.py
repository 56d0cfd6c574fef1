"""Sentences in a document that speak to the program that reads it. They are no evidence for anything."""

import re

from qa.language.sentences import split_sentences

_READER = r"(?:assistant|AI|LLM|chat ?bot|language model|model|system)"
_INSTRUCTS = re.compile("|".join((
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.]{0,40}\b(?:instructions?|prompts?|rules|guidelines|(?:everything|all) (?:above|before))\b",
    rf"\b(?:note|message|instructions?|attention|important)\b[^.]{{0,20}}\b(?:to|for) (?:the |any |all |every )?{_READER}s?\b",
    rf"\b(?:you are|act as|as) (?:now )?an? (?:\w+ )?{_READER}\b[^.]{{0,60}}\b(?:must|shall|should|always|only|will)\b",
    r"\b(?:new|updated|hidden|system) (?:instructions?|prompt)\b\s*:",
    r"\b(?:when|if) (?:asked|you are asked|anyone asks|the user asks)\b[^.]{0,80}\b(?:answer|reply|respond|say|state|output)\b",
    r"^\W*(?:answer|reply|respond|output|print|state)\b[^.]{0,30}\b(?:only|exactly|that|with|the following)\b",
    rf"\b{_READER}s? (?:must|shall|should|has to|have to) (?:\w+ )?(?:answer|reply|respond|say|state|output|report)\b",
    r"^\W*(?:do not|don['’]t|never) (?:mention|tell|reveal|cite)\b",
)), re.IGNORECASE)


def instructions(text: str) -> list[tuple[int, int]]:
    """Offset pairs of the sentences of `text` that tell a program what to answer, in order."""
    return [(start, end) for start, end in split_sentences(text) if _INSTRUCTS.search(text[start:end])]


def without_instructions(text: str) -> str:
    """`text` with such sentences turned into spaces, so that every other offset stays."""
    for start, end in instructions(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text
