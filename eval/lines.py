"""Files of JSON lines: read, split at line feeds only, each line an object or a fault with its number."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa import CasesError


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a line of a file was not used. `line` counts from 1; where a file is one JSON value, it counts its entries and `unit` says so."""

    line: int
    reason: str
    unit: str = "line"

    def __str__(self) -> str:
        return f"{self.unit} {self.line}: {self.reason}"


class Bad(Exception):
    """What is wrong with one line; becomes a Fault."""


def read_text(path: str | Path) -> str:
    """The text of a UTF-8 file, without a byte-order mark. Raises CasesError when it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"{path} cannot be read: {error}", "Give a JSON-lines file in UTF-8.") from error


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Number and text of each line that is not blank. Only a line feed ends a line: others may stand inside a JSON string."""
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def as_object(line: str) -> dict[str, Any]:
    """The line as a JSON object. Raises Bad when it is anything else."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Bad(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise Bad("not a JSON object")
    return row


def none_usable(path: str | Path, faults: list[Fault]) -> CasesError:
    """The error for a file of which nothing, or with `strict` not everything, could be used."""
    listed = "; ".join(map(str, faults)) or "it has no lines"
    return CasesError(f"{path}: {listed}", "Correct these lines; eval/README.md lists the fields.")
