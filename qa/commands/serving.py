"""The commands around conversations kept elsewhere: the web page, and whether the citations of a saved conversation still hold."""

import json
import os
from argparse import Namespace

from qa import render
from qa.cli import ANSWERED, NO_EVIDENCE
from qa.commands.options import opened, read
from qa.open import open_assistant


def web(options: Namespace) -> int:
    from qa.web import serve

    with opened(options) as library:
        serve(open_assistant(library), host=options.host, port=options.port,
              password=os.environ.get("QA_WEB_PASSWORD", ""))
    return ANSWERED


def verify(options: Namespace) -> int:
    """A line for each citation that no longer holds, and how many do; exit code 3 unless all hold and the file is as it was written."""
    from qa import transcripts
    from qa.transcripts.verifying import MEANING

    saved = read(options.file)
    with opened(options) as library:
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
