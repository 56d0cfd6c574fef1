"""Sentences: where each begins and ends in a text.

The rules are the project's own because exact offsets, quotations split into their sentences, and a sentence glued to the
next one ("came back.Next") are needed together, and no library found gives all three: sentencex is the fastest and keeps
offsets but holds a whole quotation as one sentence and splits "5 p.m. Tuesday"; blingfire takes 0.2 s to import; pysbd reads
0.3 MB a second. NLTK's punkt was not measured.
"""

import re
from collections.abc import Iterator

from qa.language.abbreviations import BEFORE_NAME, BEFORE_NUMBER, NEVER_LAST, STARTERS, TIME_WORDS

_PARAGRAPH = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)\s*|\u2029")
_LINE = re.compile(r"[^\r\n]+")
_STOP = re.compile(
    r"(\.(?:\s\.){2,}|[.!?…]+|[。！？؟۔।])"  # the stop: ". . .", a run, or one of another script
    r"((?:[^\S\r\n]?(?:[»)\]}]|'')|[\"'”’」』）*_]|\[\d{1,3}\])*)"  # what closes after it: quotes, brackets, emphasis, a note's number
)
_WORD_BEFORE = re.compile(r"[^\s(\[{\"“‘«/–—]*$")
_NEXT = re.compile(r"[\"'“”‘’«»(\[{*_¿¡–—\s-]*([^\W_][\w'’]*|\S|$)")
_GLUED_NEXT = re.compile(r"[\"“‘«(\[]?(?:[A-ZÀ-Þ][a-zß-ÿ]+(?![\w.(=]|\.\w)|[A-Z]{2,}\s|[AI]\s)")
_GLUED_BEFORE = re.compile(r"(?:^|[\s(“\"‘«—–-])(?:[^\s/@\\_=:.]|(?<=\d)\.(?=\d))*(?:[a-zß-ÿ]{2}|\d|[%)”’\"])$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$")
_ASKED = re.compile(
    r"\s+(?:[A-Z][\w'’.-]*\s+){1,4}(?:said|says|asked|asks|told|wrote|writes|added|replied|wondered|cried|shouted|quipped)\b"
)
_MARKER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})$")
_ITEM = re.compile(r"(?:#{1,6}\s|[-*+•‣◦▪●]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s|>|\||```|[A-Z][\w.'’-]*(?: [\w.'’-]+){0,3}:\s)")
_WHOLE_LINE = re.compile(r"#{1,6}\s|\||[-=*_~]{3,}$|```")
_STARTS_ANEW = re.compile(r"[^a-zß-ÿ,;)\]”’.]")
_GOES_ON = tuple(".,;:!?…")

_UNWRAPPED = 160  # characters; lines longer than this were not broken to fit a page
_SHORT = 0.75  # of the widest line: a line that leaves more room than this was ended on purpose


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Offset pairs of the sentences of `text[start:end]`, in order, without the white space around them.

    Every character that is not white space lies in exactly one sentence, and no sentence crosses a blank line. A heading,
    a list item, a table row and a line ended early on purpose are sentences of their own, stop or none.
    """
    end = len(text) if end is None else end
    sentences: list[tuple[int, int]] = []
    for block_start, block_end in _blocks(text, start, end):
        last = block_start
        no_capitals = text[block_start:block_end].islower()
        for match in _STOP.finditer(text, block_start, block_end):
            if match.end() < block_end and _is_end(text, match, (last, block_end), no_capitals=no_capitals):
                _append_trimmed(sentences, text, last, match.end())
                last = match.end()
        _append_trimmed(sentences, text, last, block_end)
    return sentences


def _append_trimmed(sentences: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    bare = piece.lstrip()
    start = end - len(bare)
    bare = bare.rstrip()
    if bare:
        sentences.append((start, start + len(bare)))


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Paragraphs, cut further where a line break ends something on purpose."""
    last = start
    for match in _PARAGRAPH.finditer(text, start, end):
        yield from _lines(text, last, match.start())
        last = match.end()
    yield from _lines(text, last, end)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of one paragraph: its lines, joined where they were only wrapped to fit a page."""
    lines = [match.span() for match in _LINE.finditer(text, start, end)]
    if len(lines) < 2:
        yield start, end
        return
    width = max(line_end - line_start for line_start, line_end in lines)
    last = start
    for (line_start, line_end), (next_start, next_end) in zip(lines, lines[1:]):
        if _breaks(text[line_start:line_end].strip(), text[next_start:next_end].lstrip(), width):
            yield last, line_end
            last = line_end
    yield last, end


def _breaks(line: str, following: str, width: int) -> bool:
    """Whether the break between two lines of a paragraph ends a sentence whatever the line's last character is."""
    if _ITEM.match(following) or _WHOLE_LINE.match(line):
        return True
    if (" | " in line and " | " in following) or ("\t" in line and "\t" in following):  # rows of a table
        return True
    if not line or not _STARTS_ANEW.match(following):
        return False
    if width > _UNWRAPPED:
        return True
    return len(line) + 1 + len(following.split(None, 1)[0]) < _SHORT * width


