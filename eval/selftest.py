"""How far the grounding check itself can be trusted: its figures on public sets of claims and sources.

    python -m eval selftest --data DIR [--half even|odd|all]

DIR holds `grounding/*.jsonl`: summedits_*, wice_dev, bump_task1, begin_dev, q2, expertqa (those that are missing are left
out). All sets are checked with the same settings. The rules were tuned on even rows; odd rows are for reporting.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from qa import CasesError
from qa.grounding import check
from qa.records import Verdict

Row = dict[str, Any]
HALVES = ("even", "odd", "all")
MEANT = (("summedits", "mean balanced accuracy of the summedits domains", 72.5), ("wice", "balanced accuracy", 74.0),
         ("wice evidence", "F1 of evidence sentences", 72.0), ("bump", "faithful scored above unfaithful", 88.0),
         ("dialogue", "mean AUROC of begin and q2", 80.0), ("expertqa", "balanced accuracy", 61.0))


def run_selftest(data: Path, *, half: str = "all", sets: Sequence[str] | None = None,
                 on_progress: Callable[[str, int, int], None] | None = None) -> dict[str, Any]:
    """Figures of the check by set and in summary, in percent; `milliseconds` is the median processor time of one claim.

    `half` is even, odd or all rows; `sets` are names of files without their ending (None: all that are there).
    `on_progress` is called with the set, the rows done and the rows in all. Raises CasesError when nothing can be read.
    """
    if half not in HALVES:
        raise CasesError(f"half is {half!r}", f"Use one of {', '.join(HALVES)}.")
    folder = data / "grounding" if (data / "grounding").is_dir() else data
    files = [path for path in sorted(folder.glob("*.jsonl")) if sets is None or path.stem in sets]
    if not files:
        raise CasesError(f"{folder} holds none of the sets", "Give the folder whose grounding/ holds wice_dev.jsonl and the others.")
    figures = {path.stem: _score(path, half, on_progress) for path in files}
    return {"half": half, "sets": figures, "summary": summarise(figures)}


def summarise(figures: dict[str, dict[str, float]]) -> dict[str, float]:
    """The figures that the project set itself to reach, from the figures by set; those whose sets are missing are left out."""
    def of(names: Iterable[str], key: str) -> list[float]:
        return [figures[name][key] for name in names if name in figures and key in figures[name]]
    found = {
        "summedits": of([name for name in figures if name.startswith("summedits_")], "balanced_accuracy"),
        "wice": of(["wice_dev"], "balanced_accuracy"), "wice evidence": of(["wice_dev"], "evidence_f1"),
        "bump": of(["bump_task1"], "ordered"), "dialogue": of(["begin_dev", "q2"], "auroc"),
        "expertqa": of(["expertqa"], "balanced_accuracy"),
    }
    return {name: round(statistics.fmean(values), 2) for name, values in found.items() if values}


def render(result: dict[str, Any]) -> str:
    """The figures as Markdown: what was to be reached, then every set with the check's own error rates."""
    lines = [f"Grounding check, {result['half']} rows, one threshold for all sets", ""]
    lines += ["| Figure | What | Reached | To reach |", "|---|---|---|---|"]
    lines += [f"| {name} | {what} | {result['summary'][name]:.1f} | {least} |" for name, what, least in MEANT if name in result["summary"]]
    keys = ("claims", "balanced_accuracy", "auroc", "false_accept", "false_reject", "unchecked", "ordered", "evidence_f1", "milliseconds")
    lines += ["", "| Set | " + " | ".join(key.replace("_", " ") for key in keys) + " |", "|---" * (len(keys) + 1) + "|"]
    for name, figures in result["sets"].items():
        cells = ["" if key not in figures else str(figures[key]) if key == "claims" else f"{figures[key]:.1f}" for key in keys]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines += ["", "False accept: share of unsupported claims let through. False reject: share of supported claims refused."]
    return "\n".join(lines) + "\n"


