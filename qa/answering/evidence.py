"""How well one sentence answers one question: a handful of features, each in [0, 1], and their weighted sum.

Nothing here looks at what the documents are about; the weights were fitted by `python -m eval.fit_evidence` (see
eval/LOG.md for the data and the figures).
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from qa.answering.question import LIGHT, Asked
from qa.answering.kinds import members
from qa.grounding.lexicon import synonyms
from qa.language.dates import find_dates
from qa.language.nearness import nearest
from qa.language.names import find_names, same_name
from qa.language.numbers import find_numbers
from qa.language.words import STOPWORDS, stem, tokens

_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|on|across|inside|outside|around|into|over|of|against|towards?|through|between)\s+"
    r"(?:the\s+|an?\s+)?(?:[a-z]+\s+){0,2}[A-Z]")
_CAUSE = re.compile(
    r"\b(?:because|due to|in response|respond|in order to|aim(?:ed|ing|s)? (?:at|to)|retaliat\w+|owing to|so that|as a result|result of|"
    r"since|caus\w+|reason|purpose|intended to|in an attempt|driven by|to (?:protect|prevent|deter|avoid|stop|show|signal|put|secure))\b",
    re.IGNORECASE)
_PEOPLES = re.compile(r"(?:[A-Z]\w+(?:ians?|ish|ese|elis?|aqis?|stanis?|ricans?)|Arabs?|French|Dutch|Greek|Western)$")
_ROLE = re.compile(
    r"\b(?:president|minister|leader|official|commander|chief|spokes\w+|director|expert|analyst|groups?|militias?|forces|authorities|media|"
    r"man|woman|police|residents|researchers|scientists|government|army|company)s?\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:this|these|those|such|he|she|they|it|his|her|their|its)\b", re.IGNORECASE)
_DURATION = frozenset("year month week day hour minute second decade century".split())
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\ds?\b|\bcentur(?:y|ies)\b")
_OCCASION = re.compile(r"\b(?:when|during|after|before|until|once|while|upon|by the time)\b", re.IGNORECASE)


UNFIT = {"how_many": 0.15, "how_much": 0.15, "how_long": 0.15, "when": 0.15, "who": 0.4, "why": 0.6}
"""What is left of the probability where the sentence has not the form of such an answer (a number, a date, a name, a reason)."""
NAMELESS, UNDATED, UNKNOWN = 0.3, 0.5, 0.85
"""What is left without any of the question's names; when the question names a time and the document another; and for each
word that no passage of the library has and nothing near the sentence comes close to."""
ELSEWHERE = 0.8
"""How much a name counts that the document says, but not near the sentence."""
POINTED = 0.5
"""How much a word counts that only the sentence before says, where the sentence points back to it."""
NEAR = 0.7
"""How much a word counts at most that is only near in meaning (static vectors)."""
FAR_BELOW, SAME_FROM = 0.2, 0.6
"""Cosines of two words' static vectors: below the first they have nothing in common, from the second they count NEAR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """`meaning`: cosine of question and sentence. `words`: share of the question's words, by weight, that the sentence says.
    `fit`: it holds the kind of thing asked for. `names`: share of the question's names said in it, near it or in its document.
    `gate` is what is left of the probability where something the answer cannot do without is absent (see `gate`)."""

    meaning: float
    words: float
    fit: float
    names: float
    gate: float = 1.0

    def with_meaning(self, meaning: float) -> "Features":
        return replace(self, meaning=meaning)


FITTED = ("meaning", "words", "fit", "names")
BIAS = -6.7
WEIGHTS = Features(meaning=5.4, words=2.7, fit=1.05, names=0.4)


def probability(found: Features) -> float:
    """How probable it is, in [0, 1], that the sentence answers: the logistic function of the weighted features, times `gate`."""
    total = BIAS + sum(getattr(WEIGHTS, name) * getattr(found, name) for name in FITTED)
    return found.gate / (1 + math.exp(-total))


def features(asked: Asked, around: "Around", weights: Mapping[str, float], *, meaning: float) -> Features:
    """All features of one sentence for one question; `weights` as from `rarities`."""
    near = f"{around.sentence}\n{around.before}\n{around.after}\n{around.about}\n{around.passage}"
    names = max(names_said(asked, near), ELSEWHERE * names_said(asked, around.document))
    fits = fit(asked, around.sentence)
    return Features(meaning=meaning, words=coverage(asked, around, weights), fit=fits, names=names,
                    gate=gate(asked, around, weights, fits=fits, names=names))


def gate(asked: Asked, around: "Around", weights: Mapping[str, float], *, fits: float, names: float) -> float:
    """What is left, in [0, 1], for want of the kind of thing asked for, of a name, of a time, or of a word the library lacks."""
    left = NAMELESS + (1 - NAMELESS) * names
    if asked.kind in UNFIT:
        left *= max(fits, UNFIT[asked.kind])
    if asked.dates and not _dates_agree(asked, around):
        left *= UNDATED
    near = _words(f"{around.sentence} {around.before} {around.after} {around.about}")
    unknown = [term for term, weight in weights.items() if math.isclose(weight, 1.0) and _said(term, asked.terms[term], near) < 0.3]
    return left * UNKNOWN ** len(unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A sentence with what surrounds it: the sentences before and after it, the passage's title and heading, the passage, the
    whole document's text and its day of publication (the last three may be left out)."""

    sentence: str
    before: str = ""
    after: str = ""
    about: str = ""
    passage: str = ""
    document: str = ""
    published: date | None = None

    def in_context(self) -> str:
        """The sentence with the title before it, as it is compared by meaning (on QED the gold sentence comes first for 67
        instead of 62 % so; the sentence before it makes it worse, 47 %)."""
        return f"{self.about.strip()}. {self.sentence}" if self.about.strip() else self.sentence


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


