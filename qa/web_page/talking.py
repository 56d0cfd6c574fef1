"""Conversations on the page: asking, stopping, asking again, editing, saving. Plain values in, HTML out."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa import transcripts
from qa.errors import QAError, SettingsError
from qa.library import Library
from qa.records import Event, Filters, Finished, Searched, StatementReady, StatementWithheld
from qa.web_page.answers import Exchange, conversation, history
from qa.web_page.conversations import Conversations, Run
from qa.web_page.pacing import paced
from qa.web_page.remembering import Remembering

QUESTION_LENGTH = 2_000
"""The most characters of a question; a longer one is cut there."""
LOOK = 0.3
"""Seconds between two looks at an answer that another request is making."""


class Talk:
    """The conversations of everybody on the page, each under its ticket. Safe to use from several threads.

    Whatever yields conversations yields one at least: the page draws nothing at all where nothing is yielded.
    """

    def __init__(self, library: Library, answers: Remembering):
        self._library = library
        self._answers = answers
        self._conversations = Conversations()

    def shown(self, ticket: str) -> str:
        """The conversation as HTML."""
        exchanges, editing, _ = self._conversations.of(ticket)
        return conversation(exchanges, editing=editing)

    def running(self, ticket: str) -> bool:
        """Whether an answer is in the making."""
        return self._conversations.of(ticket)[2]

    def followed(self, ticket: str) -> Iterator[str]:
        """The conversation, from time to time while an answer is in the making, at last when none is."""
        running = True
        while running:
            running = self.running(ticket)
            yield self.shown(ticket)
            time.sleep(LOOK * running)

    def ask(self, ticket: str, question: str, filters: Filters = Filters()) -> Iterator[str]:
        """The conversation after each step of the answer; as it is when nothing is asked. A question that is being edited is replaced, with
        its answer."""
        if not question.strip():
            yield self.shown(ticket)
            return
        exchanges, editing, _ = self._conversations.of(ticket)
        before = exchanges[:-1] if editing else exchanges
        yield from self._run(ticket, before, Exchange(question=question.strip()[:QUESTION_LENGTH], filters=filters))

    def refuse(self, ticket: str, question: str, error: SettingsError) -> str:
        """The conversation with a question that could not be asked, and the reason."""
        exchanges, _, _ = self._conversations.of(ticket)
        run = self._conversations.begin(ticket, (*exchanges, failed(Exchange(question=question.strip()[:QUESTION_LENGTH]), error)))
        self._conversations.end(ticket, run)
        return self.shown(ticket)

    def retry(self, ticket: str) -> Iterator[str]:
        """Asks the last question anew, with the filters it had."""
        exchanges, _, _ = self._conversations.of(ticket)
        if not exchanges:
            yield ""
            return
        last = exchanges[-1]
        yield from self._run(ticket, exchanges[:-1], Exchange(question=last.question, filters=last.filters), fresh=True)

    def cited(self, ticket: str, document_id: str) -> tuple[tuple[int, int], ...]:
        """The places in a document that the conversation's statements cite, once each, in the order of the text."""
        exchanges, _, _ = self._conversations.of(ticket)
        statements = [statement for exchange in exchanges for statement in (exchange.answer or exchange).statements]
        return tuple(sorted({(citation.start, citation.end) for statement in statements for citation in statement.citations
                             if citation.document == document_id}))

    def stop(self, ticket: str) -> None:
        """Ends the answer in the making; what was released of it stays."""
        self._conversations.stop(ticket)

    def edit(self, ticket: str) -> tuple[str, str]:
        """The last question, to be changed, and the conversation that says so."""
        self._conversations.edit(ticket, True)
        exchanges, editing, _ = self._conversations.of(ticket)
        return exchanges[-1].question if editing else "", self.shown(ticket)

    def keep(self, ticket: str) -> str:
        """The conversation after the last question was left as it is."""
        self._conversations.edit(ticket, False)
        return self.shown(ticket)

    def clear(self, ticket: str) -> None:
        """Forgets the conversation."""
        self._conversations.clear(ticket)

    def save(self, ticket: str, format: str) -> tuple[str, str]:
        """A file's name and its text: the conversation's whole answers in one of `transcripts.FORMATS`. Raises QAError for another."""
        exchanges, _, _ = self._conversations.of(ticket)
        written = transcripts.write([exchange.answer for exchange in exchanges if exchange.answer], self._library, format)
        return f"conversation{transcripts.FORMATS[format]}", written

    def _run(self, ticket: str, before: Sequence[Exchange], asked: Exchange, *, fresh: bool = False) -> Iterator[str]:
        now = replace(asked, running=True, note="Searching the documents …")
        run = self._conversations.begin(ticket, (*before, now))
        try:
            for step in self._steps(now, history(before), run, fresh=fresh):
                if not self._conversations.update(ticket, run, (*before, step)):
                    return
                yield self.shown(ticket)
            given_up = run.stop.is_set()
        finally:
            self._conversations.end(ticket, run)
        if given_up:
            yield self.shown(ticket)

    def _steps(self, now: Exchange, turns: Sequence, run: Run, *, fresh: bool) -> Iterator[Exchange]:
        """The exchange after each gathering of events, where it changed."""
        try:
            first = True
            for events in paced(self._answers.stream(now.question, turns, now.filters, fresh=fresh), run.stop):
                was = now
                for event in events:
                    now = _after(now, event)
                if first or now is not was:
                    yield now
                first = False
        except QAError as error:
            yield failed(now, error)


def failed(exchange: Exchange, error: QAError) -> Exchange:
    """The exchange of a question that could not be answered, with the reason and what to do."""
    return replace(exchange, running=False, note=f"{error.message}. {error.hint}".strip())


def _after(exchange: Exchange, event: Event) -> Exchange:
    if isinstance(event, Searched):
        return replace(exchange, searched_for=event.searched_for, note=f"Reading {len(event.hits)} passages …")
    if isinstance(event, StatementReady):
        return replace(exchange, statements=(*exchange.statements, event.statement))
    if isinstance(event, StatementWithheld):
        return replace(exchange, withheld=(*exchange.withheld, event.withheld))
    if isinstance(event, Finished):
        return replace(exchange, answer=event.answer, note="", running=False)
    return exchange  # a model is at work
