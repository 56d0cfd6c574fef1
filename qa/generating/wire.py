"""One model, asked from any thread: pieces as they come, a beat while nothing comes, and an end when nobody listens any more.

The calls run in one event loop of their own thread, because the clients keep connections that belong to a loop, and because a task that
is cancelled there closes its HTTP request at once, also while the server is silent.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from qa.errors import ModelError, ModelTimeout
from qa.generating.failures import client_errors, translated
from qa.generating.models import Message, Model, chat_messages

BEAT = 0.05
"""Seconds after which a silent call yields an empty piece."""
BACK_OFF = 0.5
"""Seconds before the first retry; each further wait is twice as long."""

@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some text of an answer ("" for a beat). `finish` is why the model stopped ("stop", "length", "" while it has not said).
    `prompt_tokens`, `answer_tokens` and `cost` are what the server reports for the whole call so far (0 or None when it does not)."""

    text: str = ""
    finish: str = ""
    prompt_tokens: int = 0
    answer_tokens: int = 0
    cost: float | None = None


class Wire:
    """Calls of one model. Safe to use from several threads."""

    def __init__(self, model: Model, *, retries: int = 0):
        self.model = model
        self.retries = retries
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def pieces(self, messages: Sequence[Message], *, deadline: float) -> Iterator[Piece]:
        """The answer piece by piece, until `deadline` on the monotonic clock. A call that failed for a passing reason before its
        first word is made again. Closing the iterator ends the request. Raises ModelError."""
        for attempt in range(self.retries + 1):
            begun = False
            try:
                for piece in self._call(messages, deadline):
                    begun = begun or bool(piece.text)
                    yield piece
                return
            except ModelError as error:
                wait = max(error.wait, BACK_OFF * 2**attempt)
                if begun or not error.retryable or attempt == self.retries or time.monotonic() + wait >= deadline:
                    raise
            yield from _beats(wait)

    def _call(self, messages: Sequence[Message], deadline: float) -> Iterator[Piece]:
        box: queue.SimpleQueue = queue.SimpleQueue()
        task = asyncio.run_coroutine_threadsafe(self._read(messages, box), self._running())
        try:
            while True:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise ModelTimeout("the model did not finish in time", "Raise QA_LLM_SECONDS, or use a smaller model.")
                try:
                    found = box.get(timeout=min(BEAT, left))
                except queue.Empty:
                    if task.done():
                        task.result()  # what nobody foresaw is raised where it can be seen
                    yield Piece()
                    continue
                if found is None:
                    return
                if isinstance(found, ModelError):
                    raise found
                yield found
        finally:
            task.cancel()

    async def _read(self, messages: Sequence[Message], box: queue.SimpleQueue) -> None:
        """Puts every piece into the box, then None, or the error that ended it."""
        try:
            seen = ""
            async with aclosing(await self.model.llm.astream_chat(chat_messages(messages))) as answers:
                async for answer in answers:
                    whole = answer.message.content or ""
                    new = whole[len(seen):] if whole.startswith(seen) else answer.delta or ""
                    seen += new
                    box.put(_piece(new, answer.raw))
            box.put(None)
        except client_errors() as error:
            box.put(translated(error))

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="qa-model", daemon=True).start()
            return self._loop


def _beats(seconds: float) -> Iterator[Piece]:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(BEAT, left))
        yield Piece()


def _piece(text: str, raw: Any) -> Piece:
    """A piece with what the server reports beside it, in whichever of the usual places that stands."""
    choices = _get(raw, "choices") or ()
    usage = _get(raw, "usage")
    cost = _get(usage, "cost")
    return Piece(
        text=text, finish=str((choices and _get(choices[0], "finish_reason")) or _get(raw, "done_reason") or _get(raw, "stop_reason") or ""),
        prompt_tokens=int(_get(usage, "prompt_tokens") or _get(usage, "input_tokens") or _get(raw, "prompt_eval_count") or 0),
        answer_tokens=int(_get(usage, "completion_tokens") or _get(usage, "output_tokens") or _get(raw, "eval_count") or 0),
        cost=float(cost) if isinstance(cost, (int, float)) else None)


def _get(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)
