"""A follow-up question made to stand alone by the model. What it writes is only searched for and shown; it answers nothing."""

import time
from collections.abc import Callable, Iterator, Sequence

from qa.errors import ModelError
from qa.generating.budget import fence_for
from qa.generating.models import Message
from qa.generating.prompts import Prompt
from qa.generating.wire import Piece
from qa.language.names import find_names, same_name
from qa.language.words import content_stems
from qa.records import Turn

LONGEST = 300
"""Characters of a rewritten question; a longer one is no question."""
TURNS = 6
"""How many of the last turns the model is shown, each cut at TURN_LENGTH characters."""
TURN_LENGTH = 600

Ask = Callable[[Sequence[Message], float], Iterator[Piece]]


def rewrite(prompt: Prompt, ask: Ask, *, question: str, history: Sequence[Turn], deadline: float) -> Iterator[None]:
    """Yields while the model is at work and returns (rewritten question or "", a note on why there is none or "")."""
    conversation = "\n".join(f"{turn.role}: {' '.join(turn.text.split())[:TURN_LENGTH]}" for turn in history[-TURNS:])
    messages = prompt.render(fence=fence_for([conversation, question]), conversation=conversation, question=question)
    text = ""
    try:
        for piece in ask(messages, deadline):
            text += piece.text
            yield None
            if len(text) > 4 * LONGEST or time.monotonic() > deadline:
                break
    except ModelError as error:
        return "", f"The model could not complete the question: {error.message}."
    found = _question(text)
    if not found or not _grounded(found, f"{conversation}\n{question}"):
        return "", "What the model made of the question was not used."
    return found, ""


def _question(text: str) -> str:
    """The question in what the model wrote: its one line, or the one line among others that asks; "" when there is none."""
    lines = [line.strip().strip("\"“”*").strip() for line in text.splitlines() if line.strip()]
    asking = lines if len(lines) == 1 else [line for line in lines if line.endswith("?")]
    return asking[0] if len(asking) == 1 and len(asking[0]) <= LONGEST and content_stems(asking[0]) else ""


def _grounded(question: str, conversation: str) -> bool:
    """Whether every name in the question was said in the conversation."""
    known = [name.core for name in find_names(conversation)]
    said = conversation.lower()
    return all(name.core.lower() in said or any(same_name(name.core, other) for other in known) for name in find_names(question))
