"""What a question takes from those before it in its thread, and what not."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.catalogue import Catalogue
from bot.plan import Plan
from bot.terms import first_name, said_by, terms, vocabulary
from kpi_tools.spans import Period, month, month_end, months, quarter

_ALONE = ("refused", "personal", "ref", "slip", "unknown_ref")  # subjects that lean on nothing


def near(low: str, today: date, before: Plan | None) -> date:
    """The day by which a question's years are read: a follow-up's "and May?" is near the period asked before."""
    if before is None or not before.since or not _leans(low) or re.search(r"\d\d", low):
        return today
    return min(today, date.fromisoformat(before.since) + timedelta(days=335))


def follow_on(plan: Plan, low: str, before: Plan, catalogue: Catalogue) -> Plan:
    """A follow-up takes from the question before it what it does not say itself; a new question takes nothing."""
    leans = _leans(low)
    bare = not plan.topic and not plan.measures and not plan.refs and plan.subject not in ("brief", "changes")
    if not (leans or bare) or plan.subject in _ALONE or before.subject == "refused":
        return plan
    if plan.subject in ("why", "text") and re.match(r"\W*(and |but )?(why|how come)\b", low):
        return _why(plan, before, catalogue)
    if plan.measures and not leans:
        return plan
    if plan.topic and not plan.measures and plan.subject == "text":
        return plan
    if bare and not leans and not (plan.entities or plan.period or plan.unknown or plan.group or _shifts(low)):
        return plan
    return _filled(_shifted(plan, low, before), low, before)


def _leans(low: str) -> bool:
    """Whether a question opens like one that leans on the one before it."""
    return said_by(vocabulary()["follow"]["opens"], low)


def _why(plan: Plan, before: Plan, catalogue: Catalogue) -> Plan:
    """ "why?" asks for the reason of what was said before."""
    named = (t for e in catalogue.entries if e.key in before.measures for t in terms(e.title))
    return replace(
        plan,
        subject="why" if before.measures else plan.subject,
        topic=tuple(dict.fromkeys((*plan.topic, *named))),
        entities=plan.entities or before.entities,
        group=plan.group or before.group,
        measures=plan.measures or before.measures,
        since=plan.since or before.since,
        until=plan.until or before.until,
        only=plan.only if plan.since else before.only,
        period=plan.period or before.period,
        grain=plan.grain or before.grain,
    )


def _filled(plan: Plan, low: str, before: Plan) -> Plan:
    """The plan with what it does not say itself taken from the one before."""
    said = plan.operation != "value"
    dated = bool(plan.period)
    entities = _entities(plan, low, before)
    same_measure = not plan.measures or set(plan.measures) == set(before.measures)
    return replace(
        plan,
        subject=before.subject if not plan.measures else "kpi",
        operation=plan.operation if said else _inherited(plan, before),
        measures=plan.measures or before.measures,
        entities=entities,
        group=plan.group or ("" if entities else before.group),
        refs=before.refs,
        since=plan.since if dated else before.since,
        until=plan.until if dated else before.until,
        only=plan.only if dated else before.only,
        period=plan.period if dated else before.period,
        grain=plan.grain if dated else before.grain,
        topic=plan.topic or before.topic,
        services=plan.services or before.services,
        seen=tuple(dict.fromkeys((*before.seen, *entities))) if same_measure else entities,
    )


def _inherited(plan: Plan, before: Plan) -> str:
    """The operation of a follow-up that names none: one council alone cannot be compared or ranked."""
    alone = before.operation in ("compare", "rank") and bool(plan.entities)
    return "value" if alone else before.operation


def _entities(plan: Plan, low: str, before: Plan) -> tuple[str, ...]:
    """Whose figures a follow-up means: "them" are all that were spoken of, "compare that with" adds to what was."""
    pronouns: dict[str, list[str]] = vocabulary()["follow"]["pronouns"]
    if plan.entities and said_by(pronouns["that"], low):
        return tuple(dict.fromkeys((*before.entities, *plan.entities)))
    if plan.entities or plan.unknown or plan.group:
        return plan.entities
    return before.seen if said_by(pronouns["them"], low) or plan.operation == "compare" else before.entities


def _shifts(low: str) -> str:
    return first_name(vocabulary()["follow"]["shift"], low)


def _shifted(plan: Plan, low: str, before: Plan) -> Plan:
    """The plan with "the month before" worked out from the period asked, or answered, before."""
    which = _shifts(low)
    dates: Sequence[str] = (before.since, before.until) if before.since else before.shown
    if plan.period or not which or not dates or not all(dates):
        return plan
    start, end = (date.fromisoformat(day) for day in dates)
    moved = _moved(Period(start, end, ""), which)
    if plan.operation in ("compare", "change"):  # "better than the month before?" speaks of both
        ends = (min(start, moved.start), max(end, moved.end))
        label = f"{_label(moved)} and {_label(Period(start, end, ''))}"
        return replace(
            plan, operation="change", since=ends[0].isoformat(), until=ends[1].isoformat(), period=label, grain=""
        )
    return replace(
        plan, since=moved.start.isoformat(), until=moved.end.isoformat(), period=_label(moved), grain=moved.grain
    )


def _moved(period: Period, which: str) -> Period:
    length = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    by = {"before": -length, "after": length, "year": -12}[which]
    at = period.start.year * 12 + period.start.month - 1 + by
    return months(date(at // 12, at % 12 + 1, 1), length)


def _label(period: Period) -> str:
    if period.grain == "month":
        return month(period.start).label
    if period.grain == "quarter":
        return quarter(period.start).label
    return f"{month(period.start).label} to {month(month_end(period.end)).label}"
