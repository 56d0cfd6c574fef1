"""The whole way, with the default embedding and real documents: files in, cited answers out."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import qa
from qa.assistant import Assistant
from qa.library import Library
from qa.records import Filters, Turn
from qa.render import to_json

WOUNDED = "How many US soldiers were wounded in the attacks on American bases?"
FRANCE = "What is the capital of France?"


def opened(folder: Path, tmp_path_factory) -> Assistant:
    library = Library(tmp_path_factory.mktemp("library"))
    report = library.add(folder)
    assert not report.refused and len(report.added) == 5
    return Assistant(library)


@pytest.fixture(scope="module")
def digests(seeds, tmp_path_factory):
    """An assistant over the sample documents."""
    assistant = opened(seeds, tmp_path_factory)
    yield assistant
    assistant.library.close()


@pytest.fixture(scope="module")
def originals(articles, tmp_path_factory):
    """An assistant over the original articles."""
    assistant = opened(articles, tmp_path_factory)
    yield assistant
    assistant.library.close()


def assert_cited(answer, library):
    """Every citation, printed or related, is what the file itself has at that place."""
    citations = [citation for statement in answer.statements for citation in statement.citations]
    for citation in [*citations, *answer.related]:
        assert citation.quote == library.document(citation.document).text[citation.start : citation.end] and citation.verified
        with open(citation.source, encoding="utf-8", newline="") as file:
            assert file.read()[citation.start : citation.end] == citation.quote
    for statement in answer.statements:
        assert statement.citations and statement.verdict.supported
        assert " ".join(statement.citations[0].quote.split()) in statement.text
        assert f"{statement.text} [{statement.citations[0].marker}]" in answer.text


@pytest.mark.parametrize("question, name, words", [
    ("How many American soldiers were wounded in the strikes?", "2023-11-14-strikes-on-us-bases.md", "24 American soldiers were wounded"),
    ("How many American soldiers are stationed in Iraq?", "undated-drones-over-haifa.md", "2,500 American soldiers"),
    ("Who is Tobias Borck?", "2023-11-14-strikes-on-us-bases.md", "Royal United Services Institute"),
    ("Which bombers were sent to the region?", "undated-drones-over-haifa.md", "B-52 bombers"),
    ("How many people did Hamas attacks in southern Israel kill?", "2023-11-14-strikes-on-us-bases.md", "killed 1,400 people"),
    ("Whom did the military court in Beirut convict?", "2024-hezbollah-iraq-and-iran.md", "Yuri Rinatovich Chaykin"),
])
def test_samples_when_asked_for_a_fact_then_it_is_cited_exactly_where_it_stands(digests, question, name, words):
    answer = digests.ask(question)
    assert answer.status == "answered"
    assert any(words in c.quote and c.name == name for s in answer.statements for c in s.citations)
    assert_cited(answer, digests.library)


@pytest.mark.parametrize("question", [FRANCE, "Who won the football World Cup?", "How do bees make honey?"])
def test_samples_when_they_do_not_say_then_no_evidence_and_every_document_is_named(digests, seeds, question):
    answer = digests.ask(question)
    assert (answer.status, answer.statements) == ("no_evidence", ())
    names = sorted(path.name for path in seeds.glob("*.md"))
    assert sorted(silent.name for silent in answer.silent) == names and len(names) == 5
    assert all(name in answer.text for name in names)
    assert_cited(answer, digests.library)


def test_samples_when_a_speaker_is_named_then_the_statement_is_theirs(digests):
    answer = digests.ask("What does Charles Lister say about Iran's armed groups?")
    assert "Charles Lister" in {statement.speaker for statement in answer.statements}


def test_samples_when_asked_on_then_the_history_says_who_is_meant(digests):
    history = [Turn(role="user", text="Who is Tobias Borck?"), Turn(role="assistant", text=digests.ask("Who is Tobias Borck?").text)]
    answer = digests.ask("Which institute is he from?", history)
    assert "Tobias Borck" in answer.searched_for
    assert any("Royal United Services Institute" in c.quote for s in answer.statements for c in s.citations)


def test_samples_when_filtered_by_date_then_only_those_documents_are_searched(digests):
    question = "How many American soldiers were wounded in the strikes?"
    early = digests.ask(question, filters=Filters(until=date(2023, 12, 31)))
    assert early.status == "answered" and early.silent == ()
    late = digests.ask(question, filters=Filters(since=date(2024, 1, 1)))
    assert "2023-11-14-strikes-on-us-bases.md" not in {c.name for s in late.statements for c in s.citations} | {s.name for s in late.silent}
    one = digests.ask(question, filters=Filters(documents=("undated-drones-over-haifa.md",)))
    assert {c.name for s in one.statements for c in s.citations} | {s.name for s in one.silent} == {"undated-drones-over-haifa.md"}


def test_samples_when_asked_in_another_process_then_the_json_is_the_same_bytes(digests, seeds):
    question = "How many American soldiers were wounded in the strikes?"
    here = to_json(digests.ask(question))
    assert to_json(digests.ask(question)) == here
    command = [sys.executable, "-m", "qa", "ask", "--json", "--docs", str(seeds), question]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    ran = subprocess.run(command, capture_output=True, cwd=Path(qa.__file__).parents[1], env=environment, check=True)
    assert ran.stdout.decode("utf-8") == here + "\n"
    assert "seconds" not in json.loads(ran.stdout)


def test_library_when_it_has_no_documents_then_the_answer_says_so(tmp_path):
    with Library(tmp_path / "library") as library:
        answer = Assistant(library).ask(WOUNDED)
    assert (answer.status, answer.statements, answer.silent) == ("no_documents", (), ())


def test_articles_when_asked_for_the_wounded_then_24_with_a_citation_into_that_days_article(originals):
    answer = originals.ask(WOUNDED)
    assert answer.status == "answered"
    with_figure = [s for s in answer.statements if 24 in {figure.value for figure in s.figures}]
    assert with_figure and all(s.citations[0].published == date(2023, 11, 14) for s in with_figure)
    for statement in with_figure:
        text = originals.library.document(statement.citations[0].document).text
        assert [text[f.start : f.end] for f in statement.figures if f.value == 24] == ["24"]
    assert_cited(answer, originals.library)


def test_articles_when_they_do_not_say_then_no_evidence_and_all_five_are_named(originals, articles):
    answer = originals.ask(FRANCE)
    assert answer.status == "no_evidence"
    assert sorted(silent.name for silent in answer.silent) == sorted(path.name for path in articles.glob("*.txt"))
    assert_cited(answer, originals.library)


def test_articles_when_many_things_are_asked_then_every_citation_is_exact(originals):
    for question in ("Who threatened a crushing response?", "Which bases were attacked?", "What happened in Beirut?",
                     "How many people were killed?", "When did the drones strike Haifa?", "What did Iran's president say about messages?"):
        assert_cited(originals.ask(question), originals.library)
