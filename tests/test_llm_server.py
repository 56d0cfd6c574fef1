"""The scripted model server that is shipped for users' own tests."""

import json

import httpx
import pytest

from qa.testing import ModelServer, Reply


def post(server, *, stream: bool, timeout: float = 5.0) -> httpx.Response:
    asked = {"model": "m", "stream": stream, "messages": [{"role": "user", "content": "Well?"}]}
    return httpx.post(f"{server.base}/chat/completions", json=asked, timeout=timeout, trust_env=False)


def test_server_when_asked_for_json_then_the_whole_answer_comes_at_once():
    with ModelServer(Reply(text="It closed on Friday.", usage=(7, 3))) as server:
        answer = post(server, stream=False).json()
    assert answer["choices"][0]["message"]["content"] == "It closed on Friday."
    assert answer["usage"] == {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    assert server.requests[0]["messages"][0]["content"] == "Well?"


def test_server_when_asked_to_stream_then_the_answer_comes_in_events_and_ends():
    with ModelServer(Reply(text="It closed on Friday, they say.")) as server:
        lines = [line[6:] for line in post(server, stream=True).text.splitlines() if line]
    assert lines[-1] == "[DONE]"
    chunks = [json.loads(line) for line in lines[:-1]]
    assert "".join(c["choices"][0]["delta"].get("content", "") for c in chunks if c["choices"]) == "It closed on Friday, they say."
    assert [c["choices"][0]["finish_reason"] for c in chunks if c["choices"]][-1] == "stop" and chunks[-1]["usage"]


def test_server_when_the_script_is_a_list_then_replies_come_in_turn_and_the_last_one_again():
    with ModelServer([Reply(status=429, text="busy", retry_after=2), Reply(text="a"), Reply(text="b")]) as server:
        first = post(server, stream=False)
        later = [post(server, stream=False).json()["choices"][0]["message"]["content"] for _ in range(3)]
    assert (first.status_code, first.headers["retry-after"], first.json()["error"]["message"]) == (429, "2", "busy")
    assert later == ["a", "b", "b"]


def test_server_when_the_script_is_a_function_then_it_sees_the_request():
    with ModelServer(lambda request: Reply(text=request["messages"][-1]["content"].upper())) as server:
        assert post(server, stream=False).json()["choices"][0]["message"]["content"] == "WELL?"


def test_server_when_the_reply_is_cut_then_the_connection_breaks():
    with ModelServer(Reply(text="It closed on Friday, they say.", cut=1)) as server, pytest.raises(httpx.RemoteProtocolError):
        post(server, stream=True)


def test_server_when_it_is_silent_and_the_client_leaves_then_it_notices():
    with ModelServer(Reply(silence=600)) as server:
        with pytest.raises(httpx.ReadTimeout):
            post(server, stream=True, timeout=0.2)
        assert server.hung_up.wait(5)


def test_server_when_bytes_are_given_then_they_are_sent_as_they_are():
    with ModelServer(Reply(body=b"\xff\x00 nothing")) as server:
        assert post(server, stream=True).content == b"\xff\x00 nothing"
