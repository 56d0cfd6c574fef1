"""A language model's opinion of one sentence: whether the sources say it. It stands beside the check's verdict, never in its place."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.checking import Shown, without_markers
from qa import ModelError
from qa.generating.budget import PER_MESSAGE, fence_for
from qa.generating.models import Message, make_model, wrap
from qa.generating.prompts import load_prompt
from qa.generating.spec import parse
from qa.generating.wire import BACK_OFF, Wire
from qa.language.orders import without_instructions
from qa.settings import Settings, from_environment

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

GIVE_UP = 3
"""After so many failed sentences in a row no more is asked: a server that is away would cost every sentence its time."""
LONGEST = 200
"""Characters of a reason that are kept."""
CHARACTERS_PER_TOKEN = 12
"""A model that has written this many characters for each token of its answer's room does not come to an end by itself."""
_LINE = re.compile(r"[\W_]*(not supported|unsupported|supported)\b(?:[\W_]*|[*_]*\s*[.:,–—-]+\s*(?P<reason>.+))", re.IGNORECASE)
_CUT_OFF = ("length", "max_tokens")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """`verdict` is "supported", "not supported" or "no verdict"; `reason` is the model's own, or says why there is no verdict."""

    verdict: str
    reason: str = ""


class Judge:
    """A language model asked about one statement after another. `calls` counts its requests, those that failed too."""

    def __init__(self, llm: "str | LLM", settings: Settings | None = None):
        """`llm` is what `qa ask --llm` takes, or a llama-index LLM. Raises SettingsError, ModelUnavailable, PromptError; asks nothing yet."""
        self.settings = settings or from_environment()
        self.calls = 0
        self._model = make_model(parse(llm), self.settings) if isinstance(llm, str) else wrap(llm, self.settings)
        self._wire = Wire(self._model)
        self._prompt = load_prompt("judge")
        self._failed = 0

    @property
    def name(self) -> str:
        """The model as printed."""
        return self._model.name

    @property
    def prompt(self) -> str:
        """Its prompt as name@hash."""
        return self._prompt.label

    def opinion(self, shown: Shown) -> Opinion:
        """What the model says of it; "no verdict" when it fails, writes something else, or cannot hold the sources."""
        if self._failed >= GIVE_UP:
            return Opinion(verdict="no verdict", reason=f"not asked: the model failed {GIVE_UP} times in a row")
        messages = self._messages(shown)
        room = self._model.context - self.settings.llm_answer_tokens
        if (missing := sum(self._model.count(text) + PER_MESSAGE for _, text in messages) - room) > 0:
            return Opinion(verdict="no verdict", reason=f"the model's context is {missing} tokens too small for the sources")
        try:
            written, finish = self._asked(messages)
        except ModelError as error:
            self._failed += 1
            return Opinion(verdict="no verdict", reason=_short(error.message))
        self._failed = 0
        return Opinion(verdict="no verdict", reason="its answer was cut off") if finish in _CUT_OFF else read(written)

    def _messages(self, shown: Shown) -> tuple[Message, ...]:
        """The request. As for the check, sentences of the sources that give orders to a program are left out."""
        texts = [without_instructions(context.text).strip() for context in shown.contexts]
        fence = fence_for([shown.text, *texts])
        day = f", published {shown.published.isoformat()}" if shown.published else ""
        sources = "\n\n".join(f"{fence} source {number}{day}\n{text}\n{fence} end" for number, text in enumerate(texts, 1))
        return self._prompt.render(fence=fence, sources=sources, statement=without_markers(shown.text).strip())

    def _asked(self, messages: Sequence[Message]) -> tuple[str, str]:
        """What the model wrote and why it stopped. What failed for a passing reason is asked again, here and not by the wire, so that
        every request is counted. Raises ModelError."""
        deadline = time.monotonic() + self.settings.llm_seconds
        attempt = 0
        while True:
            self.calls += 1
            try:
                return self._written(messages, deadline)
            except ModelError as error:
                wait = max(error.wait, BACK_OFF * 2**attempt)
                if not error.retryable or attempt == self.settings.llm_retries or time.monotonic() + wait >= deadline:
                    raise
            time.sleep(wait)
            attempt += 1

    def _written(self, messages: Sequence[Message], deadline: float) -> tuple[str, str]:
        text, finish = "", ""
        for piece in self._wire.pieces(messages, deadline=deadline):
            text, finish = text + piece.text, piece.finish or finish
            if len(text) > CHARACTERS_PER_TOKEN * self.settings.llm_answer_tokens:
                return text, _CUT_OFF[0]
        return text, finish


def read(written: str) -> Opinion:
    """The opinion in what a model wrote: the one line that is a verdict, and what it says beside or below it as the reason.

    No such line, or several, is no verdict."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    found = [(number, match) for number, line in enumerate(lines) if (match := _LINE.fullmatch(line))]
    if len(found) != 1:
        what = "several verdicts" if found else "no verdict" if lines else "nothing"
        return Opinion(verdict="no verdict", reason=f"the model wrote {what}")
    ((number, match),) = found
    verdict = "supported" if match[1].lower() == "supported" else "not supported"
    return Opinion(verdict=verdict, reason=_short(match["reason"] or " ".join(lines[number + 1:][:1])))


def _short(text: str) -> str:
    return " ".join(text.split())[:LONGEST]
