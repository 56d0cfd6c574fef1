"""The subcommands of `python -m eval`, each in a file of its own, listed here and nowhere else."""

from eval.commands import bench, check, diff, explain, gate, llm, mutate, nulls, ramdocs, run, selftest, speakers
from eval.commands.shared import Command

COMMANDS: tuple[Command, ...] = (run.COMMAND, check.COMMAND, gate.COMMAND, diff.COMMAND, explain.COMMAND, mutate.COMMAND, selftest.COMMAND,
                                 bench.COMMAND, llm.COMMAND, ramdocs.COMMAND, nulls.COMMAND, speakers.COMMAND)
