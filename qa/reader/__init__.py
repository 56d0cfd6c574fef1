"""The reader: a small trained model that says which sentence answers a question, with which words, or that none does.

It is all-MiniLM-L6-v2's encoder, trained further (eval/train, MODEL_CARD.md here), and runs on the CPU like the embedding. It judges;
it never writes a word of an answer.
"""

from collections.abc import Callable

from qa.errors import SettingsError
from qa.reader.model import Read, Reader, ReadSentence, open_reader
from qa.settings import Settings

__all__ = ["Read", "ReadSentence", "Reader", "open_reader", "reads"]


def reads(settings: Settings) -> Callable[..., list[Read]] | None:
    """`Reader.read` as the settings want it: None when it is off, or "auto" and its word vectors are not installed.

    Raises SettingsError when it is "on" and they are not, QAError when a file is not the published one.
    """
    if settings.reader == "off":
        return None
    try:
        return open_reader(settings.threads).read
    except SettingsError:
        if settings.reader == "on":
            raise
        return None
