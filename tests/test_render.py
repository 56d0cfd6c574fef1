"""An answer in its four shapes: held by golden files, escaped everywhere."""

import json
import re
from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import records
from qa.citations import cite
from qa.records import Answer, Citation, Disagreement, Document, Figure, Hit, Passage, Problem, Silent, Statement, Verdict, Withheld
from qa.render import around_answer, cited, date_text, differing, marked, printable, source_text, to_html, to_json, to_jsonable, to_markdown, to_text

GOLDEN = Path(__file__).parent / "golden"
HARBOUR = Document(
    id="d0a1", name="harbour_<b>log</b>.md", source="/docs/harbour_<b>log</b>.md", title="# Fog & \"salt\" at [Osk](http://osk.example)",
    outlet="Osk Courier <x>", published=date(2031, 5, 1), published_precision="month", page_starts=(0, 60), kind="report",
    text="Captain Ilse Brandt said: “<script>14</script> men & women were *hurt*”.\nThe fog was `dense`, she said.")
LETTER = Document(id="d0b2", name="letter.txt", source="letter.txt", text="The harbour's inquiry counted 19 hurt; its author isn't named.")


def statement(document, quote, *, marker, **more):
    start = document.text.index(quote)
    citation = cite(document, start, start + len(quote), marker=marker, page=1 if document.page_starts else None)
    return Statement(text=f"{more.get('speaker') or 'The document'} says: “{' '.join(quote.split())}”", citations=(citation,), **more)


def an_answer() -> Answer:
    first = statement(HARBOUR, "<script>14</script> men & women were *hurt*", marker=1, voice="named", speaker="Ilse Brandt",
                      said_on="2031-05", figures=(Figure(value=14.0, text="14", counted="men & women hurt", start=35, end=37),),
                      verdict=Verdict(supported=True, score=0.75), agreement="differ")
    second = statement(LETTER, "The harbour's inquiry counted 19 hurt", marker=2, voice="unnamed", agreement="differ",
                       verdict=Verdict(supported=True, score=1.0))
    third = statement(HARBOUR, "The fog was `dense`", marker=3, voice="document",
                      verdict=Verdict(supported=False, score=0.0, problems=(Problem(kind="figure", claim="<3>", source="14 & 15"),)))
    passage = Passage(id="d0b2:0-62", document_id="d0b2", text=LETTER.text, start=0, end=62, sentences=((0, 62),))
    answer = Answer(
        question="How many were *hurt* <at> \"Osk\"?", searched_for="How many were *hurt* <at> \"Osk\"? (harbour & fog)", status="answered",
        text="", statements=(first, second), withheld=(Withheld(statement=third, reason="figure: “<3>” against “14 & 15”"),),
        disagreements=(Disagreement(about="the <number> hurt", sides=((0,), (1,)), how="14 & 19"),),
        hits=(Hit(passage=passage, score=0.5, found_by="both"),),
        silent=(Silent(document="d0c3", name="<i>bees</i>.txt", title="Bees & \"hives\""),),
        seconds=1.25)
    lines = [*map(differing, answer.disagreements), *map(marked, answer.statements)]
    return replace(answer, text="\n".join(lines))


def no_answer() -> Answer:
    related = (cite(HARBOUR, 73, 92, marker=1), cite(LETTER, 0, len(LETTER.text), marker=2))
    return replace(an_answer(), status="no_evidence", text="The documents do not say. Searched: <i>bees</i>.txt.", statements=(),
                   withheld=(), disagreements=(), related=related)


@pytest.mark.parametrize("name, render", [
    ("answer.json", to_json), ("answer.md", to_markdown), ("answer.txt", to_text), ("answer.html", to_html),
])
@pytest.mark.parametrize("kind, make", [("", an_answer), ("no-", no_answer)])
def test_render_when_an_answer_is_rendered_then_it_is_the_golden_file(name, render, kind, make):
    assert render(make()) == (GOLDEN / f"{kind}{name}").read_text(encoding="utf-8")


def test_json_when_read_back_then_every_field_is_there_in_order_but_the_seconds():
    record = json.loads(to_json(an_answer()))
    assert list(record) == [field.name for field in fields(Answer) if field.name != "seconds"]
    assert list(record["statements"][0]) == [field.name for field in fields(Statement)]
    assert list(record["statements"][0]["citations"][0]) == [field.name for field in fields(records.Citation)]
    assert record["statements"][0]["citations"][0]["published"] == "2031-05-01"
    assert record["disagreements"][0]["sides"] == [[0], [1]]


def test_json_when_timed_or_numbered_then_seconds_come_last_and_extras_first():
    record = json.loads(to_json(an_answer(), indent=None, timings=True, id="case 1"))
    assert (next(iter(record)), list(record)[-1], record["seconds"]) == ("id", "seconds", 1.25)
    assert "\n" not in to_json(an_answer(), indent=None)


def test_json_when_only_the_seconds_differ_then_the_bytes_are_the_same():
    assert to_json(an_answer()) == to_json(replace(an_answer(), seconds=9.0))


