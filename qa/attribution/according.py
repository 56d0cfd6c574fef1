"""Speakers without a verb of saying of their own: "according to", "as reported by", "with X saying", "X: …"."""

import re
from dataclasses import replace

from qa.attribution.cue import Cue
from qa.attribution.phrases import Phrase, classify, owner_of
from qa.attribution.subjects import after_cue, before_verb
from qa.attribution.vocabulary import ANONYMOUS, GERUNDS, PAPERS, ROLES, VERBS
from qa.language.words import STOPWORDS

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
    r"\b(?:according\s+to|(?-i:per(?=\s+the\s+[A-Z]|\s+[A-Z]))|citing|quoting|to\s+quote|in\s+the\s+words\s+of"
    r"|in\s+the\s+(?:view|opinion)\s+of|as\s+per|based\s+on\s+(?=[^,]*(?:report|statement)))\s*",
    re.I,
)
_NAME_AND_CLAUSE = re.compile(
    r"(?P<who>(?:the\s+)?(?:[a-z][\w-]+\s+){0,2}(?:(?:Mr|Mrs|Ms|Dr)\.?\s+)?[A-Z][\w’'-]+(?:\s+(?:(?:of|for)\s+(?:the\s+)?)?[A-Z][\w’'-]+){0,3})"
    r"\s+(?:it|he|she|they|there|we|the|an?|his|her|its|their|no|nobody)\s"
)
_IN_OWN_VIEW = re.compile(r"\b[Ii]n\s+(?P<who>[A-Z][^,.;]{1,40}?)['’]s?\s+(?:view|words|opinion|account|telling|estimation)\b")
_ATTRIBUTES = re.compile(
    r"\b(?:attribut\w+|ascrib\w+|credit\w*)\s+(?:this|that|the|its|these|those|both)\s+(?:\w+\s+)?(?:figure|claim|number|statement|report"
    r"|toll|count|information|account|estimate|remark|view|quotation)s?\s+to\s+"
)
_VIEW_AMONG = re.compile(
    r"\b(?:view|opinion|belief|feeling|consensus|fear)\s+(?:among|of|in)\s+(?P<who>[^,.;]{2,60}?)\s+(?:is" r"|was)\s+that\b"
)
_PUTS_IT = re.compile(r"\b[Aa]s\s+(?P<who>[^,.;]{2,60}?)(?:,[^,.;]{2,60},)?\s+(?:puts?|has\s+put|sees|saw)\s+it\b")
_ANSWER_IS = re.compile(
    r"(?:^|[.;]\s+|\b(?:and|but)\s+)(?P<who>[^,.;:“”\"]{2,60}?)['’]s?\s+(?:own\s+|only\s+|first\s+|final\s+)?"
    r"(?:answer|view|reply|verdict|position|argument|theory|explanation|account|conclusion|opinion|complaint|version|response|objection|point"
    r"|defence|defense|advice|estimate|fear|worry|belief|suspicion|contention|thesis|message|warning|impression)\s+(?:is|was)\s+that\b"
)
_IN_PRONOUNS_VIEW = re.compile(r"\b[Ii]n\s+(?P<who>his|her|their)\s+(?:own\s+)?(?:view|words|opinion|account|telling|estimation)\b")
_PRONOUN_OF = {"his": "he", "her": "she", "their": "they"}
_AS_SAYING = re.compile(r"\b(?:quot|cit)(?:e[sd]?|ing)\s+(?P<who>[^;:.“”\"]{2,80}?),?\s+as\s+(?:saying|telling|writing|stating|claiming)\b")
_IS_QUOTED = re.compile(
    r"\b(?:(?:has|have|had)\s+been|is|are|was|were)\s+(?:also\s+|widely\s+|later\s+)?(?:quoted|cited|reported)\s+"
    r"(?:(?:by|in|on)\s+[^.;:“”\"]{2,60}?\s+)?"
    r"as\s+(?:saying|telling|writing|stating|claiming)\b"
)
_AS_SAYING_AFTER = re.compile(r"[^.;:“”\"]{2,60}?\s+as\s+(?:saying|telling|writing|stating|claiming)\b")
_BEFORE_COLON = re.compile(
    r"(?P<who>[A-Z][^,.:;!?“”\"·]{1,70}?)(?:,[^,:“”\"]{3,60},)?\s+(?:[a-z]+ly\s+)?"
    r"(?:[a-z]+s|[a-z]+ed|was|had|put\s+it|went|saw|took|made|sent|gave"
    r"|kept|held|left|began|came)"
    r"\b[^,.;:“”\"·]{0,60}:\s*[“\"](?=[·\w])"
)
""" "Councillor Mia Thorsen disagrees: “…”": whatever the verb, the quotation after the colon is the subject's."""
_ENTRY = re.compile(
    r"[\s*_\[(]*(?:(?P<clock>\d{1,2}[.:]\d{2})[^\w\n“\"]+)?"
    r"(?P<who>(?:(?!(?:Mr|Mrs|Ms|Miss|Dr|Prof\w*|Cllr|Councillor|Judge)\b)[A-Z]?[a-z][\w-]*\s+){0,4}"
    r"(?P<address>(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Cllr|Councillor|Judge)\.?\s+)?"
    r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,3})"
    r"(?:\s+(?:of|from|for)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:for\s+|of\s+|the\s+|and\s+)*[A-Z][\w’'-]+)*)?(?:\s*\([^()]*\))?"
    r"(?P<how>,?\s+(?:in|at|by|on|from|to|before|after|over)\s(?:[a-z]+\s){0,3}"
    r"(?:programme|program|conference|telephone|phone|radio|television|seat|court|hearing|parliament|tears|interview|statement"
    r"|reply|answer|question|questioning|meeting|briefing|email|mail|letter|scene|spot))?:\s+(?=[^\s\d])"
)
_COLON = re.compile(r"^\s*(?P<who>[A-Z][^,.:;!?“\"]{1,60}?):\s+(?=\S)")

