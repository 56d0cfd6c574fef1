"""What the sentences before one leave behind: who spoke last, whom "he" means, whose quotation is still open."""

import re
from dataclasses import replace
from functools import lru_cache

from qa.attribution.chain import choose, said_on
from qa.attribution.cues import read
from qa.attribution.persons import persons
from qa.attribution.phrases import Phrase
from qa.attribution.quotations import holder
from qa.attribution.reference import Before, resolve
from qa.attribution.speakers import Speaker, is_person
from qa.language.sentences import split_sentences
from qa.records import Document

LONGEST = 1200
"""Characters of a sentence that are read; nobody's words are introduced later than that."""
WINDOW = 1500
"""Characters before a sentence that are read for an open quotation and for whom "he" means."""


@lru_cache(maxsize=1024)
def context(document: Document, start: int) -> Before:
    """What stands in the window before `start`."""
    text = document.text
    begin = max(0, start - WINDOW)
    if begin:
        cut = text.find("\n", begin, start)
        begin = cut + 1 if cut >= 0 else begin
    begin = max([begin, *(last for _, last in document.skipped if last <= start)])
    sentences = _sentences(document.id, text, begin, start)
    before = Before(sentences=sentences)
    for first, last in sentences:
        if last <= start:
            before = _after(document, first, last, before=replace(before, at=first))
    gap = text[text.rfind("\n", 0, start) + 1 : start].strip() == ""
    before = replace(before, at=start)
    if gap and before.open:  # a paragraph that opens its own mark continues the quotation
        continues = re.match(r"\s*[“\"]", text[start : start + 3])
        return replace(before, open=False, quoting=before.quoting if continues else None)
    return before


@lru_cache(maxsize=1024)
def _sentences(key: str, text: str, begin: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple(split_sentences(text, begin, end))


def _after(document: Document, start: int, end: int, *, before: Before) -> Before:
    """The state after one more sentence."""
    text = document.text[start : min(end, start + LONGEST)]
    fresh = document.text[max(0, start - 2) : start].strip(" ").endswith("\n") or start == 0
    opened = before.open and not (fresh and re.match(r"[“\"]", text))
    if fresh and opened:
        opened = False
    reading = read(text, opened)
    main, via, also = choose(reading, text)
    speaker, said = None, ("", "none")
    if main and main.phrase.who not in ("unnamed", "self"):
        speaker = resolve(document, main.phrase, before)
        said = said_on(document, text, main)
    itself = (
        bool(main and (main.phrase.who == "self" or main.phrase.text.lower() == "it" and before.itself)) or before.itself and main is None
    )
    named = speaker if speaker and speaker.name else None
    person = named if named and (is_person(named.name) or main is not None and _single(main.phrase)) else _subject(document, text, opened)
    continued = holder(document, (start, min(end, start + LONGEST)), reading, before)
    if main and not named and (main.phrase.who == "unnamed" and not main.partial or main.phrase.text.lower() in ("he", "she", "they")):
        named_or_nobody = Speaker(name="")
    else:
        named_or_nobody = named
    quoting = named_or_nobody if named_or_nobody else continued if main is None or main.phrase.who == "self" else None
    return Before(
        speaker=named or before.speaker,
        body=named if named and not person else before.body,
        subject=person or before.subject,
        itself=itself,
        open=reading.open_end,
        quoting=quoting or (before.quoting if opened and reading.open_end else None),
        said=said if said[0] or named else before.said,
        sentences=before.sentences,
    )


def _single(phrase: Phrase) -> bool:
    return bool(
        re.search(
            r"\b(?:president|minister|leader|secretary|spokes\w+|director|mayor|coach|captain|judge|analyst|officer|general"
            r"|commander)\b",
            phrase.text,
            re.I,
        )
    ) or phrase.text.lower() in ("he", "she")


def _subject(document: Document, text: str, opened: bool) -> Speaker | None:
    """The person or office a sentence is about, whom "the minister" may mean later."""
    return next((one.speaker for one in persons(document, text, opened) if one.subject and one.speaker.name), None)
