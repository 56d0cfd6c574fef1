"""Shared by all tests: no network but loopback, no state outside the test's folder."""

import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
_LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Any connection that leaves the machine fails the test that made it."""
    real = socket.socket.connect

    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(_LOOPBACK):
            raise AssertionError(f"a test tried to reach {address}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def own_folders(monkeypatch, tmp_path_factory):
    """The user's data folder is a new one for every test; the cache is shared by the run, so that weights are verified once."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
    monkeypatch.setenv("QA_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in ("QA_LIBRARY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def assistant_over(tmp_path_factory):
    """Opens an assistant over texts by file name, with static vectors; its library is closed when the module's tests are done."""
    from qa.assistant import Assistant
    from qa.library import Library
    from qa.settings import Settings

    opened = []

    def over(documents):
        folder = tmp_path_factory.mktemp("documents")
        for name, text in documents.items():
            (folder / name).write_text(text, encoding="utf-8")
        opened.append(Library(folder / "library", Settings(embedding="static")))
        opened[-1].add([folder / name for name in documents])
        return Assistant(opened[-1])

    yield over
    for library in opened:
        library.close()


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def articles() -> Path:
    """The five original articles, where the machine has them."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the original articles are not on this machine")
    return SHARED / "seeds"


@pytest.fixture
def page(tmp_path):
    """The web page's actions over the three documents of `web_helpers`."""
    from web_helpers import make_library

    from qa.assistant import Assistant
    from qa.web_page.handlers import Page

    with make_library(tmp_path) as library:
        yield Page(Assistant(library))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """(address, assistant) of a page over the three documents of `web_helpers`."""
    from web_helpers import serving

    with serving(tmp_path_factory.mktemp("page")) as served:
        yield served


@pytest.fixture(scope="module")
def browser():
    from browsing import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(browser, served, request):
    """Opens the page as a new person: see `browsing.visiting`. Screenshots are kept in `artefacts/`."""
    from browsing import visiting

    with visiting(browser, served[0], ROOT / "artefacts" / request.node.name) as visit:
        yield visit
