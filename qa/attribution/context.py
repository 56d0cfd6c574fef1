"""What the sentences before one leave behind: who spoke last, whom "he" means, whose quotation is still open."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.attribution.chain import choose, said_on
from qa.attribution.cues import Reading, find_quotations, read
from qa.attribution.phrases import Phrase
from qa.attribution.pronouns import Sentences, antecedent
from qa.attribution.speakers import Speaker, is_person, refers_back, speaker_of
from qa.attribution.vocabulary import ANONYMOUS, BACKREFERENCES, BODIES
from qa.language.sentences import split_sentences
from qa.records import Document, Precision

LONGEST = 1200
"""Characters of a sentence that are read; nobody's words are introduced later than that."""
WINDOW = 1500
"""Characters before a sentence that are read for an open quotation and for whom "he" means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What the sentences before leave behind: the last speaker, the last body that spoke, who holds the open quotation, and where these
    `sentences` of the window stand."""

    speaker: Speaker | None = None
    body: Speaker | None = None
    subject: Speaker | None = None
    itself: bool = False
    open: bool = False
    quoting: Speaker | None = None
    said: tuple[str, Precision] = ("", "none")
    at: int = 0
    sentences: Sentences = ()


@lru_cache(maxsize=1024)
def context(document: Document, start: int) -> Before:
    """What stands in the window before `start`."""
    text = document.text
    begin = max(0, start - WINDOW)
    if begin:
        cut = text.find("\n", begin, start)
        begin = cut + 1 if cut >= 0 else begin
    begin = max([begin, *(last for _, last in document.skipped if last <= start)])
    sentences = _sentences(document.id, text, begin, start)
    before = Before(sentences=sentences)
    for first, last in sentences:
        if last <= start:
            before = _after(document, first, last, before=replace(before, at=first))
    gap = text[text.rfind("\n", 0, start) + 1 : start].strip() == ""
    before = replace(before, at=start)
    if gap and before.open:  # a paragraph that opens its own mark continues the quotation
        continues = re.match(r"\s*[“\"]", text[start : start + 3])
        return replace(before, open=False, quoting=before.quoting if continues else None)
    return before


