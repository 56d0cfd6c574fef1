"""The command line: exit codes, what goes to which stream, records, batches, and what a user gets wrong."""

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

import qa
from qa.cli import ANSWERED, ERROR, NO_EVIDENCE, USAGE, build_parser, main
from qa.progress import progress_bar
from qa.records import Answer, Progress, Statement

DOCUMENTS = {
    "bees.txt": "Beekeeper Jonas Wirth said 60 hives were lost in the Orla valley. The winter was long.\n",
    "bridge.md": "---\ntitle: The Halden bridge\npublished: 2031-05\noutlet: Halden Post\nkind: report\n---\n\n"
                 "The Halden bridge closed on Friday. Engineer Mira Stolz said 14 cables were torn on the Halden bridge.\n",
}
CABLES = "How many cables were torn on the Halden bridge?"
CHESS = "Who won the chess tournament in Lisbon?"
ROOT = Path(qa.__file__).parents[1]


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def quick(monkeypatch, cache):
    """Static vectors, and one cache for all tests here, so that the same documents are added once."""
    monkeypatch.setenv("QA_EMBEDDING", "static")
    monkeypatch.setenv("QA_CACHE", str(cache))


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


def run(capsys, *arguments):
    """Exit code, standard output and standard error of one command."""
    code = main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


# ---- ask


def test_ask_when_the_documents_answer_then_0_with_the_sentence_and_its_source(capsys, docs):
    code, out, _ = run(capsys, "ask", CABLES, "--docs", docs)
    assert code == ANSWERED
    assert "14 cables were torn" in out and "[1] “The Halden bridge”, Halden Post, bridge.md, 2031-05, characters" in out


def test_ask_when_the_question_follows_the_paths_then_it_is_the_question(capsys, docs):
    assert run(capsys, "ask", "--docs", docs, CABLES) == run(capsys, "ask", CABLES, "--docs", docs)
    one = run(capsys, "ask", "--docs", Path(docs, "bees.txt"), Path(docs, "bridge.md"), CABLES)
    assert one[0] == ANSWERED and "14 cables" in one[1]


def test_ask_when_the_documents_do_not_say_then_3_and_they_are_named(capsys, docs):
    code, out, _ = run(capsys, "ask", CHESS, "--docs", docs)
    assert code == NO_EVIDENCE and out.startswith("The documents do not say. Searched: bees.txt, bridge.md.")


def test_ask_when_json_is_wanted_then_the_record_in_field_order_and_the_same_bytes_again(capsys, docs):
    code, out, err = run(capsys, "ask", CABLES, "--docs", docs, "--json")
    record = json.loads(out)
    assert (code, err) == (ANSWERED, "")
    assert list(record) == [field.name for field in fields(Answer) if field.name != "seconds"]
    assert all(list(statement) == [field.name for field in fields(Statement)] for statement in record["statements"])
    citation = record["statements"][0]["citations"][0]
    text = DOCUMENTS[citation["name"]]
    assert text[citation["start"] : citation["end"]] == citation["quote"] and citation["verified"] is True
    assert run(capsys, "ask", CABLES, "--docs", docs, "--json")[1] == out


def test_ask_when_timed_then_the_record_ends_with_the_seconds(capsys, docs):
    record = json.loads(run(capsys, "ask", CABLES, "--docs", docs, "--json", "--timings")[1])
    assert list(record)[-1] == "seconds" and record["seconds"] > 0


@pytest.mark.parametrize("options, code, silent", [
    (["--since", "2031"], ANSWERED, []), (["--until", "2031-05"], ANSWERED, []), (["--since", "2031-06"], NO_EVIDENCE, []),
    (["--document", "bees.txt"], NO_EVIDENCE, ["bees.txt"]),
    (["--document", "bees.txt", "--document", "bridge.md"], ANSWERED, ["bees.txt"]),
    (["--outlet", "Halden Post"], ANSWERED, []), (["--document", "nothing.txt"], NO_EVIDENCE, []),
])
def test_ask_when_filtered_then_only_those_documents_count(capsys, docs, options, code, silent):
    got, out, _ = run(capsys, "ask", CABLES, "--docs", docs, "--json", *options)
    assert (got, [s["name"] for s in json.loads(out)["silent"]]) == (code, silent)


@pytest.mark.parametrize("date", ["yesterday", "2031-13", "31.02.2031", ""])
def test_ask_when_a_date_is_none_then_1_and_the_hint_shows_how_to_write_one(capsys, docs, date):
    code, out, err = run(capsys, "ask", CABLES, "--docs", docs, "--since", date)
    assert (code, out) == (ERROR, "") and f"--since is {date!r}" in err and "2024-03-15" in err


