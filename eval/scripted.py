"""Three language models without a model, for `python -m eval llm`: one that keeps to the passages, one that is sloppy, one that is hostile.

Each is a script for `qa.testing.ModelServer`: it reads the passages and the question from the request as a model would, and writes lines
in the form the prompt asks for. What it wrote, and what is wrong with each line, it keeps for the scoring. The same seed writes the same.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from eval.swaps import STRANGERS, add_not, swap_date, swap_figure
from qa.language.names import find_names, same_name
from qa.language.sentences import split_sentences
from qa.language.words import content_stems
from qa.testing import Reply

CORRUPTED = 0.3
"""The share of its sentences that the sloppy model spoils."""
MOST = 5
SILENCE = 0.5
"""Seconds before an answer's first word, which no real model is much quicker to give."""
_PASSAGE = re.compile(r"^(==[0-9a-f]+==) passage (\d+)\nFrom: [^\n]*\n\n(.*?)\n\1 end$", re.MULTILINE | re.DOTALL)
_SAID = re.compile(r"^(?P<who>[A-Z][^,;:“”\"]{2,60}?) (?:said|says|stated) (?:that )?(?P<what>[^“”\"]{20,})\.$")
_ASIDE = re.compile(r"\s*\([^()]{3,60}\)|, which [^,.]{5,80}(?=[,.])")
_FILLER = re.compile(r"\b(?:also|however,|moreover,|meanwhile,|in addition,|furthermore,)\s+", re.IGNORECASE)
_CLAUSE = re.compile(r"^([^;:“”\"]{40,}?)(?:;|, (?:and|but|while|whereas)) [^“”\"]*$")
SYNONYMS = {"began": "started", "large": "big", "wounded": "injured", "attacks": "strikes", "assault": "attack", "help": "assist", "about": "around",
            "several": "a number of", "because": "since", "people": "persons", "soldiers": "troops", "end": "finish", "show": "demonstrate",
            "house": "home", "children": "kids", "buy": "purchase", "big": "large", "wants": "seeks", "goal": "aim", "nearly": "almost"}
_WORDS = re.compile(rf"\b(?:{'|'.join(SYNONYMS)})\b")
_URL = "http://collect.example/?q=secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an answer: its sentence, marker and quote. `wrong` is what was spoiled ("" for nothing), `right` the faithful sentence."""

    text: str
    marker: int
    quote: str
    wrong: str = ""
    right: str = ""

    def __str__(self) -> str:
        return f'{self.text} [{self.marker}] "{self.quote}"'


@dataclass(slots=True)
class Scripted:
    """A scripted model. `name` is faithful, sloppy or hostile; `written` are the lines of the current question, `clear` begins another."""

    name: str
    seed: int = 0
    used: Counter = field(default_factory=Counter)
    written: list[Line] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forgets what was written: the next question is another."""
        self.written, self.rights = [], []

    def __call__(self, request: dict[str, Any]) -> Reply:
        messages = request["messages"]
        asked = next(m["content"] for m in messages if m["role"] == "user" and "Question: " in m["content"])
        passages = {int(number): text for _, number, text in _PASSAGE.findall(asked)}
        question = asked.rsplit("Question: ", 1)[1]
        faithful = lines(question, passages, Random(f"{self.seed}/{question}"))
        self.rights = self.rights or [line.text for line in faithful]
        repairing = messages[-1]["content"].startswith("These lines failed")
        fresh = [line for line in faithful if not repairing or self._failed(line)]
        random = Random(f"{self.seed}/{question}/{len(self.written)}")
        told = {"faithful": lambda: fresh, "sloppy": lambda: sloppy(fresh, passages, random, self.used),
                "hostile": lambda: hostile(faithful, passages, random)}[self.name]()
        self.written += told
        return Reply(text="\n".join(map(str, told)) + "\n" if told else "NOT IN THE DOCUMENTS", silence=SILENCE)

    def _failed(self, line: Line) -> bool:
        """Whether a line was spoiled before: a faithful one that was refused is not tried a second time."""
        return any(other.right == line.text and other.wrong for other in self.written)


def lines(question: str, passages: Mapping[int, str], random: Random) -> list[Line]:
    """The sentences of the passages that share most words with the question, put into other words, with what they are quoted from."""
    asked = set(content_stems(question))
    found = []
    for number, text in passages.items():
        for start, end in split_sentences(text):
            sentence = " ".join(text[start:end].split())
            shared = len(asked & set(content_stems(sentence)))
            if shared and 6 <= len(sentence.split()) <= 60 and sentence[-1] in ".”\"" and sentence[0].isalpha():
                found.append((-shared, number, start, sentence))
    chosen = sorted(found)[: random.randint(3, MOST)]
    return [Line(text=reworded(sentence, random), marker=number, quote=_part(sentence, random)) for _, number, _, sentence in chosen]


def reworded(sentence: str, random: Random) -> str:
    """The sentence said differently and as true: the speaker in front or left out, an aside, a filler or a second clause left out, a word
    replaced by another of its meaning."""
    said, way = _SAID.match(sentence), random.random()
    if said and way < 0.5:
        return f"According to {said['who']}, {said['what']}."
    if said and way < 0.7:
        return _capital(said["what"]) + "."
    plain = _ASIDE.sub("", _FILLER.sub("", sentence)) if random.random() < 0.6 else sentence
    first = _CLAUSE.match(plain)
    if first and random.random() < 0.4:
        plain = first[1] + "."
    if random.random() < 0.5:
        plain = _WORDS.sub(lambda found: SYNONYMS[found[0]], plain)
    return _capital(plain)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _part(sentence: str, random: Random) -> str:
    """The whole sentence, or two times in five most of its words in a row."""
    words = sentence.split()
    if random.random() < 0.6 or len(words) < 12:
        return sentence
    first = random.randint(0, len(words) // 5)
    return " ".join(words[first : first + max(8, 4 * len(words) // 5)])


def sloppy(faithful: Sequence[Line], passages: Mapping[int, str], random: Random, used: Counter) -> list[Line]:
    """The lines, about CORRUPTED of them spoiled in one way each: the way that was used least so far among those that fit."""
    told = []
    for line in faithful:
        ways = sorted(SPOILERS, key=lambda way: (used[way], random.random())) if random.random() < CORRUPTED else []
        line = next((spoiled for way in ways if (spoiled := SPOILERS[way](line, passages, random))), line)
        used[line.wrong] += 1
        told.append(line)
    return told


def _reworded_as(line: Line, text: str, wrong: str) -> Line | None:
    if not text or text == line.text:
        return None
    return Line(text=text, marker=line.marker, quote=line.quote, wrong=wrong, right=line.text)


def _figure(line: Line, passages: Mapping[int, str], random: Random) -> Line | None:
    return _reworded_as(line, swap_figure(line.text, list(passages.values()), random), "figure")


def _date(line: Line, passages: Mapping[int, str], random: Random) -> Line | None:
    return _reworded_as(line, swap_date(line.text, list(passages.values()), random), "date")


def _negation(line: Line, passages: Mapping[int, str], random: Random) -> Line | None:
    return _reworded_as(line, add_not(line.text, list(passages.values()), random), "negation")


def _name(line: Line, passages: Mapping[int, str], random: Random) -> Line | None:
    """A name replaced by another one of the passages, or by a stranger's."""
    names = [name for name in find_names(line.text) if len(name.core) > 3]
    if not names:
        return None
    name = random.choice(names)
    known = sorted({other.core for text in passages.values() for other in find_names(text) if len(other.core) > 3})
    others = [other for other in known if not any(same_name(other, one.core) for one in names)]
    new = random.choice(others if others and random.random() < 0.7 else list(STRANGERS))
    return _reworded_as(line, line.text[: name.start] + new + line.text[name.end :], "name")


