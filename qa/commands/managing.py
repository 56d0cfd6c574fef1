"""The commands that fill a library, correct it and tell what it holds."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence

from qa import render
from qa.cli import ANSWERED, ERROR
from qa.commands.options import counted, opened, own, print_refused, usage, write
from qa.progress import progress_bar
from qa.records import Added, Document


def add(options: Namespace) -> int:
    with own(options, create=True) as library, progress_bar() as on_progress:
        report = library.add(options.paths, on_progress=on_progress)
    return _report(report)


def sync(options: Namespace) -> int:
    with own(options, create=True) as library, progress_bar() as on_progress:
        report = library.sync(options.folder, on_progress=on_progress)
    return _report(report)


def remove(options: Namespace) -> int:
    with own(options) as library:
        return _report(library.remove(*options.names))


def correct(options: Namespace) -> int:
    """Sets what --title and --published say; prints the document as `qa documents` does."""
    if options.title is None and options.published is None:
        return usage("correct needs --title, --published or both")
    with own(options) as library:
        _print_document(library.correct(options.name, title=options.title, published=options.published))
    return ANSWERED


def documents(options: Namespace) -> int:
    with opened(options) as library:
        found = library.documents()
    if options.json:
        rows = [{k: v for k, v in render.to_jsonable(d).items() if k not in ("text", "skipped", "page_starts")} for d in found]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return ANSWERED
    for document in found:
        _print_document(document)
    print(counted(found), file=sys.stderr)
    return ANSWERED


def _print_document(d: Document) -> None:
    by_hand = f"{' and '.join(d.corrected)} corrected" if d.corrected else ""
    about = ", ".join(part for part in (d.outlet, d.kind if d.kind != "unknown" else "", by_hand) if part)
    line = f"{render.date_text(d.published, d.published_precision):10}  {d.name}  {d.title}" + (f" ({about})" if about else "")
    print(render.printable(line))


def export(options: Namespace) -> int:
    """A line a document; `qa add` reads the file back."""
    with opened(options) as library:
        lines = [json.dumps(render.to_jsonable(document), ensure_ascii=False) for document in library.documents()]
    text = "".join(line + "\n" for line in lines)
    if options.out:
        write(options.out, text, option="--out")
        print(f"{counted(lines)} written to {options.out}", file=sys.stderr)
    else:
        sys.stdout.write(text)
    return ANSWERED


def _report(report: Added) -> int:
    for refused in report.refused:
        print_refused(refused)
    counts: Sequence[tuple[str, tuple]] = (("added", report.added), ("replaced", report.replaced), ("unchanged", report.unchanged),
                                           ("removed", report.removed), ("refused", report.refused))
    print(", ".join(f"{len(items)} {label}" for label, items in counts if items) or "nothing to do")
    changed = report.added or report.replaced or report.unchanged or report.removed
    return ERROR if report.refused and not changed else ANSWERED
