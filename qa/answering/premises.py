"""What a question takes for granted, and whether the documents contradict it.

"Why did A do B?" takes for granted that A did B. That is put as a claim and compared with each sentence found. A premise is false only when
a sentence says nearly all of the claim and differs from it in a way that excludes it (a negation, an opposite, another number, date, name,
cause or speaker), and no sentence found bears the claim out. A premise that nothing supports is not false; the question is declined.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.answering.about import sentences_of
from qa.answering.matching import matches, said, words_of
from qa.answering.stated import Quoted
from qa.attribution import attribute
from qa.grounding import check
from qa.language.names import find_names, same_name
from qa.language.words import stem
from qa.records import Document, Hit, Problem, Verdict

_AUX = r"(?P<aux>did|does|do|has|have|had|is|are|was|were|will|would)"
_WHY = re.compile(rf"^\W*(?:and |but |so )?(?:why|how come|for what reason)\s+{_AUX}\s+(?P<claim>.+?)\W*$", re.IGNORECASE)
_MADE = re.compile(r"^\W*(?:and |but |so )?what (?:made|led|caused|prompted|drove) (?P<claim>.+?)\W*$", re.IGNORECASE)
_REACTED = re.compile(r"^\W*(?:and |but |so )?how did .+? (?:react|respond) to (?P<claim>.+?)\W*$", re.IGNORECASE)
_WHEN = re.compile(rf"^\W*(?:and |but |so )?(?:when|where|how) {_AUX} (?P<claim>.+?)\W*$", re.IGNORECASE)
_SAID = re.compile(
    r"^(?P<speaker>.+?) (?:say|said|claim|claimed|announce|announced|report|argue|argued|warn|warned|find|found|conclude|concluded|admit"
    r"|admitted|"
    r"insist|insisted|confirm|confirmed|state|stated)(?: that)? (?P<said>.+)$", re.IGNORECASE)
_NEGATIVE = re.compile(r"\b(?:not|never|no|nobody|without|fail\w*|refus\w*|den(?:y|ied|ies))\b|n['’]t\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*\??$")
_CONTRARY = frozenset("denied negation opposite number date name roles".split())
_CERTAIN = frozenset("opposite number roles".split())
_AGENT = re.compile(r"\bby (?:an? |the )?(?P<agent>[\w’'-]+)\s*$", re.IGNORECASE)
_CAUSAL = re.compile(r"\b(?:because|caused? by|cause of|due to|owing to|blamed on|result of)\b", re.IGNORECASE)
NO_CAUSE = re.compile(
    r"\b(?:play(?:s|ed)? no (?:part|role)|(?:had|has) nothing to do with|(?:was|were|is|are) not (?:the )?(?:cause|reason|to blame|behind"
    r"|responsible)|"
    r"not caused by|ruled out)\b", re.IGNORECASE)
"""Words that say of what stands before them that it was no cause."""
_PLACING = frozenset("in at on of from to by with against near for into over under".split())
MOST = 0.7
"""Share of the claim's other words that a sentence says before its difference counts as a contradiction."""
READ = 12
"""How many sentences, those that say most of the claim, are compared with it."""
PRINTED = 2
"""How many corrections are printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Premise:
    """What a question takes for granted, as a claim. With `speaker`, that this one said `claim`. `why`: a reason for it is asked for.
    `aux` is
    the question's auxiliary ("" for none)."""

    claim: str
    speaker: str = ""
    why: bool = False
    aux: str = ""

    @property
    def in_full(self) -> str:
        """The claim with its "was" before it, which tells a passive apart."""
        return f"{self.aux} {self.claim}" if self.aux in ("is", "are", "was", "were") else self.claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The sentences that speak against a premise, best first, and one line that says in what."""

    lead: str
    quoted: tuple[Quoted, ...]


def premise_of(question: str) -> Premise | None:
    """The premise; None for a question that takes nothing checkable for granted, or asks why something did not happen."""
    plain = _BRACKETS.sub("", question.strip())
    for pattern, why in ((_WHY, True), (_MADE, True), (_REACTED, True), (_WHEN, False)):
        match = pattern.match(plain)
        if match:
            claim = match["claim"].strip()
            told = _SAID.match(claim)
            if told and find_names(told["speaker"]):
                return Premise(claim=told["said"], speaker=find_names(told["speaker"])[-1].core, why=why)
            if _NEGATIVE.search(claim) or len(words_of(claim)) < 2:
                return None
            return Premise(claim=claim, why=why, aux=(match.groupdict().get("aux") or "").lower())
    return None


def correction_of(premise: Premise, hits: Sequence[Hit], documents: Mapping[str, Document],
                  known: Callable[[str], bool]) -> Correction | None:
    """What the passages found say against a premise; None where one bears it out or none contradicts it. `known` tells whether any passage
    of
    the library has a word."""
    sentences = [quoted for hit in hits if hit.passage.document_id in documents
                 for quoted in sentences_of(hit.passage, documents[hit.passage.document_id])]
    shares = [(_share(premise.claim, quoted.text), quoted) for quoted in sentences]
    likely = [quoted for share, quoted in sorted(shares, key=lambda pair: -pair[0]) if share >= 0.5][:READ]
    if ruled_out := [quoted for quoted in sentences if _ruled_out(premise, quoted)]:
        return Correction(lead=f"The question takes for granted: “{premise.claim}”. The documents rule that "
                               f"out.", quoted=tuple(ruled_out[:PRINTED]))
    if premise.speaker:
        return _other_speaker(premise, likely)
    verdicts = [(quoted, check(premise.in_full, [quoted.text], published=quoted.document.published)) for quoted in likely]
    if any(_bears_out(premise.claim, quoted, verdict) for quoted, verdict in verdicts):
        return None
    against = [(quoted, problem) for quoted, verdict in verdicts if (problem := _contradiction(premise, quoted, verdict))]
    if against:
        first = against[0][1]
        return Correction(lead=_lead(premise.claim, first), quoted=tuple(quoted for quoted, _ in against[:PRINTED]))
    return _other_cause(premise, sentences, known)


def _lead(claim: str, problem: Problem) -> str:
    told = {"number": f"; the documents give {problem.source}", "date": f"; the documents give {problem.source}",
            "name": f"; the documents name {problem.source}, not {problem.claim}"}.get(problem.kind, "") if problem.source else ""
    return f"The question takes for granted: “{claim}”. The documents say otherwise{told}."


def _words(claim: str) -> dict[str, str]:
    return {term: word for term, word in words_of(claim).items() if word not in ("make", "made", "happen", "get", "got")}


def _share(claim: str, text: str) -> float:
    """Share of the claim's words that the text says, in [0, 1]."""
    wanted, here = _words(claim), words_of(text)
    return sum(matches(term, here) for term in wanted) / len(wanted) if wanted else 0.0


