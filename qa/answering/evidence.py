"""How well one sentence answers one question: a handful of features, each in [0, 1], and their weighted sum.

Nothing here looks at what the documents are about; the weights were fitted by `python -m eval.fit_evidence` (see
eval/LOG.md for the data and the figures).
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.answering.question import LIGHT, Asked
from qa.language.dates import find_dates
from qa.language.names import find_names, same_name
from qa.language.numbers import find_numbers
from qa.language.synonyms import related
from qa.language.words import stem, tokens

_PLACE = re.compile(r"\b(?:in|at|near|from|to|on|across|inside|outside|around|into|over|of|against|towards?|through|between)\s+(?:the\s+|an?\s+)?(?:[a-z]+\s+){0,2}[A-Z]")
_CAUSE = re.compile(
    r"\b(?:because|due to|in response|respond|in order to|aim(?:ed|ing|s)? (?:at|to)|retaliat\w+|owing to|so that|as a result|result of|"
    r"since|caus\w+|reason|purpose|intended to|in an attempt|driven by|to (?:protect|prevent|deter|avoid|stop|show|signal|put|secure))\b", re.IGNORECASE)
_DURATION = frozenset("year month week day hour minute second decade century".split())
_MEASURE = frozenset("$ € £ ¥ ₪ ₹ % km mi m cm ft kg ton".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """`meaning`: cosine of question and sentence. `here`, `wide`: share of the question's words, by weight, said in the sentence,
    or in it and around it. `missing`: weight of the heaviest word said nowhere near. `fit`: holds the kind of thing asked for.
    `names`: share of the question's names said in the sentence or around it. `hit`: the passage's search score."""

    meaning: float
    here: float
    wide: float
    missing: float
    fit: float
    names: float
    hit: float

    def with_meaning(self, meaning: float) -> "Features":
        return replace(self, meaning=meaning)


BIAS = -6.1
WEIGHTS = Features(meaning=4.4, here=0.95, wide=1.4, missing=0.0, fit=1.1, names=0.75, hit=0.0)


def probability(found: Features) -> float:
    """How probable it is, in [0, 1], that the sentence answers: the logistic function of the weighted features."""
    total = BIAS + sum(getattr(WEIGHTS, name) * getattr(found, name) for name in Features.__slots__)
    return 1 / (1 + math.exp(-total))


def features(asked: Asked, around: "Around", weights: Mapping[str, float], *, hit_score: float, meaning: float) -> Features:
    """All features of one sentence for one question; `weights` as from `rarities`."""
    here, wide, missing = coverage(asked, around, weights)
    names = names_said(asked, f"{around.sentence}\n{around.before}\n{around.after}\n{around.about}")
    return Features(meaning=meaning, here=here, wide=wide, missing=missing, fit=fit(asked, around.sentence), names=names, hit=hit_score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A sentence with what surrounds it: the sentences before and after it in its passage, and the passage's title and heading."""

    sentence: str
    before: str = ""
    after: str = ""
    about: str = ""


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


def coverage(asked: Asked, around: Around, weights: Mapping[str, float]) -> tuple[float, float, float]:
    """Three shares in [0, 1] of the question's words by weight: said in the sentence, said in it or its surroundings, and
    the heaviest single word that neither says."""
    whole = sum(weights.values())
    if not whole:
        return 0.0, 0.0, 0.0
    sentence = _stems(around.sentence)
    nearby = _stems(f"{around.before} {around.after} {around.about}")
    here = wide = missing = 0.0
    for term, weight in weights.items():
        inside = _said(term, sentence)
        here += weight * inside
        wide += weight * max(inside, _said(term, nearby))
        if not inside and not _said(term, nearby):
            missing = max(missing, weight)
    return here / whole, wide / whole, missing / max(weights.values())


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token.text) for token in tokens(text))


def _said(term: str, stems: frozenset[str]) -> float:
    """1 when the stem itself is there, 0.8 for a word of the same family or meaning, 0 else."""
    if term in stems:
        return 1.0
    if any(other in stems for other in related(term)):
        return 0.8
    # "Iran" and "Iranian", "deploy" and "deployment": one is the beginning of the other
    if len(term) >= 4 and any(_same_family(term, other) for other in stems if other[:4] == term[:4]):
        return 0.8
    return 0.0


def _same_family(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return long.startswith(short) and len(long) - len(short) <= 4


def names_said(asked: Asked, text: str) -> float:
    """Share of the question's names that `text` has, in [0, 1]; 1 when the question has none."""
    if not asked.names:
        return 1.0
    said = find_names(text)
    stems = _stems(text)
    return sum(any(same_name(n.core, s.core) for s in said) or _all_said(n.core, stems) for n in asked.names) / len(asked.names)


def _all_said(name: str, stems: frozenset[str]) -> bool:
    return all(_said(stem(token.text), stems) for token in tokens(name))


def fit(asked: Asked, sentence: str) -> float:
    """How far the sentence holds the kind of thing asked for, in [0, 1]; 0.5 where the question does not say."""
    kinds = {"how_many": _counts, "how_much": _measures, "how_long": _lasts, "when": _dates, "where": _places, "who": _persons, "why": _reasons}
    if asked.kind in kinds:
        return kinds[asked.kind](asked, sentence)
    if asked.kind == "which" and asked.focus:
        return 0.8 if any(_said(word, _stems(sentence)) for word in asked.focus) else 0.4
    return 0.5


def _counts(asked: Asked, sentence: str) -> float:
    numbers = [n for n in find_numbers(sentence) if not n.ordinal and n.unit not in _MEASURE - {"%"}]
    if not numbers:
        return 0.0
    if not asked.focus:
        return 0.8
    best = 0.3
    for number in numbers:
        after = tokens(sentence[number.end : number.end + 60])[:6]
        before = tokens(sentence[max(0, number.start - 60) : number.start])[-5:]
        stems_after = frozenset(stem(t.text) for t in after) | {stem(number.noun)}
        if _said(asked.focus[-1], stems_after) == 1.0:
            best = max(best, 1.0)
        elif any(_said(word, stems_after) for word in asked.focus):
            best = max(best, 0.85)
        elif any(_said(word, frozenset(stem(t.text) for t in before)) for word in asked.focus):
            best = max(best, 0.7)
    return best


def _measures(asked: Asked, sentence: str) -> float:
    numbers = [n for n in find_numbers(sentence) if not n.ordinal]
    return 1.0 if any(n.unit in _MEASURE or n.unit in _DURATION for n in numbers) else 0.6 if numbers else 0.0


def _lasts(asked: Asked, sentence: str) -> float:
    if any(n.unit in _DURATION for n in find_numbers(sentence)):
        return 1.0
    return 0.6 if find_dates(sentence) else 0.0


def _dates(asked: Asked, sentence: str) -> float:
    found = find_dates(sentence)
    if not found:
        return 0.0
    return 0.6 if all(mention.relative and not mention.resolved for mention in found) else 1.0


def _places(asked: Asked, sentence: str) -> float:
    new = _new_names(asked, sentence)
    if not new:
        return 0.1
    return 1.0 if _PLACE.search(sentence) else 0.6


def _persons(asked: Asked, sentence: str) -> float:
    return 1.0 if _new_names(asked, sentence) else 0.3


def _reasons(asked: Asked, sentence: str) -> float:
    return 1.0 if _CAUSE.search(sentence) else 0.3


def _new_names(asked: Asked, sentence: str) -> Sequence:
    return [name for name in find_names(sentence) if not any(same_name(name.core, known.core) for known in asked.names)]
