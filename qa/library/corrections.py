"""Facts about a document that were corrected by hand, as they are kept beside what its file says.

`Stored` is the JSON of a document's row: its fields, `corrected` (which facts) and `as_read` (what the file said of those).
"""

from dataclasses import fields
from typing import Any

from qa.records import Document

Stored = dict[str, Any]


def stored_of(document: Document) -> Stored:
    """What is kept of a document beside its id, name and text."""
    stored = {f.name: getattr(document, f.name) for f in fields(Document) if f.name not in ("id", "text", "name")}
    return {**stored, "published": document.published.isoformat() if document.published else None}


def correct(stored: Stored, facts: Stored) -> Stored:
    """`stored` with `facts` ("title", or "published" and "published_precision") set by hand; one that says what the file says is no
    correction any more."""
    as_read = {**{fact: stored[fact] for fact in facts}, **stored.get("as_read", {})}
    values = {**stored, **facts}
    as_read = {fact: read for fact, read in as_read.items() if _differs(fact, values, as_read)}
    return {**values, "as_read": as_read, "corrected": sorted({"title", "published"} & as_read.keys())}


def carry_over(fresh: Stored, before: Stored | None) -> Stored:
    """What is kept of a file that was read anew: the corrections made `before`, of those facts for which the file says what it said
    then. Where it says something new, somebody has seen to it, and the correction is dropped."""
    if not before or not before.get("as_read"):
        return fresh
    as_read = before["as_read"]
    still = {fact for fact in as_read if fresh[fact] == as_read[fact]}
    if not {"published", "published_precision"} <= still:
        still -= {"published", "published_precision"}
    return correct(fresh, {fact: before[fact] for fact in still}) if still else fresh


def _differs(fact: str, values: Stored, as_read: Stored) -> bool:
    """Whether a fact is not as the file has it; a date and its precision are one fact."""
    facts = ("published", "published_precision") if fact.startswith("published") else (fact,)
    return any(values[name] != as_read[name] for name in facts)
