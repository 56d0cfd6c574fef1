"""Keeps documents and finds passages: a manifest with a keyword index (SQLite), vectors in Chroma, their fusion."""

from qa.library.library import Library

__all__ = ["Library"]
