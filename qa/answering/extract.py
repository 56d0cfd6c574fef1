"""The default answerer: the sentences that answer the question, verbatim. No model writes anything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.answering.closely import Reads, read_closely
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
ANSWERS = 0.3
"""The least probability with which a sentence counts as an answer; when the best one has less, nothing answers."""
UNREAD = 0.28
"""The same where no reader has read the sentence."""
BESIDE_THE_BEST = 0.4
"""Beside an answer, the best sentence of another document, which may be another side, needs only this share of its probability."""

Similarity = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence at `start` to `end` of `document`, and how probable it is, in [0, 1], that it answers."""

    document: Document
    passage: Passage
    start: int
    end: int
    probability: float
    features: Features

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def answering(self) -> tuple[int, int] | None:
        """The words that answer, as offsets in the document; None where no reader is sure of any."""
        return self.features.closely.answering if self.features.closely else None


def candidates(asked: Asked, hits: Sequence[Hit], documents: Mapping[str, Document], *, frequency: tuple[Mapping[str, int], int],
               similarity: Similarity, reads: Reads | None = None) -> list[Candidate]:
    """Every sentence of the hits that is worth a closer look, most probable first.

    `frequency` is how many passages of the library have each question stem, and how many passages there are.
    `similarity` gives the cosine of the question with each sentence, the title before it. With `reads` (the trained reader)
    the best READ_CLOSELY of them are read closely and no others remain.
    """
    weights = rarities(asked, *frequency)
    first = [(hit, span, around) for hit in hits for span, around in _sentences(hit.passage, documents[hit.passage.document_id], asked)]
    by_words = [features(asked, around, weights, meaning=0.0) for _, _, around in first]
    order = sorted(range(len(first)), key=lambda i: (-probability(by_words[i]), i))[:COMPARED]
    meanings = _meanings(asked, [first[i][2] for i in order], similarity)
    found = []
    for i, meaning in zip(order, meanings, strict=True):
        hit, (start, end), _ = first[i]
        complete = by_words[i].with_meaning(float(meaning))
        found.append(Candidate(document=documents[hit.passage.document_id], passage=hit.passage, start=start, end=end,
                               probability=probability(complete), features=complete))
    found.sort(key=_rank)
    return sorted(_read(asked, found[:READ_CLOSELY], reads), key=_rank) if reads else found


def _rank(candidate: Candidate) -> tuple:
    return -candidate.probability, candidate.document.name, candidate.start


def _read(asked: Asked, found: Sequence[Candidate], reads: Reads) -> list[Candidate]:
    """The candidates with what the reader makes of them, and the probability that follows."""
    documents = {candidate.document.id: candidate.document for candidate in found}
    closely = read_closely(asked.text, [(c.passage, (c.start, c.end)) for c in found], documents, reads)
    complete = [replace(c.features, closely=closely[c.document.id, c.start]) for c in found]
    return [replace(c, features=f, probability=probability(f)) for c, f in zip(found, complete, strict=True)]


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
        and not text.rstrip("\"'”’*_ ").endswith("?")  # an interviewer's question answers none
        and not any(start < spans[i][1] and spans[i][0] < end for start, end in orders)  # nor is what tells a program to say so evidence
    ]
