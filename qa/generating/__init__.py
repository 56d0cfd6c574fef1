"""Answers written by a language model that cannot outrun their sources."""

from typing import TYPE_CHECKING

from qa.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from qa.generating.writing import Writer

__all__ = ["open_writer"]


def open_writer(llm: "str | LLM", settings: Settings) -> "Writer | None":
    """What writes answers with the model that `llm` names ("ollama:llama3.2") or is (a llama-index LLM object); None for "" and "none".

    Raises SettingsError, ModelUnavailable when its integration is not installed, PromptError. Nothing is asked of its server yet.
    """
    if isinstance(llm, str) and llm.strip().lower() in ("", "none"):
        return None
    from qa.generating.models import make_model, wrap
    from qa.generating.spec import parse
    from qa.generating.writing import Writer

    return Writer(make_model(parse(llm), settings) if isinstance(llm, str) else wrap(llm, settings), settings)
