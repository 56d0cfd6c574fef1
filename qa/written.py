"""The answer of a language model laid over the one in the documents' own words, which stands in where the model fails."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.agreement import compare
from qa.attribution import figures_in
from qa.records import (
    Disagreement, Document, Event, Hit, Statement, StatementReady, StatementWithheld, Turn, Usage, Waiting, Withheld,
)
from qa.render import differing

if TYPE_CHECKING:
    from qa.generating.writing import Draftsheet, Writer

BEAT = 0.2
"""Seconds between two events that only say that the model is at work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an answer is made of. The fields are those of `Answer`."""

    statements: tuple[Statement, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    model: str = "extractive"
    usage: Usage = Usage()
    notes: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the model gets it, with the passages found and the time, on the monotonic clock, at which the model must be done."""

    question: str
    history: Sequence[Turn]
    hits: Sequence[Hit]
    documents: Mapping[str, Document]
    deadline: float


def understood(writer: "Writer", question: str, history: Sequence[Turn], *, deadline: float) -> Iterator[Event]:
    """Yields Waiting events; returns the question completed by the model ("" when it could not be used) and an Outcome with what that took."""
    found, note, usage = yield from _waiting(writer.rewrite(question, history, deadline=deadline))
    return found, Outcome(notes=(note,) if note else (), usage=usage, prompts=writer.labels("follow-up"))


def written(writer: "Writer", asked: Asked, quoted: Outcome, before: Outcome) -> Iterator[Event]:
    """Yields what the model's statements become, then what the documents' own words add; returns the Outcome of both.

    `quoted` is the answer without a model, `before` what completing the question took. All of `quoted` that is not cited yet is given where
    the model failed or none of its statements held, and of a disagreement each side that the model left out.
    """
    quoted = _without_orders(quoted, asked.hits)
    differences = [differing(disagreement) for disagreement in quoted.disagreements]
    steps = writer.write(asked.question, asked.hits, asked.documents, history=asked.history, differences=differences, deadline=asked.deadline)
    sheet: Draftsheet = yield from _waiting(steps)
    notes = [*before.notes, *sheet.notes]
    if note := _why_quoted(sheet, quoted):
        notes.append(note)
        added = quoted.statements
    else:
        added = _missing_sides(quoted, sheet.statements) if sheet.statements else ()
    statements = list(sheet.statements)
    for statement in added:
        if not any(_same_place(statement, other) for other in statements):
            statements.append(_renumbered(statement, statements))
            yield StatementReady(index=len(statements) - 1, statement=statements[-1])
    compared, disagreements = compare([_whole(statement, asked) for statement in statements], asked.documents, question=asked.question)
    statements = [replace(statement, agreement=other.agreement) for statement, other in zip(statements, compared, strict=True)]
    used = ("answer", *(("disagreement",) if differences else ()), *(("repair",) if sheet.repaired else ()))
    return Outcome(
        statements=tuple(statements), disagreements=disagreements, withheld=(*sheet.withheld, *(quoted.withheld if note else ())), notes=tuple(notes),
        model=writer.model.name if sheet.statements or not note else "extractive", usage=_added(before.usage, sheet.usage),
        prompts=(*before.prompts, *writer.labels(*used)))


def _waiting(steps: Iterator) -> Iterator[Event]:
    """The steps as events, a Waiting one at most every BEAT seconds; returns what the steps return, and ends them when it is closed."""
    began = last = time.monotonic()
    released = 0
    try:
        while True:
            step = next(steps)
            now = time.monotonic()
            if isinstance(step, Statement):
                yield StatementReady(index=released, statement=step)
                released += 1
            elif isinstance(step, Withheld):
                yield StatementWithheld(withheld=step)
            elif now - last >= BEAT:
                yield Waiting(seconds=now - began)
                last = now
    except StopIteration as end:
        return end.value
    finally:
        steps.close()


def _without_orders(quoted: Outcome, hits: Sequence[Hit]) -> Outcome:
    """What is quoted without what gives orders to a program; such a sentence is withheld, and nothing differs from it."""
    from qa.generating.cited import gives_orders

    def ordering(statement: Statement) -> bool:
        return any(gives_orders(hit.passage, citation.start, citation.end) for citation in statement.citations for hit in hits
                   if hit.passage.document_id == citation.document)

    orders = {index for index, statement in enumerate(quoted.statements) if ordering(statement)}
    if not orders:
        return quoted
    kept = [index for index in range(len(quoted.statements)) if index not in orders]
    differing_still = tuple(
        replace(one, sides=tuple(tuple(kept.index(index) for index in side) for side in one.sides))
        for one in quoted.disagreements if not orders & {index for side in one.sides for index in side})
    withheld = tuple(Withheld(statement=quoted.statements[index], reason="it is addressed to the program that reads it") for index in sorted(orders))
    return replace(quoted, statements=tuple(quoted.statements[index] for index in kept), disagreements=differing_still,
                   withheld=(*quoted.withheld, *withheld))


def _why_quoted(sheet: "Draftsheet", quoted: Outcome) -> str:
    """Why the documents' own words are given, "" when the model's statements stand for themselves."""
    instead = "the documents' own words follow" if quoted.statements else "the documents' own words do not answer it either"
    if sheet.failure:
        return f"The model did not finish: {sheet.failure.message}; {instead}."
    if not sheet.statements and sheet.withheld:
        return f"Nothing that the model wrote is borne out by the passages it names; {instead}."
    return ""


def _missing_sides(quoted: Outcome, statements: Sequence[Statement]) -> list[Statement]:
    """For each side of a disagreement that no statement shows, its first statement in the documents' own words."""
    sides = [[quoted.statements[index] for index in side] for disagreement in quoted.disagreements for side in disagreement.sides]
    return [side[0] for side in sides if not any(_same_place(one, other) for one in side for other in statements)]


def _same_place(one: Statement, other: Statement) -> bool:
    return any(a.document == b.document and a.start < b.end and b.start < a.end for a in one.citations for b in other.citations)


def _whole(statement: Statement, asked: Asked) -> Statement:
    """The statement with whole sentences cited, as statements are compared: a model may quote a few words of one."""
    citations = []
    for citation in statement.citations:
        spans = [span for hit in asked.hits if hit.passage.document_id == citation.document for span in hit.passage.sentences
                 if span[0] < citation.end and citation.start < span[1]]
        start, end = (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else (citation.start, citation.end)
        citations.append(replace(citation, start=start, end=end, quote=asked.documents[citation.document].text[start:end]))
    first = citations[0]
    return replace(statement, citations=tuple(citations), figures=figures_in(asked.documents[first.document], first.start, first.end))


def _renumbered(statement: Statement, before: Sequence[Statement]) -> Statement:
    """The statement with markers counted on from those before it."""
    last = max((citation.marker for other in before for citation in other.citations), default=0)
    return replace(statement, citations=tuple(replace(citation, marker=last + n) for n, citation in enumerate(statement.citations, 1)))


def _added(one: Usage, other: Usage) -> Usage:
    costs = [usage.cost for usage in (one, other) if usage.cost is not None]
    return Usage(prompt_tokens=one.prompt_tokens + other.prompt_tokens, answer_tokens=one.answer_tokens + other.answer_tokens,
                 calls=one.calls + other.calls, cost=sum(costs) if costs else None)
