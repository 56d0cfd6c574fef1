"""What a language model said beside the check, for the reports: rates, and the statements on which the two differ."""

from html import escape

from eval.results import Record
from qa.render import markdown_text

def opinion_of(record: Record, case: str, number: int) -> str:
    """What the judge said of the statement with this index of a case, "" where it was not asked."""
    told = record["judge"]["cases"].get(case, ()) if "judge" in record else ()
    opinion = told[number] if number < len(told) else None
    if not opinion:
        return ""
    return f"judge: {opinion['verdict']}" + (f" ({opinion['reason']})" if opinion["reason"] else "")


def judge_lines(record: Record) -> list[str]:
    """Who judged, how often it agreed with the check, and each statement on which they differ, as plain lines; [] without a judge."""
    if "judge" not in record:
        return []
    return [_rate(record["judge"]), *(_told(found) for found in record["judge"]["disagreements"])]


def judge_markdown(record: Record) -> str:
    """The same as a section, "" without a judge. What the model wrote is escaped."""
    rate, *differing = judge_lines(record) or [""]
    if not rate:
        return ""
    return "\n".join(["## Check and judge\n", markdown_text(rate), *(["", *(f"- {markdown_text(line)}" for line in differing)] if differing else [])])


def judge_html(record: Record) -> str:
    """The same as HTML, a row for each statement on which they differ; "" without a judge."""
    if "judge" not in record:
        return ""
    rows = "".join(f"<tr><th>{escape(found['case'])} / {found['statement']}</th><td>{escape(found['text'])}</td>"
                   f"<td>{escape(found['check'])}, {found['score']:.2f}</td><td>{escape(found['judge'])}</td><td>{escape(found['reason'])}</td></tr>"
                   for found in record["judge"]["disagreements"])
    table = ("<table><thead><tr><th>case / statement</th><th>statement</th><th>check</th><th>judge</th><th>the judge's reason</th></tr></thead>"
             f"<tbody>{rows}</tbody></table>")
    return f"<p>{escape(_rate(record['judge']))}</p>" + (f'<div class="wide told">{table}</div>' if rows else "")


def _rate(judge: Record) -> str:
    agreed, judged = judge["figures"]["all"].get("judge_agrees", (0, 0))
    asked = judge["figures"]["all"].get("judge_verdicts", (0, 0))[1]
    rate = f"agrees with the check on {agreed} of {judged} statements ({100 * agreed / judged:.1f} %)" if judged else "gave no verdict"
    silent = f"; no verdict on {asked - judged} of {asked}" if judged < asked else ""
    return f"The judge {judge['model']} ({judge['prompt']}) {rate}{silent}. It changes no figure of the check and no exit code."


def _told(found: Record) -> str:
    reason = f" ({found['reason']})" if found["reason"] else ""
    text = " ".join(found["text"].split())
    where = f"{found['case']}, statement {found['statement']}"
    return f"{where}: check {found['check']} ({found['score']:.2f}), judge {found['judge']}{reason}: “{text}”"
