"""Every error the project raises on purpose.

    QAError(message, hint, retryable)
    ├── SettingsError             a setting has a value that cannot be used
    ├── PromptError               a prompt file is missing, or its variables are not as declared
    ├── DocumentError             one document cannot be added; the others go on
    │   ├── UnsupportedDocument   the kind of file is not read
    │   └── UnreadableDocument    the kind is read, this file cannot be
    ├── LibraryError              the library as a whole
    │   ├── LibraryLocked         another process is writing (retryable)
    │   ├── LibraryMismatch       opened with other index settings than it was built with
    │   └── LibraryUnavailable    its folder cannot be read or written
    ├── CasesError                an eval case file cannot be used
    └── ModelError                a language model's call
        ├── ModelTimeout          no answer in time (retryable)
        ├── ModelUnavailable      not reachable, over quota, not installed
        ├── ModelRejected         the request was refused
        └── ModelMalformed        the answer could not be read

A message says what happened, with the value; the hint says what to do.
"""


class QAError(Exception):
    """Base of the tree. `str(error)` is the message; `error.hint` says what to do next ("" when nothing helps)."""

    retryable = False

    def __init__(self, message: str, hint: str = "", *, retryable: bool | None = None):
        super().__init__(message)
        self.message = message
        self.hint = hint
        if retryable is not None:
            self.retryable = retryable


class SettingsError(QAError):
    """A setting has a value that cannot be used."""


class PromptError(QAError):
    """A prompt file is missing, or its variables are not as declared."""


class DocumentError(QAError):
    """One document cannot be added; the others go on."""


class UnsupportedDocument(DocumentError):
    """The kind of file is not read."""


class UnreadableDocument(DocumentError):
    """The kind of file is read, but this one is empty, broken, encrypted, too large or not allowed."""


class LibraryError(QAError):
    """The library as a whole."""


class LibraryLocked(LibraryError):
    """Another process is writing to the library."""

    retryable = True


class LibraryMismatch(LibraryError):
    """The library was built with other index settings; the message names each that differs."""


class LibraryUnavailable(LibraryError):
    """The library's folder cannot be read or written."""


class CasesError(QAError):
    """A file of eval cases or answers cannot be used; the message gives the line numbers."""


class ModelError(QAError):
    """A language model's call failed. `wait` is how many seconds its server asked to wait (0 when it did not say)."""

    wait = 0.0


class ModelTimeout(ModelError):
    """The model did not answer in time."""

    retryable = True


class ModelUnavailable(ModelError):
    """The model is not reachable, over quota, or its integration is not installed."""


class ModelRejected(ModelError):
    """The model refused the request."""


class ModelMalformed(ModelError):
    """The model's answer could not be read."""
