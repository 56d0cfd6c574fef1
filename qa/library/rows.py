"""How documents and passages are laid out in the manifest's tables, and how questions become queries over them."""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from qa.records import Document, Filters

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (
    number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, name TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL, published INTEGER, outlet TEXT NOT NULL, metadata TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS sources_of_path ON sources (path);
CREATE INDEX IF NOT EXISTS sources_of_document ON sources (document_id);
CREATE TABLE IF NOT EXISTS texts (document_id TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER, heading TEXT NOT NULL, about TEXT NOT NULL,
    sentences TEXT NOT NULL, vector BLOB, in_chroma INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS passages_of_document ON passages (document_id);
CREATE INDEX IF NOT EXISTS passages_pending ON passages (number) WHERE in_chroma = 0;
CREATE INDEX IF NOT EXISTS passages_waiting ON passages (document_id) WHERE vector IS NULL;
CREATE TABLE IF NOT EXISTS contents (number INTEGER PRIMARY KEY, text TEXT NOT NULL, stems BLOB NOT NULL, sentence_vectors BLOB);
CREATE TABLE IF NOT EXISTS gone (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    text, about, content='', tokenize='porter unicode61 remove_diacritics 2');
"""


def word_query(words: Iterable[str]) -> str:
    """The FTS5 query for any of these words ("" for none)."""
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(words))


def where(filters: Filters, ids: Collection[str] | None = None) -> tuple[str, list]:
    """The WHERE clause over `sources` for `filters` and document ids ("" when all pass), and its values."""
    conditions, values = [], []
    if ids is not None:
        conditions.append(f"document_id IN ({','.join('?' * len(ids))})")
        values += sorted(ids)
    if filters.since:
        conditions.append("published >= ?")
        values.append(filters.since.toordinal())
    if filters.until:
        conditions.append("published <= ?")
        values.append(filters.until.toordinal())
    for column, wanted in (("name", filters.documents), ("outlet", filters.outlets)):
        if wanted:
            conditions.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values += wanted
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), values


@lru_cache(maxsize=256)
def document_of(name: str, document_id: str, metadata: str, text: str) -> Document:
    """A Document from its rows; `metadata` is the JSON of its other fields."""
    stored = json.loads(metadata)
    stored["published"] = date.fromisoformat(stored["published"]) if stored["published"] else None
    stored["page_starts"] = tuple(stored["page_starts"])
    stored["corrected"] = tuple(stored.get("corrected", ()))
    stored.pop("as_read", None)  # what the file said of them
    stored["skipped"] = tuple((start, end) for start, end in stored["skipped"])
    return replace(Document(id=document_id, name=name, text=text, source=stored.pop("source")), **stored)
