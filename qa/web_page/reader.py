"""One document as HTML, its characters as stored, one place in it marked, and lightly what else the conversation cites of it."""

from collections.abc import Sequence
from itertools import pairwise

from qa.citations import page_of
from qa.records import Document
from qa.render import date_text
from qa.web_page.escaping import counted, text

AROUND = 60_000
"""How many characters before and after the marked place are shown; a longer document is cut there and says so."""


def reader(document: Document | None, start: int = 0, end: int = 0, *, cited: Sequence[tuple[int, int]] = ()) -> str:
    """The document with `text[start:end]` in the one `<mark>` (none when the place is empty or outside the text). `cited` are the other
    places that the conversation cites.

    A document that is None was removed meanwhile.
    """
    if document is None:
        return _frame("", '<h2 tabindex="-1">This document is no longer in the library</h2>', "")
    if not 0 <= start < end <= len(document.text):
        start = end = 0
    shown_from, shown_to = max(0, start - AROUND), min(len(document.text), end + AROUND)
    parts = [_left_out(shown_from, "before"), _plain(document, shown_from, start, cited)]
    if end > start:
        parts.append(f'<mark id="qa-marked" tabindex="-1">{text(document.text[start:end])}</mark>')
    parts += [_plain(document, end, shown_to, cited), _left_out(len(document.text) - shown_to, "after")]
    body = f'<div class="qa-text" role="region" aria-label="Text of the document" tabindex="0">{"".join(parts)}</div>'
    return _frame(f"{document.id}:{start}-{end}", _header(document, start, end, others=len(set(cited) - {(start, end)})), body)


def _frame(key: str, header: str, body: str) -> str:
    return (f'<article class="qa-reader" data-key="{text(key)}"><header class="qa-reader-head">'
            f'<button type="button" class="qa-close" aria-label="Close the document">Close</button>{header}</header>{body}</article>')


def _header(document: Document, start: int, end: int, *, others: int) -> str:
    known = [document.outlet, document.author, date_text(document.published, document.published_precision),
             document.kind if document.kind != "unknown" else ""]
    page = page_of(document, start)
    place = f", page {page}" if page else ""
    marked = f", characters {start}–{end} marked" if end > start else ""
    more = f", {counted(others, 'other passage')} cited in this conversation" if others else ""
    return (f'<p class="qa-kicker">{text(" · ".join(part for part in known if part))}</p>'
            f'<h2 tabindex="-1">{text(document.title or document.name)}</h2>'
            f'<p class="qa-file">{text(document.name)}{place}{marked}{more}</p>')


def _plain(document: Document, first: int, last: int, cited: Sequence[tuple[int, int]]) -> str:
    """The characters from `first` to `last`, those that are no content (menus, front matter) dimmed, those that are cited set apart."""
    places = {"qa-skipped": document.skipped, "qa-cited": cited}
    edges = {edge for spans in places.values() for span in spans for edge in span if first < edge < last}
    parts = []
    for start, end in pairwise(sorted({first, last, *edges})):
        kinds = [kind for kind, spans in places.items() if any(one <= start < other for one, other in spans)]
        shown = text(document.text[start:end])
        parts.append(f'<span class="{" ".join(kinds)}">{shown}</span>' if kinds else shown)
    return "".join(parts)


def _left_out(characters: int, where: str) -> str:
    return f'<p class="qa-left-out">{characters:,} characters {where} this are not shown</p>' if characters > 0 else ""
