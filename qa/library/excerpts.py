"""Excerpts: runs of sentences cut out around what matches a question, from passages that were ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.library.closeness import SENTENCE_SCALE, Candidate, Wanted, sentences_saying
from qa.records import Document, Passage

EXACTNESS = 0.5
READ = 40
"""How many passages, the best, may become part of an excerpt."""
BESIDE_THE_BEST = 0.6
"""The least score of such a passage, as a share of the best one's."""
GAP = 1
"""Passages of one document with at most so many others between them become one excerpt."""
LONGEST = 5
"""How many passages an excerpt spans at most, before its reach on either side."""
REACH = 1
"""How many passages before and after are read for sentences that belong to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Passages `first` to `last` (numbers) of a document; `best` is the one with the highest score."""

    document_id: str
    first: int
    last: int
    best: int

    def reach(self) -> range:
        """The numbers of the passages whose sentences are looked at; some may be another document's."""
        return range(self.first - REACH, self.last + REACH + 1)


def joined(scores: Mapping[int, float], documents: Mapping[int, str], *, limit: int) -> list[Run]:
    """The best passages (`scores` is in order, best first), near ones of a document joined, at most `limit` runs, best first."""
    runs: list[Run] = []
    best = next(iter(scores.values()), 0.0)
    for number, score in list(scores.items())[:READ]:
        if score < BESIDE_THE_BEST * best:
            break
        runs = _with(number, documents[number], runs, limit=limit)
    return runs


def _with(number: int, document_id: str, runs: list[Run], *, limit: int) -> list[Run]:
    """The runs with this passage joined to those near it, or as a run of its own; left out when there is no place for it."""
    near = [run for run in runs if run.document_id == document_id and run.first - 1 - GAP <= number <= run.last + 1 + GAP]
    first, last = min([number, *(run.first for run in near)]), max([number, *(run.last for run in near)])
    if near and last - first < LONGEST:
        whole = Run(document_id=document_id, first=first, last=last, best=near[0].best)
        return [whole if run is near[0] else run for run in runs if run is near[0] or run not in near]
    if any(run.first <= number <= run.last for run in near) or len(runs) >= limit:
        return runs
    return [*runs, Run(document_id=document_id, first=number, last=number, best=number)]


def sentence_values(candidates: Sequence[Candidate], wanted: Wanted) -> dict[int, list[float]]:
    """For each passage, by number, the value of its sentences: half the cosine, as a share of the largest here, and half the share
    of the question's words (rare ones count more) that it says. Without sentence vectors the words alone count."""
    said, begins = sentences_saying(candidates, wanted.rarity)
    total = sum(wanted.rarity.values()) or 1.0
    shares = said @ (np.array([wanted.rarity[code] for code in sorted(wanted.rarity)]) / total)
    near = [c.sentences.astype(np.float32) @ wanted.vector / SENTENCE_SCALE if len(c.sentences) else None for c in candidates]
    largest = max((float(cosines.max()) for cosines in near if cosines is not None), default=0.0)
    values = {}
    for candidate, cosines, share in zip(candidates, near, np.split(shares, begins[1:]), strict=True):
        meaning = share if cosines is None or largest <= 0 else cosines / largest
        values[candidate.number] = (0.5 * meaning + 0.5 * share).tolist()
    return values


def trimmed(values: Sequence[float], *, least: float) -> slice:
    """From the first to the last sentence with at least this value; the best one where none has."""
    good = [position for position, value in enumerate(values) if value >= least]
    if not good and values:
        good = [max(range(len(values)), key=lambda position: values[position])]
    return slice(good[0], good[-1] + 1) if good else slice(0, 0)


def apart_from(skipped: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]], *, place: int) -> list[tuple[int, int]]:
    """Of the sentences those with nothing `skipped` between them and the offset `place`: what is no content is never in an excerpt."""
    low = max([end for start, end in skipped if end <= place], default=0)
    high = min([start for start, end in skipped if start > place], default=spans[-1][1])
    return [span for span in spans if low <= span[0] and span[1] <= high]


def cut(document: Document, passages: Sequence[Passage], valued: Sequence[tuple[tuple[int, int], float]], *, best: Passage, least: float) -> Passage:
    """The excerpt of `document` out of the sentences of `passages`, each with its value, around the passage `best`; its page and
    heading are those of the passage in which it begins."""
    near = set(apart_from(document.skipped, [span for span, _ in valued], place=best.start))
    valued = [(span, value) for span, value in valued if span in near]
    kept = [span for span, _ in valued][trimmed([value for _, value in valued], least=least)]
    start, end = kept[0][0], kept[-1][1]
    first = next(passage for passage in passages if passage.start <= start < passage.end)
    return Passage(id=f"{document.id}:{start}-{end}", document_id=document.id, text=document.text[start:end], start=start, end=end,
                   page=first.page, heading=first.heading, sentences=tuple(kept))
