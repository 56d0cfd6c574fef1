"""A sentence of a document as a printed statement: who says it, when, its figures and dates, its citation and its check."""

from dataclasses import dataclass

from qa.answering.times import read_as, times_in
from qa.attribution import attribute, figures_in, introduce
from qa.citations import cite, page_of, verify
from qa.grounding import check
from qa.records import Dated, Document, Passage, Statement, Withheld

SHOWN = 2
"""How many dates that were worked out are told in a lead-in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The sentence at `start` to `end` of `document`, which stands in `passage`."""

    document: Document
    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


def state(quoted: Quoted, *, marker: int, figure: str = "") -> Statement:
    """The sentence as a statement. `figure` are the words that come first where a number was asked for ("" else)."""
    document, start, end = quoted.document, quoted.start, quoted.end
    said = attribute(document, start, end)
    before = tuple(span for span in quoted.passage.sentences if span[1] <= start)
    dates = times_in(document, start, end, before=before, said_on=said.said_on)
    lead = _with_dates(introduce(document, said), dates)
    return Statement(
        text=f"{figure}{lead} "
             f"“{' '.join(quoted.text.split()).lstrip('# ')}”", voice=said.voice, speaker=said.speaker, said_on=said.said_on, via=said.via,
        figures=figures_in(document, start, end), dates=dates,
        citations=(cite(document, start, end, marker=marker, page=page_of(document, start)),),
        verdict=check(quoted.text, [quoted.passage.text], published=document.published),
    )


def checked(statement: Statement, document: Document) -> Withheld | None:
    """The statement with the reason why it must not be printed; None when its source bears it out."""
    if statement.verdict.supported and verify(statement.citations[0], document):
        return None
    told = [problem for problem in statement.verdict.problems if problem.kind not in ("unsaid", "unclear")]
    reason = "; ".join(f"{p.kind}: “{p.claim}” against “{p.source}”" for p in told)
    return Withheld(statement=statement, reason=reason or "its source does not support it")


def _with_dates(lead: str, dates: tuple[Dated, ...]) -> str:
    """The lead-in, before its colon the dates that the words do not give in full and the document settles."""
    worked_out = [read_as(dated) for dated in dates if dated.worked_out and dated.date][:SHOWN]
    if not worked_out:
        return lead
    return f"{lead.removesuffix(':')} ({', '.join(worked_out)}):"
