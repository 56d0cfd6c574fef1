"""Does a source say what a claim says? Typed, deterministic, without a language model."""

from collections.abc import Sequence
from datetime import date

from qa.grounding.alignment import Aligned, align
from qa.grounding.denying import negation_problems
from qa.grounding.figures import date_problems, number_problems
from qa.grounding.naming import name_problems, pronoun_problems
from qa.grounding.prepared import Prepared, prepare
from qa.grounding.roles import role_problems
from qa.grounding.scoring import THRESHOLD, Similarity, score
from qa.grounding.tidy import to_check
from qa.grounding.voices import hedge_problems, quotation_problems, speaker_problems
from qa.grounding.windows import Window, best_window, weight
from qa.grounding.wording import absent_problems, blame_problems, opposite_problems, small_word_problems
from qa.records import Problem, Span, Verdict

_CHECKS = (number_problems, name_problems, negation_problems, opposite_problems, small_word_problems, blame_problems, pronoun_problems,
           role_problems, quotation_problems, speaker_problems, hedge_problems, absent_problems)


def check(claim: str, sources: Sequence[str], *, published: date | None = None, similarity: Similarity | None = None) -> Verdict:
    """Whether `sources` say what `claim` says, with the best one to three sentences for each of its sentences as evidence.

    `published` is the day the sources appeared; dates such as "on Tuesday" are counted from it. `similarity` gives the
    cosines of two lists of texts; it may excuse other words, never a number, date, name or negation.
    """
    prepared = prepare(to_check(claim))
    telling = [number for number in range(len(prepared.sentences)) if any(word.content for word in prepared.words_of(number))]
    if not telling or not any(source.strip() for source in sources):
        return Verdict(supported=False, score=0.0, checked=False)
    pieces = {number: _best(prepared, number, sources) for number in telling}
    aligned = [piece for piece in pieces.values() if piece]
    unsaid = [number for number, piece in pieces.items() if piece is None]
    problems = [problem for piece in aligned for problem in _problems(piece, published)]
    problems += [Problem(kind="unsaid", claim=prepared.text[slice(*prepared.sentences[number])], source="") for number in unsaid]
    lost = sum(weight(word, prepared) for number in unsaid for word in prepared.words_of(number) if word.content)
    result = round(score(aligned, problems, lost=lost, similarity=similarity), 6)
    return Verdict(supported=result >= THRESHOLD, score=result, problems=tuple(problems), evidence=_evidence(aligned))


def _best(claim: Prepared, number: int, sources: Sequence[str]) -> Aligned | None:
    """The claim's sentence laid beside its best window over all sources; None when nothing in it can be compared."""
    words = tuple(word for word in claim.words_of(number) if word.content)
    found: list[tuple[float, int, Window]] = []
    for index, text in enumerate(sources):
        window = best_window(words, claim, prepare(text), index) if words else None
        if window:
            found.append((window.coverage, -index, window))
    if not found:
        return None
    window = max(found, key=lambda item: item[:2])[2]
    return align(claim, number, prepare(sources[window.source]), window)


def _problems(aligned: Aligned, published: date | None) -> list[Problem]:
    return date_problems(aligned, published) + [problem for find in _CHECKS for problem in find(aligned)]


def _evidence(aligned: list[Aligned]) -> tuple[Span, ...]:
    """The windows as spans, sentences that follow each other joined, in the order of the sources."""
    spans: list[Span] = []
    for number, sentence in sorted({(piece.window.source, sentence) for piece in aligned for sentence in piece.window.sentences}):
        source = next(piece.source for piece in aligned if piece.window.source == number)
        start, end = source.sentences[sentence]
        if spans and spans[-1].source == number and sentence and spans[-1].end == source.sentences[sentence - 1][1]:
            start = spans.pop().start
        spans.append(Span(source=number, start=start, end=end, text=source.text[start:end]))
    return tuple(spans)
