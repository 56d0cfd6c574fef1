"""Words that news and everyday prose use for the same thing, as groups of stems. Used to find, never to excuse: what a
word means exactly is the grounding check's business."""

from functools import lru_cache

from qa.language.words import stem

_GROUPS = """
kill dead die death fatality casualty slain lethal toll perish
wound injure hurt casualty injury
attack strike assault raid bombardment offensive target hit bomb shell
us america american united washington
uk britain british
soldier troop serviceman personnel force military army
base installation outpost facility
warn threaten threat caution alert
say state tell declare announce assert claim statement
talk meet meeting negotiate discuss discussion dialogue conversation
chief head leader commander director boss
begin start launch commence open
end stop cease halt finish conclude
buy purchase acquire acquisition
sell sale
win victory beat defeat
build construct erect
make produce manufacture create
find discover detect
arrest detain capture seize apprehend custody
jail prison imprison sentence
expel evict deport oust
house home dwelling
child kid minor
company firm business corporation enterprise
increase rise grow growth climb surge uptick
decrease fall drop decline shrink reduce
big large huge major
send deploy dispatch deployment
doctor physician
lawyer attorney solicitor
film movie
car vehicle automobile
job work employment post role position
money fund cash finance
vote ballot poll election
law legislation act statute
agree agreement accord deal pact treaty
deny reject refuse dismiss
intercept shoot down
reason cause motive justify justification
author write writer
birth born
marry wife husband spouse wedding
found establish founder set
place location site where
country nation state
aim goal purpose intend seek
help support aid assist back
destroy demolish ruin devastate
hide conceal
spy espionage agent intelligence
weapon missile rocket arm drone
name call title
spokesman spokesperson spokeswoman representative
reply answer response respond retaliate retaliation
"""


@lru_cache(maxsize=1)
def _families() -> dict[str, frozenset[str]]:
    families: dict[str, frozenset[str]] = {}
    for line in _GROUPS.split("\n"):
        group = frozenset(stem(word) for word in line.split())
        for word in group:
            families[word] = families.get(word, frozenset()) | group
    return families


def related(word: str) -> frozenset[str]:
    """The stems that can stand for this stem, itself left out."""
    return _families().get(word, frozenset()) - {word}
