"""The record as Markdown: a table of figures by type, the failing cases, the checker's own error rates."""

from collections.abc import Sequence

from eval.metrics import percentile
from eval.reports.judge import judge_markdown
from eval.results import Record

LABELS = {
    "passed": "passed", "cites_gold": "cites gold", "declined": "declined", "span": "whole gold span",
    "gold_precision": "citations on gold", "gold_recall": "gold cited",
    "citation_precision": "citation precision", "citation_recall": "citation recall", "supported": "supported",
    "answer": "answer", "speaker": "speaker", "figure": "figure", "date": "date", "sides": "sides", "disagreement": "disagreement shown",
    "voice": "voice", "whole_figure": "figure, unit, date", "speaker_cited": "speaker where cited", "voice_cited": "voice where cited",
    "whole_figure_cited": "figure, unit, date where cited", "documents": "exactly the documents", "premise": "premise corrected",
    "alarms": "shown disagreements planted", "attributed": "claims attributed", "citations_hold": "citations hold", "asked": "asked", "checkable": "checkable", "gold": "gold stated", "answered": "answered",
    "caught": "caught", "kept": "originals kept",
    "judge_supported": "judge: supported", "judge_agrees": "judge agrees", "judge_verdicts": "judge gave a verdict",
}


def counted_figures(record: Record) -> dict[str, Record]:
    """The counts by type, those of a judge beside the others."""
    judged = record["judge"]["figures"] if "judge" in record else {}
    return {kind: counts | judged.get(kind, {}) for kind, counts in record["figures"].items()}


def shown_figures(record: Record) -> list[str]:
    """The figures that at least one case has, in the order of `LABELS`; "asked" and "checkable" only where something is missing."""
    total = counted_figures(record)["all"]
    counted = [name for name in LABELS if total.get(name, (0, 0))[1]]
    return [name for name in counted if name not in ("asked", "checkable") or total[name][0] < total[name][1]]


def table(record: Record) -> str:
    """A row for each type and one for all; shares with the counts behind them."""
    names = shown_figures(record)
    rows = [["type", "cases", *(LABELS[name] for name in names)]]
    for kind, figures in counted_figures(record).items():
        cases = sum(kind in ("all", case["type"]) for case in record["cases"])
        rows.append([kind, str(cases), *(share(*figures.get(name, (0, 0))) for name in names)])
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    lines.insert(1, "|---" + "|---:" * (len(names) + 1) + "|")
    return "\n".join(lines) + "\n"


def problem_table(record: Record) -> str:
    """How many unsupported statements have a problem of each kind, most first; "" without any."""
    counts = problem_counts(record)
    if not counts:
        return ""
    return "\n".join(["| problem | statements |", "|---|---:|", *(f"| {kind} | {count} |" for kind, count in counts)]) + "\n"


def problem_counts(record: Record) -> list[tuple[str, int]]:
    """(kind, number of unsupported statements with such a problem), most first."""
    counts: dict[str, int] = {}
    for case in record["cases"]:
        for statement in case["statements"]:
            if statement["checked"] and not statement["supported"]:
                for kind in {problem["kind"] for problem in statement["problems"]}:
                    counts[kind] = counts.get(kind, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def failures(record: Record, *, most: int = 40) -> str:
    """The cases that did not pass, with what is wrong, `most` of them at most; "" when none failed."""
    failed = [case for case in record["cases"] if case["passed"] is False]
    lines = [line for case in failed[:most] for line in _failure(case)]
    if len(failed) > most:
        lines.append(f"… and {len(failed) - most} more")
    return "\n".join(lines) + "\n" if lines else ""


def _failure(case: Record) -> list[str]:
    lines = [f"- `{case['id']}` {case['type']}: {' '.join(case['question'].split())}", f"  {'; '.join([case['outcome'], *case['notes']])}"]
    for statement in case["statements"]:
        if statement["checked"] and not statement["supported"]:
            problems = "; ".join(dict.fromkeys(problem_line(problem) for problem in statement["problems"]))
            lines.append(f"  “{' '.join(statement['text'].split())}”: {problems or 'too little of it is in the source'}")
    return lines


def problem_line(problem: Record) -> str:
    """One problem in words."""
    said = f" “{problem['claim']}”" if problem["claim"] else ""
    return f"{problem['kind']}{said}" + (f", source “{problem['source']}”" if problem["source"] else "")


def times(seconds: Sequence[float]) -> str:
    """p50 and p95 of a case in milliseconds; "" without any."""
    if not seconds:
        return ""
    return f"p50 {1000 * percentile(seconds, 0.5):.0f} ms, p95 {1000 * percentile(seconds, 0.95):.0f} ms for one case"


def checker_line(record: Record) -> str:
    """How far the grounding check itself can be trusted."""
    errors = record["checker"]
    if not errors:
        return ("How often the check itself is wrong is not known here: "
                "run `python -m eval selftest --data DIR --json eval/results/selftest.json`.")
    return (f"The check itself is sometimes wrong: on {len(errors['sets'])} public sets ({errors['half']} rows) "
            f"it let {errors['false_accept']} % of unsupported claims through and refused {errors['false_reject']} % of supported ones.")


def traffic_line(record: Record) -> str:
    """Calls of language models and of other machines, counted while the eval ran."""
    return f"LLM calls {record['traffic']['llm_calls']}, network {record['traffic']['network']}"


def share(part: int, whole: int) -> str:
    """A share with the counts behind it, "–" where there is nothing to count."""
    return f"{100 * part / whole:.1f} % ({part}/{whole})" if whole else "–"


def as_markdown(record: Record, *, verdict: str = "") -> str:
    """The whole summary as a page."""
    parts = [f"# Eval: {record['kind']}", verdict, table(record).rstrip(), problem_table(record).rstrip(),
             "## Cases that did not pass\n\n" + failures(record, most=100).rstrip() if failures(record) else "Every case passed.",
             "## Lines that could not be used\n\n" + "\n".join(f"- {f['unit']} {f['line']}: {f['reason']}" for f in record["faults"])
             if record["faults"] else "",
             judge_markdown(record), checker_line(record), f"{traffic_line(record)} · {record['digest']}"]
    return "\n\n".join(part for part in parts if part) + "\n"
