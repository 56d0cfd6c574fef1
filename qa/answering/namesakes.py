"""Several documents about things of one name ("Scott Jackson (ice hockey)", "Scott Jackson (American football)"): which of them the question
means, it does not say, so each has its say."""

import re
from collections.abc import Sequence

from qa.answering.extract import Candidate
from qa.answering.question import Asked
from qa.language.words import tokens
from qa.records import Document

LEAST = 0.1
"""Probability from which such a document's best sentence is printed, where another document's answers by itself."""
MOST = 4
"""How many sentences are added."""
OPENING = 400
"""Characters at a document's beginning in which it says what it is about."""
_TITLED = re.compile(r"[\"“]([^\"”]{2,80})[\"”]")


def namesakes(asked: Asked, chosen: Sequence[Candidate], found: Sequence[Candidate]) -> list[Candidate]:
    """The best of the sentences `found` (in their order, the most probable first) of each document that is about something of the name asked
    for and has nothing among the `chosen`; none unless two documents at least define that name and something was chosen."""
    names = [name.core for name in asked.names] + _TITLED.findall(asked.text)
    documents = {candidate.document.id: candidate.document for candidate in found}
    defining = {key for key, document in documents.items() if any(_defines(document, name) for name in names)}
    if not chosen or len(defining) < 2:
        return []
    shown = {candidate.document.id for candidate in chosen}
    added: list[Candidate] = []
    for candidate in found:
        key = candidate.document.id
        if key in defining and key not in shown and candidate.probability >= LEAST and len(added) < MOST:
            added.append(candidate)
            shown.add(key)
    return added


def _defines(document: Document, name: str) -> bool:
    """Whether the document opens by saying what the name is: "Name (of a kind)", or "Name … is a …" in one sentence; words may stand between
    those of the name ("General Joseph Bryan")."""
    words = [re.escape(token.text) for token in tokens(name)]
    if not words:
        return False
    said = r"\b" + r"\W+(?:[\w.’'-]+\W+){0,2}?".join(words) + r"\b"
    opening = f"{document.title}. {document.text[:OPENING]}"
    kind = re.compile(rf"{said}\s*\((?!\d)[^)]{{2,40}}\)", re.IGNORECASE)
    is_a = re.compile(rf"{said}[^.!?]{{0,120}}?\b(?:is|was|are|were|refers\s+to)\s+(?:an?|the|one)\b", re.IGNORECASE)
    return bool(kind.search(opening) or is_a.search(opening))
