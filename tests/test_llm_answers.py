"""Answers of a model over HTTP: well behaved, and wrong in every way the tests could think of. Nothing unsupported is ever printed."""

import re
import threading
import time

import pytest

from llm_helpers import CABLES, COST, INQUIRED, STOLZ, asking, library_of, numbers
from qa import Finished, Searched, SettingsError, StatementReady, StatementWithheld, Turn, Waiting, open_assistant
from qa.citations import verify
from qa.render import to_html, to_json, to_markdown, to_text
from qa.testing import Reply


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("llm")) as library:
        yield library


@pytest.fixture(scope="module")
def said(library):
    """The lines of a faithful model, with the numbers the passages have in the request."""
    found = numbers(library, CABLES)
    return {name: line.format(**found) for name, line in (("stolz", STOLZ), ("inquired", INQUIRED), ("cost", COST))}


@pytest.fixture(scope="module")
def quoted(library):
    """The answer without a model."""
    return open_assistant(library, llm="none").ask(CABLES)


def checked(answer, library):
    """Every printed statement is supported and cites what is there."""
    for statement in answer.statements:
        assert statement.verdict.supported and statement.citations
        assert all(verify(citation, library.document(citation.document)) for citation in statement.citations)
        assert statement.text in answer.text
    assert not {withheld.statement.text for withheld in answer.withheld} & set(answer.text.split("\n"))
    return answer


def texts(answer):
    return [statement.text for statement in answer.statements]


def test_ask_when_the_model_is_faithful_then_its_statements_are_the_answer(library, said):
    with asking(library, Reply(text=f"{said['stolz']}\n{said['inquired']}\n")) as (assistant, server):
        answer = checked(assistant.ask(CABLES), library)
    assert texts(answer) == ["Mira Stolz said 14 cables were torn on the Halden bridge.", "The inquiry found that 19 cables were torn."]
    assert [c.marker for s in answer.statements for c in s.citations] == [1, 2]
    assert (answer.status, answer.model, answer.withheld, answer.notes) == ("answered", server.spec, (), ())
    assert [s.speaker for s in answer.statements][0] == "Mira Stolz"
    assert answer.disagreements and answer.text.startswith("Sources differ")
    assert len(server.requests) == 1 and (answer.usage.prompt_tokens, answer.usage.answer_tokens, answer.usage.calls) == (100, 20, 1)
    assert [label.split("@")[0] for label in answer.prompts] == ["answer", "disagreement"]


def test_ask_when_asked_then_the_request_has_no_tools_and_the_passages_are_fenced(library):
    with asking(library, Reply(text="NOT IN THE DOCUMENTS")) as (assistant, server):
        assistant.ask(CABLES)
    (request,) = server.requests
    assert not request.get("tools") and not request.get("functions") and request["temperature"] == 0
    user = request["messages"][-1]["content"]
    assert "14 cables were torn" in user and "14 (Mira Stolz) against 19" in user
    assert request["messages"][0]["role"] == "system" and "never an instruction" in request["messages"][0]["content"]


def test_stream_when_statements_come_then_each_is_released_before_the_next_is_written(library, said):
    gate = threading.Event()

    def pieces():
        yield said["stolz"] + "\n"
        gate.wait(8)
        yield said["inquired"] + "\n"

    with asking(library, Reply(text=pieces())) as (assistant, _):
        released = []
        for event in assistant.stream(CABLES):
            if isinstance(event, StatementReady):
                released.append(event.statement.text)
                gate.set()
            if isinstance(event, Finished):
                assert tuple(released) == tuple(texts(event.answer))
    assert [text[:10] for text in released] == ["Mira Stolz", "The inquir"]


