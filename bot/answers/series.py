"""Answers that give figures in a row: one by one, over time, side by side, and added up."""

import re
from collections.abc import Callable, Sequence

import pandas as pd

from bot import words
from bot.answers.ahead import gap_so, moved_so, verdict
from bot.answers.builder import Builder, Row
from bot.answers.ratings import told
from bot.answers.selection import Asked, Nothing
from bot.answers.shares import relative, share_of_all
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import which
from kpi_tools import tools
from kpi_tools.tools import each

MOST_LINES = 8  # of figures that are given one by one
MOST_LISTED = 12  # where they are asked for one by one
_ONE_BY_ONE = re.compile(
    r"\b(?:(month|quarter|year) by \1|(?:every|each|by|per) (?:month|quarter|year)|(?:monthly|quarterly) figures)\b"
)
MANY = 3  # figures of one period, from which on they stand in one line
_COUNTED = re.compile(r"\bhow many\b|\bnumber of\b")


def value(plan: Plan, asked: Asked, builder: Builder) -> str:
    finding = tools.lookup(asked.rows)
    builder.found(finding)
    rows = each(finding.rows)
    if _COUNTED.search(plan.question.lower()) and all(row.unit == "%" for row in rows):
        builder.assume("The papers give this as a percentage, not as a number.")
    series = by_entity(asked.rows)
    if len(rows) > len(series):
        return _course(plan, asked, series, builder)
    if len(rows) < MANY:
        said = "\n".join(sentence(row, asked.entry) for row in rows) + share_of_all(plan, asked, builder)
        return said + told(plan.question, rows, asked.every)
    return f"{_side_by_side(rows, asked.entry)}{_together(plan, asked.rows, builder)}"


def _course(plan: Plan, asked: Asked, series: Sequence[tuple[str, pd.DataFrame]], builder: Builder) -> str:
    """Several periods, where no operation was named: their sum, of "how many"; a few one by one; else the trend."""
    if _COUNTED.search(plan.question.lower()):
        sums = [tools.total(rows) for _, rows in series]
        if all(finding.results for finding in sums):
            return total(plan, asked, builder)
    if len(asked.rows) > MOST_LINES:
        return trend(plan, asked, builder)
    return "\n".join(_listed(each(rows), asked.entry) for _, rows in series)


def _listed(rows: Sequence[Row], entry: Entry) -> str:
    """ "Havant's X was 1% in Jan-21, 2% in Feb-21; both missed the target of at least 80%."."""
    if len(rows) == 1:
        return sentence(rows[0], entry)
    given = words.listed([f"{words.shown(r)} {words.when(r.period)}" for r in rows])
    return f"{words.possessive(rows[0].entity)} {entry.title} was {given}.{_by_period(rows)}"


def _by_period(rows: Sequence[Row]) -> str:
    """ " It met the target of at least 80% in Jan-21 and missed it in Feb-21."; "" without one target for all."""
    target, met, missed = _judged(rows, "period")
    if met and missed:
        return f" It met {target} in {words.listed(met)} and missed it in {words.listed(missed)}."
    when = "all of them" if len(met or missed) > 1 else "".join(met or missed)
    return f" It {'met' if met else 'missed'} {target} in {when}." if when else ""


def _by_council(rows: Sequence[Row]) -> str:
    """ " Hart and Mendip met the target of at least 80%; Havant missed it."; "" without one target for all."""
    target, met, missed = _judged(rows, "entity")
    if met and missed:
        return f" {words.listed(met)} met {target}; {words.listed(missed)} missed it."
    who = words.listed(met or missed)
    return f" {who} {'met' if met else 'missed'} {target}." if who else ""


def _judged(rows: Sequence[Row], by: str) -> tuple[str, list[str], list[str]]:
    """The target of all figures, and `by` what name each is called that met it and that missed it; none where targets
    differ."""
    judged = [r for r in rows if r.met is not None]
    if len({(r.comparator, r.target) for r in judged}) != 1:
        return "", [], []
    met, missed = ([str(getattr(r, by)) for r in judged if r.met is so] for so in (True, False))
    return words.target_of(judged[0]), met, missed


