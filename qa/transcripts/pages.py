"""A conversation's record as Markdown and as one page that needs nothing else; both carry the record itself at their end."""

import json
import re
from html import escape

from qa.render import markdown_text

RECORD_IN_MARKDOWN = re.compile(r"^```json qa-transcript\n(.*?)\n```$", re.MULTILINE)
RECORD_IN_PAGE = re.compile(r'<script type="application/json" id="qa-transcript">(.*?)</script>')
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENDING = re.compile("[\ud800-\udfff<>&`\u2028\u2029\x85\x7f]")
VOICES = {"named": "", "document": "the document itself", "unnamed": "nobody named"}
STYLE = """:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
blockquote { margin: .25rem 0 1rem; padding-left: .8rem; border-left: 3px solid #8888; font-family: Georgia, serif; white-space: pre-wrap; }
small, footer { opacity: .8; } table { border-collapse: collapse; font-size: .875rem; } td, th { text-align: left; padding: .2rem .8rem .2rem 0; }
code { font-size: .8125rem; }
"""


def as_markdown(record: dict) -> str:
    """The conversation as Markdown: nothing from outside becomes markup."""
    documents = {document["id"]: document for document in record["documents"]}
    lines = ["# Conversation", ""]
    for exchange in record["exchanges"]:
        lines += [f"## {_one(exchange['question'])}", "", *(f"{_one(note)}\n" for note in _notes(exchange))]
        lines += [f"{_one(statement['text'])} {_markers(statement)}\n" for statement in exchange["statements"]]
        for heading, citations in _cited(exchange):
            lines += [f"### {heading}", ""]
            lines += [f"{c['marker']}. {_one(_source(c, documents))}: “{_one(c['quote'])}”" for c in citations] + [""]
    lines += ["## Documents", "", "| document | published | sha256 of its text |", "| --- | --- | --- |"]
    lines += [f"| {_one(_titled(d))} | {d['published']} | {d['sha256']} |" for d in record["documents"]]
    lines += ["", "## Record", "", "`qa verify` reads this and compares it with the documents.", "",
              f"```json qa-transcript\n{as_json(record, indent=None)}\n```", ""]
    return "\n".join(lines)


def as_page(record: dict) -> str:
    """The conversation as an HTML page: every text escaped, nothing loaded, no script run."""
    documents = {document["id"]: document for document in record["documents"]}
    parts = ["<h1>Conversation</h1>"]
    for exchange in record["exchanges"]:
        parts.append(f"<h2>{_html(exchange['question'])}</h2>")
        parts += [f"<p><small>{_html(note)}</small></p>" for note in _notes(exchange)]
        parts += [f"<p>{_html(statement['text'])} {_markers(statement)}<br><small>{_html(_said(statement))}</small></p>"
                  for statement in exchange["statements"]]
        for heading, citations in _cited(exchange):
            items = "".join(f"<p>[{c['marker']}] {_html(_source(c, documents))}</p><blockquote>{_html(c['quote'])}</blockquote>"
                            for c in citations)
            parts.append(f"<h3>{heading}</h3>{items}")
    rows = "".join(f"<tr><td>{_html(_titled(d))}</td><td>{_html(d['published'])}</td><td><code>{_html(d['sha256'])}</code></td></tr>"
                   for d in record["documents"])
    parts.append(f"<h2>Documents</h2><table><tr><th>document</th><th>published</th><th>sha256 of its text</th></tr>{rows}</table>")
    parts.append("<footer><p><code>qa verify</code> reads the record in this file and compares it with the documents.</p></footer>")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return ('<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>Conversation</title>\n<style>\n{STYLE}</style></head>\n'
            f"<body><main>\n{chr(10).join(parts)}\n</main>\n"
            f'<script type="application/json" id="qa-transcript">{as_json(record, indent=None)}</script>\n</body></html>\n')


def _notes(exchange: dict) -> list[str]:
    """What stands between the question and its sentences."""
    notes = [f"Searched for: {exchange['searched_for']}"] if exchange["searched_for"] != exchange["question"] else []
    if not exchange["statements"]:
        nothing = "There are no documents to search." if exchange["status"] == "no_documents" else "The documents do not say."
        notes += [nothing, *([f"Searched: {', '.join(exchange['silent'])}."] if exchange["silent"] else [])]
    notes += [f"Sources differ on {d['about']}: {d['how']}." for d in exchange["disagreements"]]
    return notes + [f"Withheld: {withheld['text']} ({withheld['reason']})" for withheld in exchange["withheld"]]


def _cited(exchange: dict) -> list[tuple[str, list[dict]]]:
    """Headings with their citations, those of the answer once each."""
    found = {c["marker"]: c for statement in exchange["statements"] for c in statement["citations"]}
    sections = [("Sources", [found[marker] for marker in sorted(found)]), ("Related, does not answer", exchange["related"])]
    return [(heading, citations) for heading, citations in sections if citations]


def _markers(statement: dict) -> str:
    return "".join(f"[{marker}]" for marker in dict.fromkeys(c["marker"] for c in statement["citations"]))


def _said(statement: dict) -> str:
    parts = [statement["speaker"] or VOICES[statement["voice"]], f"said {statement['said_on']}" if statement["said_on"] else "",
             f"via {statement['via']}" if statement["via"] else ""]
    return ", ".join(part for part in parts if part)


def _source(citation: dict, documents: dict[str, dict]) -> str:
    document = documents[citation["document"]]
    parts = [_titled(document), document["outlet"], document["name"] if document["title"] else "", document["published"],
             f"page {citation['page']}" if citation["page"] else "", f"characters {citation['start']}–{citation['end']}"]
    return ", ".join(part for part in parts if part)


def _titled(document: dict) -> str:
    return f"“{document['title']}”" if document["title"] else document["name"]


def _one(text: str) -> str:
    """Text on one line, Markdown's signs escaped."""
    return markdown_text(" ".join(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).split()))


def _html(text: str) -> str:
    return escape(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))


def as_json(record: dict, *, indent: int | None = 2) -> str:
    """The record as JSON; lone surrogates, which no file can hold, as escapes. On one line (`indent` None) it can neither end a code
    block nor a script element."""
    text = json.dumps(record, ensure_ascii=False, indent=indent, separators=(",", ":") if indent is None else None)
    signs = _SURROGATE if indent else _ENDING
    return signs.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
