"""Hard negatives: questions changed so that a text which answered them no longer does."""

from random import Random

from eval.swaps import add_not, swap_date, swap_figure
from qa.language.names import find_names, same_name

PAIRS = (("first", "last"), ("largest", "smallest"), ("highest", "lowest"), ("most", "least"), ("before", "after"), ("more", "fewer"),
         ("oldest", "newest"), ("began", "ended"), ("start", "end"), ("won", "lost"), ("north", "south"), ("east", "west"),
         ("increase", "decrease"), ("born", "buried"), ("early", "late"), ("above", "below"), ("older", "younger"), ("best", "worst"),
         ("major", "minor"), ("same", "different"), ("men", "women"), ("son", "daughter"), ("founded", "dissolved"), ("left", "joined"),
         ("accepted", "rejected"), ("internal", "external"), ("public", "private"), ("opened", "closed"), ("arrived", "departed"))
OPPOSITES = {a: b for a, b in PAIRS} | {b: a for a, b in PAIRS}


def unanswerable(question: str, text: str, answers: list[str], other: str, random: Random) -> str:
    """`question` with one thing swapped (a name, a date, a number, a word for its opposite) or denied; "" when nothing could be.

    A name comes from `text` (but is no answer) or from `other`, a question about something else.
    """
    ways = [lambda: _swap_name(question, text, answers, random), lambda: _swap_name(question, other, answers, random),
            lambda: swap_date(question, [text], random), lambda: swap_figure(question, [text], random),
            lambda: _opposite(question, random), lambda: add_not(question, [], random)]
    order = random.sample(range(5), 5) + [5]  # a "not" only where nothing else can be changed, or every "not" would mean no answer
    for way in order:
        changed = ways[way]()
        if changed and changed != question:
            return changed
    return ""


def _swap_name(question: str, source: str, answers: list[str], random: Random) -> str:
    names = [name for name in find_names(question) if name.start > 0]
    others = [name.text for name in find_names(source) if not any(same_name(name.text, answer) for answer in answers)]
    others = [other for other in others if not any(same_name(other, name.text) for name in names)]
    if not names or not others:
        return ""
    name = random.choice(names)
    return question[: name.start] + random.choice(others) + question[name.end :]


def _opposite(question: str, random: Random) -> str:
    words = question.split(" ")
    places = [i for i, word in enumerate(words) if word.lower() in OPPOSITES]
    if not places:
        return ""
    place = random.choice(places)
    words[place] = OPPOSITES[words[place].lower()]
    return " ".join(words)
