"""Bare questions for somebody's words."""

import pytest

from qa.answering.terse import in_full
from tests.test_extract import hit

TEXT = "“The bridge has had its time,” Mira Stolz said. An attack on the port was reported. The harbour office closed."


@pytest.mark.parametrize(("question", "full"), [
    ("stolz on the bridge", "What did stolz say on the bridge?"),
    ("Mira Stolz about the bridge?", "What did Mira Stolz say about the bridge?"),
    ("attack on the port", "attack on the port"),
    ("mira on the bridge", "mira on the bridge"),
    ("Ada Stolz on the bridge", "Ada Stolz on the bridge"),
    ("what about the bridge", "what about the bridge"),
    ("What did Stolz say on the bridge?", "What did Stolz say on the bridge?"),
])
def test_in_full_when_a_name_stands_before_on_then_its_words_are_asked_for_if_it_speaks(question, full):
    document, found = hit(TEXT, "a.txt")
    assert in_full(question, [found], {document.id: document}) == full


def test_ask_when_a_name_and_a_matter_are_given_then_that_ones_words_are_the_answer(assistant_over):
    texts = {"a.md": "---\ntitle: The bridge\n---\nMira Stolz sat on the bridge. “It has had its time,” she said on Sunday. The bridge is old.\n",
             "b.md": "---\ntitle: Ships\n---\nThe harbour office closed at noon.\n"}
    answer = assistant_over(texts).ask("stolz on the bridge")
    assert answer.statements and answer.statements[0].speaker == "Mira Stolz"
