"""A conversation as HTML: questions, statements by voice with their citation chips, disagreements, what was withheld."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.records import Answer, Citation, Disagreement, Filters, Statement, Turn, Voice, Withheld
from qa.render import around_answer, date_text, source_text, to_markdown
from qa.web_page.escaping import counted, flat, short, text
from qa.web_page.figures import figure_charts

VOICES: dict[Voice, str] = {"named": "Named speaker", "document": "The document itself", "unnamed": "Nobody named"}
STANCES = {"affirms": "affirms it", "denies": "denies it", "unclear": "leaves it open"}
STOPPED = "Stopped."
LISTED = 8
"""How many documents that were searched in vain are listed in sight; more are folded away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One question and what is known of its answer so far. `answer` is None until it is whole.

    `note` is shown as it is below the question ("" for none): what is being done, or why there is no answer. `running`: more is to come.
    `withheld` are statements that failed the check so far.
    """

    question: str
    filters: Filters = Filters()
    searched_for: str = ""
    statements: tuple[Statement, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    answer: Answer | None = None
    note: str = ""
    running: bool = False


def stopped(exchanges: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """The conversation after the answer in progress was given up; what was released of it stays."""
    if not exchanges or not exchanges[-1].running:
        return tuple(exchanges)
    return (*exchanges[:-1], replace(exchanges[-1], note=STOPPED, running=False))


def history(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The finished exchanges as the turns a follow-up is understood from."""
    turns = []
    for exchange in exchanges:
        if exchange.answer:
            turns += [Turn(role="user", text=exchange.question), Turn(role="assistant", text=exchange.answer.text)]
    return turns


def conversation(exchanges: Sequence[Exchange], *, editing: bool = False) -> str:
    """The conversation, oldest question first; "" when there is none. `editing`: the last question is in the question line."""
    last = len(exchanges)
    saving = _saving() if any(exchange.answer for exchange in exchanges) else ""
    return "".join(_exchange(number, exchange, last=number == last, editing=editing and number == last, below=saving if number == last else "")
                   for number, exchange in enumerate(exchanges, 1))


def _exchange(number: int, exchange: Exchange, *, last: bool, editing: bool, below: str) -> str:
    answer, searched_for = exchange.answer, exchange.answer.searched_for if exchange.answer else exchange.searched_for
    state = " data-running" * exchange.running + " data-editing" * editing
    parts = [f'<section class="qa-exchange" aria-labelledby="qa-question-{number}"{state}>',
             f'<h2 class="qa-question" id="qa-question-{number}">{text(exchange.question)}</h2>']
    if searched_for and searched_for != exchange.question.strip():
        parts.append(f'<p class="qa-searched">Understood from the conversation as: <q>{text(searched_for)}</q></p>')
    notes = [_only(exchange.filters), exchange.note, *([answer.lead, *answer.notes] if answer else [])]
    parts += [f'<p class="qa-note">{text(note)}</p>' for note in notes if note]
    if answer:
        parts += [_disagreement(number, n, answer, disagreement) for n, disagreement in enumerate(answer.disagreements)]
        parts.append(figure_charts(answer, lambda place, statement: chips(f"{number}-{place}", statement)))
    statements = answer.statements if answer else exchange.statements
    if statements:
        items = "".join(statement_item(f"{number}-{n}", statement) for n, statement in enumerate(statements))
        parts.append(f'<ol class="qa-statements" role="list">{items}</ol>')
    parts.append(_withheld(answer.withheld if answer else exchange.withheld, number))
    if answer:
        parts += [_nothing(answer, number), _silent(answer, number)]
    if not exchange.running:
        parts.append(_actions(exchange, last=last, editing=editing))
    return "".join([*parts, below, "</section>"])


def _only(filters: Filters) -> str:
    """What the search was narrowed to, in words; "" when it was not."""
    parts = [f"in {', '.join(filters.documents)}"] if filters.documents else []
    parts += [f"published from {filters.since}"] if filters.since else []
    parts += [f"published until {filters.until}"] if filters.until else []
    return f"Searched only {', '.join(parts)}." if parts else ""


def _actions(exchange: Exchange, *, last: bool, editing: bool) -> str:
    """What can be done with an exchange: the last one can be asked again or changed, a whole answer copied and put on a timeline."""
    if editing:
        return ('<p class="qa-actions"><span class="qa-note">The question is below; asking it replaces this answer.</span>'
                '<button type="button" data-act="keep">Leave it as it is</button></p>')
    buttons = ['<button type="button" data-act="retry">Ask again</button><button type="button" data-act="edit">Edit</button>'] if last else []
    if exchange.answer:
        copied = text(to_markdown(exchange.answer))
        buttons.append(f'<button type="button" data-act="copy" data-copy="{copied}">Copy with sources</button>')
    if exchange.answer and exchange.answer.statements:
        buttons.append(f'<button type="button" data-act="timeline" data-topic="{text(exchange.answer.searched_for)}">Timeline</button>')
    return f'<p class="qa-actions">{"".join(buttons)}</p>' if buttons else ""


def _saving() -> str:
    buttons = "".join(f'<button type="button" data-act="save" data-format="{format}">{name}</button>'
                      for format, name in (("markdown", "Markdown"), ("html", "Web page"), ("json", "JSON")))
    return f'<p class="qa-actions qa-saving"><span class="qa-note">Save the conversation:</span>{buttons}</p>'


def statement_item(key: str, statement: Statement, *, when: str = "") -> str:
    """A statement as a list item: whose words, lead-in, quote, chips. `key` is unique on the page, `when` HTML that goes first."""
    lead, quote = _lead_and_quote(statement)
    body = f'<p class="qa-lead">{text(lead)}</p>' if lead else ""
    tag = "blockquote" if lead else "p"
    return (f'<li class="qa-statement qa-{statement.voice}">{when}<p class="qa-who">{_badge(statement)}</p>{body}'
            f'<{tag} class="qa-quote">{_with_answer(quote, statement)}{chips(key, statement)}</{tag}></li>')


