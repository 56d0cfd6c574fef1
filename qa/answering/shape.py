"""The form of an answer: its order in time, the figure first where one was asked for, and where each statement stands on a yes-or-no
question."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from qa.agreement import Clash, compare
from qa.answering.counting import leading
from qa.answering.question import analyse
from qa.answering.reported import is_asked, standing, with_stance
from qa.answering.steer import Steering
from qa.records import Disagreement, Document, Statement


def shaped(statements: Sequence[Statement], documents: Mapping[str, Document],
           steering: Steering, clashing: Collection[Clash] = ()) -> tuple[tuple[Statement, ...], tuple[Disagreement, ...]]:
    """The statements compared (see `qa.agreement.compare` for `clashing`), in their order and numbered in it, each in the form that the
    question asks for."""
    asked = analyse(steering.question)
    compared, _ = compare(statements, documents, question=steering.question, clashing=clashing)
    ordered = [_numbered(statement, n) for n, statement in enumerate(steering.ordered(compared), 1)]
    compared, disagreements = compare(ordered, documents, question=steering.question, clashing=clashing)
    found = [leading(statement, asked) for statement in compared]
    if is_asked(asked):
        found = [with_stance(statement, steering.question) for statement in found]
    return tuple(found), disagreements


def lead_of(statements: Sequence[Statement], steering: Steering, *, silent: int) -> str:
    """What is said before the statements: the order, where a time was asked for; who affirms and who denies; "" for neither."""
    if not statements:
        return ""
    parts = []
    if any(statement.stance for statement in statements):
        parts.append(standing(statements, silent=silent))
    undated = any(not statement.citations[0].published for statement in statements)
    last = ", the undated last" if undated else ""
    if steering.as_of:
        parts.append(f"As known on {steering.as_of.isoformat()}; what was published later is left out, newest first{last}.")
    elif steering.order and len(statements) > 1:
        parts.append(f"{'Newest' if steering.order == 'newest' else 'Oldest'} first{last}.")
    return " ".join(parts)


def _numbered(statement: Statement, marker: int) -> Statement:
    return replace(statement, citations=tuple(replace(citation, marker=marker) for citation in statement.citations))
