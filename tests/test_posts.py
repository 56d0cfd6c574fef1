"""Invented e-mails, posts and letters of several hands, and documents that only have dates and bold words in them."""

import pytest

from qa.attribution import attribute
from qa.attribution.posts import writer_at
from qa.language.sentences import split_sentences
from qa.records import Document

MAILS = """About the pump

From: Nora Hale. To: Piet Lund. Tuesday, 9 a.m.

Dear Piet, the pump has stopped. Otto Frisch says that the fuse is gone.

From: Piet Lund. To: Nora Hale. Tuesday, 10 a.m.

I have never seen that fuse.
"""
THREAD = """Stuck at the lock?

LockSally, 6 May, 07:14
The gate is shut. Nobody answers.

Old_Bargee, 6 May, 07:31
I worked there. The hinge was always weak.

Mudlark, 6 May at 08:02
Bring sandwiches.
"""
LETTERS = """# Letters about the lock

**Nora Hale to Hartwell & Sons, 15 May 2024**

Your gate does not close.

**Anton Hart, Hartwell & Sons, to Nora Hale, 19 May 2024**

It closed when we left.
"""
SIGNED = """# Letters to the Post

**The gate.** Sir, I hung that gate. It closed. Emil Kastner, Elmford.

**The other gate.** It has never closed in my time. Prof. Theo Mills, Upper Elm.

**The sandwiches.** They were dry. I ate two. R. Quill, innkeeper.

**The fee.** Who takes it? Name withheld.
"""


def document(text):
    return Document(id="d", name="lock.md", source="lock.md", text=text)


def said(text, fragment):
    at = text.index(fragment)
    return attribute(document(text), *next((start, end) for start, end in split_sentences(text) if start <= at < end))


@pytest.mark.parametrize(("text", "fragment", "speaker"), [
    (MAILS, "Dear Piet", "Nora Hale"),
    (MAILS, "Otto Frisch says", "Otto Frisch"),
    (MAILS, "I have never", "Piet Lund"),
    (THREAD, "Nobody answers", "LockSally"),
    (THREAD, "The hinge was", "Old_Bargee"),
    (THREAD, "Bring sandwiches", "Mudlark"),
    (LETTERS, "Your gate", "Nora Hale"),
    (LETTERS, "It closed when", "Anton Hart"),
    (SIGNED, "It closed.", "Emil Kastner"),
    (SIGNED, "It has never", "Theo Mills"),
    (SIGNED, "They were dry", "R. Quill"),
    (SIGNED, "Who takes it", ""),
])
def test_attribute_when_a_document_is_of_several_hands_then_each_part_is_its_writers(text, fragment, speaker):
    assert said(text, fragment).speaker == speaker


@pytest.mark.parametrize("text", [
    "Elmford, 3 May 2024\n\nWe left at noon.\n\nUpper Elm, 4 May 2024\n\nRain.\n\nLower Elm, 5 May 2024\n\nMore rain.",
    "**The gate.** It closed. The town was glad.\n\n**The weir.** It broke.\n\n**The mill.** It stands. Nobody knows why.",
    "**Elmford to Lisk, 3 May 2024**\n\nA train a day.",
    "From: Nora Hale. To: all.\n\nThe pump has stopped. It will be mended.",
], ids=["diary with places", "bold headings", "one heading with a to", "one e-mail"])
def test_writer_when_a_document_is_of_one_hand_then_nobody_is_named(text):
    assert writer_at(document(text), len(text) - 3) is None
