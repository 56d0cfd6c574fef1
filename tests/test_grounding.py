"""The grounding check: what a source says is supported with its place; each kind of mismatch is a problem that names both sides."""

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.grounding import check
from qa.grounding.scoring import KEPT, THRESHOLD, base
from qa.grounding.tidy import to_check

SOURCE = (
    "The harbour of Velmora reopened on 14 March 2021 after a storm. Mayor Ilse Brandt said the repairs cost $2.5 million. "
    "At least 34 fishing boats were destroyed, and 120 families lost their income.\n\n"
    "Engineer Pavel Doring praised the new sea wall. He did not expect another flood this year. "
    "“We will never build so close to the water again,” Brandt told reporters. "
    "The council may sell the old market hall. Lowland Bank sued Harbour Trust over the loan. "
    "Critics claimed that the council ignored warnings before the storm."
)


def kinds(claim, **options):
    return {problem.kind for problem in check(claim, [SOURCE], **options).problems}


@pytest.mark.parametrize("claim", [
    "The harbour of Velmora reopened on 14 March 2021 after a storm.",
    "Mayor Ilse Brandt said the repairs cost $2.5 million.",
    "At least 34 fishing boats were destroyed.",
    "Pavel Doring, an engineer, praised the new sea wall.",
    "The repairs cost 2.5 million dollars, Brandt said.",
    "After a storm the harbour of Velmora opened again in March 2021.",
    "He did not expect another flood this year.",
])
def test_check_when_the_source_says_it_then_supported(claim):
    verdict = check(claim, [SOURCE])
    assert verdict.supported and verdict.checked
    assert verdict.score >= THRESHOLD


@pytest.mark.parametrize(("claim", "kind"), [
    ("At least 84 fishing boats were destroyed.", "number"),
    ("Mayor Ilse Brandt said the repairs cost $2.5 billion.", "number"),
    ("Mayor Ilse Brandt said the repairs cost 2.5 million euros.", "number"),
    ("The harbour of Velmora reopened on 14 May 2021 after a storm.", "date"),
    ("The harbour of Velmora reopened on 14 March 2012 after a storm.", "date"),
    ("The harbour of Castrel reopened on 14 March 2021 after a storm.", "name"),
    ("Mayor Otto Brandt said the repairs cost $2.5 million.", "name"),
    ("Mayor Pavel Doring said the repairs cost $2.5 million.", "name"),
    ("The harbour of Velmora did not reopen on 14 March 2021 after a storm.", "negation"),
    ("He did expect another flood this year.", "denied"),
    ("Engineer Pavel Doring praised the old sea wall.", "opposite"),
    ("Engineer Pavel Doring condemned the new sea wall.", "opposite"),
    ("The harbour of Velmora reopened before a storm.", "small"),
    ("Harbour Trust sued Lowland Bank over the loan.", "roles"),
    ("Only 34 fishing boats were destroyed.", "limit"),
    ("Brandt told reporters: “We will rebuild everything on the same spot.”", "quotation"),
    ("“We will never build another flood this year,” Brandt told reporters.", "stitched quotation"),
    ("“We will never build so close to the water again,” Pavel Doring told reporters.", "speaker"),
    ("The council ignored warnings before the storm.", "claim as fact"),
    ("The council sells the old market hall.", "hedge"),
])
def test_check_when_one_thing_is_changed_then_that_kind_of_problem_is_named(claim, kind):
    assert kind in kinds(claim)
    if KEPT[kind] < THRESHOLD:
        assert not check(claim, [SOURCE]).supported


def test_check_when_a_figure_differs_then_the_problem_names_both_sides():
    problem, = [p for p in check("At least 84 fishing boats were destroyed.", [SOURCE]).problems if p.kind == "number"]
    assert "84" in problem.claim
    assert "34" in problem.source


def test_check_when_the_source_gives_only_the_year_then_a_day_is_too_precise():
    assert "precision" in {p.kind for p in check("The mill closed on 3 May 1998.", ["The mill closed in 1998."]).problems}
    assert check("The mill closed in 1998.", ["The mill closed on 3 May 1998."]).supported


