"""In a real browser: asking, following up, stopping, reloading, saving, and two people at once."""

import re
import threading
from pathlib import Path

import pytest
from browsing import ask, at_once, needs_chromium
from web_helpers import HURT

from qa import transcripts
from qa.records import StatementReady, Turn

pytestmark = needs_chromium



def test_ask_when_typed_then_each_statement_has_its_voice_lead_in_quote_and_chip(visit, served):
    exchange = ask(visit(), HURT)
    answer = served[1].ask(HURT)
    shown = exchange.locator(".qa-statement")
    assert shown.count() == len(answer.statements) > 0
    for index, statement in enumerate(answer.statements):
        words = re.sub(r"\s+", " ", shown.nth(index).inner_text())
        assert {"named": "Named speaker", "document": "The document itself", "unnamed": "Nobody named"}[statement.voice] in words
        assert statement.speaker in words and statement.citations[0].quote in words
        assert shown.nth(index).locator(".qa-chip").all_inner_texts() == [str(c.marker) for c in statement.citations]


def test_ask_when_nothing_answers_then_the_page_says_so_and_the_nearest_passages_open(visit):
    page = visit()
    exchange = ask(page, "Who invented the steam locomotive in Cornwall?")
    words = exchange.inner_text()
    assert "The documents do not say." in words and "Searched: The Osk ferry runs aground · " in words and exchange.locator(".qa-statement").count() == 0
    assert "Related, does not answer" in words
    exchange.locator(".qa-related").first.click()
    page.locator(".qa-reader mark").wait_for()


def test_follow_up_when_asked_then_it_is_understood_from_the_conversation_and_after_clearing_it_is_not(visit, served):
    page = visit()
    first, follow_up = "What did Captain Ilse Brandt say about the fog?", "What did she say about the radar?"
    ask(page, first)
    exchange = ask(page, follow_up)
    history = [Turn(role="user", text=first), Turn(role="assistant", text=served[1].ask(first).text)]
    answer = served[1].ask(follow_up, history)
    assert answer.searched_for != follow_up and answer.searched_for in exchange.locator(".qa-searched").inner_text()
    assert exchange.locator(".qa-statement").count() == len(answer.statements)
    page.get_by_role("button", name="New").click()
    page.locator(".qa-exchange").first.wait_for(state="detached")
    page.locator("#qa-welcome h2").wait_for()
    assert ask(page, follow_up).locator(".qa-searched").count() == 0


def test_stop_when_pressed_then_what_was_released_stays_and_the_next_question_is_answered(visit, served, monkeypatch):
    assistant, going_on = served[1], threading.Event()
    whole = assistant.stream

    def slow(*given):
        for event in whole(*given):
            yield event
            if isinstance(event, StatementReady):
                going_on.wait(30)

    page = visit()
    with monkeypatch.context() as patch:
        patch.setattr(assistant, "stream", slow)
        page.locator("#qa-question textarea").fill("How many passengers were hurt aboard the Marigold?")
        page.keyboard.press("Enter")
        page.locator(".qa-statement").wait_for()
        assert not page.locator("#qa-ask").is_visible() and page.locator(".qa-exchange .qa-note").last.inner_text().startswith("Reading")
        page.locator("#qa-question textarea").fill("What does the island")  # what is typed meanwhile stays
        page.get_by_role("button", name="Stop").click()
        page.get_by_text("Stopped.").wait_for()
        going_on.set()
    assert page.locator(".qa-statement").count() == 1
    assert page.locator("#qa-question textarea").input_value() == "What does the island"
    assert "bread" in ask(page, "What does the island shop sell?").inner_text()
    assert page.locator(".qa-exchange").count() == 2


def test_ask_when_nothing_is_typed_then_the_conversation_stays_as_it_is(visit):
    page = visit()
    ask(page, HURT)
    page.keyboard.press("Enter")
    page.locator("#qa-ask").click()
    assert "bread" in ask(page, "What does the island shop sell?").inner_text()
    assert page.locator(".qa-question").all_inner_texts() == [HURT, "What does the island shop sell?"]


