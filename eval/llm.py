"""How much of what a language model gets wrong is shown, with scripted models in its place (see `eval.scripted`).

Every case is asked with every scripted model over its own HTTP server. Of each line that was written it is looked up whether it was
released: lines that were spoiled should not be, lines that were not should.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

import qa.generating.writing as writing
from eval.data import Case
from eval.results import Record
from eval.scripted import Line, Scripted
from qa import Answer, StatementReady, open_assistant
from qa.library import Library
from qa.testing import ModelServer

MODELS = ("faithful", "sloppy", "hostile")


@dataclass(slots=True)
class Tally:
    """What came of one scripted model. `corrupted` and `faithful` are (released, of how many), the first by kind; `leaks` are lines that
    should not have been released, `lost` right ones that were not, with the reason. Times are in seconds."""

    model: str
    corrupted: dict[str, list[int]] = field(default_factory=dict)
    faithful: list[int] = field(default_factory=lambda: [0, 0])
    complete: list[int] = field(default_factory=lambda: [0, 0])
    leaks: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    judged: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)


def run(cases: Sequence[Case], library: Library, *, models: Sequence[str] = MODELS, seed: int = 0) -> list[Tally]:
    """A tally for each scripted model, over all cases."""
    return [_with_model(model, cases, library, seed) for model in models]


def _with_model(model: str, cases: Sequence[Case], library: Library, seed: int) -> Tally:
    script, tally = Scripted(model, seed), Tally(model=model)
    with ModelServer(script) as server, _timed(tally.judged):
        assistant, plain = open_assistant(library, llm=server.spec), open_assistant(library, llm="none")
        for case in cases:
            script.clear()
            began = time.perf_counter()
            for event in assistant.stream(case.question):
                if isinstance(event, StatementReady) and event.index == 0:
                    tally.first.append(time.perf_counter() - began)
            _score(tally, script, event.answer, plain.ask(case.question) if model == "hostile" else None)
    return tally


@contextmanager
def _timed(seconds: list[float]) -> Iterator[None]:
    """Notes how long each sentence is judged before it is released or withheld."""
    real = writing.judge

    def judge(*arguments):
        began = time.perf_counter()
        try:
            return real(*arguments)
        finally:
            seconds.append(time.perf_counter() - began)

    writing.judge = judge
    try:
        yield
    finally:
        writing.judge = real


def _score(tally: Tally, script: Scripted, answer: Answer, plain: Answer | None) -> None:
    """Complete: every right sentence was released in the end; of a hostile model, the answer is the one given without a model."""
    reasons = {withheld.statement.text[:200]: withheld.reason for withheld in answer.withheld}
    for line in script.written:
        released = _released(line, answer)
        count = tally.corrupted.setdefault(line.wrong, [0, 0]) if line.wrong else tally.faithful
        count[0] += released
        count[1] += 1
        if line.wrong and released:
            tally.leaks.append(f"{line.wrong}: {line} | right: {line.right}")
        if not line.wrong and not released:
            tally.lost.append(f"{line} | {reasons.get(line.text[:200], 'not judged')}")
    if plain is not None:
        whole = [s.text for s in answer.statements] == [s.text for s in plain.statements]
    else:
        whole = all(any(statement.text.endswith(right) for statement in answer.statements) for right in script.rights)
    if script.rights or plain is not None:
        tally.complete[0] += whole
        tally.complete[1] += 1


def _released(line: Line, answer: Answer) -> bool:
    """Whether a statement has the line's sentence, and cites its quote from the very passage that its marker names."""
    if not 0 < line.marker <= len(answer.hits):
        return any(statement.text.endswith(line.text) for statement in answer.statements) and line.wrong not in ("marker", "quote", "unmarked")
    passage = answer.hits[line.marker - 1].passage
    return any(statement.text.endswith(line.text) and citation.document == passage.document_id
               and passage.start <= citation.start and citation.end <= passage.end and _bare(citation.quote) == _bare(line.quote)
               for statement in answer.statements for citation in statement.citations)


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .…,;:")


def record(tallies: Sequence[Tally]) -> Record:
    """The tallies as plain values, without times: the same from run to run."""
    return {tally.model: {"corrupted_released": dict(sorted(tally.corrupted.items())), "faithful_released": tally.faithful,
                          "complete": tally.complete} for tally in tallies}


def table(tallies: Sequence[Tally]) -> str:
    """The table in Markdown: what was released and withheld, by model and kind, and what the gate costs in time."""
    rows = [("model", "kind", "corrupted", "released", "right sentences withheld", "answers complete", "gate ms median / 95 %", "first statement s")]
    for tally in tallies:
        released, of = (sum(count[n] for count in tally.corrupted.values()) for n in (0, 1))
        rows.append((tally.model, "all", str(of), _share(released, of), _share(tally.faithful[1] - tally.faithful[0], tally.faithful[1]),
                     _share(*tally.complete), f"{1000 * median(tally.judged):.1f} / {1000 * _high(tally.judged):.1f}" if tally.judged else "–",
                     f"{median(tally.first):.2f}" if tally.first else "–"))
        rows += [("", kind, str(count[1]), _share(*count), "", "", "", "") for kind, count in sorted(tally.corrupted.items())]
    rows.insert(1, ("---",) * len(rows[0]))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else "–"


def _high(seconds: Sequence[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(0.95 * len(seconds)))]
