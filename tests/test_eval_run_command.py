"""`python -m eval run`: exit codes, options, what is written, and that nothing outside is called."""

import json
import socket
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.results import as_json
from eval_helpers import PERFECT, ROWS, TEXTS, answered, answering, calling, declined, recorded, written_cases
from qa import ModelTimeout, Refused


@pytest.fixture
def cases_file(tmp_path):
    return written_cases(tmp_path)


@pytest.fixture
def call(monkeypatch, cases_file):
    return calling(monkeypatch, cases_file)


@pytest.fixture
def results(cases_file):
    return answering(cases_file)


def test_json_when_timings_are_asked_then_has_them_and_keeps_its_digest(call, tmp_path):
    for flags in ([], ["--timings"]):
        assert call("--json", str(tmp_path / f"{len(flags)}.json"), *flags) == 0
    plain, timed = (json.loads((tmp_path / f"{n}.json").read_text(encoding="utf-8")) for n in (0, 1))
    assert set(timed["timings"]) == {row["id"] for row in ROWS} and "timings" not in plain
    assert plain["digest"] == timed["digest"]


def test_command_when_all_is_right_then_passes_and_prints_the_table(call, capsys):
    assert call("--min", "cites_gold=1", "--min", "declined=1") == 0
    assert "| all | 6 |" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("flags", "change", "code"),
    [
        (["--min", "cites_gold=0.8"], {"What burnt?": declined()}, 1),
        (["--min", "cites_gold=0.75"], {"What burnt?": declined()}, 0),
        ([], {"What burnt?": declined()}, 0),
        (["--min", "declined=0.6"], {"Who is king?": answered("The pier is new.")}, 1),
        ([], {"Who is king?": ModelTimeout("no answer")}, 1),
    ],
)
def test_command_when_a_share_is_below_the_gate_then_fails(call, flags, change, code):
    assert call(*flags, answers={**PERFECT, **change}) == code


def test_command_when_a_printed_citation_does_not_hold_then_fails_without_any_gate(call, capsys):
    assert call(texts={**TEXTS, "mill.txt": TEXTS["mill.txt"].replace("down", "DOWN")}) == 1
    out = capsys.readouterr().out
    assert "gate failed: citations_hold is 4/5" in out and "not at 0-20 of mill.txt" in out


def test_command_when_half_is_chosen_then_only_its_cases_are_asked(call, capsys):
    assert call("--half", "odd") == 0
    assert "| all | 3 |" in capsys.readouterr().out


def test_command_when_json_is_asked_then_writes_what_the_report_gives(call, tmp_path, results):
    assert call("--json", str(tmp_path / "out.json")) == 0
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == as_json(recorded(results()))


def test_command_when_a_line_is_malformed_then_says_so_keeps_the_others_and_exits_with_2(call, cases_file, tmp_path, capsys):
    cases_file.write_text(cases_file.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    assert call("--json", str(tmp_path / "r.json")) == 2
    assert "cases.jsonl:7: not JSON" in capsys.readouterr().err
    assert len(json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["cases"]) == 6
    assert call("--strict") == 2


def test_command_when_input_is_bad_then_two_with_message_and_hint(call, tmp_path, capsys):
    assert call(cases=tmp_path / "lost.jsonl") == 2
    assert "lost.jsonl" in capsys.readouterr().err
    assert call("--corpus", "articles", cases=Path(__file__)) == 2
    assert call("--json", str(tmp_path / "no" / "out.json")) == 2


@pytest.fixture
def topics(tmp_path, cases_file):
    """Two files of cases in a folder, and a folder of documents that has a folder for each."""
    folder, docs = tmp_path / "topics", tmp_path / "docs"
    for name in ("mill", "pier"):
        (docs / name).mkdir(parents=True)
        folder.mkdir(exist_ok=True)
        rows = [{**row, "id": f"{name}-{row['id']}"} for row in ROWS]
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def test_command_when_cases_are_a_folder_then_each_file_is_asked_over_the_documents_of_its_name(call, topics, tmp_path, capsys):
    assert call("--docs", str(tmp_path / "docs"), "--json", str(tmp_path / "r.json"), cases=topics) == 0
    ids = [case["id"] for case in json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["cases"]]
    assert len(ids) == 12 and ids[0] == "mill-c0" and ids[-1] == "pier-c5"
    (tmp_path / "docs" / "pier").rmdir()
    assert call("--docs", str(tmp_path / "docs"), cases=topics) == 2 and "pier is no folder" in capsys.readouterr().err


def test_command_when_cases_are_a_folder_then_ids_may_not_stand_twice_nor_one_library_or_file_of_answers_serve_all(call, topics, tmp_path, capsys):
    docs = ["--docs", str(tmp_path / "docs")]
    assert call(*docs, "--library", str(tmp_path / "library"), cases=topics) == 2 and "without --library" in capsys.readouterr().err
    assert call(*docs, "--answers", str(tmp_path / "a.jsonl"), cases=topics) == 2
    (topics / "pier.jsonl").write_bytes((topics / "mill.jsonl").read_bytes())
    assert call(*docs, cases=topics) == 2 and "'mill-c0'" in capsys.readouterr().err
    (topics / "pier.jsonl").unlink(), (topics / "mill.jsonl").unlink()
    assert call(*docs, cases=topics) == 2 and "no folder of such files" in capsys.readouterr().err


@pytest.mark.parametrize("flags", [["--half", "third"], ["--min", "declined=2"], ["--min", "declined"]])
def test_command_when_a_flag_is_wrong_then_two(call, flags):
    with pytest.raises(SystemExit) as stopped:
        call(*flags)
    assert stopped.value.code == 2


def test_command_when_no_document_was_read_then_three_and_says_which(call, capsys):
    assert call(texts={}, refused=(Refused(source="a.xyz", error="not a kind that is read", hint=""),)) == 3
    assert "a.xyz" in capsys.readouterr().err


def test_command_when_no_case_can_show_the_share_then_three(call, cases_file):
    cases_file.write_text(json.dumps(ROWS[0]) + "\n", encoding="utf-8")
    assert call("--min", "declined=0.5") == 3
    assert call("--half", "odd") == 3


def test_command_when_every_socket_to_the_outside_is_blocked_then_the_real_assistant_answers_and_network_0_is_printed(
    cases_file, tmp_path, monkeypatch, capsys
):
    def blocked(self, *arguments):
        raise AssertionError("something outside was called")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, blocked)
    monkeypatch.setattr(socket, "getaddrinfo", blocked)
    (tmp_path / "docs").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "docs" / name).write_text(text, encoding="utf-8")
    assert main(["run", str(cases_file), "--docs", str(tmp_path / "docs"), "--json", str(tmp_path / "r.json")]) == 0
    assert "LLM calls 0, network 0" in capsys.readouterr().out
    outcomes = {case["id"]: case["outcome"] for case in json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["cases"]}
    assert outcomes["c0"] == "correct_answer"
