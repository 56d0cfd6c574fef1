"""Title, outlet, author, publication date and kind from a web page's head, its JSON-LD and its <time> elements."""

import json
import re

from qa.reading.dates import UNDATED, Dated, read_date
from qa.reading.facts import Facts, as_line, completed, kind_named
from qa.records import Kind

_DATE_NAMES = (
    "article:published_time datepublished og:article:published_time article:published pubdate publishdate publish-date publish_date "
    "publication_date citation_publication_date citation_date parsely-pub-date sailthru.date dc.date.issued dcterms.issued dcterms.date "
    "dc.date dcterms.created date"
).split()
_TITLE_NAMES = ("og:title", "citation_title", "dc.title", "twitter:title", "title")
_OUTLET_NAMES = ("og:site_name", "citation_journal_title", "dc.publisher", "publisher", "application-name")
_AUTHOR_NAMES = ("author", "article:author", "citation_author", "dc.creator", "parsely-author", "byl")
_TYPES: dict[str, Kind] = {
    "OpinionNewsArticle": "commentary",
    "AnalysisNewsArticle": "commentary",
    "ReportageNewsArticle": "report",
    "PressRelease": "statement",
}
_ARTICLE = re.compile(r"(?:Article|BlogPosting|PressRelease|Report)$")
_DIVIDER = re.compile(r"\s+[|–—·»-]\s+")


def facts_of_page(root) -> Facts:
    """What the page says about itself; a date of change is never taken for the date of publication."""
    linked = _article_data(root)
    facts = completed(_from_json(linked), _from_meta(root))
    return completed(facts, _from_body(root, outlet=facts.outlet))


def _from_json(article: dict) -> Facts:
    kinds = [_TYPES.get(kind, "unknown") for kind in _listed(article.get("@type")) if isinstance(kind, str)]
    kinds += [kind_named(as_line(section)) for section in _listed(article.get("articleSection"))]
    published, precision = read_date(as_line(article.get("datePublished")))
    return Facts(
        title=as_line(article.get("headline")),
        outlet=_names(article.get("publisher")),
        author=_names(article.get("author")),
        published=published,
        published_precision=precision,
        kind=next((kind for kind in kinds if kind != "unknown"), "unknown"),
    )


def _from_meta(root) -> Facts:
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name and element.get("content"):
            meta.setdefault(name.lower(), as_line(element.get("content")))
    published, precision = next((dated for name in _DATE_NAMES if (dated := read_date(meta.get(name, ""))) is not UNDATED), UNDATED)
    return Facts(
        title=_first(meta, _TITLE_NAMES),
        outlet=_first(meta, _OUTLET_NAMES),
        author=_first(meta, _AUTHOR_NAMES),
        published=published,
        published_precision=precision,
        kind=kind_named(meta.get("article:section", "")),
    )


def _from_body(root, *, outlet: str) -> Facts:
    headings = [text for element in root.iter("h1") if (text := as_line("".join(element.itertext())))]
    title = headings[0] if len(headings) == 1 else _page_title(root, outlet)
    authors = root.xpath("//*[@itemprop='author' or @rel='author']")
    author = as_line("".join(authors[0].itertext())) if authors else ""
    published, precision = _time_element(root)
    return Facts(title=title, author=author if len(author) <= 80 else "", published=published, published_precision=precision)


def _page_title(root, outlet: str) -> str:
    """The <title>, without the outlet's name at its end or beginning."""
    title = as_line(root.findtext(".//title") or "")
    parts = _DIVIDER.split(title)
    if outlet and len(parts) > 1 and parts[-1].lower() == outlet.lower():
        return title[: title.rindex(parts[-1])].rstrip(" |–—·»-")
    return title


def _time_element(root) -> Dated:
    """The <time> marked as the publication, else the only one in the article; a list page has many and so none."""
    times = root.xpath("//time[@itemprop='datePublished' or @pubdate or contains(@class, 'publish') or contains(@class, 'entry-date')]")
    if not times:
        times = root.xpath("//article//time") or root.xpath("//time")
        if len({element.get("datetime") or element.text for element in times}) > 1:
            return UNDATED
    times = [
        element for element in times if element.get("itemprop") != "dateModified" and "updated" not in (element.get("class") or "").split()
    ]
    return read_date(as_line(times[0].get("datetime") or "".join(times[0].itertext()))) if times else UNDATED


def _article_data(root) -> dict:
    """The first JSON-LD object that describes an article, {} without one."""
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting = item + waiting
            elif isinstance(item, dict):
                if any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in _listed(item.get("@type"))):
                    return item
                waiting += _listed(item.get("@graph")) + _listed(item.get("mainEntity"))
    return {}


def _listed(value: object) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def _names(value: object) -> str:
    names = (item.get("name") if isinstance(item, dict) else item for item in _listed(value))
    return _no_address(as_line([name for name in names if isinstance(name, str)]))


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _no_address(meta.get(name, "")))), "")


def _no_address(text: str) -> str:
    return "" if text.startswith(("http:", "https:", "@")) else text
