"""Opens libraries and assistants, and knows where they are when nobody says."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import DocumentError
from qa.records import Filters, Refused, TimelineEvent
from qa.settings import Settings, cache_folder, from_environment

if TYPE_CHECKING:  # the real imports cost time that `qa --help` does not have
    from qa.assistant import Assistant
    from qa.generating import LLM
    from qa.library import Library
    from qa.library.indexing import OnProgress


def open_library(folder: str | Path, *, settings: Settings | None = None) -> "Library":
    """The library in `folder`, created if missing. Settings come from the environment unless given.

    Raises LibraryUnavailable, LibraryMismatch and SettingsError.
    """
    from qa.library import Library

    return Library(folder, settings or from_environment())


def open_assistant(library: "str | Path | Library", *, settings: Settings | None = None, llm: "str | LLM | None" = None) -> "Assistant":
    """An assistant over the library in a folder, or over one that is open.

    `llm` is a language model that writes the answers: a spec such as "ollama:llama3.2", a llama-index LLM object, or "none"; the settings
    decide where it is not given. Raises what `open_library` raises, ModelUnavailable when the model's integration is not installed.
    """
    from qa.assistant import Assistant
    from qa.generating import open_writer

    opened = open_library(library, settings=settings) if isinstance(library, (str, Path)) else library
    return Assistant(opened, writer=open_writer(opened.settings.llm if llm is None else llm, settings or opened.settings))


def timeline(library: "str | Path | Library", topic: str, filters: Filters = Filters(), *, since: date | None = None,
             until: date | None = None) -> tuple[TimelineEvent, ...]:
    """The dated statements about `topic`, earliest first; those whose year nothing tells come last.

    `filters` say which documents are read; an event must overlap the days from `since` to `until`. Raises what `open_library` raises.
    """
    from qa import timelines

    opened = open_library(library) if isinstance(library, (str, Path)) else library
    try:
        return timelines.timeline(opened, topic, filters, since=since, until=until)
    finally:
        if opened is not library:
            opened.close()


def own_library(environment: Mapping[str, str] | None = None) -> Path:
    """Where the user's library is unless told otherwise: `QA_LIBRARY`, else `qa/library` in the user's data folder."""
    environment = os.environ if environment is None else environment
    if environment.get("QA_LIBRARY"):
        return Path(environment["QA_LIBRARY"]).expanduser()
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "qa" / "library"


def sample_documents() -> Path:
    """The folder of sample documents: in the checkout, or beside the installed package."""
    here = Path(__file__).parent
    return next(folder for folder in (here.parent / "seeds", here / "_seeds") if folder.is_dir())


def library_over(
    paths: Sequence[str | Path], *, settings: Settings | None = None, on_progress: "OnProgress | None" = None,
    on_refused: Callable[[Refused], None] | None = None,
) -> "Library":
    """A library that holds just what is at `paths` now, kept in the cache folder so that the next time costs little.

    `on_refused` is told of each file that could not be read. Raises DocumentError, with the first reason, when not one document could be read.
    """
    from qa.library.manifest import FORMAT  # part of the key, so that an earlier version's copy is not in the way

    settings = settings or from_environment()
    resolved = [str(Path(path).expanduser().resolve()) for path in paths]
    key = hashlib.sha256(repr((sorted(resolved), sorted(settings.fingerprint().items()), FORMAT)).encode()).hexdigest()[:16]
    library = open_library(cache_folder() / "docs" / key, settings=settings)
    report = library.mirror(resolved, on_progress=on_progress)
    for refused in report.refused if on_refused and library.count() else ():
        on_refused(refused)
    if not library.count():
        library.close()
        reason = report.refused[0] if report.refused else None
        raise DocumentError(reason.error if reason else f"No documents in {', '.join(map(str, paths))}",
                            reason.hint if reason else "Give files or folders with txt, md, html, pdf, docx, epub, csv or jsonl files.")
    return library
