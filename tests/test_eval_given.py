"""Another system's answers scored like the assistant's own."""

import json

import pytest
from hypothesis import given as given_values
from hypothesis import settings
from hypothesis import strategies as st

from eval.given import load_given
from eval_helpers import TEXTS, calling, written_cases


@pytest.fixture
def cases_file(tmp_path):
    return written_cases(tmp_path)


@pytest.fixture
def call(monkeypatch, cases_file):
    return calling(monkeypatch, cases_file)


GIVEN = [
    {"id": "c0", "answer": "The mill burnt down [1].", "citations": [{"document": "mill.txt", "quote": "The mill burnt down."}]},
    {"id": "c1", "statements": [{"text": "The pier is new.", "citations": [{"document": "pier.txt", "start": 0, "end": 16}]}]},
    {
        "id": "c2",
        "answer": "Mayor Ross said that 24 guests left [1]. Bell counted 30 guests [2].",
        "citations": [
            {"document": "mill.txt", "quote": "Mayor Ross said that 24 guests left."},
            {"document": "pier.txt", "quote": "Bell counted 30 guests."},
        ],
    },
    {"id": "c3", "answer": "The documents do not say."},
    {"id": "c4", "status": "false_premise", "answer": "It did not burn."},
    {
        "id": "c5",
        "statements": [
            {
                "text": "Mayor Ross said that 24 guests left.",
                "speaker": "Ross",
                "citations": [{"document": "mill.txt", "quote": "Mayor Ross said that 24 guests left."}],
            }
        ],
    },
]


@pytest.fixture
def given(call, tmp_path):
    """`run --answers` with rows for the answers; gives the exit code and the record."""

    def given(*rows, flags=()):
        lines = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
        (tmp_path / "answers.jsonl").write_text(lines, encoding="utf-8")
        code = call("--answers", str(tmp_path / "answers.jsonl"), "--json", str(tmp_path / "r.json"), *flags, answers={})
        return code, json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))

    return given


def test_answers_when_another_system_gave_them_then_they_are_scored_like_the_assistants(given):
    code, record = given(*GIVEN)
    assert code == 0 and [case["passed"] for case in record["cases"]] == [True] * 6
    assert record["figures"]["all"]["citation_recall"] == [5, 5]


def test_answers_when_one_is_missing_then_the_case_could_not_be_asked(given):
    code, record = given(*GIVEN[1:])
    assert code == 1 and record["cases"][0]["outcome"] == "error" and "c0" in record["cases"][0]["notes"][0]


def test_answers_when_a_quote_is_invented_then_its_citation_does_not_hold(given):
    invented = GIVEN[0] | {"citations": [{"document": "mill.txt", "quote": "The mill was sold."}]}
    code, record = given(invented, *GIVEN[1:])
    assert (
        code == 1
        and record["figures"]["all"]["citations_hold"] == [4, 5]
        and record["figures"]["all"]["citation_recall"] == [4, 5]
        and "mill.txt" in record["cases"][0]["notes"][0]
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{", "not JSON"),
        ({"answer": "x"}, "id"),
        ({"id": "c0", "answer": "x"}, "earlier"),
        ({"id": "n"}, "neither"),
        ({"id": "n", "answer": "x [2]", "citations": []}, "[2]"),
        ({"id": "n", "answer": "x", "citations": {}}, "not a list"),
        ({"id": "n", "answer": "x", "citations": [{"document": "mill.txt"}]}, "needs a quote"),
        ({"id": "n", "answer": "x", "status": "great"}, "status"),
        ({"id": "n", "statements": [{"text": 1}]}, "text"),
        ({"id": "n", "statements": [{"text": "x", "citations": 1}]}, "not a list"),
    ],
)
def test_answers_when_a_line_is_bad_then_number_and_reason_are_given_and_the_others_kept(given, row, reason):
    code, record = given(*GIVEN, row)
    assert code == 2 and [case["passed"] for case in record["cases"]] == [True] * 6
    assert record["faults"][0]["line"] == 7 and reason in record["faults"][0]["reason"]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
ROW_FIELDS = ("id", "answer", "citations", "statements", "status", "text", "disagreements", "question", "model")


@settings(deadline=None, max_examples=200)
@given_values(st.sampled_from(ROW_FIELDS), values)
def test_answers_when_a_field_holds_anything_then_the_line_is_an_answer_or_a_fault(tmp_path_factory, field, value):
    path = tmp_path_factory.getbasetemp() / "given.jsonl"
    path.write_text(json.dumps(GIVEN[1]) + "\n" + json.dumps(GIVEN[0] | {field: value}) + "\n", encoding="utf-8")
    answers, faults = load_given(path, TEXTS)
    assert len(answers) + len(faults) == 2 and "c1" in answers
