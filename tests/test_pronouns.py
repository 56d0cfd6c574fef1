"""Whom "he", "she", "it" and "they" mean: invented sentences, with the speaker of the last one."""

import pytest

from attribution_helpers import voices

PERSONS = [
    # the subject of the sentence before
    ("Minister Harvey Stroud flew to the coast on Tuesday. “We saw it early,” he said.", "Harvey Stroud"),
    ("The farmer Bruno Lind gave seventy blankets as well as a goat. “I voted for it,” he says, leaning on the gate.", "Bruno Lind"),
    ("On Friday Councillor Edith Moll laid a complaint. “It is the town's silver,” she said.", "Edith Moll"),
    # the person introduced last
    ("Seven animals were put to sleep by the vet, Monica Reeve. “You fill the syringe,” she said.", "Monica Reeve"),
    ("The hall was searched by an engineer, Paul Ende. He said that the wall was new.", "Paul Ende"),
    # gender, by first name, by form of address anywhere, by pronouns beside the name, by the word before it
    ("Anna Kovac met Peter Lund at the weir. “It was dry,” she said.", "Anna Kovac"),
    ("Anna Kovac met Peter Lund at the weir. “It was dry,” he said.", "Peter Lund"),
    ("Mrs Tarn paid the fine. Mr Holt went home. “I had no choice,” she said.", "Tarn"),
    ("Zelko Wirth sold the boat. His wife, Clara, did not know. “Nobody asked me,” she says.", "Clara"),
    # the one the pronouns of the sentences between go on about
    ("Peter Lund drove to the mill. He looked at the wheel. It had stopped. “Nobody told me,” he said.", "Peter Lund"),
    ("Peter Lund drove to the mill. He met Oscar Brandt there. “Nobody told me,” he said.", "Peter Lund"),
    # in the sentence itself
    ("The treasurer, Colonel Hugh Marsden, is 83; he told friends that the form was too long and that he had no use for it.", "Hugh Marsden"),
    ("Anna Kovac came late. Asked by Peter Lund whether she was tired, she said that she was.", "Anna Kovac"),
    ("The paper asked Dr Peter Lund, who confirmed nothing but remarked that in his view soup was no food.", "Peter Lund"),
    ("Anna Kovac stormed the bus. The driver was already dead when her officers came in, she said.", "Anna Kovac"),
    # the owner of what speaks
    ("Anna Kovac left in March. Her letter of 4 March is plain: “They shall not have it.”", "Anna Kovac"),
    ("Anna Kovac did not appear. Her lawyer said that she was ill.", "Anna Kovac's lawyer"),
]
NOBODY = [
    "A man waved from the bridge. “Shame about my car,” he said.",
    "Anna Kovac opened the school. He said that it was small.",
    "The river rose. The bridge fell. “We were lucky,” she said.",
    "Anna Kovac opened the school. A nurse from the clinic came too late. “We were lucky,” she said. A nurse spoke. She said that it rained.",
]
GROUPS = [
    ("The commission looked at this as well. It said that nobody had given an order.", "the commission"),
    ("Radio Lindow asked Anna Kovac about the mill. It reported that she had sold it.", "Radio Lindow"),
    ("Anna Kovac said that she was ill. The ministry stands by its figure. It added that nobody had complained.", "the ministry"),
    ("The investigators opened the safe. They said that it was empty.", "the investigators"),
]
NO_GROUP = [
    "The receipt lay in a drawer. It says that he paid.",
    "Anna Kovac opened the school. They said that it was small.",
    "The union left. Peter Lund opened the door. They said that it was cold.",
]


@pytest.mark.parametrize(("text", "speaker"), PERSONS + GROUPS)
def test_attribute_when_a_pronoun_speaks_then_it_is_whom_the_sentences_before_are_about(text, speaker):
    assert voices(text)[-1] == ("named", speaker)


@pytest.mark.parametrize("text", NOBODY + NO_GROUP)
def test_attribute_when_nothing_settles_a_pronoun_then_the_speaker_is_unnamed(text):
    assert voices(text)[-1] == ("unnamed", "")


@pytest.mark.parametrize("verb", ["said", "says", "added", "claims", "told the court", "wrote"])
@pytest.mark.parametrize("word", ["He", "She", "They", "It"])
def test_attribute_when_a_text_begins_with_a_pronoun_then_the_pronoun_is_never_the_speaker(word, verb):
    text = f"{word} {verb} that the mill was closed. {word} was tired. {word} {verb} that it was late."
    assert {speaker for _, speaker in voices(text)} == {""}


def test_attribute_when_a_paper_speaks_of_itself_then_it_is_the_document():
    assert voices("This article gives no date. It says that the hall was full.")[-1] == ("document", "")
