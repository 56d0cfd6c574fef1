"""What stands above the body: front matter, header lines, dates, bylines and datelines."""

from datetime import date

import pytest
from reading_helpers import content, read

from qa.reading.dates import read_date
from qa.reading.header import read_header

BODY = "The harbour reopened after a week of repairs. Ships had waited outside the breakwater.\n\nThe mayor thanked the divers."


def test_front_matter_when_present_then_facts_are_taken_and_it_is_skipped():
    front = (
        "---\ntitle: Harbour news\npublished: 2024-03-09\nprecision: month\noutlet: Coast Daily\nauthor: [Ada Moss, Ben Lark]\n"
        "kind: Opinion\norigin: 1.txt\n---\n"
    )
    document = read(front + BODY)
    assert (document.title, document.outlet, document.author, document.kind) == (
        "Harbour news",
        "Coast Daily",
        "Ada Moss, Ben Lark",
        "commentary",
    )
    assert (document.published, document.published_precision) == (date(2024, 3, 1), "month")
    assert document.skipped == ((0, len(front)),) and document.text == front + BODY


@pytest.mark.parametrize(
    "field, published, precision",
    [
        ("date: 2024-03-09", date(2024, 3, 9), "day"),
        ("published: 2024", date(2024, 1, 1), "year"),
        ("date: March 2024", date(2024, 3, 1), "month"),
        ("date: 2024-13-45", date(2024, 1, 1), "year"),
        ("published: soon", None, "none"),
        ("published: 2024-03-09\nprecision: none", None, "none"),
        ("published: 2024-03\nprecision: day", date(2024, 3, 1), "month"),
    ],
)
def test_front_matter_when_a_date_is_given_then_its_precision_is_kept(field, published, precision):
    document = read(f"---\n{field}\n---\n{BODY}")
    if "13-45" in field:
        published, precision = None, "none"
    assert (document.published, document.published_precision) == (published, precision)


def test_front_matter_when_its_yaml_is_broken_then_its_lines_are_still_read():
    document = read(f"---\ntitle: Harbour: a history\ndate: 2024-03-09\nauthor: 'Ada\n---\n{BODY}")
    assert document.title == "Harbour: a history" and document.published == date(2024, 3, 9)
    assert content(document) == BODY


@pytest.mark.parametrize(
    "text", ["---\n\nA rule above.\n\n---\n\nAnd below.", "---\n- a\n- b\n---\nText here.", "---\ntitle: never closed\n\nText here."]
)
def test_front_matter_when_dashes_are_only_rules_then_nothing_is_skipped(text):
    assert read(text).skipped == ()


