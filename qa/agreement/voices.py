"""Whose statements two claims are: who is told apart from whom."""

from qa.agreement.claims import Claim
from qa.language.names import same_name


def who(claim: Claim) -> str:
    """Who makes a statement, for a reader: the speaker, else the document."""
    citation = claim.statement.citations[0]
    return claim.statement.speaker if claim.statement.voice == "named" else f"“{citation.title or citation.name}”"


def voice_of(claim: Claim) -> tuple[str, str]:
    """The voice and the speaker of a statement."""
    return claim.statement.voice, claim.statement.speaker


def independent(a: Claim, b: Claim) -> bool:
    """Whether two statements can contradict each other: two documents, or one that gives the words of at least one named speaker. What a
    document says twice in its own voice is taken to be about two things."""
    if a.document != b.document:
        return True
    return a.index != b.index and voice_of(a) != voice_of(b) and "named" in (a.statement.voice, b.statement.voice)


def same_speaker(a: Claim, b: Claim) -> bool:
    """Whether one named speaker, or one outlet in its own voice, makes both statements."""
    if a.statement.voice != b.statement.voice or a.statement.voice == "unnamed":
        return False
    if a.statement.voice == "named":
        return same_name(a.statement.speaker, b.statement.speaker)
    outlets = [claim.statement.citations[0].outlet if claim.statement.citations else "" for claim in (a, b)]
    return bool(outlets[0]) and outlets[0] == outlets[1]
