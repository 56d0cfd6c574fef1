"""Questions about the documents themselves and about all of them together, recognised by their wording."""

import re
from dataclasses import dataclass
from typing import Literal

RequestKind = Literal["mentions", "newest", "oldest", "list", "date", "author", "say", "compare", "changed"]

_DOC = (r"(?:documents?|articles?|sources?|reports?|texts?|files?|papers?|pieces?|stor(?:y|ies)|publications?|transcripts?|"
        r"commentar(?:y|ies))")
_OF = r"(?:(?:all )?(?:of )?(?:the|these|those|my|your|our|this|different|various|all)\s+)*(?:different\s+|various\s+|other\s+)?"
_MENTION = (r"(?:mention(?:s|ed|ing)?|talks?(?:ing)? (?:of|about)|discuss(?:es|ed|ing)?|refer(?:s|red|ring)? to|cover(?:s|ed|ing)?|"
            r"speak(?:s|ing)? (?:of|about)|nam(?:es?|ed|ing)(?! of\b)|contain(?:s|ing)?|deal(?:s|ing)? with|(?:are|is|was|were) (?:all )?(?:about"
            r"|on)|"
            r"writes? (?:of|about)|(?:has|have) (?:something|anything) (?:to say )?(?:about|on)|says? (?:something|anything) about|about"
            r"|brings? up|touch(?:es)? on)")
