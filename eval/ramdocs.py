"""RAMDocs (Wang et al. 2025, "Retrieval-Augmented Generation with Conflicting Evidence"): questions with several right answers, documents
that give wrong ones, and noise. Each document is a file of its own; a question is asked over its own documents alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.lines import Bad, as_object, numbered, read_text
from eval.wording import stands_in
from qa import Answer, CasesError, Filters, QAError, open_assistant

if TYPE_CHECKING:
    from qa.library import Library

PUBLISHED_STRICT = 34.4
"""Exact match in percent of the best system in the paper's table: all right answers and no wrong one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, the names of its documents with the answer that each gives, and the right and the wrong answers."""

    id: str
    text: str
    documents: tuple[tuple[str, str], ...]
    gold: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one answer shows: right answers of how many, wrong ones, and the wrong ones that a citation of another document stands
    beside."""

    id: str
    gold: int
    of: int
    wrong: int
    misattributed: tuple[str, ...]
    disagrees: bool

    @property
    def all_gold(self) -> bool:
        """Every right answer is shown."""
        return self.gold == self.of

    @property
    def strict(self) -> bool:
        """Every right answer is shown and no wrong one."""
        return self.all_gold and not self.wrong


def load(path: Path, folder: Path, *, half: str = "all") -> tuple[Question, ...]:
    """The questions of `questions.jsonl`; their documents are written into `folder`, one file for each text.

    Raises CasesError for a file that cannot be read or a line that is not of the set.
    """
    names: dict[str, str] = {}
    questions = []
    for number, line in numbered(read_text(path)):
        try:
            row = as_object(line)
            if half != "all" and int(row["id"].lstrip("R")) % 2 != (half == "odd"):
                continue
            questions.append(_question(row, names))
        except (Bad, KeyError, TypeError, ValueError) as error:
            raise CasesError(f"{path}:{number} is no row of RAMDocs: {error!r}", "Give the folder of RAMDocs.") from error
    for text, name in names.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(questions)


def _question(row: dict[str, Any], names: dict[str, str]) -> Question:
    documents = tuple((names.setdefault(entry["text"], f"d{len(names):04}.txt"), entry["answer"]) for entry in row["documents"])
    gold, wrong = tuple(row["gold_answers"]), tuple(row["wrong_answers"])
    return Question(id=row["id"], text=row["question"], documents=documents, gold=gold, wrong=wrong)


def run(questions: Sequence[Question], library: "Library", *, tell: Callable[[int, int], None] = lambda done, total: None) -> list[Shown]:
    """What is shown for each question, asked over its own documents."""
    assistant = open_assistant(library)
    found = []
    for done, question in enumerate(questions, 1):
        filters = Filters(documents=tuple(sorted({name for name, _ in question.documents})))
        try:
            answer = assistant.ask(question.text, filters=filters)
        except QAError:
            answer = Answer(question=question.text, searched_for=question.text, status="no_evidence", text="")
        found.append(score(question, answer))
        tell(done, len(questions))
    return found


def score(question: Question, answer: Answer) -> Shown:
    """An answer counts as shown when its words stand in a printed statement, one after the other, case and punctuation aside. A wrong
    one is
    attributed to its document alone when each statement that shows it cites only documents that hold these words."""
    printed = [(statement.text, statement.citations) for statement in answer.statements]
    wrong = [text for text in question.wrong if any(stands_in(text, said) for said, _ in printed)]
    beside = tuple(text for text in wrong for said, citations in printed
                   if stands_in(text, said) and not (citations and all(stands_in(text, c.quote) and c.verified for c in citations)))
    gold = sum(any(stands_in(text, said) for said, _ in printed) for text in question.gold)
    return Shown(id=question.id, gold=gold, of=len(question.gold), wrong=len(wrong), misattributed=beside,
    disagrees=bool(answer.disagreements))


def figures(shown: Iterable[Shown]) -> dict[str, tuple[int, int]]:
    """The figures as counts: questions with every right answer shown, right answers shown, strict matches, wrong answers shown by
    their own document alone, and questions with right and wrong answers for which a disagreement is shown."""
    shown = list(shown)
    wrong = sum(one.wrong for one in shown)
    both = [one for one in shown if one.wrong and one.gold]
    return {
        "every right answer shown": (sum(one.all_gold for one in shown), len(shown)),
        "right answers shown": (sum(one.gold for one in shown), sum(one.of for one in shown)),
        "strict: every right one, no wrong one": (sum(one.strict for one in shown), len(shown)),
        "wrong answers attributed to their document alone": (wrong - sum(len(one.misattributed) for one in shown), wrong),
        "a difference is told where right and wrong are shown": (sum(one.disagrees for one in both), len(both)),
    }
