"""The assistant: from a question to a cited answer, top to bottom."""

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.agreement import Clash, compare, opposing
from qa.answering.clashing import clashing
from qa.answering.collection import Told, of_collection
from qa.answering.corrected import corrected
from qa.answering.extract import Candidate, candidates, choose
from qa.answering.followup import complete
from qa.answering.meaning import SentenceVectors
from qa.answering.namesakes import namesakes
from qa.answering.premises import Correction, correction_of, premise_of, unsupported
from qa.answering.question import analyse
from qa.answering.shape import lead_of, shaped
from qa.answering.stated import Quoted, checked, state
from qa.answering.steer import Steering, steering
from qa.answering.terse import in_full
from qa.citations import cite, page_of
from qa.library import Library
from qa.reader import Read, reads
from qa.records import (
    Answer, Citation, Document, Event, Filters, Finished, Hit, Searched, Silent, Statement, StatementReady, Status, Turn, Withheld,
)
from qa.render import differing, marked
from qa.written import Asked, Outcome, understood, written

if TYPE_CHECKING:
    from qa.generating.writing import Writer

RELATED = 3
"""How many of the nearest passages are offered when nothing answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search came to: the times that the question sets, the best passages first, their documents by id, and (id, name, title) of
    every document that was searched."""

    times: Steering
    hits: tuple[Hit, ...]
    documents: Mapping[str, Document]
    titles: Sequence[tuple[str, str, str]]


class Assistant:
    """Answers questions from a library. It remembers nothing that was asked: the history is given with each question."""

    def __init__(self, library: Library, *, writer: "Writer | None" = None):
        """`writer` is a language model that writes the answers (see `qa.generating.open_writer`); without one they are quotations."""
        self.library = library
        self.writer = writer
        self._sentences: SentenceVectors | None = None  # made at the first question, with the embedding
        self._reader: Future[Callable[..., list[Read]] | None] | None = None  # opened beside the first search

    def ask(self, question: str, history: Sequence[Turn] = (), filters: Filters = Filters()) -> Answer:
        """The whole answer: the last event of `stream`."""
        for event in self.stream(question, history, filters):
            pass
        return event.answer

    def stream(self, question: str, history: Sequence[Turn] = (), filters: Filters = Filters()) -> Iterator[Event]:
        """Searched, then each checked statement as a StatementReady, then Finished with the whole answer.

        With a model there are StatementWithheld and Waiting events too, and closing the iterator ends its request. That the model fails is a
        note in the answer. Raises SettingsError when its context is too small.
        """
        began = time.perf_counter()
        deadline = self.writer.deadline() if self.writer else 0.0
        searched_for, before = yield from self._understood(question.strip(), history, deadline)
        told = of_collection(searched_for, self.library, filters)
        if told:
            yield from self._of_collection(question, searched_for, told, filters=filters, began=began)
            return
        self._open_reader()
        times = steering(searched_for, self.library, filters)
        hits = tuple(self.library.search(times.question, self.library.settings.limit, filters))
        yield Searched(searched_for=searched_for, hits=hits)
        found = self._found(times, hits, filters)
        outcome, correction = self._quoted(found)
        if self.writer and found.hits and not correction:
            asked = Asked(question=searched_for, history=history, hits=found.hits, documents=found.documents, deadline=deadline)
            outcome = yield from written(self.writer, asked, outcome, before)
        else:
            yield from _released(outcome.statements)
        answer = _whole(question, searched_for, found, outcome, correction)
        yield Finished(answer=replace(answer, text=_text(answer), seconds=time.perf_counter() - began))

    def _understood(self, question: str, history: Sequence[Turn], deadline: float) -> Generator[Event, None, tuple[str, Outcome]]:
        """The question as it is searched for: completed from the conversation, by rules or by the model; and what the model used for it."""
        completed = complete(question, history)
        if not (self.writer and history):
            return completed, Outcome()
        understanding, before = yield from understood(self.writer, question, history, deadline=deadline)
        return understanding or completed, before

    def _open_reader(self) -> None:
        if self._reader is None:
            with_search = ThreadPoolExecutor(1)
            self._reader = with_search.submit(reads, self.library.settings)
            with_search.shutdown(wait=False)

    def _reads(self) -> Callable[..., list[Read]] | None:
        """The trained reader, None without one. SettingsError where it is wanted and cannot be opened."""
        self._open_reader()
        return self._reader.result()

    def _found(self, times: Steering, hits: Sequence[Hit], filters: Filters) -> Found:
        """The hits with their documents; a document may have been removed meanwhile, and its passages with it."""
        titles = self.library.titles(filters)
        documents = {document.id: document for document in self.library.documents(filters, {hit.passage.document_id for hit in hits})}
        there = tuple(hit for hit in hits if hit.passage.document_id in documents)
        times = replace(times, question=in_full(times.question, there, documents))
        return Found(times=times, hits=there, documents=documents, titles=titles)

    def _quoted(self, found: Found) -> tuple[Outcome, Correction | None]:
        """The documents' own sentences, checked and compared; or those that correct what the question takes for granted, and the correction."""
        premise = premise_of(found.times.question)
        correction = correction_of(premise, found.hits, found.documents, self._known) if premise else None
        chosen, clashes = [], frozenset()
        if not correction:
            ranked = self._ranked(found)
            if not (premise and unsupported(premise, [hit.passage.text for hit in found.hits])):
                chosen, clashes = self._chosen(found, ranked)
            correction = None if chosen else corrected(premise, ranked)
        statements, withheld = self._checked(correction.quoted if correction else chosen)
        statements, disagreements = shaped(statements, found.documents, found.times, clashes)
        return Outcome(statements=statements, withheld=withheld, disagreements=disagreements), correction

    def _ranked(self, found: Found) -> list[Candidate]:
        """The sentences that may answer, most probable first, of the times that the question sets."""
        times = found.times
        return [one for one in self._candidates(times.question, found.hits, found.documents) if times.allows(one.document, one.start, one.end)]

    def _chosen(self, found: Found, ranked: Sequence[Candidate]) -> tuple[list[Candidate], frozenset[Clash]]:
        """The sentences to print: the best, those about a namesake, and those that contradict one of them, so that no side stands alone; and
        which the reader takes to contradict each other."""
        question = found.times.question
        chosen = choose(ranked, most=self.library.settings.max_statements)
        chosen += namesakes(analyse(question), chosen, ranked)
        reader = self._reads()
        clashes = clashing(question, ranked, found.documents, reader) if reader and chosen else frozenset()
        return opposing(chosen, [one for one in ranked if one not in chosen], question=question, clashing=clashes), clashes

    def _of_collection(self, question: str, searched_for: str, told: Told, *, filters: Filters, began: float) -> Iterator[Event]:
        """The events of an answer about the documents themselves or all of them together."""
        yield Searched(searched_for=searched_for, hits=())
        titles = self.library.titles(filters)
        cited = {citation.document for statement in told.statements for citation in statement.citations}
        documents = {document.id: document for document in self.library.documents(filters, cited)}
        statements, disagreements = compare(told.statements, documents)
        yield from _released(statements)
        answer = Answer(
            question=question, searched_for=searched_for, status=_status(statements, titles), text="", lead=told.lead, statements=statements,
            withheld=told.withheld, disagreements=disagreements, silent=_silent(titles, statements), seconds=time.perf_counter() - began)
        yield Finished(answer=replace(answer, text=_text(answer)))

    def _known(self, word: str) -> bool:
        """Whether any passage of the library has a word."""
        return bool(self.library.frequency({word: word})[0][word])

    def _candidates(self, question: str, hits: Sequence[Hit], documents: Mapping[str, Document]) -> list[Candidate]:
        asked = analyse(question)
        if self._sentences is None:
            self._sentences = SentenceVectors(self.library.embedder())
        return candidates(asked, hits, documents, frequency=self.library.frequency(asked.terms), similarity=self._sentences.similarity,
                          reads=self._reads())

    def _checked(self, chosen: Sequence[Candidate | Quoted]) -> tuple[tuple[Statement, ...], tuple[Withheld, ...]]:
        """Each candidate as a statement; one that its own passage does not support is withheld. Markers count what is printed."""
        statements, withheld = [], []
        for candidate in chosen:
            quoted = Quoted(document=candidate.document, passage=candidate.passage, start=candidate.start, end=candidate.end)
            answering = candidate.answering if isinstance(candidate, Candidate) else None  # a correction was not read closely
            statement = replace(state(quoted, marker=len(statements) + 1), answering=answering)
            reason = checked(statement, candidate.document)
            if reason:
                withheld.append(reason)
            else:
                statements.append(statement)
        return tuple(statements), tuple(withheld)


