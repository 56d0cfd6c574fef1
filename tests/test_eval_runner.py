import json
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as given_values
from hypothesis import settings
from hypothesis import strategies as st

from eval.__main__ import main
from eval.commands import run as command
from eval.data import load_cases
from eval.given import load_given
from eval.reports.markdown import failures, table
from eval.results import as_json, figures, make_record
from eval.runner import case_record, run
from qa import Added, Answer, Citation, Disagreement, Document, ModelTimeout, Refused, Statement

TEXTS = {"mill.txt": "The mill burnt down. Mayor Ross said that 24 guests left.", "pier.txt": "The pier is new. Bell counted 30 guests."}
ROWS = [
    {
        "id": "c0",
        "type": "factual",
        "question": "What burnt?",
        "answerable": True,
        "gold": [{"document": "mill.txt", "quote": "mill burnt"}],
    },
    {"id": "c1", "type": "factual", "question": "What is new?", "answerable": True, "gold": [{"document": "pier.txt", "quote": "pier is"}]},
    {
        "id": "c2",
        "type": "contested",
        "question": "How many guests?",
        "answerable": True,
        "gold_sides": [[{"document": "mill.txt", "quote": "24 guests"}], [{"document": "pier.txt", "quote": "30 guests"}]],
    },
    {"id": "c3", "type": "unanswerable", "question": "Who is king?", "answerable": False},
    {"id": "c4", "type": "false_premise", "question": "Why did the pier burn?", "answerable": False},
    {
        "id": "c5",
        "type": "follow_up",
        "question": "Who said so?",
        "answerable": True,
        "speaker": "Ross",
        "history": [{"role": "user", "text": "Guests?"}],
        "gold": [{"document": "mill.txt", "quote": "Mayor Ross"}],
    },
]


def answered(*quotes, **fields):
    statements = tuple(
        Statement(text=quote, citations=(cite(quote, number),), voice="named", **fields) for number, quote in enumerate(quotes, 1)
    )
    return Answer(question="q", searched_for="q", status="answered", text=" ".join(quotes), statements=statements)


def cite(quote, marker):
    name = next(name for name, text in TEXTS.items() if quote in text)
    start = TEXTS[name].index(quote)
    return Citation(marker=marker, document="d", name=name, source=name, start=start, end=start + len(quote), quote=quote, verified=True)


def declined(status="no_evidence"):
    return Answer(question="q", searched_for="q", status=status, text="Nothing found.")


PERFECT = {
    "What burnt?": answered("The mill burnt down."),
    "What is new?": answered("The pier is new."),
    "How many guests?": answered("Mayor Ross said that 24 guests left.", "Bell counted 30 guests."),
    "Who is king?": declined(),
    "Why did the pier burn?": declined("false_premise"),
    "Who said so?": answered("Mayor Ross said that 24 guests left.", speaker="Mayor Ross"),
}


class Scripted:
    """Answers from a table; an exception in the table is raised. Keeps the histories it was given."""

    def __init__(self, answers):
        self.answers, self.histories = answers, []

    def ask(self, question, history=()):
        self.histories.append(list(history))
        if isinstance(self.answers[question], Exception):
            raise self.answers[question]
        return self.answers[question]


class Shelf:
    """A library of fixed texts, used as a context manager like the real one."""

    def __init__(self, texts, refused=()):
        self.texts, self.refused, self.closed = texts, refused, False

    def add(self, paths):
        return Added(added=tuple(self.texts), refused=self.refused)

    def documents(self):
        return [Document(id=name, name=name, source=name, text=text) for name, text in self.texts.items()]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed = True


@pytest.fixture
def cases_file(tmp_path):
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def results(cases_file):
    """Results of the cases for a table of answers; a clock that ticks 0.25 s."""

    def results(**changes):
        ticks = iter(0.25 * tick for tick in range(1000))
        cases, _ = load_cases(cases_file, TEXTS)
        return run(
            cases,
            Scripted({**PERFECT, **{row["question"]: changes[row["id"]] for row in ROWS if row["id"] in changes}}),
            TEXTS,
            clock=lambda: next(ticks),
        )

    return results


@pytest.fixture
def call(monkeypatch, cases_file):
    """`python -m eval run` with scripted answers over TEXTS; gives the exit code."""

    def call(*flags, answers=PERFECT, texts=TEXTS, refused=(), cases=cases_file):
        monkeypatch.setattr(command, "open_library", lambda folder: Shelf(texts, refused))
        monkeypatch.setattr(command, "open_assistant", lambda library: Scripted(answers))
        return main(["run", str(cases), "--docs", "docs", *flags])

    return call


def test_run_when_every_answer_is_right_then_every_case_passes(results):
    given = [(result.outcome, result.passed) for result in results()]
    assert given == [("correct_answer", True)] * 3 + [("correct_refusal", True)] * 2 + [("correct_answer", True)]


def test_run_when_a_case_has_a_history_then_the_assistant_gets_it(cases_file):
    assistant = Scripted(PERFECT)
    run(load_cases(cases_file, TEXTS)[0], assistant, TEXTS)
    assert [turn.text for turn in assistant.histories[-1]] == ["Guests?"] and assistant.histories[0] == []


