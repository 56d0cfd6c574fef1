"""PDF: the text of each page, lines joined to paragraphs, running headers and page numbers left out."""

import io
import re
import struct
import zlib
from collections import Counter

from qa.errors import UnreadableDocument
from qa.reading.facts import Extracted, Facts, as_line
from qa.reading.plain import described

_HINT = "Open it in a PDF program and save it again, or save it as text."
_NO_TITLE = re.compile(
    r"(?:untitled|microsoft word|powerpoint|slide \d|document\d*$|doc\d*$)|.*\.(?:docx?|pdf|indd|qxd|tex|dvi|rtf|odt|pptx?|xlsx?)$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:page\s+)?(?P<number>\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;…][\"”’)\]]*$")
_NEW_PARAGRAPH = re.compile(r"(?:[-•*–▪◦]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_HYPHENATED = re.compile(r"[^\W\d_]{2}[-\u2010\u00ad]$")
SHORT_LINE = 0.75  # of the page's full line: what ends before it ends a paragraph
MIN_REPEATS = 3


def read_pdf(data: bytes, name: str) -> Extracted:
    """The pages' text, apart by an empty line unless a sentence runs on; `page_starts` has one offset a page.

    Title and author come from the file's own fields. Its creation date is that of the file, often years after the
    text: it is never taken for the date of publication, and a date at the top of the text is.
    Raises UnreadableDocument where it is encrypted, broken, or has no text (a scan).
    """
    pages, facts = _pages(data, name)
    if not any(page.strip() for page in pages):
        raise UnreadableDocument(
            f"{name} has {len(pages)} pages and no text, as scanned pages have", "Run text recognition (OCR) on it first."
        )
    text, starts = _joined([_paragraphs(lines) for lines in _without_running_lines([page.splitlines() for page in pages])])
    return described(text, facts, page_starts=starts)


def _pages(data: bytes, name: str) -> tuple[list[str], Facts]:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError, DeprecationError, FileNotDecryptedError, LimitReachedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports each repaired fault; what cannot be repaired is raised
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument(f"{name} is encrypted", "Remove its password and add it again.")
        facts = _facts(reader.metadata)
        return [_clean(page.extract_text()) for page in reader.pages], facts
    except (FileNotDecryptedError, DependencyError):  # the second: AES, for which pypdf asks for another package
        raise UnreadableDocument(f"{name} is encrypted", "Remove its password and add it again.") from None
    except LimitReachedError as error:
        raise UnreadableDocument(f"{name} unpacks to more than a document holds: {error}", _HINT) from None
    except RecursionError:
        raise UnreadableDocument(f"{name} is broken: its parts refer to each other without end", _HINT) from None
    except (
        PyPdfError,
        DeprecationError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        ArithmeticError,
        OSError,
        struct.error,
        zlib.error,
        NotImplementedError,
        AssertionError,
        MemoryError,
    ) as error:  # what pypdf lets through for broken files
        raise UnreadableDocument(f"{name} is broken or cut off: {error or type(error).__name__}", _HINT) from None


def _facts(fields) -> Facts:
    title = as_line(fields.title) if fields else ""
    return Facts(title="" if _NO_TITLE.match(title) else title, author=as_line(fields.author) if fields else "")


def _clean(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]", "", text).replace("\u00a0", " ")


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """The pages without page numbers and without first and last lines that most pages share.

    A number at a page's edge is its page number only if it counts up with the pages: it may be a figure of a table.
    """
    trimmed = [_without_empty_edges(lines) for lines in pages]
    for edge in (0, -1):
        offsets = Counter(number - place for place, lines in enumerate(trimmed) if (number := _number_at(lines, edge)) is not None)
        offset, count = offsets.most_common(1)[0] if offsets else (0, 0)
        if count >= 2 or (len(trimmed) == 1 and offset == 1):
            trimmed = [_cut(lines, edge) if _number_at(lines, edge) == place + offset else lines for place, lines in enumerate(trimmed)]
        shapes = Counter(_shape(lines[edge]) for lines in trimmed if lines)
        common = {shape for shape, count in shapes.items() if count >= MIN_REPEATS and count > len(pages) / 2}
        trimmed = [_cut(lines, edge) if lines and _shape(lines[edge]) in common else lines for lines in trimmed]
    return trimmed


def _number_at(lines: list[str], edge: int) -> int | None:
    """The page number that the first (0) or last (-1) line is; None where the page has one line or no number there."""
    found = _PAGE_NUMBER.fullmatch(lines[edge]) if len(lines) > 1 else None
    return int(found["number"]) if found else None


def _cut(lines: list[str], edge: int) -> list[str]:
    return _without_empty_edges(lines[1:] if edge == 0 else lines[:-1])


def _without_empty_edges(lines: list[str]) -> list[str]:
    return "\n".join(line.strip() for line in lines).strip("\n").split("\n") if any(line.strip() for line in lines) else []


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines joined where a paragraph runs on; a word divided at the line's end is made whole."""
    lengths = sorted(len(line) for line in lines if line)
    full = lengths[int(len(lengths) * 0.9)] if lengths else 0
    paragraphs: list[str] = []
    before = ""
    for line in lines:
        if line and before and not _ends_paragraph(before, line, full):
            paragraphs[-1] = _glued(paragraphs[-1], line)
        elif line:
            paragraphs.append(line)
        before = line
    return paragraphs


def _ends_paragraph(line: str, following: str, full: int) -> bool:
    if _NEW_PARAGRAPH.match(following):
        return True
    if len(line) >= SHORT_LINE * full or following[0].islower():
        return False
    return bool(_SENTENCE_END.search(line)) or not following[0].islower()


def _glued(text: str, line: str) -> str:
    if _HYPHENATED.search(text[-4:]) and line[0].islower():
        return text[:-1] + line
    return f"{text} {line}"


def _joined(pages: list[list[str]]) -> tuple[str, tuple[int, ...]]:
    text, starts = "", []
    parts: list[str] = []
    length = 0
    for paragraphs in pages:
        divider = ""
        if length and paragraphs:
            runs_on = not _SENTENCE_END.search(parts[-1]) and paragraphs[0][0].islower()
            divider = " " if runs_on else "\n\n"
        page = divider + "\n\n".join(paragraphs)
        starts.append(length + len(divider))
        parts.append(page)
        length += len(page)
        if not page:
            parts.pop()
    text = "".join(parts)
    return text, tuple(min(start, len(text)) for start in starts)
