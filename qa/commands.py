"""What each command of the CLI does; imported only once a command runs, so that `qa --help` is quick."""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa import colours, render
from qa.cli import ANSWERED, ERROR, NO_EVIDENCE, USAGE
from qa.errors import CasesError, LibraryUnavailable, QAError, SettingsError
from qa.language.dates import last_day, parse_date
from qa.open import library_over, open_assistant, open_library, own_library, sample_documents
from qa.progress import progress_bar
from qa.records import Added, Answer, Document, Filters, Refused, Turn
from qa.settings import from_environment

if TYPE_CHECKING:
    from qa.library import Library


def add(options: Namespace) -> int:
    with _own(options, create=True) as library, progress_bar() as on_progress:
        report = library.add(options.paths, on_progress=on_progress)
    return _report(report)


def sync(options: Namespace) -> int:
    with _own(options, create=True) as library, progress_bar() as on_progress:
        report = library.sync(options.folder, on_progress=on_progress)
    return _report(report)


def remove(options: Namespace) -> int:
    with _own(options) as library:
        return _report(library.remove(*options.names))


def correct(options: Namespace) -> int:
    """Sets what --title and --published say; prints the document as `qa documents` does."""
    if options.title is None and options.published is None:
        return _usage("correct needs --title, --published or both")
    with _own(options) as library:
        _print_document(library.correct(options.name, title=options.title, published=options.published))
    return ANSWERED


def documents(options: Namespace) -> int:
    with _opened(options) as library:
        found = library.documents()
    if options.json:
        rows = [{k: v for k, v in render.to_jsonable(d).items() if k not in ("text", "skipped", "page_starts")} for d in found]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return ANSWERED
    for document in found:
        _print_document(document)
    print(_counted(found), file=sys.stderr)
    return ANSWERED


def _print_document(d: Document) -> None:
    by_hand = f"{' and '.join(d.corrected)} corrected" if d.corrected else ""
    about = ", ".join(part for part in (d.outlet, d.kind if d.kind != "unknown" else "", by_hand) if part)
    line = f"{render.date_text(d.published, d.published_precision):10}  {d.name}  {d.title}" + (f" ({about})" if about else "")
    print(render.printable(line))


def search(options: Namespace) -> int:
    question = _question(options)
    if not question:
        return _usage("search needs a QUESTION")
    if options.limit < 1:
        return _usage(f"--limit is {options.limit}; use 1 or more")
    with _opened(options) as library:
        hits = library.search(question, options.limit, _filters(options))
        names = {document: name for document, name, _ in library.titles()}
    if options.json:
        print(json.dumps(render.to_jsonable(hits), ensure_ascii=False, indent=2))
    else:
        for hit in hits:
            place = f"{names[hit.passage.document_id]}, characters {hit.passage.start}–{hit.passage.end} ({hit.found_by})"
            print(render.printable(f"{hit.score:.3f}  {place}\n       {' '.join(hit.passage.text.split())[:200]}"))
    return ANSWERED if hits else NO_EVIDENCE


def ask(options: Namespace) -> int:
    question = _question(options)
    if bool(question) == bool(options.batch):
        return _usage("ask needs a QUESTION or --batch FILE.jsonl")
    filters = _filters(options)
    if options.batch:
        return _ask_batch(options, filters)
    with _opened(options) as library:
        answer = open_assistant(library).ask(question, filters=filters)
    print(render.to_json(answer, timings=options.timings) if options.json else colours.to_terminal(answer, colour=colours.wanted()))
    return ANSWERED if answer.statements else NO_EVIDENCE  # a false premise is corrected with what the documents say


def _ask_batch(options: Namespace, filters: Filters) -> int:
    """One answer a line; a bad line is reported on its own line and does not stop the others. Blank lines are passed over."""
    bad = 0
    with _opened(options) as library:
        assistant = open_assistant(library)
        for number, case, fault in _batch(options.batch):
            if fault:
                bad += 1
                print(f"qa: {options.batch}, line {number}: {fault}", file=sys.stderr)
                print(json.dumps({"line": number, "error": fault}, ensure_ascii=False), flush=True)
                continue
            answer = assistant.ask(case["question"], [Turn(**turn) for turn in case.get("history") or ()], filters)
            print(render.to_json(answer, indent=None, timings=options.timings, id=case.get("id", number)), flush=True)
    return ERROR if bad else ANSWERED


