"""What in one sentence says that somebody says something: verbs of saying with their subjects, "according to", "as reported by",
quotations."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from qa.attribution.phrases import Phrase, after_cue, any_subject, before_verb, classify, is_paper, opening_subject, owner_of
from qa.language.words import STOPWORDS
from qa.attribution.vocabulary import FINITE, GERUNDS, HEARSAY, NEEDS_THAT, PAPERS_TAKE, VERBS

CueKind = Literal["says", "as", "according", "passive", "gerund", "colon"]

_SORTED = sorted(FINITE, key=len, reverse=True)
_VERB = re.compile(
    r"\b(?:saying(?=\s+that\b)|" + "|".join(_SORTED).replace(" ", r"\s+") + r"|(?:made|makes|released|delivered|gave|gives"
    r"|launched|sent)(?=\s[^,.]{0,40}\b(?:warning|statement|threat|call|appeal|apology|denial|ultimatum)s?\b))\b"
)
_GERUND = re.compile(
    r"\bwith\s+(?P<who>[^,.;:]{2,60}?)\s+(?P<verb>" + "|".join(sorted(GERUNDS, key=len, reverse=True)).replace(" ", r"\s+") + r")\b"
)
_PASSIVE = re.compile(
    r"\b(?P<as>as\s+)?(?P<verb>reported|stated|described|claimed|confirmed|announced|denied|cited|quoted|noted|corroborated|viewed|seen"
    r"|regarded|considered|recogni[sz]ed|identified|"
    r"condemned|called|estimated|hailed|dismissed|rejected|disputed|labell?ed|dubbed|alleged|branded|criticised|criticized|warned"
    r"|put\s+forward|asserted)\s+(?:as\s+[^,.;]{2,60}?\s+)?(?:as\s+saying\s+)?(?:\w+ly\s+)?by\s+(?=\S)"
)
_ACCORDING = re.compile(
    r"\b(?:according\s+to|per(?=\s+the\s+[A-Z]|\s+[A-Z])|citing|quoting|to\s+quote|in\s+the\s+words\s+of"
    r"|in\s+the\s+(?:view|opinion)\s+of|as\s+per|based\s+on\s+(?=[^,]*(?:report|statement)))\s*",
    re.I,
)
_IN_OWN_VIEW = re.compile(r"\b[Ii]n\s+(?P<who>[A-Z][^,.;]{1,40}?)['’]s?\s+(?:view|words|opinion|account|telling|estimation)\b")
_ATTRIBUTES = re.compile(
    r"\b(?:attribut\w+|ascrib\w+|credit\w*)\s+(?:this|that|the|its|these|those|both)\s+(?:\w+\s+)?(?:figure|claim|number|statement|report"
    r"|toll|count|information|account|estimate|remark|view|quotation)s?\s+to\s+"
)
_VIEW_AMONG = re.compile(
    r"\b(?:view|opinion|belief|feeling|consensus|fear)\s+(?:among|of|in)\s+(?P<who>[^,.;]{2,60}?)\s+(?:is" r"|was)\s+that\b"
)
_PUTS_IT = re.compile(r"\b[Aa]s\s+(?P<who>[^,.;]{2,60}?)\s+(?:puts?|has\s+put|sees|saw)\s+it\b")
_COLON = re.compile(r"^\s*(?P<who>[A-Z][^,.:;!?“\"]{1,60}?):\s+(?=\S)")
_GROUP = re.compile(
    r"(?P<group>(?:\b(?:has|have|had|also|further|again|later|then|now|often|once|earlier|even|all|both|already|first|in turn|thus|since"
    r"|is|are|was|were|been|being|be|not|never|nor|"
    r"did|does|do|will|would|may|might|must|can|could|shall|should|to|still|always|long|[a-z]+ly|[a-z]+n['’]t)\s+)*)$",
    re.I,
)
_NEGATED = re.compile(r"\b(?:not|never|nor|will|would|may|might|can|could|shall|should|must|to|did|does|do|[a-z]+n['’]t)\b", re.I)
_BE = re.compile(r"\b(?:is|are|was|were|been|being|be)\b", re.I)
_CLAUSE = re.compile(
    r"\s*(?:that\b|how\b|why\b|whether\b|what\b|:|[“\"]|(?:he|she|it|they|we|there|this)\b|(?:the|a|an|his|her|its|their"
    r"|[A-Z]\w+|more|most|some|no|[a-z]+s)\b[^,.;]{0,70}?\b(?:is|are|was|were|will|would|has|have|had|could|may|might|can|to)\b)"
)
_SIDE = re.compile(
    r"\b(?:while|although|though|whereas|even\s+though|despite|after|before|since|because|when)\s+(?:the\s+|both\s+)?$", re.I
)
_JOINED = re.compile(r"(?:[,;]\s*(?:and|but|while|yet|whereas|though|although)|;|\s[–—-])\s*(?:the\s+)?$", re.I)
_ACT = re.compile(r"\s+(?:the\s+lives?|\d[\d,]*\s+lives|victory|a\s+win|the\s+title|gold|silver|bronze|the\s+trophy|first\s+place)\b")
_OPENS = re.compile(r"(?:^|[,;:”\"—–·]|\b(?:and|but|as|while|when|which|where|how|what))\s*(?:also\s+|then\s+|later\s+)?$", re.I)
_ANIMATE = frozenset(
    "say tell complain warn announce deny insist argue explain reply vow pledge urge accuse blame condemn admit acknowledge joke".split()
)
_BEFORE_SUBJECT = frozenset(
    "hint predict joke estimate complain say add explain warn announce write argue insist note ask reply declare report recall remark conclude admit claim comment tweet".split()
)
_SHOWING = frozenset("reveal disclose highlight underline underscore outline hint dispute contradict refute question".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One sign of a speaker in a sentence: `start` to `end` are its words (subject and verb, or "according to X"), `scope` the
    characters it answers for; `partial` says that the sentence's main clause is not among them."""

    kind: CueKind
    phrase: Phrase
    verb: str
    start: int
    end: int
    scope: tuple[int, int]
    partial: bool = False
    hearsay: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a sentence shows by itself: its cues in order, where hearsay stands, its quotations, and whether the last is still open."""

    cues: tuple[Cue, ...]
    hearsay: tuple[int, ...]
    quotations: tuple[tuple[int, int], ...]
    open_end: bool


@lru_cache(maxsize=8192)
def read(sentence: str, open_start: bool = False) -> Reading:
    """The cues of `sentence`; with `open_start` it begins inside a quotation."""
    quotations, open_end = find_quotations(sentence, open_start)
    masked = _mask(sentence, quotations)
    cues = [
        *_says(masked, sentence),
        *_according(masked, sentence),
        *_passives(masked, sentence),
        *_gerunds(masked, sentence),
        *_colon(masked, sentence),
    ]
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda cue: (cue.start, -cue.end)):
        if not any(cue.start < other.end and other.start < cue.end and cue.phrase.start == other.phrase.start for other in kept):
            kept.append(cue)
    return Reading(cues=tuple(kept), hearsay=_hearsay(masked), quotations=tuple(quotations), open_end=open_end)


def find_quotations(text: str, open_start: bool = False) -> tuple[list[tuple[int, int]], bool]:
    """The spans inside double quotation marks, straight or curly, and whether the last one is still open at the end."""
    spans, start = [], 0 if open_start else -1
    for match in re.finditer(r"[“”\"„«»]", text):
        mark = match.group()
        opens = mark in "“„«" or (mark == '"' and start < 0)
        if opens and start < 0:
            start = match.end()
        elif not opens and start >= 0:
            spans.append((start, match.start()))
            start = -1
    if start >= 0:
        spans.append((start, len(text)))
    return [span for span in spans if span[1] > span[0]], start >= 0


def _mask(sentence: str, quotations: list[tuple[int, int]]) -> str:
    """The sentence with quotations and brackets blanked out by marks of the same length, so that offsets stay."""
    letters = list(sentence)
    brackets = [(match.start() + 1, match.end() - 1) for match in re.finditer(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]", sentence)]
    for start, end in [*quotations, *brackets]:
        if (start, end) in brackets or len(sentence[start:end].split()) > 3 or end == len(sentence) or sentence[end - 1] in ",.?!":
            letters[start:end] = "·" * (end - start)
    return "".join(letters)


def _hearsay(masked: str) -> tuple[int, ...]:
    """Where the sentence says that people in general say, know or suspect something; not where a passive names its agent."""
    found = []
    for match in HEARSAY.finditer(masked):
        agent = re.match(r"[^,.;]{0,40}?\bby\s+", masked[match.end() :])
        if agent and re.search(r"(?:ed|said|seen as|thought)$", match.group(), re.I):
            phrase = after_cue(masked, masked, match.end() + agent.end())
            if phrase and phrase.who in ("named", "definite"):
                continue
        if not re.search(r"[a-z]", match.group()[:1] + match.group()[1:2]) or not _owned(masked, match):
            found.append(match.start())
    return tuple(found)


def _owned(masked: str, match: re.Match) -> bool:
    """ "US officials say" and "the experts it names say" are no hearsay: the words before make the group a known one."""
    if not re.match(
        r"(?:reports?|sources?|officials|experts|analysts|observers|media|outlets|diplomats|activists|residents|estimates"
        r"|researchers|scientists|economists|witnesses)\b",
        match.group(),
        re.I,
    ):
        return False
    before = re.search(r"(\S+(?:\s+\S+)?)\s$", masked[: match.start()])
    phrase = (before[1] + " " if before else "") + match.group().split()[0]
    return classify(phrase) in ("named", "definite")


def _says(masked: str, sentence: str) -> list[Cue]:
    cues = []
    for match in _VERB.finditer(masked):
        verb = VERBS.get(" ".join(match.group().split()), "issue")
        group = _GROUP.search(masked[: match.start()])
        words = group["group"] if group else ""
        start = match.start() - len(words)
        quoted = match.group() in ("quoted", "cited") and re.match(r"\s+as\s+(?:saying|telling)\b", masked[match.end() :])
        if (
            _NEGATED.search(words)
            and not re.search(r"\b(?:did|does|do)\s+not\s+(?:deny|rule)", masked[start : match.end()])
            or _BE.search(words)
            and not quoted
        ):
            continue
        if not _takes(verb, masked, match):
            continue
        phrase = before_verb(masked, sentence, start)
        if phrase and re.search(r"['’]s?$", phrase.text) and not re.search(r"\s(?:of|for|at)\s", phrase.text):
            phrase = None
        if phrase and (is_paper(phrase) and verb not in PAPERS_TAKE or verb == "show" and not is_paper(phrase)):
            continue
        if (
            not phrase
            and verb in _ANIMATE
            and match.group() != verb
            and not re.match(r"\s+(?:nothing|little|much|something|a\s+lot)\b", masked[match.end() :])
        ):
            phrase = any_subject(masked, sentence, start)
        if not phrase and match.group() != verb and verb in _BEFORE_SUBJECT | {"tell", "call", "stress"}:
            phrase = opening_subject(masked, sentence, start)
        if not phrase and verb in _BEFORE_SUBJECT and re.search(r"[”\"“,·–—]\s*$", masked[:start]):
            phrase = after_cue(masked, sentence, match.end())
            if phrase and phrase.start - match.end() > 1:
                phrase = None
        if phrase and (
            match.group() == verb
            and verb not in ("put", "forecast")
            and not _plural(phrase)
            or phrase.who == "pronoun"
            and not _OPENS.search(masked[: phrase.start])
        ):
            continue
        if phrase:
            cues.append(_said(masked, phrase, verb, match, words))
    return cues


def _plural(phrase: Phrase) -> bool:
    """Whether a subject goes with the bare form of a verb ("officials say", not "Acme report")."""
    core = re.split(r"\s(?:of|in|at|from|for|with)\s", phrase.text)[0]
    return (
        phrase.text.lower() in ("they", "we", "i")
        or " and " in phrase.text
        or bool(re.search(r"(?:s|men|media|police|people|many|others|some|\w[a-z]ese)$", core.lower()))
    )


def _takes(verb: str, masked: str, match: re.Match) -> bool:
    """Whether what follows the verb is what somebody says, and the word is a verb here."""
    rest = masked[match.end() :]
    if (
        verb in ("claim",)
        and _ACT.match(rest)
        or re.match(r"\s+(?:said|says|say|suggest\w*|indicate\w*|that\s+(?:has|have)\b)", rest)
        and match.group() in ("reports", "claims", "reports")
    ):
        return False
    if verb == "issue":
        return bool(
            re.match(
                r"\s[^,.]{0,60}\b(?:warnings?|statements?|threats?|calls?|appeals?|apolog\w+|denials?|ultimatums?" r"|communiqu\w+)\b", rest
            )
        )
    if verb == "expect":
        return not re.match(r"\s+to\b", rest)
    if verb == "express":
        return True
    if verb == "put":
        return bool(re.match(r"\s[^,.]{2,60}\bat\b", rest))
    if verb in NEEDS_THAT and re.fullmatch(r"[\s.,”\"]*", rest):
        return verb in ("show", "suggest", "indicate", "find", "understand")
    if verb in NEEDS_THAT and verb != "understand":
        return not re.match(r"\s+to\b", rest) and bool(_CLAUSE.match(rest))
    if verb == "understand":
        return False
    if verb in _SHOWING:
        return bool(
            re.match(
                r"\s+(?:that|how|why|what|whether|plans|details|the|a|his|her|its|their|these|this|concerns?|at|there"
                r"|there['’]s|it|he|she|they)\b|\s*:",
                rest,
            )
        )
    if verb == "call" and match.group() == "called":
        return not re.match(r"\s+[A-Z“\"]", rest) or bool(re.match(r"\s+[A-Z“\"][^,.]{1,60}\s(?:a|an|the|[“\"])", rest))
    return True


def _said(masked: str, phrase: Phrase, verb: str, match: re.Match, words: str) -> Cue:
    before, start, end = masked[: phrase.start], min(phrase.start, match.start()), max(phrase.end, match.end())
    relative = bool(re.search(r"\b(?:who|which)\b[^,]*$", masked[phrase.end : match.start()])) if phrase.end <= match.start() else False
    trailing = phrase.start > 0 and len(re.sub(r"\b(?:on|in|at|to|during)\b[^,]{0,60}", "", masked[match.end() :]).strip(' .,·”"')) < 12
    as_before = bool(re.search(r"\bas\s+(?:the\s+)?$", before, re.I))
    side = bool(_SIDE.search(before))
    joined = bool(_JOINED.search(before)) and phrase.start > len(masked) // 5 and not trailing
    ends = masked.find(",", end) if (side or relative) and not joined else -1
    if relative and ends >= 0:
        start = match.start()  # "X, who denied it, left": only the clause is X's
    scope = (
        (start, ends if ends >= 0 else _scope_end(masked, end))
        if relative or side or joined
        else (0, len(masked) if trailing or as_before else _scope_end(masked, end))
    )
    return Cue(
        kind="as" if as_before else "says",
        phrase=phrase,
        verb=verb,
        start=start,
        end=end,
        scope=scope,
        partial=(relative or side or joined) and not as_before,
        hearsay=bool(re.search(r"\b(?:reportedly|allegedly|supposedly|purportedly)\b", words, re.I)),
    )


def _scope_end(masked: str, start: int) -> int:
    """Where the words of a speaker end: at a joining word that begins another's clause, else with the sentence."""
    cut = re.search(r"(?:,\s*but|;|,\s*while|,\s*whereas|,\s*although)\s", masked[start:])
    return start + cut.start() if cut else len(masked)


