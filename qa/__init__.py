"""Answers questions over your own documents and says who says so: every sentence cited, checked, attributed and dated.

    from qa import open_assistant, open_library

    library = open_library("my-library")
    library.add("docs/")
    answer = open_assistant("my-library").ask("How many …?")
"""

from qa.errors import (
    CasesError,
    DocumentError,
    LibraryError,
    LibraryLocked,
    LibraryMismatch,
    LibraryUnavailable,
    ModelError,
    ModelMalformed,
    ModelRejected,
    ModelTimeout,
    ModelUnavailable,
    PromptError,
    QAError,
    SettingsError,
    UnreadableDocument,
    UnsupportedDocument,
)
from qa.open import open_assistant, open_library, timeline
from qa.records import (
    Added,
    Answer,
    Citation,
    Dated,
    Disagreement,
    Document,
    Event,
    Figure,
    Filters,
    Finished,
    Hit,
    Passage,
    Problem,
    Progress,
    Refused,
    Searched,
    Silent,
    Span,
    Statement,
    StatementReady,
    StatementWithheld,
    TimelineEvent,
    Turn,
    Usage,
    Verdict,
    Waiting,
    Withheld,
)
from qa.settings import Settings

__all__ = [
    "Added", "Answer", "CasesError", "Citation", "Dated", "Disagreement", "Document", "DocumentError", "Event", "Figure", "Filters",
    "Finished", "Hit", "LibraryError", "LibraryLocked", "LibraryMismatch", "LibraryUnavailable", "ModelError", "ModelMalformed",
    "ModelRejected", "ModelTimeout", "ModelUnavailable", "Passage", "Problem", "Progress", "PromptError", "QAError", "Refused", "Searched",
    "Settings", "SettingsError", "Silent", "Span", "Statement", "StatementReady", "StatementWithheld", "TimelineEvent", "Turn",
    "UnreadableDocument", "UnsupportedDocument", "Usage", "Verdict", "Waiting", "Withheld", "open_assistant", "open_library", "timeline",
]
