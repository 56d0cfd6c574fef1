"""Files to documents: text kept exactly where the format is text, facts with their precision, nothing guessed."""

from qa.reading.documents import read_bytes, read_file
from qa.reading.files import find_files
from qa.reading.formats import FORMATS

__all__ = ["FORMATS", "find_files", "read_bytes", "read_file"]
