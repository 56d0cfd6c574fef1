"""Proper names in running text: capitalised runs, acronyms and demonyms, and whether two spellings name the same."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from qa.language.words import STOPWORDS

_CAPITAL = (
    r"(?:[A-Z]\.(?:[A-Z]\.)+|(?:[A-Z]['’])?[^\W\d_a-z][^\W\d_]*(?:['’][^\W\d_]{2,})*(?:-[^\W_]+)*"
    r"|[a-z]{1,2}[A-Z][^\W\d_]+|al-[A-Z][^\W\d_]+)")
_PARTICLES = "de|la|le|du|da|dos|del|della|van|von|der|den|bin|ibn|al|el|ben|abu|y|e"
_RUN = re.compile(
    rf"{_CAPITAL}(?:(?:[ \u00a0]|[ \u00a0](?:{_PARTICLES})[ \u00a0-]|(?<=[A-Z])\.[ ]|[ ](?:of|for)[ ](?:the[ ])?|[ ]&[ ]){_CAPITAL})*"
    r"(?:[ ](?:[IVX]+|\d{1,3})\b)?")
_TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir lord lady dame president vice prime minister secretary general gen colonel col
    captain capt major lieutenant lt sergeant sgt king queen prince princess pope rabbi imam ayatollah sheikh senator sen
    rep representative congressman governor gov mayor chancellor ambassador judge justice chief executive ceo chairman
    chairwoman director spokesman spokeswoman spokesperson former foreign defense defence detective officer father sister
    brother saint st admiral commander deputy coach uncle aunt the""".split())
_OF_HEADS = frozenset(
    """university bank ministry department house institute college school bay gulf strait isle republic kingdom
    state united court church city district people centre center council board office duke bureau board association
    academy museum game lord cape mount port sea world department""".split())
_CALENDAR = frozenset(
    """i've i'm i'd i'll
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun i am pm ok""".split())
_OPENERS = frozenset(
    """according activists additionally adults airlines although amid among analysts another any anyone apart armed arriving
    asked attacks authorities based besides boys business cars children cities civilians clearly climate companies company
    compared consider considering consumers countries critics currently customers data dear defence defense democracy design
    despite doctors drivers drones due early earlier education eight eleven employees energy engineers even eventually ever
    every everyone everything evidence evidently experts explosions families fans farmers fighting figures finally fire first
    five following food forces former forty four friends fuel fun further generally girl girls given good government great
    group groups growth half health heavy hello help hence high history hopefully hospitals however human hundreds hundred
    immediately including indeed inflation initially inside instead investigators investors it's jets journalists journal
    just killed last late later lawmakers lawyers leaders let let's like likewise little local long look lots maintenance
    make making man management many market markets maybe meanwhile media medical members men military millions minister
    ministers missiles money moreover most mothers much music named nearly nevertheless new news next nine nobody none
    nonetheless nothing notably now nowadays officers official officials oil old older one ones only opposition order
    original originally others otherwise outside overall owing parents part parties particularly passengers patients peace
    people per perhaps photos please police political politicians power pressure previously prices prior prison probably
    production profits prosecutors protesters protestors public published quite rather readers really rebels recent recently
    regarding relatives rescue research researchers residents results rising rockets sales schools scientists second
    security senior seven several shares shots similarly since six sixty sky small soldiers some somebody someone something
    sometimes soon sources speaking specifically staff still strikes students subsequently such suddenly supporters sure
    survivors tanks teachers technically ten terrorists thank thanks that's there's therefore they're thirty thousands
    three thus today together tomorrow tonight tourists traders traffic troops twelve twenty two typically ultimately
    unfortunately unless unlike until use used users using usually vehicles victims video videos villagers violence
    visitors volunteers voters warning watch water we'll well west whatever whenever wherever whether white whoever wife
    witness witnesses woman women workers world worldwide writing yeah year years yes yesterday yet young
    based born built called created founded held located made nonetheless released set taken written
    architect fashion judge mother father daughter son brother sister driver tycoon teenager player actor singer
    club team party president mayor study report document article speaker host episode group meeting discussion plan
    model method approach paper results show work learning deep neural network networks image images""".split())