def _batch(file: str) -> Iterator[tuple[int, dict, str]]:
    """Number, case and fault ("" for none) of each line that is not blank."""
    try:
        lines = Path(file).read_text(encoding="utf-8-sig").split("\n")  # other line ends may stand inside a JSON string
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"{file} cannot be read: {error}", "Give a UTF-8 file with one JSON object a line.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            fault = _fault(case)
        except (ValueError, RecursionError) as error:
            case, fault = {}, f"not JSON: {error}"
        yield number, case, fault


def _fault(case) -> str:
    if not isinstance(case, dict) or not isinstance(case.get("question"), str) or not case["question"].strip():
        return 'no "question"'
    history = case.get("history") or []
    turns = isinstance(history, list) and all(
        isinstance(t, dict) and t.keys() == {"role", "text"} and t["role"] in ("user", "assistant") and isinstance(t["text"], str)
        for t in history)
    return "" if turns else '"history" is not a list of {"role": "user" or "assistant", "text"}'


def chat(options: Namespace) -> int:
    """Reads questions until an empty line or the end of the input; the conversation is the history."""
    from qa import transcripts
    from qa.telling import tell

    history: list[Turn] = []
    answers: list[Answer] = []
    if options.save:
        transcripts.format_of(options.save)  # said before, not after the conversation
    with _opened(options) as library:
        assistant = open_assistant(library)
        print(f"{_counted(library.documents())}. Ask a question; an empty line ends.", file=sys.stderr)
        while question := _next_question():
            answer = tell(assistant, question, history)
            history += [Turn(role="user", text=question), Turn(role="assistant", text=answer.text)]
            answers.append(answer)
        if options.save:
            _write(options.save, transcripts.write(answers, library, transcripts.format_of(options.save)), option="--save")
            print(f"kept in {options.save}", file=sys.stderr)
    return ANSWERED


def _next_question() -> str:
    try:
        return input("? ").strip()
    except EOFError:
        return ""


def timeline(options: Namespace) -> int:
    """Dated statements about a topic, earliest first; with --plot also as a drawing."""
    from qa import timelines

    if options.topic is None and options.docs and len(options.docs) > 1 and not os.path.exists(options.docs[-1]):
        options.topic = options.docs.pop()
    topic = (options.topic or "").strip()
    if not topic:
        return _usage("timeline needs a TOPIC")
    since, until = (_date(option, text) for option, text in (("--since", options.since), ("--until", options.until)))
    with _opened(options) as library:
        found = timelines.timeline(library, topic, Filters(documents=tuple(options.document)), since=since and since[0],
                                   until=until and last_day(*until))
    if options.plot:
        _write(options.plot, timelines.to_svg(topic, found), option="--plot")
        print(f"drawn into {options.plot}", file=sys.stderr)
    print(timelines.to_json(topic, found) if options.json else timelines.to_text(topic, found))
    return ANSWERED if found else NO_EVIDENCE


def web(options: Namespace) -> int:
    from qa.web import serve

    with _opened(options) as library:
        serve(open_assistant(library), host=options.host, port=options.port,
              password=os.environ.get("QA_WEB_PASSWORD", ""))
    return ANSWERED


def export(options: Namespace) -> int:
    """A line a document; `qa add` reads the file back."""
    with _opened(options) as library:
        lines = [json.dumps(render.to_jsonable(document), ensure_ascii=False) for document in library.documents()]
    text = "".join(line + "\n" for line in lines)
    if options.out:
        _write(options.out, text, option="--out")
        print(f"{_counted(lines)} written to {options.out}", file=sys.stderr)
    else:
        sys.stdout.write(text)
    return ANSWERED


