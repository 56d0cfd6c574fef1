"""The project holds itself to its own gate: the cases over the sample documents, with the thresholds of pyproject.toml."""

from conftest import ROOT

from eval.__main__ import main


def test_own_cases_when_asked_over_the_sample_documents_then_the_gate_of_pyproject_passes(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    results = str(tmp_path / "results.json")
    assert main(["run", "eval/cases/seeds.jsonl", "--docs", "seeds", "--json", results]) == 0
    assert main(["gate", results]) == 0, capsys.readouterr().out


def test_second_corpus_when_its_cases_are_asked_then_voices_figures_and_disagreements_hold(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    least = {"speaker_cited": 0.85, "voice_cited": 0.85, "whole_figure_cited": 0.9, "disagreement": 0.9, "alarms": 0.95, "attributed": 1.0,
             "cites_gold": 0.87, "declined": 0.9}
    wanted = [part for name, share in least.items() for part in ("--min", f"{name}={share}")]
    assert main(["run", "eval/cases/tarrow.jsonl", "--docs", "eval/corpora/tarrow", *wanted]) == 0, capsys.readouterr().out
