"""Plain text and Markdown: exact text, skipped spans, facts from headers, titles and kinds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_helpers import content, read

from qa.errors import UnreadableDocument

BODY = "The harbour reopened after a week of repairs. Ships had waited outside the breakwater.\n\nThe mayor thanked the divers."
FORM = (
    "Leave a Comment\n\nName *\n\nYour email address will not be published.\n\n"
    "Required fields are marked *\n\nPosts by Month\nMarch 2024 (3)\n"
)


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
        "Required fields are marked *",
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
