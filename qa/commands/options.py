"""What the commands share: the library, the question and the filters that the options name; files; what is printed of documents."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from qa import render
from qa.cli import USAGE
from qa.errors import LibraryUnavailable, QAError, SettingsError
from qa.language.dates import last_day, parse_date
from qa.open import library_over, open_library, own_library, sample_documents
from qa.progress import progress_bar
from qa.records import Filters, Refused
from qa.settings import Settings, from_environment

if TYPE_CHECKING:
    from qa.library import Library


def settings_of(options: Namespace) -> Settings:
    """The settings of the environment with what the options say instead."""
    return from_environment(embedding=options.embedding, llm=getattr(options, "llm", None))


def own(options: Namespace, *, create: bool = False) -> "Library":
    """The library of --library, else the user's own. Raises LibraryUnavailable when it is not there, unless it is to be made."""
    folder = Path(options.library) if options.library else own_library()
    if not create and not folder.is_dir():
        raise LibraryUnavailable(f"There is no library in {folder}", "`qa add PATH` makes one, `--library DIR` names another.")
    return open_library(folder, settings=settings_of(options))


def opened(options: Namespace) -> "Library":
    """The library the options name; without any, the user's own; without that, one of the sample documents."""
    if options.docs:
        with progress_bar() as on_progress:
            return library_over(options.docs, settings=settings_of(options), on_progress=on_progress, on_refused=print_refused)
    if options.library or own_library().is_dir():
        return own(options)
    print("qa: you have no library yet, so this answers from the sample documents (`qa add PATH` starts your own).", file=sys.stderr)
    with progress_bar() as on_progress:
        return library_over([sample_documents()], settings=settings_of(options), on_progress=on_progress, on_refused=print_refused)


def question_of(options: Namespace) -> str:
    """The QUESTION, "" for none."""
    return given(options.question, options.docs)


def given(text: str | None, docs: list[str] | None) -> str:
    """What was asked; `--docs PATH QUESTION` has taken it for a path, so the last one that is no path is given back."""
    if text is None and docs and len(docs) > 1 and not os.path.exists(docs[-1]):
        return docs.pop().strip()
    return (text or "").strip()


def filters_of(options: Namespace) -> Filters:
    """The documents that --since, --until, --document and --outlet leave."""
    since, until = days_of(options)
    return Filters(since=since, until=until, documents=tuple(options.document), outlets=tuple(options.outlet))


def days_of(options: Namespace) -> tuple[date | None, date | None]:
    """The first day of --since and the last of --until, None where it is not given. Raises SettingsError for what is no date."""
    since, until = (_day(option, text) for option, text in (("--since", options.since), ("--until", options.until)))
    return since and since[0], until and last_day(*until)


def _day(option: str, text: str | None):
    if text is None:
        return None
    parsed = parse_date(text)
    if parsed is None:
        raise SettingsError(f"{option} is {text!r}", "Write a date as 2024, 2024-03 or 2024-03-15.")
    return parsed


def read(file: str) -> str:
    """The file's text. Raises QAError when it cannot be read."""
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QAError(f"{file} cannot be read: {error}", "Give a UTF-8 file.") from error


def write(file: str, text: str, *, option: str) -> None:
    """Writes the file that `option` names. Raises QAError when it cannot be written."""
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        hint = f"Give {option} a file in a folder you may write to."
        raise QAError(f"{file} cannot be written: {error.strerror}", hint) from error


def counted(documents: Sequence) -> str:
    """How many documents, in words."""
    return f"{len(documents)} document{'' if len(documents) == 1 else 's'}"


def print_refused(refused: Refused) -> None:
    """A line on the error output about a file that was not added."""
    hint = f" ({refused.hint})" if refused.hint else ""
    print(render.printable(f"refused  {refused.source}: {refused.error}{hint}"), file=sys.stderr)


def usage(message: str) -> int:
    """Says what is wrong with the command line; its exit code."""
    print(f"qa: {message}", file=sys.stderr)
    return USAGE
