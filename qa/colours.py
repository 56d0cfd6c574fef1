"""An answer in the colours of a terminal: whose voice a line is, and where sources differ. Without colour it is the plain text."""

import os
import sys
from collections.abc import Mapping
from typing import TextIO

from qa.records import Answer, Voice
from qa.render import differing, marked, printable, to_text

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
    return "\n".join(_painted(line, styles) for line in text.split("\n"))


def _painted(line: str, styles: Mapping[str, str]) -> str:
    style = styles.get(line, FAINT if line.startswith("  [") or line.startswith("(searched for: ") else "")
    return f"{style}{line}{RESET}" if style and line else line
