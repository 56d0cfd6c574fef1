"""Whose quotation a sentence without a speaker of its own is part of: named where it opened, where it closes, or by the sentence before it."""

import re

from qa.attribution.chain import choose
from qa.attribution.cues import Reading, find_quotations, read
from qa.attribution.persons import persons, unquoted
from qa.attribution.reference import Before, person_meant, resolve
from qa.attribution.speakers import Speaker
from qa.language.sentences import split_sentences
from qa.records import Document

AHEAD = 1000
"""Characters after an opened quotation that are read for the words that close it."""
SENTENCES_AHEAD = 5
"""So many sentences later a quotation must close to be ascribed by its end."""


def holder(document: Document, span: tuple[int, int], reading: Reading, before: Before) -> Speaker | None:
    """Who speaks in the quotation of a sentence at `span` that names no speaker itself; one without a name when that is somebody unnamed, None
    when the sentence is nobody's quotation."""
    if before.open:
        return before.quoting
    if not reading.quotations:
        return None
    text = document.text[span[0] : span[1]]
    if reading.open_end and (later := closing_cue(document, span[1], before)):
        return later
    first, last = reading.quotations[0], reading.quotations[-1]
    if text[: last[0]].rstrip('“"„« ').endswith(":"):
        return _introduced(document, text[: last[0]], before)
    opens = re.match(r"\s*[“\"‘']{1,2}$", text[: first[0]] or "x")
    if not opens or first[1] - first[0] <= 0.6 * len(text):
        return None
    return before.quoting or _about(document, span[0], before)


def closing_cue(document: Document, end: int, before: Before) -> Speaker | None:
    """The speaker named where a quotation that is still open at `end` closes, within the next sentences; "she said" there means whom it would
    mean `before` the quotation."""
    text = document.text
    for first, last in split_sentences(text, end, min(len(text), end + AHEAD))[:SENTENCES_AHEAD]:
        part = text[first:last]
        reading = read(part, True)
        if not reading.open_end:
            quotations, _ = find_quotations(part, True)
            main, _, _ = choose(reading, part)
            if not main or not quotations:
                return None
            if main.phrase.who in ("named", "definite"):
                return resolve(document, main.phrase, Before())
            word = main.phrase.text.lower()
            return person_meant(document, word, before) if word in ("he", "she") else None
    return None


def _introduced(document: Document, ahead: str, before: Before) -> Speaker | None:
    """The one person named before a quotation's colon ("An activist, Per Lund, in tears: “…”"); the last speaker where nobody is."""
    if pronoun := re.search(r"\b(he|she)\s+[a-z]+(?:ed|s|te|id|ld|ke)\b[^,;]*$", ahead):
        meant = person_meant(document, pronoun[1], before)
        return meant if meant.name else None
    found = {one.speaker.name: one.speaker for one in persons(document, ahead)}
    if not found:
        return None if re.search(r"(?<=\s)[A-Z]", unquoted(ahead)) else before.speaker
    return next(iter(found.values())) if len(found) == 1 else None


def _about(document: Document, start: int, before: Before) -> Speaker | None:
    """The person whom the sentence before is about, in the same paragraph: "Lund stood up. “I was there.”" """
    spans = [span for span in before.sentences if span[1] <= start]
    if not spans or "\n" in document.text[spans[-1][1] : start]:
        return None
    text = document.text[slice(*spans[-1])]
    subjects = [one.speaker for one in persons(document, text) if one.subject]
    if subjects:
        return subjects[0] if subjects[0].name else None
    pronoun = re.match(r"(?:(?:But|And|Then|So|Yet|Now)\s+)?(he|she)\b", unquoted(text), re.IGNORECASE)
    if not pronoun:
        return None
    meant = person_meant(document, pronoun[1].lower(), _until(before, spans[-1][0]))
    return meant if meant.name else None


def _until(before: Before, at: int) -> Before:
    return Before(at=at, sentences=before.sentences)