def _is_end(text: str, match: re.Match[str], span: tuple[int, int], *, no_capitals: bool) -> bool:
    """Whether the stop found ends the sentence begun at `span[0]`; more of its block, up to `span[1]`, follows.

    A sentence begins with a capital, a digit or a sign, but in a block that has no capitals at all with anything.
    """
    stop, closers = match.groups()
    sentence_start, block_end = span
    if stop in "。！？":
        return True
    before = text[max(sentence_start, match.start() - 60):match.start()]
    if before[-1:] in ("[", "("):  # an omission mark, […], or (?)
        return False
    if not text[match.end()].isspace():
        return _ends_glued(text, match, before)
    following = _NEXT.match(text, match.end(), block_end)
    word = following.group(1)
    if word[:1].islower() and not no_capitals and not word[1:2].isupper():  # "iPhone" may begin a sentence
        return False
    if word[:1] in _GOES_ON:
        return False
    if stop != ".":
        return _ends_strong(text, match, word)
    if no_capitals:
        word = word.capitalize()
    return not _abbreviated(before, word, closers, at_start=sentence_start + 60 > match.start())


def _ends_glued(text: str, match: re.Match[str], before: str) -> bool:
    """A stop with no space after it ends a sentence between a plain word and a capitalised one: "came back.Next"."""
    if not _GLUED_NEXT.match(text, match.end()) or not _GLUED_BEFORE.search(before):
        return False
    return not _MARKER.match(before.strip()) and before.rsplit(None, 1)[-1].lower() not in BEFORE_NAME


def _ends_strong(text: str, match: re.Match[str], word: str) -> bool:
    """Question and exclamation marks end a sentence unless a verb of saying follows; "... I" goes on."""
    stop, closers = match.groups()
    if "?" in stop or "!" in stop:
        return not (closers and _ASKED.match(text, match.end()))
    return word != "I"


def _abbreviated(before: str, word: str, closers: str, *, at_start: bool) -> bool:
    """Whether a full stop after `before` and ahead of `word` belongs to an abbreviation, an initial or a list marker."""
    if at_start and _MARKER.match(before.strip()):
        return True
    last = _WORD_BEFORE.search(before).group()
    if not last[:1].isalpha():
        return False
    bare = last.lower()
    if bare in NEVER_LAST or (bare in BEFORE_NUMBER and (word[:1].isdigit() or word.isupper() and len(word) < 5)):
        return True
    if bare in TIME_WORDS:
        return word.lower() in TIME_WORDS[bare]
    initial = len(last) == 1 and (last.isupper() or word.istitle())
    if not (initial or bare in BEFORE_NAME or _DOTTED.match(last)):
        return False
    return bool(closers) or word not in STARTERS
