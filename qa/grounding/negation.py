"""What a sentence denies: the content words that stand under a "not", "without", "failed to" and the like."""

from qa.grounding.prepared import Prepared

NEGATORS = frozenset("""not no never none neither nor nobody nothing nowhere without cannot can't don't doesn't didn't isn't aren't wasn't
    weren't won't wouldn't couldn't shouldn't hasn't haven't hadn't mustn't needn't ain't hardly barely scarcely""".split())
_FAILING = frozenset("fail lack refus deni declin unabl absenc exclud except instead rather prevent avoid reject unlik imposs unlikely".split())
_BREAKS = frozenset("but because although though while whereas however which who that and".split())
_REACH = 4


def denies(text: str) -> bool:
    """Whether anything in `text` denies."""
    return any(word in NEGATORS or word.endswith(("n't", "n’t")) or any(word.startswith(stem) for stem in _FAILING)
               for word in text.lower().replace("’", "'").split())


def negated(text: Prepared, first: int, last: int) -> dict[int, int]:
    """For the sentences `first` to `last`: the index of each content word that is denied, with that of the word denying it."""
    begin = text.first_words[first]
    words = text.words_of(first, last)
    found: dict[int, int] = {}
    for offset, word in enumerate(words):
        denies = word.text in NEGATORS or word.text.endswith("n't")
        if not denies and word.stem not in _FAILING:
            continue
        if denies and offset + 1 < len(words) and words[offset + 1].text in ("only", "just", "merely"):
            continue
        reached = 0
        for ahead in range(offset + 1, min(offset + 9, len(words))):
            other = words[ahead]
            if other.sentence != word.sentence or reached == (_REACH if denies else 2) or (reached and other.text in _BREAKS):
                break
            if "," in text.text[words[ahead - 1].end:other.start] and reached:
                break
            if other.content:
                found.setdefault(begin + ahead, begin + offset)
                reached += 1
    return found
