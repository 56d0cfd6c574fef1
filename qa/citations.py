"""Citations: exact spans, resolving and verifying quotes. Pure."""

import re

from qa.records import Citation, Document

_SAME = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛‹›", "'") | dict.fromkeys("‐‑‒–—―−", "-"))


def cite(document: Document, start: int, end: int, *, marker: int, page: int | None = None) -> Citation:
    """The citation of `document.text[start:end]`, verified by construction.

    Raises ValueError for a span that is empty or outside the text.
    """
    if not 0 <= start < end <= len(document.text):
        raise ValueError(f"span {start}:{end} is not in {document.name!r} of {len(document.text)} characters")
    return Citation(
        marker=marker, document=document.id, name=document.name, source=document.source, start=start, end=end,
        quote=document.text[start:end], verified=True, title=document.title, outlet=document.outlet,
        published=document.published, published_precision=document.published_precision, page=page,
        kind=document.kind,
    )


def verify(citation: Citation, document: Document | None) -> bool:
    """Whether the document still has the quote at the very place the citation names."""
    if document is None or document.id != citation.document or not 0 <= citation.start < citation.end:
        return False
    return document.text[citation.start : citation.end] == citation.quote


def resolve(quote: str, text: str) -> tuple[int, int] | None:
    """Where `quote` stands in `text`, the shape of quotation marks, dashes and the amount of white space aside; None if it does not.

    The first place where whole words and numbers stand: "24 hurt" is not in "124 hurt" or "3,24 hurt".
    Nothing is matched approximately: a wrong highlight is worse than none.
    """
    words = quote.translate(_SAME).split()
    if not words:
        return None
    pattern = r"\s+".join(re.escape(word) for word in words)
    found = re.search(_border_before(words[0][0]) + pattern + _border_after(words[-1][-1]), text.translate(_SAME))
    return found.span() if found else None


def _border_before(first: str) -> str:
    """No word and no number may begin further left."""
    return r"(?<!\w)(?<!\d[.,])" if first.isdigit() else r"(?<!\w)" if re.match(r"\w", first) else ""


def _border_after(last: str) -> str:
    return r"(?!\w)(?![.,]\d)" if last.isdigit() else r"(?!\w)" if re.match(r"\w", last) else ""


def page_of(document: Document, offset: int) -> int | None:
    """The page, from 1, that `offset` lies on; None for a document without pages."""
    return sum(1 for start in document.page_starts if start <= offset) or None
