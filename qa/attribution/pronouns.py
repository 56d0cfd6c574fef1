"""Whom "he" and "she" mean: the person the sentences before are about, of the pronoun's gender, else the one introduced last."""

import re

from qa.attribution.cues import find_quotations
from qa.attribution.persons import Mention, persons, unquoted
from qa.attribution.speakers import Speaker
from qa.records import Document

LEAST_WORDS = 2
"""Words outside quotations that a sentence must have to be about somebody."""
SILENT = 3
"""So many sentences that name nobody and have no such pronoun may stand between a pronoun and its person."""

Sentences = tuple[tuple[int, int], ...]


def antecedent(document: Document, word: str, at: int, ahead: str, sentences: Sentences) -> Speaker | None:
    """The person `word` ("he", "she") means in a sentence at `at` of the document whose text up to the pronoun is `ahead`; `sentences` are the
    offsets of those before, in order. None when the words settle nobody; a speaker without a name when it is somebody unnamed."""
    past = tuple(span for span in sentences if span[1] <= at)
    *states, within = open_starts(document.text, past, at)
    if own := _earlier(persons(document, ahead, within), word, unquoted(ahead, within)):
        return own.speaker
    silent = 0
    for (start, end), opened in zip(reversed(past), reversed(states)):
        text = document.text[start:end]
        said = unquoted(text, opened)
        if len(re.findall(r"[^\W\d_]{2,}", said)) < LEAST_WORDS or text.startswith("#"):
            continue
        fitting = _fitting(persons(document, text, opened), word, said)
        pronoun = re.search(rf"\b{word}\b", said, re.IGNORECASE)
        if pronoun and not any(one.start < pronoun.start() and not one.owner for one in fitting):
            silent = 0
            continue
        if fitting:
            return _chosen(fitting, word)
        silent += 1
        if silent > SILENT:
            return None
    return None


def _earlier(found: tuple[Mention, ...], word: str, ahead: str) -> Mention | None:
    """The person of the pronoun's own sentence: its subject so far, or the one whom a clause begun by "who" or "in which" is about."""
    fitting = _fitting(found, word, ahead)
    if ahead.rstrip().endswith(",") and not _SUBORDINATE.match(ahead):  # "The driver was dead, she said": what is said is of another
        fitting = [one for one in fitting if one.speaker.name and not one.speaker.name.startswith("the ")]
    own = [one for one in fitting if one.subject and (one.speaker.name or not re.match(_OWNER[word], ahead))]
    clause = [one for one in fitting if re.search(r",\s+(?:who|(?:in|to|from|for|of)\s+wh(?:ich|om))\b[^;·]*$", ahead[one.start :])]
    return (own or clause or [None])[-1]


def _fitting(found: tuple[Mention, ...], word: str, said: str) -> list[Mention]:
    """The persons whom the pronoun may mean: of its gender, or of none that is known and without a pronoun of the other gender after them."""
    return [one for one in found if one.gender == word or not one.gender and not _other_after(said[one.start :], word)]


_SUBORDINATE = re.compile(r"(?:when|while|after|before|although|though|because|since|if|once|until|as)\b", re.IGNORECASE)
_OWNER = {"he": r"His\b", "she": r"Her\b"}
_FORMS = {"he": r"\b(?:he|his|him|himself)\b", "she": r"\b(?:she|hers?|herself)\b"}


def _other_after(rest: str, word: str) -> bool:
    other = "she" if word == "he" else "he"
    return bool(re.search(_FORMS[other], rest)) and not re.search(_FORMS[word], rest)


def _chosen(fitting: list[Mention], word: str) -> Speaker | None:
    """The one a sentence is about; else the only one known to be of the gender; else the last one named."""
    subjects = [one for one in fitting if one.subject]
    sure = [one for one in fitting if one.gender == word and not one.owner]
    if subjects and (subjects[0].gender == word or subjects[0].speaker.name or not sure):
        return subjects[0].speaker
    if len({one.speaker.name for one in sure}) == 1:
        return sure[0].speaker
    free = [one for one in fitting if not one.owner] or fitting
    return (sure or free)[-1].speaker


def open_starts(text: str, sentences: Sentences, at: int) -> list[bool]:
    """For each sentence, and for one at `at` after them, whether it begins inside a quotation; a paragraph begins outside."""
    states, opened = [], False
    for start, end in (*sentences, (at, at)):
        opened = opened and not text[max(0, start - 2) : start].strip(" ").endswith("\n")
        states.append(opened)
        _, opened = find_quotations(text[start:end], opened)
    return states
