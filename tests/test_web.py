"""The web app without a browser: what is shown is escaped and exact, what can be called is bounded."""

import html
import json
import re
import socket
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from qa import timelines, transcripts
from qa.assistant import Assistant
from qa.citations import cite
from qa.errors import LibraryUnavailable, QAError, SettingsError
from qa.library import Library
from qa.records import (
    Answer, Disagreement, Document, Figure, Filters, Finished, Progress, Silent, Statement, StatementReady, TimelineEvent, Turn, Withheld,
)
from qa.render import to_json
from qa.settings import Settings
from qa.testing import TinyEmbedder
from qa.testing.server import ModelServer, Reply
from qa.web_page.answers import Exchange, conversation, history, stopped
from qa.web_page.conversations import MOST, Conversations
from qa.web_page.escaping import text
from qa.web_page.evaluating import case_files
from qa.web_page.figures import comparable, figure_charts
from qa.web_page.handlers import QUESTION_LENGTH, Page, read_filters
from qa.web_page.listing import report, table, welcome
from qa.web_page.pacing import FIRST as AT_FIRST
from qa.web_page.pacing import NEXT
from qa.web_page.reader import AROUND, reader
from qa.web_page.suggesting import suggestions
from qa.web_page.talking import BROKEN
from qa.web_page.times import scale, timeline_page

DOCUMENTS = {
    "ferry.md": """---
title: The Osk ferry runs aground
published: 2031-05-04
outlet: Osk Courier
kind: report
---

The ferry Marigold ran aground off Osk on Saturday night. The harbour office said 14 passengers were hurt on the Marigold.

Captain Ilse Brandt said the fog came in within minutes. Brandt added that the radar had failed twice in April.

The Marigold carries 300 passengers between Osk and Tern Island.
""",
    "inquiry.md": """---
title: Inquiry into the Marigold
published: 2031-06
kind: report
---

The inquiry opened on Monday. Inspector Tomas Weil said 19 passengers were hurt on the Marigold.

Weil said the crew had slept four hours. The report on the Marigold is due in autumn.
""",
    "letter.md": "# A letter from Tern Island\n\nThe island shop sells bread and lamp oil. Nobody on Tern Island has a car.\n",
}
ATTACKS = [
    '<script>window.__hit=1</script>',
    '<img src=x onerror=window.__hit=1>',
    '<svg onload=window.__hit=1>',
    '<svg><script>window.__hit=1</script></svg>',
    '"><img src=x onerror=window.__hit=1>',
    "'><img src=x onerror=window.__hit=1>",
    '" onmouseover=window.__hit=1 x="',
    "' onfocus=window.__hit=1 autofocus x='",
    '${window.__hit=1}',
    '`${window.__hit=1}`',
    '{{window.__hit=1}}',
    '{{#with "s" as |x|}}{{x.constructor.constructor "window.__hit=1"}}{{/with}}',
    '</textarea><script>window.__hit=1</script>',
    '</title><script>window.__hit=1</script>',
    '</mark></div><img src=x onerror=window.__hit=1>',
    '<a href="javascript:window.__hit=1">press</a>',
    '[press](javascript:window.__hit=1)',
    '![x](x"onerror="window.__hit=1)',
    '<iframe srcdoc="<script>parent.__hit=1</script>"></iframe>',
    '<iframe src=javascript:parent.__hit=1></iframe>',
    '<details open ontoggle=window.__hit=1>',
    '<body onload=window.__hit=1>',
    "<style>@import 'http://example.invalid/x.css'</style>",
    '<math><mtext><script>window.__hit=1</script></mtext></math>',
    '<input autofocus onfocus=window.__hit=1>',
    '&lt;script&gt;window.__hit=1&lt;/script&gt;',
    '\\x3cscript\\x3ewindow.__hit=1\\x3c/script\\x3e',
    '\\"-window.__hit=1-\\"',
    '<video><source onerror=window.__hit=1></video>',
    '<!--><script>window.__hit=1</script>-->',
    '<ScRiPt>window.__hit=1</sCrIpT>',
    '<script\t>window.__hit=1</script\n>',
    '<scr<script>ipt>window.__hit=1</scr</script>ipt>',
    '<img/src=x/onerror=window.__hit=1>',
    '<img src=x onerror="window.__hit=1"',
    '<img src="x:x" onerror="&#119;indow.__hit=1">',
    '<svg/onload=window.__hit=1//',
    '<svg><animate onbegin=window.__hit=1 attributeName=x dur=1s>',
    '<svg><a xlink:href="javascript:window.__hit=1"><text>x</text></a></svg>',
    '<svg><use href="data:image/svg+xml,<svg id=x onload=window.__hit=1>#x"/></svg>',
    '<svg><foreignObject><iframe srcdoc="<script>top.__hit=1</script>"></foreignObject></svg>',
    '<math href="javascript:window.__hit=1">x</math>',
    '<form action="javascript:window.__hit=1"><button>x</button></form>',
    '<button formaction="javascript:window.__hit=1" form=f>x</button>',
    '<object data="javascript:window.__hit=1"></object>',
    '<embed src="javascript:window.__hit=1">',
    '<base href="javascript:window.__hit=1//">',
    '<link rel=stylesheet href="javascript:window.__hit=1">',
    '<meta http-equiv=refresh content="0;url=javascript:window.__hit=1">',
    '<marquee onstart=window.__hit=1>x</marquee>',
    '<select autofocus onfocus=window.__hit=1>',
    '<audio src=x onerror=window.__hit=1>',
    '<template><script>window.__hit=1</script></template>',
    '<noscript><p title="</noscript><img src=x onerror=window.__hit=1>">',
    '<p style="animation-name:x" onanimationstart=window.__hit=1>x</p>',
    '<p contenteditable onblur=window.__hit=1 tabindex=1 id=x>x</p>',
    '</script><script>window.__hit=1</script>',
    '</style><script>window.__hit=1</script>',
    ']]><script>window.__hit=1</script>',
    '--!><script>window.__hit=1</script>',
    '\\u003cscript\\u003ewindow.__hit=1\\u003c/script\\u003e',
    '%3Cscript%3Ewindow.__hit=1%3C/script%3E',
    '&#60;img src=x onerror=window.__hit=1&#62;',
    '＜script＞window.__hit=1＜/script＞',
    '\u202e<script>window.__hit=1</script>',
    '<%= window.__hit=1 %>',
    '#{window.__hit=1}',
    '{{{window.__hit=1}}}',
    '${`${window.__hit=1}`}',
    '";window.__hit=1;//',
    "';window.__hit=1;//",
    '`;window.__hit=1;//',
    '$(window.__hit=1)',
    'javascript:window.__hit=1',
    'data:text/html,<script>parent.__hit=1</script>',
]


