"""Eval cases: read from JSON lines, checked field by field, gold fragments located in the documents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.lines import Bad, Fault, as_object, none_usable, numbered, read_text
from qa import CasesError, Turn

ANSWERABLE_TYPES = ("factual", "how_many", "who_said", "when", "several_documents", "contested", "yes_no", "follow_up", "collection")
UNANSWERABLE_TYPES = ("unanswerable", "false_premise")
TYPES = ANSWERABLE_TYPES + UNANSWERABLE_TYPES
LONGEST_QUOTE = 8

_REQUIRED = ("id", "type", "question", "answerable")
_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_TEXTS = ("figure", "unit", "date")
_LISTS = {"answer": "answers", "speaker": "speakers"}
_CHOICES = {"voice": ("named", "document", "unnamed"), "status": ("answered", "no_evidence", "false_premise")}
_FIELDS = frozenset((*_REQUIRED, *_TEXTS, *_LISTS, *_CHOICES, "history", "gold", "gold_sides", "correction", "documents"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One acceptable place of an answer: `quote` is characters `start` to `end` of the document named `document`."""

    document: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question with what a right answer cites and says.

    `gold` are the acceptable places, empty when the documents do not answer. `sides` has two or more entries where every
    one must be shown, each a choice of places. `answers` and `speakers` are alternatives of the expected short answer and of
    who gives it. `figure`, its `unit` ("cubic metres", "per cent", or what is counted), `date` (ISO, of the precision known),
    `voice` (named, document, unnamed) and `status` are "" when the case does not ask for them. `correction` are the places one of
    which must be cited against a false premise. `documents` are the names of all the documents an answer about the collection cites.
    """

    id: str
    type: str
    question: str
    answerable: bool
    history: tuple[Turn, ...] = ()
    gold: tuple[Gold, ...] = ()
    sides: tuple[tuple[Gold, ...], ...] = ()
    answers: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    figure: str = ""
    unit: str = ""
    date: str = ""
    voice: str = ""
    status: str = ""
    correction: tuple[Gold, ...] = ()
    documents: tuple[str, ...] = ()


def load_cases(path: str | Path, documents: Mapping[str, str], *, corpus: str = "digests",
               strict: bool = False) -> tuple[tuple[Case, ...], tuple[Fault, ...]]:
    """The usable cases of a JSON-lines file in order, and the lines left out with the reason.

    `documents` maps a document's name to its text. `gold` in the file is a list of places, or a mapping from the name of
    a corpus to such a list; `corpus` says which is taken. Empty lines are skipped.
    Raises CasesError when the file cannot be read, has no usable line, or, with `strict`, has any fault.
    """
    cases: dict[str, Case] = {}
    faults = []
    for number, line in numbered(read_text(path)):
        try:
            case = _case(line, documents, corpus)
            if case.id in cases:
                raise Bad(f"id {case.id!r} stands on an earlier line too")
            cases[case.id] = case
        except Bad as bad:
            faults.append(Fault(line=number, reason=str(bad)))
    if not cases or (strict and faults):
        raise none_usable(path, faults)
    return tuple(cases.values()), tuple(faults)


def choose_half(cases: tuple[Case, ...], half: str) -> tuple[Case, ...]:
    """The cases with an even or an odd number at the end of their id ("even" for tuning, "odd" for reporting), or "all".

    Raises CasesError for an id without a number, unless `half` is "all".
    """
    if half == "all":
        return cases
    chosen = []
    for case in cases:
        number = re.search(r"\d+$", case.id)
        if not number:
            raise CasesError(f"id {case.id!r} does not end in a number", "Number the ids, or use all cases.")
        if int(number.group()) % 2 == (half == "odd"):
            chosen.append(case)
    return tuple(chosen)


def _case(line: str, documents: Mapping[str, str], corpus: str) -> Case:
    row = _row(line)
    _check_kind(row)
    gold = _places(_of_corpus(row, "gold", corpus), documents)
    raw_sides = _of_corpus(row, "gold_sides", corpus)
    sides = tuple(_places(side, documents) for side in raw_sides)
    if raw_sides and (len(sides) < 2 or not all(sides)):
        raise Bad("gold_sides needs two sides or more, none of them empty")
    gold += tuple(place for side in sides for place in side if place not in gold)
    named = _documents(row, documents, corpus)
    if row["answerable"] and not (gold or named):
        raise Bad(f"answerable, but no gold for {corpus}")
    if not row["answerable"] and (gold or named):
        raise Bad("not answerable, but it has gold")
    if "unit" in row and "figure" not in row:
        raise Bad("a unit without a figure")
    return Case(
        id=row["id"], type=row["type"], question=row["question"], answerable=row["answerable"], history=_history(row),
        gold=gold, sides=sides, correction=_correction(row, documents, corpus), documents=named,
        **{field: _texts(row, name) for name, field in _LISTS.items()}, **{name: _text(row, name) for name in _TEXTS if name in row},
        **{name: _choice(row, name, corpus) for name in _CHOICES if name in row},
    )


def _row(line: str) -> dict[str, Any]:
    """The line as an object with every required field and no unknown one."""
    row = as_object(line)
    if missing := [name for name in _REQUIRED if name not in row]:
        raise Bad(f"no field {', '.join(missing)}")
    if unknown := sorted(set(row) - _FIELDS):
        raise Bad(f"unknown field {', '.join(unknown)}")
    return row


def _check_kind(row: dict[str, Any]) -> None:
    _text(row, "id"), _text(row, "question")
    if row["type"] not in TYPES:
        raise Bad(f"type is {row['type']!r}, not one of {', '.join(TYPES)}")
    if not isinstance(row["answerable"], bool):
        raise Bad(f"answerable is {row['answerable']!r}, not true or false")
    if row["answerable"] != (row["type"] in ANSWERABLE_TYPES) and row["type"] != "follow_up":
        raise Bad(f"type {row['type']} with answerable {str(row['answerable']).lower()}")
    if "date" in row and not re.fullmatch(_DATE, _text(row, "date")):
        raise Bad(f"date is {row['date']!r}, not YYYY, YYYY-MM or YYYY-MM-DD")


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Bad(f"{name} is {value!r}, not a text")
    return value


def _history(row: dict[str, Any]) -> tuple[Turn, ...]:
    turns = row.get("history", [])
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise Bad("history is not a list of {role, text}")
    if bool(turns) != (row["type"] == "follow_up"):
        raise Bad("a follow_up needs a history, and only a follow_up has one")
    for turn in turns:
        if set(turn) != {"role", "text"} or turn["role"] not in ("user", "assistant"):
            raise Bad("a turn of history needs role (user or assistant) and text")
    return tuple(Turn(role=turn["role"], text=_text(turn, "text")) for turn in turns)


def _texts(row: dict[str, Any], name: str) -> tuple[str, ...]:
    """The alternatives of a field that is a text or a list of texts."""
    texts = row.get(name, [])
    texts = [texts] if isinstance(texts, str) else texts
    if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
        raise Bad(f"{name} is not a text or a list of texts")
    return tuple(texts)


def _choice(row: dict[str, Any], name: str, corpus: str) -> str:
    """One of the words that a field may have; "" where it is given by corpus and not for this one."""
    value = row[name].get(corpus, "") if isinstance(row[name], dict) else row[name]
    if value not in _CHOICES[name] and not (value == "" and isinstance(row[name], dict)):
        raise Bad(f"{name} is {value!r}, not one of {', '.join(_CHOICES[name])}")
    return value


def _correction(row: dict[str, Any], documents: Mapping[str, str], corpus: str) -> tuple[Gold, ...]:
    if "correction" in row and row["type"] != "false_premise":
        raise Bad("only a false_premise has a correction")
    return _places(_of_corpus(row, "correction", corpus), documents)


def _documents(row: dict[str, Any], documents: Mapping[str, str], corpus: str) -> tuple[str, ...]:
    names = _of_corpus(row, "documents", corpus)
    if names and row["type"] != "collection":
        raise Bad("only a collection question has documents")
    if unknown := [name for name in names if name not in documents]:
        raise Bad(f"document {unknown[0]!r} is not among the documents")
    return tuple(names)


def _of_corpus(row: dict[str, Any], name: str, corpus: str) -> list:
    value = row.get(name, [])
    value = value.get(corpus, []) if isinstance(value, dict) else value
    if not isinstance(value, list):
        raise Bad(f"{name} is not a list")
    return value


def _places(entries: Any, documents: Mapping[str, str]) -> tuple[Gold, ...]:
    if not isinstance(entries, list):
        raise Bad("a side of gold_sides is not a list")
    return tuple(_place(entry, documents) for entry in entries)


def _place(entry: Any, documents: Mapping[str, str]) -> Gold:
    """A gold fragment located in its document, where it must stand exactly once."""
    if not isinstance(entry, dict) or set(entry) != {"document", "quote"}:
        raise Bad("a place in gold needs document and quote")
    document, quote = _text(entry, "document"), _text(entry, "quote")
    if len(re.findall(r"\w+", quote)) > LONGEST_QUOTE:
        raise Bad(f"quote {quote!r} has more than {LONGEST_QUOTE} words")
    if document not in documents:
        raise Bad(f"document {document!r} is not among the documents")
    pattern = r"\s+".join(re.escape(word) for word in quote.split())  # line breaks and no-break spaces count as spaces
    found = list(re.finditer(pattern, documents[document]))
    if len(found) != 1:
        raise Bad(f"quote {quote!r} stands {len(found)} times in {document}, not once")
    return Gold(document=document, quote=found[0].group(), start=found[0].start(), end=found[0].end())
