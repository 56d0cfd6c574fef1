"""A language model for tests: an HTTP server on loopback that speaks the OpenAI protocol and follows a script."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PIECE = 12
"""Characters in one event of a streamed answer, where the script does not cut it itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the server answers to one request.

    `text` is the answer, or an iterable of its pieces, which may be endless. `status` other than 200 makes it an error whose message is
    `text` and whose code is `code`; `retry_after` is put into its header. `silence` is how many seconds the server waits before its first byte, `pause` before
    each piece. `cut` closes the connection after so many pieces; `finish` is the reason given at the end ("" for none). `body` is sent in
    place of everything else, as it is. `extra` is merged into each piece's delta (tool calls, say). `usage` is reported at the end.
    """

    text: str | Iterable[str] = ""
    status: int = 200
    code: str = ""
    retry_after: float | None = None
    silence: float = 0.0
    pause: float = 0.0
    cut: int | None = None
    finish: str = "stop"
    body: bytes | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    usage: tuple[int, int] | None = (100, 20)

    def pieces(self) -> Iterator[str]:
        """The answer in pieces as they are sent."""
        if not isinstance(self.text, str):
            yield from self.text
            return
        yield from (self.text[start : start + PIECE] for start in range(0, len(self.text), PIECE))


Script = Reply | Iterable[Reply] | Callable[[dict[str, Any]], Reply]


class ModelServer:
    """A server that answers each request as its script says: one reply for all, one after another (the last one again and again), or a
    function from the request's JSON to a reply. Use it in a `with` statement. `requests` are the requests so far; `spec` is what to give
    to `--llm`; `hung_up` is set when a client has gone away before its answer was whole."""

    def __init__(self, script: Script, *, model: str = "scripted"):
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.hung_up = threading.Event()
        self.stopping = threading.Event()
        self._script = script if callable(script) else _in_turn([script] if isinstance(script, Reply) else list(script))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"owner": self}))
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_port}/v1"
        self.spec = f"openai-like:{self.base}#{model}"

    def __enter__(self) -> "ModelServer":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def reply(self, request: dict[str, Any], headers: dict[str, str]) -> Reply:
        """Notes the request and gives the reply to it."""
        self.requests.append(request)
        self.headers.append(headers)
        return self._script(request)


def _in_turn(replies: list[Reply]) -> Callable[[dict[str, Any]], Reply]:
    left = iter(replies)
    return lambda request: next(left, replies[-1])


class _Handler(BaseHTTPRequestHandler):
    """Answers each request as its server's script says; `owner` is set in a subclass, one for each server."""

    owner: ModelServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:  # noqa: N802 - the name the standard library calls
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        reply = self.owner.reply(request, dict(self.headers))
        self.close_connection = True
        try:
            if self._listened(reply.silence):
                self._answer(request, reply)
        except OSError:
            self.owner.hung_up.set()

    def _listened(self, silence: float) -> bool:
        """Says nothing for so many seconds; whether the client, and the server itself, are still there then."""
        until = time.monotonic() + silence
        while (left := until - time.monotonic()) > 0:
            if self.owner.stopping.wait(min(0.05, left)) or self._gone():
                return False
        return True

    def _gone(self) -> bool:
        """Whether the client has closed its side while nothing was sent."""
        self.connection.setblocking(False)
        try:
            closed = self.connection.recv(1) == b""
        except BlockingIOError:
            closed = False
        self.connection.setblocking(True)
        if closed:
            self.owner.hung_up.set()
        return closed

    def _answer(self, request: dict[str, Any], reply: Reply) -> None:
        if reply.body is not None:
            self._send(200, reply.body, "text/event-stream" if request.get("stream") else "application/json")
        elif reply.status != 200:
            error = {"error": {"message": reply.text, "type": "error", "code": reply.code or None}}
            self._send(reply.status, json.dumps(error).encode(), "application/json", retry_after=reply.retry_after)
        elif request.get("stream"):
            self._stream(request, reply)
        else:
            self._send(200, json.dumps(_whole(request, reply)).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str, *, retry_after: float | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        if retry_after is not None:
            self.send_header("Retry-After", f"{retry_after:g}")
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, request: dict[str, Any], reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        for number, text in enumerate(reply.pieces()):
            if number == reply.cut or self.owner.stopping.wait(reply.pause):
                return  # without the end of the body: the client sees a broken connection
            self._event(_chunk(request, {"role": "assistant", "content": text, **reply.extra}))
        if reply.finish:
            self._event(_chunk(request, {}, finish=reply.finish))
        if reply.usage:
            self._event(_chunk(request, None, usage=reply.usage))
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, event: dict[str, Any]) -> None:
        self._chunk(f"data: {json.dumps(event)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def log_message(self, *_) -> None:
        """Nothing is printed."""


def _chunk(request: dict[str, Any], delta: dict[str, Any] | None, *, finish: str | None = None, usage: tuple[int, int] | None = None) -> dict:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    return {"id": "chatcmpl-0", "object": "chat.completion.chunk", "created": 0, "model": request.get("model", ""), "choices": choices,
            **({"usage": _usage(usage)} if usage else {})}


def _whole(request: dict[str, Any], reply: Reply) -> dict[str, Any]:
    message = {"role": "assistant", "content": "".join(reply.pieces()), **reply.extra}
    return {"id": "chatcmpl-0", "object": "chat.completion", "created": 0, "model": request.get("model", ""),
            "choices": [{"index": 0, "message": message, "finish_reason": reply.finish or None}], "usage": _usage(reply.usage or (0, 0))}


def _usage(usage: tuple[int, int]) -> dict[str, int]:
    return {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
