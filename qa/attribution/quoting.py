"""Whose words a quotation inside a sentence is, where the sentence has several speakers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.attribution.cue import Cue

_OWN_CLAUSE = re.compile(r"(?:;|,\s*(?:and|but|while|whereas|though|although)|\b(?:which|whose)(?:\s+[a-z]+(?:\s+[a-z]+)?)?)\s+(?:the\s+)?$")
_UP_TO_QUOTATION = re.compile(
    r"\s*(?:(?:it|this|that|him|her|them|so|as|of|an?|the|[a-z]+ly|(?:the|his|her|its|their)(?:\s+[\w’'-]+){1,3})\s+)*[“\"„«]$"
)


def quoted_first(cues: Sequence[Cue], masked: str, quotations: Sequence[tuple[int, int]]) -> list[Cue]:
    """The cues with the one first whose words the sentence's only quotation is, where it has a clause of its own ("A condemned it; B
    called it “…”"); the others then answer for their part of the sentence only."""
    if len(quotations) != 1 or len(cues) < 2:
        return list(cues)
    owner = next((cue for cue in cues[1:] if _owns(cue, masked, quotations[0])), None)
    if not owner:
        return list(cues)
    at = owner.start
    others = [replace(cue, partial=True, scope=(cue.scope[0], min(cue.scope[1], max(at, cue.end)))) for cue in cues if cue is not owner]
    return [replace(owner, partial=True, scope=(at, len(masked))), *others]


def _owns(cue: Cue, masked: str, quotation: tuple[int, int]) -> bool:
    """Whether a cue with a clause of its own stands directly before a quotation."""
    between, own = masked[cue.end : quotation[0]], _OWN_CLAUSE.search(masked[: cue.phrase.start])
    if not own or cue.kind != "says" or cue.phrase.who == "unnamed" or not cue.phrase.start < cue.end <= quotation[0]:
        return False
    return bool(_UP_TO_QUOTATION.match(between)) or own.group().startswith(";") and not re.search(r"[;:]", between)
