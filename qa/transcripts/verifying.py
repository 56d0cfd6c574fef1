"""Whether the citations of a saved conversation still hold against a library."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal, Protocol

from qa.citations import resolve
from qa.records import Document
from qa.transcripts.pages import as_markdown, as_page
from qa.transcripts.record import citations_in, digest_of, read, text_digest

Outcome = Literal["holds", "moved", "changed", "gone", "false"]
MEANING: dict[Outcome, str] = {
    "holds": "the document is unchanged and has the quote at that place",
    "moved": "the document of that name has another text now, which has the quote at another place",
    "changed": "the document of that name has another text now, without the quote",
    "gone": "the library has no such document",
    "false": "the document is unchanged, and the quote does not stand at that place",
}


class Documents(Protocol):
    """What is asked of a library here."""

    def documents(self) -> list[Document]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCitation:
    """One citation of a saved conversation: `exchange` counts the questions from 1. `start` and `end` are where the quote stands
    now (as saved where it holds, 0 and 0 where it stands nowhere)."""

    exchange: int
    marker: int
    name: str
    quote: str
    outcome: Outcome
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What became of the citations. `altered` says that the file is not as it was written: its record, or the text around it."""

    citations: tuple[CheckedCitation, ...]
    altered: bool = False

    @property
    def holds(self) -> bool:
        """Every citation stands where it did, and nobody changed the file."""
        return not self.altered and all(citation.outcome == "holds" for citation in self.citations)

    def counts(self) -> dict[Outcome, int]:
        """How many citations came out each way, the outcomes that occur in the order of MEANING."""
        counted = Counter(citation.outcome for citation in self.citations)
        return {outcome: counted[outcome] for outcome in MEANING if counted[outcome]}


def verify(saved: str, library: Documents) -> Verification:
    """Compares every citation of a saved conversation with the library's documents. Raises QAError when `saved` is none.

    The digest in the file tells a change by accident or by a careless hand; who changes it too can make a file that is not noticed to
    be altered, but no quote that the documents do not have.
    """
    record = read(saved)
    documents = library.documents()
    by_id = {document.id: document for document in documents}
    by_name = {document.name: document for document in documents}
    saved_as = {document["id"]: document for document in record["documents"]}
    checked = []
    for number, exchange in enumerate(record["exchanges"], 1):
        for citation in citations_in({"exchanges": [exchange]}):
            saved_document = saved_as.get(citation["document"], {"name": citation.get("name", ""), "sha256": ""})
            name = str(saved_document["name"])
            same = by_id.get(citation["document"])
            if same and saved_document["sha256"] not in ("", text_digest(same.text)):
                same = None
            outcome, start, end = _outcome(citation, same, by_name.get(name))
            checked.append(CheckedCitation(exchange=number, marker=citation["marker"], name=name, quote=citation["quote"],
                                           outcome=outcome, start=start, end=end))
    return Verification(citations=tuple(checked), altered=_altered(saved, record))


def _outcome(citation: dict, same: Document | None, namesake: Document | None) -> tuple[Outcome, int, int]:
    """The outcome and where the quote stands now; `same` is the document with the saved text, `namesake` the one of its name."""
    start, end = citation["start"], citation["end"]
    if same:
        holds = 0 <= start < end and same.text[start:end] == citation["quote"]
        return ("holds", start, end) if holds else ("false", 0, 0)
    if not namesake:
        return "gone", 0, 0
    place = resolve(citation["quote"], namesake.text)
    return ("moved", *place) if place else ("changed", 0, 0)


def _altered(saved: str, record: dict) -> bool:
    """Whether the record is not the one its digest was made of, or the text around it not the one made from the record."""
    if not record["format"]:  # an answer of `qa ask --json` has no digest
        return False
    if record.get("digest") != digest_of(record):
        return True
    if saved.lstrip().startswith("{"):
        return False
    writer = as_page if saved.lstrip().lower().startswith("<!doctype") else as_markdown
    try:
        written = writer(record)
    except (KeyError, TypeError, AttributeError):  # a record that was never made here, with a digest to match
        return True
    return saved.split() != written.split()  # line ends change on the way through mail and editors
