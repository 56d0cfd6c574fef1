"""Finds passages: by words in the manifest, by meaning in Chroma, then each found one is compared with the question closely."""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from qa.embedding import Embedder
from qa.library.asking import clauses, is_in, months_named
from qa.library.closeness import Wanted, closeness, with_dates, with_parts
from qa.library.excerpts import cut, joined, sentence_values
from qa.library.fusion import with_quota
from qa.library.manifest import Manifest
from qa.library.vectors import Vectors
from qa.library.wording import code, words_asked
from qa.records import FoundBy, Hit
from qa.settings import Settings

CANDIDATES = 100
"""How many passages each of the two searches hands over."""
SCORED = 1000
"""Of how many passages, the best by words, the BM25 score is known; it counts as 0 for others that only the search by meaning found."""
EXACT = 2000
"""Up to this many passages pass a filter, their similarities are computed one by one; above, Chroma is asked for more and filtered."""
SMALL = 5000
"""A library with more passages than this is not searched for words that more than COMMON of them have, if the question has another."""
COMMON = 0.1

Frequencies = Mapping[str, int]


class _Ranked(NamedTuple):
    """What was found, by number: the scores, best first; the documents' ids; which search found it; and what was asked for."""

    scores: dict[int, float]
    documents: dict[int, str]
    found_by: dict[int, FoundBy]
    wanted: Wanted


class _Asked(NamedTuple):
    """What is wanted, and the numbers of the passages that the search by words and the search by meaning handed over."""

    wanted: Wanted
    by_words: set[int]
    near: dict[int, float]


