"""Answers that were given are given again: nothing in them depends on who asks."""

import threading
from collections import OrderedDict
from collections.abc import Generator, Sequence

from qa.assistant import Assistant
from qa.records import Event, Filters, Finished, Turn

KEPT = 256
"""How many answers are kept (some tens of kilobytes each), the last used."""


class Remembering:
    """An assistant's answers, remembered for as long as the library does not change. Safe to use from several threads."""

    def __init__(self, assistant: Assistant):
        self._assistant = assistant
        self._answers: OrderedDict[tuple, tuple[Event, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def stream(self, question: str, history: Sequence[Turn] = (), filters: Filters = Filters(), *,
               fresh: bool = False) -> Generator[Event, None, None]:
        """The events of `Assistant.stream`; `fresh` asks anew. Raises what that raises; an answer that failed is not remembered,
        nor one with notes (a model that did not answer, say)."""
        key = (self._assistant.library.revision(), question, tuple(history), filters)
        with self._lock:
            known = None if fresh else self._answers.get(key)
            if known:
                self._answers.move_to_end(key)
        if known:
            yield from known
            return
        events = []
        for event in self._assistant.stream(question, history, filters):
            events.append(event)
            yield event
        if events and isinstance(events[-1], Finished) and not events[-1].answer.notes:
            with self._lock:
                self._answers[key] = tuple(events)
                while len(self._answers) > KEPT:
                    self._answers.popitem(last=False)
