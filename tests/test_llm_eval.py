"""The eval of scripted models: it sees what leaks and what is lost."""

import json
from random import Random

import pytest

import qa.generating.writing as writing
from eval.data import Case
from eval.llm import record, run, table
from eval.scripted import SPOILERS, Line, lines, sloppy
from llm_helpers import library_of
from qa.citations import cite
from qa.generating.cutting import Draft
from qa.records import Statement, Verdict

PASSAGES = {
    1: "Mira Stolz said 14 cables were torn on the Halden bridge on 3 May 2031. The Halden bridge was not closed by the council of Brandt.",
    2: "Tomas Weil said 19 cables were torn on the Halden bridge. The ferry to Osk is running every day, as the council of Brandt wanted.",
}
CASES = [Case(id=f"c{n}", type="factual", question=question, answerable=True) for n, question in enumerate((
    "How many cables were torn on the Halden bridge?", "What will repairs of the Halden bridge cost?", "Who counted the torn cables?"))]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("eval")) as library:
        yield library


def test_lines_when_a_model_is_faithful_then_each_quote_stands_in_its_passage():
    found = lines("How many cables were torn on the Halden bridge?", PASSAGES, Random(1))
    assert found and all(line.quote in PASSAGES[line.marker] and not line.wrong for line in found)
    assert found == lines("How many cables were torn on the Halden bridge?", PASSAGES, Random(1))


@pytest.mark.parametrize("kind", SPOILERS)
def test_spoil_when_a_line_is_spoiled_then_it_is_another_line_of_that_kind(kind):
    line = Line(text="The council of Brandt did not say that 14 cables were torn on 3 May 2031.", marker=1, quote=PASSAGES[1].split(". ")[0])
    spoiled = SPOILERS[kind](line, PASSAGES, Random(5))
    assert spoiled.wrong == kind and str(spoiled) != str(line) and spoiled.right == line.text
    assert (spoiled.text == line.text) is (kind in ("marker", "quote"))


def test_sloppy_when_many_lines_are_written_then_about_three_in_ten_are_spoiled_and_the_kinds_take_turns():
    from collections import Counter

    used: Counter = Counter()
    line = Line(text="Mira Stolz was told that 14 cables were torn on 3 May 2031.", marker=1, quote=PASSAGES[1].split(". ")[0])
    told = sloppy([line] * 1000, PASSAGES, Random(2), used)
    wrong = [one.wrong for one in told if one.wrong]
    assert 240 < len(wrong) < 360 and set(wrong) == set(SPOILERS) and max(used[k] for k in SPOILERS) - min(used[k] for k in SPOILERS) <= 1


def test_run_when_the_gate_holds_then_nothing_wrong_is_released_and_the_table_says_so(library):
    tallies = run(CASES, library)
    faithful, spoiled, hostile = tallies
    assert faithful.faithful[1] >= 6 and faithful.faithful[0] == faithful.faithful[1] and faithful.complete == [3, 3]
    assert hostile.corrupted and not any(count[0] for tally in tallies for count in tally.corrupted.values())
    assert hostile.complete == [3, 3]
    assert json.loads(json.dumps(record(tallies)))["faithful"]["faithful_released"] == faithful.faithful
    assert table(tallies).count("\n") >= 6 and spoiled.judged


def test_run_when_the_gate_lets_everything_through_then_the_leaks_are_counted(library, monkeypatch):
    def judge(draft: Draft, sources, markers):
        source = sources.get(draft.cited[0][0] if draft.cited else 1) or sources[1]
        start = source.passage.start
        return Statement(text=draft.text, citations=(cite(source.document, start, start + 10, marker=1),), voice="document",
                         verdict=Verdict(supported=True, score=1.0))

    monkeypatch.setattr(writing, "judge", judge)
    monkeypatch.setattr("eval.llm._bare", lambda text: "")
    (hostile,) = run(CASES[:1], library, models=["hostile"])
    assert sum(count[0] for count in hostile.corrupted.values()) > 0 and hostile.leaks
