"""What the source has in the very place of a stretch of the claim: between the same words."""

from qa.grounding.alignment import Aligned

_AROUND = 2  # words on either side that are compared
_LONGEST = 5  # words that what stands in the place may have


def in_place_of(aligned: Aligned, start: int, end: int) -> list[str]:
    """The stretches of the window that stand between the words around characters `start` to `end` of the claim's sentence:
    two on either side, of which one may differ; two on one side where the characters open or close the sentence."""
    claim = aligned.claim.words_of(aligned.sentence)
    offset = aligned.claim.sentences[aligned.sentence][0]
    left = [word.text for word in claim if word.end <= offset + start][-_AROUND:]
    right = [word.text for word in claim if word.start >= offset + end][:_AROUND]
    if len(left) + len(right) < _AROUND:
        return []
    found = []
    for sentence in aligned.window.sentences:
        words = aligned.source.words_of(sentence)
        for first, last in _gaps([word.text for word in words], left, right):
            found.append(aligned.source.text[words[first].start:words[last - 1].end])
    return found


def _gaps(words: list[str], left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """The stretches of `words`, at most _LONGEST long, that have `left` before and `right` after them: all but one of these
    words must agree, and those that touch the stretch."""
    found = []
    starts = [spot + 1 for spot, word in enumerate(words) if word == left[-1]] if left else [0]
    for first in starts:
        before = _agreeing(words[max(0, first - _AROUND):first][::-1], left[::-1])
        for last in range(first + 1, min(first + _LONGEST, len(words)) + 1):
            after = _agreeing(words[last:last + _AROUND], right)
            if (after or not right and last == len(words)) and before + after >= max(_AROUND, len(left) + len(right) - 1):
                found.append((first, last))
                break
    return found


def _agreeing(words: list[str], wanted: list[str]) -> int:
    """How many of `wanted`, from the first on, are the beginning of `words`."""
    return next((n for n, (a, b) in enumerate(zip(words, wanted, strict=False)) if a != b), min(len(words), len(wanted)))
