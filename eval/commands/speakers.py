"""`speakers`: does attribution name the right one for sentences that somebody says?"""

import argparse
from collections import Counter
from pathlib import Path

from eval import speakers
from eval.commands.shared import Command
from eval.gate import NOTHING_CHECKED


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `speakers`."""
    parser.add_argument("cases", metavar="CASES", type=Path, help="JSON-lines file of cases, or a folder of them: NAME.jsonl goes with the "
                        "folder NAME of --docs")
    parser.add_argument("--docs", metavar="DIR", type=Path, required=True, help="folder of the documents, or of a folder for each file of cases")
    parser.add_argument("--half", choices=("even", "odd", "all"), default="all",
                        help="every second file of a folder CASES in the order of their names; even: to tune on; odd: to report")


def call(arguments: argparse.Namespace) -> int:
    """Attributes every gold sentence of the who_said cases and prints how many come out in each way."""
    judged = [one for path, docs in speakers.pairs(arguments.cases, arguments.docs, half=arguments.half) for one in speakers.run(path, docs)]
    counts = Counter(one.outcome for one in judged)
    for outcome in speakers.OUTCOMES:
        print(f"{outcome:<10} {counts[outcome]:5} of {len(judged)}")
    return 0 if judged else NOTHING_CHECKED


COMMAND = Command("speakers", "Compare whom attribution names for the gold sentences of who_said cases with whom they expect.", add_arguments, call)
