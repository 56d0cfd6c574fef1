"""EPUB books: the chapters in reading order, each read as a web page without a layout around it."""

import posixpath
from urllib.parse import unquote, urldefrag

from qa.errors import UnreadableDocument
from qa.reading.archive import Archive, parse_xml
from qa.reading.blocks import text_of
from qa.reading.dates import UNDATED, read_date
from qa.reading.facts import Extracted, Facts, as_line
from qa.reading.hidden import remove_hidden
from qa.reading.html import parse_html
from qa.reading.plain import described

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")  # obfuscated fonts, not locked text
_PAGES = ("application/xhtml+xml", "text/html")
_HINT = "Open it in a reader program and save it again."


def read_epub(data: bytes, name: str, *, limit: int) -> Extracted:
    """The text of all chapters, and title, author, publisher and publication date from the package file.

    `limit` is the most bytes it may unpack to. Raises UnreadableDocument for a broken book and one locked by DRM.
    """
    archive = Archive(data, name, limit=limit)
    _refuse_locked(archive, name)
    package_path = _package_path(archive, name)
    package = parse_xml(archive.read(package_path), name, package_path)
    chapters = []
    for member in _reading_order(package, package_path):
        if member not in archive:
            raise UnreadableDocument(f"{name} is broken: its chapter {member} is missing", _HINT)
        page = archive.read(member)
        if page.strip():
            root = parse_html(page, f"{name} ({member})")
            remove_hidden(root)
            body = root.find("body")
            chapters.append(text_of(body if body is not None else root))
    return described("\n\n".join(filter(None, chapters)), _facts(package))


def _refuse_locked(archive: Archive, name: str) -> None:
    if _ENCRYPTION not in archive:
        return
    for element in parse_xml(archive.read(_ENCRYPTION), name, _ENCRYPTION).iter("{*}EncryptionMethod"):
        if element.get("Algorithm") not in _FONTS:
            raise UnreadableDocument(f"{name} is locked by digital rights management", "Add a copy without it.")


def _package_path(archive: Archive, name: str) -> str:
    for element in parse_xml(archive.read(_CONTAINER), name, _CONTAINER).iter("{*}rootfile"):
        if element.get("full-path"):
            return element.get("full-path")
    raise UnreadableDocument(f"{name} is not an EPUB book: {_CONTAINER} names no package file", _HINT)


def _reading_order(package, package_path: str) -> list[str]:
    """The members that hold the book's pages, in order, its navigation page left out."""
    folder = posixpath.dirname(package_path)
    items = {item.get("id"): item for item in package.iterfind("{*}manifest/{*}item")}
    members = []
    for reference in package.iterfind("{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
            continue
        path = unquote(urldefrag(item.get("href") or "").url)
        members.append(posixpath.normpath(posixpath.join(folder, path)))
    return members


def _facts(package) -> Facts:
    def field(name: str) -> str:
        return next(
            (text for element in package.iterfind(f"{{*}}metadata/{{*}}{name}") if (text := as_line("".join(element.itertext())))), ""
        )

    authors = [as_line("".join(element.itertext())) for element in package.iterfind("{*}metadata/{*}creator")]
    published, precision = _published(package)
    return Facts(
        title=field("title"), outlet=field("publisher"), author=as_line(authors), published=published, published_precision=precision
    )


def _published(package):
    """The date marked as publication, else one with no mark; never one marked as creation or change of the file."""
    event = "{http://www.idpf.org/2007/opf}event"
    dates = package.findall("{*}metadata/{*}date")
    for wanted in ("publication", "original-publication", None):
        for element in dates:
            if element.get(event) == wanted and (dated := read_date(element.text or "")) is not UNDATED:
                return dated
    return UNDATED
