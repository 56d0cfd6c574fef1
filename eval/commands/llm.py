"""`llm`: how much of what a language model gets wrong is shown, with scripted models."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from eval.commands.shared import Command, print_faults, write
from eval.data import choose_half, load_cases
from eval.gate import FAILED, NOTHING_CHECKED, PASSED, VERDICTS
from eval.llm import MODELS, Tally, record, run, table
from qa import open_library

LEAKED, LOST = 0.05, 0.05
"""The most that may be released of what the sloppy model spoils, by kind, and withheld of what the faithful one writes."""
NEVER = ("marker", "quote")
"""Kinds of which nothing may be released."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `llm`."""
    parser.add_argument("cases", metavar="CASES", type=Path, help="JSON-lines file of cases, whose questions are asked")
    parser.add_argument("--docs", metavar="PATH", nargs="+", required=True, help="files and folders the answers come from")
    parser.add_argument("--corpus", default="digests", help="which of the cases' gold the documents are: digests (default) or another name")
    parser.add_argument("--half", choices=("even", "odd", "all"), default="all", help="even: cases to tune on; odd: cases to report")
    parser.add_argument("--models", choices=MODELS, nargs="+", default=MODELS, help="only these scripted models")
    parser.add_argument("--seed", type=int, default=0, help="another seed writes other answers (default 0)")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures as JSON, the same from run to run")
    parser.add_argument("--show", action="store_true", help="print each line that leaked, and each right one that was withheld")


def call(arguments: argparse.Namespace) -> int:
    """Asks every case with every scripted model and prints the table. 1 when more leaks or is lost than allowed."""
    with tempfile.TemporaryDirectory(prefix="qa-eval-", ignore_cleanup_errors=True) as folder, open_library(folder) as library:
        for refused in library.add(arguments.docs).refused:
            print(f"not added: {refused.source}: {refused.error}", file=sys.stderr)
        texts = {document.name: document.text for document in library.documents()}
        cases, faults = load_cases(arguments.cases, texts, corpus=arguments.corpus)
        print_faults(arguments.cases, faults)
        tallies = run(choose_half(cases, arguments.half), library, models=arguments.models, seed=arguments.seed)
    if arguments.json:
        write(arguments.json, json.dumps(record(tallies), indent=2) + "\n")
    if arguments.show:
        print("\n".join(f"{tally.model} {what}: {line}" for tally in tallies for what, lines in (("leaked", tally.leaks), ("lost", tally.lost))
                        for line in lines))
    print(table(tallies))
    code = _code(tallies)
    print(f"verdict: {VERDICTS[code]} (exit code {code})")
    return code


def _code(tallies: list[Tally]) -> int:
    if not any(tally.judged for tally in tallies):
        return NOTHING_CHECKED
    leaked = any(count[0] > (0 if kind in NEVER else LEAKED * count[1]) for tally in tallies for kind, count in tally.corrupted.items())
    lost = any(tally.faithful[1] - tally.faithful[0] > LOST * tally.faithful[1] for tally in tallies if tally.model == "faithful")
    return FAILED if leaked or lost else PASSED


COMMAND = Command("llm", "Ask scripted language models that lie, and say how much of it is shown.", add_arguments, call)
