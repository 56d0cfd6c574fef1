"""The library: documents go in, passages come out. The only place the rest of the project needs to know."""

import hashlib
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from filelock import FileLock, Timeout

from qa.embedding import Embedder, open_embedder
from qa.errors import DocumentError, LibraryLocked, LibraryMismatch, LibraryUnavailable
from qa.language.dates import parse_date
from qa.library.excerpts import EXACTNESS
from qa.library.indexing import Indexer, OnProgress
from qa.library.manifest import FORMAT, Manifest
from qa.library.searching import Searcher
from qa.library.vectors import Vectors
from qa.reading import find_files, read_file
from qa.records import Added, Document, Filters, Hit, Progress, Refused
from qa.settings import Settings
from qa.splitting import split

LONGEST_TITLE = 500
"""How many characters of a title set by hand are kept."""


class Library:
    """Documents in a folder. Safe to use from several threads; several processes may read while one writes."""

    def __init__(self, folder: str | Path, settings: Settings = Settings(), *, embedder: Embedder | None = None):
        """Opens the library in `folder`, created if missing, and finishes what an interrupted process left undone.

        Raises LibraryUnavailable if the folder cannot be used, LibraryMismatch if it was built with other index settings.
        """
        self.folder = Path(folder).expanduser().resolve()
        self.settings = settings
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"{self.folder} cannot be used as a library: {error.strerror}"
            raise LibraryUnavailable(message, "Choose a folder you may write to.") from error
        self._embedder = embedder
        self._manifest = Manifest(self.folder / "manifest.sqlite3")
        self._check_settings()
        self._vectors = Vectors(self.folder / "chroma", lock_seconds=settings.lock_seconds)
        self._write_lock = FileLock(self.folder / "write.lock", thread_local=False)
        self._thread_lock = threading.RLock()
        self._indexer = Indexer(self._manifest, self._vectors, self.embedder)
        self._searcher = Searcher(self._manifest, self._vectors, settings, embedder=self.embedder, repair=self._repair)
        self._passing = lru_cache(maxsize=4)(lambda filters, revision: self._manifest.allowed(filters))  # with the revision they stay true
        self._finish_if_free()

    def close(self) -> None:
        self._vectors.close()
        self._manifest.close()

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def _check_settings(self) -> None:
        wanted = {"format": FORMAT, **self.settings.fingerprint()}
        stored = {key: self._manifest.meta(key) for key in wanted}
        differing = [f"{key} is {stored[key]!r}, not {wanted[key]!r}" for key in wanted if stored[key] and stored[key] != wanted[key]]
        if differing:
            raise LibraryMismatch(
                f"The library in {self.folder} was built with other settings: {'; '.join(differing)}",
                "Use the same settings, or add the documents to a new folder.",
            )
        for key, value in wanted.items():
            if not stored[key]:
                self._manifest.set_meta(key, value)

    def embedder(self) -> Embedder:
        """The embedding, loaded at the first use. Raises LibraryMismatch if its weights are not those of the library."""
        if self._embedder is None:
            self._embedder = open_embedder(self.settings)
        stored = self._manifest.meta("embedder")
        if not stored:
            self._manifest.set_meta("embedder", self._embedder.name)
        elif stored != self._embedder.name:
            raise LibraryMismatch(
                f"The library in {self.folder} was embedded with {stored}, not {self._embedder.name}",
                "Use the same embedding, or add the documents to a new folder.",
            )
        return self._embedder

    # ---- adding and removing

    def add(self, *paths: str | Path | Sequence[str | Path], on_progress: OnProgress | None = None) -> Added:
        """Adds files and folders (with all below them). Unchanged files cost nothing, changed ones replace what they were.

        A file that cannot be read is listed in `refused` and stops nothing; what was stored for it before stays.
        Raises LibraryLocked when another process is writing.
        """
        flat = [p for path in paths for p in ([path] if isinstance(path, (str, Path)) else path)]
        with self._writing():
            report, _ = self._add(flat, on_progress)
            self._indexer.bring_up_to_date(on_progress)
        return report

    def sync(self, folder: str | Path, on_progress: OnProgress | None = None) -> Added:
        """Like `add(folder)`, and removes the documents whose file in `folder` is gone. Raises DocumentError if it is no folder."""
        if not Path(folder).is_dir():
            raise DocumentError(f"{folder} is not a folder", "`sync` takes one folder; use `add` for files.")
        return self._sync([folder], self._manifest.paths_under(str(Path(folder).resolve())), on_progress)

    def mirror(self, paths: Sequence[str | Path], on_progress: OnProgress | None = None) -> Added:
        """Makes the library hold what is at `paths` and nothing else."""
        return self._sync(paths, self._manifest.paths_under("/"), on_progress)  # "/": all that is stored

    def _sync(self, paths: Sequence[str | Path], stored: Sequence[str], on_progress: OnProgress | None) -> Added:
        with self._writing():
            report, seen = self._add(paths, on_progress)
            removed = []
            for path in stored:
                if path not in seen and not (Path(path).exists() and _is_under(Path(path), paths)):
                    removed += self._manifest.names_of(path)
                    self._manifest.replace_file(path, "", [])
            self._indexer.bring_up_to_date(on_progress)
        return replace(report, removed=tuple(removed))

    def remove(self, *names: str) -> Added:
        """Removes documents by name or path (all rows of a table file go together); raises DocumentError for an unknown name."""
        with self._writing():
            paths = {name: self._manifest.paths_named(name) or self._manifest.paths_named(str(Path(name).resolve())) for name in names}
            for name, found in paths.items():
                if not found:
                    raise DocumentError(f"No document is named {name!r}", "`qa documents` lists the names.")
            removed = []
            for path in dict.fromkeys(path for found in paths.values() for path in found):
                removed += self._manifest.names_of(path)
                self._manifest.replace_file(path, "", [])
            self._indexer.bring_up_to_date()
        return Added(removed=tuple(removed))

    def correct(self, name: str, *, title: str | None = None, published: str | None = None) -> Document:
        """Corrects a document's title or date of publication by hand, and returns it; None leaves a fact as it is.

        `published` is "2024-03-15", "2024-03", "2024" or "" for a document without a date. A correction stays when the file is read
        again, also changed, as long as the file itself says of this fact what it said before; then it is dropped. Removing the
        document forgets it. Raises DocumentError for an unknown name and for what is no date, LibraryLocked as `add` does.
        """
        facts: dict[str, str | None] = {} if title is None else {"title": " ".join(title.split())[:LONGEST_TITLE]}
        if published is not None:
            day, precision = parse_date(published) or (None, "none")
            if day is None and published.strip():
                raise DocumentError(f"{published!r} is not a date", "Write 2024-03-15, 2024-03 or 2024, or nothing for no date.")
            facts |= {"published": day.isoformat() if day else None, "published_precision": precision}
        with self._writing():
            if not self._manifest.correct(name, facts):
                raise DocumentError(f"No document is named {name!r}", "`qa documents` lists the names.")
        return next(document for document in self.documents(Filters(documents=(name,))) if document.name == name)

    def _add(self, paths: Sequence[str | Path], on_progress: OnProgress | None) -> tuple[Added, set[str]]:
        """Reads and stores what changed; the report, and the paths that were there."""
        found = list(find_files(paths))
        outcome: dict[str, list] = {"added": [], "replaced": [], "unchanged": [], "refused": []}
        seen: set[str] = set()
        began = time.monotonic()
        for position, item in enumerate(found):
            if on_progress:
                name = item.name if isinstance(item, Path) else item.source
                on_progress(Progress(stage="reading", done=position, total=len(found), seconds=time.monotonic() - began, item=name))
            if isinstance(item, Refused):
                outcome["refused"].append(item)
                continue
            seen.add(str(item.resolve()))
            try:
                what, names = self._add_file(item)
                outcome[what] += names
            except DocumentError as error:
                outcome["refused"].append(Refused(source=str(item), error=error.message, hint=error.hint))
        if on_progress and found:
            on_progress(Progress(stage="reading", done=len(found), total=len(found), seconds=time.monotonic() - began))
        return Added(**{what: tuple(items) for what, items in outcome.items()}), seen

    def _add_file(self, file: Path) -> tuple[str, list[str]]:
        """Stores one file if it changed: "added", "replaced" or "unchanged", and the names of its documents."""
        path = str(file.resolve())
        before, digest = self._manifest.digest(path), _digest(file, max_mb=self.settings.max_file_mb)
        if digest and digest == before:
            return "unchanged", self._manifest.names_of(path)
        documents = read_file(file, max_mb=self.settings.max_file_mb)
        pairs = [(document, split(document, passage_tokens=self.settings.passage_tokens)) for document in documents]
        return "replaced" if before else "added", self._manifest.replace_file(path, digest, pairs)

    @contextmanager
    def _writing(self, *, seconds: float | None = None) -> Iterator[None]:
        """One writer at a time: the file lock keeps other processes out, the thread lock this process's other threads."""
        seconds = self.settings.lock_seconds if seconds is None else seconds
        busy = LibraryLocked(f"Somebody else is writing to {self.folder}", "Wait until it is done and try again.")
        if not self._thread_lock.acquire(timeout=seconds):
            raise busy
        try:
            self._write_lock.acquire(timeout=seconds)
            try:
                yield
            finally:
                self._write_lock.release()
        except Timeout:
            raise busy from None
        finally:
            self._thread_lock.release()

    # ---- repair

    def _repair(self) -> None:
        with self._writing():
            self._indexer.rebuild()

    def _finish_if_free(self) -> None:
        """Finishes an interrupted change, unless another process is writing (then that one will)."""
        if self._indexer.is_up_to_date():
            return
        try:
            with self._writing(seconds=0):
                self._indexer.bring_up_to_date()
        except LibraryLocked:
            return

    # ---- reading

    def documents(self, filters: Filters = Filters(), ids: Collection[str] | None = None) -> list[Document]:
        """The documents, of these ids if given, in the order they were added."""
        return self._manifest.documents(filters, ids)

    def titles(self, filters: Filters = Filters()) -> list[tuple[str, str, str]]:
        """Id, name and title of each document in the order they were added; quick, for the texts are not read."""
        return self._manifest.titles(filters)

    def document(self, document_id: str) -> Document | None:
        """The document with this id, None when the library has none."""
        return self._manifest.document(document_id)

    def waiting(self) -> set[str]:
        """Ids of the documents that are stored but not yet embedded as a whole: found by words only until `add` is done."""
        return self._manifest.waiting()

    def revision(self) -> tuple[int, int]:
        """Two numbers that stay the same as long as nothing in the library changes; comparable within one process only."""
        return self._manifest.revision()

    def count(self) -> int:
        """How many documents there are."""
        return self._manifest.count()

    def frequency(self, words: Mapping[str, str]) -> tuple[dict[str, int], int]:
        """How many passages have each word (`words` maps a key to a word; its inflections count), and how many passages there are."""
        return {key: self._manifest.passages_with(word) for key, word in words.items()}, self._manifest.passage_count()

    def search(self, question: str, limit: int = 10, filters: Filters = Filters()) -> list[Hit]:
        """The passages nearest to the question by words and by meaning, best first, at most `limit`."""
        allowed = self._allowed(filters)
        if allowed == set() or not question.strip() or self._manifest.is_empty():
            return []
        return self._searcher.passages(question, limit=limit, documents=allowed)

    def excerpts(self, question: str, limit: int = 5, filters: Filters = Filters(), *, exactness: float = EXACTNESS) -> list[Hit]:
        """Runs of whole sentences around what matches the question, best first, at most `limit`: as much of neighbouring passages as
        belongs to it and no more. Their ids are made as those of passages, and fewer than `limit` come back when the best is far ahead.

        `exactness` in [0, 1] is the share of the best sentence's value that the first and the last sentence of an excerpt have at
        least: 0.5 finds the most, 0.6 keeps the excerpts shorter (docs/retrieval.md has the figures).
        """
        allowed = self._allowed(filters)
        if allowed == set() or not question.strip() or self._manifest.is_empty():
            return []
        return self._searcher.excerpts(question, limit=limit, documents=allowed, exactness=exactness)

    def _allowed(self, filters: Filters) -> set[str] | None:
        """Ids of the documents that pass, None when all do."""
        hashable = replace(filters, documents=tuple(filters.documents), outlets=tuple(filters.outlets))
        return self._passing(hashable, self._manifest.revision())


def _is_under(path: Path, places: Sequence[str | Path]) -> bool:
    return any(path.is_relative_to(Path(place).resolve()) for place in places)


def _digest(path: Path, *, max_mb: int) -> str:
    """sha256 of the file's bytes, "" for one that is too large or cannot be opened: reading it says why."""
    try:
        if path.stat().st_size > max_mb * 1_000_000:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