def test_reload_when_done_then_the_conversation_is_there_and_a_new_tab_has_its_own(visit):
    page = visit()
    shown = ask(page, HURT).inner_text()
    ask(page, "What does the island shop sell?")
    page.reload()
    page.locator(".qa-exchange").nth(1).wait_for()
    assert page.locator(".qa-exchange").first.inner_text().startswith(shown.split("\n")[0])
    assert page.locator(".qa-exchange").first.locator(".qa-chip").count() > 0 and not page.locator("#qa-welcome h2").is_visible()
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#qa-welcome h2").wait_for()
    assert other.locator(".qa-exchange").count() == 0
    page.get_by_role("button", name="New").click()
    page.locator(".qa-exchange").first.wait_for(state="detached")
    page.reload()
    page.locator("#qa-welcome h2").wait_for()
    assert page.locator(".qa-exchange").count() == 0


TYPE = f"""const line = document.querySelector("#qa-question textarea");
    line.value = {HURT!r};
    line.dispatchEvent(new Event("input", {{ bubbles: true }}));"""
ENTER = 'for (const name of ["keydown", "keypress"]) line.dispatchEvent(new KeyboardEvent(name, { key: "Enter", bubbles: true }));'
CLICK = 'setTimeout(() => document.querySelector("#qa-ask").click(), 20);'  # no hand is quicker from the keys to the button


@pytest.mark.parametrize("how", [ENTER, CLICK], ids=["enter", "click"])
def test_ask_when_the_page_has_only_just_come_up_then_the_question_is_not_lost_nor_after_a_reload(visit, how):
    page = visit(before=at_once("#qa-question textarea" if how == ENTER else "#qa-ask", TYPE + how))
    page.locator(".qa-exchange .qa-statement").first.wait_for()
    assert page.locator(".qa-question").all_inner_texts() == [HURT]
    page.reload()
    page.locator(".qa-exchange").nth(1).locator(".qa-statement").first.wait_for()
    assert page.locator(".qa-question").all_inner_texts() == [HURT, HURT]
    page.locator("#qa-ask").wait_for()
    page.wait_for_timeout(500)  # what the load event drew late would take them away again
    assert page.locator(".qa-question").count() == 2 and page.locator("#qa-question textarea").input_value() == ""


def test_edit_retry_and_copy_when_pressed_then_the_last_question_is_replaced_and_the_answer_can_be_pasted_with_its_sources(visit, served):
    page = visit()
    ask(page, "How many were hurt on the Marigold in May?")
    page.get_by_role("button", name="Edit").click()
    page.wait_for_function("document.querySelector('#qa-question textarea').value.startsWith('How many were')")
    assert ask(page, HURT).locator(".qa-statement").count() and page.locator(".qa-exchange").count() == 1
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("button", name="Leave it as it is").click()
    page.get_by_role("button", name="Ask again").wait_for()
    page.get_by_role("button", name="Ask again").click()
    page.locator(".qa-exchange .qa-statement").first.wait_for()
    page.get_by_role("button", name="Copy with sources").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    for citation in (statement.citations[0] for statement in served[1].ask(HURT).statements):
        assert citation.quote in copied and f"({citation.start}–{citation.end})" in copied


@pytest.mark.parametrize(("button", "format"), [("Markdown", "markdown"), ("Web page", "html"), ("JSON", "json")])
def test_save_when_pressed_then_the_file_is_verified_against_the_library(visit, served, button, format):
    page = visit()
    ask(page, HURT)
    ask(page, "Who invented the steam locomotive in Cornwall?")
    with page.expect_download() as started:
        page.get_by_role("button", name=button, exact=True).click()
    saved = Path(started.value.path()).read_text(encoding="utf-8")
    assert started.value.suggested_filename == f"conversation{transcripts.FORMATS[format]}"
    assert transcripts.verify(saved, served[1].library).holds and len(transcripts.read(saved)["exchanges"]) == 2


def test_two_people_when_they_ask_at_once_then_each_sees_only_their_own(visit):
    first, second = visit(), visit()
    for page, question in ((first, HURT), (second, "What does the island shop sell?")):
        page.locator("#qa-question textarea").fill(question)
    first.keyboard.press("Enter")
    second.keyboard.press("Enter")
    for page in (first, second):
        page.locator(".qa-exchange .qa-statements").wait_for()
    assert first.locator(".qa-question").all_inner_texts() == [HURT]
    assert second.locator(".qa-question").all_inner_texts() == ["What does the island shop sell?"]
    assert "bread" in second.locator("#qa-conversation").inner_text() and "bread" not in first.locator("#qa-conversation").inner_text()
