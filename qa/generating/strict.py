"""What the words a sentence quotes must say themselves: its figures, dates, names and denials. Stricter than the grounding check, which
reads whole passages; it can be, because the sentence says which words it rests on."""

import re
from collections.abc import Sequence
from datetime import date

from qa.generating.cited import Cited
from qa.language.dates import DateMention, find_dates, overlaps
from qa.language.names import Name, find_names, same_name
from qa.language.numbers import Number, find_numbers
from qa.language.words import STOPWORDS, content_stems, stem, tokens

_LINK = re.compile(r"\b[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:javascript|data|mailto):|!\[|\]\s*\(|<\s*[a-z/!]|&(?:#\d+|[a-z]+);", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no|never|none|neither|nor|nobody|nothing|nowhere|without|cannot)\b|n['’]t\b", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:den(?:y|ie[sd]|ying)|refus\w+|reject\w*|fail\w*|lack\w*|unable|un\w{4,}|dis\w{4,}|prevent\w*|stop\w*|rul\w+ out|hardly|barely)\b",
                     re.IGNORECASE)
_HARMLESS = re.compile(r"\b(?:not only|no longer|no doubt|not least|no later than|no fewer than|no less than|no more than)\b", re.IGNORECASE)
_POINTS = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their|hers|theirs|who|the \w+|this|these|that|those|we|our|i|my)\b", re.IGNORECASE)
_BOUNDS = ("more than", "at least", "less than", "at most")
_REACH = 5
_DENYING = frozenset(("not", "no", "never", "nor", "neither"))


def overreach(text: str, cited: Sequence[Cited]) -> str:
    """What the sentence `text` says and the words it quotes do not, in plain words; "" when nothing."""
    there = "\n".join(one.sentences for one in cited)
    return (_link(text, cited) or _empty(text, there) or _figures(text, there, cited) or _dates(text, there, cited) or _names(text, there, cited)
            or _negation(text, there, cited))


def _link(text: str, cited: Sequence[Cited]) -> str:
    return "it holds a link or markup" if _LINK.search(text) else ""


def _empty(text: str, there: str) -> str:
    """A sentence such as "It is so" or "It is not so" says nothing that words could bear out."""
    mine = set(content_stems(text)) - _DENYING
    return "" if len(mine & set(content_stems(there))) >= min(2, max(1, len(mine))) else "it says next to nothing of what it quotes"


def _figures(text: str, there: str, cited: Sequence[Cited]) -> str:
    dated = [(mention.start, mention.end) for mention in find_dates(text)]
    known = find_numbers(there)
    for number in find_numbers(text):
        plain_one = number.value == 1 and number.text.lower() in ("one", "first", "a", "an")
        if plain_one or number.bound == "vague" or any(start <= number.start < end for start, end in dated):
            continue
        same = [other for other in known if _equal(number, other)]
        if not same and not re.search(rf"(?<![\w.,]){re.escape(number.text)}(?![\w]|[.,]\d)", there):
            return f"figure: “{number.text}” is not in the words it quotes"
        if same and not number.bound and all(other.bound in _BOUNDS for other in same):
            return f"figure: “{number.text}” for “{same[0].bound} {same[0].text}”"
    return ""


def _equal(number: Number, other: Number) -> bool:
    slack = 0.1 * abs(other.value) if number.bound == "about" else 1e-6 * max(1.0, abs(other.value))
    return number.ordinal == other.ordinal and abs(number.value - other.value) <= slack


def _dates(text: str, there: str, cited: Sequence[Cited]) -> str:
    published = cited[0].source.document.published
    known = [mention for one in cited for mention in find_dates(f"{one.before}\n{one.sentences}", one.source.document.published)]
    days = [day for one in cited if (day := one.source.document.published)]
    for mention in find_dates(text, published):
        if not (mention.year or mention.month or mention.day or mention.weekday is not None) or mention.text.lower() in there.lower():
            continue
        if not any(_tells(other) and overlaps(mention, other) for other in known) and not any(_is_day(mention, day) for day in days):
            return f"date: “{mention.text}” is not in the words it quotes"
    return ""


def _tells(mention: DateMention) -> bool:
    return bool(mention.year or mention.month or mention.day or mention.weekday is not None or mention.date)


def _is_day(mention: DateMention, day: date) -> bool:
    """Whether a whole date names the day of publication, which the documents' own words need not repeat."""
    return (mention.year, mention.month, mention.day) == (day.year, day.month, day.day)


def _names(text: str, there: str, cited: Sequence[Cited]) -> str:
    about = "\n".join(part for one in cited for part in (
        one.said.speaker, one.said.role, one.said.via, *one.said.also, one.source.document.title, one.source.document.outlet,
        one.source.document.author, one.source.passage.heading))
    before = "\n".join(one.before for one in cited) if _POINTS.search(there) else ""
    for name in find_names(text):
        if not any(_has(name, where) for where in (there, about, before)):
            return f"name: “{name.text}” is not in the words it quotes"
    return ""


def _has(name: Name, where: str) -> bool:
    words = {token.text.lower().removesuffix("’s").removesuffix("'s") for token in tokens(where)}
    spelled = [token.text.lower().removesuffix("’s").removesuffix("'s") for token in tokens(name.core)]
    return all(word in words for word in spelled) or any(same_name(name.core, other.core) for other in find_names(where))


def _negation(text: str, there: str, cited: Sequence[Cited]) -> str:
    quoted = "\n".join(one.quote for one in cited)
    mine, theirs = _denied(text), _denied(there)
    if mine and not theirs and not _DENIES.search(there):
        return "negation: it denies something, and the words it quotes do not"
    if _denied(quoted) and not mine and not _DENIES.search(text):
        return "negation: the words it quotes deny something, and it does not"
    said = [stem(token.text) for token in tokens(there)]
    for word in mine:
        if word and word in said and theirs and word not in _reached(there):
            return f"negation: it denies “{word}”, and the words it quotes do not"
    return ""


def _denied(text: str) -> list[str]:
    """For each denial the stem of the first telling word after it ("" when none follows)."""
    plain = _HARMLESS.sub(lambda found: " " * len(found.group()), text)
    return [next((stem(t.text) for t in tokens(plain[found.end() : found.end() + 80]) if _telling(t.text)), "") for found in _NOT.finditer(plain)]


def _reached(text: str) -> set[str]:
    """The stems of the telling words that stand within a few words after a denial."""
    plain = _HARMLESS.sub(lambda found: " " * len(found.group()), text)
    return {stem(t.text) for found in _NOT.finditer(plain) for t in [t for t in tokens(plain[found.end() :]) if _telling(t.text)][:_REACH]}


def _telling(word: str) -> bool:
    return word.lower().replace("’", "'") not in STOPWORDS
