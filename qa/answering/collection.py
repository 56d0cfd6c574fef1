"""Answers to questions about the documents themselves and about all of them together: from the library, document by document, cited."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa.answering.about import Found, about
from qa.answering.asked_of_all import Request, recognise
from qa.answering.catalogue import chosen_for, document_statement, mentions_in, named_documents
from qa.answering.stated import Quoted, checked, state
from qa.answering.times import as_of
from qa.attribution import attribute
from qa.language.dates import last_day, parse_date
from qa.language.names import same_name
from qa.library import Library
from qa.records import Document, Filters, Statement, Withheld
from qa.render import date_text

MOST = 20
"""How many documents are cited at most; the lead says how many there are."""
OF_ONE = 5
"""How many statements are printed where one document is asked for."""
PER_DOCUMENT = 2
"""How many statements of one document, or of one party of a comparison, are printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer about the collection: its statements in order, each cited and checked, and what is said of them first."""

    lead: str
    statements: tuple[Statement, ...]
    withheld: tuple[Withheld, ...] = ()


def of_collection(question: str, library: Library, filters: Filters = Filters()) -> Told | None:
    """The answer to a question about the collection; None for any other question, and where the library holds nothing of the kind (then
    it is answered as any other)."""
    request = recognise(question)
    if request is None or not library.titles(filters):
        return None
    return _ANSWERS[request.kind](request, library, filters)


def _mentions(request: Request, library: Library, filters: Filters) -> Told | None:
    """One sentence of each document that says the topic's words; of those that are about it in other words where none does."""
    documents = by_date(library.documents(filters))
    quoted = [found for document in documents if (found := mentions_in(document, request.topic))]
    words = f"mention “{request.topic}”"
    if not quoted:
        quoted = [found[0].quoted for found in _by_document(about(library, request.topic, filters))]
        words = f"speak of “{request.topic}” in other words"
    if not quoted:
        return Told(lead=f"No document mentions “{request.topic}”.", statements=())
    told = _state(quoted[:MOST])
    return _told(f"{_of(len(quoted), len(documents))} {_verb(words, len(quoted))}: {_names(q.document for q in quoted)}.", told)


def _age(request: Request, library: Library, filters: Filters) -> Told | None:
    documents, total = _on(request.topic, library, filters)
    dated = [document for document in documents if document.published]
    if not dated:
        return None
    last = request.kind == "newest"
    best = (max if last else min)(_days(document)[1 if last else 0] for document in dated)
    chosen = [document for document in dated if _days(document)[1 if last else 0] == best]
    undated = len(documents) - len(dated)
    which = "most recent" if last else "oldest"
    about_it = f" that mention “{request.topic}”" if request.topic else ""
    open_ones = f" {undated} {'is' if undated == 1 else 'are'} undated and cannot be placed." if undated else ""
    published = date_text(chosen[0].published, chosen[0].published_precision)
    lead = (f"Of {_count(len(documents), 'document')}{about_it}, the {which} by its date of publication is {_names(chosen)}, {published}."
            f"{open_ones}")
    return _listed(lead, chosen) if total else None


def _list(request: Request, library: Library, filters: Filters) -> Told | None:
    documents = by_date(library.documents(filters))
    if not request.topic:
        return _listed(f"There {'is' if len(documents) == 1 else 'are'} {_count(len(documents), 'document')}.", documents)
    chosen = chosen_for(request.topic, documents)
    if chosen is None:
        return None
    words, kept = chosen
    return _listed(f"{_of(len(kept), len(documents))} {_verb(words, len(kept))}: {_names(kept)}.", kept) if kept else None


def _dated(request: Request, library: Library, filters: Filters) -> Told | None:
    return _about_documents(request, library, filters, _date_of)


def _written(request: Request, library: Library, filters: Filters) -> Told | None:
    return _about_documents(request, library, filters, _author_of)


