"""Excerpts: which passages are joined, which sentences are kept, and that what is cut out is the document's own text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.library import Library
from qa.library.excerpts import Run, apart_from, joined, trimmed
from qa.testing import TinyEmbedder

DOCUMENT = " ".join(f"Sentence {n} is about the harbour and its cranes, boats, ropes and nets, as always." for n in range(60))


def test_joined_when_passages_are_near_then_one_run_and_when_far_or_of_another_document_then_others():
    scores = {5: 1.0, 7: 0.9, 20: 0.8, 8: 0.7, 30: 0.1}
    runs = joined(scores, {5: "a", 7: "a", 20: "a", 8: "b", 30: "a"}, limit=5)
    assert runs == [Run(document_id="a", first=5, last=7, best=5), Run(document_id="a", first=20, last=20, best=20),
                    Run(document_id="b", first=8, last=8, best=8)]


def test_joined_when_the_limit_is_reached_then_no_further_run_but_joining_goes_on():
    scores = {1: 1.0, 10: 0.9, 20: 0.8, 2: 0.7}
    runs = joined(scores, dict.fromkeys(scores, "a"), limit=2)
    assert [(run.first, run.last) for run in runs] == [(1, 2), (10, 10)]


def test_trimmed_when_no_sentence_is_good_enough_then_the_best_one():
    assert trimmed([0.1, 0.6, 0.2, 0.7, 0.1], least=0.5) == slice(1, 4)
    assert trimmed([0.1, 0.3, 0.2], least=0.5) == slice(1, 2)
    assert trimmed([], least=0.5) == slice(0, 0)


def test_apart_from_when_something_skipped_lies_between_then_what_is_beyond_it_is_left_out():
    spans = [(0, 5), (20, 25), (30, 35), (60, 65)]
    assert apart_from([(6, 19), (40, 50)], spans, place=30) == [(20, 25), (30, 35)]
    assert apart_from([], spans, place=30) == spans


@settings(max_examples=15, deadline=None)
@given(places=st.sets(st.integers(0, 59), min_size=1, max_size=5))
def test_excerpts_when_cut_then_they_are_the_documents_text_and_whole_sentences(tmp_path_factory, places):
    folder = tmp_path_factory.mktemp("excerpts")
    text = DOCUMENT
    for place in places:
        text = text.replace(f"Sentence {place} is about", f"Sentence {place}: the zeppelin Quirinus flew over")
    (folder / "harbour.txt").write_text(text)
    with Library(folder / "library", embedder=TinyEmbedder()) as library:
        library.add(folder / "harbour.txt")
        hits = library.excerpts("Where did the zeppelin Quirinus fly?", limit=3)
        assert 1 <= len(hits) <= 3 and "Quirinus" in hits[0].passage.text
        for hit in hits:
            passage = hit.passage
            assert text[passage.start:passage.end] == passage.text
            assert passage.sentences[0][0] == passage.start and passage.sentences[-1][1] == passage.end
            assert passage.id == f"{passage.document_id}:{passage.start}-{passage.end}"


def test_excerpts_when_exactness_rises_then_they_get_no_longer(tmp_path):
    (tmp_path / "harbour.txt").write_text(DOCUMENT.replace("Sentence 30 is", "Sentence 30: the zeppelin Quirinus is"))
    with Library(tmp_path / "library", embedder=TinyEmbedder()) as library:
        library.add(tmp_path / "harbour.txt")
        lengths = [len(library.excerpts("zeppelin Quirinus", exactness=exactness)[0].passage.text) for exactness in (0.1, 0.6, 1.0)]
        assert lengths == sorted(lengths, reverse=True)
        assert library.excerpts("   ") == []
