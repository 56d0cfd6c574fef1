"""A model's text cut into statements as it arrives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.generating.cutting import LONGEST, Cutter, Draft, read

TEXT = """The bridge closed. [1] "The Halden bridge closed on Friday"
- Stolz said 14 were torn. [2] “Mira Stolz said "14 cables" were torn” [3] "nineteen of the cables"
One claim. [1] "aa bb cc" Another claim. [2] "dd ee ff"

A line without a marker
NOT IN THE DOCUMENTS.
"""


def cut(text: str, sizes: list[int]) -> list[Draft]:
    cutter, drafts, place = Cutter(), [], 0
    for size in [*sizes, len(text)]:
        drafts += cutter.feed(text[place : place + size])
        place += size
    return drafts + cutter.finish(cut_off=False)


def test_feed_when_the_text_is_whole_then_each_line_is_a_statement_with_its_quotes():
    drafts = cut(TEXT, [])
    assert [draft.text for draft in drafts] == [
        "The bridge closed.", "Stolz said 14 were torn.", "One claim.", "Another claim.", "A line without a marker", "NOT IN THE DOCUMENTS."]
    assert drafts[0].cited == ((1, "The Halden bridge closed on Friday"),)
    assert drafts[1].cited == ((2, 'Mira Stolz said "14 cables" were torn'), (3, "nineteen of the cables"))
    assert drafts[4].cited == () and [draft.says_not_found for draft in drafts] == [False] * 5 + [True]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 40), max_size=60))
def test_feed_when_the_text_comes_in_pieces_of_any_size_then_the_statements_are_the_same(sizes):
    assert cut(TEXT, sizes) == cut(TEXT, [])


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=300), st.lists(st.integers(1, 9), max_size=40))
def test_feed_when_the_text_is_anything_then_nothing_breaks_and_no_text_is_invented(text, sizes):
    for draft in cut(text, sizes):
        assert all(word in text for word in draft.text.replace("**", "").split()) or "**" in text


def test_feed_when_a_statement_is_whole_then_it_does_not_wait_for_the_next():
    cutter = Cutter()
    assert cutter.feed('The bridge closed. [1] "closed on Friday"') == []
    (draft,) = cutter.feed("\nThe next one")
    assert draft.text == "The bridge closed."
    (draft,) = cutter.feed(' is here. [2] "aa bb cc" And')
    assert draft.text == "The next one is here."


@pytest.mark.parametrize("piece", [1000, 100_000])
def test_feed_when_a_sentence_is_a_megabyte_long_then_it_is_cut_off_once_and_what_follows_is_read(piece):
    cutter, text = Cutter(), "word " * 200_000
    drafts = [draft for start in range(0, len(text), piece) for draft in cutter.feed(text[start : start + piece])]
    drafts += cutter.feed('\nIt closed. [1] "closed on Friday"\n')
    assert len(drafts) == 2 and str(LONGEST) in drafts[0].fault and len(drafts[0].text) <= 201
    assert drafts[1] == Draft(text="It closed.", cited=((1, "closed on Friday"),))


@pytest.mark.parametrize("line, cited", [
    ('It closed. [1]', ((1, ""),)),
    ('It closed. [1] closed on Friday', ((1, ""),)),
    ('It closed. 【2】 «closed on Friday»', ((2, "closed on Friday"),)),
    ('It closed. [passage 3]: "closed on Friday".', ((3, "closed on Friday"),)),
    ('1. **It closed.** [12] "closed on Friday"', ((12, "closed on Friday"),)),
])
def test_read_when_a_marker_is_written_differently_then_it_is_understood_and_a_missing_quote_stays_missing(line, cited):
    assert (read(line).text, read(line).cited) == ("It closed.", cited)


def test_finish_when_the_model_broke_off_then_the_last_statement_says_so():
    cutter = Cutter()
    cutter.feed('It closed. [1] "closed on Fri')
    (draft,) = cutter.finish(cut_off=True)
    assert "broke off" in draft.fault
    cutter = Cutter()
    cutter.feed('It closed. [1] "closed on Friday"')
    (draft,) = cutter.finish(cut_off=True)
    assert draft.fault == ""


@pytest.mark.parametrize("size", [1, 5, 500])
def test_feed_when_the_model_thinks_aloud_then_its_thoughts_are_no_statements(size):
    text = '<think>\nIt fell. [1] "it fell down then"\n</think>\nIt closed. [1] "closed on Friday"\n'
    assert [draft.text for draft in cut(text, [size] * 200)] == ["It closed."]
    assert cut("<think>\nIt never stops", [size] * 20) == []
