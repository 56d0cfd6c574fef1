"""The library inside llama-index: a retriever and a query engine that ask llama-index for no model."""

import asyncio

import pytest

from qa.assistant import Assistant
from qa.library import Library
from qa.records import Filters
from qa.retriever import as_query_engine, as_retriever
from qa.testing import TinyEmbedder

DOCUMENTS = {
    "bridge.md": "---\ntitle: The Halden bridge\npublished: 2031-05\noutlet: Halden Post\n---\n\n"
                 "The Halden bridge closed on Friday. Engineer Mira Stolz said 14 cables were torn on the Halden bridge.\n\n"
                 "Repairs will cost 3 million crowns, the council said.\n",
    "bees.txt": "Beekeeper Jonas Wirth said 60 hives were lost in the Orla valley. The winter was long.\n",
}
QUESTION = "How many cables were torn on the Halden bridge?"


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library(tmp_path / "library", embedder=TinyEmbedder()) as library:
        library.add(folder)
        yield library


@pytest.fixture(params=["no key", "a key"])
def no_models(request, monkeypatch):
    """llama-index must not be asked for a model: with a key in the environment it would send documents away."""
    from llama_index.core import settings

    if request.param == "a key":
        monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-key")

    def refuse(*_, **__):
        raise AssertionError("llama-index was asked for a model")

    monkeypatch.setattr(settings, "resolve_llm", refuse)
    monkeypatch.setattr(settings, "resolve_embed_model", refuse)
    monkeypatch.setattr(settings.Settings, "_llm", None)
    monkeypatch.setattr(settings.Settings, "_embed_model", None)
    for name in ("llm", "embed_model"):
        with pytest.raises(AssertionError):
            getattr(settings.Settings, name)


def test_retriever_when_asked_then_the_nodes_are_the_passages_in_order(library, no_models):
    from llama_index.core.base.base_retriever import BaseRetriever

    retriever = as_retriever(library)
    assert isinstance(retriever, BaseRetriever)
    nodes = retriever.retrieve(QUESTION)
    hits = library.search(QUESTION)
    assert [(n.node.node_id, n.node.text, n.score) for n in nodes] == [(h.passage.id, h.passage.text, h.score) for h in hits]
    document = library.document(hits[0].passage.document_id)
    assert nodes[0].node.ref_doc_id == document.id
    metadata = nodes[0].node.metadata
    assert {k: metadata[k] for k in ("document", "title", "outlet", "published", "published_precision", "page")} == {
        "document": "bridge.md", "title": "The Halden bridge", "outlet": "Halden Post", "published": "2031-05",
        "published_precision": "month", "page": None}
    assert document.text[metadata["start"] : metadata["end"]] == nodes[0].node.text
    assert (nodes[0].node.start_char_idx, nodes[0].node.end_char_idx) == (metadata["start"], metadata["end"])


def test_retriever_when_a_model_reads_a_node_then_it_sees_the_source_and_no_offsets(library):
    from llama_index.core.schema import MetadataMode

    shown = as_retriever(library).retrieve(QUESTION)[0].node.get_content(MetadataMode.LLM)
    assert "Halden Post" in shown and "2031-05" in shown and "published_precision" not in shown and "start" not in shown


def test_retriever_when_limited_or_filtered_then_so_are_the_nodes(library):
    assert len(as_retriever(library, limit=1).retrieve(QUESTION)) == 1
    only = as_retriever(library, filters=Filters(documents=("bees.txt",))).retrieve(QUESTION)
    assert {n.node.metadata["document"] for n in only} == {"bees.txt"}
    assert only[0].node.metadata["published"] == ""
    assert as_retriever(library, filters=Filters(outlets=("Nobody",))).retrieve(QUESTION) == []


def test_retriever_when_awaited_then_it_finds_the_same(library, no_models):
    retriever = as_retriever(library)
    awaited = asyncio.run(retriever.aretrieve(QUESTION))
    assert [(n.node.node_id, n.score) for n in awaited] == [(n.node.node_id, n.score) for n in retriever.retrieve(QUESTION)]


def test_query_engine_when_asked_then_the_response_is_the_answer_with_its_citations(library, no_models):
    from llama_index.core.base.base_query_engine import BaseQueryEngine

    assistant = Assistant(library)
    engine = as_query_engine(assistant)
    assert isinstance(engine, BaseQueryEngine)
    response, answer = engine.query(QUESTION), assistant.ask(QUESTION)
    assert str(response) == response.response == answer.text and "14 cables" in answer.text
    assert response.metadata["status"] == "answered"
    assert [s["speaker"] for s in response.metadata["statements"]] == [s.speaker for s in answer.statements]
    assert [n.node.metadata["marker"] for n in response.source_nodes] == list(range(1, len(answer.statements) + 1))
    for found in response.source_nodes:
        metadata = found.node.metadata
        text = library.document(found.node.ref_doc_id).text
        assert text[metadata["quote_start"] : metadata["quote_end"]] == metadata["quote"] and metadata["quote"] in found.node.text
        assert text[metadata["start"] : metadata["end"]] == found.node.text
        assert 0 < found.score <= 1
    assert len({n.node.node_id for n in response.source_nodes}) == len(response.source_nodes)


def test_query_engine_when_awaited_then_it_answers_the_same(library, no_models):
    engine = as_query_engine(Assistant(library))
    response, awaited = engine.query(QUESTION), asyncio.run(engine.aquery(QUESTION))
    assert (awaited.response, awaited.metadata) == (response.response, response.metadata)


def test_query_engine_when_nothing_answers_then_the_status_says_so(library, no_models):
    response = as_query_engine(Assistant(library)).query("Who won the chess tournament in Lisbon?")
    assert response.metadata["status"] == "no_evidence" and response.source_nodes == []
    assert [s["name"] for s in response.metadata["silent"]] == ["bees.txt", "bridge.md"]


def test_query_engine_when_filtered_then_other_documents_are_not_cited(library):
    response = as_query_engine(Assistant(library), filters=Filters(documents=("bees.txt",))).query(QUESTION)
    assert {n.node.metadata["document"] for n in response.source_nodes} <= {"bees.txt"}
    assert [s["name"] for s in response.metadata["silent"]] == ["bees.txt"]


def test_query_engine_when_in_a_pipeline_then_llama_index_tools_take_it(library, no_models):
    from llama_index.core.tools import QueryEngineTool

    tool = QueryEngineTool.from_defaults(as_query_engine(Assistant(library)), name="library", description="The library")
    assert "14 cables" in str(tool.call(QUESTION))
