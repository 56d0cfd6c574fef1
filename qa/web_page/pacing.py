"""Events of an answer in the rhythm of a page: a quick answer arrives in one piece, a slow one as it comes, and Stop acts at once."""

import threading
import time
from collections.abc import Generator, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

from qa.errors import QAError

T = TypeVar("T")
FIRST, NEXT, LOOK = 0.15, 0.06, 0.1
"""Seconds after which something is shown in any case, seconds between two showings, seconds between two looks at Stop."""
BROKEN = "Something went wrong; the server's log says what"
_END = object()


def paced(events: Generator[T, None, None], stop: threading.Event) -> Iterator[list[T]]:
    """What `events` yields, gathered: the first list after FIRST seconds (perhaps empty), the next ones NEXT seconds apart at least.

    Ends early when `stop` is set; `events` is closed then at its next event, in its own thread. Raises what `events` raises of QAError,
    and QAError where it raises anything else, which is logged.
    """
    inbox: SimpleQueue = SimpleQueue()
    threading.Thread(target=_pump, args=(events, stop, inbox), daemon=True).start()
    gathered, shown, due = [], False, time.monotonic() + FIRST
    while not stop.is_set():
        try:
            item = inbox.get(timeout=max(0.0, min(LOOK, due - time.monotonic())) if gathered or not shown else LOOK)
        except Empty:
            item = None
        if isinstance(item, QAError):
            if gathered:
                yield gathered
            raise item
        if item is not None and item is not _END:
            gathered.append(item)
        if (gathered or not shown) and (item is _END or time.monotonic() >= due):
            yield gathered
            gathered, shown, due = [], True, time.monotonic() + NEXT
        if item is _END:
            return


def _pump(events: Generator[T, None, None], stop: threading.Event, inbox: SimpleQueue) -> None:
    try:
        for event in events:
            inbox.put(event)
            if stop.is_set():
                break
    except QAError as error:
        inbox.put(error)
    except BaseException:
        inbox.put(QAError(BROKEN))
        raise
    finally:
        events.close()
        inbox.put(_END)
