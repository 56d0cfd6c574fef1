"""The other side as the reader sees it beside the best answer, and the disagreement that comes of it."""

from dataclasses import replace
from itertools import permutations

import pytest

from qa.agreement import compare
from qa.answering.clashing import BESIDE, TOO, clashing
from qa.answering.extract import Candidate
from qa.citations import cite
from qa.reader import Read, ReadSentence
from qa.records import Document, Statement
from tests.test_extract import READ, hit

ANSWERING = replace(READ, closely=replace(READ.closely, answers=TOO))

TOLD = "The ministry was told beforehand, Mira Stolz said."
RADIO = "We learnt of it from the radio, Jonas Wirth said."
QUESTION = "Did the ministry know?"


def candidate(text, name, probability, features=ANSWERING):
    document, found = hit(text, name)
    return Candidate(document=document, passage=found.passage, start=0, end=len(text), probability=probability, features=features)


def clashes(ranked, reading):
    return clashing(QUESTION, ranked, {c.document.id: c.document for c in ranked}, reading)


class Reading:
    """A reader that sees a contradiction where both words stand, one in what is read and the other in the question's place, and notes both."""

    def __init__(self, *words):
        self.words, self.asked = words, []

    def __call__(self, question, texts, sentences):
        self.asked += [(question, text) for text in texts]

        def against(sentence):
            return 2.0 if any(a in question and b in sentence for a, b in permutations(self.words, 2)) else -2.0

        return [Read(answers=0.0, sentences=tuple(
            ReadSentence(answers=0.0, words=None, sure=0.0, against=against(text[first:last])) for first, last in spans))
            for text, spans in zip(texts, sentences, strict=True)]


def test_clashing_when_two_sentences_contradict_each_other_then_they_are_a_pair_and_each_is_read_beside_the_other():
    ranked = [candidate(TOLD, "a.txt", 0.9), candidate(RADIO, "b.txt", 0.5), candidate("It rained.", "c.txt", 0.1)]
    reading = Reading("beforehand", "radio")
    assert clashes(ranked, reading) == {frozenset((ranked[0].place, ranked[1].place))}
    assert reading.asked == [(f"{QUESTION} {TOLD}", RADIO), (f"{QUESTION} {TOLD}", "It rained."),
                             (f"{QUESTION} {RADIO}", TOLD), (f"{QUESTION} It rained.", TOLD)]


def test_clashing_when_only_one_way_tells_it_then_it_is_none():
    def one_way(question, texts, sentences):
        return [Read(answers=0.0, sentences=(ReadSentence(answers=0.0, words=None, sure=0.0, against=3.0 if text == RADIO else -9.0),)) for text in texts]

    assert not clashes([candidate(TOLD, "a.txt", 0.9), candidate(RADIO, "b.txt", 0.5)], one_way)


@pytest.mark.parametrize("others", [[], [candidate(RADIO, "b.txt", 0.5, READ)], [candidate(RADIO, "b.txt", 0.5, replace(READ, closely=None))]])
def test_clashing_when_nothing_else_answers_then_nothing_is_read(others):
    reading = Reading("beforehand", "radio")
    assert not clashes([candidate(TOLD, "a.txt", 0.9), *others], reading) and not reading.asked


def test_clashing_when_nothing_was_found_then_there_is_none():
    assert not clashes([], Reading())


def test_clashing_when_there_are_many_then_only_the_most_probable_are_read():
    ranked = [candidate(f"It rained {n} times.", f"{n}.txt", 1 - n / 20) for n in range(BESIDE + 4)]
    reading = Reading("rained", "times")
    assert len(clashes(ranked, reading)) == BESIDE and len(reading.asked) == 2 * BESIDE


def statement(text, speaker, marker, *, answering=None):
    document = Document(id=f"d-{marker}", name=f"{marker}.txt", source="", text=text)
    return Statement(text=text, citations=(cite(document, 0, len(text), marker=marker),), voice="named", speaker=speaker, answering=answering)


def clash(*statements):
    return frozenset((s.citations[0].document, s.citations[0].start) for s in statements)


def test_compare_when_the_reader_sees_a_contradiction_then_both_sides_are_shown_with_who_says_so():
    told, radio = statement(TOLD, "Mira Stolz", 1), statement(RADIO, "Jonas Wirth", 2, answering=(3, 30))
    (first, second), (found,) = compare([told, radio], {}, question=QUESTION, clashing={clash(told, radio)})
    assert found.sides == ((0,), (1,)) and first.agreement == second.agreement == "differ"
    assert found.how == "Mira Stolz against “learnt of it from the radio” (Jonas Wirth)"
    assert compare([told, radio], {}, question=QUESTION)[1] == ()


def test_compare_when_one_is_set_against_several_then_copies_of_a_side_stand_together():
    told = statement(TOLD, "Mira Stolz", 1)
    others = [statement(RADIO, "Jonas Wirth", 2), statement("Nobody had been told, it was a guess.", "Ada Wynn", 3), statement(RADIO, "Pim Okker", 4)]
    _, (found,) = compare([told, *others], {}, question=QUESTION, clashing={clash(told, other) for other in others})
    assert found.sides == ((0,), (1, 3), (2,))


def test_compare_when_one_speaker_says_both_then_it_is_no_disagreement():
    told, radio = statement(TOLD, "Mira Stolz", 1), statement(RADIO, "Mira Stolz", 2)
    assert compare([told, radio], {}, question=QUESTION, clashing={clash(told, radio)})[1] == ()
