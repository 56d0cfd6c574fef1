"""Several documents about things of one name: each has its say."""

import pytest

from qa.answering.evidence import Features
from qa.answering.extract import Candidate
from qa.answering.namesakes import LEAST, namesakes
from qa.answering.question import analyse
from qa.records import Document, Passage

ABOUT = {
    "film.txt": "Grey Harbour (film)\nGrey Harbour is a 1962 drama film directed by Ida Lund. It was shot in eleven days.\n",
    "band.txt": "Grey Harbour (band)\nGrey Harbour was a rock band from Alta. Its first record was sold at markets.\n"
                "The film rights to its songs went to a director, Piet Moran.\n",
    "fair.txt": "The harvest fair in Tarn opens on Monday. Ida Lund will sing there with her sister.\n",
}


@pytest.fixture(scope="module")
def assistant(assistant_over):
    return assistant_over(ABOUT)


def candidate(name, text, probability):
    document = Document(id=name, name=name, source=name, text=text)
    passage = Passage(id=name, document_id=name, text=text, start=0, end=len(text), sentences=((0, len(text)),))
    return Candidate(document=document, passage=passage, start=0, end=len(text), probability=probability,
                     features=Features(meaning=0.5, words=0.5, fit=0.5, names=1.0))


SPORT = analyse("What sport is Larry Holm associated with?")
BALL = candidate("ball", "Larry Holm (baseball) Larry Holm was a right fielder.", 0.7)
GOLF = candidate("golf", "Lawrence “Larry” A. Holm was an American golfer.", LEAST + 0.05)
NEWS = candidate("news", "The fair was opened by Larry Holm.", LEAST + 0.1)


def test_namesakes_when_another_document_defines_the_name_too_then_its_best_sentence_is_added():
    assert namesakes(SPORT, [BALL], [BALL, NEWS, GOLF]) == [GOLF]


def test_namesakes_when_only_one_document_defines_the_name_or_nothing_answers_then_none():
    assert namesakes(SPORT, [BALL], [BALL, NEWS]) == []
    assert namesakes(SPORT, [], [BALL, NEWS, GOLF]) == []


def test_namesakes_when_its_sentence_is_too_improbable_then_none():
    assert namesakes(SPORT, [BALL], [BALL, candidate("golf", GOLF.text, LEAST - 0.05)]) == []


def test_ask_when_two_documents_define_the_name_then_each_is_quoted(assistant):
    answer = assistant.ask("Who is the director of “Grey Harbour”?")
    assert {"film.txt", "band.txt"} <= {citation.name for statement in answer.statements for citation in statement.citations}


def test_ask_when_a_document_only_mentions_a_name_then_it_is_not_added(assistant):
    answer = assistant.ask("Who is the director of “Grey Harbour”?")
    assert "fair.txt" not in {citation.name for statement in answer.statements for citation in statement.citations}


def test_ask_when_no_sentence_answers_then_a_shared_name_alone_brings_none(assistant):
    assert assistant.ask("What is the melting point of Grey Harbour?").status == "no_evidence"