def test_ask_when_the_question_is_as_long_as_a_page_then_it_is_searched(capsys, docs):
    assert run(capsys, "ask", "--docs", docs, "how many cables of the bridge " * 40)[0] in (ANSWERED, NO_EVIDENCE)


@pytest.mark.parametrize("arguments", [
    ["ask"], ["ask", ""], ["ask", "Why?", "--batch", "x.jsonl"], ["search"], ["search", "Why?", "--limit", "0"],
])
def test_command_when_it_is_incomplete_or_contradictory_then_2(capsys, arguments):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (USAGE, "") and err.startswith("qa: ")


@pytest.mark.parametrize("arguments", [["answer"], ["ask", "--jsn", "Why?"], ["add"], ["search", "Why?", "--limit", "many"]])
def test_command_when_it_is_unknown_then_2_and_the_usage(capsys, arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == USAGE and "usage: qa" in capsys.readouterr().err


def test_command_when_there_is_none_then_2_and_the_help_that_names_each(capsys):
    code, out, _ = run(capsys)
    assert code == USAGE
    for name in ("add", "sync", "remove", "documents", "search", "ask", "chat", "web", "export", "eval"):
        assert re.search(rf"^ +{name}\b", out, re.MULTILINE)
    assert build_parser().prog == "qa"


# ---- no library yet


def test_ask_when_there_is_no_library_yet_then_it_answers_from_the_samples_and_says_so(capsys):
    code, out, err = run(capsys, "ask", "How many American soldiers were wounded in the strikes?")
    assert code == ANSWERED and "24 American soldiers" in out
    assert "sample documents" in err and "qa add" in err


@pytest.mark.parametrize("command", [["remove", "a"], ["ask", "Why?", "--library", "{}"], ["documents", "--library", "{}"]])
def test_command_when_the_library_it_needs_is_not_there_then_1_and_how_to_make_one(capsys, tmp_path, command):
    code, _, err = run(capsys, *(part.format(tmp_path / "none") for part in command))
    assert code == ERROR and "There is no library in" in err and "qa add PATH" in err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("variable, value", [("QA_LIMIT", "many"), ("QA_LIMITS", "3"), ("QA_EMBEDDING", "nothing.like:This")])
def test_command_when_a_setting_cannot_be_used_then_1_and_which(capsys, monkeypatch, docs, variable, value):
    monkeypatch.setenv(variable, value)
    code, _, err = run(capsys, "ask", CABLES, "--docs", docs)
    assert code == ERROR and (variable in err or value in err) and "Traceback" not in err


# ---- add, sync, remove, documents, search


def test_library_when_filled_changed_and_emptied_then_each_command_says_what_it_did(capsys, docs, tmp_path):
    folder, library = tmp_path / "mine", ["--library", tmp_path / "library"]
    folder.mkdir()
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text)
    assert run(capsys, "add", folder, *library)[:2] == (ANSWERED, "2 added\n")
    assert run(capsys, "add", folder, *library)[1] == "2 unchanged\n"
    (folder / "bees.txt").write_text("Jonas Wirth said 70 hives were lost in the Orla valley.")
    assert run(capsys, "add", folder / "bees.txt", *library)[1] == "1 replaced\n"
    assert "70 hives" in run(capsys, "ask", "How many hives were lost in the Orla valley?", *library)[1]
    (folder / "bridge.md").unlink()
    assert run(capsys, "sync", folder, *library)[1] == "1 unchanged, 1 removed\n"
    code, out, err = run(capsys, "documents", *library)
    assert (code, err) == (ANSWERED, "1 document\n") and out.startswith("undated     bees.txt")
    assert run(capsys, "remove", "bees.txt", *library)[1] == "1 removed\n"
    code, out, _ = run(capsys, "ask", CABLES, *library)
    assert (code, out) == (NO_EVIDENCE, "There are no documents to search.\n")


def test_remove_when_the_name_is_unknown_then_1_and_nothing_is_removed(capsys, docs, tmp_path):
    library = ["--library", tmp_path]
    run(capsys, "add", docs, *library)
    code, _, err = run(capsys, "remove", "bees.txt", "wasps.txt", *library)
    assert code == ERROR and "'wasps.txt'" in err and "qa documents" in err
    assert len(json.loads(run(capsys, "documents", "--json", *library)[1])) == 2


def test_add_when_some_files_cannot_be_read_then_they_are_listed_and_the_others_added(capsys, tmp_path):
    (tmp_path / "good.txt").write_text(DOCUMENTS["bees.txt"])
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    files = [tmp_path / name for name in ("good.txt", "empty.txt", "broken.pdf", "gone.txt")]
    code, out, err = run(capsys, "add", *files, "--library", tmp_path / "library")
    assert (code, out) == (ANSWERED, "1 added, 3 refused\n")
    assert [line.split(":")[0] for line in sorted(err.splitlines())] == sorted(f"refused  {path}" for path in files[1:])


