"""Times of day in text, and which of them can be one."""

import pytest

from qa.language.clock import find_clocks


@pytest.mark.parametrize(("text", "minutes", "either"), [
    ("at 22.50 the", 1370, False), ("at 22:50.", 1370, False), ("at 4.31 he", 271, True), ("at 1.31 a.m.", 91, False), ("at 9:40 p.m.", 1300, False),
    ("by five o'clock on", 300, True), ("at 5 o’clock", 300, True), ("ten past four in", 250, True), ("a quarter to six", 345, True),
    ("half past nine", 570, True), ("twenty minutes to one", 40, True), ("before noon", 720, False), ("at midnight", 0, False), ("at 6 am", 360, False),
    ("at 12 pm", 720, False), ("at 12.10 a.m.", 10, False), ("at 07.15", 435, False), ("at 0.20", 20, False),
])
def test_find_clocks_when_a_time_is_written_in_any_way_then_its_minutes_are_found(text, minutes, either):
    (clock,) = find_clocks(text)
    assert (clock.minutes, clock.either) == (minutes, either) and text[clock.start : clock.end] == clock.text


@pytest.mark.parametrize("text", ["in 1874", "on 4 May", "27 people", "a dozen", "version 3.11.7", "three to the north", "at 25.30", "12.345 units"])
def test_find_clocks_when_there_is_no_time_of_day_then_there_is_none(text):
    assert find_clocks(text) == []


@pytest.mark.parametrize(("first", "second", "same"), [
    ("5.14", "17.14", True), ("five o'clock", "5 a.m.", True), ("5.14", "5.11", False), ("5 a.m.", "17.00", False), ("ten past four", "16.10", True),
])
def test_same_when_half_of_the_day_is_open_then_either_will_do(first, second, same):
    (a,), (b,) = find_clocks(first), find_clocks(second)
    assert a.same(b) is same and b.same(a) is same
