"""Counts what leaves the program during an eval, so that "network 0" is measured and not promised."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_NEAR = ("127.", "::1", "localhost", "0.0.0.0")


@dataclass(slots=True)
class Traffic:
    """How often something outside this machine was called, and how many answers a language model made. Both only grow."""

    network: int = 0
    llm_calls: int = 0

    def __str__(self) -> str:
        return f"LLM calls {self.llm_calls}, network {self.network}"


@contextmanager
def watched() -> Iterator[Traffic]:
    """Counts connections and messages to other machines, by any thread of this program, until the block ends."""
    traffic = Traffic()
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}

    def counting(name: str):
        def call(self: socket.socket, *arguments: Any):
            address = arguments[-1]
            if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(_NEAR):
                traffic.network += 1
            return real[name](self, *arguments)
        return call

    own = {name: name in socket.socket.__dict__ for name in real}
    try:
        for name in real:
            setattr(socket.socket, name, counting(name))
        yield traffic
    finally:
        for name, method in real.items():
            if own[name]:
                setattr(socket.socket, name, method)
            else:
                delattr(socket.socket, name)  # as it was: inherited
