"""Which rows of a measure are of the time that a question asks about; and what is said where papers report another."""

import re
from datetime import date, timedelta

import pandas as pd

from bot import words
from bot.answers.builder import Builder
from bot.question.plan import TO_DATE, Plan
from bot.question.terms import besides, places, says, which
from bot.question.years import LAST_YEAR
from kpi_tools.periods import Period, financial_year
from kpi_tools.readers import counted
from kpi_tools.spans import before, shifted
from kpi_tools.tools import each

_ABOUT = timedelta(days=6)  # by which a period may end before another and still be all of it
# "Is Mendip the worst?" ranks it among the others.
_AMONG = re.compile(r"^\W*(?:and |but |so )?(?:is|was|are|were|do|does|did|has|have)\b|\b(?:since|as|because|why)\b")
# Counted from the asking day, which papers lag behind.
_FROM_TODAY = re.compile(r"(?:the )?(?:this|current|last|previous) (?:month|quarter|qtr)", re.IGNORECASE)
_LAG = timedelta(days=200)  # by which they may
_THIS = re.compile(r"\bthis (?:\w+ )?year\b", re.IGNORECASE)  # "the year" may be another
# A quarter of one year, which may be the calendar's.
_QUARTER_OF = re.compile(r"(?:q ?[1-4]|.*\b(?:quarter|qtr))\b.*\b20\d\d", re.IGNORECASE)
_BY = re.compile(r"by\b", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:ytd|year to date|to date|cumulative)\b", re.IGNORECASE)
_IN_A_ROW = (
    "trend",
    "streak",
    "periods",
    "tally",
    "average",
    "median",
    "rank",
    "moves",
)  # operations over figures of one length of time
_GRAINS = ("month", "quarter", "year")
_OPEN = date.min.isoformat()
_SO_MANY = re.compile(r"(couple of|\w+) (month|quarter|year)s$", re.IGNORECASE)


