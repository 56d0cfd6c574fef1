"""`selftest`: how far the grounding check itself can be trusted."""

import argparse
from pathlib import Path

from eval.commands.shared import Command
from eval.selftest import HALVES, main


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `selftest`."""
    parser.add_argument("--data", metavar="DIR", type=Path, required=True, help="folder whose grounding/ holds the sets as JSON lines")
    parser.add_argument("--half", choices=HALVES, default="all", help="even: rows the rules were tuned on; odd: rows for reporting")
    parser.add_argument("--sets", metavar="NAME", nargs="+", help="only these sets, by file name without .jsonl")
    parser.add_argument("--json", metavar="FILE", type=Path,
                        help="write the figures as JSON; in eval/results/selftest.json every report repeats them")


COMMAND = Command("selftest", "Measure the grounding check itself on public sets of claims.", add_arguments, main)
