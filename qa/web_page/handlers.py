"""What each action on the page does: plain values in, HTML or records out. No gradio here, so a script can do the same."""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from qa.assistant import Assistant
from qa.errors import DocumentError, QAError, SettingsError
from qa.language.dates import last_day, parse_date
from qa.records import Added, Filters, Finished, Refused, Searched, StatementReady, Turn
from qa.render import to_json
from qa.web_page.answers import Exchange, history
from qa.web_page.listing import report, table, welcome
from qa.web_page.reader import reader
from qa.web_page.suggesting import suggestions

QUESTION_LENGTH = 2_000
"""The most characters of a question; a longer one is cut there."""
UPLOAD_MB, UPLOAD_FILES = 50, 100
"""The largest file taken from the page (less where the library's own limit is lower), and how many at a time."""
STOPPED = "Stopped."


class Page:
    """The actions over one assistant. Holds nothing of a user's; safe to use from several threads."""

    def __init__(self, assistant: Assistant):
        self.assistant = assistant
        self.library = assistant.library
        self._suggestions = lru_cache(maxsize=4)(lambda ids: tuple(suggestions(assistant)))

    def overview(self) -> tuple[str, list[str], str]:
        """The table of documents, their names, and the start screen without its suggestions (they take a moment)."""
        documents = self.library.documents()
        return table(documents), [document.name for document in documents], welcome((), documents=len(documents))

    def suggested(self) -> str:
        """The start screen with its suggestions; made once for the documents there are."""
        ids = tuple(document.id for document in self.library.documents())
        return welcome(self._suggestions(ids), documents=len(ids))

    def answer(self, question: str, exchanges: Sequence[Exchange], filters: Filters = Filters()) -> Iterator[tuple[Exchange, ...]]:
        """The conversation after each event of the answer to `question`: searching, each statement, the whole answer."""
        before, now = tuple(exchanges), Exchange(question=question.strip()[:QUESTION_LENGTH], note="Searching the documents …")
        yield (*before, now)
        try:
            for event in self.assistant.stream(now.question, history(before), filters):
                now = _after(now, event)
                yield (*before, now)
        except QAError as error:
            yield (*before, failed(now.question, error))

    def opened(self, document_id: object, start: object = 0, end: object = 0) -> str:
        """The reader on a document of the library; whatever else is asked for is answered as a document that is gone."""
        try:
            place = int(str(start)), int(str(end))
        except ValueError:
            place = 0, 0
        return reader(self.library.document(str(document_id)), *place)

    def add(self, files: Sequence[str]) -> Iterator[str]:
        """Adds uploaded files one by one; the report so far after each. The files are copied into the library's folder."""
        done: list[tuple[str, Added]] = []
        for file in list(files)[:UPLOAD_FILES]:
            name = Path(file).name
            yield report(done, waiting=name)
            done.append((name, self._added(Path(file))))
        for file in list(files)[UPLOAD_FILES:]:
            done.append((Path(file).name, _refused(file, f"more than {UPLOAD_FILES} files at a time", "Add the rest afterwards.")))
        yield report(done)

    def _added(self, file: Path) -> Added:
        kept = self.library.folder / "uploads" / file.name
        try:
            if file.stat().st_size > self.upload_mb() * 1_000_000:
                return _refused(file, f"it is larger than {self.upload_mb()} MB", "`qa add` takes larger files.")
            kept.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, kept)
            outcome = self.library.add(kept)
        except (QAError, OSError) as error:
            return _refused(file, str(error), getattr(error, "hint", ""))
        if outcome.refused:
            kept.unlink(missing_ok=True)
        return outcome

    def upload_mb(self) -> int:
        """The largest file the page takes, in megabytes."""
        return min(UPLOAD_MB, self.library.settings.max_file_mb)

    def remove(self, name: object) -> str:
        """Removes the document of this name and says so; a name the library does not have is reported as such."""
        try:
            if name not in {document.name for document in self.library.documents()}:
                raise DocumentError(f"no document is named {name!r}", "Somebody may have removed it.")
            removed = self.library.remove(str(name))
        except QAError as error:
            return report([(str(name), _refused(str(name), error.message, error.hint))])
        return report([(gone, Added(removed=(gone,))) for gone in removed.removed])

    def ask_json(self, question: str, history: list[dict], documents: list[str], outlets: list[str], since: str, until: str) -> dict:
        """The answer as `render.to_json` writes it. `history` are turns {"role", "text"}; empty lists and "" set no filter."""
        turns = [Turn(role=turn["role"], text=str(turn["text"])) for turn in history]
        filters = replace(read_filters(documents, since, until), outlets=tuple(outlets))
        return json.loads(to_json(self.assistant.ask(question[:QUESTION_LENGTH], turns, filters)))


def failed(question: str, error: QAError) -> Exchange:
    """The exchange for a question that could not be asked, with the reason and what to do."""
    return Exchange(question=question.strip()[:QUESTION_LENGTH], note=f"{error.message}. {error.hint}")


def stopped(exchanges: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """The conversation after the answer in progress was given up; what was released of it stays."""
    *before, last = exchanges or (None,)
    if last is None or last.answer:
        return tuple(exchanges)
    return (*before, replace(last, note=STOPPED))


def read_filters(documents: Sequence[str] | None, since: str | None, until: str | None) -> Filters:
    """The filters as typed. Raises SettingsError for a date that cannot be read."""
    first, last = _date(since), _date(until)
    return Filters(documents=tuple(documents or ()), since=first and first[0], until=last and last_day(*last))


def _date(typed: str | None):
    if not (typed or "").strip():
        return None
    parsed = parse_date(typed.strip())
    if parsed is None:
        raise SettingsError(f"“{typed.strip()[:40]}” is not a date", "Write 2024, 2024-03 or 2024-03-15.")
    return parsed


def _after(exchange: Exchange, event) -> Exchange:
    if isinstance(event, Searched):
        return replace(exchange, searched_for=event.searched_for, note=f"Reading {len(event.hits)} passages …")
    if isinstance(event, StatementReady):
        return replace(exchange, statements=(*exchange.statements, event.statement))
    if isinstance(event, Finished):
        return replace(exchange, answer=event.answer, note=" ".join(event.answer.notes))
    return exchange


def _refused(file: str | Path, error: str, hint: str) -> Added:
    return Added(refused=(Refused(source=str(file), error=error, hint=hint),))
