"""The documents page and the start screen as HTML."""

from collections.abc import Collection, Sequence

from qa.records import Added, Document, Progress
from qa.render import date_text
from qa.web_page.escaping import counted, text

_PRECISION = {"day": "", "month": "month only", "year": "year only", "none": ""}


def table(documents: Sequence[Document], *, waiting: Collection[str] = ()) -> str:
    """The documents, a row each, with a button that opens, one that removes, and fields to correct title and date. `waiting` are the
    ids of those that are not embedded yet."""
    if not documents:
        return '<p class="qa-empty">There are no documents yet. Add some above.</p>'
    outlets = any(document.outlet for document in documents)
    rows = "".join(_row(number, document, outlets=outlets, waiting=document.id in waiting) for number, document in enumerate(documents))
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Document", *(["Outlet"] if outlets else []), "Date", "Kind"))
    heads += ('<th scope="col" class="qa-size">Characters</th><th scope="col">State</th>'
              '<th scope="col"><span class="qa-hidden">Correct or remove</span></th>')
    return (f'<table class="qa-table"><caption>{counted(len(documents), "document")}</caption><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table>")


def _row(number: int, document: Document, *, outlets: bool, waiting: bool) -> str:
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
            f'<td data-head="State">{_state(document, waiting=waiting)}</td>'
            f'<td class="qa-row-actions"><button type="button" class="qa-correct" aria-label="Correct {title}" aria-expanded="false"'
            f' aria-controls="qa-correct-{number}">Correct</button>'
            f'<button type="button" class="qa-remove" data-name="{text(document.name)}" aria-label="Remove {title}">Remove</button></td></tr>'
            f'<tr class="qa-correction" id="qa-correct-{number}" hidden><td colspan="{7 if outlets else 6}">{_correction(document)}</td></tr>')


def _state(document: Document, *, waiting: bool) -> str:
    by_hand = {"title": "title", "published": "date"}
    corrected = " and ".join(by_hand[fact] for fact in sorted(document.corrected, reverse=True))
    said = [*(["being read"] if waiting else ["ready"]), *([f"{corrected} by hand"] if corrected else [])]
    return f'<span class="qa-muted">{", ".join(said)}</span>'


def _correction(document: Document) -> str:
    """The fields in which a title and a date are corrected."""
    date = "" if document.published is None else date_text(document.published, document.published_precision)
    return (f'<form class="qa-correct-form" data-name="{text(document.name)}">'
            f'<label>Title <input name="title" value="{text(document.title)}" maxlength="500"></label>'
            f'<label>Published <input name="published" value="{text(date)}" placeholder="2024, 2024-03 or 2024-03-15" maxlength="40"></label>'
            '<button type="submit">Save</button></form>')


def report(added: Sequence[tuple[str, Added]], *, waiting: str = "", progress: Progress | None = None, done: str = "") -> str:
    """What became of each file (name, report) that was handed in; `waiting` is the file being read now ("" when done) and `progress`
    how far it is. `done` is the word for what was done, where it is none of the usual."""
    lines = "".join(_line(name, outcome, done) for name, outcome in added)
    now = f'<li class="qa-reading">{_far(waiting, progress)}</li>' if waiting else ""
    return f'<ul class="qa-report" role="status">{lines}{now}</ul>' if lines or now else ""


def _far(name: str, progress: Progress | None) -> str:
    if progress is None or progress.stage != "embedding" or not progress.total:
        return f"Reading {text(name)} …"
    return (f'Embedding {text(name)} … <progress max="{progress.total}" value="{progress.done}" aria-label="Passages embedded">'
            f"</progress> {progress.done:,} of {counted(progress.total, 'passage')}")


def _line(name: str, outcome: Added, done: str) -> str:
    if outcome.refused:
        refused = outcome.refused[0]
        hint = f'<span class="qa-muted">{text(refused.hint)}</span>'
        return f'<li class="qa-refused"><b>{text(name)}</b> refused: {text(refused.error)} {hint}</li>'
    done = done or ("added" if outcome.added else "replaced" if outcome.replaced else "removed" if outcome.removed else "already there")
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