OURS = set("""article b blockquote button caption circle details div figcaption figure form g h2 h3 header input label li line mark ol p
    progress q rect section span summary svg table tbody td text th thead title tr ul""".split())


class Parsed(HTMLParser):
    """The tags, attributes and texts of a page; `marked` is what stands inside <mark>."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.marked, self._open = [], [], "", "", 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self._open += tag == "mark"

    def handle_endtag(self, tag):
        self._open -= tag == "mark"

    def handle_data(self, data):
        self.text += data
        if self._open:
            self.marked += data


def make_library(folder, documents=DOCUMENTS) -> Library:
    source = folder / "documents"
    source.mkdir()
    for name, content in documents.items():
        (source / name).write_text(content, encoding="utf-8")
    library = Library(folder / "library", Settings(), embedder=TinyEmbedder())
    library.add(source)
    return library


@pytest.fixture
def page(tmp_path):
    with make_library(tmp_path) as library:
        yield Page(Assistant(library))


def document(content: str, **facts) -> Document:
    return Document(id="0" * 8, name="note.txt", source="note.txt", text=content, **facts)


def statement(content: str, start: int, end: int, *, marker: int = 1, voice: str = "document", **more) -> Statement:
    source = document(content, title="A note", published=date(2031, 5, 4), published_precision="day")
    citation = cite(source, start, end, marker=marker)
    return Statement(text=f"“A note” (2031-05-04) states: “{' '.join(citation.quote.split())}”", citations=(citation,), voice=voice, **more)


def answered(*statements: Statement, **more) -> Exchange:
    status = "answered" if statements else "no_evidence"
    answer = Answer(question="How many?", searched_for="How many?", status=status, text="…", statements=statements, **more)
    return Exchange(question="How many?", answer=answer)


# ---- escaping and exactness


@given(st.text())
@settings(deadline=None, max_examples=200)
def test_text_when_read_back_then_the_same_characters_and_no_markup(value):
    shown = text(value)
    assert not set("<>\"'") & set(shown)
    assert html.unescape(shown) == value.replace("\0", "\N{REPLACEMENT CHARACTER}")


def test_text_when_a_lone_surrogate_is_in_it_then_the_page_can_still_be_sent():
    assert text("a\ud800b").encode("utf-8").decode() == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("attack", ATTACKS)
def test_pages_when_everything_in_them_is_an_attack_then_no_tag_or_handler_comes_of_it(attack):
    figures = (Figure(value=3, text=attack, unit=attack, counted=attack + " hurt"),)
    evil = statement(attack + " and more", 0, len(attack), voice="named", speaker=attack, via=attack, said_on=attack, figures=figures)
    source = document(attack, title=attack, outlet=attack, author=attack, skipped=((0, 1),))
    exchange = replace(
        answered(evil, replace(evil), lead=attack, notes=(attack,), withheld=(Withheld(statement=evil, reason=attack),), silent=(Silent(document="1", name=attack, title=attack),),
                 disagreements=(Disagreement(about=attack, how=attack, sides=((0,),)),)),
        question=attack, note=attack)
    nothing = replace(answered(related=evil.citations), question=attack)
    event = TimelineEvent(date="2031-05-04", precision="day", words=attack, basis="event", statement=evil, worked_out=True)
    pages = [conversation([exchange, nothing]), conversation([nothing], editing=True), reader(source, 1, len(attack)), table([source]),
             welcome([attack], documents=3), report([], waiting=attack), timeline_page(attack, [event]), timeline_page(attack, [])]
    for shown in pages:
        parsed = Parsed(shown)
        assert set(parsed.tags) <= OURS
        assert not [name for name in parsed.attributes if name.startswith("on") or name in ("href", "src", "style", "srcdoc")]
        assert " ".join(attack.split())[:20] in " ".join(parsed.text.split())


@given(st.text(min_size=1, max_size=300), st.data())
@settings(deadline=None, max_examples=100)
def test_reader_when_a_place_is_marked_then_the_mark_holds_exactly_those_characters_and_the_rest_is_whole(content, data):
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start + 1, len(content)))
    skip = sorted((data.draw(st.integers(0, len(content))), data.draw(st.integers(0, len(content)))))
    shown = reader(document(content, skipped=(tuple(skip),)), start, end)
    assert shown.count("<mark") == 1
    parsed = Parsed(shown)
    assert parsed.marked == content[start:end].replace("\0", "\N{REPLACEMENT CHARACTER}")
    assert parsed.text.endswith(content.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def test_reader_when_the_document_is_long_then_only_the_surroundings_are_sent_and_the_mark_is_among_them():
    content = "a" * 300_000 + "HERE" + "b" * 300_000
    shown = reader(document(content), 300_000, 300_004)
    assert Parsed(shown).marked == "HERE"
    assert len(shown) < 3 * AROUND
    assert shown.count("are not shown") == 2


@pytest.mark.parametrize("place", [(5, 2), (-1, 3), (0, 99), (3, 3)])
def test_reader_when_the_place_is_outside_the_text_then_nothing_is_marked(place):
    assert "<mark" not in reader(document("short text"), *place)


@pytest.mark.parametrize("theme", [":root", ".dark"])
def test_colours_when_text_stands_on_its_ground_then_the_contrast_is_at_least_that_of_level_aa(theme):
    style = (Path(qa.__file__).parent / "web_page" / "style.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--qa-([\w-]+): (#[0-9a-f]{6})", style[style.index(theme + " {"):].split("}")[0]))
    pairs = [(text, ground) for text in ("text", "soft", "accent", "warn") for ground in ("page", "card")]
    pairs += [(voice, voice + "-bg") for voice in ("named", "document", "unnamed")] + [("text", "mark"), ("on-accent", "accent")]
    for text_colour, ground in pairs:
        assert contrast(colours[text_colour], colours[ground]) >= 4.5, (theme, text_colour, ground)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21, of two colours as #rrggbb."""
    def luminance(colour: str) -> float:
        parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# ---- the conversation