def within(plan: Plan, rows: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    """The rows of the period asked; where none was named, the latest, or all that the operation runs over."""
    rows = _kept(plan, rows.sort_values(["end", "start"], kind="stable"), builder)
    if plan.apart and not plan.since:
        return rows
    if not plan.since and not plan.until:
        several = _several(plan, rows, builder)
        return several if not several.empty else _default_period(plan, rows, builder)
    if plan.period == TO_DATE:
        return _to_date(plan, rows, builder)
    if plan.only:
        return _one_by_one(plan, rows, builder)
    inside = _between(plan, rows, *plan.days, builder)
    if (
        plan.period == "this year"
        and not _THIS.search(plan.question)
        and len(year := _last_year(plan, rows)) > len(inside)
    ):
        first, last = (words.period(year.iloc[at]) for at in (0, -1))
        builder.assume(f"'the year' taken as {first} to {last}, the last that the papers report.")
        return year
    return _instead(plan, rows, builder) if inside.empty else _as_reported(plan, rows, inside, builder)


def _kept(plan: Plan, rows: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    """The rows that end in none of the periods that the question leaves out, which is said."""
    for days in plan.apart:
        first, last = (date.fromisoformat(day) for day in days.split("/"))
        inside = (rows.end >= first) & (rows.end <= last)
        if inside.any():
            builder.assume(f"Without {words.days(first, last)}.")
        rows = rows[~inside]
    return rows


def _one_by_one(plan: Plan, rows: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    """The rows of periods that are named one by one; what of them is not reported is said."""
    spans = [[date.fromisoformat(day) for day in span.split("/")] for span in plan.only]
    parts = [_between(plan, rows, first, last, builder) for first, last in spans]
    missing = [span for span, part in zip(spans, parts, strict=True) if part.empty]
    if missing and len(missing) < len(spans):
        builder.assume(f"The papers give no figure of it for {words.listed([words.days(*span) for span in missing])}.")
    return pd.concat(parts).drop_duplicates(["entity", "start", "end", "document", "row", "column"])


def _as_reported(plan: Plan, rows: pd.DataFrame, inside: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    """The rows inside a period; of one that the papers do not wholly report it is said how far they go."""
    if plan.operation in ("value", "against_target") and _BY.match(plan.period):  # "collected by May": as it stood then
        return inside[inside.end == inside.groupby("entity").end.transform("max")]
    short = inside.end.max() < date.fromisoformat(plan.until) - _ABOUT
    if short and not (several := _several(plan, rows, builder)).empty:
        return several
    first, last = inside.iloc[0].period, inside.iloc[-1].period
    span = first if first == last else f"{first} to {last}"
    if _QUARTER_OF.fullmatch(plan.period):
        builder.assume(f"'{plan.period}' counted from April; counted from January it is the three months before.")
    if plan.period in ("this year", LAST_YEAR):
        builder.assume(f"'{plan.period}' taken as {span}, the periods of it that the papers report.")
    elif short and plan.since != _OPEN:
        builder.assume(f"The papers report no further than {last}: '{plan.period}' taken as {span}.")
    return inside


def _several(plan: Plan, rows: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    """The last so many that are reported, of "the three months" and "the last three months"; none where not so asked,
    or where the papers report it by another length of time."""
    said = [plan.question[start:end] for start, end in places("asked.several", plan.question)]
    number, unit = found.groups() if said and (found := _SO_MANY.search(said[0])) else ("", "")
    count = counted(number) if number else 0
    known = rows[rows.value.notna() & (rows.grain == unit.lower()) & (rows.end.astype(str) <= plan.today)]
    ends = sorted(set(known.end))[-count:] if count else []
    if len(ends) < count or not ends:
        return rows.iloc[:0]
    taken: pd.DataFrame = known[known.end >= ends[0]]
    span = f"{words.period(taken.iloc[0])} to {words.period(taken.iloc[-1])}"
    builder.assume(f"'{said[0]}' taken as {span}, the last that the papers report.")
    return taken


def _instead(plan: Plan, rows: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    """The rows taken where none is of the period asked: the last before it, of one that papers lag behind."""
    if plan.period in ("this year", LAST_YEAR):
        return _financial(plan, rows, builder)
    return _last_before(plan, rows, builder) if _FROM_TODAY.fullmatch(plan.period) else rows.iloc[:0]


def _financial(plan: Plan, rows: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    """The figures of the financial year that runs, or ran before it, where papers report none of the calendar year."""
    year = financial_year(date.fromisoformat(plan.today))
    year = financial_year(before(year).end) if plan.period == LAST_YEAR else year
    inside = rows[(rows.start >= year.start) & (rows.end <= min(year.end, date.fromisoformat(plan.today)))]
    if not inside.empty:
        first, last = (words.period(inside.iloc[at]) for at in (0, -1))
        builder.assume(f"'{plan.period}' taken as {year.label}, of which the papers report {first} to {last}.")
    return inside


def _last_before(plan: Plan, rows: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    """The last that was reported before a "last quarter" that is not; none where that is long ago."""
    until = date.fromisoformat(plan.until)
    known = rows[(rows.end <= until) & (rows.end > until - _LAG)]
    known = known[known.value.notna()] if known.value.notna().any() else known
    known = known[known.grain == plan.grain] if plan.grain in set(known.grain) else known
    last: pd.DataFrame = known[known.end == known.end.max()]
    if not last.empty:
        said = words.days(date.fromisoformat(plan.since), until)
        builder.assume(
            f"'{plan.period}' ({said}) is not reported yet: taken as the last before it, {words.period(last.iloc[-1])}."
        )
    return last


def _last_year(plan: Plan, rows: pd.DataFrame) -> pd.DataFrame:
    """The figures of the last financial year in the papers: "the year", where these are more than of the calendar's."""
    known: pd.DataFrame = rows[rows.value.notna() & (rows.end <= date.fromisoformat(plan.today))]
    return known if known.empty else known[known.start >= financial_year(known.end.max()).start]


def _to_date(plan: Plan, rows: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    """The financial year as far as it is reported: the papers' own figure of it, else its periods one by one."""
    known = rows[(rows.end <= date.fromisoformat(plan.today)) & rows.value.notna()]
    if known.empty:
        return known
    year = financial_year(known.end.max())
    inside = known[known.start >= year.start]
    whole = inside[
        (inside.start == year.start) & inside.period.map(lambda label: bool(_WHOLE.search(label))).astype(bool)
    ]
    taken = whole[whole.end == whole.end.max()] if not whole.empty else inside
    if not taken.empty:
        last = taken.sort_values("end").iloc[-1]
        builder.assume(
            f"'{TO_DATE}' taken as {year.start:%b-%y} to {last.end:%b-%y}, as far as the papers report {year.label}."
        )
    return taken


def _between(plan: Plan, rows: pd.DataFrame, since: date, until: date, builder: Builder) -> pd.DataFrame:
    inside = rows[(rows.start >= since) & (rows.end <= until)]
    if plan.grain == "month" and (since.year, since.month) != (until.year, until.month):
        # "March to June" of a quarterly measure: the quarters that end from March to June.
        ending = rows[(rows.end >= since) & (rows.end <= until)]
        inside = ending if not (ending.grain == "month").any() else inside
    if inside.empty:
        # A month asked of a quarterly measure: the quarter that ends with it.
        inside = rows[(rows.start <= since) & (rows.end == until)]
        for period in inside.period.unique():
            builder.assume(f"Taken as the period reported as {period}, as the papers give no shorter one.")
    return inside


def _usual(rows: pd.DataFrame) -> str:
    """The length of time that most figures are of; of as many, that of the latest."""
    most = rows.grain.mode()
    return str(rows[rows.grain.isin(most)].sort_values("end").grain.iloc[-1])


def _reaching(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the lengths of time that go over most of a period: not its first three months, where the papers
    report two quarters of it."""
    over = {grain: part.end.max() - part.start.min() for grain, part in rows.groupby("grain", sort=False)}
    most = max(over.values())
    return rows[[over[row.grain] == most for row in each(rows)]]


def of_one_length(plan: Plan, rows: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    """Months, quarters and years of one measure stand side by side in papers: those that were asked for, else the
    most numerous, each council's by itself."""
    if rows.grain.nunique() < 2:
        return rows
    if plan.grain in set(rows.grain):
        return rows[rows.grain == plan.grain]
    if plan.since:
        rows = _reaching(rows)
    usual = {entity: _usual(part) for entity, part in rows.groupby("entity", sort=False)}
    if plan.operation in _IN_A_ROW and len(set(usual.values())) == 1:
        used, *others = dict.fromkeys((*usual.values(), *(g for g in rows.grain if g in _GRAINS)))
        if others:
            builder.assume(f"Taken by {used}; the papers give it by {words.listed(others)} too.")
    return rows[[usual[row.entity] == row.grain for row in each(rows)]]


def _default_period(plan: Plan, rows: pd.DataFrame, builder: Builder) -> pd.DataFrame:
    shift, moved = which("follow.shift", plan.question), plan.operation in ("trend", "change")
    if plan.operation in ("streak", "average", "median", "total", "periods", "moves", "tally") or (moved and not shift):
        return rows
    if (plan.operation in ("rank", "beyond") and plan.over == "time") or ranks_changes(plan, str(rows.iloc[0]["name"])):
        return rows
    if plan.operation == "compare" and says("unmet.told_apart", plan.question):
        return rows  # "in which months was Havant below Mendip?"
    alone = plan.over != "councils" and (len(plan.entities) == 1 or rows.entity.nunique() == 1)
    if plan.operation == "rank" and alone and not _AMONG.search(plan.question.lower()):
        return rows  # "the highest figure for Mendip"
    known = rows[rows.end.map(lambda day: day.isoformat() <= plan.today).astype(bool)] if plan.today else rows
    rows = known if known.value.notna().any() else rows
    rows = _so_judged(plan, rows)
    latest = rows[rows.end == rows[rows.value.notna()].end.max()] if rows.value.notna().any() else rows.tail(1)
    if shift:
        last = latest.iloc[-1]
        then = shifted(Period(last.start, last.end, ""), shift)
        builder.assume(f"Counted from the latest reported, {words.period(last)}.")
        both = moved or says("asked.beside", plan.question)  # "better than a year earlier?"
        beside = [(last.start, last.end)] if both else []
        spans = [(row.start, row.end) for row in each(rows)]
        kept = [(then.start, then.end), *beside] if (then.start, then.end) in spans else []
        return rows[[span in kept for span in spans]]
    other = [plan.question[start:end] for start, end in places("asked.other_time", plan.question)]
    named = f"The papers report nothing by '{other[0]}'" if other else "No period was named"
    builder.assume(f"{named}: the latest reported, {words.period(latest.iloc[-1])}.")
    return latest


def ranks_changes(plan: Plan, name: str) -> bool:
    """Whether a question ranks changes of a measure, and not its figures: "which council improved the most?"."""
    return plan.operation == "rank" and bool(mover(plan, name) or asks_apart(plan))


def mover(plan: Plan, name: str) -> str:
    """Which way a question says that figures moved; a measure's own words, as "debt recovery", say nothing of it."""
    return which("mover", besides(plan.question.lower(), name))


def asks_apart(plan: Plan) -> bool:
    """Whether a question asks when councils lay furthest apart."""
    return plan.over == "time" and len(plan.entities) > 1 and says("asked.gap", plan.question)


def _so_judged(plan: Plan, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that missed their target, where it is asked by how much it was missed; all, where none did."""
    taken = which("asked.judged", plan.question) if plan.operation == "margin" else ""
    so = rows[[row.met is (taken == "met") for row in each(rows)]] if taken else rows
    return rows if so.empty else so
