"""Verbs of saying with their subjects: who says what in which part of a sentence."""

import re

from qa.attribution.apposition import apposed_after, apposed_before
from qa.attribution.cue import Cue
from qa.attribution.phrases import Phrase, is_paper, phrase_at
from qa.attribution.subjects import after_cue, any_subject, before_verb, opening_subject
from qa.attribution.vocabulary import FINITE, NEEDS_THAT, PAPERS_TAKE, VERBS

_SORTED = sorted(FINITE, key=len, reverse=True)
_VERB = re.compile(
    r"\b(?:saying(?=\s+that\b)|" + "|".join(_SORTED).replace(" ", r"\s+") + r"|(?:made|makes|released|delivered|gave|gives"
    r"|launched|sent)(?=\s[^,.]{0,40}\b(?:warning|statement|threat|call|appeal|apology|denial|ultimatum)s?\b))\b"
)
_GROUP = re.compile(
    r"(?P<group>(?:\b(?:has|have|had|also|further|again|later|then|now|often|once|earlier|even|all|both|already|first|in turn|thus|since"
    r"|is|are|was|were|been|being|be|not|never|nor|"
    r"did|does|do|will|would|may|might|must|can|could|shall|should|to|still|always|long|[a-z]+ly|[a-z]+n['’]t)\s+)*)$",
    re.I,
)
_NEGATED = re.compile(r"\b(?:not|never|nor|will|would|may|might|can|could|shall|should|must|to|did|does|do|[a-z]+n['’]t)\b", re.I)
_BE = re.compile(r"\b(?:is|are|was|were|been|being|be)\b", re.I)
_CLAUSE = re.compile(
    r"(?:\s+[a-z]+ly\b)?\s*(?:that\b|how\b|why\b|whether\b|what\b|:|[“\"]|(?:he|she|it|they|we|there|this)\b|(?:the|a|an|his|her|its|their"
    r"|[A-Z]\w+|more|most|some|no|[a-z]+s)\b[^,.;]{0,70}?\b(?:is|are|was|were|will|would|has|have|had|could|may|might|can|to"
    r"|[a-z]{2,}ed|brought|won|lost|took|made|came|went"
    r"|began|fell|broke|knew|saw|left|led|gave|got|needs|wants)\b)"
)
_SIDE = re.compile(
    r"\b(?:while|although|though|whereas|even\s+though|despite|after|before|since|because|when)\s+(?:the\s+|both\s+)?$", re.I
)
_JOINED = re.compile(r"(?:[,;]\s*(?:and|but|while|yet|whereas|though|although)|;|\s[–—-])\s*(?:the\s+)?$", re.I)
_ACT = re.compile(r"\s+(?:the\s+lives?|\d[\d,]*\s+lives|victory|a\s+win|the\s+title|gold|silver|bronze|the\s+trophy|first\s+place)\b")
_OPENS = re.compile(r"(?:^|[,;:”\"—–·]|\b(?:and|but|as|while|when|which|where|how|what))\s*(?:also\s+|then\s+|later\s+)?$", re.I)
_OPENING = re.compile(
    r"\s*(?:(?:and|but|then)\s+)?(?:by|to|in|on|at|as|for|from|after|before|during|under|until|upon|without|with|of)\s"
    r"[^,;:.“”\"]{2,70}\s", re.IGNORECASE
)
""" "By telephone he told …": what may stand before a pronoun at the head of a sentence without a comma."""
_ANIMATE = frozenset(
    "say tell complain warn announce deny insist argue explain reply vow pledge urge accuse blame condemn admit acknowledge joke".split()
)
_BEFORE_SUBJECT = frozenset(
    """hint predict joke estimate complain say add explain warn announce write argue insist note ask reply declare report recall
        remark conclude admit claim comment tweet retort exclaim scoff sneer guess reckon observe respond
        shout cry laugh sigh remember wonder""".split()
)
_CLEFT = re.compile(
    r"\b[Ii]t\s+(?:is|was)\s+(?P<who>[^,;:.“”\"]{2,60}?)(?:,[^,;:.“”\"]{2,60},)?\s+who(?:,?\s[^;:.“”\"]{0,60})?\s*$"
)
_INTERPOSED = re.compile(
    r"(?:^|[;:]\s+|,\s+(?:and|but|while)\s+)(?P<who>[^,;:.“”\"]{2,80}),\s+"
    r"(?:(?:(?:to|of|for|with|by|from|in|on|at)\s+)?(?:who|whom|whose|which)|shown|asked|told|speaking|then|now|once)\b[^;:“”\"]{2,160},\s*$"
)
_THAT_LATER = re.compile(r"\s+(?:on|in|at|by|to|from|with|within|after)\s[^,;:.“”\"]{2,50}?\s+that\b")
""" "Feld answered on the radio that": what may stand between some verbs and their clause."""
_BETWEEN_COMMAS = frozenset("grant observe reckon guess object agree think believe suggest maintain answer respond suspect suppose".split())
""" "It had been sold, he granted, but …": verbs that need a clause after them, or one around them."""
_SAME_IN_THE_PAST = frozenset({"put", "forecast", "let slip", "let it be known"})
_SHOWING = frozenset("reveal disclose highlight underline underscore outline hint dispute contradict refute question".split())


