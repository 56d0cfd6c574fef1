"""A timeline as SVG: a lane for each document, a mark for each event, the statements numbered below. Nothing but text and shapes."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from qa.records import TimelineEvent, Voice
from qa.render import date_text
from qa.timelines.finding import span_of
from qa.timelines.words import how_known, when

WIDTH, LEFT, RIGHT, LANE, LINE, TOP = 960, 230, 30, 34, 40, 70
INK, FAINT, PAPER = "#1f2937", "#cbd5e1", "#ffffff"
COLOURS: dict[Voice, str] = {"named": "#1d4ed8", "document": "#475569", "unnamed": "#b45309"}
VOICES: dict[Voice, str] = {"named": "a named speaker", "document": "the document itself", "unnamed": "nobody named"}
LONGEST_GAP = 60
"""Days without any event that are drawn in full; a longer gap is drawn this long, with a break in the axis."""


def to_svg(topic: str, events: Sequence[TimelineEvent]) -> str:
    """The events as an SVG drawing of WIDTH pixels, readable alone: every text escaped, no script, no font, nothing loaded."""
    placed = [(event, span) for event in events if (span := span_of(event))]
    lanes = list(dict.fromkeys(event.statement.citations[0].name for event, _ in placed))
    bottom = TOP + LANE * len(lanes) + 30
    height = bottom + LINE * len(events) + 50
    days, at = _scale([span for _, span in placed])
    body = [*_axis(days, at, bottom - 20), *_lanes(placed, lanes)]
    for name, row in zip(lanes, range(len(lanes)), strict=True):
        body += _marks([pair for pair in placed if pair[0].statement.citations[0].name == name], at, TOP + LANE * (row + 0.5))
    body += [_entry(event, bottom + 20 + LINE * row) for row, event in enumerate(events)]
    title = escape(f"Timeline: {topic}")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" '
            f'font-family="sans-serif" font-size="12" fill="{INK}"><title>{title}</title>'
            f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/><text x="20" y="26" font-size="17">{title}</text>{_legend()}'
            + "".join(body) + "</svg>\n")


def _scale(spans: Sequence[tuple[date, date]]) -> tuple[list[tuple[int, bool]], Callable[[int], float]]:
    """The first days of the events, each with whether the axis is broken before it, and the x of any day between the first and last."""
    edges = sorted({day.toordinal() for span in spans for day in span})
    days: list[tuple[int, bool]] = []
    place = {}
    x = 0.0
    for before, day in zip([None, *edges], edges, strict=False):
        gap = 0 if before is None else day - before
        covered = any(first.toordinal() <= (before or day) and last.toordinal() >= day for first, last in spans if first != last)
        broken = gap > LONGEST_GAP and not covered
        x += min(gap, LONGEST_GAP) if gap > LONGEST_GAP else gap
        place[day] = x
        days.append((day, broken))
    whole = x or 1.0
    return days, lambda day: LEFT + 10 + (place[day] / whole) * (WIDTH - LEFT - RIGHT - 20)


def _axis(days: Sequence[tuple[int, bool]], at: Callable[[int], float], y: float) -> list[str]:
    """The line, a label for each day where there is room, and a break for each gap that is not drawn in full."""
    if not days:
        return []
    parts = [f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="{INK}"/>']
    last = -1000.0
    for position, (day, broken) in enumerate(days):
        x = at(day)
        if broken:
            middle = (at(days[position - 1][0]) + x) / 2
            parts.append(f'<rect x="{middle - 6:.1f}" y="{y - 6}" width="12" height="12" fill="{PAPER}"/>'
                         f'<text x="{middle:.1f}" y="{y + 5}" text-anchor="middle" font-size="16">≈</text>')
        if x - last >= 74:
            last = x
            parts.append(f'<line x1="{x:.1f}" y1="{TOP - 6}" x2="{x:.1f}" y2="{y}" stroke="{FAINT}"/>'
                         f'<text x="{x:.1f}" y="{y + 15}" text-anchor="middle">{date.fromordinal(day).isoformat()}</text>')
    return parts


def _lanes(placed: Sequence[tuple[TimelineEvent, tuple[date, date]]], lanes: Sequence[str]) -> list[str]:
    titles = {event.statement.citations[0].name: event.statement.citations[0] for event, _ in placed}
    parts = []
    for row, name in enumerate(lanes):
        y = TOP + LANE * (row + 0.5)
        citation = titles[name]
        label = _cut(citation.title or name, 32)
        published = date_text(citation.published, citation.published_precision)
        parts.append(f'<text x="20" y="{y}">{escape(label)}</text><text x="20" y="{y + 12}" font-size="10">{published}</text>'
                     f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="{FAINT}"/>')
    return parts


def _marks(placed: Sequence[tuple[TimelineEvent, tuple[date, date]]], at: Callable[[int], float], y: float) -> list[str]:
    """The marks of one lane; marks that begin at one place share one label."""
    numbers: dict[float, list[int]] = {}
    for event, span in placed:
        numbers.setdefault(at(span[0].toordinal()), []).append(event.statement.citations[0].marker)
    labels = [f'<text x="{x:.1f}" y="{y - 9}" text-anchor="middle" font-size="10">{", ".join(map(str, dict.fromkeys(found)))}</text>'
              for x, found in numbers.items()]
    return [*(_mark(event, span, at, y) for event, span in placed), *labels]


def _mark(event: TimelineEvent, span: tuple[date, date], at: Callable[[int], float], y: float) -> str:
    """A dot for a day, a bar for a longer time; hollow where only the day of publication is known. Its tooltip has the statement."""
    colour = COLOURS[event.statement.voice]
    first, last = (at(day.toordinal()) for day in span)
    fill = PAPER if event.basis == "publication" else colour
    shape = (f'<rect x="{first:.1f}" y="{y - 5}" width="{max(10.0, last - first):.1f}" height="10" rx="5" fill="{fill}" '
             f'fill-opacity="0.5" stroke="{colour}"/>' if last > first else
             f'<circle cx="{first:.1f}" cy="{y}" r="6" fill="{fill}" stroke="{colour}" stroke-width="2"/>')
    return f"<g><title>{escape(_who_when(event))} {escape(event.statement.text)}</title>{shape}</g>"


def _entry(event: TimelineEvent, y: float) -> str:
    """The numbered lines of one event: its date and how that is known, then the beginning of the statement."""
    colour, number = COLOURS[event.statement.voice], event.statement.citations[0].marker
    return (f'<text x="20" y="{y}"><tspan font-weight="bold" fill="{colour}">[{number}] '
            f'{escape(_who_when(event))}</tspan></text><text x="20" y="{y + 15}">{escape(_cut(event.statement.text, 150))}</text>')


def _legend() -> str:
    parts = []
    for place, (voice, meaning) in enumerate(VOICES.items()):
        x = 20 + 190 * place
        parts.append(f'<circle cx="{x + 6}" cy="44" r="5" fill="{COLOURS[voice]}"/><text x="{x + 17}" y="48">{meaning}</text>')
    x = 20 + 190 * len(VOICES)
    parts.append(f'<circle cx="{x + 6}" cy="44" r="5" fill="{PAPER}" stroke="{INK}"/>'
                 f'<text x="{x + 17}" y="48">not dated, placed at publication</text>')
    return "".join(parts)


def _who_when(event: TimelineEvent) -> str:
    return f"{when(event)} — {how_known(event)}" if how_known(event) else when(event)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
