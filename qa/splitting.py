"""Documents cut into passages: whole sentences, as even in size as the limit, the paragraphs and the headings allow."""

import hashlib
import importlib.util
import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from qa.errors import QAError
from qa.language.sentences import split_sentences
from qa.records import Document, Passage

_TOKEN_TABLE = "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken"  # the address names the cached file
_LONGEST_COUNTED = 20_000  # characters; tiktoken's time grows faster than the length of a run without spaces
_CHARACTERS_PER_TOKEN = 16  # a piece this many times longer than the limit is cut without counting
_MOST_SENTENCES = 64  # in one passage; bounds the work on texts of very short lines
_INSIDE_PARAGRAPH = 0.25  # what a border inside a paragraph costs, where a passage costs 1

_MARKED_HEADING = re.compile(r"#{1,6}\s+\S|[^\n]{1,100}\n[ \t]*(?:={3,}|-{3,})$")
_PLAIN_HEADING = re.compile(r"[^\W_a-zß-ÿ][^\n|]{0,98}[^\W_][)\]”’\"']{0,2}")
_LINE_START = re.compile(r"(?:^|[\r\n\u2029])\s*$")
_LINE_END = re.compile(r"[^\S\r\n\u2029]*(?:[\r\n\u2029]|$)")
_LABEL = re.compile(r"[\w.'’ -]{1,40}:\s")
_MOST_HEADINGS = 3  # in a row: a longer row of short lines is a list, an address or a menu


class _Unit(NamedTuple):
    """A sentence, or a piece of one that is longer than a passage may be. `gap` is the token count of the white space
    before it, `fresh` says that a paragraph begins with it, `section` counts the headings above it."""

    start: int
    end: int
    tokens: int
    gap: int
    fresh: bool
    section: int


def split(document: Document, *, passage_tokens: int) -> tuple[Passage, ...]:
    """The passages of a document in order, each at most `passage_tokens` tokens (tiktoken's cl100k_base) long.

    Every character that is neither white space nor in `document.skipped` is in exactly one passage. A passage never
    reaches across a heading. A sentence longer than the limit is cut at a space, or anywhere when it has none.
    Raises QAError when the token table that llama-index-core ships is missing.
    """
    count = token_counter()
    passages = []
    headings: dict[int, str] = {}
    for first, last in _content(document):
        units = _units(document.text, (first, last), count, headings, passage_tokens)
        for _, section in groupby(units, key=lambda unit: unit.section):
            for group in _pack(list(section), passage_tokens):
                passages.extend(_within_limit(document.text, group, count, passage_tokens))
    return tuple(_passage(document, group, headings.get(group[0].section, "")) for group in passages)


@lru_cache(maxsize=1)
def token_counter() -> Callable[[str], int]:
    """A function from a text to its number of cl100k_base tokens, read from the table inside llama-index-core: no download."""
    import tiktoken

    spec = importlib.util.find_spec("llama_index.core")
    folder = Path(spec.origin).parent / "_static" / "tiktoken_cache" if spec and spec.origin else None
    if folder is None or not (folder / hashlib.sha1(_TOKEN_TABLE.encode()).hexdigest()).is_file():
        raise QAError("the token table of llama-index-core was not found", "Run: pip install --force-reinstall llama-index-core")
    before = os.environ.get("TIKTOKEN_CACHE_DIR")
    os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
    try:
        encoding = tiktoken.get_encoding("cl100k_base")
    finally:
        if before is None:
            os.environ.pop("TIKTOKEN_CACHE_DIR", None)
        else:
            os.environ["TIKTOKEN_CACHE_DIR"] = before
    return lambda text: len(encoding.encode_ordinary(text))


def _content(document: Document) -> Iterator[tuple[int, int]]:
    """What of the text is content: the spans between those that are skipped."""
    last = 0
    for start, end in document.skipped:
        yield last, start
        last = end
    yield last, len(document.text)


def _units(text: str, span: tuple[int, int], count: Callable[[str], int], headings: dict[int, str], limit: int) -> list[_Unit]:
    """The sentences of a span with their token counts. Headings found are added to `headings`, by section."""
    sentences = split_sentences(text, *span)
    begins = _sections(text, sentences)
    section = max(headings, default=0)
    units = []
    last = span[0]
    for number, (start, end) in enumerate(sentences):
        if number in begins:
            section += 1
            headings[section] = begins[number]
        gap = text[last:start]
        fresh = "\n" in gap or "\r" in gap
        spaces = 0 if gap == " " else count(gap) if len(gap) <= limit else limit
        for piece_start, piece_end, tokens in _pieces(text, start, end, count, limit):
            units.append(_Unit(piece_start, piece_end, tokens, spaces, fresh, section))
            spaces, fresh = 0, False
        last = end
    return units