def _bears_out(claim: str, quoted: Quoted, verdict: Verdict) -> bool:
    kinds = {problem.kind for problem in verdict.problems}
    return _share(claim, quoted.text) >= 0.8 and not kinds & _CONTRARY


def _contradiction(premise: Premise, quoted: Quoted, verdict: Verdict) -> Problem | None:
    """The problem that makes the sentence speak against the claim; None where it says too little of the rest of it. Asked when or where,
    only what cannot be part of an answer counts: "has not been used since 2009" tells when it was used last."""
    kinds = _CONTRARY if premise.why else _CERTAIN
    for problem in verdict.problems:
        told = problem.kind in ("denied", "negation", "roles") or bool(problem.source)
        if problem.kind in kinds and told and not _done_to(premise, problem) and _rest_said(premise.claim, problem, quoted.text):
            return problem
    return None


def _done_to(premise: Premise, problem: Problem) -> bool:
    """Whether another name only shows that the same was done to somebody else: the court may have convicted both."""
    at = premise.claim.find(problem.claim) if problem.kind == "name" and premise.aux not in ("is", "are", "was", "were") else -1
    before = premise.claim[:at].split()
    return at > 0 and bool(before) and before[-1].islower() and before[-1] not in _PLACING


def _rest_said(claim: str, problem: Problem, text: str) -> bool:
    """Whether the text says most of the claim's words outside the problem, two of them at least, and one of its names if it has any."""
    apart = set(words_of(problem.claim)) if problem.kind not in ("denied", "negation", "roles") else set()
    rest = {term for term in _words(claim) if term not in apart}
    here = words_of(text)
    shared = {term for term in rest if matches(term, here)}
    names = [name for name in find_names(f"so {claim}") if not set(words_of(name.core)) & apart]
    named = not names or any(set(words_of(name.core)) & shared for name in names)
    enough = 1 if problem.kind == "opposite" and names else 2
    least = 0.9 if problem.kind == "name" else MOST
    return named and len(shared) >= enough and len(shared) >= least * len(rest)