def _about_documents(request: Request, library: Library, filters: Filters, tell: Callable[[Document], str]) -> Told | None:
    """What `tell` says of each document the topic names; of a document it only speaks of where the question asks for a document."""
    documents = by_date(library.documents(filters))
    chosen = named_documents(request.topic, documents)
    if not chosen and request.sure and request.topic:
        chosen = [found[0].quoted.document for found in _by_document(about(library, request.topic, filters))][:3]
    elif not chosen and request.sure and len(documents) <= 3:
        chosen = documents
    return _listed(" ".join(tell(document) for document in chosen), chosen) if chosen else None


def _date_of(document: Document) -> str:
    if not document.published:
        return f"{_name(document)} is undated."
    return f"{_name(document)} was published {date_text(document.published, document.published_precision)}."


def _author_of(document: Document) -> str:
    told = [part for part in (document.author and f"by {document.author}", document.outlet and f"in {document.outlet}") if part]
    return f"{_name(document)} was published {' '.join(told)}." if told else f"{_name(document)} names neither author nor outlet."


def _say(request: Request, library: Library, filters: Filters) -> Told | None:
    if request.parties:
        return _one_says(request, library, filters)
    groups = _by_document(about(library, request.topic, filters))
    if not groups:
        return None
    total = len(library.titles(filters))
    told = _state([one.quoted for group in groups[:MOST] for one in group[:PER_DOCUMENT]])
    return _told(f"{_of(len(groups), total)} {_verb('say', len(groups))} something about “{request.topic}”.", told)


def _one_says(request: Request, library: Library, filters: Filters) -> Told | None:
    """The sentences about the topic of the document that the question names, in their order there."""
    named = named_documents(request.parties[0], library.documents(filters))
    names = tuple(document.name for document in named)
    found = about(library, request.topic, replace(filters, documents=names)) if named else []
    best = sorted(found, key=lambda one: (-one.strength, one.quoted.start))[:OF_ONE]
    told = _state([one.quoted for one in sorted(best, key=lambda one: (one.quoted.document.name, one.quoted.start))])
    return _told(f"{_names(named)} on “{request.topic}”.", told)


def _compare(request: Request, library: Library, filters: Filters) -> Told | None:
    """What each party says about the topic: documents by title or outlet, else speakers."""
    documents = library.documents(filters)
    found = about(library, request.topic, filters, loose=True)
    parts = [(party, _of_party(party, found, documents)) for party in request.parties]
    if not any(quoted for _, quoted in parts):
        return None
    told = _state([quoted for _, group in parts for quoted in group])
    silent = [party for party, quoted in parts if not quoted]
    lead = f"{' and '.join(party for party, quoted in parts if quoted)} on “{request.topic}”, side by side."
    return _told(lead[:1].upper() + lead[1:] + "".join(f" Nothing of {party} on it was found." for party in silent), told)


def _of_party(party: str, found: Sequence[Found], documents: Sequence[Document]) -> list[Quoted]:
    named = {document.id for document in named_documents(party, documents)}
    ordered = sorted(found, key=lambda one: (-one.strength, one.quoted.document.name, one.quoted.start))
    if named:
        return [one.quoted for one in ordered if one.quoted.document.id in named][:PER_DOCUMENT]
    return [one.quoted for one in ordered if _speaks(party, one.quoted)][:PER_DOCUMENT]


def _speaks(party: str, quoted: Quoted) -> bool:
    speaker = attribute(quoted.document, quoted.start, quoted.end).speaker
    return bool(speaker) and (same_name(speaker, party) or party.removeprefix("the ").lower() in speaker.lower())


def _changed(request: Request, library: Library, filters: Filters) -> Told | None:
    """The statements about the topic that speak for a time between the two, earliest first."""
    bounds = _between(request.times, library.documents(filters))
    if bounds is None:
        return None
    statements, withheld = _state([one.quoted for one in about(library, request.topic, filters)])
    inside = [statement for statement in statements if _speaks_for(statement, *bounds)]
    inside.sort(key=lambda statement: (as_of(statement), statement.citations[0].name, statement.citations[0].start))
    kept = _renumbered(inside[:MOST])
    if not kept:
        return None
    lead = (f"{_count(len(kept), 'statement')} about “{request.topic}” from {bounds[0].isoformat()} to {bounds[1].isoformat()}, earliest "
            f"first "
            f"({as_of(kept[0])} to {as_of(kept[-1])}).")
    return Told(lead=lead, statements=tuple(kept), withheld=withheld)


