"""The words attribution rests on: verbs of saying, who can say something, and hearsay."""

import re

# Base forms; a verb ending in "!" doubles its last letter, irregular pasts follow a slash.
_SAYING = """say/said tell/told state announce warn claim argue stress emphasize emphasise add note explain insist declare describe
deny/denied reject confirm affirm reaffirm assert allege report write/wrote/written tweet post call urge vow pledge promise threaten
condemn demand
    admit!/admitted reveal acknowledge concede comment remark respond reply/replied conclude predict estimate highlight underline accuse
    blame praise criticise criticize hint outline clarify/clarified recall testify/testified question reiterate propose caution dismiss
    refute dispute
    contradict corroborate deplore complain joke quip!/quipped observe speculate ask answer maintain contend suggest indicate underscore
    disclose inform mention repeat boast protest assure forecast/forecast signal publish label brand cite quote attribute express issue
    list set_out/set_out rule_out/ruled_out point_out/pointed_out point_to/pointed_to call_for/called_for speak_of/spoke_of/spoken_of lay_out/laid_out
    decline_to_say decline_to_comment decline_to_confirm decline_to_answer refuse_to_say refuse_to_comment refuse_to_answer
    rule hold/held present put give/gave recommend confide/confided reckon swear/swore/sworn confess retort object grant exclaim guess scoff sneer
    record apologise apologize remember remind counter shoot_back/shot_back depose shout cry laugh sigh wonder disagree
    let_slip/let_slip let_it_be_known/let_it_be_known sum_it_up/summed_it_up talk_of wish_it_to_be_minuted/wished_it_to_be_minuted
    wish_it_to_be_recorded/wished_it_to_be_recorded wish_to_add/wished_to_add wish_to_say/wished_to_say
    go_on_to_say/went_on_to_say go_on_record/went_on_record"""
_OPINING = """believe think/thought expect fear suspect assume hope feel/felt consider find/found know/knew/known see/saw agree estimate doubt
    judge
    show/showed understand/understood"""

# Only these subjects take such verbs as verbs of saying: a person or body that can speak, followed by "that" or a clause.
NEEDS_THAT = frozenset(
    """show understand rule hold maintain observe indicate suggest signal find know see feel agree give put present list set assume
        hope think believe expect fear suspect consider judge doubt express issue publish post label brand attribute respond reply
    protest answer grant object guess reckon record remember counter cry laugh sigh shout wonder disagree depose""".split()
)
REPORTING = frozenset("report quote cite write publish corroborate".split())


def _forms(entry: str) -> tuple[str, set[str]]:
    """The base form and every finite form of one entry; for "rule_out" the verb is inflected, the particle kept."""
    base, *past = entry.split("/")
    doubled, base = base.endswith("!"), base.rstrip("!")
    verb, _, particle = base.partition("_")
    tail = f" {particle.replace('_', ' ')}" if particle else ""
    third = verb + ("es" if re.search(r"(?:s|sh|ch|x|z|o)$", verb) else "s")
    if re.search(r"[^aeiou]y$", verb):
        third = verb[:-1] + "ies"
    regular = verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else verb + ("d" if verb.endswith("e") else "ed")
    pasts = {form.replace("_", " ") for form in past} or {regular + tail}
    stem = verb + verb[-1] if doubled else verb.removesuffix("e") if not verb.endswith("ee") else verb
    return base.replace("_", " "), {verb + tail, third + tail, stem + "ing" + tail} | pasts


VERBS = {form: base for entry in (_SAYING + " " + _OPINING).split() for base, forms in [_forms(entry)] for form in forms}
FINITE = {form: base for form, base in VERBS.items() if not form.split()[0].endswith("ing")}
GERUNDS = {form: base for form, base in VERBS.items() if form.split()[0].endswith("ing")}

