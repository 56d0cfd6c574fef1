"""Words: tokens with offsets, stems, and which words carry no content."""

import re
from functools import lru_cache
from typing import NamedTuple

import Stemmer

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*", re.UNICODE)
_STEMMER = Stemmer.Stemmer("english", 0)  # stem() keeps them

STOPWORDS = frozenset(
    """a about above after again against all also am an and any are aren't as at be because been before being below
    between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few for
    from further had hadn't has hasn't have haven't having he he's her here hers herself him himself his how i i'm if in
    into is isn't it it's its itself just me more most my myself nor of off on once only or other our ours ourselves out
    over own same she should shouldn't so some such than that that's the their theirs them themselves then there there's
    these they this those through to too under until up upon very was wasn't we were weren't what when where which while
    who whom whose why will with won't would wouldn't you your yours yourself yourselves""".split()
)


class Token(NamedTuple):
    """A word or a number as it stands in the text, with its offsets."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words and numbers of `text` in order; "1,400" and "don't" are one token each, "pro-Iran" two."""
    return [Token(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The English Snowball stem of a word, lower case, with a possessive ending removed."""
    word = word.lower().replace("’", "'")
    return _STEMMER.stemWord(word.removesuffix("'s"))


def content_stems(text: str) -> list[str]:
    """The stems of the words that are not stopwords, in order, repeats kept."""
    return [stem(token.text) for token in tokens(text) if token.text.lower().replace("’", "'") not in STOPWORDS]
