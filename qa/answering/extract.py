"""The default answerer: the sentences that answer the question, verbatim. No model writes anything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.answering.closely import HESITANT, LEANING, SURE, Closely, Reads, read_closely
from qa.answering.evidence import Features, features, probability, rarities
from qa.answering.forms import Around
from qa.answering.question import Asked
from qa.attribution import attribute
from qa.language.orders import instructions
from qa.records import Document, Hit, Passage

COMPARED = 20
"""How many sentences, the best by words and place, are compared with the question by meaning."""
READ_CLOSELY = 8
"""How many of these, the best by then, the trained reader reads."""
ANSWERS = 0.35
"""The least probability with which a sentence counts as an answer; when the best one has less, nothing answers."""
UNREAD = 0.28
"""The same where no reader has read the sentence."""
BESIDE_THE_BEST = 0.4
"""Beside an answer, the best sentence of another document, which may be another side, needs only this share of its probability."""

Similarity = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence at `start` to `end` of `document`, and how probable it is, in [0, 1], that it answers; `least_sure` is from where on the
    reader's choice of words counts (see `qa.answering.closely.Closely.sure`)."""

    document: Document
    passage: Passage
    start: int
    end: int
    probability: float
    features: Features
    least_sure: float = SURE

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def place(self) -> tuple[str, int]:
        """The document and where the sentence begins."""
        return self.document.id, self.start

    @property
    def answering(self) -> tuple[int, int] | None:
        """The words that answer, as offsets in the document; None where no reader is sure of any."""
        read = self.features.closely
        return read.words if read and read.sure >= self.least_sure else None

    def other_side(self) -> "Candidate":
        """The same as it counts beside an answer: the words that the reader takes for one, if for any, may be another side's."""
        read = self.features.closely
        return replace(self, least_sure=HESITANT) if read and read.answers >= LEANING else self


def candidates(asked: Asked, hits: Sequence[Hit], documents: Mapping[str, Document], *, frequency: tuple[Mapping[str, int], int],
               similarity: Similarity, reads: Reads | None = None) -> list[Candidate]:
    """Every sentence of the hits that is worth a closer look, most probable first.

    `frequency` is how many passages of the library have each question stem, and how many passages there are.
    `similarity` gives the cosine of the question with each sentence, the title before it. With `reads` (the trained reader)
    the best READ_CLOSELY of them are read closely, and only they remain and those beside them that the reader takes for answers.
    """
    weights = rarities(asked, *frequency)
    sentences = [(hit.passage, span, around) for hit in hits for span, around in _sentences(hit.passage, documents[hit.passage.document_id], asked)]
    by_words = [features(asked, around, weights, meaning=0.0) for _, _, around in sentences]

    def compared(numbers: Sequence[int]) -> list[Candidate]:
        meanings = _meanings(asked, [sentences[i][2] for i in numbers], similarity)
        return [_candidate(*sentences[i][:2], documents, by_words[i].with_meaning(float(meaning))) for i, meaning in zip(numbers, meanings, strict=True)]

    found = sorted(compared(sorted(range(len(sentences)), key=lambda i: (-probability(by_words[i]), i))[:COMPARED]), key=_rank)
    if not reads:
        return found
    found = found[:READ_CLOSELY]
    closely = read_closely(asked.text, [(c.passage, (c.start, c.end)) for c in found], documents, reads)
    chosen = {c.place for c in found}
    beside = [i for i, (passage, (start, _), _) in enumerate(sentences)
              if (place := (passage.document_id, start)) not in chosen and place in closely and closely[place].answers >= LEANING]
    return sorted((_as_read(c, closely[c.place]) for c in [*found, *compared(beside)]), key=_rank)


def _candidate(passage: Passage, span: tuple[int, int], documents: Mapping[str, Document], found: Features) -> Candidate:
    return Candidate(document=documents[passage.document_id], passage=passage, start=span[0], end=span[1], probability=probability(found),
                     features=found)


def _as_read(candidate: Candidate, closely: Closely) -> Candidate:
    """The candidate with what the reader makes of it, and the probability that follows."""
    complete = replace(candidate.features, closely=closely)
    return replace(candidate, features=complete, probability=probability(complete))


def _rank(candidate: Candidate) -> tuple:
    return -candidate.probability, candidate.document.name, candidate.start


def _meanings(asked: Asked, arounds: Sequence[Around], similarity: Similarity) -> list[float]:
    """The cosine of the question with each sentence, alone or with its title before it, whichever is nearer."""
    if not arounds:
        return []
    both = similarity(asked.text, [text for around in arounds for text in (around.sentence, around.in_context())])
    return [max(alone, titled) for alone, titled in zip(both[::2], both[1::2], strict=True)]


def choose(found: Sequence[Candidate], *, most: int) -> list[Candidate]:
    """The candidates to print, most probable first, at most `most`; none when not even the best one answers.

    Each document's best sentence comes before a document's second, so that one document cannot crowd out another that
    says something else, and beside an answer need not reach ANSWERS itself; near-identical sentences of different documents
    all stay, for the difference may be the point.
    """
    if not found or not _answers(found[0]):
        return []
    least = found[0].probability * BESIDE_THE_BEST
    firsts: dict[str, Candidate] = {}
    further = []
    seen: set[tuple[str, str]] = set()
    for candidate in (candidate for candidate in found if candidate.probability >= least):
        key = (candidate.document.id, " ".join(candidate.text.lower().split()))
        if candidate.document.id not in firsts:
            firsts[candidate.document.id] = candidate
        elif key not in seen and _answers(candidate):
            further.append(candidate)
        seen.add(key)
    chosen = [*firsts.values(), *further][:most]
    return sorted(chosen, key=_rank)


def _answers(candidate: Candidate) -> bool:
    return candidate.probability >= (ANSWERS if candidate.features.closely else UNREAD)


def _sentences(passage: Passage, document: Document, asked: Asked) -> list[tuple[tuple[int, int], Around]]:
    spans = passage.sentences
    texts = [document.text[start:end] for start, end in spans]
    about = f"{document.title} {passage.heading}"
    orders = [(passage.start + start, passage.start + end) for start, end in instructions(passage.text)]
    return [
        (spans[i], Around(sentence=text, before=texts[i - 1] if i else "", after=texts[i + 1] if i + 1 < len(texts) else "", about=about,
                          passage=passage.text, document=document.text, published=document.published,
                          speaker=attribute(document, *spans[i]).speaker if asked.kind in ("said", "who_said", "who") else ""))
        for i, text in enumerate(texts)
        if text.strip("#* ") != passage.heading  # a heading names a subject and says nothing about it
        and any(map(str.isalpha, text))  # nor does a line with a date alone
        and not text.rstrip("\"'”’*_ ").endswith("?")  # an interviewer's question answers none
        and not any(start < spans[i][1] and spans[i][0] < end for start, end in orders)  # nor is what tells a program to say so evidence
    ]
