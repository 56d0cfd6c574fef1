"""Statements that the trained reader takes to contradict each other, whatever words they use ("the ministry was told beforehand" against "we
learnt of it from the radio")."""

from collections.abc import Collection, Sequence
from itertools import combinations

from qa.agreement.claims import Claim, content_words
from qa.agreement.same import word_likeness
from qa.agreement.voices import independent, same_speaker, who
from qa.records import Disagreement

Place = tuple[str, int]
"""A document's id and where in it a sentence begins."""
Clash = frozenset[Place]
"""Two sentences that contradict each other."""
ALIKE = 0.8
"""From this share of common words on, two statements are on one side."""


def contradictions(claims: Sequence[Claim], question: str, clashing: Collection[Clash]) -> list[Disagreement]:
    """The statements of different voices that clash, for each one that others are set against one disagreement with all of them."""
    clashes = [(a, b) for a, b in combinations(claims, 2)
               if frozenset((_place(a), _place(b))) in clashing and independent(a, b) and not same_speaker(a, b)]
    found = []
    while clashes:
        ends = [claim.index for pair in clashes for claim in pair]
        most = max(ends, key=lambda index: (ends.count(index), -index))  # the one that was set against the others
        mine = [pair for pair in clashes if most in (pair[0].index, pair[1].index)]
        first = next(claim for claim in mine[0] if claim.index == most)
        found.append(_disagreement(first, [a if b.index == most else b for a, b in mine], question))
        clashes = [pair for pair in clashes if pair not in mine]
    return found


def _place(claim: Claim) -> Place:
    return (claim.document, claim.statement.citations[0].start) if claim.statement.citations else ("", claim.index)


def _disagreement(first: Claim, others: Sequence[Claim], question: str) -> Disagreement:
    sides: list[list[Claim]] = [[first]]
    for other in others:
        home = next((side for side in sides[1:] if any(same_speaker(other, one) or word_likeness(other.text, one.text) >= ALIKE for one in side)), None)
        if home is None:
            sides.append([other])
        else:
            home.append(other)
    told = [_told(side) for side in sides]
    return Disagreement(about=f"“{' '.join(question.split())}”", sides=tuple(tuple(one.index for one in side) for side in sides),
                        how=" against ".join(told))


def _told(side: Sequence[Claim]) -> str:
    """The words of a side that answer, if they are more than a "not", and who says so; else who alone, for the sentence stands below."""
    speakers = ", ".join(dict.fromkeys(map(who, side)))
    quote, answering = side[0].statement.citations[0], side[0].statement.answering
    words = quote.quote[answering[0] - quote.start : answering[1] - quote.start] if answering else ""
    return f"“{' '.join(words.split())}” ({speakers})" if len(content_words(words)) > 1 else speakers
