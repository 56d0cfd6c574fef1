"""Whose quotation a sentence without a speaker of its own is part of: named where it opened, where it closes, or by the sentence before it."""

import re

from qa.attribution.chain import choose
from qa.attribution.cues import Reading, find_quotations, read
from qa.attribution.persons import persons, unquoted
from qa.attribution.pronouns import open_starts
from qa.attribution.reference import Before, person_meant, resolve
from qa.attribution.speakers import Speaker
from qa.language.sentences import split_sentences
from qa.records import Document

_SUBJECT_PRONOUN = re.compile(r"(?:[A-Z][\w’'-]*,?\s+(?:[\w’'-]+,?\s+){0,7}?)?(he|she)\b", re.IGNORECASE)
SENTENCES_BACK = 3
"""So many sentences before a quotation that names nobody can show whose it is."""
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
        return _goes_on(document, text, before)
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
    """The person whom the sentences before are about, in the same paragraph: "Lund stood up. “I was there.”" """
    spans = tuple(span for span in before.sentences if span[1] <= start)
    states = open_starts(document.text, spans, start)[:-1]
    for (first, last), opened in list(zip(spans, states))[: -SENTENCES_BACK - 1 : -1]:
        if "\n" in document.text[last:start]:
            return None
        text = document.text[first:last]
        subjects = [one.speaker for one in persons(document, text, opened) if one.subject]
        if subjects:
            return subjects[0] if subjects[0].name else None
        if pronoun := _SUBJECT_PRONOUN.match(unquoted(text, opened)):
            meant = person_meant(document, pronoun[1].lower(), Before(at=first, sentences=before.sentences))
            return meant if meant.name else None
    return None


def _goes_on(document: Document, text: str, before: Before) -> Speaker | None:
    """The last speaker, whom a "he" or "she" goes on quoting without a verb of saying: "She “did not hear it”." """
    pronoun = re.match(r"(He|She)\b", text)
    if not pronoun or not before.speaker:
        return None
    meant = person_meant(document, pronoun[1].lower(), before)
    return meant if meant.name and meant.name == before.speaker.name else None
