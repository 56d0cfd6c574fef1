"""How well one sentence answers one question: what must count, and in which direction."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.answering.closely import Closely
from qa.answering.evidence import Features, coverage, features, names_said, probability, rarities
from qa.answering.forms import Around
from qa.answering.forms import fit as fit_around
from qa.answering.question import LIGHT, analyse
from qa.language.words import stem


def fit(asked, sentence):
    return fit_around(asked, Around(sentence=sentence))

share = st.floats(0, 1)
logit = st.floats(-10, 10)
SHARES = ("meaning", "words", "fit", "names", "gate", "spoken")
READ = ("answers", "window", "sure")
FEATURES = st.builds(Features, **{name: share for name in SHARES}, closely=st.none())
READ_FEATURES = st.builds(Features, **{name: share for name in SHARES},
                          closely=st.builds(Closely, **{name: logit for name in READ}, words=st.none()))


def weighed(question, sentence, **around):
    """The probability that the sentence answers, nothing known about meaning and every word as rare as can be."""
    asked = analyse(question)
    return probability(features(asked, Around(sentence=sentence, **around), rarities(asked, {}, 50), meaning=0.3))


@pytest.mark.parametrize("question, fitting, unfitting", [
    ("How many hives were lost?", "In all, 60 hives were lost.", "Many hives were lost."),
    ("How many hives were lost?", "In all, 60 hives were lost.", "The hives were lost in 3 valleys."),
    ("What percentage of the hives survived?", "Some 40% of the hives survived.", "Most hives survived."),
    ("How much did the bridge cost?", "The bridge cost $3 million.", "The bridge was costly."),
    ("How long did the strike last?", "The strike lasted three weeks.", "The strike was long."),
    ("How long is the north aisle?", "The north aisle is 23 metres long.", "The north aisle is very long."),
    ("When did the ferry run aground?", "The ferry ran aground on 4 May 2031.", "The ferry ran aground on a sandbank."),
    ("When was the mill built?", "The mill was built in 1874.", "The mill was built of oak."),
    ("Where did the ferry run aground?", "The ferry ran aground near Osk.", "The ferry ran aground at night."),
    ("Who repaired the bridge?", "Mira Stolz repaired the bridge.", "The bridge was repaired."),
    ("Why did the bridge close?", "The bridge closed because cables were torn.", "The bridge closed on Friday."),
    ("Which weapons were found?", "Two rifles were found.", "Two letters were found."),
    ("Which instrument did she play?", "She played the violin.", "She played in the garden."),
    ("Which prison holds him?", "He is held in Corvan prison.", "Pim Okker was given eight years in prison."),
    ("Whom did she hide behind?", "She hid behind her son.", "She hid behind a wall."),
    ("What was the name of the forester?", "The forester was Ada Wynn.", "The forester lived near Osk."),
])
def test_fit_when_a_sentence_holds_the_kind_of_thing_asked_for_then_it_fits_better(question, fitting, unfitting):
    asked = analyse(question)
    assert 0 <= fit(asked, unfitting) < fit(asked, fitting) <= 1
    assert weighed(question, unfitting) < weighed(question, fitting)


def test_fit_when_the_only_name_is_the_questions_own_then_it_does_not_answer_who():
    asked = analyse("Who succeeded Mira Stolz?")
    assert fit(asked, "Mira Stolz was succeeded in spring.") < fit(asked, "Mira Stolz was succeeded by Ada Wynn.")


@pytest.mark.parametrize("question", ["Who says that the dam is safe?", "Which official explained the delay?"])
def test_fit_when_asked_who_says_so_then_a_named_speaker_fits_best_and_nobody_named_still_does(question):
    asked = analyse(question)
    named = Around(sentence="Okker pointed out that the dam is safe.", speaker="Pim Okker")
    assert fit_around(asked, named) == 1.0 > fit_around(asked, Around(sentence="The dam is said to be safe.")) > 0


def test_fit_when_a_people_is_named_then_it_is_no_person():
    asked = analyse("Who rescued the sailors?")
    assert fit(asked, "The sailors were rescued near Denmark by Ada Wynn.") > fit(asked, "The sailors were rescued by the Italians.")


@pytest.mark.parametrize("question", ["Did the mill burn?", "Tell me about the mill", "How did the fire start?"])
def test_fit_when_the_question_does_not_say_what_it_wants_then_every_sentence_is_alike(question):
    asked = analyse(question)
    assert fit(asked, "The mill burned on 4 May.") == fit(asked, "Nobody knows.")


@given(st.one_of(st.tuples(FEATURES, FEATURES), st.tuples(READ_FEATURES, READ_FEATURES)))
@settings(max_examples=100, deadline=None)
def test_probability_when_no_feature_is_lower_then_it_is_not_lower(pair):
    some, other = pair

    def pick(choice):
        def parts(one, another, names):
            return {name: choice(getattr(one, name), getattr(another, name)) for name in names}

        closely = Closely(**parts(some.closely, other.closely, READ), words=None, against=0.0) if some.closely else None
        return Features(**parts(some, other, SHARES), closely=closely)

    assert 0 <= probability(pick(min)) <= probability(some) <= probability(pick(max)) <= 1


def test_probability_when_the_gate_is_shut_then_nothing_is_left():
    best = Features(meaning=1.0, words=1.0, fit=1.0, names=1.0)
    assert probability(best) > 0.5 and probability(replace(best, gate=0.0)) == 0


@given(st.integers(0, 40), st.integers(0, 40), st.integers(40, 10_000))
@settings(max_examples=60, deadline=None)
def test_rarities_when_a_word_is_rarer_then_it_is_not_lighter(few, more, total):
    asked = analyse("Which hives say many things about honey?")
    few, more = sorted((few, more))
    weights = rarities(asked, {"hive": few, "honey": more}, total)
    assert weights.keys() == asked.terms.keys()
    assert all(0 < weight <= 1 for weight in weights.values())
    assert weights["hive"] >= weights["honey"]
    assert weights[stem("many")] <= LIGHT


def test_coverage_when_all_or_nothing_is_said_then_one_or_zero():
    asked = analyse("How many hives did Wirth lose?")
    weights = rarities(asked, {}, 10)
    assert coverage(asked, Around(sentence="How many hives did Wirth lose"), weights) == pytest.approx(1.0)
    assert coverage(asked, Around(sentence=""), weights) == 0
    assert coverage(analyse("What is it?"), Around(sentence="It is."), {}) == 0


def test_coverage_when_a_rare_word_is_said_then_it_counts_more_than_a_common_one():
    asked = analyse("honey in the valley")
    weights = rarities(asked, {"honey": 1, "valley": 40}, 50)
    assert coverage(asked, Around(sentence="The honey was sold."), weights) > coverage(asked, Around(sentence="The valley was quiet."), weights)


@pytest.mark.parametrize("question, said, unsaid", [
    ("Were the hives burning?", "A hive burned.", "A goat slept."),
    ("How did Iran respond?", "The Iranian side responded.", "The other side responded."),
    ("What happened in 1874?", "The mill opened in 1874.", "The mill opened in 1875."),
])
def test_coverage_when_a_word_comes_in_another_form_then_it_counts_and_another_number_does_not(question, said, unsaid):
    asked = analyse(question)
    weights = rarities(asked, {}, 10)
    assert coverage(asked, Around(sentence=said), weights) > coverage(asked, Around(sentence=unsaid), weights)


@pytest.mark.parametrize("text, expected", [
    ("Mira Stolz spoke in Halden.", 1.0), ("Then Stolz spoke in Halden.", 1.0), ("Mira Stolz spoke.", 0.5), ("Ada Wynn spoke in Osk.", 0.0),
])
def test_names_said_when_a_text_has_some_of_the_names_then_their_share(text, expected):
    assert names_said(analyse("What did Mira Stolz say in Halden?"), text) == expected


def test_names_said_when_the_question_has_no_name_then_none_is_missing():
    assert names_said(analyse("What did she say?"), "Nothing.") == 1.0


def test_features_when_the_name_stands_nowhere_then_less_is_left_than_when_the_document_has_it():
    question, sentence = "How many cables were torn on the Halden bridge?", "14 cables were torn on the bridge."
    nowhere = weighed(question, sentence, document=sentence)
    elsewhere = weighed(question, sentence, document=f"Halden has a bridge. {sentence}")
    near = weighed(question, sentence, about="The Halden bridge")
    assert nowhere < elsewhere <= near


def test_features_when_the_question_names_a_time_and_the_document_another_then_less_is_left():
    question, sentence = "How many cables were torn in May 2031?", "14 cables were torn."
    assert weighed(question, sentence, published=date(2031, 5, 9)) > weighed(question, sentence, published=date(2030, 2, 1))
    assert weighed(question, sentence, document=f"On 3 May 2031 it rained. {sentence}") > weighed(question, sentence, document=sentence)


def test_features_when_only_the_meaning_differs_then_only_that_changes():
    asked = analyse("How many cables were torn?")
    found = features(asked, Around(sentence="14 cables were torn."), rarities(asked, {}, 9), meaning=0.0)
    assert replace(found, meaning=0.7) == found.with_meaning(0.7)
    assert probability(found.with_meaning(0.7)) > probability(found)


def test_in_context_when_there_is_a_title_then_it_stands_before_the_sentence():
    assert Around(sentence="It burned.", about=" The mill ").in_context() == "The mill. It burned."
    assert Around(sentence="It burned.", about=" ").in_context() == "It burned."


def test_coverage_when_a_sentence_points_back_then_the_words_before_it_count_half():
    asked = analyse("Who fired the flares at the lighthouse?")
    weights = rarities(asked, {}, 10)
    pointing = Around(sentence="These were fired by the pilot.", before="Flares rose over the lighthouse.")
    alone = Around(sentence="These were fired by the pilot.")
    not_pointing = Around(sentence="Two were fired by the pilot.", before="Flares rose over the lighthouse.")
    assert coverage(asked, pointing, weights) > coverage(asked, alone, weights)
    assert coverage(asked, not_pointing, weights) == coverage(asked, Around(sentence="Two were fired by the pilot."), weights)


def test_fit_when_asked_what_somebody_said_then_that_persons_words_fit_with_or_without_capitals():
    for question in ("What did Mira Stolz say about the bridge?", "what did stolz say about the bridge"):
        asked = analyse(question)
        assert asked.kind == "said"
        hers = Around(sentence="It will open in May.", speaker="Mira Stolz")
        assert fit_around(asked, hers) > fit_around(asked, Around(sentence="It will open in May.", speaker="Ada Wynn"))
        assert fit_around(asked, hers) > fit_around(asked, Around(sentence="It will open in May."))
        weights = rarities(asked, {}, 10)
        assert features(asked, hers, weights, meaning=0.2).spoken and not features(asked, Around(sentence="It rained."), weights, meaning=0.2).spoken


def test_fit_when_asked_who_said_something_then_a_sentence_with_a_speaker_fits():
    asked = analyse("Who warned of floods?")
    assert asked.kind == "who_said"
    warned = Around(sentence="She warned of floods.", speaker="Mira Stolz")
    assert fit_around(asked, warned) > fit_around(asked, Around(sentence="Floods came."))


def test_fit_when_asked_what_somebody_said_then_another_one_named_in_the_question_does_not_fit():
    asked = analyse("What did Stolz say about the Harbour Board?")
    board = Around(sentence="The pier is safe.", speaker="the Harbour Board")
    assert fit_around(asked, board) < fit_around(asked, Around(sentence="The pier is safe.", speaker="Mira Stolz"))


def test_fit_when_the_wounded_are_asked_for_then_a_count_of_the_killed_does_not_fit():
    asked = analyse("How many miners were wounded?")
    assert fit(asked, "Three miners were killed.") < 0.5 < fit(asked, "Three miners were injured.")