def _according(masked: str, sentence: str) -> list[Cue]:
    cues = []
    for match in _ACCORDING.finditer(masked):
        phrase = after_cue(masked, sentence, match.end())
        if not phrase:
            continue
        phrase = owner_of(phrase)
        cues.append(
            Cue(
                kind="according",
                phrase=phrase,
                verb="cite" if match.group().lower().startswith(("citing", "quoting")) else "say",
                start=match.start(),
                end=phrase.end,
                scope=(0, len(masked)),
            )
        )
    for match in _ATTRIBUTES.finditer(masked):
        phrase = after_cue(masked, sentence, match.end())
        if phrase:
            cues.append(Cue(kind="says", phrase=phrase, verb="say", start=match.start(), end=phrase.end, scope=(0, len(masked))))
    for match in [found for pattern in (_IN_OWN_VIEW, _VIEW_AMONG, _PUTS_IT) for found in pattern.finditer(masked)]:
        who = classify(match["who"])
        if who:
            phrase = Phrase(text=match["who"], start=match.start("who"), end=match.end("who"), who=who)
            cues.append(Cue(kind="according", phrase=phrase, verb="say", start=match.start(), end=match.end(), scope=(0, len(masked))))
    return cues


def _passives(masked: str, sentence: str) -> list[Cue]:
    cues = []
    for match in re.finditer(_PASSIVE.pattern, masked, re.I):
        phrase = after_cue(masked, sentence, match.end())
        if not phrase or phrase.who == "unnamed":
            continue
        verb = "identify" if match["verb"].lower() == "identified" else VERBS.get(match["verb"].lower(), "see")
        second = re.match(r"\s*\([^()]*\)\s+and\s+(?P<who>(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:al-)?[A-Z][\w’'-]*)*)", sentence[phrase.end :])
        if second:
            phrase = replace(phrase, text=f"{phrase.text} and {second['who']}", end=phrase.end + second.end())
        main = bool(
            match["as"] or match.start() == 0 or re.search(r"\b(?:is|are|was|were|been|being)\s+(?:\w+\s+){0,2}$", masked[: match.start()])
        )
        telling = verb in ("claim", "describe", "report", "quote", "cite", "estimate", "call", "corroborate", "identify")
        cues.append(
            Cue(
                kind="as" if match["as"] else "passive",
                phrase=phrase,
                verb=verb,
                start=match.start(),
                end=phrase.end,
                scope=(0, len(masked)) if main or telling else match.span(),
                partial=not main,
            )
        )
    return cues


