"""What a sentence denies: the content words that stand under a "not", "without", "failed to" and the like."""

from collections.abc import Iterable
from dataclasses import dataclass

from qa.grounding.prepared import Prepared, Word

_NOT = frozenset("""not no non never none neither nor nobody nothing nowhere without cannot can't don't doesn't didn't isn't aren't wasn't
    weren't won't wouldn't couldn't shouldn't hasn't haven't hadn't mustn't needn't ain't hardly barely scarcely""".split())
_FAILING = frozenset(
    "fail lack refus deni declin unabl absenc absent exclud except instead rather prevent avoid reject unlik imposs stop".split())
_BREAKS = frozenset("but because although though while whereas however which who that and until unless".split())
_REACH = 4


@dataclass(frozen=True, slots=True)
class Denial:
    """The index of a denying word and those of the content words it denies, nearest first."""

    by: int
    denied: tuple[int, ...]


def denials(text: Prepared, sentences: Iterable[int], *, weak: bool = False) -> list[Denial]:
    """The denials in `sentences`; `weak` adds words that deny without a "not" ("failed to", "refused")."""
    return [denial for number in sentences for denial in _in_sentence(text, number, weak)]


def _in_sentence(text: Prepared, number: int, weak: bool) -> list[Denial]:
    begin, words = text.first_words[number], text.words_of(number)
    found = []
    for offset, word in enumerate(words):
        following = words[offset + 1].text if offset + 1 < len(words) else ""
        if _is_not(word) and following not in ("only", "just", "merely", "least", "doubt", "matter") or weak and word.stem in _FAILING:
            found.append(Denial(begin + offset, tuple(begin + place for place in _reached(text, words, offset))))
    return found


def _is_not(word: Word) -> bool:
    return word.text in _NOT or word.text.endswith("n't")


def _reached(text: Prepared, words: tuple[Word, ...], offset: int) -> list[int]:
    """The content words after the denying word at `offset`, up to a comma, a conjunction or the reach."""
    reached: list[int] = []
    for ahead in range(offset + 1, min(offset + 10, len(words))):
        other = words[ahead]
        if len(reached) == _REACH or (reached and other.text in _BREAKS):
            break
        if reached and "," in text.text[words[ahead - 1].end:other.start]:
            break
        if other.content and not _is_not(other):
            reached.append(ahead)
    return reached
