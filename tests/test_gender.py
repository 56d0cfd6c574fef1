"""Whether a person is a "he" or a "she", and what leaves it open."""

import pytest

from qa.attribution.gender import gender, of_first_name, of_title

TOLD = [
    ("Anna Kovac spoke.", "Anna Kovac", "she"),
    ("Peter Lund spoke.", "Peter Lund", "he"),
    ("Mrs Wirth spoke, and Zelk Wirth was silent.", "Zelk Wirth", "she"),
    ("Mr and Mrs Wirth came. Mr Wirth spoke.", "Wirth", ""),
    ("Zelk Wirth lost his hat. Later Wirth found himself alone.", "Zelk Wirth", "he"),
    ("Zelk Wirth lost his hat.", "Zelk Wirth", ""),
    ("Zelk Wirth lost his hat. Wirth thanked her. Wirth saw her.", "Zelk Wirth", ""),
    ("Orsolita Venn spoke.", "Orsolita Venn", "she"),
]


@pytest.mark.parametrize(("text", "name", "expected"), TOLD)
def test_gender_when_the_document_tells_then_the_pronoun_is_given_and_else_none(text, name, expected):
    assert gender(text, name) == expected


def test_words_when_they_tell_no_gender_then_none_is_given():
    assert (of_title("minister"), of_title("spokeswoman"), of_title("Mr."), of_first_name("Zelk")) == ("", "she", "he", "")
