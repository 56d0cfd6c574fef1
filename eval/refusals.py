"""Whether a sentence of an answer declines to answer."""

import re

_NOTHING = r"(?:no(?:t any)?|n['’]t (?:any|enough)|not enough|insufficient|lack(?:s|ing)?)"
_MATERIAL = r"(?:context|document|source|passage|text|article|information|evidence|material|excerpt)s?"
_DECLINES = re.compile("|".join((
    r"\bI (?:do not|don['’]t|cannot|can['’]t|could not|couldn['’]t|am unable to|am not able to) "
    r"(?:know|answer|say|find|determine|tell|provide)\b",
    r"\b(?:cannot|can['’]t|could not) be (?:answered|determined|found in|inferred)\b",
    r"\bunable to (?:answer|find|determine|provide)\b",
    rf"\b{_MATERIAL} (?:provided |given |available )?(?:do|does|did) ?(?:not|n['’]t) "
    r"(?:\w+ ){0,2}?(?:mention|say|state|contain|provide|include|give|specify|answer|address|explain)\b",
    rf"\bthere (?:is|are|was|were) {_NOTHING} (?:\w+ ){{0,3}}?{_MATERIAL}\b",
    rf"\b{_MATERIAL} (?:provided |given |available )?(?:contains?|has|have|gives?|provides?|includes?) {_NOTHING}\b",
    rf"^{_NOTHING} (?:relevant |sufficient |such )?(?:answer|{_MATERIAL})\b",
    rf"\b(?:is|are|was|were) not (?:mentioned|stated|specified|given|provided|found|covered|addressed) "
    rf"(?:in|by) (?:\w+ ){{0,3}}?{_MATERIAL}\b",
    r"^(?:unanswerable|not answerable|no answer|unknown|n/?a)\W*$",
)), re.IGNORECASE)


def declines(sentence: str) -> bool:
    """Whether the sentence says that there is no answer, or none in the sources. "He cannot say who did it" is no refusal."""
    return bool(_DECLINES.search(sentence.strip().rstrip(".!")))
