"""The conversations that a running page remembers, each under a ticket that only its browser tab knows."""

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from qa.web_page.answers import Exchange, stopped

TICKET = re.compile(r"[0-9a-f]{32}")
MOST = 2_000
"""How many exchanges are remembered in all (some tens of kilobytes each); conversations unused for longest go first."""
LONGEST = 200
"""How many exchanges one conversation keeps, the newest."""


@dataclass(slots=True)
class Run:
    """One answer in the making; `stop` is set to end it."""

    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(slots=True)
class _Kept:
    exchanges: tuple[Exchange, ...] = ()
    editing: bool = False
    run: Run | None = None


class Conversations:
    """Conversations by ticket, in memory. Safe to use from several threads. A text that is no ticket has an empty conversation that
    is never kept."""

    def __init__(self):
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, ticket: str) -> tuple[tuple[Exchange, ...], bool, bool]:
        """The exchanges, whether the last one is being edited, and whether it is being answered."""
        with self._lock:
            kept = self._get(ticket)
            return kept.exchanges, kept.editing, kept.run is not None

    def begin(self, ticket: str, exchanges: tuple[Exchange, ...]) -> Run:
        """Keeps the conversation with its new question, ends what was still running in it, and returns the new run."""
        with self._lock:
            kept, run = self._get(ticket), Run()
            if kept.run:
                kept.run.stop.set()
            kept.run, kept.editing = run, False
            kept.exchanges = exchanges[-LONGEST:]
            self._drop_oldest()
            return run

    def update(self, ticket: str, run: Run, exchanges: tuple[Exchange, ...]) -> bool:
        """Keeps how far the answer is; False when another question took its place meanwhile, and nothing is kept."""
        with self._lock:
            kept = self._get(ticket)
            if kept.run is run:
                kept.exchanges = exchanges[-LONGEST:]
            return kept.run is run

    def end(self, ticket: str, run: Run) -> None:
        """The run is over; what it left half done is stopped."""
        run.stop.set()
        with self._lock:
            kept = self._get(ticket)
            if kept.run is run:
                kept.run = None
                kept.exchanges = stopped(kept.exchanges)

    def stop(self, ticket: str) -> None:
        with self._lock:
            run = self._get(ticket).run
        if run:
            run.stop.set()

    def edit(self, ticket: str, editing: bool) -> None:
        with self._lock:
            kept = self._get(ticket)
            kept.editing = editing and bool(kept.exchanges) and kept.run is None

    def clear(self, ticket: str) -> None:
        with self._lock:
            kept = self._kept.pop(ticket, None)
        if kept and kept.run:
            kept.run.stop.set()

    def _get(self, ticket: str) -> _Kept:
        if not TICKET.fullmatch(ticket):
            return _Kept()
        kept = self._kept.setdefault(ticket, _Kept())
        self._kept.move_to_end(ticket)
        return kept

    def _drop_oldest(self) -> None:
        while len(self._kept) > 1 and sum(len(kept.exchanges) for kept in self._kept.values()) > MOST:
            self._kept.popitem(last=False)
