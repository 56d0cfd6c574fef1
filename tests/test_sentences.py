import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.sentences import split_sentences


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


ONE = [
    "The U.S. Army met Dr. Lee and Gen. Ortiz at 5 p.m. Tuesday.",
    "J. K. Winter owes $3.5 million, i.e. 2.75 a head, to Acme Inc. and others.",
    "See Fig. 3, pp. 4-5 and No. 12 (e.g. Marsh et al. 2004) on Sept. 11 for more.",
    "“Will it end?” Marsh asked reporters.",
    "“Really?” she said, and left.",
    "It stayed at v. 2.0 of example.com until Node.js and System.Collections.Generic came.",
    "He waited... and waited… until the end.",
    "The vote [...] Was never held (?) Again.",
    "Sales rose by approx. 5 percent at the St. Mary's branch.",
    "A line that is wrapped to fit\nonto a page goes on in the next.",
    "1. The first item has a marker",
    "Read https://example.org/a.php?Query=Yes.Now for more",
]

MANY = [
    ("He lives in the U.S. She lives in the U.K. The rest moved.", ["He lives in the U.S.", "She lives in the U.K.", "The rest moved."]),
    ("The army left on Monday.Next it came back.", ["The army left on Monday.", "Next it came back."]),
    ("It ended in 2024.The war.”Harbour talks go on.", ["It ended in 2024.", "The war.”", "Harbour talks go on."]),
    ("“We go.” “They stay!” (He lied.) Then silence.", ["“We go.”", "“They stay!”", "(He lied.)", "Then silence."]),
    ("Losses grew.[12] 3,000 left. $5 came back.", ["Losses grew.[12]", "3,000 left.", "$5 came back."]),
    ("And then… Nothing. Wait! What?", ["And then…", "Nothing.", "Wait!", "What?"]),
    ("Dinner at 6 p.m. Then bed.", ["Dinner at 6 p.m.", "Then bed."]),
    ("Acme Inc. The firm is big.", ["Acme Inc.", "The firm is big."]),
    ("Harbour News\n\nThe pier closed. It reopened.", ["Harbour News", "The pier closed.", "It reopened."]),
    ("## Costs\nThey rose.\n- one item\n- two items", ["## Costs", "They rose.", "- one item", "- two items"]),
    ("1. First thing.\n2. Second thing.", ["1. First thing.", "2. Second thing."]),
    ("| a | b |\n| 1 | 2 |", ["| a | b |", "| 1 | 2 |"]),
    ("no capitals here. the rest follows, e.g. this. done.", ["no capitals here.", "the rest follows, e.g. this.", "done."]),
    ("Harbour plan\nThe town wants to rebuild its old harbour wall and pay\nfor it with a loan.",
     ["Harbour plan", "The town wants to rebuild its old harbour wall and pay\nfor it with a loan."]),
    ("Sam: Are you there\nKim: I am", ["Sam: Are you there", "Kim: I am"]),
    ("They said `` no . '' ( They lied . ) « Oui. » Then `` yes ! '' . It ended .",
     ["They said `` no . ''", "( They lied . )", "« Oui. »", "Then `` yes ! '' .", "It ended ."]),
    ("它来了。他走了！", ["它来了。", "他走了！"]),
    ("", []),
    (" \n\n ", []),
]


@pytest.mark.parametrize("text", ONE)
def test_split_sentences_when_a_stop_is_inside_then_keeps_one_sentence(text):
    assert parts(text) == [text]


@pytest.mark.parametrize(("text", "expected"), MANY)
def test_split_sentences_when_there_are_several_then_separates_them(text, expected):
    assert parts(text) == expected


def test_split_sentences_when_given_a_range_then_offsets_count_from_the_text():
    text = "Left out. Kept here. Also kept. Left out"
    assert split_sentences(text, 10, 31) == [(10, 20), (21, 31)]


PIECES = st.sampled_from(["The pier", "closed", " ", "\n", "\n\n", ". ", ".", "! ", "?”", "“", "(", ")", "U.S.", "Dr.", "3.5", "…", "é",
                          "# ", "- ", "''", "\r\n", "\t", "\u2029", "\u00a0", "i.e.", "[1]", "。", "| a |", "Sam: ", "x" * 170])


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, min_size=20, max_size=60).map("".join) | st.text(max_size=80), st.integers(0, 30), st.integers(0, 300))
def test_split_sentences_when_given_any_text_then_every_character_lies_in_exactly_one(text, start, length):
    end = min(len(text), start + length)
    start = min(start, end)
    last = start
    for first, after in split_sentences(text, start, end):
        assert last <= first < after <= end
        assert not text[last:first].strip()
        assert text[first:after] == text[first:after].strip()
        assert "\n\n" not in text[first:after] and "\n \n" not in text[first:after]
        last = after
    assert not text[last:end].strip()


@pytest.mark.parametrize("unit", ["a. ", ".", ". ", "\n", "\n \n", "!\"", "a\n", "x", "(", "?(- ", "A. B.\"\t", "word "])
def test_split_sentences_when_the_text_is_long_and_odd_then_time_stays_in_proportion(unit):
    text = unit * (400_000 // len(unit))
    began = time.process_time()
    split_sentences(text)
    assert time.process_time() - began < 4
