"""A figure that several statements give, as a small chart: who says how many, when, with the citation of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.attribution.figures import state_of
from qa.language.words import content_stems
from qa.records import Answer, Figure, Statement
from qa.render import date_text
from qa.web_page.escaping import flat, text

MOST_ROWS = 12
WIDEST = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A figure and the statement that gives it."""

    figure: Figure
    statement: Statement


Chips = Callable[[str, Statement], str]
"""The numbered buttons of a statement's citations, for a key that is unique within the answer."""


def figure_charts(answer: Answer, chips: Chips) -> str:
    """A chart for each thing that two or more statements give a figure of, at most two charts; "" when there is none."""
    return "".join(_chart(rows, lambda row, statement, n=n: chips(f"chart-{n}-{row}", statement))
                   for n, rows in enumerate(comparable(answer.statements)[:2]))


def comparable(statements: Sequence[Statement]) -> list[list[Given]]:
    """The figures that two or more statements give of the same thing (same unit, a shared word of what is counted, the killed apart
    from the wounded and from those to whom nothing happened), in the order of the statements; a statement counts once for each thing. Figures without a value are left out, and so are years."""
    groups: list[list[Given]] = []
    for statement in statements:
        for figure in statement.figures:
            if figure.value is None or not figure.counted:
                continue
            group = next((group for group in groups if _same_thing(group[0].figure, figure)), None)
            if group is None:
                groups.append([Given(figure=figure, statement=statement)])
            elif all(given.statement is not statement for given in group):
                group.append(Given(figure=figure, statement=statement))
    return [group for group in groups if len(group) > 1]


def _same_thing(one: Figure, other: Figure) -> bool:
    first, second = content_stems(one.counted), content_stems(other.counted)
    smaller, larger = sorted((set(first), set(second)), key=len)
    return one.unit == other.unit and _states(one) == _states(other) and bool(smaller) and len(smaller & larger) * 2 > len(smaller)


def _states(figure: Figure) -> set[str]:
    return {state for word in figure.counted.split() if (state := state_of(word))}


def _chart(rows: Sequence[Given], chips: Chips) -> str:
    largest = max(abs(given.figure.value) for given in rows) or 1.0
    counted = flat(max((given.figure.counted for given in rows), key=len))
    unit = f" ({text(rows[0].figure.unit)})" if rows[0].figure.unit else ""
    lines = "".join(_row(given, largest, chips(str(n), given.statement)) for n, given in enumerate(rows[:MOST_ROWS]))
    return (f'<figure class="qa-chart"><figcaption>{text(counted[:1].upper() + counted[1:])}{unit}, by source</figcaption>'
            f"<table><tbody>{lines}</tbody></table></figure>")


def _row(given: Given, largest: float, chips: str) -> str:
    figure, statement = given.figure, given.statement
    citation = statement.citations[0]
    who = statement.speaker or {"document": citation.title or citation.name, "unnamed": "nobody named"}.get(statement.voice, citation.name)
    when = statement.said_on or date_text(citation.published, citation.published_precision)
    width = f"{max(1.0, abs(figure.value) / largest * WIDEST):.1f}"
    return (f'<tr class="qa-{statement.voice}"><th scope="row">{text(who)} <span class="qa-muted">{text(when)}</span></th>'
            f'<td class="qa-bar"><svg width="100%" height="12" aria-hidden="true" focusable="false"><rect width="{width}%" height="12" rx="3"/>'
            f'</svg></td><td class="qa-value">{text(figure.text)}</td>'
            f"<td>{chips}</td></tr>")
