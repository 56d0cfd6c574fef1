"""Shared by the tests of reading: a document from its content, and what of it is not skipped."""

from qa.reading import read_bytes


def read(content: str | bytes, filename: str = "a.md"):
    data = content if isinstance(content, bytes) else content.encode()
    return read_bytes(data, filename=filename, source=filename, max_mb=1)[0]


def content(document) -> str:
    """The document's text without its skipped spans."""
    position, parts = 0, []
    for start, end in document.skipped:
        parts.append(document.text[position:start])
        position = end
    return "".join([*parts, document.text[position:]])
