"""In a real browser: from an answer to the marked source, sides of a disagreement, figures and times, evals."""

import json
from dataclasses import replace

import pytest
from browsing import ask, needs_chromium, tab
from web_helpers import CASE, HURT

from qa.records import Finished, StatementReady

pytestmark = needs_chromium



def test_chip_when_clicked_then_the_document_opens_with_exactly_the_quote_marked_and_in_sight(visit, served):
    page = visit(width=1440, height=500)
    exchange = ask(page, HURT)
    citations = [citation for statement in served[1].ask(HURT).statements for citation in statement.citations]
    for index, citation in enumerate(citations):
        exchange.locator(".qa-statements .qa-chip").nth(index).click()
        page.locator(f".qa-reader[data-key='{citation.document}:{citation.start}-{citation.end}']").wait_for()
        assert page.locator("mark").text_content() == citation.quote
        in_sight = "at => at.top >= 0 && at.bottom <= innerHeight"
        page.wait_for_function(f"({in_sight})(document.querySelector('mark').getBoundingClientRect())")
    page.keyboard.press("Escape")
    page.locator(".qa-reader").wait_for(state="detached")


def test_chip_when_hovered_then_quote_document_date_and_voice_are_shown_and_hidden_again(visit):
    page = visit()
    exchange = ask(page, "What did Captain Brandt say about the fog?")
    chip = exchange.locator(".qa-chip").first
    chip.hover()
    tip = page.locator(".qa-tip:popover-open")
    words = tip.inner_text()
    assert "fog came in" in words and "The Osk ferry runs aground" in words and "2031-05-04" in words and "Named speaker" in words
    box = tip.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 1280 and box["y"] >= 0
    page.mouse.move(5, 5)
    tip.wait_for(state="hidden")


def test_statement_when_the_words_that_answer_are_known_then_they_stand_out_in_its_quote(visit, served, monkeypatch):
    whole = served[1].stream

    def known(*given):
        for event in whole(*given):
            if isinstance(event, Finished):
                yield replace(event, answer=replace(event.answer, statements=tuple(map(with_figure, event.answer.statements))))
            elif not isinstance(event, StatementReady):
                yield event

    def with_figure(statement):
        citation = statement.citations[0]
        start = citation.start + citation.quote.find("passengers were hurt") - 3
        return replace(statement, answering=(start, start + 2) if "passengers were hurt" in citation.quote else None)

    monkeypatch.setattr(served[1], "stream", known)
    strong = ask(visit(), "How many passengers were hurt aboard the Marigold then?").locator(".qa-quote strong")
    assert sorted(strong.all_inner_texts()) == ["14", "19"]
    assert strong.first.evaluate("word => Number(getComputedStyle(word).fontWeight) > Number(getComputedStyle(word.parentElement).fontWeight)")


def test_disagreement_when_sources_differ_then_a_card_has_both_sides_and_a_chart_their_figures(visit):
    exchange = ask(visit(), HURT)
    card, chart = exchange.locator(".qa-disagreement"), exchange.locator(".qa-chart")
    assert card.locator(".qa-one-side").count() == 2
    for figure, who, day in (("14 passengers", "harbour office", "2031-05-04"), ("19 passengers", "Tomas Weil", "2031-06")):
        side = card.locator(".qa-one-side", has_text=figure).inner_text()
        assert who in side and day in side
    assert sorted(chart.locator(".qa-value").all_inner_texts()) == ["14", "19"]
    widths = chart.locator("rect").evaluate_all("bars => bars.map(bar => bar.getBoundingClientRect().width)")
    assert min(widths) / max(widths) == pytest.approx(14 / 19, abs=0.02)


def test_timeline_when_shown_for_an_answer_then_its_events_are_drawn_and_open_their_document(visit):
    page = visit()
    ask(page, HURT).get_by_role("button", name="Timeline").click()
    page.locator(".qa-timeline").wait_for()
    assert page.locator("#qa-topic").locator("textarea, input").first.input_value() == HURT
    assert page.locator(".qa-strip circle, .qa-mark rect").count() >= 1
    page.locator(".qa-mark").first.click()
    page.locator(".qa-reader mark").wait_for()


def test_evals_when_run_over_own_cases_then_progress_and_a_report_in_which_no_script_runs(visit, tmp_path):
    page = visit()
    tab(page, "Evals")
    asked = f"{HURT} <script>parent.__hit=1</script>"
    (tmp_path / "own.jsonl").write_text(json.dumps(CASE) + "\n" + json.dumps({**CASE, "id": "f02", "question": asked}), encoding="utf-8")
    page.get_by_role("button", name="Cases of your own").click()
    page.locator("#qa-own-cases").get_by_text("Drop File Here").wait_for()
    page.locator("#qa-own-cases input[type=file]").set_input_files(tmp_path / "own.jsonl")
    page.locator("#qa-own-cases", has_text="own.jsonl").wait_for()
    page.get_by_role("button", name="Run").click()
    report = page.frame_locator(".qa-report-page")
    report.get_by_role("heading", name="Answers against known answers").wait_for()
    assert "2 of 2 cases" in page.locator(".qa-progress").inner_text()
    assert page.evaluate("window.__hit") is None
