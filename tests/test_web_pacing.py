"""Events in the rhythm of a page: gathered, none lost, an end or a failure told at once."""

import threading
import time

import pytest

from qa.errors import LibraryUnavailable, QAError
from qa.web_page.pacing import BROKEN, FIRST, NEXT, paced


def events(*parts):
    """Yields what is a string, waits what is a number (seconds), raises what is an error."""
    for part in parts:
        if isinstance(part, Exception):
            raise part
        if isinstance(part, str):
            yield part
        else:
            time.sleep(part)


def test_paced_when_events_come_quickly_then_they_come_in_one_piece():
    assert list(paced(events("a", "b", "c"), threading.Event())) == [["a", "b", "c"]]


@pytest.mark.parametrize("before_the_end", [0.0, NEXT * 2])
def test_paced_when_they_are_slow_then_only_the_first_list_may_be_empty_and_the_last_has_the_last_event(before_the_end):
    lists = list(paced(events(FIRST * 1.5, "a", NEXT * 2, "b", before_the_end), threading.Event()))
    assert lists[0] == [] and all(lists[1:]) and [event for gathered in lists for event in gathered] == ["a", "b"]


@pytest.mark.parametrize(("error", "raised"), [(LibraryUnavailable("The disk is gone", "Plug it in."), "The disk is gone"),
                                              (ZeroDivisionError(), BROKEN)])
def test_paced_when_they_fail_then_what_came_before_is_shown_first(error, raised, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    shown = []
    with pytest.raises(QAError, match=raised):
        for gathered in paced(events("a", error), threading.Event()):
            shown += gathered
    assert shown == ["a"]


def test_paced_when_stopped_then_it_ends_at_once():
    stop = threading.Event()
    began = time.monotonic()
    for _ in paced(events("a", 5), stop):
        stop.set()
    assert time.monotonic() - began < 2
