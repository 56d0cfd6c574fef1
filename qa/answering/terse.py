"""A bare "Stolz on the bridge": somebody's words are asked for, where the documents found have that one speak."""

import re
from collections.abc import Mapping, Sequence

from qa.attribution import attribute
from qa.language.words import STOPWORDS, stem, tokens
from qa.records import Document, Hit

_BARE = re.compile(r"^\W*(?P<who>[\w’'.-]+(?:\s+[\w’'.-]+){0,2})\s+(?P<on>on|about)\s+(?P<what>[^?]{3,80}?)\W*$", re.IGNORECASE)


def in_full(question: str, hits: Sequence[Hit], documents: Mapping[str, Document]) -> str:
    """ "What did Stolz say on the bridge?" for "stolz on the bridge" where somebody of that name speaks in a passage found; else the question:
    "attack on the port" names nobody. `documents` are those of the hits by id."""
    match = _BARE.match(question)
    named = [stem(token.text) for token in tokens(match["who"])] if match else []
    if not match or not named or any(token.text.lower() in STOPWORDS for token in tokens(match["who"])):
        return question
    heard = {attribute(documents[hit.passage.document_id], *span).speaker for hit in hits for span in hit.passage.sentences}
    speakers = [[stem(token.text) for token in tokens(speaker)] for speaker in heard if speaker]
    if not any(words[-1] == named[-1] and set(named) <= set(words) for words in speakers):
        return question
    return f"What did {match['who']} say {match['on'].lower()} {match['what']}?"
