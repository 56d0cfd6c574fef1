"""Which model: what the user writes after `--llm`, taken apart."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from qa.errors import SettingsError

KINDS = {"ollama": "llama-index-llms-ollama", "openai": "llama-index-llms-openai", "openai-like": "llama-index-llms-openai",
         "anthropic": "llama-index-llms-anthropic"}
"""The kinds known by name, and the package on PyPI that each needs."""
HINT = ("Write ollama:MODEL, openai:MODEL, anthropic:MODEL, openai-like:http://HOST:PORT/v1#MODEL, "
        "or package.module:Class#MODEL for any other llama-index LLM class.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A model. `kind` is one of KINDS, or "class" with `module` and `name` of a llama-index LLM class; `model` is the model's name
    ("" where the class has its own default); `base` the address of its server ("": the usual one). `text` is as the user wrote it."""

    text: str
    kind: str
    model: str
    base: str = ""
    module: str = ""
    name: str = ""

    @property
    def package(self) -> str:
        """What to install for it, "" when that cannot be told."""
        if self.kind in KINDS:
            return KINDS[self.kind]
        parts = self.module.split(".")
        return "-".join(parts[:3]).replace("_", "-") if parts[0] == "llama_index" else parts[0]


def parse(text: str) -> Spec:
    """The model that `text` names. Raises SettingsError with the forms that are understood."""
    kind, colon, rest = text.strip().partition(":")
    if not colon or not rest:
        raise SettingsError(f"{text!r} names no model", HINT)
    if kind == "openai-like":
        base, _, model = rest.partition("#")
        if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).hostname or not model:
            raise SettingsError(f"{text!r} gives no address and model", "Write openai-like:http://HOST:PORT/v1#MODEL.")
        return Spec(text=text, kind=kind, model=model, base=base.rstrip("/"))
    if kind == "ollama":
        model, _, base = rest.partition("@")
        return Spec(text=text, kind=kind, model=model, base=base.rstrip("/"))
    if kind in KINDS:
        return Spec(text=text, kind=kind, model=rest)
    name, _, model = rest.partition("#")
    if "." not in kind or not name.isidentifier():
        raise SettingsError(f"{text!r} names no model", HINT)
    return Spec(text=text, kind="class", model=model, module=kind, name=name)