def test_conversation_when_a_statement_is_shown_then_voice_lead_in_quote_and_place_are_there():
    shown = conversation([answered(statement("Fog rose. It cleared.", 0, 9, voice="named", speaker="Ilse Brandt", said_on="2031-05"))])
    assert "Named speaker" in shown and "Ilse Brandt" in shown and "said 2031-05" in shown
    assert "“A note” (2031-05-04) states:" in shown and "“Fog rose.”" in shown
    assert 'data-start="0" data-end="9"' in shown


def test_conversation_when_sources_differ_then_the_card_comes_before_the_statements_with_every_side():
    content = "It was 14. It was 19."
    first = statement(content, 0, 10, figures=(Figure(value=14, text="14", counted="hurt"),))
    second = statement(content, 11, 21, marker=2, figures=(Figure(value=19, text="19", counted="hurt"),))
    differing = Disagreement(about="the hurt", sides=((0,), (1,)), how="14 against 19")
    shown = conversation([answered(first, second, disagreements=(differing,))])
    assert shown.index("Sources differ on the hurt") < shown.index("qa-statements")
    card = shown[: shown.index("qa-statements")]
    assert "14 hurt" in card and "19 hurt" in card and card.count("qa-one-side") == 2


def test_conversation_when_a_statement_is_withheld_then_it_is_folded_away_with_its_reason():
    shown = conversation([answered(withheld=(Withheld(statement=statement("It was 14.", 0, 10), reason="number: “14” against “19”"),))])
    folded = shown[shown.index("withheld, because"):]
    assert "<details" in shown and "number: “14” against “19”" in folded


def test_conversation_when_nothing_answers_then_what_was_searched_and_the_nearest_passages_are_named_as_no_answer():
    silent = (Silent(document="1", name="a.txt", title="A title"), Silent(document="2", name="b.txt"))
    shown = conversation([answered(silent=silent, related=statement("The shop sells bread.", 0, 21).citations)])
    assert "The documents do not say." in shown and "2 documents searched" in shown and "A title" in shown and "b.txt" in shown
    assert shown.index("Related, does not answer") < shown.index("The shop sells bread.")


def test_history_when_an_answer_was_given_up_then_its_question_is_not_part_of_it():
    given_up = stopped((Exchange(question="And then?", note="Searching", running=True),))
    assert given_up[-1].note == "Stopped." and stopped(()) == () and stopped((answered(),)) == (answered(),)
    assert [turn.text for turn in history((answered(), *given_up))] == ["How many?", "…"]


