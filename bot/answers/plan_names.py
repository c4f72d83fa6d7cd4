"""Which plan a question names, where a paper holds several: "the land charges plan", "the IT plan"."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.answers.builder import Builder
from bot.question.plan import Plan
from bot.question.terms import terms
from kpi_tools.ledger import Record

_FINANCIAL = r"\b20\d\d ?[ /–-] ?(?:20)?\d{1,2}\b"
_OF_YEAR = re.compile(
    rf"({_FINANCIAL})(?: [\w&]+){{0,4}}? plans?\b|\bplans? (?:of|for|in) ({_FINANCIAL})", re.IGNORECASE
)
_YEAR = re.compile(r"\b20(\d\d) ?[ /–-] ?(?:20)?(\d{1,2})\b")
_PLAN = re.compile(r"\b((?:(?!the\b|of\b|in\b|to\b)[\w&-]+ ){1,3})plans?\b")


def year_asked(question: str) -> tuple[str, int]:
    """The financial year whose plan a question asks about, as it says it, and the calendar year in which it begins;
    ("", 0) for none."""
    named = _OF_YEAR.search(question)
    return (named[1] or named[2], began(named[0])) if named else ("", 0)


def began(text: str) -> int:
    """The calendar year in which the first financial year that a text names begins; 0 where it names none."""
    years = ((int(m[1]), int(m[2]), 10 ** len(m[2])) for m in _YEAR.finditer(text))
    return next((2000 + first for first, last, most in years if (first + 1) % most == last), 0)


def of_year(year: int, records: Sequence[Record], builder: Builder) -> list[Record]:
    """The records of a year's plans: those whose name or paper's title says it, else those as of a day in it."""
    return [r for r in records if year == (_named_year(r, builder) or _year_of(r))]


def _named_year(record: Record, builder: Builder) -> int:
    return began(record.fields["plan"]) or began(builder.called(record.place.document))


def _year_of(record: Record) -> int:
    day = record.as_of
    return day.year - (day.month < 4) if day else 0


def shared(records: Sequence[Record]) -> frozenset[str]:
    """The words that the names of several plans have ("Five Councils"): they tell none from another."""
    names = {r.fields["plan"] for r in records if r.fields["plan"]}
    counted = Counter(t for name in names for t in set(terms(name)))
    return frozenset(t for t, count in counted.items() if count > 1)


def is_named(record: Record, plan: Plan, common: frozenset[str]) -> bool:
    """Whether a question names a record's plan: by all of its words but those in common with others, or as capitals
    ("the IT plan")."""
    name = " ".join(w for w in record.fields["plan"].split() if not any(c.isdigit() for c in w))
    own = set(terms(name))
    if any(called and called <= own for called in _called(plan.question.lower())):
        return True
    if said := own - common or own:
        return said <= set(terms(plan.question))
    return bool(name) and re.search(rf"\b{re.escape(name)}\b", plan.question) is not None


def is_of_service(record: Record, plan: Plan) -> bool:
    """Whether a record's plan is that of a service that a question names."""
    said = [set(terms(service)) for service in plan.services]
    return any(own and own <= set(terms(record.fields["plan"])) for own in said)


def _called(low: str) -> list[set[str]]:
    """What a question calls a plan, of one to three words: "land charges plan"."""
    before = [m[1].split() for m in _PLAN.finditer(low)]
    return [set(terms(" ".join(words))) for words in before]
