"""The prompt files: complete, as declared, rendered as the golden files show."""

from pathlib import Path
from string import Template

import pytest

from qa.errors import PromptError
from qa.generating.prompts import load_prompt, prompt_folder

GOLDEN = Path(__file__).parent / "golden" / "prompts"
VALUES = {
    "answer": {"most": "5", "not_found": "NOT IN THE DOCUMENTS", "fence": "==0123456789ab==", "question": "When did it close?",
               "passages": "==0123456789ab== passage 1\nFrom: Notes\n\nIt closed on $5 day.\n==0123456789ab== end", "disagreement": ""},
    "disagreement": {"differences": "- Sources differ on cables: 14 (Mira Stolz) against 19 (Tomas Weil)."},
    "repair": {"failed": "- It closed. (it names no passage)", "not_found": "NOT IN THE DOCUMENTS"},
    "follow-up": {"fence": "==0123456789ab==", "conversation": "user: Who is Mira Stolz?\nassistant: An engineer.", "question": "What did she say?"},
    "judge": {"fence": "==0123456789ab==", "sources": "==0123456789ab== source 1\nIt closed on $5 day.\n==0123456789ab== end", "statement": "It closed."},
}


def test_prompts_when_listed_then_these_are_all_there_are():
    assert {path.stem for path in prompt_folder().glob("*.md")} == {*VALUES, "README"}


@pytest.mark.parametrize("name", VALUES)
def test_prompt_when_rendered_then_it_is_the_golden_file(name):
    rendered = "\n\n".join(f"[{role}]\n{text}" for role, text in load_prompt(name).render(**VALUES[name])) + "\n"
    assert rendered == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_prompt_when_a_value_holds_a_variable_then_it_is_not_filled_again():
    (_, text), *_ = load_prompt("disagreement").render(differences="$question costs $5")
    assert "$question costs $5" in text


@pytest.mark.parametrize("name", VALUES)
def test_label_when_the_file_changes_then_its_hash_does(name, tmp_path):
    text = (prompt_folder() / f"{name}.md").read_text(encoding="utf-8")
    (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    assert load_prompt(name, tmp_path).label == load_prompt(name).label
    (tmp_path / f"{name}.md").write_text(text + "More.\n", encoding="utf-8")
    assert load_prompt(name, tmp_path).label != load_prompt(name).label


@pytest.mark.parametrize("text, said", [
    ("Answer: $question", "begin"),
    ("---\nvariables: question\n---\nAnswer.", "question"),
    ("---\nvariables: \n---\nAnswer $question.", "question"),
    ("---\nvariables: question\n---\nAnswer $question for $ 5.", "\\$"),
])
def test_load_when_the_variables_are_not_as_declared_then_the_error_says_which(tmp_path, text, said):
    (tmp_path / "x.md").write_text(text, encoding="utf-8")
    with pytest.raises(PromptError, match=said):
        load_prompt("x", tmp_path)


def test_load_when_a_prompt_is_missing_then_the_error_names_it(tmp_path):
    with pytest.raises(PromptError, match="answer"):
        load_prompt("answer", tmp_path)


@pytest.mark.parametrize("values", [{}, {"differences": "x", "more": "y"}])
def test_render_when_the_values_are_not_those_declared_then_the_error_names_them(values):
    with pytest.raises(PromptError, match="differences"):
        load_prompt("disagreement").render(**values)


def test_wheel_when_built_then_the_prompts_are_in_it():
    project = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert 'prompts = "qa/_prompts"' in project
    assert Template((prompt_folder() / "answer.md").read_text(encoding="utf-8")).is_valid()
