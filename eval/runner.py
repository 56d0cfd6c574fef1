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
    `false_citations` lists what is wrong with the printed citations. `matches` maps what the case expects besides gold (see
    `EXPECTED`) to whether it was met. `true_alarms` counts the disagreements shown that are planted ones. `seconds` is wall time.
    """

    case: Case
    outcome: str
    answer: Answer | None = None
    statements: tuple[Scored, ...] = ()
    matches: tuple[tuple[str, bool], ...] = ()
    false_citations: tuple[str, ...] = ()
    true_alarms: int = 0
    error: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """The outcome is right, every side is shown where the case has sides, exactly the documents asked for where it asks for
        documents, and no printed citation is false."""
        matches = dict(self.matches)
        return self.outcome in RIGHT and matches.get("sides", True) and matches.get("documents", True) and not self.false_citations


def planted_in(cases: Iterable[Case]) -> tuple[metrics.Sides, ...]:
    """The sides of every disagreement that the cases know of: a disagreement shown that is none of them is a false alarm."""
    return tuple(case.sides for case in cases if case.sides)


def run(cases: Iterable[Case], assistant: Asks, texts: Mapping[str, str], *, planted: Sequence[metrics.Sides] = (),
        clock: Callable[[], float] = time.perf_counter) -> tuple[Result, ...]:
    """A result for each case, in order. `texts` maps document names to texts: printed citations are compared with them. `planted` are
    the disagreements known besides those of the cases themselves.

    A QAError raised by the assistant becomes that case's outcome "error"; the run goes on.
    """
    cases = tuple(cases)
    known = (*planted, *planted_in(cases))
    return tuple(ask_case(case, assistant, texts, planted=known, clock=clock) for case in cases)


def ask_case(case: Case, assistant: Asks, texts: Mapping[str, str], *, planted: Sequence[metrics.Sides] = (),
             clock: Callable[[], float] = time.perf_counter) -> Result:
    """The result of one case (see `run`); `seconds` is the time the assistant took, not that of scoring."""
    start = clock()
    try:
        answer = assistant.ask(case.question, history=list(case.history))
    except QAError as error:
        return Result(case=case, outcome="error", error=error.message, seconds=clock() - start)
    seconds = clock() - start
    return score(case, answer, texts, planted=planted, seconds=seconds)


EXPECTED: dict[str, Callable[[Case, Answer], bool | None]] = {
    "answer": metrics.answer_matches,
    "date": metrics.date_matches,
    "disagreement": metrics.disagreement_shown,
    "documents": metrics.documents_shown,
    "figure": metrics.figure_matches,
    "premise": metrics.premise_corrected,
    "sides": lambda case, answer: metrics.all_sides_shown(metrics.citations_of(answer), case),
    "speaker": metrics.speaker_matches,
    "voice": metrics.voice_matches,
    "whole_figure": metrics.whole_figure_matches,
}
"""What a case may expect besides gold: each is met, not met, or (None) not expected."""
OF_CITED = ("speaker", "voice", "whole_figure")
"""These are also counted over the cases whose gold was cited alone: how the answer was worded, not whether it was found."""


def score(case: Case, answer: Answer, texts: Mapping[str, str], *, planted: Sequence[metrics.Sides] = (), seconds: float = 0.0) -> Result:
    """The result of one answer to one case."""
    expected = {name: matches(case, answer) for name, matches in EXPECTED.items()}
    return Result(
        case=case, outcome=metrics.outcome(case, answer), answer=answer, seconds=seconds,
        statements=tuple(score_statement(statement, texts) for statement in answer.statements),
        matches=tuple((name, met) for name, met in expected.items() if met is not None),
        false_citations=metrics.false_citations(answer, texts), true_alarms=metrics.true_alarms(answer, (*planted, case.sides)),
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
    counts |= {name: (int(met), 1) for name, met in result.matches}
    if result.outcome == "correct_answer":
        counts |= {f"{name}_cited": (int(met), 1) for name, met in result.matches if name in OF_CITED}
    return counts | _voiced(result)


def _voiced(result: Result) -> dict[str, tuple[int, int]]:
    """How many of the printed claims say whose they are, an opening yes or no counted as one that does not; and how many of the
    disagreements shown are planted ones."""
    answer = result.answer
    if not answer:
        return {}
    own = int(metrics.plainly_answered(answer))
    said = [metrics.attributed(statement) for statement in answer.statements]
    return {"attributed": (sum(said), len(said) + own), "alarms": (result.true_alarms, len(answer.disagreements))}
