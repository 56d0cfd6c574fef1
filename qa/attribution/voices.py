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

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.attribution.cues import Cue, Reading, find_quotations, read
from qa.attribution.phrases import Phrase
from qa.attribution.speakers import Speaker, is_person, refers_back, speaker_of
from qa.attribution.vocabulary import ANONYMOUS, BACKREFERENCES, CONTESTED, HEDGES, REPORTING, UNSOURCED
from qa.language.dates import DateMention, find_dates, iso
from qa.language.sentences import split_sentences
from qa.records import Document, Precision, Voice

LONGEST = 1200  # characters of a sentence that are read; nobody's words are introduced later than that
WINDOW = 1500  # characters before a sentence that are read for an open quotation and for whom "he" means


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What the sentences before leave behind: the last speaker, the last person named, who holds the open quotation."""

    speaker: Speaker | None = None
    body: Speaker | None = None
    subject: Speaker | None = None
    itself: bool = False
    open: bool = False
    quoting: Speaker | None = None
    said: tuple[str, Precision] = ("", "none")
    at: int = 0


def attribute(document: Document, start: int, end: int) -> Attribution:
    """Who says characters `start` to `end` of `document`: a sentence, or a part of one (then judged by the signs in that part, else by the
    sentence's)."""
    return _attribute(document, start, end)


@lru_cache(maxsize=8192)
def _attribute(document: Document, start: int, end: int) -> Attribution:
    before = _context(document, start)
    text = document.text[start : min(end, start + LONGEST)]
    reading = read(text, before.open)
    main, via, also = _choose(reading, text)
    if main is None and before.open is False and reading.open_end:
        later = _closing_cue(document, end)
        if later:
            return _named(document, text, reading, speaker=later, before=before)
    return _judge(document, text, reading, before=before, chosen=(main, via, also))


def _judge(
    document: Document, text: str, reading: Reading, *, before: _Before, chosen: tuple[Cue | None, Cue | None, list[Cue]]
) -> Attribution:
    main, via, also = chosen
    heard = any(main is None or main.start <= at < main.end or not main.scope[0] <= at < main.scope[1] for at in reading.hearsay)
    if UNSOURCED.search(text) or main is not None and main.hearsay:
        return _plain(document, text, reading, voice="unnamed")
    if main is None or main.phrase.who == "self":
        quoting = _carried(text, reading, before)
        if quoting and not quoting.name:
            return _plain(document, text, reading, voice="unnamed")
        if quoting:
            return _named(document, text, reading, speaker=quoting, before=before, said=before.said)
        return _plain(document, text, reading, voice="unnamed" if reading.hearsay else "document", also=_names(document, also, before))
    others = _names(document, also, before)
    quotes = main.partial and _quotes(reading, main)
    covers = quotes or main.partial and not heard and main.scope[1] - main.scope[0] >= len(text) / 2
    if main.phrase.who == "unnamed" or heard and not covers:
        named = () if main.phrase.who in ("unnamed", "self") else (_resolve(document, main.phrase, before).name,)
        return _plain(document, text, reading, voice="unnamed", also=tuple(name for name in (*named, *others) if name))
    if main.partial and not covers:
        return _plain(document, text, reading, voice="document", also=(_resolve(document, main.phrase, before).name, *others))
    speaker = _resolve(document, main.phrase, before)
    if not speaker.name:  # "it" is the document; "he" is somebody the words before do not settle
        return _plain(document, text, reading, voice="unnamed" if main.phrase.text.lower() in ("he", "she", "they") else "document")
    outlet = _resolve(document, via.phrase, before).name if via and via.phrase.who != "unnamed" else _told(document, text, main)
    return _named(
        document,
        text,
        reading,
        speaker=speaker,
        before=before,
        said=_said_on(document, text, main),
        via=outlet,
        also=others,
        partial=main.partial,
    )


def _choose(reading: Reading, text: str) -> tuple[Cue | None, Cue | None, list[Cue]]:
    """The cue of the sentence's main speaker, the cue of who reports it, and the others."""
    cues = [cue for cue in reading.cues if cue.phrase.who != "unnamed" or cue.kind != "gerund"]
    whole = [cue for cue in cues if not cue.partial]
    if not whole:
        first = next((cue for cue in cues if cue.phrase.who != "unnamed"), cues[0] if cues else None)
        return first, None, [cue for cue in cues if cue is not first]
    first = whole[0]
    own = next((cue for cue in whole if cue.phrase.who == "self"), None)
    theirs = [
        cue
        for cue in cues
        if own and cue.kind != "according" and cue.phrase.who in ("named", "definite", "pronoun") and cue.start >= own.end
    ]
    if own and theirs and own.kind == "says":
        outlet = first if first.kind in ("according", "as") and first.phrase.who == "named" else own
        return replace(theirs[0], partial=False, scope=(0, len(text))), outlet, [cue for cue in cues if cue not in (own, outlet, theirs[0])]
    others = [cue for cue in cues if cue is not first]
    for other in whole[1:]:
        if first.kind in ("as", "according") and other.kind == "says" and other.phrase.who != "unnamed":
            return other, first, [cue for cue in others if cue is not other]
        after = other.kind == "says" and other.start > first.end and other.scope == (0, len(text))
        if (
            other.kind in ("as", "according")
            or other.kind == "passive"
            and other.verb in ("quote", "cite")
            or after
            and other.verb in REPORTING
        ):
            return first, other, [cue for cue in others if cue is not other]
        if after and other.phrase.who in ("named", "definite") and re.search(r"[,”\"]\s*$", text[: other.start]):
            return other, None, [cue for cue in others if cue is not other]
        inside = first.scope[0] <= other.start < first.scope[1] and other.start >= first.end
        if (
            inside
            and (first.verb in ("report", "quote", "cite") or first.phrase.who in ("self", "unnamed"))
            and other.phrase.who != "unnamed"
        ):
            return other, first, [cue for cue in others if cue is not other]
    return first, None, others


def _quotes(reading: Reading, cue: Cue) -> bool:
    """Whether a cue for part of a sentence quotes somebody there."""
    return any(cue.end - 1 <= start and end <= cue.scope[1] + 1 and end - start > 8 for start, end in reading.quotations)


def _carried(text: str, reading: Reading, before: _Before) -> Speaker | None:
    """Whose quotation a sentence without a speaker continues: it begins inside an open one, or is one that directly follows."""
    if before.open:
        return before.quoting
    opens = reading.quotations and re.match(r"\s*[“\"‘']{1,2}$", text[: reading.quotations[0][0]] or "x")
    after_colon = reading.quotations and text[: reading.quotations[-1][0]].rstrip('“" ').endswith(":")
    if after_colon and not before.open:
        return before.speaker
    long = opens and reading.quotations[0][1] - reading.quotations[0][0] > 0.6 * len(text)
    return before.quoting if long else None


def _named(
    document: Document,
    text: str,
    reading: Reading,
    *,
    speaker: Speaker,
    before: _Before,
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


def _names(document: Document, cues: list[Cue], before: _Before) -> tuple[str, ...]:
    found = (_resolve(document, cue.phrase, before).name for cue in cues if cue.phrase.who in ("named", "definite"))
    return tuple(dict.fromkeys(name for name in found if name))


def _resolve(document: Document, phrase: Phrase, before: _Before) -> Speaker:
    """The speaker a phrase means here; an empty one when "it" or "the article" means the document."""
    if phrase.who == "self":
        return Speaker(name=_self(phrase))
    if phrase.who == "pronoun":
        word = phrase.text.lower()
        if word in ("he", "she"):
            alone = before.speaker if before.speaker and (is_person(before.speaker.name) or before.speaker.role) else None
            return before.subject or alone or Speaker(name="")
        if before.itself and word == "it":
            return Speaker(name="")
        return before.body or before.speaker or Speaker(name="")
    if met := _met(document, phrase, before.at):
        return met
    if refers_back(phrase):
        noun = phrase.text.split()[1].lower()
        known = before.body if noun in BACKREFERENCES else before.subject
        body = known and not is_person(known.name) and known.name.split()[-1].lower() not in ANONYMOUS
        if known and (noun in BACKREFERENCES and body or noun == "source" or re.search(rf"\b{noun}\b", f"{known.role} {known.name}", re.I)):
            return known
    return speaker_of(document, phrase)


def _met(document: Document, phrase: Phrase, at: int) -> Speaker | None:
    """What "this group", "the source" or "the president" was called where it was introduced shortly before ("an armed group backed by
    …")."""
    anaphor = re.fullmatch(r"(?:the|this|that)\s+(\w+)", phrase.text, re.I)
    if not anaphor:
        return None
    noun = re.escape(anaphor[1].lower())
    met = list(
        re.finditer(
            rf"(?<!, )\b(?:an?|[Aa]n?|[Oo]ne)\s+(?P<what>(?:[\w-]+\s+){{0,3}}{noun}(?:\s+(?:(?:supported|backed|based|led|run|linked)\s+(?:by"
            rf"|in|to)|of|for|at|in)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s?)+(?:in\s+[A-Z]\w+)?)?)"
            rf"|(?P<owned>[A-Z]\w+['’]s\s+{noun}\b|[A-Z][a-z]+\s+{noun}\b(?!\s+[A-Z]))",
            document.text[max(0, at - 500) : at],
        )
    )
    if not met:
        return None
    what = " ".join((met[-1]["what"] or met[-1]["owned"]).split())
    return Speaker(name=what) if re.search(r"[A-Z]", what) and what.split()[0] not in ("The", "This", "That", "A", "An") else None


def _self(phrase: Phrase) -> str:
    return "" if phrase.text.lower() in ("we", "i") else "the " + re.sub(r"^(?:the|this)\s+", "", phrase.text.lower())


def _told(document: Document, text: str, main: Cue) -> str:
    """The outlet in "X told Reuters that" or "in an interview with Reuters"."""
    told = (
        re.match(
            r"\s+(?:the\s+)?((?:(?!\w+day\b)[A-Z][\w.&-]*\s*){1,5}?)(?!\w|['’])(?=\s*(?:that|on|in|he|she|it|they|the|,|\.|[“\"]"
            r"|a\b|\w+day\b|last\b|this\b))",
            text[main.end :],
        )
        if main.verb == "tell"
        else None
    )
    spoken = told or re.search(
        r"\bin\s+an?\s+(?:\w+\s+)?interview\s+(?:with|to"
        r"|on)\s+(?:the\s+)?((?:[A-Z][\w.&’'-]*\s*){1,5}?)(?=\s*(?:that|on|in|,|\.|[“\"]|$))",
        text,
    )
    return spoken[1].strip(" .") if spoken else ""


def _said_on(document: Document, text: str, cue: Cue) -> tuple[str, Precision]:
    """When the words were said: a date that belongs to the verb of saying, not to what is said."""
    reference = document.published if document.published_precision == "day" else None
    for mention in find_dates(text, reference):
        if _belongs(text, mention, cue) and mention.resolved:
            return iso(mention.date, mention.precision), mention.precision
    return "", "none"


def _belongs(text: str, mention: DateMention, cue: Cue) -> bool:
    if cue.kind in ("according", "passive", "gerund") or cue.kind == "as" and cue.phrase.start > mention.start:
        return cue.start <= mention.start <= cue.end + 30 and "," not in text[cue.end : mention.start]
    between = text[cue.end : mention.start]
    if cue.end <= mention.start:
        return (
            bool(
                re.fullmatch(
                    r"(?:\s+(?:on|in|late|early|earlier|at|last|during|a|an|the|speech|statement|interview|with|after|back"
                    r"|dated|of|from|[A-Z][\w.]*|that))*?\s*",
                    between,
                )
            )
            and not re.search(r"\bthat\b|:", between)
            or bool(re.fullmatch(r"\s+in\s+(?:a|an|his|her|its|the)\s+[^,.]{1,50}\s+(?:on|in|of|dated)\s*", between))
        )
    ahead = text[: mention.start]
    if mention.end <= cue.phrase.start:
        opening = re.fullmatch(
            r"(?:(?:and|but|then|later|also),?\s+)?(?:on|in|earlier|late|early|back|by|at)?(?:\s+the\s+(?:morning"
            r"|evening|night)\s+of)?\s*",
            ahead,
            re.I,
        )
        return bool(
            opening
            or re.search(
                r"\b(?:speech|statement|interview|address|letter|briefing|conference|post|press\s+release|report"
                r"|message|remarks|sermon|call|hearing|testimony)\s+(?:[^,]{0,40}\s)?(?:on|in|dated|of|from)?\s*$",
                ahead,
                re.I,
            )
            or re.search(r"\b(?:who|which)\b[^,]*$", ahead)
        )
    return cue.phrase.end <= mention.start <= cue.end  # "X on Tuesday said"


@lru_cache(maxsize=1024)
def _context(document: Document, start: int) -> _Before:
    """What stands in the window before `start`."""
    text = document.text
    begin = max(0, start - WINDOW)
    if begin:
        cut = text.find("\n", begin, start)
        begin = cut + 1 if cut >= 0 else begin
    before = _Before()
    for first, last in _sentences(document.id, text, begin, start):
        if last <= start:
            before = _after(document, first, last, before=replace(before, at=first))
    gap = text[text.rfind("\n", 0, start) + 1 : start].strip() == ""
    before = replace(before, at=start)
    if gap and before.open:  # a paragraph that opens its own mark continues the quotation
        continues = re.match(r"\s*[“\"]", text[start : start + 3])
        return replace(before, open=False, quoting=before.quoting if continues else None)
    return before


@lru_cache(maxsize=1024)
def _sentences(key: str, text: str, begin: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple(split_sentences(text, begin, end))


def _after(document: Document, start: int, end: int, *, before: _Before) -> _Before:
    """The state after one more sentence."""
    text = document.text[start : min(end, start + LONGEST)]
    fresh = document.text[max(0, start - 2) : start].strip(" ").endswith("\n") or start == 0
    opened = before.open and not (fresh and re.match(r"[“\"]", text))
    if fresh and opened:
        opened = False
    reading = read(text, opened)
    main, via, also = _choose(reading, text)
    speaker, said = None, ("", "none")
    if main and main.phrase.who not in ("unnamed", "self"):
        speaker = _resolve(document, main.phrase, before)
        said = _said_on(document, text, main)
    itself = (
        bool(main and (main.phrase.who == "self" or main.phrase.text.lower() == "it" and before.itself)) or before.itself and main is None
    )
    named = speaker if speaker and speaker.name else None
    person = named if named and (is_person(named.name) or main is not None and _single(main.phrase)) else _subject(document, text)
    carried = _carried(text, reading, before)
    ends_colon = text.rstrip().endswith(":")
    if main and not named and (main.phrase.who == "unnamed" or main.phrase.text.lower() in ("he", "she", "they")):
        named_or_nobody = Speaker(name="")
    else:
        named_or_nobody = named
    quoting = named_or_nobody if named_or_nobody else carried if main is None or main.phrase.who == "self" else None
    return _Before(
        speaker=named or before.speaker,
        body=named if named and not person else before.body,
        subject=person or before.subject,
        itself=itself,
        open=reading.open_end,
        quoting=quoting or (before.quoting if opened and reading.open_end else None),
        said=said if said[0] or named else before.said,
    )


def _single(phrase: Phrase) -> bool:
    return bool(
        re.search(
            r"\b(?:president|minister|leader|secretary|spokes\w+|director|mayor|coach|captain|judge|analyst|officer|general"
            r"|commander)\b",
            phrase.text,
            re.I,
        )
    ) or phrase.text.lower() in ("he", "she")


def _subject(document: Document, text: str) -> Speaker | None:
    """The person a sentence begins with, whom a later "he" may mean."""
    found = re.match(
        r"(?:A|An|The|One)\s+((?:[\w-]+\s+){0,3}(?:leader|official|minister|source|spokes\w+|officer|president|commander"
        r"|director|analyst|coach|mayor)\s+(?:of|in|at|for|from)\s+(?:the\s+)?"
        r"[A-Z][\w’'-]*(?:\s+(?:in\s+)?[A-Z][\w’'-]*)*)|(?:[A-Z]\w+,\s+)?(?P<name>(?:[A-Z][\w’'-]+\s+){1,5}[A-Z][\w’'-]+"
        r"|[A-Z][\w-]+)(?:,[^,]+,)?\s+(?:has|had|was|is|did|[a-z]+ed|won|became|took|went|made|left|came|ran|led)\b",
        text,
    )
    if not found:
        return None
    phrase = Phrase(text=found[1] or found["name"], start=0, end=found.end(), who="named")
    speaker = speaker_of(document, phrase)
    return speaker if is_person(speaker.name) or _single(phrase) else None


def _closing_cue(document: Document, end: int) -> Speaker | None:
    """The speaker named where a quotation that is still open at `end` closes, within the next three sentences."""
    text = document.text
    stop = min(len(text), end + 800)
    for first, last in _sentences(document.id, text, end, stop)[:3]:
        part = text[first:last]
        reading = read(part, True)
        if not reading.open_end:
            quotations, _ = find_quotations(part, True)
            main, _, _ = _choose(reading, part)
            known = main and quotations and main.phrase.who in ("named", "definite")
            return _resolve(document, main.phrase, _Before()) if known else None
    return None
