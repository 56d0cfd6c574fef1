"""What counts as one of a kind: general English, so that "which weapons" is answered by a sentence that says "missiles"."""

from functools import lru_cache

from qa.language.words import stem

_KINDS = """
weapon: missile rocket drone gun rifle bomb shell grenade mortar tank pistol knife artillery mine torpedo rpg
equipment: missile rocket drone tank radar carrier bomber aircraft ship battery vehicle truck tent generator pump weapon
aircraft: plane jet helicopter drone bomber fighter airliner glider
vehicle: car truck lorry bus tank ambulance van motorcycle bicycle train
ship: carrier frigate destroyer tanker ferry vessel boat submarine yacht
crime: murder theft robbery fraud espionage smuggling assault arson kidnapping bribery corruption treason
leader: president minister king chief commander chairman director general secretary mayor governor ayatollah
official: minister secretary governor mayor commissioner ambassador envoy spokesman spokeswoman
expert: analyst professor researcher director scientist economist doctor engineer specialist
group: militia party movement brigade organisation organization faction club union gang band
punishment: sentence fine prison death expulsion
disaster: flood fire earthquake storm explosion drought crash collapse
animal: dog cat horse cow pig sheep bird fish wolf bear
food: bread rice meat fish fruit milk cheese vegetable
illness: cancer flu fever infection virus diabetes malaria
metal: iron gold silver copper steel aluminium zinc lead
colour: red blue green yellow white black brown grey
building: house hospital school church mosque bridge tower factory mill station
sport: football tennis hockey cricket rugby basketball swimming
instrument: piano guitar violin drum flute trumpet
money: dollar euro pound billion million
"""


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    lines = (line.split(":") for line in _KINDS.strip().split("\n"))
    return {stem(kind): frozenset(stem(word) for word in words.split()) for kind, words in lines}


def members(kind: str) -> frozenset[str]:
    """The stems of things of that kind (a stem); empty for a kind that is not listed."""
    return _table().get(kind, frozenset())
