"""Which further sentences contradict one that will be printed, so that no answer shows one side alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Protocol, Self, TypeVar

from qa.agreement.actors import actors_differ
from qa.agreement.answers import answers_differ, counts_beside
from qa.agreement.claims import Claim, claim_of
from qa.agreement.contradictions import Clash, contradictions
from qa.agreement.dates import dates_differ
from qa.agreement.denials import denied
from qa.agreement.figures import figures_differ
from qa.agreement.positions import positions_differ
from qa.agreement.same import word_likeness
from qa.attribution import attribute, figures_in
from qa.citations import cite
from qa.language.words import tokens
from qa.records import Disagreement, Document, Relation, Statement

MOST = 3
"""How many statements are added for what they contradict."""
COPY = 0.8
"""From this share of common words on, a sentence is a copy of a printed one and adds no side."""


class Sentence(Protocol):
    """Characters `start` to `end` of a document, and which of them the reader is sure answer, None for none. As `other_side` the reader
    need be less sure of them: beside an answer it is sure of, another answer is likely."""

    @property
    def document(self) -> Document: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def answering(self) -> tuple[int, int] | None: ...
    def other_side(self) -> Self: ...


Found = TypeVar("Found", bound=Sentence)


def opposing(printed: Sequence[Found], further: Sequence[Found], *, question: str = "", clashing: Collection[Clash] = (),
             most: int = MOST) -> list[Found]:
    """The `printed` sentences, and those of the `further` ones, in their order and `most` of them at most, that contradict a printed one or
    replace its figure by a later count of the same speaker; none that copies a printed one. `clashing` are those that the reader takes to
    contradict each other. Where only the words of its `other_side` tell
    that, a sentence comes as that."""
    shown = [(sentence, _claim(0, sentence, question)) for sentence in printed]
    sides = [_side(sentence, [claim for other, claim in shown if other is not sentence], question, clashing) or sentence for sentence in printed]
    claims = [_claim(0, sentence, question) for sentence in sides]
    added = 0
    for sentence in further:
        if added == most or not claims:
            break
        found = _side(sentence, claims, question, clashing)
        if found:
            sides.append(found)
            claims.append(_claim(0, found, question))
            added += 1
    return sides


def _side(sentence: Found, shown: Sequence[Claim], question: str, clashing: Collection[Clash]) -> Found | None:
    """The sentence, or its `other_side`, if that contradicts one of the shown claims and copies none."""
    other = sentence.other_side()
    for version in (sentence, other) if counts_beside(question) and other.answering != sentence.answering else (sentence,):
        claim = _claim(1, version, question)
        if not any(_copies(claim, one) for one in shown) and any(_against(one, claim, question, clashing) for one in shown):
            return version
    return None


def differences(claims: Sequence[Claim], relations: list[Relation], question: str, clashing: Collection[Clash] = ()) -> list[Disagreement]:
    """Every disagreement among the claims, also of those `clashing` to the reader; a figure replaced later is marked in `relations`. A pair that differs in figures is not
    listed again for its wording."""
    found = figures_differ(claims, relations)
    for more in (answers_differ(claims, question), actors_differ(claims), dates_differ(claims), denied(claims, question), positions_differ(claims),
                 contradictions(claims, question, clashing)):
        told = {pair for disagreement in found for pair in _pairs(disagreement)}
        found += _joined(disagreement for disagreement in more if not any(pair in told for pair in _pairs(disagreement))
                         and all(relations[index] != "superseded" for side in disagreement.sides for index in side))
    return found


def _joined(found: Iterable[Disagreement]) -> list[Disagreement]:
    """The disagreements, those told in the same words as one: copies of a report stand on one side."""
    joined: dict[tuple[str, str], Disagreement] = {}
    for one in found:
        key = (one.about, one.how)
        if key in joined and len(joined[key].sides) == len(one.sides):
            sides = tuple(tuple(dict.fromkeys((*old, *new))) for old, new in zip(joined[key].sides, one.sides, strict=True))
            joined[key] = replace(joined[key], sides=sides)
        else:
            joined.setdefault(key, one)
    return list(joined.values())


def _copies(a: Claim, b: Claim) -> bool:
    """Whether two statements are copies of one report: nearly all words alike, and every number and name."""
    if word_likeness(a.text, b.text) < COPY:
        return False
    first, second = ({token.text for token in tokens(claim.text) if not token.text.islower()} for claim in (a, b))
    return first == second


def _pairs(disagreement: Disagreement) -> set[frozenset[int]]:
    sides = disagreement.sides
    return {frozenset((x, y)) for n, one in enumerate(sides) for two in sides[n + 1 :] for x, y in product(one, two)}


def _against(shown: Claim, claim: Claim, question: str, clashing: Collection[Clash]) -> bool:
    relations: list[Relation] = ["single", "single"]
    return bool(differences((shown, claim), relations, question, clashing)) or "superseded" in relations


def _claim(index: int, sentence: Sentence, question: str) -> Claim:
    document, start, end = sentence.document, sentence.start, sentence.end
    said = attribute(document, start, end)
    statement = Statement(text=document.text[start:end], citations=(cite(document, start, end, marker=1),), voice=said.voice,
                          speaker=said.speaker, said_on=said.said_on, figures=figures_in(document, start, end), answering=sentence.answering)
    return claim_of(index, statement, _only(document), question=question)


def _only(document: Document) -> Mapping[str, Document]:
    return {document.id: document}
