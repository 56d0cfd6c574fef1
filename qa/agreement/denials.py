"""One statement affirms what another denies, says is not so, or says there is none of."""

import re
from collections.abc import Sequence
from itertools import combinations

from qa.agreement.claims import Claim, content_words, plain_stem
from qa.agreement.same import both_answer, likeness, same_time, shared_names, subject_of
from qa.agreement.voices import same_speaker, voice_of, who
from qa.records import Disagreement

_NEGATED = re.compile(r"(?:\b(?P<word>no|not|never|nobody|nothing|without|none)\b|n['’]t)\s*(?P<rest>[^,.;:]*)", re.IGNORECASE)

_DENIES_THIS = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)?|dismiss(?:es|ed)?|disput(?:es|ed))\s+(?:this|that|it|them|these)\b", re.IGNORECASE)
_YES_NO = re.compile(r"^(?:.*[,;:–]\s*)?(?:(?:and|but|so|or)\s+)?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)(?:n['’]t)?\b"
                     r"|\bwhether\b|\btrue\b", re.IGNORECASE)
WHOLE = 0.75
"""Share of the question's words from which a statement says what is asked."""


def denied(claims: Sequence[Claim], question: str) -> list[Disagreement]:
    """Pairs of which one affirms what the other, of another voice, denies. A yes-or-no question ties statements together that have few words
    in common; any other asks for something that a "not" in one of them need not be about."""
    found = []
    asked = bool(_YES_NO.search(question.strip()))
    for a, b in combinations(claims, 2):
        if a.denies == b.denies and a.negated == b.negated or a.document == b.document and voice_of(a) == voice_of(b) or same_speaker(a, b):
            continue
        denying, saying = (a, b) if a.denies or a.negated and not b.denies else (b, a)
        if saying.denies or not (_in_the_same_words(saying, denying) or asked and _of_what_is_asked(saying, denying)):
            continue
        word = "denied" if denying.denies else "said not to be so"
        found.append(Disagreement(about=subject_of(a, b), sides=((saying.index,), (denying.index,)),
                                  how=f"said by {who(saying)}, {word} by {who(denying)}"))
    return found


def _in_the_same_words(saying: Claim, denying: Claim) -> bool:
    """Both are mostly of the same words and names."""
    if not same_time(saying, denying):
        return False
    shared = len(saying.stems & denying.stems)
    least = min(len(saying.stems), len(denying.stems))
    if denying.denies:
        return shared >= 3 and shared >= 0.6 * least and (shared_names(saying.names, denying.names) >= 1 or not saying.names)
    like = likeness(saying, denying, speakers=False)
    own = [name for name in saying.names if name not in saying.statement.speaker]
    return (like >= 0.6 and shared >= 3 or like == 1 and shared == 2) and shared_names(tuple(own), denying.names) == len(own)


def _of_what_is_asked(saying: Claim, denying: Claim) -> bool:
    """Both have half of the question's words; what is denied is said by the other and asked for. Where only "this" is denied, the other must
    say nearly all that is asked."""
    if saying.negated or not both_answer(saying, denying):
        return False
    common = saying.asked & denying.asked
    if denying.denies:
        return len(common) >= 2 and (saying.answers >= WHOLE or not _DENIES_THIS.search(denying.text))
    said_not_to_be = _denied_words(denying) & denying.asked
    return bool(said_not_to_be) and said_not_to_be <= common


def _denied_words(claim: Claim) -> frozenset[str]:
    """The stem of the telling word directly after "not" or "never", of the two after "no" ("no toxic waste")."""
    found = _NEGATED.finditer(claim.text)
    near = ((2 if (match["word"] or "").lower() in ("no", "without") else 1, content_words(match["rest"])) for match in found)
    return frozenset(plain_stem(word) for many, words in near for word in words[:many])
