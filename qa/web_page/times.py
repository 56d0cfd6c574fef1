"""A timeline as HTML: a strip with a lane for each document and a mark for each event, then the events with their statements."""

from collections.abc import Callable, Sequence
from datetime import date

from qa.records import TimelineEvent
from qa.render import date_text
from qa.timelines import how_known, span_of, when
from qa.web_page.answers import VOICES, statement_item
from qa.web_page.escaping import counted, short, text

LONGEST_GAP = 60
"""Days without any event that are drawn in full; a longer gap is drawn this long, with a break in the axis."""
LANE, TOP, LABEL_EVERY = 40, 8, 24.0
"""Heights in pixels of a lane and of what is above the first; how far apart labels of days are at least, in percent of the width."""
MOST_LANES = 12


def timeline_page(topic: str, events: Sequence[TimelineEvent]) -> str:
    """The strip and the list; a sentence when nothing was found."""
    if not events:
        return f'<p class="qa-empty">The documents date nothing about “{text(short(topic, 120))}”.</p>'
    items = "".join(_event(number, event) for number, event in enumerate(events, 1))
    return (f'<section class="qa-timeline" aria-label="Timeline"><h2 class="qa-question">{text(short(topic, 200))}</h2>'
            f'<p class="qa-note">{counted(len(events), "dated statement")}, earliest first.</p>'
            f'{_strip(events)}<ol class="qa-statements" role="list">{items}</ol></section>')


def _event(number: int, event: TimelineEvent) -> str:
    known = how_known(event)
    how = f' <span class="qa-muted">{text(known)}</span>' if known else ""
    return statement_item(f"t{number}", event.statement, when=f'<p class="qa-when"><b>{text(when(event))}</b>{how}</p>')


def _strip(events: Sequence[TimelineEvent]) -> str:
    """The drawing, as wide as its place: positions are percentages. "" when no event has a day, month or year of its own."""
    placed = [(event, span) for event in events if (span := span_of(event))]
    lanes = list(dict.fromkeys(event.statement.citations[0].name for event, _ in placed))[:MOST_LANES]
    if not lanes:
        return ""
    days, at = scale([span for _, span in placed])
    bottom = TOP + LANE * len(lanes)
    parts = [_axis(days, at, bottom)]
    for row, name in enumerate(lanes):
        inside = [(event, span) for event, span in placed if event.statement.citations[0].name == name]
        citation, y = inside[0][0].statement.citations[0], TOP + LANE * row
        label = f"{short(citation.title or name, 36)} ({date_text(citation.published, citation.published_precision)})"
        parts.append(f'<text x="0" y="{y + 11}" class="qa-lane">{text(label)}</text>'
                     f'<line x1="0" x2="100%" y1="{y + 26}" y2="{y + 26}" class="qa-rail"></line>')
        parts += [_mark(event, span, at, y + 26) for event, span in inside]
    legend = "".join(f'<span class="qa-key qa-{voice}">{meaning}</span>' for voice, meaning in VOICES.items())
    return (f'<div class="qa-strip"><svg width="100%" height="{bottom + 26}" role="img" aria-label="The events along a line of days; '
            f'the list below has each of them">{"".join(parts)}</svg></div>'
            f'<p class="qa-legend">{legend}<span class="qa-key qa-hollow">placed at the day of publication</span></p>')


def scale(spans: Sequence[tuple[date, date]]) -> tuple[list[tuple[int, bool]], Callable[[int], float]]:
    """The days (as ordinals) on which an event begins or ends, each with whether the axis is broken before it, and where such a day
    lies, from 2 to 98 percent."""
    edges = sorted({day.toordinal() for span in spans for day in span})
    days, place, x = [], {}, 0
    for before, day in zip([None, *edges], edges, strict=False):
        gap = 0 if before is None else day - before
        inside = before is not None and any(first.toordinal() <= before and last.toordinal() >= day for first, last in spans)
        broken = gap > LONGEST_GAP and not inside
        x += LONGEST_GAP if broken else gap
        place[day] = x
        days.append((day, broken))
    return days, lambda day: 2 + 96 * place[day] / x if x else 50.0


def _axis(days: Sequence[tuple[int, bool]], at: Callable[[int], float], y: float) -> str:
    parts = [f'<line x1="0" x2="100%" y1="{y}" y2="{y}" class="qa-axis"></line>']
    last = -100.0
    for position, (day, broken) in enumerate(days):
        x = at(day)
        if broken:
            middle = (at(days[position - 1][0]) + x) / 2
            parts.append(f'<text x="{middle:.1f}%" y="{y + 5}" text-anchor="middle" class="qa-break">≈</text>')
        if x - last >= LABEL_EVERY:
            last = x
            anchor = "start" if x < 12 else "end" if x > 88 else "middle"
            parts.append(f'<line x1="{x:.1f}%" x2="{x:.1f}%" y1="{TOP + 16}" y2="{y}" class="qa-rail"></line>'
                         f'<text x="{x:.1f}%" y="{y + 17}" text-anchor="{anchor}">{date.fromordinal(day).isoformat()}</text>')
    return "".join(parts)


def _mark(event: TimelineEvent, span: tuple[date, date], at: Callable[[int], float], y: float) -> str:
    """A dot for a day, a bar for a longer time, hollow where only the day of publication is known. Pressing it opens the document."""
    statement = event.statement
    citation = statement.citations[0]
    first, last = (at(day.toordinal()) for day in span)
    hollow = " qa-hollow" * (event.basis == "publication")
    place = f'data-document="{text(citation.document)}" data-start="{citation.start}" data-end="{citation.end}"'
    shape = (f'<rect x="{first:.1f}%" y="{y - 5}" width="{last - first:.1f}%" height="10" rx="5"></rect>' if last > first
             else f'<circle cx="{first:.1f}%" cy="{y}" r="6"></circle>')
    return (f'<g class="qa-mark qa-{statement.voice}{hollow}" {place}><title>{text(when(event))}: {text(short(citation.quote, 160))}</title>'
            f"{shape}</g>")
