"""The documents page and the start screen as HTML."""

from collections.abc import Sequence

from qa.records import Added, Document
from qa.render import date_text
from qa.web_page.escaping import text

_PRECISION = {"day": "", "month": "month only", "year": "year only", "none": ""}


def table(documents: Sequence[Document]) -> str:
    """The documents, a row each, with a button that opens and one that removes."""
    if not documents:
        return '<p class="qa-empty">There are no documents yet. Add some above.</p>'
    outlets = any(document.outlet for document in documents)
    rows = "".join(_row(document, outlets=outlets) for document in documents)
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Document", *(["Outlet"] if outlets else []), "Date", "Kind"))
    count = f"{len(documents)} document" + ("s" if len(documents) != 1 else "")
    heads += '<th scope="col" class="qa-size">Characters</th><th scope="col"><span class="qa-hidden">Remove</span></th>'
    return (f'<table class="qa-table"><caption>{count}</caption><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table>")


def _row(document: Document, *, outlets: bool) -> str:
    title = text(document.title or document.name)
    precision = _PRECISION[document.published_precision]
    known = f' <span class="qa-muted">({precision})</span>' if precision else ""
    date = text(date_text(document.published, document.published_precision)) + known
    outlet = f'<td data-head="Outlet">{text(document.outlet)}</td>' if outlets else ""
    kind = document.kind if document.kind != "unknown" else ""
    return (f'<tr><th scope="row"><button type="button" class="qa-open" data-document="{text(document.id)}">{title}</button>'
            f'<span class="qa-name">{text(document.name)}</span></th>'
            f'{outlet}<td data-head="Date" class="qa-date">{date}</td><td data-head="Kind">{kind}</td>'
            f'<td data-head="Characters" class="qa-size">{len(document.text):,}</td>'
            f'<td><button type="button" class="qa-remove" data-name="{text(document.name)}" aria-label="Remove {title}">Remove</button>'
            "</td></tr>")


def report(added: Sequence[tuple[str, Added]], *, waiting: str = "") -> str:
    """What became of each file (name, report) that was handed in; `waiting` is the file being read now ("" when done)."""
    lines = "".join(_line(name, outcome) for name, outcome in added)
    now = f'<li class="qa-reading">Reading {text(waiting)} …</li>' if waiting else ""
    return f'<ul class="qa-report" role="status">{lines}{now}</ul>' if lines or now else ""


def _line(name: str, outcome: Added) -> str:
    if outcome.refused:
        refused = outcome.refused[0]
        hint = f'<span class="qa-muted">{text(refused.hint)}</span>'
        return f'<li class="qa-refused"><b>{text(name)}</b> refused: {text(refused.error)} {hint}</li>'
    done = "added" if outcome.added else "replaced" if outcome.replaced else "removed" if outcome.removed else "already there"
    return f'<li class="qa-done"><b>{text(name)}</b> {done}</li>'


def welcome(questions: Sequence[str], *, documents: int) -> str:
    """The start screen: what the page does, and questions that the library answers."""
    if not documents:
        return ('<div class="qa-welcome"><h2>No documents yet</h2><p>Open the Documents tab and add some; '
                "then ask what they say, and who says so.</p></div>")
    buttons = "".join(f'<li><button type="button" class="qa-suggestion">{text(question)}</button></li>' for question in questions)
    tried = f'<h3>Questions these documents answer</h3><ul class="qa-suggestions" role="list">{buttons}</ul>' if buttons else ""
    many = "the one document" if documents == 1 else f"the {documents:,} documents"
    verb = "says" if documents == 1 else "say"
    return (f'<div class="qa-welcome"><h2>Ask what {many} here {verb}</h2><p>Each sentence of an answer is quoted from a document, '
            f"with who says so and when. Choose a number to read it in its place.</p>{tried}</div>")
