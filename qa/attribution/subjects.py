"""Where a phrase for a speaker ends before a verb or begins after a cue."""

import re

from qa.attribution.phrases import Phrase, classify, person_like, phrase_at, core_of, NAME_WORD
from qa.attribution.vocabulary import BODIES, DOCUMENT_NOUNS, ROLES

_PAPERS = "|".join(sorted(DOCUMENT_NOUNS))
_RELATED = re.compile(r"\b(?:between|from)\s+(?P<former>[^,;]+?)\s+(?:and|to)\s+(?P<latter>[^,;]+)")
_DATED = re.compile(
    r"\s+(?:late\s+|early\s+)?(?:on|in)\s+(?:\d{1,2}\s+\w+|[A-Z]\w+day|[A-Z]\w+\s+\d{1,2}|January|February|March|April|May"
    r"|June|July|August|September|October|November|December)(?:,?\s+\d{4})?,?\s*$"
)
_PERSON = r"[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.|[A-Z][\w’'-]+|al-\w+|bin|van|von|de)){1,3}"


def before_verb(masked: str, sentence: str, end: int) -> Phrase | None:
    """The subject of a verb that begins at `end`; `masked` is the sentence with quotations and brackets blanked out."""
    head = re.sub(r"\s(?:published|released|issued|posted)$", "", _DATED.sub("", masked[:end]).rstrip())
    relative = re.search(r",?\s*\b(?:who|which)(?:\s*,)?(?:\s+(?:in|on|at|during|after|earlier)\b[^,]*?,?)?$", head)
    if relative:
        return _tail(masked[: relative.start()].rstrip(), sentence, cut_prepositions=True)
    if head.endswith(","):
        return _apart(head[:-1], sentence)
    return _tail(head, sentence)


def after_cue(masked: str, sentence: str, start: int) -> Phrase | None:
    """The phrase that begins at `start`: after "according to", "by", or a verb of saying placed before its subject."""
    rest = masked[start:]
    skipped = len(rest) - len(rest.lstrip())
    stop = re.search(
        r"[,.;:!?—()\n]\s|[,.;:!?—]?$|\s[–—-]\s|[(]|\s(?:that|who|which|whose|while|when|after|because|has|have|had|was|were"
        r"|is|are|said|says|but|as|to|on\s+(?:\d|[A-Z])|and\s+(?:[a-z]+ed|has|have|is|was)|and\s+(?=[a-z]+\s+[a-z]+\s))\b",
        _keep_points(rest),
    )
    end = start + (stop.start() if stop else len(rest))
    issued = re.match(
        rf"\s*(?:[\w’'-]+\s+){{0,3}}?(?:(?:{_PAPERS})\s+(?:\w+\s+)?(?:by|from|of)|\w+\s+(?:provided|released|published"
        rf"|issued|compiled|gathered|shared|obtained)\s+by)\s+",
        rest,
    )
    if issued and start + issued.end() < end and classify(sentence[start + issued.end() : end].strip()) in ("named", "definite", "self"):
        skipped = issued.end()
    found = phrase_at(sentence, start + skipped, end, beside=_beside(masked, sentence, end))
    return _with_name_beside(found, masked, sentence, end) if found else None


def _with_name_beside(found: Phrase, masked: str, sentence: str, end: int) -> Phrase:
    """ "said Aske's mayor, Ruth Lindal,": the person named beside an office is the speaker; else the phrase itself."""
    named = re.match(rf",\s+(?P<who>{_PERSON})(?=\s*(?:[,.;]|$|\s(?:and|who|in|on|at|of|from)\b))", masked[end:])
    head = core_of(found.text).split()[-1:]
    if not named or not head or head[0].lower() not in ROLES or person_like(found.text) or not person_like(named["who"]):
        return found
    return Phrase(text=named["who"], start=found.start, end=end + named.end("who"), who="named", beside=found.text)
_FULL_NAME = re.compile(
    r"(?:[A-Z][\w.’'-]*|al-\w+|bin|van|von|de|der|den|el|la)(?:\s+(?:[A-Z][\w.’'-]*|al-\w+|bin|van|von|de|der|den|el|la)){1,3}"
)
_BODY_NAME = re.compile(r"\s*(?:the\s+)?[A-Z][\w.&’'-]*(?:\s+(?:of|by|for|the|and|[A-Z][\w.&’'-]*))*")
_CIRCUMSTANCE = re.compile(
    r"(?:on|in|at|during|after|following|since|amid|despite|as|with|by|before|while|when|according|under|to|for|from|given|unlike|like)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:on|in|at|during|after|following|since|before|by|last|late|early|from|of|with|under|upon)\b", re.IGNORECASE)


