"""Documents on the page without a browser: opening, adding, correcting, removing, choosing, what is suggested."""

import html
import re
import time
from datetime import date

import pytest
from web_helpers import FIRST, HURT, SECOND, Parsed, asked

from qa.errors import SettingsError
from qa.records import Progress
from qa.web_page.handlers import read_filters
from qa.web_page.listing import welcome
from qa.web_page.suggesting import suggestions



@pytest.mark.parametrize("asked", ["", "../../etc/passwd", "/etc/passwd", "unknown", None, 3, ["x"]])
def test_opened_when_no_document_of_the_library_is_named_then_nothing_is_read(page, asked):
    assert "no longer in the library" in page.opened(FIRST, asked, "0", "5")


def test_opened_when_the_place_is_no_number_then_the_document_opens_without_a_mark(page):
    known = page.library.documents()[0]
    assert known.title in page.opened(FIRST, known.id, "x", None) and "<mark" not in page.opened(FIRST, known.id, "x", None)


def test_opened_when_the_conversation_cites_more_of_the_document_then_that_is_set_apart_too(page):
    asked(page, HURT)
    asked(page, "What did Captain Ilse Brandt say about the fog?")
    known = next(document for document in page.library.documents() if document.name == "ferry.md")
    cited = page.talk.cited(FIRST, known.id)
    assert len(cited) > 1
    shown = page.opened(FIRST, known.id, *cited[0])
    assert Parsed(shown).marked == known.text[slice(*cited[0])]
    assert re.findall('<span class="qa-cited">(.*?)</span>', shown) == [html.escape(known.text[slice(*place)]) for place in cited[1:]]
    assert "cited in this conversation" in shown and "qa-cited" not in page.opened(SECOND, known.id, *cited[0])


def test_add_when_files_are_handed_in_then_each_has_its_outcome_and_the_good_ones_are_found(page, tmp_path):
    good, bad = tmp_path / "lighthouse.txt", tmp_path / "picture.xyz"
    good.write_text("The lighthouse keeper Nora Quist counted nine seals.", encoding="utf-8")
    bad.write_bytes(b"\x00\x01")
    steps = list(page.add([str(good), str(bad)]))
    assert "Reading lighthouse.txt" in steps[0]
    assert "<b>lighthouse.txt</b> added" in steps[-1] and "<b>picture.xyz</b> refused" in steps[-1]
    assert "lighthouse.txt" in page.overview()[1]
    assert sorted(kept.name for kept in (page.library.folder / "uploads").iterdir()) == ["lighthouse.txt"]


def test_add_when_a_file_is_too_large_then_it_is_refused_with_the_bound(page, tmp_path, monkeypatch):
    monkeypatch.setattr(type(page), "upload_mb", lambda self: 0)
    (tmp_path / "big.txt").write_text("x" * 10)
    assert "larger than 0 MB" in list(page.add([str(tmp_path / "big.txt")]))[-1]
    assert "big.txt" not in page.overview()[1]


def test_add_when_a_file_takes_long_then_how_many_of_its_passages_are_embedded_is_shown(page, tmp_path, monkeypatch):
    whole = page.library.add

    def slow(path, on_progress):
        on_progress(Progress(stage="embedding", done=3, total=12, seconds=1.0))
        time.sleep(0.6)
        return whole(path)

    monkeypatch.setattr(page.library, "add", slow)
    (tmp_path / "seals.txt").write_text("The keeper counted nine seals.", encoding="utf-8")
    steps = list(page.add([str(tmp_path / "seals.txt")]))
    assert any("3 of 12 passages" in step and '<progress max="12" value="3"' in step for step in steps) and "added" in steps[-1]


def test_correct_when_title_and_date_are_given_then_table_timeline_and_answers_have_them(page):
    said = page.correct("letter.md", "Island letter", "2030-02")
    assert "<b>letter.md</b> corrected" in said
    shown = page.overview()[0]
    assert "Island letter" in shown and "2030-02" in shown and "title and date by hand" in shown
    assert "Island letter" in asked(page, "What does the island shop sell?")[0][-1]
    for name, title, day in (("letter.md", "x", "one day"), ("nobody.md", "x", ""), (None, None, None)):
        assert "qa-refused" in page.correct(name, title, day)
    assert page.overview()[0] == shown


def test_remove_when_the_name_is_known_then_it_is_gone_and_an_unknown_one_is_reported(page):
    assert "letter.md</b> removed" in page.remove("letter.md")
    assert "letter.md" not in page.overview()[1]
    for name in ("letter.md", str(page.library.folder), None):
        assert "qa-refused" in page.remove(name)
    assert len(page.library.documents()) == 2


def test_read_filters_when_dates_are_typed_then_they_bound_and_nonsense_is_explained():
    assert read_filters([], "2031-05", "2031").since == date(2031, 5, 1)
    assert read_filters([], "", "2031-02").until == date(2031, 2, 28)
    assert read_filters(None, None, "  ") == read_filters([], "", "")
    with pytest.raises(SettingsError, match="not a date"):
        read_filters([], "soonish", "")


def test_suggestions_when_made_then_each_has_an_answer_and_names_one_of_the_documents(page):
    found = suggestions(page.library, page.assistant.ask)
    assert found
    titles = [document.title for document in page.library.documents()]
    for question in found:
        assert page.assistant.ask(question).statements and any(title in question for title in titles)
        assert html.escape(question) in page.suggested()


def test_welcome_when_there_are_no_documents_then_it_says_how_to_begin():
    assert "No documents yet" in welcome((), documents=0)