def test_front_matter_when_it_refers_to_itself_or_nests_deeply_then_it_does_no_harm():
    bomb = "\n".join(["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)])
    assert read(f"---\n{bomb}\ntitle: Quiet\n---\n{BODY}").title == "Quiet"
    assert read(f"---\nx: {'[' * 5000}\n---\n{BODY}").text.endswith(BODY)


def test_leading_date_when_present_then_it_dates_the_document_and_is_skipped():
    document = read(" date 2024-03-15 " + BODY, "a.txt")
    assert document.published == date(2024, 3, 15) and document.skipped == ((0, 17),)
    assert content(document) == BODY


@pytest.mark.parametrize(
    "text", ["date 2024-02-31 is no day. It is not.", "The date 2024-03-15 was set. It held.", "dates 2024-03-15 were set. They held."]
)
def test_leading_date_when_it_is_none_then_nothing_is_skipped(text):
    document = read(text)
    assert document.skipped == () and document.published is None


@pytest.mark.parametrize(
    "line, day",
    [
        ("Published: 3 March 2024", date(2024, 3, 3)),
        ("Published on March 3, 2024", date(2024, 3, 3)),
        ("Time: 20260121_10:00", date(2026, 1, 21)),
        ("Date: Sunday, 3 March 2024 10:30 GMT", date(2024, 3, 3)),
        ("posted: 2024-03-03T10:00:00+02:00", date(2024, 3, 3)),
    ],
)
def test_header_line_when_it_gives_a_date_then_it_is_skipped_below_a_title_too(line, day):
    first = read(f"{line}\r\n{BODY}")
    assert first.published == day and content(first) == BODY
    second = read(f"Harbour open again\n\n{line}\n\n{BODY}")
    assert second.published == day and second.title == "Harbour open again" and line not in content(second)


def test_header_lines_when_several_then_all_are_read():
    document = read(f"Title: Harbour\nBy: Ada Moss\nDate: 2024-01-02\nSource: Coast Daily\n\n{BODY}")
    assert (document.title, document.author, document.outlet, document.published) == (
        "Harbour",
        "Ada Moss",
        "Coast Daily",
        date(2024, 1, 2),
    )
    assert content(document).strip() == BODY


@pytest.mark.parametrize(
    "text",
    [
        "Time: 10 minutes\n\nBoil the eggs.",
        "Published: in a hurry\nThe rest.",
        "Title: a word\nAlice: hello there.",
        "Published in 2019, the book sold well.",
    ],
)
def test_header_line_when_it_gives_no_date_then_it_stays(text):
    document = read(text)
    assert document.skipped == () and document.published is None


def test_header_line_when_it_stands_far_below_then_it_is_text():
    document = read("A sentence stands here.\n\n" * 12 + "Date: 2024-03-03\n\nMore.")
    assert document.published is None and document.skipped == ()


@pytest.mark.parametrize(
    "text, published, outlet",
    [
        ("OSTMARK, March 3, 2024 (Coast Wire) — The harbour reopened.", date(2024, 3, 3), "Coast Wire"),
        ("NEW OSTMARK, Norland, 3 March 2024 - The harbour reopened.", date(2024, 3, 3), ""),
        ("OSTMARK (Reuters) - The harbour reopened.", None, "Reuters"),
        ("OSTMARK, March 3 (Reuters) — The harbour reopened.", None, "Reuters"),
        ("NATO (an alliance of states) — was founded in 1949.", None, ""),
        ("Ada Moss (3 March 1924 – 5 May 1999) was a diver.", None, ""),
    ],
)
def test_dateline_when_it_opens_the_text_then_date_and_agency_are_read_and_it_stays(text, published, outlet):
    document = read(text)
    assert (document.published, document.outlet, document.skipped) == (published, outlet, ())


def test_byline_when_present_then_author_and_date():
    document = read(f"Harbour open again\nBy Ada van Moss | 3 March 2024\n\n{BODY}")
    assert (document.author, document.published) == ("Ada van Moss", date(2024, 3, 3))
    assert read(f"Harbour open again\nBy the end of May all was done\n\n{BODY}").author == ""


@pytest.mark.parametrize(
    "written, day, precision",
    [
        ("2024-03-15", date(2024, 3, 15), "day"),
        ("20240315", date(2024, 3, 15), "day"),
        ("15th March, 2024", date(2024, 3, 15), "day"),
        ("Sept. 5, 2023", date(2023, 9, 5), "day"),
        ("13/02/2024", date(2024, 2, 13), "day"),
        ("02/13/2024", date(2024, 2, 13), "day"),
        ("03/04/2024", date(2024, 1, 1), "year"),
        ("2024-03", date(2024, 3, 1), "month"),
        ("2024", date(2024, 1, 1), "year"),
        ("31 February 2024", None, "none"),
        ("12345", None, "none"),
        ("3024-01-01", None, "none"),
        ("", None, "none"),
    ],
)
def test_read_date_when_written_in_many_ways_then_no_more_precise_than_certain(written, day, precision):
    assert read_date(written) == (day, precision)


@pytest.mark.parametrize(("text", "outlet", "day"), [
    ("The Elm Post\nThursday, 5 May 2022\n\nBridge falls\n\nThe bridge fell.", "The Elm Post", date(2022, 5, 5)),
    ("# Bridge falls into the river\n\nThe Elm Post, 10 May 2022\n\nThe bridge fell.", "The Elm Post", date(2022, 5, 10)),
    ("Radio Elm, morning programme\nBroadcast on 20 May 2022\n\nThe bridge fell.", "Radio Elm", date(2022, 5, 20)),
    ("Bridge falls into the river\n11 May 2022\n\nThe bridge fell.", "", date(2022, 5, 11)),
    ("Bridge falls\n1984\n\nThe bridge fell.", "", None),
    ("The bridge fell on 3 May 2022.\n\nIt was old.", "", None),
])
def test_header_when_a_line_is_a_day_or_an_outlet_with_a_day_then_that_is_the_publication(text, outlet, day):
    facts, spans, _ = read_header(text)
    assert (facts.outlet, facts.published, spans) == (outlet, day, [])
