"""How one answer is scored against its case: pure functions, no reading, no clock."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from eval.data import Case, Gold
from eval.wording import markers, stands_in, unit_words, written_dates
from qa import Answer, Citation, Disagreement, Statement

Sides = Sequence[Sequence[Gold]]
Outcome = Literal["correct_answer", "wrong_answer", "wrong_refusal", "correct_refusal", "wrongly_answered", "no_documents"]
DECLINED = ("no_evidence", "false_premise")


def citations_of(answer: Answer) -> tuple[Citation, ...]:
    """Every citation printed with an answer, statement by statement; `related` and `withheld` do not count."""
    return tuple(citation for statement in answer.statements for citation in statement.citations)


def overlap(citation: Citation, gold: Gold) -> int:
    """Characters that a citation and a gold fragment share: 0 in another document."""
    if citation.name != gold.document:
        return 0
    return max(0, min(citation.end, gold.end) - max(citation.start, gold.start))


def overlaps(citations: Iterable[Citation], gold: Iterable[Gold]) -> bool:
    """Whether any of the citations shares a character with any of the gold fragments."""
    gold = tuple(gold)
    return any(overlap(citation, place) for citation in citations for place in gold)


def citation_precision(citations: Sequence[Citation], gold: Sequence[Gold]) -> float | None:
    """Share in [0, 1] of the citations that overlap gold; None without citations."""
    if not citations:
        return None
    return sum(overlaps([citation], gold) for citation in citations) / len(citations)


def citation_recall(citations: Sequence[Citation], case: Case) -> float | None:
    """Share in [0, 1] of a case's sides that some citation overlaps; None without gold.

    A case without sides has one, all its gold: each fragment listed is as good as the others.
    """
    sides = case.sides or ((case.gold,) if case.gold else ())
    if not sides:
        return None
    return sum(overlaps(citations, side) for side in sides) / len(sides)


def span_correct(citations: Sequence[Citation], case: Case) -> bool | None:
    """Whether a citation holds a whole gold fragment, first to last character; None without gold."""
    if not case.gold:
        return None
    return any(overlap(citation, place) == place.end - place.start for citation in citations for place in case.gold)


def disagreement_shown(case: Case, answer: Answer) -> bool | None:
    """Whether the answer says that its sources differ, with statements of two sides or more of the case; None unless it is contested."""
    if case.type != "contested" or not case.sides:
        return None
    return any(_is_about(found, case.sides, answer) for found in answer.disagreements)


def true_alarms(answer: Answer, planted: Iterable[Sides]) -> int:
    """How many of the disagreements shown are among the `planted` ones: two of their sides cite two sides of one of these."""
    planted = tuple(planted)
    return sum(any(_is_about(found, sides, answer) for sides in planted) for found in answer.disagreements)


def _is_about(disagreement: Disagreement, sides: Sides, answer: Answer) -> bool:
    """Whether two sides or more have a side of the disagreement that cites them."""
    cited = [[citation for index in side for citation in answer.statements[index].citations] for side in disagreement.sides]
    shown = {next((number for number, gold in enumerate(sides) if overlaps(citations, gold)), None) for citations in cited}
    return len(shown - {None}) >= 2


def attributed(statement: Statement) -> bool:
    """Whether the printed words around the quotation say whose claim it is: the speaker, or the title, outlet or name of a document
    cited. A statement that does not is a claim in the assistant's own voice."""
    outside = statement.text
    for citation in statement.citations:  # the last time only: a title may be quoted too
        before, _, after = outside.rpartition(" ".join(citation.quote.split()))
        outside = f"{before} {after}"
    names = [statement.speaker, *(name for c in statement.citations for name in (c.title, c.outlet, c.name))]
    return any(stands_in(name, outside) for name in names if name)


def plainly_answered(answer: Answer) -> bool:
    """Whether the printed answer opens with a yes or no of its own."""
    return bool(re.match(r"\s*(?:yes|no)\b", answer.text, re.IGNORECASE)) and answer.status == "answered"


def documents_shown(case: Case, answer: Answer) -> bool | None:
    """Whether exactly the expected documents are cited; None when the case does not say which."""
    if not case.documents:
        return None
    return {citation.name for citation in citations_of(answer)} == set(case.documents)


def premise_corrected(case: Case, answer: Answer) -> bool | None:
    """Whether the answer has the status `false_premise` and cites the correction; None when the documents hold none."""
    if not case.correction:
        return None
    return answer.status == "false_premise" and overlaps(citations_of(answer), case.correction)


def all_sides_shown(citations: Sequence[Citation], case: Case) -> bool | None:
    """Whether every side of a case is cited; None for a case that has no sides."""
    return citation_recall(citations, case) == 1 if case.sides else None