@lru_cache(maxsize=1024)
def _sentences(key: str, text: str, begin: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple(split_sentences(text, begin, end))


def _after(document: Document, start: int, end: int, *, before: Before) -> Before:
    """The state after one more sentence."""
    text = document.text[start : min(end, start + LONGEST)]
    fresh = document.text[max(0, start - 2) : start].strip(" ").endswith("\n") or start == 0
    opened = before.open and not (fresh and re.match(r"[“\"]", text))
    if fresh and opened:
        opened = False
    reading = read(text, opened)
    main, via, also = choose(reading, text)
    speaker, said = None, ("", "none")
    if main and main.phrase.who not in ("unnamed", "self"):
        speaker = resolve(document, main.phrase, before)
        said = said_on(document, text, main)
    itself = (
        bool(main and (main.phrase.who == "self" or main.phrase.text.lower() == "it" and before.itself)) or before.itself and main is None
    )
    named = speaker if speaker and speaker.name else None
    person = named if named and (is_person(named.name) or main is not None and _single(main.phrase)) else _subject(document, text)
    continued = carried(text, reading, before)
    if main and not named and (main.phrase.who == "unnamed" or main.phrase.text.lower() in ("he", "she", "they")):
        named_or_nobody = Speaker(name="")
    else:
        named_or_nobody = named
    quoting = named_or_nobody if named_or_nobody else continued if main is None or main.phrase.who == "self" else None
    return Before(
        speaker=named or before.speaker,
        body=named if named and not person else before.body,
        subject=person or before.subject,
        itself=itself,
        open=reading.open_end,
        quoting=quoting or (before.quoting if opened and reading.open_end else None),
        said=said if said[0] or named else before.said,
        sentences=before.sentences,
    )


def _single(phrase: Phrase) -> bool:
    return bool(
        re.search(
            r"\b(?:president|minister|leader|secretary|spokes\w+|director|mayor|coach|captain|judge|analyst|officer|general"
            r"|commander)\b",
            phrase.text,
            re.I,
        )
    ) or phrase.text.lower() in ("he", "she")


def _subject(document: Document, text: str) -> Speaker | None:
    """The person a sentence begins with, whom a later "he" may mean."""
    found = re.match(
        r"(?:A|An|The|One)\s+((?:[\w-]+\s+){0,3}(?:leader|official|minister|source|spokes\w+|officer|president|commander"
        r"|director|analyst|coach|mayor)\s+(?:of|in|at|for|from)\s+(?:the\s+)?"
        r"[A-Z][\w’'-]*(?:\s+(?:in\s+)?[A-Z][\w’'-]*)*)|(?:[A-Z]\w+,\s+)?(?P<name>(?:[A-Z][\w’'-]+\s+){1,5}[A-Z][\w’'-]+"
        r"|[A-Z][\w-]+)(?:,[^,]+,)?\s+(?:has|had|was|is|did|[a-z]+ed|(?!as\b|is\b)[a-z]{2,}s|won|became|took|went|made|left|came|ran"
        r"|led)\b",
        text,
    ) or _BESIDE_SUBJECT.match(text) or _TITLED_SUBJECT.match(text)
    if not found:
        return None
    phrase = Phrase(text=found.groupdict().get("name") or found[1], start=0, end=found.end(), who="named")
    speaker = speaker_of(document, phrase)
    return speaker if is_person(speaker.name) or _single(phrase) else None


_BESIDE_SUBJECT = re.compile(
    r"(?:the|a|an|his|her|its|their|[A-Z][\w-]*['’]s)\s+[^,“\"]{3,60},\s+(?P<name>(?:[A-Z][\w.’'-]+\s+){1,3}[A-Z][\w’'-]+),"
    r"\s+[a-z]+", re.IGNORECASE
)
""" "The museum's own restorer, Lise Aho, backed …": the person named beside a subject."""


_TITLED_SUBJECT = re.compile(
    r"[A-Z][a-z]+(?:\s+[a-z]+){0,3}\s+(?P<name>(?:[A-Z][\w.’'-]+\s+){1,3}[A-Z][\w’'-]+)(?:,[^,]+,)?\s+(?:has|had|was|is|did"
    r"|[a-z]{2,}(?:s|ed))\b"
)
""" "Transport economist Ida Grahn, who advised …, is": the person after an office."""


def closing_cue(document: Document, end: int, before: Before) -> Speaker | None:
    """The speaker named where a quotation that is still open at `end` closes, within the next three sentences; "she said" there means
    whom it would mean `before` the quotation."""
    text = document.text
    stop = min(len(text), end + 800)
    for first, last in _sentences(document.id, text, end, stop)[:3]:
        part = text[first:last]
        reading = read(part, True)
        if not reading.open_end:
            quotations, _ = find_quotations(part, True)
            main, _, _ = choose(reading, part)
            if not main or not quotations:
                return None
            if main.phrase.who in ("named", "definite"):
                return resolve(document, main.phrase, Before())
            return before.subject if main.phrase.text.lower() in ("he", "she") else None
    return None


def carried(text: str, reading: Reading, before: Before) -> Speaker | None:
    """Whose quotation a sentence without a speaker continues: it begins inside an open one, or is one that directly follows."""
    if before.open:
        return before.quoting
    opens = reading.quotations and re.match(r"\s*[“\"‘']{1,2}$", text[: reading.quotations[0][0]] or "x")
    after_colon = reading.quotations and text[: reading.quotations[-1][0]].rstrip('“" ').endswith(":")
    if after_colon and not before.open:
        return before.speaker
    long = opens and reading.quotations[0][1] - reading.quotations[0][0] > 0.6 * len(text)
    return before.quoting if long else None


def resolve(document: Document, phrase: Phrase, before: Before) -> Speaker:
    """The speaker a phrase means here; an empty one when "it" or "the article" means the document."""
    if phrase.who == "self":
        return Speaker(name=_self(phrase))
    if phrase.who == "pronoun":
        word = phrase.text.lower()
        if word in ("he", "she"):
            ahead = document.text[before.at : before.at + phrase.start]
            return antecedent(document, word, before.at, ahead, before.sentences) or Speaker(name="")
        if before.itself and word == "it":
            return Speaker(name="")
        return before.body or before.speaker or Speaker(name="")
    if met := _met(document, phrase, before.at):
        return met
    if refers_back(phrase):
        noun = phrase.text.split()[1].lower()
        known = before.body if noun in BACKREFERENCES else before.subject
        body = known and not is_person(known.name) and known.name.lower() not in BODIES and known.name.split()[-1].lower() not in ANONYMOUS
        if known and (noun in BACKREFERENCES and body or noun == "source" or re.search(rf"\b{noun}\b", f"{known.role} {known.name}", re.I)):
            return known
    return speaker_of(document, phrase)


_DETERMINERS = frozenset("The This That These Those A An Its His Her Their Our My Your No Each Every Another".split())


def _met(document: Document, phrase: Phrase, at: int) -> Speaker | None:
    """What "this group", "the source" or "the president" was called where it was introduced shortly before ("an armed group backed by
    …")."""
    anaphor = re.fullmatch(r"(?:the|this|that)\s+(\w+)", phrase.text, re.I)
    if not anaphor:
        return None
    noun = re.escape(anaphor[1].lower())
    called = re.findall(rf"\b[Tt]he\s+{noun}\s+([A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){{1,4}})", document.text[max(0, at - 500) : at])
    if called:  # "the group Save Our Ferry"
        return Speaker(name=" ".join(called[-1].split()))
    met = list(
        re.finditer(
            rf"(?<!, )\b(?:an?|[Aa]n?|[Oo]ne)\s+(?P<what>(?:[\w-]+\s+){{0,3}}{noun}(?:\s+(?:(?:supported|backed|based|led|run"
            rf"|linked)\s+(?:by"
            rf"|in|to)|of|for|at|in)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s?)+(?:in\s+[A-Z]\w+)?)?)"
            rf"|(?P<owned>[A-Z]\w+['’]s\s+{noun}\b|[A-Z][a-z]+\s+{noun}\b(?!\s+[A-Z])|\b(?:the|The)\s+[a-z]+['’]s\s+{noun}\b)",
            document.text[max(0, at - 500) : at],
        )
    )
    if not met:
        return None
    what = " ".join((met[-1]["what"] or met[-1]["owned"]).split())
    if re.match(r"the\s", what, re.I) and met[-1]["owned"]:
        return Speaker(name=what[0].lower() + what[1:])
    return Speaker(name=what) if re.search(r"[A-Z]", what) and what.split()[0] not in _DETERMINERS else None


def _self(phrase: Phrase) -> str:
    return "" if phrase.text.lower() in ("we", "i") else "the " + re.sub(r"^(?:the|this)\s+", "", phrase.text.lower())
