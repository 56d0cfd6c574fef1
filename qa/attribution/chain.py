"""Which cue of a sentence gives its main speaker, which outlet passes the words on, and when they were said."""

import re
from dataclasses import replace

from qa.attribution.cue import Cue
from qa.attribution.cues import Reading
from qa.attribution.vocabulary import REPORTING
from qa.language.dates import DateMention, find_dates, iso
from qa.records import Document, Precision


def choose(reading: Reading, text: str) -> tuple[Cue | None, Cue | None, list[Cue]]:
    """The cue of the sentence's main speaker, the cue of who reports it, and the others."""
    cues = [cue for cue in reading.cues if cue.phrase.who != "unnamed" or cue.kind != "gerund"]
    whole = [cue for cue in cues if not cue.partial]
    if not whole:
        first = next((cue for cue in cues if cue.phrase.who != "unnamed"), cues[0] if cues else None)
        return first, None, [cue for cue in cues if cue is not first]
    first = whole[0]
    own = next((cue for cue in whole if cue.phrase.who == "self"), None)
    theirs = [
        cue
        for cue in cues
        if own and cue.kind != "according" and cue.phrase.who in ("named", "definite", "pronoun") and cue.start >= own.end
    ]
    if own and theirs and own.kind == "says":
        outlet = first if first.kind in ("according", "as") and first.phrase.who == "named" else own
        return replace(theirs[0], partial=False, scope=(0, len(text))), outlet, [cue for cue in cues if cue not in (own, outlet, theirs[0])]
    others = [cue for cue in cues if cue is not first]
    for other in whole[1:]:
        if first.kind in ("as", "according") and other.kind == "says" and other.phrase.who != "unnamed":
            return other, first, [cue for cue in others if cue is not other]
        after = other.kind == "says" and other.start > first.end and other.scope == (0, len(text))
        if (
            other.kind in ("as", "according")
            or other.kind == "passive"
            and other.verb in ("quote", "cite")
            or after
            and other.verb in REPORTING
        ):
            return first, other, [cue for cue in others if cue is not other]
        if after and other.phrase.who in ("named", "definite") and re.search(r"[,”\"]\s*$", text[: other.start]):
            return other, None, [cue for cue in others if cue is not other]
        inside = first.scope[0] <= other.start < first.scope[1] and other.start >= first.end
        if (
            inside
            and (first.verb in ("report", "quote", "cite") or first.phrase.who in ("self", "unnamed"))
            and other.phrase.who != "unnamed"
        ):
            return other, first, [cue for cue in others if cue is not other]
    return first, None, others


def quotes(reading: Reading, cue: Cue) -> bool:
    """Whether a cue for part of a sentence quotes somebody there."""
    return any(cue.end - 1 <= start and end <= cue.scope[1] + 1 and end - start > 8 for start, end in reading.quotations)


def told(document: Document, text: str, main: Cue) -> str:
    """The outlet in "X told Reuters that" or "in an interview with Reuters"."""
    told = (
        re.match(
            r"\s+(?:the\s+)?((?:(?!\w+day\b)[A-Z][\w.&-]*\s*){1,5}?)(?!\w|['’])(?=\s*(?:that|on|in|he|she|it|they|the|,|\.|[“\"]"
            r"|a\b|\w+day\b|last\b|this\b))",
            text[main.end :],
        )
        if main.verb == "tell"
        else None
    )
    spoken = told or re.search(
        r"\bin\s+an?\s+(?:\w+\s+)?interview\s+(?:with|to"
        r"|on)\s+(?:the\s+)?((?:[A-Z][\w.&’'-]*\s*){1,5}?)(?=\s*(?:that|on|in|,|\.|[“\"]|$))",
        text,
    )
    return spoken[1].strip(" .") if spoken else ""


def said_on(document: Document, text: str, cue: Cue) -> tuple[str, Precision]:
    """When the words were said: a date that belongs to the verb of saying, not to what is said."""
    reference = document.published if document.published_precision == "day" else None
    for mention in find_dates(text, reference):
        if _belongs(text, mention, cue) and mention.resolved:
            return iso(mention.date, mention.precision), mention.precision
    return "", "none"


def _belongs(text: str, mention: DateMention, cue: Cue) -> bool:
    if cue.kind in ("according", "passive", "gerund") or cue.kind == "as" and cue.phrase.start > mention.start:
        return cue.start <= mention.start <= cue.end + 30 and "," not in text[cue.end : mention.start]
    between = text[cue.end : mention.start]
    if cue.end <= mention.start:
        return (
            bool(
                re.fullmatch(
                    r"(?:\s+(?:on|in|late|early|earlier|at|last|during|a|an|the|speech|statement|interview|with|after|back"
                    r"|dated|of|from|[A-Z][\w.]*|that))*?\s*",
                    between,
                )
            )
            and not re.search(r"\bthat\b|:", between)
            or bool(re.fullmatch(r"\s+in\s+(?:a|an|his|her|its|the)\s+[^,.]{1,50}\s+(?:on|in|of|dated)\s*", between))
        )
    ahead = text[: mention.start]
    if mention.end <= cue.phrase.start:
        opening = re.fullmatch(
            r"(?:(?:and|but|then|later|also),?\s+)?(?:on|in|earlier|late|early|back|by|at)?(?:\s+the\s+(?:morning"
            r"|evening|night)\s+of)?\s*",
            ahead,
            re.I,
        )
        return bool(
            opening
            or re.search(
                r"\b(?:speech|statement|interview|address|letter|briefing|conference|post|press\s+release|report"
                r"|message|remarks|sermon|call|hearing|testimony)\s+(?:[^,]{0,40}\s)?(?:on|in|dated|of|from)?\s*$",
                ahead,
                re.I,
            )
            or re.search(r"\b(?:who|which)\b[^,]*$", ahead)
        )
    return cue.phrase.end <= mention.start <= cue.end  # "X on Tuesday said"
