"""Diff, explain and the reports: one record, read by all of them."""

import json
import re
import socket
import xml.etree.ElementTree as xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.__main__ import main
from eval.answers import Context, Finished
from eval.commands import COMMANDS
from eval.diff import changes
from eval.explain import explain
from eval.gate import FIGURES
from eval.lines import Fault
from eval.reports.junit import as_junit
from eval.reports.markdown import LABELS, as_markdown, checker_line
from eval.reports.marking import differences, merged
from eval.reports.page import as_page
from eval.results import answer_record, as_json, checker_errors, digest, load_record, make_record
from eval.traffic import Traffic, watched
from qa import CasesError

SOURCE = "The mill in Orlow burned down in 1907. Nobody was hurt."
SELFTEST = {
    "half": "odd",
    "sets": {
        "q2": {"claims": 10, "false_accept": 20.0, "false_reject": 10.0},
        "bump": {"claims": 4, "ordered": 90.0},
        "wice": {"claims": 20, "false_accept": 30.0, "false_reject": 20.0},
    },
    "summary": {},
}


def case(name, answer, *, question="When?", contexts=(SOURCE,), **fields):
    listed = tuple(Context(name=f"c{i}", text=text) for i, text in enumerate(contexts))
    return answer_record(Finished(id=name, question=question, answer=answer, contexts=listed, **fields))


@pytest.fixture
def record(tmp_path):
    """Makes a record of `check`; with a self-test beside it where asked."""

    def record(*cases, selftest=None, **fields):
        path = tmp_path / "selftest.json"
        if selftest:
            path.write_text(json.dumps(selftest), encoding="utf-8")
        return make_record("check", cases, selftest=path, **fields)

    return record


RIGHT, WRONG = case("r", "Nobody was hurt."), case("w", "The mill in Orlow burned down in 1937.", type="date")


def saved(tmp_path, record, name="r.json"):
    (tmp_path / name).write_text(as_json(record), encoding="utf-8")
    return str(tmp_path / name)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"kind": "check"}', '{"kind": "party", "figures": {}, "cases": [], "faults": [], "digest": ""}']
)
def test_load_when_the_file_is_no_result_then_raises(tmp_path, text):
    (tmp_path / "r.json").write_text(text)
    with pytest.raises(CasesError):
        load_record(tmp_path / "r.json")


def test_load_when_the_file_was_changed_then_raises(record, tmp_path):
    path = saved(tmp_path, record(RIGHT, WRONG))
    assert load_record(path)["digest"] == digest(load_record(path))
    (tmp_path / "r.json").write_text(
        (tmp_path / "r.json").read_text(encoding="utf-8").replace('"passed": false', '"passed": true'), encoding="utf-8"
    )
    with pytest.raises(CasesError, match="changed"):
        load_record(path)


def test_diff_when_cases_change_then_each_is_listed_with_what_changed(record):
    before = record(RIGHT, WRONG, case("gone", "Nobody was hurt."), case("same", "Nobody was hurt."))
    after = record(
        case("r", "Nine were hurt."),
        case("w", "The mill in Orlow burned down in 1907.", type="date"),
        case("new", ""),
        case("same", "Nobody was hurt."),
    )
    found = changes(before, after)
    assert [(change.id, change.how) for change in found] == [("r", "worse"), ("w", "better"), ("new", "added"), ("gone", "removed")]
    assert "outcome: supported -> unsupported" in found[0].lines and "+ [not supported] Nine were hurt." in found[0].lines
    assert changes(before, before) == ()


def test_diff_command_when_a_case_became_worse_then_fails_only_if_asked(record, tmp_path, capsys):
    a, b = saved(tmp_path, record(RIGHT), "a.json"), saved(tmp_path, record(case("r", "Nine were hurt.")), "b.json")
    assert main(["diff", a, b]) == 0 and main(["diff", a, b, "--no-worse"]) == 1 and main(["diff", b, a, "--no-worse"]) == 0
    assert "1 worse, 0 better, 0 changed, 0 added, 0 removed, 0 the same" in capsys.readouterr().out


def test_explain_when_a_statement_fails_then_answer_and_source_stand_side_by_side_with_the_difference(record):
    text = explain(record(RIGHT, WRONG), "w")
    assert re.search(r"in ‹1937›\. +\| The mill in Orlow burned down in ‹1907›\.", text)
    assert "(c0, characters 0-38)" in text and "! date “1937”, source “1907”" in text
    with pytest.raises(CasesError, match="x"):
        explain(record(RIGHT), "x")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=6))
def test_marks_when_merged_then_they_cover_the_same_characters_once(spans):
    pairs = [(start, start + length) for start, length in spans if length]
    joined = merged(pairs)
    assert {i for a, b in joined for i in range(a, b)} == {i for a, b in pairs for i in range(a, b)}
    assert all(a[1] < b[0] for a, b in zip(joined, joined[1:], strict=False))


def test_marks_when_a_figure_differs_then_both_sides_are_marked():
    said, (sourced,) = differences(WRONG["statements"][0])
    assert [WRONG["statements"][0]["text"][a:b] for a, b in said] == ["1937"]
    assert [WRONG["statements"][0]["evidence"][0]["text"][a:b] for a, b in sourced] == ["1907"]