def _score(path: Path, half: str, on_progress: Callable[[str, int, int], None] | None) -> dict[str, float]:
    rows = _rows(path)
    chosen = [row for number, row in enumerate(rows) if half == "all" or (number % 2 == 0) == (half == "even")]
    pairs: list[tuple[Row, list[Verdict]]] = []
    seconds: list[float] = []
    for number, row in enumerate(chosen):
        if on_progress:
            on_progress(path.stem, number, len(chosen))
        claims = [row["claim"]] if "claim" in row else [row["faithful"], row["unfaithful"]]
        started = time.process_time()
        pairs.append((row, [check(claim, [_source(row)]) for claim in claims]))
        seconds.append((time.process_time() - started) / len(claims))
    if not pairs:
        return {"claims": 0}
    figures: dict[str, float] = {"claims": len(pairs), "milliseconds": round(1000 * statistics.median(seconds), 1)}
    if "faithful" in chosen[0]:
        return figures | {"ordered": _percent(good.score > bad.score for _, (good, bad) in pairs)}
    return figures | _labelled([(bool(row["supported"]), verdicts[0]) for row, verdicts in pairs]) | _evidence(pairs)


def _rows(path: Path) -> list[Row]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CasesError(f"{path}:{number}: {error}", "Every line must be one JSON object.") from error
        if "source" not in row or not {"claim", "supported"} <= row.keys() and not {"faithful", "unfaithful"} <= row.keys():
            hint = "A row has source, claim and supported, or source, faithful and unfaithful."
            raise CasesError(f"{path}:{number}: fields are missing", hint)
        rows.append(row)
    return rows


def _source(row: Row) -> str:
    """The source text; where the set gives its sentences, each is a paragraph, so that evidence is counted in them."""
    return "\n\n".join(row["sentences"]) if "sentences" in row else row["source"]


def _labelled(judged: Sequence[tuple[bool, Verdict]]) -> dict[str, float]:
    right = [verdict for label, verdict in judged if label]
    wrong = [verdict for label, verdict in judged if not label]
    if not right or not wrong:
        return {}
    false_accept, false_reject = _percent(v.supported for v in wrong), _percent(not v.supported for v in right)
    return {"balanced_accuracy": round(100 - (false_accept + false_reject) / 2, 2),
            "auroc": auroc([v.score for v in right], [v.score for v in wrong]),
            "false_accept": false_accept, "false_reject": false_reject, "unchecked": _percent(not v.checked for _, v in judged)}


def auroc(right: Sequence[float], wrong: Sequence[float]) -> float:
    """In percent, how often a supported claim scores above an unsupported one; ties count half."""
    wins = sum((a > b) + 0.5 * (a == b) for a in right for b in wrong)
    return round(100 * wins / (len(right) * len(wrong)), 2)


def _evidence(pairs: Sequence[tuple[Row, list[Verdict]]]) -> dict[str, float]:
    """F1 of the sentences in the evidence against the nearest of the gold sets, over the rows that have one."""
    scores = []
    for row, (verdict,) in pairs:
        gold = [set(group) for group in row.get("supporting_sentences", ()) if group]
        if gold:
            found = _sentences_of(row["sentences"], verdict)
            scores.append(max(2 * len(found & group) / (len(found) + len(group)) for group in gold))
    return {"evidence_f1": round(100 * statistics.fmean(scores), 2)} if scores else {}


def _sentences_of(sentences: Sequence[str], verdict: Verdict) -> set[int]:
    found, start = set(), 0
    for number, sentence in enumerate(sentences):
        if any(span.start < start + len(sentence) and start < span.end for span in verdict.evidence):
            found.add(number)
        start += len(sentence) + 2
    return found


def _percent(answers: Iterable[bool]) -> float:
    return round(100 * statistics.fmean(answers), 2)


def main(arguments: Any) -> int:
    """Runs the self-test with `arguments.data`, `.half`, `.sets` and `.json` (a file or None), prints the figures, returns 0."""
    def progress(name: str, done: int, total: int) -> None:
        if done == 0:
            print(f"{name}: {total} rows", file=sys.stderr)
    result = run_selftest(Path(arguments.data), half=arguments.half, sets=arguments.sets, on_progress=progress)
    print(render(result), end="")
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    options = dict(zip(sys.argv[1::2], sys.argv[2::2], strict=False))
    sys.exit(main(SimpleNamespace(data=options["--data"], half=options.get("--half", "all"),
                                  sets=options["--sets"].split(",") if "--sets" in options else None, json=options.get("--json"))))
