"""A row to train on, and the parts of its text that it is shown with."""

from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question (or claim) and a text with what is known of them; None where nothing is known.

    What is in the question's place may also be a claim, or a question and a sentence that answers it. `title` is that of the document the text is from, "" where it has none. `sentences` are offset pairs into `text`, `gold` the indices of
    those that answer (empty: none does); `span` the offsets of the answer's words, () when there is no answer; `answers` whether the text
    answers at all; `against` the indices of those sentences that contradict what the question says or takes for granted.
    """

    question: str
    text: str
    sentences: tuple[tuple[int, int], ...] = ()
    gold: tuple[int, ...] | None = None
    span: tuple[int, ...] | None = None
    answers: bool | None = None
    against: tuple[int, ...] | None = None
    fold: str = ""
    title: str = ""
    origin: str = ""


def view(row: Row, random: Random) -> Row:
    """The row with its whole text, with the sentences about one that answers, or with a few of which none does.

    The program reads a sentence with its neighbours (`qa.answering.closely`), and most of what it reads is about the matter without
    answering: so a text without its answer, cut from the same text, is what the reader has to know. A part counts as one
    without an answer only when the answer's words are not said in it.
    """
    way = random.random()
    if way < 0.35 or row.gold is None or len(row.sentences) < 3:
        return row
    if not row.gold:
        return _cut(row, *_some(len(row.sentences), random))
    if way < 0.7:
        gold = random.choice(row.gold)
        return _cut(row, max(0, gold - random.choice((0, 1, 1, 2))), min(len(row.sentences), gold + 1 + random.choice((0, 1, 1, 2))))
    return _without_answer(row, random) or row


def _without_answer(row: Row, random: Random) -> Row | None:
    """A few sentences of the text around the answering ones, which are left out where they lie between; None where that fails."""
    words = row.text[row.span[0] : row.span[1]].lower() if row.span else ""
    for _ in range(4):
        first, last = _some(len(row.sentences), random)
        part = _cut(row, first, last)
        if not part.gold and not (words and words in part.text.lower()):
            return replace(part, answers=False, span=())
    return None


def _some(count: int, random: Random) -> tuple[int, int]:
    """First and one after the last of one to five neighbouring sentences of `count`, mostly three."""
    size = min(count, random.choice((1, 2, 3, 3, 3, 4, 5)))
    first = random.randint(0, count - size)
    return first, first + size


def _cut(row: Row, first: int, last: int) -> Row:
    """The row with sentences `first` to `last` (not included) alone; a span outside them becomes ()."""
    begin, end = row.sentences[first][0], row.sentences[last - 1][1]
    span = row.span
    if span:
        span = (span[0] - begin, span[1] - begin) if begin <= span[0] and span[1] <= end else ()
    return replace(row, text=row.text[begin:end], sentences=tuple((s - begin, e - begin) for s, e in row.sentences[first:last]), span=span,
                   gold=tuple(number - first for number in row.gold if first <= number < last))
