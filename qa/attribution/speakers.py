"""Who a phrase means in its document: the full name, the role, and who "he" or "the group" is."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from qa.attribution.gender import of_first_name, of_title
from qa.attribution.phrases import Phrase, classify, names_in, person_like
from qa.attribution.titles import ARTICLE, NAME_PART, bare, split_title
from qa.attribution.vocabulary import BACKREFERENCES, BODIES, DOCUMENT_NOUNS, FINITE, PAPERS, ROLES, TITLES
from qa.language.dates import MONTHS
from qa.language.words import STOPWORDS
from qa.records import Document

_NAME = r"(?:[A-Z][\w’'-]*|al-[A-Z]\w+|el-[A-Z]\w+)"
_GAP = r"(?:[ \t\u00a0]+|[ \t]*\n(?![ \t]*\n))"  # a name may run over a line's end, not over a paragraph's
_RUN_BEFORE = re.compile(rf"(?:{NAME_PART}{_GAP}){{1,7}}(?:al-|el-)?$")
_SPELLED_BEFORE = re.compile(rf"(?:[A-Z][\w’'-]*{_GAP}(?:(?:of|in|for|and|the|on){_GAP})*){{1,7}}$")
_NO_FIRST_NAMES = frozenset("when while although though whereas since because where if after before once until unless".split()) | frozenset(
    form.lower() for form, base in FINITE.items() if form != base and not form.endswith("s")
)
"""Words with the capital of a sentence's beginning that may stand before a full name: "When Alan Crook", "Told Milo Brandt"."""
OCCURRENCES = 200
"""How many times a name is looked up in its document for the full form."""
_MONTHS = "|".join(MONTHS)
_DATE_BEFORE = re.compile(rf"\b(?:in|since|until|by|of|last|\d{{1,2}})\s+(?:{_MONTHS})\s+$", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"(?:{_MONTHS})\b\.?(?:\s+\d{{4}})?,?\s+(?=\S)", re.IGNORECASE)
_DATE_AFTER = re.compile(rf"\s+(?:on|in)\s+(?:\d{{1,2}}\s+)?(?:{_MONTHS}|\w+day)\b(?:\s+\d{{1,4}})?$", re.IGNORECASE)
_AFFILIATION = re.compile(
    r"\b(?:at|of|for|from|with)\s+(?:the\s+)?(?P<body>(?:[A-Z][\w’'&-]*|U\.S\.)(?:\s+(?:of\s+the\s+|of\s+|for\s+|and\s+"
    r"|on\s+)?[A-Z][\w’'&-]*)*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A name as a reader would print it, and what the document says the person or body is ("" when it does not)."""

    name: str
    role: str = ""


def speaker_of(document: Document, phrase: Phrase) -> Speaker:
    """The speaker a named or definite phrase stands for."""
    plain = re.sub(r"^(?:citing|quoting)\s+|\s+(?:himself|herself|itself|themselves)$", "", phrase.text, flags=re.IGNORECASE)
    phrase = replace(phrase, text=_undated(document, plain), beside=_undated(document, phrase.beside))
    if re.match(r"\w+,?\s+such\s+as\b", phrase.text) or phrase.beside.startswith(("such as ", "including ")):
        named = re.search(rf"(?:such\s+as|including)\s+(?P<name>{NAME_PART}(?:\s+{NAME_PART})*)(?P<rest>.*)", phrase.text + " " + phrase.beside)
        if named:
            return Speaker(name=named["name"], role=_role(named["rest"].strip()))
    paper = re.match(
        rf"(?:the\s+|an?\s+)?(?:[\w-]+\s+){{0,2}}?(?:{'|'.join(DOCUMENT_NOUNS)})\s+(?:\w+\s+)?(?:by|from)\s+(?P<of>.+)$", phrase.text, re.I
    )
    if paper and classify(paper["of"]) == "named":
        return Speaker(name=_printed(paper["of"]))
    owned = re.match(rf"(?:the\s+)?(?P<of>.+?)(?:['’]s?)?\s+(?:(?:new|latest|own|official)\s+)?(?:{'|'.join(PAPERS)})$", phrase.text)
    if owned and classify(phrase.text[: owned.end("of")]) in ("named", "definite"):
        return Speaker(name=_spelled_out(document.text, _printed(owned["of"])))
    bracket = re.match(r"(?P<who>.+?)\s*\((?P<what>[^()]{2,60})\)$", phrase.text)
    if bracket and split_title(bracket["who"])[1]:
        phrase = replace(phrase, text=bracket["who"], beside=phrase.beside or bracket["what"])  # "Councillor Holt (Greens)"
    inside = re.match(r"(?P<who>.+?)\s+in\s+(?:an?|his|her|their)\s+[a-z]", phrase.text)
    if inside and person_like(split_title(inside["who"])[1]):
        phrase = replace(phrase, text=inside["who"])  # "writes Anna Holt in her memoir"
    title, name = split_title(phrase.text)
    placed = re.match(rf"(?P<who>.+?)\s+(?:of|from|at)\s+(?P<body>(?:the\s+)?[A-Z].*|the\s+[a-z][\w-]*)$", phrase.text)
    if not name and placed:
        title, name = split_title(placed["who"])
        if person_like(name):
            return Speaker(name=name, role=ARTICLE.sub("", placed["body"]))
        name = ""
    owned = re.match(r"(?:the\s+)?(?P<body>[^,]{2,40}?)['’]s?\s+(?P<who>[A-Z].*)$", phrase.text, re.IGNORECASE) if not name else None
    if owned and owned["who"][0].isupper() and person_like(owned["who"]):
        return Speaker(name=owned["who"], role=owned["body"])
    if not name:
        return Speaker(name=_spelled_out(document.text, _printed(phrase.text)), role=_role(phrase.beside))
    if re.fullmatch(r"[A-Z]{2,6}", name):
        return Speaker(name=_spelled_out(document.text, name))
    role = _role(phrase.beside) or title
    if name.split()[-1:] and len(name.split()) == 1:
        full, full_role = full_name(document, name, phrase.text.split()[0])
        return Speaker(name=full, role=role or full_role)
    if not role and person_like(name):
        role = role_in(document, name)
    return Speaker(name=name, role=role)


def _undated(document: Document, text: str) -> str:
    """A phrase without the date beside it: "On 12 May Mira Stolz said" has no comma between the two, and "said Mira Stolz on 12 May" none."""
    text = _DATE_AFTER.sub("", text)
    month = _MONTH_BEFORE.match(text)
    dated = month and re.search(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{re.escape(text)}", document.text)  # "May Sarton" keeps her name
    return text[month.end() :] if month and dated else text


@lru_cache(maxsize=4096)
def _full_names(text: str, surname: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """The full names of a surname with the titles printed with them, as they are met, and a title met before the surname alone."""
    names, role, alone, met_before = [], "", False, False
    either = rf"\b(?:{re.escape(surname)}|{re.escape(surname[0].swapcase() + surname[1:])})\b(?!\s+(?:{_NAME}))"
    for met in islice(re.finditer(either, text), OCCURRENCES):
        run = _RUN_BEFORE.search(text, max(0, met.start() - 90), met.start())
        title, name = _named_in(run.group() + met.group()) if run else ("", "")
        if name and _DATE_BEFORE.search(text[max(0, met.start() - 40) : met.start()]):
            name = ""  # "In April Lund", a month and a surname
        if alone and name:
            break  # it stands alone first: a name of its own, and no surname ("Hezbollah" before "Kataib Hezbollah")
        if name:
            names.append((name, title))
        elif title and not names:
            role = role or title
        if not _in_headline(text, met.start()):
            alone, met_before = alone or not met_before and not name and not _titled(text, met.start()), True
    return tuple(names), role


def _full_name(text: str, surname: str, address: str) -> tuple[str, str]:
    """The shortest full name of a surname and the title with it; the surname where it is several people's and `address` ("Mrs") does not
    tell which."""
    names, role = _full_names(text, surname)
    asked = of_title(address)
    fitting = [one for one in names if not asked or of_first_name(one[0]) in ("", asked)]
    if not fitting:
        return surname, role
    best = min(fitting, key=lambda one: len(one[0]))
    if any(not name.endswith(best[0]) and name.split()[0] != best[0].split()[0] for name, _ in fitting):
        return surname, ""
    return best


def _in_headline(text: str, at: int) -> bool:
    """Whether a place is in a line of its own without a full stop: a headline prints surnames alone."""
    first, last = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[first : last if last >= 0 else len(text)].strip()
    own = not text[:first].strip() or text[:first].endswith("\n\n") or re.match(r"(?:#+|title:|headline:)\s", line, re.IGNORECASE)
    return bool(own) and len(line) < 120 and not re.search(r"[.!?”\"]$", line)


def _named_in(run: str) -> tuple[str, str]:
    """The title and the full name a run of capitalised words ends in; no name when the words before it are a title only."""
    title, name = split_title(run)
    words = name.split()
    while words and (words[0].lower() in STOPWORDS or words[0].lower() in _NO_FIRST_NAMES):
        words = words[1:]
    name = " ".join(words)
    good = 2 <= len(words) <= 4 and person_like(name) and not re.search(r"['’]s?\b", name)
    return title, name if good else ""


def _titled(text: str, start: int) -> bool:
    """Whether a title stands directly before: "leader Nasrallah"."""
    words = text[max(0, start - 40) : start].split()
    return bool(words) and (bare(words[-1]) in TITLES or words[-1].startswith("al-"))


def full_name(document: Document, surname: str, address: str = "") -> tuple[str, str]:
    """The shortest full name the document gives for a surname, and the title printed with it; the surname itself when there is none, or
    when several people have it and `address`, the "Mr" or "Mrs" before it, does not tell whose it is."""
    plain = re.sub(r"['’]s?$", "", surname)
    if plain.lower() in BODIES or plain.isupper():
        return plain, ""
    name, title = _full_name(document.text, plain, address)
    return name, role_in(document, name) or title


def role_in(document: Document, name: str) -> str:
    """What the document says beside a full name where it introduces it: "X, a director at Y," or "X from Y" or "the head of Y, X,"."""
    return _role_in(document.text, name)


@lru_cache(maxsize=4096)
def _role_in(text: str, name: str) -> str:
    for match in islice(re.finditer(re.escape(name), text), 8):
        after, before = text[match.end() : match.end() + 160], text[max(0, match.start() - 200) : match.start()]
        beside = re.match(
            r",\s*((?:the|a|an|one|director|head|chief|president|leader|spokes\w+|professor|founder|minister|chair\w*"
            r"|secretary|analyst|editor|former|representing|of|from)\b[^,.;]{2,110})[,.;]",
            after,
        )
        placed = re.match(
            r"\s+((?:from|of|at)\s+(?:the\s+)?[A-Z][^,.;]{2,80}?)(?=[,.;]|\s+(?:said|says|has|have|had|was|is|told|warned)\b)", after
        )
        ahead = re.search(r"(?:^|[.!?]\s+|\bThe\s|\bthe\s)((?:The\s+|the\s+)?[a-z]\w+[^,.;!?]{0,140}),\s*$", before)
        titled = re.search(
            rf"((?:[A-Z][\w.’'-]*{_GAP}|\b(?:leader|president|minister|director|chief|analyst|spokesman|spokeswoman|coach"
            rf"|mayor|captain|manager){_GAP}){{1,6}})$",
            before,
        )
        for found in (beside, placed, ahead):
            if found and (role := _role(found[1])):
                return role
        if titled:
            title, _ = split_title(titled[1].strip() + " " + name)
            if title:
                return title
    return ""


def _role(beside: str) -> str:
    """A short role out of what stands beside a name: the body it belongs to when that is named, else the words without article."""
    beside = beside.strip(" ,").split("\n")[0].rstrip()  # a line's end ends what is said of somebody
    if not beside or re.match(r"(?:who|which|speaking|including|along|in|on|and|whose|when|after|as)\b", beside):
        return ""
    bodies = [match["body"] for match in _AFFILIATION.finditer(beside) if len(match["body"].split()) > 1 or match["body"].isupper()]
    if bodies:
        return bodies[-1]
    plain = re.sub(r"^(?:representing|from|of|at)\s+(?:the\s+)?", "", ARTICLE.sub("", beside))
    if re.match(r"representing\s+the\s+", beside):
        return plain
    words = plain.split()
    return (
        " ".join(plain.split()) if len(words) <= 8 and (any(bare(word) in ROLES | TITLES for word in words) or plain[:1].isupper()) else ""
    )


def _printed(text: str) -> str:
    """A body or group as printed for a reader: without article where a name is in it, with it where the article does the naming."""
    plain = " ".join(text.strip(" ,").split())
    without = re.sub(r"^(?:official|semi-official|reformist|private|leading|local)\s+(?=[A-Z])", "", ARTICLE.sub("", plain))
    if names_in(without) or re.search(r"\b(?:of|in|for|at)\b", without) or without == plain:
        return without if re.search(r"\b(?:of|at)\b", without) else re.sub(r"['’]s?$", "", without)
    return plain[0].lower() + plain[1:]


@lru_cache(maxsize=1024)
def _spelled_out(text: str, name: str) -> str:
    """What the document says an acronym stands for ("Islamic Resistance in Iraq (IRI)"); other names lose such a bracket."""
    plain = re.sub(r"\s*\([A-Z]{2,6}\)$", "", name)
    if not re.fullmatch(r"[A-Z]{2,6}", plain):
        return plain
    for met in islice(re.finditer(re.escape(f"({plain})"), text), OCCURRENCES):
        run = _SPELLED_BEFORE.search(text, max(0, met.start() - 120), met.start())
        words = run.group().split() if run else []
        while words and words[0][0] != plain[0]:
            words = words[1:]
        if words and "".join(word[0] for word in words if word[0].isupper()) == plain:
            return " ".join(words)
    return plain


def refers_back(phrase: Phrase) -> bool:
    """Whether "the group", "the company" may mean a speaker named before."""
    words = phrase.text.lower().split()
    return (
        phrase.who == "definite"
        and len(words) == 2
        and words[0] in ("the", "that", "this")
        and words[1] in BACKREFERENCES | ROLES | {"source", "official", "expert", "analyst"}
    )


def is_person(name: str) -> bool:
    """Whether a printed speaker looks like one person rather than a body."""
    return person_like(name) and classify(name) == "named"
