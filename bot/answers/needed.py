"""What an answer out of running text must hold: a number, an amount, a day, a reason."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import dropwhile, takewhile

from bot.answers.kin import kin
from bot.question.plan import Plan
from bot.question.terms import places, says, stem, terms, vocabulary, which
from bot.question.terms import words as said_words
from kpi_tools.names import find_entities
from kpi_tools.periods import find_periods

_LONG = timedelta(days=100)  # a quarter and some: "the 2024 season" tells no day
BEFORE, AFTER = 5, 3  # words; so far before or after what is counted may its number stand
_AMOUNT = re.compile(r"[£$€]\s?\d|\d\s?(?:%|per ?cent)")
# "38.6 million items" are no money.
_MONEY = re.compile(r"[£$€]\s?\d|\d\s?(?:pounds|pence)\b|\d\s?(?:million|[km])\b(?!\s[a-z])", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|none|no)\b", re.IGNORECASE
)
_QUANTITY = re.compile(_NUMBER.pattern.replace("|none|no)", ")"), re.IGNORECASE)  # "no bids": none of what it costs
# Refs, ranges, days and numbers of parts are no numbers of anything.
_NO_NUMBER = re.compile(
    r"(?-i:\b[A-Z]+[-/ ]?\d[\w/-]*)|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b"
    r"|\bage[ds]?\s\d+(?:\s?[-–]\s?\d+)?\b"
    r"|\b\d+\s?[-–]\s?\d+\b|\b\d+- to \d+\b|\b\d+(?:st|nd|rd|th)\b|\b(?:19|20)\d\d\b(?!\+)"
    r"|\b(?:level|phase|part|version|item|section|stage|page|quarter|tier|priority|severity|appendix|paragraph|table|step"
    r"|recommendation|option|act|no\.?|year|lot)\s\d+"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s(?=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(r"[£$€]\s?[\d.,]+\w*|[\d.,]+\s?(?:%|per ?cent)(?! of\b)", re.IGNORECASE)  # no number of things
_LASTS = re.compile(
    r"\b\d+\s(?:working )?(?:year|month|week|day|hour|minute|second)s?\b|\b\d+\s?(?:mins|hrs|secs)\b", re.IGNORECASE
)
_PARAGRAPH = re.compile(r"^\W*(?:\d+(?:\.\d+)*|\w)[.)]?\s(?=\W*[A-Z])")
_DAY = re.compile(
    r"(?:^|\b(?:in|by|since|from|until|during|before|after|and|to|early|late|mid|of|for|around|between)[\s-]|[(:;,–|]\s?)"
    r"(?:19|20)\d\d\b"  # "Windows 2008", "the accounts 2017/18" tell no day
    r"|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}[:.]\d\d\b(?!%)|\d(?:st|nd|rd|th|am|pm)\b"
    r"|\b\d+ (?:working )?(?:days?|weeks?|months?)\b|\bq[1-4]\b"
    r"|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday|tomorrow|yesterday|(?:last|next|this|previous|each|every|end of(?: the| each)?) (?:week|month|year)"
    r"|tb[ac]|to be (?:confirmed|announced|agreed))\b",
    re.IGNORECASE,
)
_MET = re.compile(r"^\W*\d{1,2} \w+ \d{4}: ", re.MULTILINE)  # the day of the meeting at which it was said
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(?:Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec)|\b(?:June?|July?|May)\b"
)
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d\b(?!%)|\b\d{1,2}\s?(?:am|pm)\b|\bnoon\b|\bmidday\b|\bmidnight\b", re.IGNORECASE)
_PLURAL = re.compile(r"[a-z][^s\W]s$|^(?:wo)?men$")  # "people" may be called anything
_PERCENT = re.compile(r"\d\s?(?:%|per ?cent)")
_SHARE = re.compile(
    r"\d\s?(?:%|per ?cent)|\b(?:half|thirds?|quarters?|none|all)\b|\b\w+ (?:in|out of) (?:\d+|ten|five)\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"\b(?:every|each|per|once|twice|times|daily|weekly|fortnightly|monthly|quarterly|yearly|annual(?:ly)?|annum)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?i:at|in|on|from|to|near)\s+(?:the\s)?(?!(?:Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec)\w*\b)[A-Z][a-z]"
    r"|\b(?i:at|near|from|behind|outside)\s+(?:the|an?)\s[a-z]|\b(?i:virtual\w*|online|remote\w*|venue|address|hybrid)\b"
)

_VOTE = re.compile(
    r"\b(?:unanimous\w*|nem\.? con\b|abstain\w*|abstention\w*|voted? (?:for|against)|casting vote"
    r"|(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) votes?\b|votes? (?:of|to) \w+)",
    re.IGNORECASE,
)

# By what phrases.toml says that a question needs: what its answer must hold then.
_HELD: Mapping[str, re.Pattern[str]] = {
    "clock": _CLOCK,
    "date": _DATE,
    "day": _DAY,
    "percent": _PERCENT,
    "share": _SHARE,
    "money": _MONEY,
    "amount": _AMOUNT,
    "frequency": _EVERY,
    "place": _PLACE,
    "vote": _VOTE,
    "quantity": _QUANTITY,
    "number": _NUMBER,
}
# What no record tells unless it says so, whatever it has of the question's words.
KINDS = ("clock", "date", "day", "frequency", "place", "vote")


def asks_why(plan: Plan) -> bool:
    return plan.subject == "why" or says("asked.why", plan.question)


def asks_change(plan: Plan) -> bool:
    """Whether a question asks how a thing changed, or by how many per cent."""
    return plan.operation == "change" or which("needed", plan.question) == "percent"


def asks_outcome(plan: Plan) -> bool:
    """Whether a question asks how a thing ended, which is told after the thing."""
    return says("text.outcome", plan.question)


def has_needed(plan: Plan, text: str) -> bool:
    """Whether a text holds what an answer must: "how many" is not answered without a number, "by how much" and "what
    does it cost" not without an amount, "when" not without a day or time."""
    if says("text.ahead", plan.question):
        text = _MET.sub("", text)
    plain = _PARAGRAPH.sub("", text)
    if counted := places("text.count", plan.question):
        return _counts(_NO_NUMBER.sub(" ", _NO_COUNT.sub(" ", plain)), said_words(plan.question[counted[0][1] :]))
    of_money = plan.subject == "budget_line" and not says("text.who", plan.question)
    needs = which("needed", plan.question) or ("amount" if of_money else "")
    if plan.today and says("text.to_come", plan.question) and not _is_ahead(text, date.fromisoformat(plan.today)):
        return False
    if needs == "clock" and says("text.closes", text) and not says("text.closes", plan.question):
        return False
    if needs == "quantity" and plan.operation == "change":
        needs = "amount"
    if needs == "quantity":
        plain = _NO_NUMBER.sub(" ", plain)
    if needs == "council":
        return not {name for name, _, _ in find_entities(text)} <= {name for name, _, _ in find_entities(plan.question)}
    return not needs or bool(_HELD[needs].search(text if needs in ("date", "day", "clock") else plain))


