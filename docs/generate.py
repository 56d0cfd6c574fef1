"""Writes what the documentation takes from the program: commands, settings, errors, records, and what commands print.

    python docs/generate.py            brings README.md and docs/*.md up to date
    python docs/generate.py --check    changes nothing; exit code 1 when a page is out of date

A page says what it wants between two comments, `<!-- generated: NAME ARGUMENTS -->` and `<!-- end -->`; what stands between
them is replaced. NAME is a function of `SECTIONS`.
"""

import argparse
import inspect
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path

import qa
from eval.__main__ import COMMANDS as EVAL_COMMANDS
from qa import errors as error_tree
from qa.cli import build_parser
from qa.cli import main as run_command
from qa.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
_SECTION = re.compile(r"(<!-- generated: (\w+) ?([^\n]*?) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> int:
    """Writes the pages that have changed, or with --check only names them; 1 when there are such pages and they were left."""
    parser = argparse.ArgumentParser(description="Brings the generated parts of the documentation up to date.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when a page is out of date")
    check = parser.parse_args().check
    stale = 0
    for path in pages():
        before = path.read_text(encoding="utf-8")
        after = updated(before)
        if after != before:
            stale += 1
            print(f"{path.relative_to(ROOT)} {'is out of date' if check else 'written'}")
            if not check:
                path.write_text(after, encoding="utf-8")
    return 1 if check and stale else 0


def pages() -> list[Path]:
    """Every page of the documentation, the README first."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def updated(page: str) -> str:
    """The page with each generated section made anew. Raises KeyError for a section that nothing makes."""
    return _SECTION.sub(lambda found: f"{found[1]}{SECTIONS[found[2]](*shlex.split(found[3])).strip()}\n{found[4]}", page)


def settings() -> str:
    """A table of the settings: variable, type, default, and the words of the docstring of Settings."""
    names = [field.name for field in fields(Settings)]
    parts = re.split(rf"`({'|'.join(names)})`", _line(inspect.getdoc(Settings)))
    said = {name: text.strip().rstrip(".;,").removeprefix("is ") for name, text in zip(parts[1::2], parts[2::2], strict=True)}
    rows = [(f"`{field.name}`", f"`{PREFIX}{field.name.upper()}`", field.type.__name__, f"`{field.default}`", said[field.name])
            for field in fields(Settings)]
    return _table(("setting", "variable", "type", "default", "meaning"), rows)


def errors() -> str:
    """The error tree as drawn in qa.errors, then a table of the classes."""
    tree = inspect.getdoc(error_tree).split("\n\n")[1]
    rows = [(f"`{error.__name__}`", f"`{error.__base__.__name__}`", "yes" if error.retryable else "no", _line(inspect.getdoc(error)))
            for error in _below(error_tree.QAError)]
    return f"```text\n{inspect.cleandoc(tree)}\n```\n\n" + _table(("error", "is a", "retryable", "meaning"), rows)


def _below(error: type) -> Iterator[type]:
    for child in error.__subclasses__():
        if child.__module__ == error_tree.__name__:
            yield child
            yield from _below(child)


def records() -> str:
    """Each public record: its docstring and its fields with types and defaults."""
    found = [getattr(qa, name) for name in qa.__all__ if is_dataclass(getattr(qa, name)) and name != "Settings"]
    return "\n\n".join(f"### `{record.__name__}`\n\n{inspect.getdoc(record)}\n\n{_fields(record)}" for record in found)


def _fields(record: type) -> str:
    def default(field) -> str:
        return "" if field.default is MISSING else f" = {field.default!r}"

    def kind(field) -> str:
        return re.sub(r"\b(?:qa\.records|datetime|typing)\.", "", inspect.formatannotation(field.type))

    return "```text\n" + "\n".join(f"{field.name}: {kind(field)}{default(field)}" for field in fields(record)) + "\n```"


def commands() -> str:
    """Every command of `qa`, those of `qa eval` included, with its arguments."""
    choices = _subcommands(build_parser())
    listed = {action.dest: action.help for action in choices._choices_actions}
    parts = [_command(f"qa {name}", parser, listed[name]) for name, parser in choices.choices.items() if name != "eval"]
    for command in EVAL_COMMANDS:
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        parts.append(_command(f"qa eval {command.name}", parser, f"{command.help} The same as `python -m eval {command.name}`."))
    return "\n\n".join(parts)


def _subcommands(parser: argparse.ArgumentParser) -> argparse._SubParsersAction:
    return next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))


def _command(name: str, parser: argparse.ArgumentParser, about: str) -> str:
    arguments = [action for action in parser._actions if not action.option_strings]
    options = [action for action in parser._actions if action.option_strings and "--help" not in action.option_strings]
    usage = " ".join([name, *(["[OPTION…]"] if options else []), *map(_positional, arguments)])
    rows = [(f"`{_spelled(action)}`", action.help or "") for action in (*arguments, *options) if action.help]
    return f"## {name}\n\n{about[0].upper()}{about[1:].rstrip('.')}.\n\n    {usage}\n\n" + _table(("argument", "meaning"), rows)


def _positional(action: argparse.Action) -> str:
    name = action.metavar or action.dest
    return {"+": f"{name}…", "?": f"[{name}]"}.get(action.nargs, name)


def _spelled(action: argparse.Action) -> str:
    if not action.option_strings:
        return _positional(action)
    value = "|".join(action.choices) if action.choices else action.metavar or action.dest.upper()
    return action.option_strings[0] if action.nargs == 0 else f"{action.option_strings[0]} {value}{'…' if action.nargs == '+' else ''}"


def output(*arguments: str) -> str:
    """What `qa ARGUMENTS` prints for somebody without a library, in the checkout's folder."""
    printed = io.StringIO()
    with _nobody(), redirect_stdout(printed), redirect_stderr(printed):
        run_command(arguments)
    return f"```text\n{printed.getvalue().rstrip()}\n```"


@contextmanager
def _nobody() -> Iterator[None]:
    """Runs in the checkout with a new data folder, and with a new cache folder unless `QA_CACHE` names one."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="qa-docs-") as folder, chdir(ROOT):
        for name in [name for name in os.environ if name.startswith(PREFIX) and name != "QA_CACHE"]:
            del os.environ[name]
        os.environ.update({"XDG_DATA_HOME": folder, "QA_CACHE": before.get("QA_CACHE", folder)})
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def _line(text: str) -> str:
    return " ".join(text.split())


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


SECTIONS: dict[str, Callable[..., str]] = {
    "commands": commands, "settings": settings, "errors": errors, "records": records, "output": output,
}

if __name__ == "__main__":
    sys.exit(main())
