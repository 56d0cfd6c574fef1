"""Questions about the documents themselves and about all of them together."""

import pytest

from qa.answering.asked_of_all import recognise
from qa.records import Filters

DOCUMENTS = {
    "herald.md": "---\ntitle: Flood at the Orla dam\noutlet: Orla Herald\nauthor: Ida Brenner\npublished: 2024-03-04\nkind: report\n---\n\n"
                 "The Orla dam burst on Sunday and flooded Vessby. Mayor Jon Lindqvist said 12 houses were lost at the Orla dam.\n\n"
                 "Bakers in Lund gave bread to the flooded families.\n",
    "courier.md": "---\ntitle: After the flood\noutlet: Lund Courier\npublished: 2024-04-02\nkind: report\n---\n\n"
                  "Engineer Mira Stolz said the Orla dam was cracked for years. She said 15 houses were lost at the Orla dam.\n\n"
                  "The bridge at Tarn stays closed.\n",
    "letter.md": "---\ntitle: Enough is enough\nkind: commentary\nprecision: none\n---\n\n"
                 "The county has neglected every dam in the valley. Nobody in Lund believes the mayor any more.\n",
}


@pytest.fixture(scope="module")
def assistant(assistant_over):
    return assistant_over(DOCUMENTS)


def cited(answer):
    return [statement.citations[0].name for statement in answer.statements]


@pytest.mark.parametrize(("question", "kind", "topic"), [
    ("Which documents mention Vessby?", "mentions", "Vessby"),
    ("In which articles is the dam mentioned?", "mentions", "the dam"),
    ("How many reports talk about bread?", "mentions", "bread"),
    ("does any source mention Tarn", "mentions", "Tarn"),
    ("Which is the most recent?", "newest", ""),
    ("What is the oldest document about the dam?", "oldest", "the dam"),
    ("How many documents are there?", "list", ""),
    ("Which documents are undated?", "list", "undated"),
    ("When was the article about the flood published?", "date", "the flood"),
    ("Who wrote the report on the flood?", "author", "the flood"),
    ("What do the sources say about the Orla dam?", "say", "the Orla dam"),
    ("Which is the newest? (documents mention Vessby)", "newest", "Vessby"),
])
def test_recognise_when_the_collection_is_meant_then_the_request_says_what_is_asked(question, kind, topic):
    request = recognise(question)
    assert (request.kind, request.topic) == (kind, topic)


@pytest.mark.parametrize("question", [
    "How many houses were lost?", "Who said the dam was cracked?", "When did the dam burst?", "What is the latest death toll?",
    "Which documents did the mayor sign?", "What changed?", "Who reported the flood to the police?", "What did Mira Stolz say about the dam?",
    "What is the first name of the mayor's mother?", "When was the report on the craters finally released?",
])
def test_recognise_when_an_event_is_asked_about_then_it_is_no_request(question):
    request = recognise(question)
    assert request is None or not request.sure


def test_recognise_when_two_parties_or_two_times_are_named_then_they_are_taken_apart():
    assert recognise("Compare what Lindqvist and Stolz say about the dam").parties == ("Lindqvist", "Stolz")
    assert recognise("How do the Herald and the Courier differ on the houses?").topic == "the houses"
    assert recognise("What changed between March and May 2024 about the dam?").times == ("March", "May 2024")


def test_mentions_when_two_of_three_say_the_word_then_each_is_cited_with_the_sentence_and_the_third_is_silent(assistant):
    answer = assistant.ask("Which documents mention Orla?")
    assert answer.status == "answered" and answer.lead.startswith("2 of 3 documents mention “Orla”")
    assert cited(answer) == ["herald.md", "courier.md"] and [silent.name for silent in answer.silent] == ["letter.md"]
    assert all("Orla" in s.citations[0].quote and s.verdict.supported for s in answer.statements)
    assert answer.text.startswith(answer.lead)


def test_mentions_when_inflected_then_it_is_found_and_when_absent_then_that_is_the_answer(assistant):
    assert cited(assistant.ask("Which documents mention dams?")) == ["herald.md", "courier.md", "letter.md"]
    answer = assistant.ask("Which documents mention Oslo?")
    assert answer.status == "no_evidence" and "No document mentions “Oslo”" in answer.text and len(answer.silent) == 3


