"""Evals from the page: the cases of a file put to the assistant, with progress, and the HTML report."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval import data
from eval.reports.page import as_page
from eval.results import make_record
from eval.runner import RIGHT, Result, ask_case, case_record, planted_in
from eval.traffic import watched
from qa.assistant import Assistant
from qa.errors import QAError
from qa.web_page.escaping import counted, text

CASES = Path(data.__file__).parent / "cases"
LARGEST_MB = 5
"""The largest case file taken from the page."""


def case_files() -> list[str]:
    """The names of the case files that come with the program."""
    return sorted(file.name for file in CASES.glob("*.jsonl"))


def evaluate(assistant: Assistant, file: str | Path, *, corpus: str = "digests", stop: threading.Event | None = None) -> Iterator[str]:
    """HTML after every few cases, and the report at the end, of the cases asked until `stop` was set. A file that cannot be used
    gives the reason."""
    texts = {document.name: document.text for document in assistant.library.documents()}
    results: list[Result] = []
    try:
        cases, faults = data.load_cases(file, texts, corpus=corpus.strip() or "digests")
    except QAError as error:
        yield f'<p class="qa-refused">{text(error.message)} <span class="qa-muted">{text(error.hint)}</span></p>'
        return
    planted = planted_in(cases)
    with watched() as traffic:
        for case in cases:
            yield _progress(results, len(cases))
            if stop and stop.is_set():
                break
            results.append(ask_case(case, assistant, texts, planted=planted))
            answer = results[-1].answer
            traffic.llm_calls += answer is not None and (answer.model != "extractive" or answer.usage.answer_tokens > 0)
    if not results:
        yield '<p class="qa-empty">Stopped before the first case.</p>'
        return
    record = make_record("run", [case_record(result) for result in results], faults=faults, traffic=traffic)
    yield _progress(results, len(cases), done=True) + _report(as_page(record))


def _progress(results: Sequence[Result], total: int, *, done: bool = False) -> str:
    right = sum(result.outcome in RIGHT for result in results)
    last = "" if done or len(results) == total else " …"
    stopped = f" (stopped after {len(results)})" if done and len(results) < total else ""
    return (f'<div class="qa-progress"><progress max="{total}" value="{len(results)}" aria-label="Cases asked">{len(results)}</progress>'
            f'<p role="status">{len(results)} of {counted(total, "case")}, {right} right{last}{stopped}</p></div>')


def _report(page: str) -> str:
    """The report in a frame of its own, in which nothing runs."""
    return (f'<p class="qa-actions"><button type="button" data-act="report">Save the report</button></p>'
            f'<iframe class="qa-report-page" title="Report of the evals" sandbox srcdoc="{text(page)}"></iframe>')
