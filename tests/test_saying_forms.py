"""The forms in which English says who says something: invented sentences, each with the one whose words they report."""

import pytest

from qa.attribution import attribute
from qa.language.sentences import split_sentences
from qa.records import Document


def last(text):
    document = Document(id="d", name="mill.txt", source="mill.txt", text=text)
    return [attribute(document, start, end) for start, end in split_sentences(text)][-1]


@pytest.mark.parametrize(("text", "speaker"), [
    ("Marshal Holt was quoted by a coast magazine as saying that he had booked the trains.", "Holt"),
    ("The mill, Anna Holt has been quoted as saying, will stay shut.", "Anna Holt"),
    ("According to Mr Lund it had: “I phoned them myself.”", "Lund"),
    ("According to the Ministry of Health the toll is 40.", "Ministry of Health"),
    ("So says Ivo Petri, a nurse, who sat in the last coach.", "Ivo Petri"),
    ("Lena Brandt has let it be known that she will not stand.", "Lena Brandt"),
    ("Lena Brandt observed drily that the sea has no gaps.", "Lena Brandt"),
    ("Our economist, Dr. Tobias Lund, reckons that 170 million a year stay abroad.", "Tobias Lund"),
    ("The ministry has spoken of a printer's error.", "the ministry"),
    ("Lena Brandt, shown the figure, said that it was too low.", "Lena Brandt"),
    ("19.40 Pike says he does not remember who was in the chair.", "Pike"),
])
def test_attribute_when_somebody_says_something_then_the_speaker_is_named(text, speaker):
    assert last(text).speaker == speaker


@pytest.mark.parametrize(("text", "speaker"), [
    ("Brandt condemned the attack and said the men had been no drivers; Hopla called it the “natural result of incitement”.", "Hopla"),
    ("The League, whose secretary Magda Ruiz called the call “a confession on the instalment plan”, speaks of more.", "Magda Ruiz"),
    ("Brandt asked for the books, and the auditor Otto Frisch called that “a very late idea of his”.", "Otto Frisch"),
    ("Brandt said that the mill was safe; the union wants it shut.", "Brandt"),
    ("Brandt said that the mill was “as safe as any of our houses”, and the union agreed that it was.", "Brandt"),
])
def test_attribute_when_two_speak_in_a_sentence_then_the_quotation_decides(text, speaker):
    assert last(text).speaker == speaker


def test_attribute_when_the_quotation_is_the_second_speakers_then_the_first_is_listed():
    shown = last("Brandt condemned the attack; Hopla called it the “natural result of much incitement”.")
    assert (shown.also, shown.partial) == (("Brandt",), True)


@pytest.mark.parametrize("text", [
    "He states: “They say that I use people.”",
    "He says Vasquez-Lind had already laid out the kit before seven.",
    "It said outside the court that nobody had come.",
])
def test_attribute_when_a_pronoun_begins_a_clause_then_the_clause_is_no_name(text):
    assert last(text).speaker == ""