# ---- the actions

FIRST, SECOND = "1" * 32, "2" * 32


def exchanges(page, ticket=FIRST):
    return page.talk._conversations.of(ticket)[0]


def asked(page, question, *, ticket=FIRST, **more):
    """The steps of the conversation as HTML, and its last exchange."""
    steps = list(page.talk.ask(ticket, question, **more))
    return steps, exchanges(page, ticket)[-1]


def test_ask_when_done_then_the_conversation_ends_with_the_answer_of_the_python_api(page):
    steps, last = asked(page, "How many passengers were hurt on the Marigold?")
    assert last.answer.statements and to_json(last.answer) == to_json(page.assistant.ask("How many passengers were hurt on the Marigold?"))
    assert steps[-1] == page.talk.shown(FIRST) and "data-running" not in steps[-1] and "14 passengers" in steps[-1]


def test_ask_when_the_answer_takes_its_time_then_each_statement_is_shown_as_it_is_released(page, monkeypatch):
    whole = page.assistant.stream

    def slow(*given):
        for event in whole(*given):
            time.sleep(NEXT * 2 if isinstance(event, StatementReady) else AT_FIRST * 1.5)
            yield event

    monkeypatch.setattr(page.assistant, "stream", slow)
    steps, last = asked(page, "How many passengers were hurt on the Marigold?")
    shown = [Parsed(step).tags.count("blockquote") for step in steps if "data-running" in step]
    assert shown == sorted(shown) and shown[0] == 0 and set(range(len(last.answer.statements) + 1)) <= set(shown)
    assert "Searching the documents" in steps[0] and "Reading" in "".join(steps)


def test_ask_when_a_model_writes_then_what_the_check_refuses_is_folded_away_and_stop_ends_its_request(tmp_path):
    written = ('Captain Ilse Brandt said the fog came in within minutes. [1] "the fog came in within minutes"\n'
               'Brandt added that the radar had failed nine times in April. [1] "the radar had failed twice in April"\n')
    with ModelServer(Reply(text=written, pause=0.03)) as model, make_library(tmp_path) as library:
        page = Page(qa.open_assistant(library, llm=model.spec))
        steps, last = asked(page, "What did Captain Brandt say about the fog and the radar?")
        assert [s.text for s in last.answer.statements] == ["Captain Ilse Brandt said the fog came in within minutes."]
        assert "1 statement withheld" in steps[-1] and "nine times" in steps[-1]
        assert any("data-running" in step and "the fog came in within minutes" in step for step in steps)
        steps = page.talk.ask(SECOND, "What did Captain Brandt say about the radar?")
        next(steps)
        page.talk.stop(SECOND)
        assert "Stopped." in list(steps)[-1] and model.hung_up.wait(10)


def test_ask_when_two_people_ask_then_neither_conversation_holds_the_other(page):
    one_asks, other_asks = "What did Captain Brandt say about the fog?", "What does the island shop sell?"
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda given: asked(page, given[1], ticket=given[0]), ((FIRST, one_asks), (SECOND, other_asks))))
    assert [[e.question for e in exchanges(page, ticket)] for ticket in (FIRST, SECOND)] == [[one_asks], [other_asks]]
    assert other_asks not in page.talk.shown(FIRST) and page.talk.shown("3" * 32) == ""


def test_ask_when_25_people_ask_at_once_then_each_gets_the_answer_to_their_own_question(page):
    questions = [f"{start} {what}?" for start in ("How many passengers were hurt", "What did Captain Brandt say", "Who spoke", "What was said",
                 "What is known") for what in ("about the fog", "on the Marigold", "of the radar", "about Tern Island", "by Inspector Weil")]
    tickets = [f"{number:032x}" for number in range(len(questions))]
    with ThreadPoolExecutor(25) as pool:
        list(pool.map(lambda given: asked(page, given[1], ticket=given[0]), zip(tickets, questions, strict=True)))
    for ticket, question in zip(tickets, questions, strict=True):
        only, = exchanges(page, ticket)
        assert only.question == question and to_json(only.answer) == to_json(page.assistant.ask(question))


@pytest.mark.parametrize("ticket", ["", "short", "g" * 32, "1" * 33, "../" + "1" * 29])
def test_ask_when_the_ticket_is_none_then_nothing_is_kept(page, ticket):
    list(page.talk.ask(ticket, "What does the island shop sell?"))
    assert page.talk.shown(ticket) == ""


def test_ask_when_the_question_is_endless_then_it_is_cut(page):
    assert len(asked(page, "fog " * QUESTION_LENGTH)[1].question) <= QUESTION_LENGTH


def test_ask_when_the_library_fails_then_the_reason_and_what_to_do_are_shown(page, monkeypatch):
    def fail(*_):
        raise LibraryUnavailable("The disk is gone", "Plug it in.")

    monkeypatch.setattr(page.library, "search", fail)
    last = asked(page, "How many?")[1]
    assert last.answer is None and last.note == "The disk is gone. Plug it in." and not last.running


