"""In a real browser: adding, correcting, removing, and searching only some of the documents."""

from browsing import ask, needs_chromium
from web_helpers import HURT

pytestmark = needs_chromium



def test_filters_when_set_then_only_those_documents_answer_and_a_bad_date_is_explained(visit):
    page = visit()
    page.get_by_role("button", name="Search only some documents").click()
    page.get_by_label("Published from").fill("2031-06")
    exchange = ask(page, HURT)
    assert "19 passengers" in exchange.inner_text() and "14 passengers" not in exchange.inner_text()
    page.get_by_label("Published from").fill("soonish")
    page.locator("#qa-question textarea").fill("And now?")
    page.keyboard.press("Enter")
    page.get_by_text("“soonish” is not a date").wait_for()


def test_documents_when_one_is_added_then_it_answers_and_when_removed_it_is_gone(visit, tmp_path):
    page = visit()
    page.get_by_role("tab", name="Documents").click()
    assert page.locator(".qa-open").count() == 3
    (tmp_path / "seals.txt").write_text("The lighthouse keeper Nora Quist counted nine seals on the reef.", encoding="utf-8")
    (tmp_path / "odd.xyz").write_bytes(b"\x00")
    page.locator("#qa-upload input[type=file]").set_input_files([tmp_path / "seals.txt", tmp_path / "odd.xyz"])
    page.locator(".qa-done", has_text="seals.txt").wait_for()
    page.locator(".qa-refused", has_text="odd.xyz").wait_for()
    row = page.locator(".qa-table tr", has_text="seals.txt")
    row.locator(".qa-open").click()
    page.locator(".qa-reader", has_text="nine seals on the reef").wait_for()
    page.keyboard.press("Escape")
    row.get_by_role("button", name="Correct").click()
    form = page.locator(".qa-correction:not([hidden])")
    form.get_by_label("Title").fill("Seals on the reef")
    form.get_by_label("Published").fill("2031-07")
    form.get_by_role("button", name="Save").click()
    page.locator(".qa-done", has_text="seals.txt corrected").wait_for()
    row = page.locator(".qa-table tr", has_text="Seals on the reef")
    row.get_by_text("title and date by hand").wait_for()
    assert "2031-07 (month only)" in row.inner_text()
    row.get_by_role("button", name="Remove").click()
    row.get_by_text("Really remove?").click()
    row.wait_for(state="detached")
    assert page.locator(".qa-open").count() == 3
