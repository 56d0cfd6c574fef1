"""Names in text, and whether two spellings can name the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.names import find_names, same_name


def texts(text):
    return [name.text for name in find_names(text)]


@pytest.mark.parametrize(("text", "names"), [
    ("Then Prime Minister Olga Brandt met Abu Salim in Lima.", ["Prime Minister Olga Brandt", "Abu Salim", "Lima"]),
    ("The Bank of England and the U.S. Department of State agreed.", ["Bank of England", "U.S. Department of State"]),
    ("He saw Ludwig van Dorn and Jean-Luc O'Brien.", ["Ludwig van Dorn", "Jean-Luc O'Brien"]),
    ("Visitors at al-Noor Hospital waited.", ["al-Noor Hospital"]),
    ("Police said NATO would come on Monday in May.", ["NATO"]),
    ("Kyiv's mayor spoke.", ["Kyiv"]),
])
def test_find_names_when_names_stand_in_a_sentence_then_finds_exactly_them(text, names):
    assert texts(text) == names


@pytest.mark.parametrize("text", ["Workers went home.", "However, nothing changed.", "The President spoke.", "It rained on Friday."])
def test_find_names_when_only_ordinary_words_are_capitalised_then_finds_nothing(text):
    assert texts(text) == []


def test_find_names_when_a_title_stands_before_then_the_core_leaves_it_out():
    name, = find_names("Then Senator Maria Lopez left.")
    assert (name.text, name.core) == ("Senator Maria Lopez", "Maria Lopez")


@pytest.mark.parametrize(("first", "second"), [
    ("Brandt", "Olga Brandt"), ("UN", "United Nations"), ("U.S.", "United States"), ("Israeli", "Israel"), ("Zelensky", "Zelenskyy"),
    ("Mr. Johnson", "Johnson"), ("WHO", "World Health Organization"), ("Brandt's", "Brandt"), ("Müller", "Muller"), ("Russian", "Russia"),
])
def test_same_name_when_one_can_stand_for_the_other_then_true(first, second):
    assert same_name(first, second)
    assert same_name(second, first)


@pytest.mark.parametrize(("first", "second"), [
    ("John Smith", "Jane Smith"), ("Iran", "Iraq"), ("Austria", "Australia"), ("Paris", "Lima"),
    ("UN", "United States"), ("Niger", "Nigeria"),
])
def test_same_name_when_they_are_different_then_false(first, second):
    assert not same_name(first, second)


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=80)
def test_find_names_when_given_any_text_then_spans_are_exact_and_ordered(text):
    found = find_names(text)
    assert all(text[name.start:name.end] == name.text for name in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
