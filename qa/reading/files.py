"""Finding the files in folders and bringing one into memory, within a limit."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa.errors import UnreadableDocument, UnsupportedDocument
from qa.reading.formats import refuse_unsupported
from qa.records import Refused


def find_files(paths: Sequence[str | Path]) -> Iterator[Path | Refused]:
    """The files at `paths`, folders walked to their ends, each file once, in sorted order within a folder.

    Hidden files and folders are skipped unless named in `paths`. Symbolic links are followed, but no folder is walked
    twice. What cannot be added (a missing path, a kind that is not read, a folder that may not be opened, a pipe)
    comes back as a Refused record in its place.
    """
    seen: set[tuple[int, int]] = set()
    for path in [paths] if isinstance(paths, str | Path) else paths:
        yield from _walk(Path(path), seen)


def _walk(top: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Refused]:
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            if stat.S_ISDIR(status.st_mode):
                children = sorted(entry.name for entry in os.scandir(path) if not entry.name.startswith("."))
                waiting += [path / child for child in reversed(children)]
            elif not stat.S_ISREG(status.st_mode):
                yield Refused(source=str(path), error=f"{path} is neither a file nor a folder", hint="Add files and folders.")
            else:
                refuse_unsupported(path.name)
                yield path
        except UnsupportedDocument as error:
            yield Refused(source=str(path), error=error.message, hint=error.hint)
        except (OSError, ValueError) as error:
            refused = _explained(path, error)
            yield Refused(source=str(path), error=refused.message, hint=refused.hint)


def load(path: Path, *, max_mb: int) -> bytes:
    """The bytes of a file; raises UnreadableDocument where it is missing, no file, not allowed or larger than `max_mb`."""
    limit = max_mb * 1_000_000
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableDocument(f"{path} is not a file", "Add files and folders.")
        if status.st_size > limit:
            raise too_large(str(path), status.st_size, max_mb)
        with path.open("rb") as file:
            data = file.read(limit + 1)  # it may have grown since
    except (OSError, ValueError) as error:
        raise _explained(path, error) from None
    if len(data) > limit:
        raise too_large(str(path), len(data), max_mb)
    return data


def too_large(name: str, size: int, max_mb: int) -> UnreadableDocument:
    """The error for a file over the limit."""
    return UnreadableDocument(f"{name} has {size / 1e6:.1f} MB, the limit is {max_mb} MB", "Raise QA_MAX_FILE_MB or split the file.")


def _explained(path: Path, error: OSError | ValueError) -> UnreadableDocument:
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return UnreadableDocument(f"{path} is a link to a file that is not there", "Mend or remove the link.")
        if str(path).startswith(("http:/", "https:/")):
            return UnreadableDocument(f"{path} is a web address", "Save the page as a file and add that.")
        return UnreadableDocument(f"{path} does not exist", "Check the path.")
    if isinstance(error, PermissionError):
        return UnreadableDocument(f"{path} may not be read", "Change its permissions and add it again.")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnreadableDocument(f"{str(path)[:300]!r} cannot be read: {reason}", "Check the path.")