def says(masked: str, sentence: str) -> list[Cue]:
    """The cues of verbs of saying in a sentence, `masked` having its quotations and brackets blanked out."""
    cues = []
    for match in _VERB.finditer(masked):
        verb = VERBS.get(" ".join(match.group().split()), "issue")
        group = _GROUP.search(masked[: match.start()])
        words = group["group"] if group else ""
        start = match.start() - len(words)
        quoted = match.group() in ("quoted", "cited") and re.match(r"\s+as\s+(?:saying|telling)\b", masked[match.end() :])
        if (
            _NEGATED.search(words)
            and not re.search(r"\b(?:did|does|do)\s+not\s+(?:deny|rule)|\b(?:would|will|could)\s+only\s+say", masked[start : match.end()])
            and not re.match(r"\s+only\b", masked[match.end() :])
            or _BE.search(words)
            and not quoted
        ):
            continue
        if not _takes(verb, masked, match):
            continue
        phrase = _who(masked, sentence, match, verb, start)
        if phrase and (
            match.group() == verb
            and verb not in _SAME_IN_THE_PAST
            and not _plural(phrase)
            or phrase.who == "pronoun"
            and not _OPENS.search(masked[: phrase.start])
            and not _OPENING.fullmatch(masked[: phrase.start])
        ):
            continue
        if phrase:
            cues.append(_said(masked, phrase, verb, match, words))
    return cues


def _who(masked: str, sentence: str, match: re.Match[str], verb: str, start: int) -> Phrase | None:
    """Who says what the verb at `match` says, its auxiliaries beginning at `start`; None where the sentence does not tell."""
    phrase = before_verb(masked, sentence, start)
    if phrase and re.search(r"['’]s?$", phrase.text) and not re.search(r"\s(?:of|for|at)\s", phrase.text):
        phrase = None
    if phrase and (is_paper(phrase) and verb not in PAPERS_TAKE or verb == "show" and not is_paper(phrase)):
        return None
    if not phrase and match.group() != verb:
        phrase = apposed_before(masked, sentence, start) or _cleft(masked, sentence, start) or _interposed(masked, sentence, start)
    if (
        not phrase
        and verb in _ANIMATE
        and match.group() != verb
        and not re.match(r"\s+(?:nothing|little|much|something|a\s+lot)\b", masked[match.end() :])
    ):
        phrase = any_subject(masked, sentence, start)
    if not phrase and match.group() != verb and verb in _BEFORE_SUBJECT | {"tell", "call", "stress"}:
        phrase = opening_subject(masked, sentence, start)
    if not phrase and verb in _BEFORE_SUBJECT and re.search(r"(?:[”\"“,·–—]|^So)\s*$", masked[:start]):
        phrase = after_cue(masked, sentence, match.end())
        if phrase and phrase.start - match.end() > 1:
            phrase = None
        phrase = phrase or apposed_after(masked, sentence, match.end())
    return phrase


def _cleft(masked: str, sentence: str, end: int) -> Phrase | None:
    """ "It was the councillor Eva Roth who at that time called": the one who is picked out."""
    found = _CLEFT.search(masked[:end])
    return phrase_at(sentence, *found.span("who")) if found else None


def _interposed(masked: str, sentence: str, end: int) -> Phrase | None:
    """ "Otto Frisch, who ran the mill until 1 May, said": the subject before a clause between commas."""
    found = _INTERPOSED.search(masked[:end])
    phrase = phrase_at(sentence, *found.span("who")) if found else None
    return phrase if phrase and phrase.who in ("named", "definite") else None


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
    if verb in _BETWEEN_COMMAS and re.match(r"\s*,", rest) and re.search(r",\s+\S+(?:\s\S+){0,2}\s*$", masked[: match.start()]):
        return True
    if verb in ("shout", "cry", "laugh", "sigh") and re.search(r"[”\"]\s*$", masked[: match.start()]):
        return True
    if verb in NEEDS_THAT and re.fullmatch(r"[\s.,”\"]*", rest):
        return verb in ("show", "suggest", "indicate", "find", "understand")
    if verb in NEEDS_THAT and verb != "understand":
        if verb in ("think", "see") and re.match(r"\s+(?:otherwise|differently)\b", rest):
            return True
        later = verb in ("answer", "respond", "object", "maintain", "record") and _THAT_LATER.match(rest)
        cause = verb in ("give", "record") and re.match(r"\s[^,.;]{2,60}\bas\b", rest) or verb == "reckon" and re.match(r"\s+(?:on|with)\b", rest)
        return not re.match(r"\s+to\b", rest) and bool(_CLAUSE.match(rest) or later or cause)
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
        return not re.match(r"\s+[A-Z“\"]", rest) or bool(re.match(r"\s+(?:[A-Z“\"][^,.]{1,60}\s(?:a|an|the|[“\"])|[“\"]·)", rest))
    return True


def _said(masked: str, phrase: Phrase, verb: str, match: re.Match, words: str) -> Cue:
    before, start, end = masked[: phrase.start], min(phrase.start, match.start()), max(phrase.end, match.end())
    relative = bool(re.search(r"\b(?:who|which)\b[^,]*$", masked[phrase.end : match.start()])) if phrase.end <= match.start() else False
    trailing = phrase.start > 0 and len(re.sub(r"\b(?:on|in|at|to|during)\b[^,]{0,60}", "", masked[match.end() :]).strip(' .,·”"')) < 12
    as_before = bool(re.search(r"\bas\s+(?:the\s+)?$", before, re.I))
    side = bool(_SIDE.search(before))
    joined = bool(_JOINED.search(before)) and phrase.start > len(masked) // 5 and not trailing
    last = relative and phrase.start > 20 and not re.search(r"[,;]\s*$", before)  # "borne out by X, who said that …" runs to the end
    ends = masked.find(",", end) if (side or relative) and not joined and not last else -1
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