_LABELS = frozenset("""correction corrections clarification transcript update note summary contact meeting background analysis opinion exclusive photo
    caption source sources title subject date interview editorial comment letter addendum appendix example warning""".split())
"""What stands before a colon and names the piece, no speaker."""


def according(masked: str, sentence: str) -> list[Cue]:
    """The cues of "according to", "citing", "in the view of" and what is ascribed to somebody."""
    cues = []
    for match in _ACCORDING.finditer(masked):
        phrase = _without_clause(masked, sentence, match.end()) or after_cue(masked, sentence, match.end())
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
    for match in [found for pattern in (_IN_OWN_VIEW, _VIEW_AMONG, _PUTS_IT, _ANSWER_IS) for found in pattern.finditer(masked)]:
        who = classify(match["who"])
        if who:
            phrase = Phrase(text=match["who"], start=match.start("who"), end=match.end("who"), who=who)
            cues.append(Cue(kind="according", phrase=phrase, verb="say", start=match.start(), end=match.end(), scope=(0, len(masked))))
    for match in _IN_PRONOUNS_VIEW.finditer(masked):
        word = _PRONOUN_OF[match["who"].lower()]
        phrase = Phrase(text=word, start=match.start("who"), end=match.end("who"), who="pronoun")
        cues.append(Cue(kind="according", phrase=phrase, verb="say", start=match.start(), end=match.end(), scope=(0, len(masked))))
    return [*cues, *_quoted_as_saying(masked)]


def _without_clause(masked: str, sentence: str, start: int) -> Phrase | None:
    """ "According to Mr Lund it had been": the name at `start` where a clause follows it without a comma; else None."""
    name = _NAME_AND_CLAUSE.match(masked, start)
    found = after_cue(masked[: name.end("who")], sentence, start) if name else None
    return found if found and found.who == "named" else None


