"""Which statements of an answer agree, which differ, and which were overtaken by a later one.

Precision comes first: a false alarm costs more trust than a missed difference. Statements are compared only when they are about one event
(shared names and words, no different places, compatible times); figures only when they count the same thing (the killed apart from the
wounded). A later figure supersedes an earlier one only from the same speaker (or, in a document's own voice, the same outlet) about the
same
quantity; otherwise both stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from qa.agreement.claims import (
    Claim,
    Counted,
    claim_of,
    likeness,
    same_count,
    same_event,
    same_round,
    same_scope,
    same_time,
    same_value,
    shared_names,
    word_likeness,
)
from qa.language.dates import overlaps, parse_date
from qa.language.names import same_name
from qa.language.words import stem, tokens
from qa.records import Disagreement, Document, Relation, Statement

COPY = 0.8
"""From this share of common words on, two statements are copies of one report."""
SAME = 0.5
"""From this share of common telling words on, two statements say the same if nothing in them differs."""

__all__ = ["compare", "origins"]


def compare(statements: Sequence[Statement], documents: Mapping[str, Document]) -> tuple[tuple[Statement, ...], tuple[Disagreement, ...]]:
    """The statements, each with its `agreement` set, and the disagreements among them with the larger side first.

    "agree" takes two independent origins (see `origins`); "differ" wins over "superseded", that over "agree".
    """
    claims = [claim_of(index, statement, documents) for index, statement in enumerate(statements)]
    relations: list[Relation] = ["single"] * len(claims)
    found = [*_figures_differ(claims, relations), *_dates_differ(claims), *_denied(claims)]
    grouped = origins(statements)
    for a, b in combinations(claims, 2):
        if (
            relations[a.index] != "superseded"
            and relations[b.index] != "superseded"
            and grouped[a.index] != grouped[b.index]
            and _agree(a, b)
        ):
            for claim in (a, b):
                relations[claim.index] = "agree"
    for disagreement in found:
        for index in {index for side in disagreement.sides for index in side}:
            relations[index] = "differ"
    return tuple(replace(s, agreement=relation) for s, relation in zip(statements, relations, strict=True)), tuple(found)


def origins(statements: Sequence[Statement]) -> tuple[int, ...]:
    """For each statement the number of its origin: copies of one report, and the same speaker quoted twice about one thing, share one."""
    claims = [claim_of(index, statement, {}) for index, statement in enumerate(statements)]
    numbers = list(range(len(claims)))
    for a, b in combinations(claims, 2):
        quoted = (
            a.statement.voice == b.statement.voice == "named"
            and same_name(a.statement.speaker, b.statement.speaker)
            and likeness(a, b) >= 0.3
        )
        if word_likeness(a.text, b.text) >= COPY or quoted or a.document == b.document and _voice(a) == _voice(b):
            numbers = [numbers[a.index] if number == numbers[b.index] else number for number in numbers]
    return tuple(numbers)


def _voice(claim: Claim) -> tuple[str, str]:
    return claim.statement.voice, claim.statement.speaker


def _agree(a: Claim, b: Claim) -> bool:
    """Two statements of different origin that say the same thing: equal figures about one event, or mostly the same words."""
    if a.denies != b.denies or a.negated != b.negated or not same_event(a, b):
        return False
    pairs = [(x, y) for x in a.figures for y in b.figures if same_count(x, y)]
    if pairs:
        return all(same_value(x, y) for x, y in pairs)
    return not (a.figures and b.figures) and likeness(a, b) >= SAME and bool(shared_names(a.names, b.names))


def _figures_differ(claims: Sequence[Claim], relations: list[Relation]) -> list[Disagreement]:
    """Groups of figures about one thing whose values exclude each other; marks superseded statements in `relations`."""
    entries = [(claim, count) for claim in claims for count in claim.figures]
    groups: list[list[tuple[Claim, Counted]]] = []
    for claim, count in entries:
        home = next(
            (
                group
                for group in groups
                if all(
                    _independent(claim, other)
                    and same_count(count, counted)
                    and same_event(claim, other)
                    and same_round(claim, other)
                    and (count.state or same_scope(claim, other) and likeness(claim, other) >= 0.3)
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


def _independent(a: Claim, b: Claim) -> bool:
    """Whether two statements can contradict each other: two documents, or one that gives the words of at least one named speaker. What a
    document says twice in its own voice is taken to be about two things."""
    return a.document != b.document or a.index != b.index and _voice(a) != _voice(b) and "named" in (a.statement.voice, b.statement.voice)


def _supersedes(later: tuple[Claim, Counted], earlier: tuple[Claim, Counted]) -> bool:
    (new, count), (old, counted) = later, earlier
    if new.index == old.index or same_value(count, counted) or not _same_speaker(new, old):
        return False
    first, second = _when(old), _when(new)
    return bool(first and second and first < second)


def _same_speaker(a: Claim, b: Claim) -> bool:
    if a.statement.voice != b.statement.voice or a.statement.voice == "unnamed":
        return False
    if a.statement.voice == "named":
        return same_name(a.statement.speaker, b.statement.speaker)
    outlets = [claim.statement.citations[0].outlet if claim.statement.citations else "" for claim in (a, b)]
    return bool(outlets[0]) and outlets[0] == outlets[1]


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
    values = [f"{_with_bound(side[0][1])} ({', '.join(dict.fromkeys(_who(claim) for claim, _ in side))})" for side in sides]
    return Disagreement(about=counted, sides=tuple(tuple(claim.index for claim, _ in side) for side in sides), how=" against ".join(values))


def _with_bound(count: Counted) -> str:
    bound = f"{count.bound} " if count.bound and not count.figure.text.lower().startswith(count.bound) else ""
    return f"{bound}{count.figure.text}"


def _who(claim: Claim) -> str:
    citation = claim.statement.citations[0]
    return claim.statement.speaker if claim.statement.voice == "named" else f"“{citation.title or citation.name}”"


def _dates_differ(claims: Sequence[Claim]) -> list[Disagreement]:
    """Two statements that say the same of the same names and give one date each, and the dates exclude each other."""
    found = []
    for a, b in combinations(claims, 2):
        one_each = len(a.times) == len(b.times) == 1 and a.times[0].precision == b.times[0].precision == "day"
        if not one_each or a.times[0].relative or b.times[0].relative or overlaps(a.times[0], b.times[0]) or a.document == b.document:
            continue
        same = len(a.names) == len(b.names) == shared_names(a.names, b.names)
        if same and likeness(a, b) >= (0.6 if a.names else 0.75) and len(a.stems & b.stems) >= 3 and not _counts_apart(a, b):
            found.append(
                Disagreement(
                    about=_subject(a, b),
                    sides=((a.index,), (b.index,)),
                    how=f"dates differ: {a.times[0].text} ({_who(a)}) against {b.times[0].text} ({_who(b)})",
                )
            )
    return found


def _counts_apart(a: Claim, b: Claim) -> bool:
    """Whether the figures of two statements show different events: each has some, and none is the same."""
    return bool(a.figures and b.figures) and not any(same_count(x, y) and same_value(x, y) for x in a.figures for y in b.figures)


def _denied(claims: Sequence[Claim]) -> list[Disagreement]:
    """One statement affirms what another, by another voice, denies in mostly the same words."""
    found = []
    for a, b in combinations(claims, 2):
        if (a.denies == b.denies and a.negated == b.negated) or a.document == b.document and _voice(a) == _voice(b):
            continue
        denying, saying = (a, b) if a.denies or a.negated and not b.denies else (b, a)
        if saying.denies or not same_time(a, b):
            continue
        shared = len(a.stems & b.stems)
        least = min(len(a.stems), len(b.stems))
        names = shared_names(saying.names, denying.names)
        if denying.denies:
            close = shared >= 3 and shared >= 0.6 * least and (names >= 1 or not saying.names)
        else:
            like = likeness(a, b, speakers=False)
            own = [name for name in saying.names if name not in saying.statement.speaker]
            close = (like >= 0.6 and shared >= 3 or like == 1 and shared == 2) and shared_names(tuple(own), denying.names) == len(own)
        if close:
            word = "denies it" if denying.denies else "says it is not so"
            found.append(
                Disagreement(
                    about=_subject(a, b), sides=((saying.index,), (denying.index,)), how=f"{_who(saying)} says so, {_who(denying)} {word}"
                )
            )
    return found


def _subject(a: Claim, b: Claim) -> str:
    """A few words both statements share, in the order of the first."""
    shared = a.stems & b.stems
    words = [token.text for token in tokens(a.text) if stem(token.text) in shared]
    return " ".join(dict.fromkeys(words[:6]))
