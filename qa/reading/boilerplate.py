"""What web pages leave behind at the end of a copied article: comment forms, archives, share and cookie lines.

Recognised line by line from the end upwards, and only as far as every line is such a line, a fragment of a form or list
beneath one, or empty. The first line of prose stops it, so nothing inside an article is ever taken.
"""

import re

LONGEST_LINE = 240
MOST_FRAGMENTS = 12  # of a list of headlines in a row
MAX_SHARE = 0.5  # a text of headings only that would lose more than this is about these words, not followed by them
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"

# Lines that begin a block of boilerplate: they stand alone, so the pattern covers the whole line.
_WHOLE = re.compile(
    r"""(?:
      leave\ a\ (?:reply|comment)(?:\ cancel\ reply)? | (?:post|add|write)\ a\ comment | cancel\ reply
    | (?:\d+|no|one)\ (?:comments?|responses?|replies|thoughts?)(?:\ (?:yet|on|to)\b.{0,120})? | comments?\ (?:(?:are\ )?closed|\(\d+\))\.?
    | (?:posts?|archives?|articles|stories)\ by\ (?:month|date|year|category|topic)
    | (?:share|print|email|like|rate)(?:\ (?:this|on|via)(?:\ (?:article|post|story|page|news|facebook|twitter|x|email|whatsapp))?):?
    | (?:related|recent|popular|latest|similar|recommended|trending|most\ read)\ (?:articles?|posts?|stories|reading
      |content|news|topics|comments):?
    | (?:you\ may|you\ might)\ also\ (?:like|enjoy|be\ interested\ in):? | more\ (?:stories|articles|posts
      |news)(?:\ (?:from|by|on)\b.{0,60})?
    | (?:read|see)\ (?:also|next|more):? | (?:previous|next|older|newer)\ (?:posts?|articles?|story|page)\b.{0,120} | post\ navigation
    | (?:tags|filed\ under|categories|posted\ in|tagged(?:\ with)?):\ .{1,160}
    | (?:follow\ us|back\ to\ top|skip\ to\ content|cookie\ (?:policy|settings|preferences))[:.!]?
    | (?:privacy\ policy|terms\ (?:of\ (?:use|service)|and\ conditions|&\ conditions)|contact\ us|about\ us)(?:\ *[|·•]\ *.{1,120})?
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
# Single words that are ordinary list items too: only with an empty line above.
_WORD_ALONE = re.compile(r"(?:archives?|comments?|share|subscribe|sign up|newsletter|advertisement)[:.!]?", re.IGNORECASE)
# Sentences that only such a block holds, known by how they begin.
_OPENING = re.compile(
    r"""(?:
      your\ e-?mail\ address\ will\ not\ be\ published | required\ fields\ are\ marked | save\ my\ name,?\ e-?mail
    | notify\ me\ of\ (?:new|follow) | this\ site\ uses\ (?:akismet|cookies) | (?:this|our)\ web\ ?site\ uses\ cookies
    | we\ use\ cookies\ (?:to|on|and|for)\ | by\ (?:continuing|using)\ (?:to\ (?:use|browse)\ )?(?:this|our)\ (?:web)?\ ?site
    | (?:subscribe|sign\ up)\ (?:to|for|now|today|here)\ .{0,60}(?:newsletter|updates|channel|mailing\ list|e-?mail|inbox|feed|alerts)
    | (?:follow|like|join|find)\ us\ on\ | (?:share|print|e-?mail|tweet|pin)\ this\ (?:article|post|story|page|on|:)
    | share\ (?:on|via)\ (?:facebook|twitter|x|whatsapp|linkedin|telegram|e-?mail) | click\ to\ share\ on
    | (?:copyright\ )?© | (?:copyright\ )?\(c\)\ ?(?:19|20)\d\d | copyright\ (?:19|20)\d\d\b | all\ rights\ reserved
    | you\ must\ be\ logged\ in\ to\ (?:post|comment) | log\ in\ to\ (?:leave|post|comment|reply)
    | powered\ by\ (?:wordpress|blogger|disqus|ghost)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_FIELD = re.compile(
    r"(?:name|e-?mail|website|comment|message|search|submit|post comment|select (?:month|category)|url)\s*[*:]*", re.IGNORECASE
)
_MONTH_LINE = re.compile(rf"(?:[-*•]\s*)?(?:{_MONTHS})\s+\d{{4}}(?:\s*\(\d+\))?", re.IGNORECASE)
_FRAGMENT = re.compile(r"(?=.{1,90}$)(?!.*[.!?:;,][\"”’)]*$)\S.*")


def trailing_boilerplate(text: str, start: int = 0) -> tuple[int, int] | None:
    """The span from the first line of the boilerplate that ends `text[start:]` to the end of `text`; None without any."""
    first, certain = None, False
    fragments = 0  # lines that are boilerplate only if a heading of theirs stands above
    for line_start, line_end in _lines_from_end(text, start):
        line = _bare(text[line_start:line_end])
        if not line or _FIELD.fullmatch(line) or _MONTH_LINE.fullmatch(line):
            continue
        if _begins_block(line) or (_WORD_ALONE.fullmatch(line) and _empty_line_before(text, line_start)):
            first, fragments, certain = line_start, 0, certain or bool(_OPENING.match(line))
        elif _FRAGMENT.fullmatch(line) and fragments < MOST_FRAGMENTS:
            fragments += 1
        else:
            break
    if first is None or not text[start:first].strip():
        return None
    if not certain and len(text) - first > MAX_SHARE * (len(text) - start):
        return None
    return (first, len(text))


def _bare(line: str) -> str:
    """The line without the signs that Markdown and table layouts put around it."""
    return line.strip().strip("#|_").strip().removeprefix("**").removesuffix("**").strip()


def _begins_block(line: str) -> bool:
    return len(line) <= LONGEST_LINE and bool(_WHOLE.fullmatch(line) or _OPENING.match(line))


def _empty_line_before(text: str, line_start: int) -> bool:
    before = text[:line_start].rstrip(" \t\r")
    return before.endswith("\n") and before[:-1].rstrip(" \t\r").endswith("\n")


def _lines_from_end(text: str, start: int):
    end = len(text)
    while end > start:
        line_start = max(text.rfind("\n", start, end) + 1, start)
        yield line_start, end
        end = line_start - 1
