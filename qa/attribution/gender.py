"""Whether a person is a "he" or a "she": by a form of address, the first name, or what the document says beside the name."""

import re
from functools import lru_cache
from itertools import islice
from typing import Literal

Gender = Literal["he", "she", ""]
"""The pronoun a person goes by in a document; "" when nothing tells."""

SHE_WORDS = frozenset(
    """mrs ms miss madam madame mme mademoiselle frau signora señora dame lady queen princess duchess countess baroness empress sister mother
    aunt grandmother granddaughter daughter wife widow niece woman girl spokeswoman chairwoman congresswoman policewoman businesswoman
    councilwoman saleswoman sportswoman forewoman actress waitress hostess heiress stewardess headmistress midwife nun abbess landlady
    bride""".split()
)
HE_WORDS = frozenset(
    """mr sir herr monsieur signor señor lord king prince duke count baron emperor father brother uncle grandfather grandson son husband
    widower nephew man boy spokesman chairman congressman policeman businessman councilman salesman fisherman foreman clergyman nobleman
    fireman postman sportsman actor waiter headmaster monk abbot landlord bridegroom imam sheikh ayatollah rabbi""".split()
)
SHE_NAMES = frozenset(
    """abigail adele adelaide agnes aileen alice alison amber amy ana andrea angela anita ann anna anne annette annie antonia april
    astrid audrey ayesha barbara beatrice beatrix berit bernadette bess bernice beth betty birgit blanche brenda bridget brigid brigitte carmen carol
    caroline carys catherine cecily celeste celine charlotte cheryl chiara chloe christine claire clara clare clementine comfort constance
    cornelia cressida cynthia daisy daphne dawn deborah deirdre denise diana diane dolores dora doris dorothy edith edna eileen elaine eleanor
    elena elin eliza elizabeth ella ellen eloise elsa elsie emily emma erika esther ethel eunice eva eve evelyn faith fatima felicity fiona
    flora florence frances freya gabrielle gail georgina gertrude gillian gina giovanna giulia gladys glenda gloria grace greta gretchen
    gudrun gwen hanna hannah hanne harriet hazel heather hedda heidi helen helena helga henrietta hermione hester hilary hilda hildegard ida
     imogen ines ingeborg inger ingrid irene iris irma isabel isabella ivy jacqueline jane janet janine jasmine jean jennifer
    jessica jill joan joanna joanne josephine joy joyce judith judy julia julie june karen karin kate katherine kathleen kathryn katja kerstin
    kirsten kirsty klara laura lauren layla leila lena leonie lesley lilian lily linda linnea lise lisa liv liz lois lorna lotte louise lucia
    lucy lydia lynn mabel madeleine magdalena maggie maisie maj marcia margaret margarethe margot marguerite maria marian marianne marie
    mariam marion marjorie marta martha mary matilda mathilde maud maureen megan mercedes mercy meredith mia michelle mildred millicent mira
    miriam moira molly monica monique morag muriel myrtle nadia nancy naomi natalie natasha nell nicole nina noor nora norma olga
    olive olivia pamela patience patricia paula pauline pearl penelope petra philippa phoebe phyllis polly priya
    prudence rachel rebecca regina renate rhoda rhona rita roberta rosa rosalind rosamund rose rosemary rosie roxanne ruth sabine sally samira
    sandra sara sarah selma shannon sheila shirley sigrid silvia simone siobhan sofia solveig sonia sonja sophia sophie stella
    stephanie sue susan susanna susanne suzanne svetlana sybil sylvia sylvie tabitha tamsin tanya tatiana teresa tess thea theresa tilda tove
    ulrike ursula valerie vera verena veronica victoria viola violet virginia vivian vivienne wanda wendy wilhelmina winifred yasmin yolande
    yvette yvonne zoe""".split()
)
HE_NAMES = frozenset(
    """aaron abdul abdullah abel abner abraham adam adrian ahmad ahmed alan alasdair albert alec alejandro aleksander alessandro
    alex alexander alexandre alexei alfred ali alistair alonso ambrose amir anatoly anders andreas andré andrew andrey angus anselm anthony
    anton antonio archibald arne arno arnold arthur asher augustine augustus axel baltasar balthasar barnaby
    bartholomew basil ben benedict bengt benjamin bernard bertil bertrand bill birger bjorn björn bo bob bogdan boris bram brendan
    brian bruce bruno bryan carl carlos cedric charles chester christian christopher clarence claude clement clive colin conrad
    constantin cornelius craig curtis cyril cyrus damian dan daniel darius david declan denis dennis desmond dieter diego dimitri
    dmitri dominic dominik donald dougal douglas duncan ebenezer edgar edmund eduardo edward edwin egbert einar eli elias emil emmanuel
    enoch enrique erasmus eric erik ernest ernst ethan eugene evander evan ezra felix ferdinand fergus fernando finn francis
    francisco francois françois frank franz fraser fred frederick frederik fritz gabriel gareth gary gavin geoffrey george gerald gerard
    gideon gilbert giles giovanni giuseppe godfrey gordon graham gregor gregory guido gunnar gus gustav guy haakon hamish hans harald 
    harold harry harvey hassan hector heinrich helmut hendrik henri henrik henry herbert herman hilarion hiroshi horace horatio
    howard hubert hugh hugo humphrey hussein ian ibrahim idris igor ike imran isaac isaiah ivan ivo ivor jack jacob
    jacques jakob james jan jared jarvis jason jasper javier jeffrey jens jeremiah jeremy jerome jerry jesus jim joachim joe joel
    johan johannes john johnny jonah jonas jonathan jörg jorge josé josef joseph joshua josiah juan julian julius juma jürgen karl
      keith kenneth kenji kevin khalid klaus knut kofi konrad konstantin kurt kwame lachlan lars laszlo laurence laurent
    lawrence leo leon leonard leonid leopold leroy leslie lester lewis lionel lloyd lorenzo louis luca lucas lucian lucius
     ludwig luigi luis lukas luke magnus mahmoud malcolm manuel marc marcel marco marcus mario marius mark martin marvin mateusz matteo
    matthew matthias maurice max maxim maximilian mehmet melvin michael michel miguel mikhail mikael milan miles milo milos mohamed
    mohammed morgan morris moses muhammad murdo mustafa nathan nathaniel neil nestor neville nicholas nicolas nigel niklas nikolai nikolas
    noah noel norbert norman olaf oleg oliver olivier omar orlando oscar oskar osman oswald otto owen pablo paolo pascal
    patrick paul paulo pavel pedro pelle percival percy per peregrine peter philip philippe pierre piers piet pieter pietro quentin rafael
    rajesh ralph ramon randolph rashid ravi raymond reginald rené reto reuben rex ricardo richard rob robert roberto robin roderick 
    rodney rodrigo roger roland rolf roman ronald rory ross roy ruben rudolf rufus rupert russell sam samson samuel saul seamus
    sean sebastian sergei sergio seth shane sidney sigmund silas silvester simeon simon solomon stanislav stanley stefan stephen
    steve steven stewart stuart sven sylvester takeshi tariq ted terence terry thaddeus theo theodor theodore thomas thorsten
    tibor tim timothy tobias todd tom tomas tomasz tommy tony torsten travis trevor tristan tyrone ulf ulrich urs valentin vernon
    victor viktor vincent virgil vladimir walter warren wayne wilbur wilfred wilhelm will willem william winston wolfgang wolfram
    yann yuri yusuf zachary zoltan zoran""".split()
)
_NOT_SHE = frozenset("joshua luca nikita sasha misha kolya vanya ezra elisha mustafa juma musa isa abba garcia costa".split())
_SHE_ENDING = re.compile(r"(?:a|ette|elle|lyn|ine|gard|trud|dis)$")
_HE_ENDING = re.compile(r"(?:us|os|as|ard|bert|fred|slav|mir|ald|old|vin|ert|rik|(?<!k)o)$")
OCCURRENCES = 40
"""How many times a surname is looked up in its document for a form of address or a pronoun beside it."""
LEAST_PRONOUNS = 2
"""So many pronouns beside a name, and three of one kind for each of the other, tell what its bearer goes by."""


