"""An Answer as Markdown, plain text, HTML (escaped) or JSON. Pure."""

import json
import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from html import escape

from qa.records import Answer, Citation, Disagreement, Precision, Statement

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&@]|:(?=//)|(?<=www)[.]|^[-+=])")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn the direction of what follows."""


WITHHELD = "Withheld, because the passages do not bear it out"


def date_text(day: date | None, precision: Precision) -> str:
    """An ISO date no more precise than known: "2024-03-15", "2024-03", "2024" or "undated"."""
    if day is None or precision == "none":
        return "undated"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def source_text(citation: Citation) -> str:
    """One line that tells which document a citation is from."""
    title = f"“{citation.title}”, " if citation.title else ""
    outlet = f"{citation.outlet}, " if citation.outlet else ""
    page = f", page {citation.page}" if citation.page else ""
    return f"{title}{outlet}{citation.name}, {date_text(citation.published, citation.published_precision)}{page}"


def to_jsonable(value):
    """Records as dicts in field order, tuples as lists, dates as ISO strings."""
    if is_dataclass(value):
        return {field.name: to_jsonable(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (list, tuple)):
        return [to_jsonable(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def to_json(answer: Answer, *, indent: int | None = 2, timings: bool = False, **extra) -> str:
    """The Answer record as JSON: the same bytes for the same documents, question and settings.

    `seconds` is left out unless `timings` is set. `extra` fields come first.
    """
    record = to_jsonable(answer)
    if not timings:
        del record["seconds"]
    return json.dumps({**extra, **record}, ensure_ascii=False, indent=indent)


def marked(statement: Statement) -> str:
    """A statement's sentence with its markers: "… [1][2]"."""
    markers = "".join(f"[{marker}]" for marker in dict.fromkeys(c.marker for c in statement.citations))
    return f"{statement.text} {markers}".rstrip()


def around_answer(statement: Statement) -> tuple[str, str, str]:
    """The statement's text before, in and after the words that answer; all of it before where none are marked."""
    if statement.answering is None or not statement.citations:
        return statement.text, "", ""
    citation, (start, end) = statement.citations[0], statement.answering
    quote, words = _flat(citation.quote), _flat(citation.quote[start - citation.start : end - citation.start])
    place = statement.text.rfind(quote)
    within = len(_flat(citation.quote[: start - citation.start] + "|")) - 1
    if place < 0 or not words or quote[within : within + len(words)] != words:
        return statement.text, "", ""
    first = place + within
    return statement.text[:first], words, statement.text[first + len(words) :]


def differing(disagreement: Disagreement, statements: Sequence[Statement] = ()) -> str:
    """One line that tells what sources do not agree on; with the answer's `statements`, each side's markers after it."""
    line = f"Sources differ on {disagreement.about}: {disagreement.how}."
    if not statements:
        return line
    sides = ["".join(f"[{n}]" for n in dict.fromkeys(c.marker for i in side for c in statements[i].citations)) for side in disagreement.sides]
    return f"{line} {' against '.join(sides)}"


def cited(answer: Answer) -> list[Citation]:
    """Each printed citation once, by marker."""
    found = {citation.marker: citation for statement in answer.statements for citation in statement.citations}
    return [found[marker] for marker in sorted(found)]


def to_text(answer: Answer) -> str:
    """The answer, then its sources with offsets, for a terminal; control characters from documents are shown as "�"."""
    lines = [*_completed(answer), answer.text, *(f"Note: {note}" for note in answer.notes)]
    if answer.statements:
        lines += ["", "Sources"]
        lines += [f"  [{c.marker}] {source_text(c)}, characters {c.start}–{c.end}" for c in cited(answer)]
    if answer.related:
        lines += ["", "Related, does not answer"]
        lines += [f"  - {source_text(c)}: “{_short(c.quote)}”" for c in answer.related]
    if answer.model != "extractive" and answer.withheld:
        lines += ["", WITHHELD, *(f"  - {_short(w.statement.text)} ({_short(w.reason)})" for w in answer.withheld)]
    return printable("\n".join(lines))


def printable(text: str) -> str:
    """The text with every character that would steer a terminal as "�"; line breaks and tabs stay."""
    return _UNSEEN.sub("�", text)


def to_markdown(answer: Answer) -> str:
    """The answer as Markdown; characters with a meaning in Markdown are escaped, so nothing from a document becomes markup."""
    parts = [f"**{markdown_text(_flat(answer.question))}**", ""]
    parts += [markdown_text(_flat(line)) + "\n" for line in _completed(answer)]
    parts += [markdown_text(line) + "\n" for line in answer.text.split("\n") if line]
    parts += [markdown_text(f"Note: {_flat(note)}") + "\n" for note in answer.notes]
    if answer.statements:
        parts += ["### Sources", ""]
        parts += [f"{c.marker}. {markdown_text(_flat(source_text(c)))} ({c.start}–{c.end}): “{markdown_text(_flat(c.quote))}”" for c in cited(answer)]
        parts += [""]
    if answer.related:
        parts += ["### Related, does not answer", ""]
        parts += [f"- {markdown_text(_flat(source_text(c)))}: “{markdown_text(_short(c.quote))}”" for c in answer.related]
    if answer.model != "extractive" and answer.withheld:
        parts += ["", f"### {WITHHELD}", ""]
        parts += [f"- {markdown_text(_short(w.statement.text))} ({markdown_text(_short(w.reason))})" for w in answer.withheld]
    return "\n".join(parts).rstrip() + "\n"


def to_html(answer: Answer) -> str:
    """The answer as an HTML fragment, every text escaped; markers are links to `#source-n`."""
    parts = [f"<article class='qa-answer' data-status='{answer.status}'>"]
    parts += [f"<p class='qa-completed'>{escape(line)}</p>" for line in _completed(answer)]
    if answer.statements:
        parts += [f"<p class='qa-lead'>{escape(answer.lead)}</p>"] if answer.lead else []
        parts += [f"<p class='qa-differ'>{escape(differing(d, answer.statements))}</p>" for d in answer.disagreements]
        for statement in answer.statements:
            chips = "".join(f"<a class='qa-chip' href='#source-{c.marker}'>{c.marker}</a>" for c in statement.citations)
            before, words, after = map(escape, around_answer(statement))
            told = f"{before}<strong>{words}</strong>{after}" if words else before
            parts.append(f"<p class='qa-statement qa-{statement.voice}'>{told} {chips}</p>")
        parts += ["<ol class='qa-sources'>", *(f"<li id='source-{c.marker}'>{_source_html(c)}</li>" for c in cited(answer)), "</ol>"]
    else:
        parts += [f"<p>{escape(line)}</p>" for line in answer.text.split("\n") if line]
    if answer.related:
        parts += ["<h3>Related, does not answer</h3>", "<ul class='qa-related'>"]
        parts += [*(f"<li>{_source_html(c)}</li>" for c in answer.related), "</ul>"]
    parts += [f"<p class='qa-note'>{escape(note)}</p>" for note in answer.notes]
    if answer.model != "extractive" and answer.withheld:
        parts += [f"<h3>{WITHHELD}</h3>", "<ul class='qa-withheld'>"]
        parts += [*(f"<li>{escape(_short(w.statement.text))} ({escape(_short(w.reason))})</li>" for w in answer.withheld), "</ul>"]
    return "\n".join([*parts, "</article>"])


def _completed(answer: Answer) -> list[str]:
    """What was searched for where that is not the question as asked."""
    return [f"(searched for: {answer.searched_for})"] if answer.searched_for != answer.question else []


def _source_html(citation: Citation) -> str:
    return f"{escape(source_text(citation))}<blockquote>{escape(citation.quote)}</blockquote>"


def markdown_text(text: str) -> str:
    """A line with a backslash before whatever Markdown would read as markup, a link or the beginning of a list."""
    return _NUMBERED.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text.strip()))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _short(text: str, length: int = 160) -> str:
    flat = _flat(text)
    return flat if len(flat) <= length else flat[: length - 1].rsplit(" ", 1)[0] + "…"
