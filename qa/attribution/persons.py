"""Which persons a sentence names, and which of them it is about: the ones a later "he" or "she" may mean."""

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.attribution.chain import choose
from qa.attribution.cues import find_quotations, read
from qa.attribution.gender import Gender, gender, of_first_name, of_title
from qa.attribution.phrases import Phrase, person_like
from qa.attribution.speakers import Speaker, full_name, role_in, speaker_of
from qa.attribution.vocabulary import BODIES, FINITE, ROLES, TITLES
from qa.language.dates import MONTHS
from qa.language.words import STOPWORDS
from qa.records import Document

_WORD = r"(?:(?:[A-Z]['’])?[A-ZÀ-Þ][^\W\d_]*(?:-[^\W\d_]+)*|[A-Z]\.)"
_RUN = re.compile(rf"(?<![\w’'-]){_WORD}(?:(?:\.?[ \u00a0]+(?:(?:van|von|de|der|den|bin|ibn|al|el|da|di|la|le|dos)[ \u00a0]+){{0,2}}){_WORD})*")
_THINGS = frozenset(
    """street lane road bridge square hall house castle valley hill mount mountain bay island islands river lake sea forest park station airport
    gate harbour harbor tower cathedral palace mill tribune gazette courier herald times post news radio journal ledger sentinel star echo
    review mail telegraph guardian voice wire press mirror observer chronicle digest today online sun act treaty war day prize cup award
    north south east west university""".split()
)
"""Last words of names that are a place's, a paper's or a thing's."""
_OPENERS = frozenset("enter exit asked told called born like unlike only even also meanwhile later earlier yet poor old young".split())
_DAY = re.compile(rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{'|'.join(MONTHS)})\b", re.IGNORECASE)
_TELLS = "said|says|told|tells|added|adds|asked|asks|wrote|writes|replied|replies|answered|remarked|smiled|laughed|nodded|explained|insisted"
_CIRCUMSTANCE = re.compile(
    r"(?:(?:But|And|Then|Yet|Now|So|Still|Meanwhile|Later|Earlier|Today|Yesterday|Enter|However),?\s+)?(?:(?:On|In|At|By|After|Before|During|Since"
    r"|Until|From|For|Last|Two|Three)\s[^,“”\"]{1,60},\s+|On\s+\w+day\s+(?:evening\s+|morning\s+|night\s+)?)?"
)
_CLAUSE = re.compile(r"(?:When|While|After|Before|Although|Though|Because|Since|If|Once|Until|As)\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}$")
_OFFICE = re.compile(r"(?:the|a|an|one|his|her|its|their|our|my|[A-Z][\w-]*['’]s)\s+[^,]{2,70},\s*$", re.IGNORECASE)
_BREAKS = FINITE.keys() | frozenset(
    """to of in on at by with from for about against between after before under over into as and or than is are was were has have had will would
    did does do can could may might must that whether if not no""".split()
)
_ROLE_SUBJECT = re.compile(
    r"(?P<what>(?P<article>the|an?|one|his|her|its|their|our|my|another)\s+(?:[\w’'-]+\s+){0,3}?(?P<head>[a-z][\w-]+))(?=[\s,.]|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A person at `start` of a sentence. `speaker` has no name for one whom the sentence leaves unnamed ("a nurse"); `subject`: the sentence is
    about that person; `owner`: only something of the person's is meant ("Stolz's house")."""

    speaker: Speaker
    gender: Gender
    start: int
    subject: bool = False
    owner: bool = False


@lru_cache(maxsize=4096)
def persons(document: Document, text: str, open_start: bool = False) -> tuple[Mention, ...]:
    """The persons whom a sentence `text` of `document` names outside its quotations, in order, and the unnamed one it begins with; with
    `open_start` it begins inside a quotation."""
    masked = unquoted(text, open_start)
    main, _, _ = choose(read(text, open_start), text)
    said_by = (main.phrase.start, main.phrase.end) if main and main.kind != "passive" else (-1, -1)
    found = [one for run in _RUN.finditer(masked) if (one := _mention(document, masked, run, said_by))]
    if not any(one.subject for one in found) and (nameless := _nameless(document, masked, said_by)):
        found.insert(0, nameless)
    return tuple(found)


def unquoted(text: str, open_start: bool = False) -> str:
    """The sentence with its quotations blanked out by as many points."""
    letters = list(text)
    for start, end in find_quotations(text, open_start)[0]:
        letters[start:end] = "·" * (end - start)
    return "".join(letters)


def _mention(document: Document, masked: str, run: re.Match, said_by: tuple[int, int]) -> Mention | None:
    """The person a run of capitalised words names; None for a place, a body or an ordinary word."""
    words = list(re.finditer(r"[^\s]+", run.group()))
    while words and (words[0].group().lower() in STOPWORDS or words[0].group().lower() in _OPENERS or _DAY.match(words[0].group())):
        words = words[1:]
    if not words:
        return None
    start = run.start() + words[0].start()
    name = [word.group() for word in words]
    title = ""
    while len(name) > 1 and _titles(name[0]):
        title, name = name[0], name[1:]
    title = title or _title_before(masked[:start])
    known = _person(document, " ".join(name), title, masked[:start], masked[run.end() :])
    if not known:
        return None
    speaker = Speaker(name=known, role=role_in(document, known))
    sex = of_title(title) or gender(document.text, known)
    spoken = said_by[0] <= run.start() < said_by[1] or said_by[0] <= start < said_by[1]
    owner = bool(re.match(r"['’]s?\b", masked[run.end() :]))
    return Mention(speaker=speaker, gender=sex, start=start, owner=owner, subject=not owner and (spoken or _leads(masked[: run.start()])))


def _titles(word: str) -> bool:
    plain = word.strip(".").lower()
    return plain in TITLES or plain in ROLES or bool(of_title(plain)) or plain.rpartition("-")[2] in TITLES


def _title_before(ahead: str) -> str:
    """The form of address or office directly before a name, or beside it: "farmer Per Lund", "his wife, Eva,"."""
    before = re.search(r"([A-Za-z-]+)\.?\s+$", ahead) or re.search(
        r"\b(?:the|a|an|his|her|its|their|our|my)\s+(?:[\w-]+\s+){0,2}([a-z-]+),\s+$", ahead, re.IGNORECASE
    )
    return before[1] if before and _titles(before[1]) else ""


def _person(document: Document, name: str, title: str, ahead: str, after: str) -> str:
    """The full name of the person, "" when the words name something else: a title, a known first name, an age or "who" must tell."""
    words = name.split()
    last = words[-1].lower()
    if last in BODIES or last in _THINGS or name.isupper():
        return ""
    if len(words) == 1:
        full = re.sub(rf"^{_DAY.pattern}\s+", "", full_name(document, name)[0], flags=re.IGNORECASE)
        if len(full.split()) > 1:
            other = {of_title(title), gender(document.text, full)} == {"he", "she"}
            surname = full.split()[-1] == name and person_like(full) and not re.search(r"\b[Tt]he\s+$", ahead)
            return name if other else full if title or surname or is_shown(document, full) else ""
        return name if title or gender(document.text, name) and not of_first_name(name) else _by_first_name(document, name)
    if not person_like(name) or not title and re.search(r"\b[Tt]he\s+$", ahead):
        return ""
    shown = title or re.match(r",\s+(?:who\b|aged\s|\d\d,)", after) or _beside_office(ahead, after)
    return name if shown or is_shown(document, name) else ""


def _beside_office(ahead: str, after: str) -> bool:
    """Whether a name stands beside what its bearer is: "Its coordinator, May Lund, appealed"; a body's kind is no office."""
    beside = re.search(r"\b(?:the|a|an|his|her|its|their|our|my|one)\s+(?P<what>[a-z][^,]{2,60}),\s+$", ahead, re.IGNORECASE)
    return bool(beside and re.match(r"[,.]", after) and not any(word.lower() in BODIES for word in beside["what"].split()))


@lru_cache(maxsize=8192)
def _by_first_name(document: Document, first: str) -> str:
    """The person of a first name alone: the full name the document gives where it gives one."""
    if not of_first_name(first) or first.lower() in ("will", "may", "june", "april", "grace", "mark", "faith", "hope", "victoria", "florence"):
        return ""
    full = {match[1] for match in re.finditer(rf"\b({re.escape(first)}\s+[A-Z][\w-]+)", document.text) if person_like(match[1])}
    return full.pop() if len(full) == 1 else first if not full else ""


@lru_cache(maxsize=8192)
def is_shown(document: Document, name: str) -> bool:
    """Whether the document shows a name of two words or more to be a person's."""
    last = name.split()[-1]
    if not person_like(name) or any(word.lower() in BODIES or word.lower() in _THINGS for word in (name.split()[0], last)):
        return False
    alone = rf"(?:[a-z,.”\"]\s|^)(?<!\b[Tt]he\s){re.escape(last)}\s+(?:{_TELLS})\b"
    return (
        bool(gender(document.text, name))
        or any(word.lower() in ROLES | TITLES for word in role_in(document, name).split())
        or bool(re.search(alone, document.text, re.MULTILINE))
    )


def _leads(ahead: str) -> bool:
    """Whether what stands before a name leaves it the subject: nothing, a time, an office, or what describes it."""
    ahead = ahead[_CIRCUMSTANCE.match(ahead).end() :].lstrip("#*- ")
    ahead = re.sub(r"^It\s+was\s+", "", ahead)
    if not ahead.strip() or _CLAUSE.fullmatch(ahead):
        return True
    if "·" in ahead or len(ahead) > 90:
        return False
    words = [word.strip(",").lower() for word in ahead.split()]
    office = _OFFICE.fullmatch(ahead)
    if office and any(word in ROLES for word in words):
        return True
    return len(words) <= 6 and not any(word in _BREAKS for word in words) and not re.search(r"[,;:]\s+\S", ahead)


def _nameless(document: Document, masked: str, said_by: tuple[int, int]) -> Mention | None:
    """The person an office or a common noun at the head of a sentence means ("The widow", "A nurse")."""
    begin = said_by[0] if said_by[0] >= 0 and not masked[: said_by[0]].strip(" ·“”\",.") else _CIRCUMSTANCE.match(masked).end()
    match = _ROLE_SUBJECT.match(masked, begin)
    words = match["what"].lower().split() if match else []
    place = next((index for index, word in enumerate(words[1:], 1) if word in ROLES or of_title(word) and not re.search(r"['’]", word)), None)
    if place is None:
        return None
    sex = of_title(words[place])
    if match["article"].lower() != "the":
        return Mention(speaker=Speaker(name=""), gender=sex, start=match.start(), subject=True)
    text = " ".join(match["what"].split()[: place + 1])
    phrase = Phrase(text=text, start=match.start(), end=match.start() + len(text), who="definite")
    return Mention(speaker=speaker_of(document, phrase), gender=sex, start=match.start(), subject=True)
