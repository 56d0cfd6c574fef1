"""Close reading: what the trained reader makes of the sentences that are best by words and meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from qa.records import Document, Passage

if TYPE_CHECKING:
    from qa.reader import Read

BESIDE = 1
"""How many sentences before and after one that is read go with it, for what "he" and "these" point to."""
LONGEST_TITLE = 150
"""Characters of a title that are read."""
MOST = 10.0
"""Logits beyond this count as this."""
SURE = 1.0
"""From which `Closely.sure` on words are marked as the answer."""
HESITANT, LEANING = -1.5, 0.0
"""From which `Closely.sure` on, and from which `Closely.answers` of the sentence, words beside a sure answer may be another side's: the reader
knows one text at a time, and "the guild says 39,800" answers only beside "the company's figure is 46,300 crowns a year"."""


class Reads(Protocol):
    """`qa.reader.Reader.read`: a question, texts and the sentences of each; one Read for each text."""

    def __call__(self, question: str, texts: Sequence[str], sentences: Sequence[Sequence[tuple[int, int]]]) -> "list[Read]": ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Closely:
    """One sentence as read: `answers` is a logit that it answers, `window` that it or a sentence beside it does, `sure` by how much
    its best words are preferred to "no answer", `against` a logit that it contradicts what was read as the question, all within MOST of 0.
    `words` are those words' offsets in the document, None where the sentence was too far back to be read."""

    answers: float
    window: float
    sure: float
    words: tuple[int, int] | None
    against: float


def read_closely(question: str, chosen: Sequence[tuple[Passage, tuple[int, int]]], documents: Mapping[str, Document],
                 reads: Reads) -> dict[tuple[str, int], Closely]:
    """The reader's view of each chosen sentence, by document id and start; sentences near each other are read as one text."""
    parts = windows(chosen)
    texts, inside, begins = [], [], []
    for number, spans in parts:
        document, title = documents[number], heading(documents[number].title)
        begins.append(spans[0][0] - len(title))
        texts.append(title + document.text[spans[0][0] : spans[-1][1]])
        inside.append([(start - begins[-1], end - begins[-1]) for start, end in spans])
    found = {}
    for (number, spans), begin, read in zip(parts, begins, reads(question, texts, inside) if texts else [], strict=True):
        for (start, _), one in zip(spans, read.sentences, strict=True):
            words = (begin + one.words[0], begin + one.words[1]) if one.words else None
            found[number, start] = Closely(answers=_within(one.answers), window=_within(read.answers), sure=_within(one.sure), words=words,
                                           against=_within(one.against))
    return found


def heading(title: str) -> str:
    """What a text is read under, in training as in use: its document's title, which says what "the bridge" is that the text speaks of."""
    return f"{' '.join(title.split())[:LONGEST_TITLE]}. " if title else ""


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
