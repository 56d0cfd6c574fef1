"""Thresholds, and the one number that both the printed verdict and the exit code come from."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.results import KINDS, Record
from qa import CasesError

PASSED, FAILED, BAD_INPUT, NOTHING_CHECKED = 0, 1, 2, 3
VERDICTS = {PASSED: "passed", FAILED: "failed", BAD_INPUT: "bad input", NOTHING_CHECKED: "nothing checkable"}
FIGURES = {
    "run": ("passed", "cites_gold", "declined", "span", "gold_precision", "gold_recall", "citation_precision", "citation_recall",
            "supported", "answer", "speaker", "figure", "date", "sides", "disagreement", "citations_hold", "asked", "voice", "whole_figure",
            "speaker_cited", "voice_cited", "whole_figure_cited", "documents", "premise", "alarms", "attributed"),
    "check": ("passed", "supported", "checkable", "gold", "declined", "answered"),
    "mutate": ("caught", "kept"),
}
ALWAYS = {"run": {"citations_hold": 1.0, "asked": 1.0}}
"""Held without being asked for: a printed citation that does not hold, or a question that could not be asked, fails a run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """At least the share `least` of `figure` over the cases of `type` ("all": over every case). `asked`: by a person, not built in."""

    figure: str
    least: float
    type: str = "all"
    asked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """`code` is the exit code; `lines` say which thresholds were missed, met, or could not be measured."""

    code: int
    lines: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """The last line of every eval."""
        return f"verdict: {VERDICTS[self.code]} (exit code {self.code})"


def judge(record: Record, thresholds: Sequence[Threshold]) -> Judgement:
    """Bad input wins over a missed threshold, that over a figure that no case can show. Counts are compared, not rounded shares."""
    found = [_compared(record["figures"], threshold) for threshold in thresholds]
    codes = {code for code, _ in found}
    if not any(whole for part, whole in record["figures"]["all"].values()):
        codes.add(NOTHING_CHECKED)
    if record["faults"]:
        codes.add(BAD_INPUT)
    code = next((code for code in (BAD_INPUT, FAILED, NOTHING_CHECKED) if code in codes), PASSED)
    return Judgement(code=code, lines=tuple(line for _, line in found if line))


def _compared(figures: Mapping[str, Mapping[str, Sequence[int]]], threshold: Threshold) -> tuple[int, str]:
    part, whole = figures.get(threshold.type, {}).get(threshold.figure, (0, 0))
    name = threshold.figure if threshold.type == "all" else f"{threshold.figure}/{threshold.type}"
    if not whole:
        return (NOTHING_CHECKED, f"no case to check: {name}") if threshold.asked else (PASSED, "")
    met = part / whole >= threshold.least
    if met and not threshold.asked:
        return PASSED, ""
    return (PASSED if met else FAILED,
            f"gate {'met' if met else 'failed'}: {name} is {part}/{whole} ({part / whole:.4f}), at least {threshold.least:g} asked")


def chosen(kind: str, flags: Iterable[tuple[str, float]], config: Mapping[str, Any] | None = None) -> tuple[Threshold, ...]:
    """The thresholds for results of `kind`: built-in ones, those of the configuration, then those of flags; the later wins.

    Names are a figure, or figure/type. Raises CasesError for a figure that this kind does not have; in the configuration a figure
    of another kind is passed over, so that one table can serve all.
    """
    wanted = {name: (least, False) for name, least in ALWAYS.get(kind, {}).items()}
    for name, least in (config or {}).items():
        if name.split("/")[0] in FIGURES[kind]:
            wanted[name] = (least, True)
    for name, least in flags:
        if name.split("/")[0] not in FIGURES[kind]:
            raise CasesError(f"{name!r} is no figure of {kind}", f"It has {', '.join(FIGURES[kind])}; of one type: FIGURE/TYPE.")
        wanted[name] = (least, True)
    return tuple(Threshold(figure=name.split("/")[0], type=name.partition("/")[2] or "all", least=least, asked=asked)
                 for name, (least, asked) in wanted.items())


def read_config(path: Path, kind: str) -> dict[str, float]:
    """The table [tool.qa-eval.gate] of a pyproject.toml, with [tool.qa-eval.gate.KIND] over it.

    Raises CasesError when the file cannot be read, or a name or value in the tables cannot be used.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("qa-eval", {}).get("gate", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CasesError(f"{path} cannot be read: {error}", "Give a pyproject.toml with a table [tool.qa-eval.gate].") from error
    wanted: dict[str, float] = {}
    for kinds, values in ((KINDS, {name: value for name, value in table.items() if name not in KINDS}), ((kind,), table.get(kind, {}))):
        for name, value in values.items():
            if not any(name.split("/")[0] in FIGURES[each] for each in kinds):
                raise CasesError(f"{path}: {name!r} in [tool.qa-eval.gate] is no figure", "eval/README.md lists the figures.")
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
                raise CasesError(f"{path}: {name} is {value!r}", "Give a share from 0 to 1.")
            wanted[name] = float(value)
    return wanted
