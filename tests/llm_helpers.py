"""Invented documents and a scripted model over them, shared by the tests of answers that a model writes."""

from contextlib import contextmanager
from pathlib import Path

from qa import open_assistant
from qa.library import Library
from qa.settings import Settings
from qa.testing import ModelServer, TinyEmbedder

BRIDGE = (
    "---\ntitle: The Halden bridge\npublished: 2031-05-04\noutlet: Halden Post\nkind: report\n---\n\n"
    "The Halden bridge closed on Friday. Mira Stolz, an engineer, said 14 cables were torn on the Halden bridge.\n\n"
    "Repairs of the Halden bridge will cost 3 million crowns, the council said. The old ferry is not running this year.\n")
INQUIRY = (
    "---\ntitle: Inquiry into the Halden bridge\npublished: 2031-08-12\nkind: report\n---\n\n"
    "The inquiry found that 19 cables were torn on the Halden bridge. Inspector Tomas Weil said the steel of the Halden bridge was old.\n")
BEES = "Beekeeper Jonas Wirth said 60 hives were lost in the Orla valley. The winter was long. Wirth sells honey in Brandt.\n"
DOCUMENTS = {"bees.txt": BEES, "bridge.md": BRIDGE, "inquiry.md": INQUIRY}
CABLES = "How many cables were torn on the Halden bridge?"
STOLZ = 'Mira Stolz said 14 cables were torn on the Halden bridge. [{bridge}] "said 14 cables were torn on the Halden bridge"'
INQUIRED = 'The inquiry found that 19 cables were torn. [{inquiry}] "The inquiry found that 19 cables were torn on the Halden bridge"'
COST = 'Repairs will cost 3 million crowns, the council said. [{bridge}] "will cost 3 million crowns, the council said"'


def library_of(folder: Path, documents: dict[str, str] = DOCUMENTS, **settings) -> Library:
    """A library in `folder` over documents given as texts by name."""
    source = folder / "documents"
    source.mkdir(parents=True)
    for name, text in documents.items():
        (source / name).write_text(text, encoding="utf-8")
    library = Library(folder / "library", Settings(**settings), embedder=TinyEmbedder())
    library.add(source)
    return library


def numbers(library: Library, question: str) -> dict[str, int]:
    """The number of the best passage of each document in the request for a question, by the document's name without its ending."""
    found: dict[str, int] = {}
    names = {document: name for document, name, _ in library.titles()}
    for number, hit in enumerate(library.search(question, library.settings.limit), 1):
        found.setdefault(names[hit.passage.document_id].split(".")[0], number)
    return found


@contextmanager
def asking(library: Library, script, **settings):
    """An assistant over the library with a scripted model, and its server."""
    chosen = Settings(**{"llm_seconds": 60.0, "llm_retries": 1, **settings})
    with ModelServer(script) as server:
        yield open_assistant(library, settings=chosen, llm=server.spec), server
