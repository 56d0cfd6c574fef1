"""Finished answers of any system: a question, an answer, and the contexts it should rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eval.importers import entries
from eval.lines import Bad, Fault, none_usable, read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A text an answer should rest on, and what to call it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A finished answer. `gold` are the expected answers, each a full one (() when unknown); `answerable` is None when unknown.
    `published` is the day of the contexts where the file gives it: "on Tuesday" is counted from it. `type` groups the figures."""

    id: str
    question: str
    answer: str
    contexts: tuple[Context, ...]
    gold: tuple[str, ...] = ()
    type: str = "answer"
    answerable: bool | None = None
    published: date | None = None


def load_answers(path: str | Path, *, strict: bool = False) -> tuple[tuple[Finished, ...], tuple[Fault, ...]]:
    """The usable answers of a file in order, and the lines (or entries) left out with the reason.

    The file is JSON lines or one JSON value, in a form of `eval.importers`. An answer without an id is called by its number.
    Raises CasesError when the file cannot be read, has no usable answer, or, with `strict`, has any fault.
    """
    answers: dict[str, Finished] = {}
    faults = []
    for number, unit, row in entries(read_text(path)):
        try:
            if isinstance(row, Bad):
                raise row
            answer = _finished(row, str(number))
            if answer.id in answers:
                raise Bad(f"id {answer.id!r} stands earlier too")
            answers[answer.id] = answer
        except Bad as bad:
            faults.append(Fault(line=number, reason=str(bad), unit=unit))
    if not answers or (strict and faults):
        raise none_usable(path, faults)
    return tuple(answers.values()), tuple(faults)


def _finished(row: Mapping[str, Any], number: str) -> Finished:
    answerable = row.get("answerable")
    if answerable is not None and not isinstance(answerable, bool):
        raise Bad(f"answerable is {answerable!r}, not true or false")
    if not isinstance(row["answer"], str):
        raise Bad(f"the answer is {row['answer']!r}, not a text")
    if not isinstance(row["question"] or "", str):
        raise Bad("the question is not a text; of a conversation give the last question")
    name = row.get("id", number)
    if isinstance(name, bool) or not isinstance(name, (str, int)) or not str(name).strip():
        raise Bad(f"id is {name!r}, not a text or a whole number")
    return Finished(id=str(name), question=row["question"] or "", answer=row["answer"], contexts=_contexts(row["contexts"]),
                    gold=_texts(row["gold"], "gold"), type=_kind(row.get("type", "answer")), answerable=answerable,
                    published=_day(row.get("published")))


def _contexts(value: Any) -> tuple[Context, ...]:
    listed = [value] if isinstance(value, (str, dict)) else value
    if not isinstance(listed, list):
        raise Bad("the contexts are not a list of texts")
    return tuple(_context(item, number) for number, item in enumerate(listed, 1))


def _context(item: Any, number: int) -> Context:
    text = item.get("text", item.get("content")) if isinstance(item, dict) else item
    if not isinstance(text, str):
        raise Bad(f"context {number} is neither a text nor an object with text")
    names = [item[key] for key in ("name", "document", "doc_id", "title") if item.get(key)] if isinstance(item, dict) else []
    return Context(name=str(names[0]) if names else f"context {number}", text=text)


def _texts(value: Any, name: str) -> tuple[str, ...]:
    listed = [] if value is None else [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(text, str) for text in listed):
        raise Bad(f"{name} is not a text or a list of texts")
    return tuple(text for text in listed if text.strip())


def _kind(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Bad(f"type is {value!r}, not a text")
    return value


def _day(value: Any) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Bad(f"published is {value!r}, not a day written YYYY-MM-DD") from None
