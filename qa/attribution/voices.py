"""Who says a sentence of a document.

The rule. A sentence is

- `named` when it says who says it: a person, a body, an outlet, or a group that a name or "the" makes a known one ("US officials", "health
  authorities in the enclave", "the police"), by a verb of saying, "according to", "as reported by", or because it continues a quotation.
  Where only part of the sentence is somebody's (a quotation in a clause, "with X calling it …") it counts as named when that part is
  quoted or is
  the larger half; `partial` says so.
- `unnamed` when it signals other people's words or knowledge and does not say whose: "reportedly", "it is said", "reports suggest",
  "experts warn", "has been described by many as", "is believed to", or the document's own "without naming a source".
- `document` otherwise: what a document tells in its own voice is its own assertion, figures, blame and labels included. Such a sentence
  is marked `contested` when it holds what a document cannot know of itself (casualties, blame, responsibility, labels); the lead-in then
  says that it names no source. "The article says …" and "we" are the document itself.

In a conversation ("Name: …" at the head of each turn) every sentence of a turn is its speaker's.

Between speakers: in "X reported that Y said …" and "As reported by X, Y said …" Y speaks and X is `via`; where Y's words are X's own
claim ("X said that Y had promised …") X speaks. "Reports suggest A, but Y denies it" keeps the first voice and lists Y in `also`.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from qa.attribution.chain import choose, quotes, said_on, told
from qa.attribution.context import LONGEST, context
from qa.attribution.conversation import speaker_at
from qa.attribution.cue import Cue
from qa.attribution.cues import Reading, read
from qa.attribution.groups import is_itself
from qa.attribution.quotations import holder
from qa.attribution.reference import Before, resolve
from qa.attribution.speakers import Speaker
from qa.attribution.vocabulary import CONTESTED, HEDGES, UNSOURCED
from qa.records import Document, Precision, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says a sentence. `speaker`, `role` and `via` are as the document gives them, "" when it does not.

    `said_on` is an ISO date of `said_precision`: when the words were spoken as the sentence says, a weekday resolved against the document's
    publication. `quoted` are the characters inside quotation marks. `hedged`: the words are marked as uncertain. `also`: further speakers
    in the sentence. `partial`, `contested`: see the rule above. `commentary`: the document is one.
    """

    voice: Voice
    speaker: str = ""
    role: str = ""
    said_on: str = ""
    said_precision: Precision = "none"
    via: str = ""
    quoted: tuple[str, ...] = ()
    hedged: bool = False
    commentary: bool = False
    partial: bool = False
    contested: bool = False
    also: tuple[str, ...] = ()


def attribute(document: Document, start: int, end: int) -> Attribution:
    """Who says characters `start` to `end` of `document`: a sentence, or a part of one (then judged by the signs in that part, else by the
    sentence's)."""
    return _attribute(document, start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """What is judged: the words, what they show by themselves, and what stands before them."""

    document: Document
    text: str
    reading: Reading
    before: Before


@lru_cache(maxsize=8192)
def _attribute(document: Document, start: int, end: int) -> Attribution:
    before = context(document, start)
    text = document.text[start : min(end, start + LONGEST)]
    sentence = _Sentence(document=document, text=text, reading=read(text, before.open), before=before)
    main, via, also = choose(sentence.reading, text)
    if turn := speaker_at(document, start):
        return _named(sentence, turn, also=_names(sentence, [cue for cue in (main, *also) if cue]))
    if main is None or main.phrase.who == "self":
        return _without_cue(sentence, main, also)
    return _by_cue(sentence, main, via, also)


def _without_cue(sentence: _Sentence, main: Cue | None, also: list[Cue]) -> Attribution:
    """A sentence in which nobody but the document speaks: hearsay, a quotation that goes on, or the document's own words."""
    reading, before = sentence.reading, sentence.before
    if UNSOURCED.search(sentence.text) or main is not None and main.hearsay:
        return _plain(sentence, "unnamed")
    quoting = holder(sentence.document, (before.at, before.at + len(sentence.text)), reading, before)
    if quoting and not quoting.name:
        return _plain(sentence, "unnamed")
    if quoting:
        return _named(sentence, quoting, said=before.said)
    return _plain(sentence, "unnamed" if reading.hearsay else "document", also=_names(sentence, also))


def _by_cue(sentence: _Sentence, main: Cue, via: Cue | None, also: list[Cue]) -> Attribution:
    """A sentence with a speaker: named where the words are that speaker's for the larger part or quoted."""
    document, text, reading, before = sentence.document, sentence.text, sentence.reading, sentence.before
    if UNSOURCED.search(text) or main.hearsay:
        return _plain(sentence, "unnamed")
    heard = any(main.start <= at < main.end or not main.scope[0] <= at < main.scope[1] for at in reading.hearsay)
    others = _names(sentence, also)
    quoted = main.partial and quotes(reading, main)
    covers = quoted or main.partial and not heard and main.scope[1] - main.scope[0] >= len(text) / 2
    if main.phrase.who == "unnamed" or heard and not covers:
        named = () if main.phrase.who == "unnamed" else (resolve(document, main.phrase, before).name,)
        return _plain(sentence, "unnamed", also=tuple(name for name in (*named, *others) if name))
    if main.partial and not covers:
        return _plain(sentence, "document", also=(resolve(document, main.phrase, before).name, *others))
    speaker = resolve(document, main.phrase, before)
    if not speaker.name:  # "it" is the document; "he" is somebody the words before do not settle
        itself = main.phrase.who != "pronoun" or main.phrase.text.lower() == "it" and (
            before.itself or is_itself(document, before.at, before.sentences)
        )
        return _plain(sentence, "document" if itself else "unnamed")
    outlet = resolve(document, via.phrase, before).name if via and via.phrase.who != "unnamed" else told(document, text, main)
    return replace(_named(sentence, speaker, said=said_on(document, text, main), also=others),
                   via="" if outlet == speaker.name else outlet, partial=main.partial)


def _named(sentence: _Sentence, speaker: Speaker, *, said: tuple[str, Precision] = ("", "none"), also: tuple[str, ...] = ()) -> Attribution:
    return Attribution(
        voice="named",
        speaker=speaker.name,
        role="" if speaker.role == speaker.name else speaker.role,
        said_on=said[0],
        said_precision=said[1],
        quoted=_quoted(sentence),
        hedged=bool(HEDGES.search(sentence.text)),
        commentary=sentence.document.kind == "commentary",
        also=tuple(dict.fromkeys(name for name in also if name != speaker.name)),
    )


def _plain(sentence: _Sentence, voice: Voice, *, also: tuple[str, ...] = ()) -> Attribution:
    return Attribution(
        voice=voice,
        quoted=_quoted(sentence),
        hedged=bool(sentence.reading.hearsay or HEDGES.search(sentence.text)),
        commentary=sentence.document.kind == "commentary",
        contested=voice == "document" and bool(CONTESTED.search(sentence.text)),
        also=also,
    )


def _quoted(sentence: _Sentence) -> tuple[str, ...]:
    return tuple(sentence.text[start:end] for start, end in sentence.reading.quotations)


def _names(sentence: _Sentence, cues: list[Cue]) -> tuple[str, ...]:
    found = (resolve(sentence.document, cue.phrase, sentence.before).name for cue in cues if cue.phrase.who in ("named", "definite"))
    return tuple(dict.fromkeys(name for name in found if name))
