"""Runs the retrieval benchmark: every system on every set, figures by half, as JSON and as a Markdown table."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.bench.cache import CachedEmbedder, cached
from eval.bench.sets import Set, load_set
from eval.bench.systems import System, opened
from qa.embedding import open_embedder
from qa.settings import Settings, from_environment

HALVES = ("even", "odd", "all")
TARGETS = {"chroma_chunking": "recall 94.5 with IoU 4.5; 90 with 8.0", "lihua": "Single 80, Multi 72", "qed": "MRR 94", "seeds": "one 98"}
PUBLISHED = "chroma_chunking, 5 passages: 91.9 with 3.9 (GPT-4o chunker and a large embedding), 91.3 with 4.5, 87.3 with 8.0 (clusters)"

Bench = dict[str, Any]
Tell = Callable[[str, int, int], None]


def run(data: Path, names: Sequence[str], *, cache: Path | None, peers: bool = True, tell: Tell | None = None) -> Bench:
    """The figures of the sets named: {"sets": {set: {system: {measure: {half: percent}}}}}, with the settings they were made with
    (those of the environment: QA_EMBEDDING=static measures the static vectors).

    `tell` is called with what is being done, how much of it is done and of how much. Raises CasesError for a set that is not there.
    """
    settings = from_environment()
    embedder = cached(open_embedder(settings), cache)
    try:
        sets = {name: _measured(load_set(name, data), settings, embedder, peers=peers, tell=tell) for name in names}
    finally:
        embedder.close()
    return {"kind": "retrieval", "embedding": embedder.name, "passage_tokens": settings.passage_tokens,
            "meaning_weight": settings.meaning_weight, "sets": sets}


def _measured(one: Set, settings: Settings, embedder: CachedEmbedder, *, peers: bool, tell: Tell | None) -> dict[str, Any]:
    tell = tell or (lambda *_: None)
    tell(f"{one.name}: indexing", 0, 1)
    embedder.embed([question.text for question in one.questions])  # all at once is quicker
    with opened(one.texts, settings, embedder, excerpts=one.wanted == 5, peers=peers) as systems:
        figures = {}
        for system in systems:
            tell(f"{one.name}: {system.name}", 0, len(one.questions))
            figures[system.name] = _figures(one, system, tell)
    return {"documents": len(one.texts), "questions": len(one.questions), "systems": figures}


def _figures(one: Set, system: System, tell: Tell) -> dict[str, dict[str, float]]:
    """Means in %, by measure and half. Each measure counts the questions that have it."""
    rows: list[tuple[int, Mapping[str, float]]] = []
    for position, question in enumerate(one.questions):
        found = list(system.find(question.text, one.wanted))
        passages = {"passages": len(found) / 100, "characters": sum(place.end - place.start for place in found) / 100}
        rows.append((question.number, question.score(found) | (passages if one.wanted == 5 else {})))
        if position % 10 == 9:
            tell(f"{one.name}: {system.name}", position + 1, len(one.questions))
    measures = list(dict.fromkeys(name for _, row in rows for name in row))
    return {name: {half: _mean(rows, name, half) for half in HALVES} for name in measures}


def _mean(rows: Sequence[tuple[int, Mapping[str, float]]], name: str, half: str) -> float:
    values = [row[name] for number, row in rows if name in row and (half == "all" or number % 2 == (half == "odd"))]
    return round(100 * float(np.mean(values)), 2) if values else 0.0


def as_markdown(bench: Bench) -> str:
    """One table a set: a line for each system, the figures of even, odd and all questions."""
    lines = ["# Retrieval", "", f"Embedding {bench['embedding']}, passages up to {bench['passage_tokens']} tokens, the same settings for all sets. "
             "Figures in %, of even / odd / **all** questions; settings were chosen on even ones.", "", f"Published: {PUBLISHED}.", ""]
    for name, one in bench["sets"].items():
        measures = list(next(iter(one["systems"].values())))
        target = f" To reach: {TARGETS[name]}." if name in TARGETS else ""
        lines += [f"## {name}", "", f"{one['documents']} documents, {one['questions']} questions.{target}", "",
                  "| System | " + " | ".join(measures) + " |", "|---" * (len(measures) + 1) + "|"]
        for system, figures in one["systems"].items():
            lines.append(f"| {system} | " + " | ".join(_cell(measure, figures[measure]) for measure in measures) + " |")
        lines.append("")
    return "\n".join(lines)


def _cell(measure: str, figure: Mapping[str, float]) -> str:
    if measure in ("passages", "characters"):
        return f"{figure['all']:.{1 if measure == 'passages' else 0}f}"
    return " / ".join(f"**{figure[half]:.1f}**" if half == "all" else f"{figure[half]:.1f}" for half in HALVES)