def test_check_when_a_date_is_relative_then_it_is_counted_from_the_day_of_publication():
    source = "The ferry sank on Tuesday near the old pier."
    assert check("The ferry sank on 12 March 2024 near the old pier.", [source], published=date(2024, 3, 14)).supported
    assert not check("The ferry sank on 5 March 2024 near the old pier.", [source], published=date(2024, 3, 14)).supported


def test_check_when_a_quotation_is_the_source_s_then_it_is_no_problem():
    verdict = check("“We will never build so close to the water again,” Brandt told reporters.", [SOURCE])
    assert verdict.supported
    assert not {"quotation", "stitched quotation", "speaker"} & {p.kind for p in verdict.problems}


def test_check_when_supported_then_the_evidence_is_the_sentence_with_exact_offsets():
    span, = check("Engineer Pavel Doring praised the new sea wall.", ["Nothing here.", SOURCE]).evidence
    assert span.source == 1
    assert span.text == "Engineer Pavel Doring praised the new sea wall."
    assert SOURCE[span.start:span.end] == span.text


@pytest.mark.parametrize(("claim", "sources"), [
    ("", [SOURCE]), ("It is so.", [SOURCE]), ("Boats were destroyed.", []), ("Boats sank.", ["  "])])
def test_check_when_nothing_can_be_compared_then_unchecked_and_not_supported(claim, sources):
    verdict = check(claim, sources)
    assert (verdict.checked, verdict.supported, verdict.score) == (False, False, 0.0)


def test_check_when_no_source_says_a_word_of_it_then_checked_and_refused():
    verdict = check("Penguins juggle copper kettles.", [SOURCE])
    assert (verdict.checked, verdict.supported, verdict.score) == (True, False, 0.0)


def test_check_when_a_second_sentence_is_found_nowhere_then_the_claim_loses_by_it():
    alone = check("At least 34 fishing boats were destroyed.", [SOURCE])
    more = check("At least 34 fishing boats were destroyed. Penguins juggle copper kettles.", [SOURCE])
    assert more.score < alone.score
    assert any("Penguins" in problem.claim for problem in more.problems)


def test_check_when_text_is_cut_into_tokens_then_it_is_read_as_usual():
    source = "The town had 1,250 wells in 1890 and it doesn't have them now."
    assert check("the town had 1 , 250 wells in 1890 .", [source]).supported
    assert not check("the town had 1 , 520 wells in 1890 .", [source]).supported


def test_check_when_run_twice_then_gives_the_same_verdict():
    claim = "Mayor Otto Brandt did not say that 84 boats were destroyed on 15 March 2021."
    assert check(claim, [SOURCE]) == check(claim, [SOURCE])


def test_base_when_support_grows_then_never_falls_and_stays_in_range():
    values = [base(step / 200) for step in range(201)]
    assert values == sorted(values)
    assert (values[0], values[-1]) == (0.0, 1.0)


@given(st.text(max_size=120), st.text(max_size=300))
@settings(deadline=None, max_examples=60)
def test_check_when_given_any_texts_then_the_score_is_a_number_in_range_and_spans_are_exact(claim, source):
    verdict = check(claim, [source])
    assert 0 <= verdict.score <= 1 and not math.isnan(verdict.score)
    assert verdict.supported == (verdict.score >= THRESHOLD)
    assert all(source[span.start:span.end] == span.text for span in verdict.evidence)


def test_check_when_the_text_grows_shorter_or_longer_in_lower_case_then_offsets_still_fit():
    source = "İstanbul İlçe reopened its İskele pier. The ferry Marmara left at noon."
    span, = check("The ferry Marmara left at noon.", [source]).evidence
    assert span.text == "The ferry Marmara left at noon."


REPORT = (
    "On 12 January 2024 the ministry of health in Norvia said that 214 people had died in the floods. Governor Lena Hoff disputed "
    "the figure and put the number of dead at about 90. The army denied that the dam at Karst had been opened on purpose. Colonel Marek "
    "Suhl told reporters that engineers had warned the government twice before the gates failed. “We asked for three more pumps "
    "and got none,” he said. The prime minister, Tomas Varg, rejected the accusation. A third of the residents "
    "remain in tents. Oil exports fell by 12 percent in January."
)


