"""The trained reader: what it makes of a text, that its files are the published ones, and that it can be absent."""

import numpy as np
import pytest

import qa.reader.model
from qa.errors import QAError, SettingsError
from qa.reader import open_reader, reads
from qa.settings import Settings

SENTENCES = ("The ferry Aldora was built in the yards of Kelp Harbour.", "She ran aground on a sandbank on 4 May 2031 with 212 passengers on board.",
             "The captain, Rhea Moll, blamed a broken buoy.", "Nobody was injured, the harbour office said.")
TEXT = " ".join(SENTENCES)
SPANS = tuple((TEXT.index(sentence), TEXT.index(sentence) + len(sentence)) for sentence in SENTENCES)


def read(question, text=TEXT, spans=SPANS):
    return open_reader().read(question, [text], [spans])[0]


@pytest.mark.parametrize("question, sentence, words", [
    ("When did the ferry run aground?", 1, "4 May 2031"),
    ("How many passengers were on board?", 1, "212"),
    ("Who was the captain of the ferry?", 2, "Rhea Moll"),
    ("Where was the ferry built?", 0, "Kelp Harbour"),
])
def test_read_when_a_sentence_answers_then_it_comes_first_and_its_words_are_found(question, sentence, words):
    found = read(question)
    assert int(np.argmax([one.answers for one in found.sentences])) == sentence
    assert words in TEXT[slice(*found.sentences[sentence].words)]
    assert found.sentences[sentence].sure > 0


def test_read_when_two_sentences_answer_then_each_has_its_own_words():
    text = "The harbour office counted 212 passengers. The crew counted 198 passengers."
    spans = ((0, 42), (43, len(text)))
    first, second = read("How many passengers were on board?", text, spans).sentences
    assert "212" in text[slice(*first.words)] and "198" in text[slice(*second.words)]


@pytest.mark.parametrize("question", ["Who painted the lighthouse?", "What did the new engine cost?", "When was the buoy made?"])
def test_read_when_nothing_answers_then_every_sentence_is_less_likely_than_one_that_does(question):
    def best(asked):
        return max(one.answers for one in read(asked).sentences)

    assert best(question) < best("How many passengers were on board?")
    assert read(question).answers < read("How many passengers were on board?").answers


def test_read_when_texts_are_read_together_then_each_is_read_as_it_is_alone():
    texts = [TEXT, SENTENCES[1], SENTENCES[2] * 3]
    spans = [SPANS, ((0, len(SENTENCES[1])),), ((0, len(SENTENCES[2])),)]
    together = open_reader().read("Who was the captain?", texts, spans)
    for text, span, found in zip(texts, spans, together, strict=True):
        alone = read("Who was the captain?", text, span)
        assert found == alone


def test_read_when_asked_again_then_the_same_comes_out():
    assert read("When did the ferry run aground?") == read("When did the ferry run aground?")


def test_read_when_a_text_is_too_long_then_the_sentence_that_was_cut_off_is_marked_and_nothing_breaks():
    text = "The tide was low. " * 120 + "The captain was Rhea Moll."
    last = (text.index("The captain"), len(text))
    cut = read("Who was the captain?", text, ((0, 17), last)).sentences[1]
    assert cut.answers == cut.sure == qa.reader.model.CUT_OFF and cut.words is None


def test_read_when_there_is_no_text_then_there_is_nothing_to_read():
    assert open_reader().read("Who?", [], []) == []


def test_open_reader_when_its_weights_are_others_then_it_refuses(tmp_path):
    forged = tmp_path / "reader.safetensors"
    forged.write_bytes(qa.reader.model.TRAINED.read_bytes()[:-1] + b"!")
    with pytest.raises(QAError, match="not the published file"):
        open_reader(trained_path=forged)


def test_reads_when_off_or_its_package_is_missing_then_there_is_none_and_on_says_so(monkeypatch):
    def missing(package, name, *, hint):
        raise SettingsError(f"the package {package} is not installed", hint)

    assert reads(Settings(reader="off")) is None and reads(Settings(reader="on")) is not None
    open_reader.cache_clear()
    monkeypatch.setattr(qa.reader.model, "find_file", missing)
    try:
        assert reads(Settings(reader="auto")) is None
        with pytest.raises(SettingsError, match="not installed"):
            reads(Settings(reader="on"))
    finally:
        open_reader.cache_clear()


def test_graph_when_made_anew_then_it_is_the_one_shipped():
    pytest.importorskip("onnx")
    from qa.reader.make_graph import GRAPH, graph_bytes

    assert graph_bytes() == GRAPH.read_bytes()


def test_weights_when_shipped_then_they_are_small():
    assert qa.reader.model.TRAINED.stat().st_size < 25_000_000
