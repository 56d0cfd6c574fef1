"""Answers to one question that exclude each other, told by the words that answer."""

from dataclasses import replace
from datetime import date

import pytest

from qa.agreement import compare, opposing
from qa.attribution import attribute, figures_in
from qa.citations import cite
from qa.records import Document, Statement

SIRENS = "How many of the sirens were broken?"


def statement(marked, *, name, published=date(2024, 5, 3)):
    """A statement of a document of its own; [ ] are around the words that answer."""
    text = marked.replace("[", "").replace("]", "")
    start = marked.find("[")
    answering = (start, marked.index("]") - 1) if start >= 0 else None
    document = Document(id=name, name=name, source=name, text=text, title=name, published=published, published_precision="day")
    said = attribute(document, 0, len(text))
    return document, Statement(text=text, citations=(cite(document, 0, len(text), marker=1),), voice=said.voice, speaker=said.speaker,
                               figures=figures_in(document, 0, len(text)), answering=answering)


def differing(question, *marked):
    made = [statement(text, name=f"paper {n}") for n, text in enumerate(marked)]
    return compare([one for _, one in made], {document.id: document for document, _ in made}, question=question)[1]


@pytest.mark.parametrize(("question", "first", "second"), [
    (SIRENS, "[Two of our five] sirens were broken.", "The commission heard that [three] had been out of order."),
    ("How old was he?", "A deckhand, Duarte Moniz, aged [26], fell overboard.", "Seaman Moniz, [25], had served for fourteen months."),
    ("What figure is given for the damage?", "The flood cost [940 million florins].", "The government put it at [1.3 billion florins]."),
    ("When was the wall finished?", "It stood on [4 March 2024].", "Masons laid the last stone on [9 April 2024]."),
    ("When did the warning come?", "The operator sent a message at [1.31 a.m.]", "The town hall got it at [1.52 a.m.], the mayor said."),
    ("How old was Moniz?", "Duarte Moniz, [26], fell from the boat at Kelp Point.", "Seaman Moniz, [25], was from the parish of Tarn."),
])
def test_compare_when_the_answering_words_exclude_each_other_then_both_sides_are_shown(question, first, second):
    (found,) = differing(question, first, second)
    assert found.sides == ((0,), (1,)) and found.how.count("against") == 1 and found.about == f"“{question}”"


@pytest.mark.parametrize(("question", "first", "second"), [
    (SIRENS, "[Two] sirens were broken.", "[Two] had been out of order."),
    (SIRENS, "Two sirens were broken.", "[Three] had been out of order."),
    (SIRENS, "[Two] sirens were broken.", "[Three kilometres] of cable had been out of order."),
    ("How many died?", "The flood killed [19].", "In the fire [60 people] were injured."),
    (SIRENS, "[Two of our five] sirens were broken.", "Nine months after the flood that killed [31] people, a judge has spoken."),
    ("How many voted?", "In the first round [19,000] voted.", "In the second round [25,000] did."),
    ("Who repaired the sirens?", "[Two men] repaired them.", "[Three women] did."),
    ("When was the wall finished?", "It stood on [4 March].", "Masons laid the last stone on [4 March 2023]."),
    (SIRENS, "[Two] sirens were broken.", "[900] had been out of order."),
])
def test_compare_when_the_answers_go_together_or_are_of_two_things_then_no_alarm(question, first, second):
    assert differing(question, first, second) == ()


def test_compare_when_three_answer_then_those_who_say_the_same_stand_on_one_side_first():
    (found,) = differing(SIRENS, "[Two] sirens were broken.", "[Three] had been out of order.", "The mayor counted [three].")
    assert found.sides == ((1, 2), (0,)) and found.how.lower().startswith("three (")


def test_compare_when_a_number_is_a_bound_then_the_difference_says_so():
    (found,) = differing("How many died?", "At least [19] people died.", "In the end [60] people had died.")
    assert found.how.startswith("at least 19 (") and "against 60 (" in found.how


class Sentence:
    def __init__(self, marked, name):
        self.document, one = statement(marked, name=name)
        self.start, self.end, self.answering = 0, len(self.document.text), one.answering


def test_opposing_when_a_further_sentence_answers_otherwise_then_it_is_chosen():
    printed, further = Sentence("[Two of our five] sirens were broken.", "a"), [Sentence("The bridge is old.", "b"),
                                                                               Sentence("[Three] had been out of order.", "c")]
    assert opposing([printed], further, question=SIRENS) == further[1:]
    assert opposing([printed], further, question="Were the sirens broken?") == []
