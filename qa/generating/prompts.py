"""Prompt files: found, checked against the variables they declare, and filled."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

from qa.errors import PromptError
from qa.generating.models import Message

_HEAD = re.compile(r"---\nvariables:([^\n]*)\n---\n")
_ROLE = re.compile(r"^## (System|User)$\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt file: its `name`, the `variables` it needs, its text in parts with their roles ("" for a text without one), and the first
    eight digits of the file's SHA-256."""

    name: str
    variables: tuple[str, ...]
    parts: tuple[Message, ...]
    hash: str

    @property
    def label(self) -> str:
        """`name@hash`, as an answer names it."""
        return f"{self.name}@{self.hash}"

    def render(self, **values: str) -> tuple[Message, ...]:
        """Its parts with every variable filled in. Raises PromptError when the values are not just those it declares."""
        if values.keys() != set(self.variables):
            raise PromptError(f"prompt {self.name} needs {', '.join(self.variables)}, not {', '.join(values)}", "Fill every variable, and no other.")
        return tuple((role, re.sub(r"\n{3,}", "\n\n", Template(text).substitute(values)).strip()) for role, text in self.parts)


def prompt_folder() -> Path:
    """The folder of the prompt files: in the checkout, or beside the installed package."""
    here = Path(__file__).parents[1]
    return next((folder for folder in (here.parent / "prompts", here / "_prompts") if (folder / "answer.md").is_file()), here / "_prompts")


def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """The prompt in `name`.md. Raises PromptError when it is missing, or when the variables it uses are not those it declares."""
    path = (folder or prompt_folder()) / f"{name}.md"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"prompt {name} cannot be read: {error}", "Install the program anew, or put the file back.") from error
    head = _HEAD.match(text)
    if not head:
        raise PromptError(f"prompt {name} does not begin with its variables", 'Begin it with "---", "variables: …" and "---".')
    declared = [variable.strip() for variable in head[1].split(",") if variable.strip()]
    body = Template(text[head.end():])
    if not body.is_valid():
        raise PromptError(f"prompt {name} has a $ that is no variable", "Write $$ for a dollar sign.")
    used = body.get_identifiers()
    if set(used) != set(declared):
        wrong = ", ".join(sorted(set(used) ^ set(declared)))
        raise PromptError(f"prompt {name} does not use the variables it declares: {wrong}", "Make the first lines and the text agree.")
    pieces = _ROLE.split(body.template)
    parts = list(zip(pieces[1::2], pieces[2::2], strict=True)) or [("", pieces[0])]
    return Prompt(name=name, variables=tuple(declared), parts=tuple((role.lower(), part.strip()) for role, part in parts),
                  hash=hashlib.sha256(text.encode()).hexdigest()[:8])