class Searcher:
    """`repair` is called when Chroma's files turn out to be damaged; the search is then done once more."""

    def __init__(self, manifest: Manifest, vectors: Vectors, settings: Settings, *, embedder: Callable[[], Embedder], repair: Callable[[], None]):
        self._manifest = manifest
        self._vectors = vectors
        self._settings = settings
        self._embedder = embedder
        self._repair = repair
        # what is counted stays true as long as the library's revision does
        self._passages_with = lru_cache(maxsize=4096)(lambda word, revision: manifest.passages_with(word))
        self._total = lru_cache(maxsize=1)(lambda revision: manifest.passage_count())
        self._in_chroma = lru_cache(maxsize=1)(lambda revision: manifest.in_chroma())

    def passages(self, question: str, *, limit: int, documents: set[str] | None) -> list[Hit]:
        """The passages nearest to the question, best first, at most `limit`, of these documents (None: of all)."""
        ranked = self._ranked(question, documents)
        listed = [(number, ranked.documents[number], score) for number, score in ranked.scores.items()]
        chosen = with_quota(listed, limit=limit, per_document=self._settings.per_document)
        passages = self._manifest.passages(chosen)  # leaves out what another process has removed in between
        return [Hit(passage=passage, score=ranked.scores[n], found_by=ranked.found_by[n]) for n, passage in passages.items()]

    def excerpts(self, question: str, *, limit: int, documents: set[str] | None, exactness: float) -> list[Hit]:
        """See `Library.excerpts`."""
        ranked = self._ranked(question, documents)
        runs = joined(ranked.scores, ranked.documents, limit=limit)
        numbers = sorted({number for run in runs for number in run.reach()})
        around, passages = {c.number: c for c in self._manifest.candidates(numbers)}, self._manifest.passages(numbers)
        inside = [[n for n in run.reach() if n in passages and passages[n].document_id == run.document_id] for run in runs]
        if not any(inside):
            return []
        value = sentence_values([around[number] for number in sorted({n for some in inside for n in some})], ranked.wanted)
        least = exactness * max(max(values) for values in value.values())
        hits = []
        for run, some in zip(runs, inside, strict=True):
            document = self._manifest.document(run.document_id)
            if document and run.best in some:
                spans = [(span, v) for n in some for span, v in zip(passages[n].sentences, value[n], strict=True)]
                excerpt = cut(document, [passages[n] for n in some], spans, best=passages[run.best], least=least)
                hits.append(Hit(passage=excerpt, score=ranked.scores[run.best], found_by=ranked.found_by[run.best]))
        return hits

    def _ranked(self, question: str, documents: set[str] | None) -> "_Ranked":
        whole, *parts = [self._asked(text, documents) for text in (question, *clauses(question))]
        found = self._manifest.candidates(sorted(set().union(*(asked.by_words | asked.near.keys() for asked in (whole, *parts)))))
        weight = self._settings.meaning_weight
        scores = closeness(found, whole.wanted, meaning_weight=weight)
        if parts:
            scores = with_parts(scores, [closeness(found, part.wanted, meaning_weight=weight) for part in parts])
        months = months_named(question)
        if months:
            days = self._manifest.published({candidate.document_id for candidate in found})
            dated = {document for document, day in days.items() if any(is_in(day, month) for month in months)}
            scores = with_dates(scores, {candidate.number for candidate in found if candidate.document_id in dated})
        by_words, near = (set().union(*kinds) for kinds in zip(*((asked.by_words, asked.near) for asked in (whole, *parts)), strict=True))
        return _Ranked(
            scores={number: scores[number] for number in sorted(scores, key=lambda number: (-scores[number], number))},
            documents={candidate.number: candidate.document_id for candidate in found},
            found_by={candidate.number: _found_by(candidate.number, by_words, near) for candidate in found}, wanted=whole.wanted)

    def _asked(self, question: str, documents: set[str] | None) -> "_Asked":
        """Both searches for a question, or for a clause of one."""
        words = words_asked(question)
        seen, total = self.frequencies(words)
        if self._in_chroma(self._manifest.revision()):
            self._vectors.prepare()
        vector = self._embedder().embed_question(question)
        bm25 = self._by_words(searched(words, seen, total), documents)
        wanted = Wanted(vector=vector, bm25=bm25, rarity={code(stem): rarity(seen[stem], total) for stem in words})
        return _Asked(wanted=wanted, by_words=set(list(bm25)[:CANDIDATES]), near=self._nearest(vector, documents))

    def frequencies(self, words: Mapping[str, str]) -> tuple[dict[str, int], int]:
        """How many passages have each word, by its key, and how many passages there are."""
        revision = self._manifest.revision()
        return {key: self._passages_with(word, revision) for key, word in words.items()}, self._total(revision)

    def _by_words(self, words: list[str], documents: set[str] | None) -> dict[int, float]:
        """BM25 by number of the best SCORED passages; where many documents are allowed, those of the best SCORED of all that are theirs."""
        if documents is None or len(documents) <= EXACT:
            return self._manifest.find_words(words, limit=SCORED, documents=documents)
        found = self._manifest.find_words(words, limit=SCORED)
        inside = self._manifest.inside(list(found), documents)
        return {number: score for number, score in found.items() if number in inside}

    def _nearest(self, vector: np.ndarray, documents: set[str] | None) -> dict[int, float]:
        """Cosines by number of the passages nearest by meaning, at most CANDIDATES."""
        wanted = CANDIDATES
        if not self._in_chroma(self._manifest.revision()):  # nothing is embedded yet: the words alone find, at once
            return {}
        if documents is not None:
            inside, total = len(documents), self._manifest.count()  # of many documents, counting the passages would take long
            if inside <= EXACT:
                inside, total = self._manifest.passage_count(documents), self._manifest.passage_count()
                if inside <= EXACT:
                    return self._nearest_exactly(vector, documents)
            wanted = min(self._manifest.passage_count(), CANDIDATES * total * 2 // inside)
        found = self._ask_chroma(vector, wanted)
        numbers = self._manifest.numbers(list(found), documents)  # leaves out what the library no longer has
        near = {numbers[passage_id]: score for passage_id, score in found.items() if passage_id in numbers}
        return dict(list(near.items())[:CANDIDATES])

    def _ask_chroma(self, vector: np.ndarray, limit: int) -> dict[str, float]:
        try:
            return self._ask_chroma_once(vector, limit)
        except Vectors.Damaged:
            self._repair()
            return self._ask_chroma_once(vector, limit)

    def _ask_chroma_once(self, vector: np.ndarray, limit: int) -> dict[str, float]:
        # counted before Chroma is asked: it never has fewer than are marked as being there
        least = self._in_chroma(self._manifest.revision())
        return self._vectors.search(vector, limit=limit, at_least=least, version=self._manifest.version())

    def _nearest_exactly(self, vector: np.ndarray, documents: set[str]) -> dict[int, float]:
        numbers, vectors = self._manifest.vectors(documents)
        if not numbers:
            return {}
        similarities = vectors @ vector
        best = (-similarities).argsort(kind="stable")[:CANDIDATES]
        return {numbers[i]: float(similarities[i]) for i in best}


def searched(words: Mapping[str, str], seen: Frequencies, total: int) -> list[str]:
    """The words that the keyword index is asked for: all in a small library, in a large one those that are not common. They only
    choose the candidates; how near these are, all words tell."""
    known = {stem: word for stem, word in words.items() if seen[stem]}
    if total <= SMALL:
        return list(known.values())
    rare = [word for stem, word in known.items() if seen[stem] <= COMMON * total]
    return rare or [known[stem] for stem in sorted(known, key=lambda stem: seen[stem])[:1]]


def rarity(seen: int, total: int) -> float:
    """BM25's inverse document frequency, never below 0, of a word that `seen` of `total` passages have."""
    return math.log(1 + max(0.0, total - seen + 0.5) / (seen + 0.5))


def _found_by(number: int, words: set[int], near: set[int]) -> FoundBy:
    if number in words and number in near:
        return "both"
    return "words" if number in words else "meaning"
