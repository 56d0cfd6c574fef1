"""Training rows from invented news (`eval/corpora/news`, `eval/cases/news`): what the program would read for each of their questions."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.data import Case, load_cases
from eval.train.row import Row
from eval.train.rows import fold
from qa import Document, Settings, open_library
from qa.answering.closely import windows
from qa.answering.extract import READ_CLOSELY, Candidate, candidates
from qa.answering.followup import complete
from qa.answering.meaning import SentenceVectors
from qa.answering.question import analyse
from qa.library import Library

HERE = Path(__file__).parents[1]


def news_rows() -> list[Row]:
    """A row for each text that would be handed to the reader: the sentences that are best by words and meaning, with their neighbours. The
    fold is that of the topic: no topic is in two."""
    rows: list[Row] = []
    for folder in sorted((HERE / "corpora" / "news").iterdir()):
        with TemporaryDirectory() as place, open_library(place, settings=Settings()) as library:
            library.add([folder])
            documents = {document.id: document for document in library.documents()}
            cases, _ = load_cases(HERE / "cases" / "news" / f"{folder.name}.jsonl", {d.name: d.text for d in documents.values()}, strict=True)
            similarity = SentenceVectors(library.embedder()).similarity
            for case in cases:
                question = complete(case.question, case.history)
                best = _best(question, library, documents, similarity)
                rows += _rows(case, question, best, documents, fold=fold(folder.name))
    return rows


def _best(question: str, library: Library, documents: Mapping[str, Document], similarity) -> list[Candidate]:
    asked = analyse(question)
    hits = library.search(question, library.settings.limit)
    return candidates(asked, hits, documents, frequency=library.frequency(asked.terms), similarity=similarity)[:READ_CLOSELY]


def _rows(case: Case, question: str, best: list[Candidate], documents: Mapping[str, Document], *, fold: str) -> Iterator[Row]:
    for number, spans in windows([(one.passage, (one.start, one.end)) for one in best]):
        document, begin = documents[number], spans[0][0]
        golds = [gold for gold in case.gold if gold.document == document.name]
        gold = tuple(i for i, (start, end) in enumerate(spans) if any(g.start < end and start < g.end for g in golds))
        yield Row(question=question, text=document.text[begin:spans[-1][1]], sentences=tuple((start - begin, end - begin) for start, end in spans),
                  gold=gold, answers=bool(gold), span=_words(case, document.text, [spans[i] for i in gold], begin) if gold else (),
                  fold=fold, origin="news")


def _words(case: Case, text: str, spans: list[tuple[int, int]], begin: int) -> tuple[int, int] | None:
    """The offsets, from `begin`, of the answer's words in one of the sentences; None where they do not stand there so."""
    for start, end in spans:
        for answer in case.answers:
            place = text.lower().find(answer.lower(), start, end)
            if place >= 0:
                return place - begin, place - begin + len(answer)
    return None
