"""Interviews without names before the answers: questions set in italics or bold, or alternating with the answers, and one guest.

A sentence of an answer is the guest's, unless it says by itself who says it.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from qa.attribution.chain import choose
from qa.attribution.cues import read
from qa.attribution.phrases import person_like
from qa.attribution.speakers import Speaker, full_name, role_in
from qa.attribution.titles import split_title
from qa.language.sentences import split_sentences
from qa.language.words import STOPWORDS
from qa.records import Document

LEAST_ANSWERS = 3
LONGEST_QUESTION = 400
"""Characters of a question; longer paragraphs are answers, or no interview at all."""
_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t]*\n))*")
_ASKED_IN_A_LINE = re.compile(r"[A-Z][^\n“”\"]{4,200}\?[ \t]*\n(?=[“\"])")
_EMPHASISED = re.compile(r"(?P<mark>\*{1,3}|_{1,2})(?P<inside>[^*_\n]{8,400})(?P=mark)[ \t]*(?=\n|$)")
_LABEL = re.compile(r"(?P<who>[A-Z][^:\n.!?“”\"()*]{1,40}):\s")
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:I|my|me|mine)\b")
_QUOTED = re.compile(r"[“\"„«]")
_FORMS = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Minister|Governor|Mayor|Prosecutor|Colonel|General|Captain|Commander|Sir|Judge|Mother|Father"
    r"|Sister)\.?"
)
_ADDRESSED = re.compile(
    rf"\W*(?:(?:Good\s+\w+|So|And|But|Well),\s+)?{_FORMS}\s+(?P<name>[A-Z][\w’'-]+)\s*,|.*[,.]\s+{_FORMS}\s+(?P<last>[A-Z][\w’'-]+)\s*\?$"
)
_FULL_NAME = re.compile(
    r"(?<!\bfor )(?<!\bof )(?<!\bin )(?<!\bat )(?<!\bby )(?<!\bagainst )(?<!\bthe )(?<![\w-])"
    r"(?P<who>[A-Z][\w’'-]+(?:[ \t]+(?:van|von|de|der|bin|al-)?[ \t]*[A-Z][\w’'-]+){1,3})(?![\w-])"
)
_OF_GUEST = re.compile(
    r"(?:^|\b(?:with|to|of|meets?|visits?|asks?)\s+|[”\"]\s*[:,–—-]\s*)(?P<who>[A-Z][\w.’'-]*(?:[ \t]+[A-Z][\w’'-]+){1,3})"
    r"(?=\s*(?:[:,]|(?:on|in|at|about|after|before|speaks|answers)\b|$))"
)


class _Part(NamedTuple):
    """A paragraph, or its emphasised first line alone: offsets in the document, and whether it is emphasised."""

    start: int
    end: int
    emphasised: bool


class _Interview(NamedTuple):
    """The answers of an interview in order, whether they stand in quotation marks, and where its first question begins."""

    answers: tuple[tuple[int, int], ...]
    quoted: bool
    begins: int


def answer_at(document: Document, start: int) -> Speaker | None:
    """The guest whose answer holds `start`; None in a question, in what is told between, and in a document that is no interview."""
    interview = _interview(document.text)
    if not interview:
        return None
    place = bisect_right(interview.answers, start, key=lambda answer: answer[0]) - 1
    if place < 0 or start >= interview.answers[place][1]:
        return None
    begins = interview.answers[place][0]
    if interview.quoted and not _inside_quotation(document.text[begins : start + 2]):
        return None
    if not interview.quoted and passes_on(document.text, start, interview.answers[place][1]):
        return None
    return guest(document)


def passes_on(text: str, start: int, end: int) -> bool:
    """Whether the sentence of an answer that begins at `start` tells what somebody else says: then it is that one's."""
    sentence = text[slice(*next(iter(split_sentences(text, start, end)), (start, end)))]
    main, _, _ = choose(read(sentence), sentence)
    return main is not None and not main.partial and main.phrase.who in ("named", "definite", "pronoun")


@lru_cache(maxsize=256)
def guest(document: Document) -> Speaker | None:
    """Whom an interview is with: the one addressed by name, the one its title is about, else the first one named before the questions."""
    interview = _interview(document.text)
    text = document.text
    lead = text[: interview.begins] if interview else text[:600]
    for start, end in _questions(text, interview.answers) if interview else ():
        met = _ADDRESSED.match(text[start:end].strip("*_ \n"))
        if met:
            surname = met["name"] or met["last"]
            name, role = full_name(document, surname)
            return Speaker(name=name, role=role)
    labelled = interview and _LABEL.match(text, interview.answers[0][0])
    named = [labelled["who"]] if labelled else []
    named += [match["who"] for match in _OF_GUEST.finditer(document.title)] + [match["who"] for match in _FULL_NAME.finditer(_plain(lead))]
    for found in named:
        title, name = split_title(" ".join(found.split()))
        name = name or found
        name = full_name(document, name)[0] if " " not in name else name
        own = name in f"{document.author}, {document.outlet}" or re.search(r"['’]s?\b", name)
        if person_like(name) and name.split()[0].lower() not in STOPWORDS and not own:
            return Speaker(name=name, role=role_in(document, name) or title)
    return None


