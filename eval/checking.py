"""A finished answer checked sentence by sentence against its contexts, without a language model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eval.answers import Context, Finished
from eval.refusals import declines
from qa import Problem, Verdict
from qa.grounding import check
from qa.language.orders import without_instructions
from qa.language.sentences import split_sentences
from qa.language.words import content_stems

SHORT = 2
"""An expected answer of at most so many telling words must stand in the answer word for word; a longer one may be told in other words."""
_MARKER = re.compile(r"\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The characters `start` to `end` of the context called `document`."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One sentence of an answer and what the check found. `checked` is False when nothing in it could be checked, and then `supported`
    is False and means nothing; `declines` says that the sentence is a refusal, which is not checked."""

    text: str
    supported: bool
    score: float
    checked: bool = True
    declines: bool = False
    problems: tuple[Problem, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a verdict is about: the words of a statement, the texts they were checked against, and the day of these where known."""

    text: str
    contexts: tuple[Context, ...]
    published: date | None = None


def without_markers(text: str) -> str:
    """The text without its [1] and [2, 3]."""
    return _MARKER.sub("", text)


def check_statement(text: str, contexts: Sequence[Context], *, published: date | None = None) -> Checked:
    """One sentence checked against the contexts. Sentences of the contexts that give orders to a program are no evidence."""
    verdict = check(without_markers(text), [without_instructions(context.text) for context in contexts], published=published)
    return of_verdict(text, verdict, contexts)


def of_verdict(text: str, verdict: Verdict, contexts: Sequence[Context]) -> Checked:
    """A verdict of the grounding check with its evidence named."""
    evidence = tuple(Evidence(document=contexts[span.source].name, start=span.start, end=span.end, text=span.text)
                     for span in verdict.evidence)
    return Checked(text=text, supported=verdict.supported and verdict.checked, score=verdict.score, checked=verdict.checked,
                   problems=verdict.problems, evidence=evidence)


def check_answer(finished: Finished) -> tuple[Checked, ...]:
    """Every sentence of the answer, in order. An empty answer has none."""
    text = finished.answer
    sentences = [text[start:end] for start, end in split_sentences(text)]
    return tuple(Checked(text=sentence, supported=False, score=0.0, checked=False, declines=True) if declines(sentence)
                 else check_statement(sentence, finished.contexts, published=finished.published)
                 for sentence in sentences)


def gold_stated(finished: Finished) -> tuple[int, int]:
    """How many sentences of the expected answer the answer states, of how many; the best of several answers. (0, 0) without."""
    counts = [_stated(gold, finished.answer) for gold in finished.gold]
    return max(counts, key=lambda count: (count[0] / count[1], count[1]), default=(0, 0))


def _stated(gold: str, answer: str) -> tuple[int, int]:
    sentences = [gold[start:end] for start, end in split_sentences(gold)] or [gold]
    return sum(_states(answer, sentence) for sentence in sentences), len(sentences)


def _states(answer: str, sentence: str) -> bool:
    words, wanted = _words(answer), _words(sentence)
    if wanted and any(words[i : i + len(wanted)] == wanted for i in range(len(words) - len(wanted) + 1)):
        return True
    return len(content_stems(sentence)) > SHORT and check(sentence, [answer]).supported


def _words(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", text.lower())