def of_kind(plan: Plan, told: str) -> bool:
    """Whether what records tell is of the kind that a question asks for, where it asks for a place, a day or hour, how
    often or by what vote; and a reason, where it asks for one of a risk, which only says what may come."""
    if asks_why(plan):
        return plan.subject != "risk" or gives(plan, told)
    return which("needed", plan.question) not in KINDS or has_needed(plan, told)


def _is_ahead(text: str, today: date) -> bool:
    """Whether a text names a day to come, or today; one that names none and says how often a thing is tells no next."""
    told = [period for period, _, _ in find_periods(text, today)]
    return any(p.end >= today and p.end - p.start < _LONG for p in told) if told else not _EVERY.search(text)


def _counts(text: str, asked_of: Sequence[str]) -> bool:
    """Whether a text has a number; and by the things that are counted, where it speaks of these."""
    if not any(_LASTS.fullmatch(f"1 {word}") for word in asked_of):
        text = _LASTS.sub(" ", text)
    told = said_words(text)
    numbers = [at for at, word in enumerate(told) if _NUMBER.fullmatch(word) or word[0].isdigit()]
    numbers = [at for at in numbers if told[at] not in asked_of]  # of "25 year olds" the 25 is no count
    thing = next((w for w in _thing(asked_of) if any(kin_of(w, t) for t in told)), "")
    # "calls per employee" counts no employees
    at_thing = [at for at, word in enumerate(told) if thing and kin_of(thing, word) and told[at - 1 : at] != ["per"]]
    return any(-AFTER <= at - n <= BEFORE for at in at_thing for n in numbers)


def _thing(asked_of: Sequence[str]) -> Iterator[str]:
    """What is counted: the words after "how many", or "how many of our", up to one that says nothing."""
    return takewhile(_says, dropwhile(lambda word: not _says(word), asked_of))


def counted(question: str) -> str:
    """What a question counts, the first plural after its "how many": of "how many young drivers" that is "drivers"; ""
    where it counts nothing, or nothing that ends like a plural."""
    found = places("text.count", question)
    said = _thing(said_words(question[found[0][1] :])) if found else iter(())
    return next((word for word in said if _PLURAL.search(word)), "")


def _says(word: str) -> bool:
    return bool(terms(word, "little"))


def kin_of(one: str, other: str) -> bool:
    """Whether two words are forms of one."""
    return stem(one) == stem(other) and kin(one, other)


def is_dated(text: str) -> bool:
    """Whether a text begins with a day."""
    return bool(_DAY.match(text)) and bool(_DATE.search(text))


def gives(plan: Plan, text: str) -> bool:
    """Whether a text says that it gives the reason, the day to come or the change that the question asks for."""
    kinds = {"because": asks_why(plan), "to_come": says("text.ahead", plan.question), "changed": asks_change(plan)}
    patterns = next((vocabulary()["words"][kind] for kind, asked in kinds.items() if asked), ())
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
