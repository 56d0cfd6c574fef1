"""What each command of the CLI does; imported only once a command runs, so that `qa --help` is quick."""

from qa.commands.asking import ask, chat, search, timeline
from qa.commands.managing import add, correct, documents, export, remove, sync
from qa.commands.serving import verify, web

__all__ = ["add", "ask", "chat", "correct", "documents", "export", "remove", "search", "sync", "timeline", "verify", "web"]
