"""An answer in the colours of a terminal: whose voice a line is, and where sources differ. Without colour it is the plain text."""

import os
import sys
from collections.abc import Mapping
from typing import TextIO

from qa.records import Answer, Statement, Voice
from qa.render import around_answer, differing, marked, printable, to_text

RESET, BOLD, FAINT = "\x1b[0m", "\x1b[1m", "\x1b[2m"
DIFFER = "\x1b[1;33m"
VOICES: dict[Voice, str] = {"named": "\x1b[36m", "document": "", "unnamed": "\x1b[35m"}
"""Cyan for a named speaker, the terminal's own colour for the document, magenta where nobody is named."""
HEADINGS = ("Sources", "Related, does not answer")


def wanted(stream: TextIO | None = None, environment: Mapping[str, str] | None = None) -> bool:
    """Whether `stream` (standard output unless given) is a terminal that shows colour and the user has not refused it (`NO_COLOR`, any value
    but the empty one, see https://no-color.org)."""
    environment = os.environ if environment is None else environment
    stream = sys.stdout if stream is None else stream
    return stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def to_terminal(answer: Answer, *, colour: bool) -> str:
    """`to_text`, each line in the colour of what it is. Nothing from a document can add a colour: control characters are gone before."""
    text = to_text(answer)
    if not colour:
        return text
    styles = {printable(marked(statement)): VOICES[statement.voice] for statement in answer.statements}
    styles |= {printable(differing(disagreement, answer.statements)): DIFFER for disagreement in answer.disagreements}
    styles |= {printable(answer.lead): BOLD} if answer.lead else {}
    styles |= dict.fromkeys(HEADINGS, BOLD)
    answering = {printable(marked(statement)): _place_of_answer(statement) for statement in answer.statements if statement.answering}
    return "\n".join(_painted(line, styles, answering.get(line)) for line in text.split("\n"))


def _place_of_answer(statement: Statement) -> tuple[int, int]:
    """Where in the printed line the words that answer stand: its first and last character, exclusive."""
    before, words, _ = map(printable, around_answer(statement))
    return len(before), len(before) + len(words)


def _painted(line: str, styles: Mapping[str, str], bold: tuple[int, int] | None = None) -> str:
    style = styles.get(line, FAINT if line.startswith("  [") or line.startswith("(searched for: ") else "")
    if bold and bold[0] < bold[1]:
        before, words, after = line[: bold[0]], line[bold[0] : bold[1]], line[bold[1] :]
        line = f"{before}{BOLD}{words}{RESET}{style}{after}"
        return f"{style}{line}{RESET}"
    return f"{style}{line}{RESET}" if style and line else line
