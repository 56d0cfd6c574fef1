"""Puts the questions of cases to an assistant and scores each answer."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from eval import metrics
from eval.data import Case
from eval.results import Record, statement_record
from eval.statements import Scored, score_statement
from qa import Answer, QAError, Turn

RIGHT = ("correct_answer", "correct_refusal")
UNASKED = ("error", "no_documents")


class Asks(Protocol):
    """Anything that answers like `qa.Assistant`."""

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One case and what became of it.

    `outcome` is one of `metrics.Outcome`, or "error" when asking raised; `error` has its message then, and `answer` is None.
    `false_citations` lists what is wrong with the printed citations. `matches` maps what the case expects besides gold (answer,
    speaker, figure, date, sides, disagreement) to whether it was met. `seconds` is wall time.
    """

    case: Case
    outcome: str
    answer: Answer | None = None
    statements: tuple[Scored, ...] = ()
    matches: tuple[tuple[str, bool], ...] = ()
    false_citations: tuple[str, ...] = ()
    error: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """The outcome is right, every side is shown where the case has sides, and no printed citation is false."""
        return self.outcome in RIGHT and dict(self.matches).get("sides", True) and not self.false_citations


def run(cases: Iterable[Case], assistant: Asks, texts: Mapping[str, str],
        *, clock: Callable[[], float] = time.perf_counter) -> tuple[Result, ...]:
    """A result for each case, in order. `texts` maps document names to texts: printed citations are compared with them.

    A QAError raised by the assistant becomes that case's outcome "error"; the run goes on.
    """
    return tuple(ask_case(case, assistant, texts, clock=clock) for case in cases)


def ask_case(case: Case, assistant: Asks, texts: Mapping[str, str], *, clock: Callable[[], float] = time.perf_counter) -> Result:
    """The result of one case (see `run`); `seconds` is the time the assistant took, not that of scoring."""
    start = clock()
    try:
        answer = assistant.ask(case.question, history=list(case.history))
    except QAError as error:
        return Result(case=case, outcome="error", error=error.message, seconds=clock() - start)
    seconds = clock() - start
    return score(case, answer, texts, seconds=seconds)


def score(case: Case, answer: Answer, texts: Mapping[str, str], *, seconds: float = 0.0) -> Result:
    """The result of one answer to one case."""
    citations = metrics.citations_of(answer)
    expected = {
        "answer": metrics.answer_matches(case, answer),
        "date": metrics.date_matches(case, answer),
        "disagreement": metrics.disagreement_shown(case, answer),
        "figure": metrics.figure_matches(case, answer),
        "sides": metrics.all_sides_shown(citations, case),
        "speaker": metrics.speaker_matches(case, answer),
    }
    return Result(
        case=case, outcome=metrics.outcome(case, answer), answer=answer, seconds=seconds,
        statements=tuple(score_statement(statement, texts) for statement in answer.statements),
        matches=tuple((name, met) for name, met in expected.items() if met is not None),
        false_citations=metrics.false_citations(answer, texts),
    )


def case_record(result: Result) -> Record:
    """A result as `eval.results` wants it: counts by figure, statements with their verdicts, notes on what is wrong."""
    case, answer = result.case, result.answer
    notes = [f"{name} not met" for name, met in result.matches if not met] + list(result.false_citations)
    notes += [result.error] if result.error else []
    if not result.passed:
        notes += [f"expected: “{' '.join(place.quote.split())}” ({place.document})" for place in case.gold]
    return {
        "id": case.id, "type": case.type, "question": case.question, "outcome": result.outcome, "passed": result.passed,
        "answer": answer.text if answer else "", "counts": {name: list(count) for name, count in _counts(result).items()},
        "statements": [statement_record(scored.checked) for scored in result.statements], "notes": notes,
    }


def _counts(result: Result) -> dict[str, tuple[int, int]]:
    """Each figure of the case as (how many, of how many); what the case cannot show counts (0, 0)."""
    case, asked = result.case, result.outcome not in UNASKED
    citations = metrics.citations_of(result.answer) if result.answer else ()
    checked = [scored for scored in result.statements if scored.checked.checked]
    sides = case.sides or ((case.gold,) if case.gold else ())
    span = metrics.span_correct(citations, case)
    counts = {
        "passed": (int(result.passed), 1), "asked": (int(asked), 1),
        "cites_gold": (int(result.outcome == "correct_answer"), int(case.answerable)),
        "declined": (int(result.outcome == "correct_refusal"), int(not case.answerable)),
        "span": (int(bool(span)), int(span is not None)),
        "gold_precision": (sum(metrics.overlaps([citation], case.gold) for citation in citations), len(citations) if case.gold else 0),
        "gold_recall": (sum(metrics.overlaps(citations, side) for side in sides), len(sides)),
        "supported": (sum(scored.checked.supported for scored in checked), len(checked)),
        "citation_recall": (sum(scored.recalled for scored in checked), len(checked)),
        "citation_precision": (sum(scored.precise for scored in checked), sum(scored.citations for scored in checked)),
        "citations_hold": (max(0, len(citations) - len(result.false_citations)), max(len(citations), len(result.false_citations))),
    }
    return counts | {name: (int(met), 1) for name, met in result.matches}
