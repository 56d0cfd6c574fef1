"""Thresholds, and the one number behind verdict and exit code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.__main__ import main
from eval.answers import Context, Finished
from eval.gate import VERDICTS, Threshold, chosen, judge, read_config
from eval.lines import Fault
from eval.results import answer_record, as_json, make_record
from qa import CasesError

SOURCE = (Context(name="mill", text="The mill in Orlow burned down in 1907. Nobody was hurt."),)
RIGHT = answer_record(Finished(id="r", question="When?", answer="Nobody was hurt.", contexts=SOURCE))
WRONG = answer_record(Finished(id="w", question="When?", answer="The mill in Orlow burned down in 1937.", contexts=SOURCE, type="date"))


def saved(folder, record):
    (folder / "r.json").write_text(as_json(record), encoding="utf-8")
    return str(folder / "r.json")


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4), st.floats(0, 1), st.booleans())
def test_judge_when_given_any_counts_then_verdict_and_code_are_one_and_only_a_share_can_pass(counts, least, fault):
    cases = [{"type": "t", "counts": {"supported": [min(a, b), max(a, b)]}} for a, b in counts]
    record = make_record("check", [{"id": str(i), **c} for i, c in enumerate(cases)], faults=[Fault(line=1, reason="x")] if fault else [])
    found = judge(record, [Threshold(figure="supported", least=least)])
    assert found.verdict == f"verdict: {VERDICTS[found.code]} (exit code {found.code})"
    part, whole = record["figures"]["all"].get("supported", (0, 0))
    assert found.code == (2 if fault else 3 if not whole else 0 if part / whole >= least else 1)


def test_judge_when_a_share_only_rounds_to_the_threshold_then_fails():
    counted = {"id": "x", "type": "t", "counts": {"supported": [8999, 10000]}}
    found = judge(make_record("check", [counted]), [Threshold(figure="supported", least=0.9)])
    assert found.code == 1 and "8999/10000 (0.8999)" in found.lines[0]


def test_judge_when_a_type_is_named_then_only_its_cases_count():
    assert judge(make_record("check", [RIGHT, WRONG]), chosen("check", [("supported/answer", 1.0)])).code == 0
    assert judge(make_record("check", [RIGHT, WRONG]), chosen("check", [("supported/date", 0.5)])).code == 1
    assert judge(make_record("check", [RIGHT, WRONG]), chosen("check", [("supported/nothing", 0.5)])).code == 3


def test_chosen_when_flags_and_table_name_one_figure_then_the_flag_wins():
    assert [t.least for t in chosen("check", [("supported", 0.5)], {"supported": 0.9, "caught": 0.8})] == [0.5]
    with pytest.raises(CasesError, match="caught"):
        chosen("check", [("caught", 0.5)])


def test_config_when_a_kind_has_its_own_table_then_it_stands_over_the_common_one(tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text('[tool.qa-eval.gate]\nsupported = 0.8\ncaught = 0.7\n"supported/when" = 1\n[tool.qa-eval.gate.run]\nsupported = 0.95\n')
    assert read_config(path, "run")["supported"] == 0.95
    assert read_config(path, "check") == {"supported": 0.8, "caught": 0.7, "supported/when": 1.0}


@pytest.mark.parametrize(
    "text",
    [
        "[tool.qa-eval.gate]\nsuported = 1",
        "[tool.qa-eval.gate]\nsupported = 90",
        "[tool.qa-eval.gate]\nsupported = true",
        "[tool.qa-eval.gate.check]\ncaught = 1",
        "[tool",
    ],
)
def test_config_when_a_name_or_value_is_wrong_then_says_so(tmp_path, text):
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(CasesError):
        read_config(tmp_path / "p.toml", "check")


@pytest.mark.parametrize(
    ("table", "flags", "code"),
    [
        ("supported = 0.5", [], 0),
        ("supported = 0.6", [], 1),
        ("supported = 0.6", ["--min", "supported=0.1"], 0),
        ("gold = 0.5", [], 3),
        ("", ["--min", "supported=0.6"], 1),
        ("", ["--min", "declined=0.1"], 3),
        ("", ["--min", "caught=0.1"], 2),
        ("supported = 7", [], 2),
    ],
)
def test_gate_when_run_then_the_exit_code_is_the_printed_one(tmp_path, monkeypatch, capsys, table, flags, code):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(f"[tool.qa-eval.gate]\n{table}\n")
    assert main(["gate", saved(tmp_path, make_record("check", [RIGHT, WRONG])), *flags]) == code
    assert capsys.readouterr().out.splitlines()[-1] == f"verdict: {VERDICTS[code]} (exit code {code})"


def test_gate_when_the_input_had_a_fault_then_bad_input_wins(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["gate", saved(tmp_path, make_record("check", [RIGHT], faults=[Fault(line=3, reason="not JSON")])), "--min", "supported=1"]) == 2
    assert "line 3 could not be used: not JSON" in capsys.readouterr().out