class Outline(HTMLParser):
    """The tags, and the text apart from them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self.open = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


ATTACKS = ["</p><script>x</script>", "'><img src=x onerror=x>", '" onclick="x', "<!-- ", "&lt;b&gt;", "]]>", "<svg/onload=x>"]


def poisoned(text: str) -> Answer:
    """An answer whose every text is `text`."""
    document = Document(id=text, name=text, source=text, text=text, title=text, outlet=text)
    said = Statement(text=text, citations=(cite(document, 0, len(text), marker=1),), voice="named", speaker=text)
    return Answer(question=text, searched_for=text, status="answered", text=marked(said), statements=(said,), related=said.citations,
                  disagreements=(Disagreement(about=text, sides=((0,),), how=text),))


@given(st.sampled_from(ATTACKS) | st.text(min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_html_when_texts_hold_markup_then_the_tags_are_those_of_a_harmless_answer(text):
    outline = Outline(to_html(poisoned(text)))
    assert outline.tags == Outline(to_html(poisoned("harmless"))).tags and not outline.open
    same = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    assert " ".join(same.split()) in " ".join("".join(outline.words).replace("\r", "\n").replace("\x00", "\ufffd").split())


def test_html_when_sources_differ_then_it_says_so_before_the_statements():
    html = to_html(an_answer())
    assert html.index("Sources differ on the &lt;number&gt; hurt: 14 &amp; 19.") < html.index("qa-statement")


def parsed(markdown):
    """The kinds of token a Markdown parser sees, and the plain text of each block."""
    from markdown_it import MarkdownIt

    kinds, words = [], []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        kinds += [token.type, *(child.type for child in token.children or () if child.type != "text")]
        if token.type == "inline":
            words.append("".join(child.content for child in token.children))
    return kinds, words


@pytest.mark.parametrize("text", [
    "# heading", "- point", "+ point", "12. point", "3) point", "> quote", "===", "---", "a | b", "*a* _b_ `c` ~d~", "[a](b)", "![a](b)",
    "<b>", "&lt;b&gt;", "https://evil.example/x", "www.evil.example", "me@evil.example", "\\*a*", "    code", "\n\n# heading", "```\ncode",
])
def test_markdown_when_a_text_reads_as_markup_then_a_backslash_stands_before_it(text):
    markdown = to_markdown(poisoned(text))
    kinds, words = parsed(markdown)
    frame, _ = parsed(to_markdown(poisoned("harmless")))
    assert set(kinds) == set(frame) if "\n" in text else kinds == frame
    assert " ".join(text.split()) in words[0]
    assert not re.search(r"https?://|www\.|(?<!\\)@", markdown)  # what GitHub makes links of


def test_text_when_a_document_holds_terminal_codes_then_they_are_not_printed():
    shown = to_text(poisoned("a\x1b[2Jb\x07\x9bc\u202ed\te"))
    assert "a�[2Jb��c�d\te" in shown and not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert printable("two\nlines\tand “quotes” – é") == "two\nlines\tand “quotes” – é"


def test_text_when_a_related_passage_is_long_then_it_is_cut_at_a_word():
    long = Document(id="d", name="long.txt", source="long.txt", text="word " * 100)
    last = to_text(replace(no_answer(), related=(cite(long, 0, 499, marker=1),))).splitlines()[-1]
    assert last.endswith("word…”") and len(last) < 200


@pytest.mark.parametrize("precision, shown", [("day", "2024-03-05"), ("month", "2024-03"), ("year", "2024"), ("none", "undated")])
def test_date_text_when_only_part_of_it_is_known_then_no_more_is_shown(precision, shown):
    assert date_text(date(2024, 3, 5), precision) == shown
    assert date_text(None, precision) == "undated"


def test_source_text_when_little_is_known_then_the_name_and_undated():
    assert source_text(cite(LETTER, 0, 3, marker=1)) == "letter.txt, undated"
    assert source_text(cite(HARBOUR, 0, 3, marker=1, page=2)).endswith("Osk Courier <x>, harbour_<b>log</b>.md, 2031-05, page 2")


def test_marked_when_cited_twice_under_one_marker_then_it_is_printed_once():
    one, two = cite(LETTER, 0, 3, marker=1), cite(LETTER, 4, 9, marker=2)
    assert marked(Statement(text="So.", citations=(one, one, two), voice="unnamed")) == "So. [1][2]"
    assert marked(Statement(text="So.", citations=(), voice="unnamed")) == "So."
    both, again = (Statement(text="a", citations=citations, voice="unnamed") for citations in ((two, one), (one,)))
    answer = replace(an_answer(), statements=(both, again))
    assert [citation.marker for citation in cited(answer)] == [1, 2]


def test_jsonable_when_a_record_holds_records_then_all_become_plain():
    assert to_jsonable((HARBOUR, date(2024, 1, 2), None)) == [to_jsonable(HARBOUR), "2024-01-02", None]
    assert to_jsonable(HARBOUR)["page_starts"] == [0, 60]


@pytest.mark.parametrize("quote, answering, words", [
    ("Lines broke.\n  In all, 14 cables were torn; 14 held.", (23, 32), "14 cables"),
    ("It cost 3 million.", (8, 17), "3 million"),
    ("It cost 3 million.", None, ""),
])
def test_around_answer_when_words_answer_then_just_they_are_cut_out_of_the_printed_quote(quote, answering, words):
    shift = 100
    citation = Citation(marker=1, document="d", name="n", source="s", start=shift, end=shift + len(quote), quote=quote, verified=True)
    statement = Statement(text=f"14 cables: somebody says: “{' '.join(quote.split())}”", citations=(citation,), voice="document",
                          answering=answering and (shift + answering[0], shift + answering[1]))
    before, found, after = around_answer(statement)
    assert found == words and before + found + after == statement.text
    if words:
        assert before.endswith(("“" + " ".join(quote[: answering[0]].split()) + " ").replace("“ ", "“"))
