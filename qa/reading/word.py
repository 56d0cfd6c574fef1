"""Word documents (DOCX): paragraphs, tables, lists and notes in reading order."""

from qa.errors import UnreadableDocument
from qa.reading.archive import Archive, parse_xml
from qa.reading.facts import Extracted, Facts, as_line
from qa.reading.plain import described

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: the old format, or a new one with a password
_GONE = frozenset(("del", "moveFrom", "instrText", "delText", "fldData"))
_NO_AUTHOR = frozenset(("python-docx", "user", "admin", "administrator", "microsoft office user"))
_HINT = "Open it in Word and save it again as .docx."


def read_word(data: bytes, name: str, *, limit: int) -> Extracted:
    """The text, paragraphs apart by an empty line, the cells of a table's row divided by " | ", notes at the end.

    Text inserted by a tracked change is in, deleted and hidden text is not. Title and author come from the document's
    properties; their dates say when the file was made and changed, and are not taken for the date of publication.
    `limit` is the most bytes it may unpack to. Raises UnreadableDocument for broken and encrypted files.
    """
    if data.startswith(_OLD_WORD):
        raise UnreadableDocument(
            f"{name} is protected by a password or in Word's old format", "Open it in Word and save it as .docx without a password."
        )
    archive = Archive(data, name, limit=limit)
    main = _main_part(archive, name)
    body = _local(parse_xml(archive.read(main), name, main))
    paragraphs = _paragraphs(body)
    folder = main.rpartition("/")[0]
    for part in ("footnotes.xml", "endnotes.xml"):
        if (member := f"{folder}/{part}") in archive:
            paragraphs += _paragraphs(_local(parse_xml(archive.read(member), name, member)))
    return described("\n\n".join(paragraphs), _facts(archive, name))


def _main_part(archive: Archive, name: str) -> str:
    if "_rels/.rels" in archive:
        for relation in parse_xml(archive.read("_rels/.rels"), name, "_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
    if "word/document.xml" in archive:
        return "word/document.xml"
    raise UnreadableDocument(f"{name} is not a Word document: it has no main part", _HINT)


def _local(root):
    """The tree, with the strict format's namespace replaced by the usual one."""
    if root.tag.startswith(_STRICT):
        for element in root.iter(f"{_STRICT}*"):
            element.tag = _W + element.tag.removeprefix(_STRICT)
    return root


def _paragraphs(root) -> list[str]:
    """The paragraphs and table rows under `root`, in order, empty ones left out."""
    found = []
    rows: dict = {}  # table row -> its place in `found`
    for paragraph in root.iter(f"{_W}p"):
        if _dropped(paragraph):
            continue
        text = _text(paragraph)
        row = _outermost(paragraph, f"{_W}tr")
        if row is None:
            found.append(text)
            continue
        if row not in rows:
            rows[row] = len(found)
            found.append({})
        if text:
            found[rows[row]].setdefault(_cell(paragraph, row), []).append(text)
    lines = (" | ".join(" ".join(cell) for cell in item.values()) if isinstance(item, dict) else item for item in found)
    return [line for line in lines if line]


def _text(paragraph) -> str:
    parts = []
    for element in paragraph.iter():
        if not isinstance(element.tag, str) or _nearest_paragraph(element) is not paragraph:
            continue
        tag = element.tag.removeprefix(_W)
        if tag == "t" and element.text and not _dropped(element):
            parts.append(element.text)
        elif tag == "tab" and element.getparent().tag == f"{_W}r":
            parts.append("\t")
        elif tag in ("br", "cr") and not _dropped(element):
            parts.append("\n")
        elif tag == "noBreakHyphen":
            parts.append("-")
    return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n")).strip()


def _nearest_paragraph(element):
    return next(element.iterancestors(f"{_W}p"), None)


def _dropped(element) -> bool:
    """Deleted, moved away, hidden, or the second copy of a text box for old programs."""
    for around in element.iterancestors():
        local = around.tag.rpartition("}")[2]
        if local in _GONE or local == "Fallback":
            return True
        if (
            local == "r"
            and (hidden := around.find(f"{_W}rPr/{_W}vanish")) is not None
            and hidden.get(f"{_W}val", "1") not in ("0", "false")
        ):
            return True
        if local in ("footnote", "endnote") and around.get(f"{_W}type", "normal") != "normal":
            return True
    return False


def _outermost(element, tag: str):
    around = list(element.iterancestors(tag))
    return around[-1] if around else None


def _cell(paragraph, row):
    """The cell of `row` that the paragraph lies in."""
    return next((cell for cell in paragraph.iterancestors(f"{_W}tc") if cell.getparent() is row or _outermost(cell, f"{_W}tr") is row), row)


def _facts(archive: Archive, name: str) -> Facts:
    if "docProps/core.xml" not in archive:
        return Facts()
    core = parse_xml(archive.read("docProps/core.xml"), name, "docProps/core.xml")
    title, author = (as_line(core.findtext(f"{_DC}{field}") or "") for field in ("title", "creator"))
    return Facts(
        title="" if title.lower() in ("word document", "document") else title, author="" if author.lower() in _NO_AUTHOR else author
    )