HOSTILE = '</style><script>alert(1)</script> & "quoted" \x00\ud800'


def test_page_when_texts_are_hostile_then_nothing_becomes_markup_and_nothing_is_loaded(record):
    page = as_page(
        record(
            case("x", f"Nine were hurt {HOSTILE}", question=HOSTILE, contexts=(SOURCE + HOSTILE,), type=HOSTILE),
            faults=[Fault(line=1, reason=HOSTILE)],
        ),
        verdict="verdict: failed",
    )
    assert "<script" not in page and page.count("</style>") == 1
    assert not re.search(r"(?:src|href|url\(|@import|<link|<iframe|<img)", page.replace("default-src", "").replace("style-src", ""))
    assert "&lt;script&gt;" in page


def test_page_when_a_case_fails_then_answer_and_source_are_side_by_side_and_marked(record):
    page = as_page(record(RIGHT, WRONG), verdict="verdict: failed (exit code 1)")
    assert "<mark>1937</mark>" in page and "<mark>1907</mark>" in page and "verdict: failed (exit code 1)" in page
    assert page.count("<svg") >= 2 and "prefers-color-scheme: dark" in page


def test_junit_when_read_back_then_counts_failures_skips_and_errors(record):
    root = xml.fromstring(
        as_junit(record(RIGHT, WRONG, case("e", ""), case("h", f"Nine {HOSTILE}."), faults=[Fault(line=2, reason=HOSTILE)]))
    )
    suites = {suite.get("name"): suite for suite in root}
    assert {name: [suite.get(key) for key in ("tests", "failures", "skipped", "errors")] for name, suite in suites.items()} == {
        "answer": ["3", "1", "1", "0"],
        "date": ["1", "1", "0", "0"],
        "input": ["1", "0", "0", "1"],
    }
    assert "1937" in suites["date"].find("testcase/failure").text


def test_markdown_when_made_then_has_table_failures_faults_digest_and_verdict(record):
    made = record(RIGHT, WRONG, faults=[Fault(line=2, reason="not JSON")])
    page = as_markdown(made, verdict="verdict: bad input (exit code 2)")
    for part in (
        "| all | 2 | 50.0 % (1/2)",
        "`w` date",
        "- line 2: not JSON",
        made["digest"],
        "verdict: bad input",
        "LLM calls 0, network 0",
    ):
        assert part in page


def test_reports_when_the_self_test_was_run_then_each_repeats_the_checks_own_errors(record, tmp_path):
    made = record(RIGHT, WRONG, selftest=SELFTEST)
    assert (made["checker"]["false_accept"], made["checker"]["false_reject"]) == (25.0, 15.0)
    for text in (as_json(made), as_markdown(made), as_page(made), checker_line(made)):
        assert "25.0" in text and "15.0" in text
    assert "not known" in checker_line(record(RIGHT) | {"checker": None})


def test_checker_errors_when_the_file_is_broken_then_says_so(tmp_path):
    (tmp_path / "s.json").write_text('{"sets": []}')
    with pytest.raises(CasesError, match="self-test"):
        checker_errors(tmp_path / "s.json")
    assert checker_errors(tmp_path / "none.json") is None


def test_reports_when_made_twice_then_they_are_the_same_bytes(record):
    first, second = (record(case("r", "Nobody was hurt."), case("w", "Nine were hurt.")) for _ in range(2))
    for report in (as_json, as_markdown, as_page, as_junit):
        assert report(first) == report(second)


def test_figures_when_listed_for_the_gate_then_each_has_a_label():
    assert {name for names in FIGURES.values() for name in names} <= LABELS.keys()
    assert set(RIGHT["counts"]) == set(FIGURES["check"])


def test_commands_when_listed_then_names_are_unique_and_helped():
    assert len({command.name for command in COMMANDS}) == len(COMMANDS) and all(command.help for command in COMMANDS)


def test_traffic_when_something_outside_is_called_then_it_is_counted_and_printed(record, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: None)
    with watched() as traffic, socket.socket() as one:
        one.connect(("192.0.2.1", 80))
        one.connect(("127.0.0.1", 80))
    assert traffic.network == 1
    assert "LLM calls 2, network 1" in as_markdown(record(RIGHT, traffic=Traffic(network=1, llm_calls=2)))


def test_traffic_when_the_block_ends_then_sockets_are_as_before():
    before = socket.socket.connect, socket.socket.sendto, set(vars(socket.socket))
    with watched():
        pass
    assert (socket.socket.connect, socket.socket.sendto, set(vars(socket.socket))) == before


def test_json_when_a_text_has_a_lone_surrogate_then_it_is_read_back_unchanged(tmp_path):
    row = {"question": "?", "answer": "Nobody was hurt \ud800.", "contexts": [SOURCE]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert main(["check", str(tmp_path / "a.jsonl"), "--json", str(tmp_path / "r.json"), "--html", str(tmp_path / "r.html")]) == 0
    assert load_record(tmp_path / "r.json")["cases"][0]["answer"] == row["answer"]
