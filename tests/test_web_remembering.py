"""What the running page remembers: answers that were given, conversations of browser tabs."""

import html
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from web_helpers import HURT, answered

from qa.records import Answer, Filters, Finished, Turn
from qa.render import to_json
from qa.web_page.conversations import MOST, Conversations
from qa.web_page.turns import Turns


def test_conversations_when_there_are_too_many_then_those_unused_for_longest_go_first():
    kept = Conversations()
    for number in range(MOST + 10):
        kept.end(f"{number:032x}", kept.begin(f"{number:032x}", (answered(),)))
    assert kept.of(f"{0:032x}")[0] == () and kept.of(f"{MOST + 9:032x}")[0] == (answered(),)


def test_remembering_when_the_same_is_asked_then_it_is_answered_once_until_the_library_changes(page, monkeypatch):
    seen, whole = [], page.assistant.stream
    monkeypatch.setattr(page.assistant, "stream", lambda *given: seen.append(given) or whole(*given))
    question = HURT
    first, again = (list(page.answers.stream(question)) for _ in range(2))
    assert first == again and len(seen) == 1
    list(page.answers.stream(question, [Turn(role="user", text="x")]))
    list(page.answers.stream(question, (), Filters(documents=("inquiry.md",))))
    assert len(seen) == 3
    assert to_json(list(page.answers.stream(question, fresh=True))[-1].answer) == to_json(first[-1].answer) and len(seen) == 4
    page.library.remove("inquiry.md")
    assert list(page.answers.stream(question)) != first and len(seen) == 5


def test_remembering_when_many_ask_the_same_at_once_then_it_is_answered_once(page, monkeypatch):
    seen, going_on, whole = [], threading.Event(), page.assistant.stream

    def slow(*given):
        seen.append(given)
        going_on.wait(20)
        yield from whole(*given)

    monkeypatch.setattr(page.assistant, "stream", slow)
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(page.answers.ask, HURT) for _ in range(8)]
        while not seen:
            time.sleep(0.01)
        going_on.set()
        assert len({to_json(answer.result()) for answer in answers}) == 1 and len(seen) == 1


def test_remembering_when_who_asked_first_gives_up_then_the_others_are_answered_all_the_same(page, monkeypatch):
    seen, whole = [], page.assistant.stream
    monkeypatch.setattr(page.assistant, "stream", lambda *given: seen.append(given) or whole(*given))
    first = page.answers.stream(HURT)
    next(first)
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(page.answers.ask, HURT)
        first.close()
        assert other.result(timeout=20).statements and len(seen) == 2


def test_remembering_when_a_suggested_question_is_asked_then_its_answer_is_there_already(page, monkeypatch):
    page.suggested()
    monkeypatch.setattr(page.assistant, "stream", None)
    suggested = re.findall('qa-suggestion">(.*?)</button>', page.suggested())
    assert suggested and all(page.answers.ask(html.unescape(question)).statements for question in suggested)


def test_turns_when_many_come_then_only_a_few_are_in_at_once_and_the_others_in_the_order_they_came():
    turns, inside, order, leave = Turns(2), set(), [], [threading.Event() for _ in range(8)]

    def come(number):
        with turns.turn():
            inside.add(number)
            order.append(number)
            leave[number].wait(20)
            inside.remove(number)

    people = [threading.Thread(target=come, args=(number,)) for number in range(8)]
    for number, person in enumerate(people):
        person.start()
        until(lambda number=number: len(turns._waiting) + len(order) == number + 1)
    for number in range(8):
        until(lambda number=number: inside == {number, number + 1} & set(range(8)))
        leave[number].set()  # the next one comes in only now
        people[number].join(20)
    assert order == list(range(8))


def until(holds):
    """Waits until `holds()`, 20 s at most; fails when it does not come to hold."""
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_turns_when_what_was_done_in_one_fails_then_it_is_handed_on():
    turns = Turns(1)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), turns.turn():
            1 / 0  # noqa: B018


def test_remembering_when_an_answer_has_notes_then_it_is_asked_anew(page, monkeypatch):
    seen = []

    def troubled(*given):
        seen.append(given)
        yield Finished(answer=Answer(question="x", searched_for="x", status="no_evidence", text="", notes=("The model did not answer.",)))

    monkeypatch.setattr(page.assistant, "stream", troubled)
    for _ in range(2):
        list(page.answers.stream("x"))
    assert len(seen) == 2
