"""How well one sentence answers one question: a handful of features, each in [0, 1], and their weighted sum.

Nothing here looks at what the documents are about. The weights come from a fit by `python -m eval.fit_evidence`, rounded, at an
earlier state of the features. The factors of `gate`, SPOKEN and the threshold were set by hand on the even half of the own cases
(eval/LOG.md has the data and the figures).
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.answering.closely import Closely
from qa.answering.forms import Around, fit, speaks
from qa.answering.matching import matches, said, words_of
from qa.answering.question import LIGHT, Asked
from qa.language.dates import find_dates
from qa.language.names import find_names, same_name
from qa.language.words import stem, tokens

_POINTS_BACK = re.compile(r"\b(?:this|these|those|such|he|she|they|it|his|her|their|its)\b", re.IGNORECASE)
UNFIT = {"how_many": 0.15, "how_much": 0.15, "how_long": 0.15, "when": 0.15, "who": 0.4, "who_said": 0.4, "said": 0.4, "why": 0.6}
"""What is left of the probability where the sentence has not the form of such an answer (a number, a date, a name, a reason)."""
NAMELESS, UNDATED, UNKNOWN = 0.3, 0.5, 0.85
"""What is left without any of the question's names; when the question names a time and the document another; and for each
word that no passage of the library has and nothing near the sentence comes close to."""
UNSOUGHT = 0.4
"""What is left where nothing in or beside the sentence comes close to the thing asked for ("what is the *population* of")."""
ELSEWHERE = 0.8
"""How much a name counts that the document says, but not near the sentence."""
POINTED = 0.5
"""How much a word counts that only the sentence before says, where the sentence points back to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """`meaning`: cosine of question and sentence. `words`: share of the question's words, by weight, that the sentence says.
    `fit`: it holds the kind of thing asked for. `names`: share of the question's names said in it, near it or in its document.
    `gate` is what is left of the probability where something the answer cannot do without is absent (see `gate`).
    `spoken`: asked what somebody says, and these are that person's words. `closely`: what the trained reader makes of it, None
    where it was not read."""

    meaning: float
    words: float
    fit: float
    names: float
    gate: float = 1.0
    spoken: bool = False
    closely: Closely | None = None

    def with_meaning(self, meaning: float) -> "Features":
        return replace(self, meaning=meaning)

    def values(self) -> tuple[float, ...]:
        """The features that are weighed, in the order of FITTED, then, where it was read closely, of READ."""
        read = (self.closely.answers, self.closely.window, max(self.closely.sure, UNSURE)) if self.closely else ()
        return (self.meaning, self.words, self.fit, self.names, *read)


SPOKEN = 2.5
"""Added to the sum for the very words somebody was asked for: what they are about, the question cannot say."""
FITTED = ("meaning", "words", "fit", "names")
READ = ("answers", "window", "sure")
UNSURE = -6.0
"""Less sure than this of its words counts as this."""
BIAS, WEIGHTS = -6.7, (5.4, 2.7, 1.05, 0.4)
"""For a sentence that no reader has read: the order in which sentences are handed to it, and the answer without it."""
BIAS_READ, WEIGHTS_READ, GATE_READ = -2.0, (1.6, 0.8, 0.32, 0.12, 0.6, 0.3, 0.2), 0.5
"""For one that was read, the reader's logits last, and the power to which its gate is raised, for the reader sees for itself some of what the
gate is for: chosen on the even own cases and invented affairs which the weights had not seen (eval/LOG.md)."""


def probability(found: Features) -> float:
    """How probable it is, in [0, 1], that the sentence answers: the logistic function of the weighted features, times the gate."""
    bias, weights, power = (BIAS_READ, WEIGHTS_READ, GATE_READ) if found.closely else (BIAS, WEIGHTS, 1)
    total = bias + SPOKEN * found.spoken + sum(weight * value for weight, value in zip(weights, found.values(), strict=True))
    return found.gate**power / (1 + math.exp(-total))


