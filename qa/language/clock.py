"""Times of day in running text: "22.50", "9:40 p.m.", "five o'clock", "ten past four", "noon"."""

import re
from dataclasses import dataclass

_WORDS = {word: value for value, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {
    "quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
_NUMBER = "|".join(sorted(_WORDS, key=len, reverse=True))
_HALF = r"(?:\s*(?P<half>[ap])\.?\s?m\b)?"
_DIGITS = re.compile(rf"\b(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d)\b(?![.:,]?\d){_HALF}", re.IGNORECASE)
_FULL = re.compile(rf"(?<![\d.:])\b(?P<hour>\d{{1,2}}|{_NUMBER})\s*(?:o['’]clock\b{_HALF}|(?P<only>[ap])\.?\s?m\b)", re.IGNORECASE)
_PAST = re.compile(rf"\b(?:a\s+)?(?P<minute>{_NUMBER})\s+(?:minutes?\s+)?(?P<way>past|after|to|before)\s+(?P<hour>{_NUMBER})\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?P<name>noon|midday|midnight)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day at `start` to `end` of the text: `minutes` after midnight, in [0, 1440); with `either` half of the day open, in [0, 720)."""

    minutes: int
    either: bool
    text: str
    start: int
    end: int

    def same(self, other: "Clock") -> bool:
        """Whether the two can be one time of day."""
        if self.either or other.either:
            return self.minutes % 720 == other.minutes % 720
        return self.minutes == other.minutes


def find_clocks(text: str) -> list[Clock]:
    """The times of day in a text, in order. "22.50" is one too, whatever it stands for: a caller knows whether a time was asked for."""
    found = [_clock(match, _minutes(match["hour"]) * 60 + int(match["minute"]), match["half"]) for match in _DIGITS.finditer(text)]
    found += [_clock(match, _minutes(match["hour"]) * 60, match["half"] or match["only"]) for match in _FULL.finditer(text)]
    for match in _PAST.finditer(text):
        minute = _WORDS[match["minute"].lower()] * (1 if match["way"].lower() in ("past", "after") else -1)
        found.append(_clock(match, _minutes(match["hour"]) * 60 + minute, None))
    found += [Clock(minutes=0 if match["name"].lower() == "midnight" else 720, either=False, text=match[0], start=match.start(), end=match.end())
              for match in _NAMED.finditer(text)]
    return sorted(found, key=lambda clock: clock.start)


def _minutes(hour: str) -> int:
    return _WORDS.get(hour.lower()) or int(hour)


def _clock(match: re.Match[str], minutes: int, half: str | None) -> Clock:
    """The time of a match; hours from 13 on are of a clock with 24 hours, and so are "0.15" and "07.15"."""
    of_24 = match["hour"].startswith("0") or match["hour"].isdigit() and int(match["hour"]) >= 13
    if half:
        minutes = minutes % 720 + (720 if half.lower() == "p" else 0)
    either = not half and not of_24
    return Clock(minutes=minutes % (720 if either else 1440), either=either, text=match[0], start=match.start(), end=match.end())
