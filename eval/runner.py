"""Puts the questions of cases to an assistant and scores each answer."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from eval import metrics
from eval.data import TYPES, Case
from qa import Answer, QAError, Turn

RIGHT = ("correct_answer", "correct_refusal")


class Asks(Protocol):
    """Anything that answers like `qa.Assistant`."""

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One case and what became of it.

    `outcome` is one of `metrics.Outcome`, or "error" when asking raised; `error` has its message then. `false_citations`
    lists what is wrong with the printed citations. `matches` maps what the case expects besides gold (answer, speaker,
    figure, date, sides) to whether it was met. `printed` is the first statement, `cited` its place. `seconds` is wall time.
    """

    case: Case
    outcome: str
    status: str = ""
    precision: float | None = None
    recall: float | None = None
    matches: tuple[tuple[str, bool], ...] = ()
    false_citations: tuple[str, ...] = ()
    citations: int = 0
    printed: str = ""
    cited: str = ""
    error: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """The outcome is right, every side is shown where the case has sides, and no printed citation is false."""
        return self.outcome in RIGHT and dict(self.matches).get("sides", True) and not self.false_citations


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Counts over the results of one type, or of all. `overlapping` of the `answerable` cite gold; `declined` of the
    `unanswerable` were declined; `false` of the `citations` printed do not hold; `matched` has (met, asked) by what is
    expected. `p50` and `p95` are seconds."""

    name: str
    cases: int
    answerable: int
    overlapping: int
    unanswerable: int
    declined: int
    citations: int
    false: int
    errors: int
    matched: tuple[tuple[str, tuple[int, int]], ...]
    p50: float | None
    p95: float | None

    @property
    def overlap_share(self) -> float | None:
        """Share in [0, 1] of the answerable cases with a citation that overlaps gold; None without such cases."""
        return self.overlapping / self.answerable if self.answerable else None

    @property
    def declined_share(self) -> float | None:
        """Share in [0, 1] of the unanswerable cases that were declined; None without such cases."""
        return self.declined / self.unanswerable if self.unanswerable else None


def run(cases: Iterable[Case], assistant: Asks, texts: Mapping[str, str],
        *, clock: Callable[[], float] = time.perf_counter) -> tuple[Result, ...]:
    """A result for each case, in order. `texts` maps document names to texts: printed citations are compared with them.

    A QAError raised by the assistant becomes that case's outcome "error"; the run goes on.
    """
    return tuple(_ask(case, assistant, texts, clock) for case in cases)


def rows(results: Sequence[Result]) -> tuple[Row, ...]:
    """A row for each type that occurs, in the order of `eval.data.TYPES`, then one named "all"."""
    by_type = [(name, [result for result in results if result.case.type == name]) for name in TYPES]
    return tuple(_row(name, group) for name, group in (*by_type, ("all", list(results))) if group)


def _ask(case: Case, assistant: Asks, texts: Mapping[str, str], clock: Callable[[], float]) -> Result:
    start = clock()
    try:
        answer = assistant.ask(case.question, history=list(case.history))
    except QAError as error:
        return Result(case=case, outcome="error", error=error.message, seconds=clock() - start)
    return score(case, answer, texts, seconds=clock() - start)


def score(case: Case, answer: Answer, texts: Mapping[str, str], *, seconds: float = 0.0) -> Result:
    """The result of one answer to one case."""
    citations = metrics.citations_of(answer)
    expected = {
        "answer": metrics.answer_matches(case, answer),
        "date": metrics.date_matches(case, answer),
        "figure": metrics.figure_matches(case, answer),
        "sides": metrics.all_sides_shown(citations, case),
        "speaker": metrics.speaker_matches(case, answer),
    }
    return Result(
        case=case, outcome=metrics.outcome(case, answer), status=answer.status, citations=len(citations),
        precision=metrics.citation_precision(citations, case.gold), recall=metrics.citation_recall(citations, case),
        matches=tuple((name, met) for name, met in expected.items() if met is not None),
        false_citations=metrics.false_citations(answer, texts), seconds=seconds,
        printed=answer.statements[0].text if answer.statements else "",
        cited=f"{citations[0].name}:{citations[0].start}-{citations[0].end}" if citations else "",
    )


def _row(name: str, results: Sequence[Result]) -> Row:
    answerable = [result for result in results if result.case.answerable]
    unanswerable = [result for result in results if not result.case.answerable]
    seconds = [result.seconds for result in results]
    return Row(
        name=name, cases=len(results), answerable=len(answerable), unanswerable=len(unanswerable),
        overlapping=sum(result.outcome == "correct_answer" for result in answerable),
        declined=sum(result.outcome == "correct_refusal" for result in unanswerable),
        citations=sum(result.citations for result in results),
        false=sum(len(result.false_citations) for result in results),
        errors=sum(result.outcome in ("error", "no_documents") for result in results),
        matched=_matched(results), p50=metrics.percentile(seconds, 0.5), p95=metrics.percentile(seconds, 0.95),
    )


def _matched(results: Sequence[Result]) -> tuple[tuple[str, tuple[int, int]], ...]:
    found: dict[str, list[bool]] = {}
    for result in results:
        for name, met in result.matches:
            found.setdefault(name, []).append(met)
    return tuple((name, (sum(met), len(met))) for name, met in sorted(found.items()))
