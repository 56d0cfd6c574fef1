"""The shape of the project: which module may import which, what is public, how quick the door opens."""

import ast
import subprocess
import sys
import time
from pathlib import Path

import pytest

import qa

PACKAGE = Path(qa.__file__).parent
LAYERS = [
    {"records", "errors"},
    {"settings", "language", "splitting", "citations", "render", "colours", "weights"},
    {"reading", "embedding", "grounding", "attribution", "agreement"},
    {"reader"},
    {"library", "answering", "generating"},
    {"assistant", "retriever", "written", "timelines", "transcripts"},
    {"open", "progress"},
    {"commands", "telling", "cli", "web", "web_page", "__main__"},
]
ONLY_IN = {
    "chromadb": {"library/vectors.py"},
    "gradio": {"web.py"},
    "llama_index": {"reading", "embedding", "splitting.py", "generating/", "retriever.py"},
}


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path):
    """(module, whether the import runs when the module is imported) for each import of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(n) for f in ast.walk(tree) if isinstance(f, (ast.FunctionDef, ast.If)) for n in ast.walk(f)}
    for node in ast.walk(tree):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom) and node.module == "qa":
            names = [f"qa.{a.name}" for a in node.names]
        yield from ((name, id(node) not in inside) for name in names)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_when_a_module_imports_another_then_only_its_own_layer_or_a_lower_one(path):
    layer = {name: n for n, names in enumerate(LAYERS) for name in names}
    if part(path) in ("__init__", "testing"):
        return
    assert part(path) in layer, f"{part(path)} has no layer yet"
    for name, at_import in imports(path):
        if name.startswith("qa.") and at_import:
            assert layer[name.split(".")[1]] <= layer[part(path)], f"{path.name} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_when_a_library_has_its_place_then_it_is_imported_nowhere_else(path):
    relative = str(path.relative_to(PACKAGE))
    for name, at_import in imports(path):
        top = name.split(".")[0]
        if top in ONLY_IN:
            assert any(relative.startswith(place) for place in ONLY_IN[top]), f"{relative} imports {name}"
            assert not at_import, f"{relative} imports {name} when it is imported itself"


def test_public_names_when_listed_then_each_is_there_and_documented():
    for name in qa.__all__:
        assert getattr(qa, name).__doc__, f"qa.{name} has no docstring"


def test_records_and_errors_when_imported_then_nothing_beyond_the_standard_library_is():
    for name in ("records.py", "errors.py"):
        tops = {module.split(".")[0] for module, _ in imports(PACKAGE / name)}
        assert tops <= sys.stdlib_module_names


def test_help_when_asked_for_then_it_comes_in_under_half_a_second():
    times = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "qa", "--help"], check=True, capture_output=True, cwd=PACKAGE.parent)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.5
