"""The self-test of the grounding check: what it measures, on a small set written here."""

import json

import pytest

from eval.selftest import auroc, render, run_selftest, summarise
from qa import CasesError

SOURCE = "The mill in Orlow burned down in 1907. Nobody was hurt. The town built a school on its ground."


def write(folder, name, rows):
    (folder / "grounding").mkdir(exist_ok=True)
    (folder / "grounding" / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


@pytest.fixture
def data(tmp_path):
    claims = [("The mill in Orlow burned down in 1907.", True), ("The mill in Orlow burned down in 1937.", False),
              ("The town built a school on its ground.", True), ("The town built a prison on its ground.", False)]
    rows = [{"source": SOURCE, "claim": claim, "supported": label} for claim, label in claims for _ in range(2)]
    write(tmp_path, "summedits_tiny", rows)
    write(tmp_path, "bump_task1", [{"source": SOURCE, "faithful": "Nobody was hurt.", "unfaithful": "The mayor was hurt."}])
    sentences = ["The mill in Orlow burned down in 1907.", "Nobody was hurt.", "The town built a school on its ground."]
    gold = {"sentences": sentences, "source": " ".join(sentences), "supporting_sentences": [[2]]}
    write(tmp_path, "wice_dev", [gold | {"claim": claim, "supported": label} for claim, label in claims[2:]])
    return tmp_path


def test_run_selftest_when_every_verdict_is_right_then_every_figure_is_full(data):
    result = run_selftest(data)
    tiny = result["sets"]["summedits_tiny"]
    assert (tiny["claims"], tiny["balanced_accuracy"], tiny["false_accept"], tiny["false_reject"]) == (8, 100.0, 0.0, 0.0)
    assert result["sets"]["wice_dev"]["evidence_f1"] == 100.0
    assert result["summary"]["bump"] == 100.0


def test_run_selftest_when_labels_are_turned_then_the_error_rates_say_so(tmp_path):
    rows = [{"source": SOURCE, "claim": "Nobody was hurt.", "supported": False},
            {"source": SOURCE, "claim": "Nine were hurt.", "supported": True}]
    write(tmp_path, "q2", rows)
    figures = run_selftest(tmp_path)["sets"]["q2"]
    assert (figures["balanced_accuracy"], figures["false_accept"], figures["false_reject"], figures["auroc"]) == (0.0, 100.0, 100.0, 0.0)


def test_run_selftest_when_a_half_is_asked_then_only_its_rows_count(data):
    name = "summedits_tiny"
    counts = {half: run_selftest(data, half=half, sets=[name])["sets"][name]["claims"] for half in ("even", "odd", "all")}
    assert counts == {"even": 4, "odd": 4, "all": 8}


@pytest.mark.parametrize("options", [{"half": "third"}, {"sets": ["nothing"]}])
def test_run_selftest_when_nothing_fits_then_says_so(data, options):
    with pytest.raises(CasesError):
        run_selftest(data, **options)


def test_run_selftest_when_a_line_is_broken_then_names_it(tmp_path):
    write(tmp_path, "q2", [{"source": SOURCE, "claim": "x", "supported": True}, {"claim": "no source"}])
    with pytest.raises(CasesError, match=":2:"):
        run_selftest(tmp_path)


def test_render_when_figures_are_there_then_prints_targets_and_error_rates(data):
    text = render(run_selftest(data))
    assert "| wice |" in text
    assert "false accept" in text
    assert "| summedits_tiny | 8 | 100.0 |" in text


def test_summarise_when_a_set_is_missing_then_leaves_its_figure_out():
    assert summarise({"q2": {"auroc": 60.0}, "begin_dev": {"auroc": 80.0}}) == {"dialogue": 70.0}


def test_auroc_when_scores_tie_then_counts_half():
    assert auroc([0.5, 0.9], [0.5]) == 75.0
