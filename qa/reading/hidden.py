"""Parts of a web page that a reader does not see, or that are not its content."""

import re

_NEVER_TEXT = frozenset(
    "script style noscript template iframe object embed svg canvas button select input textarea nav aside dialog menu".split()
)
_ROLES = frozenset("navigation complementary contentinfo search dialog alertdialog menu menubar banner".split())
_AROUND = re.compile(
    r"""(?:^|[\s_-])(?:comments?|respond|reply|disqus|sidebar|widgets?|share|sharing|social|related|breadcrumbs?|cookies?|consent|gdpr
    |newsletter|subscribe|subscription|pagination|menu|nav|navbar|navigation|footer|masthead|adverts?|advertisement|ads|promo|popup|modal
    |archives?|tagcloud|skip-link|print-only)(?:$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
_INVISIBLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0+)?(?:;|$|!)|font-size:0(?:\.0+)?(?:px|em|rem|pt|%)?(?:;|$|!)"
    r"|text-indent:-\d{3,}|(?:left|top):-\d{4,}px|clip:rect\(0|clip-path:inset\((?:50|100)%"
)
_COLOUR = re.compile(r"(?:^|;)color:(#?\w+(?:\([\d.,%]+\))?)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;]+)")
_WHITE = frozenset(("white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)", "transparent", "rgba(0,0,0,0)"))
_SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+$")
MAX_SHARE = 0.5  # a part with more of the page's text than this is no menu, whatever its class is, unless most of it is links


def remove_hidden(root) -> None:
    """Takes out of an lxml HTML tree what is not shown: by `hidden`, by its own style (display, visibility, size, place,
    white on white), or by a plain `.class` or `#id` rule of a style sheet in the page."""
    names = _hidden_names(root)
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            drop(element)
        elif (
            element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or element.tag.lower() in _NEVER_TEXT - {"nav", "aside", "menu"}
        ):
            drop(element)
        elif element.tag not in ("html", "body") and (_unseen(element) or names & _names_of(element)):
            drop(element)


def remove_surroundings(root) -> None:
    """Takes menus, comment forms, side columns and the like out of an lxml HTML tree."""
    total = max(1, len(_words(root)))
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "main", "article", "h1"):
            continue
        names = " ".join((element.get("class") or "", element.get("id") or ""))
        certain = element.tag in ("nav", "aside", "footer", "menu") or element.get("role") in _ROLES
        called = certain or element.tag == "form" or bool(_AROUND.search(names))
        if not called or any(element.find(f".//{inner}") is not None for inner in ("h1", "article", "main")):
            continue
        size = len(_words(element))
        if certain or size <= MAX_SHARE * total or _linked(element) > MAX_SHARE * size:
            drop(element)


def drop(element) -> None:
    """Removes the element and keeps the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
        element.tail = None
    parent.remove(element)


def _words(element) -> str:
    return "".join("".join(element.itertext()).split())


def _linked(element) -> int:
    return sum(len(_words(link)) for link in element.iter("a"))


def _style(element) -> str:
    return re.sub(r"\s+", "", (element.get("style") or "").lower())


def _unseen(element) -> bool:
    style = _style(element)
    return bool(style) and (bool(_INVISIBLE.search(style)) or _white_on_white(element, style))


def _white_on_white(element, style: str) -> bool:
    """White text where neither the element nor anything around it sets a background that is not white."""
    colour = _COLOUR.search(style)
    if not colour or colour[1] not in _WHITE:
        return False
    for around in (element, *element.iterancestors()):
        ground = _BACKGROUND.search(_style(around))
        named = (ground[1].replace("!important", "") if ground else around.get("bgcolor") or "").lower()
        if named:
            return named in _WHITE
    return True


def _hidden_names(root) -> set[str]:
    """ ".class" and "#id" of the rules that hide what they name; rules inside "@media {…}" hold elsewhere and do not count."""
    names = set()
    for sheet in root.iter("style"):
        depth, selectors, before = 0, "", ""
        for part in re.split(r"([{}])", _uncommented(sheet.text or "")):
            if part == "{":
                depth, selectors = depth + 1, before
            elif part == "}":
                if depth == 1 and _INVISIBLE.search(re.sub(r"\s+", "", before.lower())):
                    names.update(s.strip() for s in selectors.split(",") if _SIMPLE_SELECTOR.match(s.strip()))
                depth, before = max(0, depth - 1), ""
            else:
                before = part
    return names


def _uncommented(css: str) -> str:
    return " ".join(part.partition("/*")[0] for part in css.split("*/"))


def _names_of(element) -> set[str]:
    named = {f".{name}" for name in (element.get("class") or "").split()}
    return named | {f"#{element.get('id')}"} if element.get("id") else named
