"""Citations: a quote is found where it stands, exactly, or not at all."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qa.citations import cite, page_of, resolve, verify
from qa.records import Document

DOCUMENT = Document(id="d1", name="tide.txt", source="/docs/tide.txt", text="The tide rose by 3.24 m.  “Nobody was hurt”, said Ada Wynn.",
                    title="The tide", outlet="Coast Mail", published=date(2031, 5, 1), published_precision="month")
SHAPES = str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-", "«": '"'})
any_texts = st.text(alphabet="ab 24.,\n\t-–“”\"'’«\u00a0é", max_size=30)
texts = any_texts.filter(bool)
once = settings(max_examples=150, deadline=None)


def plain(text):
    """A text less what `resolve` looks past."""
    return " ".join(text.translate(SHAPES).split())


def whole(text, start, end):
    """Whether no word and no number is cut at either end."""
    return not (re.search(r"\w$", text[:start]) and re.match(r"\w", text[start:])
                or re.search(r"\w$", text[:end]) and re.match(r"\w", text[end:])
                or re.search(r"\d[.,]$", text[:start]) and re.match(r"\d", text[start:])
                or re.search(r"\d$", text[:end]) and re.match(r"[.,]\d", text[end:]))


@given(texts, st.integers(0, 60), st.integers(0, 60))
@once
def test_cite_when_the_span_is_inside_then_the_quote_is_that_slice_and_verified(text, start, end):
    document = replace(DOCUMENT, text=text)
    if 0 <= start < end <= len(text):
        citation = cite(document, start, end, marker=1)
        assert citation.quote == text[start:end] and citation.verified and verify(citation, document)
    else:
        with pytest.raises(ValueError, match="tide.txt"):
            cite(document, start, end, marker=1)


@given(any_texts, texts.filter(str.strip), any_texts)
@once
def test_resolve_when_the_quote_is_a_slice_then_what_it_finds_reads_the_same(before, quote, after):
    text = before + quote + after
    begin = len(before) + len(quote) - len(quote.lstrip())
    assume(whole(text, begin, len(before) + len(quote.rstrip())))
    found = resolve(quote, text)
    assert found is not None
    assert plain(text[slice(*found)]) == plain(quote)
    assert text[found[0] : found[1]].strip() == text[found[0] : found[1]]


@given(texts, texts)
@once
def test_resolve_when_it_finds_any_quote_then_that_stands_there_and_cuts_no_word(quote, text):
    found = resolve(quote, text)
    if found:
        assert plain(text[slice(*found)]) == plain(quote) and whole(text, *found)
    else:
        assert not quote.strip() or f" {plain(quote)} " not in f" {plain(text)} "


@given(any_texts, texts, any_texts)
@once
def test_verify_when_the_text_changes_then_only_the_same_characters_at_the_same_place_pass(before, quote, other):
    start, end = len(before), len(before) + len(quote)
    citation = cite(replace(DOCUMENT, text=before + quote), start, end, marker=1)
    assert verify(citation, replace(DOCUMENT, text=other)) == (other[start:end] == quote)
    assert verify(citation, replace(DOCUMENT, text=before + quote + other))


def test_resolve_when_quotes_dashes_and_spaces_have_another_shape_then_the_offsets_are_those_of_the_text():
    text = "He said:\n  “It’s\u00a0the well‑known pre–war  bridge”."
    found = resolve('"It\'s the well-known pre-war bridge"', text)
    assert text[slice(*found)] == "“It’s\u00a0the well‑known pre–war  bridge”"


@pytest.mark.parametrize("quote, text", [
    ("24 hurt", "124 hurt"), ("24", "24,000"), ("24", "3.24"), ("art", "a party"), ("hurt badly", "hurt very badly"),
    ("Hurt", "hurt"), ("nobody", "somebody"), (" \n", "a b"), ("", "a"),
])
def test_resolve_when_the_text_has_only_something_like_it_then_nothing_is_found(quote, text):
    assert resolve(quote, text) is None


def test_resolve_when_the_first_likeness_is_part_of_a_number_then_the_whole_one_is_found():
    assert resolve("24", "1,240 of 24,500 in 2024, 24.") == (25, 27)


def test_resolve_when_the_quote_has_signs_of_a_pattern_then_they_mean_themselves():
    assert resolve("a.c (d)*", "abc d a.c (d)* e") == (6, 14)


@pytest.mark.parametrize("change", [
    {"start": -3, "end": -1}, {"start": 5, "end": 5, "quote": ""}, {"quote": "the tide"}, {"document": "d2"},
])
def test_verify_when_place_quote_or_document_is_wrong_then_it_is_not_verified(change):
    citation = cite(DOCUMENT, 0, 8, marker=1)
    assert verify(citation, DOCUMENT)
    if change.get("start", 0) < 0:
        change = {**change, "quote": DOCUMENT.text[-3:-1]}
    assert not verify(replace(citation, **change), DOCUMENT)


def test_verify_when_the_document_is_gone_then_it_is_not_verified():
    assert not verify(cite(DOCUMENT, 0, 8, marker=1), None)


def test_cite_when_cited_then_the_document_is_described():
    citation = cite(DOCUMENT, 26, 41, marker=3, page=2)
    assert (citation.marker, citation.document, citation.name, citation.source) == (3, "d1", "tide.txt", "/docs/tide.txt")
    assert (citation.title, citation.outlet, citation.published, citation.published_precision, citation.page) == (
        "The tide", "Coast Mail", date(2031, 5, 1), "month", 2)
    assert citation.quote == "“Nobody was hur"


def test_page_of_when_pages_begin_at_offsets_then_a_page_starts_with_its_first_character():
    paged = replace(DOCUMENT, page_starts=(0, 10, 20))
    assert [page_of(paged, offset) for offset in (0, 9, 10, 19, 20, 50)] == [1, 1, 2, 2, 3, 3]
    assert page_of(DOCUMENT, 5) is None