def test_run_when_one_side_of_two_is_cited_then_the_case_does_not_pass(results):
    result = results(c2=answered("Bell counted 30 guests."))[2]
    assert (result.outcome, dict(result.matches), result.passed) == ("correct_answer", {"sides": False, "disagreement": False}, False)
    assert case_record(result)["counts"]["gold_recall"] == [1, 2]


def test_run_when_the_answer_says_that_its_sides_differ_then_the_disagreement_is_shown(results):
    both = replace(PERFECT["How many guests?"], disagreements=(Disagreement(about="guests", sides=((0,), (1,)), how="24 against 30"),))
    one = replace(both, disagreements=(Disagreement(about="guests", sides=((0,), (0,)), how="no"),))
    assert dict(results(c2=both)[2].matches)["disagreement"] and not dict(results(c2=one)[2].matches)["disagreement"]


def test_statement_when_its_citation_does_not_support_it_then_recall_and_precision_count_it(results):
    good = PERFECT["What burnt?"].statements[0]
    wrong = replace(good, text="The mill was never built.")
    elsewhere = replace(good, text="Mayor Ross said that 24 guests left.")
    needless = replace(good, citations=(*good.citations, cite("Mayor Ross said that 24 guests left.", 2)))
    answer = replace(PERFECT["What burnt?"], statements=(good, wrong, elsewhere, needless))
    counts = case_record(results(c0=answer)[0])["counts"]
    assert counts["supported"] == [3, 4]  # `elsewhere` is in the document, but not where it is cited
    assert counts["citation_recall"] == [2, 4]
    assert counts["citation_precision"] == [2, 5]


def test_span_when_only_a_part_of_the_gold_is_cited_then_it_is_not_whole(results):
    part = case_record(results(c0=answered("The mill"))[0])["counts"]
    assert (part["cites_gold"], part["span"]) == ([1, 1], [0, 1])
    assert case_record(results()[0])["counts"]["span"] == [1, 1]


def test_run_when_the_assistant_raises_then_the_others_are_still_asked(results):
    outcomes = [result.outcome for result in results(c0=ModelTimeout("no answer in 5 s"))]
    assert outcomes[0] == "error" and "error" not in outcomes[1:]


def test_run_when_a_printed_quote_is_not_in_the_document_then_the_case_does_not_pass(results):
    good = PERFECT["What burnt?"]
    citation = good.statements[0].citations[0]
    moved = replace(citation, start=citation.start + 1, end=citation.end + 1)
    result = results(c0=replace(good, statements=(replace(good.statements[0], citations=(moved,)),)))[0]
    assert result.outcome == "correct_answer" and len(result.false_citations) == 1 and not result.passed


def recorded(results):
    return make_record("run", [case_record(result) for result in results])


def test_figures_when_counted_then_give_types_in_order_and_all_last(results):
    counted = figures([case_record(result) for result in results(c1=declined(), c3=answered("The pier is new."))])
    assert list(counted) == ["factual", "contested", "unanswerable", "false_premise", "follow_up", "all"]
    overall = counted["all"]
    assert (overall["passed"], overall["cites_gold"], overall["declined"], overall["asked"]) == ([4, 6], [3, 4], [1, 2], [6, 6])
    assert counted["factual"]["declined"] == [0, 0] and counted["unanswerable"]["cites_gold"] == [0, 0]
    assert (overall["sides"], overall["speaker"]) == ([1, 1], [1, 1])


def test_table_when_printed_then_shows_shares_with_counts(results):
    lines = table(recorded(results(c1=declined()))).splitlines()
    assert lines[2].startswith("| factual | 2 | 50.0 % (1/2) | 50.0 % (1/2) | – |")
    assert lines[-1].startswith("| all | 6 | 83.3 % (5/6) | 75.0 % (3/4) | 100.0 % (2/2) |")
    assert len({line.count("|") for line in lines}) == 1


def test_failures_when_listed_then_name_case_question_and_reason(results):
    listed = failures(recorded(results(c1=declined(), c2=answered("Bell counted 30 guests."), c3=ModelTimeout("no answer in 5 s"))))
    assert "`c1` factual: What is new?\n  wrong_refusal" in listed
    assert "expected: “pier is” (pier.txt)" in listed and "sides not met" in listed and "no answer in 5 s" in listed
    assert "c0" not in listed and failures(recorded(results())) == ""


def test_failures_when_more_than_the_most_then_the_rest_is_counted(results):
    listed = failures(recorded(results(c0=declined(), c1=declined(), c5=declined())), most=1)
    assert listed.count("wrong_refusal") == 1 and "2 more" in listed


def test_json_when_run_twice_with_other_times_then_is_the_same_bytes(cases_file):
    cases, _ = load_cases(cases_file, TEXTS)
    first, second = (as_json(recorded(run(cases, Scripted(PERFECT), TEXTS))) for _ in range(2))
    assert first == second and "seconds" not in first and first.endswith("}\n")
    assert list(json.loads(first)["cases"][0]) == sorted(json.loads(first)["cases"][0])


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
