"""Answers about what a measure means and aims at, in the papers' own words."""

import re
from collections.abc import Sequence
from datetime import date

import pandas as pd

from bot import words
from bot.answers.builder import Builder
from bot.answers.selection import rows_of
from bot.question.codes import code_pattern
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import says
from kpi_tools.measures import Target
from kpi_tools.tools import each

_CELL = re.compile(r"\|\s*[<>≤≥]?\s?[£-]?\d[\d.,]*\s?%?\s*(?=\||$)")  # of a row, that holds a figure
FEW_CELLS = 2
MOST_READINGS = 3  # that many measures are each answered; of more, the asker is to choose


def several(entries: Sequence[Entry], builder: Builder) -> str:
    """ "PI002 is a measure of 2 services", where that is what makes a question ambiguous."""
    services = list(dict.fromkeys(e.service for e in entries))
    number = builder.count("count", len(entries), "measures")
    if len({e.code for e in entries}) == 1 and entries[0].code and len(services) == len(entries):
        return f"{entries[0].code} is a measure of {number} services"
    return f"{number} measures fit"


def define(plan: Plan, meant: Sequence[Entry], frame: pd.DataFrame, builder: Builder, way: bool = False) -> str:
    """What each measure means and aims at, or did in the time asked, in the paper's own words; `way`, first whether
    higher or lower is better."""
    lines = []
    for entry in meant:
        if told := _aimed_then(plan, entry, frame, builder):
            lines.append(told)
            continue
        if way and (told := _way(entry, frame, builder)):
            lines.append(told)
        latest = _latest_targets(_in_force(plan, entry.targets) or entry.targets)
        if not latest:
            rows = rows_of(entry, frame)
            if rows.empty:
                continue
            builder.take(rows.tail(1))
            lines.append(words.no_target(entry.title, str(rows.iloc[-1].quote)))
        prose = [t for t in latest if not _is_row(t)]
        lines.extend(_definition(entry, target, builder) for target in prose or latest)
    builder.lines.extend(dict.fromkeys(lines))
    if not lines:
        return builder.end("not_found", words.NOT_FOUND)
    if len(meant) > MOST_READINGS:
        builder.lines.insert(0, f"{several(meant, builder)}. Which is meant?")
        return "clarify"
    return "answered"


def _aimed_then(plan: Plan, entry: Entry, frame: pd.DataFrame, builder: Builder) -> str:
    """The target that stands beside the one figure of a council and a time that are named; "" where none is asked for,
    or none stands there."""
    if len(plan.entities) != 1 or not plan.since or not says("asked.aimed_at", plan.question):
        return ""
    rows = rows_of(entry, frame)
    inside = (rows.start.astype(str) >= plan.since) & (rows.end.astype(str) <= plan.until)
    own = [r for r in each(rows[inside & (rows.entity == plan.entities[0])]) if r.target is not None]
    if len({(r.comparator, r.target) for r in own}) != 1:
        return ""
    builder.give(own[0])
    return f"{words.possessive(own[0].entity)} {entry.title} had {words.target_of(own[0])} {words.when(own[0].period)}."


def _way(entry: Entry, frame: pd.DataFrame, builder: Builder) -> str:
    """Whether higher or lower is better, with a figure's row as its ground; "" for a measure without figures."""
    rows = rows_of(entry, frame)
    if rows.empty:
        return ""
    row = each(rows)[-1]
    builder.cite(builder.place(row), row.quote)
    if row.polarity not in ("higher", "lower"):
        return f"The papers do not say whether higher or lower is better for {entry.title}."
    return f"{row.polarity.capitalize()} is better for {entry.title}."


def _is_row(target: Target) -> bool:
    """Whether a target stands in a row of the table of figures, which says no more of its measure than the name."""
    return len(_CELL.findall(target.quote)) > FEW_CELLS


def _in_force(plan: Plan, own: Sequence[Target]) -> list[Target]:
    """The targets of the time that is asked about."""
    return [t for t in own if plan.since and plan.meets(t.start or date.min, t.end or date.max)]


def _latest_targets(own: Sequence[Target]) -> list[Target]:
    """The targets in force last: of one that changed by period only the latest."""
    newest = max((t.end or date.max for t in own), default=None)
    return list({(t.entity, t.quote): t for t in own if (t.end or date.max) == newest}.values())[:3]


def _definition(entry: Entry, target: Target, builder: Builder) -> str:
    builder.cite(target.place, target.quote)
    aim = (
        "no figure is set"
        if target.figure is None
        else f"{words.AT.get(target.comparator, '')} {target.figure.printed}".strip()
    )
    of = f" for {target.entity}" if target.entity else ""
    printed = re.match(code_pattern(entry.code), target.quote, re.IGNORECASE) if entry.code else None
    meaning = target.quote[printed.end() if printed else 0 :].strip(" |:")
    if _is_row(target):
        return f"{entry.title}: the target{of} is {aim}."
    return f"{f'{entry.service} {entry.code or entry.name}'.strip()}: {meaning}. Target{of}: {aim}."
