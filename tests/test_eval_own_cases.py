"""The project holds itself to its own gate: the cases over the sample documents, with the thresholds of pyproject.toml."""

from conftest import ROOT

from eval.__main__ import main


def test_own_cases_when_asked_over_the_sample_documents_then_the_gate_of_pyproject_passes(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    results = str(tmp_path / "results.json")
    assert main(["run", "eval/cases/seeds.jsonl", "--docs", "seeds", "--json", results]) == 0
    assert main(["gate", results]) == 0, capsys.readouterr().out
