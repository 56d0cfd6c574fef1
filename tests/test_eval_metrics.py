import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval import metrics
from eval.data import Case, Gold
from qa import Answer, Citation, Disagreement, Figure, Statement

TEXT = "The mill burnt down on 3 May. Mayor Ross counted 1,400 guests. Nobody was hurt."
TEXTS = {"mill.txt": TEXT, "pier.txt": "The pier is new."}


def gold(start=0, end=8, document="mill.txt"):
    return Gold(document=document, quote=TEXT[start:end], start=start, end=end)


def citation(start=0, end=29, *, name="mill.txt", quote=None, marker=1, verified=True):
    quote = TEXTS.get(name, TEXT)[start:end] if quote is None else quote
    return Citation(marker=marker, document="d", name=name, source=name, start=start, end=end, quote=quote, verified=verified)


def statement(*citations, text="The mill burnt down on 3 May.", **fields):
    return Statement(text=text, citations=citations, voice="document", **fields)


def answer(*statements, status="answered", text=""):
    return Answer(question="q", searched_for="q", status=status, text=text, statements=statements)


def case(*places, answerable=True, **fields):
    return Case(id="c1", type="factual", question="q", answerable=answerable, gold=places, **fields)


@pytest.mark.parametrize(("cited", "place", "shared"), [
    ((0, 10), (0, 10), 10), ((0, 10), (5, 20), 5), ((5, 20), (0, 10), 5),
    ((0, 30), (10, 12), 2), ((0, 10), (10, 20), 0), ((20, 30), (0, 10), 0),
])
def test_overlap_when_spans_lie_in_one_document_then_counts_shared_characters(cited, place, shared):
    assert metrics.overlap(citation(*cited), gold(*place)) == shared


def test_overlap_when_documents_differ_then_is_zero():
    assert metrics.overlap(citation(0, 10, name="pier.txt"), gold(0, 10)) == 0


@settings(deadline=None, max_examples=100)
@given(*[st.integers(0, 60)] * 4)
def test_overlap_when_compared_with_sets_of_characters_then_is_the_same(start, length, other, other_length):
    shared = set(range(start, start + length)) & set(range(other, other + other_length))
    assert metrics.overlap(citation(start, start + length, quote="x"), gold(other, other + other_length)) == len(shared)


def test_precision_when_one_of_two_citations_overlaps_then_is_a_half():
    assert metrics.citation_precision([citation(0, 29), citation(63, 79)], [gold()]) == 0.5
    assert metrics.citation_precision([], [gold()]) is None


def test_recall_when_places_are_alternatives_then_one_is_enough():
    assert metrics.citation_recall([citation(0, 29)], case(gold(), gold(63, 79))) == 1
    assert metrics.citation_recall([citation(30, 40)], case(gold(), gold(63, 79))) == 0
    assert metrics.citation_recall([citation()], case(answerable=False)) is None


def test_sides_when_one_of_two_is_cited_then_recall_is_a_half_and_not_all_are_shown():
    both = case(gold(), gold(63, 79), sides=((gold(),), (gold(63, 79),)))
    assert metrics.citation_recall([citation(0, 29)], both) == 0.5
    assert metrics.all_sides_shown([citation(0, 29)], both) is False
    assert metrics.all_sides_shown([citation(0, 29), citation(63, 79)], both) is True
    assert metrics.all_sides_shown([citation(0, 29)], case(gold())) is None


@pytest.mark.parametrize(("answerable", "status", "span", "expected"), [
    (True, "answered", (0, 29), "correct_answer"),
    (True, "answered", (63, 79), "wrong_answer"),
    (True, "no_evidence", None, "wrong_refusal"),
    (True, "false_premise", None, "wrong_refusal"),
    (False, "no_evidence", None, "correct_refusal"),
    (False, "false_premise", None, "correct_refusal"),
    (False, "answered", (0, 29), "wrongly_answered"),
    (False, "no_documents", None, "no_documents"),
    (True, "no_documents", None, "no_documents"),
])
def test_outcome_when_answered_or_declined_then_is_named_so(answerable, status, span, expected):
    given_answer = answer(*([statement(citation(*span))] if span else []), status=status)
    assert metrics.outcome(case(*([gold()] if answerable else []), answerable=answerable), given_answer) == expected


def test_outcome_when_gold_is_only_related_reading_then_is_not_a_correct_answer():
    related = Answer(question="q", searched_for="q", status="answered", text="", related=(citation(0, 29),))
    assert metrics.outcome(case(gold()), related) == "wrong_answer"


