"""Takes the screenshots of the README, and with --all every part of the page in every size and theme for looking at.

    python docs/screenshots.py                 docs/images/*.png
    python docs/screenshots.py --all FOLDER    each part at 1440 × 900, 1024 × 768 and 390 × 844, light and dark

Needs Debian's chromium. The documents are those of `seeds/` and `docs/example/`.
"""

import argparse
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from qa import open_assistant, open_library
from qa.web import start

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
SIZES = [(1440, 900), (1024, 768), (390, 844)]
DIFFER, SAID, NOBODY = ("How many people were injured in the ferry accident?",
                        "How many US soldiers were wounded in the attacks on American bases?", "Who invented the steam locomotive in Cornwall?")


def ask(page: Page, question: str) -> None:
    """Asks and waits for the whole answer."""
    page.locator("#qa-question textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator(".qa-exchange", has_text=question).last.locator(".qa-actions").first.wait_for()


def start_screen(page: Page) -> None:
    page.locator(".qa-suggestion").first.wait_for()


def disagreement(page: Page) -> None:
    ask(page, DIFFER)


def reading(page: Page) -> None:
    ask(page, SAID)
    page.locator(".qa-exchange").last.locator(".qa-chip").first.click()
    page.locator(".qa-reader mark").wait_for()


def nothing(page: Page) -> None:
    ask(page, NOBODY)


def documents(page: Page) -> None:
    page.get_by_role("tab", name="Documents", exact=True).click()
    page.locator(".qa-correct").first.click()


def timeline(page: Page) -> None:
    page.get_by_role("tab", name="Timeline", exact=True).click()
    page.locator("#qa-topic").locator("textarea, input").first.fill("attacks by Iraqi groups")
    page.keyboard.press("Enter")
    page.locator(".qa-timeline").wait_for(timeout=120_000)


def evals(page: Page) -> None:
    page.get_by_role("tab", name="Evals", exact=True).click()


PARTS: list[Callable[[Page], None]] = [start_screen, disagreement, reading, nothing, documents, timeline, evals]
README: list[tuple[Callable[[Page], None], tuple[int, int], str]] = [
    (disagreement, (1100, 700), "light"), (reading, (1280, 720), "light"), (timeline, (1100, 700), "dark")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--all", metavar="FOLDER", type=Path, help="every part in every size and theme, into this folder")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    folder = options.all or ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [(part, size, scheme) for size in SIZES for scheme in ("light", "dark") for part in PARTS] if options.all else README
    with tempfile.TemporaryDirectory(prefix="qa-screenshots-") as library_folder, open_library(library_folder) as library:
        library.add(ROOT / "seeds", ROOT / "docs" / "example")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        app = start(open_assistant(library), port=port)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=options.chromium, args=FLAGS)
                for part, (width, height), scheme in wanted:
                    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
                    page = context.new_page()
                    page.goto(app.local_url)
                    page.locator("#qa-welcome h2").wait_for()
                    part(page)
                    page.wait_for_timeout(400)
                    name = f"{width}-{scheme}-{part.__name__}.png" if options.all else f"{part.__name__}.png"
                    page.screenshot(path=folder / name)
                    context.close()
                browser.close()
        finally:
            app.close()


if __name__ == "__main__":
    main()
