"""Names and pronouns of a claim against its window and source."""

import re
from functools import lru_cache

from qa.grounding.alignment import Aligned
from qa.grounding.places import in_place_of
from qa.language.names import Name, find_names, same_name
from qa.records import Problem

_GENERIC = frozenset("""
    strip city party group company inc corp corporation ltd university movement government army forces state states county
    republic region province district river island islands sea ocean street hospital school club team ministry council committee commission
    agency department association institute foundation bank court act plan jr sr ii iii""".split())
_HE = re.compile(r"\b(?:he|him|his|himself|mr)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|hers|herself|mrs|ms|miss)\b", re.IGNORECASE)
_PRONOUN_FIRST = re.compile(r"\s*(?:and |but |then )?(he|she|it|they|him|her|them|this|these|his|their|its)\b", re.IGNORECASE)


@lru_cache(maxsize=64)
def names_in(text: str) -> tuple[Name, ...]:
    """The names of a text; the last 64 texts are kept."""
    return tuple(find_names(text))


def name_problems(aligned: Aligned) -> list[Problem]:
    """Names of the claim that the source does not have under any spelling."""
    window, every = aligned.source_text(), aligned.source.text
    mine = names_in(aligned.claim_text())
    found = []
    for name in mine:
        if re.search(r"-[a-z]", name.core) or _spelled_before(name, aligned.claim_text()):
            continue
        if not _has(name, window) and not _has(name, every):
            rivals = [other.text for other in names_in(window) if not any(same_name(other.core, own.core) for own in mine)]
            found.append(Problem(kind="name", claim=name.text, source=rivals[0] if rivals else ""))
        elif rival := _in_its_place(name, aligned):
            found.append(Problem(kind="name", claim=name.text, source=rival))
    return found


def _spelled_before(name: Name, claim: str) -> bool:
    """Whether a name is the initials, in brackets, of the words right before it: "work breakdown structure (WBS)". Those are looked up."""
    if not name.core.isupper() or claim[name.start - 1:name.start] != "(" or claim[name.end:name.end + 1] != ")":
        return False
    words = re.findall(r"[^\W_]+", claim[:name.start])[-len(name.core):]
    return "".join(word[0] for word in words).upper() == name.core


def _in_its_place(name: Name, aligned: Aligned) -> str:
    """The name that the window has between the very words that stand around `name` in the claim; "" where it has the name there too."""
    stretches = in_place_of(aligned, name.start, name.end)
    if any(same_name(between, name.core) or _spelled_out(name.core, between) for between in stretches):
        return ""
    return next((between for between in stretches if _is_name(between)), "")


def _is_name(text: str) -> bool:
    """Whether a stretch is a name from end to end ("Today, we" is none)."""
    names = find_names(f"so {text}")
    words = text.split()
    return bool(names) and all(word[0].isupper() or len(word) < 4 for word in words) and names[-1].text.split()[-1] == words[-1]


def _has(name: Name, text: str) -> bool:
    """Whether `text` has the name: spelled out, or under a name that can be the same. What the claim adds at its end must be
    there, and a first name must not contradict the one the text gives with the same last name."""
    if _spelled_out(name.core, text):
        return True
    others = [other.core for other in names_in(text)]
    alike = [other for other in others if same_name(name.core, other)]
    own = name.core.split()
    shorter = [other for other in alike if len(other.split()) < len(own)]
    if len(shorter) < len(alike) or not alike:
        return bool(alike)
    full = [other for other in others if len(other.split()) > 1 and same_name(other.split()[-1], own[-1])]
    if full and not any(same_name(name.core, other) for other in full):
        return False
    last = re.split(r"[\s-]", name.core)[-1]
    return last.lower() in _GENERIC or any(same_name(last, word) for other in shorter for word in other.split())


def _spelled_out(name: str, text: str) -> bool:
    """Whether each word of a name stands in the text as a word of its own, points and possessives ignored ("A.V. Club", "AV Club")."""
    words = _plain_words(text)
    return all(word in words for word in _split(name))


@lru_cache(maxsize=64)
def _plain_words(text: str) -> frozenset[str]:
    return frozenset(_split(text) + re.findall(r"[^\W_]+", " ".join(re.findall(r"\w+-\w+", text.lower())).replace("-", "")))


def _split(text: str) -> list[str]:
    return [re.sub(r"['’]s$", "", word) for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower().replace(".", ""))]


def pronoun_problems(aligned: Aligned) -> list[Problem]:
    """"He" where the source's sentences speak of a woman, and the reverse; a claim that opens with a pronoun nobody explains."""
    claim, text = aligned.claim_text(), aligned.source_text()
    found = []
    for own, other in ((_HE, _SHE), (_SHE, _HE)):
        mine, theirs = own.search(claim), other.search(text)
        if mine and theirs and not own.search(text) and not other.search(claim):
            found.append(Problem(kind="pronoun", claim=mine.group(), source=theirs.group()))
    opening = _PRONOUN_FIRST.match(claim)
    if opening and aligned.sentence == 0:
        found.append(Problem(kind="unclear", claim=opening[1], source=""))
    return found
