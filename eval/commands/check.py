"""`check`: scores finished answers from anywhere."""

import argparse
import time
from pathlib import Path

from eval.answers import load_answers
from eval.checking import Shown
from eval.commands.shared import Command, finish, judge_argument, print_faults, report_arguments
from eval.judging import Judge
from eval.opinions import opinions
from eval.results import answer_record, make_record
from eval.traffic import watched


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `check`."""
    parser.add_argument("file", metavar="FILE", type=Path,
                        help="question, answer and contexts as JSON lines or JSON; RAGAS, RAGChecker and promptfoo files are recognised")
    judge_argument(parser)
    report_arguments(parser)


def call(arguments: argparse.Namespace) -> int:
    """Checks every answer sentence by sentence against its contexts, then asks the judge where one is named."""
    judge = Judge(arguments.judge) if arguments.judge else None
    answers, faults = load_answers(arguments.file, strict=arguments.strict)
    print_faults(arguments.file, faults)
    cases, timings = [], {}
    with watched() as traffic:
        for finished in answers:
            began = time.perf_counter()
            cases.append(answer_record(finished))
            timings[finished.id] = time.perf_counter() - began
        shown = [[Shown(text=statement["text"], contexts=finished.contexts, published=finished.published) for statement in case["statements"]]
                 for finished, case in zip(answers, cases, strict=True)]
        judged = opinions(judge, cases, shown, traffic) if judge else None
    record = make_record("check", cases, faults=faults, traffic=traffic, timings=timings if arguments.timings else None, judged=judged)
    return finish(arguments, record, seconds=list(timings.values()))


COMMAND = Command("check", "Score finished answers (question, answer, contexts) from anywhere, sentence by sentence.", add_arguments, call)
