"""Stopping, overtaking, asking again, editing, forgetting and saving on the page, without a browser."""

import threading
import time

import pytest
from web_helpers import FIRST, HURT, SECOND, asked, exchanges

from qa import transcripts
from qa.errors import QAError
from qa.records import Filters, StatementReady
from qa.web_page.answers import history



def test_stop_when_an_answer_is_in_the_making_then_it_ends_at_once_and_what_was_released_stays(page, monkeypatch):
    whole, going_on = page.assistant.stream, threading.Event()

    def stuck(*given):
        for event in whole(*given):
            yield event
            if isinstance(event, StatementReady):
                going_on.wait(20)

    monkeypatch.setattr(page.assistant, "stream", stuck)
    steps = page.talk.ask(FIRST, HURT)
    shown = next(step for step in steps if "<blockquote" in step)
    assert "data-running" in shown and page.talk.running(FIRST)
    began = time.monotonic()
    page.talk.stop(FIRST)
    rest = list(steps)
    assert time.monotonic() - began < 5 and not page.talk.running(FIRST)
    going_on.set()
    last = exchanges(page)[-1]
    assert last.note == "Stopped." and len(last.statements) == 1 and last.answer is None and "Stopped." in rest[-1]
    assert history(exchanges(page)) == []


def test_ask_when_another_question_overtakes_it_then_the_first_is_given_up_and_does_not_come_back(page, monkeypatch):
    whole, going_on = page.assistant.stream, threading.Event()

    def stuck(question, *given):
        if "fog" in question:
            going_on.wait(20)
            return
        yield from whole(question, *given)

    monkeypatch.setattr(page.assistant, "stream", stuck)
    first = page.talk.ask(FIRST, "What did Captain Brandt say about the fog?")
    next(first)
    asked(page, "What does the island shop sell?")
    going_on.set()
    list(first)
    assert [e.question for e in exchanges(page)] == ["What did Captain Brandt say about the fog?", "What does the island shop sell?"]
    assert exchanges(page)[-1].answer and not page.talk.running(FIRST)


def test_retry_when_pressed_then_the_last_question_is_asked_anew_with_its_filters(page, monkeypatch):
    asked(page, "What does the island shop sell?")
    only = Filters(documents=("inquiry.md",))
    asked(page, HURT, filters=only)
    seen, whole = [], page.assistant.stream
    monkeypatch.setattr(page.assistant, "stream", lambda *given: seen.append(given) or whole(*given))
    list(page.talk.retry(FIRST))
    assert [given[0] for given in seen] == [HURT] and seen[0][2] == only
    assert len(exchanges(page)) == 2 and "19 passengers" in page.talk.shown(FIRST)
    assert list(page.talk.retry(SECOND)) == [""]


def test_edit_when_the_question_is_asked_changed_then_it_takes_the_place_of_the_last(page):
    asked(page, "What does the island shop sell?")
    asked(page, "How many were hurt?")
    question, shown = page.talk.edit(FIRST)
    assert question == "How many were hurt?" and "data-editing" in shown
    asked(page, HURT)
    assert [e.question for e in exchanges(page)] == ["What does the island shop sell?", HURT]
    page.talk.edit(FIRST)
    assert "data-editing" not in page.talk.keep(FIRST)
    asked(page, "What did Captain Brandt say about the fog?")
    assert len(exchanges(page)) == 3
    assert page.talk.edit(SECOND) == ("", "")


def test_clear_when_pressed_then_the_conversation_is_forgotten(page):
    asked(page, "What does the island shop sell?")
    page.talk.clear(FIRST)
    assert page.talk.shown(FIRST) == "" and not exchanges(page)


@pytest.mark.parametrize("format", transcripts.FORMATS)
def test_save_when_asked_then_the_file_can_be_verified(page, format):
    asked(page, HURT)
    asked(page, "Who invented the steam locomotive in Cornwall?")
    name, written = page.talk.save(FIRST, format)
    assert transcripts.format_of(name) == format and transcripts.verify(written, page.library).holds
    assert len(transcripts.read(written)["exchanges"]) == 2
    with pytest.raises(QAError):
        page.talk.save(FIRST, "../etc/passwd")
