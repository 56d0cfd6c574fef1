"""Saved conversations: the same in three formats, verified against a library that stays, changes or loses its documents."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.citations import cite
from qa.cli import main
from qa.errors import QAError
from qa.records import Answer, Disagreement, Document, Silent, Statement, Withheld
from qa.render import to_json
from qa.transcripts import FORMATS, format_of, make_record, read, verify, write

FERRY = Document(id="d1", name="ferry.md", source="ferry.md", title="The | ferry", text="On Friday 14 were hurt.\nThe fog came in. It cleared.")
LETTER = Document(id="d2", name="letter.md", source="letter.md", text="The shop sells bread and lamp oil.")


class Shelf:
    """Documents as a library holds them."""

    def __init__(self, *documents: Document):
        self._documents = list(documents)

    def documents(self):
        return self._documents

    def document(self, document_id):
        return next((document for document in self._documents if document.id == document_id), None)


def statement(document: Document, quote: str, *, marker: int = 1, **more) -> Statement:
    start = document.text.index(quote)
    citation = cite(document, start, start + len(quote), marker=marker)
    return Statement(text=f"It says: “{' '.join(quote.split())}”", citations=(citation,), voice="document", **more)


def conversation() -> list[Answer]:
    first, second = statement(FERRY, "14 were hurt.\nThe fog"), statement(LETTER, "bread", marker=2)
    answered = Answer(question="How many | were hurt?", searched_for="How many?", status="answered", text="…", statements=(first, second),
                      withheld=(Withheld(statement=second, reason="figure: “1” against “2”"),),
                      disagreements=(Disagreement(about="the hurt", sides=((0,), (1,)), how="14 against 2"),))
    nothing = Answer(question="Who owns it?", searched_for="Who owns it?", status="no_evidence", text="…",
                     silent=(Silent(document="d2", name="letter.md"),), related=statement(LETTER, "lamp oil").citations)
    return [answered, nothing]


@pytest.fixture(params=FORMATS)
def saved(request) -> str:
    return write(conversation(), Shelf(FERRY, LETTER), request.param)


def outcomes(saved: str, *documents: Document) -> list[str]:
    return [citation.outcome for citation in verify(saved, Shelf(*documents)).citations]


def test_verify_when_nothing_changed_then_every_citation_holds_in_every_format(saved):
    verification = verify(saved, Shelf(LETTER, FERRY))
    assert verification.holds and verification.counts() == {"holds": 3}
    assert [(c.exchange, c.marker, c.name) for c in verification.citations] == [(1, 1, "ferry.md"), (1, 2, "letter.md"), (2, 1, "letter.md")]


def test_verify_when_documents_change_then_each_citation_says_what_became_of_it(saved):
    longer = replace(FERRY, id="d9", text="A new beginning. " + FERRY.text)
    verification = verify(saved, Shelf(longer))
    moved = verification.citations[0]
    assert [c.outcome for c in verification.citations] == ["moved", "gone", "gone"]
    assert longer.text[moved.start:moved.end] == moved.quote and not verification.holds and not verification.altered
    assert outcomes(saved, replace(FERRY, id="d9", text="On Friday 15 were hurt."), LETTER) == ["changed", "holds", "holds"]


def test_verify_when_another_text_has_the_same_short_id_then_the_full_digest_tells_them_apart(saved):
    assert outcomes(saved, replace(FERRY, text=FERRY.text.replace("Friday", "Monday")), LETTER)[0] == "moved"


def test_verify_when_the_file_was_touched_then_it_says_so(saved):
    for before, after in (("14 were hurt", "15 were hurt"), ("How many", "How few"), ("lamp oil", "lamp oils")):
        assert before in saved
        touched = verify(saved.replace(before, after), Shelf(FERRY, LETTER))
        assert touched.altered and not touched.holds


def test_verify_when_only_the_text_around_the_record_was_touched_then_it_says_so():
    for format in ("markdown", "html"):
        whole = write(conversation(), Shelf(FERRY, LETTER), format)
        touched = verify(whole.replace("lamp oil", "lamp grease", 1), Shelf(FERRY, LETTER))
        assert touched.altered and touched.counts() == {"holds": 3}, format


def test_verify_when_a_quote_was_made_up_and_the_digest_made_to_match_then_it_is_false():
    from qa.transcripts.record import digest_of

    record = make_record(conversation(), Shelf(FERRY, LETTER))
    record["exchanges"][0]["statements"][0]["citations"][0]["quote"] = "15 were hurt.\nThe fog"
    record["digest"] = digest_of(record)
    verification = verify(json.dumps(record), Shelf(FERRY, LETTER))
    assert [c.outcome for c in verification.citations] == ["false", "holds", "holds"] and not verification.altered


def test_verify_when_line_ends_were_changed_by_mail_then_it_still_holds():
    for format in ("markdown", "html"):
        assert verify(write(conversation(), Shelf(FERRY, LETTER), format).replace("\n", "\r\n"), Shelf(FERRY, LETTER)).holds


def test_verify_when_given_an_answer_as_json_then_its_citations_are_compared_too():
    printed = to_json(conversation()[0])
    assert outcomes(printed, FERRY, LETTER) == ["holds", "holds"]
    assert outcomes(printed, replace(FERRY, id="d9", text="nothing"), LETTER) == ["changed", "holds"]


@pytest.mark.parametrize("text", ["", "hello", "{}", "[]", "null", '{"format": "qa-transcript/1"}', "[" * 100_000,
                                  '{"format": "qa-transcript/1", "documents": [], "exchanges": [{"statements": [{}], "related": []}]}',
                                  '{"format": "qa-transcript/1", "documents": [{"id": 3}], "exchanges": []}'])
def test_read_when_it_is_no_conversation_then_the_error_says_what_is_wanted(text):
    with pytest.raises(QAError, match="no saved conversation"):
        read(text)


def test_write_when_done_twice_then_the_bytes_are_the_same_and_the_record_is_the_same_in_all_formats():
    records = []
    for format in FORMATS:
        first, second = (write(conversation(), Shelf(FERRY, LETTER), format) for _ in range(2))
        assert first == second
        records.append(read(first))
    assert records[0] == records[1] == records[2] == make_record(conversation(), Shelf(FERRY, LETTER))


def test_write_when_in_markdown_or_html_then_question_answer_sources_offsets_and_what_was_withheld_are_there():
    for format in ("markdown", "html"):
        shown = re.sub(r"\\", "", write(conversation(), Shelf(FERRY, LETTER), format))
        for part in ("How many | were hurt?", "Searched for: How many?", "It says: “14 were hurt. The fog”", "characters 10–31",
                     "Sources differ on the hurt: 14 against 2.", "Withheld: It says: “bread”", "The documents do not say.",
                     "Related, does not answer", "lamp oil"):
            assert part in shown, (format, part)


class Tags(HTMLParser):
    def __init__(self, page: str):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


OWN_TAGS = set("html head meta title style body main h1 h2 h3 p small br blockquote table tr td th code footer script".split())


@given(st.text(min_size=1, max_size=60) | st.sampled_from(
    ["</script><script>alert(1)</script>", "```\n# x\n```json qa-transcript\n{}\n```", "<!--<script>", "a\n```\n", "\u2028", "\ud800", "| a | b |"]))
@settings(deadline=None, max_examples=100)
def test_write_when_the_texts_are_anything_then_they_come_back_whole_and_nothing_of_them_is_markup(text):
    document = Document(id="d1", name=text, source=text, title=text, outlet=text, text=f"x{text}y")
    said = Statement(text=text, citations=(cite(document, 0, len(document.text), marker=1),), voice="named", speaker=text, said_on=text, via=text)
    answer = Answer(question=text, searched_for=text + "?", status="answered", text=text, statements=(said,))
    for format in FORMATS:
        whole = write([answer], Shelf(document), format)
        whole.encode("utf-8")
        assert read(whole) == make_record([answer], Shelf(document)) and verify(whole, Shelf(document)).holds
        if format == "html":
            assert Tags(whole).tags <= OWN_TAGS and not {name for name in Tags(whole).attributes if name.startswith("on")}


def test_format_of_when_the_ending_is_unknown_then_the_error_names_those_there_are():
    assert [format_of(f"talk{ending.upper()}") for ending in FORMATS.values()] == list(FORMATS)
    with pytest.raises(QAError, match=r"\.md, \.html, \.json"):
        format_of("talk.pdf")
    with pytest.raises(QAError) as raised:
        write([], Shelf(), "pdf")
    assert "markdown, html, json" in raised.value.hint


def test_verify_when_called_from_the_command_line_then_it_prints_what_no_longer_holds_and_exits_3(tmp_path, capsys, monkeypatch):
    folder, talk = tmp_path / "docs", tmp_path / "talk.md"
    folder.mkdir()
    (folder / "ferry.md").write_text("The harbour office said 14 passengers were hurt on the Marigold.", encoding="utf-8")
    questions = iter(["How many passengers were hurt on the Marigold?", ""])
    monkeypatch.setattr("builtins.input", lambda prompt: next(questions))
    common = ["--docs", str(folder), "--embedding", "static"]
    assert main(["chat", *common, "--save", str(talk)]) == 0
    capsys.readouterr()
    assert main(["verify", str(talk), *common]) == 0 and capsys.readouterr().out == "1 holds\n"
    (folder / "ferry.md").write_text("A correction. The harbour office said 14 passengers were hurt on the Marigold.", encoding="utf-8")
    assert main(["verify", str(talk), *common]) == 3
    assert "characters 14–78" in capsys.readouterr().out
    assert main(["verify", str(talk), *common, "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["citations"][0]["outcome"] == "moved"
    assert main(["verify", str(folder / "ferry.md"), *common]) == 1
