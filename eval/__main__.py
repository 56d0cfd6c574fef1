"""The eval harness on the command line: `python -m eval run CASES --docs PATH…`.

Exit codes: 0 passed, 1 a gate failed, 2 bad input, 3 nothing that could be checked.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from eval import report
from eval.data import choose_half, load_cases
from eval.runner import Result, rows, run
from qa import CasesError, QAError, open_assistant, open_library

PASSED, FAILED, BAD_INPUT, NOTHING_CHECKED = 0, 1, 2, 3


class Command(NamedTuple):
    """A subcommand: its name, its line of help, what adds its arguments, and what runs it and returns the exit code."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    call: Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one subcommand and returns its exit code. An error of the project is printed with its hint: code 2."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="Checks answers against cases whose answers are known.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        subparser = commands.add_parser(command.name, help=command.help, description=command.help)
        command.add_arguments(subparser)
        subparser.set_defaults(call=command.call)
    chosen = parser.parse_args(arguments)
    try:
        return chosen.call(chosen)
    except QAError as error:
        print(f"error: {error.message}", *([error.hint] if error.hint else []), sep="\n", file=sys.stderr)
        return BAD_INPUT


def run_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `run`."""
    parser.add_argument("cases", metavar="CASES", type=Path, help="JSON-lines file of cases; eval/README.md lists the fields")
    parser.add_argument("--docs", metavar="PATH", nargs="+", required=True, help="files and folders the answers come from")
    parser.add_argument("--corpus", default="digests",
                        help="which of the cases' gold the documents are: digests (default) or articles")
    parser.add_argument("--half", choices=("even", "odd", "all"), default="all", help="even: cases to tune on; odd: cases to report")
    parser.add_argument("--library", metavar="DIR",
                        help="folder of the library; what it holds already is searched too (default: a temporary one)")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the results as JSON, the same from run to run")
    parser.add_argument("--timings", action="store_true", help="put the seconds into the JSON too")
    parser.add_argument("--min-overlap", metavar="SHARE", type=_share, help="fail below this share of answerable cases that cite gold")
    parser.add_argument("--min-declined", metavar="SHARE", type=_share, help="fail below this share of unanswerable cases declined")
    parser.add_argument("--strict", action="store_true", help="stop when a line of CASES cannot be used")


def run_command(arguments: argparse.Namespace) -> int:
    """Builds a library over the documents, asks every case, prints the table and the failures, and applies the gates."""
    if arguments.library:
        results = _results(arguments, Path(arguments.library))
    else:
        with tempfile.TemporaryDirectory(prefix="qa-eval-", ignore_cleanup_errors=True) as folder:
            results = _results(arguments, Path(folder))
    if not results:
        print("nothing to check: no document, or no case in this half", file=sys.stderr)
        return NOTHING_CHECKED
    print(report.table(results))
    print(report.failures(results) or "every case passed\n", end="")
    if arguments.json:
        _write(arguments.json, report.as_json(results, timings=arguments.timings))
    return gate(results, min_overlap=arguments.min_overlap, min_declined=arguments.min_declined)


def gate(results: Sequence[Result], *, min_overlap: float | None = None, min_declined: float | None = None) -> int:
    """The exit code for results; each gate that fails is printed.

    A printed citation that does not hold and an error while asking always fail. Asked for a share that no case can
    show (no answerable case, no unanswerable one), there is nothing to check.
    """
    overall = rows(results)[-1]
    wanted = [("cites gold", overall.overlap_share, min_overlap), ("declined", overall.declined_share, min_declined)]
    failed = [f"{name}: {share:.3f}, at least {least} asked" for name, share, least in wanted
              if least is not None and share is not None and share < least]
    failed += [f"{overall.false} printed citations do not hold"] if overall.false else []
    failed += [f"{overall.errors} questions could not be asked"] if overall.errors else []
    for line in failed:
        print(f"gate failed: {line}")
    if failed:
        return FAILED
    unchecked = [name for name, share, least in wanted if least is not None and share is None]
    for name in unchecked:
        print(f"no case to check: {name}", file=sys.stderr)
    return NOTHING_CHECKED if unchecked else PASSED


def _results(arguments: argparse.Namespace, folder: Path) -> tuple[Result, ...]:
    if not arguments.cases.is_file():
        raise CasesError(f"{arguments.cases} is no file", "Give a JSON-lines file of cases.")
    with open_library(folder) as library:
        for refused in library.add(arguments.docs).refused:
            print(f"not added: {refused.source}: {refused.error}", file=sys.stderr)
        texts = {document.name: document.text for document in library.documents()}
        if not texts:
            return ()
        cases, faults = load_cases(arguments.cases, texts, corpus=arguments.corpus, strict=arguments.strict)
        for fault in faults:
            print(f"{arguments.cases}:{fault.line}: {fault.reason}", file=sys.stderr)
        return run(choose_half(cases, arguments.half), open_assistant(library), texts)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CasesError(f"{path} cannot be written: {error}", "Give a file in a folder that exists.") from error


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


COMMANDS = (
    Command("run", "Ask every question of CASES over the documents and score the answers.", run_arguments, run_command),
)


if __name__ == "__main__":
    sys.exit(main())