def test_ask_when_the_program_itself_fails_then_the_page_says_so_and_goes_on(page, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(threading, "excepthook", lambda _: None)
        patch.setattr(page.library, "search", lambda *_: 1 / 0)
        assert asked(page, "How many?")[1].note == BROKEN
    assert asked(page, "What does the island shop sell?")[1].answer.statements


def test_ask_when_a_filter_is_no_date_then_it_is_explained_and_when_it_is_then_it_is_told(page):
    refused = list(page.ask(FIRST, "How many?", [], "soonish", ""))[-1]
    assert "“soonish” is not a date" in refused
    told = list(page.ask(FIRST, "How many passengers were hurt on the Marigold?", ["inquiry.md"], "2031", ""))[-1]
    assert "Searched only in inquiry.md, published from 2031-01-01." in told and "19 passengers" in told


def test_stop_when_an_answer_is_in_the_making_then_it_ends_at_once_and_what_was_released_stays(page, monkeypatch):
    whole, going_on = page.assistant.stream, threading.Event()

    def stuck(*given):
        for event in whole(*given):
            yield event
            if isinstance(event, StatementReady):
                going_on.wait(20)

    monkeypatch.setattr(page.assistant, "stream", stuck)
    steps = page.talk.ask(FIRST, "How many passengers were hurt on the Marigold?")
    shown = next(step for step in steps if "<blockquote" in step)
    assert "data-running" in shown and page.talk.running(FIRST)
    began = time.monotonic()
    page.talk.stop(FIRST)
    rest = list(steps)
    assert time.monotonic() - began < 5 and not page.talk.running(FIRST)
    going_on.set()
    last = exchanges(page)[-1]
    assert last.note == "Stopped." and len(last.statements) == 1 and last.answer is None and "Stopped." in rest[-1]
    assert history(exchanges(page)) == []


def test_ask_when_another_question_overtakes_it_then_the_first_is_given_up_and_does_not_come_back(page, monkeypatch):
    whole, going_on = page.assistant.stream, threading.Event()

    def stuck(question, *given):
        if "fog" in question:
            going_on.wait(20)
            return
        yield from whole(question, *given)

    monkeypatch.setattr(page.assistant, "stream", stuck)
    first = page.talk.ask(FIRST, "What did Captain Brandt say about the fog?")
    next(first)
    asked(page, "What does the island shop sell?")
    going_on.set()
    list(first)
    assert [e.question for e in exchanges(page)] == ["What did Captain Brandt say about the fog?", "What does the island shop sell?"]
    assert exchanges(page)[-1].answer and not page.talk.running(FIRST)


def test_retry_when_pressed_then_the_last_question_is_asked_anew_with_its_filters(page, monkeypatch):
    asked(page, "What does the island shop sell?")
    only = Filters(documents=("inquiry.md",))
    asked(page, "How many passengers were hurt on the Marigold?", filters=only)
    seen, whole = [], page.assistant.stream
    monkeypatch.setattr(page.assistant, "stream", lambda *given: seen.append(given) or whole(*given))
    list(page.talk.retry(FIRST))
    assert [given[0] for given in seen] == ["How many passengers were hurt on the Marigold?"] and seen[0][2] == only
    assert len(exchanges(page)) == 2 and "19 passengers" in page.talk.shown(FIRST)
    assert list(page.talk.retry(SECOND)) == []


def test_edit_when_the_question_is_asked_changed_then_it_takes_the_place_of_the_last(page):
    asked(page, "What does the island shop sell?")
    asked(page, "How many were hurt?")
    question, shown = page.talk.edit(FIRST)
    assert question == "How many were hurt?" and "data-editing" in shown
    asked(page, "How many passengers were hurt on the Marigold?")
    assert [e.question for e in exchanges(page)] == ["What does the island shop sell?", "How many passengers were hurt on the Marigold?"]
    page.talk.edit(FIRST)
    assert "data-editing" not in page.talk.keep(FIRST)
    asked(page, "What did Captain Brandt say about the fog?")
    assert len(exchanges(page)) == 3
    assert page.talk.edit(SECOND) == ("", "")


def test_clear_when_pressed_then_the_conversation_is_forgotten(page):
    asked(page, "What does the island shop sell?")
    page.talk.clear(FIRST)
    assert page.talk.shown(FIRST) == "" and not exchanges(page)


@pytest.mark.parametrize("format", transcripts.FORMATS)
def test_save_when_asked_then_the_file_can_be_verified(page, format):
    asked(page, "How many passengers were hurt on the Marigold?")
    asked(page, "Who invented the steam locomotive in Cornwall?")
    name, written = page.talk.save(FIRST, format)
    assert transcripts.format_of(name) == format and transcripts.verify(written, page.library).holds
    assert len(transcripts.read(written)["exchanges"]) == 2
    with pytest.raises(QAError):
        page.talk.save(FIRST, "../etc/passwd")


def test_conversations_when_there_are_too_many_then_those_unused_for_longest_go_first():
    kept = Conversations()
    for number in range(MOST + 10):
        kept.end(f"{number:032x}", kept.begin(f"{number:032x}", (answered(),)))
    assert kept.of(f"{0:032x}")[0] == () and kept.of(f"{MOST + 9:032x}")[0] == (answered(),)


def test_remembering_when_the_same_is_asked_then_it_is_answered_once_until_the_library_changes(page, monkeypatch):
    seen, whole = [], page.assistant.stream
    monkeypatch.setattr(page.assistant, "stream", lambda *given: seen.append(given) or whole(*given))
    question = "How many passengers were hurt on the Marigold?"
    first, again = (list(page.answers.stream(question)) for _ in range(2))
    assert first == again and len(seen) == 1
    list(page.answers.stream(question, [Turn(role="user", text="x")]))
    list(page.answers.stream(question, (), Filters(documents=("inquiry.md",))))
    assert len(seen) == 3
    assert to_json(list(page.answers.stream(question, fresh=True))[-1].answer) == to_json(first[-1].answer) and len(seen) == 4
    page.library.remove("inquiry.md")
    assert list(page.answers.stream(question)) != first and len(seen) == 5


def test_remembering_when_an_answer_has_notes_then_it_is_asked_anew(page, monkeypatch):
    seen = []

    def troubled(*given):
        seen.append(given)
        yield Finished(answer=Answer(question="x", searched_for="x", status="no_evidence", text="", notes=("The model did not answer.",)))

    monkeypatch.setattr(page.assistant, "stream", troubled)
    for _ in range(2):
        list(page.answers.stream("x"))
    assert len(seen) == 2


@pytest.mark.parametrize("asked", ["", "../../etc/passwd", "/etc/passwd", "unknown", None, 3, ["x"]])
def test_opened_when_no_document_of_the_library_is_named_then_nothing_is_read(page, asked):
    assert "no longer in the library" in page.opened(asked, "0", "5")


def test_opened_when_the_place_is_no_number_then_the_document_opens_without_a_mark(page):
    known = page.library.documents()[0]
    assert known.title in page.opened(known.id, "x", None) and "<mark" not in page.opened(known.id, "x", None)


def test_add_when_files_are_handed_in_then_each_has_its_outcome_and_the_good_ones_are_found(page, tmp_path):
    good, bad = tmp_path / "lighthouse.txt", tmp_path / "picture.xyz"
    good.write_text("The lighthouse keeper Nora Quist counted nine seals.", encoding="utf-8")
    bad.write_bytes(b"\x00\x01")
    steps = list(page.add([str(good), str(bad)]))
    assert "Reading lighthouse.txt" in steps[0]
    assert "<b>lighthouse.txt</b> added" in steps[-1] and "<b>picture.xyz</b> refused" in steps[-1]
    assert "lighthouse.txt" in page.overview()[1]
    assert sorted(kept.name for kept in (page.library.folder / "uploads").iterdir()) == ["lighthouse.txt"]


def test_add_when_a_file_is_too_large_then_it_is_refused_with_the_bound(page, tmp_path, monkeypatch):
    monkeypatch.setattr(type(page), "upload_mb", lambda self: 0)
    (tmp_path / "big.txt").write_text("x" * 10)
    assert "larger than 0 MB" in list(page.add([str(tmp_path / "big.txt")]))[-1]
    assert "big.txt" not in page.overview()[1]


def test_add_when_a_file_takes_long_then_how_many_of_its_passages_are_embedded_is_shown(page, tmp_path, monkeypatch):
    whole = page.library.add

    def slow(path, on_progress):
        on_progress(Progress(stage="embedding", done=3, total=12, seconds=1.0))
        time.sleep(0.6)
        return whole(path)

    monkeypatch.setattr(page.library, "add", slow)
    (tmp_path / "seals.txt").write_text("The keeper counted nine seals.", encoding="utf-8")
    steps = list(page.add([str(tmp_path / "seals.txt")]))
    assert any("3 of 12 passages" in step and '<progress max="12" value="3"' in step for step in steps) and "added" in steps[-1]


def test_correct_when_title_and_date_are_given_then_table_timeline_and_answers_have_them(page):
    said = page.correct("letter.md", "Island letter", "2030-02")
    assert "<b>letter.md</b> corrected" in said
    shown = page.overview()[0]
    assert "Island letter" in shown and "2030-02" in shown and "title and date by hand" in shown
    assert "Island letter" in asked(page, "What does the island shop sell?")[0][-1]
    for name, title, day in (("letter.md", "x", "one day"), ("nobody.md", "x", ""), (None, None, None)):
        assert "qa-refused" in page.correct(name, title, day)
    assert page.overview()[0] == shown


def test_remove_when_the_name_is_known_then_it_is_gone_and_an_unknown_one_is_reported(page):
    assert "letter.md</b> removed" in page.remove("letter.md")
    assert "letter.md" not in page.overview()[1]
    for name in ("letter.md", str(page.library.folder), None):
        assert "qa-refused" in page.remove(name)
    assert len(page.library.documents()) == 2


# ---- figures and times


def test_figures_when_two_sources_give_the_same_thing_then_they_are_drawn_by_source_to_one_scale():
    content = "It was 14. It was 28. It was 3 per cent."
    hurt = statement(content, 0, 10, voice="named", speaker="Ilse Brandt", figures=(Figure(value=14, text="14", counted="passengers hurt"),))
    more = statement(content, 11, 21, marker=2, figures=(Figure(value=28, text="28", counted="passengers hurt"),))
    other = statement(content, 22, 40, marker=3, figures=(Figure(value=3, text="3 per cent", unit="%", counted="passengers hurt"),))
    groups = comparable((hurt, more, other))
    assert [[given.figure.text for given in group] for group in groups] == [["14", "28"]]
    chart = figure_charts(answered(hurt, more, other).answer)
    assert chart.index('width="50.0%"') < chart.index('width="100.0%"') and "Ilse Brandt" in chart and "2031-05-04" in chart
    assert 'data-start="11" data-end="21"' in chart
    assert figure_charts(answered(hurt, other).answer) == ""


@given(st.lists(st.tuples(st.dates(), st.integers(0, 400)), min_size=1, max_size=12))
@settings(deadline=None, max_examples=100)
def test_scale_when_there_are_any_days_then_they_lie_in_order_between_2_and_98_percent(given_days):
    spans = [(first, min(date.max, first + timedelta(days=min(length, (date.max - first).days)))) for first, length in given_days]
    days, at = scale(spans)
    places = [at(day) for day, _ in days]
    assert places == sorted(set(places)) and all(2 <= place <= 98 for place in places)
    assert {day for day, _ in days} == {day.toordinal() for span in spans for day in span}


def test_timeline_when_a_topic_is_dated_then_each_event_has_its_day_voice_and_place_and_else_it_says_so(page):
    shown = page.timeline("the Marigold running aground")
    events = timelines.timeline(page.library, "the Marigold running aground")
    assert events and shown.count('<li class="qa-statement ') == len(events)
    for event in events:
        citation = event.statement.citations[0]
        assert f'data-document="{citation.document}" data-start="{citation.start}" data-end="{citation.end}"' in shown
        assert timelines.when(event) in shown
    assert Parsed(shown).tags.count("circle") >= 1
    assert "date nothing about" in page.timeline("quantum chromodynamics") and page.timeline("  ") == ""


# ---- evals


CASE = {"id": "f01", "type": "how_many", "question": "How many passengers were hurt on the Marigold?", "answerable": True,
        "gold": [{"document": "inquiry.md", "quote": "19 passengers were hurt"}]}


def test_evaluate_when_cases_are_given_then_progress_and_a_report_in_a_frame_where_nothing_runs(page, tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps({**CASE, "id": f"f{n:02d}"}) + "\n" for n in range(3)), encoding="utf-8")
    steps = list(page.evaluate(None, str(file), "", threading.Event()))
    assert "3 of 3 cases, 3 right" in steps[-1]
    assert 'sandbox srcdoc="' in steps[-1] and "&lt;h1&gt;Answers against known answers" in steps[-1]
    halted = threading.Event()
    halted.set()
    assert "Stopped before the first case" in list(page.evaluate(None, str(file), "", halted))[-1]


