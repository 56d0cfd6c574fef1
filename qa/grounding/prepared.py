"""A text made ready for comparison: its sentences and words with exact offsets."""

from dataclasses import dataclass
from functools import lru_cache

from qa.language.sentences import split_sentences
from qa.language.words import STOPWORDS, WORD, stem


@dataclass(frozen=True, slots=True)
class Word:
    """A word: lower-case `text`, its `stem`, offsets, the number of its `sentence`, and whether it carries `content`."""

    text: str
    stem: str
    start: int
    end: int
    sentence: int
    content: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text, its sentences as offset pairs and its words. `places` gives for each content stem
    the indices into `words`; `content` the indices of the content words in order; `rank` the inverse of `content`."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    words: tuple[Word, ...]
    first_words: tuple[int, ...]
    places: dict[str, tuple[int, ...]]
    rank: dict[int, int]

    def words_of(self, first: int, last: int) -> tuple[Word, ...]:
        """The words of the sentences numbered `first` to `last` (included)."""
        end = self.first_words[last + 1] if last + 1 < len(self.first_words) else len(self.words)
        return self.words[self.first_words[first]:end]


@lru_cache(maxsize=64)
def prepare(text: str) -> Prepared:
    """`text` made ready. The last 64 texts are kept, so that checking many claims against one source pays once."""
    sentences = tuple(split_sentences(text)) or ((0, len(text)),)
    words: list[Word] = []
    firsts: list[int] = []
    for number, (start, end) in enumerate(sentences):
        firsts.append(len(words))
        for match in WORD.finditer(text, start, end):
            lower = match.group().lower().replace("’", "'")
            words.append(Word(lower, stem(lower), match.start(), match.end(), number, lower not in STOPWORDS and len(lower) > 1 or lower.isdigit()))
    places: dict[str, list[int]] = {}
    rank: dict[int, int] = {}
    for index, word in enumerate(words):
        if word.content:
            rank[index] = len(rank)
            places.setdefault(word.stem, []).append(index)
    return Prepared(
        text=text, sentences=sentences, words=tuple(words), first_words=tuple(firsts),
        places={key: tuple(found) for key, found in places.items()}, rank=rank)
