"""One document at a time: which one is meant, where it mentions something, and what it says of itself."""

import re
from collections.abc import Sequence
from datetime import date

from qa.answering.matching import words_of
from qa.answering.stated import Quoted
from qa.citations import cite, page_of, resolve
from qa.grounding import check
from qa.language.dates import find_dates, last_day, parse_date
from qa.language.sentences import split_sentences
from qa.language.words import STOPWORDS, stem, tokens
from qa.records import Citation, Document, Passage, Statement
from qa.render import date_text

_BOUND = re.compile(r"^(?:(since|from|after|before|until|till|up to|in|on|during)\s+)?(.+)$", re.IGNORECASE)
_HEAD = 800
"""Characters at a document's beginning in which its own date is looked for."""


def mentions_in(document: Document, topic: str) -> Quoted | None:
    """The first sentence that says all words of the topic, inflected or not; a name in capitals only in capitals. None without one."""
    patterns = [_pattern(token.text) for token in tokens(topic) if token.text.lower() not in STOPWORDS or token.text.isupper()]
    if not patterns or not all(pattern.search(document.text) for pattern in patterns):
        return None
    for match in re.finditer(r"[^\n]+", document.text):
        if all(pattern.search(match.group()) for pattern in patterns):
            for start, end in split_sentences(document.text, match.start(), match.end()):
                content = not _skipped(document, start) and not match.group().startswith("#")
                if content and all(pattern.search(document.text, start, end) for pattern in patterns):
                    return _quoted(document, start, end)
    return None


def _pattern(word: str) -> re.Pattern[str]:
    """The word and its inflections: a long word by its stem, a short one or a name in capitals as it is."""
    if word.isupper() and len(word) > 1:
        return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    root = stem(word)
    if len(root) >= 4 and word.islower() and word.startswith(root):
        return re.compile(rf"(?<!\w){re.escape(root)}[a-z]{{0,4}}(?:['’]s?)?(?!\w)", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?:{re.escape(word)}|{re.escape(root)})(?:['’]s?|s)?(?!\w)", re.IGNORECASE)


def _skipped(document: Document, at: int) -> bool:
    return any(start <= at < end for start, end in document.skipped)


def _quoted(document: Document, start: int, end: int) -> Quoted:
    """The sentence with the paragraph it stands in as its passage."""
    first = document.text.rfind("\n", 0, start) + 1
    last = document.text.find("\n", end)
    last = len(document.text) if last < 0 else last
    spans = tuple(split_sentences(document.text, first, last))
    passage = Passage(id=f"{document.id}:{first}-{last}", document_id=document.id, text=document.text[first:last], start=first, end=last,
                      sentences=spans)
    return Quoted(document=document, passage=passage, start=start, end=end)


def named_documents(words: str, documents: Sequence[Document]) -> list[Document]:
    """The documents that words name: by file name, title or outlet, whole or by most of its words; none when nothing fits."""
    wanted = set(words_of(words))
    if not wanted:
        return []
    exact = [d for d in documents if words.lower() in (d.name.lower(), d.name.lower().rsplit(".", 1)[0], d.title.lower(), d.outlet.lower())]
    if exact:
        return exact
    return [d for d in documents if any(_names(wanted, set(words_of(field)), field) for field in (d.title, d.outlet, d.author) if field)]


def _names(wanted: set[str], own: set[str], field: str) -> bool:
    """All of the wanted words, and at least half of the field's own: "Herald" names the "Orla Herald", "floods" no title of nine words."""
    return bool(own) and wanted <= own and len(wanted) * 2 >= len(own)


def chosen_for(quality: str, documents: Sequence[Document]) -> tuple[str, list[Document]] | None:
    """What the quality says of a document, as words after its count, and the documents that have it; None for words that name none."""
    plain = quality.lower()
    if "date" in plain:
        return "are undated", [d for d in documents if not d.published]
    if plain.startswith(("comment", "opinion")):
        return "are commentaries", [d for d in documents if d.kind == "commentary"]
    bound = _BOUND.match(quality)
    parsed = parse_date(bound[2]) if bound else None
    if parsed is None:
        return None
    first, last = parsed[0], last_day(*parsed)
    word = (bound[1] or "in").lower()
    start = date.min if word in ("before", "until", "till", "up to") else last if word == "after" else first
    end = date.max if word in ("since", "from", "after") else first if word == "before" else last
    strict = word in ("before", "after")
    kept = [d for d in documents if d.published and start <= d.published <= end and not (strict and d.published in (start, end))]
    return f"are published {word} {bound[2]}", kept


def document_statement(document: Document, *, marker: int) -> Statement:
    """A document's own account of itself: who published it and when, with the exact words in which it says so, else its beginning."""
    by = f" by {document.author}" if document.author else ""
    where = f", {document.outlet}" if document.outlet else ""
    kind = ", commentary" if document.kind == "commentary" else ""
    dated = f"published {date_text(document.published, document.published_precision)}" if document.published else "undated"
    citation = _self_description(document, marker=marker)
    text = f"“{document.title or document.name}”{by}{where}{kind}, {dated}: “{' '.join(citation.quote.split())}”"
    return Statement(text=text, citations=(citation,), voice="document", said_on="", verdict=check(citation.quote, [citation.quote]))


def _self_description(document: Document, *, marker: int) -> Citation:
    """Where the document gives its date, title or author; its first sentence where it gives none of them in words."""
    spans = [span for span in (_date_line(document), resolve(document.title, document.text) if document.title else None,
                               resolve(document.author, document.text) if document.author else None) if span]
    spans += [(start, end) for start, end in split_sentences(document.text, 0, len(document.text)) if not _skipped(document, start)][:1]
    for start, end in spans:
        if check(document.text[start:end], [document.text[start:end]]).supported:
            return cite(document, start, end, marker=marker, page=page_of(document, start))
    return cite(document, *_stripped(document), marker=marker, page=page_of(document, 0))


def _date_line(document: Document) -> tuple[int, int] | None:
    """The line at the beginning that holds the date of publication."""
    if not document.published:
        return None
    for match in re.finditer(r"[^\n]+", document.text[:_HEAD]):
        for mention in find_dates(match.group()):
            if mention.date == document.published and mention.precision == document.published_precision:
                before = match.group()[: mention.start].strip()
                whole = len(match.group()) <= 80
                begin = match.start() if whole or len(before) <= 20 else match.start() + mention.start
                return begin, match.end() if whole else match.start() + mention.end
    return None


def _stripped(document: Document) -> tuple[int, int]:
    start = len(document.text) - len(document.text.lstrip())
    end = document.text.find("\n", start)
    return start, end if end > start else len(document.text.rstrip())
