"""In a real browser: texts that try to run a script, wherever they can come from."""

from browsing import ask, needs_chromium
from web_attacks import ATTACKS, attacking_documents, hostile
from web_helpers import serving

pytestmark = needs_chromium



def test_attacks_when_they_stand_in_documents_titles_file_names_and_questions_then_nothing_runs(visit, tmp_path):
    with serving(tmp_path, attacking_documents()) as (address, assistant):
        page = visit(address)
        page.get_by_role("tab", name="Documents").click()
        page.locator(".qa-open").nth(len(ATTACKS) - 1).wait_for()
        stored = assistant.library.documents()
        assert {document.title for document in stored} >= set(ATTACKS[:3]) and len(stored) == len(ATTACKS)
        for field, shown in (("name", ".qa-name"), ("title", ".qa-open")):
            assert page.locator(shown).all_text_contents() == [getattr(document, field) for document in stored]
        for document in stored[::3]:
            page.locator(f".qa-open[data-document='{document.id}']").click()
            page.locator(f".qa-reader[data-key^='{document.id}']").wait_for()
            assert page.locator(".qa-text").text_content() == document.text
            page.keyboard.press("Escape")
        page.get_by_role("tab", name="Ask").click()
        page.get_by_role("button", name="Search only some documents").click()
        page.get_by_label("Documents (none chosen: all)").click()
        for number, first in enumerate(range(0, len(ATTACKS), 8)):
            asked = f"How many boats did the harbour office in Osk count? {' '.join(ATTACKS[first : first + 8])}"
            page.locator("#qa-question textarea").fill(asked)
            page.keyboard.press("Enter")
            page.locator(".qa-exchange").nth(number).locator(".qa-statements, .qa-nothing").first.wait_for()
            assert page.locator(".qa-question").nth(number).text_content().split() == asked.split()
        page.locator(".qa-chip, .qa-related").first.hover()
        assert page.evaluate("window.__hit") is None
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.__hit=1>')")
        page.wait_for_function("window.__hit === 1", timeout=5000)  # the trap itself works


def test_attacks_when_a_model_writes_them_then_nothing_runs_and_they_are_shown_as_they_are(visit, served, monkeypatch):
    page = visit()
    for number in range(0, len(ATTACKS), 6):
        attack = " ".join(ATTACKS[number : number + 6])
        with monkeypatch.context() as patch:
            patch.setattr(served[1], "stream", hostile(served[1], attack))
            shown = ask(page, f"How many passengers were hurt on the Marigold ({number})?")
        assert " ".join(shown.locator(".qa-statement .qa-quote").first.text_content().split()).startswith(" ".join(attack.split()))
    assert page.evaluate("window.__hit") is None
