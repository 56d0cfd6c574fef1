"""The assistant over invented documents: one path, in order, checked, the same every time."""

import threading
from datetime import date

import pytest

from qa.answering import stated
from qa.assistant import RELATED, Assistant
from qa.citations import verify
from qa.library import Library
from qa.records import Filters, Finished, Problem, Searched, StatementReady, Turn, Verdict
from qa.render import to_json
from qa.settings import Settings
from qa.testing import TinyEmbedder

DOCUMENTS = {
    "bees.txt": "Beekeeper Jonas Wirth said 60 hives were lost in the Orla valley. The winter was long. Wirth sells honey in Brandt.\n",
    "bridge.md": "---\ntitle: The Halden bridge\npublished: 2031-05-04\noutlet: Halden Post\nkind: report\n---\n\n"
                 "The Halden bridge closed on Friday. Engineer Mira Stolz said 14 cables were torn on the Halden bridge.\n\n"
                 "Repairs of the Halden bridge will cost 3 million crowns, the council said.\n",
    "inquiry.md": "---\ntitle: Inquiry into the Halden bridge\npublished: 2031-08\nkind: report\n---\n\n"
                  "The inquiry found that 19 cables were torn on the Halden bridge. Inspector Tomas Weil said the steel was old.\n",
}
CABLES = "How many cables were torn on the Halden bridge?"
CHESS = "Who won the chess tournament in Lisbon?"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library(tmp_path_factory.mktemp("library"), embedder=TinyEmbedder()) as library:
        library.add(folder)
        yield library


@pytest.fixture
def assistant(library):
    return Assistant(library)


def test_ask_when_documents_answer_then_each_statement_is_cited_where_it_stands(assistant, library):
    answer = assistant.ask(CABLES)
    assert answer.status == "answered"
    assert {citation.name for s in answer.statements for citation in s.citations} == {"bridge.md", "inquiry.md"}
    for statement in answer.statements:
        for citation in statement.citations:
            document = library.document(citation.document)
            assert citation.verified and verify(citation, document)
            assert " ".join(citation.quote.split()) in statement.text
        assert statement.verdict.supported and statement.verdict.checked
    assert {figure.value for s in answer.statements for figure in s.figures} >= {14, 19}


def test_ask_when_someone_says_it_then_the_speaker_is_told_and_where_and_when_it_was_published(assistant):
    said = next(s for s in assistant.ask(CABLES).statements if s.citations[0].name == "bridge.md")
    assert (said.voice, said.speaker) == ("named", "Mira Stolz")
    assert (said.citations[0].published, said.citations[0].outlet) == (date(2031, 5, 4), "Halden Post")


def test_ask_when_documents_differ_then_both_sides_stay_and_the_answer_says_so(assistant):
    answer = assistant.ask(CABLES)
    sides = [{answer.statements[i].citations[0].name for i in side} for d in answer.disagreements for side in d.sides]
    assert {"bridge.md"} in sides and {"inquiry.md"} in sides
    assert answer.text.startswith("Sources differ on ")


def test_stream_when_read_to_the_end_then_searched_statements_and_the_answer_that_ask_gives(assistant):
    events = list(assistant.stream(CABLES))
    assert [type(event) for event in events] == [Searched, *[StatementReady] * (len(events) - 2), Finished]
    answer = events[-1].answer
    assert tuple(event.statement for event in events[1:-1]) == answer.statements
    assert [event.index for event in events[1:-1]] == list(range(len(answer.statements)))
    assert (events[0].searched_for, events[0].hits) == (answer.searched_for, answer.hits)
    assert to_json(assistant.ask(CABLES)) == to_json(answer)


def test_ask_when_statements_are_printed_then_markers_count_them_in_the_text(assistant):
    answer = assistant.ask(CABLES)
    lines = [line for line in answer.text.split("\n") if not line.startswith("Sources differ")]
    assert lines == [f"{statement.text} [{n}]" for n, statement in enumerate(answer.statements, 1)]
    assert [c.marker for s in answer.statements for c in s.citations] == list(range(1, len(lines) + 1))


def test_ask_when_the_check_fails_for_one_then_it_is_withheld_with_the_reason_and_markers_close_up(assistant, monkeypatch):
    everything = assistant.ask(CABLES)
    real = stated.check

    def check(claim, sources, **more):
        if "14 cables" in claim:
            return Verdict(supported=False, score=0.1, problems=(Problem(kind="figure", claim="14", source="15"),))
        return real(claim, sources, **more)

    monkeypatch.setattr(stated, "check", check)
    events = list(assistant.stream(CABLES))
    answer = events[-1].answer
    assert len(answer.statements) == len(everything.statements) - 1
    (withheld,) = answer.withheld
    assert "14 cables" in withheld.statement.text and withheld.reason == "figure: “14” against “15”"
    assert "14 cables" not in answer.text
    assert not any("14 cables" in e.statement.text for e in events if isinstance(e, StatementReady))
    assert [c.marker for s in answer.statements for c in s.citations] == list(range(1, len(answer.statements) + 1))


@pytest.mark.parametrize("verdict", [Verdict(supported=False, score=0.0), Verdict(supported=False, score=0.0, checked=False)])
def test_ask_when_the_check_fails_for_all_then_there_is_no_evidence(assistant, monkeypatch, verdict):
    monkeypatch.setattr(stated, "check", lambda *_, **__: verdict)
    answer = assistant.ask(CABLES)
    assert answer.status == "no_evidence" and answer.statements == () and answer.disagreements == ()
    assert answer.withheld and all(w.reason == "its source does not support it" for w in answer.withheld)
    assert len(answer.silent) == 3 and "14" not in answer.text


