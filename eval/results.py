"""The record of an eval: what every report, the gate, diff and explain read. Plain JSON values, the same bytes from run to run.

    kind      run, check or mutate
    figures   by type and under "all": name of a figure → [how many, of how many]
    cases     each with id, type, question, outcome, passed (true, false, or null when nothing could be said), counts, statements
    faults    lines of the input that could not be used: line, unit, reason
    checker   the grounding check's own error rates, where the self-test was run (else null)
    traffic   calls of language models and of other machines
    judge     what a language model said beside the check (eval.opinions), only where one was asked; nothing above depends on it
    digest    sha256 of all that, so that two results can be told apart at a glance
    timings   seconds by case, only where asked for; not part of the digest
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from eval.answers import Finished
from eval.checking import Checked, check_answer, gold_stated
from eval.lines import Fault, read_text
from eval.traffic import Traffic
from qa import CasesError

Record = dict[str, Any]
KINDS = ("run", "check", "mutate")
SELFTEST = Path(__file__).parent / "results" / "selftest.json"


def make_record(kind: str, cases: Sequence[Record], *, faults: Sequence[Fault] = (), traffic: Traffic | None = None,
                timings: Mapping[str, float] | None = None, also: Mapping[str, list[int]] | None = None,
                judged: Record | None = None, selftest: Path = SELFTEST) -> Record:
    """The whole record over the cases' records (see the top of this file); `also` are counts of no single case, put under "all"."""
    traffic = traffic or Traffic()
    record = {
        "kind": kind, "figures": figures(cases), "cases": list(cases), "checker": checker_errors(selftest),
        "faults": [{"line": fault.line, "unit": fault.unit, "reason": fault.reason} for fault in faults],
        "traffic": {"llm_calls": traffic.llm_calls, "network": traffic.network},
    }
    record["figures"]["all"] |= also or {}
    record |= {"judge": judged} if judged is not None else {}
    record["digest"] = digest(record)
    return record | ({"timings": dict(timings)} if timings is not None else {})


def figures(cases: Sequence[Record]) -> dict[str, dict[str, list[int]]]:
    """The counts of the cases added up, by type in the order met, then under "all"."""
    groups: dict[str, list[Record]] = {}
    for case in cases:
        groups.setdefault(case["type"], []).append(case)
    return {name: _added(group) for name, group in groups.items()} | {"all": _added(cases)}


def _added(cases: Sequence[Record]) -> dict[str, list[int]]:
    total: dict[str, list[int]] = {}
    for case in cases:
        for name, (part, whole) in case["counts"].items():
            before = total.get(name, [0, 0])
            total[name] = [before[0] + part, before[1] + whole]
    return total


def digest(record: Mapping[str, Any]) -> str:
    """sha256 over the record without its digest and timings, as "sha256:" and hexadecimal digits."""
    bare = {name: value for name, value in record.items() if name not in ("digest", "timings")}
    return "sha256:" + hashlib.sha256(json.dumps(bare, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


def as_json(record: Record) -> str:
    """The record as JSON with sorted keys."""
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def load_record(path: str | Path) -> Record:
    """The record that `--json` wrote. Raises CasesError when the file is not one, or was changed since."""
    try:
        record = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise CasesError(f"{path} is not JSON: {error}", "Give a file that `--json` of run, check or mutate wrote.") from error
    if not isinstance(record, dict) or record.get("kind") not in KINDS or not {"figures", "cases", "faults", "digest"} <= record.keys():
        raise CasesError(f"{path} is no result of an eval", "Give a file that `--json` of run, check or mutate wrote.")
    if digest(record) != record["digest"]:
        raise CasesError(f"{path} was changed after it was written: its digest is not that of its content", "Run the eval again.")
    return record


def checker_errors(path: Path = SELFTEST) -> Record | None:
    """How often the grounding check itself is wrong, in percent, from the self-test's result; None where there is none.

    `false_accept` and `false_reject` are means over the sets that have both; `sets` gives them for each.
    """
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        sets = {name: {key: values[key] for key in ("false_accept", "false_reject")} | {"claims": values["claims"]}
                for name, values in sorted(found["sets"].items()) if {"false_accept", "false_reject", "claims"} <= values.keys()}
        half = found["half"]
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise CasesError(f"{path} is no result of the self-test: {error!r}", "Write it anew: python -m eval selftest --json.") from error
    if not sets:
        return None
    return {"half": half, "sets": sets} | {key: round(fmean(values[key] for values in sets.values()), 1)
                                           for key in ("false_accept", "false_reject")}


def statement_record(checked: Checked) -> Record:
    """One checked sentence."""
    return {
        "text": checked.text, "supported": checked.supported, "score": round(checked.score, 4), "checked": checked.checked,
        "declines": checked.declines,
        "problems": [{"kind": p.kind, "claim": p.claim, "source": p.source} for p in checked.problems],
        "evidence": [{"document": e.document, "start": e.start, "end": e.end, "text": e.text} for e in checked.evidence],
    }


def answer_record(finished: Finished) -> Record:
    """A finished answer checked: outcome supported, unsupported, declined (correct_refusal or wrong_refusal where the file says
    whether there is an answer), wrongly_answered, or unchecked when it has nothing that could be checked."""
    statements = check_answer(finished)
    checked = [statement for statement in statements if statement.checked]
    outcome = _outcome(finished, statements)
    passed = {"supported": True, "correct_refusal": True, "declined": None, "unchecked": None}.get(outcome, False)
    refused = outcome in ("declined", "correct_refusal", "wrong_refusal")
    counts = {
        "passed": [int(bool(passed)), int(passed is not None)],
        "supported": [sum(statement.supported for statement in checked), len(checked)],
        "checkable": [len(checked), sum(not statement.declines for statement in statements)],
        "gold": list(gold_stated(finished)) if not refused else [0, 0],
        "declined": [int(outcome == "correct_refusal"), int(finished.answerable is False)],
        "answered": [int(not refused), int(finished.answerable is True)],
    }
    return {"id": finished.id, "type": finished.type, "question": finished.question, "answer": finished.answer, "outcome": outcome,
            "passed": passed, "counts": counts, "statements": [statement_record(statement) for statement in statements], "notes": []}


def _outcome(finished: Finished, statements: Sequence[Checked]) -> str:
    checked = [statement for statement in statements if statement.checked]
    if not checked and any(statement.declines for statement in statements):
        return {None: "declined", True: "wrong_refusal", False: "correct_refusal"}[finished.answerable]
    if not checked:
        return "unchecked"
    if finished.answerable is False:
        return "wrongly_answered"
    return "supported" if all(statement.supported for statement in checked) else "unsupported"
