"""One sign of a speaker in a sentence."""

from dataclasses import dataclass
from typing import Literal

from qa.attribution.phrases import Phrase

CueKind = Literal["says", "as", "according", "passive", "gerund", "colon"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One sign of a speaker in a sentence: `start` to `end` are its words (subject and verb, or "according to X"), `scope` the
    characters it answers for; `partial` says that the sentence's main clause is not among them."""

    kind: CueKind
    phrase: Phrase
    verb: str
    start: int
    end: int
    scope: tuple[int, int]
    partial: bool = False
    hearsay: bool = False
