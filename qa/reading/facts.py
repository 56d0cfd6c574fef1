"""What a file says about itself, before it becomes a Document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from qa.reading.dates import lowered, read_date
from qa.records import Kind, Precision

_KEYS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "publication", "site", "site_name"),
    "author": ("author", "authors", "byline"),
    "date": ("published", "date", "published_at", "publication_date", "publish_date", "pubdate", "date_published", "published_date"),
    "precision": ("precision", "published_precision"),
    "kind": ("kind", "genre"),
}
KNOWN_KEYS = frozenset(key for keys in _KEYS.values() for key in keys) | {"origin", "url"}

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_KINDS: dict[str, Kind] = {"report": "report", "news": "report", "news report": "report", "news article": "report"}
_KINDS |= dict.fromkeys("commentary comment opinion opinions op-ed oped editorial column analysis viewpoint essay".split(), "commentary")
_KINDS |= dict.fromkeys(("statement", "press release", "speech", "transcript", "communique", "communiqué", "remarks"), "statement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Fields as in Document; empty where the file does not say."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    published: date | None = None
    published_precision: Precision = "none"
    kind: Kind = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a format's reader found: the text, the facts its own fields give, and spans as in Document."""

    text: str
    facts: Facts = Facts()
    page_starts: tuple[int, ...] = ()
    skipped: tuple[tuple[int, int], ...] = ()


def completed(facts: Facts, more: Facts) -> Facts:
    """`facts` with what it leaves empty taken from `more`; date and precision go together."""
    empty = Facts()
    missing = {f.name for f in fields(Facts) if getattr(facts, f.name) == getattr(empty, f.name)} - {"published_precision"}
    if "published" in missing:
        missing.add("published_precision")
    return replace(facts, **{name: getattr(more, name) for name in missing})


def facts_from_fields(values: Mapping[str, object]) -> Facts:
    """Facts from named values (front matter, a table's row, a header); names are matched without regard to case."""
    named = {normal_key(key): value for key, value in values.items()}
    found = {field: next((text for key in keys if (text := as_line(named.get(key)))), "") for field, keys in _KEYS.items()}
    published, precision = lowered(read_date(found["date"]), found["precision"].lower())
    return Facts(
        title=found["title"],
        outlet=found["outlet"],
        author=found["author"],
        published=published,
        published_precision=precision,
        kind=kind_named(found["kind"]),
    )


def kind_named(label: str) -> Kind:
    """The kind a label names ("Opinion", "Press release"), "unknown" for any other label."""
    return _KINDS.get(" ".join(label.lower().split()), "unknown")


def normal_key(key: object) -> str:
    """A field's name for comparison: lower case, one underscore between words."""
    return re.sub(r"[\s_-]+", "_", str(key).strip().lower())


def as_line(value: object) -> str:
    """A value as one line of text: lists joined by commas, anything that is no text or number left out."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(as_line, value)))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(_UNPRINTABLE.sub(" ", str(value)).split())
