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

Between speakers: in "X reported that Y said …" and "As reported by X, Y said …" Y speaks and X is `via`; where Y's words are X's own
claim ("X said that Y had promised …") X speaks. "Reports suggest A, but Y denies it" keeps the first voice and lists Y in `also`.
"""

from dataclasses import dataclass
from functools import lru_cache

from qa.attribution.chain import choose, quotes, said_on, told
from qa.attribution.context import LONGEST, Before, carried, closing_cue, context, resolve
from qa.attribution.cues import Cue, Reading, read
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


@lru_cache(maxsize=8192)
def _attribute(document: Document, start: int, end: int) -> Attribution:
    before = context(document, start)
    text = document.text[start : min(end, start + LONGEST)]
    reading = read(text, before.open)
    main, via, also = choose(reading, text)
    if main is None and before.open is False and reading.open_end:
        later = closing_cue(document, end)
        if later:
            return _named(document, text, reading, speaker=later, before=before)
    return _judge(document, text, reading, before=before, chosen=(main, via, also))


def _judge(
    document: Document, text: str, reading: Reading, *, before: Before, chosen: tuple[Cue | None, Cue | None, list[Cue]]
) -> Attribution:
    main, via, also = chosen
    heard = any(main is None or main.start <= at < main.end or not main.scope[0] <= at < main.scope[1] for at in reading.hearsay)
    if UNSOURCED.search(text) or main is not None and main.hearsay:
        return _plain(document, text, reading, voice="unnamed")
    if main is None or main.phrase.who == "self":
        quoting = carried(text, reading, before)
        if quoting and not quoting.name:
            return _plain(document, text, reading, voice="unnamed")
        if quoting:
            return _named(document, text, reading, speaker=quoting, before=before, said=before.said)
        return _plain(document, text, reading, voice="unnamed" if reading.hearsay else "document", also=_names(document, also, before))
    others = _names(document, also, before)
    quoted = main.partial and quotes(reading, main)
    covers = quoted or main.partial and not heard and main.scope[1] - main.scope[0] >= len(text) / 2
    if main.phrase.who == "unnamed" or heard and not covers:
        named = () if main.phrase.who in ("unnamed", "self") else (resolve(document, main.phrase, before).name,)
        return _plain(document, text, reading, voice="unnamed", also=tuple(name for name in (*named, *others) if name))
    if main.partial and not covers:
        return _plain(document, text, reading, voice="document", also=(resolve(document, main.phrase, before).name, *others))
    speaker = resolve(document, main.phrase, before)
    if not speaker.name:  # "it" is the document; "he" is somebody the words before do not settle
        return _plain(document, text, reading, voice="unnamed" if main.phrase.text.lower() in ("he", "she", "they") else "document")
    outlet = resolve(document, via.phrase, before).name if via and via.phrase.who != "unnamed" else told(document, text, main)
    return _named(
        document,
        text,
        reading,
        speaker=speaker,
        before=before,
        said=said_on(document, text, main),
        via=outlet,
        also=others,
        partial=main.partial,
    )


def _named(
    document: Document,
    text: str,
    reading: Reading,
    *,
    speaker: Speaker,
    before: Before,
    said: tuple[str, Precision] = ("", "none"),
    via: str = "",
    also: tuple[str, ...] = (),
    partial: bool = False,
) -> Attribution:
    return Attribution(
        voice="named",
        speaker=speaker.name,
        role="" if speaker.role == speaker.name else speaker.role,
        said_on=said[0],
        said_precision=said[1],
        via="" if via == speaker.name else via,
        quoted=_quoted(text, reading),
        hedged=bool(HEDGES.search(text)),
        partial=partial,
        commentary=document.kind == "commentary",
        also=tuple(dict.fromkeys(name for name in also if name != speaker.name)),
    )


def _plain(document: Document, text: str, reading: Reading, *, voice: Voice, also: tuple[str, ...] = ()) -> Attribution:
    return Attribution(
        voice=voice,
        quoted=_quoted(text, reading),
        hedged=bool(reading.hearsay or HEDGES.search(text)),
        commentary=document.kind == "commentary",
        contested=voice == "document" and bool(CONTESTED.search(text)),
        also=also,
    )


def _quoted(text: str, reading: Reading) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in reading.quotations)


def _names(document: Document, cues: list[Cue], before: Before) -> tuple[str, ...]:
    found = (resolve(document, cue.phrase, before).name for cue in cues if cue.phrase.who in ("named", "definite"))
    return tuple(dict.fromkeys(name for name in found if name))
