"""A progress bar in the terminal, with throughput and the time that remains; silent where there is no terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from qa.records import Progress


@contextmanager
def progress_bar() -> Iterator:
    """Yields the `on_progress` to hand to a library; None when standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:9}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[speed]}"),
               TimeElapsedColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def on_progress(progress: Progress) -> None:
            if progress.stage not in tasks:
                tasks[progress.stage] = bar.add_task(progress.stage, total=progress.total, speed="")
            speed = f"{progress.done / progress.seconds:.0f}/s" if progress.seconds > 0.5 else ""
            bar.update(tasks[progress.stage], completed=progress.done, total=progress.total, speed=speed)

        yield on_progress
