"""Which body or group "it" and "they" mean: the one the sentence before is about, never a person."""

import re

from qa.attribution.chain import choose
from qa.attribution.cues import read
from qa.attribution.persons import is_shown, persons, unquoted
from qa.attribution.phrases import LEADS, Phrase, classify, core_of
from qa.attribution.speakers import Speaker, speaker_of
from qa.attribution.vocabulary import ANONYMOUS, BODIES, PAPERS, ROLES, SELVES
from qa.language.words import STOPWORDS
from qa.records import Document

_NO_SUBJECT = re.compile(
    r"(?:let|to|of|in|on|at|by|with|from|for|about|against|between|after|before|during|since|until|under|over|his|her|(?:this|our)\s+newspaper)\b",
    re.IGNORECASE,
)
LONGEST_SUBJECT = 9
"""Words of a subject that are looked at."""
_MANY = frozenset("police men women people parents victims relatives members soldiers players residents staff".split())
_LITTLE = STOPWORDS - frozenset("is are was were has have had will would did does do can could may might must should not".split())
_ITSELF = re.compile(rf"(?:the|this|that|our)\s+(?:\w+\s+)?(?:{'|'.join(sorted(SELVES))})\b", re.IGNORECASE)
_PRONOUN_FIRST = re.compile(r"(?:(?:But|And|Yet|So|Then)\s+)?(it|they)\b", re.IGNORECASE)


def group_meant(document: Document, word: str, at: int, sentences: tuple[tuple[int, int], ...]) -> Speaker | None:
    """The body `word` ("it") or the group ("they") means in a sentence at `at` of the document, `sentences` being the offsets of those before in
    order: the subject of the last one; None when that is a thing, a person or another number."""
    text = _sentence_about(document, word, at, sentences)
    return _subject(document, text, unquoted(text), word) if text else None


def is_itself(document: Document, at: int, sentences: tuple[tuple[int, int], ...]) -> bool:
    """Whether "it" in a sentence at `at` is the document: "The article gives no date. It says …"."""
    return bool(_ITSELF.match(_sentence_about(document, "it", at, sentences)))


def _sentence_about(document: Document, word: str, at: int, sentences: tuple[tuple[int, int], ...]) -> str:
    """The last sentence before `at` that is not a quotation and has another subject than the pronoun itself; "" for none."""
    for start, end in reversed(sentences):
        said = unquoted(document.text[start:end])
        if end > at or not re.search(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}", said):
            continue
        first = _PRONOUN_FIRST.match(said)
        if not first or first[1].lower() != word:
            return document.text[start:end]
    return ""


def _subject(document: Document, text: str, said: str, word: str) -> Speaker | None:
    """The body or group that speaks in a sentence, else the one its first words name."""
    main, _, _ = choose(read(text), text)
    if main and main.kind in ("says", "according") and main.phrase.who in ("named", "definite"):
        return _fits(document, main.phrase, word)
    if any(one.subject for one in persons(document, text)):
        return None
    lead = re.match(r"\d+\.\s+", said) or LEADS.match(said) or re.match(r"(?:Did|Does|Has|Is|Was)\s+", said)
    begin = lead.end() if lead else 0
    words = list(re.finditer(r"[^\s,;:.?!]+", said[begin:]))
    if not words or not re.match(r"[A-Z]|the\b|our\b", said[begin:]) or re.match(_NO_SUBJECT, said[begin:]):
        return None
    for count in range(1, min(LONGEST_SUBJECT, len(words) - 1) + 1):
        stop, after = begin + words[count - 1].end(), words[count].group()
        piece = said[begin:stop]
        if not after[0].islower() or after.lower() in BODIES | ROLES or after in _LITTLE - {"which", "whose"} or re.search(r"[,;:.?!]|['’]s?$", piece):
            continue
        who = classify(piece) if _ends_name(words[count - 1].group()) else None
        if who in ("named", "definite"):
            return _fits(document, Phrase(text=piece, start=begin, end=stop, who=who), word)
    return None


def _ends_name(word: str) -> bool:
    """Whether a word can be the last of a body's or group's name: "the police of Lund", "the tax police", not "the tax"."""
    return word[0].isupper() or word.lower() in BODIES | PAPERS | _MANY or word.endswith("s") and word.lower() not in STOPWORDS


def _fits(document: Document, phrase: Phrase, word: str) -> Speaker | None:
    """The speaker of a phrase that the pronoun can stand for: a body or paper for "it", several for "they"."""
    speaker = speaker_of(document, phrase)
    words = core_of(phrase.text).split()
    head = re.sub(r"['’]s?$", "", words[-1]).lower() if words else ""
    several = head in _MANY or " and " in phrase.text or head.endswith("s") and (head in BODIES or head in ANONYMOUS or head.rstrip("s") in ROLES)
    if not head or len(phrase.text.split()) > LONGEST_SUBJECT or is_shown(document, speaker.name) or head in ROLES:
        return None
    if word == "they":
        return speaker if several else None
    return speaker if (phrase.who == "named" or head in BODIES or head in PAPERS) and not several else None
