"""A conversation as HTML: questions, statements by voice with their citation chips, disagreements, what was withheld."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.records import Answer, Citation, Disagreement, Statement, Turn, Voice, Withheld
from qa.render import date_text, source_text
from qa.web_page.escaping import flat, text

VOICES: dict[Voice, str] = {"named": "Named speaker", "document": "The document itself", "unnamed": "Nobody named"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One question and what is known of its answer so far. `answer` is None until it is whole.

    `note` is shown as it is below the question ("" for none): what is being done, or why there is no answer.
    """

    question: str
    searched_for: str = ""
    statements: tuple[Statement, ...] = ()
    answer: Answer | None = None
    note: str = ""


def history(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The finished exchanges as the turns a follow-up is understood from."""
    turns = []
    for exchange in exchanges:
        if exchange.answer:
            turns += [Turn(role="user", text=exchange.question), Turn(role="assistant", text=exchange.answer.text)]
    return turns


def conversation(exchanges: Sequence[Exchange]) -> str:
    """The conversation, oldest question first; "" when there is none."""
    return "".join(_exchange(number, exchange) for number, exchange in enumerate(exchanges, 1))


def _exchange(number: int, exchange: Exchange) -> str:
    answer, searched_for = exchange.answer, exchange.answer.searched_for if exchange.answer else exchange.searched_for
    parts = [f'<section class="qa-exchange" aria-labelledby="qa-question-{number}">',
             f'<h2 class="qa-question" id="qa-question-{number}">{text(exchange.question)}</h2>']
    if searched_for and searched_for != exchange.question.strip():
        parts.append(f'<p class="qa-searched">Understood from the conversation as: <q>{text(searched_for)}</q></p>')
    if exchange.note:
        parts.append(f'<p class="qa-note">{text(exchange.note)}</p>')
    if answer:
        parts += [_disagreement(number, n, answer, disagreement) for n, disagreement in enumerate(answer.disagreements)]
    statements = answer.statements if answer else exchange.statements
    if statements:
        items = "".join(_statement(f"{number}-{n}", statement) for n, statement in enumerate(statements))
        parts.append(f'<ol class="qa-statements" role="list">{items}</ol>')
    if answer:
        parts += [_nothing(answer), _withheld(answer.withheld), _silent(answer)]
    return "".join([*parts, "</section>"])


def _statement(key: str, statement: Statement) -> str:
    lead, quote = _lead_and_quote(statement)
    body = f'<p class="qa-lead">{text(lead)}</p>' if lead else ""
    return (f'<li class="qa-statement qa-{statement.voice}"><p class="qa-who">{_badge(statement)}</p>{body}'
            f'<blockquote class="qa-quote">{text(quote)}{_chips(key, statement)}</blockquote></li>')


def _badge(statement: Statement) -> str:
    details = [statement.speaker, statement.said_on and f"said {statement.said_on}", statement.via and f"via {statement.via}"]
    about = "".join(f'<span class="qa-detail">{text(detail)}</span>' for detail in details if detail)
    return f'<span class="qa-badge">{VOICES[statement.voice]}</span>{about}'


def _lead_and_quote(statement: Statement) -> tuple[str, str]:
    """The neutral words before the quote, and the quote in its marks; a statement that does not end in its quote is kept whole."""
    for citation in statement.citations:
        quote = f"“{flat(citation.quote)}”"
        if statement.text.endswith(quote):
            return statement.text[: -len(quote)].strip(), quote
    return "", statement.text


def _chips(key: str, statement: Statement) -> str:
    return "".join(_chip(f"qa-tip-{key}-{n}", citation, statement) for n, citation in enumerate(statement.citations))


def _chip(tip: str, citation: Citation, statement: Statement) -> str:
    """A numbered button that opens the document, with its description for pointer, keyboard and screen reader."""
    who = f"{VOICES[statement.voice]}: {statement.speaker}" if statement.speaker else VOICES[statement.voice]
    return (f'<span class="qa-cite">&nbsp;<button type="button" class="qa-chip" {_place(citation)} aria-describedby="{tip}"'
            f' aria-label="Source {citation.marker}: open the document">{citation.marker}</button>'
            f'<span class="qa-tip" id="{tip}" role="tooltip" popover="manual">'
            f'<span class="qa-tip-quote">“{text(_short(citation.quote, 280))}”</span>'
            f'<span class="qa-tip-source">{text(source_text(citation))}</span><span class="qa-tip-voice">{text(who)}</span></span></span>')


def _place(citation: Citation) -> str:
    return f'data-document="{text(citation.document)}" data-start="{citation.start}" data-end="{citation.end}"'


def _disagreement(number: int, position: int, answer: Answer, disagreement: Disagreement) -> str:
    sides = []
    for letter, side in zip("ABCDEFGHIJ", disagreement.sides, strict=False):
        said = "".join(_said(f"{number}-d{position}{letter}{index}", answer.statements[index]) for index in side)
        sides.append(f'<div class="qa-one-side"><p class="qa-side-name">Side {letter}</p>{said}</div>')
    return (f'<section class="qa-disagreement"><h3>Sources differ on {text(disagreement.about)}</h3>'
            f'<p class="qa-how">{text(disagreement.how)}</p><div class="qa-sides">{"".join(sides)}</div></section>')


def _said(key: str, statement: Statement) -> str:
    """One statement of a side: its figures, who says so and when, the quote."""
    figures = " · ".join(dict.fromkeys(flat(f"{figure.text} {figure.counted}") for figure in statement.figures))
    first = statement.citations[0]
    who = statement.speaker or VOICES[statement.voice]
    when = statement.said_on or date_text(first.published, first.published_precision)
    headline = f'<p class="qa-figure">{text(figures)}</p>' if figures else ""
    return (f'<div class="qa-said qa-{statement.voice}">{headline}<p class="qa-who"><span class="qa-badge">{text(who)}</span>'
            f'<span class="qa-detail">{text(when)}</span></p>'
            f'<blockquote class="qa-quote">“{text(_short(first.quote, 220))}”{_chips(key, statement)}</blockquote></div>')


def _nothing(answer: Answer) -> str:
    """What is said when nothing answers: what was searched and the nearest passages, named as no answer."""
    if answer.status == "no_documents":
        return '<div class="qa-nothing"><p class="qa-verdict">There are no documents to search.</p></div>'
    if answer.statements:
        return ""
    searched = "".join(f"<li>{text(silent.title or silent.name)}</li>" for silent in answer.silent)
    related = "".join(
        f'<li><span class="qa-related-source">{text(source_text(citation))}</span>'
        f'<button type="button" class="qa-related" {_place(citation)}>{text(_short(citation.quote, 200))}</button></li>'
        for citation in answer.related)
    nearest = f'<h3>Related, does not answer</h3><ul class="qa-related-list">{related}</ul>' if related else ""
    return (f'<div class="qa-nothing"><p class="qa-verdict">The documents do not say.</p>{nearest}'
            f'{_fold(_count(len(answer.silent), "document") + " searched", searched)}</div>')


def _withheld(withheld: Sequence[Withheld]) -> str:
    if not withheld:
        return ""
    items = "".join(
        f'<li>{text(_lead_and_quote(item.statement)[1])}<p class="qa-reason">Withheld: {text(item.reason)}</p></li>' for item in withheld)
    return _fold(_count(len(withheld), "statement") + " withheld, because the source does not bear it out", items)


def _silent(answer: Answer) -> str:
    if not answer.statements or not answer.silent:
        return ""
    names = "".join(f"<li>{text(silent.title or silent.name)}</li>" for silent in answer.silent)
    verb = "says" if len(answer.silent) == 1 else "say"
    return _fold(f"{_count(len(answer.silent), 'document')} searched {verb} nothing here", names)


def _fold(summary: str, items: str) -> str:
    return f'<details class="qa-fold"><summary>{summary}</summary><ul>{items}</ul></details>'


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _short(quote: str, length: int) -> str:
    line = flat(quote)
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
