"""`bench`: retrieval against public question sets and peers, and speed as ratios."""

import argparse
import json
import sys
from pathlib import Path

from eval.bench import retrieval, speed
from eval.bench.progress import Bar
from eval.bench.sets import SETS
from eval.commands.shared import Command, write
from qa import CasesError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bench`."""
    parser.add_argument("what", choices=("retrieval", "speed"),
                        help="retrieval: is the right passage found; speed: times as ratios, with made-up documents")
    parser.add_argument("--data", metavar="DIR", type=Path, help="folder with the public sets; retrieval needs it")
    parser.add_argument("--sets", metavar="NAME", nargs="+", choices=tuple(SETS), default=list(SETS), help=f"of {', '.join(SETS)}")
    parser.add_argument("--cache", metavar="DIR", type=Path, help="keep the vectors here, so that another run takes seconds")
    parser.add_argument("--no-peers", action="store_true", help="measure this project only")
    parser.add_argument("--sizes", metavar="N", nargs="+", type=int, default=list(speed.SIZES), help="speed: how many passages (1000 10000 100000)")
    parser.add_argument("--clock", choices=tuple(speed.CLOCKS), default="wall", help="speed: cpu on a machine that others use too")
    parser.add_argument("--plot", metavar="FILE", type=Path, help="speed: draw the growth as a PNG")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures as JSON")
    parser.add_argument("--markdown", metavar="FILE", type=Path, help="write the tables in Markdown")


def call(arguments: argparse.Namespace) -> int:
    """Runs the benchmark, prints its tables and writes the reports asked for."""
    with Bar(sys.stderr) as bar:
        bench, table = (_retrieval if arguments.what == "retrieval" else _speed)(arguments, bar)
    for path, text in ((arguments.json, json.dumps(bench, indent=1) + "\n"), (arguments.markdown, table)):
        if path:
            write(path, text)
    print(table)
    return 0


def _retrieval(arguments: argparse.Namespace, bar: Bar) -> tuple[dict, str]:
    if not arguments.data or not arguments.data.is_dir():
        raise CasesError(f"{arguments.data} is no folder", "Give the folder with the sets as --data.")
    bench = retrieval.run(arguments.data, arguments.sets, cache=arguments.cache, peers=not arguments.no_peers, tell=bar.tell)
    return bench, retrieval.as_markdown(bench)


def _speed(arguments: argparse.Namespace, bar: Bar) -> tuple[dict, str]:
    bench = speed.run(sorted(arguments.sizes), clock=arguments.clock, tell=bar.tell)
    if arguments.plot:
        speed.plot(bench["growth"], arguments.plot)
    return bench, speed.as_markdown(bench)


COMMAND = Command("bench", "Measure retrieval on public sets beside its peers, or speed.", add_arguments, call)
