"""Titles and the names after them: "Hezbollah leader" and "Nasrallah"."""

import re

from qa.attribution.vocabulary import ANONYMOUS, BODIES, FINITE, ROLES, TITLES, UNNAMING_ADJECTIVES
from qa.language.words import STOPWORDS

NAME_PART = (
    r"(?:[A-Z]\.|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Col|Lt|St|Jr)\.|[A-Z][\w’'-]*|[Aa]l-[A-Z]\w+|el-[A-Z]\w+|bin|ibn|van|von|de|der|den"
    r"|da|dos|di|la|le)"
)
_OFFICE = re.compile(
    r"of (?:the )?(?:State|Defen[cs]e|Health|Finance|Justice|Interior|Education|Staff|Energy|Commerce|Transport|Labou?r"
    r"|Agriculture|Homeland Security|Foreign Affairs) "
)
ARTICLE = re.compile(r"^(?:the|a|an|one|his|her|its|their|our|my|both)\s+", re.I)


def split_title(text: str) -> tuple[str, str]:
    """A title and the name after it: ("Hezbollah leader", "Nasrallah"); no name when the words end in the title ("the Iranian President")
    or describe a body or group ("health authorities in the enclave")."""
    plain = " ".join(ARTICLE.sub("", text.strip(" ,")).split())
    words = plain.split()
    marks = [
        place
        for place, word in enumerate(words)
        if bare(word) in TITLES or bare(word) in ROLES or bare(word) in BODIES and word[0].isupper() and place < len(words) - 2
    ]
    if marks and marks[-1] < len(words) - 1:
        rest = words[marks[-1] + 1 :]
        office = _OFFICE.match(" ".join(rest) + " ") if bare(words[marks[-1]]) in TITLES else None
        if office and len(rest) > len(office.group().split()):
            marks, rest = [marks[-1] + len(office.group().split())], rest[len(office.group().split()) :]
        joins = any(word in ("of", "for", "in", "at", "from", "and", "on", "to", "with", "by") for word in rest)
        if (
            not joins
            and all(re.fullmatch(NAME_PART + r"|[“\"'][\w\s]+[”\"']?|\w+[”\"]", word) for word in rest)
            and _namelike(rest)
            and bare(rest[-1]) not in BODIES | ROLES
        ):
            return _clean(words[: marks[-1] + 1]), " ".join(rest)
    described = re.match(rf"(?P<title>(?:[A-Z]?[a-z][\w-]*\s+){{1,4}}?)(?P<name>[A-Z][\w’'-]*(?:\s+{NAME_PART}){{0,3}})$", plain)
    if described and _describes(described["title"].split()) and bare(described["name"].split()[-1]) not in BODIES | ROLES | ANONYMOUS:
        return described["title"].strip(), described["name"]
    if words and all(re.fullmatch(NAME_PART, word) for word in words) and bare(words[-1]) not in TITLES | BODIES:
        return "", plain
    return "", ""


def _describes(words: list[str]) -> bool:
    """Whether words before a name describe its bearer ("keeper", "Animal rights group"): a plain noun last, no little word among them."""
    return words[-1].islower() and not any(
        word.lower() in STOPWORDS or word.lower() in UNNAMING_ADJECTIVES - {"opposition"} for word in words
    )


def _clean(title: list[str]) -> str:
    """A title without a form of address or a verb of saying before it."""
    while title and title[0].lower() in FINITE:
        title = title[1:]
    return "" if len(title) == 1 and bare(title[0]) in ("mr", "mrs", "ms", "miss", "dr", "cllr") else " ".join(title)


def _namelike(words: list[str]) -> bool:
    return any(re.match(r"[A-Z“\"]|al-|el-", word) for word in words)

def bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.strip(".,“”\"’'()")).lower()
