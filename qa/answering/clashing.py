"""Which of the other sentences contradict the best answer, as the trained reader sees each of the two beside the other."""

from collections.abc import Mapping, Sequence

from qa.agreement import Clash
from qa.answering.closely import Reads, read_closely
from qa.answering.extract import Candidate
from qa.records import Document

AGAINST = -0.25
"""The least mean of both `Closely.against` with which two sentences count as contradicting each other."""
TOO = 2.0
"""The least `Closely.answers` of a sentence that is held against the best one: it must answer the question too."""
BESIDE = 6
"""How many further sentences, the most probable, may be read beside the best one."""


def clashing(question: str, ranked: Sequence[Candidate], documents: Mapping[str, Document], reads: Reads) -> frozenset[Clash]:
    """The best of the `ranked` sentences with each of the next BESIDE that answers too and contradicts it.

    Both are read once more, each with the question and the other one in the question's place: whether "we heard it on the radio" speaks
    against "the ministry was told beforehand" neither of them tells alone.
    """
    best, *others = ranked[: BESIDE + 1] or [None]
    others = [one for one in others if one.features.closely and one.features.closely.answers >= TOO]

    def against(one: Candidate, beside: Sequence[Candidate]) -> list[float]:
        found = read_closely(f"{question} {one.text}", [(c.passage, (c.start, c.end)) for c in beside], documents, reads)
        return [found[c.place].against for c in beside]

    there = against(best, others) if others else []
    return frozenset(frozenset((best.place, other.place)) for other, one_way in zip(others, there, strict=True)
                     if (one_way + against(other, [best])[0]) / 2 >= AGAINST)