def test_stream_when_a_statement_fails_then_it_is_an_event_and_asked_for_again_once_with_the_reason(library, said):
    wrong = said["inquired"].replace("19 cables were torn. ", "91 cables were torn. ")
    with asking(library, [Reply(text=f"{said['stolz']}\n{wrong}\n"), Reply(text=said["inquired"] + "\n")]) as (assistant, server):
        events = list(assistant.stream(CABLES))
    answer = checked(events[-1].answer, library)
    assert [type(e) for e in events if not isinstance(e, (Waiting, Searched))] == [StatementReady, StatementWithheld, StatementReady, Finished]
    assert texts(answer)[1] == "The inquiry found that 19 cables were torn." and len(answer.withheld) == 1
    assert len(server.requests) == 2 and "91 cables" in server.requests[1]["messages"][-1]["content"]
    assert any(label.startswith("repair@") for label in answer.prompts)


def test_ask_when_the_repair_fails_too_then_it_stays_out_and_is_not_asked_for_a_third_time(library, said):
    wrong = said["inquired"].replace("19 cables were torn. ", "91 cables were torn. ")
    with asking(library, Reply(text=f"{said['stolz']}\n{wrong}\n")) as (assistant, server):
        answer = checked(assistant.ask(CABLES), library)
    assert len(server.requests) == 2 and "91" not in answer.text and len(answer.withheld) == 1


def test_ask_when_the_model_tells_one_side_only_then_the_other_is_added_in_the_documents_words(library, said):
    with asking(library, Reply(text=said["stolz"] + "\n")) as (assistant, _):
        answer = checked(assistant.ask(CABLES), library)
    assert texts(answer)[0].startswith("Mira Stolz said 14") and any("19 cables" in text for text in texts(answer)[1:])
    assert answer.disagreements and len({c.marker for s in answer.statements for c in s.citations}) == len(answer.statements)


def test_ask_when_the_model_finds_nothing_then_there_is_no_evidence(library):
    with asking(library, Reply(text="NOT IN THE DOCUMENTS\n")) as (assistant, server):
        answer = assistant.ask(CABLES)
    assert (answer.status, answer.statements, answer.model) == ("no_evidence", (), server.spec) and answer.related


MISBEHAVIOURS = {
    "invented marker": '14 cables were torn. [77] "said 14 cables were torn on the Halden bridge"',
    "wrong figure": 'Mira Stolz said 41 cables were torn. [{bridge}] "said 14 cables were torn on the Halden bridge"',
    "swapped speaker": 'Tomas Weil said 14 cables were torn. [{bridge}] "said 14 cables were torn on the Halden bridge"',
    "fabricated quote": 'The bridge was sold. [{bridge}] "the Halden bridge was sold to a bank"',
    "stitched quote": 'Repairs of 14 cables cost 3 million crowns. [{bridge}] "14 cables were torn will cost 3 million crowns"',
    "no quote": "The Halden bridge closed on Friday. [{bridge}]",
    "no marker": "The Halden bridge closed on Friday.",
    "wrong language": 'Die Brücke wurde am Freitag wegen starker Stürme gesperrt. [{bridge}] "The Halden bridge closed on Friday"',
    "link": 'The bridge closed on Friday ([more](http://collect.example/?q=1)). [{bridge}] "The Halden bridge closed on Friday"',
    "megabyte": "word " * 200_000,
    "chatter": "Sure! Here is what I found for you:\n\nI hope this helps.",
    "json": '{{"answer": "14 cables", "sources": [1]}}',
}


@pytest.mark.parametrize("text", MISBEHAVIOURS.values(), ids=MISBEHAVIOURS)
def test_ask_when_the_model_misbehaves_then_it_is_withheld_and_the_documents_own_words_are_given(library, quoted, text):
    reply = Reply(text=text.format(**numbers(library, CABLES)) + "\n")
    with asking(library, reply) as (assistant, _):
        answer = checked(assistant.ask(CABLES), library)
    assert texts(answer) == texts(quoted) and answer.model == "extractive"
    assert answer.withheld and all(withheld.reason for withheld in answer.withheld)
    assert len(answer.notes) == 1 and "own words" in answer.notes[0]


def endless():
    while True:
        yield "and so on and on. "


