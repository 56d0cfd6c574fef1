"""Invented documents, cases with their answers, and an assistant that follows a table, shared by the tests of the eval."""

import json
from pathlib import Path

from eval.__main__ import main
from eval.commands import run as command
from eval.data import load_cases
from eval.results import make_record
from eval.runner import case_record, run
from qa import Added, Answer, Citation, Document, Statement

TEXTS = {"mill.txt": "The mill burnt down. Mayor Ross said that 24 guests left.", "pier.txt": "The pier is new. Bell counted 30 guests."}
ROWS = [
    {
        "id": "c0",
        "type": "factual",
        "question": "What burnt?",
        "answerable": True,
        "gold": [{"document": "mill.txt", "quote": "mill burnt"}],
    },
    {"id": "c1", "type": "factual", "question": "What is new?", "answerable": True, "gold": [{"document": "pier.txt", "quote": "pier is"}]},
    {
        "id": "c2",
        "type": "contested",
        "question": "How many guests?",
        "answerable": True,
        "gold_sides": [[{"document": "mill.txt", "quote": "24 guests"}], [{"document": "pier.txt", "quote": "30 guests"}]],
    },
    {"id": "c3", "type": "unanswerable", "question": "Who is king?", "answerable": False},
    {"id": "c4", "type": "false_premise", "question": "Why did the pier burn?", "answerable": False},
    {
        "id": "c5",
        "type": "follow_up",
        "question": "Who said so?",
        "answerable": True,
        "speaker": "Ross",
        "history": [{"role": "user", "text": "Guests?"}],
        "gold": [{"document": "mill.txt", "quote": "Mayor Ross"}],
    },
]


def answered(*quotes, **fields):
    statements = tuple(
        Statement(text=quote, citations=(cite(quote, number),), voice="named", **fields) for number, quote in enumerate(quotes, 1)
    )
    return Answer(question="q", searched_for="q", status="answered", text=" ".join(quotes), statements=statements)


def cite(quote, marker):
    name = next(name for name, text in TEXTS.items() if quote in text)
    start = TEXTS[name].index(quote)
    return Citation(marker=marker, document="d", name=name, source=name, start=start, end=start + len(quote), quote=quote, verified=True)


def declined(status="no_evidence"):
    return Answer(question="q", searched_for="q", status=status, text="Nothing found.")


PERFECT = {
    "What burnt?": answered("The mill burnt down."),
    "What is new?": answered("The pier is new."),
    "How many guests?": answered("Mayor Ross said that 24 guests left.", "Bell counted 30 guests."),
    "Who is king?": declined(),
    "Why did the pier burn?": declined("false_premise"),
    "Who said so?": answered("Mayor Ross said that 24 guests left.", speaker="Mayor Ross"),
}


class Scripted:
    """Answers from a table; an exception in the table is raised. Keeps the histories it was given."""

    def __init__(self, answers):
        self.answers, self.histories = answers, []

    def ask(self, question, history=()):
        self.histories.append(list(history))
        if isinstance(self.answers[question], Exception):
            raise self.answers[question]
        return self.answers[question]


class Shelf:
    """A library of fixed texts, used as a context manager like the real one."""

    def __init__(self, texts, refused=()):
        self.texts, self.refused, self.closed = texts, refused, False

    def add(self, paths):
        return Added(added=tuple(self.texts), refused=self.refused)

    def documents(self):
        return [Document(id=name, name=name, source=name, text=text) for name, text in self.texts.items()]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed = True


def written_cases(folder: Path) -> Path:
    """ROWS as a case file in `folder`."""
    path = folder / "cases.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def calling(monkeypatch, cases_file: Path):
    """`python -m eval run` with scripted answers over TEXTS; gives the exit code."""

    def call(*flags, answers=PERFECT, texts=TEXTS, refused=(), cases=cases_file):
        monkeypatch.setattr(command, "open_library", lambda folder: Shelf(texts, refused))
        monkeypatch.setattr(command, "open_assistant", lambda library: Scripted(answers))
        return main(["run", str(cases), "--docs", "docs", *flags])

    return call


def answering(cases_file: Path):
    """Results of the cases for PERFECT answers with changes by id; a clock that ticks 0.25 s."""

    def results(**changes):
        ticks = iter(0.25 * tick for tick in range(1000))
        cases, _ = load_cases(cases_file, TEXTS)
        changed = {row["question"]: changes[row["id"]] for row in ROWS if row["id"] in changes}
        return run(cases, Scripted(PERFECT | changed), TEXTS, clock=lambda: next(ticks))

    return results


def recorded(results):
    return make_record("run", [case_record(result) for result in results])