def _side_by_side(rows: Sequence[Row], entry: Entry) -> str:
    """Several entities in one line: "X in Jun-21: Hart 97%, Havant 96% and Mendip 86%. ..."."""
    given = words.listed([f"{r.entity} {words.shown(r)}" for r in rows])
    return f"{entry.title} {words.when(rows[0].period)}: {given}.{_by_council(rows)}"


def _together(plan: Plan, rows: pd.DataFrame, builder: Builder) -> str:
    """ " Together: 26.", of counts that all are asked for at once."""
    finding = tools.total(rows) if plan.group == "sum" else None
    if finding is None or not finding.results:
        return ""
    builder.found(finding)
    result = finding.results[0]
    return f" Together: {words.amount(result.value, result.unit)}."


def sentence(row: Row, entry: Entry) -> str:
    who = f"{words.possessive(row.entity)} {entry.title}"
    if row.value is None:
        return f"{who} has no figure for {row.period}: {row.reason}."
    return f"{who} was {words.shown(row)} {words.when(row.period)}{words.verdict(row)}."


def by_entity(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(entity, rows[rows.entity == entity]) for entity in dict.fromkeys(rows.entity)]


def trend(plan: Plan, asked: Asked, builder: Builder) -> str:
    series = by_entity(asked.rows)
    if len(asked.rows) == len(series):
        return value(plan, asked, builder)
    if _ONE_BY_ONE.search(plan.question.lower()) and len(asked.rows) <= MOST_LISTED:
        builder.found(tools.lookup(asked.rows))
        return "\n".join(_listed(each(rows), asked.entry) for _, rows in series)
    ends = [(own[0], own[-1]) for _, rows in series if (own := each(rows[rows.value.notna()]))]
    told = [trend_of(entity, rows, asked.entry, builder) for entity, rows in series]
    return moved_so(plan, ends) + "\n".join(told)


def trend_of(entity: str, rows: pd.DataFrame, entry: Entry, builder: Builder) -> str:
    finding = tools.trend(rows)
    builder.found(finding)
    with_figure = finding.rows[finding.rows.value.notna()]
    if with_figure.empty:
        return sentence(each(rows)[0], entry)
    points = each(with_figure)
    low, high = min(points, key=lambda r: r.value), max(points, key=lambda r: r.value)
    text = f"{words.possessive(entity)} {entry.title} "
    if low.value == high.value:
        text += f"was {words.shown(low)} throughout, {points[0].period} to {points[-1].period}."
    else:
        text += f"{words.moved(points[0], points[-1], points[-1].value - points[0].value)}; "
        least, most = (f"{words.shown(row)} {words.when(row.period)}" for row in (low, high))
        text += f"lowest {least}, highest {most}."
    return f"{text}{_record(points, builder)}{_gaps(finding.rows)}"


def _record(points: Sequence[Row], builder: Builder) -> str:
    """How often the target was missed: " It missed the target of at least 80% in 8 of 8 periods."."""
    judged = [r for r in points if r.met is not None]
    if not judged:
        return ""
    missed = [r for r in judged if not r.met]
    number = builder.count("count", len(judged), "periods")
    of = f"{number} {words.spans(judged[0].grain, number)}"
    every = f"both {words.spans(judged[0].grain, number)}" if number == 2 else f"all {of}"
    if len({r.target for r in judged}) > 1:
        return f" It missed its targets in {builder.count('missed', len(missed), 'periods')} of {of}."
    if not missed:
        return f" It met {words.target_of(judged[0])} in {every}."
    if len(missed) == len(judged):
        return f" It missed {words.target_of(judged[0])} in {every}."
    return f" It missed {words.target_of(judged[0])} in {builder.count('missed', len(missed), 'periods')} of {of}."


def _gaps(rows: pd.DataFrame) -> str:
    without = rows[rows.value.isna()]
    return "".join(f" {r.period}: {words.shown(r)}." for r in each(without)[:4])


