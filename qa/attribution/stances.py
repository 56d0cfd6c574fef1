"""Who says something without a verb of saying: "X is adamant that", "X's fear is that", "what X calls", "in X's phrase"."""

import re

from qa.attribution.cue import Cue
from qa.attribution.phrases import Phrase, classify, phrase_at
from qa.attribution.subjects import before_verb

_STANCE = re.compile(
    r"(?:\b(?:is|are|was|were|remains?|remained)\s+(?:\w+ly\s+|still\s+|quite\s+)?(?:adamant|convinced|certain|sure|confident|emphatic"
    r"|insistent|of\s+the\s+opinion|of\s+the\s+view|heard\s+to\s+say|quoted\s+as\s+having\s+said)|\b(?:has|have|had)\s+no\s+doubts?"
    r"|\b(?:took|takes?|holds?|held)\s+the\s+view"
    r"|\b(?:made|makes?)\s+(?:it\s+)?(?:clear|plain|known)|\blets?\s+(?:it\s+be\s+known|(?:the\s+)?\w+\s+know)"
    r"|\bwent\s+so\s+far\s+as\s+to\s+(?:say|claim)"
    r"|\b(?:repeats?|repeated|dropped|withdrew)\s+(?:his|her|its|their)\s+(?:claim|charge|accusation|warning|demand)"
    r"|\b(?:would|could)(?:\s+not|n['’]t)\s+say)\s+(?:that|whether|why|how|when|who)\b"
)
_WORDS = re.compile(
    r"\b(?:(?:used|uses|chose|prefers?)\s+the\s+(?:words?|phrase|term|expression)\s+[“\"]"
    r"|(?:referred|refers|refer)\s+to\s+[^,.;:“”\"]{2,60}\s+as\b"
    r"|(?:likened|likens|compared|compares)\s+[^,.;:“”\"]{1,60}\s+(?:to|with)\b)"
)
_OWN = re.compile(
    r"(?:\bwhat\s+(?P<calls>[^,.;:“”\"]{2,60}?)\s+(?:calls?|called|has\s+called|describes\s+as|described\s+as|terms|termed)\s+(?=[“\"])"
    r"|\b[Ii]n\s+(?P<phrase>[^,.;:“”\"]{2,60}?)['’]s?\s+(?:phrase|expression|formula|words|language),?\s"
    r"|,\s+as\s+(?P<as>[^,.;:“”\"]{2,60}?)\s+(?:calls?|called|has|had|tells?)\s+it\b"
    r"|\bis\s+how\s+(?P<how>[^,.;:“”\"]{2,60}?)\s+(?:puts?|sees|saw|describes|described)\s+it\b"
    r"|\b(?:[Bb]y|[Oo]n|[Tt]o)\s+(?P<account>[A-Z][^,.;:“”\"]{1,60}?)['’]s?\s+(?:own\s+)?(?:account|reckoning|telling|count|version|estimate)\b"
    r"|\bto\s+hear\s+(?P<hear>[^,.;:“”\"]{2,60}?)\s+tell\s+it\b|\bif\s+(?P<believed>[^,.;:“”\"]{2,60}?)\s+(?:is|are)\s+to\s+be\s+believed\b)"
)
_SIGNED = re.compile(r"[”\"]\s*[–—-]{1,2}\s*(?P<who>[A-Z][\w.’'-]*(?:\s+[A-Z][\w’'-]+){1,3})(?:,\s[^.;:“”\"]{2,60})?\s*$")


def stances(masked: str, sentence: str) -> list[Cue]:
    """The cues of subjects that hold something to be so, and of those whose word for a thing is quoted."""
    found = []
    for match in [*_STANCE.finditer(masked), *_WORDS.finditer(masked)]:
        phrase = before_verb(masked, sentence, match.start())
        if phrase and phrase.who != "unnamed":
            found.append(_cue(phrase, min(phrase.start, match.start()), match.end(), len(masked)))
    for match in _OWN.finditer(masked):
        group = match.lastgroup or ""
        if phrase := phrase_at(sentence, *match.span(group)):
            found.append(_cue(phrase, match.start(), match.end(), len(masked)))
    signed = _SIGNED.search(masked)
    if signed and classify(signed["who"]) == "named":
        phrase = Phrase(text=sentence[slice(*signed.span("who"))], start=signed.start("who"), end=signed.end("who"), who="named")
        found.append(_cue(phrase, signed.start("who"), len(masked), len(masked)))
    return found


def _cue(phrase: Phrase, start: int, end: int, length: int) -> Cue:
    return Cue(kind="says", phrase=phrase, verb="say", start=start, end=end, scope=(0, length))
