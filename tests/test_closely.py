"""Close reading: which sentences are read together, and what of the reader's view each sentence gets."""

from dataclasses import replace

import pytest

from qa.answering.closely import MOST, read_closely
from qa.reader import Read, ReadSentence
from qa.records import Document, Passage

TEXT = "The mill stood by the river. It burned in 1874. Nobody was hurt. The owner rebuilt it. It closed again. Today it is a museum."
SPANS = tuple((TEXT.index(s), TEXT.index(s) + len(s)) for s in [
    "The mill stood by the river.", "It burned in 1874.", "Nobody was hurt.", "The owner rebuilt it.", "It closed again.", "Today it is a museum."])
DOCUMENT = Document(id="d", name="mill.txt", source="mill.txt", text=TEXT)
PASSAGE = Passage(id="p", document_id="d", text=TEXT, start=0, end=len(TEXT), sentences=SPANS)


class Listener:
    """Notes what it is given to read and finds the words it was told to."""

    def __init__(self, words="", score=1.0):
        self.words, self.score, self.texts = words, score, []

    def __call__(self, question, texts, sentences):
        self.texts += texts
        reads = []
        for text, spans in zip(texts, sentences, strict=True):
            start = text.find(self.words) if self.words else -1
            reads.append(Read(answers=0.5, sentences=tuple(
                ReadSentence(answers=self.score + i, words=(start, start + len(self.words)), sure=2.0, against=-9.0) if first <= start < last
                else ReadSentence(answers=self.score + i, words=None, sure=-2.0, against=-9.0) for i, (first, last) in enumerate(spans))))
        return reads


def read(*places, listener):
    return read_closely("When did it burn?", [(PASSAGE, SPANS[i]) for i in places], {"d": DOCUMENT}, listener)


def test_read_closely_when_a_sentence_is_chosen_then_those_beside_it_are_read_with_it():
    listener = Listener()
    read(1, listener=listener)
    assert listener.texts == ["The mill stood by the river. It burned in 1874. Nobody was hurt."]


def test_read_closely_when_chosen_sentences_are_near_then_they_are_read_once_and_far_ones_apart():
    near, far = Listener(), Listener()
    read(1, 3, listener=near)
    read(0, 5, listener=far)
    assert len(near.texts) == 1 and near.texts[0].startswith("The mill") and near.texts[0].endswith("closed again.")
    assert len(far.texts) == 2


def test_read_closely_when_words_are_found_then_they_have_their_place_in_the_document_and_one_sentence():
    found = read(1, listener=Listener(words="1874"))
    start, end = found["d", SPANS[1][0]].words
    assert TEXT[start:end] == "1874" and found["d", SPANS[1][0]].sure == 2.0
    assert found["d", SPANS[0][0]].words is None and found["d", SPANS[0][0]].sure == -2.0


def test_read_closely_when_the_document_has_a_title_then_it_stands_above_and_the_words_keep_their_place():
    listener, titled = Listener(words="1874"), replace(DOCUMENT, title="The  mill at\nOrd")
    found = read_closely("When did it burn?", [(PASSAGE, SPANS[1])], {"d": titled}, listener)
    assert listener.texts == ["The mill at Ord. The mill stood by the river. It burned in 1874. Nobody was hurt."]
    assert TEXT[slice(*found["d", SPANS[1][0]].words)] == "1874"


@pytest.mark.parametrize("score, kept", [(1e6, MOST), (-1e6, -MOST), (0.25, 0.25)])
def test_read_closely_when_a_logit_is_beyond_measure_then_it_is_cut(score, kept):
    assert read(0, listener=Listener(score=score))["d", 0].answers == kept


def test_read_closely_when_nothing_is_chosen_then_nothing_is_read():
    listener = Listener()
    assert read(listener=listener) == {} and listener.texts == []
