"""General English the check knows: words that may stand for each other, opposites, and kinds of which only one can be meant."""

from functools import lru_cache
from pathlib import Path

from qa.language.words import stem

_HERE = Path(__file__).parent
_NEGATING = ("un", "in", "im", "non", "dis", "il", "ir", "de", "mis")


def _lines(name: str) -> list[str]:
    text = (_HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    return {stem(word): stem(line.split()[0]) for line in _lines("irregular.txt") for word in line.split()[1:]}


def root(word: str) -> str:
    """The stem of a word, irregular forms brought to their plain one ("rose" to "rise")."""
    plain = stem(word)
    return _irregular().get(plain, plain)


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _lines("synonyms.txt"):
        group = {root(word) for word in line.split()}
        for word in group:
            found.setdefault(word, set()).update(group)
    return {word: frozenset(others - {word}) for word, others in found.items()}


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _lines("opposites.txt"):
        left, right = ({root(word) for word in side.split()} for side in line.split("|"))
        for word in left:
            found.setdefault(word, set()).update(right - left)
        for word in right:
            found.setdefault(word, set()).update(left - right)
    return {word: frozenset(others) for word, others in found.items()}


@lru_cache(maxsize=1)
def _contrasts() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _lines("contrasts.txt"):
        kind = {root(word) for word in line.split()}
        for word in kind:
            found.setdefault(word, set()).update(kind - {word})
    return {word: frozenset(others) for word, others in found.items()}


def synonyms(word: str) -> frozenset[str]:
    """Stems that may stand for the stem `word` (itself not among them); direct groups only, not groups of groups."""
    return _synonyms().get(word, frozenset())


def opposites(word: str) -> frozenset[str]:
    """Stems that contradict the stem `word`, its prefixed negations ("unlikely" for "likely") among them."""
    return _opposites().get(word, frozenset()) | _prefixed(word)


def contrasts(word: str) -> frozenset[str]:
    """Stems of the other members of the kinds to which `word` belongs."""
    return _contrasts().get(word, frozenset()) - synonyms(word)


@lru_cache(maxsize=8192)
def _prefixed(word: str) -> frozenset[str]:
    longer = {prefix + word for prefix in _NEGATING}
    shorter = {word.removeprefix(prefix) for prefix in _NEGATING if word.startswith(prefix) and len(word) > len(prefix) + 3}
    return frozenset(longer | shorter) - {word}


@lru_cache(maxsize=65536)
def akin(first: str, second: str) -> bool:
    """Whether two stems belong to one word family ("invas", "invad"; "argument", "argu"): a long common beginning."""
    short, long = sorted((first, second), key=len)
    if len(short) < 4 or short[0] != long[0]:
        return False
    common = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return common >= 4 and common >= len(short) - 1 and len(long) - common <= 5 and common >= 0.55 * len(long)


def is_light(word: str) -> bool:
    """Whether the stem `word` says little by itself: talk about the text, fillers, general verbs and adverbs."""
    return word in _listed("light.txt")


@lru_cache(maxsize=3)
def _listed(name: str) -> frozenset[str]:
    return frozenset(stem(word) for line in _lines(name) for word in line.split())


def speaks_badly(word: str) -> bool:
    """Whether the stem `word` means harm, blame, an ending or a hindrance."""
    return word in _listed("negative.txt")