@pytest.mark.parametrize(("claim", "kind"), [
    ("The dam at Karst had been opened on purpose.", "denied"),
    ("Oil exports rose by 12 percent in January.", "opposite"),
    ("Engineers had warned the government after the gates failed.", "opposite"),
    ("Two thirds of the residents remain in tents.", "number"),
    ("Governor Lena Hoff put the number of dead at about 60.", "number"),
    ("Tomas Varg said: “We asked for three more pumps and got none.”", "speaker"),
])
def test_check_when_a_report_is_turned_round_then_it_is_refused(claim, kind):
    verdict = check(claim, [REPORT])
    assert kind in {problem.kind for problem in verdict.problems}
    assert not verdict.supported


@pytest.mark.parametrize("claim", [
    "The health ministry of Norvia reported 214 deaths.",
    "According to Colonel Suhl, engineers warned the government two times before the gates failed.",
    "The army said that the dam was not opened on purpose.", "In January, oil exports dropped 12%.",
    "Lena Hoff, the governor, put the dead at about 90.",
    "Suhl said: “We asked for three more pumps and got none.”",
])
def test_check_when_a_report_is_told_in_other_words_then_it_is_supported(claim):
    assert check(claim, [REPORT]).supported


def test_check_when_a_figure_is_shown_without_the_one_who_gives_it_then_says_so():
    assert "claim as fact" in {problem.kind for problem in check("214 people had died in the floods.", [REPORT]).problems}


def test_check_when_a_similarity_is_given_then_it_may_lift_the_score_but_never_excuses_a_figure():
    def near(claims, windows):
        return [[1.0 for _ in windows] for _ in claims]
    claim, wrong = "Folk in canvas shelters are a third.", "Oil exports fell by 92 percent in January."
    assert check(claim, [REPORT], similarity=near).score > check(claim, [REPORT]).score
    assert not check(wrong, [REPORT], similarity=near).supported


@pytest.mark.parametrize(("claim", "checked"), [
    ("I have never been there, but the Halden bridge is closed.", "the Halden bridge is closed."),
    ("Have you been to the harbour? It was destroyed by a storm.", "It was destroyed by a storm."),
    ("That's awesome! It began in Norway.", "It began in Norway."),
    ("He was born on January 8 , 1935 .", "He was born on January 8, 1935."),
    ("It cost 2 , 500 crowns .", "It cost 2,500 crowns."),
])
def test_to_check_when_a_claim_is_talk_then_what_it_says_of_the_world_is_left(claim, checked):
    assert to_check(claim) == checked


@pytest.mark.parametrize("claim", [
    "I have seen 12 boats, and the harbour of Velmora is closed.",
    "I met Ilse Brandt, and the harbour of Velmora is closed.",
    "“The boats left, and I saw nothing,” Brandt said.",
    "The harbour reopened. This is not true.",
    "The boats left. Two did.",
    "I have never been there.",
])
def test_to_check_when_a_figure_name_denial_or_quotation_would_be_lost_then_it_stays(claim):
    assert to_check(claim) == claim


def test_names_when_the_claim_abbreviates_words_of_its_own_then_the_words_are_looked_up_and_not_the_initials():
    assert not {"name"} & kinds("The new sea wall (NSW) was praised by Pavel Doring.")
    assert "name" in kinds("The new sea wall (TZQ) was praised by Pavel Doring.")
    assert not {"name"} & {problem.kind for problem in check("The Iberoamerican cup ended.", ["The Ibero-American cup ended."]).problems}


def test_score_when_another_figure_of_the_source_stands_beside_a_word_then_it_is_lower():
    source = ["The harbour has 12 cranes on the quay and 40 men with oilskin coats."]
    assert check("The harbour has 12 cranes.", source).score > check("The harbour has 40 cranes.", source).score


@pytest.mark.parametrize(("claim", "source", "kind"), [
    ("Lena Moor was born in 1987.", "Lena Moor was born in May 1987.", "hedge"),
    ("All of it is the drink of the town.", "It is the most common drink of the town.", "quantity"),
    ("Many languages are spoken in the city.", "Many languages are spoken in the United States.", "contrast"),
])
def test_check_when_a_word_only_looks_like_the_other_side_then_that_problem_is_not_named(claim, source, kind):
    assert kind not in {problem.kind for problem in check(claim, [source]).problems}
