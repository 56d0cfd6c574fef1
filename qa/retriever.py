"""The library as a llama-index retriever and the assistant as a llama-index query engine, for pipelines built with llama-index.

Neither asks llama-index for a language model or an embedding, so nothing leaves the machine and no key is needed.
"""

import asyncio
from typing import TYPE_CHECKING

from qa.records import Answer, Citation, Document, Filters, Hit, Passage
from qa.render import cited, date_text, to_jsonable

if TYPE_CHECKING:  # the real imports cost time that only users of llama-index should spend
    from llama_index.core.base.base_query_engine import BaseQueryEngine
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.response.schema import Response
    from llama_index.core.schema import NodeWithScore, QueryBundle

    from qa.assistant import Assistant
    from qa.library import Library

_FOR_PROGRAMS = ("start", "end", "quote_start", "quote_end", "quote", "marker", "published_precision")
"""Metadata that llama-index leaves out of what it shows to models: offsets say nothing to them."""
_IN_RESPONSE = ("status", "searched_for", "statements", "withheld", "disagreements", "silent", "model")


def as_retriever(library: "Library", *, limit: int = 10, filters: Filters = Filters()) -> "BaseRetriever":
    """A llama-index retriever over the library: at most `limit` passages that pass `filters`, best first.

    Each node has the passage's id and text, its score in [0, 1], the document as its source node, and as metadata `document`
    (its name), `title`, `outlet`, `published` (an ISO date as precise as known, "" without one), `published_precision`, `start`
    and `end` (offsets in the document's text) and `page` (None without pages). Raises what `Library.search` raises.
    """
    from llama_index.core.base.base_retriever import BaseRetriever

    class LibraryRetriever(BaseRetriever):
        def _retrieve(self, query_bundle: "QueryBundle") -> "list[NodeWithScore]":
            documents = {document.id: document for document in library.documents(filters)}
            hits = library.search(query_bundle.query_str, limit, filters)
            return [_found(hit, documents[hit.passage.document_id]) for hit in hits if hit.passage.document_id in documents]

        async def _aretrieve(self, query_bundle: "QueryBundle") -> "list[NodeWithScore]":
            return await asyncio.to_thread(self._retrieve, query_bundle)

    return LibraryRetriever()


def as_query_engine(assistant: "Assistant", *, filters: Filters = Filters()) -> "BaseQueryEngine":
    """A llama-index query engine that asks the assistant; every question stands alone.

    The response's text is `Answer.text`. Its source nodes are the printed citations by marker, each the cited passage with the
    retriever's metadata and `marker`, `quote`, `quote_start` and `quote_end`. Its metadata is the Answer's `status`,
    `searched_for`, `statements`, `withheld`, `disagreements`, `silent` and `model`, as in `--json`. Raises what `Assistant.ask` raises.
    """
    from llama_index.core.base.base_query_engine import BaseQueryEngine

    class AssistantQueryEngine(BaseQueryEngine):
        def _get_prompt_modules(self) -> dict:
            return {}

        def _query(self, query_bundle: "QueryBundle") -> "Response":
            return _response(assistant.ask(query_bundle.query_str, filters=filters))

        async def _aquery(self, query_bundle: "QueryBundle") -> "Response":
            return await asyncio.to_thread(self._query, query_bundle)

    return AssistantQueryEngine(callback_manager=None)


def _found(hit: Hit, document: Document) -> "NodeWithScore":
    passage = hit.passage
    return _node(passage.id, passage.text, _about(document) | _place(passage), score=hit.score, document_id=document.id)


def _response(answer: Answer) -> "Response":
    from llama_index.core.base.response.schema import Response

    metadata = {name: to_jsonable(getattr(answer, name)) for name in _IN_RESPONSE}
    return Response(response=answer.text, source_nodes=[_source(citation, answer) for citation in cited(answer)], metadata=metadata)


def _source(citation: Citation, answer: Answer) -> "NodeWithScore":
    """A citation as a node: the passage it stands in, or the quote alone where it reaches across passages."""
    def holds(hit: Hit) -> bool:
        return hit.passage.document_id == citation.document and hit.passage.start <= citation.start and citation.end <= hit.passage.end

    hit = next((hit for hit in answer.hits if holds(hit)), None)
    quoted = {"quote": citation.quote, "quote_start": citation.start, "quote_end": citation.end, "marker": citation.marker}
    place = _place(hit.passage) if hit else {"start": citation.start, "end": citation.end, "page": citation.page}
    return _node(f"{citation.document}:{citation.start}-{citation.end}", hit.passage.text if hit else citation.quote,
                 _about(citation) | place | quoted, score=hit.score if hit else None, document_id=citation.document)


def _about(source: Document | Citation) -> dict:
    return {"document": source.name, "title": source.title, "outlet": source.outlet,
            "published": date_text(source.published, source.published_precision) if source.published else "",
            "published_precision": source.published_precision}


def _place(passage: Passage) -> dict:
    return {"start": passage.start, "end": passage.end, "page": passage.page}


def _node(node_id: str, text: str, metadata: dict, *, score: float | None, document_id: str) -> "NodeWithScore":
    from llama_index.core.schema import NodeRelationship, NodeWithScore, RelatedNodeInfo, TextNode

    hidden = [name for name in _FOR_PROGRAMS if name in metadata]
    node = TextNode(
        id_=node_id, text=text, metadata=metadata, start_char_idx=metadata["start"], end_char_idx=metadata["end"],
        excluded_embed_metadata_keys=hidden, excluded_llm_metadata_keys=hidden,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=document_id)},
    )
    return NodeWithScore(node=node, score=score)
