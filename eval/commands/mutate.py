"""`mutate`: makes hard negatives, and says how many are caught."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.answers import Finished, load_answers
from eval.commands.shared import Command, finish, print_faults, report_arguments, write
from eval.data import load_cases
from eval.lines import Fault
from eval.mutate import Negative, from_case, judged, negatives, sides_left_out
from eval.poison import asked
from eval.results import Record, make_record
from eval.traffic import watched
from qa import Refused
from qa.open import library_over


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `mutate`."""
    parser.add_argument("file", metavar="FILE", type=Path, help="finished answers as for check, or with --docs a case file as for run")
    parser.add_argument("--docs", metavar="PATH", nargs="+", help="the documents of a case file")
    parser.add_argument("--corpus", default="digests", help="which of the cases' gold the documents are: digests (default) or articles")
    parser.add_argument("--seed", type=int, default=0, help="another seed makes other negatives (default 0)")
    parser.add_argument("--out", metavar="FILE", type=Path, help="write the negatives as JSON lines, as `check` reads them")
    report_arguments(parser)


def call(arguments: argparse.Namespace) -> int:
    """Makes the negatives, checks each, prints the share caught by kind."""
    with watched() as traffic:
        answers, sides, faults = _input(arguments)
        print_faults(arguments.file, faults)
        made, kept = negatives(answers, seed=arguments.seed)
        cases = [judged(negative) for negative in made] + sides
    if arguments.out:
        write(arguments.out, "".join(json.dumps(_line(negative), ensure_ascii=False) + "\n" for negative in made))
    record = make_record("mutate", cases, faults=faults, traffic=traffic, also={"kept": list(kept)})
    return finish(arguments, record)


def _input(arguments: argparse.Namespace) -> tuple[Sequence[Finished], list[Record], Sequence[Fault]]:
    """The answers to change, the records of what only a case file allows (a side left out, an order obeyed), and the faults."""
    if not arguments.docs:
        answers, faults = load_answers(arguments.file, strict=arguments.strict)
        return answers, [], faults
    with library_over(arguments.docs, on_refused=_print_refused) as library:
        texts = {document.name: document.text for document in library.documents()}
    cases, faults = load_cases(arguments.file, texts, corpus=arguments.corpus, strict=arguments.strict)
    records = sides_left_out(cases, texts) + asked(cases, texts, seed=arguments.seed)
    return [answer for case in cases if (answer := from_case(case, texts))], records, faults


def _print_refused(refused: Refused) -> None:
    print(f"not added: {refused.source}: {refused.error}", file=sys.stderr)


def _line(negative: Negative) -> Record:
    finished = negative.finished
    line = {"id": finished.id, "type": negative.kind, "question": finished.question, "answer": finished.answer,
            "contexts": [{"name": context.name, "text": context.text} for context in finished.contexts], "before": negative.before}
    return line | ({"published": finished.published.isoformat()} if finished.published else {})


COMMAND = Command("mutate", "Make right statements wrong (figures, dates, speakers, …) and say how many are caught.", add_arguments, call)
