"""Nothing a model writes is shown unless the documents bear it out: each draft becomes a statement, or is withheld with the reason."""

import re
from collections.abc import Mapping, Sequence

from qa.answering.times import times_in
from qa.attribution import figures_in, introduce
from qa.citations import cite, page_of, verify
from qa.generating.budget import Source
from qa.generating.cited import Cited, locate
from qa.generating.cutting import Draft
from qa.generating.strict import overreach
from qa.grounding import check
from qa.language.names import find_names, same_name
from qa.language.words import STOPWORDS, tokens
from qa.records import Dated, Statement, Verdict, Withheld

_ATTRIBUTES = re.compile(
    r"\b(?:sa(?:ys?|id)|told|tells|stat(?:es|ed)|announc\w+|add(?:s|ed)|not(?:es|ed)|argu(?:es|ed)|insist\w*|warn\w*|wr(?:ites|ote)|repl(?:ies|ied)|"
    r"expla(?:ins|ined)|claim\w*|alleg\w+|maintain\w*|den(?:y|ies|ied)|accus\w+|confirm\w*|declar\w+|vow\w*|report(?:s|ed|edly)|according to|"
    r"assert\w*|estimat\w+|believ\w+|call(?:s|ed) (?:for|on)|ascrib\w+|attribut\w+|put(?:s|ting)? the|describ\w+|in the words of|"
    r"f(?:inds?|ound) that|show(?:s|ed) that|conclud\w+|reveal\w+|promis\w+|threaten\w*|predict\w*|suggest\w*|express\w*|urg(?:es|ed)|demand\w*|ask(?:s|ed)|point(?:s|ed) (?:to|out)|judge\w*|view)\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"\b(?:articles?|reports?|documents?|papers?|sources?|texts?|passages?|reportedly|allegedly|unnamed|statements?)\b", re.IGNORECASE)


def judge(draft: Draft, sources: Mapping[int, Source], markers: Mapping[tuple[str, int, int], int]) -> Statement | Withheld:
    """The statement that the draft makes, or the draft withheld with the reason. `markers` are the printed numbers of the places cited
    before, as (document, start, end); further places are counted on from them."""
    cited, fault = locate(draft, sources)
    if fault:
        return _withheld(draft.text, fault)
    verdict = check(draft.text, list(dict.fromkeys(one.source.passage.text for one in cited)), published=cited[0].source.document.published)
    if not verdict.supported:
        return _withheld(draft.text, _reason(verdict), verdict)
    if fault := overreach(draft.text, cited) or _hedged(verdict):
        return _withheld(draft.text, fault, verdict)
    text, fault = voiced(draft.text, cited)
    if fault:
        return _withheld(draft.text, fault, verdict)
    return _statement(text, cited, markers, verdict)


def voiced(text: str, cited: Sequence[Cited]) -> tuple[str, str]:
    """The sentence with who says it, and why it cannot be shown ("" when it can).

    Where the words quoted are somebody's and the sentence does not say whose, the neutral lead-in of a quotation is put before it; a
    sentence that gives them to somebody else, or mixes several people's without naming them, cannot be shown.
    """
    lacking = [one for one in cited if not _told(text, one)]
    if not lacking:
        return text, ""
    others = [name.text for name in _speaking(text) if not any(_same(name.core, one) for one in cited)]
    owner = next((one.said.speaker for one in lacking if one.said.voice == "named"), "")
    if owner and others:
        return text, f"speaker: it gives to “{others[0]}” what “{owner}” says"
    voices = {(one.source.document.id, one.said.voice, one.said.speaker) for one in cited}
    if len(voices) > 1:
        return text, "speaker: it does not say which of its sources says what"
    return f"{introduce(cited[0].source.document, cited[0].said)} {text}", ""


def _told(text: str, one: Cited) -> bool:
    """Whether the sentence says whose words these are. What a document tells in its own voice needs that only where it is contested,
    a commentary's view, or in part somebody else's."""
    said = one.said
    if said.voice == "named":
        return bool(_ATTRIBUTES.search(text)) and (_mentions(text, said.speaker) or _speaks_there(text, one.sentences))
    if said.voice == "document" and not (said.contested or said.commentary or said.also):
        return True
    document = one.source.document
    return bool(_DOCUMENT.search(text)) or any(name and name.lower() in text.lower() for name in (document.title, document.outlet))


def _mentions(text: str, speaker: str) -> bool:
    """Whether the sentence names the speaker: by the name or its last word, or by the words a group is called by."""
    if any(same_name(name.core, speaker) for name in find_names(f"so {text}")):
        return True
    words = {token.text.lower() for token in tokens(text)}
    telling = [token.text.lower() for token in tokens(speaker) if token.text.lower() not in STOPWORDS]
    return bool(telling) and all(word in words for word in telling)


def _speaks_there(text: str, sentences: str) -> bool:
    """Whether all that the sentence lets speak are let speak by the words quoted too, under the same name ("the IRI announced")."""
    there = {name.core.lower() for name in _speaking(sentences)}
    mine = {name.core.lower() for name in _speaking(text)}
    return bool(mine) and mine <= there


def _speaking(text: str):
    """The names that stand right beside a verb of saying."""
    near = [(found.start(), found.end()) for found in _ATTRIBUTES.finditer(text)]
    return [name for name in find_names(text) if any(0 <= start - name.end <= 2 or 0 <= name.start - end <= 5 for start, end in near)]


def _same(name: str, one: Cited) -> bool:
    return any(other and same_name(name, other) for other in (one.said.speaker, one.said.via, one.said.role, *one.said.also,
                                                              one.source.document.outlet, one.source.document.title))


def _hedged(verdict: Verdict) -> str:
    """A "may" or "reportedly" of the source that the sentence leaves out."""
    return next((f"hedge: “{p.claim}” for “{p.source}”" for p in verdict.problems if p.kind == "hedge"), "")


def _statement(text: str, cited: Sequence[Cited], markers: Mapping[tuple[str, int, int], int], verdict: Verdict) -> Statement | Withheld:
    numbers, first = dict(markers), cited[0]
    citations = []
    for one in cited:
        document = one.source.document
        marker = numbers.setdefault((document.id, one.start, one.end), len(numbers) + 1)
        citations.append(cite(document, one.start, one.end, marker=marker, page=page_of(document, one.start)))
    if not all(verify(citation, one.source.document) for citation, one in zip(citations, cited, strict=True)):
        return _withheld(text, "its document has changed", verdict)
    return Statement(text=text, citations=tuple(citations), voice=first.said.voice, speaker=first.said.speaker, said_on=first.said.said_on,
                     via=first.said.via, figures=figures_in(first.source.document, first.start, first.end), dates=_dates(first), verdict=verdict)


def _dates(one: Cited) -> tuple[Dated, ...]:
    before = tuple(span for span in one.source.passage.sentences if span[1] <= one.first)
    return times_in(one.source.document, one.start, one.end, before=before, said_on=one.said.said_on)


def _withheld(text: str, reason: str, verdict: Verdict | None = None) -> Withheld:
    short = text if len(text) <= 300 else text[:299] + "…"
    return Withheld(statement=Statement(text=short, citations=(), voice="unnamed", verdict=verdict), reason=reason)


def _reason(verdict: Verdict) -> str:
    """The failed checks in words; "unsaid" and "unclear" only say that nothing was found to compare with."""
    told = [problem for problem in verdict.problems if problem.kind not in ("unsaid", "unclear")]
    return "; ".join(f"{p.kind}: “{p.claim}” against “{p.source}”" for p in told) or "its passage does not support it"
