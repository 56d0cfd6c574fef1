"""Dates in text: what is read, how precise, against which day; and what is no date."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.dates import find_dates, iso, last_day, overlaps, parse_date, period

REFERENCE = date(2024, 3, 15)  # a Friday


def read(text, reference=REFERENCE):
    return [(m.text, iso(m.date, m.precision)) for m in find_dates(text, reference)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote of 2024-03-14 stands.", [("2024-03-14", "2024-03-14")]),
        ("Signed on 14 March 2024.", [("14 March 2024", "2024-03-14")]),
        ("Signed on the 14th of March.", [("the 14th of March", "2024-03-14")]),
        ("Signed on March 14.", [("March 14", "2024-03-14")]),
        ("Since October 7 the club has not won.", [("October 7", "2023-10-07")]),
        ("On October 17, 2023, it rained.", [("October 17, 2023", "2023-10-17")]),
        ("On March 14, 2,500 troops marched.", [("March 14", "2024-03-14")]),
        ("On Monday, March 11, it rained.", [("Monday, March 11", "2024-03-11")]),
        ("In mid-February sales fell.", [("mid-February", "2024-02")]),
        ("By early 2024 sales fell.", [("early 2024", "2024")]),
        ("In 2023 several people left.", [("2023", "2023")]),
        ("On 3 March several people left.", [("3 March", "2024-03-03")]),
        ("Until the end of January it held.", [("the end of January", "2024-01")]),
        ("The second quarter of 2022 was poor.", [("The second quarter of 2022", "2022")]),
        ("In May it may rain.", [("May", "2023-05")]),
        ("The Sept. 5, 2023 ruling", [("Sept. 5, 2023", "2023-09-05")]),
        ("between the 14 and 20 November", [("14", "2023-11-14"), ("20 November", "2023-11-20")]),
        ("the 1939–1945 war", [("1939", "1939"), ("1945", "1945")]),
        ("It was 13.02.2024.", [("13.02.2024", "2024-02-13")]),
        ("It was 5/13/2024.", [("5/13/2024", "2024-05-13")]),
        ("It was 03/04/2024.", [("03/04/2024", "2024")]),
    ],
)
def test_find_dates_when_a_date_is_written_out_then_its_day_and_precision_come_back(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said so on Tuesday.", "2024-03-12"),
        ("She said so on Friday.", "2024-03-15"),
        ("She said so last Friday.", "2024-03-08"),
        ("She will speak next Monday.", "2024-03-18"),
        ("In a speech on Tuesday the 13th he said no.", "2024-02-13"),
        ("It opened on the 13th, he said.", "2024-03-13"),
        ("It rained yesterday.", "2024-03-14"),
        ("It rained two days ago.", "2024-03-13"),
        ("It rained last month.", "2024-02"),
        ("It rained three years ago.", "2021"),
    ],
)
def test_find_dates_when_words_count_from_another_day_then_they_are_resolved_against_the_reference(text, expected):
    (mention,) = find_dates(text, REFERENCE)
    assert mention.relative and mention.resolved and iso(mention.date, mention.precision) == expected
    (mention,) = find_dates(text)
    assert not mention.resolved and mention.date is None


@pytest.mark.parametrize("text", ["two months later", "the same day", "over the past month", "in recent weeks"])
def test_find_dates_when_the_words_do_not_settle_the_day_then_it_stays_unresolved(text):
    (mention,) = find_dates(f"It ended {text}.", REFERENCE)
    assert mention.relative and not mention.resolved and mention.precision == "none"


@pytest.mark.parametrize(
    "text",
    [
        "They may march 14 miles.",
        "2,500 troops and 1400 people",
        "Resolution 1701 was adopted; 1701 still holds, and in 1701 it says so.",
        "Python 3.11, version 2023.1",
        "in 2000 homes",
        "the 13th president",
        "The March on Washington",
        "on Tuesdays",
        "Black Friday",
        "a 2024-strong crowd",
        "at 2023 metres",
        "",
    ],
)
def test_find_dates_when_a_number_or_word_only_looks_like_a_date_then_nothing_is_read(text):
    assert [m for m in find_dates(text, REFERENCE) if m.precision != "none"] == []


def test_find_dates_when_no_reference_is_given_then_month_and_day_are_kept_without_a_year():
    (mention,) = find_dates("On March 14 it rained.")
    assert (mention.year, mention.month, mention.day, mention.date, mention.resolved) == (None, 3, 14, None, False)


def test_find_dates_when_a_number_counts_people_after_a_month_then_it_is_no_day():
    assert read("In October 17 civilians died.") == [("October", "2023-10")]
    assert read("On March 14, 2000 people left.") == [("March 14", "2024-03-14")]


def test_find_dates_when_the_weekday_settles_the_year_then_that_year_is_taken():
    assert read("Wednesday, March 15") == [("Wednesday, March 15", "2023-03-15")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03", (date(2024, 3, 1), "month")),
        ("March 2024", (date(2024, 3, 1), "month")),
        ("14 March 2024", (date(2024, 3, 14), "day")),
        ("2024", (date(2024, 1, 1), "year")),
        (" 2024-03-14 ", (date(2024, 3, 14), "day")),
        ("March 14", None),
        ("soon", None),
        ("March 2024 or so", None),
        ("2024-13-01", None),
    ],
)
def test_parse_date_when_a_whole_string_is_given_then_only_a_full_date_is_read(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("March 14, 2024", "March 2024", True),
        ("March 14, 2024", "April 2024", False),
        ("March 14", "14 March 2024", True),
        ("March 14", "14 April", False),
        ("in 2023", "October 7, 2023", True),
        ("in 2023", "October 7, 2022", False),
        ("two days later", "October 7, 2022", True),
        ("October 17, 2023", "in 2017", False),
    ],
)
def test_overlaps_when_two_mentions_are_compared_then_known_parts_decide(a, b, expected):
    (first,), (second,) = find_dates(a), find_dates(b)
    assert overlaps(first, second) is expected and overlaps(second, first) is expected


def test_last_day_when_a_period_is_given_then_its_end_comes_back():
    assert last_day(date(2024, 2, 1), "month") == date(2024, 2, 29)
    assert last_day(date(2024, 1, 1), "year") == date(2024, 12, 31)
    assert last_day(date(2024, 2, 3), "day") == date(2024, 2, 3)


FORMS = ["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%A, %B %d, %Y", "%d %b %Y", "%B %d %Y"]


@settings(deadline=None, max_examples=150)
@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(FORMS),
    st.sampled_from(["On {} it rained.", "({})", "Since {}, 3,000 jobs went."]),
)
def test_find_dates_when_any_day_is_written_in_any_form_then_exactly_that_day_is_read(day, form, frame):
    assert [m.date for m in find_dates(frame.format(day.strftime(form)))] == [day]


@settings(deadline=None, max_examples=100)
@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 6))
def test_find_dates_when_a_weekday_is_named_then_it_is_the_latest_one_not_after_the_reference(reference, weekday):
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[weekday]
    (mention,) = find_dates(f"He left on {name}.", reference)
    assert mention.date.weekday() == weekday and timedelta(0) <= reference - mention.date < timedelta(7)


WORDS = st.sampled_from(
    "on March May 14 2024 the 5th of Tuesday last in 12/11/2023 week , . 3 people - – ago two days 2024-02-30 and mid-".split()
)


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join)), st.one_of(st.none(), st.dates()))
def test_find_dates_when_given_any_text_then_mentions_are_in_order_apart_and_verbatim(text, reference):
    mentions = find_dates(text, reference)
    assert all(text[m.start : m.end] == m.text and m.text for m in mentions)
    assert all(a.end <= b.start for a, b in zip(mentions, mentions[1:], strict=False))
    for mention in mentions:
        assert mention.resolved == (mention.date is not None) and (not mention.resolved or period(mention)[0] == mention.date)
