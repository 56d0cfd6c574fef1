"""The web app: components and wiring. What an action does is in `qa/web_page/handlers.py`, what is shown beside it."""

import hmac
import os
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import QAError, SettingsError
from qa.web_page.handlers import QUESTION_LENGTH, Page
from qa.web_page.headers import Guarded

if TYPE_CHECKING:  # gradio takes seconds to import, and `qa --help` has none
    import gradio as gr

    from qa.assistant import Assistant

FILES = Path(__file__).parent / "web_page"
ANSWERS_AT_ONCE, OTHERS_AT_ONCE, WAITING = 64, 16, 500
"""How many answers are begun (how many are worked at, `qa.web_page.remembering` says), how many of the small actions run side by side, and how
many may wait in the queue."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
FONTS = ["ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Liberation Sans", "Arial", "sans-serif"]
QUIET = {"api_visibility": "private", "show_progress": "hidden"}
TICKET_FIRST = "async (_, ...rest) => [await qaPage.held(), ...rest]"
"""Puts the tab's ticket into the first input, once the conversation is drawn: what is asked in the page's first moment waits for that."""
ENVIRONMENT = {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9), "GRADIO_ANALYTICS_MAX_EVENTS": "1"}
"""Nothing is reported to anybody, and no table of all requests so far is made after each of them."""


def serve(assistant: "Assistant", *, host: str = "127.0.0.1", port: int = 7860, password: str = "") -> None:
    """Serves the page until interrupted. Raises SettingsError when the address cannot be had."""
    app = start(assistant, host=host, port=port, password=password)
    print(f"Open http://{host}:{port} (Ctrl+C ends it)", flush=True)
    if host not in LOOPBACK and not password:
        print("qa: whoever reaches this address can ask, add and remove documents; QA_WEB_PASSWORD sets a password.", file=sys.stderr)
    app.block_thread()


def start(assistant: "Assistant", *, host: str = "127.0.0.1", port: int = 7860, password: str = "") -> "gr.Blocks":
    """Serves the page from threads of its own and comes back once it answers; `close()` ends it. With a password nothing is shown or
    answered to who has not given it. Raises SettingsError."""
    _free(host, port)
    app = build_app(assistant)
    import gradio as gr
    from starlette.middleware import Middleware

    def allowed(_: str, given: str) -> bool:
        return hmac.compare_digest(given.encode(), password.encode())

    try:
        app.queue(default_concurrency_limit=OTHERS_AT_ONCE, max_size=WAITING, api_open=False).launch(
            server_name=host, server_port=port, share=False, prevent_thread_lock=True, quiet=True, ssr_mode=False, run_history=False,
            max_threads=ANSWERS_AT_ONCE + 2 * OTHERS_AT_ONCE,
            enable_monitoring=False, footer_links=[], max_file_size=f"{Page(assistant).upload_mb()}mb",
            auth=allowed if password else None, auth_message="Any name will do; the password is the one this page was started with.",
            theme=gr.themes.Base(primary_hue="slate", neutral_hue="slate", font=FONTS, font_mono=["ui-monospace", "monospace"]),
            css_paths=[FILES / "style.css"], head=f"<script>{(FILES / 'script.js').read_text(encoding='utf-8')}</script>",
            app_kwargs={"middleware": [Middleware(Guarded)]})
    except OSError as error:  # gradio gives it five seconds
        raise SettingsError(f"The page did not come up on {host}:{port}", "The machine may be busy: try again.", retryable=True) from error
    threading.Thread(target=assistant.library.embedder, daemon=True).start()  # loaded by the time the first question is typed
    return app


def _free(host: str, port: int) -> None:
    """Raises SettingsError when the address cannot be listened on."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            return
    except OSError as error:
        hint = f"It may be in use: choose another, such as --port {port + 1}."
        raise SettingsError(f"{host}:{port} cannot be listened on: {error.strerror}", hint) from error


