"""A text made ready for comparison: its sentences and words with exact offsets."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from qa.grounding.lexicon import root
from qa.language.sentences import split_sentences
from qa.language.words import STOPWORDS, WORD


class Word(NamedTuple):
    """A word: lower-case `text`, its `stem`, offsets, the number of its `sentence`, and whether it carries `content`."""

    text: str
    stem: str
    start: int
    end: int
    sentence: int
    content: bool


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A text, its sentences as offset pairs and its words. `places` gives for each content stem
    the indices into `words`; `rank` the position of a content
    word among the content words; `beginnings` the stems by their first four letters."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    words: tuple[Word, ...]
    first_words: tuple[int, ...]
    places: dict[str, tuple[int, ...]]
    rank: dict[int, int]
    beginnings: dict[str, tuple[str, ...]]

    def indices(self, sentence: int) -> range:
        """The indices of the words of a sentence."""
        end = self.first_words[sentence + 1] if sentence + 1 < len(self.first_words) else len(self.words)
        return range(self.first_words[sentence], end)

    def words_of(self, sentence: int) -> tuple[Word, ...]:
        """The words of a sentence."""
        return self.words[self.indices(sentence).start:self.indices(sentence).stop]


@lru_cache(maxsize=64)
def prepare(text: str) -> Prepared:
    """`text` made ready. The last 64 texts are kept, so that checking many claims against one source pays once."""
    sentences = tuple(split_sentences(text)) or ((0, len(text)),)
    words: list[Word] = []
    firsts: list[int] = []
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):  # a few letters become two when lower-cased; then offsets would drift
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text).replace("’", "'")
    for number, (start, end) in enumerate(sentences):
        firsts.append(len(words))
        for match in WORD.finditer(lowered, start, end):
            word = match.group()
            content = word not in STOPWORDS and len(word) > 1 or word.isdigit()
            words.append(Word(word, root(word), match.start(), match.end(), number, content))
    places: dict[str, list[int]] = {}
    rank: dict[int, int] = {}
    for index, word in enumerate(words):
        if word.content:
            rank[index] = len(rank)
            places.setdefault(word.stem, []).append(index)
    beginnings: dict[str, list[str]] = {}
    for found in places:
        beginnings.setdefault(found[:4], []).append(found)
    return Prepared(
        text=text, sentences=sentences, words=tuple(words), first_words=tuple(firsts),
        places={key: tuple(found) for key, found in places.items()}, rank=rank,
        beginnings={key: tuple(found) for key, found in beginnings.items()})
