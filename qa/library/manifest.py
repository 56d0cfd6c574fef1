"""The manifest: one SQLite file that holds every document, passage and vector, and the keyword index.

It is the truth of a library. Each change of a file is one transaction, so after a kill at any moment a document is
either as it was or as it should be. Chroma is a copy made from here: `pending` passages are not in it yet, `gone`
ones may still be. Whatever a search finds is looked up here, so a ghost in Chroma is never shown.
"""

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np

from qa.errors import LibraryUnavailable
from qa.library.closeness import Candidate, quantised
from qa.library.corrections import Stored, carry_over, correct, stored_of
from qa.library.rows import SCHEMA, document_of, where, word_query
from qa.library.wording import encoded, words_asked
from qa.records import Document, Filters, Passage

FORMAT = "2"
TITLE_WEIGHT = 0.5
"""Weight of a match in the title or heading against one in the text, for BM25."""

class Manifest:
    """The SQLite file at `path`, made if missing. One connection, safe to use from several threads."""

    def __init__(self, path: Path):
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                self._create()
        except sqlite3.Error as error:
            raise LibraryUnavailable(
                f"The library's manifest {path.name} cannot be opened: {error}",
                "Check the folder's permissions; if the file is damaged, move the library away and add the documents again.",
            ) from error

    def _create(self) -> None:
        for statement in SCHEMA.split(";"):
            self._db.execute(statement)
        self._db.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?)", (FORMAT,))

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens or nothing does."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:  # commits, or rolls back when something is raised
                yield

    def _rows(self, query: str, values: Sequence = ()) -> list[tuple]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    # ---- settings the library was built with

    def meta(self, key: str) -> str:
        """The stored value, "" when there is none."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else ""

    def set_meta(self, key: str, value: str) -> None:
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def version(self) -> int:
        """A number that changes when somebody else (another process, another Library) changes the library."""
        return self._rows("PRAGMA data_version")[0][0]

    def revision(self) -> tuple[int, int]:
        """Two numbers of which at least one changes with every change of the library, by whomever."""
        with self._lock:
            return self.version(), self._db.total_changes

    # ---- documents

    def digest(self, path: str) -> str:
        """Digest of the file's bytes when it was added, "" when it never was."""
        rows = self._rows("SELECT digest FROM files WHERE path = ?", (path,))
        return rows[0][0] if rows else ""

    def paths_under(self, folder: str) -> list[str]:
        prefix = folder.rstrip("/") + "/"
        return [path for (path,) in self._rows("SELECT path FROM files ORDER BY path") if path.startswith(prefix)]

    def paths_named(self, name: str) -> list[str]:
        """The files a document's name, a path, or a file's own name stand for."""
        rows = self._rows("SELECT DISTINCT path FROM sources WHERE name = ? OR path = ?", (name, name))
        return [path for (path,) in rows]

    def names_of(self, path: str) -> list[str]:
        return [name for (name,) in self._rows("SELECT name FROM sources WHERE path = ? ORDER BY number", (path,))]

    def replace_file(self, path: str, digest: str, documents: Sequence[tuple[Document, Sequence[Passage]]]) -> list[str]:
        """Makes `documents`, with their passages, what the file at `path` holds, and returns their names."""
        with self.transaction():
            earlier = dict(self._rows("SELECT name, metadata FROM sources WHERE path = ?", (path,)))
            before = self._forget(path)
            names = []
            for document, passages in documents:
                names.append(self._add(path, document, passages, earlier=earlier))
            if digest:
                self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (path, digest))
            self._drop_unused(before)
        return names

    def _forget(self, path: str) -> list[str]:
        before = [row[0] for row in self._db.execute("SELECT document_id FROM sources WHERE path = ?", (path,))]
        self._db.execute("DELETE FROM sources WHERE path = ?", (path,))
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))
        return before

    def _add(self, path: str, document: Document, passages: Sequence[Passage], *, earlier: Mapping[str, str]) -> str:
        """`earlier` maps the names that the file's documents had to what was stored of them."""
        name = self._free_name(document.name, path)
        stored = carry_over(stored_of(document), json.loads(earlier.get(name, "null")))
        number = _ordinal(stored["published"])
        self._db.execute(
            "INSERT INTO sources (path, name, document_id, published, outlet, metadata) VALUES (?, ?, ?, ?, ?, ?)",
            (path, name, document.id, number, document.outlet, json.dumps(stored)),
        )
        known = self._db.execute("SELECT 1 FROM texts WHERE document_id = ?", (document.id,)).fetchone()
        if not known:
            self._db.execute("INSERT INTO texts VALUES (?, ?)", (document.id, document.text))
            for passage in passages:
                self._add_passage(document, passage, title=stored["title"])
        return name

    def _add_passage(self, document: Document, passage: Passage, *, title: str) -> None:
        about = _about(title, passage.heading)
        row = (passage.id, document.id, passage.start, passage.end, passage.page, passage.heading, about, json.dumps(passage.sentences))
        cursor = self._db.execute(
            "INSERT INTO passages (id, document_id, start, end, page, heading, about, sentences) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row
        )
        number, inner = cursor.lastrowid, [(start - passage.start, end - passage.start) for start, end in passage.sentences]
        self._db.execute("INSERT INTO contents (number, text, stems) VALUES (?, ?, ?)", (number, passage.text, encoded(passage.text, inner)))
        self._db.execute("INSERT INTO words (rowid, text, about) VALUES (?, ?, ?)", (number, passage.text, about))
        self._db.execute("DELETE FROM gone WHERE id = ?", (passage.id,))

    def _free_name(self, wanted: str, path: str) -> str:
        folder = Path(path).parent.name
        for name in chain((wanted, f"{folder}/{wanted}"), (f"{wanted} ({n})" for n in range(2, 10_000))):
            if not self._db.execute("SELECT 1 FROM sources WHERE name = ?", (name,)).fetchone():
                return name
        raise LibraryUnavailable(f"10,000 documents are named {wanted!r}", "Rename some of them.")

    def _drop_unused(self, document_ids: Iterable[str]) -> None:
        for document_id in set(document_ids):
            if self._db.execute("SELECT 1 FROM sources WHERE document_id = ?", (document_id,)).fetchone():
                continue
            query = "SELECT number, id, about, text FROM passages JOIN contents USING (number) WHERE document_id = ?"
            for number, passage_id, about, text in self._db.execute(query, (document_id,)).fetchall():
                self._db.execute("INSERT INTO words (words, rowid, text, about) VALUES ('delete', ?, ?, ?)", (number, text, about))
                self._db.execute("INSERT OR IGNORE INTO gone VALUES (?)", (passage_id,))
                self._db.execute("DELETE FROM contents WHERE number = ?", (number,))
            self._db.execute("DELETE FROM passages WHERE document_id = ?", (document_id,))
            self._db.execute("DELETE FROM texts WHERE document_id = ?", (document_id,))

    def correct(self, name: str, facts: Stored) -> bool:
        """Sets facts of the document with this name by hand (see `corrections.correct`); False when there is none of that name."""
        with self.transaction():
            rows = self._rows("SELECT number, document_id, metadata FROM sources WHERE name = ?", (name,))
            if not rows:
                return False
            (number, document_id, metadata), = rows
            stored = correct(json.loads(metadata), facts)
            self._db.execute("UPDATE sources SET metadata = ?, published = ? WHERE number = ?",
                             (json.dumps(stored), _ordinal(stored["published"]), number))
            first, = self._db.execute("SELECT MIN(number) FROM sources WHERE document_id = ?", (document_id,)).fetchone()
            if first == number:  # a text with two names is found by the title of the first
                self._index_title(document_id, stored["title"])
        return True

    def _index_title(self, document_id: str, title: str) -> None:
        """Brings the keyword index up to date with a document's title."""
        query = "SELECT number, heading, about, text FROM passages JOIN contents USING (number) WHERE document_id = ?"
        for number, heading, before, text in self._db.execute(query, (document_id,)).fetchall():
            about = _about(title, heading)
            self._db.execute("INSERT INTO words (words, rowid, text, about) VALUES ('delete', ?, ?, ?)", (number, text, before))
            self._db.execute("INSERT INTO words (rowid, text, about) VALUES (?, ?, ?)", (number, text, about))
            self._db.execute("UPDATE passages SET about = ? WHERE number = ?", (about, number))

    def titles(self, filters: Filters = Filters()) -> list[tuple[str, str, str]]:
        """Id, name and title of each document, in the order they were added, without reading the texts."""
        condition, values = where(filters)
        rows = self._rows(
            "SELECT MIN(number), document_id, name, json_extract(metadata, '$.title')"
            f" FROM sources {condition} GROUP BY document_id ORDER BY 1", values)
        return [(document_id, name, title) for _, document_id, name, title in rows]

    def documents(self, filters: Filters = Filters(), ids: Collection[str] | None = None) -> list[Document]:
        """The documents, of these ids if given, in the order they were added; one text under two names is listed once."""
        condition, values = where(filters, ids)
        rows = self._rows(
            f"SELECT MIN(number), name, document_id, metadata, text FROM sources JOIN texts USING (document_id) {condition}"
            " GROUP BY document_id ORDER BY MIN(number)", values)
        return [document_of(name, document_id, metadata, text) for _, name, document_id, metadata, text in rows]

    def document(self, document_id: str) -> Document | None:
        rows = self._rows(
            "SELECT name, document_id, metadata, text FROM sources JOIN texts USING (document_id)"
            " WHERE document_id = ? ORDER BY number LIMIT 1", (document_id,))
        return document_of(*rows[0]) if rows else None

    def count(self) -> int:
        return self._rows("SELECT COUNT(*) FROM texts")[0][0]

    def is_empty(self) -> bool:
        return not self._rows("SELECT 1 FROM texts LIMIT 1")

    # ---- passages and their vectors

    def allowed(self, filters: Filters) -> set[str] | None:
        """Ids of the documents that pass `filters`; None when all do."""
        if filters == Filters():
            return None
        condition, values = where(filters)
        return {document_id for (document_id,) in self._rows(f"SELECT DISTINCT document_id FROM sources {condition}", values)}

    def published(self, document_ids: Collection[str]) -> dict[str, date]:
        """The days of publication of those documents that have one; of a text under several names the first."""
        rows = self._rows("SELECT document_id, MIN(published) FROM sources WHERE published IS NOT NULL"
                          f" AND document_id IN ({_marks(document_ids)}) GROUP BY document_id", sorted(document_ids))
        return {document_id: date.fromordinal(day) for document_id, day in rows}

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """The passages with these numbers, in that order; the ones that are gone are left out."""
        rows = self._rows(
            "SELECT number, id, document_id, start, end, page, heading, sentences, text FROM passages JOIN contents USING (number)"
            f" WHERE number IN ({_marks(numbers)})", numbers)
        found = {}
        for number, passage_id, document_id, start, end, page, heading, sentences, text in rows:
            found[number] = Passage(id=passage_id, document_id=document_id, text=text, start=start, end=end, page=page,
                                    heading=heading, sentences=tuple((s, e) for s, e in json.loads(sentences)))
        return {number: found[number] for number in numbers if number in found}

    def candidates(self, numbers: Sequence[int]) -> list[Candidate]:
        """What the search compares of the passages with these numbers, in the order of their numbers."""
        rows = self._rows(
            "SELECT number, document_id, vector, sentence_vectors, stems FROM passages JOIN contents USING (number)"
            f" WHERE number IN ({_marks(numbers)}) ORDER BY number", numbers)
        return [
            Candidate(number=number, document_id=document_id, vector=None if vector is None else np.frombuffer(vector, np.float32),
                      sentences=np.frombuffer(inner or b"", np.int8).reshape(-1, len(vector) // 4 if inner else 1),
                      words=np.frombuffer(stems, np.int32))
            for number, document_id, vector, inner, stems in rows]

    def numbers(self, passage_ids: Sequence[str], documents: set[str] | None = None) -> dict[str, int]:
        """The numbers of those passage ids that the library still has, of these documents (None: of all)."""
        rows = self._rows(f"SELECT id, number, document_id FROM passages WHERE id IN ({_marks(passage_ids)})", passage_ids)
        return {passage_id: number for passage_id, number, document_id in rows if documents is None or document_id in documents}

    def inside(self, numbers: Sequence[int], documents: set[str]) -> set[int]:
        """Which of these passages are of these documents."""
        rows = self._rows(f"SELECT number, document_id FROM passages WHERE number IN ({_marks(numbers)})", numbers)
        return {number for number, document_id in rows if document_id in documents}

    def vectors(self, documents: set[str] | None) -> tuple[list[int], np.ndarray]:
        """Numbers and vectors (float32 [n, dimensions]) of the embedded passages of these documents (None: of all)."""
        condition = "" if documents is None else f" AND document_id IN ({_marks(documents)})"
        rows = self._rows(f"SELECT number, vector FROM passages WHERE vector IS NOT NULL{condition} ORDER BY number", sorted(documents or ()))
        if not rows:
            return [], np.zeros((0, 0), dtype=np.float32)
        return [number for number, _ in rows], np.frombuffer(b"".join(v for _, v in rows), dtype=np.float32).reshape(len(rows), -1)

    def passage_count(self, documents: set[str] | None = None) -> int:
        condition = "" if documents is None else f" WHERE document_id IN ({_marks(documents)})"
        return self._rows(f"SELECT COUNT(*) FROM passages{condition}", sorted(documents or ()))[0][0]

    def in_chroma(self) -> int:
        """How many passages were marked as being in Chroma."""
        return self.passage_count() - self._rows("SELECT COUNT(*) FROM passages WHERE in_chroma = 0")[0][0]

    def without_vector(self) -> list[int]:
        """The numbers of the passages that are not embedded yet."""
        return [number for (number,) in self._rows("SELECT number FROM passages WHERE vector IS NULL ORDER BY number")]

    def waiting(self) -> set[str]:
        """Ids of the documents that have a passage without a vector."""
        return {document_id for (document_id,) in self._rows("SELECT DISTINCT document_id FROM passages WHERE vector IS NULL")}

    def set_vectors(self, numbers: Sequence[int], vectors: np.ndarray, sentences: Sequence[np.ndarray] | None) -> None:
        """Stores the vectors of passages and, where the embedding gives them, of their sentences."""
        rows = [(np.ascontiguousarray(vector, dtype=np.float32).tobytes(), number) for number, vector in zip(numbers, vectors, strict=True)]
        with self.transaction():
            self._db.executemany("UPDATE passages SET vector = ? WHERE number = ?", rows)
            if sentences is not None:
                inner = [(quantised(some).tobytes(), number) for number, some in zip(numbers, sentences, strict=True)]
                self._db.executemany("UPDATE contents SET sentence_vectors = ? WHERE number = ?", inner)

    def pending(self, limit: int) -> list[tuple[int, str, str, bytes]]:
        """Number, id, document id and vector of passages that are embedded and not in Chroma yet."""
        return self._rows(
            "SELECT number, id, document_id, vector FROM passages WHERE in_chroma = 0 AND vector IS NOT NULL ORDER BY number LIMIT ?", (limit,))

    def mark_in_chroma(self, numbers: Sequence[int]) -> None:
        with self.transaction():
            self._db.executemany("UPDATE passages SET in_chroma = 1 WHERE number = ?", [(number,) for number in numbers])

    def gone(self) -> list[str]:
        """Ids of passages that were removed and may still be in Chroma."""
        return [passage_id for (passage_id,) in self._rows("SELECT id FROM gone ORDER BY id")]

    def clear_gone(self, passage_ids: Sequence[str]) -> None:
        with self.transaction():
            self._db.executemany("DELETE FROM gone WHERE id = ?", [(passage_id,) for passage_id in passage_ids])

    def forget_chroma(self) -> None:
        """Notes that Chroma is empty: every embedded passage is pending again."""
        with self.transaction():
            self._db.execute("UPDATE passages SET in_chroma = 0")
            self._db.execute("DELETE FROM gone")

    # ---- words

    def find_words(self, words: Iterable[str], *, limit: int, documents: set[str] | None = None) -> dict[int, float]:
        """BM25 score (higher is better) by passage number, the best `limit` passages that have one of the words, best first."""
        query = word_query(words)
        if not query:
            return {}
        # the plus keeps SQLite from asking the index anew for every passage that is allowed
        condition = "" if documents is None else f" AND +rowid IN (SELECT number FROM passages WHERE document_id IN ({_marks(documents)}))"
        select = f"SELECT rowid, -bm25(words, 1.0, {TITLE_WEIGHT}) FROM words WHERE words MATCH ?{condition} ORDER BY 2 DESC, 1 LIMIT ?"
        return dict(self._rows(select, [query, *sorted(documents or ()), limit]))

    def passages_with(self, word: str) -> int:
        """How many passages have this word or an inflection of it."""
        query = word_query(words_asked(word).values())
        return self._rows("SELECT COUNT(*) FROM words WHERE words MATCH ?", (query,))[0][0] if query else 0


def _marks(values: Collection) -> str:
    return ",".join("?" * len(values))


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def _about(title: str, heading: str) -> str:
    return " ".join(part for part in (title, heading) if part)
