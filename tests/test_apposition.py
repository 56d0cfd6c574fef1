"""Names beside an office: invented sentences in which a comma stands between who somebody is and what he is called."""

import pytest

from qa.attribution import attribute
from qa.language.sentences import split_sentences
from qa.records import Document


def said(text):
    document = Document(id="d", name="mill.txt", source="mill.txt", text=text)
    return [attribute(document, start, end) for start, end in split_sentences(text)][-1]


@pytest.mark.parametrize(("text", "speaker"), [
    ("The mediator, the retired judge Runa Aske, says that the talks stalled.", "Runa Aske"),
    ("“We are sorry,” said the chair of the mill board, Dr. Katarina Holm.", "Katarina Holm"),
    ("“First the wheel broke,” said a loom fitter, Celia Rost, without looking up.", "Celia Rost"),
    ("The fire was small, his wife, the cellist Otti Falk, said on Friday.", "Otti Falk"),
    ("The mill's secretary, Aldo Lern, who made the call, told the court that it was short.", "Aldo Lern"),
    ("The mill's former head of finance, Gerd Finn, denied it: “Nobody asked.”", "Gerd Finn"),
    ("Yet a mechanic at Tollby, Pekka Sund, told our reporter that he saw the boat.", "Pekka Sund"),
    ("The ship's cook, a Mr Anselm Brant, told the radio that he had been offered money.", "Anselm Brant"),
    ("“Anybody can buy a cape,” says the foreman, Eustace Ngo, who hid for two hours.", "Eustace Ngo"),
    ("Nobody knew where the key was; the librarian, Mr Wolf Yates, said that it never existed.", "Wolf Yates"),
    ("A relative of one of the dead, a packer called Nora Holt, said outside the court that her sister knew.", "Nora Holt"),
    ("The directors, Lena Brandt and Piet Lund, said that the mill would close.", "Lena Brandt and Piet Lund"),
    ("Officials from the ministry, Lena Brandt, Piet Lund and a clerk, said nothing.", "Officials from the ministry"),
])
def test_attribute_when_a_name_stands_beside_an_office_then_its_bearer_speaks(text, speaker):
    assert said(text).speaker == speaker


def test_attribute_when_a_name_stands_beside_an_office_then_the_office_is_the_role():
    assert said("“We are sorry,” said the chair of the mill board, Dr. Katarina Holm.").role == "chair of the mill board"