# Heads of phrases for people and bodies who can be held to a statement when the phrase is definite or names somebody.
ROLES = frozenset("""president minister premier leader spokesman spokeswoman spokesperson director chief head commander general secretary
    secretary-general ambassador envoy coach manager captain player mayor governor chairman chairwoman chair ceo founder cofounder
    professor judge lawyer doctor
    analyst expert official source officer king queen pope candidate member lawmaker mp senator victim mother father brother sister son
    daughter wife husband widow man woman boy girl owner editor reporter correspondent journalist historian economist scientist researcher
    engineer
    inspector investigator prosecutor ayatollah sheikh imam cleric diplomat negotiator mediator executive boss striker goalkeeper midfielder
    defender referee teacher nurse farmer driver neighbour neighbor colleague friend witness survivor resident chancellor congressman deputy
    colonel major lieutenant admiral captain marshal commissioner rapporteur negotiator organiser organizer activist defendant suspect
    representative counterpart trainer writer critic observer auditor surveyor predecessor successor restorer veterinarian
    inspector-general patron principal rector dean mediator partisan commander-in-chief
    chairperson insider coroner magistrate surgeon chef designer artist author singer actor firefighter paramedic pilot aide student pupil
    worker employee customer user passenger tourist fan voter patient caller delegate prosecutor assistant commentator treasurer
    caretaker clerk cook foreman mechanic butcher baker keeper guard warden priest vicar bishop gardener electrician plumber carpenter
    fisherman sailor skipper innkeeper landlord landlady tenant waiter waitress shopkeeper postman cellist violinist pianist painter sculptor
    poet novelist biographer translator interpreter librarian curator archivist geologist biologist chemist physicist astronomer botanist
    meteorologist seismologist archaeologist epidemiologist neurologist psychologist pharmacist physician midwife dentist statistician
    accountant banker broker contractor architect planner builder welder miner docker technician adjuster ombudsman ombudswoman notary
    sheriff constable detective prisoner inmate hostage refugee villager islander grandfather grandmother uncle aunt cousin nephew niece
    grandson granddaughter stepfather stepmother girlfriend boyfriend shareholder undersecretary under-secretary consul duke duchess
    prince princess countess baron baroness emperor empress chaplain monk nun abbot pastor missionary brigadier corporal photographer
    presenter moderator columnist blogger publisher umpire cyclist runner swimmer climber
    superintendent sergeant councillor counsel attorney secretary-designate spy tourist former latter pair two three""".split())
BODIES = frozenset(
    """police army military government ministry authority authorities court company club party union agency council parliament bank firm
    hospital university team federation commission committee regulator prosecutors television militia group movement brigades forces navy
    embassy leadership command factions faction coalition organisation organization newspaper broadcaster network outlet channel website
    magazine daily administration cabinet office department institute charity association league board congress senate house assembly
    presidency airline operator supplier manufacturer retailer developer corporation subsidiary service bureau delegation mission media
    resistance opposition alliance axis bloc state country nation kingdom republic foundation centre center institution school museum studio
    clinic school theatre port mine factory plant brewery refinery library church parish diocese festival orchestra shelter zoo hotel
    brewer corps farm cooperative co-operative chamber guild observatory watchdog tribunal panel jury inquiry campaign carrier trust society
    laboratory observatory survey monitor monitors palace kremlin
    vatican pentagon crown treasury bulletin leaders ministers presidents directors commanders generals spokesmen heads chiefs residents'
    side sides
    soldiers fighters men women parents victims relatives survivors members lawmakers senators deputies mps players coaches executives
    counterparts auditors inspectors officers jurors surveyors mediators negotiators investigators inspectors engineers doctors nurses
    rebels insurgents separatists strikers clubs
    companies parties unions governments banks ministries agencies states countries groups brothers sisters neighbours neighbors employees
    owners organisers organizers defendants""".split()
)
# Heads that name nobody by themselves; with a name among their words ("US officials") they do.
ANONYMOUS = frozenset(
    """officials sources experts analysts observers witnesses eyewitnesses reports critics leaks many some others people most insiders
    commentators residents locals diplomats researchers economists scientists activists supporters opponents rumours rumors estimates
    media outlets accounts documents studies polls surveys historians journalists reporters correspondents lawyers passers-by bystanders
    several everyone everybody anyone nobody somebody someone fans voters users customers investors traders specialists academics scholars
    pundits skeptics sceptics villagers protesters workers readers few figures source official expert analyst witness report""".split()
)
SELVES = frozenset("article commentary piece author digest essay column text document newsletter".split())
DOCUMENT_NOUNS = frozenset(
    """report reports statement statements figures figure data study studies survey poll account accounts tally estimates estimate documents
    document records findings press release communique communiqué letter memo interview remarks comments post filing census count bulletin
    update briefing forecast analysis calculations paper audit review investigation inquiry article tweet thread leaflet numbers
    statistics information testimony minutes register registry log logs archive archives database ledger certificate""".split()
)
# Documents that can be the subject of a verb of saying ("the study found that"), and the verbs they take.
PAPERS = frozenset(
    """report reports study studies survey surveys poll polls paper papers figures data census audit analysis review investigation
    estimates statistics documents bulletin filing letter statement post tally findings records numbers calculations register registry
    log logs""".split()
)
PAPERS_TAKE = frozenset(
    "say state find show suggest conclude estimate put indicate claim allege warn note describe report reveal predict forecast".split()
)
# A body may be referred back to by one of these: "the group said".
BACKREFERENCES = frozenset("""group company club party movement agency bank firm organisation organization militia ministry government
    union federation council commission institute court airline retailer charity operator manufacturer team committee army
    department club board""".split())
