"""The retrieval and speed benchmarks: scoring by hand-made cases, sets from a small folder, systems over invented documents."""

import json

import pytest

from eval.bench.cache import cached
from eval.bench.made import MadeVectors, questions, write_documents
from eval.bench.retrieval import as_markdown
from eval.bench.scoring import characters, covered, every_document, first_document, places
from eval.bench.sets import Place, load_set
from eval.bench.systems import opened
from eval.commands.bench import COMMAND
from qa import CasesError
from qa.embedding import EmbedsSentences
from qa.settings import Settings
from qa.testing import TinyEmbedder

TEXTS = {"mill.txt": "The mill at Brandt burnt on Monday. Nobody was hurt.", "flood.txt": "The flood at Odra killed 16 people. The dyke broke."}


def test_characters_when_half_is_found_and_one_place_twice_then_recall_counts_it_once_and_length_twice():
    score = characters([Place("a", 0, 100)])
    figures = score([Place("a", 50, 150), Place("a", 50, 150), Place("b", 0, 100)])
    assert figures["recall"] == 0.5
    assert figures["precision"] == 50 / 300
    assert figures["IoU"] == 50 / (300 + 50)


def test_characters_when_nothing_is_returned_then_0():
    assert characters([Place("a", 0, 10)])([]) == {"recall": 0.0, "precision": 0.0, "IoU": 0.0}


def test_first_document_when_it_is_third_of_the_documents_then_a_third_and_0_beyond_the_limit():
    found = [Place("a", 0, 1), Place("a", 1, 2), Place("b", 0, 1), Place("c", 0, 1)]
    assert first_document("MRR", {"c"})(found) == {"MRR": 1 / 3}
    assert first_document("MRR", {"c"}, within=2)(found) == {"MRR": 0.0}


def test_every_document_when_one_is_missing_then_0():
    found = [Place("a", 0, 1), Place("b", 0, 1)]
    assert every_document("Multi", [{"a"}, {"b", "x"}], within=2)(found) == {"Multi": 1.0}
    assert every_document("Multi", [{"a"}, {"c"}], within=2)(found) == {"Multi": 0.0}


def test_places_when_one_side_is_found_then_one_but_not_each_side():
    sides = [[Place("a", 5, 9)], [Place("b", 5, 9)]]
    assert places([*sides[0], *sides[1]], sides)([Place("a", 0, 10)]) == {"one": 1.0, "each side": 0.0}
    assert places([Place("a", 5, 9)], [])([Place("a", 6, 10)]) == {"one": 0.0, "each side": 0.0}


def test_covered_when_spans_overlap_then_each_character_counts_once():
    assert covered([(5, 10), (0, 6), (20, 21), (7, 8)]) == 11


def test_lihua_when_times_are_written_in_several_ways_then_each_finds_its_document(tmp_path):
    (tmp_path / "lihua" / "docs").mkdir(parents=True)
    (tmp_path / "lihua" / "docs" / "a.txt").write_text("Time: 20260101_10:00\nHello.")
    rows = [{"question": "q", "type": "Single", "evidence": [time]} for time in ("20260101_10:00 ", "20260101_1000", "Time: 20260101_10:00")]
    rows.append({"question": "q", "type": "Null", "evidence": []})
    (tmp_path / "lihua" / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = load_set("lihua", tmp_path)
    assert [question.score([Place("a.txt", 0, 5)]) for question in found.questions] == [{"Single": 1.0}] * 3


def test_load_when_the_set_is_missing_then_an_error_that_names_it(tmp_path):
    with pytest.raises(CasesError, match="qed"):
        load_set("qed", tmp_path)


def test_systems_when_opened_then_each_finds_the_place_and_offsets_are_those_of_the_text():
    with opened(TEXTS, Settings(), TinyEmbedder(), excerpts=True, peers=False) as systems:
        assert len(systems) == 3
        for system in systems:
            first = system.find("How many people did the flood at Odra kill?", 5)[0]
            assert "16 people" in TEXTS[first.document][first.start:first.end]


@pytest.mark.slow
def test_peers_when_opened_then_each_finds_the_place():
    with opened(TEXTS, Settings(), TinyEmbedder(), excerpts=False, peers=True) as systems:
        assert [system.name for system in systems][1:] == ["BM25", "dense", "rank fusion", "LlamaIndex + Chroma"]
        for system in systems:
            first = system.find("How many people did the flood at Odra kill?", 5)[0]
            assert "16 people" in TEXTS[first.document][first.start:first.end]


class Counting(TinyEmbedder):
    def __init__(self):
        super().__init__()
        self.embedded = 0

    def embed(self, texts, on_progress=None):
        self.embedded += len(texts)
        return super().embed(texts)


def test_cache_when_asked_again_then_the_same_vectors_without_the_embedding(tmp_path):
    inner = Counting()
    with_cache = cached(inner, tmp_path)
    assert not isinstance(with_cache, EmbedsSentences) and isinstance(cached(MadeVectors(inner), None), EmbedsSentences)
    first = with_cache.embed(["one text", "another"])
    again = cached(inner, tmp_path).embed(["another", "one text"])
    assert inner.embedded == 2 and (first == again[::-1]).all()


def test_made_documents_when_made_twice_then_the_same_and_their_questions_all_differ(tmp_path):
    one, other = write_documents(tmp_path / "a", 5, 2), write_documents(tmp_path / "b", 5, 2)
    assert [path.read_text() for path in one] == [path.read_text() for path in other]
    assert len(set(questions(50))) == 50
    made = MadeVectors(TinyEmbedder(384))
    vectors, inner = made.embed_with_sentences(["a text"], [[(0, 1), (2, 6)]])
    assert isinstance(made, EmbedsSentences) and vectors.shape == (1, 384) and inner[0].shape == (2, 384)


def test_markdown_when_written_then_every_system_has_a_line_with_its_three_halves():
    figures = {"recall": {"even": 1.0, "odd": 2.0, "all": 3.0}}
    bench = {"embedding": "tiny", "passage_tokens": 200, "sets": {"seeds": {"documents": 1, "questions": 2, "systems": {"BM25": figures}}}}
    assert "| BM25 | 1.0 / 2.0 / **3.0** |" in as_markdown(bench)


def test_command_when_there_is_no_data_folder_then_an_error(tmp_path):
    import argparse

    parser = argparse.ArgumentParser()
    COMMAND.add_arguments(parser)
    with pytest.raises(CasesError, match="no folder"):
        COMMAND.call(parser.parse_args(["retrieval", "--data", str(tmp_path / "none")]))
