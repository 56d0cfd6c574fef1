"""Answers of a model kept in files, each under a digest of everything that shaped it. What is kept is the model's text: it passes the
gate again each time it is used."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from qa.generating.models import Message


class Cache:
    """At most `most` answers in `folder`, the newest; nothing is kept where `most` is 0. A file that cannot be read or written is passed over."""

    def __init__(self, folder: Path, most: int):
        self._folder = folder
        self._most = most

    def get(self, model: str, settings: str, messages: Sequence[Message]) -> str:
        """The text kept for this request, "" when there is none."""
        if not self._most:
            return ""
        try:
            return json.loads(self._path(model, settings, messages).read_text(encoding="utf-8"))["text"]
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def put(self, model: str, settings: str, messages: Sequence[Message], text: str) -> None:
        """Keeps the text, and forgets the oldest beyond `most`."""
        if not self._most or not text:
            return
        path = self._path(model, settings, messages)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{os.getpid()}.new")
            fresh.write_text(json.dumps({"model": model, "text": text}, ensure_ascii=False), encoding="utf-8")
            fresh.replace(path)
            for old in sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns)[: -self._most]:
                old.unlink(missing_ok=True)
        except OSError:
            return

    def _path(self, model: str, settings: str, messages: Sequence[Message]) -> Path:
        key = json.dumps([model, settings, list(messages)], ensure_ascii=True)
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json"
