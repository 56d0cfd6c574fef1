"""Which word of the source stands for each content word of a claim's sentence."""

from dataclasses import dataclass
from typing import Literal

from qa.grounding.lexicon import contrasts, is_light, opposites, synonyms
from qa.grounding.prepared import Prepared, Word
from qa.grounding.windows import Window, relatives

How = Literal["same", "alike", "elsewhere", "opposite", "contrast", "absent"]
_NEAR = 5  # content words between which two words are neighbours
_NEXT = 2  # content words between which two words are side by side


@dataclass(frozen=True, slots=True)
class Fit:
    """A claim's `word`, `how` the source says it, and the index of its counterpart in the source's words (-1: none).

    same: the word or its family; alike: a synonym; elsewhere: said by the source outside the window; opposite and
    contrast: the window has an opposite, or another member of the kind, in the same surroundings; absent: nothing.
    """

    word: Word
    how: How
    place: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """A claim's sentence laid beside its best window."""

    claim: Prepared
    sentence: int
    source: Prepared
    window: Window
    fits: tuple[Fit, ...]
    inside: frozenset[int]

    def source_text(self) -> str:
        """The text of the window, a sentence a line."""
        return "\n".join(self.source.text[start:end] for start, end in (self.source.sentences[number] for number in self.window.sentences))

    def source_words(self) -> list[Word]:
        """The words of the window in order."""
        return [self.source.words[place] for place in sorted(self.inside)]

    def claim_text(self) -> str:
        """The text of the claim's sentence."""
        start, end = self.claim.sentences[self.sentence]
        return self.claim.text[start:end]


def align(claim: Prepared, sentence: int, source: Prepared, window: Window) -> Aligned:
    """Find for each content word of the claim's `sentence` its counterpart in the window, then in the whole source."""
    words = tuple(word for word in claim.words_of(sentence) if word.content)
    inside = frozenset(place for number in window.sentences for place in source.indices(number))
    near = {source.words[place].stem for place in inside if source.words[place].content}
    options = [_options(word, source, inside, near) for word in words]
    chosen = [_closest(index, options, source) for index in range(len(words))]
    fits = tuple(_fit(index, claim, words, chosen, source, inside) for index in range(len(words)))
    return Aligned(claim, sentence, source, window, fits, inside)


def _options(word: Word, source: Prepared, inside: frozenset[int], near: set[str]) -> tuple[str, list[int]]:
    """The places in the window that say `word`, best kind only."""
    same = [place for place in source.places.get(word.stem, ()) if place in inside]
    if same:
        return "same", same
    family = [place for stem in near & relatives(word.stem, source) for place in source.places[stem] if place in inside]
    if family:
        return "same", sorted(family)
    alike = [place for stem in near & synonyms(word.stem) for place in source.places[stem] if place in inside]
    return ("alike", sorted(alike)) if alike else ("", [])


def _closest(index: int, options: list[tuple[str, list[int]]], source: Prepared) -> tuple[str, int]:
    """Of the places that say a word, the one with most of the claim's neighbouring words around it."""
    how, places = options[index]
    if not places:
        return "", -1
    neighbours = [other for near in range(max(0, index - 3), min(len(options), index + 4)) if near != index for other in options[near][1]]
    def company(place: int) -> tuple[int, int]:
        rank = source.rank[place]
        return sum(abs(source.rank[other] - rank) <= _NEAR for other in neighbours), -place
    return how, max(places, key=company)


def _fit(index: int, claim: Prepared, words: tuple[Word, ...], chosen: list[tuple[str, int]], source: Prepared, inside: frozenset[int]) -> Fit:
    word = words[index]
    how, place = chosen[index]
    beside = [near for near in range(max(0, index - 3), min(len(words), index + 4)) if near != index]
    around = [source.rank[chosen[near][1]] for near in beside if chosen[near][0]]
    named = claim.text[word.start].isupper()
    taken = {other for near, (_, other) in enumerate(chosen) if near != index}
    for kind, others in (("opposite", opposites(word.stem)), ("contrast", () if is_light(word.stem) else contrasts(word.stem))):
        rivals = [other for stem in others for other in source.places.get(stem, ()) if other in inside and other not in taken
                  and (named or not _in_name(source, other))]
        if not rivals or not around:
            continue
        rival = min(rivals, key=lambda other: (_distance(other, around, source), other))
        if how:
            nearer = _distance(rival, around, source) <= _NEXT and _distance(place, around, source) > _NEAR
        else:
            nearer = _distance(rival, around, source) <= _NEAR
        if nearer:
            return Fit(word, kind, rival)
    if how:
        return Fit(word, how, place)
    for stem in (word.stem, *sorted(synonyms(word.stem))):
        if stem in source.places:
            return Fit(word, "elsewhere", source.places[stem][0])
    return Fit(word, "absent", -1)


def _in_name(source: Prepared, place: int) -> bool:
    """Whether a word of the source is part of a name of several words ("United States"): such a word stands for no other of its kind."""
    start, end = source.sentences[source.words[place].sentence]
    around = [word for word in source.words[max(0, place - 1):place + 2] if start <= word.start < end]
    return source.text[source.words[place].start].isupper() and sum(source.text[word.start].isupper() for word in around) > 1


def _distance(place: int, around: list[int], source: Prepared) -> int:
    """How many content words lie between a place and the nearest of the neighbours."""
    return min(abs(source.rank[place] - rank) for rank in around)
