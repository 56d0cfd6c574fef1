"""Texts to vectors: MiniLM on a CPU (default), static word vectors, or any llama-index embedding class.

`open_embedder` is the only way in; each kind has a file of its own, and none is imported before it is chosen.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from qa.errors import SettingsError
from qa.records import Progress
from qa.settings import Settings

if TYPE_CHECKING:
    import numpy

OnProgress = Callable[[Progress], None]
SentenceSpans = Sequence[Sequence[tuple[int, int]]]
"""For each text the spans of its sentences, as offsets into it."""


class Embedder(Protocol):
    """What every embedding offers. Vectors have length 1 (0 for a text without a known word), so their dot product is
    the cosine similarity. `name` tells the model and a digest of its weights: equal names give equal vectors."""

    name: str
    dimensions: int

    def embed(self, texts: Sequence[str], on_progress: OnProgress | None = None) -> "numpy.ndarray":
        """The vectors of texts to be searched: float32, [number of texts, dimensions], in the order given."""

    def embed_question(self, question: str) -> "numpy.ndarray":
        """The vector of a question: float32, [dimensions]. Some models embed questions otherwise than passages."""


@runtime_checkable
class EmbedsSentences(Protocol):
    """What an embedding may offer beside `Embedder`: the sentences' vectors for little more than the texts' own."""

    def embed_with_sentences(self, texts: Sequence[str], sentences: SentenceSpans,
                             on_progress: OnProgress | None = None) -> "tuple[numpy.ndarray, list[numpy.ndarray]]":
        """The vectors of the texts, as `embed` gives them, and for each text those of its sentences: float32, [sentences, dimensions]."""


def open_embedder(settings: Settings) -> Embedder:
    """The embedding that `settings.embedding` names, ready to use with `settings.threads` threads (0: one for each core).

    Raises SettingsError when there is no such embedding or it is not installed, QAError when its files are damaged.
    """
    if settings.embedding in ("minilm", "minilm-int8"):
        from qa.embedding.minilm import open_minilm

        return open_minilm(settings.threads, integers=settings.embedding == "minilm-int8")
    if settings.embedding == "static":
        from qa.embedding.static import open_static

        return open_static()
    if ":" in settings.embedding:
        from qa.embedding.plugin import open_plugin

        return open_plugin(settings.embedding)
    raise SettingsError(
        f"there is no embedding {settings.embedding!r}",
        'Use "minilm", "minilm-int8", "static", or "package.module:Class" of a llama-index embedding class.',
    )