_SAY = r"(?:say|says|report|tell(?: us| me)?|state|claim|write|have(?: got)?(?: to say)?|know|got|reveal|contain)"
_ON = r"(?:about|on|regarding|concerning|of)"
_END = r"\s*[?.!]*\s*$"
_TOPIC = r"(?P<topic>.+?)"
_ASK_TITLE = r"(?P<topic>[“\"‘'].+?[”\"’']|.+?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of the collection: its `topic` ("" for none), the `parties` to compare (documents or speakers; for "say" the
    document whose words are asked for, if one is), and the words of the two times for "changed". `sure` is False where the wording alone
    may also ask about an event ("Who published it?"): then it counts only when the topic names a document."""

    kind: RequestKind
    topic: str = ""
    parties: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    sure: bool = True


_NEW = r"(?P<new>most recent|newest|latest|last|most up[- ]to[- ]date)"
_OLD = r"(?P<old>oldest|earliest|first)"
_AGE = rf"(?:{_NEW}|{_OLD})"
_PATTERNS: tuple[tuple[RequestKind, bool, str], ...] = (
    ("say", True, rf"what (?:does|did) (?:the )?(?P<one>[“\"][^“”\"]+[”\"]) {_SAY} {_ON} {_TOPIC}"),  # first: a title may hold an "and"
    ("compare", True, rf"(?:please )?compare (?:what )?(?P<one>.+?) (?:and|with|to|against|vs\.?) (?P<two>.+?) (?:say|says|said|write"
                      rf"|writes|report|reports|"
                      rf"{_ON})(?: (?:about|on|regarding|of))? {_TOPIC}"),
    ("compare", True, rf"(?:how|where|in what) (?:do|does|did) (?P<one>.+?) and (?P<two>.+?) (?:differ|disagree|agree) (?:on|about|over"
                      rf"|in|regarding) {_TOPIC}"),
    ("compare", True, rf"what (?:are|is) the differences? between (?P<one>.+?) and (?P<two>.+?) (?:on|about|over|regarding) {_TOPIC}"),
    ("compare", True, rf"(?:do|does|did) (?P<one>.+?) and (?P<two>.+?) (?:agree|disagree|differ|say the same) (?:on|about|over"
                      rf"|regarding) {_TOPIC}"),
    ("compare", True, rf"what (?:do|does|did) (?P<one>.+?) and (?P<two>.+?) (?:each )?say (?:about|on|regarding) {_TOPIC}"),
    ("changed", True, rf"what (?:has |have )?changed (?:between|from) (?P<from>.+?) (?:and|to) (?P<to>.+?) (?:about|on|in|regarding"
                      rf"|concerning|with|for) {_TOPIC}"),
    ("changed", True, rf"what (?:has |have )?changed (?:about|on|in|regarding|concerning|with|for) {_TOPIC} (?:between|from) "
                      rf"(?P<from>.+?) (?:and|to) (?P<to>.+?)"),
    ("changed", True, rf"how (?:did|has|have) {_TOPIC} (?:chang|develop|evolv|ris|rose|grow|grew|fall|fell|mov)\w* (?:between|from) "
                      rf"(?P<from>.+?) (?:and|to) (?P<to>.+?)"),
    ("mentions", True, rf"(?:in )?(?:which|what) (?:of )?{_OF}{_DOC} (?:do |does |did |that )?{_MENTION} {_TOPIC}"),
    ("mentions", True, rf"(?:in )?(?:which|what) (?:of )?{_OF}{_DOC} (?:is|are|was|were|does|do|did) {_TOPIC} (?:mentioned|named|appear"
                       rf"|occur|discussed|come up|referred to|covered)"),
    ("mentions", True, rf"how many (?:of )?{_OF}{_DOC} (?:do |does |that )?{_MENTION} {_TOPIC}"),
    ("mentions", True, rf"(?:does|do|is there|are there) (?:any|one|some)(?: of)? ?{_OF}{_DOC} (?:that |which )?{_MENTION} {_TOPIC}"),
    ("mentions", True, rf"(?:is|are) {_TOPIC} mentioned(?: anywhere| at all| in (?:any|one)(?: of)? ?{_OF}{_DOC})?"),
    ("mentions", True, rf"where (?:is|are) {_TOPIC} mentioned"),
    ("mentions", True, rf"(?:please )?(?:list|show|name|give|find)(?: me)? (?:all )?{_OF}{_DOC} (?:that |which )?(?:{_MENTION}"
                       rf"|{_ON}) {_TOPIC}"),
    ("newest", True, rf"(?:which|what)(?:['’]s| is| are| was)?(?: (?:of )?{_OF}{_DOC})?(?: is| was| are)? (?:the )?{_AGE}(?: {_DOC}| "
                     rf"ones?)?(?: published)?"
                     rf"(?: (?:(?:that )?{_MENTION}|{_ON}) {_TOPIC})?"),
    ("list", True, rf"(?:how many|(?:which|what)) {_OF}{_DOC} (?:are there|do you have|have you(?: got| read)?|are (?:in|part of) (?:the"
                   rf"|this|my) (?:library|collection|archive)|"
                   r"can you (?:see|read|search)|were (?:added|searched)|do i have|is there|exist)(?: in (?:the|this|my) (?:library"
                   r"|collection|archive))?"),
    ("list", True, rf"(?:please )?(?:list|show|name)(?: me)? (?:all )?{_OF}{_DOC}"),
    ("list", True, rf"(?:how many|which|what) (?:of )?{_OF}{_DOC} (?:are|have|has|is|were|was) (?:a |an )?(?P<quality>undated|no date"
                   rf"|not dated|without a date|commentar(?:y|ies)|opinion(?: pieces?)?)"),
    ("list", True, rf"(?:how many|which|what) (?:of )?{_OF}{_DOC} (?:are|were|was|is)(?: from| published| dated| written)+ (?:in |on "
                   rf"|during )?(?P<quality>(?:since |after |before |until )?.+?)"),
    ("date", False, rf"when (?:was|were|is) (?:the )?{_ASK_TITLE} (?:published|written|dated|posted|released)(?: on)?"),
    ("date", False, rf"(?:what|which) (?:is|was) the (?:publication )?date (?:of publication )?of (?:the )?{_ASK_TITLE}"),
    ("date", False, rf"(?:how old is|what date (?:does|is on|has)) (?:the )?{_ASK_TITLE}(?: carry| have| bear| dated)?"),
    ("author", False, rf"who (?:is the (?:author|publisher) of|(?:has )?(?:wrote|written|published|authored)|is behind) (?:the "
                      rf")?{_ASK_TITLE}"),
    ("author", False, rf"(?:which|what) (?:outlet|newspaper|paper|magazine|site|website|author|journalist) (?:wrote|published|is behind"
                      rf"|ran|carried) (?:the )?{_ASK_TITLE}"),
    ("author", False, rf"by whom was (?:the )?{_ASK_TITLE} (?:published|written)"),
    ("say", True, rf"what (?:do|does|did|have|has|is it that) {_OF}{_DOC} {_SAY} (?:{_ON} )?{_TOPIC}"),
    ("say", True, rf"what (?:has|have) {_OF}{_DOC} (?:said|reported|got|to say|written) (?:{_ON} )?{_TOPIC}"),
    ("say", True, rf"what (?:is|was|has been) (?:said|reported|written|claimed) (?:about|on|of) {_TOPIC}"),
    ("say", True, rf"how do {_OF}{_DOC} (?:describe|see|present|report(?: on)?|characteri[sz]e|cover|explain) {_TOPIC}"),
    ("say", True, rf"(?:please )?(?:summari[sz]e|give me (?:a summary|an overview) of|show me) what {_OF}{_DOC} {_SAY} (?:{_ON} "
                  rf")?{_TOPIC}"),
)
_COMPILED = tuple((kind, sure, re.compile(rf"^\W*(?:and |so |but )?{pattern}{_END}", re.IGNORECASE)) for kind, sure, pattern in _PATTERNS)
_FOLLOWED = re.compile(r"^(?P<question>.+?)\s*\((?P<before>[^()]+)\)\s*$")
_ABOUT_DOC = re.compile(rf"^{_OF}{_DOC}\s*(?:(?:{_ON}|that {_MENTION}|{_MENTION}|titled|called|entitled|from|by|in)\s+)?", re.IGNORECASE)
_IN_THE_NEWS = re.compile(rf"{_OF}(?:reports?|papers?|pieces?)\b", re.IGNORECASE)  # what a document speaks of at least as often as it is one
_NOISE = re.compile(rf"\b(?:{_DOC}|{_MENTION}|say|said)\b", re.IGNORECASE)


def recognise(question: str) -> Request | None:
    """The request, or None for a question that is not about the collection. A topic in brackets is what a conversation added."""
    followed = _FOLLOWED.match(question.strip())
    asked, before = (followed["question"], followed["before"]) if followed else (question.strip(), "")
    for kind, sure, pattern in _COMPILED:
        match = pattern.match(asked)
        if match:
            request = _request(kind, sure, match.groupdict())
            if before and not request.topic:
                return Request(kind=request.kind, topic=" ".join(_NOISE.sub(" ", before).split()), sure=request.sure)
            return request
    return None


def _request(kind: RequestKind, sure: bool, said: dict[str, str | None]) -> Request:
    topic = (said.get("topic") or "").strip(" \t?.!,;")
    if kind == "newest":
        return Request(kind="oldest" if said.get("old") else "newest", topic=topic)
    if kind == "list":
        return Request(kind="list", topic=(said.get("quality") or "").strip())
    if kind in ("date", "author"):
        named = _ABOUT_DOC.sub("", topic)
        return Request(kind=kind, topic=named.strip(" “”\"'‘’"), sure=named != topic and not _IN_THE_NEWS.match(topic))
    parties = tuple(part.strip(" ,“”\"‘’'") for key in ("one", "two") if (part := said.get(key)))
    times = tuple(part.strip(" ,") for key in ("from", "to") if (part := said.get(key)))
    return Request(kind=kind, topic=topic, parties=parties, times=times, sure=sure)
