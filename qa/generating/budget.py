"""What goes into one request, within the model's context: the rules, the newest of the history, the best passages, room for the answer."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.errors import SettingsError
from qa.generating.prompts import Prompt
from qa.generating.models import Message
from qa.records import Document, Hit, Passage, Turn
from qa.render import date_text

NOT_FOUND = "NOT IN THE DOCUMENTS"
"""What the model is asked to write when the passages do not answer."""
PER_MESSAGE = 6
"""Tokens that a message costs besides its text."""
HISTORY_SHARE = 0.25
"""The share of what is left after the rules and the question that earlier turns may take."""
_MARKER = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A passage as the model sees it: its `number` in the request, and its document."""

    number: int
    passage: Passage
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The messages of one request, the sources in it by number from 1, and how many tokens the messages have."""

    messages: tuple[Message, ...]
    sources: tuple[Source, ...]
    tokens: int


def build(prompt: Prompt, *, question: str, hits: Sequence[Hit], documents: Mapping[str, Document], history: Sequence[Turn], most: int,
          disagreement: str, room: int, count: Callable[[str], int]) -> Request:
    """The request for an answer: as many passages as fit into `room` tokens, best first, after the newest turns that a quarter of it holds.

    Raises SettingsError, saying by how much, when not even the first passage fits.
    """
    fence = fence_for([question, *(hit.passage.text for hit in hits)])

    def rendered(sources: Sequence[Source]) -> tuple[Message, ...]:
        passages = "\n\n".join(_fenced(source, fence) for source in sources)
        return prompt.render(most=str(most), not_found=NOT_FOUND, fence=fence, passages=passages, disagreement=disagreement, question=question)

    def cost(messages: Sequence[Message]) -> int:
        return sum(count(text) + PER_MESSAGE for _, text in messages)

    sources = [Source(number=n, passage=hit.passage, document=documents[hit.passage.document_id]) for n, hit in enumerate(hits, 1)]
    left = room - cost(rendered(()))
    sizes = [count(_fenced(source, fence)) + 2 for source in sources]
    if sizes and sizes[0] > left:
        raise SettingsError(f"the model's context is {sizes[0] - left} tokens too small for the rules, the question, one passage and the answer",
                            "Set QA_LLM_CONTEXT to what the model really has, lower QA_LLM_ANSWER_TOKENS or QA_PASSAGE_TOKENS, or use another model.")
    turns = _newest(history, min(int(left * HISTORY_SHARE), left - sizes[0] if sizes else left), count)
    left -= cost(turns)
    kept: list[Source] = []
    for source, size in zip(sources, sizes, strict=True):
        if size > left:
            break
        kept.append(source)
        left -= size
    system, *rest = rendered(kept)
    messages = (system, *turns, *rest)
    return Request(messages=messages, sources=tuple(kept), tokens=cost(messages))


def _newest(history: Sequence[Turn], room: int, count: Callable[[str], int]) -> list[Message]:
    """The newest turns that fit, in order; the markers of earlier answers count passages that are no longer there, so they go."""
    kept: list[Message] = []
    for turn in reversed(history):
        text = _MARKER.sub("", turn.text)
        room -= count(text) + PER_MESSAGE
        if room < 0:
            break
        kept.insert(0, (turn.role, text))
    return kept


def fence_for(texts: Sequence[str]) -> str:
    """A mark that stands in none of the texts: it is a digest of all of them, so no document can have been written to hold it."""
    return f"=={hashlib.sha256(chr(0).join(texts).encode('utf-8', 'replace')).hexdigest()[:12]}=="


def _fenced(source: Source, fence: str) -> str:
    """A passage between its two lines, after where it is from."""
    document = source.document
    about = " · ".join(" ".join(part.split()) for part in (
        document.title or document.name, document.outlet, f"published {date_text(document.published, document.published_precision)}",
        source.passage.heading) if part.strip())
    return f"{fence} passage {source.number}\nFrom: {about}\n\n{source.passage.text.strip()}\n{fence} end"
