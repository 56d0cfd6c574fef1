"""First questions for a library, made from its own documents and kept only when they are answered."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from qa.language.names import find_names
from qa.library import Library
from qa.records import Answer, Document
from qa.web_page.escaping import flat

SHOWN, TRIED = 4, 10
"""How many questions are offered, and how many are asked at most to find them."""
READ = 20_000
"""How many characters of a document are looked through for names."""
_ADJECTIVE = re.compile(r"\S*(?:ian|ish|ese|can|[a-z]i)s?")
"""The shape of "Norwegian" and "Israeli": such a question would read "about Norwegian"."""


def suggestions(library: Library, ask: Callable[[str], Answer]) -> list[str]:
    """At most SHOWN questions, each of which the library answers, as `ask` finds; at most one in a row about the same document."""
    tried, found, seen = 0, [], set()
    for question, key in _questions(library.documents()[: TRIED * 2]):
        if len(found) == SHOWN or tried == TRIED:
            break
        if key in seen:
            continue
        tried += 1
        if ask(question).statements:
            found.append(question)
            seen.add(key)
    return found


def _questions(documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    """Questions and what each is about, a round through the documents for the most frequent name of each, then the next most."""
    names = [(document, _names(document)) for document in documents]
    for rank in range(4):
        for document, ranked in names:
            if rank < len(ranked):
                yield f"What does “{flat(document.title or document.name)}” say about {ranked[rank]}?", ranked[rank]


def _names(document: Document) -> list[str]:
    """The names in the document's content, most frequent first, those of its own title and outlet left out."""
    skipped = document.skipped
    own = f"{document.title} {document.outlet} {document.author}".lower()
    counts: Counter[str] = Counter()
    for name in find_names(document.text[:READ]):
        inside = any(start <= name.start < end for start, end in skipped)
        if not inside and "\n" not in name.core and name.core.lower() not in own and not _ADJECTIVE.fullmatch(name.core):
            counts[name.core] += 1
    return [name for name, _ in counts.most_common(4)]