def coverage(asked: Asked, around: "Around", weights: Mapping[str, float]) -> float:
    """Share in [0, 1] of the question's words, by weight, that the sentence says; a word that only the sentence before says
    counts POINTED where this one points back ("these attacks", "he")."""
    whole = sum(weights.values())
    if not whole:
        return 0.0
    here = _words(around.sentence)
    before = _words(around.before) if _POINTS_BACK.search(around.sentence) else {}
    said = (max(_said(term, asked.terms[term], here), POINTED * _said(term, asked.terms[term], before)) * weight for term, weight in weights.items())
    return sum(said) / whole


@lru_cache(maxsize=2048)
def _words(text: str) -> Mapping[str, str]:
    """The words of a text by stem; numbers too."""
    return {stem(token.text): token.text.lower() for token in tokens(text) if token.text.lower() not in STOPWORDS or token.text.isupper()}


def _said(term: str, word: str, words: Mapping[str, str]) -> float:
    """1 when the stem itself is there, 0.8 for a word of the same family or a listed synonym, up to NEAR for a word near in
    meaning, 0 else. A number is said or it is not."""
    if term in words:
        return 1.0
    if term[:1].isdigit():
        return 0.0
    if any(other in words for other in synonyms(term)):
        return 0.8
    # "Iran" and "Iranian", "deploy" and "deployment": one is the beginning of the other
    if len(term) >= 4 and any(_same_family(term, other) for other in words if other[:4] == term[:4]):
        return 0.8
    cosine = nearest(word.lower(), list(words.values()))
    return min(NEAR, max(0.0, (cosine - FAR_BELOW) / (SAME_FROM - FAR_BELOW) * NEAR))


