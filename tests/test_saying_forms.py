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


@pytest.mark.parametrize(("text", "speaker"), [
    ("10.30 – Interior minister Rolf Dahl at a press conference: the level had been orange since Monday.", "Rolf Dahl"),
    ("Snow expert Kasper Wend of the Institute for Snow (IS) in our programme: the slope was closed too late.", "Kasper Wend"),
    ("Mr Achter: the mayor says “will” frequently.", "Achter"),
    ("First aid: the kit is in the cabin.", ""),
    ("Present: Mr Lund, Mrs Holt.", ""),
    ("Mr Lund: 12 votes.", ""),
])
def test_attribute_when_an_entry_begins_with_a_name_and_a_colon_then_that_one_speaks(text, speaker):
    assert last(text).speaker == speaker


@pytest.mark.parametrize(("text", "speaker"), [
    ("It was the councillor Ferris Mull who at that time called the sprinklers “a shower bath for pictures”.", "Ferris Mull"),
    ("Nobody was hurt, as the clinic's technical director, Dominic Strand, puts it.", "Dominic Strand"),
    ("Drury's answer is that the question is foolish.", "Drury"),
    ("A spokeswoman, Ida Sark, sent one line: “No comment on the dam, and none on the weir.”", "Ida Sark"),
    ("Anna Holt came back. By telephone she told this newspaper that she had known.", "Anna Holt"),
    ("The weir had been sold, Anna Holt granted, but nobody knew the price.", "Anna Holt"),
    ("The plan is borne out by Otto Frisch, who told me that the gate, which is old, was shut and that nobody had the key.", "Otto Frisch"),
    ("The minister wishes to add that the gate is shut.", "the minister"),
])
def test_attribute_when_the_subject_stands_in_another_form_then_it_speaks(text, speaker):
    assert last(text).speaker == speaker


@pytest.mark.parametrize(("text", "speaker"), [
    ("Adam Pryce was there. Anna Pryce was not. Mr Pryce said that the hose burst.", "Adam Pryce"),
    ("Adam Pryce was there. Peter Pryce was not. Mr Pryce said that the hose burst.", "Pryce"),
    ("When Alan Crook came, the boat was gone. Crook said that it had sunk.", "Alan Crook"),
    ("The mayor, Johanna Holt, was ill. In April Holt resigned. Holt said that she was tired.", "Johanna Holt"),
])
def test_attribute_when_only_a_surname_is_printed_then_the_full_name_is_the_same_persons(text, speaker):
    assert last(text).speaker == speaker


@pytest.mark.parametrize(("text", "speaker"), [
    ("Anna Holt is adamant that the mill is safe.", "Anna Holt"),
    ("Anna Holt has no doubt that the mill is safe.", "Anna Holt"),
    ("Anna Holt made it clear that the mill is safe.", "Anna Holt"),
    ("Anna Holt's fear is that the mill will be sold.", "Anna Holt"),
    ("Anna Holt used the words “a very old debt of ours”.", "Anna Holt"),
    ("Anna Holt likened the mill to “a very old debt of ours”.", "Anna Holt"),
    ("The mill is what Anna Holt calls “a very old debt”.", "Anna Holt"),
    ("The mill is, in Anna Holt's phrase, “a very old debt”.", "Anna Holt"),
    ("By Anna Holt's account nobody asked.", "Anna Holt"),
    ("“The wall was rotten through and through” – Anna Holt", "Anna Holt"),
    ("“Nobody asked me,” sighs the mayor, Anna Holt.", "Anna Holt"),
    ("Nobody asked, writes Anna Holt in her memoir.", "Anna Holt"),
    ("Her colleague Otto Frisch thinks otherwise.", "Otto Frisch"),
    ("Critics, notably Otto Frisch of the dockers, reply that the port is full.", "Otto Frisch"),
    ("“We were never asked,” the union's Otto Frisch said.", "Otto Frisch"),
    ("“We were never asked,” said one of the millers, Otto Frisch.", "Otto Frisch"),
    ("Otto Frisch, who ran the mill until it was closed on 1 July, said that the wall was old.", "Otto Frisch"),
    ("Otto Frisch answered on the radio that the wall was old.", "Otto Frisch"),
    ("The night nurse, Ms Achter, recorded that the patient was pale.", "Achter"),
    ("Nobody said that the wall was old.", ""),
    ("Nobody is convinced that the wall was old.", ""),
    ("The mill is safe, and Anna Holt is glad of it.", ""),
])
def test_attribute_when_no_plain_verb_of_saying_is_used_then_the_speaker_is_still_named(text, speaker):
    assert last(text).speaker == speaker


@pytest.mark.parametrize(("text", "speaker"), [
    ("Whoever leaves the group tells the leader.", ""),
    ("**The commission says that the wall was old.**", "the commission"),
    ("The so-called National Council has announced an inquiry.", "National Council"),
    ("Councillor Thorne (Greens) said that the wall was old.", "Thorne"),
    ("The doctor Imre Lock today says that he had been asked to keep quiet.", "Imre Lock"),
    ("Only twelve days ago his party said that the wall was old.", "his party"),
    ("No group has claimed responsibility.", ""),
    ("author: “Pip”\npublished: 2018-02-11\nkind: report", ""),
    ("He read it, said “Birger, you worry like my mother,” and laughed.", ""),
])
def test_attribute_when_marks_or_times_stand_beside_a_name_then_they_are_no_part_of_it(text, speaker):
    assert last(text).speaker == speaker
