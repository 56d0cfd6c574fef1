"""`ramdocs`: are all right answers shown where documents contradict each other, and every wrong one as its document's alone."""

import argparse
import sys
import tempfile
from pathlib import Path

from eval import ramdocs
from eval.commands.shared import Command
from eval.reports.markdown import share
from qa import CasesError, open_library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `ramdocs`."""
    parser.add_argument("--data", metavar="DIR", type=Path, required=True, help="folder that holds ramdocs/questions.jsonl")
    parser.add_argument("--half", choices=("even", "odd", "all"), default="all", help="even: rows to tune on; odd: rows to report")
    parser.add_argument("--most", metavar="N", type=int, help="only the first N questions")
    parser.add_argument("--failures", action="store_true", help="list the questions of which a right answer is missing")


def call(arguments: argparse.Namespace) -> int:
    """Asks every question over its own documents and prints the figures."""
    path = arguments.data / "ramdocs" / "questions.jsonl"
    if not path.is_file():
        raise CasesError(f"{path} is no file", "Give the folder that holds ramdocs/questions.jsonl.")
    with tempfile.TemporaryDirectory(prefix="qa-ramdocs-", ignore_cleanup_errors=True) as folder:
        documents = Path(folder) / "documents"
        documents.mkdir()
        questions = ramdocs.load(path, documents, half=arguments.half)[: arguments.most]
        with open_library(Path(folder) / "library") as library:
            library.add([documents / name for name in sorted({name for question in questions for name, _ in question.documents})])
            shown = ramdocs.run(questions, library, tell=tell)
    print("| figure | measured |\n|---|---:|")
    for name, (part, whole) in ramdocs.figures(shown).items():
        print(f"| {name} | {share(part, whole)} |")
    print(f"published strict score: {ramdocs.PUBLISHED_STRICT} %")
    if arguments.failures:
        print("\n".join(f"{one.id}: {one.gold} of {one.of}" for one in shown if not one.all_gold))
    return 0


def tell(done: int, total: int) -> None:
    """Prints how far a run is, every 25 questions."""
    if done % 25 == 0 or done == total:
        print(f"{done} of {total}", file=sys.stderr)


COMMAND = Command("ramdocs", "Ask RAMDocs' questions over contradicting documents and count what is shown.", add_arguments, call)
