"""What the trained reader takes to contradict a question that nothing answers."""

from collections.abc import Sequence

from qa.answering.extract import Candidate
from qa.answering.premises import Correction, Premise
from qa.answering.stated import Quoted

CORRECTS = -0.5
"""The least `Closely.against` with which a sentence counts as contradicting what the question takes for granted."""


def corrected(premise: Premise | None, found: Sequence[Candidate]) -> Correction | None:
    """The sentence that the reader is surest contradicts the question, where any does; `premise` is what the question takes for granted, None
    where its form does not tell."""
    read = [candidate for candidate in found if candidate.features.closely]
    best = max(read, key=lambda candidate: candidate.features.closely.against, default=None)
    if not best or best.features.closely.against < CORRECTS:
        return None
    told = f": “{premise.claim}”. The documents say otherwise." if premise and not premise.speaker else " something that the documents contradict."
    return Correction(lead=f"The question takes for granted{told}",
                      quoted=(Quoted(document=best.document, passage=best.passage, start=best.start, end=best.end),))
