"""What each action on the page does: plain values in, HTML or records out. No gradio here, so a script can do the same."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from qa import timelines
from qa.assistant import Assistant
from qa.errors import DocumentError, QAError, SettingsError
from qa.language.dates import last_day, parse_date
from qa.records import Added, Document, Filters, Progress, Refused, Turn
from qa.render import to_json
from qa.web_page.listing import report, table, welcome
from qa.web_page.pacing import paced
from qa.web_page.reader import reader
from qa.web_page.remembering import Remembering
from qa.web_page.suggesting import suggestions
from qa.web_page.talking import QUESTION_LENGTH, Talk
from qa.web_page.times import timeline_page

UPLOAD_MB, UPLOAD_FILES = 50, 100
"""The largest file taken from the page (less where the library's own limit is lower), and how many at a time."""


class Page:
    """The actions over one assistant: `talk` holds the conversations, all else is the library's. Safe to use from several threads."""

    def __init__(self, assistant: Assistant):
        self.assistant = assistant
        self.library = assistant.library
        self.answers = Remembering(assistant)
        self.talk = Talk(self.library, self.answers)
        self._suggestions = lru_cache(maxsize=4)(lambda ids: tuple(suggestions(self.library, self.answers.ask)))
        self._timelines = lru_cache(maxsize=64)(lambda revision, topic: timelines.timeline(self.library, topic))

    def overview(self) -> tuple[str, list[str], str]:
        """The table of documents, their names, and the start screen without its suggestions (they take a moment)."""
        documents = self.library.documents()
        return table(documents, waiting=self.library.waiting()), [document.name for document in documents], welcome((), documents=len(documents))

    def suggested(self) -> str:
        """The start screen with its suggestions; made once for the documents there are."""
        ids = tuple(document.id for document in self.library.documents())
        return welcome(self._suggestions(ids), documents=len(ids))

    def ask(self, ticket: str, question: str, names: Sequence[str], since: str, until: str) -> Iterator[str]:
        """The conversation after each step of the answer; a filter that cannot be read is explained there."""
        try:
            filters = read_filters(names, since, until)
        except SettingsError as error:
            yield self.talk.refuse(ticket, question, error)
            return
        yield from self.talk.ask(ticket, question, filters)

    def opened(self, ticket: str, document_id: object, start: object = 0, end: object = 0) -> str:
        """The reader on a document of the library, with what the conversation cites of it; whatever else is asked for is answered as a
        document that is gone."""
        try:
            place = int(str(start)), int(str(end))
        except ValueError:
            place = 0, 0
        return reader(self.library.document(str(document_id)), *place, cited=self.talk.cited(ticket, str(document_id)))

    def timeline(self, topic: str) -> str:
        """The dated statements about a topic, drawn and listed."""
        topic = topic.strip()[:QUESTION_LENGTH]
        if not topic:
            return ""
        try:
            return timeline_page(topic, self._timelines(self.library.revision(), topic))
        except QAError as error:
            return _trouble(topic, error)

    def add(self, files: Sequence[str]) -> Iterator[str]:
        """Adds uploaded files one by one; the report so far after each and while one is embedded. The files are moved into the
        library's folder."""
        done: list[tuple[str, Added]] = []
        for file in list(files)[:UPLOAD_FILES]:
            name = Path(file).name
            for step in self._add(Path(file)):
                if isinstance(step, Added):
                    done.append((name, step))
                yield report(done, waiting="" if isinstance(step, Added) else name, progress=step if isinstance(step, Progress) else None)
        for file in list(files)[UPLOAD_FILES:]:
            done.append((Path(file).name, _refused(file, f"more than {UPLOAD_FILES} files at a time", "Add the rest afterwards.")))
        yield report(done)

    def _add(self, file: Path) -> Iterator[Progress | Added | None]:
        """How far the adding of one file is, from time to time, then what became of it."""
        yield None
        steps: list[Progress | Added] = []
        worker = threading.Thread(target=lambda: steps.append(self._added(file, steps.append)), daemon=True)
        worker.start()
        while worker.is_alive():
            worker.join(timeout=0.4)
            if steps and isinstance(steps[-1], Progress):
                yield steps[-1]
        yield next((step for step in reversed(steps) if isinstance(step, Added)), _refused(file, "it could not be added", ""))

    def _added(self, file: Path, on_progress: Callable[[Progress], None]) -> Added:
        kept = self.library.folder / "uploads" / file.name
        try:
            if file.stat().st_size > self.upload_mb() * 1_000_000:
                return _refused(file, f"it is larger than {self.upload_mb()} MB", "`qa add` takes larger files.")
            kept.parent.mkdir(exist_ok=True)
            shutil.move(file, kept)
            outcome = self.library.add(kept, on_progress=on_progress)
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
            self._named(name)
            removed = self.library.remove(str(name))
        except QAError as error:
            return _trouble(str(name), error)
        return report([(gone, Added(removed=(gone,))) for gone in removed.removed])

    def correct(self, name: object, title: object, published: object) -> str:
        """Corrects a document's title and date by hand and says so; what has not changed is left alone."""
        try:
            before = self._named(name)
            self.library.correct(before.name, title=str(title), published=str(published))
        except QAError as error:
            return _trouble(str(name), error)
        return report([(before.name, Added(replaced=(before.name,)))], done="corrected")

    def _named(self, name: object) -> Document:
        for document in self.library.documents():
            if document.name == name:
                return document
        raise DocumentError(f"no document is named {name!r}", "Somebody may have removed it.")

    def evaluate(self, chosen: str | None, uploaded: str | None, corpus: str, stop: threading.Event) -> Iterator[str]:
        """Asks the cases of an uploaded file, or of one that comes with the program: progress as HTML, then the report."""
        from qa.web_page.evaluating import CASES, LARGEST_MB, case_files, evaluate

        if uploaded and Path(uploaded).stat().st_size > LARGEST_MB * 1_000_000:
            yield _trouble(Path(uploaded).name, QAError(f"it is larger than {LARGEST_MB} MB", "Give fewer cases."))
        elif uploaded or chosen in case_files():
            cases = uploaded or CASES / str(chosen)
            try:
                for steps in paced(evaluate(self.assistant, cases, corpus=corpus, stop=stop), threading.Event()):
                    yield steps[-1] if steps else '<p role="status">Reading the cases …</p>'
            except QAError as error:
                yield _trouble(Path(cases).name, error)
        else:
            yield '<p class="qa-empty">Choose a file of cases, or add your own.</p>'

    def ask_json(self, question: str, history: list[dict], documents: list[str], outlets: list[str], since: str, until: str) -> dict:
        """The answer as `render.to_json` writes it. `history` are turns {"role", "text"}; empty lists and "" set no filter."""
        turns = [Turn(role=turn["role"], text=str(turn["text"])) for turn in history]
        filters = replace(read_filters(documents, since, until), outlets=tuple(outlets))
        return json.loads(to_json(self.answers.ask(question[:QUESTION_LENGTH], turns, filters)))


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


def _trouble(name: str, error: QAError) -> str:
    return report([(name, _refused(name, error.message, error.hint))])


def _refused(file: str | Path, error: str, hint: str) -> Added:
    return Added(refused=(Refused(source=str(file), error=error, hint=hint),))
