"""A model's text cut into statements as it arrives: a sentence, and for each passage it names the words quoted from it."""

import re
from dataclasses import dataclass, field

from qa.generating.budget import NOT_FOUND

LONGEST = 1200
"""Characters of one statement with its quotes; what goes on longer is cut off there and withheld."""
_OPENING, _CLOSING = "\"“„«”", "\"”“»"
_MARKER = re.compile(r"[\[【]\s*(?:passage\s+)?(\d{1,4})\s*[\]】]", re.IGNORECASE)
_QUOTED = re.compile(rf"\s*[:–—-]?\s*[{_OPENING}](.+)[{_CLOSING}]", re.DOTALL)
_RUN_ON = re.compile(rf"[\]】]\s*[{_OPENING}][^\n{_OPENING}{_CLOSING}]+[{_CLOSING}]\.?[^\S\n]+(?=[^\s\[【{_OPENING}{_CLOSING}.,;:)])")
_BULLET = re.compile(r"^(?:[-*•#>]+|\d{1,2}[.)])\s+")
_THINKING = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_THINKS = ("<think>", "</think>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A statement as the model wrote it: its `text` without markers and quotes, and (marker, quote) for each passage it names, the quote
    "" where there is none. `fault` says why it cannot be read ("" when it can)."""

    text: str
    cited: tuple[tuple[int, str], ...] = ()
    fault: str = ""

    @property
    def says_not_found(self) -> bool:
        """Whether it is the line that says that the passages do not answer."""
        return " ".join(re.findall(r"[a-z]+", self.text.lower())) == NOT_FOUND.lower()


@dataclass(slots=True)
class Cutter:
    """Takes text in pieces of any size and gives the statements that are whole. A line ends a statement, and so does a quote that is followed by another sentence."""

    _rest: str = ""
    _skipping: bool = False
    _thought: bool = field(default=False)

    def feed(self, piece: str) -> list[Draft]:
        """The statements that `piece` completes."""
        self._rest += piece
        if not self._thought and self._thinks():
            return []
        drafts = []
        while cut := self._next_cut():
            line, self._rest = self._rest[:cut], self._rest[cut:]
            ended = line.endswith("\n")
            if not self._skipping and line.strip():
                drafts.append(read(line))
            self._skipping = self._skipping and not ended
        if self._skipping:
            self._rest = ""
        elif len(self._rest) > LONGEST:
            drafts.append(Draft(text=self._rest[:200].strip() + "…", fault=f"it is longer than {LONGEST} characters"))
            self._rest, self._skipping = "", True
        return drafts

    def finish(self, *, cut_off: bool) -> list[Draft]:
        """The last statement, if any. `cut_off`: the model did not get to its end, so what it was at is no whole statement."""
        line, self._rest = self._rest, ""
        if self._skipping or not line.strip() or (not self._thought and line.lstrip().startswith(_THINKS[0])):
            return []
        draft = read(line)
        if cut_off and not re.search(rf"[{_CLOSING}]\W*$", line):
            return [Draft(text=draft.text, cited=draft.cited, fault="the model broke off in it")]
        return [draft]

    def _next_cut(self) -> int:
        """Where the first whole statement of the rest ends, 0 when none does."""
        line = self._rest.find("\n") + 1
        run_on = _RUN_ON.search(self._rest, 0, line or len(self._rest))
        return run_on.end() if run_on and not self._skipping else line

    def _thinks(self) -> bool:
        """Whether the text so far is a model's thinking aloud, which some servers leave in; it is dropped when it ends."""
        start = self._rest.lstrip()
        if start.startswith(_THINKS[0]):
            if _THINKS[1] not in start:
                return True
            self._rest = _THINKING.sub("", start, count=1)
        elif _THINKS[0].startswith(start):  # the tag itself may come in two pieces
            return bool(start)
        self._thought = True
        return False


def read(line: str) -> Draft:
    """One statement as written: sentence, marker, quote, and further markers with quotes."""
    line = _BULLET.sub("", line.strip()).replace("**", "")
    parts = _MARKER.split(line)
    text = parts[0].strip().rstrip("(").strip()
    cited = []
    for number, after in zip(parts[1::2], parts[2::2], strict=True):
        quoted = _QUOTED.match(after)
        cited.append((int(number), " ".join(quoted[1].split()) if quoted else ""))
    return Draft(text=" ".join(text.split()), cited=tuple(cited))
