"""`run`: asks the questions of a case file, or takes another system's answers, and scores them."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from eval.commands.shared import Command, finish, judge_argument, print_faults, report_arguments
from eval.data import Case, choose_half, load_cases
from eval.gate import NOTHING_CHECKED, VERDICTS
from eval.given import Given, load_given
from eval.judging import Judge
from eval.lines import Fault
from eval.metrics import Sides
from eval.opinions import opinions
from eval.results import make_record
from eval.runner import Asks, Result, ask_case, case_record, planted_in
from eval.targets import target_table
from eval.traffic import Traffic, watched
from qa import CasesError, open_assistant, open_library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `run`."""
    parser.add_argument("cases", metavar="CASES", type=Path, help="JSON-lines file of cases; eval/README.md lists the fields. Or a folder of "
                        "them: NAME.jsonl is asked over the folder NAME of --docs, each over its own documents alone")
    parser.add_argument("--docs", metavar="PATH", nargs="+", required=True, help="files and folders the answers come from")
    parser.add_argument("--answers", metavar="FILE", type=Path, help="score these answers of another system instead of asking")
    parser.add_argument("--corpus", default="digests",
                        help="which of the cases' gold the documents are: digests (default), articles, or another name the file uses")
    parser.add_argument("--half", choices=("even", "odd", "all"), default="all", help="even: cases to tune on; odd: cases to report")
    parser.add_argument("--library", metavar="DIR",
                        help="folder of the library; what it holds already is searched too (default: a temporary one)")
    parser.add_argument("--targets", action="store_true", help="print what the project set out to reach beside what was measured")
    judge_argument(parser)
    report_arguments(parser)


def call(arguments: argparse.Namespace) -> int:
    """Builds a library over the documents, asks every case, prints the table and the failures, and applies the thresholds."""
    judge = Judge(arguments.judge) if arguments.judge else None
    asked = _files(arguments)
    results, faults = [], []
    with watched() as traffic:
        for path, docs in asked:
            with _folder(arguments.library) as folder:
                some, wrong = _results(arguments, path, docs, folder, traffic)
            twice = {result.case.id for result in results} & {result.case.id for result in some}
            if twice:
                raise CasesError(f"id {min(twice)!r} in {path} stands in an earlier file too", "Give every case of the folder an id of its own.")
            results += some
            faults += wrong
        cases = [case_record(result) for result in results]
        shown = [[scored.shown for scored in result.statements] for result in results]
        judged = opinions(judge, cases, shown, traffic) if judge else None
    if not results:
        print("nothing to check: no document, or no case in this half", file=sys.stderr)
        print(f"verdict: {VERDICTS[NOTHING_CHECKED]} (exit code {NOTHING_CHECKED})")
        return NOTHING_CHECKED
    timings = {result.case.id: result.seconds for result in results}
    record = make_record("run", cases, faults=faults, traffic=traffic, timings=timings if arguments.timings else None, judged=judged)
    if arguments.targets:
        print(target_table(record))
    return finish(arguments, record, seconds=[] if arguments.answers else list(timings.values()))


def _files(arguments: argparse.Namespace) -> list[tuple[Path, list[Path]]]:
    """Each file of cases with the documents that it is asked over."""
    if arguments.cases.is_file():
        return [(arguments.cases, arguments.docs)]
    files = sorted(arguments.cases.glob("*.jsonl")) if arguments.cases.is_dir() else []
    if not files:
        raise CasesError(f"{arguments.cases} is no file of cases and no folder of such files", "Give a JSON-lines file of cases, or a folder of them.")
    if arguments.library or arguments.answers or len(arguments.docs) > 1:
        raise CasesError("Several files of cases go with one folder of documents, without --library and --answers",
                         "Give one of the files, or only --docs FOLDER.")
    pairs = [(path, [Path(arguments.docs[0]) / path.stem]) for path in files]
    for path, (docs,) in pairs:
        if not docs.is_dir():
            raise CasesError(f"{docs} is no folder", f"Put the documents of {path.name} there.")
    return pairs


def _folder(library: str | None) -> AbstractContextManager[str]:
    return nullcontext(library) if library else tempfile.TemporaryDirectory(prefix="qa-eval-", ignore_cleanup_errors=True)


def _results(arguments: argparse.Namespace, path: Path, docs: Sequence[Path], folder: str,
             traffic: Traffic) -> tuple[Sequence[Result], Sequence[Fault]]:
    with open_library(folder) as library:
        for refused in library.add(docs).refused:
            print(f"not added: {refused.source}: {refused.error}", file=sys.stderr)
        texts = {document.name: document.text for document in library.documents()}
        if not texts:
            return (), ()
        cases, faults = load_cases(path, texts, corpus=arguments.corpus, strict=arguments.strict)
        print_faults(path, faults)
        cases, planted = choose_half(cases, arguments.half), planted_in(cases)
        if arguments.answers:
            answers, wrong = load_given(arguments.answers, texts, strict=arguments.strict)
            print_faults(arguments.answers, wrong)
            return _asked(cases, Given(answers, [case.id for case in cases]), texts, Traffic(), planted), (*faults, *wrong)
        return _asked(cases, open_assistant(library), texts, traffic, planted), faults


def _asked(cases: Sequence[Case], assistant: Asks, texts: dict[str, str], traffic: Traffic, planted: Sequence[Sides]) -> list[Result]:
    """The results; each answer that a language model made is counted."""
    results = []
    for case in cases:
        results.append(ask_case(case, assistant, texts, planted=planted))
        answer = results[-1].answer
        traffic.llm_calls += answer is not None and (answer.model != "extractive" or answer.usage.answer_tokens > 0)
    return results


COMMAND = Command("run", "Ask every question of CASES over the documents and score the answers.", add_arguments, call)
