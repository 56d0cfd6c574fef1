"""Finding files, limits and refusals: what holds for every format."""

import hashlib
import os
import stat
from datetime import date
from pathlib import Path

import pytest

from qa.errors import DocumentError, UnreadableDocument, UnsupportedDocument
from qa.reading import find_files, read_bytes, read_file
from qa.records import Refused

BODY = "The harbour reopened after a week of repairs. Ships had waited outside the breakwater."


def write(path: Path, content: str | bytes = BODY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read_text(content: str | bytes, filename: str = "a.txt"):
    data = content if isinstance(content, bytes) else content.encode()
    return read_bytes(data, filename=filename, source=filename, max_mb=1)[0]


def test_find_files_when_folders_are_nested_then_sorted_and_hidden_ones_left_out(tmp_path):
    for name in ("b.txt", "a/z.md", "a/y.txt", ".hidden.txt", ".git/x.txt", "a/.x/y.txt", "c/d/e.html"):
        write(tmp_path / name)
    found = [str(path.relative_to(tmp_path)) for path in find_files([tmp_path])]
    assert found == ["a/y.txt", "a/z.md", "b.txt", "c/d/e.html"]


def test_find_files_when_a_hidden_file_is_named_then_it_is_found(tmp_path):
    path = write(tmp_path / ".notes.txt")
    assert list(find_files([path])) == [path]


def test_find_files_when_a_path_is_given_twice_then_each_file_comes_once(tmp_path):
    path = write(tmp_path / "a.txt")
    (tmp_path / "link.txt").symlink_to(path)
    assert list(find_files([path, tmp_path, str(path)])) == [path]


def test_find_files_when_links_go_in_circles_then_the_walk_ends(tmp_path):
    path = write(tmp_path / "a" / "b.txt")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    found = list(find_files([tmp_path]))
    assert [item for item in found if isinstance(item, Path)] == [path]
    assert [item.source for item in found if isinstance(item, Refused)] == [str(tmp_path / "loop")]


def test_find_files_when_something_cannot_be_added_then_it_is_refused_in_its_place_and_the_rest_goes_on(tmp_path):
    write(tmp_path / "a.pyc", b"\x00")
    write(tmp_path / "b.txt")
    os.mkfifo(tmp_path / "c.txt")
    (tmp_path / "d.txt").symlink_to(tmp_path / "gone.txt")
    missing = tmp_path / "missing.txt"
    found = list(find_files([missing, tmp_path, "https://example.org/a.html", "a\0b"]))
    refused = [item for item in found if isinstance(item, Refused)]
    assert found[2] == tmp_path / "b.txt"
    assert [item.source for item in refused[:4]] == [str(missing), *(str(tmp_path / name) for name in ("a.pyc", "c.txt", "d.txt"))]
    assert all(item.error and item.hint for item in refused)
    assert ".pyc files are not read" in refused[1].error and ".pdf" in refused[1].hint
    assert len(refused) == 6


def test_find_files_when_a_folder_may_not_be_opened_then_it_is_refused(tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    write(closed / "a.txt")
    scandir = os.scandir

    def guarded(path):
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("qa.reading.files.os.scandir", guarded)
    (refused,) = find_files([tmp_path])
    assert refused.source == str(closed) and "may not be read" in refused.error and "permissions" in refused.hint


def test_read_file_when_read_then_id_name_and_source_tell_where_it_is_from(tmp_path):
    path = write(tmp_path / "a.txt")
    (document,) = read_file(path, max_mb=1)
    assert document.id == "d" + hashlib.sha256(BODY.encode()).hexdigest()[:16]
    assert (document.name, document.source, document.text) == ("a.txt", str(path), BODY)
    assert read_file(path, max_mb=1, name="b.txt")[0].name == "b.txt"


def test_read_file_when_the_file_was_changed_lately_then_that_is_no_publication_date(tmp_path):
    path = write(tmp_path / "a.txt")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert read_file(path, max_mb=1)[0].published is None


def test_read_file_when_rows_are_renamed_then_they_keep_their_numbers(tmp_path):
    path = write(tmp_path / "a.csv", "text\none thing\nanother thing\n")
    assert [d.name for d in read_file(path, max_mb=1, name="rows")] == ["rows#1", "rows#2"]


@pytest.mark.parametrize("name", ["photo.png", "module.pyc", "noending", "old.doc", "sheet.xlsx"])
def test_read_file_when_the_kind_is_not_read_then_the_error_names_it_before_the_file_is_opened(name):
    with pytest.raises(UnsupportedDocument) as caught:
        read_file(Path("nowhere") / name, max_mb=1)
    assert name in caught.value.message and caught.value.hint


def test_read_file_when_larger_than_the_limit_then_it_is_not_opened(tmp_path, monkeypatch):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(5_000_000_000)  # sparse: takes no space
    monkeypatch.setattr(Path, "open", lambda *a, **k: pytest.fail("the file was opened"))
    with pytest.raises(UnreadableDocument, match=r"5000\.0 MB, the limit is 2 MB") as caught:
        read_file(path, max_mb=2)
    assert "QA_MAX_FILE_MB" in caught.value.hint


def test_read_bytes_when_larger_than_the_limit_then_refused():
    with pytest.raises(UnreadableDocument, match="limit is 1 MB"):
        read_bytes(b"a" * 1_000_001, filename="a.txt", source="upload", max_mb=1)


def test_read_file_when_permission_is_denied_then_the_error_says_so(tmp_path, monkeypatch):
    path = write(tmp_path / "a.txt")

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(UnreadableDocument, match="may not be read"):
        read_file(path, max_mb=1)


def test_read_file_when_the_disk_fails_then_the_reason_is_given(tmp_path, monkeypatch):
    path = write(tmp_path / "a.txt")

    def failing(*_, **__):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", failing)
    with pytest.raises(UnreadableDocument, match="Input/output error"):
        read_file(path, max_mb=1)


def test_read_file_when_it_is_missing_a_folder_or_a_pipe_then_refused(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    assert stat.S_ISFIFO((tmp_path / "pipe.txt").stat().st_mode)
    for name in ("missing.txt", "folder.txt", "pipe.txt"):
        with pytest.raises(UnreadableDocument, match=name):
            read_file(tmp_path / name, max_mb=1)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.epub", "a.csv", "a.jsonl"])
@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\x00\x01\x02binary\x00", b"PK\x03\x04cut off", b"\xff\xfe\x00", bytes(range(256))])
def test_read_bytes_when_the_content_is_none_then_a_document_error_with_a_hint(name, data):
    with pytest.raises(DocumentError) as caught:
        read_bytes(data, filename=name, source=name, max_mb=1)
    assert name in caught.value.message and caught.value.hint


def test_read_bytes_when_only_front_matter_is_there_then_there_is_no_text():
    with pytest.raises(UnreadableDocument, match="no text"):
        read_text("---\ntitle: Empty\n---\n\n", "a.md")


def test_original_articles_when_read_then_text_is_exact_and_dates_are_found(articles):
    documents = [read_file(path, max_mb=1)[0] for path in find_files([articles])]
    assert [d.published for d in documents] == [date(2024, 1, 21), None, date(2024, 3, 15), None, date(2023, 11, 14)]
    assert [d.kind for d in documents] == ["unknown", "commentary", "unknown", "report", "report"]
    for document in documents:
        assert document.text.encode() == Path(document.source).read_bytes()
    commentary = documents[1]
    ((start, end),) = commentary.skipped
    assert commentary.text[start:].startswith("Leave a Reply") and end == len(commentary.text)


def test_digests_when_read_then_front_matter_gives_the_facts_and_is_skipped(seeds):
    documents = [read_file(path, max_mb=1)[0] for path in find_files([seeds])]
    assert len(documents) == 5
    for document in documents:
        ((start, end),) = document.skipped
        assert document.title and document.kind != "unknown" or "undated" in document.name
        assert start == 0 and document.text[:end].startswith("---\ntitle:") and document.text[:end].endswith("---\n")
        assert (document.published is None) == (document.published_precision == "none")
