"""Another system's answers to the questions of a case file, read so that they are scored like the assistant's.

A line has `id` and one of
- what `qa ask --batch --json` prints (`status`, `text`, `statements`),
- `statements`: a list of `{"text", "citations", "speaker", "said_on"}`,
- `answer`: a text with markers [1], [2] … that count the entries of `citations`, a list of the line's own.
A citation is `{"document", "quote"}` or `{"document", "start", "end"}`. `status` may be given; without it an answer without a
statement that says anything is a refusal.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.lines import Bad, Fault, as_object, none_usable, numbered, read_text
from eval.refusals import declines
from qa import Answer, Citation, Disagreement, QAError, Statement
from qa.language.sentences import split_sentences

STATUSES = ("answered", "no_evidence", "no_documents", "false_premise")
_MARKERS = re.compile(r"\s*\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]")


class Given:
    """Answers from a file in the place of an assistant: `ask` gives the answer of the case that is next."""

    def __init__(self, answers: Mapping[str, Answer], ids: Sequence[str]):
        self._answers, self._ids = answers, iter(ids)

    def ask(self, question: str, *, history: Sequence[Any] = ()) -> Answer:
        """The answer given for the next case. Raises QAError when the file has none."""
        name = next(self._ids)
        if name not in self._answers:
            raise QAError(f"no answer to {name!r} in the file")
        return self._answers[name]


def load_given(path: Path, texts: Mapping[str, str], *, strict: bool = False) -> tuple[dict[str, Answer], tuple[Fault, ...]]:
    """The usable answers by case id, and the lines left out with the reason. `texts` are the documents by name.

    Raises CasesError when the file cannot be read, has no usable line, or, with `strict`, has any fault.
    """
    answers: dict[str, Answer] = {}
    faults = []
    for number, line in numbered(read_text(path)):
        try:
            row = as_object(line)
            name = row.get("id")
            if isinstance(name, bool) or not isinstance(name, (str, int)):
                raise Bad(f"id is {name!r}, not a text")
            if str(name) in answers:
                raise Bad(f"id {str(name)!r} stands on an earlier line too")
            answers[str(name)] = _answer(row, texts)
        except Bad as bad:
            faults.append(Fault(line=number, reason=str(bad)))
    if not answers or (strict and faults):
        raise none_usable(path, faults)
    return answers, tuple(faults)


def _answer(row: Mapping[str, Any], texts: Mapping[str, str]) -> Answer:
    if isinstance(row.get("statements"), list):
        statements = tuple(_statement(entry, texts) for entry in row["statements"])
    elif isinstance(row.get("answer", row.get("response")), str):
        statements = _sentences(row.get("answer", row.get("response")), row.get("citations", []), texts)
    else:
        raise Bad("neither statements (a list) nor answer (a text)")
    status = row.get("status") or ("answered" if any(not declines(s.text) for s in statements) else "no_evidence")
    if status not in STATUSES:
        raise Bad(f"status is {status!r}, not one of {', '.join(STATUSES)}")
    text = row.get("text") or row.get("answer") or row.get("response") or " ".join(statement.text for statement in statements)
    printed = statements if status == "answered" else ()
    model = row.get("model") if isinstance(row.get("model"), str) else "extractive"
    return Answer(question=str(row.get("question", "")), searched_for="", status=status, text=str(text), statements=printed,
                  disagreements=_disagreements(row.get("disagreements", []), len(printed)), model=model)


def _statement(entry: Any, texts: Mapping[str, str]) -> Statement:
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        raise Bad("a statement needs a text")
    citations = entry.get("citations", [])
    if not isinstance(citations, list):
        raise Bad("the citations of a statement are not a list")
    made = tuple(_citation(citation, number, texts) for number, citation in enumerate(citations, 1))
    speaker, said_on = (entry.get(name) or "" for name in ("speaker", "said_on"))
    if not isinstance(speaker, str) or not isinstance(said_on, str):
        raise Bad("speaker and said_on of a statement are texts")
    return Statement(text=entry["text"], citations=made, voice="named" if speaker else "unnamed", speaker=speaker, said_on=said_on)


def _sentences(text: str, citations: Any, texts: Mapping[str, str]) -> tuple[Statement, ...]:
    """The sentences of an answer, each with the citations that its markers count."""
    if not isinstance(citations, list):
        raise Bad("citations is not a list")
    made = [_citation(citation, number, texts) for number, citation in enumerate(citations, 1)]
    statements = []
    for start, end in split_sentences(text):
        sentence = text[start:end]
        numbers = [int(number) for group in _MARKERS.findall(sentence) for number in group.split(",")]
        if unknown := [number for number in numbers if not 1 <= number <= len(made)]:
            raise Bad(f"the marker [{unknown[0]}] has no citation")
        cited = tuple(made[number - 1] for number in dict.fromkeys(numbers))
        if plain := _MARKERS.sub("", sentence).strip():
            statements.append(Statement(text=plain, citations=cited, voice="unnamed"))
    return tuple(statements)


def _citation(entry: Any, number: int, texts: Mapping[str, str]) -> Citation:
    """A citation with both its quote and its place; a quote that is not in the document gets a place that shows it to be false."""
    if not isinstance(entry, dict):
        raise Bad("a citation is not an object")
    name = entry.get("name") or entry.get("document")
    if not isinstance(name, str):
        raise Bad("a citation needs a document")
    quote, start, end = (entry.get(key) for key in ("quote", "start", "end"))
    text = texts.get(name, "")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end:
        quote = quote if isinstance(quote, str) else text[start:end]
    elif isinstance(quote, str) and quote.strip():
        found = re.search(r"\s+".join(map(re.escape, quote.split())), text)
        start, end = found.span() if found else (0, 0)
        quote = found.group() if found else quote
    else:
        raise Bad("a citation needs a quote, or start and end")
    return Citation(marker=number, document=name, name=name, source=name, start=start, end=end, quote=quote,
                    verified=bool(entry.get("verified", True)))


def _disagreements(entries: Any, statements: int) -> tuple[Disagreement, ...]:
    """The disagreements that point at statements of this answer."""
    found = []
    for entry in entries if isinstance(entries, list) else []:
        sides = entry.get("sides") if isinstance(entry, dict) else None
        if isinstance(sides, list) and all(_points(side, statements) for side in sides):
            found.append(Disagreement(about=str(entry.get("about", "")), sides=tuple(map(tuple, sides)), how=str(entry.get("how", ""))))
    return tuple(found)


def _points(side: Any, statements: int) -> bool:
    return isinstance(side, list) and all(isinstance(index, int) and 0 <= index < statements for index in side)
