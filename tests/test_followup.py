"""Follow-up questions, completed from the conversation."""

import pytest

from qa.answering.followup import complete
from qa.records import Turn


def talk(*texts):
    """Turns, the user's first."""
    return [Turn(role=("user", "assistant")[position % 2], text=text) for position, text in enumerate(texts)]


BEES = talk("How many hives did beekeeper Jonas Wirth lose in the Orla valley?",
            "The letter says: “60 hives were lost in the long winter”. [1]")
FERRY = talk("Who commands the Marigold?", "According to the log: “Captain Ilse Brandt has commanded the ship since 2030”. [1]")


@pytest.mark.parametrize("question", [
    "How many cables were torn on the Halden bridge?", "Who is the mayor of Osk?", "Which bank lent the council of Halden money?",
])
def test_complete_when_a_question_stands_alone_then_it_stays_as_it_is(question):
    assert complete(question, BEES) == question


@pytest.mark.parametrize("question", ["And why?", "What did he say?", "How many hives were lost in the Orla valley?", ""])
def test_complete_when_nothing_was_asked_before_then_the_question_stays(question):
    assert complete(question, []) == question
    assert complete(question, [Turn(role="assistant", text="Ask me about Jonas Wirth.")]) == question


@pytest.mark.parametrize("question", ["When was that?", "Why?", "What about honey?", "Who says so?", "How many others?"])
def test_complete_when_a_question_leans_on_the_last_then_its_topic_follows_in_brackets(question):
    completed = complete(question, BEES)
    assert completed.startswith(question + " (")
    topic = completed.removeprefix(question)
    assert "hives" in topic and "Orla" in topic and "Jonas Wirth" in topic and "many" not in topic


@pytest.mark.parametrize(("before", "question", "completed"), [
    ("How many fish died according to the University of Osk?", "And the anglers' club?", "How many fish died according to the anglers' club?"),
    ("How many people were killed in Tarn?", "And in Lund?", "How many people were killed in Lund?"),
    ("How many people were killed in Tarn?", "What about the wounded?", "How many people were wounded in Tarn?"),
    ("How many people died in Tarn?", "And the wounded?", "How many people were wounded in Tarn?"),
    ("How many soldiers were killed in Tarn?", "And civilians?", "How many civilians were killed in Tarn?"),
    ("How many houses were lost in March 2024?", "And in April 2024?", "How many houses were lost in April 2024?"),
    ("How many houses were lost in Tarn?", "and in 2023?", "How many houses were lost in Tarn in 2023?"),
    ("What did Mira Stolz say about the dam?", "And Jon Lindqvist?", "What did Jon Lindqvist say about the dam?")])
def test_complete_when_only_a_part_is_asked_then_it_takes_its_place_in_the_question_before(before, question, completed):
    assert complete(question, talk(before, "It says so.")) == completed


@pytest.mark.parametrize(("before", "answer", "question", "completed"), [
    ("What happened at the Brannock mine?", "A dam broke.", "And how many were killed there?", "And how many were killed at the Brannock mine?"),
    ("What happened on 14 March?", "A dam broke.", "Who fired the rockets that day?", "Who fired the rockets on 14 March?"),
    ("Did the Orla Company close its mill?", "Yes.", "Which of its workers lost their jobs?", "Which of the Orla Company’s workers lost their jobs?"),
    ("Who attacked the airport at Lund?", "The Orla Resistance.", "Which weapons did they use?", "Which weapons did The Orla Resistance use?"),
    ("Who is Isolde Faring?", "Isolde Faring is the head of Brannock Copper.", "How much did she say they would pay?",
     "How much did Isolde Faring say Brannock Copper would pay?"),
    ("Where is the Tarn mill?", "In Lund.", "Who owns it?", "Who owns the Tarn mill?")])
def test_complete_when_a_word_points_back_then_what_it_stands_for_takes_its_place(before, answer, question, completed):
    assert complete(question, talk(before, answer)).startswith(completed)


@pytest.mark.parametrize(("before", "answer", "question", "completed"), [
    ("Which drone did Ansar shoot down?", "A Kestrel 9.", "What was it worth?", "What was the drone Kestrel 9 worth?"),
    ("Which drone did Ansar shoot down?", "It is said: “" + "They shot it down over the sea that morning. " * 5 + "”", "What was it worth?",
     "What was the drone worth? (Ansar shoot)"),
    ("Which company built the mine?", "Brannock Copper.", "How many people does it employ?", "How many people does the company Brannock Copper employ?"),
    ("Which groups attacked on 14 March?", "Several.", "What did they use?", "What did the groups use? (attacked 14 March)"),
    ("What weapons did Ansar use?", "Missiles.", "How many did they fire?", "How many did Ansar fire? (weapons use)"),
    ("What was Yuri Brandt convicted of?", "Spying.", "And what did he admit?", "And what did Yuri Brandt admit?"),
    ("What is the view of Iskar's government on the treaty?", "None.", "And Velm's?", "What is the view of Velm's government on the treaty?")])
def test_complete_when_the_question_before_chose_something_then_it_or_its_doer_is_meant(before, answer, question, completed):
    assert complete(question, talk(before, answer)) == completed


def test_complete_when_several_could_be_meant_then_the_topic_tells_and_nothing_is_put_in_place():
    completed = complete("Why did they leave?", talk("Did Aldermere Football Club and Lund United meet?", "They met."))
    assert completed.startswith("Why did they leave? (") and "Lund United" in completed


def test_complete_when_a_follow_up_names_its_person_and_its_matter_then_nothing_is_added():
    assert complete("Whom did he use as cover?", talk("What was Yuri Brandt convicted of?", "Spying.")) == "Whom did Yuri Brandt use as cover?"


def test_complete_when_the_question_repeats_a_word_of_the_topic_then_it_is_not_added_again():
    assert "valley" not in complete("And who owns that valley?", BEES).split("(")[1]


def test_complete_when_only_the_answer_has_a_word_then_it_is_no_topic():
    assert "winter" not in complete("When was that?", BEES)


@pytest.mark.parametrize("question, completed", [
    ("What did he say about honey?", "What did Jonas Wirth say about honey?"),
    ("Which of his hives are left?", "Which of Jonas Wirth’s hives are left?"),
    ("What is her trade?", "What is Jonas Wirth’s trade?"),
    ("Did anyone help her?", "Did anyone help Jonas Wirth?"),
])
def test_complete_when_a_pronoun_stands_for_a_person_then_the_name_takes_its_place(question, completed):
    assert complete(question, BEES).startswith(completed)


def test_complete_when_only_the_answer_names_a_person_then_that_one_is_meant():
    assert complete("What did she say about the radar?", FERRY).startswith("What did Captain Ilse Brandt say about the radar?")


def test_complete_when_several_were_named_then_the_latest_exchange_counts():
    assert complete("Where does she live?", BEES + FERRY).startswith("Where does Captain Ilse Brandt live?")
    assert complete("Where does he live?", FERRY + BEES).startswith("Where does Jonas Wirth live?")


def test_complete_when_a_follow_up_follows_a_follow_up_then_the_topic_is_that_of_the_question_they_began_with():
    completed = complete("And when?", BEES + talk("What about honey?", "The letter does not say."))
    assert "hives" in completed and "honey" in completed
    assert "Marigold" not in complete("And when?", FERRY + BEES)


def test_complete_when_asked_twice_then_the_same():
    assert complete("When was that?", BEES) == complete("When was that?", BEES)
