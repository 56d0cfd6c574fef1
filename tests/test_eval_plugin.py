"""The pytest plugin, run by a pytest of its own."""

import json

import pytest

pytest_plugins = ["pytester"]
SOURCE = "The mill in Orlow burned down in 1907. Nobody was hurt."
ANSWERS = [
    {"id": "right", "question": "?", "answer": "Nobody was hurt.", "contexts": [SOURCE]},
    {"id": "wrong", "question": "?", "answer": "The mill in Orlow burned down in 1937.", "contexts": [SOURCE]},
    {"id": "empty", "question": "?", "answer": "", "contexts": [SOURCE]},
]
CASES = [
    {
        "id": "right",
        "type": "factual",
        "question": "When did the mill in Orlow burn down?",
        "answerable": True,
        "gold": [{"document": "mill.txt", "quote": "burned down in 1907"}],
    },
    {"id": "wrong", "type": "unanswerable", "question": "When did the mill in Orlow burn down?", "answerable": False},
]


@pytest.fixture
def run(pytester):
    """Runs pytest with the plugin in a folder that has the files and one ordinary test."""
    pytester.makefile(".jsonl", answers="\n".join(map(json.dumps, ANSWERS)) + "\n{\n", cases="\n".join(map(json.dumps, CASES)))
    (pytester.mkdir("docs") / "mill.txt").write_text(SOURCE, encoding="utf-8")
    pytester.makepyfile("def test_own(): pass")
    return lambda *arguments: pytester.runpytest_subprocess("-p", "no:cacheprovider", *arguments)


def test_answers_when_given_then_each_is_a_test_and_a_bad_line_fails(run):
    result = run("--qa-answers", "answers.jsonl")
    result.assert_outcomes(passed=1, failed=2, skipped=1)
    result.stdout.fnmatch_lines(["*‹1937›*|*‹1907›*", "*line 4: not JSON*"])


def test_cases_when_given_then_the_assistant_is_asked_over_the_documents(run):
    result = run("--qa-cases", "cases.jsonl", "--qa-docs", "docs", "-v")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*right*PASSED*", "*wrong (unanswerable): wrongly_answered*"])


def test_files_when_named_beside_tests_then_both_run(run):
    run("test_files_when_named_beside_tests_then_both_run.py", "--qa-answers", "answers.jsonl").assert_outcomes(
        passed=2, failed=2, skipped=1
    )


def test_plugin_when_no_option_is_given_then_only_the_own_tests_run(run):
    run().assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("arguments", "said"), [(["--qa-cases", "cases.jsonl"], "*needs --qa-docs*"), (["--qa-answers", "lost.jsonl"], "*is no file*")]
)
def test_options_when_they_cannot_be_used_then_usage_error(run, arguments, said):
    result = run(*arguments)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([said])


def test_file_when_nothing_in_it_is_usable_then_collection_fails_with_the_reason(run, pytester):
    pytester.makefile(".jsonl", broken="{\n")
    result = run("--qa-answers", "broken.jsonl")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*line 1: not JSON*"])
