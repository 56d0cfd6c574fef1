"""Whether each statement of an answer is supported by the documents and by what it cites, and each of its citations is needed.

Citation recall and precision for one statement are those of ALCE (Gao et al. 2023, "Enabling Large Language Models to Generate Text
with Citations"), with the grounding check in the place of its entailment model: a statement has recall 1 when its citations together
support it; a citation is precise when the statement has recall 1 and the citation alone supports it or the others without it do not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from eval.answers import Context
from eval.checking import Checked, Evidence, Shown, check_statement
from eval.refusals import declines
from qa import Citation, Statement

_QUOTED = re.compile(r"[“\"](.*)[”\"]", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A statement checked against the documents (`checked`) and against its citations: `recalled` says that they support it together,
    `precise` of the `citations` support it alone or are needed. `shown` is what the verdict of `checked` is about."""

    checked: Checked
    shown: Shown
    recalled: bool = False
    citations: int = 0
    precise: int = 0


def score_statement(statement: Statement, texts: Mapping[str, str]) -> Scored:
    """Checks what a statement says against the quotes it cites, and where they do not support it against the whole documents that it
    cites (all of `texts`, documents by name, when it cites none). A refusal is not checked."""
    if declines(statement.text):
        checked = Checked(text=statement.text, supported=False, score=0.0, checked=False, declines=True)
        return Scored(checked=checked, shown=Shown(text=statement.text, contexts=()))
    held = tuple(c for c in statement.citations if c.quote and texts.get(c.name, "")[c.start : c.end] == c.quote)
    cited = _against(statement, held) if held else None  # a quote that is not in its document supports nothing
    if cited and cited.supported:
        return Scored(checked=cited, shown=Shown(text=_said(statement), contexts=_quotes(held)), recalled=True,
                      citations=len(statement.citations), precise=sum(_precise(statement, citation, held) for citation in held))
    names = {citation.name for citation in statement.citations} or texts.keys()
    shown = Shown(text=_said(statement), contexts=tuple(Context(name=name, text=texts[name]) for name in texts if name in names))
    checked = replace(check_statement(shown.text, shown.contexts), text=statement.text)
    return Scored(checked=checked, shown=shown, citations=len(statement.citations) if checked.checked else 0)


def _precise(statement: Statement, citation: Citation, held: tuple[Citation, ...]) -> bool:
    others = tuple(other for other in held if other is not citation)
    return not others or _against(statement, (citation,)).supported or not _against(statement, others).supported


def _against(statement: Statement, citations: tuple[Citation, ...]) -> Checked:
    checked = check_statement(_said(statement), _quotes(citations))
    return replace(checked, text=statement.text, evidence=_placed(checked, citations))


def _quotes(citations: tuple[Citation, ...]) -> tuple[Context, ...]:
    return tuple(Context(name=citation.name, text=citation.quote) for citation in citations)


def _said(statement: Statement) -> str:
    """What the statement says of the world: where it introduces a quotation that its citation has word for word, that quotation.
    The words around it name the document and the speaker; they are compared with the case's speaker and date instead."""
    for citation in statement.citations:
        quote = " ".join(citation.quote.split())
        found = _QUOTED.search(statement.text)
        while found:
            inside = " ".join(found[1].split())
            if inside and inside in quote and len(inside) >= len(quote) / 2:
                return found[1]
            found = _QUOTED.search(statement.text, found.start() + 1)
    return statement.text


def _placed(checked: Checked, citations: tuple[Citation, ...]) -> tuple[Evidence, ...]:
    """The evidence with offsets into the documents in place of offsets into the quotes."""
    placed = []
    for evidence in checked.evidence:
        home = next((c for c in citations if c.name == evidence.document and c.quote[evidence.start : evidence.end] == evidence.text), None)
        placed.append(replace(evidence, start=evidence.start + home.start, end=evidence.end + home.start) if home else evidence)
    return tuple(placed)
