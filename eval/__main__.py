"""The eval harness on the command line: `python -m eval COMMAND …`, the same as `qa eval COMMAND …`.

Exit codes: 0 passed, 1 a gate failed, 2 bad input, 3 nothing that could be checked. The subcommands are listed in `eval.commands`.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from eval.commands import COMMANDS
from eval.gate import BAD_INPUT, FAILED, VERDICTS
from qa import QAError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one subcommand and returns its exit code. An error of the project is printed with its hint: code 2."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="Checks answers without a language model.",
                                     epilog="Exit codes: 0 passed, 1 gate failed, 2 bad input, 3 nothing checkable.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        subparser = commands.add_parser(command.name, help=command.help, description=command.help)
        command.add_arguments(subparser)
        subparser.set_defaults(call=command.call)
    chosen = parser.parse_args(arguments)
    try:
        code = chosen.call(chosen)
        sys.stdout.flush()  # here, where a reader that has gone away can be told from a fault
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at the end
        return FAILED
    except QAError as error:
        print(f"error: {error.message}", *([error.hint] if error.hint else []), sep="\n", file=sys.stderr)
        print(f"verdict: {VERDICTS[BAD_INPUT]} (exit code {BAD_INPUT})")
        return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
