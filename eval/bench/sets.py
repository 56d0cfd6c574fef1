"""The retrieval sets: documents, questions, and how a list of found places is scored, each by its set's own rule."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from eval.bench.scoring import Figures, characters, every_document, first_document, places
from eval.data import load_cases
from qa import CasesError
from qa.answering.followup import complete

CASES = Path(__file__).parents[1] / "cases" / "seeds.jsonl"


class Place(NamedTuple):
    """Characters `start` to `end` of the document named `document`."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, its number in the set (even: to choose by, odd: to report) and the scoring of what was found for it, best first."""

    number: int
    text: str
    score: Callable[[Sequence[Place]], Figures]


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """`texts` maps names of documents to their texts. `wanted` is how many passages a system is asked for a question."""

    name: str
    texts: Mapping[str, str] = field(repr=False)
    questions: tuple[Question, ...] = field(repr=False)
    wanted: int


def load_set(name: str, data: Path) -> Set:
    """The set of this name from the folder with the benchmark data. Raises CasesError when a file of it is missing."""
    try:
        return SETS[name](data)
    except OSError as error:
        raise CasesError(f"the set {name} cannot be read: {error}", "Give the folder with the sets as --data.") from error


def _chroma_chunking(data: Path) -> Set:
    folder = data / "chroma_chunking"
    texts = {path.name: _read(path) for path in sorted((folder / "corpora").glob("*.md"))}
    questions = []
    for number, row in enumerate(_rows(folder / "questions.jsonl")):
        gold = [Place(f"{row['corpus']}.md", ref["start"], ref["end"]) for ref in row["references"]]
        questions.append(Question(number=number, text=row["question"], score=characters(gold)))
    return Set(name="chroma_chunking", texts=texts, questions=tuple(questions), wanted=5)


def _lihua(data: Path) -> Set:
    texts = {path.name: _read(path) for path in sorted((data / "lihua" / "docs").glob("*.txt"))}
    by_time: dict[str, set[str]] = {}
    for name, text in texts.items():
        by_time.setdefault(_digits(text.split("\n")[0]), set()).add(name)
    questions = []
    for number, row in enumerate(_rows(data / "lihua" / "questions.jsonl")):
        gold = [by_time[_digits(time)] for time in row["evidence"]]  # some are written without the colon, or with "Time:" before
        if row["type"] == "Single":
            questions.append(Question(number=number, text=row["question"], score=first_document("Single", set.union(*gold), within=10)))
        elif row["type"] == "Multi":
            questions.append(Question(number=number, text=row["question"], score=every_document("Multi", gold, within=10)))
    return Set(name="lihua", texts=texts, questions=tuple(questions), wanted=50)


def _qed(data: Path) -> Set:
    return _paragraphs("qed", _rows(data / "qed" / "dev.jsonl"))


def _clapnq(data: Path) -> Set:
    rows = _rows(data / "clapnq" / "answerable.jsonl")
    return _paragraphs("clapnq", rows, _rows(data / "clapnq" / "unanswerable.jsonl"))


def _paragraphs(name: str, rows: Sequence[dict], others: Sequence[dict] = ()) -> Set:
    """Each paragraph a document of its own, without its title; those of `others` are in the pool and are not asked for."""
    names: dict[str, str] = {}
    for row in (*rows, *others):
        names.setdefault(row["text"], f"{len(names):05}.txt")
    questions = tuple(
        Question(number=number, text=row["question"], score=first_document("MRR", {names[row["text"]]})) for number, row in enumerate(rows))
    return Set(name=name, texts={name: text for text, name in names.items()}, questions=questions, wanted=100)


def _seeds(data: Path) -> Set:
    texts = {path.name: _read(path) for path in sorted((data.parent / "seeds").glob("*.txt"))}
    if not texts:
        raise CasesError(f"{data.parent / 'seeds'} has no documents", "Leave out the set seeds, or put the articles there.")
    cases, _ = load_cases(CASES, texts, corpus="articles")
    questions = []
    for number, case in enumerate(cases):
        if case.answerable:
            gold = [Place(g.document, g.start, g.end) for g in case.gold]
            sides = [[Place(g.document, g.start, g.end) for g in side] for side in case.sides]
            questions.append(Question(number=number, text=complete(case.question.strip(), case.history), score=places(gold, sides)))
    return Set(name="seeds", texts=texts, questions=tuple(questions), wanted=5)


SETS: Mapping[str, Callable[[Path], Set]] = {
    "chroma_chunking": _chroma_chunking, "lihua": _lihua, "qed": _qed, "clapnq": _clapnq, "seeds": _seeds}


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in _read(path).split("\n") if line]


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")  # line ends as they are: offsets count them


def _digits(time: str) -> str:
    return re.sub(r"\D", "", time)
