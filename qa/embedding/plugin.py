"""Any llama-index embedding class, named by the user as "package.module:Class"."""

import importlib
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from qa.embedding.vectors import checked, clean
from qa.errors import QAError, SettingsError
from qa.records import Progress

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

    from qa.embedding import OnProgress

_AT_ONCE = 64  # texts handed over in one call; the class may cut them into smaller batches
_FAILURES = (OSError, RuntimeError, ValueError, TypeError, LookupError, ArithmeticError)


class Plugin:
    """See `qa.embedding.Embedder`. Calls go to the class one at a time, as nothing says that it may be shared by threads."""

    def __init__(self, spec: str, model: "BaseEmbedding"):
        self.name = f"{spec}/{model.model_name}"
        self._model = model
        self._lock = threading.Lock()
        self.dimensions = self._ask(self._model.get_text_embedding_batch, ["dimensions"], count=1, dimensions=None).shape[1]

    def embed(self, texts: Sequence[str], on_progress: "OnProgress | None" = None) -> np.ndarray:
        began = time.monotonic()
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for first in range(0, len(texts), _AT_ONCE):
            some = clean(texts[first:first + _AT_ONCE])
            done = first + len(some)
            vectors[first:done] = self._ask(self._model.get_text_embedding_batch, some, count=len(some), dimensions=self.dimensions)
            if on_progress:
                on_progress(Progress(stage="embedding", done=done, total=len(texts), seconds=time.monotonic() - began))
        return vectors

    def embed_question(self, question: str) -> np.ndarray:
        def ask(texts: list[str]) -> list[list[float]]:
            return [self._model.get_query_embedding(texts[0])]

        return self._ask(ask, clean([question]), count=1, dimensions=self.dimensions)[0]

    def _ask(self, call: Callable[[list[str]], object], texts: list[str], *, count: int, dimensions: int | None) -> np.ndarray:
        try:
            with self._lock:
                vectors = call(texts)
        except _FAILURES as error:
            raise QAError(f"{self.name} failed: {error}", "Check its settings, or use --embedding minilm.") from error
        return checked(vectors, name=self.name, count=count, dimensions=dimensions)


def open_plugin(spec: str) -> Plugin:
    """The embedding class that `spec` names, constructed without arguments (it reads its own environment variables).

    Raises SettingsError when it is not installed, is no llama-index embedding class or needs arguments.
    """
    from llama_index.core.base.embeddings.base import BaseEmbedding

    module_name, _, class_name = spec.partition(":")
    try:
        found = getattr(importlib.import_module(module_name), class_name)
    except ImportError as error:
        raise SettingsError(f"the embedding {spec} cannot be imported: {error}", _install_hint(module_name)) from error
    except (AttributeError, ValueError, TypeError) as error:
        raise SettingsError(f"there is no embedding {spec}: {error}", 'Write it as "package.module:Class".') from error
    if not (isinstance(found, type) and issubclass(found, BaseEmbedding)):
        raise SettingsError(f"{spec} is not a llama-index embedding class", "Name a subclass of llama_index.core.embeddings.BaseEmbedding.")
    try:
        model = found()
    except (*_FAILURES, ImportError) as error:
        hint = "Name a class that needs no arguments, or write a subclass that gives them."
        raise SettingsError(f"{spec} cannot be constructed without arguments: {error}", hint) from error
    return Plugin(spec, model)


def _install_hint(module_name: str) -> str:
    """What to install: llama_index.embeddings.x comes as llama-index-embeddings-x."""
    parts = module_name.split(".")
    package = "-".join(parts[:3]).replace("_", "-") if parts[0] == "llama_index" else parts[0]
    return f'Run "pip install {package}", or check the name.'