def change(plan: Plan, asked: Asked, builder: Builder) -> str:
    lines: list[str] = []
    steps: list[tuple[Row, Row]] = []
    for entity, rows in by_entity(asked.rows):
        finding = tools.change(rows)
        builder.found(finding)
        ends = [r for r in each(finding.rows) if r.value is not None]
        if not finding.results or len(ends) < 2:
            lines.extend(sentence(r, asked.entry) for r in ends)
            continue
        steps.append((ends[0], ends[-1]))
        by = finding.results[0]
        size = f", by {words.amount(abs(by.value), by.unit)}" if by.value else ""
        size += relative(plan, ends[0], ends[-1], builder) if by.value else ""
        lines.append(
            f"{words.possessive(entity)} {asked.entry.title} {words.moved(ends[0], ends[-1], by.value)}{size}."
        )
    return moved_so(plan, steps) + "\n".join(lines)


def compare(plan: Plan, asked: Asked, builder: Builder) -> str:
    apart = len(plan.only) > 1 and len(plan.entities) < MANY - 1  # two periods, and no two councils
    if (len(by_entity(asked.rows)) == 1 or (apart and which("asked.ahead", plan.question))) and len(asked.rows) > 1:
        return change(plan, asked, builder)
    finding = tools.compare(asked.rows)
    builder.found(finding)
    rows = each(finding.rows)
    if len(rows) == 1 and len(plan.entities) < 2:
        builder.assume(words.ALONE)
    gaps = {rows[r.of[0]].end: (rows[r.of[0]], r) for r in finding.results}
    every = sorted({r.end for r in rows})
    ends = every[-MOST_LINES:]
    many = len(ends) > MANY  # the measure is named once, and no period's targets are told
    lines = [f"{asked.entry.title}:"] if many else []
    for end in ends:
        then = [r for r in rows if r.end == end]
        text = f"{then[0].period}: " if many else f"{asked.entry.title} {words.when(then[0].period)}: "
        text += words.listed([f"{r.entity} {words.shown(r)}" for r in then])
        if end in gaps:
            higher, gap = gaps[end]
            text += (
                f", {higher.entity} being higher by {words.amount(gap.value, gap.unit)}" if gap.value else ", the same"
            )
        lines.append(f"{text}." if many else f"{verdict(plan, then)}{text}.{_by_council(then)}")
    if left := builder.count("count", len(every) - len(ends), "periods") if len(every) > len(ends) else 0:
        lines.append(f"The {left} periods before these are only in the table of figures.")
    return gap_so(plan, list(gaps.values()), builder) + "\n".join(lines)


def average(plan: Plan, asked: Asked, builder: Builder) -> str:
    return _sum_up("average", tools.average, plan, asked, builder)


def median(plan: Plan, asked: Asked, builder: Builder) -> str:
    return _sum_up("median", tools.median, plan, asked, builder)


def total(plan: Plan, asked: Asked, builder: Builder) -> str:
    return _sum_up("total", tools.total, plan, asked, builder)


def _sum_up(
    what: str, tool: Callable[[pd.DataFrame], tools.Finding], plan: Plan, asked: Asked, builder: Builder
) -> str:
    together = len(plan.entities) != 1 and len(set(asked.rows.period)) == 1
    whole = plan.group == "sum" or together
    parts = [(plan.group, asked.rows)] if whole and plan.group != "each" else by_entity(asked.rows)
    lines = []
    for _, rows in parts:
        finding = tool(rows)
        if not finding.results:
            raise Nothing(
                " ".join(finding.notes) or f"The papers give no figures of {asked.entry.title} to take the {what} of."
            )
        builder.found(finding)
        used = each(finding.rows[finding.rows.value.notna()])
        who = words.listed(list(dict.fromkeys(r.entity for r in used)))
        ordered = sorted(used, key=lambda r: r.end)
        named = list(dict.fromkeys(r.period for r in ordered))
        span = words.listed(named) if plan.only or len(named) == 1 else f"{named[0]} to {named[-1]}"
        result = finding.results[0]
        number = builder.count("count", len(used), "figures")
        is_ = f"is {words.amount(result.value, result.unit)} ({number} figure{'s' if number > 1 else ''})."
        lines.append(f"The {what} of {asked.entry.title} for {who}, {span}, {is_}")
    return "\n".join(lines)
