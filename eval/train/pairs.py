"""Rows that set a sentence that answers against another one: do they contradict each other?"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from eval.data import Case, Gold
from eval.train.row import Row
from qa import Document
from qa.answering.closely import windows
from qa.records import Passage

Chosen = tuple[Passage, tuple[int, int]]
MOST = 3
"""How many of the answering sentences of a question are set against the others."""


def pair_rows(case: Case, question: str, chosen: Sequence[Chosen], documents: Mapping[str, Document], fold: str) -> Iterator[Row]:
    """For the first MOST of the `chosen` sentences that answer, and the best one that does not, a row for each text that is read: with the
    question and the sentence in the question's place, and `against` the sentences that take another side in the case. A sentence that gives
    two sides by itself is set against none."""
    if not case.answerable:
        return

    def sides(document: Document, span: tuple[int, int]) -> set[int]:
        return {number for number, places in enumerate(case.sides) if within(places, document, span)}

    parts = windows(chosen)
    told = [(documents[passage.document_id], span) for passage, span in chosen]
    gold = [(document, span) for document, span in told if within(case.gold, document, span) and len(sides(document, span)) < 2]
    besides = [(document, span) for document, span in told if not within(case.gold, document, span)]
    for document, (start, end) in [*islice(gold, MOST if case.sides else 1), *besides[:1]]:
        own = sides(document, (start, end))
        for number, spans in parts:
            other, begin = documents[number], spans[0][0]
            taken = [sides(other, span) for span in spans]
            against = tuple(i for i, found in enumerate(taken) if own and found and not found & own) if case.type != "several_documents" else ()
            yield Row(question=f"{question} {document.text[start:end]}", text=other.text[begin:spans[-1][1]], title=other.title, fold=fold,
                      sentences=tuple((first - begin, last - begin) for first, last in spans), against=against, origin="pairs")


def within(places: Sequence[Gold], document: Document, span: tuple[int, int]) -> bool:
    """Whether one of the places lies, if only in part, in the characters of the document."""
    return any(place.document == document.name and place.start < span[1] and span[0] < place.end for place in places)
