"""One frozen Settings for everything; read from the environment only by `from_environment`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from qa.errors import SettingsError

PREFIX = "QA_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default; each can be set as an environment variable, `QA_` and its name in capitals.

    `embedding` is "minilm" (default), "minilm-int8", "static", or "package.module:Class" of a llama-index embedding class.
    `reader` is "auto" (the trained reader reads the best sentences where its weights are installed), "on" (an error where they are
    not) or "off". `threads` is the number of CPU threads for the embedding and the reader (0: one for each core).
    `passage_tokens` is the most tokens a passage has (tiktoken's cl100k_base), 16 or more.
    `meaning_weight` in [0, 1] is the share of the embedding score against the word score in the search.
    `limit` is how many passages are read for an answer; `per_document` how many of them one document may fill before
    the others had their turn. `max_statements` is how many statements an answer prints at most.
    `max_file_mb` is the largest file read, in megabytes; `lock_seconds` how long to wait for another process's write.
    `llm` is the language model that writes answers, such as "ollama:llama3.2" ("" or "none": none, answers are quotations).
    `llm_seconds` is how long a question may take it in all before the quotations are given instead.
    `llm_context` is how many tokens it can read and write at once (0: what its integration says, else 4096).
    `llm_answer_tokens` is the room left for its answer, 64 or more. `llm_retries` is how often a call that failed for a passing
    reason is made again. `llm_cache` is how many of its answers are kept in the cache folder (0: none).
    `llm_prices` is what a million tokens read and a million written cost, such as "0.15 0.60" ("": not known).
    """

    embedding: str = "minilm"
    reader: str = "auto"
    threads: int = 0
    passage_tokens: int = 200
    meaning_weight: float = 0.5
    limit: int = 10
    per_document: int = 4
    max_statements: int = 5
    max_file_mb: int = 200
    lock_seconds: float = 10.0
    llm: str = ""
    llm_seconds: float = 120.0
    llm_context: int = 0
    llm_answer_tokens: int = 800
    llm_retries: int = 2
    llm_cache: int = 0
    llm_prices: str = ""

    def __post_init__(self):
        at_least = {"threads": 0, "passage_tokens": 16, "limit": 1, "per_document": 1, "max_statements": 1,
                    "max_file_mb": 1, "lock_seconds": 0, "llm_seconds": 0, "llm_context": 0, "llm_answer_tokens": 64, "llm_retries": 0,
                    "llm_cache": 0}
        for name, least in at_least.items():
            if not getattr(self, name) >= least:  # so that "nan" is refused too
                raise SettingsError(f"{name} is {getattr(self, name)}", f"Use {least} or more.")
        if self.reader not in ("auto", "on", "off"):
            raise SettingsError(f"reader is {self.reader!r}", "Use auto, on or off.")
        if not 0 <= self.meaning_weight <= 1:
            raise SettingsError(f"meaning_weight is {self.meaning_weight}", "Use a number from 0 to 1.")

    def fingerprint(self) -> dict[str, str]:
        """What shapes an index: a library built with one fingerprint cannot be opened with another."""
        return {"embedding": self.embedding, "passage_tokens": str(self.passage_tokens)}


def from_environment(environment: Mapping[str, str] | None = None, **overrides) -> Settings:
    """Settings from `QA_…` variables, then `overrides` (None means not given).

    Raises SettingsError for a value of the wrong type and for a `QA_…` name that is no setting.
    """
    environment = os.environ if environment is None else environment
    types = {field.name: field.type for field in fields(Settings)}
    chosen = {}
    for variable, raw in environment.items():
        name = variable.removeprefix(PREFIX).lower()
        if not variable.startswith(PREFIX) or variable in PLACES:
            continue
        if name not in types:
            raise SettingsError(f"{variable} is not a setting", f"Settings are {', '.join(PREFIX + n.upper() for n in types)}.")
        try:
            chosen[name] = types[name](raw)
        except ValueError:
            wanted = {int: "a whole number", float: "a number"}[types[name]]
            raise SettingsError(f"{variable} is {raw!r}", f"It must be {wanted}.") from None
    return replace(Settings(**chosen), **{name: value for name, value in overrides.items() if value is not None})


PLACES = ("QA_LIBRARY", "QA_CACHE", "QA_LLM_KEY", "QA_WEB_PASSWORD")
"""Variables that are read where they are needed: two folders, and a key that must not lie about in a record."""


def cache_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Where the project keeps what it can make again: `QA_CACHE`, else `qa` in the user's cache folder."""
    environment = os.environ if environment is None else environment
    if environment.get("QA_CACHE"):
        return Path(environment["QA_CACHE"]).expanduser()
    base = environment.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "qa"
