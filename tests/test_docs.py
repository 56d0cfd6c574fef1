"""The documentation: its code runs, its commands parse, its generated parts are current, its links and names exist."""

import argparse
import importlib
import importlib.util
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

import qa
from eval.__main__ import COMMANDS as EVAL_COMMANDS
from qa.cli import build_parser

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "eval" / "README.md"]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(path: Path, language: str) -> list[tuple[int, str]]:
    """Line number and text of each block of a language."""
    text = path.read_text(encoding="utf-8")
    return [(text.count("\n", 0, found.start(2)) + 1, found[2]) for found in BLOCK.finditer(text) if found[1] == language]


def commands(path: Path) -> list[list[str]]:
    """The `qa` and `python -m eval` commands in a page's shell blocks, from the program's name on."""
    lines = [line for language in ("sh", "") for _, block in blocks(path, language) for line in block.splitlines()]
    parts = [shlex.split(part, comments=True) for line in lines if re.search(r"\b(qa|eval) ", line) for part in line.split("&&")]
    evals = [["eval", *words[3:]] for words in parts if words[:3] == ["python", "-m", "eval"]]
    return evals + [words[words.index("qa") + 1 :] for words in parts if "qa" in words and words[0] in ("qa", "python3")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where the pages' code runs: one folder for all, so that the sample documents are embedded once."""
    made = tmp_path_factory.mktemp("docs")
    for name in ("seeds", "docs/example"):
        shutil.copytree(ROOT / name, made / name)
    return made


def generator():
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=named)
def test_python_blocks_when_run_one_after_another_then_none_fails(page, folder, monkeypatch):
    monkeypatch.chdir(folder)
    names = {"__name__": "__docs__"}
    for line, code in blocks(page, "python"):
        exec(compile("\n" * (line - 1) + code, str(page), "exec"), names)


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=named)
def test_commands_when_parsed_by_the_program_then_each_is_understood(page):
    for words in commands(page):
        parser, arguments = build_parser(), words
        if words[0] == "eval":
            command = next(command for command in EVAL_COMMANDS if command.name == words[1])
            parser, arguments = argparse.ArgumentParser(), words[2:]
            command.add_arguments(parser)
        try:
            parser.parse_args(arguments)
        except SystemExit:
            pytest.fail(f"{named(page)}: the program does not understand {shlex.join(words)!r}")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_when_named_in_a_sentence_then_the_program_has_them(page):
    ours = generator()._subcommands(build_parser()).choices.keys()
    evals = {command.name for command in EVAL_COMMANDS}
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    assert set(re.findall(r"`qa ([a-z]+)", text)) <= ours
    assert set(re.findall(r"`(?:qa|python -m) eval ([a-z]+)", text)) <= evals


def test_commands_when_collected_from_the_readme_then_the_main_ones_are_among_them():
    assert {words[0] for words in commands(ROOT / "README.md")} >= {"ask", "add", "sync", "remove", "documents", "chat", "web", "eval"}


@pytest.mark.parametrize("page", generator().pages(), ids=named)
def test_generated_parts_when_made_again_then_they_are_the_same(page):
    text = page.read_text(encoding="utf-8")
    assert generator().updated(text) == text, "out of date: run `python docs/generate.py`"


def test_generator_when_a_section_is_stale_then_only_that_section_changes():
    page = "before\n<!-- generated: settings -->\nstale\n<!-- end -->\nafter\n"
    made = generator().updated(page)
    assert "stale" not in made and "`QA_LIMIT`" in made
    assert made.startswith("before\n<!-- generated: settings -->\n") and made.endswith("\n<!-- end -->\nafter\n")


def test_generator_when_nothing_makes_a_section_then_it_says_so():
    with pytest.raises(KeyError, match="nothing"):
        generator().updated("<!-- generated: nothing -->\n<!-- end -->\n")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_when_followed_inside_the_project_then_each_leads_somewhere(page):
    for target, anchor in re.findall(r"\]\(([^)\s#]*)#?([^)\s]*)\)", page.read_text(encoding="utf-8")):
        if target.startswith(("http:", "https:")):
            continue
        aim = (page.parent / target).resolve() if target else page
        assert aim.exists(), f"{named(page)} links to {target}"
        headings = re.findall(r"^#+ (.+)$", aim.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
        assert not anchor or anchor in [re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings], f"{named(page)}: #{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_names_when_a_page_gives_a_file_or_a_constant_then_it_is_there_with_that_value(page):
    text = page.read_text(encoding="utf-8")
    for path in re.findall(r"`((?:qa|eval|docs|seeds|prompts|tests)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), f"{named(page)} names {path}"
    for dotted, value in re.findall(r"`(qa(?:\.\w+)+)`(?: \(([\d.]+)\))?", text):
        found = resolved(dotted)
        assert not value or found == float(value), f"{named(page)}: {dotted} is {found}"


def resolved(dotted: str):
    """What a dotted name stands for. Raises AttributeError or ImportError when there is no such thing."""
    module, _, name = dotted.rpartition(".")
    try:
        return importlib.import_module(dotted)
    except ModuleNotFoundError:
        return getattr(importlib.import_module(module), name)


def test_public_names_when_listed_then_the_api_page_has_each():
    page = (ROOT / "docs" / "python-api.md").read_text(encoding="utf-8")
    assert [name for name in qa.__all__ if not re.search(rf"\b{name}\b", page)] == []


def test_cases_when_the_readme_counts_them_then_there_are_as_many():
    cases = [json.loads(line) for line in (ROOT / "eval" / "cases" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()]
    said = re.search(r"asks (\d+) questions with known answers \((\d+) of them have none\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert (int(said[1]), int(said[2])) == (len(cases), sum(not case["answerable"] for case in cases))


def test_test_command_when_ci_runs_it_then_it_is_the_one_in_the_readme():
    lines = [line for _, block in blocks(ROOT / "README.md", "sh") for line in block.splitlines() if line.endswith(" pytest")]
    assert len(lines) == 1
    assert lines[0] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_pages_when_read_then_no_path_of_this_machine_is_in_them(page):
    text = page.read_text(encoding="utf-8")
    assert str(ROOT) not in text and str(Path.home()) + "/" not in text
