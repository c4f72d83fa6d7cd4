"""Answers about what moved: who improved the most, in which months a figure fell, when two lay furthest apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from bot import words
from bot.answer import Result
from bot.answers.ahead import moved_so, sign_of
from bot.answers.beyond import end_of, said
from bot.answers.builder import Builder, Row, plain
from bot.answers.selection import Asked, Nothing
from bot.answers.series import by_entity
from bot.answers.times import asks_apart, mover
from bot.question.plan import Plan
from kpi_tools import guards
from kpi_tools.tools import each

MOST = 5  # that are told after the first


@dataclass(frozen=True, slots=True)
class _Step:
    """Two figures and the change from the one to the other."""

    first: Row
    last: Row

    @property
    def change(self) -> Decimal:
        return Decimal(self.last.value) - Decimal(self.first.value)


def rank_changes(plan: Plan, asked: Asked, builder: Builder) -> str:
    """The changes in order, the greatest first; raises Nothing where none can be told."""
    with_figure = _comparable(asked)
    if asks_apart(plan):
        return _furthest_apart(asked, with_figure, builder)
    steps = _steps(with_figure)
    if not steps:
        raise Nothing(f"The papers give {asked.entry.title} for one period alone: there is no change to rank.")
    way = mover(plan, asked.entry.name)
    sign = _sign(way, steps)
    ordered = sorted(steps, key=lambda s: s.change * sign if sign else abs(s.change), reverse=True)
    if not sign and way != "either":
        builder.assume("The papers do not say whether higher or lower is better.")
    told = [_told(step, builder) for step in ordered[: MOST + 1]]
    head = f"{asked.entry.title}, the greatest {_CHANGES[way if sign else 'either']} first: "
    if sign and all(step.change * sign <= 0 for step in steps):
        head = f"{asked.entry.title}: none {WENT[way]}. "
    return f"{head}{'; '.join(told)}."


def _comparable(asked: Asked) -> pd.DataFrame:
    """The rows with a figure. Raises Nothing where those of one council are not all of a kind."""
    rows: pd.DataFrame = asked.rows[asked.rows.value.notna()]
    if refusal := guards.one_kind_each(each(rows)):
        raise Nothing(refusal[0])
    return rows


_CHANGES = {"better": "improvement", "worse": "worsening", "up": "rise", "down": "fall", "either": "change"}
WENT = {"better": "improved", "worse": "got worse", "up": "rose", "down": "fell", "either": "changed"}


def moves(plan: Plan, asked: Asked, builder: Builder) -> str:
    """In which periods each council's figure rose or fell, improved or got worse, from the one before; raises Nothing
    where that cannot be told."""
    series = [(entity, _one_by_one(rows)) for entity, rows in by_entity(_comparable(asked))]
    lines = [_when_moved(plan, asked, entity, steps, builder) for entity, steps in series if steps]
    if not lines:
        raise Nothing(f"The papers give {asked.entry.title} for one period alone: nothing tells how it moved.")
    return "\n".join(lines)


def _when_moved(plan: Plan, asked: Asked, entity: str, steps: Sequence[_Step], builder: Builder) -> str:
    """ "Havant's X rose in 1 of 3 months, each against the one before, from Jan-21 to Apr-21: Mar-21 (from ...)."."""
    entry, way = asked.entry, mover(plan, asked.entry.name)
    sign = _sign(way, steps)
    if not sign and way != "either":
        raise Nothing(words.NO_WAY.format(title=entry.title))
    found = [step for step in steps if step.change and (not sign or step.change * sign > 0)]
    last = steps[-1].last
    number, of = builder.count("found", len(found), "periods"), builder.count("count", len(steps), "periods")
    of_all = f"{number or 'none'} of {of} {words.spans(last.grain, of)}"
    text = f"{words.possessive(entity)} {entry.title} {WENT[way]} in {of_all}, each against the one before, "
    text += f"from {words.period(steps[0].first)} to {words.period(last)}"
    end = end_of(plan, said(plan, asked))
    told = found[-1:] if end == "last" else found[:1] if end else found
    builder.take(pd.DataFrame([*(step.first for step in steps), last]))
    listed = words.listed(
        [f"{words.period(s.last)} (from {words.shown(s.first)} to {words.shown(s.last)})" for s in told]
    )
    whether = moved_so(plan, [(step.first, step.last) for step in steps])
    return f"{whether}{text}{f', {end} in' if end and told else ':' if told else ''} {listed}".rstrip() + "."


def _sign(way: str, steps: Sequence[_Step]) -> int:
    """1 where figures that go up went the way that is asked, -1 where those that go down did; 0 for either, and where
    the papers do not say which is better."""
    signs = {sign_of(way, step.last) for step in steps}
    return signs.pop() if len(signs) == 1 else 0


def _steps(rows: pd.DataFrame) -> list[_Step]:
    """From the first to the last figure of each council; of one alone, from each figure to the next."""
    series = [sorted(each(part), key=lambda r: r.end) for _, part in rows.groupby("entity", sort=False)]
    if len(series) == 1:
        return _one_by_one(rows)
    return [_Step(own[0], own[-1]) for own in series if len(own) > 1]


def _one_by_one(rows: pd.DataFrame) -> list[_Step]:
    """From each figure to the next."""
    return [_Step(first, last) for first, last in pairwise(sorted(each(rows), key=lambda r: r.end))]


def _told(step: _Step, builder: Builder) -> str:
    """ "Mendip fell from 99.07% in Mar-21 to 86.00% in Jun-21, by 13.07 percentage points"."""
    moved = words.moved(step.first, step.last, step.change)
    if not step.change:
        builder.take(pd.DataFrame([step.first, step.last]))
        return f"{step.first.entity} {moved}"
    return f"{step.first.entity} {moved}, by {_by(step, 'change', builder)}"


def _by(step: _Step, operation: str, builder: Builder) -> str:
    unit = guards.difference_unit(step.last.unit)
    of = (builder.give(step.first), builder.give(step.last))
    builder.results.append(Result(operation, plain(step.change), unit, of))
    return words.amount(abs(step.change), unit)


def _furthest_apart(asked: Asked, rows: pd.DataFrame, builder: Builder) -> str:
    """The period in which two councils' figures lie furthest apart, and those after it."""
    pairs = [each(part) for _, part in rows.groupby(["start", "end"]) if part.entity.nunique() == len(part) > 1]
    steps = [_Step(min(own, key=_value), max(own, key=_value)) for own in pairs]
    if not steps:
        raise Nothing(f"The papers give no period of {asked.entry.title} for both.")
    ordered = sorted(steps, key=lambda s: s.change, reverse=True)
    first, *others = [_apart_by(step, builder) for step in ordered[: MOST + 1]]
    return f"{asked.entry.title} lay furthest apart in {first}." + (f" Then {'; '.join(others)}." if others else "")


def _apart_by(step: _Step, builder: Builder) -> str:
    """ "Jun-21, 61.93 percentage points (Mendip 74.88%, Havant 12.95%)"."""
    sides = (f"{row.entity} {words.shown(row)}" for row in (step.last, step.first))
    return f"{step.first.period}, {_by(step, 'gap', builder)} ({', '.join(sides)})"


def _value(row: Row) -> Decimal:
    return Decimal(row.value)