def _released(statements: Sequence[Statement]) -> Iterator[Event]:
    return (StatementReady(index=index, statement=statement) for index, statement in enumerate(statements))


def _whole(question: str, searched_for: str, found: Found, outcome: Outcome, correction: Correction | None) -> Answer:
    """The answer but for its text."""
    statements = outcome.statements
    answer = Answer(
        question=question, searched_for=searched_for, status=_status(statements, found.titles), text="", statements=statements,
        withheld=outcome.withheld, disagreements=outcome.disagreements, hits=found.hits, silent=_silent(found.titles, statements),
        related=() if statements else _related(found.hits, found.documents), model=outcome.model, usage=outcome.usage, notes=outcome.notes,
        prompts=outcome.prompts)
    if correction and statements:
        return replace(answer, status="false_premise", lead=correction.lead)
    if outcome.model == "extractive":
        return replace(answer, lead=lead_of(statements, found.times, silent=len(answer.silent)))
    return answer


def _status(statements: Sequence[Statement], titles: Sequence[tuple[str, str, str]]) -> Status:
    if not titles:
        return "no_documents"
    return "answered" if statements else "no_evidence"


def _silent(titles: Sequence[tuple[str, str, str]], statements: Sequence[Statement]) -> tuple[Silent, ...]:
    speaking = {citation.document for statement in statements for citation in statement.citations}
    return tuple(Silent(document=document, name=name, title=title) for document, name, title in titles if document not in speaking)


def _related(hits: Sequence[Hit], documents: Mapping[str, Document]) -> tuple[Citation, ...]:
    spans = [(documents[hit.passage.document_id], hit.passage.start, hit.passage.end) for hit in hits[:RELATED]]
    return tuple(cite(document, start, end, marker=n, page=page_of(document, start)) for n, (document, start, end) in enumerate(spans, 1))


def _text(answer: Answer) -> str:
    if answer.status == "no_documents":
        return "There are no documents to search."
    if answer.status == "no_evidence":
        names = [silent.name for silent in answer.silent]
        listed = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
        return f"{answer.lead or 'The documents do not say.'} Searched: {listed}."
    lines = [marked(statement) for statement in answer.statements]
    return "\n".join([*([answer.lead] if answer.lead else []), *(differing(d, answer.statements) for d in answer.disagreements), *lines])
