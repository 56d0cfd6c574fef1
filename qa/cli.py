"""The command line: parse, one call, render, exit code. 0 answered, 1 error, 2 usage, 3 no evidence."""

import argparse
import os
import sys
from collections.abc import Sequence

from qa.errors import QAError

ANSWERED, ERROR, USAGE, NO_EVIDENCE = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments[:1] == ["eval"]:  # its own parser, the same as `python -m eval`
        from eval.__main__ import main as eval_main

        return eval_main(arguments[1:])
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help()
        return USAGE
    try:
        code = options.run(options)
        sys.stdout.flush()  # here, where a reader that has gone away can be told from a fault
        return code
    except QAError as error:
        print(f"qa: {error.message}" + (f"\n    {error.hint}" if error.hint else ""), file=sys.stderr)
        return ERROR
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at the end
        return ERROR
    except KeyboardInterrupt:
        print("qa: stopped", file=sys.stderr)
        return 130


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command; docs/cli.md is made from it."""
    parser = argparse.ArgumentParser(
        prog="qa",
        description="Answers questions over your own documents and says who says so: every sentence cited, checked, attributed and dated.",
        epilog="Exit codes: 0 answered, 1 error, 2 usage, 3 no evidence.")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_managing(commands)
    _add_asking(commands)
    _add_serving(commands)
    commands.add_parser("eval", help="run grounding evals (the same as python -m eval)", add_help=False)
    return parser


def _add_managing(commands: "argparse._SubParsersAction") -> None:
    _command(commands, "add", "add files and folders to the library", many="PATH")
    sub = _command(commands, "sync", "add a folder and remove what is no longer in it")
    sub.add_argument("folder", metavar="FOLDER")
    _command(commands, "remove", "remove documents by name or path", many="NAME")
    sub = _command(commands, "correct", "correct a document's title or date of publication by hand")
    sub.add_argument("name", metavar="NAME", help="as `qa documents` lists it")
    sub.add_argument("--title", metavar="TITLE")
    sub.add_argument("--published", metavar="DATE", help='2024, 2024-03 or 2024-03-15; "" for no date')
    _command(commands, "documents", "list the documents", docs=True).add_argument("--json", action="store_true", help="as JSON")


def _add_asking(commands: "argparse._SubParsersAction") -> None:
    sub = _command(commands, "search", "show the passages nearest to a question", docs=True)
    _add_question(sub)
    sub.add_argument("--limit", type=int, default=10, help="how many passages (default 10)")
    sub = _command(commands, "ask", "answer a question", docs=True, llm=True)
    _add_question(sub)
    sub.add_argument("--batch", metavar="FILE.jsonl", help='one question a line: {"id", "question", "history"}; one answer a line')
    sub.add_argument("--timings", action="store_true", help="with --json: include the seconds taken")
    sub = _command(commands, "chat", "ask questions one after another in the terminal", docs=True, llm=True)
    sub.add_argument("--save", metavar="FILE", help="keep the conversation in this file (.md, .html or .json); `qa verify` checks it")
    sub = _command(commands, "timeline", "list the dated statements about a topic, earliest first", docs=True)
    sub.add_argument("topic", metavar="TOPIC", nargs="?")
    sub.add_argument("--json", action="store_true", help="the records as JSON")
    sub.add_argument("--plot", metavar="FILE.svg", help="also draw it into this file")
    sub.add_argument("--since", metavar="DATE", help="only events on or after (2024, 2024-03, 2024-03-15)")
    sub.add_argument("--until", metavar="DATE", help="only events on or before")
    sub.add_argument("--document", metavar="NAME", action="append", default=[], help="only this document (repeatable)")


def _add_serving(commands: "argparse._SubParsersAction") -> None:
    sub = _command(commands, "web", "open the web page", docs=True, llm=True)
    sub.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1, this machine only)")
    sub.add_argument("--port", type=int, default=7860, help="port (default 7860)")
    sub = _command(commands, "export", "write the library's documents as JSON lines", docs=True)
    sub.add_argument("--out", metavar="FILE", help="file to write (default: standard output)")
    sub = _command(commands, "verify", "say which citations of a saved conversation still hold", docs=True)
    sub.add_argument("file", metavar="FILE", help="what the web page or `qa chat --save` wrote (Markdown, HTML, JSON), or `qa ask --json`")
    sub.add_argument("--json", action="store_true", help="as JSON")


def _command(commands: "argparse._SubParsersAction", name: str, help: str, *, many: str = "", docs: bool = False,
             llm: bool = False) -> argparse.ArgumentParser:
    """A command that `qa.commands` has a function for, with the options that such commands share."""
    sub = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
    sub.set_defaults(run=lambda options: _run(name, options))
    sub.add_argument("--library", metavar="DIR", help="the library's folder (default: QA_LIBRARY, else your data folder)")
    sub.add_argument("--embedding", metavar="NAME", help="minilm, minilm-int8, static, or package.module:Class of a llama-index embedding")
    if docs:
        sub.add_argument("--docs", metavar="PATH", nargs="+", action="extend", help="answer from these files and folders instead of the library")
    if llm:
        sub.add_argument("--llm", metavar="SPEC", help="a language model that writes the answers: ollama:MODEL, openai:MODEL, anthropic:MODEL, "
                         "openai-like:URL#MODEL, package.module:Class, or none (default: QA_LLM, else none)")
    if many:
        sub.add_argument("paths" if many == "PATH" else "names", metavar=many, nargs="+")
    return sub


def _add_question(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("question", metavar="QUESTION", nargs="?")
    sub.add_argument("--json", action="store_true", help="the records as JSON")
    sub.add_argument("--since", metavar="DATE", help="only documents published on or after (2024, 2024-03, 2024-03-15)")
    sub.add_argument("--until", metavar="DATE", help="only documents published on or before")
    sub.add_argument("--document", metavar="NAME", action="append", default=[], help="only this document (repeatable)")
    sub.add_argument("--outlet", metavar="NAME", action="append", default=[], help="only documents of this outlet (repeatable)")


def _run(name: str, options: argparse.Namespace) -> int:
    from qa import commands

    return getattr(commands, name)(options)
