"""Web pages: the article, without menus, comment forms and text no reader sees."""

import re

from qa.errors import UnreadableDocument
from qa.reading.blocks import text_of
from qa.reading.boilerplate import trailing_boilerplate
from qa.reading.decoding import decode
from qa.reading.facts import Extracted
from qa.reading.hidden import remove_hidden, remove_surroundings
from qa.reading.html_facts import facts_of_page
from qa.reading.plain import described

_CHARSET = re.compile(rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,80}?encoding)\s*=\s*[\"']?\s*([\w:-]+)", re.IGNORECASE)
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
TOO_LITTLE, NEARLY_ALL, MUCH_MORE = 0.5, 0.9, 1.1  # of the text that stands in the page's own article element
MOST_ELEMENTS = 100_000  # trafilatura takes minutes over more


def read_html(data: bytes, name: str) -> Extracted:
    """The page's article as text and what its head says. Raises UnreadableDocument where there is no text in it."""
    root = parse_html(data, name)
    facts = facts_of_page(root)
    remove_hidden(root)
    remove_surroundings(root)
    text = _article(root)
    trailing = trailing_boilerplate(text)
    return described(text[: trailing[0]].rstrip() if trailing else text, facts)


def parse_html(data: bytes, name: str):
    """The root of the lxml tree. Raises UnreadableDocument for an empty page and one nested too deeply to be read whole."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = html.document_fromstring(_decoded(data, name).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(
            f"{name} is not a web page that can be read: {error}", "Open it in a browser and save it as text."
        ) from None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise UnreadableDocument(f"{name} is nested more than 2000 levels deep", "Open it in a browser and save it as text.")
    for element in root.iter():  # "&#1;" gives characters that lxml itself does not take back
        if element.text and _NOT_IN_XML.search(element.text):
            element.text = _NOT_IN_XML.sub(" ", element.text)
        if element.tail and _NOT_IN_XML.search(element.tail):
            element.tail = _NOT_IN_XML.sub(" ", element.tail)
    return root


def _decoded(data: bytes, name: str) -> str:
    """Text by byte order mark or UTF-8, else by the encoding the page declares, else as for plain text."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:4096])
        try:
            if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
                return decode(data.decode(declared[1].decode("ascii")).encode("utf-8"), name)
        except (UnicodeError, LookupError):
            pass  # it declares an encoding it does not have
    return decode(data, name)


def _article(root) -> str:
    """What trafilatura takes for the article, or all of the page's article element.

    trafilatura does best on unknown layouts. It leaves out most of some short or unusual pages, and runs the blocks of
    others together; where it keeps nearly everything, our own division into paragraphs is the surer one.
    """
    articles = root.xpath("//article") or root.xpath("//main | //*[@role='main']")
    body = root.find("body")
    whole = text_of(articles[0] if len(articles) == 1 else root if body is None else body, drop_menus=True)
    found = _by_trafilatura(root)
    share = len(found) / max(1, len(whole))
    run_together = "\n" in whole and "\n" not in found
    return found if share > MUCH_MORE or (TOO_LITTLE <= share <= NEARLY_ALL and not run_together) else whole


def _by_trafilatura(root) -> str:
    from copy import deepcopy

    from trafilatura import bare_extraction

    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        return ""
    try:
        found = bare_extraction(deepcopy(root), include_comments=False, include_tables=True, favor_recall=True, with_metadata=False)
    except (RecursionError, ValueError):  # a tree too deep for its recursion, an attribute that is not valid XML
        return ""
    return text_of(found.body) if found is not None and found.body is not None else ""