def _same_family(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return long.startswith(short) and len(long) - len(short) <= min(4, len(short) - 2)


def _dates_agree(asked: Asked, around: Around) -> bool:
    """Whether a time in the question is said in the document, or is that of its publication."""
    said = find_dates(f"{around.about}\n{around.document or around.passage}", around.published)
    here = [(m.year, m.month, m.day) for m in said]
    if around.published:
        here.append((around.published.year, around.published.month, around.published.day))
    return any(all(a is None or b is None or a == b for a, b in zip((m.year, m.month, m.day), other, strict=True)) and (m.month or m.year)
               for m in asked.dates for other in here)


def names_said(asked: Asked, text: str) -> float:
    """Share of the question's names that `text` has, in [0, 1]; 1 when the question has none."""
    if not asked.names:
        return 1.0
    said = _names(text)
    words = _words(text)
    return sum(any(same_name(n.core, other) for other in said) or _all_said(n.core, words) for n in asked.names) / len(asked.names)


@lru_cache(maxsize=1024)
def _names(text: str) -> frozenset[str]:
    return frozenset(name.core for name in find_names(text))


def _all_said(name: str, words: Mapping[str, str]) -> bool:
    return all(_matches(stem(token.text), words) for token in tokens(name))


def _matches(term: str, words: Mapping[str, str]) -> bool:
    """Whether a word, one of its family or a listed synonym is there."""
    if term in words or any(other in words for other in synonyms(term)):
        return True
    return len(term) > 3 and any(_same_family(term, other) for other in words if other[:4] == term[:4])


def fit(asked: Asked, sentence: str) -> float:
    """How far the sentence holds the kind of thing asked for, in [0, 1]; 0.5 where the question does not say."""
    kinds = {"how_many": _counts, "how_much": _measures, "how_long": _lasts, "when": _dates, "where": _places, "who": _persons, "why": _reasons, "which": _chosen}
    if asked.kind in kinds:
        return kinds[asked.kind](asked, sentence)
    return 0.5


def _counts(asked: Asked, sentence: str) -> float:
    """1 for a number of just what is counted, less for one that may count it, 0 without any."""
    numbers = [n for n in find_numbers(sentence) if not n.ordinal]
    if not numbers:
        return 0.0
    if not asked.head:
        return 0.8
    percent = "percentag" in asked.terms or "share" in asked.terms or "proport" in asked.terms
    best = 0.3
    for number in numbers:
        after = _words(sentence[number.end : number.end + 60])
        before = _words(sentence[max(0, number.start - 60) : number.start])
        if stem(number.noun) == asked.head or _matches(asked.head, after) or (percent and number.unit == "%"):
            best = 1.0
        elif _matches(asked.head, before):
            best = max(best, 0.8)
        elif not number.noun and _matches(asked.head, _words(sentence)):
            best = max(best, 0.6)
    return best


def _measures(asked: Asked, sentence: str) -> float:
    numbers = [n for n in find_numbers(sentence) if not n.ordinal]
    return 1.0 if any(n.unit for n in numbers) else 0.6 if numbers else 0.0


def _lasts(asked: Asked, sentence: str) -> float:
    if any(n.unit in _DURATION for n in find_numbers(sentence)):
        return 1.0
    return 0.6 if find_dates(sentence) else 0.0


def _dates(asked: Asked, sentence: str) -> float:
    found = find_dates(sentence)
    if any(not mention.relative for mention in found) or _YEAR.search(sentence):
        return 1.0
    return 0.6 if found else 0.4 if _OCCASION.search(sentence) else 0.0


def _places(asked: Asked, sentence: str) -> float:
    new = _new_names(asked, sentence)
    if not new:
        return 0.1
    return 1.0 if _PLACE.search(sentence) else 0.6


def _persons(asked: Asked, sentence: str) -> float:
    if any(not _PEOPLES.match(name.core) for name in _new_names(asked, sentence)):
        return 1.0
    return 0.5 if _ROLE.search(sentence) else 0.2


def _reasons(asked: Asked, sentence: str) -> float:
    return 1.0 if _CAUSE.search(sentence) else 0.3


def _chosen(asked: Asked, sentence: str) -> float:
    """The kind asked for is said ("which bank": a bank), or one of that kind ("which weapons": missiles)."""
    if not asked.head:
        return 0.5
    words = _words(sentence)
    if _matches(asked.head, words) or any(member in words for member in members(asked.head)):
        return 1.0
    near = nearest(asked.terms.get(asked.head, asked.head).lower(), list(words.values()))
    return 0.7 if near >= 0.4 else 0.5 if _new_names(asked, sentence) else 0.2


def _new_names(asked: Asked, sentence: str) -> Sequence:
    return [name for name in find_names(sentence) if not any(same_name(name.core, known.core) for known in asked.names)
            and not set(_words(name.core)) <= set(asked.terms)]