_SPEAKS = re.compile(
    r"['’]s\b|,? (?:said|says|told|was|is|has|had|will|did|became|were|would|could|announced|reported|claimed|denied|wrote|won|beat|"
    r"plays|played)\b")
_PLACES = frozenset(
    """afghanistan africa america argentina asia australia austria baghdad beijing beirut belarus belgium berlin brazil britain
    brussels bulgaria california canada chile china cuba cyprus damascus denmark egypt england estonia europe finland florida
    france gaza georgia germany greece hamas hezbollah hungary iceland india indonesia iran iraq ireland israel italy japan
    jerusalem jordan kenya kuwait kyiv latvia lebanon libya lithuania london malaysia mexico moscow nato netherlands nigeria
    norway pakistan palestine paris poland portugal qatar romania russia rwanda scotland serbia singapore somalia spain sudan
    sweden switzerland syria taiwan tehran texas thailand tunisia turkey uganda ukraine vietnam wales washington yemen zambia
    american americans arab arabs australian belgian brazilian british canadian chinese dutch egyptian european europeans french
    german germans greek indian iranian iranians iraqi iraqis irish israeli israelis italian japanese jewish jews jordanian
    kurdish kurds lebanese mexican muslim muslims norwegian pakistani palestinian palestinians polish russian russians saudi
    scottish spanish swedish swiss syrian syrians turkish ukrainian ukrainians vietnamese yemeni christian christians""".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A proper name at `text[start:end]`; titles before it ("President", "Mr") are part of `text` but not of `core`."""

    text: str
    start: int
    end: int
    core: str


def find_names(text: str) -> list[Name]:
    """The names of `text` in order. An ordinary word that opens a sentence, weekdays and months are no names."""
    lowered = _lower_words(text)
    found = []
    for match in _RUN.finditer(text):
        for start, end in _pieces(text, match.start(), match.end()):
            name = _name(text, start, end, lowered)
            if name:
                found.append(name)
    return found


@lru_cache(maxsize=256)
def _lower_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[a-z]+\b", text))


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a run at "of"/"for" unless what stands before is the kind of word that takes it ("Bank of …")."""
    run = text[start:end]
    cut = re.search(r" (?:of|for) (?:the )?", run)
    if not cut:
        return [(start, end)]
    head = run[:cut.start()].split()[-1].lower()
    if head in _OF_HEADS:
        return [(start, end)]
    return [(start, start + cut.start()), *_pieces(text, start + cut.end(), end)]


def _name(text: str, start: int, end: int, lowered: frozenset[str]) -> Name | None:
    """A name out of a capitalised run, less an ordinary sentence opener and calendar words; None when nothing is left."""
    opens = _opens_sentence(text, start)
    words = list(re.finditer(r"\S+", text[start:end]))
    while words:
        word = _bare(words[0].group())
        ordinary = word in STOPWORDS or word in _CALENDAR
        single = len(words) == 1
        if opens and not ordinary and word not in _PLACES and word not in _TITLES:
            spoken = single and _SPEAKS.match(text, start + words[0].end())
            ordinary = word in _OPENERS or (single and (word in lowered or not spoken and not words[0].group().isupper()))
        if not ordinary:
            break
        words, opens = words[1:], opens and single
    while words and _bare(words[-1].group()) in _CALENDAR:
        words.pop()
    if not words or len(_bare(words[0].group())) < 2 and len(words) == 1:
        return None
    first = start + words[0].start()
    core = [word for word in words if _bare(word.group()) not in _TITLES]
    if not core or not any(character.isalpha() for word in core for character in word.group()):
        return None
    stop = start + words[-1].end()
    return Name(text=text[first:stop], start=first, end=stop, core=text[start + core[0].start():stop])


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \u00a0\"'“”‘’([*#-•")
    return not before or before[-1] in ".!?:\n" or text[:start].rstrip(" ").endswith("\n")