def verify(options: Namespace) -> int:
    """A line for each citation that no longer holds, and how many do; exit code 3 unless all hold and the file is as it was written."""
    from qa import transcripts
    from qa.transcripts.verifying import MEANING

    saved = _read(options.file)
    with _opened(options) as library:
        found = transcripts.verify(saved, library)
    if options.json:
        print(json.dumps({**render.to_jsonable(found), "holds": found.holds}, ensure_ascii=False, indent=2))
        return ANSWERED if found.holds else NO_EVIDENCE
    for c in found.citations:
        if c.outcome != "holds":
            now = f" (characters {c.start}–{c.end})" if c.outcome == "moved" else ""
            print(render.printable(f"question {c.exchange} [{c.marker}] {c.name}: {MEANING[c.outcome]}{now}: “{' '.join(c.quote.split())[:100]}”"))
    print(", ".join(f"{count} {outcome}" for outcome, count in found.counts().items()) or "no citations")
    if found.altered:
        print("The file is not as it was written.")
    return ANSWERED if found.holds else NO_EVIDENCE


# ---- shared by the commands


def _settings(options: Namespace):
    return from_environment(embedding=options.embedding, llm=getattr(options, "llm", None))


def _own(options: Namespace, *, create: bool = False) -> "Library":
    folder = Path(options.library) if options.library else own_library()
    if not create and not folder.is_dir():
        raise LibraryUnavailable(f"There is no library in {folder}", "`qa add PATH` makes one, `--library DIR` names another.")
    return open_library(folder, settings=_settings(options))


def _opened(options: Namespace) -> "Library":
    """The library the options name; without any, the user's own; without that, one of the sample documents."""
    if options.docs:
        with progress_bar() as on_progress:
            return library_over(options.docs, settings=_settings(options), on_progress=on_progress, on_refused=_print_refused)
    if options.library or own_library().is_dir():
        return _own(options)
    print("qa: you have no library yet, so this answers from the sample documents (`qa add PATH` starts your own).", file=sys.stderr)
    with progress_bar() as on_progress:
        return library_over([sample_documents()], settings=_settings(options), on_progress=on_progress, on_refused=_print_refused)


def _question(options: Namespace) -> str:
    """The QUESTION; `--docs PATH QUESTION` has taken it for a path, so the last one that is no path is given back."""
    if options.question is None and options.docs and len(options.docs) > 1 and not os.path.exists(options.docs[-1]):
        return options.docs.pop().strip()
    return (options.question or "").strip()


def _filters(options: Namespace) -> Filters:
    since, until = (_date(option, text) for option, text in (("--since", options.since), ("--until", options.until)))
    return Filters(since=since and since[0], until=until and last_day(*until),
                   documents=tuple(options.document), outlets=tuple(options.outlet))


def _date(option: str, text: str | None):
    if text is None:
        return None
    parsed = parse_date(text)
    if parsed is None:
        raise SettingsError(f"{option} is {text!r}", "Write a date as 2024, 2024-03 or 2024-03-15.")
    return parsed


def _read(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QAError(f"{file} cannot be read: {error}", "Give a UTF-8 file.") from error


def _write(file: str, text: str, *, option: str) -> None:
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        hint = f"Give {option} a file in a folder you may write to."
        raise QAError(f"{file} cannot be written: {error.strerror}", hint) from error


def _report(report: Added) -> int:
    for refused in report.refused:
        _print_refused(refused)
    counts: Sequence[tuple[str, tuple]] = (("added", report.added), ("replaced", report.replaced), ("unchanged", report.unchanged),
                                           ("removed", report.removed), ("refused", report.refused))
    print(", ".join(f"{len(items)} {label}" for label, items in counts if items) or "nothing to do")
    changed = report.added or report.replaced or report.unchanged or report.removed
    return ERROR if report.refused and not changed else ANSWERED


def _counted(documents: Sequence) -> str:
    return f"{len(documents)} document{'' if len(documents) == 1 else 's'}"


def _print_refused(refused: Refused) -> None:
    hint = f" ({refused.hint})" if refused.hint else ""
    print(render.printable(f"refused  {refused.source}: {refused.error}{hint}"), file=sys.stderr)


def _usage(message: str) -> int:
    print(f"qa: {message}", file=sys.stderr)
    return USAGE
