"""Plain text and Markdown: exact text, skipped spans, facts from headers, titles and kinds."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import UnreadableDocument
from qa.reading import read_bytes
from qa.reading.dates import read_date

BODY = "The harbour reopened after a week of repairs. Ships had waited outside the breakwater.\n\nThe mayor thanked the divers."
FORM = "Leave a Comment\n\nYour email address will not be published.\n\nRequired fields are marked *\n\nName *\n\nPosts by Month\nMarch 2024 (3)\n"


def read(content: str | bytes, filename: str = "a.md"):
    data = content if isinstance(content, bytes) else content.encode()
    return read_bytes(data, filename=filename, source=filename, max_mb=1)[0]


def content(document) -> str:
    """The document's text without its skipped spans."""
    position, parts = 0, []
    for start, end in document.skipped:
        parts.append(document.text[position:start])
        position = end
    return "".join([*parts, document.text[position:]])


# ---- bytes to text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_text_when_read_then_every_character_is_kept(newline):
    text = f"  Zürich – “quoted”{newline}{newline}\tcafé … \u2028 end  {newline}"
    assert read(text, "a.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_text_when_it_has_a_byte_order_mark_then_decoded_without_it(encoding):
    assert read(BODY.encode(encoding)).text == BODY


@pytest.mark.parametrize(
    "text, encoding",
    [
        ("The café said “we stay open” – and it cost £3 to enter the whole day long.", "cp1252"),
        ("Café au lait", "cp1252"),
        ("Polski rząd zapowiedział zmiany w ustawie o portach i żegludze.", "cp1250"),
        ("A tank of 30 m³ was brought on Monday.", "cp1252"),
        ("Die Straße war überflutet; die Bürger flüchteten in höher gelegene Häuser.", "cp1252"),
        ("Мэр заявил, что ремонт гавани продолжится до конца недели.", "cp1251"),
        ("港は月曜日に閉鎖されました。市長が発表しました。", "shift_jis"),
    ],
)
def test_text_when_in_an_older_encoding_then_decoded_as_written(text, encoding):
    assert read(text.encode(encoding)).text == text


def test_text_when_utf8_is_broken_then_refused_with_the_place_and_not_read_as_something_else():
    data = "Zürich, Köln, Malmö and ".encode() + b"\xff" + " Århus.".encode()
    with pytest.raises(UnreadableDocument, match="broken at byte 27") as caught:
        read(data)
    assert "UTF-8" in caught.value.hint


@pytest.mark.parametrize(
    "data", [b"one\x00two", b"\xff\xfea\x00\x00\x00b\x00", b"\x01\x02\x03\x04\x05 control", b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256))]
)
def test_text_when_binary_then_refused(data):
    with pytest.raises(UnreadableDocument, match="not text|encoding"):
        read(data)


# ---- front matter and header lines


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


# ---- the end of the text


def test_comment_form_when_it_ends_the_text_then_it_is_skipped_and_kept_in_the_text():
    document = read(f"{BODY}\n\n{FORM}")
    assert content(document) == BODY + "\n\n" and document.text.endswith(FORM)


@pytest.mark.parametrize(
    "ending",
    [
        "Share this:\nFacebook\nTwitter",
        "Related articles\nDivers praised\nShips at sea",
        "Subscribe to our newsletter for weekly updates.",
        "© 2024 Coast Daily. All rights reserved.",
        "We use cookies to improve your visit. Accept",
        "Tags: harbour, repairs",
        "Archives\nMay 2023\nJune 2023",
        "3 Comments\n\nLog in to leave a comment",
    ],
)
def test_ending_when_a_site_left_it_then_it_is_skipped(ending):
    body = (BODY + "\n\n") * 2
    assert content(read(body + ending)) == body


@pytest.mark.parametrize(
    "last",
    [
        "Subscribe or leave, the editor told her readers.",
        "Copyright law protects the author's work.",
        "Readers may share this view.",
        "Related work is found elsewhere.",
        "- Newsletter",
        "Website",
        "He left a reply on the table.",
        "(c) any other business of the board",
    ],
)
def test_ending_when_it_is_prose_or_a_list_then_it_stays(last):
    assert read(f"{BODY}\n\nContact:\n- Phone\n{last}").skipped == ()


def test_boilerplate_when_prose_follows_then_nothing_is_cut():
    assert read(f"{BODY}\n\nLeave a Reply\n\nThat was the sign on the door of the old station.").skipped == ()


WORDS = st.lists(
    st.sampled_from("harbour ship divers repaired the a of waited comments archive share reply".split()), min_size=4, max_size=14
)
PROSE = st.lists(WORDS.map(lambda words: " ".join(words).capitalize() + "."), min_size=4, max_size=9).map("\n\n".join)


@settings(deadline=None, max_examples=60)
@given(PROSE, st.lists(st.sampled_from(FORM.strip().split("\n")[:3] + ["Share this:", "© 2024 Coast"]), min_size=1, max_size=4))
def test_ending_when_prose_stands_above_it_then_no_prose_is_cut(prose, lines):
    ending = "\n\nLeave a Reply\n" + "\n".join(lines)
    document = read(prose + ending)
    assert document.text == prose + ending
    assert content(document).rstrip() == prose or document.skipped == ()
    assert read(prose).skipped == ()


LINES = st.sampled_from(
    [
        "---",
        "title: A thing",
        "date: 2024-03-01",
        "Time: 20240301_10:00",
        "Published: 3 March 2024",
        " date 2024-03-15 x",
        "",
        "  ",
        "Harbour open",
        "Share this:",
        "Leave a Reply",
        "Your email address will not be published.",
        "© 2024",
        "A sentence stands here.",
        "By Ada Moss",
        "\r",
        "Posts by Month",
        "OSTMARK, March 3, 2024 (Wire) — It reopened.",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(LINES, min_size=1, max_size=14).map("\n".join))
def test_skipped_when_any_lines_meet_then_sorted_apart_and_in_bounds(text):
    try:
        document = read(text)
    except UnreadableDocument as error:
        assert "no text" in error.message or "empty" in error.message
        return
    assert document.text == text
    edges = [edge for span in document.skipped for edge in span]
    assert edges == sorted(edges) and all(start < end for start, end in document.skipped)
    assert not edges or 0 <= edges[0] and edges[-1] <= len(text)
