"""The peer: LlamaIndex's VectorStoreIndex over Chroma, its default splitter, the same embedding. Needs the development dependencies."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from eval.bench.sets import Place
from qa.embedding import Embedder

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding


class LlamaIndexChroma:
    """See `eval.bench.systems.System`. The documents' names travel as metadata that is not embedded."""

    name = "LlamaIndex + Chroma"

    def __init__(self, texts: Mapping[str, str], folder: Path, embedder: Embedder):
        from llama_index.core import Document, StorageContext, VectorStoreIndex

        prepare_splitter()
        self._texts = texts
        self._model = as_llama_index(embedder)
        documents = [Document(text=text, metadata={"name": name}, excluded_embed_metadata_keys=["name"]) for name, text in texts.items()]
        storage = StorageContext.from_defaults(vector_store=chroma_store(folder))
        self._index = VectorStoreIndex.from_documents(documents, storage_context=storage, embed_model=self._model)

    def find(self, question: str, wanted: int) -> list[Place]:
        retriever = self._index.as_retriever(similarity_top_k=wanted)
        return [self._place(found.node) for found in retriever.retrieve(question)]

    def _place(self, node) -> Place:
        name, text = node.metadata["name"], node.text
        start = self._texts[name].find(text)  # its own offsets go wrong where a text repeats
        start = start if start >= 0 else node.start_char_idx or 0
        return Place(name, start, start + len(text))


def prepare_splitter() -> None:
    """Loads what LlamaIndex's default splitter needs. With it, it reads a list of stopwords that it does not use; where nltk refuses
    that file (it refuses hard links, which is how uv installs), the splitter is there all the same."""
    from llama_index.core.utils import globals_helper

    with suppress(PermissionError):
        assert globals_helper.punkt_tokenizer


def chroma_store(folder: Path):
    """LlamaIndex's vector store over a new Chroma collection in `folder`."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(path=str(folder), settings=ChromaSettings(anonymized_telemetry=False, is_persistent=True))
    return ChromaVectorStore(chroma_collection=client.get_or_create_collection("peer", embedding_function=None))


def as_llama_index(embedder: Embedder, *, batch: int = 512) -> "BaseEmbedding":
    """The embedding as a llama-index class, `batch` texts in one call (llama-index itself hands over 10)."""
    from llama_index.core.base.embeddings.base import BaseEmbedding

    class Same(BaseEmbedding):
        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return embedder.embed(texts).tolist()

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_query_embedding(self, query: str) -> list[float]:
            return embedder.embed_question(query).tolist()

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return Same(model_name=embedder.name, embed_batch_size=batch)