def build_app(assistant: "Assistant") -> "gr.Blocks":
    """The page as a gradio app that nobody serves yet; `start` sets the queue and its limits."""
    os.environ.update(ENVIRONMENT)  # read when gradio is imported and when its queue is made
    import gradio as gr

    page = Page(assistant)
    with gr.Blocks(title="Who says so", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as app:
        ticket = gr.Textbox(visible="hidden", label="Ticket", elem_id="qa-ticket")
        _html(gr, "qa-top", value="<h1>Who says so</h1><p>Answers from your documents: quoted, attributed, dated.</p>")
        with gr.Row(elem_id="qa-main", equal_height=False):
            with gr.Column(elem_id="qa-left", min_width=0), gr.Tabs(elem_id="qa-tabs"):
                with gr.Tab("Ask"):
                    talk = _ask_tab(gr, page, ticket)
                with gr.Tab("Documents"):
                    listed = _documents_tab(gr, page)
                with gr.Tab("Timeline"):
                    times = _timeline_tab(gr, page, talk["conversation"])
                with gr.Tab("Evals"):
                    _evals_tab(gr, page)
            with gr.Column(elem_id="qa-side", min_width=0):
                panel = _html(gr, "qa-reader", script="qaPage.reader(element, props, watch)")
        _wire_panel(gr, page, ticket, panel, (talk["conversation"], listed["table"], times))
        _wire_documents(gr, page, app, talk, listed)
        _wire_conversation(page, app, ticket, talk["conversation"])
        _wire_api(gr, page)
    return app


def _html(gr, name: str, *, value: str = "", script: str | None = None, server: tuple = ()):
    """A place for HTML of ours. Its template substitutes the value and no more: text put into the template itself would be run."""
    return gr.HTML(value, html_template="${value}", js_on_load=script, apply_default_css=False, elem_id=name, server_functions=list(server))


# ---- asking


def _ask_tab(gr, page: Page, ticket) -> dict:
    def save(wanted: dict) -> dict:
        """The file that keeps a conversation: {"ticket", "format"} in, {"name", "text"} out, "error" where there is none."""
        try:
            name, written = page.talk.save(str(wanted.get("ticket")), str(wanted.get("format")))
        except QAError as error:
            return {"error": error.message}
        return {"name": name, "text": written}

    talk = _html(gr, "qa-conversation", script='qaPage.conversation(element, trigger, watch, server, ["retry", "edit", "keep", "timeline"])',
                 server=(save,))
    welcome = _html(gr, "qa-welcome", script="qaPage.welcome(element, trigger)")
    with gr.Column(elem_id="qa-composer"):
        with gr.Row(elem_id="qa-line"):
            question = gr.Textbox(label="Question", placeholder="Ask a question", show_label=False, container=False, lines=1, max_lines=6,
                                  max_length=QUESTION_LENGTH, scale=1, autofocus=True, elem_id="qa-question", min_width=0)
            ask = gr.Button("Ask", variant="primary", scale=0, min_width=84, elem_id="qa-ask")
            stop = gr.Button("Stop", variant="stop", scale=0, min_width=84, elem_id="qa-stop")
            clear = gr.Button("New", scale=0, min_width=84, elem_id="qa-clear")
        with gr.Accordion("Search only some documents", open=False, elem_id="qa-filters"), gr.Row():
            documents = gr.Dropdown([], label="Documents (none chosen: all)", multiselect=True, scale=2, min_width=200)
            since = gr.Textbox(label="Published from", placeholder="2024-03", max_lines=1, scale=1, min_width=140)
            until = gr.Textbox(label="Published until", placeholder="2024-06-30", max_lines=1, scale=1, min_width=140)
    parts = {"conversation": talk, "welcome": welcome, "documents": documents, "question": question}
    _wire_asking(gr, page, parts, inputs=[ticket, question, documents, since, until], buttons=(ask, stop, clear))
    return parts


def _wire_asking(gr, page: Page, parts: dict, *, inputs: list, buttons: tuple) -> None:
    ask, stop, clear = buttons
    ticket, question, talk = inputs[0], inputs[1], parts["conversation"]
    limits = {"concurrency_limit": ANSWERS_AT_ONCE, "concurrency_id": "answers", "js": TICKET_FIRST}
    of_tab = {"js": TICKET_FIRST, **QUIET}

    def run(ticket: str, typed: str, *others):
        cleared = "" if typed.strip() else gr.skip()  # once; later steps leave alone what is typed meanwhile
        for shown in page.ask(ticket, typed, *others):
            yield shown, cleared
            cleared = gr.skip()

    def picked(event: gr.EventData) -> str:
        return str(event.question)

    gr.on([question.submit, ask.click], run, inputs, [talk, question], **limits, **QUIET)
    parts["welcome"].select(picked, None, question, **QUIET).then(run, inputs, [talk, question], **limits, **QUIET)
    talk.retry(page.talk.retry, ticket, talk, **limits, **QUIET)
    talk.edit(page.talk.edit, ticket, [question, talk], **of_tab)
    talk.keep(lambda ticket: ("", page.talk.keep(ticket)), ticket, [question, talk], **of_tab)
    stop.click(page.talk.stop, ticket, None, **of_tab)
    clear.click(page.talk.clear, ticket, None, **of_tab).then(page.talk.shown, ticket, talk, **of_tab)


def _wire_conversation(page: Page, app, ticket, talk) -> None:
    """A tab that is loaded again gets its conversation back, and follows an answer that is still in the making."""
    loaded = app.load(page.talk.shown, ticket, talk, js="() => [qaPage.ticket()]", **QUIET)
    loaded.then(None, None, None, js="() => qaPage.drawn()")
    loaded.then(page.talk.followed, ticket, talk, js=TICKET_FIRST, **QUIET)


# ---- documents


def _documents_tab(gr, page: Page) -> dict:
    files = gr.File(label=f"Add documents (up to {page.upload_mb()} MB each)", file_count="multiple", height=150, elem_id="qa-upload")
    report = _html(gr, "qa-report")
    table = _html(gr, "qa-documents", script='qaPage.table(element, trigger, ["correct"])')
    return {"files": files, "report": report, "table": table}


def _wire_documents(gr, page: Page, app, talk: dict, listed: dict) -> None:
    shown = [listed["table"], talk["documents"], talk["welcome"]]

    def overview() -> tuple:
        table, names, welcome = page.overview()
        return table, gr.update(choices=names), welcome

    def add(files: list[str] | None):
        for report in page.add(files or []):
            yield report, gr.skip()
        yield report, None

    def remove(event: gr.EventData) -> str:
        return page.remove(event.name)

    def correct(event: gr.EventData) -> str:
        return page.correct(event.name, event.title, event.published)

    writing = {"concurrency_limit": 1, "concurrency_id": "writing"}  # one writer at a time; the others wait here and not for the lock
    added = listed["files"].upload(add, listed["files"], [listed["report"], listed["files"]], **writing, **QUIET)
    removed = listed["table"].delete(remove, None, listed["report"], **writing, **QUIET)
    corrected = listed["table"].correct(correct, None, listed["report"], **writing, **QUIET)
    for event in (app.load(lambda: "", None, listed["report"], **QUIET), added, removed, corrected):
        event.then(overview, None, shown, **QUIET).then(page.suggested, None, talk["welcome"], concurrency_limit=1, **QUIET)


def _wire_panel(gr, page: Page, ticket, panel, sources: tuple) -> None:
    def opened(ticket: str, event: gr.EventData) -> str:
        return page.opened(ticket, event.document, event.start, event.end)

    for source in sources:
        source.select(opened, ticket, panel, trigger_mode="always_last", js=TICKET_FIRST, **QUIET)


# ---- timeline and evals


def _timeline_tab(gr, page: Page, talk):
    with gr.Row(elem_id="qa-topic-line"):
        topic = gr.Textbox(label="Topic", placeholder="A topic: a name, a place, an event", show_label=False, container=False,
                           max_length=QUESTION_LENGTH, scale=1, elem_id="qa-topic", min_width=0)
        show = gr.Button("Show", variant="primary", scale=0, min_width=84)
    times = _html(gr, "qa-times", value="<p class='qa-empty'>What the documents date about a topic, in the order of time.</p>",
                  script="qaPage.places(element, trigger)")

    def drawn(topic: str):
        yield '<p class="qa-note" role="status">Looking for dates …</p>'
        yield page.timeline(topic)

    def of_answer(event: gr.EventData) -> str:
        return str(event.topic)

    gr.on([topic.submit, show.click], drawn, topic, times, **QUIET)
    talk.timeline(of_answer, None, topic, **QUIET).then(drawn, topic, times, **QUIET)
    return times


def _evals_tab(gr, page: Page) -> None:
    from qa.web_page.evaluating import case_files

    running = gr.State(None)
    _html(gr, "qa-evals-about", value="<p class='qa-note'>Questions with known answers are put to the assistant over the documents here, and "
                                      "what it cites is compared with the places that answer.</p>")
    with gr.Row(elem_id="qa-evals-line"):
        cases = gr.Dropdown(case_files(), label="Cases that come with the program", scale=2, min_width=200)
        corpus = gr.Textbox("digests", label="Documents they are about", max_lines=1, scale=1, min_width=140)
    with gr.Accordion("Cases of your own", open=False, elem_id="qa-own-cases"):
        own = gr.File(label="A file of JSON lines; it is taken instead of the one above", file_types=[".jsonl"], height=140)
    with gr.Row(elem_id="qa-evals-buttons"):
        run = gr.Button("Run", variant="primary", scale=0, min_width=84, elem_id="qa-run")
        stop = gr.Button("Stop", scale=0, min_width=84)
    shown = _html(gr, "qa-evals", script="qaPage.evals(element)")

    def evaluate(chosen: str | None, uploaded: str | None, corpus: str):
        stopping = threading.Event()
        for html in page.evaluate(chosen, uploaded, corpus, stopping):
            yield html, stopping

    run.click(evaluate, [cases, own, corpus], [shown, running], concurrency_limit=1, concurrency_id="evals", **QUIET)
    stop.click(lambda stopping: stopping.set() if stopping else None, running, None, **QUIET)


def _wire_api(gr, page: Page) -> None:
    # gradio shows the defaults to callers and hands over copies read from JSON, so that they are lists does no harm
    def ask(question: str, history: list[dict] = [], documents: list[str] = [], outlets: list[str] = [],  # noqa: B006
            since: str = "", until: str = "") -> dict:
        """The answer to a question, as the JSON of the Python API. `history` are turns {"role", "text"}."""
        return page.ask_json(question, history, documents, outlets, since, until)

    gr.api(ask, api_name="ask", concurrency_limit=ANSWERS_AT_ONCE, concurrency_id="answers")