def features(asked: Asked, around: Around, weights: Mapping[str, float], *, meaning: float) -> Features:
    """All features of one sentence for one question; `weights` as from `rarities`."""
    near = f"{around.sentence}\n{around.before}\n{around.after}\n{around.about}\n{around.passage}"
    names = max(names_said(asked, near), ELSEWHERE * names_said(asked, around.document))
    fits = fit(asked, around)
    return Features(meaning=meaning, words=coverage(asked, around, weights), fit=fits, names=names,
                    gate=gate(asked, around, weights, fits=fits, names=names), spoken=asked.kind == "said" and speaks(asked, around))


def gate(asked: Asked, around: Around, weights: Mapping[str, float], *, fits: float, names: float) -> float:
    """What is left, in [0, 1], for want of the kind of thing asked for, of a name, of a time, or of a word the library lacks."""
    left = NAMELESS + (1 - NAMELESS) * names
    if asked.kind in UNFIT:
        left *= max(fits, UNFIT[asked.kind])
    if asked.dates and not _dates_agree(asked, around):
        left *= UNDATED
    near = words_of(f"{around.sentence} {around.before} {around.after} {around.about}")
    unknown = [term for term, weight in weights.items() if math.isclose(weight, 1.0) and said(term, asked.terms[term], near) < 0.3]
    if asked.sought and not any(said(term, asked.terms.get(term, term), near) >= 0.3 for term in asked.sought):
        left *= UNSOUGHT
    return left * UNKNOWN ** len(unknown)


def rarities(asked: Asked, frequency: Mapping[str, int], total: int) -> dict[str, float]:
    """Weight of each question stem, in (0, 1]: the rarer in the library, the heavier (BM25's inverse document frequency,
    floored so that a small library's common words still count); words of the asking weigh LIGHT of that."""
    most = math.log(1 + (total + 0.5) / 0.5)
    weights = {}
    for term in asked.terms:
        seen = frequency.get(term, 0)
        weight = 0.3 + 0.7 * math.log(1 + (total - seen + 0.5) / (seen + 0.5)) / most
        weights[term] = weight * (LIGHT if term in asked.light else 1.0)
    return weights


def coverage(asked: Asked, around: Around, weights: Mapping[str, float]) -> float:
    """Share in [0, 1] of the question's words, by weight, that the sentence says; a word that only the sentence before says
    counts POINTED where this one points back ("these attacks", "he")."""
    whole = sum(weights.values())
    if not whole:
        return 0.0
    here = words_of(around.sentence)
    before = words_of(around.before) if _POINTS_BACK.search(around.sentence) else {}
    total = 0.0
    for term, weight in weights.items():
        word = asked.terms[term]
        total += weight * max(said(term, word, here), POINTED * said(term, word, before))
    return total / whole


def _dates_agree(asked: Asked, around: Around) -> bool:
    """Whether a time in the question is said in the document, or is that of its publication."""
    mentions = find_dates(f"{around.about}\n{around.document or around.passage}", around.published)
    here = [(m.year, m.month, m.day) for m in mentions]
    if around.published:
        here.append((around.published.year, around.published.month, around.published.day))
    return any(all(a is None or b is None or a == b for a, b in zip((m.year, m.month, m.day), other, strict=True)) and (m.month or m.year)
               for m in asked.dates for other in here)


def names_said(asked: Asked, text: str) -> float:
    """Share of the question's names that `text` has, in [0, 1]; 1 when the question has none."""
    if not asked.names:
        return 1.0
    there = _names(text)
    words = words_of(text)
    return sum(any(same_name(n.core, other) for other in there) or _all_said(n.core, words) for n in asked.names) / len(asked.names)


@lru_cache(maxsize=1024)
def _names(text: str) -> frozenset[str]:
    return frozenset(name.core for name in find_names(text))


def _all_said(name: str, words: Mapping[str, str]) -> bool:
    return all(matches(stem(token.text), words) for token in tokens(name))
