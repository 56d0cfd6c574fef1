"""A pytest plugin: every case of a file is a test.

    pytest --qa-cases cases.jsonl --qa-docs documents/     asks the assistant over the documents
    pytest --qa-answers answers.jsonl                      checks finished answers against their contexts

A line that cannot be used is a test that fails with the reason; an answer in which nothing can be checked is skipped. Loaded by every
pytest of the environment, so it imports nothing of the project until an option is given.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_CASES, _ANSWERS = "--qa-cases", "--qa-answers"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options."""
    group = parser.getgroup("qa", "grounded answers")
    group.addoption(_CASES, metavar="FILE", help="case file; each case is a test (needs --qa-docs)")
    group.addoption("--qa-docs", metavar="PATH", action="append", default=[],
                    help="file or folder the answers come from; may be given again")
    group.addoption("--qa-corpus", metavar="NAME", default="digests", help="which of the cases' gold the documents are (default digests)")
    group.addoption(_ANSWERS, metavar="FILE", help="file of finished answers; each is a test")


def pytest_configure(config: pytest.Config) -> None:
    """Adds the files to what is collected; named alone, they are all that is."""
    files = [str(Path(config.getoption(option)).absolute()) for option in (_CASES, _ANSWERS) if config.getoption(option)]
    if not files:
        return
    if config.getoption(_CASES) and not config.getoption("--qa-docs"):
        raise pytest.UsageError(f"{_CASES} needs --qa-docs PATH")
    if missing := [file for file in files if not Path(file).is_file()]:
        raise pytest.UsageError(f"{missing[0]} is no file")
    named = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
    config.args = [*named, *files]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "CaseFile | AnswerFile | None":
    """A collector for the file of an option, none for any other."""
    for option, collector in ((_CASES, CaseFile), (_ANSWERS, AnswerFile)):
        chosen = parent.config.getoption(option)
        if chosen and Path(chosen).absolute() == file_path:
            return collector.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    """The cases of a file, asked of one assistant over the documents of --qa-docs."""

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each case, and one for each line that cannot be used."""
        from eval.data import load_cases
        from qa import QAError
        from qa.open import library_over

        try:
            with library_over(self.config.getoption("--qa-docs")) as library:
                self.texts = {document.name: document.text for document in library.documents()}
            cases, faults = load_cases(self.path, self.texts, corpus=self.config.getoption("--qa-corpus"))
        except QAError as error:
            raise self.CollectError(f"{error.message}\n{error.hint}") from error
        yield from (CaseItem.from_parent(self, name=case.id, subject=case) for case in cases)
        yield from (FaultItem.from_parent(self, name=f"{fault.unit} {fault.line}", subject=fault) for fault in faults)


    def setup(self) -> None:
        """Opens the library again before the first case: between collecting and running, it is nobody's."""
        from qa import open_assistant
        from qa.open import library_over

        self.library = library_over(self.config.getoption("--qa-docs"))
        self.assistant = open_assistant(self.library)

    def teardown(self) -> None:
        """Closes it after the last."""
        self.library.close()


class AnswerFile(pytest.File):
    """The finished answers of a file."""

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each answer, and one for each line that cannot be used."""
        from eval.answers import load_answers
        from qa import QAError

        try:
            answers, faults = load_answers(self.path)
        except QAError as error:
            raise self.CollectError(f"{error.message}\n{error.hint}") from error
        yield from (AnswerItem.from_parent(self, name=answer.id, subject=answer) for answer in answers)
        yield from (FaultItem.from_parent(self, name=f"{fault.unit} {fault.line}", subject=fault) for fault in faults)


class _Failed(Exception):
    """A case that did not pass; the text is all that is shown."""


class _Item(pytest.Item):
    """A test about `subject`, which belongs to the file it stands in."""

    def __init__(self, *, subject: Any, **fields: Any):
        super().__init__(**fields)
        self.subject = subject

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The file and the name of the case."""
        return self.path, None, f"{self.path.name}: {self.name}"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What `explain` says of the case, without a traceback."""
        return str(excinfo.value) if isinstance(excinfo.value, _Failed) else super().repr_failure(excinfo, style)

    def judge(self, record: dict[str, Any]) -> None:
        """Passes, skips or fails by the case's record."""
        from eval.explain import explain

        if record["passed"] is None:
            pytest.skip(record["outcome"])
        if not record["passed"]:
            raise _Failed(explain({"cases": [record]}, record["id"]))


class CaseItem(_Item):
    """One question put to the assistant."""

    def runtest(self) -> None:
        """Asks and scores as `eval run` does."""
        from eval.runner import ask_case, case_record

        self.judge(case_record(ask_case(self.subject, self.parent.assistant, self.parent.texts)))


class AnswerItem(_Item):
    """One finished answer."""

    def runtest(self) -> None:
        """Checks as `eval check` does."""
        from eval.results import answer_record

        self.judge(answer_record(self.subject))


class FaultItem(_Item):
    """A line that cannot be used."""

    def runtest(self) -> None:
        """Fails with the reason."""
        raise _Failed(f"{self.path.name}, {self.subject}")
