"""A conversation as HTML: voices, places, disagreements, what was withheld, what was searched."""

import re
from dataclasses import replace

import pytest
from web_helpers import Parsed, answered, statement

from qa.records import Disagreement, Figure, Silent, Withheld
from qa.web_page.answers import Exchange, conversation, history, stopped



def test_conversation_when_a_statement_is_shown_then_voice_lead_in_quote_and_place_are_there():
    shown = conversation([answered(statement("Fog rose. It cleared.", 0, 9, voice="named", speaker="Ilse Brandt", said_on="2031-05"))])
    assert "Named speaker" in shown and "Ilse Brandt" in shown and "said 2031-05" in shown
    assert "“A note” (2031-05-04) states:" in shown and "“Fog rose.”" in shown
    assert 'data-start="0" data-end="9"' in shown


@pytest.mark.parametrize(("words", "lead"), [("Fog rose", True), ("14  at\nnight", True), ("night.", False)])
def test_conversation_when_the_words_that_answer_are_known_then_just_they_are_set_apart_in_the_quote(words, lead):
    content = "Fog rose. It was 14  at\nnight."
    start = content.index(words)
    known = statement(content, 0, len(content), answering=(start, start + len(words)))
    known = known if lead else replace(known, text=" ".join(content.split()))  # a statement that is all quote
    shown = conversation([answered(known)])
    assert re.findall('<strong class="qa-answering">(.*?)</strong>', shown) == [" ".join(words.split())]
    assert Parsed(shown).text == Parsed(conversation([answered(replace(known, answering=None))])).text
    assert "<strong" not in conversation([answered(replace(known, answering=None))])


def test_conversation_when_sources_differ_then_the_card_comes_before_the_statements_with_every_side():
    content = "It was 14. It was 19."
    first = statement(content, 0, 10, figures=(Figure(value=14, text="14", counted="hurt"),))
    second = statement(content, 11, 21, marker=2, figures=(Figure(value=19, text="19", counted="hurt"),))
    differing = Disagreement(about="the hurt", sides=((0,), (1,)), how="14 against 19")
    shown = conversation([answered(first, second, disagreements=(differing,))])
    assert shown.index("Sources differ on the hurt") < shown.index("qa-statements")
    card = shown[: shown.index("qa-statements")]
    assert "14 hurt" in card and "19 hurt" in card and card.count("qa-one-side") == 2


def test_conversation_when_a_statement_is_withheld_then_it_is_folded_away_with_its_reason():
    shown = conversation([answered(withheld=(Withheld(statement=statement("It was 14.", 0, 10), reason="number: “14” against “19”"),))])
    folded = shown[shown.index("withheld, because"):]
    assert "<details" in shown and "number: “14” against “19”" in folded


def test_conversation_when_nothing_answers_then_what_was_searched_and_the_nearest_passages_are_named_as_no_answer():
    silent = (Silent(document="1", name="a.txt", title="A title"), Silent(document="2", name="b.txt"))
    shown = conversation([answered(silent=silent, related=statement("The shop sells bread.", 0, 21).citations)])
    assert "The documents do not say." in shown and "Searched: A title · b.txt" in shown and "<details" not in shown
    many = tuple(replace(silent[1], name=f"{number}.txt") for number in range(30))
    assert "30 documents searched" in conversation([answered(silent=many)]) and "29.txt" in conversation([answered(silent=many)])
    assert shown.index("Related, does not answer") < shown.index("The shop sells bread.")


def test_history_when_an_answer_was_given_up_then_its_question_is_not_part_of_it():
    given_up = stopped((Exchange(question="And then?", note="Searching", running=True),))
    assert given_up[-1].note == "Stopped." and stopped(()) == () and stopped((answered(),)) == (answered(),)
    assert [turn.text for turn in history((answered(), *given_up))] == ["How many?", "…"]