def test_evaluate_when_the_file_is_of_no_use_then_the_reason_is_shown(page, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text("no cases here", encoding="utf-8")
    assert "qa-refused" in list(page.evaluate(None, str(bad), "digests", threading.Event()))[-1]
    for chosen in (None, "../../pyproject.toml", "/etc/passwd"):
        assert "Choose a file" in list(page.evaluate(chosen, None, "digests", threading.Event()))[-1]
    assert "seeds.jsonl" in case_files()


def test_read_filters_when_dates_are_typed_then_they_bound_and_nonsense_is_explained():
    assert read_filters([], "2031-05", "2031").since == date(2031, 5, 1)
    assert read_filters([], "", "2031-02").until == date(2031, 2, 28)
    assert read_filters(None, None, "  ") == read_filters([], "", "")
    with pytest.raises(SettingsError, match="not a date"):
        read_filters([], "soonish", "")


def test_suggestions_when_made_then_each_has_an_answer_and_names_one_of_the_documents(page):
    found = suggestions(page.assistant)
    assert found
    titles = [document.title for document in page.library.documents()]
    for question in found:
        assert page.assistant.ask(question).statements and any(title in question for title in titles)
        assert html.escape(question) in page.suggested()


def test_welcome_when_there_are_no_documents_then_it_says_how_to_begin():
    assert "No documents yet" in welcome((), documents=0)


# ---- served


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    from qa.web import start

    folder = tmp_path_factory.mktemp("served")
    with make_library(folder) as library:
        assistant = Assistant(library)
        app = start(assistant, port=free_port())
        yield app, assistant
        app.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status(url: str, body: dict | None = None) -> int:
    request = urllib.request.Request(url, data=body and json.dumps(body).encode(), headers={"Content-Type": "application/json"})
    try:
        return urllib.request.urlopen(request, timeout=20).status
    except urllib.error.HTTPError as error:
        return error.code


def test_app_when_built_then_ask_is_the_only_public_endpoint_and_every_action_has_a_limit(served):
    app, _ = served
    public = [f.api_name for f in app.fns.values() if f.api_visibility != "private"]
    assert public == ["ask"]
    assert app.analytics_enabled is False
    assert all(f.concurrency_limit not in (None, 0) for f in app.fns.values())


def test_ask_when_called_over_the_network_then_the_json_of_the_python_api_comes_back(served):
    from gradio_client import Client

    app, assistant = served
    client = Client(app.local_url, verbose=False, analytics_enabled=False)
    question = "How many passengers were hurt on the Marigold?"
    assert client.predict(question=question, api_name="/ask") == json.loads(to_json(assistant.ask(question)))
    narrowed = client.predict(question=question, documents=["letter.md"], api_name="/ask")
    assert narrowed["status"] == "no_evidence" and [silent["name"] for silent in narrowed["silent"]] == ["letter.md"]


def test_files_when_asked_for_by_path_then_none_outside_the_page_is_served(served):
    app, assistant = served
    inside = (str(assistant.library.folder / "manifest.sqlite3"), str(assistant.library.documents()[0].source))
    for path in ("/etc/passwd", "../../etc/passwd", *inside):
        assert status(f"{app.local_url}gradio_api/file={path}") in (403, 404)


def test_upload_when_a_path_of_the_machine_is_claimed_then_it_is_not_read(served):
    app, assistant = served
    before = len(assistant.library.documents())
    upload = next(f for f in app.fns.values() if f.name == "add")
    secret = assistant.library.folder.parent / "secret.txt"
    secret.write_text("The vault code of Osk is 4711.", encoding="utf-8")
    claimed = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
    joined = {"data": [[claimed]], "fn_index": upload._id, "session_hash": "claims"}
    assert status(f"{app.local_url}gradio_api/queue/join", joined) == 200
    with urllib.request.urlopen(f"{app.local_url}gradio_api/queue/data?session_hash=claims", timeout=20) as stream:
        messages = stream.read().decode()
    assert '"success":false' in messages.replace(" ", "")
    assert len(assistant.library.documents()) == before


def test_page_when_fetched_then_it_holds_no_document_and_loads_nothing_from_elsewhere(served):
    app, _ = served
    shown = urllib.request.urlopen(app.local_url, timeout=20).read().decode()
    assert "Osk" not in shown
    for tag in ("<script", "<link", "<img"):
        for piece in shown.split(tag)[1:]:
            head = piece.split(">")[0]
            assert "http" not in head.replace('crossorigin', ''), head


def test_start_when_the_port_is_taken_then_the_error_names_another(served):
    from qa.web import start

    app, assistant = served
    with pytest.raises(SettingsError) as raised:
        start(assistant, port=app.server_port)
    assert str(app.server_port) in raised.value.message and "--port" in raised.value.hint


def test_responses_when_sent_then_the_browser_is_told_to_load_nothing_from_elsewhere(served):
    app, _ = served
    headers = urllib.request.urlopen(app.local_url, timeout=20).headers
    assert "connect-src 'self'" in headers["content-security-policy"] and "http" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer" and headers["x-content-type-options"] == "nosniff"


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    from qa.web import start

    with make_library(tmp_path_factory.mktemp("locked")) as library:
        app = start(Assistant(library), port=free_port(), password="sésame 1")
        yield app
        app.close()


def test_password_when_it_is_not_given_then_nothing_is_shown_answered_or_taken(locked):
    join = {"data": ["x", [], [], [], "", ""], "fn_index": 0, "session_hash": "s"}
    for path, body in (("config", None), ("gradio_api/info", None), ("gradio_api/queue/join", join), ("gradio_api/run/ask", {"data": ["x"]}),
                       ("gradio_api/component_server", {"data": {}, "component_id": 1, "fn_name": "save", "session_hash": "s"}),
                       ("gradio_api/queue/data?session_hash=s", None), ("gradio_api/upload", {})):
        assert status(f"{locked.local_url}{path}", body) == 401, path
    shown = urllib.request.urlopen(locked.local_url, timeout=20).read().decode()
    assert '"auth_required":true' in shown and "qa-conversation" not in shown


def test_password_when_it_is_given_then_the_page_answers_and_a_wrong_one_is_refused(locked):
    from gradio_client import Client

    client = Client(locked.local_url, auth=("anybody", "sésame 1"), verbose=False, analytics_enabled=False)
    assert client.predict(question="What does the island shop sell?", api_name="/ask")["status"] == "answered"
    for wrong in ("sésame 2", "", "SÉSAME 1"):
        request = urllib.request.Request(f"{locked.local_url}login", data=urlencode({"username": "x", "password": wrong}).encode())
        with pytest.raises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(request, timeout=20)
        assert raised.value.code in (400, 401, 422)