@pytest.mark.parametrize(("expected", "printed", "met"), [
    (("1,400",), "Ross counted 1,400 guests.", True),
    (("400",), "Ross counted 1,400 guests.", False),
    (("May 3", "3 May"), "It burnt on 3 MAY.", True),
    (("B-52",), "The B-52s left; a B-52 stayed.", True),
    (("mill",), "The miller left.", False),
    (("guests Ross",), "Ross counted guests.", False),
    (("Ross’s mill",), "Ross's mill is gone.", True),
])
def test_answer_when_compared_word_by_word_then_matches_or_not(expected, printed, met):
    assert metrics.answer_matches(case(gold(), answers=expected), answer(statement(citation(), text=printed))) is met


def test_matches_when_the_case_expects_nothing_then_are_none():
    given_answer = answer(statement(citation()))
    matches = (metrics.answer_matches, metrics.speaker_matches, metrics.figure_matches, metrics.date_matches)
    assert [match(case(gold()), given_answer) for match in matches] == [None] * 4


@pytest.mark.parametrize(("speaker", "met"), [("Mayor Ross", True), ("ross", False), ("", False), ("Rossi", False)])
def test_speaker_when_the_statement_on_gold_names_them_then_matches(speaker, met):
    spoken = answer(statement(citation(), speaker=speaker))
    assert metrics.speaker_matches(case(gold(), speakers=("Mayor Ross",)), spoken) is met


def test_speaker_when_named_only_beside_gold_then_does_not_match():
    elsewhere = answer(statement(citation(), speaker="Bell"), statement(citation(63, 79), speaker="Ross"))
    assert metrics.speaker_matches(case(gold(), speakers=("Ross",)), elsewhere) is False


def test_figure_when_printed_on_gold_then_matches_and_a_part_of_a_number_does_not():
    printed = answer(statement(citation(), text="There were 1,400 guests."))
    assert metrics.figure_matches(case(gold(), figure="1,400"), printed) is True
    assert metrics.figure_matches(case(gold(), figure="400"), printed) is False
    assert metrics.figure_matches(case(gold(70, 75), figure="1,400"), printed) is False


@pytest.mark.parametrize(("date", "text", "said_on", "met"), [
    ("2024-05-03", "It burnt on 3 May.", "", True),
    ("2024-05-03", "It burnt on May 3, 2024.", "", True),
    ("2024-05-03", "It burnt.", "2024-05-03", True),
    ("2024-05-03", "It burnt on 13 May.", "2024-05-13", False),
    ("2024-05", "It burnt in May 2024.", "", True),
    ("2024-05", "It burnt in May 2023.", "", False),
    ("2024", "It burnt in 2024.", "", True),
])
def test_date_when_printed_or_said_on_then_matches(date, text, said_on, met):
    dated = answer(statement(citation(), text=text, said_on=said_on))
    assert metrics.date_matches(case(gold(), date=date), dated) is met


def test_citations_when_all_hold_then_nothing_is_false():
    given_answer = answer(statement(citation()), statement(citation(30, 62, marker=2)), text="The mill burnt down. [1] Ross counted. [2]")
    assert metrics.false_citations(given_answer, TEXTS) == ()


@pytest.mark.parametrize(("wrong", "reason"), [
    (citation(1, 29, quote=TEXT[0:28]), "not at 1-29"),
    (citation(0, 29, quote=""), "not at"),
    (citation(0, 5, name="lost.txt"), "lost.txt"),
    (citation(verified=False), "not marked verified"),
])
def test_citation_when_it_does_not_hold_then_is_listed_with_the_reason(wrong, reason):
    (listed,) = metrics.false_citations(answer(statement(wrong)), TEXTS)
    assert reason in listed


def test_citations_when_a_statement_has_none_or_a_marker_leads_nowhere_then_are_listed():
    without, marker = metrics.false_citations(answer(statement(), text="The mill burnt down. [7]"), TEXTS)
    assert "no citation for" in without and marker.startswith("[7]")


def test_marker_when_it_stands_in_the_quoted_sentence_itself_then_is_no_fault():
    quoted = statement(citation(), text="The mill burnt down.[12]")
    assert metrics.false_citations(answer(quoted, text="The mill burnt down.[12] [1]"), TEXTS) == ()


@pytest.mark.parametrize(("values", "share", "expected"), [
    ([], 0.5, None), ([3.0], 0.95, 3.0), ([4, 1, 3, 2], 0.5, 2), (list(range(1, 101)), 0.95, 95), ([1, 2], 1.0, 2),
])
def test_percentile_when_taken_then_is_the_nearest_rank(values, share, expected):
    assert metrics.percentile(values, share) == expected


