"""Which statements of an answer agree, which differ, and which were overtaken by a later one.

Precision comes first: a false alarm costs more trust than a missed difference. Statements are compared only when they are about one event
(shared names and words, no different places, compatible times); figures only when they count the same thing (the killed apart from the
wounded). A later figure supersedes an earlier one only from the same speaker (or, in a document's own voice, the same outlet) about the
same
quantity; otherwise both stand.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from qa.agreement.claims import Claim, claim_of
from qa.agreement.contradictions import Clash
from qa.agreement.opposing import COPY, differences, opposing
from qa.agreement.positions import against
from qa.agreement.same import likeness, same_count, same_event, same_value, shared_names, word_likeness
from qa.agreement.voices import voice_of
from qa.language.names import same_name
from qa.records import Disagreement, Document, Relation, Statement

SAME = 0.5
"""From this share of common telling words on, two statements say the same if nothing in them differs."""

__all__ = ["Clash", "against", "compare", "opposing", "origins"]


def compare(statements: Sequence[Statement], documents: Mapping[str, Document], *,
            question: str = "", clashing: Collection[Clash] = ()) -> tuple[tuple[Statement, ...], tuple[Disagreement, ...]]:
    """The statements, each with its `agreement` set, and the disagreements among them with the larger side first.

    Two statements that both answer the `question` are compared even where their own words do not show that they are about one event;
    `clashing` are sentences that the reader takes to contradict each other.
    "agree" takes two independent origins (see `origins`); "differ" wins over "superseded", that over "agree".
    """
    claims = [claim_of(index, statement, documents, question=question) for index, statement in enumerate(statements)]
    relations: list[Relation] = ["single"] * len(claims)
    found = differences(claims, relations, question, clashing)
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
        if word_likeness(a.text, b.text) >= COPY or quoted or a.document == b.document and voice_of(a) == voice_of(b):
            numbers = [numbers[a.index] if number == numbers[b.index] else number for number in numbers]
    return tuple(numbers)


def _agree(a: Claim, b: Claim) -> bool:
    """Two statements of different origin that say the same thing: equal figures about one event, or mostly the same words."""
    if a.denies != b.denies or a.negated != b.negated or not same_event(a, b):
        return False
    pairs = [(x, y) for x in a.figures for y in b.figures if same_count(x, y)]
    if pairs:
        return all(same_value(x, y) for x, y in pairs)
    return not (a.figures and b.figures) and likeness(a, b) >= SAME and bool(shared_names(a.names, b.names))