def _ruled_out(premise: Premise, quoted: Quoted) -> bool:
    """Whether a sentence says of one of the claim's words that it was no cause ("rain played no part"), where its passage tells of the
    rest."""
    denied = NO_CAUSE.search(quoted.text) if premise.why else None
    if not denied:
        return False
    here = words_of(quoted.text)
    return any(matches(term, here) for term in _words(premise.claim)) and _share(premise.claim, quoted.passage.text) >= 0.6


def _other_speaker(premise: Premise, likely: Sequence[Quoted]) -> Correction | None:
    """Sentences that say what the premise puts into somebody's mouth, in another's; none where that one is found to have said it."""
    spoken = [(quoted, attribute(quoted.document, quoted.start, quoted.end))
              for quoted in likely if _share(premise.claim, quoted.text) >= MOST]
    own = [quoted for quoted, said_by in spoken if said_by.speaker and _same(said_by.speaker, premise.speaker)]
    others = [(quoted, said_by.speaker) for quoted, said_by in spoken
              if said_by.voice == "named" and said_by.speaker and not _same(said_by.speaker, premise.speaker)]
    nobody = [quoted for quoted, said_by in spoken if said_by.voice != "named"]
    if own or nobody or not others:
        return None
    names = ", ".join(dict.fromkeys(speaker for _, speaker in others[:PRINTED]))
    return Correction(lead=f"The question takes for granted that {premise.speaker} said: “{premise.claim}”. The documents attribute that "
                           f"to {names}.",
                      quoted=tuple(quoted for quoted, _ in others[:PRINTED]))


def _same(speaker: str, name: str) -> bool:
    return same_name(speaker, name) or bool(set(words_of(speaker)) & set(words_of(name)))


def _other_cause(premise: Premise, sentences: Sequence[Quoted], known: Callable[[str], bool]) -> Correction | None:
    """Asked why something was done "by an earthquake" of which no document knows: the sentences that give another cause for it."""
    agent = _AGENT.search(premise.claim)
    if not premise.why or not agent or known(agent["agent"]):
        return None
    rest = [term for term in _words(premise.claim) if term != stem(agent["agent"])]
    told = [quoted for quoted in sentences if _CAUSAL.search(quoted.text) and len(rest) >= 2
            and all(said(term, term, words_of(quoted.text)) >= 0.6 for term in rest)]
    if not told:
        return None
    return Correction(lead=f"The question takes for granted: “{premise.claim}”. The documents give another "
                           f"cause.", quoted=tuple(told[:PRINTED]))


def unsupported(premise: Premise, passages: Sequence[str]) -> bool:
    """Whether a reason is asked for something that no passage tells: not one says two thirds of its words outside the names, or not one says
    what was done (on the even rows of squad2, that holds for none of 19 such questions with an answer and for 5 of 15 without)."""
    if not premise.why or premise.speaker:
        return False
    named = {term for name in find_names(premise.claim) for term in words_of(name.core)}
    plain = {term: word for term, word in _words(premise.claim).items() if term not in named}
    done = _done(premise.claim)
    told = [words_of(text) for text in passages]
    return bool(plain) and (
        all(sum(said(term, word, here) >= 0.5 for term, word in plain.items()) * 3 < 2 * len(plain) for here in told)
        or bool(done) and all(said(stem(done), done, here) < 0.5 for here in told))


def _done(claim: str) -> str:
    """The verb of a claim that begins with a name ("Stolz *withdraw* the boats"); "" for another."""
    names = find_names(f"so {claim}")
    before = claim[: names[0].start - 3] if names else claim
    verb = re.match(r"\s+(?:not\s+|also\s+|first\s+)?([a-z]+)", claim[names[0].end - 3 :]) if re.fullmatch(r"(?:[Tt]he\s+)?", before) and names else None
    return verb[1] if verb else ""