def test_add_when_no_file_can_be_read_then_1(capsys, tmp_path):
    code, out, err = run(capsys, "add", tmp_path / "gone.txt", "--library", tmp_path / "library")
    assert (code, out) == (ERROR, "1 refused\n") and "gone.txt" in err


def test_sync_when_it_is_given_a_file_then_1(capsys, docs, tmp_path):
    code, _, err = run(capsys, "sync", Path(docs, "bees.txt"), "--library", tmp_path)
    assert code == ERROR and "is not a folder" in err


def test_ask_when_no_given_path_can_be_read_then_1_with_the_reason(capsys, tmp_path):
    code, _, err = run(capsys, "ask", CABLES, "--docs", tmp_path / "gone")
    assert code == ERROR and "gone" in err


def test_documents_when_json_is_wanted_then_everything_but_the_text(capsys, docs):
    rows = json.loads(run(capsys, "documents", "--docs", docs, "--json")[1])
    assert [(row["name"], row["title"], row["outlet"], row["published"], row["published_precision"]) for row in rows] == [
        ("bees.txt", "", "", None, "none"), ("bridge.md", "The Halden bridge", "Halden Post", "2031-05-01", "month")]
    assert "text" not in rows[0]


def test_search_when_asked_then_the_nearest_passages_with_their_places(capsys, docs):
    code, out, _ = run(capsys, "search", CABLES, "--docs", docs)
    assert code == ANSWERED and "bridge.md, characters" in out.splitlines()[0] and "14 cables" in out.splitlines()[1]
    hits = json.loads(run(capsys, "search", CABLES, "--docs", docs, "--json", "--limit", "1")[1])
    assert len(hits) == 1 and hits[0]["passage"]["text"] in DOCUMENTS["bridge.md"] and 0 <= hits[0]["score"] <= 1
    assert run(capsys, "search", "--docs", docs, CABLES)[1] == out


def test_search_when_no_document_passes_then_3(capsys, docs):
    assert run(capsys, "search", CABLES, "--docs", docs, "--until", "1999")[:2] == (NO_EVIDENCE, "")


def test_commands_when_a_document_holds_terminal_codes_then_they_are_not_printed(capsys, tmp_path):
    (tmp_path / "odd.txt").write_text("The lamp\x1b[31m glows\u202e in the tower of Brandt.")
    for command in (["ask", "Where does the lamp glow?"], ["search", "lamp"], ["documents"]):
        code, out, _ = run(capsys, *command, "--docs", tmp_path)
        assert code in (ANSWERED, NO_EVIDENCE) and "\x1b" not in out and "\u202e" not in out


# ---- export


def test_export_when_added_again_then_the_documents_are_the_same(capsys, docs, tmp_path):
    code, out, err = run(capsys, "export", "--docs", docs, "--out", tmp_path / "all.jsonl")
    assert (code, out) == (ANSWERED, "") and "2 documents written" in err
    assert run(capsys, "export", "--docs", docs)[1] == (tmp_path / "all.jsonl").read_text(encoding="utf-8")
    assert run(capsys, "add", tmp_path / "all.jsonl", "--library", tmp_path / "library")[1] == "2 added\n"
    again = run(capsys, "export", "--library", tmp_path / "library")[1]
    for before, after in zip((tmp_path / "all.jsonl").read_text().split("\n"), again.split("\n"), strict=True):
        if before:
            own = {key: value for key, value in json.loads(after).items() if key in ("name", "source")}
            assert json.loads(before) | own == json.loads(after)
    assert "14 cables" in run(capsys, "ask", CABLES, "--library", tmp_path / "library")[1]


def test_export_when_the_file_cannot_be_written_then_1_and_why(capsys, docs, tmp_path):
    code, _, err = run(capsys, "export", "--docs", docs, "--out", tmp_path / "none" / "all.jsonl")
    assert code == ERROR and "cannot be written" in err


# ---- batch and chat