def test_newest_when_one_is_undated_then_it_is_named_apart(assistant):
    answer = assistant.ask("Which document is the most recent?")
    assert cited(answer) == ["courier.md"] and "2024-04-02" in answer.lead and "1 is undated" in answer.lead


def test_oldest_when_a_topic_is_named_then_only_documents_that_mention_it_count(assistant):
    assert cited(assistant.ask("Which is the oldest document that mentions Tarn?")) == ["courier.md"]


def test_list_when_asked_how_many_then_all_are_listed_and_cited(assistant):
    answer = assistant.ask("How many documents are there?")
    assert "There are 3 documents" in answer.text and cited(answer) == ["herald.md", "courier.md", "letter.md"]
    assert all(s.citations[0].verified and s.citations[0].quote for s in answer.statements)


@pytest.mark.parametrize(("question", "names"), [
    ("Which documents are undated?", ["letter.md"]), ("Which documents are commentaries?", ["letter.md"]),
    ("Which articles are from March 2024?", ["herald.md"]), ("Which articles were published after March 2024?", ["courier.md"])])
def test_list_when_a_quality_is_named_then_only_those_that_have_it_are_listed(assistant, question, names):
    assert cited(assistant.ask(question)) == names


def test_date_and_author_when_a_document_is_named_then_its_own_words_for_it_are_cited(assistant):
    answer = assistant.ask("When was “Flood at the Orla dam” published?")
    assert "published 2024-03-04" in answer.lead and "2024-03-04" in answer.statements[0].citations[0].quote
    answer = assistant.ask("Who wrote “Flood at the Orla dam”?")
    assert "by Ida Brenner in Orla Herald" in answer.lead and cited(answer) == ["herald.md"]
    assert "undated" in assistant.ask("When was “Enough is enough” published?").lead


def test_say_when_asked_for_all_sources_then_each_speaks_in_its_own_voice_and_they_are_compared(assistant):
    answer = assistant.ask("What do the sources say about houses lost at the Orla dam?")
    assert {"herald.md", "courier.md"} <= set(cited(answer))
    assert {"Jon Lindqvist", "Mira Stolz"} <= {s.speaker for s in answer.statements}
    assert answer.disagreements


def test_say_when_one_document_is_named_then_its_sentences_on_the_topic_are_given_in_their_order(assistant):
    answer = assistant.ask("What does “Flood at the Orla dam” say about the Orla dam?")
    assert answer.lead == "“Flood at the Orla dam” on “the Orla dam”."
    assert [s.citations[0].quote[:12] for s in answer.statements] == ["The Orla dam", "Mayor Jon Li"]
    assert assistant.ask("What does “Enough is enough” say about bread?").status == "no_evidence"


def test_recognise_when_a_title_holds_an_and_then_it_is_one_document():
    request = recognise("What does “Floods and dams” say about bread?")
    assert (request.kind, request.parties, request.topic) == ("say", ("Floods and dams",), "bread")


def test_compare_when_speakers_are_named_then_the_words_of_each_are_given_and_a_silent_one_is_said_to_be(assistant):
    answer = assistant.ask("Compare what Lindqvist and Stolz say about the Orla dam")
    assert {s.speaker for s in answer.statements} == {"Jon Lindqvist", "Mira Stolz"}
    answer = assistant.ask("Compare what Stolz and Brandt say about the Orla dam")
    assert "Nothing of Brandt" in answer.lead


def test_compare_when_outlets_are_named_then_their_documents_are_compared(assistant):
    assert set(cited(assistant.ask("How do the Orla Herald and the Lund Courier differ on the Orla dam?"))) == {"herald.md", "courier.md"}


def test_changed_when_two_months_are_named_then_statements_between_come_in_the_order_of_time(assistant):
    answer = assistant.ask("What changed between March and April about the Orla dam?")
    assert cited(answer)[0] == "herald.md" and cited(answer)[-1] == "courier.md"
    assert set(cited(assistant.ask("What changed between January and March 2024 about the Orla dam?"))) == {"herald.md"}


def test_collection_when_filtered_then_only_those_documents_count(assistant):
    answer = assistant.ask("Which documents mention the dam?", filters=Filters(documents=("letter.md", "courier.md")))
    assert answer.lead.startswith("2 of 2 documents")