def _tail(head: str, sentence: str, *, cut_prepositions: bool = False) -> Phrase | None:
    """The phrase at the end of `head`: after the last comma or joining word; a list ("A and B") is kept whole."""
    pattern = r"[,;:!?—\n]|·[”\"]|\s[–-]\s|\b(?:that|but|while|because|when|where|if|although|though|whether|so|or|unless|than|as)\b"
    if cut_prepositions:
        pattern += r"|\b(?:by|with|to|from|between|after|against|via)\b"
    last = None
    for last in re.finditer(pattern, head):
        pass
    start = last.end() if last else 0
    if last and re.fullmatch(r"if|unless|whether", last.group()) and not cut_prepositions:
        return None
    pair = re.fullmatch(r"\s*the\s+(former|latter)", head[start:])
    between = _RELATED.search(head) if pair else None
    if pair and between:
        return phrase_at(sentence, *between.span(pair[1]))
    joined = list(re.finditer(r"\band\b", head[start:]))
    for cut in reversed(joined):
        left, right = head[start : start + cut.start()], head[start + cut.end() :]
        if not (classify(left.strip()) and classify(right.strip())) and not re.search(r"\bof\b|\bfor\b|\bboth\b", left.split(",")[-1]):
            start += cut.end()
            break
    start += len(head[start:]) - len(head[start:].lstrip())
    found = phrase_at(sentence, start, len(head))
    if found and last and last.group() == "," and found.who != "named" or found and re.match(r"(?:the|an?)\s", found.text):
        owner = re.search(rf"({_PERSON})\s*,\s*$", head[:start])
        if owner and not _OPENING.match(owner[1]) and person_like(owner[1]) and not re.search(r"[a-z]\s+$", head[: owner.start(1)]):
            return Phrase(text=sentence[owner.start(1) : owner.end(1)], start=owner.start(1), end=len(head), who="named", beside=found.text)
    return _without_opening(found, head, sentence, start)


def _without_opening(found: Phrase | None, head: str, sentence: str, start: int) -> Phrase | None:
    """ "On Tuesday Nasrallah", "Following the talks the ministry": the phrase after a prepositional opening without a comma."""
    text = head[start:]
    if not _OPENING.match(text):
        return found
    ends = [match.start() for match in re.finditer(r"(?<=\s)(?:the|a|an|one|his|its|he|she|they|it|[A-Z])", text)]
    for at in ends:
        if found_here := phrase_at(sentence, start + at, len(head)):
            before = text[:at].split()
            if len(before) > 1 and not re.fullmatch(r"(?:on|in|at|of|the|a|from|by|during)", before[-1], re.I):
                return found_here
    return None


def _apart(head: str, sentence: str) -> Phrase | None:
    """A subject with something beside it between commas: "X, a professor at Y, said" or "The head of Y, X, said"."""
    parts, at = [], 0
    for cut in [*re.finditer(r",", head), None]:
        end = cut.start() if cut else len(head)
        parts.append((at, end))
        at = end + 1
    trimmed = [(start + len(head[start:end]) - len(head[start:end].lstrip()), end) for start, end in parts]
    if len(trimmed) < 2:
        return _tail(head, sentence)
    return _name_last(head, sentence, trimmed) or _name_first(head, sentence, trimmed)


def _name_last(head: str, sentence: str, parts: list[tuple[int, int]]) -> Phrase | None:
    """ "The head of Y, X, said": the name in the last part, the office or kind of body before it."""
    last, ahead = sentence[slice(*parts[-1])], head[slice(*parts[-2])]
    before = _tail(head[: parts[-2][1]], sentence)
    head_noun = (core_of(before.text).split()[-1:] or [""])[0].lower() if before else ""
    if _FULL_NAME.fullmatch(last.strip()):
        described = re.match(r"(?:the|an?|his|her|its|their|[A-Z][\w-]*['’]s)\s+[a-z]", ahead, re.I)
        if not before and described and len(parts) == 2:
            return Phrase(text=last.strip(), start=parts[-1][0], end=parts[-1][1], who="named", beside=ahead)
    elif re.fullmatch(r"\s*(?:[A-Z][\w’'-]+|al-\w+)", last):
        if head_noun not in ROLES or len(parts) != 2:
            return None
    elif not _BODY_NAME.fullmatch(last) or not before or before.who not in ("unnamed", "definite") or head_noun not in BODIES:
        return None
    if not before or re.match(r"(?:and)\b", last) or person_like(re.sub(r"^(?:The|An?)\s+", "", before.text)):
        return None
    return Phrase(text=last.strip(), start=before.start, end=parts[-1][1], who="named", beside=before.text)


