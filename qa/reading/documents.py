"""A file, or the bytes of one, to documents."""

import hashlib
from dataclasses import replace
from pathlib import Path, PurePath

from qa.errors import UnreadableDocument
from qa.reading.facts import Extracted
from qa.reading.files import load, too_large
from qa.reading.formats import format_of
from qa.records import Document

UNPACKED_TO_FILE = 5  # an archive, pictures included, may unpack to this many times the limit for a file


def read_file(path: str | Path, *, max_mb: int, name: str | None = None) -> list[Document]:
    """The documents in a file: one, or one for each row of CSV and JSONL ("file.csv#3").

    `max_mb` is the largest file read, in megabytes of 10^6 bytes. `name` replaces the file's name in the documents.
    Raises UnsupportedDocument for a kind that is not read, and UnreadableDocument for a file that is missing, not
    allowed, too large, empty, broken, encrypted or without text.
    """
    path = Path(path)
    format_of(path.name)
    documents = read_bytes(load(path, max_mb=max_mb), filename=path.name, source=str(path), max_mb=max_mb)
    return documents if name is None else [_renamed(document, path.name, name) for document in documents]


def read_bytes(data: bytes, *, filename: str, source: str, max_mb: int) -> list[Document]:
    """Like `read_file` for bytes that are in memory; `filename` tells the format, `source` is kept as given."""
    form = format_of(filename)
    name = PurePath(filename).name
    if len(data) > max_mb * 1_000_000:
        raise too_large(name, len(data), max_mb)
    if not data.strip():
        raise UnreadableDocument(f"{name} is empty", "Add a file with text in it.")
    if form in ("csv", "jsonl"):
        return [_document(extracted, f"{name}#{row}", source) for row, extracted in _rows(data, name, form)]
    extracted = _extracted(data, name, form=form, limit=UNPACKED_TO_FILE * max_mb * 1_000_000)
    _refuse_no_text(extracted, name)
    return [_document(extracted, name, source)]


def _rows(data: bytes, name: str, form: str) -> list[tuple[int, Extracted]]:
    from qa.reading.tables import read_csv, read_jsonl

    return read_csv(data, name) if form == "csv" else read_jsonl(data, name)


def _extracted(data: bytes, name: str, *, form: str, limit: int) -> Extracted:
    """What the format's reader finds; each is loaded when it is first needed."""
    if form == "pdf":
        from qa.reading.pdf import read_pdf

        return read_pdf(data, name)
    if form == "word":
        from qa.reading.word import read_word

        return read_word(data, name, limit=limit)
    if form == "epub":
        from qa.reading.epub import read_epub

        return read_epub(data, name, limit=limit)
    if form == "html":
        from qa.reading.html import read_html

        return read_html(data, name)
    from qa.reading.plain import read_plain

    return read_plain(data, name)


def _refuse_no_text(extracted: Extracted, name: str) -> None:
    position = 0
    for start, end in extracted.skipped:
        if extracted.text[position:start].strip():
            return
        position = end
    if not extracted.text[position:].strip():
        raise UnreadableDocument(f"{name} has no text", "Add a file with text in it.")


def _document(extracted: Extracted, name: str, source: str) -> Document:
    facts = extracted.facts
    return Document(
        id="d" + hashlib.sha256(extracted.text.encode("utf-8")).hexdigest()[:16],
        name=name,
        source=source,
        text=extracted.text,
        title=facts.title,
        outlet=facts.outlet,
        author=facts.author,
        published=facts.published,
        published_precision=facts.published_precision,
        kind=facts.kind,
        page_starts=extracted.page_starts,
        skipped=extracted.skipped,
    )


def _renamed(document: Document, filename: str, name: str) -> Document:
    return replace(document, name=name + document.name.removeprefix(filename))