TITLES = frozenset(
    """president vice prime minister premier leader secretary secretary-general general gen chancellor king queen prince princess pope
    sheikh ayatollah imam rabbi sir dame lord lady mr mrs ms miss dr cllr prof professor senator sen congressman congresswoman representative
    rep governor
    gov mayor ambassador envoy judge justice director chief chairman chairwoman chairperson chair ceo cfo executive managing head coach
    manager captain colonel col major lieutenant lt sergeant sgt admiral commander commander-in-chief deputy spokesman spokeswoman
    spokesperson officer defence defense
    foreign finance interior health supreme former ex-president acting interim analyst economist expert striker goalkeeper midfielder
    defender founder co-founder editor correspondent journalist reporter official negotiator mediator councillor superintendent inspector
    detective
    commissioner brigadier marshal sister father brother saint treasurer professor lecturer historian scientist researcher engineer teacher
    director-general governor-general farmer lawyer attorney prosecutor candidate mp billionaire businessman owner boss""".split()
)
UNNAMING_ADJECTIVES = frozenset(
    """senior local government military security medical health hospital police unnamed anonymous several many some most multiple
    independent political foreign other two three four top high-ranking recent media press early initial unconfirmed various numerous a an
    one both all no
    any these those such few more different well-placed informed familiar legal financial industry market city company club union party
    state leading former current regional international public social the every another certain individual further additional new old
    young""".split()
)

