"""Which model: specs, integrations, keys; llama-index's global settings are never read."""

import builtins
import subprocess
import sys

import pytest

from qa import ModelUnavailable, Settings, SettingsError, open_assistant
from qa.generating import open_writer
from qa.generating.models import OTHER_TOKENIZER, make_model
from qa.generating.spec import KINDS, Spec, parse
from qa.settings import from_environment
from llm_helpers import CABLES, asking, library_of


@pytest.mark.parametrize("text, kind, model, base", [
    ("ollama:llama3.2", "ollama", "llama3.2", ""), ("ollama:qwen3:8b", "ollama", "qwen3:8b", ""),
    ("ollama:llama3.2@http://box:11434", "ollama", "llama3.2", "http://box:11434"),
    ("openai:gpt-4o-mini", "openai", "gpt-4o-mini", ""), ("anthropic:claude-x", "anthropic", "claude-x", ""),
    ("openai-like:http://localhost:8080/v1#my/model", "openai-like", "my/model", "http://localhost:8080/v1"),
])
def test_parse_when_a_known_kind_is_named_then_model_and_address_are_taken_apart(text, kind, model, base):
    assert parse(text) == Spec(text=text, kind=kind, model=model, base=base)


def test_parse_when_a_class_is_named_then_its_package_can_be_told():
    spec = parse("llama_index.llms.mistralai:MistralAI#small")
    assert (spec.module, spec.name, spec.model, spec.package) == ("llama_index.llms.mistralai", "MistralAI", "small", "llama-index-llms-mistralai")


@pytest.mark.parametrize("text", ["gpt-4o", "ollama:", "openai-like:localhost#m", "openai-like:http://localhost:80/v1", "nothing:x", "a.b:not a name"])
def test_parse_when_no_model_is_named_then_the_error_shows_the_forms(text):
    with pytest.raises(SettingsError) as caught:
        parse(text)
    assert text in caught.value.message and "openai-like:http" in caught.value.hint


@pytest.mark.parametrize("text", ["ollama:llama3.2", "openai:gpt-4o-mini", "anthropic:claude-x", "llama_index.llms.absent:Absent"])
def test_make_when_the_integration_is_missing_then_the_error_has_the_install_command(text, monkeypatch):
    real, spec = builtins.__import__, parse(text)
    module = spec.module or f"llama_index.llms.{spec.kind}"

    def refusing(name, *more):
        if name.startswith(module):
            raise ModuleNotFoundError(f"No module named {name!r}")
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", refusing)
    monkeypatch.setenv("OPENAI_API_KEY", "a key")
    with pytest.raises(ModelUnavailable) as caught:
        make_model(spec, Settings())
    assert f'pip install {spec.package}"' in caught.value.hint


def test_extras_when_listed_then_each_kind_has_one_with_the_package_of_the_error():
    import tomllib
    from pathlib import Path

    extras = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for kind, package in KINDS.items():
        assert extras[kind][0].split(">=")[0] == package


@pytest.mark.parametrize("text, variable", [("openai:gpt-4o-mini", "OPENAI_API_KEY"), ("ollama:x", None)])
def test_make_when_a_hosted_model_has_no_key_then_the_error_names_the_variable(text, variable):
    if variable:
        with pytest.raises(SettingsError, match=variable):
            make_model(parse(text), Settings())


@pytest.mark.parametrize("text", ["llama_index.core.schema:TextNode", "json:JSONDecoder", "llama_index.core.llms:Nothing"])
def test_make_when_the_class_is_no_llm_then_the_error_says_so(text):
    with pytest.raises(SettingsError):
        make_model(parse(text), Settings())


def test_make_when_any_class_is_named_then_it_is_used():
    model = make_model(parse("llama_index.core.llms:MockLLM"), Settings(llm_context=5000))
    assert type(model.llm).__name__ == "MockLLM" and model.context == 5000
    with pytest.raises(SettingsError):
        open_writer(object(), Settings())


def test_make_when_the_model_is_unknown_to_llama_index_then_it_is_asked_all_the_same(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "a key")
    assert make_model(parse("openai:gpt-97-new"), Settings()).context > 0
    assert make_model(parse("openai:gpt-4o-mini"), Settings()).context == 128_000


def test_count_when_the_tokenizer_is_not_known_then_it_counts_with_a_margin(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "a key")
    own, other = (make_model(parse(text), Settings()).count("one two three " * 50) for text in ("openai:gpt-4o", "openai-like:http://localhost:1/v1#x"))
    assert own * OTHER_TOKENIZER <= other <= own * OTHER_TOKENIZER + 1


@pytest.mark.parametrize("environment", [{"OPENAI_API_KEY": "k"}, {"ANTHROPIC_API_KEY": "k"}, {"OPENAI_API_KEY": "k", "OLLAMA_HOST": "x"}, {}])
def test_assistant_when_a_key_lies_in_the_environment_then_no_model_is_chosen(environment, monkeypatch, tmp_path):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert from_environment().llm == ""
    with library_of(tmp_path) as library:
        assistant = open_assistant(library)
        assert assistant.writer is None and assistant.ask(CABLES).model == "extractive"


@pytest.mark.parametrize("text", ["", "none", " None "])
def test_writer_when_none_is_wanted_then_there_is_none(text):
    assert open_writer(text, Settings()) is None


def test_key_when_a_server_of_ones_own_is_asked_then_openais_key_does_not_go_there(monkeypatch, tmp_path):
    from qa.testing import Reply

    monkeypatch.setenv("OPENAI_API_KEY", "secret-of-openai")
    with library_of(tmp_path) as library, asking(library, Reply(text="NOT IN THE DOCUMENTS")) as (assistant, server):
        assistant.ask(CABLES)
        assert server.headers and "secret-of-openai" not in str(server.headers)
    monkeypatch.setenv("QA_LLM_KEY", "for-this-server")
    with library_of(tmp_path / "again") as library, asking(library, Reply(text="NOT IN THE DOCUMENTS")) as (assistant, server):
        assistant.ask(CABLES)
        assert "Bearer for-this-server" in str(server.headers)


def test_globals_when_a_model_answers_then_llama_indexs_settings_are_neither_read_nor_set(monkeypatch, tmp_path):
    from llama_index.core import settings as globals_of_llama_index

    from qa.testing import Reply

    def raising(*_):
        raise AssertionError("the global settings were used")

    for name in ("llm", "embed_model"):
        monkeypatch.setattr(globals_of_llama_index._Settings, name, property(raising, raising))
    with library_of(tmp_path) as library, asking(library, Reply(text='It closed. [1] "The Halden bridge closed on Friday"\n')) as (assistant, server):
        answer = assistant.ask(CABLES, [])
        assert server.requests and answer.status == "answered"


def test_import_when_no_model_is_wanted_then_llama_index_is_not_loaded():
    code = ("import sys, qa, qa.assistant, qa.generating, qa.written; from qa.generating import open_writer; from qa import Settings;"
            "assert open_writer('none', Settings()) is None; print([m for m in sys.modules if m.split('.')[0] in ('llama_index', 'openai')])")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
