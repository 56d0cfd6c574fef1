"""The web app without a browser: what is shown is escaped and exact, what can be called is bounded."""

import html
import json
import re
import socket
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from qa.assistant import Assistant
from qa.citations import cite
from qa.errors import LibraryUnavailable, SettingsError
from qa.library import Library
from qa.records import Answer, Disagreement, Document, Figure, Silent, Statement, Withheld
from qa.render import to_json
from qa.settings import Settings
from qa.testing import TinyEmbedder
from qa.web_page.answers import Exchange, conversation, history
from qa.web_page.escaping import text
from qa.web_page.handlers import QUESTION_LENGTH, Page, read_filters, stopped
from qa.web_page.listing import report, table, welcome
from qa.web_page.reader import AROUND, reader
from qa.web_page.suggesting import suggestions

DOCUMENTS = {
    "ferry.md": """---
title: The Osk ferry runs aground
published: 2031-05-04
outlet: Osk Courier
kind: report
---

The ferry Marigold ran aground off Osk on Saturday night. The harbour office said 14 passengers were hurt.

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
]


OURS = set(
    "article b blockquote button caption details div h2 h3 header li mark ol p q section span summary table tbody td th thead tr ul".split())


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
    evil = statement(attack + " and more", 0, len(attack), voice="named", speaker=attack, via=attack, said_on=attack)
    source = document(attack, title=attack, outlet=attack, author=attack, skipped=((0, 1),))
    exchange = replace(
        answered(evil, withheld=(Withheld(statement=evil, reason=attack),), silent=(Silent(document="1", name=attack, title=attack),),
                 disagreements=(Disagreement(about=attack, how=attack, sides=((0,),)),)),
        question=attack, note=attack)
    nothing = replace(answered(related=evil.citations), question=attack)
    pages = [conversation([exchange, nothing]), reader(source, 1, len(attack)), table([source]),
             welcome([attack], documents=3), report([], waiting=attack)]
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
    given_up = stopped((Exchange(question="And then?", note="Searching"),))
    assert given_up[-1].note == "Stopped." and stopped(()) == ()
    assert [turn.text for turn in history((answered(), *given_up))] == ["How many?", "…"]


# ---- the actions


def test_answer_when_asked_then_the_conversation_grows_by_statements_and_ends_with_the_answer_of_the_python_api(page):
    steps = list(page.answer("How many passengers were hurt on the Marigold?", ()))
    assert steps[0][-1].note and steps[0][-1].answer is None
    counts = [len(step[-1].statements) for step in steps]
    assert counts == sorted(counts)
    final = steps[-1][-1].answer
    assert final.statements and to_json(final) == to_json(page.assistant.ask("How many passengers were hurt on the Marigold?"))


def test_answer_when_two_people_ask_then_neither_conversation_holds_the_other(page):
    one_asks, other_asks = "What did Captain Brandt say about the fog?", "What does the island shop sell?"
    first, second = page.answer(one_asks, ()), page.answer(other_asks, ())
    ends = [(one, other) for one, other in zip(first, second, strict=False)][-1]
    assert [[exchange.question for exchange in end] for end in ends] == [[one_asks], [other_asks]]


def test_answer_when_the_question_is_endless_then_it_is_cut(page):
    assert len(list(page.answer("fog " * QUESTION_LENGTH, ()))[-1][-1].question) <= QUESTION_LENGTH


def test_answer_when_the_library_fails_then_the_reason_and_what_to_do_are_shown(page, monkeypatch):
    def fail(*_):
        raise LibraryUnavailable("The disk is gone", "Plug it in.")

    monkeypatch.setattr(page.library, "search", fail)
    last = list(page.answer("How many?", ()))[-1][-1]
    assert last.answer is None and last.note == "The disk is gone. Plug it in."


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


def test_remove_when_the_name_is_known_then_it_is_gone_and_an_unknown_one_is_reported(page):
    assert "letter.md</b> removed" in page.remove("letter.md")
    assert "letter.md" not in page.overview()[1]
    for name in ("letter.md", str(page.library.folder), None):
        assert "qa-refused" in page.remove(name)
    assert len(page.library.documents()) == 2


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