def test_ask_when_a_citation_cannot_be_verified_then_its_statement_is_withheld(assistant, monkeypatch):
    monkeypatch.setattr(stated, "verify", lambda *_: False)
    assert assistant.ask(CABLES).status == "no_evidence"


def test_ask_when_nothing_answers_then_it_says_what_was_searched_and_what_is_nearest(assistant, library):
    answer = assistant.ask(CHESS)
    assert (answer.status, answer.statements) == ("no_evidence", ())
    assert [silent.name for silent in answer.silent] == ["bees.txt", "bridge.md", "inquiry.md"]
    assert all(name in answer.text for name in DOCUMENTS)
    assert 0 < len(answer.related) <= RELATED
    assert all(verify(citation, library.document(citation.document)) for citation in answer.related)


def test_ask_when_some_documents_say_nothing_then_they_are_listed_as_silent(assistant):
    answer = assistant.ask(CABLES)
    cited = {c.document for s in answer.statements for c in s.citations}
    assert [silent.name for silent in answer.silent] == ["bees.txt"]
    assert not cited & {silent.document for silent in answer.silent} and answer.related == ()


@pytest.mark.parametrize("filters, searched", [
    (Filters(documents=("bees.txt",)), {"bees.txt"}),
    (Filters(since=date(2031, 6, 1)), {"inquiry.md"}),
    (Filters(until=date(2031, 6, 1)), {"bridge.md"}),
    (Filters(outlets=("Halden Post",)), {"bridge.md"}),
])
def test_ask_when_filtered_then_other_documents_are_neither_searched_nor_named(assistant, library, filters, searched):
    answer = assistant.ask(CABLES, filters=filters)
    names = {library.document(hit.passage.document_id).name for hit in answer.hits}
    assert names <= searched
    assert {c.name for s in answer.statements for c in s.citations} | {silent.name for silent in answer.silent} == searched


@pytest.mark.parametrize("filters", [Filters(documents=("nothing.txt",)), Filters(since=date(2040, 1, 1))])
def test_ask_when_no_document_passes_the_filters_then_no_documents(assistant, filters):
    answer = assistant.ask(CABLES, filters=filters)
    assert (answer.status, answer.hits, answer.silent, answer.related) == ("no_documents", (), (), ())


def test_ask_when_the_library_is_empty_then_no_documents(tmp_path):
    with Library(tmp_path / "empty", embedder=TinyEmbedder()) as library:
        events = list(Assistant(library).stream(CABLES))
    assert [type(event) for event in events] == [Searched, Finished]
    assert events[-1].answer.status == "no_documents" and events[-1].answer.text


@pytest.mark.parametrize("question", ["", "   ", "?", "the of and", "\x00", "🐝" * 50])
def test_ask_when_the_question_asks_nothing_then_there_is_no_evidence(assistant, question):
    assert assistant.ask(question).status == "no_evidence"


def test_ask_when_it_follows_up_then_the_history_completes_it(assistant):
    history = [Turn(role="user", text="Who counted the torn cables on the Halden bridge?"), Turn(role="assistant", text="Mira Stolz. [1]")]
    answer = assistant.ask("And how many cables were torn there?", history)
    assert answer.question == "And how many cables were torn there?"
    assert "Halden" in answer.searched_for and answer.status == "answered"
    assert {14, 19} & {figure.value for s in answer.statements for figure in s.figures}


def test_ask_when_fewer_statements_are_wanted_then_the_first_of_them_and_the_other_side(library):
    everything = Assistant(library).ask(CABLES).statements
    with Library(library.folder, Settings(max_statements=1), embedder=TinyEmbedder()) as same:
        only = Assistant(same).ask(CABLES).statements
    assert only[0].text == everything[0].text
    assert all(statement.agreement == "differ" for statement in only) and len(only) <= 2


def test_ask_when_two_threads_ask_then_each_gets_the_answer_it_would_get_alone(assistant):
    questions = [CABLES, CHESS, "How many hives were lost in the Orla valley?", "What will repairs of the Halden bridge cost?"]
    alone = {question: to_json(assistant.ask(question)) for question in questions}
    together: list[tuple[str, str]] = []
    barrier = threading.Barrier(2)

    def work(order):
        barrier.wait()
        together.extend((question, to_json(assistant.ask(question))) for question in order)

    threads = [threading.Thread(target=work, args=(order,)) for order in (questions * 2, questions[::-1] * 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(together) == 4 * len(questions)
    assert all(answer == alone[question] for question, answer in together)


def test_stream_when_left_early_then_the_library_can_be_used_and_changed_at_once(tmp_path):
    (tmp_path / "bridge.md").write_text(DOCUMENTS["bridge.md"])
    with Library(tmp_path / "library", embedder=TinyEmbedder()) as library:
        library.add(tmp_path / "bridge.md")
        assistant = Assistant(library)
        for count in (1, 2):
            stream = assistant.stream(CABLES)
            for _ in range(count):
                next(stream)
            stream.close()
        assert assistant.ask(CABLES).status == "answered"
        library.remove("bridge.md")
        assert assistant.ask(CABLES).status == "no_documents"


def test_stream_when_a_document_goes_away_in_between_then_it_is_not_cited(tmp_path):
    for name, text in DOCUMENTS.items():
        (tmp_path / name).write_text(text)
    with Library(tmp_path / "library", embedder=TinyEmbedder()) as library:
        library.add(*[tmp_path / name for name in DOCUMENTS])
        stream = Assistant(library).stream(CABLES)
        next(stream)
        library.remove("bridge.md")
        answer = [*stream][-1].answer
    assert "bridge.md" not in {c.name for s in answer.statements for c in s.citations}
    assert len(answer.hits) < 4 and "14 cables" not in answer.text
