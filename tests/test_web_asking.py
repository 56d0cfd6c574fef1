"""Asking on the page without a browser: as each statement is released, for several people, and when something fails."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from web_helpers import FIRST, HURT, SECOND, Parsed, asked, exchanges, make_library

import qa
from qa.errors import LibraryUnavailable
from qa.records import StatementReady
from qa.render import to_json
from qa.testing.server import ModelServer, Reply
from qa.web_page.handlers import QUESTION_LENGTH, Page
from qa.web_page.pacing import BROKEN, NEXT
from qa.web_page.pacing import FIRST as AT_FIRST



def test_ask_when_done_then_the_conversation_ends_with_the_answer_of_the_python_api(page):
    steps, last = asked(page, HURT)
    assert last.answer.statements and to_json(last.answer) == to_json(page.assistant.ask(HURT))
    assert steps[-1] == page.talk.shown(FIRST) and "data-running" not in steps[-1] and "14 passengers" in steps[-1]


def test_ask_when_the_answer_takes_its_time_then_each_statement_is_shown_as_it_is_released(page, monkeypatch):
    whole = page.assistant.stream

    def slow(*given):
        for event in whole(*given):
            time.sleep(NEXT * 2 if isinstance(event, StatementReady) else AT_FIRST * 1.5)
            yield event

    monkeypatch.setattr(page.assistant, "stream", slow)
    steps, last = asked(page, HURT)
    shown = [Parsed(step).tags.count("blockquote") for step in steps if "data-running" in step]
    assert shown == sorted(shown) and shown[0] == 0 and set(range(len(last.answer.statements) + 1)) <= set(shown)
    assert "Searching the documents" in steps[0] and "Reading" in "".join(steps)


def test_ask_when_a_model_writes_then_what_the_check_refuses_is_folded_away_and_stop_ends_its_request(tmp_path):
    written = ('Captain Ilse Brandt said the fog came in within minutes. [1] "the fog came in within minutes"\n'
               'Brandt added that the radar had failed nine times in April. [1] "the radar had failed twice in April"\n')
    with ModelServer(Reply(text=written, pause=0.03)) as model, make_library(tmp_path) as library:
        page = Page(qa.open_assistant(library, llm=model.spec))
        steps, last = asked(page, "What did Captain Brandt say about the fog and the radar?")
        assert [s.text for s in last.answer.statements] == ["Captain Ilse Brandt said the fog came in within minutes."]
        assert "1 statement withheld" in steps[-1] and "nine times" in steps[-1]
        assert any("data-running" in step and "the fog came in within minutes" in step for step in steps)
        steps = page.talk.ask(SECOND, "What did Captain Brandt say about the radar?")
        next(steps)
        page.talk.stop(SECOND)
        assert "Stopped." in list(steps)[-1] and model.hung_up.wait(10)


def test_ask_when_two_people_ask_then_neither_conversation_holds_the_other(page):
    one_asks, other_asks = "What did Captain Brandt say about the fog?", "What does the island shop sell?"
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda given: asked(page, given[1], ticket=given[0]), ((FIRST, one_asks), (SECOND, other_asks))))
    assert [[e.question for e in exchanges(page, ticket)] for ticket in (FIRST, SECOND)] == [[one_asks], [other_asks]]
    assert other_asks not in page.talk.shown(FIRST) and page.talk.shown("3" * 32) == ""


def test_ask_when_25_people_ask_at_once_then_each_gets_the_answer_to_their_own_question(page):
    questions = [f"{start} {what}?" for start in ("How many passengers were hurt", "What did Captain Brandt say", "Who spoke", "What was said",
                 "What is known") for what in ("about the fog", "on the Marigold", "of the radar", "about Tern Island", "by Inspector Weil")]
    tickets = [f"{number:032x}" for number in range(len(questions))]
    with ThreadPoolExecutor(25) as pool:
        list(pool.map(lambda given: asked(page, given[1], ticket=given[0]), zip(tickets, questions, strict=True)))
    for ticket, question in zip(tickets, questions, strict=True):
        only, = exchanges(page, ticket)
        assert only.question == question and to_json(only.answer) == to_json(page.assistant.ask(question))


@pytest.mark.parametrize("ticket", ["", "short", "g" * 32, "1" * 33, "../" + "1" * 29])
def test_ask_when_the_ticket_is_none_then_nothing_is_kept(page, ticket):
    list(page.talk.ask(ticket, "What does the island shop sell?"))
    assert page.talk.shown(ticket) == ""


def test_ask_when_the_question_is_blank_then_the_conversation_stays_as_it_is(page):
    asked(page, "What does the island shop sell?")
    assert list(page.ask(FIRST, "  \n", [], "", "")) == [page.talk.shown(FIRST)] and len(exchanges(page)) == 1


def test_followed_when_an_answer_is_in_the_making_then_the_last_that_is_shown_is_whole(page, monkeypatch):
    going_on, whole = threading.Event(), page.assistant.stream
    monkeypatch.setattr(page.assistant, "stream", lambda *given: going_on.wait(20) and whole(*given))
    steps = page.talk.ask(FIRST, HURT)
    assert "data-running" in next(steps)
    followed = page.talk.followed(FIRST)
    assert "data-running" in next(followed)
    going_on.set()
    list(steps)
    assert list(followed)[-1] == page.talk.shown(FIRST) and "14 passengers" in page.talk.shown(FIRST)


def test_ask_when_the_question_is_endless_then_it_is_cut(page):
    assert len(asked(page, "fog " * QUESTION_LENGTH)[1].question) <= QUESTION_LENGTH


def test_ask_when_the_library_fails_then_the_reason_and_what_to_do_are_shown(page, monkeypatch):
    def fail(*_):
        raise LibraryUnavailable("The disk is gone", "Plug it in.")

    monkeypatch.setattr(page.library, "search", fail)
    last = asked(page, "How many?")[1]
    assert last.answer is None and last.note == "The disk is gone. Plug it in." and not last.running


def test_ask_when_the_program_itself_fails_then_the_page_says_so_and_goes_on(page, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(threading, "excepthook", lambda _: None)
        patch.setattr(page.library, "search", lambda *_: 1 / 0)
        assert asked(page, "How many?")[1].note == f"{BROKEN}."
    assert asked(page, "What does the island shop sell?")[1].answer.statements


def test_ask_when_a_filter_is_no_date_then_it_is_explained_and_when_it_is_then_it_is_told(page):
    refused = list(page.ask(FIRST, "How many?", [], "soonish", ""))[-1]
    assert "“soonish” is not a date" in refused
    told = list(page.ask(FIRST, HURT, ["inquiry.md"], "2031", ""))[-1]
    assert "Searched only in inquiry.md, published from 2031-01-01." in told and "19 passengers" in told
