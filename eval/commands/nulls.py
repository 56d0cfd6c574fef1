"""`nulls`: are questions that the documents do not answer told from those they do."""

import argparse
import tempfile
from pathlib import Path

from eval import nulls
from eval.commands.ramdocs import tell
from eval.commands.shared import Command
from qa import CasesError, open_library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `nulls`."""
    parser.add_argument("--data", metavar="DIR", type=Path, required=True, help="folder that holds lihua/docs and lihua/questions.jsonl")
    parser.add_argument("--half", choices=("even", "odd", "all"), default="all", help="even: rows to tune on; odd: rows to report")
    parser.add_argument("--library", metavar="DIR", type=Path, help="keep the library here, so that another run takes seconds")


def call(arguments: argparse.Namespace) -> int:
    """Scores every question and prints the AUROC of the answered against the Null ones."""
    folder = arguments.data / "lihua"
    if not (folder / "questions.jsonl").is_file():
        raise CasesError(f"{folder} has no questions.jsonl", "Give the folder that holds lihua/questions.jsonl.")
    with tempfile.TemporaryDirectory(prefix="qa-nulls-", ignore_cleanup_errors=True) as made:
        with open_library(arguments.library or made) as library:
            library.add([folder / "docs"])
            scored = nulls.run(folder / "questions.jsonl", library, half=arguments.half, tell=tell)
    null = sum(one.type == "Null" for one in scored)
    print(f"AUROC of {len(scored) - null} answered against {null} Null questions: {nulls.separation(scored):.3f}")
    return 0


COMMAND = Command("nulls", "Tell LiHua-World's unanswered questions from its answered ones.", add_arguments, call)
