"""Who holds the office a phrase names: "the prefect" is the prefect whom the document names once and no other."""

import re
from functools import lru_cache

from qa.attribution.persons import is_shown
from qa.attribution.phrases import Phrase
from qa.attribution.speakers import Speaker, role_in
from qa.language.words import STOPWORDS
from qa.records import Document

OFFICES = frozenset(
    """president minister premier leader director chief head commander ambassador envoy coach manager captain mayor governor chairman chairwoman
    chair chairperson ceo founder professor judge king queen pope principal rector dean coroner treasurer prefect secretary marshal general
    colonel commissioner prosecutor spokesman spokeswoman spokesperson superintendent inspector chancellor owner editor ombudsman ombudswoman
    curator bishop archbishop abbot librarian sheriff registrar provost warden conductor coordinator moderator rapporteur""".split()
)
"""Offices that one person holds at a time, where "officer" and "witness" are many."""
_NAME = r"(?P<name>[A-ZÀ-Þ][^\W\d_]+(?:-[^\W\d_]+)*(?:\s+(?:(?:van|von|de|al|bin)\s+)?[A-ZÀ-Þ][^\W\d_]+(?:-[^\W\d_]+)*){1,3})"
_OTHERS = r"(?<!former )(?<!deputy )(?<!vice )(?<!acting )(?<!assistant )(?<!ex-)(?<!vice-)(?<!under-)(?<!prime )(?<!his )(?<!her )"
_TITLE = r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Sir|Dame|Lord|Lady|Professor|Judge|Captain|General|Colonel)\.?\s+)?"


def bearer(document: Document, phrase: Phrase) -> Speaker | None:
    """The person whom the document names as holder of the office of `phrase` ("the mayor", "the trade minister"); None when it names nobody or
    several, and for a phrase that names somebody itself."""
    office = re.fullmatch(r"(?i:the\s+)?(?P<what>(?:[a-z][\w-]*\s+){0,2}[A-Za-z][\w-]*)", phrase.text.strip())
    if phrase.who not in ("definite", "named") or not office or office["what"].split()[-1].lower() not in OFFICES:
        return None
    name = _holder(document, office["what"].lower())
    return Speaker(name=name, role=role_in(document, name)) if name else None


@lru_cache(maxsize=2048)
def _holder(document: Document, what: str) -> str:
    """The one name printed with an office; "" for none or several."""
    noun = rf"(?i:\b{_OTHERS}{re.escape(what)})"
    patterns = (
        rf"{noun}(?:\s+(?:of|for|at)\s+[^,.;:“”\"\n]{{2,50}},\s+|,\s+|\s+|:\s+){_TITLE}{_NAME}",
        rf"{_NAME}(?:,\s+|\s+\()(?:(?:the|a|an|its|our|their)\s+)?(?:(?!(?:of|to|for|by|from|who|and|whose)\b)[\w’'-]+\s+){{0,3}}?"
        rf"{noun}(?=\s*[,.;)]|\s+(?:of|at|for)\b)",
    )
    names = {match["name"] for pattern in patterns for match in re.finditer(pattern, document.text)}
    people = {name.split()[-1]: name for name in sorted(names) if name.split()[0].lower() not in STOPWORDS and is_shown(document, name)}
    return next(iter(people.values())) if len(people) == 1 else ""
