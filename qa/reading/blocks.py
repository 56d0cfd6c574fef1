"""A tree of markup to text: one paragraph for each block, in reading order, whatever the depth of the tree."""

import re

_BLOCKS = frozenset(
    """p h1 h2 h3 h4 h5 h6 li blockquote tr dt dd pre figcaption caption div section article main table ul ol dl header footer address
    figure hr details summary body html fieldset form center head item quote row list code title""".split()
)
_ITEMS = frozenset(("li", "item"))
_CELLS = frozenset(("td", "th", "cell"))
_ROWS = frozenset(("tr", "row"))
_BREAKS = frozenset(("br", "lb"))
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" *\n *")
LINKS_ONLY = 0.8  # a short block with this share of its text in links is a menu
MENU_LENGTH = 120


def text_of(root, *, drop_menus: bool = False) -> str:
    """The text of an lxml tree (HTML, or the body trafilatura returns), paragraphs apart by an empty line.

    List items begin with "- ", the cells of a table's row are divided by " | ". With `drop_menus`, short blocks that
    are nothing but links are left out.
    """
    from lxml import etree

    block = _Block()
    paragraphs: list[str] = []

    def flush(prefix: str = "") -> None:
        text = block.taken(drop_menus)
        if text:
            paragraphs.append(text)
        block.prefix = prefix

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):  # comments and processing instructions
            if event == "end" and element is not root:
                block.add(element.tail)
            continue
        tag = element.tag.rpartition("}")[2].lower()
        if event == "start":
            if tag in _BLOCKS and not (block.in_row and tag not in _ROWS):
                flush("- " if tag in _ITEMS else "")
            block.enter(tag)
            block.add(element.text)
        else:
            block.leave(tag)
            if tag in _BLOCKS and not block.in_row:
                flush()
            if element is not root:
                block.add(element.tail)
    flush()
    return "\n\n".join(paragraphs)


class _Block:
    """The paragraph being collected."""

    def __init__(self):
        self.prefix = ""
        self.in_row = self._in_link = 0
        self._parts: list[str] = []
        self._linked = 0

    def enter(self, tag: str) -> None:
        self.in_row += tag in _ROWS
        self._in_link += tag in ("a", "ref")
        if self.in_row and tag in _BLOCKS:
            self._parts.append(" ")

    def leave(self, tag: str) -> None:
        self.in_row -= tag in _ROWS
        self._in_link -= tag in ("a", "ref")
        if tag in _BREAKS:
            self._parts.append("\n")
        elif tag in _CELLS:
            self._parts.append(" | ")

    def add(self, text: str | None) -> None:
        if text:
            self._parts.append(re.sub(r"\s+", " ", text))
            self._linked += len(text.strip()) if self._in_link else 0

    def taken(self, drop_menus: bool) -> str:
        """The paragraph's text; the block is empty afterwards. "" also for a menu when those are to be left out."""
        text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", "".join(self._parts))).strip(" \n|")
        menu = drop_menus and len(text) <= MENU_LENGTH and self._linked >= LINKS_ONLY * max(1, len(text))
        prefix = self.prefix
        self._parts, self._linked, self.prefix = [], 0, ""
        return prefix + text if text and not menu else ""
