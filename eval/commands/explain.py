"""`explain`: one case with its verdicts."""

import argparse
from pathlib import Path

from eval.commands.shared import Command
from eval.explain import explain
from eval.gate import PASSED
from eval.results import load_record
from qa.render import printable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `explain`."""
    parser.add_argument("id", metavar="ID", help="id of a case")
    parser.add_argument("results", metavar="RESULTS", type=Path, help="what --json of run, check or mutate wrote")
    parser.add_argument("--width", metavar="COLUMNS", type=int, default=120, help="how wide to print (default 120)")


def call(arguments: argparse.Namespace) -> int:
    """Prints the case: each statement beside its source, the difference in ‹ ›, and the problems."""
    print(printable(explain(load_record(arguments.results), arguments.id, width=max(arguments.width, 40))), end="")
    return PASSED


COMMAND = Command("explain", "Show one case: each verdict with its evidence and problems, answer beside source.", add_arguments, call)