def _name_first(head: str, sentence: str, parts: list[tuple[int, int]]) -> Phrase | None:
    """ "X, a professor at Y, said": the first part that is no time or place, and what stands beside it."""
    for index in range(len(parts) - 1):
        start, end = parts[index]
        if _CIRCUMSTANCE.match(head[start:end]):
            continue
        found = _tail(head[:end], sentence)
        if found:
            beside_end = parts[index + 1][1]
            example = re.match(r"(?:such\s+as|including)\s+(?=[A-Z])", head[parts[index + 1][0] : beside_end])
            if found.who == "unnamed" and example:
                found = Phrase(text=found.text, start=found.start, end=found.end, who="named")
            return _listed(found, parts[index + 1 :], sentence) or Phrase(
                text=found.text, start=found.start, end=found.end, who=found.who, beside=sentence[parts[index + 1][0] : beside_end]
            )
    return None


def _listed(found: Phrase, parts: list[tuple[int, int]], sentence: str) -> Phrase | None:
    """ "The leaders of A, B, and C, along with others,": the whole list as one phrase."""
    for start, end in parts:
        if re.match(r"and\s", sentence[start:end]):
            text = sentence[found.start : end]
            return Phrase(text=text, start=found.start, end=end, who=found.who)
        if not NAME_WORD.match(sentence[start:end]):
            return None
    return None


def any_subject(masked: str, sentence: str, end: int) -> Phrase | None:
    """The subject of a verb that only speakers take ("said", "told"): a short phrase with an article, whoever it is."""
    match = re.search(
        r"(?:^|[,;:·”\"]\s*|\b(?:but|and|while|as|when)\s+)(?P<who>(?P<article>an?|one|the"
        r"|another)\s+(?:[\w’'-]+\s+){0,3}?[a-z][\w-]+(?:\s+(?:who|familiar|close|involved|briefed|present|with\s+knowledge)"
        r"\s+[^,;.]{2,60})?)$",
        masked[:end].rstrip(),
        re.I,
    )
    if not match:
        bare = re.search(r"(?:^|[.;:·”\"]\s*|,\s+(?:but|and)\s+)(?P<who>(?:\d+\s+|[A-Z][a-z]+\s+)?[A-Za-z][a-z]+s)$", masked[:end].rstrip())
        return Phrase(text=bare["who"], start=bare.start("who"), end=bare.end("who"), who="unnamed") if bare else None
    who = "definite" if match["article"].lower() == "the" else "unnamed"
    return Phrase(
        text=sentence[match.start("who") : match.end("who")].split(" who ")[0], start=match.start("who"), end=match.end("who"), who=who
    )


def opening_subject(masked: str, sentence: str, end: int) -> Phrase | None:
    """The subject of the sentence for a second verb: "X left for Paris and said"."""
    if not re.search(r"\b(?:and|but|then)\s*(?:also\s+|later\s+)?$", masked[:end]):
        return None
    match = re.match(
        r"(?P<who>[^,;:“”\"·]{2,90}?)\s+(?:has|have|had|is|was|were|are|will|does|did|do(?:es)?n['’]t|[a-z]+ed|met|took|went"
        r"|made|came|gave|left|won|lost|held|spoke)\b",
        masked[:end],
    )
    found = phrase_at(sentence, 0, match.end("who")) if match else None
    return found if found and found.who in ("named", "definite", "self") else None


def _keep_points(text: str) -> str:
    """The same text with the full stops of initials and "U.S." blanked out, so that they end nothing."""
    return re.sub(r"(?<=\b[A-Z])\.|(?<=\b(?:Mr|Dr|St|Lt))\.|(?<=\b(?:Mrs|Gen|Sen|Rep|Col|Sgt|Gov))\.|(?<=\b(?:Prof|Capt))\.", "·", text)


def _beside(masked: str, sentence: str, end: int) -> str:
    """What stands between commas directly after a phrase, when it reads like a description of it and more of the sentence follows
    where the phrase opened it ("According to X, a professor at Y, the dam …")."""
    match = re.match(
        r",\s*((?P<the>the\s+)?(?:an?|one|director|head|chief|president|leader|spokes\w+|professor|founder|minister|chair\w*"
        r"|secretary|analyst|editor|former)\b[^,.;]{2,120})(?P<stop>[,.;])",
        _keep_points(masked[end:]),
    )
    opening = not re.search(r"[,.;”\"]", masked[:end])
    if not match or opening and match["stop"] != ",":
        return ""
    return sentence[end + match.start(1) : end + match.end(1)]
