"""Sentences in a document that speak to the program that reads it. They are no evidence for anything."""

import re
from functools import lru_cache

from qa.language.sentences import split_sentences

_READER = r"(?:assistant|AI|LLM|chat ?bot|language model|model|system)"
_INSTRUCTS = re.compile("|".join((
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.]{0,40}"
    r"\b(?:instructions?|prompts?|rules|guidelines|(?:everything|all) (?:above|before))\b",
    rf"\b(?:note|message|instructions?|attention|important)\b[^.]{{0,20}}\b(?:to|for) (?:the |any |all |every )?{_READER}s?\b",
    rf"\b(?:you are|act as|as) (?:now )?an? (?:\w+ )?{_READER}\b[^.]{{0,60}}\b(?:must|shall|should|always|only|will)\b",
    r"\b(?:new|updated|hidden|system) (?:instructions?|prompt)\b\s*:",
    r"\b(?:when|if) (?:asked|you are asked|anyone asks|the user asks)\b[^.]{0,80}\b(?:answer|reply|respond|say|state|output)\b",
    r"^\W*(?:answer|reply|respond|output|print|state)\b[^.]{0,30}\b(?:only|exactly|that|with|the following)\b",
    rf"\b{_READER}s? (?:must|shall|should|has to|have to) (?:\w+ )?(?:answer|reply|respond|say|state|output|report)\b",
    r"^\W*(?:do not|don['’]t|never) (?:mention|tell|reveal|cite)\b",
)), re.IGNORECASE)


@lru_cache(maxsize=512)
def instructions(text: str) -> tuple[tuple[int, int], ...]:
    """Offset pairs of the sentences of `text` that tell a program what to answer, and of the sentence after each, in order.

    The sentence after is taken too because an order often announces what to say ("… the following sentence."). A true sentence
    that stands there is lost as evidence: in a document that gives orders, that is the safer mistake.
    """
    sentences = split_sentences(text)
    ordering = {number for number, (start, end) in enumerate(sentences) if _INSTRUCTS.search(text[start:end])}
    return tuple(span for number, span in enumerate(sentences) if number in ordering or number - 1 in ordering)


def without_instructions(text: str) -> str:
    """`text` with such sentences turned into spaces, so that every other offset stays."""
    for start, end in instructions(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text
