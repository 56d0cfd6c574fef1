"""What the project set out to reach, beside what a run measured."""

from typing import NamedTuple

from eval.results import Record


class Target(NamedTuple):
    """At least the share `least` of `figure` over the cases of `type`."""

    name: str
    least: float
    figure: str
    type: str = "all"


TARGETS = (
    Target("speaker right, of gold cited", 0.90, "speaker_cited"),
    Target("speaker right, of all asked", 0.90, "speaker"),
    Target("voice right, of gold cited", 0.92, "voice_cited"),
    Target("voice right, of all asked", 0.92, "voice"),
    Target("figure with unit and date right, of gold cited", 0.92, "whole_figure_cited"),
    Target("figure with unit and date right, of all asked", 0.92, "whole_figure"),
    Target("planted disagreements shown", 0.90, "disagreement"),
    Target("disagreements shown that are planted", 0.95, "alarms"),
    Target("unanswerable declined", 0.90, "declined"),
    Target("answerable answered", 0.92, "cites_gold"),
    Target("follow-ups right", 0.85, "passed", "follow_up"),
    Target("printed claims that say whose they are", 1.0, "attributed"),
)


def target_table(record: Record) -> str:
    """A row for each target that the record can show: what is asked, what was measured with the counts, and whether it is reached."""
    lines = ["| target | asked | measured | reached |", "|---|---:|---:|---|"]
    for target in TARGETS:
        part, whole = record["figures"].get(target.type, {}).get(target.figure, (0, 0))
        if whole:
            reached = "yes" if part / whole >= target.least else "no"
            lines.append(f"| {target.name} | {100 * target.least:.0f} % | {100 * part / whole:.1f} % ({part}/{whole}) | {reached} |")
    return "\n".join(lines) + "\n"