def _between(times: Sequence[str], documents: Sequence[Document]) -> tuple[date, date] | None:
    """First and last day meant; a month without a year is of the year of the other, else of the year most documents have."""
    years = [document.published.year for document in documents if document.published]
    usual = max(sorted(set(years), reverse=True), key=years.count) if years else None
    read = [parse_date(time) for time in times]
    year = next((found[0].year for found in reversed(read) if found), usual)
    read = [found or (parse_date(f"{time} {year}") if year else None) for found, time in zip(read, times, strict=True)]
    return (read[0][0], last_day(*read[1])) if len(read) == 2 and all(read) else None


def _speaks_for(statement: Statement, first: date, last: date) -> bool:
    parsed = parse_date(as_of(statement)) if as_of(statement) else None
    return parsed is not None and parsed[0] <= last and last_day(*parsed) >= first


_ANSWERS: dict[str, Callable[[Request, Library, Filters], Told | None]] = {
    "mentions": _mentions, "newest": _age, "oldest": _age, "list": _list, "date": _dated, "author": _written, "say": _say,
    "compare": _compare, "changed": _changed}


# ---- shared


def by_date(documents: Iterable[Document]) -> list[Document]:
    """The documents, earliest published first, the undated last."""
    return sorted(documents, key=lambda d: (d.published is None, d.published or date.max, d.name))


def _days(document: Document) -> tuple[date, date]:
    return document.published, last_day(document.published, document.published_precision)


def _on(topic: str, library: Library, filters: Filters) -> tuple[list[Document], int]:
    """The documents that mention the topic, else are about it (all without one), and how many there are."""
    documents = by_date(library.documents(filters))
    if not topic:
        return documents, len(documents)
    chosen = [document for document in documents if mentions_in(document, topic)]
    return chosen or [group[0].quoted.document for group in _by_document(about(library, topic, filters))], len(documents)


def _by_document(found: Sequence[Found]) -> list[list[Found]]:
    """The finds of each document, the strongest first, the document with the strongest find first."""
    groups: dict[str, list[Found]] = {}
    for one in sorted(found, key=lambda one: (-one.strength, one.quoted.document.name, one.quoted.start)):
        groups.setdefault(one.quoted.document.id, []).append(one)
    return list(groups.values())


def _state(quoted: Sequence[Quoted]) -> tuple[list[Statement], tuple[Withheld, ...]]:
    statements, withheld = [], []
    for one in quoted:
        statement = state(one, marker=len(statements) + 1)
        reason = checked(statement, one.document)
        if reason:
            withheld.append(reason)
        else:
            statements.append(statement)
    return statements, tuple(withheld)


def _renumbered(statements: Sequence[Statement]) -> list[Statement]:
    return [replace(statement, citations=(replace(statement.citations[0], marker=n), *statement.citations[1:]))
            for n, statement in enumerate(statements, 1)]


def _told(lead: str, stated: tuple[list[Statement], tuple[Withheld, ...]]) -> Told | None:
    return Told(lead=lead, statements=tuple(stated[0]), withheld=stated[1]) if stated[0] else None


def _listed(lead: str, documents: Sequence[Document]) -> Told | None:
    statements = [document_statement(document, marker=n) for n, document in enumerate(documents[:MOST], 1)]
    return Told(lead=lead, statements=tuple(statements)) if statements else None


def _name(document: Document) -> str:
    return f"“{document.title or document.name}”"


def _names(documents: Iterable[Document]) -> str:
    names = [_name(document) for document in documents]
    return ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _of(number: int, total: int) -> str:
    return f"{number} of {_count(total, 'document')}"


def _verb(words: str, number: int) -> str:
    """The verb at the beginning of `words` in the singular for one document: "mention" becomes "mentions", "are" "is"."""
    first, _, rest = words.partition(" ")
    single = {"are": "is", "have": "has"}.get(first, f"{first}s")
    return f"{single if number == 1 else first} {rest}".rstrip()
