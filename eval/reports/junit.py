"""The record as JUnit XML, which CI services show as tests."""

import re
import xml.etree.ElementTree as xml

from eval.reports.markdown import problem_line
from eval.results import Record

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(record: Record) -> str:
    """A suite for each type, a test for each case; a fault of the input is an error, a case that nothing can be said of is skipped."""
    root = xml.Element("testsuites", name=f"qa eval {record['kind']}")
    groups: dict[str, list[Record]] = {}
    for case in record["cases"]:
        groups.setdefault(case["type"], []).append(case)
    for name, cases in groups.items():
        failed, skipped = (str(sum(case["passed"] is state for case in cases)) for state in (False, None))
        suite = xml.SubElement(root, "testsuite", name=_clean(name), tests=str(len(cases)), failures=failed, skipped=skipped, errors="0")
        for case in cases:
            _test(suite, case)
    if record["faults"]:
        count = str(len(record["faults"]))
        suite = xml.SubElement(root, "testsuite", name="input", tests=count, failures="0", skipped="0", errors=count)
        for fault in record["faults"]:
            test = xml.SubElement(suite, "testcase", classname="input", name=f"{fault['unit']} {fault['line']}")
            xml.SubElement(test, "error", message=_clean(fault["reason"]))
    xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, encoding="unicode") + "\n"


def _test(suite: xml.Element, case: Record) -> None:
    test = xml.SubElement(suite, "testcase", classname=_clean(case["type"]), name=_clean(f"{case['id']} {case['question']}".strip()))
    if case["passed"] is None:
        xml.SubElement(test, "skipped", message=case["outcome"])
    elif not case["passed"]:
        failure = xml.SubElement(test, "failure", message=_clean("; ".join([case["outcome"], *case["notes"]])))
        failure.text = _clean("\n".join(_told(case)))


def _told(case: Record) -> list[str]:
    lines = []
    for statement in case["statements"]:
        if statement["checked"] and not statement["supported"]:
            lines += [statement["text"], *(f"  {problem_line(problem)}" for problem in statement["problems"])]
            lines += [f"  {e['document']}:{e['start']}-{e['end']}: {e['text']}" for e in statement["evidence"]]
    return lines


def _clean(text: str) -> str:
    """`text` without the characters that XML does not allow."""
    return _NOT_XML.sub("\ufffd", text)
