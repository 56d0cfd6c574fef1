"""Whom a phrase for a speaker means: "he" and "it", "the group" and "the mayor", "his lawyer" and "her letter"."""

import re
from dataclasses import dataclass

from qa.attribution.groups import group_meant
from qa.attribution.offices import bearer
from qa.attribution.phrases import Phrase, core_of
from qa.attribution.pronouns import Sentences, antecedent
from qa.attribution.speakers import Speaker, is_person, refers_back, speaker_of
from qa.attribution.vocabulary import ANONYMOUS, BACKREFERENCES, BODIES, DOCUMENT_NOUNS, ROLES
from qa.records import Document, Precision

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


def resolve(document: Document, phrase: Phrase, before: Before) -> Speaker:
    """The speaker a phrase means here; an empty one when "it" or "the article" means the document."""
    if phrase.who == "self":
        return Speaker(name=_self(phrase))
    if phrase.who == "pronoun":
        word = phrase.text.lower()
        if word in ("he", "she"):
            return person_meant(document, word, before, document.text[before.at : before.at + phrase.start])
        if before.itself and word == "it":
            return Speaker(name="")
        return group_meant(document, word, before.at, before.sentences) or Speaker(name="")
    if theirs := _owned(document, phrase, before):
        return theirs
    if named := bearer(document, phrase) or _met(document, phrase, before.at):
        return named
    if refers_back(phrase) and (known := _before(phrase, before)):
        return known
    return speaker_of(document, phrase)


def _before(phrase: Phrase, before: Before) -> Speaker | None:
    """The body that spoke last for "the group", the last subject for "the minister" whose role that is or for "the source"."""
    noun = phrase.text.split()[1].lower()
    if noun not in BACKREFERENCES:
        known = before.subject
        role = rf"(?<!former )(?<!deputy )(?<!vice )\b{noun}\b"
        return known if known and (noun == "source" or re.search(role, f"{known.role} {known.name}", re.IGNORECASE)) else None
    known = before.body
    if not known or is_person(known.name) or known.name.lower() in BODIES or known.name.split()[-1].lower() in ANONYMOUS:
        return None
    kinds = {word.lower() for word in known.name.split()} & BODIES
    fits = not kinds or noun in kinds or noun in _ANY_BODY and not known.name.startswith("the ")
    return known if fits or re.search(rf"\b{noun}\b", f"{known.role} {known.name}", re.IGNORECASE) else None


def person_meant(document: Document, word: str, before: Before, ahead: str = "") -> Speaker:
    """The person "he" or "she" means after the text `ahead` of a sentence that stands at `before.at`; one without a name when nobody is settled."""
    meant = antecedent(document, word, before.at, ahead, before.sentences) or Speaker(name="")
    return bearer(document, Phrase(text=meant.name, start=0, end=0, who="definite")) or meant


_ANY_BODY = frozenset("group organisation organization company firm".split())
"""What bodies of another kind may be called too: "the group" for a movement, "the company" for an airline."""
_OWNED = re.compile(
    r"(?P<whose>his|her)\s+(?:(?:own|new|first|last|late|former|eldest|youngest|elder|younger)\s+)*(?P<what>[a-z][\w-]*)", re.IGNORECASE
)
_WRITINGS = DOCUMENT_NOUNS | frozenset("diary diaries memoir memoirs book notes notebook journal email e-mail will speech words letters".split())


def _owned(document: Document, phrase: Phrase, before: Before) -> Speaker | None:
    """The owner of "her letter", the writing speaking for its author; "Stolz's lawyer" for "her lawyer". None where the owner is not known."""
    owned = _OWNED.match(phrase.text)
    if not owned or phrase.who not in ("named", "definite"):
        return None
    what = owned["what"].lower()
    word = "he" if owned["whose"].lower() == "his" else "she"
    owner = person_meant(document, word, before, document.text[before.at : before.at + phrase.start])
    if what in _WRITINGS:
        return owner
    known = owner.name and not owner.name.startswith("the ") and what in ROLES and phrase.who == "definite"
    return Speaker(name=f"{owner.name}'s {core_of(phrase.text)}") if known else None


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
