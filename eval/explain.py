"""One case of a result in words: every verdict with its evidence and problems, the answer and its source side by side."""

import textwrap

from eval.reports.judge import opinion_of
from eval.reports.markdown import problem_line
from eval.reports.marking import Pairs, differences
from eval.results import Record
from qa import CasesError


def explain(record: Record, name: str, *, width: int = 120) -> str:
    """The case with id `name` as text of at most `width` columns; what differs stands in ‹ ›. Raises CasesError for an unknown id."""
    case = next((case for case in record["cases"] if case["id"] == name), None)
    if case is None:
        known = ", ".join(case["id"] for case in record["cases"][:8])
        more = " …" if len(record["cases"]) > 8 else ""
        raise CasesError(f"no case has the id {name!r}", f"There are {len(record['cases'])}: {known}{more}")
    lines = [f"{case['id']} ({case['type']}): {case['outcome']}", case["question"], *(f"- {note}" for note in case["notes"])]
    for number, statement in enumerate(case["statements"], 1):
        opinion = opinion_of(record, name, number - 1)
        lines += ["", f"statement {number}: {_told(statement)}", *([f"  {opinion}"] if opinion else []), *_side_by_side(statement, width)]
        lines += [f"  ! {line}" for line in dict.fromkeys(problem_line(problem) for problem in statement["problems"])]
    if not case["statements"]:
        lines += ["", "no statement was printed"]
    return "\n".join(lines) + "\n"


def _told(statement: Record) -> str:
    if statement["declines"]:
        return "declines to answer, not checked"
    if not statement["checked"]:
        return "nothing in it could be checked"
    return f"{'supported' if statement['supported'] else 'NOT supported'}, score {statement['score']:.2f}"


def _side_by_side(statement: Record, width: int) -> list[str]:
    half = (width - 5) // 2
    differ = statement["checked"] and not statement["supported"]
    said, sourced = differences(statement) if differ else ([], [[] for _ in statement["evidence"]])
    left = ["ANSWER", *textwrap.wrap(_marked(statement["text"], said), half)]
    right = ["SOURCE"]
    for evidence, pairs in zip(statement["evidence"], sourced, strict=True):
        right += textwrap.wrap(_marked(evidence["text"], pairs), half)
        right.append(f"({evidence['document']}, characters {evidence['start']}-{evidence['end']})")
    if not statement["evidence"]:
        right.append("nothing near it in the source")
    rows = max(len(left), len(right))
    left += [""] * (rows - len(left))
    right += [""] * (rows - len(right))
    return [f"  {a:<{half}} | {b}".rstrip() for a, b in zip(left, right, strict=True)]


def _marked(text: str, pairs: Pairs) -> str:
    for start, end in reversed(pairs):
        text = f"{text[:start]}‹{text[start:end]}›{text[end:]}"
    return text