def outcome(case: Case, answer: Answer) -> Outcome:
    """What became of a case. An answer without a citation that overlaps gold is wrong, however good it reads."""
    if answer.status == "no_documents":
        return "no_documents"
    declined = answer.status in DECLINED
    if not case.answerable:
        return "correct_refusal" if declined else "wrongly_answered"
    if declined:
        return "wrong_refusal"
    return "correct_answer" if on_gold(case, answer) else "wrong_answer"


def on_gold(case: Case, answer: Answer) -> bool:
    """Whether the answer cites gold: one of the places, or every document of a question about the collection."""
    cited = citations_of(answer)
    if case.documents and not case.gold:
        return {citation.name for citation in cited} >= set(case.documents)
    return overlaps(cited, case.gold)


def answer_matches(case: Case, answer: Answer) -> bool | None:
    """Whether one of the expected answers stands in the printed statements, word for word, case and punctuation aside.

    None when the case expects none.
    """
    if not case.answers:
        return None
    printed = " ".join(statement.text for statement in answer.statements)
    return any(stands_in(expected, printed) for expected in case.answers)


def speaker_matches(case: Case, answer: Answer) -> bool | None:
    """Whether a statement that cites gold is ascribed to an expected speaker; None when the case expects none.

    The expected name may be a part of the printed one ("Lister" of "Charles Lister"), not the other way round.
    """
    if not case.speakers:
        return None
    return any(stands_in(name, statement.speaker) for statement in _on_gold(case, answer) for name in case.speakers)


def voice_matches(case: Case, answer: Answer) -> bool | None:
    """Whether a statement that cites gold has the expected voice; None when the case expects none."""
    if not case.voice:
        return None
    return any(statement.voice == case.voice for statement in _on_gold(case, answer))


def figure_matches(case: Case, answer: Answer) -> bool | None:
    """Whether a statement that cites gold prints the expected figure; None when the case expects none."""
    if not case.figure:
        return None
    return any(stands_in(case.figure, statement.text) for statement in _on_gold(case, answer))


def whole_figure_matches(case: Case, answer: Answer) -> bool | None:
    """Whether a statement that cites gold has the expected figure with its unit in `figures`, and the date where one is expected;
    None when the case expects no unit. "per cent" is the unit "%"; a unit may stand in `unit` or in `counted`."""
    if not case.unit:
        return None
    return any(
        stands_in(case.figure, figure.text)
        and stands_in(unit_words(case.unit), unit_words(f"{figure.text} {figure.unit} {figure.counted}"))
        and (not case.date or _dated(statement, case.date))
        for statement in _on_gold(case, answer) for figure in statement.figures
    )


def date_matches(case: Case, answer: Answer) -> bool | None:
    """Whether a statement that cites gold has the expected date, printed or as `said_on`; None when none is expected."""
    if not case.date:
        return None
    return any(_dated(statement, case.date) for statement in _on_gold(case, answer))


def false_citations(answer: Answer, texts: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with the printed citations, compared with the documents' texts by name: () when all hold.

    A citation holds when `text[start:end]` is its quote and it is marked verified; a statement needs one citation or more,
    and each [n] of the printed text needs a citation with that marker.
    """
    wrong = []
    for statement in answer.statements:
        if not statement.citations:
            wrong.append(f"no citation for {statement.text!r}")
        for citation in statement.citations:
            text = texts.get(citation.name)
            if text is None:
                wrong.append(f"[{citation.marker}] cites {citation.name!r}, which is no document")
            elif not citation.quote or text[citation.start : citation.end] != citation.quote:
                wrong.append(f"[{citation.marker}] quotes what is not at {citation.start}-{citation.end} of {citation.name}")
            elif not citation.verified:
                wrong.append(f"[{citation.marker}] is not marked verified")
    known = {str(citation.marker) for citation in citations_of(answer)}
    quoted = {number for statement in answer.statements for number in markers(statement.text)}
    wrong += [f"[{number}] has no citation" for number in sorted(markers(answer.text) - known - quoted)]
    return tuple(wrong)


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank percentile: the least value with `share` (in (0, 1]) of the values at or below it; None without any."""
    if not values:
        return None
    return sorted(values)[max(1, math.ceil(share * len(values))) - 1]


def _on_gold(case: Case, answer: Answer) -> list[Statement]:
    return [statement for statement in answer.statements if overlaps(statement.citations, case.gold)]


def _dated(statement: Statement, date: str) -> bool:
    return statement.said_on == date or any(stands_in(form, statement.text) for form in written_dates(date))