def _plain(lead: str) -> str:
    """The paragraphs before the questions that are no headings and no fields of a header, without marks of emphasis."""
    return "\n".join(line.strip("*_ ") for line in lead.splitlines() if not re.match(r"#|\w+:\s|---", line))


def _questions(text: str, answers: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """The stretches before each answer that hold its question."""
    ends = [0, *(end for _, end in answers)]
    return [(max(before, text.rfind("\n\n", before, start - 2) + 1, start - LONGEST_QUESTION), start)
            for before, (start, _) in zip(ends, answers, strict=False)]


def _inside_quotation(text: str) -> bool:
    """Whether the last character of `text` stands in a quotation that has been opened and not closed."""
    opened = False
    for mark in re.findall(r"[“”\"„«»]", text):
        opened = mark in "“„«" or mark == '"' and not opened
    return opened


@lru_cache(maxsize=256)
def _interview(text: str) -> _Interview | None:
    parts = _parts(text)
    asked = [at for at, part in enumerate(parts) if part.emphasised]
    found = _emphasised(text, parts, asked) if len(asked) >= LEAST_ANSWERS else _quoted(text, parts) or _alternating(text, parts)
    if not found:
        return None
    questions, answers, quoted = found
    return _Interview(tuple(answers), quoted, questions[0][0]) if _talks(text, questions, answers) else None


def _parts(text: str) -> list[_Part]:
    """The paragraphs of a text but its headings, an emphasised first line being one of its own."""
    parts = []
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        if text[start] == "#" or text.startswith("---", start):
            continue
        first = _EMPHASISED.match(text, start, end) or _ASKED_IN_A_LINE.match(text, start, end)
        if first:
            parts.append(_Part(start, first.end(), first.re is _EMPHASISED))
            start = first.end()
        if text[start:end].strip():
            parts.append(_Part(start + len(text[start:end]) - len(text[start:end].lstrip()), end, False))
    return parts


_Found = tuple[list[tuple[int, int]], list[tuple[int, int]], bool]


def _emphasised(text: str, parts: list[_Part], asked: list[int]) -> _Found | None:
    """The emphasised parts as questions, and each stretch between them as an answer."""
    first = next((at for at in asked if at + 1 < len(parts) and not parts[at + 1].emphasised), None)
    if first is None:
        return None
    questions = [(part.start, part.end) for part in parts[first:] if part.emphasised]
    answers = [(part.start, part.end) for part in parts[first:] if not part.emphasised]
    return questions, answers, 2 * sum(bool(_QUOTED.match(text, start)) for start, _ in answers) > len(answers)


def _quoted(text: str, parts: list[_Part]) -> _Found | None:
    """Paragraphs in quotation marks as answers to the paragraphs before them."""
    first = next((at for at, part in enumerate(parts) if text.endswith("?", 0, part.end) and not _QUOTED.match(text, part.start)), None)
    if first is None:
        return None
    answers = [part for part in parts[first:] if _QUOTED.match(text, part.start)]
    given = set(answers)
    questions = [part for part, after in zip(parts[first:], parts[first + 1 :], strict=False) if after in given and part not in given]
    if len(questions) < LEAST_ANSWERS or 3 * len(answers) < len(parts[first:]):
        return None
    return [(part.start, part.end) for part in questions], [(part.start, part.end) for part in answers], True


def _alternating(text: str, parts: list[_Part]) -> _Found | None:
    """Every second paragraph from the first question on as an answer, where the questions are the short ones throughout."""
    first = next((at for at, part in enumerate(parts) if text.endswith("?", 0, part.end) and part.end - part.start < LONGEST_QUESTION), None)
    if first is None:
        return None
    rest = [(part.start, part.end) for part in parts[first:]]
    questions, answers = rest[::2], rest[1::2]
    asking = sum(text.endswith("?", 0, end) for _, end in questions)
    answering = sum(text.endswith("?", 0, end) for _, end in answers)
    if len(answers) <= LEAST_ANSWERS or 3 * asking < len(questions) or 5 * answering > len(answers):
        return None
    return None if any(end - start > LONGEST_QUESTION for start, end in questions) else (questions, answers, False)


def _talks(text: str, questions: list[tuple[int, int]], answers: list[tuple[int, int]]) -> bool:
    """Whether the questions ask somebody and the answers speak of themselves: a list of headings or a FAQ does neither."""
    if len(answers) < LEAST_ANSWERS:
        return False
    asked = [text[slice(*span)] for span in questions]
    asking = sum("?" in question for question in asked)
    directed = sum("?" in question or bool(_YOU.search(question)) for question in asked)
    own = sum(bool(_OWN.search(text[slice(*span)])) for span in answers)
    return 5 * asking >= len(asked) and 5 * directed >= 2 * len(asked) and 2 * own >= len(answers)