# Hearsay: other people's words or knowledge, with nobody named for it.
_HEARERS = (
    r"(?:(?:recent|some|several|many|most|various|media|press|news|local|unconfirmed|early|initial|multiple|numerous|conflicting"
    r"|independent|"
    r"military|political|security|senior|anonymous|unnamed)\s+)*"
    r"(?:reports?|sources?|officials|experts?|analysts|observers|witnesses|eyewitnesses|critics|insiders|commentators|rumou?rs"
    r"|leaks|accounts|"
    r"estimates|studies|polls|media|outlets|residents|locals|supporters|opponents|many|some|others|people|diplomats|economists"
    r"|scientists|"
    r"researchers|historians|activists|pundits)"
)
_PASSIVE = (
    r"said|reported|thought|believed|considered|alleged|rumou?red|described|understood|suspected|feared|likened|viewed|regarded"
    r"|acknowledged|"
    r"accused|claimed|speculated|credited|blamed|hailed|criticised|criticized|seen\s+as|treat(?:ed|ing)\s+(?:\w+\s+){0,2}as"
    r"|reputed|deemed"
)
_LEARNT = r"announced|confirmed|discovered|revealed|noted|disclosed|learn(?:ed|t)|expected|agreed"
HEARSAY = re.compile(
    rf"\b(?:reportedly|allegedly|supposedly|purportedly|rumou?redly|unconfirmed\s+reports?|hearsay|it\s+emerged\s+that"
    rf"|(?:is|are|was|were|been|being)\s+(?:(?:also|now|widely|often|generally|commonly|long|still|later|being|been"
    rf"|once)\s+)*(?:{_PASSIVE})\b"
    rf"|(?:has|have|had)\s+been\s+(?:called|dubbed|labell?ed|nicknamed)\s+(?:an?|the)\b"
    rf"|it\s+(?:is|was|has\s+been)\s+(?:(?:also|now|later|widely|often)\s+)*(?:{_PASSIVE}|{_LEARNT})\b"
    rf"|suspected\s+(?:to\s+be|of)|(?:often|widely|commonly|frequently|sometimes)\s+(?:likened|described|regarded|considered|seen|called"
    rf"|referred)\b|said\s+to\s+(?:be|have)|there\s+(?:have\s+been|has\s+been|are|were|was|is)\s+(?!no\b)(?:\w+\s+){{0,3}}(?:reports?"
    rf"|rumou?rs|claims|allegations|suggestions)"
    rf"|{_HEARERS}\s+(?:(?:also|now|have|has|had|widely|often|further|increasingly|already|repeatedly|say|fear)\s+)*"
    rf"(?:say|said|says|suggests?|suggested|indicates?|indicated|claims?|claimed|warn(?:s|ed)?|believe[sd]?|fear(?:s|ed)?(?!\s+for\b)"
    rf"|describe[sd]?|argue[sd]?|note[sd]?|point(?:s|ed)?\s+(?:out|to)|"
    rf"estimate[sd]?|expect(?:s|ed)?|predict(?:s|ed)?|think|thought|call(?:s|ed)?|question(?:s|ed)?|emerged?|allege[sd]?|report(?:s|ed)?"
    rf"|detail(?:s|ing)?|told|see|saw|consider|agree|put)\b"
    rf"|(?:video|footage|images?|claims|allegations|rumou?rs)\s+(?:\w+\s+)?(?:claiming|appearing|purporting|circulating|emerged)"
    rf"|a\s+flurry\s+of\s+reports|rumou?rs\s+(?:of|that|about)\b|sources?\s+(?:familiar|close)\b)",
    re.I,
)
# The document itself says that it names nobody.
UNSOURCED = re.compile(
    r"\b(?:without\s+(?:naming\s+|citing\s+|giving\s+|giving\s+any\s+|any\s+|saying\s+who|a\s+source)|(?:attributed"
    r"|ascribed)\s+to\s+(?:nobody|no\s+one)|cit(?:es|ing)\s+nobody"
    r"|names\s+no\s+(?:source|one|body)|names?\s+nobody|offers\s+no\s+(?:evidence|source)|unsourced|unattributed|does\s+not\s+say\s+who"
    r"|gives\s+no\s+source)",
    re.I,
)
HEDGES = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly|apparently|possibly|probably|presumably|likely|perhaps|may|might|could|suggests?"
    r"|suggested|appears?|appeared|seems?|seemed"
    r"|estimated?|estimates|approximately|roughly|nearly|believed|thought|suspected|alleged|rumou?red|unconfirmed|potential(?:ly)?"
    r"|ostensibly)\b|\b(?:about|around)\s+\d",
    re.I,
)
CONTESTED = re.compile(
    r"\b(?:killed|dead|deaths?|wounded|injured|casualties|fatalities|death\s+toll|losses|missing|displaced|massacres?|genocid\w+"
    r"|terroris\w+|war\s+crimes?|responsib\w+\s+for"
    r"|blamed?|guilty|culprits?|assassinat\w+|murder\w*|atrocit\w+|illegal\w*|unlawful\w*|corrupt\w*|fraud\w*|rigged|aggression|brutal\w*"
    r"|regime|propaganda|spies|espionage"
    r"|carried\s+out\s+(?:by|the)|victory|defeat\w*|crippled|humiliat\w+|worst|best|greatest|failed|stole|stolen|rape\w*|tortur\w+"
    r"|ethnic\s+cleansing)\b",
    re.I,
)
