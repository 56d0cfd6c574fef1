"""A model writes an answer and the documents have the last word: request, gated stream, one repair, and what came of it."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qa.attribution import attribute
from qa.errors import ModelError, ModelMalformed, SettingsError
from qa.generating.budget import NOT_FOUND, Request, Source, build
from qa.generating.cache import Cache
from qa.generating.cutting import Cutter, Draft
from qa.generating.gate import judge
from qa.generating.models import Message, Model
from qa.generating.prompts import Prompt, load_prompt
from qa.generating.rewriting import rewrite
from qa.generating.wire import Piece, Wire
from qa.grounding import check
from qa.records import Document, Hit, Statement, Turn, Usage, Withheld
from qa.settings import Settings, cache_folder

CHARACTERS_PER_TOKEN = 12
"""A model that has written this many characters for each token of its answer's room does not come to an end by itself."""
MOST_WITHHELD = 4
"""Times the most statements: after so many withheld ones nothing better is to be expected."""
_STOPPED_SHORT = ("length", "max_tokens")

Step = Statement | Withheld | None
"""A statement to release, one withheld, or None while there is nothing yet."""


@dataclass(slots=True)
class Draftsheet:
    """What has come of one answer so far; local to one question."""

    request: Request
    most: int
    statements: list[Statement] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    not_found: bool = False
    repaired: bool = False
    failure: ModelError | None = None
    notes: list[str] = field(default_factory=list)
    usage: Usage = Usage()
    _seen: set[tuple] = field(default_factory=set)

    def take(self, draft: Draft) -> Iterator[Step]:
        """The draft judged; one that says again what was released or withheld before is passed over."""
        key = draft.text.lower(), draft.cited
        if draft.says_not_found:
            self.not_found = True
        elif key not in self._seen and not self.full:
            self._seen.add(key)
            judged = judge(draft, {source.number: source for source in self.request.sources}, self._markers())
            (self.statements if isinstance(judged, Statement) else self.withheld).append(judged)
            yield judged

    def _markers(self) -> dict[tuple[str, int, int], int]:
        return {(c.document, c.start, c.end): c.marker for statement in self.statements for c in statement.citations}

    @property
    def full(self) -> bool:
        """Whether nothing more is wanted."""
        return len(self.statements) >= self.most or len(self.withheld) >= MOST_WITHHELD * self.most