FAILURES = {
    "down": (Reply(status=503, text="down"), "503"),
    "server error": (Reply(status=500, text="boom"), "500"),
    "over quota": (Reply(status=429, text="You exceeded your current quota", code="insufficient_quota"), "quota"),
    "refused": (Reply(status=401, text="bad key"), "401"),
    "garbage": (Reply(body=b"<html>nothing here</html>"), "wrote nothing"),
    "garbage events": (Reply(body=b"data: {broken\n\n"), "could not be read"),
    "another shape": (Reply(body=b'data: {"choices": 5}\n\n'), "could not be read"),
    "empty": (Reply(text=""), "wrote nothing"),
    "cut at once": (Reply(text="The bridge closed on a day that", cut=2), "broke off"),
    "ended early": (Reply(text="The bridge closed on a day that", finish=""), "broke off"),
    "silent": (Reply(silence=600), "in time"),
    "endless": (Reply(text=endless()), "did not come to an end"),
    "slow": (Reply(text=endless(), pause=0.05), "in time"),
    "tool call": (Reply(text="", extra={"tool_calls": [{"index": 0, "id": "1", "type": "function",
                                                        "function": {"name": "open", "arguments": "{}"}}]}), "wrote nothing"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_ask_when_the_model_fails_then_the_documents_own_words_are_given_with_a_plain_note(library, quoted, name):
    reply, reason = FAILURES[name]
    began, seconds = time.monotonic(), 1.5 if reason == "in time" else 60.0
    with asking(library, reply, llm_seconds=seconds, llm_retries=0) as (assistant, _):
        answer = checked(assistant.ask(CABLES), library)
    assert time.monotonic() - began < 30
    assert (texts(answer), answer.status, answer.model) == (texts(quoted), "answered", "extractive")
    assert len(answer.notes) == 1 and reason in answer.notes[0]


def test_ask_when_nobody_listens_at_the_address_then_the_note_says_so(library, quoted):
    answer = open_assistant(library, llm="openai-like:http://127.0.0.1:9/v1#none", settings=library.settings).ask(CABLES)
    assert texts(answer) == texts(quoted) and "cannot be reached" in answer.notes[0]


@pytest.mark.parametrize("first", [Reply(status=429, text="slow down", retry_after=0.1), Reply(status=500, text="boom")])
def test_ask_when_the_failure_passes_then_the_call_is_made_again(library, said, first):
    with asking(library, [first, Reply(text=f"{said['stolz']}\n{said['inquired']}\n")]) as (assistant, server):
        answer = assistant.ask(CABLES)
    assert len(server.requests) == 2 and answer.model == server.spec and not answer.notes


@pytest.mark.parametrize("reply", [FAILURES["refused"][0], FAILURES["over quota"][0]])
def test_ask_when_the_failure_stays_then_the_call_is_not_made_again(library, reply):
    with asking(library, reply, llm_retries=3) as (assistant, server):
        assistant.ask(CABLES)
    assert len(server.requests) == 1


def test_ask_when_the_model_breaks_off_then_what_was_released_stays_and_the_rest_is_quoted(library, said):
    whole = f"{said['stolz']}\n{said['inquired']}\n"
    with asking(library, Reply(text=[said["stolz"] + "\n", said["inquired"][:30], "never sent"], cut=2)) as (assistant, _):
        answer = checked(assistant.ask(CABLES), library)
    assert whole and texts(answer)[0].startswith("Mira Stolz said 14") and any("19 cables" in text for text in texts(answer)[1:])
    assert "broke off" in answer.notes[0]


def test_stream_when_it_is_left_then_the_request_is_ended_at_once_also_while_the_model_is_silent(library, said):
    for reply in (Reply(silence=600), Reply(text=endless(), pause=0.02)):
        with asking(library, reply, llm_seconds=60) as (assistant, server):
            stream = assistant.stream(CABLES)
            while not isinstance(next(stream), Waiting):
                pass
            stream.close()
            assert server.hung_up.wait(30)


def test_ask_when_the_context_is_too_small_then_the_error_says_by_how_much(library):
    with asking(library, Reply(text="x"), llm_context=900) as (assistant, server):
        with pytest.raises(SettingsError, match=r"\d+ tokens too small"):
            assistant.ask(CABLES)
    assert server.requests == []


def test_ask_when_prices_are_set_then_the_cost_is_told(library, said):
    with asking(library, Reply(text=f"{said['stolz']}\n{said['inquired']}\n", usage=(2_000_000, 1_000_000)), llm_prices="0.5 2") as (assistant, _):
        assert assistant.ask(CABLES).usage.cost == 3.0


def test_ask_when_the_server_reports_no_usage_then_it_is_estimated(library, said):
    with asking(library, Reply(text=f"{said['stolz']}\n{said['inquired']}\n", usage=None)) as (assistant, _):
        usage = assistant.ask(CABLES).usage
    assert usage.prompt_tokens > 300 and usage.answer_tokens > 20 and usage.cost is None


def test_ask_when_answers_are_kept_then_the_same_question_is_not_asked_again_and_another_is(library, said):
    reply = Reply(text=f"{said['stolz']}\n{said['inquired']}\n")
    with asking(library, reply, llm_cache=5) as (assistant, server):
        first, second = assistant.ask(CABLES), assistant.ask(CABLES)
        assert len(server.requests) == 1 and texts(first) == texts(second) and second.usage.calls == 0
        assistant.ask("How many cables were torn?")
        assert len(server.requests) == 2
    with asking(library, reply) as (assistant, server):
        assistant.ask(CABLES), assistant.ask(CABLES)
        assert len(server.requests) == 2  # nothing is kept unless it is asked for


def test_ask_when_it_follows_up_then_the_models_question_is_searched_for_and_shown(library, said):
    history = [Turn(role="user", text="Who is Mira Stolz?"), Turn(role="assistant", text="An engineer. [1]")]

    def script(request):
        last = request["messages"][-1]["content"]
        return Reply(text="How many cables did Mira Stolz say were torn on it?" if "The last question" in last else "NOT IN THE DOCUMENTS")

    with asking(library, script) as (assistant, server):
        answer = assistant.ask("How many cables did she say were torn on it?", history)
    assert answer.searched_for == "How many cables did Mira Stolz say were torn on it?" and answer.searched_for in to_text(answer)
    assert answer.prompts[0].startswith("follow-up@") and answer.usage.calls == 2
    assert any("An engineer." == message["content"] for message in server.requests[1]["messages"])


@pytest.mark.parametrize("rewritten", [
    "Sure! Here is the question:\nWho?\nOr this?", "What did Jonas Wirth say?", "", "word " * 200, Reply(status=500, text="boom")])
def test_ask_when_the_models_question_cannot_be_used_then_the_rules_complete_it(library, rewritten):
    history = [Turn(role="user", text="What did Mira Stolz count?"), Turn(role="assistant", text="14 cables.")]
    bad = rewritten if isinstance(rewritten, Reply) else Reply(text=rewritten)
    plain = open_assistant(library, llm="none").ask("And what did she say?", history).searched_for

    def script(request):
        return bad if "The last question" in request["messages"][-1]["content"] else Reply(text="NOT IN THE DOCUMENTS")

    with asking(library, script, llm_retries=0) as (assistant, _):
        answer = assistant.ask("And what did she say?", history)
    assert answer.searched_for == plain and answer.notes


def test_render_when_statements_were_withheld_then_they_are_shown_as_such_and_nothing_is_live(library, said):
    bad = 'See <img src=x onerror=a()> and [this](http://collect.example/?q=1). [1] "The Halden bridge closed on Friday"'
    with asking(library, Reply(text=f"{said['stolz']}\n{said['inquired']}\n{bad}\n")) as (assistant, _):
        answer = assistant.ask(CABLES)
    assert "Withheld" in to_text(answer) and answer.withheld[0].reason in to_text(answer)
    assert "<img" not in to_html(answer) and "href='http" not in to_html(answer)
    assert not re.search(r"(?<!\\)\]\(http|(?<!\\)<img", to_markdown(answer))
    assert to_json(answer) and "Withheld" in to_markdown(answer)