def _quoted_as_saying(masked: str) -> list[Cue]:
    """ "The paper quoted the supplier, Hydrolift, as saying": the one who is quoted."""
    cues = []
    for match in _AS_SAYING.finditer(masked):
        parts = [part for part in match["who"].split(",") if part.strip()]
        text = parts[-1].strip() if classify(parts[-1]) == "named" else match["who"].strip(" ,")
        who = classify(text)
        if who:
            beside = parts[0].strip() if len(parts) > 1 and text != parts[0].strip() else ""
            phrase = Phrase(text=text, start=match.start("who"), end=match.end("who"), who=who, beside=beside)
            cues.append(Cue(kind="says", phrase=phrase, verb="say", start=match.start("who"), end=match.end(), scope=(0, len(masked))))
    return cues


def quoted_by(masked: str, sentence: str) -> list[Cue]:
    """ "X was quoted by the Gazette as saying", "X is cited as saying": the one who is quoted, not the one who quotes."""
    cues = []
    for match in _IS_QUOTED.finditer(masked):
        phrase = before_verb(masked, sentence, match.start())
        if phrase:
            cues.append(Cue(kind="says", phrase=phrase, verb="say", start=phrase.start, end=match.end(), scope=(0, len(masked))))
    return cues


def passives(masked: str, sentence: str) -> list[Cue]:
    """The cues of "as reported by", "described by", "is denied by"."""
    cues = []
    for match in re.finditer(_PASSIVE.pattern, masked, re.I):
        phrase = after_cue(masked, sentence, match.end())
        if not phrase or phrase.who == "unnamed" or _AS_SAYING_AFTER.match(masked, match.end()):
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


def gerunds(masked: str, sentence: str) -> list[Cue]:
    """The cues of "with X saying"."""
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


def _entry(masked: str, sentence: str) -> Phrase | None:
    """Who speaks in an entry of a ticker or of minutes: "10.30 Minister Anna Holt at the port: the gates are shut", "Mr Lund: nobody knew"."""
    match = _ENTRY.match(masked) if re.search(r"[.!?”\"]\s*$", sentence) else None
    if not match or not (match["clock"] or match["address"] or match["how"]):
        return None
    text = sentence[slice(*match.span("who"))]
    return Phrase(text=text, start=match.start("who"), end=match.end("who"), who="named") if classify(text) == "named" else None


def colon(masked: str, sentence: str) -> list[Cue]:
    """The cue of a sentence that begins "X: …", where quoted words or an "I" follow, or that is an entry of a ticker or of minutes."""
    if phrase := _entry(masked, sentence):
        return [Cue(kind="colon", phrase=phrase, verb="say", start=0, end=phrase.end, scope=(0, len(masked)))]
    match = _COLON.match(masked)
    if not match or match["who"].split()[-1].lower() in _LABELS:
        return _before_colon(masked)
    headline = not re.search(r"[.!?”\"]\s*$", sentence) and "\n" not in sentence.strip()
    who = classify(match["who"])
    if who == "unnamed" and headline and match["who"].split()[-1].lower() in ROLES | PAPERS - ANONYMOUS:
        who = "definite"  # headlines leave the article out
    if who not in ("named", "definite"):
        return _before_colon(masked)
    if len(match["who"].split()) > 5 or re.search(r"\b(?:the|a|an|in|of|and)$|['’]\s|:", match["who"]):
        return []
    phrase = Phrase(text=match["who"], start=match.start("who"), end=match.end("who"), who=who)
    quoted = re.match(r"\s*[“\"]", sentence[match.end() :])
    capitals = match["who"].isupper() and not re.search(r"\d", match["who"]) and not any(word.lower() in STOPWORDS for word in match["who"].split())
    if not quoted and not capitals and not headline and not re.match(r"\s*(?:we|i|my|our)\b", sentence[match.end() :], re.I):
        return []
    return [Cue(kind="colon", phrase=phrase, verb="say", start=0, end=match.end(), scope=(0, len(masked)))]


def _before_colon(masked: str) -> list[Cue]:
    match = _BEFORE_COLON.match(masked)
    who = classify(match["who"]) if match else None
    if who not in ("named", "definite", "pronoun"):
        return []
    phrase = Phrase(text=match["who"], start=match.start("who"), end=match.end("who"), who=who)
    return [Cue(kind="colon", phrase=phrase, verb="say", start=0, end=match.end(), scope=(0, len(masked)))]
