"""How printed words are compared with expected ones: whole words in a row, units, dates as they are commonly written."""

import re

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def unit_words(text: str) -> str:
    """A unit for comparison: signs as words, plain plurals as singulars."""
    for sign, word in (("%", " percent "), ("per cent", "percent"), ("$", " dollar ")):
        text = text.replace(sign, word)
    return " ".join(word.rstrip("s") for word in _words(text))


def markers(text: str) -> set[str]:
    """The numbers of the [n] in a text."""
    return set(re.findall(r"\[(\d+)\]", text))


def _words(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", text.lower())


def stands_in(part: str, whole: str) -> bool:
    """Whether the words of `part` stand one after the other in `whole`; "24" does not stand in "2,400"."""
    words, length = _words(whole), len(_words(part))
    return length > 0 and any(words[i : i + length] == _words(part) for i in range(len(words) - length + 1))


def written_dates(date: str) -> tuple[str, ...]:
    """How an ISO date of day, month or year precision is commonly printed; the year may be left out of a day."""
    pieces = date.split("-")
    if len(pieces) == 1:
        return (date,)
    month = _MONTHS[int(pieces[1]) - 1]
    if len(pieces) == 2:
        return (date, f"{month} {pieces[0]}")
    day = str(int(pieces[2]))
    return (date, f"{day} {month}", f"{month} {day}")
