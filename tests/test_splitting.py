import hashlib
import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.records import Document
from qa.splitting import split, token_counter

WORDS = ["The", "pier", "closed", "on", "3.5", "Monday", "harbour", "costs", "rose", "again", "Kim", "said", "U.S.", "émigré", "日本語", "🙂"]
BREAKS = [" ", " ", " ", " ", "  ", ". ", ". ", ".", "! ", "\n", "\n\n", "\n\n\n   ", "\n\n# Costs\n",
          "\n\nHarbour news\n\n", "\n- ", "\u00a0", "\t", "x" * 90, "<|endoftext|>"]


@st.composite
def documents(draw):
    length = draw(st.sampled_from([0, 5, 50, 200]))
    text = "".join(draw(st.lists(st.sampled_from(WORDS + BREAKS), min_size=length, max_size=length + 20)))
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    skipped = tuple(zip(places[::2], places[1::2]))
    pages = tuple(sorted(draw(st.sets(st.integers(0, len(text)), max_size=3)) | {0})) if draw(st.booleans()) else ()
    return document(text, skipped=skipped, page_starts=pages)


def document(text: str, **more) -> Document:
    return Document(id=hashlib.sha256(text.encode()).hexdigest()[:12], name="a.txt", source="a.txt", text=text, **more)


@settings(deadline=None, max_examples=200)
@given(documents(), st.sampled_from([16, 24, 60, 200]))
def test_split_when_given_any_document_then_passages_hold_its_content_exactly_once(doc, limit):
    passages = split(doc, passage_tokens=limit)
    held = []
    for passage in passages:
        assert doc.text[passage.start:passage.end] == passage.text == passage.text.strip() != ""
        assert token_counter()(passage.text) <= limit
        assert passage.id == f"{doc.id}:{passage.start}-{passage.end}" and passage.document_id == doc.id
        assert passage.sentences[0][0] == passage.start and passage.sentences[-1][1] == passage.end
        assert all(first[1] <= second[0] for first, second in pairwise(passage.sentences))
        assert all(not doc.text[first[1]:second[0]].strip() for first, second in pairwise(passage.sentences))
        held.extend(range(passage.start, passage.end))
        pages = [number for number, start in enumerate(doc.page_starts, 1) if start <= passage.start]
        assert passage.page == (pages[-1] if pages else None)
    assert all(first.end <= second.start for first, second in pairwise(passages))
    outside = set(range(len(doc.text))).difference(*(range(*span) for span in doc.skipped))
    assert outside.issuperset(held)
    assert not "".join(doc.text[i] for i in outside.difference(held)).strip()


def test_split_when_there_are_headings_then_each_passage_stays_below_its_own():
    text = ("First words here. More of them.\n\n# Costs\n\nThey rose. They fell.\n\nHarbour wall\nIt broke in the storm. It was mended.\n\n"
            "Title\n\nSubtitle of it\n\nThe end came.")
    assert [(p.heading, p.text) for p in split(document(text), passage_tokens=200)] == [
        ("", "First words here. More of them."),
        ("Costs", "# Costs\n\nThey rose. They fell."),
        ("Harbour wall", "Harbour wall\nIt broke in the storm. It was mended."),
        ("Subtitle of it", "Title\n\nSubtitle of it\n\nThe end came."),
    ]


def test_split_when_many_short_lines_follow_each_other_then_they_are_no_headings():
    text = "Bread\nMilk\nEggs\nFlour\nSalt\nand that is all."
    passages = split(document(text), passage_tokens=100)
    assert [(p.heading, p.text) for p in passages] == [("", text)]


def test_split_when_a_skipped_span_lies_between_then_the_heading_still_holds():
    text = "# Costs\n\nThey rose.\n\nADVERTISEMENT\n\nThey fell."
    start = text.index("ADV")
    passages = split(document(text, skipped=((start, start + 13),)), passage_tokens=100)
    assert [(p.heading, p.text) for p in passages] == [("Costs", "# Costs\n\nThey rose."), ("Costs", "They fell.")]


def test_split_when_a_section_is_little_over_the_limit_then_leaves_no_tiny_tail():
    text = " ".join(f"The town counted {n} boats in the old harbour on that day." for n in range(100, 117))
    count = token_counter()
    sizes = [count(p.text) for p in split(document(text), passage_tokens=200)]
    assert len(sizes) == 2 and min(sizes) > 0.8 * max(sizes)


def test_split_when_a_paragraph_border_is_near_then_passages_end_there():
    one = " ".join(f"The town counted {n} boats in the old harbour." for n in range(100, 109))
    two = " ".join(f"The city counted {n} cars in the new street." for n in range(100, 113))
    assert [p.text for p in split(document(one + "\n\n" + two), passage_tokens=160)] == [one, two]


def test_split_when_a_sentence_is_over_the_limit_then_cuts_it_at_spaces():
    words = [f"word{n}" for n in range(300)]
    passages = split(document(" ".join(words)), passage_tokens=50)
    assert " ".join(p.text for p in passages).split() == words
    assert len(passages) <= 32


def test_split_when_nothing_is_content_then_returns_nothing():
    assert split(document(" \n\n "), passage_tokens=50) == ()
    assert split(document("menu", skipped=((0, 4),)), passage_tokens=50) == ()


@pytest.mark.parametrize("unit", ["x", "é", "word ", "a\n", "A b\n\n", "=", " ", "日", "A. ", "| a | b |\n"])
def test_split_when_the_text_is_long_and_odd_then_time_stays_in_proportion(unit):
    doc = document(unit * (200_000 // len(unit)))
    began = time.process_time()
    split(doc, passage_tokens=200)
    assert time.process_time() - began < 8


def test_token_counter_when_called_then_needs_neither_llama_index_nor_the_environment():
    code = ("import os, sys; from qa.splitting import token_counter; print(token_counter()('Hello world <|endoftext|>'), "
            "'llama_index.core' in sys.modules, 'TIKTOKEN_CACHE_DIR' in os.environ)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["8", "False", "False"]