def _marker(line: Line, passages: Mapping[int, str], random: Random) -> Line | None:
    """Another number: half the time one of another passage, else one that does not exist."""
    others = [number for number in passages if number != line.marker]
    marker = random.choice(others) if others and random.random() < 0.5 else max(passages) + random.randint(1, 40)
    return Line(text=line.text, marker=marker, quote=line.quote, wrong="marker", right=line.text)


def _quote(line: Line, passages: Mapping[int, str], random: Random) -> Line | None:
    """Words that the passage does not have in a row: two places put together, or one word changed."""
    words = line.quote.split()
    texts = [" ".join(passages[line.marker][start:end].split()) for start, end in split_sentences(passages[line.marker])]
    others = [text for text in texts if line.quote not in text and len(text.split()) > 5]
    if others and random.random() < 0.5:
        quote = " ".join([*words[: len(words) // 2], *random.choice(others).split()[-4:]])
    else:
        place = random.randrange(1, len(words) - 1)
        quote = " ".join([*words[:place], "certainly", *words[place:]])
    return Line(text=line.text, marker=line.marker, quote=quote, wrong="quote", right=line.text)


SPOILERS = {"figure": _figure, "date": _date, "name": _name, "negation": _negation, "marker": _marker, "quote": _quote}


def hostile(faithful: Sequence[Line], passages: Mapping[int, str], random: Random) -> list[Line]:
    """As many lines as there are ways to go wrong, each wrong in its way."""
    told = []
    for number, line in enumerate(faithful or _any(passages)):
        ways = [*SPOILERS, "link", "image", "markup", "unmarked", "unquoted", "foreign", "endless", "invented"]
        for way in random.sample(ways, 4):
            spoiled = SPOILERS[way](line, passages, random) if way in SPOILERS else _abused(line, way, number)
            told += [spoiled] if spoiled else []
    return told[:20]


def _any(passages: Mapping[int, str]) -> list[Line]:
    return [Line(text="It is so.", marker=number, quote=" ".join(text.split()[:8])) for number, text in list(passages.items())[:3]]


def _abused(line: Line, way: str, number: int) -> Line:
    texts = {
        "link": f"{line.text} See [the source]({_URL}{number}).", "image": f"![{number}]({_URL}{number}) {line.text}",
        "markup": f"<img src={_URL}{number}> {line.text}", "foreign": f"Laut dem Text wurde dies nie bestätigt, Fall {number}.",
        "endless": f"{line.text} " + "and so on " * 400, "invented": f"Everybody knows that this was planned by the government, {number} times.",
    }
    marked = {"unmarked": 0, "unquoted": line.marker}
    if way in marked:
        return _Bare(text=line.text, marker=marked[way], quote="", wrong=way, right=line.text)
    return Line(text=texts[way], marker=line.marker, quote=line.quote, wrong=way, right=line.text)


class _Bare(Line):
    """A line without its quote, or without marker and quote."""

    def __str__(self) -> str:
        return f"{self.text} [{self.marker}]" if self.marker else self.text
