"""The commands that ask: search, ask, chat, timeline."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from qa import colours, render
from qa.cli import ANSWERED, ERROR, NO_EVIDENCE
from qa.commands.options import counted, days_of, filters_of, given, opened, question_of, usage, write
from qa.errors import CasesError
from qa.open import open_assistant
from qa.records import Answer, Filters, Turn


def search(options: Namespace) -> int:
    question = question_of(options)
    if not question:
        return usage("search needs a QUESTION")
    if options.limit < 1:
        return usage(f"--limit is {options.limit}; use 1 or more")
    with opened(options) as library:
        hits = library.search(question, options.limit, filters_of(options))
        names = {document: name for document, name, _ in library.titles()}
    if options.json:
        print(json.dumps(render.to_jsonable(hits), ensure_ascii=False, indent=2))
    else:
        for hit in hits:
            place = f"{names[hit.passage.document_id]}, characters {hit.passage.start}–{hit.passage.end} ({hit.found_by})"
            print(render.printable(f"{hit.score:.3f}  {place}\n       {' '.join(hit.passage.text.split())[:200]}"))
    return ANSWERED if hits else NO_EVIDENCE


def ask(options: Namespace) -> int:
    question = question_of(options)
    if bool(question) == bool(options.batch):
        return usage("ask needs a QUESTION or --batch FILE.jsonl")
    filters = filters_of(options)
    if options.batch:
        return _ask_batch(options, filters)
    with opened(options) as library:
        answer = open_assistant(library).ask(question, filters=filters)
    print(render.to_json(answer, timings=options.timings) if options.json else colours.to_terminal(answer, colour=colours.wanted()))
    return ANSWERED if answer.statements else NO_EVIDENCE  # a false premise is corrected with what the documents say


def _ask_batch(options: Namespace, filters: Filters) -> int:
    """One answer a line; a bad line is reported on its own line and does not stop the others. Blank lines are passed over."""
    bad = 0
    with opened(options) as library:
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
    with opened(options) as library:
        assistant = open_assistant(library)
        print(f"{counted(library.documents())}. Ask a question; an empty line ends.", file=sys.stderr)
        while question := _next_question():
            answer = tell(assistant, question, history)
            history += [Turn(role="user", text=question), Turn(role="assistant", text=answer.text)]
            answers.append(answer)
        if options.save:
            write(options.save, transcripts.write(answers, library, transcripts.format_of(options.save)), option="--save")
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

    topic = given(options.topic, options.docs)
    if not topic:
        return usage("timeline needs a TOPIC")
    since, until = days_of(options)
    with opened(options) as library:
        found = timelines.timeline(library, topic, Filters(documents=tuple(options.document)), since=since, until=until)
    if options.plot:
        write(options.plot, timelines.to_svg(topic, found), option="--plot")
        print(f"drawn into {options.plot}", file=sys.stderr)
    print(timelines.to_json(topic, found) if options.json else timelines.to_text(topic, found))
    return ANSWERED if found else NO_EVIDENCE
