"""Whose quotation a sentence without a speaker of its own is part of."""

import pytest

from attribution_helpers import voices

RUNS_ON = [
    # named before it opens
    ("The road was shut. So says Peter Lund, a nurse. “He turned round. I saw who shot. He wore the armband.”", "Peter Lund"),
    ("Peter Lund, a nurse, said: “He turned round. I saw who shot. He wore the armband.”", "Peter Lund"),
    ("“He turned round,” said Peter Lund. “I saw who shot. He wore the armband.”", "Peter Lund"),
    # named where it closes, by name or pronoun
    ("“He turned round. I saw who shot. He wore the armband,” said Peter Lund.", "Peter Lund"),
    ("Anna Kovac stood in the rain. “He turned round. I saw who shot,” she said.", "Anna Kovac"),
    # by the sentence before, which is about one person
    ("Anna Kovac laughed at the question. “I was there. I saw who shot.”", "Anna Kovac"),
    ("Anna Kovac laughed at the question. She drank her tea. “I was there. I saw who shot.”", "Anna Kovac"),
    ("An activist, Peter Lund, in tears: “They cut the rope. I had no time.”", "Peter Lund"),
    ("Mrs Tarn's letters to her brother are plain: “A short war will pay for everything.”", "Tarn"),
    # over paragraphs that open their marks again
    ("“I was there,” said Anna Kovac. “I saw who shot.\n\n“He wore the armband.”", "Anna Kovac"),
]
NOT_HERS = [
    # another paragraph; a thing; somebody without a name
    "Anna Kovac laughed at the question.\n\n“Closed until May”",
    "The sign hung over the door. “Closed until May.”",
    "A nurse came out. “Closed until May.”",
]


@pytest.mark.parametrize(("text", "speaker"), RUNS_ON)
def test_attribute_when_a_quotation_runs_over_sentences_then_each_is_its_speakers(text, speaker):
    quoted = [one for one in voices(text) if one[0] == "named"]
    assert {name for _, name in quoted} == {speaker} and voices(text)[-1] == ("named", speaker)


@pytest.mark.parametrize("text", NOT_HERS)
def test_attribute_when_nobody_is_shown_to_say_a_quotation_then_no_name_is_given(text):
    assert voices(text)[-1][1] == ""


def test_attribute_when_a_pronoun_goes_on_quoting_without_a_verb_of_saying_then_it_is_the_last_speaker():
    assert voices("Anna Kovac said that she had taken the call. She “did not hear the word fire”.")[-1] == ("named", "Anna Kovac")


def test_attribute_when_the_colon_follows_somebody_unknown_then_the_last_speaker_is_not_taken():
    assert voices("Anna Kovac said that it rained. The entry of Old Mill for that day reads: “Dry.”")[-1][1] != "Anna Kovac"
