"""The web app in a real browser: asking, opening the marked source, two people, the keyboard, and texts that try to run."""

import contextlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import axe_playwright_python
import pytest
from conftest import ROOT
from test_web import ATTACKS, CASE, DOCUMENTS, free_port, make_library

from qa import transcripts
from qa.assistant import Assistant
from qa.citations import cite
from qa.records import Answer, Disagreement, Figure, Finished, Statement, StatementReady, Turn, Withheld

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run"]
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium: apt-get install -y chromium")]
HURT = "How many passengers were hurt on the Marigold?"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


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
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce",
                                      permissions=["clipboard-read", "clipboard-write"])
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        home = address or served[0]
        own = (home, "data:", "blob:", "about:srcdoc")
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


def tab(page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


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
    page.locator(".qa-suggestion").first.wait_for()  # the last thing the page loads: a field filled before may be drawn anew, empty
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
    assert page.locator(".qa-open").count() == 3
    (tmp_path / "seals.txt").write_text("The lighthouse keeper Nora Quist counted nine seals on the reef.", encoding="utf-8")
    (tmp_path / "odd.xyz").write_bytes(b"\x00")
    page.locator("#qa-upload input[type=file]").set_input_files([tmp_path / "seals.txt", tmp_path / "odd.xyz"])
    page.locator(".qa-done", has_text="seals.txt").wait_for()
    page.locator(".qa-refused", has_text="odd.xyz").wait_for()
    row = page.locator(".qa-table tr", has_text="seals.txt")
    row.locator(".qa-open").click()
    page.locator(".qa-reader", has_text="nine seals on the reef").wait_for()
    page.keyboard.press("Escape")
    row.get_by_role("button", name="Correct").click()
    form = page.locator(".qa-correction:not([hidden])")
    form.get_by_label("Title").fill("Seals on the reef")
    form.get_by_label("Published").fill("2031-07")
    form.get_by_role("button", name="Save").click()
    page.locator(".qa-done", has_text="seals.txt corrected").wait_for()
    row = page.locator(".qa-table tr", has_text="Seals on the reef")
    row.get_by_text("title and date by hand").wait_for()
    assert "2031-07 (month only)" in row.inner_text()
    row.get_by_role("button", name="Remove").click()
    row.get_by_text("Really remove?").click()
    row.wait_for(state="detached")
    assert page.locator(".qa-open").count() == 3


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
        page.locator(".qa-open").nth(len(ATTACKS) - 1).wait_for()
        stored = assistant.library.documents()
        assert {document.title for document in stored} >= set(ATTACKS[:3]) and len(stored) == len(ATTACKS)
        for field, shown in (("name", ".qa-name"), ("title", ".qa-open")):
            assert page.locator(shown).all_text_contents() == [getattr(document, field) for document in stored]
        for document in stored[::3]:
            page.locator(f".qa-open[data-document='{document.id}']").click()
            page.locator(f".qa-reader[data-key^='{document.id}']").wait_for()
            assert page.locator(".qa-text").text_content() == document.text
            page.keyboard.press("Escape")
        page.get_by_role("tab", name="Ask").click()
        page.get_by_role("button", name="Search only some documents").click()
        page.get_by_label("Documents (none chosen: all)").click()
        for number, first in enumerate(range(0, len(ATTACKS), 8)):
            asked = f"How many boats did the harbour office in Osk count? {' '.join(ATTACKS[first : first + 8])}"
            page.locator("#qa-question textarea").fill(asked)
            page.keyboard.press("Enter")
            page.locator(".qa-exchange").nth(number).locator(".qa-statements, .qa-nothing").first.wait_for()
            assert page.locator(".qa-question").nth(number).text_content().split() == asked.split()
        page.locator(".qa-chip, .qa-related").first.hover()
        assert page.evaluate("window.__hit") is None
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.__hit=1>')")
        page.wait_for_function("window.__hit === 1", timeout=5000)  # the trap itself works


def hostile(assistant: Assistant, attack: str):
    """`stream` of an assistant whose every word is an attack, as a model's may be."""
    document = assistant.library.documents()[0]

    def stream(question, *_):
        figures = tuple(Figure(value=n, text=attack, unit=attack, counted=attack + " hurt") for n in (3,))
        said = tuple(Statement(text=attack, citations=(cite(document, 0, 20, marker=n),), voice="named", speaker=attack, via=attack,
                               said_on=attack, figures=figures) for n in (1, 2))
        yield from (StatementReady(index=index, statement=statement) for index, statement in enumerate(said))
        yield Finished(answer=Answer(
            question=question, searched_for=attack, status="answered", text=attack, statements=said, notes=(attack,), lead=attack, model=attack,
            withheld=tuple(Withheld(statement=statement, reason=attack) for statement in said),
            disagreements=(Disagreement(about=attack, how=attack, sides=((0,), (1,))),)))

    return stream


def test_attacks_when_a_model_writes_them_then_nothing_runs_and_they_are_shown_as_they_are(visit, served, monkeypatch):
    page = visit()
    for number in range(0, len(ATTACKS), 6):
        attack = " ".join(ATTACKS[number : number + 6])
        with monkeypatch.context() as patch:
            patch.setattr(served[1], "stream", hostile(served[1], attack))
            shown = ask(page, f"How many passengers were hurt on the Marigold ({number})?")
        assert " ".join(shown.locator(".qa-statement .qa-quote").first.text_content().split()).startswith(" ".join(attack.split()))
    assert page.evaluate("window.__hit") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_when_axe_looks_at_each_part_then_it_finds_nothing(visit, scheme):
    page = visit(scheme=scheme)
    found = {"start": axe(page)}
    ask(page, HURT)
    ask(page, "Who invented the steam locomotive in Cornwall?")
    page.locator(".qa-related").first.click()
    page.locator(".qa-reader mark").wait_for()
    found["answers"] = axe(page)
    page.keyboard.press("Escape")
    tab(page, "Documents")
    page.locator(".qa-correct").first.click()
    found["documents"] = axe(page)
    tab(page, "Timeline")
    page.locator("#qa-topic").locator("textarea, input").first.fill("the Marigold running aground")
    page.keyboard.press("Enter")
    page.locator(".qa-timeline").wait_for()
    found["timeline"] = axe(page)
    tab(page, "Evals")
    found["evals"] = axe(page)
    assert not any(found.values()), json.dumps(found, indent=1)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=data:,>')")
    assert [fault["rule"] for fault in axe(page)] == ["image-alt"]  # it does look


def axe(page) -> list[dict]:
    """What axe finds against WCAG 2.2 A and AA."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
    violations = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [{"rule": violation["id"], "places": [node["html"][:200] for node in violation["nodes"][:4]]} for violation in violations]


def test_start_when_the_command_is_given_then_the_page_is_usable_within_six_seconds(visit, tmp_path):
    """On a machine that is slow or busy just now the allowance grows with the time that its imports alone take."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "ferry.md").write_text(DOCUMENTS["ferry.md"], encoding="utf-8")
    environment = {**os.environ, "QA_EMBEDDING": "static"}
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import gradio, chromadb"], check=True, cwd=ROOT, env=environment)
    allowed = max(6.0, 2.5 * (time.perf_counter() - began))
    port = free_port()
    began = time.perf_counter()
    command = [sys.executable, "-m", "qa", "web", "--docs", str(docs), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert f"http://127.0.0.1:{port}" in program.stdout.readline()
            page = visit(f"http://127.0.0.1:{port}/")
            page.locator("#qa-question textarea").fill("x")
            taken = time.perf_counter() - began
        finally:
            program.terminate()
    print(f"usable after {taken:.1f} s, allowed {allowed:.1f} s")
    assert taken <= allowed


def test_answer_when_the_program_is_warm_then_the_first_statement_is_there_within_half_a_second(visit, served):
    """Likewise: allowed is more where the Python API alone takes long."""
    page = visit()
    ask(page, "What did Captain Brandt say about the fog?")
    times = []
    for name in ("radar", "Marigold", "fog on Saturday"):
        question = f"What did Captain Ilse Brandt say about the {name}?"
        began = time.perf_counter()
        served[1].ask(question)
        alone = time.perf_counter() - began
        page.locator("#qa-question textarea").fill(question)
        taken = page.evaluate("""async question => {
            const began = performance.now();
            document.querySelector("#qa-ask").click();
            const shown = () => [...document.querySelectorAll(".qa-exchange")].some(
                (one) => one.querySelector("h2").textContent === question && one.querySelector(".qa-statement, .qa-nothing"));
            while (!shown()) await new Promise((go) => setTimeout(go, 5));
            return performance.now() - began;
        }""", question)
        times.append((taken / 1000, max(0.5, 15 * alone)))
    print("first statement after", [f"{taken:.2f} s" for taken, _ in times])
    assert any(taken <= allowed for taken, allowed in times)
