"""The record of a conversation: what was asked, answered and cited, and which documents it came from."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, Protocol

from qa.errors import QAError
from qa.records import Answer, Citation, Document, Statement
from qa.render import date_text
from qa.transcripts.pages import RECORD_IN_MARKDOWN, RECORD_IN_PAGE, as_json, as_markdown, as_page

NAME = "qa-transcript/1"
Format = Literal["markdown", "html", "json"]
FORMATS: dict[Format, str] = {"markdown": ".md", "html": ".html", "json": ".json"}
"""The formats and how their files' names end."""


class Documents(Protocol):
    """What is asked of a library here."""

    def document(self, document_id: str) -> Document | None: ...


def write(answers: Sequence[Answer], library: Documents, format: Format = "json") -> str:
    """The conversation in one of FORMATS. Raises QAError for another format."""
    record = make_record(answers, library)
    writers: dict[str, Callable[[dict], str]] = {"markdown": as_markdown, "html": as_page, "json": lambda record: as_json(record) + "\n"}
    if format not in writers:
        raise QAError(f"{format!r} is no format of a conversation", f"Formats are {', '.join(writers)}.")
    return writers[format](record)


def format_of(file: str) -> Format:
    """The format that the ending of a file's name stands for. Raises QAError for one that stands for none."""
    for format, ending in FORMATS.items():
        if file.lower().endswith(ending):
            return format
    raise QAError(f"{file} ends in none of {', '.join(FORMATS.values())}", "The ending says how the conversation is written.")


def make_record(answers: Sequence[Answer], library: Documents) -> dict:
    """The conversation as plain values in a fixed order. `digest` is the sha256 of all the rest, `sha256` of each document that of its
    text in UTF-8; documents that the library no longer has keep an empty one."""
    cited = {citation.document: citation for answer in answers for citation in _citations(answer)}
    record = {
        "format": NAME,
        "documents": [_document(citation, library.document(citation.document)) for citation in cited.values()],
        "exchanges": [_exchange(answer) for answer in answers],
    }
    return {**record, "digest": digest_of(record)}


def digest_of(record: dict) -> str:
    """sha256 of the record without its own digest."""
    rest = {key: value for key, value in record.items() if key != "digest"}
    return hashlib.sha256(json.dumps(rest, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def text_digest(text: str) -> str:
    """sha256 of a document's text in UTF-8 (a lone surrogate counts as the three bytes it would have)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read(saved: str) -> dict:
    """The record inside a saved conversation of any format, or one made of an answer as `qa ask --json` prints it.

    Raises QAError when there is none.
    """
    saved = saved.replace("\r\n", "\n")
    embedded = RECORD_IN_MARKDOWN.search(saved) or RECORD_IN_PAGE.search(saved)
    try:
        record = json.loads(embedded[1] if embedded else saved)
    except (ValueError, RecursionError):
        record = None
    if isinstance(record, dict) and record.get("format") == NAME and _is_whole(record):
        return record
    if isinstance(record, dict) and "searched_for" in record and _is_whole({"documents": [], "exchanges": [record]}):
        return {"format": "", "documents": [], "exchanges": [record]}
    raise QAError("This is no saved conversation", "Give a file that the web page or `qa chat --save` wrote, or an answer of `qa ask --json`.")


def _is_whole(record: dict) -> bool:
    """Whether everything that `verify` looks at is there and of the right kind."""
    try:
        for document in record["documents"]:
            _are(document, str, "id", "name", "sha256")
        for citation in citations_in(record):
            _are(citation, str, "document", "quote")
            _are(citation, int, "marker", "start", "end")
    except (KeyError, TypeError):
        return False
    return True


def _are(values: dict, kind: type, *names: str) -> None:
    if not all(isinstance(values[name], kind) for name in names):
        raise TypeError


def citations_in(record: dict) -> Iterable[dict]:
    """Every citation of a record, that of the nearest passages included, in order."""
    for exchange in record["exchanges"]:
        for statement in exchange["statements"]:
            yield from statement["citations"]
        yield from exchange["related"]


def _citations(answer: Answer) -> list[Citation]:
    return [citation for statement in answer.statements for citation in statement.citations] + list(answer.related)


def _document(citation: Citation, document: Document | None) -> dict:
    return {
        "id": citation.document, "name": citation.name, "title": citation.title, "outlet": citation.outlet,
        "published": date_text(citation.published, citation.published_precision),
        "characters": len(document.text) if document else 0, "sha256": text_digest(document.text) if document else "",
    }


def _exchange(answer: Answer) -> dict:
    return {
        "question": answer.question, "searched_for": answer.searched_for, "status": answer.status, "model": answer.model,
        "statements": [_statement(statement) for statement in answer.statements],
        "disagreements": [{"about": d.about, "how": d.how, "sides": [list(side) for side in d.sides]} for d in answer.disagreements],
        "withheld": [{"text": withheld.statement.text, "reason": withheld.reason} for withheld in answer.withheld],
        "related": [_citation(citation) for citation in answer.related],
        "silent": [silent.name for silent in answer.silent],
    }


def _statement(statement: Statement) -> dict:
    return {
        "text": statement.text, "voice": statement.voice, "speaker": statement.speaker, "said_on": statement.said_on, "via": statement.via,
        "citations": [_citation(citation) for citation in statement.citations],
    }


def _citation(citation: Citation) -> dict:
    return {"marker": citation.marker, "document": citation.document, "name": citation.name, "start": citation.start, "end": citation.end,
            "page": citation.page, "quote": citation.quote}
