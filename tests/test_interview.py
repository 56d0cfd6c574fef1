"""Invented interviews without names before the answers, and texts that only look like one."""

import pytest

from qa.attribution import attribute
from qa.attribution.interview import answer_at
from qa.language.sentences import split_sentences
from qa.records import Document

ANSWERS = ("Hardly. I asked for two cranes and was given one.", "I wrote to the owner in March. Nina Falk told me that the letter was lost.",
           "My men know. They have eyes.", "I shall stay until the weir is mended.")
QUESTIONS = ("Mr Lund, is the weir safe?", "The owner says that you never warned him.", "Do your men know?", "What will you do?")
LEAD = "Piet Lund has run the lock at Elmford for thirty years. We met him in May.\n\n"


def document(text, title="The lock", **more):
    return Document(id="d", name="lock.md", source="lock.md", text=text, title=title, **more)


def said(text, fragment, **more):
    one = document(text, **more)
    at = text.index(fragment)
    return attribute(one, *next((start, end) for start, end in split_sentences(text) if start <= at < end))


def interview(question="{}", answer="{}", between="\n\n"):
    return LEAD + "\n\n".join(question.format(asked) + between + answer.format(given) for asked, given in zip(QUESTIONS, ANSWERS, strict=True))


@pytest.mark.parametrize("text", [
    interview("*{}*"), interview("**{}**", between="\n"), interview(answer="“{}”"), interview("_{}_", "“{}”"), interview(),
], ids=["italics", "bold in the paragraph", "answers quoted", "both", "alternating"])
@pytest.mark.parametrize("fragment", ["I asked for two", "I wrote to", "They have eyes", "I shall stay"])
def test_attribute_when_a_guest_answers_questions_then_the_answers_are_his(text, fragment):
    found = said(text, fragment)
    assert (found.voice, found.speaker) == ("named", "Piet Lund")


@pytest.mark.parametrize("fragment", ["Mr Lund, is", "The owner says", "thirty years"])
def test_attribute_when_a_question_or_the_lead_is_asked_for_then_it_is_not_the_guests(fragment):
    assert said(interview("*{}*"), fragment).speaker != "Piet Lund"


def test_attribute_when_an_answer_passes_words_on_then_they_are_the_others():
    assert said(interview("*{}*"), "Nina Falk told me").speaker == "Nina Falk"


def test_attribute_when_a_paragraph_of_answers_tells_something_between_quotations_then_that_is_not_the_guests():
    text = interview(answer="“{}”").replace("They have eyes.”", "They have eyes.” He pours more tea.")
    assert said(text, "He pours").speaker == ""
    assert said(text, "They have eyes").speaker == "Piet Lund"


@pytest.mark.parametrize(("lead", "title", "guest"), [
    ("The keeper pours tea. He has no time.\n\n", "The keeper of the lock, an interview with Otto Frisch", "Otto Frisch"),
    ("The keeper pours tea. He has no time.\n\n", "Otto Frisch on the weir", "Otto Frisch"),
    ("Otto Frisch, counsel for Casimir Frost, pours tea. He spoke to Oskar Lind.\n\n", "The weir", "Otto Frisch"),
    ("The keeper pours tea. He has no time.\n\n", "The weir", None),
])
def test_answer_when_no_question_addresses_the_guest_then_title_and_lead_name_him_or_nobody(lead, title, guest):
    text = interview("*{}*").replace(LEAD, lead).replace("Mr Lund, is", "Is")
    found = answer_at(document(text, title=title), text.index("I shall stay"))
    assert (found and found.name) == guest


@pytest.mark.parametrize("text", [
    LEAD + "**When will the lock open?**\n\nIn May.\n\n**What does it cost?**\n\nTwo crowns.\n\n**Where are tickets sold?**\n\nAt the gate.",
    LEAD + "*The lock*\n\nI saw it in May.\n\n*The weir*\n\nI saw it too.\n\n*The mill*\n\nI like it.\n\n*The inn*\n\nI ate there.",
    LEAD + "Who was it?\n\nNobody knows. I asked around.\n\nThe weir broke at noon.\n\nI was at home.",
], ids=["questions of a leaflet", "headings of an essay", "one question of a story"])
def test_answer_when_nobody_is_asked_then_a_text_is_no_interview(text):
    assert answer_at(document(text), len(text) - 3) is None
