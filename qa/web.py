"""The web app: components and wiring. What an action does is in `qa/web_page/handlers.py`, what is shown beside it."""

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import SettingsError
from qa.web_page.answers import conversation
from qa.web_page.handlers import QUESTION_LENGTH, Page, failed, read_filters, stopped

if TYPE_CHECKING:  # gradio takes seconds to import, and `qa --help` has none
    import gradio as gr

    from qa.assistant import Assistant

FILES = Path(__file__).parent / "web_page"
ANSWERS_AT_ONCE, OTHERS_AT_ONCE, WAITING = 4, 16, 500
"""How many answers, and how many of the small actions, run side by side, and how many may wait in the queue."""
FONTS = ["ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Liberation Sans", "Arial", "sans-serif"]
QUIET = {"api_visibility": "private", "show_progress": "hidden"}


def serve(assistant: "Assistant", *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serves the page until interrupted. Raises SettingsError when the address cannot be had."""
    app = start(assistant, host=host, port=port)
    print(f"Open http://{host}:{port} (Ctrl+C ends it)", flush=True)
    app.block_thread()


def start(assistant: "Assistant", *, host: str = "127.0.0.1", port: int = 7860) -> "gr.Blocks":
    """Serves the page from threads of its own and comes back once it answers; `close()` ends it. Raises SettingsError."""
    app = build_app(assistant)
    import gradio as gr

    try:
        app.queue(default_concurrency_limit=OTHERS_AT_ONCE, max_size=WAITING, api_open=False).launch(
            server_name=host, server_port=port, share=False, prevent_thread_lock=True, quiet=True, ssr_mode=False, run_history=False,
            enable_monitoring=False, footer_links=[], max_file_size=f"{Page(assistant).upload_mb()}mb",
            theme=gr.themes.Base(primary_hue="slate", neutral_hue="slate", font=FONTS, font_mono=["ui-monospace", "monospace"]),
            css_paths=[FILES / "style.css"], head=f"<script>{(FILES / 'script.js').read_text(encoding='utf-8')}</script>")
    except OSError as error:
        hint = f"It may be in use: choose another, such as --port {port + 1}."
        raise SettingsError(f"{host}:{port} cannot be listened on", hint) from error
    threading.Thread(target=assistant.library.embedder, daemon=True).start()  # loaded by the time the first question is typed
    return app


def build_app(assistant: "Assistant") -> "gr.Blocks":
    """The page as a gradio app that nobody serves yet; `start` sets the queue and its limits."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
    import gradio as gr

    page = Page(assistant)
    with gr.Blocks(title="Who says so", analytics_enabled=False, fill_width=True) as app:
        _html(gr, "qa-top", value="<h1>Who says so</h1><p>Answers from your documents: quoted, attributed, dated.</p>")
        with gr.Row(elem_id="qa-main", equal_height=False):
            with gr.Column(elem_id="qa-left", min_width=0), gr.Tabs(elem_id="qa-tabs"):
                with gr.Tab("Ask"):
                    talk = _ask_tab(gr, page)
                with gr.Tab("Documents"):
                    listed = _documents_tab(gr, page)
            with gr.Column(elem_id="qa-side", min_width=0):
                panel = _html(gr, "qa-reader", script="qaPage.reader(element, props, watch)")
        _wire_panel(gr, page, panel, (talk["conversation"], listed["table"]))
        _wire_documents(gr, page, app, talk, listed)
        _wire_api(gr, page)
    return app


def _html(gr, name: str, *, value: str = "", script: str | None = None):
    """A place for HTML of ours. Its template substitutes the value and no more: text put into the template itself would be run."""
    return gr.HTML(value, html_template="${value}", js_on_load=script, apply_default_css=False, elem_id=name)


def _ask_tab(gr, page: Page) -> dict:
    talk = _html(gr, "qa-conversation", script="qaPage.conversation(element, trigger, watch)")
    welcome = _html(gr, "qa-welcome", script="qaPage.welcome(element, trigger)")
    with gr.Column(elem_id="qa-composer"):
        with gr.Row(elem_id="qa-line"):
            question = gr.Textbox(label="Question", placeholder="Ask a question", show_label=False, container=False, lines=1, max_lines=6,
                                  max_length=QUESTION_LENGTH, scale=1, autofocus=True, elem_id="qa-question", min_width=0)
            ask = gr.Button("Ask", variant="primary", scale=0, min_width=84, elem_id="qa-ask")
            stop = gr.Button("Stop", variant="stop", scale=0, min_width=84, visible=False, elem_id="qa-stop")
            clear = gr.Button("Clear", scale=0, min_width=84, visible=False, elem_id="qa-clear")
        with gr.Accordion("Search only some documents", open=False, elem_id="qa-filters"), gr.Row():
            documents = gr.Dropdown([], label="Documents (none chosen: all)", multiselect=True, scale=2, min_width=200)
            since = gr.Textbox(label="Published from", placeholder="2024, 2024-03 or 2024-03-15", scale=1, min_width=140)
            until = gr.Textbox(label="Published until", placeholder="2024-06", scale=1, min_width=140)
    parts = {"conversation": talk, "welcome": welcome, "documents": documents}
    _wire_asking(gr, page, parts, question=question, filters=[documents, since, until], buttons=(ask, stop, clear))
    return parts


def _wire_asking(gr, page: Page, parts: dict, *, question, filters: list, buttons: tuple) -> None:
    ask, stop, clear = buttons
    exchanges, given_up = gr.State(()), gr.State(None)
    shown = [question, exchanges, given_up, parts["conversation"], parts["welcome"], ask, stop, clear]

    def show(typed: str, turns: tuple, running: threading.Event | None = None) -> tuple:
        visible = (not turns, running is None, running is not None, running is None and bool(turns))
        return typed, turns, running, conversation(turns), *(gr.update(visible=is_so) for is_so in visible)

    def run(typed: str, turns: tuple, names: list[str], since: str, until: str):
        if not typed.strip():
            yield show(typed, turns)
            return
        try:
            chosen = read_filters(names, since, until)
        except SettingsError as error:
            yield show(typed, (*turns, failed(typed, error)))
            return
        stopping = threading.Event()  # gradio's own cancelling closes a generator that is at work, which fails: so it is asked to end
        for step in page.answer(typed, turns, chosen):
            if stopping.is_set():
                break
            turns = step
            yield show("", turns, stopping)
        yield show("", stopped(turns))

    def picked(event: gr.EventData) -> str:
        return str(event.question)

    def give_up(stopping: threading.Event | None) -> None:
        if stopping:
            stopping.set()

    limits = {"concurrency_limit": ANSWERS_AT_ONCE, "concurrency_id": "answers"}
    inputs = [question, exchanges, *filters]
    gr.on([question.submit, ask.click], run, inputs, shown, **limits, **QUIET)
    parts["welcome"].select(picked, None, question, **QUIET).then(run, inputs, shown, **limits, **QUIET)
    stop.click(give_up, given_up, None, **QUIET)
    clear.click(lambda: show("", ()), None, shown, **QUIET)


def _documents_tab(gr, page: Page) -> dict:
    files = gr.File(label=f"Add documents (up to {page.upload_mb()} MB each)", file_count="multiple", height=150, elem_id="qa-upload")
    report = _html(gr, "qa-report")
    table = _html(gr, "qa-documents", script="qaPage.table(element, trigger)")
    return {"files": files, "report": report, "table": table}


def _wire_documents(gr, page: Page, app, talk: dict, listed: dict) -> None:
    shown = [listed["table"], talk["documents"], talk["welcome"]]

    def overview() -> tuple:
        table, names, welcome = page.overview()
        return table, gr.update(choices=names), welcome

    def add(files: list[str] | None):
        for report in page.add(files or []):
            yield report, gr.update()
        yield report, None

    def remove(event: gr.EventData) -> str:
        return page.remove(event.name)

    writing = {"concurrency_limit": 1, "concurrency_id": "writing"}  # the library's lock does not hold threads of one process apart
    added = listed["files"].upload(add, listed["files"], [listed["report"], listed["files"]], **writing, **QUIET)
    removed = listed["table"].delete(remove, None, listed["report"], **writing, **QUIET)
    for event in (app.load(lambda: "", None, listed["report"], **QUIET), added, removed):
        event.then(overview, None, shown, **QUIET).then(page.suggested, None, talk["welcome"], concurrency_limit=1, **QUIET)


def _wire_panel(gr, page: Page, panel, sources: tuple) -> None:
    def opened(event: gr.EventData) -> str:
        return page.opened(event.document, event.start, event.end)

    for source in sources:
        source.select(opened, None, panel, trigger_mode="always_last", **QUIET)


def _wire_api(gr, page: Page) -> None:
    # gradio shows the defaults to callers and hands over copies read from JSON, so that they are lists does no harm
    def ask(question: str, history: list[dict] = [], documents: list[str] = [], outlets: list[str] = [],  # noqa: B006
            since: str = "", until: str = "") -> dict:
        """The answer to a question, as the JSON of the Python API. `history` are turns {"role", "text"}."""
        return page.ask_json(question, history, documents, outlets, since, until)

    gr.api(ask, api_name="ask", concurrency_limit=ANSWERS_AT_ONCE, concurrency_id="answers")
