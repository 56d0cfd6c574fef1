"""What a question asks: its kind, its words, names and dates."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.answering.question import analyse
from qa.language.words import stem


@pytest.mark.parametrize("question, kind", [
    ("How many hives were lost in the Orla valley?", "how_many"),
    ("What is the number of torn cables?", "how_many"),
    ("What percentage of the hives survived?", "how_many"),
    ("death toll mill fire", "how_many"),
    ("How much did the bridge cost?", "how_much"),
    ("How far is Osk from Halden?", "how_much"),
    ("price of honey in Osk", "how_much"),
    ("How long did the strike last?", "how_long"),
    ("When did the ferry run aground?", "when"),
    ("In what year was the mill built?", "when"),
    ("Since when is the mill closed?", "when"),
    ("Where did the ferry run aground?", "where"),
    ("In which city is the mill?", "where"),
    ("Who commands the Marigold?", "who"),
    ("Whose dog barked?", "who"),
    ("Which group claimed the fire?", "who"),
    ("What were the names of the sailors?", "who"),
    ("Where does the council stand on the new bridge?", "said"),
    ("Which bank lent the money?", "which"),
    ("What colour is the boat?", "which"),
    ("Why did the bridge close?", "why"),
    ("What was the reason for the fire?", "why"),
    ("How did the fire start?", "how"),
    ("Did anyone die?", "yes_no"),
    ("And is the bridge open?", "yes_no"),
    ("What is honey made of?", "open"),
    ("Tell me about the mill", "open"),
])
def test_analyse_when_a_question_asks_for_a_kind_then_it_is_that_kind(question, kind):
    assert analyse(question).kind == kind


def test_analyse_when_several_question_words_stand_there_then_the_first_decides():
    assert analyse("Where do the boats go when the tide is out?").kind == "where"
    assert analyse("When do the boats leave for where the seals are?").kind == "when"


def test_analyse_when_an_amount_is_named_in_another_question_then_that_question_decides():
    assert analyse("Who pays the price of the bridge?").kind == "who"


def test_analyse_when_it_has_content_words_then_each_is_a_term_in_order_and_stopwords_are_not():
    asked = analyse("How many of the hives were lost in the Orla valley?")
    assert list(asked.terms.values()) == ["many", "hives", "lost", "Orla", "valley"]
    assert list(asked.terms) == [stem(word) for word in asked.terms.values()]


def test_analyse_when_a_word_belongs_to_the_asking_then_it_is_light():
    asked = analyse("What does the report say about the number of hives?")
    assert stem("hives") not in asked.light and {stem("report"), stem("say"), stem("number")} <= asked.light
    assert asked.light <= asked.terms.keys()


@pytest.mark.parametrize("question, head", [
    ("How many hives were lost?", "hives"), ("How many Danish soldiers were hurt?", "soldiers"), ("How many people of Osk left?", "people"),
    ("number of cables torn on the bridge", "cables"), ("How many US soldiers were wounded?", "soldiers"),
])
def test_analyse_when_things_are_counted_then_they_are_the_head(question, head):
    assert analyse(question).head == stem(head)
    assert stem(head) in analyse(question).focus


def test_analyse_when_nothing_is_counted_or_chosen_then_there_is_no_head():
    assert (analyse("Why did the bridge close?").head, analyse("Why did the bridge close?").focus) == ("", ())


def test_analyse_when_names_and_dates_are_given_then_they_are_found():
    asked = analyse("What did Mira Stolz say in Halden on 5 May 2031?")
    assert [name.core for name in asked.names] == ["Mira Stolz", "Halden"]
    assert [(d.year, d.month, d.day) for d in asked.dates] == [(2031, 5, 5)]


def test_analyse_when_a_word_is_an_acronym_that_reads_as_a_stopword_then_it_is_kept():
    assert analyse("Which IT firm failed?").terms["it"] == "IT"
    assert "it" not in analyse("When did it fail?").terms


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_analyse_when_given_any_text_then_it_answers_and_what_it_names_is_in_the_text(text):
    asked = analyse(text)
    assert asked.text == text
    assert asked.light <= asked.terms.keys()
    assert all(word in text for word in asked.terms.values())
    assert all(text[name.start : name.end] == name.text for name in asked.names)
