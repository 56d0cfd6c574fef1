import json

import pytest

from eval import nulls, ramdocs
from qa import Answer, CasesError, Citation, Statement

ROW = {"id": "R4", "question": "When was the mill built?", "gold_answers": ["1856", "1901"], "wrong_answers": ["1900"],
       "documents": [{"text": "The mill was built in 1856.", "type": "correct", "answer": "1856"},
                     {"text": "The mill was built in 1900.", "type": "misinfo", "answer": "1900"},
                     {"text": "The mill was built in 1856.", "type": "correct", "answer": "1856"}]}


def question():
    return ramdocs.Question(id="R4", text="When?", documents=(("d0000.txt", "1856"),), gold=("1856", "1901"), wrong=("1900",))


def statement(text, quote):
    citation = Citation(marker=1, document="d", name="d.txt", source="d", start=0, end=len(quote), quote=quote, verified=True)
    return Statement(text=text, citations=(citation,), voice="document")


def answer(*statements, disagreements=()):
    return Answer(question="q", searched_for="q", status="answered", text="", statements=statements, disagreements=disagreements)


def test_load_when_a_text_stands_twice_then_it_is_one_document(tmp_path):
    (tmp_path / "rows.jsonl").write_text(json.dumps(ROW) + "\n")
    (found,) = ramdocs.load(tmp_path / "rows.jsonl", tmp_path)
    assert found.documents == (("d0000.txt", "1856"), ("d0001.txt", "1900"), ("d0000.txt", "1856"))
    assert (tmp_path / "d0001.txt").read_text() == "The mill was built in 1900."
    assert ramdocs.load(tmp_path / "rows.jsonl", tmp_path, half="odd") == ()


def test_load_when_a_row_lacks_its_documents_then_the_line_is_named(tmp_path):
    (tmp_path / "rows.jsonl").write_text(json.dumps({"id": "R4", "question": "When?"}) + "\n")
    with pytest.raises(CasesError, match=":1 is no row"):
        ramdocs.load(tmp_path / "rows.jsonl", tmp_path)


def test_score_when_all_right_and_no_wrong_answers_are_shown_then_it_is_strict():
    right = [statement("“a”: “Built in 1856.”", "Built in 1856."), statement("“b”: “Built in 1901.”", "Built in 1901.")]
    shown = ramdocs.score(question(), answer(*right))
    assert (shown.gold, shown.of, shown.wrong, shown.all_gold, shown.strict) == (2, 2, 0, True, True)
    with_wrong = ramdocs.score(question(), answer(*right, statement("“c”: “Built in 1900.”", "Built in 1900.")))
    assert (with_wrong.all_gold, with_wrong.strict, with_wrong.misattributed) == (True, False, ())


def test_score_when_a_wrong_answer_stands_beside_another_documents_citation_then_it_is_misattributed():
    shown = ramdocs.score(question(), answer(statement("It was built in 1900.", "The mill is old.")))
    assert (shown.wrong, shown.misattributed) == (1, ("1900",))


def test_figures_when_counted_then_shares_have_their_counts():
    one = ramdocs.Shown(id="a", gold=2, of=2, wrong=1, misattributed=(), disagrees=True)
    two = ramdocs.Shown(id="b", gold=0, of=1, wrong=1, misattributed=("x",), disagrees=False)
    figures = ramdocs.figures([one, two])
    assert list(figures.values()) == [(1, 2), (2, 3), (0, 2), (1, 2), (1, 1)]


def test_separation_when_null_questions_score_lower_then_is_one():
    scored = [nulls.Scored(id="1", type="Single", best=0.9), nulls.Scored(id="2", type="Null", best=0.2)]
    assert nulls.separation(scored) == 1.0
    assert nulls.separation([*scored, nulls.Scored(id="3", type="Multi", best=0.1)]) == 0.5
    assert nulls.separation(scored[:1]) != nulls.separation(scored[:1])