def test_voice_when_the_statement_on_gold_has_it_then_matches():
    assert metrics.voice_matches(case(gold(), voice="document"), answer(statement(citation()))) is True
    assert metrics.voice_matches(case(gold(), voice="named"), answer(statement(citation()))) is False
    assert metrics.voice_matches(case(gold()), answer(statement(citation()))) is None


@pytest.mark.parametrize(("figure", "expected", "met"), [
    (Figure(value=1400, text="1,400", counted="guests"), {"figure": "1,400", "unit": "guests"}, True),
    (Figure(value=1400, text="1,400", counted="guest rooms"), {"figure": "1,400", "unit": "guests"}, True),
    (Figure(value=1400, text="1,400", counted="rooms"), {"figure": "1,400", "unit": "guests"}, False),
    (Figure(value=52.3, text="52.3", unit="%"), {"figure": "52.3", "unit": "per cent"}, True),
    (Figure(value=52.3, text="52.3", unit="%"), {"figure": "2.3", "unit": "per cent"}, False),
    (Figure(value=1400, text="1,400", counted="guests"), {"figure": "1,400", "unit": "guests", "date": "2024-05-03"}, True),
    (Figure(value=1400, text="1,400", counted="guests"), {"figure": "1,400", "unit": "guests", "date": "2024-05-04"}, False),
])
def test_whole_figure_when_number_unit_and_date_are_compared_then_all_must_fit(figure, expected, met):
    said = answer(statement(citation(), figures=(figure,), text="On 3 May Ross counted."))
    assert metrics.whole_figure_matches(case(gold(), **expected), said) is met


@pytest.mark.parametrize(("fields", "met"), [
    ({"text": "Ross, as reported in “X”: “The mill burnt down.”", "speaker": "Ross"}, True),
    ({"text": "“mill.txt” (undated) states: “The mill burnt down.”"}, True),
    ({"text": "“The mill burnt down”, mill.txt: “The mill burnt down.”"}, True),
    ({"text": "The mill burnt down."}, False),
    ({"text": "The mill burnt down, as Bell knows.", "speaker": "Ross"}, False),
])
def test_claim_when_the_words_around_it_name_whose_it_is_then_is_attributed(fields, met):
    assert metrics.attributed(statement(citation(0, 20), **fields)) is met


def test_claim_when_the_speaker_stands_in_the_quotation_alone_then_is_not_attributed():
    quote = TEXT[30:63]
    assert metrics.attributed(statement(citation(30, 63), text=f"It is so: “{quote}”", speaker="Ross")) is False


@pytest.mark.parametrize(("text", "own"), [("Yes, it did.", True), ("No.", True), ("“No,” Ross said.", False), ("Noon came.", False), ("Ross says no.", False)])
def test_answer_when_it_opens_with_a_yes_or_no_then_is_plain(text, own):
    assert metrics.plainly_answered(answer(statement(citation()), text=text)) is own


def test_alarm_when_two_sides_are_planted_then_is_true_and_otherwise_false():
    said = Answer(question="q", searched_for="q", status="answered", text="", statements=(
        statement(citation(0, 29)), statement(citation(63, 79)), statement(citation(0, 16, name="pier.txt"))),
        disagreements=(Disagreement(about="a", sides=((0,), (1,)), how=""), Disagreement(about="b", sides=((0,), (2,)), how="")))
    assert metrics.true_alarms(said, [((gold(),), (gold(63, 79),))]) == 1
    assert metrics.true_alarms(said, [((gold(), gold(63, 79)), (gold(40, 50),))]) == 0


def test_documents_when_exactly_those_expected_are_cited_then_are_shown():
    both = answer(statement(citation()), statement(citation(0, 16, name="pier.txt")))
    expected = case(documents=("mill.txt",))
    assert metrics.documents_shown(expected, answer(statement(citation()))) is True
    assert metrics.documents_shown(expected, both) is False
    assert metrics.outcome(expected, both) == "correct_answer"
    assert metrics.outcome(case(documents=("mill.txt", "pier.txt")), answer(statement(citation()))) == "wrong_answer"


def test_premise_when_status_and_correction_are_right_then_is_corrected():
    wrong = case(answerable=False, correction=(gold(),))
    assert metrics.premise_corrected(wrong, answer(statement(citation()), status="false_premise")) is True
    assert metrics.premise_corrected(wrong, answer(statement(citation(63, 79)), status="false_premise")) is False
    assert metrics.premise_corrected(wrong, answer(statement(citation()))) is False
    assert metrics.premise_corrected(case(answerable=False), answer()) is None