def _gerunds(masked: str, sentence: str) -> list[Cue]:
    found = []
    for match in _GERUND.finditer(masked):
        who = classify(match["who"])
        if who:
            phrase = Phrase(text=match["who"], start=match.start("who"), end=match.end("who"), who=who)
            found.append(
                Cue(
                    kind="gerund",
                    phrase=phrase,
                    verb=GERUNDS[" ".join(match["verb"].split())],
                    start=match.start(),
                    end=match.end(),
                    scope=(match.start(), len(masked)),
                    partial=match.start() > 0,
                )
            )
    return found


def _colon(masked: str, sentence: str) -> list[Cue]:
    match = _COLON.match(masked)
    who = classify(match["who"]) if match else None
    if (
        not match
        or who not in ("named", "definite")
        or len(match["who"].split()) > 5
        or re.search(r"\b(?:the|a|an|in|of|and)$|['’]\s|:", match["who"])
    ):
        return []
    phrase = Phrase(text=match["who"], start=match.start("who"), end=match.end("who"), who=who)
    quoted = re.match(r"\s*[“\"]", sentence[match.end() :])
    capitals = match["who"].isupper() and not any(word.lower() in STOPWORDS for word in match["who"].split())
    if not quoted and not capitals and not re.match(r"\s*(?:we|i|my|our)\b", sentence[match.end() :], re.I):
        return []
    return [Cue(kind="colon", phrase=phrase, verb="say", start=0, end=match.end(), scope=(0, len(masked)))]
