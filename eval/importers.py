"""Files of finished answers as other tools write them, recognised by their fields and brought into one form.

| Form | Known by | Taken |
|---|---|---|
| plain, RAGAS | `answer`, `contexts` | `question`, `gold` or `ground_truth(s)` |
| RAGAS 0.2 on | `response`, `retrieved_contexts` | `user_input`, `reference` |
| RAGChecker | `response`, `retrieved_context` | `query`, `gt_answer`, `query_id` |
| promptfoo | `vars`, `response.output` | variables named like a question, contexts, expected answer |
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from eval.lines import Bad, as_object, numbered

Row = dict[str, Any]
PLAIN = {
    "plain": {"answer": ("answer",), "contexts": ("contexts",), "question": ("question",),
              "gold": ("gold", "ground_truth", "ground_truths")},
    "ragas": {"answer": ("response",), "contexts": ("retrieved_contexts",), "question": ("user_input",), "gold": ("reference",)},
    "ragchecker": {"answer": ("response",), "contexts": ("retrieved_context",), "question": ("query",), "gold": ("gt_answer",)},
}
KEPT = ("id", "type", "answerable", "published")
QUESTIONS = ("question", "query", "user_input", "input", "prompt", "message")
CONTEXTS = ("contexts", "context", "retrieved_contexts", "retrieved_context", "documents", "document", "source", "passages")
EXPECTED = ("gold", "expected", "expected_answer", "reference", "ground_truth", "reference_answer")
ASSERTED = ("equals", "contains", "icontains", "factuality", "answer-relevance", "context-recall", "similar")


def entries(text: str) -> Iterator[tuple[int, str, "Row | Bad"]]:
    """Number, unit ("line" or "entry") and row, or what is wrong with it, for each answer in the text of a file."""
    whole = _whole(text)
    if whole is None:
        for number, line in numbered(text):
            yield number, "line", _tried(line)
        return
    for number, row in enumerate(whole, 1):
        yield number, "entry", _normal(row)


def _tried(line: str) -> "Row | Bad":
    try:
        return _normal(as_object(line))
    except Bad as bad:
        return bad


def _whole(text: str) -> list[Any] | None:
    """The rows of a file that is one JSON value; None when it is JSON lines."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    for name in ("results", "outputs", "samples"):  # promptfoo nests "results" in "results"
        while isinstance(value, dict) and isinstance(value.get(name), (list, dict)):
            value = value[name]
    if isinstance(value, dict) and (columns := {name: cells for name, cells in value.items() if isinstance(cells, list)}):
        answers = columns.get("answer") or columns.get("response")  # a table by columns, as datasets print themselves
        if answers is not None:
            return [{name: cells[i] for name, cells in columns.items() if i < len(cells)} for i in range(len(answers))]
    return value if isinstance(value, list) else [value]


def _normal(row: Any) -> "Row | Bad":
    """A row in the plain form: answer, contexts, question, gold, and what is kept as it is."""
    if not isinstance(row, dict):
        return Bad("not a JSON object")
    if isinstance(row.get("vars"), dict) or isinstance(row.get("testCase"), dict):
        return _promptfoo(row)
    kept = {name: row[name] for name in KEPT if row.get(name) is not None}
    if "id" not in kept and row.get("query_id") is not None:
        kept["id"] = row["query_id"]
    for fields in PLAIN.values():
        if all(_first(row, fields[name]) is not None for name in ("answer", "contexts")):
            return kept | {"form": _form(row)} | {name: _first(row, names) for name, names in fields.items()}
    if _first(row, ("answer", "response")) is None:
        return Bad("no field answer (or response)")
    return Bad("no field contexts (or retrieved_contexts, retrieved_context)")


def _form(row: Mapping[str, Any]) -> str:
    if "contexts" in row:
        return "ragas" if "ground_truth" in row or "ground_truths" in row else "plain"
    return "ragas" if "retrieved_contexts" in row else "ragchecker"


def _promptfoo(row: Row) -> "Row | Bad":
    test = row.get("testCase") if isinstance(row.get("testCase"), dict) else {}
    values = row["vars"] if isinstance(row.get("vars"), dict) else test.get("vars") or {}
    response = row.get("response") if isinstance(row.get("response"), dict) else {"output": row.get("response")}
    output = response.get("output", row.get("output"))
    if not isinstance(output, str):
        return Bad(f"no answer: {row.get('error') or response.get('error') or 'response.output is missing'}")
    about = response.get("metadata") if isinstance(response.get("metadata"), dict) else {}
    contexts = _first(values, CONTEXTS) if _first(values, CONTEXTS) is not None else _first(about, CONTEXTS)
    if contexts is None:
        return Bad(f"no context among the variables; name one of them {', '.join(CONTEXTS[:3])} or {CONTEXTS[3]}")
    number = "-".join(str(row[name]) for name in ("testIdx", "promptIdx") if name in row)
    made = {"form": "promptfoo", "answer": output, "contexts": contexts, "question": _first(values, QUESTIONS) or "",
            "gold": _first(values, EXPECTED) or _asserted(test.get("assert"))}
    return made | ({"id": number} if number else {"id": row["id"]} if row.get("id") else {})


def _asserted(checks: Any) -> list[str]:
    """The answers that promptfoo's assertions expect."""
    checks = checks if isinstance(checks, list) else []
    return [check["value"] for check in checks
            if isinstance(check, dict) and check.get("type") in ASSERTED and isinstance(check.get("value"), str)]


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) is not None), None)
