"""Timelines: what is dated about a topic, how each date is known, in records, text, JSON and a drawing."""

import json
from datetime import date
from xml.etree import ElementTree

import pytest

import qa
from qa.cli import main
from qa.records import Filters
from qa.settings import Settings
from qa.timelines import how_known, span_of, to_json, to_svg, to_text, when

DATED = """---
title: Floods in the Orla valley
published: 2024-05-17
---

The Orla dam at Vessby burst on Tuesday, the county said. A day later the water reached the Orla mill at Tarn.

On 12 May, Mira Stolz warned that the Orla dam was cracked. Repairs of the Orla dam are planned from May to July 2025.

The Orla dam is the oldest in the valley.

Bakers in Lund sold more bread in 2023.
"""
UNDATED = """---
title: Notes on the Orla dam
precision: none
---

On 3 March engineers inspected the Orla dam & <found> cracks in it. On the same day the Orla dam was closed.

The Orla dam leaked on Friday. In recent days the Orla dam has been in the news.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("orla")
    (folder / "floods.md").write_text(DATED, encoding="utf-8")
    (folder / "notes.md").write_text(UNDATED, encoding="utf-8")
    opened = qa.open_library(folder / "library", settings=Settings(embedding="static"))
    opened.add(folder / "floods.md", folder / "notes.md")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def events(library):
    return qa.timeline(library, "Orla dam")


def told(events, words):
    return next(event for event in events if words in event.statement.citations[0].quote)


def test_timeline_when_a_weekday_is_named_then_it_is_counted_from_publication_and_shown_as_that(events):
    event = told(events, "burst on Tuesday")
    assert (event.date, event.precision, event.worked_out, event.words) == ("2024-05-14", "day", True, "Tuesday")
    assert "“Tuesday” read as 2024-05-14" in event.statement.text
    assert event.statement.citations[0].published == date(2024, 5, 17)


def test_timeline_when_a_year_is_missing_then_the_publication_gives_it(events):
    assert told(events, "Mira Stolz").date == "2024-05-12"


def test_timeline_when_a_day_later_follows_a_date_then_it_is_counted_from_that(events):
    assert told(events, "reached the Orla mill").date == "2024-05-15"


def test_timeline_when_a_stretch_is_named_then_one_event_covers_it(events):
    event = told(events, "Repairs")
    assert span_of(event) == (date(2025, 5, 1), date(2025, 7, 31)) and event.until == "2025-07"


def test_timeline_when_the_document_is_undated_then_the_year_stays_open_and_it_comes_last(events):
    event = told(events, "inspected")
    assert event.date == "--03-03" and span_of(event) is None
    assert "undated document" in how_known(event) and when(event) == "3 March, year not said"
    dated = [span_of(e) is not None for e in events]
    assert dated == sorted(dated, reverse=True)


def test_timeline_when_the_same_day_is_said_of_an_undated_day_then_it_is_that_day(events):
    assert told(events, "was closed").date == "--03-03"


def test_timeline_when_only_a_weekday_is_known_then_the_day_is_not_settled(events):
    event = told(events, "leaked on Friday")
    assert event.date == "" and when(event) == "day not settled"


def test_timeline_when_words_mean_no_one_time_or_another_topic_then_they_are_no_event(events):
    quotes = [event.statement.citations[0].quote for event in events]
    assert not any("In recent days" in quote or "Bakers" in quote for quote in quotes)


def test_timeline_when_a_sentence_has_no_date_then_it_stands_at_publication_and_says_so(events):
    event = told(events, "oldest in the valley")
    assert (event.basis, event.date, event.words) == ("publication", "2024-05-17", "")
    assert "not dated in the words" in how_known(event)


def test_timeline_when_events_are_given_then_dates_ascend_and_every_quote_is_in_its_document(library, events):
    spans = [span_of(event)[1] for event in events if span_of(event)]
    assert spans == sorted(spans) and len(spans) >= 5
    texts = {document.id: document.text for document in library.documents()}
    for event in events:
        first = event.statement.citations[0]
        assert texts[first.document][first.start : first.end] == first.quote and event.statement.verdict.supported


@pytest.mark.parametrize(("since", "until", "kept"), [
    (date(2024, 5, 14), date(2024, 5, 14), {"burst"}), (date(2025, 1, 1), None, {"Repairs"}), (None, date(2024, 5, 13), {"Mira"})])
def test_timeline_when_bounded_then_only_events_that_overlap_stay(library, since, until, kept):
    quotes = [event.statement.citations[0].quote for event in qa.timeline(library, "Orla dam", since=since, until=until)]
    assert len(quotes) == len(kept) and all(any(word in quote for quote in quotes) for word in kept)


def test_timeline_when_documents_are_chosen_then_only_they_are_read(library):
    found = qa.timeline(library, "Orla dam", Filters(documents=("notes.md",)))
    assert found and {event.statement.citations[0].name for event in found} == {"notes.md"}


def test_timeline_when_nothing_is_about_the_topic_then_it_is_empty_and_said(library):
    assert qa.timeline(library, "volcanoes of Iceland") == ()
    assert "No dated statement" in to_text("volcanoes", ())


def test_text_when_printed_then_each_event_has_its_time_and_its_source(events):
    text = to_text("Orla dam", events)
    assert "2024-05-14 (worked out from “Tuesday”)" in text and "undated, characters" in text


def test_json_when_made_twice_then_it_is_the_same_and_carries_the_records(library, events):
    assert to_json("Orla dam", events) == to_json("Orla dam", qa.timeline(library, "Orla dam"))
    first = json.loads(to_json("Orla dam", events))["events"][0]
    assert {"date", "precision", "basis", "until", "worked_out", "statement"} <= first.keys()


def test_svg_when_drawn_then_it_is_well_formed_escaped_and_has_a_mark_for_each_dated_event(events):
    root = ElementTree.fromstring(to_svg("Orla <dam>", events))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{space}g")) == sum(span_of(event) is not None for event in events)
    assert "script" not in to_svg("<script>", events).replace("&lt;script&gt;", "")
    numbers = {node.text for node in root.iter(f"{space}text")}
    assert "Timeline: Orla <dam>" in numbers


def test_svg_when_there_is_nothing_to_draw_then_it_is_still_a_drawing():
    assert ElementTree.fromstring(to_svg("nothing", ())).tag.endswith("svg")


def test_command_when_asked_for_a_drawing_then_the_file_is_written_and_nothing_found_exits_with_3(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("QA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("QA_EMBEDDING", "static")
    (tmp_path / "floods.md").write_text(DATED, encoding="utf-8")
    drawing = tmp_path / "orla.svg"
    assert main(["timeline", "--docs", str(tmp_path / "floods.md"), "--plot", str(drawing), "Orla dam"]) == 0
    assert "2024-05-14" in capsys.readouterr().out and drawing.read_text(encoding="utf-8").startswith("<svg")
    assert main(["timeline", "volcanoes of Iceland", "--docs", str(tmp_path / "floods.md")]) == 3
    assert main(["timeline", "--docs", str(tmp_path / "floods.md")]) == 2
