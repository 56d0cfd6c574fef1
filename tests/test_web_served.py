"""The page over HTTP: what can be called, what is sent, what the password keeps back."""

import json
import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest
from web_helpers import HURT, free_port, make_library, status

from qa.assistant import Assistant
from qa.errors import SettingsError
from qa.render import to_json



@pytest.fixture(scope="module")
def served(tmp_path_factory):
    from qa.web import start

    folder = tmp_path_factory.mktemp("served")
    with make_library(folder) as library:
        assistant = Assistant(library)
        app = start(assistant, port=free_port())
        yield app, assistant
        app.close()


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    from qa.web import start

    with make_library(tmp_path_factory.mktemp("locked")) as library:
        app = start(Assistant(library), port=free_port(), password="sésame 1")
        yield app
        app.close()


def test_app_when_built_then_ask_is_the_only_public_endpoint_and_every_action_has_a_limit(served):
    app, _ = served
    public = [f.api_name for f in app.fns.values() if f.api_visibility != "private"]
    assert public == ["ask"]
    assert app.analytics_enabled is False
    assert all(f.concurrency_limit not in (None, 0) for f in app.fns.values())


def test_ask_when_called_over_the_network_then_the_json_of_the_python_api_comes_back(served):
    from gradio_client import Client

    app, assistant = served
    client = Client(app.local_url, verbose=False, analytics_enabled=False)
    question = HURT
    assert client.predict(question=question, api_name="/ask") == json.loads(to_json(assistant.ask(question)))
    narrowed = client.predict(question=question, documents=["letter.md"], api_name="/ask")
    assert narrowed["status"] == "no_evidence" and [silent["name"] for silent in narrowed["silent"]] == ["letter.md"]


def test_files_when_asked_for_by_path_then_none_outside_the_page_is_served(served):
    app, assistant = served
    inside = (str(assistant.library.folder / "manifest.sqlite3"), str(assistant.library.documents()[0].source))
    for path in ("/etc/passwd", "../../etc/passwd", *inside):
        assert status(f"{app.local_url}gradio_api/file={path}") in (403, 404)


def test_upload_when_a_path_of_the_machine_is_claimed_then_it_is_not_read(served):
    app, assistant = served
    before = len(assistant.library.documents())
    upload = next(f for f in app.fns.values() if f.name == "add")
    secret = assistant.library.folder.parent / "secret.txt"
    secret.write_text("The vault code of Osk is 4711.", encoding="utf-8")
    claimed = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
    joined = {"data": [[claimed]], "fn_index": upload._id, "session_hash": "claims"}
    assert status(f"{app.local_url}gradio_api/queue/join", joined) == 200
    with urllib.request.urlopen(f"{app.local_url}gradio_api/queue/data?session_hash=claims", timeout=20) as stream:
        messages = stream.read().decode()
    assert '"success":false' in messages.replace(" ", "")
    assert len(assistant.library.documents()) == before


def test_page_when_fetched_then_it_holds_no_document_and_loads_nothing_from_elsewhere(served):
    app, _ = served
    shown = urllib.request.urlopen(app.local_url, timeout=20).read().decode()
    assert "Osk" not in shown
    for tag in ("<script", "<link", "<img"):
        for piece in shown.split(tag)[1:]:
            head = piece.split(">")[0]
            assert "http" not in head.replace('crossorigin', ''), head


def test_start_when_the_port_is_taken_then_the_error_names_another(served):
    from qa.web import start

    app, assistant = served
    with pytest.raises(SettingsError) as raised:
        start(assistant, port=app.server_port)
    assert str(app.server_port) in raised.value.message and "--port" in raised.value.hint


def test_responses_when_sent_then_the_browser_is_told_to_load_nothing_from_elsewhere(served):
    app, _ = served
    headers = urllib.request.urlopen(app.local_url, timeout=20).headers
    assert "connect-src 'self'" in headers["content-security-policy"] and "http" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer" and headers["x-content-type-options"] == "nosniff"


def test_password_when_it_is_not_given_then_nothing_is_shown_answered_or_taken(locked):
    join = {"data": ["x", [], [], [], "", ""], "fn_index": 0, "session_hash": "s"}
    for path, body in (("config", None), ("gradio_api/info", None), ("gradio_api/queue/join", join), ("gradio_api/run/ask", {"data": ["x"]}),
                       ("gradio_api/component_server", {"data": {}, "component_id": 1, "fn_name": "save", "session_hash": "s"}),
                       ("gradio_api/queue/data?session_hash=s", None), ("gradio_api/upload", {})):
        assert status(f"{locked.local_url}{path}", body) == 401, path
    shown = urllib.request.urlopen(locked.local_url, timeout=20).read().decode()
    assert '"auth_required":true' in shown and "qa-conversation" not in shown


def test_password_when_it_is_given_then_the_page_answers_and_a_wrong_one_is_refused(locked):
    from gradio_client import Client

    client = Client(locked.local_url, auth=("anybody", "sésame 1"), verbose=False, analytics_enabled=False)
    assert client.predict(question="What does the island shop sell?", api_name="/ask")["status"] == "answered"
    for wrong in ("sésame 2", "", "SÉSAME 1"):
        request = urllib.request.Request(f"{locked.local_url}login", data=urlencode({"username": "x", "password": wrong}).encode())
        with pytest.raises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(request, timeout=20)
        assert raised.value.code in (400, 401, 422)
