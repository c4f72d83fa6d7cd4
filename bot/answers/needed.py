"""What an answer out of running text must hold: a number, an amount, a day, a reason."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from bot.answers.kin import kin
from bot.question.plan import Plan
from bot.question.terms import says, stem, terms, vocabulary
from bot.question.terms import words as said_words

BEFORE, AFTER = 5, 3  # words; so far before or after what is counted may its number stand
# What has a price, or is one: such a question asks for an amount.
_PRICED = (
    r"budgets?|costs?|money|pays?|paid|spen(?:d|t|ding)|fund(?:s|ing)?|fees?|grants?|sav(?:ed?|ings?)|fine[ds]?|price|worth"
    r"|charge[ds]?|income|loans?|len[dt]|owed?"
)
_PRICES = r"costs?|price|worth|fine|penalty|bonus|dividend|salary|severance|fees?|grant|refund|compensation|pay rise"
_MONEY = re.compile(
    rf"\bhow much\b.*\b(?:{_PRICED})\b|\bwhat (?:\w+ ){{0,3}}(?:{_PRICES})\b"
    r"|^\W*what (?:\w+ ){0,2}(?:is|was|were|are|do|does|did)\b.*\b(?:paid|pay|earn|cost)\b(?! for\W*$)"
)
_AMOUNT = re.compile(r"[£$€]\s?\d|\d\s?(?:%|per ?cent)")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|none|no)\b", re.IGNORECASE
)
_COUNTED = re.compile(r"\b(?:how many|number of)\b")
# Amounts, shares, refs, ranges, days and numbers of parts are no numbers of things.
_NO_COUNT = re.compile(
    r"£\s?[\d.,]+\w*|[\d.,]+\s?(?:%|per ?cent)(?! of\b)|(?-i:\b[A-Z]+[-/ ]?\d[\w/-]*)|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b"
    r"|\b\d+\s?[-–]\s?\d+\b|\bage[ds]?\s\d+\b|\b\d+(?:st|nd|rd|th)\b|\b(?:19|20)\d\d\b"
    r"|\b(?:level|phase|part|version|item|section|stage|page|quarter|tier|priority|severity|appendix|paragraph|table|step"
    r"|recommendation|option|act|no\.?|year|lot)\s\d+"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s(?=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"^\W*(?:\d+(?:\.\d+)*|\w)[.)]?\s(?=\W*[A-Z])")
_WHEN = re.compile(r"^\W*(?:and |so )?(?:when|(?:(?:from|by|on|since|until|at) )?(?:what|which) (?:date|day|time))\b")
_AHEAD = re.compile(r"^\W*(?:and |so )?when (?:will|is|are|do|does)\b")  # asks for what is still to come
_DAY = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}[:.]\d\d\b(?!%)|\d(?:st|nd|rd|th|am|pm)\b"
    r"|\b\d+ (?:working )?(?:days?|weeks?|months?)\b|\bq[1-4]\b"
    r"|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday|tomorrow|yesterday|(?:last|next|this|previous|each|every|end of(?: the| each)?) (?:week|month|year))\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"^\W*(?:and |so )?(?:(?:from|by|at|until) )?(?:what|which) time\b")
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d\b(?!%)|\b\d{1,2}\s?(?:am|pm)\b|\bnoon\b|\bmidday\b|\bmidnight\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:what|which) (?:share|percentage|proportion|per ?cent|fraction)\b")
_SHARE = re.compile(
    r"\d\s?(?:%|per ?cent)|\b(?:half|thirds?|quarters?|none|all)\b|\b\w+ (?:in|out of) (?:\d+|ten|five)\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(r"^\W*(?:and |so )?how (?:often|frequently|many times)\b")
_EVERY = re.compile(
    r"\b(?:every|each|per|once|twice|times|daily|weekly|fortnightly|monthly|quarterly|yearly|annual(?:ly)?|annum)\b",
    re.IGNORECASE,
)
# "Where are we with it?" and "where does it stand?" ask for no place.
_WHERE = re.compile(
    r"^\W*(?:and |so )?where\b(?! (?:are|do|have) (?:we|things)\b)(?!.*\b(?:stands?|up to|got|at)\W*$)", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b(?:at|in|on|from|to|near|via)\s+(?:the\s)?[A-Z][a-z]|\b(?:virtual\w*|online|remote\w*|venue|address|hybrid)\b"
)

# What a question asks by, and what its answer must hold then; the first that fits.
_NEEDS = (
    (_TIME, _CLOCK),
    (_WHEN, _DAY),
    (_PART, _SHARE),
    (_MONEY, _AMOUNT),
    (_OFTEN, _EVERY),
    (_WHERE, _PLACE),
    (re.compile(r"\bhow (?:much|far|long)\b"), _NUMBER),
)


def asks_why(plan: Plan) -> bool:
    return plan.subject == "why" or says("asked.why", plan.question)


def asks_outcome(plan: Plan) -> bool:
    """Whether a question asks how a thing ended, which is told after the thing."""
    return bool(re.search(r"\bwhat (?:has |had )?(?:happened|become|became|came)\b", plan.question.lower()))


def has_needed(plan: Plan, text: str) -> bool:
    """Whether a text holds what an answer must: "how many" is not answered without a number, "by how much" and "what
    does it cost" not without an amount, "when" not without a day or time."""
    low = plan.question.lower()
    plain = _PARAGRAPH.sub("", text)
    if counted := _COUNTED.search(low):
        return _counts(_NO_COUNT.sub(" ", plain), said_words(low[counted.end() :]))
    needs = next((held for asks, held in _NEEDS if asks.search(low)), None)
    if needs is _NUMBER and plan.operation == "change":
        needs = _AMOUNT
    return needs is None or bool(needs.search(text if needs in (_DAY, _CLOCK) else plain))


def _counts(text: str, asked_of: Sequence[str]) -> bool:
    """Whether a text has a number; and by the things that are counted, where it speaks of these."""
    told = said_words(text)
    numbers = [at for at, word in enumerate(told) if _NUMBER.fullmatch(word) or word[0].isdigit()]
    thing = next((w for w in _thing(asked_of) if any(kin_of(w, t) for t in told)), "")
    at_thing = [at for at, word in enumerate(told) if thing and kin_of(thing, word)]
    return bool(numbers) and (not at_thing or any(-AFTER <= at - n <= BEFORE for at in at_thing for n in numbers))


def _thing(asked_of: Sequence[str]) -> Iterator[str]:
    """What is counted: the words after "how many" up to one that says nothing."""
    return takewhile(lambda word: terms(word, "little"), asked_of)


def kin_of(one: str, other: str) -> bool:
    """Whether two words are forms of one."""
    return stem(one) == stem(other) and kin(one, other)


def gives(plan: Plan) -> Sequence[str]:
    """The patterns of a sentence that gives what the question asks for; () where any may."""
    if asks_why(plan):
        return tuple(vocabulary()["words"]["because"])
    if _AHEAD.search(plan.question.lower()):
        return tuple(vocabulary()["words"]["to_come"])
    return tuple(vocabulary()["words"]["changed"]) if plan.operation == "change" else ()
