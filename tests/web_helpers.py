"""What the tests of the web page share: three invented documents, records over them, a page served."""

import contextlib
import json
import socket
import urllib.error
import urllib.request
from datetime import date
from html.parser import HTMLParser

from qa.assistant import Assistant
from qa.citations import cite
from qa.library import Library
from qa.records import Answer, Document, Statement
from qa.settings import Settings
from qa.testing import TinyEmbedder
from qa.web_page.answers import Exchange



DOCUMENTS = {
    "ferry.md": """---
title: The Osk ferry runs aground
published: 2031-05-04
outlet: Osk Courier
kind: report
---

The ferry Marigold ran aground off Osk on Saturday night. The harbour office said 14 passengers were hurt on the Marigold.

Captain Ilse Brandt said the fog came in within minutes. Brandt added that the radar had failed twice in April.

The Marigold carries 300 passengers between Osk and Tern Island.
""",
    "inquiry.md": """---
title: Inquiry into the Marigold
published: 2031-06
kind: report
---

The inquiry opened on Monday. Inspector Tomas Weil said 19 passengers were hurt on the Marigold.

Weil said the crew had slept four hours. The report on the Marigold is due in autumn.
""",
    "letter.md": "# A letter from Tern Island\n\nThe island shop sells bread and lamp oil. Nobody on Tern Island has a car.\n",
}


HURT = "How many passengers were hurt on the Marigold?"
CASE = {"id": "f01", "type": "how_many", "question": HURT, "answerable": True,
        "gold": [{"document": "inquiry.md", "quote": "19 passengers were hurt"}]}
FIRST, SECOND = "1" * 32, "2" * 32
"""Tickets of two browser tabs."""


class Parsed(HTMLParser):
    """The tags, attributes and texts of a page; `marked` is what stands inside <mark>."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.marked, self._open = [], [], "", "", 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self._open += tag == "mark"

    def handle_endtag(self, tag):
        self._open -= tag == "mark"

    def handle_data(self, data):
        self.text += data
        if self._open:
            self.marked += data


def make_library(folder, documents=DOCUMENTS) -> Library:
    source = folder / "documents"
    source.mkdir()
    for name, content in documents.items():
        (source / name).write_text(content, encoding="utf-8")
    library = Library(folder / "library", Settings(), embedder=TinyEmbedder())
    library.add(source)
    return library


@contextlib.contextmanager
def serving(folder, documents=DOCUMENTS):
    """(address, assistant) of a page over these documents."""
    from qa.web import start

    with make_library(folder, documents) as library:
        assistant = Assistant(library)
        app = start(assistant, port=free_port())
        try:
            yield app.local_url, assistant
        finally:
            app.close()


def document(content: str, **facts) -> Document:
    return Document(id="0" * 8, name="note.txt", source="note.txt", text=content, **facts)


def statement(content: str, start: int, end: int, *, marker: int = 1, voice: str = "document", **more) -> Statement:
    source = document(content, title="A note", published=date(2031, 5, 4), published_precision="day")
    citation = cite(source, start, end, marker=marker)
    return Statement(text=f"“A note” (2031-05-04) states: “{' '.join(citation.quote.split())}”", citations=(citation,), voice=voice, **more)


def answered(*statements: Statement, **more) -> Exchange:
    status = "answered" if statements else "no_evidence"
    answer = Answer(question="How many?", searched_for="How many?", status=status, text="…", statements=statements, **more)
    return Exchange(question="How many?", answer=answer)


def exchanges(page, ticket=FIRST):
    return page.talk._conversations.of(ticket)[0]


def asked(page, question, *, ticket=FIRST, **more):
    """The steps of the conversation as HTML, and its last exchange."""
    steps = list(page.talk.ask(ticket, question, **more))
    return steps, exchanges(page, ticket)[-1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status(url: str, body: dict | None = None) -> int:
    request = urllib.request.Request(url, data=body and json.dumps(body).encode(), headers={"Content-Type": "application/json"})
    try:
        return urllib.request.urlopen(request, timeout=20).status
    except urllib.error.HTTPError as error:
        return error.code
