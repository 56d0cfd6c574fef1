"""Whether something is so is not for the assistant to say: who affirms it, who denies it, who is silent, and whether a source is named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.agreement import against
from qa.answering.matching import matches, words_of
from qa.answering.premises import NO_CAUSE
from qa.answering.question import Asked
from qa.grounding import check
from qa.grounding.lexicon import root
from qa.language.names import find_names
from qa.language.words import tokens
from qa.records import Stance, Statement

_OPENING = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:is it (?:true|correct|right|a fact|the case) (?:that )?|(?:is|are|was|were|do|does|did|has|have|had"
    r"|can|could|"
    r"will|would|should|may|might)(?:n['’]t)?\s+(?:it\s+true\s+that\s+)?)", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|really|actually|truly|ever|indeed|any)\s+", re.IGNORECASE)
_WHOM = re.compile(r"\b(?:any|some)(?:one|body|thing)\b|\bwhether\b", re.IGNORECASE)
_DISPUTED = re.compile(
    r"\b(?:accus|alleg|claim|report|rumou?r|suggest|mention)\w*\b.*(?:\b(?:which|who)\b[^.;]{0,40}?\b(?:reject|den(?:y|ied|ies)|dismiss|disput)\w*"
    r"|\b(?:reject|den(?:y|ied|ies)|dismiss|disput)\w*\s+(?:this|that|it|them)\b)", re.IGNORECASE | re.DOTALL)
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_PHRASAL = re.compile(r"\b([a-z]+)\s+(out|up|over|off|down|away|back)\b")
_NOUN = re.compile(r"(?:[ae]nce|[st]ion|ment)s?$", re.IGNORECASE)
_DENYING = frozenset("negation denied opposite".split())
_OTHER = frozenset("number date precision name contrast roles limit rank quotation speaker quantity hedge".split())


def is_asked(asked: Asked) -> bool:
    """Whether the question asks if something is so; "did anyone …" asks who did."""
    return asked.kind == "yes_no" and not _WHOM.search(asked.text)


def claim_of(question: str) -> str:
    """What a yes-or-no question asks about, as a claim: "Did Hezbollah attack Safed?" is "Hezbollah attack Safed"."""
    plain = _BRACKETS.sub("", question.strip()).rstrip(" ?.!")
    return _NOT.sub("", _OPENING.sub("", plain))


def with_stance(statement: Statement, question: str) -> Statement:
    """The statement with where it stands on the question: read from its words, its negations and its verbs of denying."""
    return replace(statement, stance=stance_of(claim_of(question), statement.citations[0].quote))


def stance_of(claim: str, quote: str) -> Stance:
    """Where words stand on a claim. They affirm it only when they say each of its words, its names included, and differ from it in no
    number, date, place, role or negation; they deny it when they say most of them under a negation or a verb of denying, or are against what the
    claim is for ("ruled out" what it says was agreed)."""
    plain, names = _words(claim)
    here = words_of(quote)
    told = sum(matches(term, here) for term in plain)
    named = sum(any(matches(term, here) for term in words_of(name)) for name in names)
    if not plain or named < len(names):
        return "unclear"
    if against(quote, claim) or _no_cause(quote, claim):
        return "denies"
    verdict = check(claim, [quote])
    kinds = {problem.kind for problem in verdict.problems if not (problem.kind == "opposite" and _noun(problem.claim) != _noun(problem.source))}
    if kinds & _DENYING and told * 3 >= len(plain) * 2:
        return "denies"
    whole = told == len(plain) and len(plain) + len(names) >= 2 and not _alternative(claim, quote) and _verbs_said(claim, quote)
    return "affirms" if whole and verdict.supported and not kinds & (_OTHER | _DENYING) else "unclear"


def _noun(words: str) -> bool:
    """Whether words end as nouns of doing do: "resistance" is not what "supported" is the opposite of."""
    return bool(_NOUN.search(words))


def _no_cause(quote: str, claim: str) -> bool:
    """Whether the quote says of something in the claim that it was no cause ("rain played no part")."""
    denied = NO_CAUSE.search(quote)
    return bool(denied) and any(term in words_of(claim) for term in list(words_of(quote[: denied.start()]))[-2:])


def _alternative(claim: str, quote: str) -> bool:
    """Whether a name of the claim is only one of several that the quote leaves open ("Arran, Velm or Iskar")."""
    return any(re.search(rf"\b{name}\w*(?:,\s+[\w\s]+?)*,?\s+or\b|\bor\s+(?:the\s+)?{name}", quote) for name in re.findall(r"\b[A-Z]\w+", claim))


def _verbs_said(claim: str, quote: str) -> bool:
    """Whether the verbs of which a small word is a part ("run out", "hand over") are said as they are; "went back" is no "run out"."""
    here = {root(token.text) for token in tokens(quote)}
    return all(root(match[1]) in here and re.search(rf"\b{match[2]}\b", quote) for match in _PHRASAL.finditer(claim))


def _words(claim: str) -> tuple[list[str], list[str]]:
    """The stems of the claim's content words outside its names, and its names."""
    names = [name.core for name in find_names(claim)]
    within = {term for name in names for term in words_of(name)}
    return [term for term in words_of(claim) if term not in within], names


def standing(statements: Sequence[Statement], *, silent: int) -> str:
    """One line for the statements, which have their stance and their final numbers: who affirms, who denies, how many documents are silent.

    It never says yes or no; an assertion without a named source is called that.
    """
    parts = []
    for stance, words in (("affirms", "Affirmed"), ("denies", "Denied")):
        sided = [statement for statement in statements if statement.stance == stance]
        if sided:
            parts.append(f"{words} by {'; '.join(_who(statement) for statement in sided)}.")
    affirming = [statement for statement in statements if statement.stance == "affirms"]
    both = [f"[{s.citations[0].marker}]" for s in statements if s.stance == "unclear" and _DISPUTED.search(s.citations[0].quote)]
    if both:
        parts.append(f"Said by one and denied by another in {' '.join(both)}.")
    if not parts:
        parts.append("Nothing found affirms or denies it outright; what comes nearest follows.")
    elif affirming and all(statement.voice != "named" for statement in affirming):
        parts.append("No source is named for it.")
    if affirming and not any(statement.stance == "denies" for statement in statements):
        parts.append("No denial of it was found.")
    if silent:
        parts.append(f"{silent} document{'' if silent == 1 else 's'} searched {'is' if silent == 1 else 'are'} silent.")
    return " ".join(parts)


def _who(statement: Statement) -> str:
    first = statement.citations[0]
    named = statement.speaker if statement.voice == "named" else f"“{first.title or first.name}”"
    how = {"named": "", "document": " in its own voice", "unnamed": " without naming a source"}[statement.voice]
    kind = " (a commentary)" if first.kind == "commentary" and statement.voice != "named" else ""
    return f"{named}{kind}{how} [{first.marker}]"