def test_batch_when_lines_are_good_bad_and_blank_then_each_good_one_is_answered(capsys, docs, tmp_path):
    history = [{"role": "user", "text": "What happened to the Halden bridge?"}, {"role": "assistant", "text": "It closed. [1]"}]
    lines = [
        json.dumps({"id": "a", "question": CABLES}),
        "",
        "{not json",
        json.dumps({"question": CHESS}),
        json.dumps({"id": "h", "question": "How many cables were torn there?", "history": history}),
        json.dumps({"id": "u", "question": f"{CABLES}\u2028 Or was it none?"}, ensure_ascii=False),
        json.dumps({"id": "x"}), "[1]", json.dumps({"question": "Why?", "history": [{"role": "judge", "text": "?"}]}),
        "[" * 100_000, "9" * 5000,
        "   ",
    ]
    file = tmp_path / "batch.jsonl"
    file.write_text("\ufeff" + "\r\n".join(lines) + "\n", encoding="utf-8")
    code, out, err = run(capsys, "ask", "--batch", file, "--json", "--docs", docs)
    assert code == ERROR
    rows = [json.loads(line) for line in out.split("\n") if line]
    assert [row.get("id", row.get("line")) for row in rows] == ["a", 3, 4, "h", "u", 7, 8, 9, 10, 11]
    answers = {row["id"]: row for row in rows if "error" not in row}
    assert {name: row["status"] for name, row in answers.items()} == {"a": "answered", 4: "no_evidence", "h": "answered", "u": "answered"}
    assert list(answers["a"])[:2] == ["id", "question"] and "Halden" in answers["h"]["searched_for"]
    assert [line.split(":")[1] for line in err.splitlines()] == [f" {file}, line {n}" for n in (3, 7, 8, 9, 10, 11)]
    assert answers["a"] == {"id": "a", **json.loads(run(capsys, "ask", CABLES, "--json", "--docs", docs)[1])}


def test_batch_when_every_line_is_good_then_0_and_the_same_bytes_again(capsys, docs, tmp_path):
    file = tmp_path / "batch.jsonl"
    file.write_text("\n".join(json.dumps({"id": n, "question": question}) for n, question in enumerate((CABLES, CHESS))))
    first = run(capsys, "ask", "--batch", file, "--docs", docs)
    assert first[0] == ANSWERED and len(first[1].splitlines()) == 2
    assert run(capsys, "ask", "--batch", file, "--docs", docs) == first


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_batch_when_the_file_cannot_be_read_then_1(capsys, docs, tmp_path, content):
    file = tmp_path / "batch.jsonl"
    if content:
        file.write_bytes(content)
    code, out, err = run(capsys, "ask", "--batch", file, "--docs", docs)
    assert (code, out) == (ERROR, "") and f"{file} cannot be read" in err


def test_chat_when_asked_twice_then_the_second_question_knows_the_first(capsys, monkeypatch, docs):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{CABLES}\nAnd who said that?\n\nnot read\n"))
    code, out, err = run(capsys, "chat", "--docs", docs)
    assert code == ANSWERED and out.count("? ") >= 2 and "14 cables" in out
    assert "(searched for: And who said that? (" in out and "2 documents" in err
    assert sys.stdin.readline() == "not read\n"


def test_chat_when_the_input_ends_then_0(capsys, monkeypatch, docs):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run(capsys, "chat", "--docs", docs)[0] == ANSWERED


# ---- as a program


def program(*arguments):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "qa", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment)


def test_program_when_run_then_exit_code_answer_and_nothing_else(docs):
    ran = program("ask", "--docs", docs, CHESS)
    assert (ran.returncode, ran.stderr) == (NO_EVIDENCE, "") and "The documents do not say" in ran.stdout


def test_program_when_its_reader_goes_away_then_it_ends_without_a_trace(docs):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "qa", "export", "--docs", docs]
    ran = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (ERROR, "")


def test_main_when_interrupted_then_130_and_no_trace(capsys, monkeypatch, docs):
    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("qa.commands.documents", stop)
    code, out, err = run(capsys, "documents", "--docs", docs)
    assert (code, out, err) == (130, "", "qa: stopped\n")


# ---- progress


def test_progress_when_standard_error_is_no_terminal_then_silent(capsys):
    with progress_bar() as on_progress:
        assert on_progress is None
    assert capsys.readouterr() == ("", "")


def test_progress_when_it_is_a_terminal_then_stage_count_and_throughput_are_shown(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with progress_bar() as on_progress:
        on_progress(Progress(stage="embedding", done=0, total=80, seconds=0.0))
        on_progress(Progress(stage="embedding", done=40, total=80, seconds=2.0))
    shown = terminal.getvalue()
    assert "embedding" in shown and "40/80" in shown and "20/s" in shown


# ---- correct


def test_correct_when_title_and_date_are_given_then_documents_lists_them_as_corrected(capsys, docs, tmp_path):
    library = ("--library", tmp_path / "library")
    run(capsys, "add", docs, *library)
    assert run(capsys, "correct", "bees.txt", *library)[0] == USAGE
    assert run(capsys, "correct", "bees.txt", "--published", "one day", *library)[0] == ERROR
    code, out, _ = run(capsys, "correct", "bees.txt", "--title", "Lost hives", "--published", "2031-04", *library)
    assert code == ANSWERED and out == "2031-04     bees.txt  Lost hives (published and title corrected)\n"
    assert out in run(capsys, "documents", *library)[1]
