"""`bench`: retrieval against public question sets and peers, and speed as ratios."""

import argparse
import json
import sys
from pathlib import Path

from eval.bench import retrieval
from eval.bench.progress import Bar
from eval.bench.sets import SETS
from eval.commands.shared import Command, write
from qa import CasesError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bench`."""
    parser.add_argument("what", choices=("retrieval",), help="retrieval: is the right passage found")
    parser.add_argument("--data", metavar="DIR", type=Path, help="folder with the public sets; retrieval needs it")
    parser.add_argument("--sets", metavar="NAME", nargs="+", choices=tuple(SETS), default=list(SETS), help=f"of {', '.join(SETS)}")
    parser.add_argument("--cache", metavar="DIR", type=Path, help="keep the vectors here, so that another run takes seconds")
    parser.add_argument("--no-peers", action="store_true", help="measure this project only")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures as JSON")
    parser.add_argument("--markdown", metavar="FILE", type=Path, help="write the tables in Markdown")


def call(arguments: argparse.Namespace) -> int:
    """Runs the benchmark, prints its tables and writes the reports asked for."""
    if not arguments.data or not arguments.data.is_dir():
        raise CasesError(f"{arguments.data} is no folder", "Give the folder with the sets as --data.")
    with Bar(sys.stderr) as bar:
        bench = retrieval.run(arguments.data, arguments.sets, cache=arguments.cache, peers=not arguments.no_peers, tell=bar.tell)
    table = retrieval.as_markdown(bench)
    for path, text in ((arguments.json, json.dumps(bench, indent=1) + "\n"), (arguments.markdown, table)):
        if path:
            write(path, text)
    print(table)
    return 0


COMMAND = Command("bench", "Measure retrieval on public sets beside its peers.", add_arguments, call)
