"""Names set beside an office or a description between commas: "the foreman, Eva Roth," and "a packer called Nuria Holt"."""

import re
from dataclasses import replace

from qa.attribution.phrases import Phrase, core_of, names_in, person_like
from qa.attribution.vocabulary import BODIES

_OWNER = r"(?:[A-Z][\w-]*\s+)*[A-Z][\w-]*['’]s?"
_DETERMINED = rf"(?:(?i:the|an?|one|his|her|its|their|our|my)|[Tt]he\s+[a-z][\w-]*(?:\s+[a-z][\w-]*)?['’]s?|{_OWNER})"
_ADDRESS = r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Sir|Lt|Col|Gen|Capt|Sgt)\.?\s+)?"
_NAME = rf"{_ADDRESS}[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.|[A-Z][\w’'-]+|al-\w+|bin|van|von|de|der|den)){{1,3}}"
_PERSON = rf"(?:{_NAME}|(?:Dr|Mr|Mrs|Ms)\.?\s+[A-Z][\w’'-]+)"
_TITLED = rf"(?:(?:{_DETERMINED}\s+)?(?:[a-z][\w-]+\s+){{0,5}}?(?:called\s+|named\s+)?)?(?P<name>{_PERSON})"
_BESIDE = re.compile(rf",\s+{_TITLED}(?=\s*(?:[,.;:!?]|\s[–—-]\s|$|\s(?:who|in|on|at|of|from)\b))")
_BEFORE = re.compile(
    rf"(?:^|[,;:”\"·]\s*|\b(?i:and|but|while|as|when|that|where|yet|so|then|still|now)\s+)(?P<office>{_DETERMINED}\s+[^,;:.“”\"·]{{2,90}}?),"
    rf"\s+{_TITLED}(?:\s*\([^()]*\))?(?:,[^;:“”\"·]{{0,120}},)?,?\s*$"
)
_AFTER = re.compile(rf"\s+(?P<office>{_DETERMINED}\s+[^,;:.“”\"·]{{2,90}}?),\s+{_TITLED}(?=\s*(?:[,.;:!?]|$|\s(?:who|in|on|at)\b))")
_EXAMPLE = re.compile(rf",\s+(?:notably|among\s+them|above\s+all|especially|particularly)\s+(?P<name>{_NAME})")
_GROUP = re.compile(r"(?<![su])s$|(?:men|people|police)$")


def with_name(phrase: Phrase, sentence: str) -> Phrase:
    """The phrase for the person whom the sentence names beside an office ("the mayor, Ruth Lindal,"); else the phrase itself."""
    if phrase.who not in ("unnamed", "definite") and names_in(phrase.text) and not _office_of(phrase):
        return phrase
    if example := _EXAMPLE.match(sentence, phrase.end):
        return replace(phrase, text=example["name"], end=example.end(), who="named") if _names(example["name"]) else phrase
    head = (core_of(phrase.text).split()[-1:] or [""])[0].lower()
    found = _BESIDE.match(sentence, phrase.end)
    one = re.match(r"one\s+of\s", phrase.text, re.IGNORECASE)
    if not found or not one and _GROUP.search(head) and head not in BODIES or not _names(found["name"]):
        return phrase
    return replace(phrase, text=found["name"], end=max(phrase.end, found.end("name")), who="named", beside=phrase.text)


def apposed_before(masked: str, sentence: str, end: int) -> Phrase | None:
    """The subject "the ship's cook, Anselm Bright," of a verb that begins at `end`, whatever the office; None where there is no such."""
    return _phrase(_BEFORE.search(masked[:end]), sentence)


def apposed_after(masked: str, sentence: str, start: int) -> Phrase | None:
    """The same where the subject follows its verb: "says the foreman, Eva Roth"."""
    return _phrase(_AFTER.match(masked, start), sentence)


def _phrase(found: re.Match | None, sentence: str) -> Phrase | None:
    if not found or not _names(found["name"]):
        return None
    office = sentence[slice(*found.span("office"))]
    return Phrase(text=sentence[slice(*found.span("name"))], start=found.start("office"), end=found.end("name"), who="named", beside=office)


def _names(name: str) -> bool:
    """Whether a name is one person's: with capitals throughout, and no body's."""
    plain = re.sub(rf"^{_ADDRESS}", "", name)
    return (person_like(plain) or plain != name) and name.split()[-1].lower() not in BODIES


def _office_of(phrase: Phrase) -> bool:
    """Whether a phrase with names in it is somebody's office and nobody's name: "Marrow's deputy", "director of the Office"."""
    head = core_of(phrase.text).split()[-1:]
    return bool(head) and head[0].islower()