def _pieces(text: str, start: int, end: int, count: Callable[[str], int], limit: int) -> Iterator[tuple[int, int, int]]:
    """A sentence as (start, end, tokens); where it is over the limit, halves of it cut at the space nearest the middle."""
    waiting = [(start, end)]
    while waiting:
        start, end = waiting.pop()
        if end - start == 1 or end - start <= min(limit * _CHARACTERS_PER_TOKEN, _LONGEST_COUNTED):
            tokens = count(text[start:end])
            if tokens <= limit or end - start == 1:
                yield start, end, tokens
                continue
        left, right = _halves(text, start, end)
        waiting += [right, left]


def _halves(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two parts that leave out the white space nearest the middle; cut in the middle when the inner half has none."""
    middle = (start + end) // 2
    reach = (end - start) // 4
    before = next((i for i in range(middle, middle - reach, -1) if text[i].isspace()), None)
    after = next((i for i in range(middle, middle + reach) if text[i].isspace()), None)
    places = [place for place in (before, after) if place is not None]
    cut = min(places, key=lambda place: abs(place - middle), default=middle)
    left, right = text[start:cut].rstrip(), text[cut:end].lstrip()
    return (start, start + len(left)), (end - len(right), end)


def _sections(text: str, sentences: list[tuple[int, int]]) -> dict[int, str]:
    """The sentences (by number) that begin a section, with its heading: the last one of a row of headings."""
    begins = {}
    plain = [_is_heading(text, start, end) for start, end in sentences]
    for heading, row in groupby(range(len(sentences)), key=plain.__getitem__):
        numbers = list(row)
        if not heading or numbers[-1] + 1 == len(sentences):
            continue
        marked = [n for n in numbers if _MARKED_HEADING.match(text[slice(*sentences[n])])]
        if len(numbers) <= _MOST_HEADINGS:
            begins[numbers[0]] = _heading_text(text, sentences[numbers[-1]])
        else:
            begins.update({n: _heading_text(text, sentences[n]) for n in marked})
    return begins


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether a sentence is a line of its own that reads as a heading: marked as one, or short, capitalised and without stop."""
    if end - start > 200 or not _LINE_START.search(text[max(0, start - 20):start]) or not _LINE_END.match(text, end):
        return False
    line = text[start:end]
    if _MARKED_HEADING.match(line):
        return True
    return bool(_PLAIN_HEADING.fullmatch(line)) and not _LABEL.match(line) and any(character.isalpha() for character in line)


def _heading_text(text: str, span: tuple[int, int]) -> str:
    return text[slice(*span)].split("\n")[0].strip("# \t\r")


def _pack(units: list[_Unit], limit: int) -> list[list[_Unit]]:
    """The units of one section in groups, chosen for the lowest total cost.

    A group costs 1, the square of the share of the limit it leaves free (so that sizes come out even), and something
    when it ends inside a paragraph. Dynamic programming over the ends of groups.
    """
    best = [0.0]
    begins = [0]
    for end in range(1, len(units) + 1):
        inside = end < len(units) and not units[end].fresh
        size = 0
        choice = (float("inf"), end - 1)
        for begin in range(end - 1, max(-1, end - 1 - _MOST_SENTENCES), -1):
            size += units[begin].tokens
            if size > limit and begin < end - 1:
                break
            choice = min(choice, (best[begin] + 1 + (1 - size / limit) ** 2 + inside * _INSIDE_PARAGRAPH, begin))
            size += units[begin].gap
        best.append(choice[0])
        begins.append(choice[1])
    groups = []
    end = len(units)
    while end:
        groups.append(units[begins[end]:end])
        end = begins[end]
    return groups[::-1]


def _within_limit(text: str, group: list[_Unit], count: Callable[[str], int], limit: int) -> Iterable[list[_Unit]]:
    """The group, halved until it keeps to the limit: the tokens of a text may outnumber those of its sentences."""
    if len(group) == 1 or (group[-1].end - group[0].start <= _LONGEST_COUNTED and count(text[group[0].start:group[-1].end]) <= limit):
        return [group]
    middle = len(group) // 2
    return [*_within_limit(text, group[:middle], count, limit), *_within_limit(text, group[middle:], count, limit)]


def _passage(document: Document, group: list[_Unit], heading: str) -> Passage:
    start, end = group[0].start, group[-1].end
    return Passage(
        id=f"{document.id}:{start}-{end}",
        document_id=document.id,
        text=document.text[start:end],
        start=start,
        end=end,
        page=bisect_right(document.page_starts, start) or 1 if document.page_starts else None,
        heading=heading,
        sentences=tuple((unit.start, unit.end) for unit in group),
    )
