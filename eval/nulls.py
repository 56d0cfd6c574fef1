"""Questions that the documents do not answer, told from those they do: the probability of the best sentence for LiHua-World's Null
questions
against that for its others (Fan et al. 2025, MiniRAG)."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from eval.lines import as_object, numbered, read_text
from eval.selftest import auroc
from qa import CasesError

if TYPE_CHECKING:
    from qa.library import Library


class Scored(NamedTuple):
    """A question, its type, and how probable, in [0, 1], the best sentence is an answer (0 where nothing was found)."""

    id: str
    type: str
    best: float


def run(path: Path, library: "Library", *, half: str = "all", tell: Callable[[int, int], None] = lambda done, total: None) -> list[Scored]:
    """The best probability for each question of `questions.jsonl`. Raises CasesError for a file that is none of LiHua-World."""
    try:
        rows = [as_object(line) for _, line in numbered(read_text(path))]
        rows = [row for row in rows if half == "all" or int(row["id"].lstrip("L")) % 2 == (half == "odd")]
        asked = [(row["id"], row["type"], row["question"]) for row in rows]
    except (KeyError, TypeError, ValueError) as error:
        raise CasesError(f"{path} is no file of LiHua-World: {error!r}", "Give the folder that holds lihua/questions.jsonl.") from error
    best, found = best_of(library), []
    for done, (name, kind, question) in enumerate(asked, 1):
        found.append(Scored(id=name, type=kind, best=best(question)))
        tell(done, len(asked))
    return found


def best_of(library: "Library") -> Callable[[str], float]:
    """A function that gives the probability of the best sentence the default answerer finds for a question."""
    from qa.answering.extract import candidates
    from qa.answering.meaning import SentenceVectors
    from qa.answering.question import analyse
    from qa.reader import reads

    vectors, reading = SentenceVectors(library.embedder()), reads(library.settings)

    def best(question: str) -> float:
        hits = library.search(question, library.settings.limit)
        documents = {document.id: document for document in library.documents(ids={hit.passage.document_id for hit in hits})}
        asked = analyse(question)
        found = candidates(asked, hits, documents, frequency=library.frequency(asked.terms), similarity=vectors.similarity, reads=reading)
        return found[0].probability if found else 0.0

    return best


def separation(scored: Sequence[Scored]) -> float:
    """AUROC, in [0, 1], of the answered questions against the Null ones; NaN without either."""
    answered, null = ([one.best for one in scored if (one.type == "Null") == kind] for kind in (False, True))
    return auroc(answered, null) / 100 if answered and null else math.nan
