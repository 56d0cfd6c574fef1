import pytest

from qa.attribution import attribute
from qa.attribution.conversation import speaker_at
from qa.language.sentences import split_sentences
from qa.records import Document

CHAT = """Anna Berg: Hi all, the hall is booked for the 14th.
Tom Reed: Great. How many are coming?
Anna Berg: Thirty-two so far. Lena said her brother might come too.
Tom Reed: The old projector broke in May.
"""
INTERVIEW = """Radio Elm, morning programme

Nora Hale: Mr Lund, is the bridge safe?

Piet Lund: Ask the engineers. Our union wrote to the owner in March.

Nora Hale: What did they answer?

Piet Lund: Nothing. The owner says it never got a letter.
"""


def document(text, **more):
    return Document(id="d", name="talk.txt", source="talk.txt", text=text, **more)


def said(text, fragment, **more):
    one = document(text, **more)
    at = text.index(fragment)
    return attribute(one, *next((start, end) for start, end in split_sentences(text) if start <= at < end))


@pytest.mark.parametrize(("text", "fragment", "speaker"), [
    (CHAT, "the hall is booked", "Anna Berg"),
    (CHAT, "How many are coming", "Tom Reed"),
    (CHAT, "The old projector", "Tom Reed"),
    (INTERVIEW, "Our union wrote", "Piet Lund"),
    (INTERVIEW, "What did they answer", "Nora Hale"),
])
def test_attribute_when_a_sentence_stands_in_a_turn_then_the_one_who_has_it_speaks(text, fragment, speaker):
    found = said(text, fragment)
    assert (found.voice, found.speaker) == ("named", speaker)


def test_attribute_when_a_turn_passes_on_somebodys_words_then_the_one_is_listed_beside_the_speaker():
    found = said(CHAT, "Lena said")
    assert (found.speaker, found.also) == ("Anna Berg", ("Lena",))


def test_attribute_when_a_heading_stands_before_the_first_turn_then_nobody_has_it():
    assert speaker_at(document(INTERVIEW), 0) is None


def test_speaker_when_the_turns_are_marked_q_and_a_then_the_guest_of_the_headline_answers():
    text = "Interview with Dr Hanna Weiss\n\nQ: Is the water safe?\nA: It is safe to wash in.\nQ: When can we drink it?\nA: In about three weeks.\n"
    assert said(text, "three weeks").speaker == "Hanna Weiss"


def test_speaker_when_lines_have_times_before_the_name_then_the_name_is_read():
    text = "[09:14] Kim: The delivery came.\n[09:15] Ravi: I counted eleven.\n[09:16] Kim: Then one is missing.\n"
    assert said(text, "I counted").speaker == "Ravi"


@pytest.mark.parametrize("text", [
    "Title: The bridge\nOutlet: Elm Post\nDate: 3 May 2021\n\nThe bridge is shut.",
    "Flour: 200 g\nSugar: 100 g\nEggs: three\n\nMix all of it.",
    "The minister was asked about the bridge.\n\nLund: a town in trouble. Its bridge is shut.",
])
def test_document_when_it_has_labels_but_nobody_speaks_twice_then_is_no_conversation(text):
    assert speaker_at(document(text), len(text) - 2) is None


def test_attribute_when_answers_are_nobodys_by_name_then_a_letter_is_no_speaker():
    text = "The dam: questions and answers\n\nQ: Is the dam safe?\nA: It was inspected in March.\nQ: Who was on duty?\nA: Two operators were.\n"
    assert said(text, "inspected").speaker == said(text, "Two operators").speaker == ""
