"""Which sentences of the library are about a topic: by its words, the rare ones heavier, and by meaning."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.answering.matching import matches, said, words_of
from qa.answering.meaning import SentenceVectors
from qa.answering.question import Asked, analyse
from qa.answering.stated import Quoted
from qa.library import Library
from qa.records import Document, Filters, Hit, Passage

READ = 60
"""How many passages are read for a topic."""
ABOUT = 0.6
"""Share of the topic's words, by weight, from which a sentence is about it."""
NEAR = 0.35
"""The same where the sentence is also near in meaning."""
TOUCHES = 0.15
"""The same for a sentence that only touches on the topic."""
LIKE = 0.5
"""Cosine of topic and sentence from which it is near in meaning."""
BESIDE = 0.5
"""How much a word of the topic counts that only the heading, the title or the sentence before says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A sentence about a topic: the share of the topic's words it says, in [0, 1], and its cosine with the topic."""

    quoted: Quoted
    share: float
    alike: float

    @property
    def strength(self) -> float:
        """The two together, in [-1, 2]."""
        return self.share + self.alike


def about(library: Library, topic: str, filters: Filters = Filters(), *, loose: bool = False) -> list[Found]:
    """The sentences about `topic` in the passages found for it, in the order found; `loose` takes those that only touch on it too."""
    hits = library.search(topic, READ, filters)
    documents = {document.id: document for document in library.documents(filters, {hit.passage.document_id for hit in hits})}
    asked, vectors = analyse(topic), SentenceVectors(library.embedder())
    weights = _weights(library, asked)
    least = TOUCHES if loose else NEAR
    likely = [(quoted, share) for quoted in _sentences(hits, documents) if (share := _share(asked, weights, quoted)) >= least]
    near = vectors.similarity(topic, [quoted.text for quoted, _ in likely]) if likely else []
    found = [Found(quoted=quoted, share=share, alike=alike) for (quoted, share), alike in zip(likely, near, strict=True)]
    return [one for one in found if loose or (one.share >= ABOUT or one.alike >= LIKE) and _named(asked, one.quoted)]


def _named(asked: Asked, quoted: Quoted) -> bool:
    """Whether the sentence, or what stands before it, says a word of the topic itself, and at least half of its names."""
    near = words_of(" ".join([*_before(quoted), quoted.text]))
    missing = [name for name in asked.names if not any(matches(term, near) for term in words_of(name.core))]
    return any(term in near for term in asked.terms) and len(missing) * 2 <= len(asked.names)


def _before(quoted: Quoted) -> list[str]:
    """The title, the heading and the sentence before."""
    before = [quoted.document.text[start:end] for start, end in quoted.passage.sentences if end <= quoted.start][-1:]
    return [quoted.document.title, quoted.passage.heading, *before]


def _sentences(hits: Sequence[Hit], documents: Mapping[str, Document]) -> Iterator[Quoted]:
    for hit in hits:
        document = documents.get(hit.passage.document_id)
        yield from sentences_of(hit.passage, document) if document else ()


def sentences_of(passage: Passage, document: Document) -> Iterator[Quoted]:
    """The sentences of a passage without its heading: that names a subject and says nothing about it."""
    for start, end in passage.sentences:
        if document.text[start:end].strip("#* ") != passage.heading:
            yield Quoted(document=document, passage=passage, start=start, end=end)


def _weights(library: Library, asked: Asked) -> dict[str, float]:
    """The weight of each word of the topic: the rarer in the library the heavier, in (0, 1]."""
    frequency, total = library.frequency(asked.terms)
    return {term: 1 - 0.8 * frequency.get(term, 0) / max(1, total) for term in asked.terms}


def _share(asked: Asked, weights: Mapping[str, float], quoted: Quoted) -> float:
    """Share of the topic's words, by weight, that the sentence says; what is only said around it counts BESIDE."""
    here = words_of(quoted.text)
    around = words_of(" ".join(_before(quoted)))
    told = sum(w * max(said(t, asked.terms[t], here), BESIDE * said(t, asked.terms[t], around)) for t, w in weights.items())
    return told / sum(weights.values()) if weights else 0.0
