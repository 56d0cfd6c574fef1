"""`diff`: what changed between two results."""

import argparse
from pathlib import Path

from eval.commands.shared import Command
from eval.diff import changes, render
from eval.gate import FAILED, PASSED, VERDICTS
from eval.results import load_record
from qa import CasesError
from qa.render import printable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `diff`."""
    parser.add_argument("before", metavar="A", type=Path, help="results as --json wrote them")
    parser.add_argument("after", metavar="B", type=Path, help="later results of the same command")
    parser.add_argument("--no-worse", action="store_true", help="fail when a case that passed in A does not pass in B")


def call(arguments: argparse.Namespace) -> int:
    """Prints what changed, case by case."""
    before, after = load_record(arguments.before), load_record(arguments.after)
    if before["kind"] != after["kind"]:
        kinds = f"{arguments.before} is of {before['kind']}, {arguments.after} of {after['kind']}"
        raise CasesError(kinds, "Compare results of one command.")
    print(printable(render(before, after)), end="")
    worse = any(change.how == "worse" for change in changes(before, after))
    code = FAILED if arguments.no_worse and worse else PASSED
    print(f"verdict: {VERDICTS[code]} (exit code {code})")
    return code


COMMAND = Command("diff", "List what changed between two results, case by case.", add_arguments, call)
