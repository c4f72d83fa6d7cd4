"""Answers that hold figures against one that the question names, or against that of the whole."""

from collections.abc import Sequence

import pandas as pd

from bot import words
from bot.answers.bound import Bound, bound_of
from bot.answers.builder import Builder, Row
from bot.answers.selection import Asked, Nothing
from bot.answers.series import sentence
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import besides, in_full, says
from kpi_tools import tools
from kpi_tools.tools import each


def own_bound(plan: Plan, asked: Asked) -> Bound | None:
    """The bound that a question names other than the target: "hit 90%" where the target is 80%, and "exceed 80%" where
    it is at least 80% and a figure is just that; None for none."""
    bound = bound_of(said(plan, asked), _better(asked.rows), _unit(asked.rows))
    rows = [r for r in each(asked.rows) if r.value is not None]
    if bound is None or not rows or (bound.percent and rows[0].unit != "%"):
        return None
    return bound if any(r.target != bound.limit or _apart_at(r, bound) for r in rows) else None


def _apart_at(row: Row, bound: Bound) -> bool:
    """Whether a figure stands at the number that is its target and named as a bound, and they judge it differently."""
    same_way = (bound.side in ("above", "least")) is (row.comparator in (">", ">="))
    return bool(row.value == bound.limit) and bound.holds(row.value) is not (bool(row.met) is same_way)


def said(plan: Plan, asked: Asked) -> str:
    """The question without the words of the measure's own name: nobody missed anything by "missed bins"."""
    return besides(in_full(plan.question), asked.entry.name)


def end_of(plan: Plan, text: str) -> str:
    """ "first" or "last", where one of several periods is asked for; "last month" is a period, and no end of any."""
    return next(
        (end for end in ("first", "last") if says(f"stands.{end}", text) and end not in plan.period.lower()), ""
    )


def beyond(plan: Plan, asked: Asked, builder: Builder) -> str:
    """Which figures lie above or below the figure that the question names."""
    bound = bound_of(said(plan, asked), _better(asked.rows), _unit(asked.rows))
    if bound is None and says("asked.whole", plan.question):
        return _beside_whole(plan, asked, builder)
    rows = [r for r in each(asked.rows) if r.value is not None]
    if bound is None or not rows or (bound.percent and rows[0].unit != "%"):
        raise Nothing(f"The papers give no figures of {asked.entry.title} to hold against that.")
    builder.found(tools.lookup(asked.rows))
    found = [r for r in rows if bound.holds(r.value)]
    if len(rows) == 1:
        return f"{'Yes' if found else 'No'}: {sentence(rows[0], asked.entry)}"
    dated = len({r.period for r in rows}) > 1
    when = f"{rows[0].period} to {rows[-1].period}" if dated else words.when(rows[0].period)
    if dated and found and (end := end_of(plan, said(plan, asked))):
        at = found[-1 if end == "last" else 0]
        return f"{asked.entry.title}, {when}: {bound.said} {end} for {_named([at], dated)[0]}."
    number, of = builder.count("found", len(found), "figures"), builder.count("count", len(rows), "figures")
    was = "was" if number < 2 else "were"
    text = f"{asked.entry.title}, {when}: {number or 'none'} of {of} figures {was} {bound.said}"
    rest = [r for r in rows if r not in found]
    if dated and rest and len(rest) < len(found) and says("stands.all", plan.question):  # the few that did not
        return f"{text}; not {words.listed(_named(rest, dated))}."
    return f"{text}: {words.listed(_named(found, dated))}." if found else f"{text}."


def _better(rows: pd.DataFrame) -> str:
    """Whether "higher" or "lower" is better; "" where that is not known, or not the same for all."""
    ways = set(rows.polarity)
    return str(ways.pop()) if len(ways) == 1 else ""


def _unit(rows: pd.DataFrame) -> str:
    """The unit of all figures; "" where they differ."""
    units = set(rows.unit[rows.value.notna()])
    return str(units.pop()) if len(units) == 1 else ""


def _beside_whole(plan: Plan, asked: Asked, builder: Builder) -> str:
    """Which councils or areas lie above or below the figure of all together."""
    rows = [r for r in each(asked.rows) if r.value is not None]
    spans = {(r.start, r.end) for r in rows}
    whole = [r for r in each(asked.whole) if r.value is not None and {(r.start, r.end)} == spans]
    if not whole or not rows:
        raise Nothing(f"The papers give no overall figure of {asked.entry.title} to hold the others against.")
    limit = whole[-1]
    better = 1 if limit.polarity == "higher" else -1 if limit.polarity == "lower" else 0
    if len(rows) == 1:
        builder.give(rows[0])
        builder.give(limit)
        return _one_beside_whole(rows[0], limit, asked.entry)
    over, under, behind = (says(f"stands.{side}", plan.question) for side in ("over", "under", "behind"))
    side = 1 if over else -1 if under else -better if behind else better
    if not side:
        raise Nothing(words.NO_WAY.format(title=asked.entry.title))
    builder.found(tools.lookup(asked.rows))
    builder.give(limit)
    found = [r for r in rows if (r.value - limit.value) * side > 0]
    named = words.listed(_named(found, dated=False)) or "None"
    was, lies = "was" if len(found) < 2 else "were", "above" if side > 0 else "below"
    when = words.when(words.period(limit))
    return f"{asked.entry.title} {when}: {named} {was} {lies} the overall figure of {words.shown(limit)}."


def _one_beside_whole(row: Row, limit: Row, entry: Entry) -> str:
    """ "Havant's X was 45.66% in Aug-21, below the overall figure of 55.52%."."""
    lies = "above" if row.value > limit.value else "below" if row.value < limit.value else "the same as"
    was = f"{words.possessive(row.entity)} {entry.title} was {words.shown(row)} {words.when(row.period)}"
    return f"{was}, {lies} the overall figure of {words.shown(limit)}."


def _named(rows: Sequence[Row], dated: bool) -> list[str]:
    """ "Havant in Jun-21 (12.95%)"."""
    return [f"{r.entity}{f' {words.when(r.period)}' if dated else ''} ({words.shown(r)})" for r in rows]
