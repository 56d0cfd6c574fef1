"""A line in the terminal that says how far a benchmark is; elsewhere one line for each part."""

from typing import TextIO

WIDTH = 30


class Bar:
    """Writes to `stream`. Used with `with`, so that the terminal's line is ended."""

    def __init__(self, stream: TextIO):
        self._stream = stream
        self._part = ""

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_) -> None:
        if self._stream.isatty() and self._part:
            print(file=self._stream)

    def tell(self, part: str, done: int, total: int) -> None:
        """Shows that `done` of `total` steps of `part` are done."""
        if self._stream.isatty():
            filled = WIDTH * done // max(total, 1)
            print(f"\r{part:40} [{'#' * filled}{' ' * (WIDTH - filled)}] {done}/{total}\x1b[K", end="", file=self._stream, flush=True)
        elif part != self._part:
            print(part, file=self._stream, flush=True)
        self._part = part
