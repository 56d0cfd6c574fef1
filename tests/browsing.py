"""What the tests in a real browser share."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run"]
needs_chromium = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium: apt-get install -y chromium")]



def at_once(wanted: str, action: str) -> str:
    """A script for `visit(before=)`: does `action` as soon as what the selector `wanted` names was painted for the first time, once for each
    load. Nobody can press what was not painted yet."""
    return f"""new MutationObserver((_, watching) => {{
        const found = document.querySelector({wanted!r});
        if (!found || window.done) return;
        window.done = true;
        watching.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => {{ {action} }}));
    }}).observe(document, {{ childList: true, subtree: true }});"""


@contextlib.contextmanager
def chromium() -> Iterator:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def visiting(browser, home: str, keep: Path | None = None) -> Iterator[Callable]:
    """visit(address, width=, height=, scheme=, before=) opens the page as a new person; `before` is a script that runs before the page's
    own. A load from elsewhere, a dialog or an error in the page fails the test. What each page shows at the end is kept as a picture in
    the folder `keep`."""
    contexts, faults = [], []

    def visit(address="", *, width=1280, height=800, scheme="light", before=""):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce",
                                      permissions=["clipboard-read", "clipboard-write"])
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        if before:
            page.add_init_script(before)
        own = (address or home, "data:", "blob:", "about:srcdoc")
        page.on("request", lambda request: None if request.url.startswith(own) else faults.append(f"loaded {request.url}"))
        page.on("pageerror", lambda error: faults.append(f"error {error}"))
        page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(address or home)
        if not before:
            page.locator("#qa-welcome h2").wait_for()
        return page

    yield visit
    for number, context in enumerate(contexts, 1):
        if keep and context.pages:
            context.pages[0].screenshot(path=keep / f"{number}.png")
        context.close()
    assert not faults


def ask(page, question: str):
    """Types the question, waits for its whole answer, and gives back its part of the conversation."""
    page.locator("#qa-question textarea").fill(question)
    page.keyboard.press("Enter")
    exchange = page.locator(".qa-exchange").filter(has=page.get_by_role("heading", name=question, exact=True)).last
    exchange.locator(".qa-statements, .qa-nothing").first.wait_for()
    page.locator("#qa-ask").wait_for()
    return exchange


def tab(page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
