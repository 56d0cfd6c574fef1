"""Figures by source, events in time and the report of the evals, as the page draws them."""

import json
import re
import threading
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_helpers import CASE, Parsed, answered, statement

from qa import timelines
from qa.records import Disagreement, Figure
from qa.web_page.answers import chips, conversation
from qa.web_page.evaluating import case_files
from qa.web_page.figures import comparable, figure_charts
from qa.web_page.times import scale



def test_figures_when_two_sources_give_the_same_thing_then_they_are_drawn_by_source_to_one_scale():
    content = "It was 14. It was 28. It was 3 per cent."
    hurt = statement(content, 0, 10, voice="named", speaker="Ilse Brandt", figures=(Figure(value=14, text="14", counted="passengers hurt"),))
    more = statement(content, 11, 21, marker=2, figures=(Figure(value=28, text="28", counted="passengers hurt"),))
    other = statement(content, 22, 40, marker=3, figures=(Figure(value=3, text="3 per cent", unit="%", counted="passengers hurt"),))
    groups = comparable((hurt, more, other))
    assert [[given.figure.text for given in group] for group in groups] == [["14", "28"]]
    chart = figure_charts(answered(hurt, more, other).answer, chips)
    assert chart.index('width="50.0%"') < chart.index('width="100.0%"') and "Ilse Brandt" in chart and "2031-05-04" in chart
    assert 'data-start="11" data-end="21"' in chart
    assert figure_charts(answered(hurt, other).answer, chips) == ""


def test_figures_when_one_counts_the_wounded_and_one_all_of_them_then_they_are_not_drawn_together():
    content = "It was 14. It was 300."
    hurt = statement(content, 0, 10, figures=(Figure(value=14, text="14", counted="passengers wounded"),))
    carried = statement(content, 11, 22, marker=2, figures=(Figure(value=300, text="300", counted="passengers"),))
    assert comparable((hurt, carried)) == []


@given(st.lists(st.tuples(st.dates(), st.integers(0, 400)), min_size=1, max_size=12))
@settings(deadline=None, max_examples=100)
def test_scale_when_there_are_any_days_then_they_lie_in_order_between_2_and_98_percent(given_days):
    spans = [(first, min(date.max, first + timedelta(days=min(length, (date.max - first).days)))) for first, length in given_days]
    days, at = scale(spans)
    places = [at(day) for day, _ in days]
    assert places == sorted(set(places)) and all(2 <= place <= 98 for place in places)
    assert {day for day, _ in days} == {day.toordinal() for span in spans for day in span}


def test_timeline_when_a_topic_is_dated_then_each_event_has_its_day_voice_and_place_and_else_it_says_so(page):
    shown = page.timeline("the Marigold running aground")
    events = timelines.timeline(page.library, "the Marigold running aground")
    assert events and shown.count('<li class="qa-statement ') == len(events)
    for event in events:
        citation = event.statement.citations[0]
        assert f'data-document="{citation.document}" data-start="{citation.start}" data-end="{citation.end}"' in shown
        assert timelines.when(event) in shown
    assert Parsed(shown).tags.count("circle") >= 1
    assert "date nothing about" in page.timeline("quantum chromodynamics") and page.timeline("  ") == ""


def test_evaluate_when_cases_are_given_then_progress_and_a_report_in_a_frame_where_nothing_runs(page, tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps({**CASE, "id": f"f{n:02d}"}) + "\n" for n in range(3)), encoding="utf-8")
    steps = list(page.evaluate(None, str(file), "", threading.Event()))
    assert "3 of 3 cases, 3 right" in steps[-1]
    assert 'sandbox srcdoc="' in steps[-1] and "&lt;h1&gt;Answers against known answers" in steps[-1]
    halted = threading.Event()
    halted.set()
    assert "Stopped before the first case" in list(page.evaluate(None, str(file), "", halted))[-1]


def test_evaluate_when_the_last_step_takes_its_time_then_the_report_stays(page, tmp_path, monkeypatch):
    def slow(*given, **more):
        time.sleep(0.3)
        yield "the report"
        time.sleep(0.3)

    monkeypatch.setattr("qa.web_page.evaluating.evaluate", slow)
    file = tmp_path / "cases.jsonl"
    file.write_text("x", encoding="utf-8")
    assert list(page.evaluate(None, str(file), "", threading.Event()))[-1] == "the report"


def test_evaluate_when_the_file_is_of_no_use_then_the_reason_is_shown(page, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text("no cases here", encoding="utf-8")
    assert "qa-refused" in list(page.evaluate(None, str(bad), "digests", threading.Event()))[-1]
    for chosen in (None, "../../pyproject.toml", "/etc/passwd"):
        assert "Choose a file" in list(page.evaluate(chosen, None, "digests", threading.Event()))[-1]
    assert "seeds.jsonl" in case_files()


def test_disagreement_when_a_side_answers_with_words_then_these_head_it_and_not_another_figure_of_the_sentence():
    first = "The town hall got a warning at 1.52 a.m., eight minutes before the water came."
    second = "The flood killed 31 people, the judge wrote after nine months."
    eight, many, months = (Figure(value=value, text=words, unit="", counted=counted, start=place, end=place + len(words)) for value, words, counted, place in (
        (8.0, "eight", "minutes", first.index("eight")), (31.0, "31", "people", second.index("31")), (9.0, "nine", "months", second.index("nine"))))
    early = statement(first, 0, len(first), figures=(eight,), answering=(first.index("1.52"), first.index("1.52") + 4))
    late = statement(second, 0, len(second), marker=2, figures=(many, months), answering=(second.index("31"), second.index("31") + 2))
    plain = statement(second, 0, len(second), marker=3, figures=(many, months))
    shown = conversation([answered(early, late, plain, disagreements=(Disagreement(about="the night", sides=((0,), (1,), (2,)), how="…"),))])
    assert re.findall('class="qa-figure">(.*?)<', shown) == ["1.52", "31 people", "31 people · nine months"]


@pytest.mark.parametrize(("marked", "heads"), [("not", []), ("nine hives", ["nine hives"])])
def test_disagreement_when_the_words_that_answer_are_a_bare_not_then_they_head_no_side(marked, heads):
    quote = "The keeper does not own nine hives."
    one = statement(quote, 0, len(quote), answering=(quote.index(marked), quote.index(marked) + len(marked)))
    shown = conversation([answered(one, disagreements=(Disagreement(about="the hives", sides=((0,),), how="…"),))])
    assert re.findall('class="qa-figure">(.*?)<', shown) == heads
