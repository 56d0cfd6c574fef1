"""Settings: defaults, the environment, what cannot be used."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from qa.errors import SettingsError
from qa.open import own_library
from qa.settings import Settings, cache_folder, from_environment


def test_from_environment_when_nothing_is_set_then_the_defaults_hold():
    assert from_environment({"HOME": "/h", "PATH": "/bin"}) == Settings()


def test_from_environment_when_every_setting_is_set_then_each_has_its_type():
    given = {"embedding": "static", "reader": "on", "threads": 2, "passage_tokens": 64, "meaning_weight": 0.25, "limit": 3, "per_document": 2,
             "max_statements": 4, "max_file_mb": 7, "lock_seconds": 0.5, "llm": "ollama:small", "llm_seconds": 9.5, "llm_context": 2048,
             "llm_answer_tokens": 300, "llm_retries": 1, "llm_cache": 12, "llm_prices": "1 2"}
    assert given.keys() == {field.name for field in fields(Settings)}
    found = from_environment({f"QA_{name.upper()}": str(value) for name, value in given.items()})
    assert found == Settings(**given)
    assert all(type(getattr(found, name)) is type(value) for name, value in given.items())


def test_from_environment_when_overridden_then_the_override_wins_unless_none():
    environment = {"QA_EMBEDDING": "static", "QA_LIMIT": "3"}
    found = from_environment(environment, embedding="minilm", limit=None)
    assert (found.embedding, found.limit) == ("minilm", 3)


def test_from_environment_when_places_are_named_then_they_are_no_settings():
    assert from_environment({"QA_LIBRARY": "/l", "QA_CACHE": "/c"}) == Settings()


@pytest.mark.parametrize("variable, value, message, hint", [
    ("QA_LIMIT", "many", "QA_LIMIT is 'many'", "whole number"),
    ("QA_LIMIT", "1.5", "QA_LIMIT is '1.5'", "whole number"),
    ("QA_MEANING_WEIGHT", "half", "QA_MEANING_WEIGHT is 'half'", "number"),
    ("QA_LIMITS", "3", "QA_LIMITS is not a setting", "QA_LIMIT,"),
    ("QA_LIMIT", "0", "limit is 0", "1 or more"),
    ("QA_THREADS", "-1", "threads is -1", "0 or more"),
    ("QA_PASSAGE_TOKENS", "15", "passage_tokens is 15", "16 or more"),
    ("QA_MEANING_WEIGHT", "1.01", "meaning_weight is 1.01", "from 0 to 1"),
    ("QA_MEANING_WEIGHT", "nan", "meaning_weight is nan", "from 0 to 1"),
    ("QA_LOCK_SECONDS", "nan", "lock_seconds is nan", "0 or more"),
    ("QA_READER", "maybe", "reader is 'maybe'", "auto, on or off"),
])
def test_from_environment_when_a_value_cannot_be_used_then_the_error_names_it_and_what_to_do(variable, value, message, hint):
    with pytest.raises(SettingsError) as caught:
        from_environment({variable: value})
    assert message in caught.value.message and hint in caught.value.hint


def test_settings_when_on_the_edge_of_what_is_allowed_then_they_are_taken():
    Settings(threads=0, passage_tokens=16, meaning_weight=0, limit=1, per_document=1, max_statements=1, max_file_mb=1, lock_seconds=0)
    Settings(meaning_weight=1)


def test_settings_when_changed_in_place_then_refused():
    with pytest.raises(FrozenInstanceError):
        Settings().limit = 3


@pytest.mark.parametrize("name, value, in_fingerprint", [
    ("embedding", "static", True), ("passage_tokens", 100, True), ("limit", 3, False),
    ("meaning_weight", 0.1, False), ("threads", 1, False),
])
def test_fingerprint_when_a_setting_shapes_the_index_then_it_changes_with_it(name, value, in_fingerprint):
    assert (Settings(**{name: value}).fingerprint() != Settings().fingerprint()) is in_fingerprint


def test_cache_folder_when_named_then_that_one_else_the_users():
    assert cache_folder({"QA_CACHE": "~/c", "XDG_CACHE_HOME": "/x"}) == Path.home() / "c"
    assert cache_folder({"XDG_CACHE_HOME": "/x"}) == Path("/x/qa")
    assert cache_folder({}) == Path.home() / ".cache" / "qa"


def test_own_library_when_named_then_that_one_else_the_users():
    assert own_library({"QA_LIBRARY": "~/l", "XDG_DATA_HOME": "/x"}) == Path.home() / "l"
    assert own_library({"XDG_DATA_HOME": "/x"}) == Path("/x/qa/library")
    assert own_library({}) == Path.home() / ".local" / "share" / "qa" / "library"
