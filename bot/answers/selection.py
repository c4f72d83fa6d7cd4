"""Which rows of the frame a question means: its measure's, its entities', its periods'."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from bot import words
from bot.answers.builder import Builder
from bot.answers.times import of_one_length, within
from bot.answers.verify import numerals
from bot.question.entries import Entry
from bot.question.plan import Plan
from kpi_tools.measures import OVERALL
from kpi_tools.names import members
from kpi_tools.tools import each


@dataclass(frozen=True, slots=True)
class Asked:
    """One measure's rows that a question means, before any calculation."""

    entry: Entry
    rows: pd.DataFrame
    without: tuple[str, ...] = ()  # entities that were named and have no figure among these rows
    whole: pd.DataFrame = field(default_factory=pd.DataFrame)  # the rows of all councils or areas together
    every: pd.DataFrame = field(default_factory=pd.DataFrame)  # all rows of the measure


_BESIDE_WHOLE = ("value", "trend", "change", "moves")  # operations that tell each council's by itself


class Nothing(Exception):  # noqa: N818 - not an error: a way to say why there is no figure
    """No figure can be given; the sentence says why."""


def rows_of(entry: Entry, frame: pd.DataFrame) -> pd.DataFrame:
    """All rows of one measure."""
    return frame[frame["key"] == entry.key]


def asked_rows(plan: Plan, entry: Entry, home: str, frame: pd.DataFrame, builder: Builder) -> Asked:
    """The rows of one measure; `home` is the council whose papers report it, "" for none. Raises Nothing."""
    measure = rows_of(entry, frame)
    where = entry.title
    if measure.empty:
        for target in entry.targets[-1:]:
            builder.cite(target.place, f"{entry.title}: {target.quote}")
        raise Nothing(f"The papers define {where} but give no figure for it.")
    try:
        entities = _entities(plan, entry, home, measure, builder)
    except Nothing:
        _cite_reach(measure.tail(1), builder)
        raise
    every = measure[measure.entity.isin(entities)]
    rows = of_one_length(plan, within(plan, every, builder), builder)
    if plan.operation == "rank" and plan.over != "time" and plan.entities and len(rows) == 1:
        others = _entities(replace(plan, entities=(), over="councils"), entry, home, measure, builder)
        then = measure[measure.entity.isin(others) & (measure.start == rows.iloc[0].start)]
        rows = then[then.end == rows.iloc[0].end] if rows.iloc[0].entity in others else rows  # one alone has no rank
    if rows.empty:
        ordered = every.sort_values("end")
        _cite_reach(ordered.iloc[[0, -1]], builder)
        told = numerals(plan.period) <= numerals(plan.question)  # and no "Q1 2022/23" for "the year before"
        period = plan.period if plan.period and told else "that period"
        raise Nothing(
            f"The papers give no figure of {where} {words.during(period)}. "
            + words.reach(entry.code or entry.name, entities, ordered.iloc[0].period, ordered.iloc[-1].period)
        )
    without = tuple(e for e in plan.entities if e != home and not _holds(set(rows.entity), e))
    whole = measure[measure.entity.isin((OVERALL, home))]
    return Asked(entry, rows.assign(period=[words.period(row) for row in each(rows)]), without, whole, measure)


def _holds(present: set[str], entity: str) -> bool:
    """Whether an entity is among those present, in a joint row or by its members."""
    return any(entity == one or entity in members(one) or one in members(entity) for one in present)


def _cite_reach(rows: pd.DataFrame, builder: Builder) -> None:
    """Show where the papers have a measure, for an answer that gives no figure of it."""
    for row in each(rows):
        named = " ".join(filter(None, (row.service, row.code, row.name)))
        builder.cite(builder.place(row), f"{named}, {row.entity}, {row.period}: {row.quote}")


def _entities(plan: Plan, entry: Entry, home: str, measure: pd.DataFrame, builder: Builder) -> list[str]:
    """Which of the measure's entities the question means. Raises Nothing where it leaves out all, or part of one."""
    if not plan.without:
        return _meant(plan, entry, home, measure, builder)
    of_all = plan if plan.entities else replace(plan, group="each")
    kept = [e for e in _meant(of_all, entry, home, measure, builder) if not _holds(set(plan.without), e)]
    if not kept:
        raise Nothing(f"Without {words.listed(plan.without)} the papers give no figure in {entry.title}.")
    builder.assume(f"Without {words.listed(plan.without)}: {words.listed(kept)}.")
    return kept


def _meant(plan: Plan, entry: Entry, home: str, measure: pd.DataFrame, builder: Builder) -> list[str]:
    """The same, nothing left out."""
    present = list(dict.fromkeys(measure.entity))
    councils = [e for e in present if e not in (OVERALL, home)] or [e for e in present if e != OVERALL]
    # The council whose own the papers are is all of its areas.
    named = [e for e in plan.entities if e != home or (e in present and (not councils or plan.over != "councils"))]
    if named:
        return _named(replace(plan, entities=tuple(named)), entry, present, builder)
    of_sides = plan.operation == "median" or (plan.operation == "compare" and not (plan.only and home in plan.entities))
    sides = of_sides or (plan.operation in ("rank", "beyond", "tally") and plan.over != "time")
    if plan.group == "sum" and OVERALL in present and councils != present and plan.operation in _BESIDE_WHOLE:
        return [*councils, OVERALL]  # "all areas" may be each of them, or all together
    if plan.group in ("each", "sum") or (sides and not (plan.group == "overall" and plan.over != "councils")):
        return councils or present
    if OVERALL in present:
        return [OVERALL]
    return present


def _named(plan: Plan, entry: Entry, present: Sequence[str], builder: Builder) -> list[str]:
    chosen = []
    for name in plan.entities:
        joint = next((p for p in present if name in members(p)), "")
        if name in present:
            chosen.append(name)
        elif joint:
            builder.assume(f"{name} is reported jointly here, as {joint}.")
            chosen.append(joint)
        else:
            chosen.extend(m for m in members(name) if m in present)
    if not chosen:
        raise Nothing(
            f"{words.listed(plan.entities, 'and')} has no figure in {entry.title}: it covers {words.listed(present)}."
        )
    return list(dict.fromkeys(chosen))
