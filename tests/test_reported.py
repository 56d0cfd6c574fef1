"""Yes-or-no questions: the answer reports who affirms, who denies and who is silent, and never says yes or no."""

import pytest

from qa.answering.reported import claim_of, stance_of

DOCUMENTS = {
    "herald.md": "---\ntitle: Mill fire\npublished: 2024-03-04\nkind: report\n---\n\nFire chief Ida Brenner said the Tarn mill poisoned the Orla river in 2019.\n",
    "letter.md": "---\ntitle: A word on the mill\nkind: commentary\nprecision: none\n---\n\nThe Tarn mill poisoned the Orla river for years.\n",
    "reply.md": "---\ntitle: The mill replies\npublished: 2024-03-09\nkind: report\n---\n\n"
                "Director Jon Lindqvist denied that the Tarn mill poisoned the Orla river.\n",
    "bread.md": "---\ntitle: Bread\npublished: 2024-03-10\nkind: report\n---\n\nBakers in Lund sell rye bread. The baker Nils Holm is a thief.\n",
}


@pytest.fixture(scope="module")
def assistant(assistant_over):
    return assistant_over(DOCUMENTS)


@pytest.mark.parametrize(("question", "claim"), [
    ("Did the mill poison the river?", "the mill poison the river"), ("Is it true that the dam leaks?", "the dam leaks"),
    ("Hasn't the mill closed?", "the mill closed"), ("Is Holm really a thief?", "Holm a thief"),
    ("Did it close (Tarn mill)?", "it close (Tarn mill)"), ("Was it sold? (Tarn mill)", "it sold")])
def test_claim_when_a_question_is_turned_then_the_auxiliary_and_the_doubt_are_gone(question, claim):
    assert claim_of(question) == claim


@pytest.mark.parametrize(("claim", "quote", "stance"), [
    ("the Tarn mill poisoned the Orla river", "Brenner said the Tarn mill poisoned the Orla river.", "affirms"),
    ("the Tarn mill poisoned the Orla river", "The Tarn mill did not poison the Orla river.", "denies"),
    ("the Tarn mill poisoned the Orla river", "The owner denied that the Tarn mill poisoned the Orla river.", "denies"),
    ("the Tarn mill poisoned the Orla river", "The Tarn mill stands on the Orla river.", "unclear"),
    ("the Tarn mill poisoned the Orla river", "The Lund mill poisoned the Orla river.", "unclear"),
    ("the Tarn mill killed 12 fish", "The Tarn mill killed 30 fish.", "unclear"),
    ("the Tarn mill wants a war", "The Tarn mill fears a war.", "unclear"),
    ("Lund allow attacks from its land", "The council of Lund said that it would not accept attacks from its land.", "denies"),
    ("Mira Stolz agreed to leave behind the Orla", "Mira Stolz ruled out leaving behind the Orla River.", "denies"),
    ("rain break the dam", "Rain played no part, the judge writes.", "denies"),
    ("Lund run out of coal", "Lund went back to coal.", "unclear"),
    ("the Velm resistance controlled by Iskar", "The council and armed groups of Velm supported by Iskar are growing closer.", "unclear"),
    ("Lund poisoned the river", "The commentary accuses Tarn, Lund or Vessby of having poisoned the river.", "unclear")])
def test_stance_when_words_are_compared_with_a_claim_then_only_saying_all_of_it_affirms(claim, quote, stance):
    assert stance_of(claim, quote) == stance


def test_answer_when_some_affirm_and_one_denies_then_the_lead_says_who_and_neither_yes_nor_no(assistant):
    answer = assistant.ask("Did the Tarn mill poison the Orla river?")
    stances = {s.citations[0].name: s.stance for s in answer.statements}
    assert stances == {"herald.md": "affirms", "letter.md": "affirms", "reply.md": "denies"}
    assert "Ida Brenner" in answer.lead and "Denied by Jon Lindqvist" in answer.lead and "“A word on the mill” (a commentary)" in answer.lead
    assert "1 document searched is silent" in answer.lead
    assert not answer.text.lower().startswith(("yes", "no"))
    for statement in answer.statements:
        assert f"[{statement.citations[0].marker}]" in answer.lead


def test_answer_when_only_one_document_asserts_it_then_no_source_is_said_to_be_named(assistant):
    answer = assistant.ask("Is Nils Holm a thief?")
    assert [s.stance for s in answer.statements] == ["affirms"]
    assert "No source is named for it. No denial of it was found." in answer.lead


def test_lead_when_one_sentence_tells_the_charge_and_its_denial_then_neither_side_is_taken(assistant_over):
    told = "Jarek Stole accused Ilse Corvan of having slept through the night of the flood, which she rejected as slander.\n"
    answer = assistant_over({"vote.txt": told}).ask("Did Ilse Corvan sleep through the night of the flood?")
    assert answer.lead.startswith("Said by one and denied by another in [1].")


def test_answer_when_the_question_is_of_another_kind_then_statements_have_no_stance(assistant):
    answer = assistant.ask("Who said the Tarn mill poisoned the Orla river?")
    assert answer.statements and all(s.stance == "" for s in answer.statements) and answer.lead == ""


def test_answer_when_asked_whether_anybody_did_then_it_is_no_question_of_standing(assistant):
    answer = assistant.ask("Did anybody say the Tarn mill poisoned the Orla river?")
    assert answer.statements and all(s.stance == "" for s in answer.statements)
