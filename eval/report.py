"""Results as a Markdown table with the failing cases, and as JSON that is the same byte for byte from run to run."""

import json
from collections.abc import Sequence
from typing import Any

from eval.runner import Result, Row, rows

EXPECTED = ("answer", "speaker", "figure", "date", "sides")
HEADER = ("type", "cases", "cites gold", "declined", "false citations", *EXPECTED, "p50 ms", "p95 ms")


def table(results: Sequence[Result], *, timings: bool = True) -> str:
    """A Markdown table: a row for each type and one for all. Shares are printed with the counts behind them."""
    header = HEADER if timings else HEADER[:-2]
    lines = [_line(header), "|---" + "|---:" * (len(header) - 1) + "|"]
    lines += [_line(_cells(row)[: len(header)]) for row in rows(results)]
    return "\n".join(lines) + "\n"


def failures(results: Sequence[Result], *, most: int = 40) -> str:
    """The cases that did not pass, two lines each, `most` of them at most; "" when all passed."""
    failed = [result for result in results if not result.passed]
    lines = [line for result in failed[:most] for line in _failure(result)]
    if len(failed) > most:
        lines.append(f"… and {len(failed) - most} more")
    return "\n".join(lines) + "\n" if lines else ""


def as_json(results: Sequence[Result], *, timings: bool = False) -> str:
    """Rows and cases as JSON, keys sorted, shares rounded to 4 places. Seconds are left out unless `timings`."""
    record = {
        "rows": [_row_record(row, timings) for row in rows(results)],
        "cases": [_case_record(result, timings) for result in results],
    }
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cells(row: Row) -> tuple[str, ...]:
    matched = dict(row.matched)
    return (
        row.name, str(row.cases), _share(row.overlapping, row.answerable), _share(row.declined, row.unanswerable),
        f"{row.false} of {row.citations}", *(_share(*matched.get(name, (0, 0))) for name in EXPECTED),
        _milliseconds(row.p50), _milliseconds(row.p95),
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % ({part}/{whole})" if whole else "–"


def _milliseconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{1000 * seconds:.0f}"


def _failure(result: Result) -> list[str]:
    missed = [name for name, met in result.matches if not met]
    what = "; ".join([result.outcome, *(f"{name} not met" for name in missed), *result.false_citations])
    shown = result.error or (f"{result.printed} ({result.cited})" if result.printed else f"status {result.status}")
    return [f"{result.case.id} {result.case.type}: {result.case.question}", f"    {what} · {shown}"]


def _row_record(row: Row, timings: bool) -> dict[str, Any]:
    record = {
        "type": row.name, "cases": row.cases, "answerable": row.answerable, "overlapping": row.overlapping,
        "overlap_share": _rounded(row.overlap_share), "unanswerable": row.unanswerable, "declined": row.declined,
        "declined_share": _rounded(row.declined_share), "citations": row.citations, "false_citations": row.false,
        "errors": row.errors, "matched": {name: {"met": met, "asked": asked} for name, (met, asked) in row.matched},
    }
    return record | ({"p50": row.p50, "p95": row.p95} if timings else {})


def _case_record(result: Result, timings: bool) -> dict[str, Any]:
    record = {
        "id": result.case.id, "type": result.case.type, "question": result.case.question, "outcome": result.outcome,
        "passed": result.passed, "status": result.status, "precision": _rounded(result.precision),
        "recall": _rounded(result.recall), "matches": dict(result.matches), "citations": result.citations,
        "false_citations": list(result.false_citations), "printed": result.printed, "cited": result.cited,
        "error": result.error,
    }
    return record | ({"seconds": result.seconds} if timings else {})


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