class Writer:
    """One model and the prompts it is asked with. Safe to use from several threads."""

    def __init__(self, model: Model, settings: Settings):
        """Loads and checks the prompts. Raises PromptError, and SettingsError for prices that are no two numbers."""
        self.model = model
        self.settings = settings
        self._wire = Wire(model, retries=settings.llm_retries)
        self._prompts: Mapping[str, Prompt] = {name: load_prompt(name) for name in ("answer", "disagreement", "repair", "follow-up")}
        self._cache = Cache(cache_folder() / "llm", settings.llm_cache)
        self._prices = _prices(settings.llm_prices)

    def deadline(self) -> float:
        """When a question asked now must be done, on the monotonic clock."""
        return time.monotonic() + self.settings.llm_seconds

    def labels(self, *names: str) -> tuple[str, ...]:
        """The prompts of these names as `name@hash`."""
        return tuple(self._prompts[name].label for name in names)

    def rewrite(self, question: str, history: Sequence[Turn], *, deadline: float) -> Iterator[None]:
        """Yields while the model is at work and returns the follow-up as a question of its own ("" without one), a note, and the usage."""
        sheet = Draftsheet(request=Request(messages=(), sources=(), tokens=0), most=0)
        found, note = yield from rewrite(self._prompts["follow-up"], lambda messages, until: self._asked(messages, until, sheet),
                                         question=question, history=history, deadline=deadline)
        return found, note, sheet.usage

    def write(self, question: str, hits: Sequence[Hit], documents: Mapping[str, Document], *, history: Sequence[Turn] = (),
              differences: Sequence[str] = (), deadline: float) -> Iterator[Step]:
        """Yields statements and withheld ones as they come, and None while nothing does; returns the Draftsheet.

        Closing the iterator ends the request. Raises SettingsError when the model's context is too small.
        """
        disagreement = ""
        if differences:
            listed = "\n".join(f"- {difference}" for difference in differences)
            ((_, disagreement),) = self._prompts["disagreement"].render(differences=listed)
        most = self.settings.max_statements
        request = build(self._prompts["answer"], question=question, hits=hits, documents=documents, history=history, most=most,
                        disagreement=disagreement, room=self.model.context - self.settings.llm_answer_tokens, count=self.model.count)
        sheet = Draftsheet(request=request, most=most)
        written = yield from self._pass(request.messages, sheet, deadline)
        if sheet.withheld and not sheet.full and not sheet.failure and self._room_for_repair(request, written):
            yield from self._repair(written, sheet, deadline)
        return sheet

    def _repair(self, written: str, sheet: Draftsheet, deadline: float) -> Iterator[Step]:
        """Asks once more for what was withheld, with the reasons. That this fails takes nothing from what was released."""
        failed = "\n".join(f"- {one.statement.text} ({one.reason})" for one in sheet.withheld)
        messages = (*sheet.request.messages, ("assistant", written), *self._prompts["repair"].render(failed=failed, not_found=NOT_FOUND))
        not_found, sheet.repaired = sheet.not_found, True
        yield from self._pass(messages, sheet, deadline)
        sheet.not_found = not_found
        if sheet.failure:
            sheet.notes.append(f"The model was asked to repair what was withheld, which failed: {sheet.failure.message}.")
            sheet.failure = None

    def _room_for_repair(self, request: Request, written: str) -> bool:
        """The repair repeats the request, the answer and the sentences withheld, with reasons."""
        return request.tokens + 3 * self.model.count(written) + self.settings.llm_answer_tokens <= self.model.context

    def _pass(self, messages: Sequence[Message], sheet: Draftsheet, deadline: float) -> Iterator[Step]:
        """One call, gated as it streams; returns what the model wrote. An error is left in `sheet.failure`."""
        cutter, written, finish = Cutter(), "", ""
        ahead = _read_ahead(sheet.request.sources)
        try:
            for piece in self._asked(messages, deadline, sheet):
                written, finish = written + piece.text, piece.finish or finish
                yield None
                if not piece.text:
                    next(ahead, None)
                for draft in cutter.feed(piece.text):
                    yield from sheet.take(draft)
                if sheet.full:
                    return written
                if len(written) > CHARACTERS_PER_TOKEN * self.settings.llm_answer_tokens:
                    raise ModelMalformed("the model did not come to an end", "Use another model.")
        except ModelError as error:
            sheet.failure = error
        last = cutter.finish(cut_off=bool(sheet.failure) or finish in ("", *_STOPPED_SHORT))
        for draft in last:
            yield from sheet.take(draft)
        if sheet.failure is None:
            sheet.failure = _incomplete(written, last, finish)
        return written

    def _asked(self, messages: Sequence[Message], deadline: float, sheet: Draftsheet) -> Iterator[Piece]:
        """The pieces of one call, or of the answer kept from an earlier one; its usage is added to the sheet."""
        settings = f"{self.settings.llm_answer_tokens}"
        if kept := self._cache.get(self.model.name, settings, messages):
            yield Piece(text=kept, finish="stop")
            return
        written, last = "", Piece()
        try:
            for piece in self._wire.pieces(messages, deadline=deadline):
                written += piece.text
                last = Piece(finish=piece.finish or last.finish, prompt_tokens=max(piece.prompt_tokens, last.prompt_tokens),
                             answer_tokens=max(piece.answer_tokens, last.answer_tokens), cost=piece.cost if piece.cost is not None else last.cost)
                yield piece
        finally:
            self._count(messages, written, last, sheet)
        if last.finish == "stop":
            self._cache.put(self.model.name, settings, messages, written)

    def _count(self, messages: Sequence[Message], written: str, last: Piece, sheet: Draftsheet) -> None:
        begun = bool(written or last.finish)  # a call that failed before its first word is not known to have been read
        read = last.prompt_tokens or (sum(self.model.count(text) for _, text in messages) if begun else 0)
        wrote = last.answer_tokens or self.model.count(written)
        cost = last.cost
        if cost is None and self._prices:
            cost = (read * self._prices[0] + wrote * self._prices[1]) / 1e6
        before = sheet.usage
        sheet.usage = replace(before, prompt_tokens=before.prompt_tokens + read, answer_tokens=before.answer_tokens + wrote,
                              calls=before.calls + 1, cost=before.cost if cost is None else round((before.cost or 0.0) + cost, 9))


def _read_ahead(sources: Sequence[Source]) -> Iterator[None]:
    """Does, a passage at a time while the model has not begun, what judging its first sentences would wait for."""
    for source in sources:
        for start, end in source.passage.sentences:
            attribute(source.document, start, end)
        yield
        start, end = source.passage.sentences[0] if source.passage.sentences else (source.passage.start, source.passage.end)
        check(source.document.text[start:end], [source.passage.text], published=source.document.published)
        yield


def _incomplete(written: str, last: Sequence[Draft], finish: str) -> ModelError | None:
    """What is wrong with an answer that came without an error: nothing in it, or no end."""
    if not written.strip():
        return ModelMalformed("the model wrote nothing", "Use another model.")
    if finish in _STOPPED_SHORT:
        return ModelMalformed("the model's answer was longer than the room for it", "Raise QA_LLM_ANSWER_TOKENS.")
    if not finish and any(draft.fault for draft in last):
        return ModelMalformed("the model broke off in the middle of a sentence", "Ask again, or look at its server's log.")
    return None


def _prices(text: str) -> tuple[float, float] | None:
    if not text.strip():
        return None
    try:
        read, wrote = (float(part) for part in text.split())
    except ValueError as error:
        raise SettingsError(f"llm_prices is {text!r}", 'Write two numbers, such as "0.15 0.60".') from error
    return read, wrote
