"""Cases asked and scored: outcomes, figures, what is printed."""

import json
from dataclasses import replace

import pytest

from eval.data import load_cases
from eval.reports.markdown import failures, table
from eval.results import as_json, figures
from eval.runner import case_record, run
from eval_helpers import PERFECT, Scripted, TEXTS, answered, answering, cite, declined, recorded, written_cases
from qa import Disagreement, ModelTimeout


@pytest.fixture
def cases_file(tmp_path):
    return written_cases(tmp_path)


@pytest.fixture
def results(cases_file):
    return answering(cases_file)


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
