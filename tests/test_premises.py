"""What a question takes for granted: corrected where the documents contradict it, declined where they do not support it, left alone else."""

import pytest

from qa.answering.premises import premise_of, unsupported

DOCUMENTS = {
    "dam.md": "---\ntitle: The Vessby dam\npublished: 2024-03-04\nkind: report\n---\n\n"
              "The Vessby dam broke because a drain inside the wall was blocked, Judge Ida Brenner found. Rain played no part, she wrote.\n\n"
              "The county evacuated 340 people from Tarn because the water rose.\n\n"
              "Mayor Jon Lindqvist said the company had been warned of cracks in February.\n",
    "court.md": "---\ntitle: The court\npublished: 2024-03-09\nkind: report\n---\n\n"
                "The court in Lund convicted Per Holm of theft on Friday because a witness saw him.\n\n"
                "The bridge at Tarn was closed because its cables were torn. The ferry was not sold.\n",
}


@pytest.fixture(scope="module")
def assistant(assistant_over):
    return assistant_over(DOCUMENTS)


@pytest.mark.parametrize(("question", "claim", "speaker"), [
    ("Why did Lund close the bridge?", "Lund close the bridge", ""),
    ("And why was Per Holm acquitted?", "Per Holm acquitted", ""),
    ("What made the county evacuate Tarn?", "the county evacuate Tarn", ""),
    ("How did Lund react to the sale of the ferry?", "the sale of the ferry", ""),
    ("Why did Mira Stolz say that the dam was safe?", "the dam was safe", "Mira Stolz")])
def test_premise_when_a_reason_is_asked_for_then_what_is_taken_for_granted_is_the_claim(question, claim, speaker):
    premise = premise_of(question)
    assert (premise.claim, premise.speaker) == (claim, speaker)


@pytest.mark.parametrize("question", ["Who closed the bridge?", "How many people were evacuated?", "Why didn't Lund close the bridge?", "dam tarn", ""])
def test_premise_when_nothing_checkable_is_taken_for_granted_then_there_is_none(question):
    assert premise_of(question) is None


@pytest.mark.parametrize(("question", "quote", "lead"), [
    ("Why was Per Holm acquitted of theft by the court in Lund?", "convicted Per Holm", "say otherwise"),
    ("Why did the county evacuate 500 people from Tarn?", "evacuated 340 people", "give 340"),
    ("Why was the ferry sold?", "The ferry was not sold", "say otherwise"),
    ("Why did heavy rain break the Vessby dam?", "Rain played no part", "rule that out"),
    ("Why was the Vessby dam broken by an earthquake?", "because a drain", "another cause"),
    ("Why did Ida Brenner say that the company had been warned of cracks in February?", "Jon Lindqvist said", "attribute that to Jon Lindqvist")])
def test_ask_when_the_documents_contradict_the_premise_then_the_correction_is_cited_and_the_status_says_so(assistant, question, quote, lead):
    answer = assistant.ask(question)
    assert answer.status == "false_premise" and lead in answer.lead and answer.text.startswith(answer.lead)
    assert any(quote in s.citations[0].quote for s in answer.statements)
    assert all(s.verdict.supported and s.citations[0].verified for s in answer.statements)


@pytest.mark.parametrize("question", [
    "Why did the county evacuate 340 people from Tarn?", "Why was the bridge at Tarn closed?", "Why did the Vessby dam break?",
    "Why did the court in Lund convict Per Holm?", "When was Per Holm convicted?"])
def test_ask_when_the_premise_holds_then_the_question_is_answered(assistant, question):
    assert assistant.ask(question).status == "answered"


def test_ask_when_nothing_supports_the_premise_then_it_is_declined(assistant):
    answer = assistant.ask("Why did the bakers of Tarn burn their ovens?")
    assert answer.status == "no_evidence" and answer.statements == ()


def test_ask_when_the_same_was_done_to_somebody_else_then_that_is_no_contradiction(assistant):
    assert assistant.ask("Why did the court in Lund convict Mira Stolz?").status != "false_premise"


@pytest.mark.parametrize(("question", "declined"), [
    ("Why did Per Holm sell the two ferries?", True), ("Why did Per Holm steal the two ferries?", False), ("Why were the two ferries stolen?", False)])
def test_unsupported_when_no_passage_tells_what_was_done_then_the_question_is_declined(question, declined):
    passages = ["Per Holm was convicted because he had stolen the two ferries."]
    assert unsupported(premise_of(question), passages) == declined