def _bare(word: str) -> str:
    return word.strip(".,'’").replace("’", "'").removesuffix("'s").lower()


@lru_cache(maxsize=65536)
def _parts(name: str) -> tuple[str, ...]:
    """The comparable words of a name: accents, titles, possessives and points removed, lower case."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = [_bare(word).replace(".", "") for word in re.split(r"[\s\u00a0]+|(?<=\w)-(?=\w)", plain)]
    kept = [word for word in words if word and word not in _TITLES and word not in ("of", "and", "for", "&", "al", "de")]
    return tuple(kept) or tuple(word for word in words if word)


_ALIASES = {
    "us": "united states", "usa": "united states", "america": "united states", "american": "united states", "americans": "united states",
    "uk": "united kingdom", "britain": "united kingdom", "british": "united kingdom", "england": "england", "english": "england",
    "un": "united nations", "eu": "european union", "uae": "united arab emirates", "ny": "new york", "nyc": "new york city",
    "la": "los angeles", "idf": "israel defense forces", "tv": "television", "holland": "netherlands", "dutch": "netherlands",
    "french": "france", "german": "germany", "germans": "germany", "spanish": "spain", "greek": "greece", "greeks": "greece",
    "polish": "poland", "poles": "poland", "swiss": "switzerland", "danish": "denmark", "swedish": "sweden", "turkish": "turkey",
    "turkiye": "turkey", "welsh": "wales", "irish": "ireland", "scottish": "scotland", "finnish": "finland", "thai": "thailand",
    "filipino": "philippines", "chinese": "china", "japanese": "japan", "lebanese": "lebanon", "burma": "myanmar", "kiev": "kyiv",
    "persian": "iran", "moscow": "moscow", "hizbullah": "hezbollah", "hizballah": "hezbollah", "qur'an": "quran", "koran": "quran",
}


@lru_cache(maxsize=8_192)
def _canonical(name: str) -> str:
    joined = " ".join(_parts(name))
    if joined in _ALIASES:
        return _ALIASES[joined]
    for ending, replacement in (("ians", "ia"), ("ian", "ia"), ("ans", "a"), ("an", "a"), ("is", ""), ("i", ""), ("s", "")):
        if joined.endswith(ending) and len(joined) > len(ending) + 3 and joined.removesuffix(ending) + replacement in _PLACES:
            return joined.removesuffix(ending) + replacement
        if joined == "ukrainian" or joined == "ukrainians":
            return "ukraine"
    return joined


@lru_cache(maxsize=32_768)
def same_name(first: str, second: str) -> bool:
    """Whether two spellings can name the same: one's words are among the other's, an acronym of it, its demonym, or a
    spelling variant (one letter in seven). Different first names with one surname are different."""
    a, b = _canonical(first), _canonical(second)
    if a == b:
        return bool(a)
    words_a, words_b = a.split(), b.split()
    if not words_a or not words_b:
        return False
    short, long = sorted((words_a, words_b), key=len)
    if _acronym(short, long):
        return True
    return all(any(_same_word(x, y) for y in long) for x in short)


def _acronym(short: list[str], long: list[str]) -> bool:
    return len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long)


def _same_word(x: str, y: str) -> bool:
    """Equal, an initial of the other, or one edit apart per seven letters of the longer."""
    if x == y or (len(x) == 1 and y.startswith(x)) or (len(y) == 1 and x.startswith(y)):
        return True
    if x + "s" == y or y + "s" == x:
        return True
    allowed = max(len(x), len(y)) // 7
    return allowed > 0 and x[0] == y[0] and abs(len(x) - len(y)) <= allowed and _within(x, y, allowed)


def _within(x: str, y: str, allowed: int) -> bool:
    """Whether the edit distance of two words is at most `allowed`."""
    row = list(range(len(y) + 1))
    for i, c in enumerate(x, 1):
        previous, row[0] = row[0], i
        for j, d in enumerate(y, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (c != d))
    return row[-1] <= allowed
