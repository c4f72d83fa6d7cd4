"""The other period of a question: the month before, a year earlier, the two that are held against each other."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.question.catalogue import Catalogue
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import says, which
from bot.question.years import LAST_YEAR
from kpi_tools.periods import find_periods
from kpi_tools.spans import Period, financial_year, month, month_end, quarter, shifted

_SAYS_YEAR = re.compile(r"\d\d|last|past|this|current|previous|latest|next|tomorrow|date")  # or counts from today
_LONG_AGO = timedelta(days=366)
_OF_FIGURES = ("kpi", "brief", "why")  # subjects
_TOGETHER = ("rank", "total", "average")  # operations over two figures that are no change from the one to the other
AROUND = timedelta(days=150)  # a month that a follow-up names is the nearest to what was answered
_PERIOD = "_"  # stands for the period that a question names, in what is said beside it


def near(low: str, today: date, before: Plan | None, catalogue: Catalogue) -> date:
    """The day by which a question's years are read: a follow-up's "and May?" is near the period asked before, unless
    what was asked is reported from later on."""
    if before is None or not before.until or not says("follow.opens", low) or re.search(r"\d\d", low):
        return today
    day = min(today, date.fromisoformat(before.until) + AROUND)
    first = min((e.since for e in catalogue.entries if e.since and e.key in before.measures), default=date.min)
    return day if all(p.end >= first for p, _, _ in find_periods(low, day)) else today


def reported_until(plan: Plan, catalogue: Catalogue) -> list[tuple[date, list[Entry]]]:
    """The last days that what is asked is reported for, latest first, and all that is asked; [] where the plan's period
    says its year, or is not over a year after them all."""
    if plan.subject not in _OF_FIGURES or not plan.since or _SAYS_YEAR.search(plan.period.lower()):
        return []
    measured = [e for e in catalogue.entries if e.key in plan.measures or not plan.measures]
    own = [e for e in measured if e.until and not (plan.entities and set(e.entities).isdisjoint(plan.entities))]
    ends = sorted({e.until for e in own if e.until}, reverse=True)
    return [(day, own) for day in ends] if ends and plan.days[0] - ends[0] > _LONG_AGO else []


def shifts(low: str) -> str:
    """From which period to which another a question goes, as "before year"; "" for none."""
    return which("follow.shift", low)


def shifted_from(plan: Plan, low: str, before: Plan) -> Plan:
    """The plan with "the month before" worked out from the period asked, or answered, before."""
    late = bool(before.shown) and before.shown[-1] < before.since  # "this quarter", answered with the last reported
    asked = before.since and before.since != date.min.isoformat() and not late
    dates: Sequence[str] = (before.since, before.until) if asked else before.shown
    again = plan.period == LAST_YEAR and bool(dates) and _span(dates).grain != "year"
    shift = "before year" if again else shifts(low)  # "and last year?" of a month
    plan = replace(plan, since="", until="", period="") if again else plan
    held = "compare" if before.operation == "compare" and len(before.entities) > 1 else "change"  # of their gap
    if plan.since and not plan.only and dates and _held_against(plan, low):
        return _of_both(replace(plan, operation=held), _named(plan), _span(dates))
    if before.earlier and before.shown and not plan.since and _of_two_times(plan, low):
        told = replace(plan, over="time") if plan.operation in _TOGETHER else replace(plan, operation="change")
        return _of_both(told, _span(before.earlier), _span(before.shown))
    if plan.period or not shift or not dates or not all(dates):
        return plan
    start, end = (date.fromisoformat(day) for day in dates)
    moved = shifted(Period(start, end, ""), shift)
    if plan.operation in ("compare", "change") or says("follow.held", low):  # "better the month before?" is of both
        return _of_both(replace(plan, operation=held, grain=""), moved, Period(start, end, ""))
    return replace(
        plan, since=moved.start.isoformat(), until=moved.end.isoformat(), period=label(moved), grain=moved.grain
    )


def _named(plan: Plan) -> Period:
    """The period that a question names; of "by May" that month."""
    by = plan.since == date.min.isoformat() and plan.period.startswith("by ")
    return month(plan.days[1]) if by else Period(*plan.days, "")


def _held_against(plan: Plan, low: str) -> bool:
    """Whether a period is named to hold against it what was answered before: "up or down on March?"."""
    by = "by " if plan.period.startswith("by ") else ""  # "since" holds nothing against another
    told = low.replace(plan.period.lower(), f"{by}{_PERIOD}")
    held = plan.operation in ("compare", "change", "trend")
    return says("follow.rather", told) or (held and says("follow.against", told))


def _of_two_times(plan: Plan, low: str) -> bool:
    """Whether it speaks of two figures of one council: "the difference between those two", "how much has it risen?",
    "which was better?"."""
    them = says("follow.pronouns.them", low)
    if plan.operation in _TOGETHER:
        return not (plan.over or plan.entities or plan.topic or plan.group or says("asked.several", low))
    return len(plan.seen) < 2 and (plan.operation == "change" or (plan.operation == "compare" and them))


def _span(days: Sequence[str]) -> Period:
    return Period(date.fromisoformat(days[0]), date.fromisoformat(days[1]), "")


def _of_both(plan: Plan, named: Period, other: Period) -> Plan:
    """The plan of two periods, and none between them."""
    both = sorted((named, other))
    only = tuple(f"{p.start.isoformat()}/{p.end.isoformat()}" for p in both)
    told = f"{label(both[0])} and {label(both[1])}"
    since, until = both[0].start.isoformat(), both[1].end.isoformat()
    return replace(plan, since=since, until=until, only=only, period=told)


def beside(plan: Plan, low: str) -> Plan:
    """The plan of a question that tells a second period from the one it names: "Q2 compared with a year earlier" is of
    both, and "the month after July" of that month alone."""
    which = shifts(low)
    if plan.operation == "moves":  # each is held against the one before
        return plan
    if not which or plan.only or not plan.since or (named := _named(plan)).grain == "span":
        return plan
    other = shifted(named, which)
    if says("follow.beside", low.replace(plan.period.lower(), _PERIOD)):
        return replace(plan, since=other.start.isoformat(), until=other.end.isoformat(), period=label(other))
    return _of_both(plan, named, other)


def from_before(plan: Plan) -> Plan:
    """The plan of what moved in one month or quarter, with the one before it, from which it did."""
    if not plan.since or plan.only or plan.since == date.min.isoformat():
        return plan
    named = Period(*plan.days, "")
    if named.grain not in ("month", "quarter") or named.grain != plan.grain or _from_named(plan):
        return plan
    return beside(replace(plan, operation="change"), "the period before")


def until_now(plan: Plan) -> Plan:
    """The plan of what moved from the one month or quarter that a question names, "how much up on May?", up to the last
    that is reported."""
    if plan.subject != "kpi" or plan.only or not plan.since or not _from_named(plan):
        return plan
    return replace(plan, operation="change", until=plan.today, period=f"since {plan.period}")


def _from_named(plan: Plan) -> bool:
    """Whether what moved is held against the month or quarter that is named."""
    told = plan.question.lower().replace(plan.period.lower(), _PERIOD)
    one = Period(*plan.days, "").grain in ("month", "quarter")
    alone = plan.operation in ("compare", "value", "rank") and len(plan.seen) < 2  # "is it better than in May?"
    moved = (alone or plan.operation in ("change", "trend")) and says("follow.against", told)
    return one and (moved or (plan.operation == "value" and says("follow.upon", told)))


def label(period: Period) -> str:
    """A period as a question may name it: "Jun-21", "Q1 2021/22", "2021/22", "Jun-21 to Aug-21"."""
    if period.grain == "year" and period.start == financial_year(period.start).start:
        return financial_year(period.start).label
    if period.grain == "month":
        return month(period.start).label
    if period.grain == "quarter":
        return quarter(period.start).label
    return f"{month(period.start).label} to {month(month_end(period.end)).label}"
