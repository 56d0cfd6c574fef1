"""The reader: a small trained model that says which sentence answers a question, with which words, or that none does.

It is all-MiniLM-L6-v2's encoder, trained further (eval/train, MODEL_CARD.md here), and runs on the CPU like the embedding. It judges;
it never writes a word of an answer.
"""

from qa.reader.model import Read, Reader, open_reader

__all__ = ["Read", "Reader", "open_reader"]
