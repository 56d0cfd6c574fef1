"""A timeline in words and as JSON: when each event was, how that is known, who says so."""

import json
from collections.abc import Sequence

from qa.answering.times import date_words
from qa.records import TimelineEvent
from qa.render import date_text, printable, source_text, to_jsonable


def to_text(topic: str, events: Sequence[TimelineEvent]) -> str:
    """A block of lines for each event, then the sources with offsets; control characters from documents are shown as "�"."""
    if not events:
        return printable(f"No dated statement about “{topic}” was found.")
    lines = []
    for event in events:
        known = how_known(event)
        lines += [f"{when(event)}" + (f" ({known})" if known else ""),
                  f"  {event.statement.text} [{event.statement.citations[0].marker}]"]
    cited = {event.statement.citations[0].marker: event.statement.citations[0] for event in events}
    lines += ["", "Sources", *(f"  [{n}] {source_text(cited[n])}, characters {cited[n].start}–{cited[n].end}" for n in sorted(cited))]
    return printable("\n".join(lines))


def to_json(topic: str, events: Sequence[TimelineEvent]) -> str:
    """`topic` and `events`, the records as they are; the same bytes for the same documents and topic."""
    return json.dumps({"topic": topic, "events": to_jsonable(tuple(events))}, ensure_ascii=False, indent=2)


def when(event: TimelineEvent) -> str:
    """The time of an event in words: "2024-03-14", "2023-11-14 to 2023-11-20", "5 March, year not said", "day not settled"."""
    first = date_words(event.date) if event.date else "day not settled"
    return f"{first} to {date_words(event.until)}" if event.until else first


def how_known(event: TimelineEvent) -> str:
    """How the date of an event is known, in words; "" where the document gives it in full."""
    published = date_text(event.statement.citations[0].published, event.statement.citations[0].published_precision)
    if event.basis == "publication":
        return "not dated in the words; the day of publication"
    parts = ["date of the saying"] if event.basis == "saying" else []
    if event.worked_out:
        parts.append(f"worked out from “{event.words}”")
    elif not event.date or event.date.startswith("-"):
        parts.append(f"“{event.words}”" + (" in an undated document" if published == "undated" else f" in a document of {published}"))
    return ", ".join(parts)
