"""Who says the gold sentences of `who_said` cases, beside whom the cases expect: attribution alone, without finding anything."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from eval.data import Case, load_cases
from eval.wording import stands_in
from qa import CasesError
from qa.attribution import Attribution, attribute
from qa.language.names import same_name
from qa.language.sentences import split_sentences
from qa.reading.documents import read_file
from qa.records import Document

Outcome = Literal["right", "author", "wrong name", "pronoun", "unnamed", "document"]
OUTCOMES: tuple[Outcome, ...] = ("right", "author", "wrong name", "pronoun", "unnamed", "document")
""" "author": a sentence in the voice of the document's own author, who is the one expected. The worse a mistake, the earlier it stands."""
LARGEST_MB = 10
_PRONOUNS = frozenset("he she they it we i who this that".split())


class Judged(NamedTuple):
    """A case and what attribution makes of its gold sentences: the best of them, or of several wrong ones the worst."""

    id: str
    outcome: Outcome


def pairs(cases: Path, docs: Path, *, half: str = "all") -> list[tuple[Path, Path]]:
    """Each file of cases with its folder of documents: NAME.jsonl with NAME in `docs`, or the one file given with `docs` itself.

    `half` takes every second file of the sorted list, from the first ("even") or the second ("odd"). Raises CasesError for a path that
    is no file of cases and no folder of such, for a folder of documents that is missing, and for half of a single file.
    """
    files = [cases] if cases.is_file() else sorted(cases.glob("*.jsonl"))
    if not files:
        raise CasesError(f"{cases} is no file of cases and no folder of such files", "Give a JSON-lines file of cases, or a folder of them.")
    if cases.is_file() and half != "all":
        raise CasesError(f"{cases} is one file; --half takes every second file of a folder", "Leave out --half, or give a folder.")
    chosen = files if half == "all" else files[half == "odd" :: 2]
    found = [(path, docs if cases.is_file() and not (docs / path.stem).is_dir() else docs / path.stem) for path in chosen]
    for path, folder in found:
        if not folder.is_dir():
            raise CasesError(f"{folder} is no folder", f"Put the documents of {path.name} there.")
    return found


def run(cases: Path, docs: Path) -> list[Judged]:
    """The judged `who_said` cases of one file that expect a speaker and have a place in the documents of the folder `docs`."""
    documents = {path.name: document for path in sorted(docs.iterdir()) for document in read_file(path, max_mb=LARGEST_MB, name=path.name)}
    found, _ = load_cases(cases, {name: document.text for name, document in documents.items()})
    judged = [(case, _attributions(case, documents)) for case in found if case.type == "who_said" and case.speakers]
    return [Judged(id=case.id, outcome=outcome(case.speakers, shown)) for case, shown in judged if shown]


def _attributions(case: Case, documents: dict[str, Document]) -> list[tuple[Attribution, str]]:
    """What attribution makes of the sentence each gold place begins in, and the author of its document."""
    found = []
    for gold in case.gold:
        document = documents[gold.document]
        for start, end in split_sentences(document.text):
            if start <= gold.start < end:
                found.append((attribute(document, start, end), document.author))
                break
    return found


def outcome(expected: Sequence[str], shown: Sequence[tuple[Attribution, str]]) -> Outcome:
    """How the attributions of a case's gold sentences, at least one, compare with the expected speakers."""
    kinds = {_kind(expected, attribution, author) for attribution, author in shown}
    return next(kind for kind in OUTCOMES if kind in kinds)


def _kind(expected: Sequence[str], attribution: Attribution, author: str) -> Outcome:
    if attribution.speaker.lower() in _PRONOUNS:
        return "pronoun"
    if _any_is(expected, attribution.speaker):
        return "right"
    if attribution.voice == "named":
        return "wrong name"
    if attribution.voice == "document" and _any_is(expected, author):
        return "author"
    return attribution.voice


def _any_is(expected: Iterable[str], name: str) -> bool:
    """Whether a printed name is one of the expected, a part of one, or the same person's in another form."""
    return bool(name) and any(stands_in(one, name) or stands_in(name, one) or same_name(one, name) for one in expected)
