"""From a spec to an object of a llama-index `LLM` class. The only place here that imports llama-index; its global settings are never read."""

import importlib
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qa.errors import ModelUnavailable, SettingsError
from qa.generating.spec import Spec
from qa.settings import Settings
from qa.splitting import token_counter

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

CONTEXT = 4096
"""Tokens of context where neither the settings nor the integration say: what llama.cpp and Ollama give when not told otherwise."""
OTHER_TOKENIZER = 1.15
"""A tokenizer that is not at hand may need this many times the tokens that cl100k_base counts."""
_REFUSALS = (OSError, RuntimeError, ValueError, TypeError, LookupError, AttributeError)


Message = tuple[str, str]
"""A role (system, user, assistant) and a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model ready to be asked: its `name` as printed, the `llm`, its context in tokens, and a function that counts tokens."""

    name: str
    llm: "LLM"
    context: int
    count: Callable[[str], int]


def make_model(spec: Spec, settings: Settings) -> Model:
    """The model that the spec names. Nothing is asked of any server yet.

    Raises ModelUnavailable with the install command when the integration is missing, SettingsError when it cannot be constructed.
    """
    makers = {"openai": _openai, "openai-like": _openai_like, "ollama": _ollama, "anthropic": _anthropic, "class": _any_class}
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells of each request at a level that some libraries turn on
    try:
        llm = makers[spec.kind](spec, settings)
    except ImportError as error:
        raise ModelUnavailable(f"{spec.text} needs an integration that is not installed: {error}",
                               f'Run "pip install {spec.package}", or check the name.') from error
    except _REFUSALS as error:
        raise SettingsError(f"{spec.text} cannot be used: {error}", "Check the name of the model and the variables its integration reads.") from error
    return wrap(llm, settings, name=spec.text)


def wrap(llm: "LLM", settings: Settings, *, name: str = "") -> Model:
    """A llama-index LLM object, made here or by the user, as a Model. Raises SettingsError for anything else."""
    from llama_index.core.llms import LLM

    if not isinstance(llm, LLM):
        raise SettingsError(f"{type(llm).__name__} is no llama-index LLM", "Give a spec such as ollama:llama3.2, or a llama-index LLM object.")
    try:
        metadata = llm.metadata
        known, model = metadata.context_window, metadata.model_name
    except ValueError:  # llama-index has lists of models, and refuses to say anything of one that is newer
        known, model = 0, getattr(llm, "model", "")
    return Model(name=name or f"{type(llm).__name__}:{model}", llm=llm, count=_counter(llm), context=settings.llm_context or known or CONTEXT)


def chat_messages(messages: Sequence[Message]) -> "list[ChatMessage]":
    """The messages as llama-index takes them."""
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(role=role, content=text) for role, text in messages]


def _openai(spec: Spec, settings: Settings) -> "LLM":
    if not os.environ.get("OPENAI_API_KEY"):
        raise SettingsError("OPENAI_API_KEY is not set", "Set it to your key, or name another model with --llm.")
    return _protocol(spec, settings, api_key=os.environ["OPENAI_API_KEY"], api_base="https://api.openai.com/v1")


def _openai_like(spec: Spec, settings: Settings) -> "LLM":
    """Any server that speaks the OpenAI protocol. It gets the key of QA_LLM_KEY and never that of OPENAI_API_KEY."""
    return _protocol(spec, settings, api_key=os.environ.get("QA_LLM_KEY") or "none", api_base=spec.base)


def _protocol(spec: Spec, settings: Settings, *, api_key: str, api_base: str) -> "LLM":
    import httpx
    from llama_index.core.llms import LLMMetadata
    from llama_index.llms.openai import OpenAI
    from llama_index.llms.openai.utils import ALL_AVAILABLE_MODELS

    class AnyOpenAI(OpenAI):
        """llama-index knows a fixed list of models and refuses others; servers have more, and all of them chat."""

        @property
        def metadata(self) -> LLMMetadata:
            known = ALL_AVAILABLE_MODELS.get(self.model, 0) if spec.kind == "openai" else 0
            return LLMMetadata(context_window=settings.llm_context or known or CONTEXT, num_output=settings.llm_answer_tokens,
                               is_chat_model=True, model_name=self.model)

    near = urlsplit(api_base).hostname in ("localhost", "127.0.0.1", "::1")
    client = httpx.AsyncClient(trust_env=False, timeout=_timeout(settings)) if near else None  # a proxy cannot reach this machine's servers
    return AnyOpenAI(
        model=spec.model, api_key=api_key, api_base=api_base, temperature=0.0, max_tokens=settings.llm_answer_tokens, max_retries=0,
        timeout=_timeout(settings), async_http_client=client, additional_kwargs={"stream_options": {"include_usage": True}})


def _timeout(settings: Settings) -> float:
    return max(1.0, settings.llm_seconds)


def _ollama(spec: Spec, settings: Settings) -> "LLM":
    from llama_index.llms.ollama import Ollama

    context = settings.llm_context or 2 * CONTEXT  # sent with each request: without it the server cuts long prompts at their beginning
    return Ollama(model=spec.model, base_url=spec.base or os.environ.get("OLLAMA_HOST") or "http://localhost:11434", temperature=0.0,
                  context_window=context, request_timeout=_timeout(settings), is_function_calling_model=False,
                  additional_kwargs={"num_predict": settings.llm_answer_tokens})


def _anthropic(spec: Spec, settings: Settings) -> "LLM":
    from llama_index.llms.anthropic import Anthropic

    if not os.environ.get("ANTHROPIC_API_KEY"):
        raise SettingsError("ANTHROPIC_API_KEY is not set", "Set it to your key, or name another model with --llm.")
    return Anthropic(model=spec.model, temperature=0.0, max_tokens=settings.llm_answer_tokens, max_retries=0, timeout=_timeout(settings),
                     base_url="https://api.anthropic.com")


def _any_class(spec: Spec, settings: Settings) -> "LLM":
    """A class that the user names, given the name of the model; it reads its own variables for the rest."""
    from llama_index.core.llms import LLM

    found = getattr(importlib.import_module(spec.module), spec.name)
    if not (isinstance(found, type) and issubclass(found, LLM)):
        raise SettingsError(f"{spec.text} is not a llama-index LLM class", "Name a subclass of llama_index.core.llms.LLM.")
    return found(model=spec.model) if spec.model else found()


def _counter(llm: "LLM") -> Callable[[str], int]:
    """The model's own tokenizer where it has one at hand; OpenAI's models are counted exactly enough by cl100k_base, others with a margin."""
    own = getattr(llm, "tokenizer", None)
    if callable(getattr(own, "encode", None)):
        return lambda text: len(own.encode(text))
    count = token_counter()
    share = 1.0 if getattr(llm, "api_base", "") == "https://api.openai.com/v1" else OTHER_TOKENIZER
    return lambda text: int(count(text) * share + 0.999)
