"""Numbers in text: values, units, what is counted, bounds; calendar and clock numbers are left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.numbers import find_numbers


def only(text):
    (number,) = find_numbers(text)
    return number


@pytest.mark.parametrize(("text", "value", "unit"), [
    ("They counted 1,400 barrels", 1400, "barrel"), ("worth $2.5 million", 2_500_000, "$"), ("up 13.8 percent", 13.8, "%"),
    ("up 13.8 %", 13.8, "%"), ("down 70 basis points", 70, "bp"), ("about 3km away", 3, "km"), ("$25bn in debt", 25e9, "$"),
    ("two dozen eggs", 24, ""), ("a hundred and five cars", 105, ""), ("seven thousand men", 7000, ""), ("twenty-five children", 25, ""),
    ("two hundred thousand people", 200_000, ""), ("a 92-year-old woman", 92, "year"), ("two-thirds of voters", 2 / 3, "fraction"),
    ("3 percentage points", 3, "pp"), ("1.1 trillion barrels", 1.1e12, "barrel"),
])
def test_find_numbers_when_written_in_any_way_then_gives_value_and_unit(text, value, unit):
    number = only(text)
    assert number.value == pytest.approx(value)
    assert number.unit == unit


@pytest.mark.parametrize("text", [
    "on 17 October", "since 2019", "in 1901-1903 he wrote", "at 9:30 am", "the F-16 jet", "COVID-19 spread", "no one came", "one of them",
    "May 3, 2021",
])
def test_find_numbers_when_the_digits_are_a_date_a_time_or_a_name_then_finds_nothing(text):
    assert find_numbers(text) == []


@pytest.mark.parametrize(("text", "bound"), [
    ("more than 40 ships", "more than"), ("over 40 ships", "more than"), ("at least 40 ships", "at least"), ("up to 40 ships", "at most"),
    ("fewer than 40 ships", "less than"), ("about 40 ships", "about"), ("40 or more ships", "at least"), ("40 ships", ""),
    ("dozens of ships", "vague"),
    ("no more than 40 ships", "at most"),
])
def test_find_numbers_when_the_writer_hedges_then_keeps_the_bound(text, bound):
    assert only(text).bound == bound


def test_find_numbers_when_things_are_counted_then_names_their_head_noun():
    assert only("some 300 young mountain goats grazed").noun == "goats"
    assert only("the firm has 12 people").noun == "people"


def test_find_numbers_when_it_is_a_rank_then_keeps_it_apart_from_counts():
    rank, = find_numbers("the third quarter")
    assert (rank.value, rank.ordinal, rank.noun) == (3, True, "quarter")
    assert only("in Q3").ordinal
    assert not only("three quarters").ordinal


def test_find_numbers_when_a_year_like_number_counts_things_then_it_is_a_number():
    assert only("They sent 2000 soldiers").value == 2000


@given(st.integers(min_value=0, max_value=10**9))
@settings(deadline=None, max_examples=60)
def test_find_numbers_when_digits_are_grouped_by_commas_then_reads_the_same_value(value):
    assert only(f"we saw {value:,} stars").value == value


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=80)
def test_find_numbers_when_given_any_text_then_spans_are_exact_ordered_and_apart(text):
    found = find_numbers(text)
    assert all(text[number.start:number.end] == number.text for number in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
