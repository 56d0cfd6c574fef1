"""A document of one text, and who says each of its sentences."""

from datetime import date

from qa.attribution import attribute
from qa.language.sentences import split_sentences
from qa.records import Document


def document(text, **more):
    return Document(id=text, name="linden.txt", source="linden.txt", text=text, published=date(2024, 5, 17), published_precision="day", **more)


def voices(text, **more):
    """(voice, speaker) of each sentence in order."""
    one = document(text, **more)
    found = [attribute(one, start, end) for start, end in split_sentences(text)]
    return [(each.voice, each.speaker) for each in found]
