"""Words that end in a full stop without ending a sentence, lower case, and words that begin one."""

# Never the last word of a sentence.
NEVER_LAST = frozenset(
    """mr mrs ms messrs dr prof gen sen rep reps sens gov lt col sgt capt maj cmdr adm rev hon pres supt det insp amb msgr
    brig cpl pvt e.g i.e cf vs viz eg ie ca approx resp""".split()
)

# Part of a number that follows: "No. 5", "Fig. 2", "Sept. 11".
BEFORE_NUMBER = frozenset(
    """no nos vol vols fig figs eq eqs p pp sec secs art arts ch chap para paras ed eds op pt pts ver v c r tel ext max min
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun""".split()
)

# Mostly inside a sentence, last in it when a word of STARTERS follows: "Acme Inc. The firm".
BEFORE_NAME = frozenset(
    """st mt ft ave blvd rd jr sr bros inc ltd co corp llc plc univ dept assn gov't govt al est v fr sec ph.d m.d b.a
    m.a d.c""".split()
)

_DAYS_AND_MONTHS = """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december today tomorrow yesterday"""
_CLOCK = frozenset((_DAYS_AND_MONTHS + " gmt utc est edt et ct pt cet cest bst ist eastern central pacific local").split())

# Inside a sentence only ahead of these: "5 p.m. Tuesday".
TIME_WORDS = {word: _CLOCK for word in ("a.m", "p.m", "am", "pm")}

# Words that seldom follow an abbreviation with a capital unless they begin a sentence.
STARTERS = frozenset(
    """The A An This That These Those There Here He She It They We You I His Her Its Their Our My Your In On At By For
    From To With Without After Before During Since Until While When Where Why How What Who Which If Although Though
    Because As But And Or So Yet Not No Nor Now Then Thus Hence However Meanwhile Moreover Also Still Some Many Most Several
    Both Each Every All Another Other Others Such Only Even Just Once Despite Under Over According Is Are Was Were Do Does
    Did Has Have Had Can Could Will Would Should""".split()
)
