"""What changed between two results, case by case."""

from dataclasses import dataclass

from eval.reports.markdown import LABELS, share
from eval.results import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A case that is not the same in both results: `how` is worse, better, changed, added or removed; `lines` say what changed."""

    id: str
    how: str
    lines: tuple[str, ...]


def changes(before: Record, after: Record) -> tuple[Change, ...]:
    """The cases that differ: worse ones first, then better, changed, added and removed ones; in each group as in the files."""
    old, new = ({case["id"]: case for case in record["cases"]} for record in (before, after))
    found = [_change(old[name], new[name]) for name in old if name in new and old[name] != new[name]]
    found += [Change(id=name, how="added", lines=(f"{new[name]['outcome']}: {new[name]['question']}",)) for name in new if name not in old]
    found += [Change(id=name, how="removed", lines=(f"was {old[name]['outcome']}: {old[name]['question']}",))
              for name in old if name not in new]
    order = ("worse", "better", "changed", "added", "removed")
    return tuple(sorted(found, key=lambda change: order.index(change.how)))


def render(before: Record, after: Record) -> str:
    """The changed figures, then the changed cases; one line when nothing changed."""
    found = changes(before, after)
    lines = _figures(before, after)
    for change in found:
        lines += [f"{change.how}: {change.id}", *(f"    {line}" for line in change.lines)]
    same = len({case["id"] for case in before["cases"]} & {case["id"] for case in after["cases"]}) - sum(
        change.how in ("worse", "better", "changed") for change in found)
    counts = ", ".join(f"{sum(change.how == how for change in found)} {how}" for how in ("worse", "better", "changed", "added", "removed"))
    return "\n".join([*lines, f"{counts}, {same} the same"]) + "\n"


def _change(old: Record, new: Record) -> Change:
    how = "changed"
    if old["passed"] != new["passed"] and None not in (old["passed"], new["passed"]):
        how = "better" if new["passed"] else "worse"
    lines = [new["question"]]
    if old["outcome"] != new["outcome"]:
        lines.append(f"outcome: {old['outcome']} -> {new['outcome']}")
    for name in {**old["counts"], **new["counts"]}:
        was, now = (case["counts"].get(name, [0, 0]) for case in (old, new))
        if was != now:
            lines.append(f"{LABELS.get(name, name)}: {was[0]}/{was[1]} -> {now[0]}/{now[1]}")
    lines += [f"- {note}" for note in old["notes"] if note not in new["notes"]]
    lines += [f"+ {note}" for note in new["notes"] if note not in old["notes"]]
    was, now = ([_verdict(statement) for statement in case["statements"]] for case in (old, new))
    lines += [f"- {line}" for line in was if line not in now] + [f"+ {line}" for line in now if line not in was]
    return Change(id=new["id"], how=how, lines=tuple(lines))


def _verdict(statement: Record) -> str:
    state = "not checked" if not statement["checked"] else "supported" if statement["supported"] else "not supported"
    return f"[{state}] {statement['text']}"


def _figures(before: Record, after: Record) -> list[str]:
    old, new = before["figures"]["all"], after["figures"]["all"]
    return [f"{LABELS.get(name, name)}: {share(*old.get(name, (0, 0)))} -> {share(*new.get(name, (0, 0)))}"
            for name in {**old, **new} if old.get(name) != new.get(name)]
