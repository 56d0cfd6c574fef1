"""Rows from the invented topics (`eval/corpora/training`, `eval/cases/training`): what the program would read for each of their questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from eval.data import Case, load_cases
from eval.train.pairs import Chosen, pair_rows, within
from eval.train.row import Row
from eval.train.rows import fold
from qa import Document, Settings, open_library
from qa.answering.closely import windows
from qa.answering.extract import READ_CLOSELY, candidates
from qa.answering.followup import complete
from qa.answering.meaning import SentenceVectors
from qa.answering.question import analyse
from qa.records import Hit

HERE = Path(__file__).parents[1]
SILENT = 2
"""Of the texts that do not answer a question, so many are read in an epoch: there are five times as many as of the others."""
ALIKE_PAIRS, NEAREST = 2 / 3, 3
"""The share kept of the sentences that nothing is set against, and among how many texts, those of the best passages, one that is not against is
chosen: the others are easily told."""


def topic_rows() -> list[Row]:
    """A row for each text that would be handed to the reader: the sentences that are best by words and meaning, with their neighbours, and
    those that answer, or correct what the question takes for granted, where they are not among them. The fold is that of the topic: no topic
    is in two. Beside them the rows of `pair_rows`."""
    rows: list[Row] = []
    for folder in sorted((HERE / "corpora" / "training").iterdir()):
        with TemporaryDirectory() as place, open_library(place, settings=Settings()) as library:
            library.add([folder])
            documents = {document.id: document for document in library.documents()}
            cases, _ = load_cases(HERE / "cases" / "training" / f"{folder.name}.jsonl", {d.name: d.text for d in documents.values()}, strict=True)
            similarity = SentenceVectors(library.embedder()).similarity
            for case in cases:
                question = complete(case.question, case.history)
                hits = library.search(question, library.settings.limit)
                chosen = _chosen(case, question, hits, documents, library.frequency, similarity)
                rows += _rows(case, question, chosen, documents, fold(folder.name))
                rows += pair_rows(case, question, chosen, documents, fold(folder.name))
    return rows


def of_epoch(rows: Sequence[Row], folds: str, random: Random) -> list[Row]:
    """The rows of some folds, of each question's those that answer it or contradict what it says and some others."""
    found: list[Row] = []
    for (_, origin), group in groupby((row for row in rows if row.fold in folds), key=lambda row: (row.question, row.origin)):
        told, silent = [], []
        for row in group:
            (told if row.gold or row.against else silent).append(row)
        if origin == "pairs":
            found += told + random.sample(silent[:NEAREST], 1 if silent and (told or random.random() < ALIKE_PAIRS) else 0)
        else:
            found += told + random.sample(silent, min(SILENT, len(silent)))
    return found


def _chosen(case: Case, question: str, hits: Sequence[Hit], documents: Mapping[str, Document], frequency, similarity) -> list[Chosen]:
    asked = analyse(question)
    best = candidates(asked, hits, documents, frequency=frequency(asked.terms), similarity=similarity)[:READ_CLOSELY]
    chosen = [(one.passage, (one.start, one.end)) for one in best]
    places = (*case.gold, *case.correction)
    answering = [(hit.passage, span) for hit in hits for span in hit.passage.sentences if within(places, documents[hit.passage.document_id], span)]
    return chosen + [one for one in answering if one not in chosen]


def _rows(case: Case, question: str, chosen: Sequence[Chosen], documents: Mapping[str, Document], fold: str) -> Iterator[Row]:
    """A row for each text read; one that answers in several sentences comes once with the words of each."""
    for number, spans in windows(chosen):
        document, begin = documents[number], spans[0][0]
        gold = tuple(i for i, span in enumerate(spans) if within(case.gold, document, span))
        corrects = tuple(i for i, span in enumerate(spans) if within(case.correction, document, span))
        row = Row(question=question, text=document.text[begin:spans[-1][1]], sentences=tuple((start - begin, end - begin) for start, end in spans),
                  gold=gold, answers=bool(gold), span=None if gold else (), fold=fold, title=document.title,
                  against=corrects, origin="topics")
        words = [found for i in gold if (found := _words(case, row.text, row.sentences[i]))]
        yield from (replace(row, span=found) for found in words)
        if not words:
            yield row


def _words(case: Case, text: str, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Where the answer's words stand in a sentence; None where they do not stand there so."""
    places = [(text.lower().find(answer.lower(), *sentence), len(answer)) for answer in case.answers]
    return next(((place, place + length) for place, length in places if place >= 0), None)
