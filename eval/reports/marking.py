"""Where a statement and its source differ, as offset pairs."""

import re
from collections.abc import Sequence

from eval.results import Record
from qa.language.words import STOPWORDS, stem, tokens

Pairs = list[tuple[int, int]]


def differences(statement: Record) -> tuple[Pairs, list[Pairs]]:
    """What to mark in the statement, and in each piece of its evidence: the two sides of every problem, and in the statement
    the telling words that no evidence has. Offset pairs in order, apart from each other."""
    texts = [evidence["text"] for evidence in statement["evidence"]]
    known = {stem(token.text) for text in texts for token in tokens(text)}
    strange = [(token.start, token.end) for token in tokens(statement["text"])
               if token.text.lower() not in STOPWORDS and stem(token.text) not in known]
    claimed = [pair for problem in statement["problems"] if problem["kind"] != "unsaid" or " " not in problem["claim"]
               for pair in found(problem["claim"], statement["text"])]
    sourced = [[pair for problem in statement["problems"] for pair in found(problem["source"], text)] for text in texts]
    return merged(strange + claimed), [merged(pairs) for pairs in sourced]


def found(part: str, whole: str) -> Pairs:
    """Every place of `part` in `whole` as whole words, case aside; where it does not stand so, the places of its telling words."""
    if not part.strip():
        return []
    places = _places(part, whole)
    return places or [pair for token in tokens(part) if token.text.lower() not in STOPWORDS for pair in _places(token.text, whole)]


def _places(part: str, whole: str) -> Pairs:
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(word) for word in part.split()) + r"(?!\w)"
    return [match.span() for match in re.finditer(pattern, whole, re.IGNORECASE)]


def merged(pairs: Sequence[tuple[int, int]]) -> Pairs:
    """The pairs in order, those that touch or overlap joined."""
    joined: Pairs = []
    for start, end in sorted(pairs):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
