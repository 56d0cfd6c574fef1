"""What a question says of its own shape, and that the search goes by it."""

from datetime import date

import pytest

from qa.library import Library
from qa.library.asking import clauses, is_in, months_named
from qa.library.closeness import with_dates, with_parts
from qa.records import Filters
from qa.testing import TinyEmbedder


def test_clauses_of_two_events_are_split_where_the_words_join_them():
    question = "Did the harbour master close the north pier before the fishing fleet left Sandhamn?"
    assert clauses(question) == ["Did the harbour master close the north pier", "the fishing fleet left Sandhamn"]


@pytest.mark.parametrize("question", [
    "Who closed the north pier of the harbour?",
    "What happened after the strike?",  # neither side says enough to be searched for
    "Who resigned before the vote on the new harbour budget?",
])
def test_clauses_of_one_event_are_none(question):
    assert clauses(question) == []


@pytest.mark.parametrize(("question", "day", "expected"), [
    ("What was sold in May?", date(2025, 5, 9), True),
    ("What was sold in May?", date(2025, 6, 9), False),
    ("What was sold in May 2024?", date(2025, 5, 9), False),
    ("What was sold on 9 May 2025?", date(2025, 5, 9), True),
    ("What was sold on 9 May 2025?", date(2025, 5, 10), False),
])
def test_a_day_is_in_a_month_or_day_that_the_question_names(question, day, expected):
    mention, = months_named(question)
    assert is_in(day, mention) is expected


@pytest.mark.parametrize("question", ["What was sold last week?", "What was sold in 2024?", "May we sell bread?"])
def test_no_month_is_named(question):
    assert months_named(question) == []


def test_a_clause_lifts_what_is_near_to_it_and_scores_stay_in_their_range():
    scores = with_parts({1: 1.0, 2: 0.6, 3: 0.7}, [{1: 1.0, 2: 0.1, 3: 0.1}, {1: 0.0, 2: 1.0, 3: 0.2}])
    assert scores[1] == 1.0
    assert scores[2] > scores[3]


def test_a_dated_passage_gains_and_scores_stay_in_their_range():
    scores = with_dates({1: 1.0, 2: 0.9}, {2})
    assert scores[2] > scores[1]
    assert max(with_dates({1: 1.0}, {1}).values()) == 1.0


def test_of_two_like_documents_the_one_of_the_named_month_comes_first(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for month in ("04", "05"):
        (folder / f"{month}.txt").write_text(f"Time: 2025{month}03_10:00\nThe bakery sells rye bread and buns to the school.\n")
    with Library(tmp_path / "library", embedder=TinyEmbedder()) as library:
        library.add(folder)
        names = {document.id: document.name for document in library.documents()}
        for month, first in (("April", "04.txt"), ("May", "05.txt")):
            hits = library.search(f"What did the bakery sell in {month}?")
            assert names[hits[0].passage.document_id] == first


def test_a_filter_passes_what_was_added_since_it_was_first_used(tmp_path):
    filters = Filters(since=date(2025, 1, 1))
    with Library(tmp_path / "library", embedder=TinyEmbedder()) as library:
        for number in (1, 2):
            file = tmp_path / f"{number}.txt"
            file.write_text(f"Time: 2025040{number}_10:00\nThe bakery sells bread number {number}.\n")
            library.add(file)
            assert len(library.search("bread of the bakery", filters=filters)) == number
