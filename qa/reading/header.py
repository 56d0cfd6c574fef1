"""What stands above the body of a plain text: front matter, header lines, a leading date, title, byline, dateline.

Front matter, header lines and a leading date are not content and become skipped spans. Title, byline and dateline stay
in the text: they only give facts.
"""

import re

from qa.reading.dates import UNDATED, match_date
from qa.reading.facts import KNOWN_KEYS, Facts, completed, facts_from_fields, normal_key

Span = tuple[int, int]

MAX_FRONT_MATTER = 20_000
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)\s*:(?:\s+(?P<value>.*))?$")
_CONTINUED = re.compile(r"\s+\S|-\s|#|$")
_LEADING_DATE = re.compile(r"\s*date[ \t]+(?P<date>\d{4}-\d\d-\d\d)\s+")
_HEADER_LINE = re.compile(
    r"(?P<key>title|headline|author|byline|by|outlet|publisher|publication|source|kind|"
    r"(?:first |originally )?(?:published|posted|issued|released)(?: (?:on|at))?|(?:publication |issue |release )?date|time)"
    r"[ \t]*:[ \t]*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_PUBLISHED_LINE = re.compile(
    r"(?:first |originally )?(?:published|posted|issued|released)(?: on| at)?[ \t:]+(?P<value>\S.*)$", re.IGNORECASE
)
_AFTER_DATE = re.compile(
    r"[ ,_T|-]*(?:at )?(?:\d{1,2}[:.h]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?:\s*[ap]\.?m\.?)?)?\s*\(?(?:[A-Z]{2,5}|Z|[+-]\d\d:?\d\d)?\)?\.?\s*$",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"by\s+(?P<name>[^\W\d_][\w'’.-]*(?:\s+[^\W\d_][\w'’.-]*){1,4})\s*(?:[|,–—·•-]+\s*(?P<rest>.*))?$", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ /-][^\W\d_a-z.'’-]+){0,3})(?P<rest>[, (][^—–\n]{2,80}?)\s*(?:[—–]|--|\s-\s)"
)
_AGENCY = re.compile(r"\((?P<name>[A-Za-z][\w .&'’-]{1,30})\)")
_AGENCIES = frozenset("ap afp reuters upi dpa apa xinhua tass ansa efe kyodo irna wafa anadolu sana pti ani bloomberg yonhap".split())
_MASTHEAD = re.compile(
    r"(?:(?P<outlet>[A-Z][\w.&’'-]*(?:\s+(?:of|the|and|[A-Z][\w.&’'-]*)){0,4}),\s+|(?:broadcast|aired|updated)(?:"
    r"\s+on)?[ \t:]+)?(?P<date>\S.*)$",
    re.IGNORECASE,
)
_PRESS = re.compile(
    r"\b(?:post|times|courier|news|radio|gazette|tribune|herald|journal|daily|weekly|mail|agency|press|telegraph|observer|ledger|chronicle"
    r"|star|echo|express|bulletin|record|review|mercury|standard|guardian|sentinel|tv)\b",
    re.IGNORECASE,
)
_DATED_FIELDS = re.compile(r"date|time|published|posted|issued|released", re.IGNORECASE)
HEADER_LINES = 12  # a header further down is part of the text


def read_header(text: str) -> tuple[Facts, list[Span], int]:
    """The facts above the body, the spans that are not content, and the offset at which content begins."""
    facts, end = _front_matter(text)
    spans = [(0, end)] if end else []
    leading = _LEADING_DATE.match(text, end)
    if leading:
        dated, _ = match_date(leading["date"])
        if dated is not UNDATED:
            spans.append((end, leading.end()))
            end = leading.end()
            facts = completed(facts, Facts(published=dated[0], published_precision=dated[1]))
    more, lines = _header_lines(text, end)
    facts = completed(facts, more)
    spans += lines
    while spans and spans[-1][0] <= end < spans[-1][1]:
        end = spans[-1][1]
    start = _content_start(text, end, lines)
    return completed(facts, _byline_and_dateline(text, start)), spans, start


def _front_matter(text: str) -> tuple[Facts, int]:
    """Facts and end of the front matter, (Facts(), 0) when the text does not begin with one.

    A block that YAML cannot read ("title: War: a history") but that is made of fields is read line by line.
    """
    found = _FRONT_MATTER.match(text, 0, MAX_FRONT_MATTER)
    if not found:
        return Facts(), 0
    fields = _yaml_fields(found["body"])
    if fields is None:
        fields = _plain_fields(found["body"])
    return (facts_from_fields(fields), found.end()) if fields else (Facts(), 0)


def _yaml_fields(body: str) -> dict | None:
    """The fields of a YAML mapping, every scalar a string; None when it is broken or no mapping."""
    import yaml

    try:
        loaded = yaml.load(body, Loader=yaml.BaseLoader)  # builds strings, lists and dicts only: safe and free of surprises
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return loaded if isinstance(loaded, dict) else None


