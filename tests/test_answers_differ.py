"""Answers to one question that exclude each other, told by the words that answer."""

from copy import copy
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
    ("When was the wall finished?", "The wall stood on [4 March 2024].", "Masons laid the last stone of the wall on [9 April 2024]."),
    ("What would the rise cost?", "It would cost [88 million crowns] a year.", "The guild, said Pike, arrived at [51 million]."),
    ("At what time did the call come?", "A corporal took it at [ten past four].", "The office rang at [4.25 a.m.], its head said."),
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
    ("How many people died at the works?", "The charge speaks of [114 people] killed.", "[Sixteen men] stood at the works with rifles."),
    ("When was the ditch filled?", "The ditch was filled in [November 2013].", "Drains were laid on [2 February 2014]."),
    ("What share of the vote did Corvan get?", "She received [52 per cent].", "Her rival Stole had [47 per cent]."),
    ("What share of the vote did Corvan get?", "Stole won by the last [600 votes].", "Corvan lost by [fewer than a hundred] votes."),
    ("How many soldiers were wounded?", "[24 soldiers] were wounded and one driver died.", "[Three] soldiers were killed at the gate."),
    ("How many were captured?", "[Three] were taken prisoner.", "[Five] were wounded."),
    ("What time did the call come?", "It came at [5.10 p.m.]", "The office rang at [ten past five], its head said."),
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

    def other_side(self):
        return self


class Unsure(Sentence):
    """A sentence of whose words the reader is not sure by itself."""

    def __init__(self, marked, name):
        super().__init__(marked, name)
        self.beside, self.answering = self.answering, None

    def other_side(self):
        other = copy(self)
        other.answering = self.beside
        return other


def test_opposing_when_a_further_sentence_answers_otherwise_then_it_is_chosen():
    printed, further = Sentence("[Two of our five] sirens were broken.", "a"), [Sentence("The bridge is old.", "b"),
                                                                               Sentence("[Three] had been out of order.", "c")]
    assert opposing([printed], further, question=SIRENS) == [printed, further[1]]
    assert opposing([printed], further, question="Were the sirens broken?") == [printed]


def test_opposing_when_the_reader_is_unsure_of_the_other_side_then_its_words_count_beside_an_answer():
    printed, unsure = Sentence("[Two of our five] sirens were broken.", "a"), Unsure("The mayor counted [three].", "b")
    first, second = opposing([printed], [unsure], question=SIRENS)
    assert first is printed and second.answering == unsure.beside
    assert [one.answering for one in opposing([unsure, printed], [], question=SIRENS)] == [unsure.beside, printed.answering]


def test_opposing_when_a_day_is_asked_for_then_a_date_the_reader_is_unsure_of_is_no_side():
    printed, unsure = Sentence("The wall stood on [4 March 2024].", "a"), Unsure("The mayor spoke on [9 April 2024].", "b")
    assert opposing([printed], [unsure], question="When was the wall finished?") == [printed]


def test_opposing_when_the_reader_is_unsure_of_all_then_no_words_count():
    unsure = [Unsure("[Two of our five] sirens were broken.", "a"), Unsure("The mayor counted [three].", "b")]
    assert opposing(unsure, [], question=SIRENS) == unsure
