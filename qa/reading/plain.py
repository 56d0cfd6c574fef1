"""Plain text and Markdown: the text stays exactly as it is, what is not content becomes skipped spans."""

import re

from qa.reading.boilerplate import trailing_boilerplate
from qa.reading.decoding import decode
from qa.reading.facts import Extracted, Facts, completed
from qa.reading.header import read_header
from qa.reading.kinds import kind_of

_NOTHING = Facts()
MAX_TITLE = 110
MAX_TITLE_WORDS = 16
_HEADING_MARK = re.compile(r"\s*(?:#{1,6}\s+(?P<hash>.+?)\s*#*|=+\s+(?P<wiki>.+?)\s+=+|\*\*(?P<bold>[^*]+)\*\*)\s*$")
_NOT_A_TITLE = re.compile(r"[-*•>|\[{(<]|\d+[.)]\s|https?:")
_SPEAKER = re.compile(r"[\w .'’-]{1,40}:\s")


def read_plain(data: bytes, name: str) -> Extracted:
    """The decoded text, unchanged. Raises UnreadableDocument where it is not text."""
    return described(decode(data, name))


def described(text: str, facts: Facts = _NOTHING, *, page_starts: tuple[int, ...] = ()) -> Extracted:
    """The text with the facts and the skipped spans that can be read off it; `facts`, from the file's own fields, go first."""
    more, skipped, start = read_header(text)
    facts = completed(facts, more)
    trailing = trailing_boilerplate(text, max(start, skipped[-1][1] if skipped else 0))
    body = text[start : trailing[0] if trailing else len(text)]
    title = facts.title or title_of(body)
    facts = completed(facts, Facts(title=title, kind=kind_of(body, title=title, dated=facts.published_precision == "day")))
    return Extracted(text=text, facts=facts, page_starts=page_starts, skipped=tuple(skipped) + ((trailing,) if trailing else ()))


def title_of(body: str) -> str:
    """The first line where it is a heading: marked as one, or short, without a sentence's end and above other text."""
    first, _, rest = body.strip().partition("\n")
    if len(first) <= 2 * MAX_TITLE and (marked := _HEADING_MARK.match(first)):
        return " ".join(next(filter(None, marked.groups())).split())
    line = " ".join(first.split())
    following = rest.strip().partition("\n")[0]
    if not line or not following or len(line) > MAX_TITLE or len(line.split()) > MAX_TITLE_WORDS:
        return ""
    if (
        not (line[-1].isalnum() or line[-1] in "?%)\"'”’")
        or line[0].islower()
        or not any(map(str.isalpha, line))
        or _NOT_A_TITLE.match(line)
    ):
        return ""
    if _SPEAKER.match(line) and _SPEAKER.match(following):  # a conversation or a list of fields
        return ""
    separate = rest.lstrip(" \t\r").startswith("\n")
    return line if separate or len(following) > 2 * len(line) else ""
