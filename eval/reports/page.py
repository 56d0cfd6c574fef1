"""The record as one HTML page that needs nothing else: no script, no font, no address is loaded. Everything from outside is escaped."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from eval.reports.judge import judge_html, opinion_of
from eval.reports.markdown import LABELS, checker_line, counted_figures, problem_counts, problem_line, shown_figures, traffic_line
from eval.reports.marking import differences
from eval.reports.plots import bars
from eval.results import Record

MAIN = {"run": ("passed", "cites_gold", "declined", "supported"), "check": ("passed", "supported", "gold"), "mutate": ("caught", "kept")}
TITLES = {"run": "Answers against known answers", "check": "Answers against their sources", "mutate": "Wrong statements made on purpose"}


def as_page(record: Record, *, verdict: str = "") -> str:
    """The whole page."""
    style = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    failed = [case for case in record["cases"] if case["passed"] is False]
    others = [case for case in record["cases"] if case["passed"] is not False]
    body = [
        _header(record, verdict), _tiles(record), _plots(record), _section("Figures by type", _table(record)),
        _section("What is wrong with the unsupported statements", _problems(record)), _section("Check and judge", judge_html(record)),
        _section("Lines that could not be used", _faults(record)),
        _section(f"Cases that did not pass ({len(failed)})", "".join(_case(record, case, opened=True) for case in failed)),
        _section(f"The other cases ({len(others)})", "".join(_case(record, case, opened=False) for case in others)),
        f'<footer><p>{escape(checker_line(record))}</p>{_checker(record)}'
        f'<p>{escape(traffic_line(record))} · <code>{record["digest"]}</code></p></footer>',
    ]
    return ('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">'
            f'<title>{escape(TITLES[record["kind"]])}</title>\n<style>\n{style}</style></head>\n<body><main>\n'
            + "\n".join(filter(None, body)) + "\n</main></body></html>\n")


def _header(record: Record, verdict: str) -> str:
    level = "good" if "passed" in verdict else "poor"
    badge = f'<p class="verdict {level}">{escape(verdict)}</p>' if verdict else ""
    counted = f'{len(record["cases"])} cases · {escape(traffic_line(record))}'
    return f'<header><h1>{escape(TITLES[record["kind"]])}</h1>{badge}<p>{counted}</p></header>'


def _tiles(record: Record) -> str:
    total = record["figures"]["all"]
    tiles = [f'<div class="tile"><b>{100 * part / whole:.1f}<small> %</small></b><span>{escape(LABELS[name])}</span>'
             f'<i>{part} of {whole}</i></div>'
             for name in MAIN[record["kind"]] for part, whole in [total.get(name, (0, 0))] if whole]
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _plots(record: Record) -> str:
    types = [name for name in record["figures"] if name != "all"]
    if len(types) < 2:  # the tiles say it already
        return ""
    plots = [bars(LABELS[name], [(kind, *record["figures"][kind].get(name, (0, 0))) for kind in types])
             for name in MAIN[record["kind"]] if any(record["figures"][kind].get(name, (0, 0))[1] for kind in types)]
    return _section("Figures drawn by type", f'<div class="plots">{"".join(plots)}</div>') if plots else ""


def _table(record: Record) -> str:
    """A column for each type and a row for each figure, or the other way round where that is narrower."""
    names, figures = shown_figures(record), counted_figures(record)
    kinds = list(figures)
    cells = {(kind, name): _cell(*figures[kind].get(name, (0, 0))) for kind in kinds for name in names}
    if len(kinds) <= len(names):
        kinds = ["all", *(kind for kind in kinds if kind != "all")]
        head = "".join(f"<th>{escape(kind.replace('_', ' '))}</th>" for kind in kinds)
        rows = "".join(f"<tr><th>{escape(LABELS[name])}</th>{''.join(cells[kind, name] for kind in kinds)}</tr>" for name in names)
    else:
        head = "".join(f"<th>{escape(LABELS[name])}</th>" for name in names)
        rows = "".join(f"<tr><th>{escape(kind)}</th>{''.join(cells[kind, name] for name in names)}</tr>" for kind in kinds)
    return f'<div class="wide"><table><thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cell(part: int, whole: int) -> str:
    return f"<td>{100 * part / whole:.1f} % <small>{part}/{whole}</small></td>" if whole else "<td>–</td>"


def _problems(record: Record) -> str:
    rows = "".join(f"<tr><th>{escape(kind)}</th><td>{count}</td></tr>" for kind, count in problem_counts(record))
    return f"<table><thead><tr><th>problem</th><th>statements</th></tr></thead><tbody>{rows}</tbody></table>" if rows else ""


def _faults(record: Record) -> str:
    items = "".join(f"<li>{escape(fault['unit'])} {fault['line']}: {escape(fault['reason'])}</li>" for fault in record["faults"])
    return f"<ul>{items}</ul>" if items else ""


def _checker(record: Record) -> str:
    errors = record["checker"]
    if not errors:
        return ""
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{one['claims']}</td><td>{one['false_accept']} %</td>"
                   f"<td>{one['false_reject']} %</td></tr>"
                   for name, one in errors["sets"].items())
    return ("<details><summary>The check's own errors, set by set</summary><table><thead><tr><th>set</th><th>claims</th>"
            f"<th>unsupported, let through</th><th>supported, refused</th></tr></thead><tbody>{rows}</tbody></table></details>")


def _section(title: str, inside: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inside}</section>" if inside else ""


def _case(record: Record, case: Record, *, opened: bool) -> str:
    state = {True: "good", False: "poor", None: "fair"}[case["passed"]]
    notes = "".join(f"<li>{escape(note)}</li>" for note in case["notes"])
    statements = "".join(_statement(statement, opinion_of(record, case["id"], number)) for number, statement in enumerate(case["statements"])) or '<p class="none">no statement</p>'
    return (f'<details class="case"{" open" if opened else ""}><summary><code>{escape(case["id"])}</code> '
            f'<span class="dot {state}">{escape(case["outcome"])}</span> {escape(case["question"])}</summary>'
            f'{f"<ul>{notes}</ul>" if notes else ""}{statements}</details>')


def _statement(statement: Record, opinion: str) -> str:
    """The answer's sentence on the left with the verdict and a judge's `opinion`, its source on the right, the difference marked, the
    problems below."""
    state = "none" if not statement["checked"] else "good" if statement["supported"] else "poor"
    said, sourced = differences(statement) if state == "poor" else ([], [[] for _ in statement["evidence"]])
    evidence = "".join(f'<p>{_marked(e["text"], pairs)}</p>'
                       f'<p class="place">{escape(e["document"])}, characters {e["start"]}–{e["end"]}</p>'
                       for e, pairs in zip(statement["evidence"], sourced, strict=True))
    problems = "".join(f"<li>{escape(line)}</li>" for line in dict.fromkeys(problem_line(p) for p in statement["problems"]))
    verdict = "supported" if statement["supported"] else "not supported"
    told = "not checked" if state == "none" else f"{verdict}, score {statement['score']:.2f}"
    return (f'<div class="pair {state}"><div><h3>Answer</h3><p>{_marked(statement["text"], said)}</p>'
            f'<p class="place">{told}{escape(f" · {opinion}") if opinion else ""}</p></div>'
            f'<div><h3>Source</h3>{evidence or "<p class=none>nothing near it in the source</p>"}</div>'
            f'{f"<ul class=problems>{problems}</ul>" if problems and state == "poor" else ""}</div>')


def _marked(text: str, pairs: Sequence[tuple[int, int]]) -> str:
    parts, last = [], 0
    for start, end in pairs:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return "".join([*parts, escape(text[last:])])
