"""Whether a text reports, comments or is somebody's statement; "unknown" unless the text makes it plain."""

import re

from qa.reading.facts import kind_named
from qa.records import Kind

_LABEL = re.compile(r"(?P<label>[^\W\d_][\w -]{2,20}?)\s*(?::|\||—|–|-\s)\s*\S")
_STATEMENT_TITLE = re.compile(
    r"(?:(?:joint |full |official |press |public )*statement (?:by|of|from|on behalf)|(?:full )?(?:text|transcript) of\b"
    r"|(?:remarks|address|speech) (?:by|of|to|at)\b"
    r"|press release\b|news release\b|for immediate release\b|media statement\b)",
    re.IGNORECASE,
)
# What a speaker says to those present; a report of the speech quotes it, so it counts outside quotes only.
_ADDRESSED = re.compile(
    r"\b(?:my fellow (?:\w+ )?(?:citizens|americans|countrymen|members|delegates|students)|ladies and gentlemen"
    r"|your excellenc(?:y|ies)|members of congress,"
    r"|m(?:r|adam)\.? (?:speaker|president|chair(?:man|person)?|secretary[- ]general),|honou?rable members)",
    re.IGNORECASE,
)
# The writer taking a stand in the writer's own voice.
_STANCE = re.compile(
    r"\b(?:i (?:think|believe|argue|contend|suspect|would argue)|in (?:my|our) (?:view|opinion)|my (?:view|argument) is"
    r"|we (?:should|must|ought to|need to|(?:have|are) (?:now )?(?:entered|entering|reached|seeing|witnessing|living))"
    r"|let us (?:be|not|recall)|put (?:bluntly|simply)|to put it (?:bluntly|simply|mildly)|make no mistake|the truth is"
    r"|it is (?:high )?time (?:to|for|that)"
    r"|it(?:'s| is) (?:crucial|essential|vital|worth|important) (?:to|that)|needless to say|by implication"
    r"|(?:it )?should come as no surprise)\b",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"\b(?:[Aa]ccording to|(?:[Aa]s )?reported by|\w+ (?:has |have |had |also |later |further )?(?:said|told|announced|stated"
    r"|warned|declared|emphasi[sz]ed)"
    r"|(?:[Hh]e|[Ss]he|[Tt]hey|officials?|spokes\w+|minist\w+|president|police|army|military|command|agency|[A-Z]\w+) "
    r"(?:has |have |had |also |later |further )?"
    r"(?:confirmed|reported|added|denied|claimed|revealed|highlighted|urged|rejected))\b"
)
_WEEKDAY = re.compile(r"\b(?:on|last|early on|late on) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_FIRST_PERSON = re.compile(r"\b(?:(?<!War )(?<!Part )I|my|me|we|our|us|We|Our|My)\b")
_QUOTED = re.compile(r"“[^”]{0,2000}”|\"[^\"\n]{0,1000}\"")
_SPEAKING = re.compile(r"^[\w .'’-]{1,40}:\s", re.MULTILINE)  # a line of a conversation: what it says is said by its speaker
MIN_SPEAKING = 3
READ = 60_000
MIN_WORDS = 120  # shorter texts give too few signs
MIN_ATTRIBUTIONS = 3
MIN_STANCES = 3


def kind_of(body: str, *, title: str, dated: bool) -> Kind:
    """The kind of a text from its own words; `dated` says that its publication day is known.

    A label wins ("Opinion: …", "Press release"). Without one, a commentary takes a stand in the writer's voice at least
    three times in different words; a report is dated, attributes what it says to others at least three times and has no
    first person outside quotes.
    """
    for line in (title, *_opening_lines(body)):
        if kind := _labelled(line):
            return kind
    own = _QUOTED.sub(" ", body[:READ])
    if _ADDRESSED.search(own[:1500]):
        return "statement"
    if len(own.split()) < MIN_WORDS or len(_SPEAKING.findall(own)) >= MIN_SPEAKING:
        return "unknown"
    if len({found.group().lower() for found in _STANCE.finditer(own)}) >= MIN_STANCES:
        return "commentary"
    if not (dated or _WEEKDAY.search(own)) or _FIRST_PERSON.search(own):
        return "unknown"
    return "report" if len(_ATTRIBUTION.findall(own)) >= MIN_ATTRIBUTIONS else "unknown"


def _opening_lines(body: str) -> list[str]:
    return [line.strip() for line in body[:600].splitlines() if line.strip()][:3]


def _labelled(line: str) -> Kind | None:
    line = line.strip("#*_ ")
    if len(line) > 200:
        return None
    if _STATEMENT_TITLE.match(line):
        return "statement"
    kind = kind_named(line)
    if kind == "unknown" and (found := _LABEL.match(line)):
        kind = kind_named(found["label"])
    return None if kind == "unknown" else kind
