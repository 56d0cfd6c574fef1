"""What the running page remembers: answers that were given, conversations of browser tabs."""

from web_helpers import HURT, answered

from qa.records import Answer, Filters, Finished, Turn
from qa.render import to_json
from qa.web_page.conversations import MOST, Conversations



def test_conversations_when_there_are_too_many_then_those_unused_for_longest_go_first():
    kept = Conversations()
    for number in range(MOST + 10):
        kept.end(f"{number:032x}", kept.begin(f"{number:032x}", (answered(),)))
    assert kept.of(f"{0:032x}")[0] == () and kept.of(f"{MOST + 9:032x}")[0] == (answered(),)


def test_remembering_when_the_same_is_asked_then_it_is_answered_once_until_the_library_changes(page, monkeypatch):
    seen, whole = [], page.assistant.stream
    monkeypatch.setattr(page.assistant, "stream", lambda *given: seen.append(given) or whole(*given))
    question = HURT
    first, again = (list(page.answers.stream(question)) for _ in range(2))
    assert first == again and len(seen) == 1
    list(page.answers.stream(question, [Turn(role="user", text="x")]))
    list(page.answers.stream(question, (), Filters(documents=("inquiry.md",))))
    assert len(seen) == 3
    assert to_json(list(page.answers.stream(question, fresh=True))[-1].answer) == to_json(first[-1].answer) and len(seen) == 4
    page.library.remove("inquiry.md")
    assert list(page.answers.stream(question)) != first and len(seen) == 5


def test_remembering_when_an_answer_has_notes_then_it_is_asked_anew(page, monkeypatch):
    seen = []

    def troubled(*given):
        seen.append(given)
        yield Finished(answer=Answer(question="x", searched_for="x", status="no_evidence", text="", notes=("The model did not answer.",)))

    monkeypatch.setattr(page.assistant, "stream", troubled)
    for _ in range(2):
        list(page.answers.stream("x"))
    assert len(seen) == 2
