"""Figures about one thing whose values exclude each other, and which were replaced by a later count of the same speaker."""

from collections.abc import Sequence
from itertools import combinations

from qa.agreement.claims import Claim, Counted
from qa.agreement.same import both_answer, likeness, same_count, same_event, same_measure, same_round, same_scope, same_value, shared_names
from qa.agreement.voices import independent, same_speaker, who
from qa.language.dates import parse_date
from qa.records import Disagreement, Relation


def figures_differ(claims: Sequence[Claim], relations: list[Relation]) -> list[Disagreement]:
    """Groups of figures about one thing whose values exclude each other; marks superseded statements in `relations`."""
    entries = [(claim, count) for claim in claims for count in claim.figures]
    groups: list[list[tuple[Claim, Counted]]] = []
    for claim, count in entries:
        home = next(
            (
                group
                for group in groups
                if all(
                    independent(claim, other)
                    and (same_count(count, counted) or same_measure(count, counted) and both_answer(claim, other))
                    and same_round(claim, other)
                    and _of_one_thing(entry=(claim, count), other=(other, counted))
                    for other, counted in group
                )
            ),
            None,
        )
        if home is None:
            groups.append([(claim, count)])
        else:
            home.append((claim, count))
    found = []
    for group in groups:
        standing = [entry for entry in group if not any(_supersedes(other, entry) for other in group)]
        for claim, _ in group:
            if all(claim.index != other.index for other, _ in standing):
                relations[claim.index] = "superseded"
        sides = _sides(standing)
        if len(sides) > 1:
            found.append(_figures_against(sides))
    return found


def _of_one_thing(*, entry: tuple[Claim, Counted], other: tuple[Claim, Counted]) -> bool:
    """Whether two like figures are about one event: what became of those counted is said, or both answer the question, or the
    statements have a name and the verb before the figure in common, or a third of their words."""
    (a, x), (b, y) = entry, other
    if x.state:
        return same_event(a, b) or both_answer(a, b)
    if not same_scope(a, b):
        return False
    if both_answer(a, b):
        return True
    return same_event(a, b) and (likeness(a, b) >= 0.3 or bool(x.verb) and x.verb == y.verb and shared_names(a.names, b.names) >= 1)


def _supersedes(later: tuple[Claim, Counted], earlier: tuple[Claim, Counted]) -> bool:
    (new, count), (old, counted) = later, earlier
    if new.index == old.index or same_value(count, counted) or not same_speaker(new, old):
        return False
    first, second = _when(old), _when(new)
    return bool(first and second and first < second)


def _when(claim: Claim) -> str:
    """When a statement was made, as a sortable date: said on, else published; "" unless known to the day."""
    said = parse_date(claim.statement.said_on) if claim.statement.said_on else None
    if said and said[1] == "day":
        return said[0].isoformat()
    return claim.published.date.isoformat() if claim.published and claim.published.date else ""


def _sides(entries: Sequence[tuple[Claim, Counted]]) -> list[list[tuple[Claim, Counted]]]:
    """The entries grouped by compatible value, the larger group first, then by place; none when one value fits all."""
    sides: list[list[tuple[Claim, Counted]]] = []
    for entry in entries:
        home = next((side for side in sides if all(same_value(entry[1], other) for _, other in side)), None)
        if home is None:
            sides.append([entry])
        else:
            home.append(entry)
    if any(all(same_value(x, y) for _, x in one for _, y in two) for one, two in combinations(sides, 2)):
        return []
    return sorted(sides, key=lambda side: (-len(side), side[0][0].index))


def _figures_against(sides: Sequence[Sequence[tuple[Claim, Counted]]]) -> Disagreement:
    counted = max((count.figure.counted for side in sides for _, count in side), key=len)
    values = [f"{_with_bound(side[0][1])} ({', '.join(dict.fromkeys(who(claim) for claim, _ in side))})" for side in sides]
    return Disagreement(about=counted, sides=tuple(tuple(claim.index for claim, _ in side) for side in sides), how=" against ".join(values))


def _with_bound(count: Counted) -> str:
    bound = f"{count.bound} " if count.bound and not count.figure.text.lower().startswith(count.bound) else ""
    return f"{bound}{count.figure.text}"
