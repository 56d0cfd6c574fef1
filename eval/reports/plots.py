"""Bars as inline SVG: how a figure stands in each type."""

from collections.abc import Sequence
from html import escape

LABEL, BAR, NUMBER, ROW = 140, 190, 100, 24
"""Widths of the three columns and height of a row, in units of the drawing."""


def bars(title: str, rows: Sequence[tuple[str, int, int]]) -> str:
    """An SVG figure: for each (name, part, whole) a bar of the share from 0 to 1 and the counts. Rows without cases are left out."""
    rows = [row for row in rows if row[2]]
    height = ROW * len(rows) + 8
    said = "; ".join(f"{name} {part} of {whole}" for name, part, whole in rows)
    drawn = "".join(_bar(number, *row) for number, row in enumerate(rows))
    grid = "".join(f'<line class="grid" x1="{LABEL + BAR * share}" x2="{LABEL + BAR * share}" y1="0" y2="{height - 4}"/>'
                   for share in (0, 0.5, 1))
    return (f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {LABEL + BAR + NUMBER} {height}" role="img" '
            f'aria-label="{escape(f"{title}: {said}")}">{grid}{drawn}</svg></figure>')


def _bar(number: int, name: str, part: int, whole: int) -> str:
    top, share = 4 + number * ROW, part / whole
    level = "good" if share >= 0.9 else "fair" if share >= 0.7 else "poor"
    short = name if len(name) <= 20 else name[:19] + "…"
    return (f'<text x="{LABEL - 8}" y="{top + 14}" text-anchor="end">{escape(short)}</text>'
            f'<rect class="rest" x="{LABEL}" y="{top + 2}" width="{BAR}" height="16" rx="3"/>'
            f'<rect class="{level}" x="{LABEL}" y="{top + 2}" width="{BAR * share:.1f}" height="16" rx="3"/>'
            f'<text x="{LABEL + BAR + 8}" y="{top + 14}">{100 * share:.0f} % <tspan class="counts">{part}/{whole}</tspan></text>')
