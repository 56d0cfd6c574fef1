"""What travels between the stages: frozen records, standard library only.

Offsets count Unicode characters (Python string indices), start included, end excluded.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "year", "none"]
Kind = Literal["report", "commentary", "statement", "unknown"]
Voice = Literal["named", "document", "unnamed"]
Status = Literal["answered", "no_evidence", "no_documents", "false_premise"]
Stance = Literal["affirms", "denies", "unclear", ""]
FoundBy = Literal["meaning", "words", "both"]
Relation = Literal["agree", "differ", "superseded", "single"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source, its text kept exactly.

    `id` is a digest of `text`. `name` is unique in a library; `source` is the path or URL as given.
    `skipped` are the spans of `text` that are not content (front matter, a leading date, menus, comment
    forms), in order and apart from each other: nothing in them becomes a passage.
    `page_starts` are the offsets at which pages begin (empty where the format has none).
    `published` is the first day of its month or year where `published_precision` says so.
    `corrected` names the facts that were corrected by hand: "title", "published".
    """

    id: str
    name: str
    source: str
    text: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: date | None = None
    published_precision: Precision = "none"
    kind: Kind = "unknown"
    page_starts: tuple[int, ...] = ()
    skipped: tuple[tuple[int, int], ...] = ()
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of whole sentences of one document, with `document.text[start:end] == text`.

    `sentences` are offset pairs into the document. `page` counts from 1 (None without pages).
    `heading` is the nearest heading above ("" when there is none).
    """

    id: str
    document_id: str
    text: str
    start: int
    end: int
    page: int | None = None
    heading: str = ""
    sentences: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found for a question. `score` in [0, 1], higher is better; comparable within one search only."""

    passage: Passage
    score: float
    found_by: FoundBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Evidence for a claim: characters `start` to `end` of the source numbered `source` (from 0)."""

    source: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One failed check: its kind, what the claim says and what the source says ("" when it says nothing)."""

    kind: str
    claim: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the grounding check found. `score` in [0, 1]. `checked` is False when nothing was checkable:
    then `supported` is False and `score` 0, and neither means the claim is wrong."""

    supported: bool
    score: float
    problems: tuple[Problem, ...] = ()
    evidence: tuple[Span, ...] = ()
    checked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number in a statement: `value` (None when the words give only a bound or a vague size), the words as printed,
    its unit ("%", "$", "km", "" for plain counts) and what is counted ("US soldiers wounded").
    `start` and `end` are offsets in the statement's first citation's document."""

    value: float | None
    text: str
    unit: str = ""
    counted: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date in a statement: `text` is characters `start` to `end` of the first citation's document.

    `date` is ISO of the `precision` known: "2024-02-13", "2024-02", "2024"; "--03-06" and "--03" where nothing tells the
    year; "" where nothing settles the day. `worked_out`: the words alone do not give it; it was counted from the day of
    publication or from the date before it. `said`: it dates the saying, not what is told.
    """

    text: str
    start: int
    end: int
    date: str = ""
    precision: Precision = "none"
    worked_out: bool = False
    said: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a statement comes from: `quote` is `text[start:end]` of the document with id `document`.

    `marker` is the printed number (from 1). `name`, `source`, `title`, `outlet` and `published` describe the document.
    `verified` says that the quote was compared with the stored text and is there. `kind` is the document's.
    """

    marker: int
    document: str
    name: str
    source: str
    start: int
    end: int
    quote: str
    verified: bool
    title: str = ""
    outlet: str = ""
    published: date | None = None
    published_precision: Precision = "none"
    page: int | None = None
    kind: Kind = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of an answer: who says it (`voice`, `speaker`), when (`said_on`), and what supports it.

    `text` is the printed sentence without markers. `said_on` is an ISO date of the precision known ("2024-02-13",
    "2024-02", "2024", "" when unknown). `via` names who reports the speaker's words where the document says so.
    `answering` are the words that answer, as the trained reader sees it: offsets in the first citation's document, None where it does not
    say. `dates` are the days, months and years it mentions. `stance` is where it stands on a question that asks whether something
    is so ("" for other questions).
    """

    text: str
    citations: tuple[Citation, ...]
    voice: Voice
    speaker: str = ""
    said_on: str = ""
    via: str = ""
    figures: tuple[Figure, ...] = ()
    verdict: Verdict | None = None
    agreement: Relation = "single"
    dates: tuple[Dated, ...] = ()
    stance: Stance = ""
    answering: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A statement that failed the check and is not part of the answer, with the reason."""

    statement: Statement
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Statements of one answer about the same thing that do not match. `sides` hold indices into `Answer.statements`;
    statements of one side agree with each other."""

    about: str
    sides: tuple[tuple[int, ...], ...]
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a language model used (0 without one): tokens over all its `calls` for the answer, estimated where it does not tell.
    `cost` is in the currency of the prices set, or as the model's server reports it; None where neither says."""

    prompt_tokens: int = 0
    answer_tokens: int = 0
    calls: int = 0
    cost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A document that was searched and says nothing on the question."""

    document: str
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The outcome of one question. `text` is the printed answer with its [n] markers; `statements` are its sentences.

    `lead` is what the assistant says of the statements before them ("2 of 5 documents mention …", "1 affirms it, 1 denies it"), "" for nothing.
    `searched_for` is the question after completion from the history. `hits` are the passages read, best first.
    `related` are citations of the nearest passages when nothing answers. `model` is "extractive" or the model's name.
    `notes` are plain sentences on how the answer came about (a model that failed, say). `prompts` are the prompts used, each as name@hash.
    `seconds` is wall time and the only field that differs from run to run; JSON leaves it out unless asked.
    """

    question: str
    searched_for: str
    status: Status
    text: str
    statements: tuple[Statement, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    hits: tuple[Hit, ...] = ()
    silent: tuple[Silent, ...] = ()
    related: tuple[Citation, ...] = ()
    model: str = "extractive"
    usage: Usage = Usage()
    notes: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    lead: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """What one statement tells, in its place in time.

    `date` is ISO of `precision`, as in `Dated` ("--03-06" without a year); `until` is the last day where the words give a stretch
    ("between the 14th and 20 March"), else "". `words` are the document's own ("on Tuesday"); `worked_out`: the date was counted from
    the day of publication or from the date before it. `basis`: the words date the "event" or the "saying" of it, or there is no date
    in them and the event stands at the "publication" of its document (then `words` is ""). The day of publication is always the
    citation's, the day of the saying the statement's `said_on`.
    """

    date: str
    precision: Precision
    words: str
    basis: Literal["event", "saying", "publication"]
    statement: Statement
    until: str = ""
    worked_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of a conversation."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """Event: the search is done."""

    searched_for: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementReady:
    """Event: a checked statement, ready to be shown; `index` counts from 0."""

    index: int
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementWithheld:
    """Event: a statement of a language model failed the check and is not shown as an answer."""

    withheld: Withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Event: a language model is at work and nothing can be released yet; comes several times a second, so that one can stop here."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Event: the last one, with the whole answer."""

    answer: Answer


Event = Searched | StatementReady | StatementWithheld | Waiting | Finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which documents are searched. Dates are inclusive and refer to publication; an undated document passes only
    when neither is set. `documents` and `outlets` are names, any of which may match (empty: all)."""

    since: date | None = None
    until: date | None = None
    documents: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that was not added, and why."""

    source: str
    error: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What `Library.add` and `Library.sync` did, by document name."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a long piece of work is: `stage` is "reading" or "embedding"; `done` of `total` items; `seconds` so far."""

    stage: str
    done: int
    total: int
    seconds: float
    item: str = ""