def _plain_fields(body: str) -> dict[str, str]:
    """`key: value` lines; empty when a line is neither that, nor indented, nor a list item, comment or empty line."""
    fields = {}
    for line in body.splitlines():
        if found := _FIELD_LINE.match(line):
            fields[found["key"]] = (found["value"] or "").strip().strip("\"'")
        elif not _CONTINUED.match(line):
            return {}
    return fields if any(normal_key(key) in KNOWN_KEYS for key in fields) else {}


def _header_lines(text: str, start: int) -> tuple[Facts, list[Span]]:
    """Facts and spans of "Published: …", "Time: …" and lines like them near the top.

    They count only where one of them gives a date: "Title: …" alone may be anything. A line that stands after the
    first line of the text (its title) must itself be a date.
    """
    fields: dict[str, str] = {}
    spans: list[Span] = []
    dated = False
    for position, (line_start, line_end, line) in enumerate(_first_lines(text, start)):
        found = _HEADER_LINE.match(line) or _PUBLISHED_LINE.match(line)
        key = found.groupdict().get("key", "date") if found else ""
        is_date = bool(found) and bool(_DATED_FIELDS.search(key)) and _whole_date(found["value"])
        if not found or (not is_date and len(spans) < position) or (not is_date and _DATED_FIELDS.search(key)):
            if position > 2 or (spans and dated):
                break
            continue
        dated = dated or is_date
        fields.setdefault(_field_of(key), found["value"])
        spans.append((line_start, line_end))
    return (facts_from_fields(fields), spans) if dated else (Facts(), [])


def _field_of(key: str) -> str:
    key = key.lower()
    if _DATED_FIELDS.search(key):
        return "date"
    return {"by": "author", "source": "outlet"}.get(key, key)


def _whole_date(value: str) -> bool:
    """The value is a date, perhaps with a time of day, and nothing else."""
    dated, end = match_date(value.strip())
    return dated is not UNDATED and bool(_AFTER_DATE.match(value.strip(), end))


def _first_lines(text: str, start: int):
    """(start, end with line break, line) of the first non-empty lines."""
    seen = 0
    while start < len(text) and seen < HEADER_LINES:
        end = text.find("\n", start, start + 2000) + 1
        end = end or (len(text) if len(text) - start <= 2000 else start + 2000)
        line = text[start:end].strip()
        if line:
            seen += 1
            yield start, end, line
        start = end


def _content_start(text: str, start: int, lines: list[Span]) -> int:
    """The offset of the first character that is neither space nor in a header line."""
    ends = dict(lines)
    while start < len(text):
        if start in ends:
            start = ends[start]
        elif text[start].isspace():
            start += 1
        else:
            break
    return start


def _byline_and_dateline(text: str, start: int) -> Facts:
    facts, above = Facts(), ""
    for position, (_, _, line) in enumerate(_first_lines(text, start)):
        if position > 4:
            break
        facts = completed(facts, _byline(line))
        facts = completed(facts, _dateline(line))
        facts = completed(facts, _masthead(line, above))
        above = line
    return facts


def _masthead(line: str, above: str) -> Facts:
    """Outlet and day of "The Post, 10 May 2022" or "Broadcast on 10 May 2022", or of a day alone in its line, with the outlet above it."""
    found = _MASTHEAD.match(line) if len(line) <= 80 else None
    if not found or not _whole_date(found["date"]):
        return Facts()
    dated, _ = match_date(found["date"].strip())
    if dated[1] != "day":  # "1984" may be anything
        return Facts()
    names = (name.split(",")[0].strip("# *") for name in (found["outlet"] or "", above))
    outlet = next((name for name in names if _PRESS.search(name) and len(name.split()) <= 5), "")
    return Facts(outlet=outlet, published=dated[0], published_precision="day")


def _byline(line: str) -> Facts:
    """Author and date of a line such as "By Ada Moss | 3 March 2024"; empty for any longer line."""
    found = _AUTHOR.match(line) if len(line) <= 90 else None
    if not found or not all(word[0].isupper() or word in ("de", "van", "von", "al", "bin", "and") for word in found["name"].split()):
        return Facts()
    rest = found["rest"] or ""
    dated = match_date(rest)[0] if rest and _whole_date(rest) else UNDATED
    return Facts(author=found["name"].rstrip("."), published=dated[0], published_precision=dated[1])


def _dateline(line: str) -> Facts:
    """Date and agency of "BEIRUT, March 3, 2024 (Agency) — …".

    A day and month without the year give no date; an unknown name in brackets without a date is no agency.
    """
    found = _DATELINE.match(line)
    if not found or not found["place"].isupper():
        return Facts()
    agency = _AGENCY.search(found["rest"])
    rest = _AGENCY.sub("", found["rest"])
    dates = (match_date(rest, part.end()) for part in re.finditer(r"[, ]+", rest))
    published = next((dated[0] for dated, end in dates if dated[1] == "day" and not rest[end:].strip(" ,.")), None)
    outlet = agency["name"] if agency and (published or agency["name"].lower() in _AGENCIES) else ""
    return Facts(outlet=outlet, published=published, published_precision="day" if published else "none")