def _with_answer(quote: str, statement: Statement) -> str:
    """The end of a statement's text that is its quote, the words that answer in it set apart."""
    before, words, after = around_answer(statement)
    inside = len(before) - (len(statement.text) - len(quote))
    if not words or inside < 0:
        return text(quote)
    return f'{text(quote[:inside])}<strong class="qa-answering">{text(words)}</strong>{text(after)}'


def _badge(statement: Statement) -> str:
    details = [statement.speaker, statement.said_on and f"said {statement.said_on}", statement.via and f"via {statement.via}",
               STANCES.get(statement.stance, "")]
    about = "".join(f'<span class="qa-detail">{text(detail)}</span>' for detail in details if detail)
    return f'<span class="qa-badge">{VOICES[statement.voice]}</span>{about}'


def _lead_and_quote(statement: Statement) -> tuple[str, str]:
    """The neutral words before the quote, and the quote in its marks; a statement that does not end in its quote is kept whole."""
    for citation in statement.citations:
        quote = f"“{flat(citation.quote)}”"
        if statement.text.endswith(quote):
            return statement.text[: -len(quote)].strip(), quote
    return "", statement.text


def chips(key: str, statement: Statement) -> str:
    """The numbered buttons of a statement's citations; `key` is unique on the page."""
    return "".join(_chip(f"qa-tip-{key}-{n}", citation, statement) for n, citation in enumerate(statement.citations))


def _chip(tip: str, citation: Citation, statement: Statement) -> str:
    """A numbered button that opens the document, with its description for pointer, keyboard and screen reader."""
    who = f"{VOICES[statement.voice]}: {statement.speaker}" if statement.speaker else VOICES[statement.voice]
    return (f'<span class="qa-cite">&nbsp;<button type="button" class="qa-chip" {_place(citation)} aria-describedby="{tip}"'
            f' aria-label="Source {citation.marker}: open the document">{citation.marker}</button>'
            f'<span class="qa-tip" id="{tip}" role="tooltip" popover="manual">'
            f'<span class="qa-tip-quote">“{text(short(citation.quote, 280))}”</span>'
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


NOTHING_BY_ITSELF = ("not", "no", "never")
"""Words that answer a yes-or-no question and head no side of a disagreement: whose and of what, the quote tells."""


def _said(key: str, statement: Statement) -> str:
    """One statement of a side: what it answers (the figures in it, else its words; all its figures where no words are marked), who says so and
    when, the quote."""
    start, end = statement.answering or (0, math.inf)
    figures = " · ".join(dict.fromkeys(flat(f"{one.text} {one.counted}") for one in statement.figures if start <= one.start < end))
    words = flat(around_answer(statement)[1])
    figures = figures or ("" if words.lower() in NOTHING_BY_ITSELF else words)
    first = statement.citations[0]
    who = statement.speaker or VOICES[statement.voice]
    when = statement.said_on or date_text(first.published, first.published_precision)
    headline = f'<p class="qa-figure">{text(figures)}</p>' if figures else ""
    return (f'<div class="qa-said qa-{statement.voice}">{headline}<p class="qa-who"><span class="qa-badge">{text(who)}</span>'
            f'<span class="qa-detail">{text(when)}</span></p>'
            f'<blockquote class="qa-quote">“{text(short(first.quote, 220))}”{chips(key, statement)}</blockquote></div>')


def _nothing(answer: Answer, number: int) -> str:
    """What is said when nothing answers: what was searched and the nearest passages, named as no answer."""
    if answer.status == "no_documents":
        return '<div class="qa-nothing"><p class="qa-verdict">There are no documents to search.</p></div>'
    if answer.statements:
        return ""
    names = [text(silent.title or silent.name) for silent in answer.silent]
    searched = (f'<p class="qa-note">Searched: {" · ".join(names)}</p>' if len(names) <= LISTED else
                _fold(f"searched-{number}", f"{counted(len(names), 'document')} searched", "".join(f"<li>{name}</li>" for name in names)))
    related = "".join(
        f'<li><span class="qa-related-source">{text(source_text(citation))}</span>'
        f'<button type="button" class="qa-related" {_place(citation)}>{text(short(citation.quote, 200))}</button></li>'
        for citation in answer.related)
    nearest = f'<h3>Related, does not answer</h3><ul class="qa-related-list">{related}</ul>' if related else ""
    return f'<div class="qa-nothing"><p class="qa-verdict">The documents do not say.</p>{searched}{nearest}</div>'


def _withheld(withheld: Sequence[Withheld], number: int) -> str:
    if not withheld:
        return ""
    items = "".join(
        f'<li>{text(_lead_and_quote(item.statement)[1])}<p class="qa-reason">Withheld: {text(item.reason)}</p></li>' for item in withheld)
    return _fold(f"withheld-{number}", counted(len(withheld), "statement") + " withheld, because the source does not bear it out", items)


def _silent(answer: Answer, number: int) -> str:
    if not answer.statements or not answer.silent:
        return ""
    names = "".join(f"<li>{text(silent.title or silent.name)}</li>" for silent in answer.silent)
    verb = "says" if len(answer.silent) == 1 else "say"
    return _fold(f"silent-{number}", f"{counted(len(answer.silent), 'document')} searched {verb} nothing here", names)


def _fold(key: str, summary: str, items: str) -> str:
    return f'<details class="qa-fold" data-fold="{key}"><summary>{summary}</summary><ul>{items}</ul></details>'
