"""Close reading: what the trained reader makes of the sentences that are best by words and meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from qa.records import Document, Passage

if TYPE_CHECKING:
    from qa.reader import Read

BESIDE = 1
"""How many sentences before and after one that is read go with it, for what "he" and "these" point to."""
MOST = 10.0
"""Logits beyond this count as this."""
SURE = 1.0
"""From which `Closely.sure` on words are marked as the answer."""
ELSEWHERE = -10.0
"""`Closely.sure` of a sentence that does not hold the best words of its window."""


class Reads(Protocol):
    """`qa.reader.Reader.read`: a question, texts and the sentences of each; one Read for each text."""

    def __call__(self, question: str, texts: Sequence[str], sentences: Sequence[Sequence[tuple[int, int]]]) -> "list[Read]": ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Closely:
    """One sentence as read: `answers` is a logit that it answers, `window` that it or a sentence beside it does, `sure` by how much
    its best words are preferred to "no answer" (ELSEWHERE where the window's best words are not in it), all within MOST of 0.
    `words` are those words' offsets in the document, None where they are elsewhere."""

    answers: float
    window: float
    sure: float
    words: tuple[int, int] | None

    @property
    def answering(self) -> tuple[int, int] | None:
        """The words to mark as the answer: None unless the reader is SURE of them."""
        return self.words if self.sure >= SURE else None


def read_closely(question: str, chosen: Sequence[tuple[Passage, tuple[int, int]]], documents: Mapping[str, Document],
                 reads: Reads) -> dict[tuple[str, int], Closely]:
    """The reader's view of each chosen sentence, by document id and start; sentences near each other are read as one text."""
    parts = windows(chosen)
    texts = [documents[document].text[spans[0][0] : spans[-1][1]] for document, spans in parts]
    inside = [[(start - spans[0][0], end - spans[0][0]) for start, end in spans] for _, spans in parts]
    found = {}
    for (document, spans), read in zip(parts, reads(question, texts, inside) if texts else [], strict=True):
        words = (spans[0][0] + read.words[0], spans[0][0] + read.words[1])
        for (start, end), score in zip(spans, read.sentences, strict=True):
            here = start <= words[0] < end
            found[document, start] = Closely(answers=_within(score), window=_within(read.answers), words=words if here else None,
                                             sure=_within(read.sure) if here else ELSEWHERE)
    return found


def windows(chosen: Sequence[tuple[Passage, tuple[int, int]]]) -> list[tuple[str, list[tuple[int, int]]]]:
    """Runs of neighbouring sentences, each chosen one with BESIDE on either side, as (document id, spans), in order of passages."""
    wanted: dict[str, tuple[Passage, set[int]]] = {}
    for passage, span in chosen:
        place = passage.sentences.index(span)
        _, places = wanted.setdefault(passage.id, (passage, set()))
        places.update(range(max(0, place - BESIDE), min(len(passage.sentences), place + BESIDE + 1)))
    found = []
    for passage, places in wanted.values():
        for place in sorted(places):
            if place - 1 in places:
                found[-1][1].append(passage.sentences[place])
            else:
                found.append((passage.document_id, [passage.sentences[place]]))
    return found


def _within(logit: float) -> float:
    return max(-MOST, min(MOST, logit))
