"""Times that a question sets, and the figure first where one is asked for."""

from datetime import date

import pytest

from qa.answering.counting import figure_for
from qa.answering.question import analyse
from qa.answering.steer import steering
from qa.answering.times import date_words, times_in
from qa.assistant import Assistant
from qa.library import Library
from qa.records import Citation, Document, Figure, Statement
from qa.settings import Settings

DOCUMENTS = {
    "march.md": "---\ntitle: Flood in March\noutlet: Orla Herald\npublished: 2024-03-04\nkind: report\n---\n\n"
                "Mayor Jon Lindqvist said 12 houses were lost in the Orla flood.\n",
    "april.md": "---\ntitle: Flood in April\noutlet: Orla Herald\npublished: 2024-04-02\nkind: report\n---\n\n"
                "Mayor Jon Lindqvist said 15 houses were lost in the Orla flood.\n",
    "notes.md": "---\ntitle: Notes\nprecision: none\nkind: report\n---\n\nEngineer Mira Stolz said 20 houses were lost in the Orla flood.\n",
    "dam.md": "---\ntitle: The dam\npublished: 2024-05-10\nkind: report\n---\n\n"
              "The Vessby dam burst on 3 March 2024. Pumps were brought to Tarn on 1 March 2024. Pumps were brought to Tarn on 9 March 2024.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("flood")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = Library(folder / "library", Settings(embedding="static"))
    library.add([folder / name for name in DOCUMENTS])
    yield library
    library.close()


@pytest.fixture(scope="module")
def assistant(library):
    return Assistant(library)


def names(answer):
    return [statement.citations[0].name for statement in answer.statements]


@pytest.mark.parametrize(("question", "rest", "field", "day"), [
    ("How many houses were lost as of March 2024?", "How many houses were lost?", "as_of", date(2024, 3, 31)),
    ("As of 15 March, how many houses were lost?", "how many houses were lost?", "as_of", date(2024, 3, 15)),
    ("What happened since 5 March 2024?", "What happened since 5 March 2024?", "since", date(2024, 3, 5)),
    ("What happened before 2024?", "What happened before 2024?", "until", date(2023, 12, 31)),
    ("What happened until April 2024?", "What happened until April 2024?", "until", date(2024, 4, 30)),
    ("What happened after the Vessby dam burst?", "What happened after the Vessby dam burst?", "since", date(2024, 3, 3))])
def test_steering_when_a_time_is_named_then_it_is_read_and_only_as_of_is_taken_out(library, question, rest, field, day):
    found = steering(question, library)
    assert getattr(found, field) == day and found.question == rest


@pytest.mark.parametrize("question", ["How many houses were lost?", "Did they look after the dam?", "What was said before it?"])
def test_steering_when_no_time_is_named_then_nothing_is_left_out(library, question):
    found = steering(question, library)
    assert (found.as_of, found.since, found.until, found.order) == (None, None, None, "")


def test_ask_when_the_latest_figure_is_wanted_then_the_newest_comes_first_and_the_undated_is_said_to_be(assistant):
    answer = assistant.ask("What is the latest number of houses lost in the Orla flood?")
    assert names(answer)[0] == "april.md" and "Newest first" in answer.lead
    assert "undated" in answer.text and names(answer)[-1] == "march.md"
    superseded = next(s for s in answer.statements if s.citations[0].name == "march.md")
    assert superseded.agreement == "superseded"
    assert [s.citations[0].marker for s in answer.statements] == list(range(1, len(answer.statements) + 1))


def test_ask_when_a_later_figure_is_of_another_speaker_then_both_stand(assistant):
    answer = assistant.ask("How many houses were lost in the Orla flood?")
    stand = {s.speaker: s.agreement for s in answer.statements if s.citations[0].name != "march.md"}
    assert stand == {"Jon Lindqvist": "differ", "Mira Stolz": "differ"}


def test_ask_when_asked_as_of_a_day_then_what_was_published_later_is_left_out(assistant):
    answer = assistant.ask("How many houses were lost in the Orla flood as of 15 March 2024?")
    assert names(answer) == ["march.md", "notes.md"] and "2024-03-15" in answer.lead


def test_ask_when_asked_since_an_event_then_sentences_of_earlier_days_are_left_out(assistant):
    answer = assistant.ask("When were pumps brought to Tarn after the Vessby dam burst?")
    quotes = [s.citations[0].quote for s in answer.statements]
    assert any("9 March" in quote for quote in quotes) and not any("1 March" in quote for quote in quotes)


def test_ask_when_asked_how_many_then_the_figure_leads_with_what_is_counted_and_as_of_when(assistant):
    answer = assistant.ask("How many houses were lost in the Orla flood?")
    by_name = {s.citations[0].name: s.text for s in answer.statements}
    assert by_name["april.md"].startswith("15 houses, as of 2024-04-02: Jon Lindqvist")
    assert by_name["notes.md"].startswith("20 houses, as of no date given: Mira Stolz") and "(undated)" in by_name["notes.md"]


def statement(quote, *figures):
    citation = Citation(marker=1, document="d", name="d", source="d", start=0, end=len(quote), quote=quote, verified=True)
    return Statement(text=f"“{quote}”", citations=(citation,), voice="document", figures=figures)


@pytest.mark.parametrize(("question", "chosen"), [
    ("How many soldiers were wounded?", "40"), ("How many soldiers were killed?", "12"), ("How many tanks were lost?", None),
    ("Where were soldiers killed?", None)])
def test_figure_when_the_killed_and_the_wounded_are_counted_then_the_one_asked_for_leads(question, chosen):
    found = figure_for(statement("12 soldiers were killed and 40 wounded.", Figure(value=12, text="12", counted="soldiers killed"),
                                 Figure(value=40, text="40", counted="soldiers wounded", start=29, end=31)), analyse(question))
    assert (found.text if found else None) == chosen


def test_date_words_when_the_year_is_missing_then_it_is_said():
    assert (date_words("2024-03-05"), date_words("--03-05"), date_words("--03")) == ("2024-03-05", "5 March, year not said", "March, year not said")


@pytest.mark.parametrize(("text", "day"), [
    ("The strike begins on 7 June.", "2022-06-07"), ("The strike will begin in October.", "2022-10"),
    ("The strike began on 7 April.", "2022-04-07"), ("The strike was brought forward from October.", "2021-10"),
    ("The strike ended on 30 December.", "2021-12-30"), ("The strike on 1 June is the first.", "2022-06-01")])
def test_times_when_a_day_has_no_year_then_it_is_the_one_gone_by_unless_it_lies_ahead(text, day):
    document = Document(id="d", name="d", source="d", text=text, published=date(2022, 5, 20), published_precision="day")
    assert [dated.date for dated in times_in(document, 0, len(text))] == [day]
