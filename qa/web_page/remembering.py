"""Answers that were given are given again: nothing in them depends on who asks."""

import os
import threading
from collections import OrderedDict
from collections.abc import Generator, Sequence

from qa.assistant import Assistant
from qa.records import Answer, Event, Filters, Finished, Turn
from qa.web_page.turns import Turns

KEPT = 256
"""How many answers are kept (some tens of kilobytes each), the last used."""
WRITTEN_AT_ONCE = 16
"""How many answers a language model writes side by side: that is waiting, mostly. Quoted answers are work, and as many are made at a time
as there are cores: more would only take each other's time, and all would come late."""


class Remembering:
    """An assistant's answers, remembered for as long as the library does not change. Safe to use from several threads.

    What several ask at the same time is answered once; who asks it while it is being answered waits for that.
    """

    def __init__(self, assistant: Assistant):
        self._assistant = assistant
        self._answers: OrderedDict[tuple, tuple[Event, ...]] = OrderedDict()
        self._in_the_making: dict[tuple, threading.Event] = {}
        self._lock = threading.Lock()
        self._turns = Turns(WRITTEN_AT_ONCE if assistant.writer else os.cpu_count() or 1)

    def ask(self, question: str, history: Sequence[Turn] = (), filters: Filters = Filters()) -> Answer:
        """The whole answer: the last event of `stream`."""
        for event in self.stream(question, history, filters):
            pass
        return event.answer

    def stream(self, question: str, history: Sequence[Turn] = (), filters: Filters = Filters(), *,
               fresh: bool = False) -> Generator[Event, None, None]:
        """The events of `Assistant.stream`; `fresh` asks anew. Raises what that raises; an answer that failed is not remembered,
        nor one with notes (a model that did not answer, say)."""
        key = (self._assistant.library.revision(), question, tuple(history), filters)
        if fresh:
            yield from self._made(key)
            return
        known = self._known_or_begun(key)
        if known:
            yield from known
            return
        try:
            yield from self._made(key)
        finally:
            with self._lock:
                self._in_the_making.pop(key).set()

    def _known_or_begun(self, key: tuple) -> tuple[Event, ...] | None:
        """The remembered events, waited for where somebody else is making them; None when it is the caller's to make them."""
        while True:
            with self._lock:
                if key in self._answers:
                    self._answers.move_to_end(key)
                    return self._answers[key]
                if key not in self._in_the_making:
                    self._in_the_making[key] = threading.Event()
                    return None
                others = self._in_the_making[key]
            others.wait()

    def _made(self, key: tuple) -> Generator[Event, None, None]:
        _, question, history, filters = key
        events = []
        with self._turns.turn():
            for event in self._assistant.stream(question, history, filters):
                events.append(event)
                if isinstance(event, Finished):
                    self._remember(key, tuple(events))
                yield event

    def _remember(self, key: tuple, events: tuple[Event, ...]) -> None:
        if events[-1].answer.notes:
            return
        with self._lock:
            self._answers[key] = events
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
