"""`gate`: results against thresholds."""

import argparse
from pathlib import Path

from eval.commands.shared import Command, threshold
from eval.gate import chosen, judge, read_config
from eval.reports.markdown import traffic_line
from eval.results import load_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `gate`."""
    parser.add_argument("results", metavar="RESULTS", type=Path, help="what --json of run, check or mutate wrote")
    parser.add_argument("--config", metavar="FILE", type=Path,
                        help="thresholds in the table [tool.qa-eval.gate] (default: pyproject.toml here, if there is one)")
    parser.add_argument("--min", metavar="FIGURE=SHARE", type=threshold, action="append", default=[],
                        help="at least this share (0 to 1) of a figure, or of FIGURE/TYPE; may be given again, wins over the file")


def call(arguments: argparse.Namespace) -> int:
    """Prints each threshold and how it was met, and the verdict."""
    record = load_record(arguments.results)
    here = Path("pyproject.toml")
    path = arguments.config or (here if here.is_file() else None)
    judgement = judge(record, chosen(record["kind"], arguments.min, read_config(path, record["kind"]) if path else None))
    for fault in record["faults"]:
        print(f"{fault['unit']} {fault['line']} could not be used: {fault['reason']}")
    for line in (*judgement.lines, traffic_line(record), judgement.verdict):
        print(line)
    return judgement.code


COMMAND = Command("gate", "Fail when results are below the thresholds of pyproject.toml or of flags.", add_arguments, call)
