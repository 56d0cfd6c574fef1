"""CSV and JSONL: a document for each row, and errors that name the line."""

import json
from datetime import date

import pytest

from qa.errors import UnreadableDocument
from qa.reading import read_bytes


def read(content: str | bytes, filename: str):
    data = content if isinstance(content, bytes) else content.encode()
    return read_bytes(data, filename=filename, source="s", max_mb=1)


def test_csv_when_it_names_its_columns_then_rows_become_documents_with_facts():
    rows = read(
        'Title,Date,Content,Kind\nGate,2024-03-05,"The gate, says ""Ada"",\nis open.",opinion\n\nTide,2024-03,Water '
        "rises.,\nEmpty,2024,  ,\n",
        "a.csv",
    )
    assert [(d.name, d.text, d.title, d.published, d.published_precision, d.kind) for d in rows] == [
        ("a.csv#1", 'The gate, says "Ada",\nis open.', "Gate", date(2024, 3, 5), "day", "commentary"),
        ("a.csv#2", "Water rises.", "Tide", date(2024, 3, 1), "month", "unknown"),
    ]
    assert {d.source for d in rows} == {"s"}


@pytest.mark.parametrize("separator, name", [(";", "a.csv"), ("\t", "a.tsv"), ("|", "a.csv")])
def test_csv_when_separated_in_another_way_then_read(separator, name):
    assert [d.text for d in read(f"id{separator}text\n1{separator}One, two\n2{separator}Three\n", name)] == ["One, two", "Three"]


def test_csv_when_no_column_is_named_text_then_the_only_one_with_words_is_taken():
    assert [d.text for d in read("id,remark,count\n1,Harbour open,14\n2,Harbour closed,15\n", "a.csv")] == [
        "Harbour open",
        "Harbour closed",
    ]


@pytest.mark.parametrize(
    "content, said",
    [
        ("a,b\nsome words,other words\n", "2 columns that may hold the text \\(of a, b"),
        ("a,b\n1,2\n", "no columns"),
        ("text,b\n,2\n", "no text in its column 'text'"),
    ],
)
def test_csv_when_the_text_column_cannot_be_told_then_refused_with_the_columns(content, said):
    with pytest.raises(UnreadableDocument, match=said) as caught:
        read(content, "a.csv")
    assert caught.value.hint


@pytest.mark.parametrize(
    "content, said",
    [
        ("id,text\n1,one\n2,two,three\n", "line 3: 3 cells for 2 columns"),
        ('id,text\n1,"never closed\n2,x\n', "line 3"),
        ("text\n" + "x" * 140_000 + "\n", "line 2: field larger than field limit"),
        ("text\n", "no rows"),
        ('text\n"a"b\n', "line 2"),
    ],
)
def test_csv_when_malformed_then_the_line_is_named(content, said):
    with pytest.raises(UnreadableDocument, match=said) as caught:
        read(content, "a.csv")
    assert "a.csv" in caught.value.message and caught.value.hint


def test_jsonl_when_read_then_rows_are_named_by_line():
    lines = [
        json.dumps(
            {"body": "The gate is open.", "headline": "Gate", "published": "2024-03-05", "author": ["Ada", "Ben"], "extra": {"x": 1}}
        ),
        "",
        json.dumps({"body": "Water rises. \u2028"}),
        '{"body": null}',
    ]
    rows = read("\r\n".join(lines), "a.jsonl")
    assert [(d.name, d.text, d.title, d.author) for d in rows] == [
        ("a.jsonl#1", "The gate is open.", "Gate", "Ada, Ben"),
        ("a.jsonl#3", "Water rises. \u2028", "", ""),
    ]
    assert rows[0].published == date(2024, 3, 5)


@pytest.mark.parametrize(
    "line, said",
    [
        ('{"text": "a"', "line 2"),
        ("[1, 2]", "line 2: a list instead of an object"),
        ("[" * 100_000, "line 2"),
        ('{"text": ' + "9" * 5000 + "}", "line 2"),
        ('{"text": "a\\u0000b"}', "row 2"),
        ('{"text": "a\\ud800b"}', "row 2"),
    ],
)
def test_jsonl_when_a_line_is_malformed_then_it_is_named(line, said):
    with pytest.raises(UnreadableDocument, match=said) as caught:
        read('{"text": "fine"}\n' + line + "\n", "a.jsonl")
    assert "a.jsonl" in caught.value.message and caught.value.hint


def test_jsonl_when_a_field_has_half_a_pair_then_the_document_can_still_be_written():
    (document,) = read('{"text": "Fine words.", "title": "a\\ud800b\\u0007"}', "a.jsonl")
    assert document.title.encode() == b"a b"


def test_rows_when_a_row_has_a_comment_form_then_it_is_skipped_there_too():
    (document,) = read(
        json.dumps({"text": "The gate is open. It stays open for the week.\n\nLeave a Reply\n\nYour email address will not be published."}),
        "a.jsonl",
    )
    ((start, end),) = document.skipped
    assert document.text[start:].startswith("Leave a Reply") and end == len(document.text)
