"""Conversations to keep: as Markdown, a page or JSON, with quotes, offsets and digests of the documents, to be verified later.

    saved = write(answers, library, "markdown")
    verification = verify(saved, library)          # which citations still hold

A saved conversation is the same bytes for the same answers. Markdown and pages carry their record with them, so that all three can be verified.
"""

from qa.transcripts.record import FORMATS, Format, format_of, make_record, read, write
from qa.transcripts.verifying import CheckedCitation, Outcome, Verification, verify

__all__ = ["FORMATS", "CheckedCitation", "Format", "Outcome", "Verification", "format_of", "make_record", "read", "verify", "write"]
