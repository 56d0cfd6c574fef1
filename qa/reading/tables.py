"""CSV and JSONL: one document for each row."""

import csv
import io
import json
from collections.abc import Mapping

from qa.errors import UnreadableDocument
from qa.reading.decoding import decode
from qa.reading.facts import KNOWN_KEYS, Extracted, facts_from_fields, normal_key
from qa.reading.plain import described

TEXT_NAMES = ("text", "content", "body", "article", "article_text", "full_text", "passage", "document", "message", "abstract", "transcript")
_MORE_KNOWN = KNOWN_KEYS | {"id", "source", "link", "uuid", "guid"}

Row = tuple[int, Mapping[str, object]]


def read_csv(data: bytes, name: str) -> list[tuple[int, Extracted]]:
    """(row number from 1, its text and facts) for each row with text; the first line names the columns.

    Raises UnreadableDocument, with the line, for a row that does not fit the columns and for a broken quotation.
    """
    text = decode(data, name)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    columns: list[str] = []
    try:
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = [cell.strip() for cell in cells]
                continue
            if len(cells) != len(columns):
                raise UnreadableDocument(
                    f"{name}, line {lines.line_num}: {len(cells)} cells for {len(columns)} columns",
                    "Put quotation marks around cells that hold the separator.",
                )
            rows.append((len(rows) + 1, dict(zip(columns, cells, strict=True))))
    except csv.Error as error:
        raise UnreadableDocument(f"{name}, line {lines.line_num}: {error}", _csv_hint(str(error))) from None
    return _documents(rows, name)


def read_jsonl(data: bytes, name: str) -> list[tuple[int, Extracted]]:
    """(line number from 1, its text and facts) for each line with text.

    Raises UnreadableDocument, with the line, for a line that is no JSON object.
    """
    rows: list[Row] = []
    for number, line in enumerate(decode(data, name).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UnreadableDocument(f"{name}, line {number}: {error}", "Each line must be one JSON object.") from None
        if not isinstance(row, dict):
            raise UnreadableDocument(
                f"{name}, line {number}: a {type(row).__name__} instead of an object", "Each line must be one JSON object."
            )
        rows.append((number, row))
    return _documents(rows, name)


def _documents(rows: list[Row], name: str) -> list[tuple[int, Extracted]]:
    if not rows:
        raise UnreadableDocument(f"{name} has no rows", "Add a file with at least one row of text.")
    column = _text_column(rows, name)
    found = []
    for number, row in rows:
        text = row.get(column)
        if isinstance(text, str) and text.strip():
            found.append((number, _described(row, column, text, f"{name}, row {number}")))
    if not found:
        raise UnreadableDocument(f"{name} has no text in its column {column!r}", "Add a file with text in that column.")
    return found


def _described(row: Mapping[str, object], column: str, text: str, where: str) -> Extracted:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise UnreadableDocument(
            f"{where}: the text has a character that is none (NUL or half of a pair)", "Remove it and add the file again."
        )
    return described(text, facts_from_fields({key: value for key, value in row.items() if key != column}))


def _text_column(rows: list[Row], name: str) -> str:
    """The column named as text, else the only one whose values are words; raises UnreadableDocument for none or several."""
    columns = list(dict.fromkeys(key for _, row in rows for key in row))
    by_name = {normal_key(column): column for column in reversed(columns)}
    for wanted in TEXT_NAMES:
        if wanted in by_name and any(isinstance(row.get(by_name[wanted]), str) for _, row in rows):
            return by_name[wanted]
    wordy = [column for column in columns if normal_key(column) not in _MORE_KNOWN and any(_is_words(row.get(column)) for _, row in rows)]
    if len(wordy) == 1:
        return wordy[0]
    listed = ", ".join(columns[:20])
    raise UnreadableDocument(
        f"{name} has {len(wordy) or 'no'} columns that may hold the text (of {listed})", f"Name the column with the text {TEXT_NAMES[0]!r}."
    )


def _is_words(value: object) -> bool:
    return isinstance(value, str) and sum(map(str.isalpha, value)) > len(value.strip()) / 2


def _delimiter(text: str) -> str:
    """The separator that the first line has most often outside quotation marks; a comma when it has none."""
    header = "".join(text.lstrip("\r\n").partition("\n")[0].split('"')[::2])
    return max(",;\t|", key=header.count)


def _csv_hint(error: str) -> str:
    if "field limit" in error:
        return "Put a text of that length in a file of its own."
    return "Close every quotation mark and double those inside a cell."
