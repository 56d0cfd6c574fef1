"""The web app in a real browser: asking, opening the marked source, two people, the keyboard, and texts that try to run."""

import contextlib
import json
import re
import threading
from pathlib import Path

import pytest
from test_web import ATTACKS, DOCUMENTS, free_port, make_library

from qa.assistant import Assistant
from qa.records import StatementReady, Turn

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run"]
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium: apt-get install -y chromium")]
HURT = "How many passengers were hurt on the Marigold?"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with contextlib.ExitStack() as stack:
        yield stack.enter_context(serving(tmp_path_factory.mktemp("page")))


@contextlib.contextmanager
def serving(folder, documents=DOCUMENTS):
    """(address, assistant) of a page over these documents."""
    from qa.web import start

    with make_library(folder, documents) as library:
        assistant = Assistant(library)
        app = start(assistant, port=free_port())
        try:
            yield app.local_url, assistant
        finally:
            app.close()


@pytest.fixture(scope="module")
def browser(served):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, served):
    """visit(address, width=, height=) opens the page as a new person; a load from elsewhere or an error in the page fails the test."""
    contexts, faults = [], []

    def visit(address="", *, width=1280, height=800, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        home = address or served[0]
        own = (home, "data:", "blob:")
        page.on("request", lambda request: None if request.url.startswith(own) else faults.append(f"loaded {request.url}"))
        page.on("pageerror", lambda error: faults.append(f"error {error}"))
        page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(home)
        page.locator("#qa-welcome h2").wait_for()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults


def ask(page, question: str):
    """Types the question, waits for its whole answer, and gives back its part of the conversation."""
    page.locator("#qa-question textarea").fill(question)
    page.keyboard.press("Enter")
    exchange = page.locator(".qa-exchange").filter(has=page.get_by_role("heading", name=question, exact=True)).last
    exchange.locator(".qa-statements, .qa-nothing").first.wait_for()
    page.locator("#qa-ask").wait_for()
    return exchange


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


def test_ask_when_nothing_answers_then_the_page_says_so_and_the_nearest_passages_open(visit):
    page = visit()
    exchange = ask(page, "Who invented the steam locomotive in Cornwall?")
    words = exchange.inner_text()
    assert "The documents do not say." in words and "3 documents searched" in words and exchange.locator(".qa-statement").count() == 0
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
    page.get_by_role("button", name="Clear").click()
    page.locator(".qa-exchange").first.wait_for(state="detached")
    assert ask(page, follow_up).locator(".qa-searched").count() == 0


def test_stop_when_pressed_then_what_was_released_stays_and_the_next_question_is_answered(visit, served, monkeypatch):
    assistant, going_on = served[1], threading.Event()
    whole = assistant.stream

    def slow(*given):
        for event in whole(*given):
            yield event
            if isinstance(event, StatementReady):
                going_on.wait(20)

    page = visit()
    with monkeypatch.context() as patch:
        patch.setattr(assistant, "stream", slow)
        page.locator("#qa-question textarea").fill(HURT)
        page.keyboard.press("Enter")
        page.locator(".qa-statement").wait_for()
        with page.expect_response(lambda response: "queue/join" in response.url):
            page.get_by_role("button", name="Stop").click()
        page.wait_for_timeout(300)
        going_on.set()
        page.get_by_text("Stopped.").wait_for()
    assert page.locator(".qa-statement").count() == 1
    assert "bread" in ask(page, "What does the island shop sell?").inner_text()
    assert page.locator(".qa-exchange").count() == 2


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


def test_keyboard_when_used_alone_then_a_suggestion_is_asked_and_its_source_opened_and_closed(visit):
    page = visit()
    page.locator(".qa-suggestion").first.focus()
    page.keyboard.press("Enter")
    page.locator(".qa-chip").first.wait_for()
    page.get_by_role("tab", name="Ask").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('qa-chip')"):
            break
    assert page.locator(".qa-tip:popover-open").count() == 1
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    page.keyboard.press("Enter")
    page.locator(".qa-reader mark").wait_for()
    page.wait_for_function("document.activeElement.closest('.qa-reader')")
    page.keyboard.press("Escape")
    page.locator(".qa-reader").wait_for(state="detached")
    assert page.evaluate("document.activeElement.classList.contains('qa-chip')")


def test_filters_when_set_then_only_those_documents_answer_and_a_bad_date_is_explained(visit):
    page = visit()
    page.get_by_role("button", name="Search only some documents").click()
    page.get_by_label("Published from").fill("2031-06")
    exchange = ask(page, HURT)
    assert "19 passengers" in exchange.inner_text() and "14 passengers" not in exchange.inner_text()
    page.get_by_label("Published from").fill("soonish")
    page.locator("#qa-question textarea").fill("And now?")
    page.keyboard.press("Enter")
    page.get_by_text("“soonish” is not a date").wait_for()


def test_documents_when_one_is_added_then_it_answers_and_when_removed_it_is_gone(visit, tmp_path):
    page = visit()
    page.get_by_role("tab", name="Documents").click()
    assert page.locator(".qa-table tbody tr").count() == 3
    (tmp_path / "seals.txt").write_text("The lighthouse keeper Nora Quist counted nine seals on the reef.", encoding="utf-8")
    (tmp_path / "odd.xyz").write_bytes(b"\x00")
    page.locator("#qa-upload input[type=file]").set_input_files([tmp_path / "seals.txt", tmp_path / "odd.xyz"])
    page.locator(".qa-done", has_text="seals.txt").wait_for()
    page.locator(".qa-refused", has_text="odd.xyz").wait_for()
    row = page.locator(".qa-table tr", has_text="seals.txt")
    row.locator(".qa-open").click()
    page.locator(".qa-reader", has_text="nine seals on the reef").wait_for()
    page.keyboard.press("Escape")
    row.get_by_role("button", name="Remove").click()
    row.get_by_text("Really remove?").click()
    row.wait_for(state="detached")
    assert page.locator(".qa-table tbody tr").count() == 3


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_layout_when_the_window_changes_then_nothing_is_cut_off_and_the_question_line_stays_in_sight(visit, width, height):
    page = visit(width=width, height=height, scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 27)"
    ask(page, "What did Captain Ilse Brandt say about the fog?")
    ask(page, HURT).locator(".qa-chip").first.click()
    page.locator(".qa-reader mark").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('.qa-text').clientWidth") > 300
    page.keyboard.press("Escape")
    page.locator(".qa-reader").wait_for(state="detached")
    box = page.locator("#qa-question").bounding_box()
    assert box["y"] + box["height"] <= height and page.locator("#qa-ask").bounding_box()["width"] >= 48


def attacking_documents() -> dict[str, str]:
    """A document for each attack, with it in the file name, the title and the text."""
    documents = {}
    for number, attack in enumerate(ATTACKS):
        name = attack.replace("/", "∕")[:80] + f" {number}.md"
        body = f"The harbour office in Osk counted {number + 20} boats near pier {number}, {attack} it said."
        documents[name] = f"---\ntitle: {json.dumps(attack)}\n---\n\n{body}\n"
    return documents


def test_attacks_when_they_stand_in_documents_titles_file_names_and_questions_then_nothing_runs(visit, tmp_path):
    with serving(tmp_path, attacking_documents()) as (address, assistant):
        page = visit(address)
        page.get_by_role("tab", name="Documents").click()
        page.locator(".qa-table tbody tr").nth(len(ATTACKS) - 1).wait_for()
        stored = assistant.library.documents()
        assert {document.title for document in stored} >= set(ATTACKS[:3]) and len(stored) == len(ATTACKS)
        for field, shown in (("name", ".qa-name"), ("title", ".qa-open")):
            assert page.locator(shown).all_text_contents() == [getattr(document, field) for document in stored]
        for document in stored:
            page.locator(f".qa-open[data-document='{document.id}']").click()
            page.locator(f".qa-reader[data-key^='{document.id}']").wait_for()
            assert page.locator(".qa-text").text_content() == document.text
            page.keyboard.press("Escape")
        page.get_by_role("tab", name="Ask").click()
        page.get_by_role("button", name="Search only some documents").click()
        page.get_by_label("Documents (none chosen: all)").click()
        for first in range(0, len(ATTACKS), 5):
            ask(page, f"How many boats did the harbour office in Osk count? {' '.join(ATTACKS[first : first + 5])}")
        page.locator(".qa-chip, .qa-related").first.hover()
        assert page.evaluate("window.__hit") is None
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.__hit=1>')")
        page.wait_for_function("window.__hit === 1", timeout=5000)  # the trap itself works
