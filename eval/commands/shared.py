"""What the subcommands share: their shape, the options for reports and thresholds, and how an eval ends."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from eval.gate import chosen, judge
from eval.lines import Fault
from eval.reports.junit import as_junit
from eval.reports.judge import judge_lines
from eval.reports.markdown import as_markdown, checker_line, failures, problem_table, table, times, traffic_line
from eval.reports.page import as_page
from eval.results import Record, as_json
from qa import CasesError
from qa.render import printable


class Command(NamedTuple):
    """A subcommand: its name, its line of help, what adds its arguments, and what runs it and returns the exit code."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    call: Callable[[argparse.Namespace], int]


def report_arguments(parser: argparse.ArgumentParser) -> None:
    """The options for thresholds and reports, the same for run, check and mutate."""
    parser.add_argument("--min", metavar="FIGURE=SHARE", type=threshold, action="append", default=[],
                        help="fail below this share (0 to 1) of a figure, or of FIGURE/TYPE; may be given again")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the results as JSON, the same from run to run")
    parser.add_argument("--timings", action="store_true", help="put the seconds into the JSON too")
    parser.add_argument("--junit", metavar="FILE", type=Path, help="write JUnit XML")
    parser.add_argument("--markdown", metavar="FILE", type=Path, help="write a summary in Markdown")
    parser.add_argument("--html", metavar="FILE", type=Path, help="write one HTML page with the failing cases beside their sources")
    parser.add_argument("--strict", action="store_true", help="stop when a line of the input cannot be used")


def judge_argument(parser: argparse.ArgumentParser) -> None:
    """The option for a language model beside the check, of run and check."""
    parser.add_argument("--judge", metavar="SPEC", help="ask a language model too whether the sources say each sentence, named as for "
                        "`qa ask --llm`; reported beside the check, changes no figure and no exit code")


def threshold(text: str) -> tuple[str, float]:
    """FIGURE=SHARE as a pair. Raises argparse.ArgumentTypeError for anything else."""
    name, _, share = text.partition("=")
    try:
        value = float(share)
    except ValueError:
        value = -1.0
    if not name or not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not FIGURE=SHARE with a share from 0 to 1")
    return name, value


def finish(arguments: argparse.Namespace, record: Record, *, seconds: Sequence[float] = ()) -> int:
    """Writes the reports asked for, prints the summary, and returns the exit code that the printed verdict names."""
    judgement = judge(record, chosen(record["kind"], arguments.min))
    for path, text in ((arguments.json, as_json(record)), (arguments.junit, as_junit(record)),
                       (arguments.markdown, as_markdown(record, verdict=judgement.verdict)),
                       (arguments.html, as_page(record, verdict=judgement.verdict))):
        if path:
            write(path, text)
    parts = [table(record), problem_table(record), failures(record) or "no case failed\n", *judge_lines(record)]
    print(printable("\n".join(part for part in parts if part)))
    for line in (*filter(None, [times(seconds)]), traffic_line(record), checker_line(record), record["digest"], *judgement.lines):
        print(line)
    print(judgement.verdict)
    return judgement.code


def print_faults(path: Path, faults: Sequence[Fault]) -> None:
    """Each line that could not be used, on the error output."""
    for fault in faults:
        where = f"{path}:{fault.line}" if fault.unit == "line" else f"{path}, {fault.unit} {fault.line}"
        print(f"{where}: {printable(fault.reason)}", file=sys.stderr)


def write(path: Path, text: str) -> None:
    """Writes a report; a lone surrogate becomes its JSON escape. Raises CasesError when that cannot be done."""
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise CasesError(f"{path} cannot be written: {error}", "Give a file in a folder that exists.") from error