def of_title(word: str) -> Gender:
    """What a form of address or a word for a person tells ("Mrs", "spokesman"); "" for "minister"."""
    plain = re.sub(r"['’]s?$", "", word.strip(".,“”\"’'()")).lower()
    return "she" if plain in SHE_WORDS else "he" if plain in HE_WORDS else ""


def of_first_name(name: str) -> Gender:
    """What a first name tells by itself; "" for one that is not known."""
    first = re.split(r"[\s-]", name)[0].lower()
    return "she" if first in SHE_NAMES else "he" if first in HE_NAMES else ""


@lru_cache(maxsize=8192)
def gender(text: str, name: str) -> Gender:
    """What the bearer of `name` (as printed, "Mira Stolz" or "Stolz") goes by in a document of this `text`: its first name where known, a form
    of address the document uses, the ending of the first name, the pronouns beside the surname; in this order."""
    words = name.split()
    if not words:
        return ""
    if len(words) > 1 or of_first_name(words[0]):
        if known := of_first_name(words[0]):
            return known
    if addressed := _addressed(text, words[-1]):
        return addressed
    if len(words) > 1:
        first = words[0].split("-")[0].lower()
        if _SHE_ENDING.search(first) and first not in _NOT_SHE:
            return "she"
        if _HE_ENDING.search(first):
            return "he"
    return _beside(text, words[-1])


def _addressed(text: str, surname: str) -> Gender:
    """What every form of address before a surname in the document agrees on."""
    met = islice(re.finditer(rf"\b(\w+)\.?\s+(?:[A-Z][\w.’'-]*\s+){{0,2}}{re.escape(surname)}\b", text), OCCURRENCES)
    told = {of_title(match[1]) for match in met} - {""}
    return told.pop() if len(told) == 1 else ""


def _beside(text: str, surname: str) -> Gender:
    """What the pronouns after a surname say, in its own sentence, where nobody else is named between."""
    met = islice(re.finditer(rf"\b{re.escape(surname)}\b(?P<after>[^.!?“”\"A-Z\n]{{0,120}})", text), OCCURRENCES)
    pronouns = [word for match in met for word in re.findall(r"\b(he|his|him|himself|she|her|hers|herself)\b", match["after"])[:1]]
    she = sum(word[0] == "s" or word.startswith("her") for word in pronouns)
    he = len(pronouns) - she
    most, least = max(he, she), min(he, she)
    return "" if most < LEAST_PRONOUNS or most < 3 * least else "he" if he == most else "she"
