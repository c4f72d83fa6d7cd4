"""Answers about KPIs: the plan's measures, entities and periods, handed to the tools, and their findings in words."""

import re
from collections.abc import Callable, Sequence

import pandas as pd

from bot import rank_answers, words
from bot.builder import Builder, Row
from bot.catalogue import Catalogue, Entry
from bot.definition_answers import MOST_READINGS, define, several
from bot.plan import Plan
from bot.selection import Asked, Nothing, asked_rows
from kpi_tools import tools
from kpi_tools.tools import each

MOST_LINES = 8  # of figures that are given one by one
MANY = 3  # figures of one period, from which on they stand in one line
_COUNTED = re.compile(r"\bhow many\b|\bnumber of\b")
_MISSED = ("miss", "fail", "below", "short", "not met", "under", "fall", "fell", "drop")


def answer(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue, builder: Builder) -> str:
    """Write the answer to a KPI question into `builder`; its status."""
    entries = {e.key: e for e in catalogue.entries}
    meant = [entries[key] for key in plan.measures if key in entries]
    if plan.unknown:
        builder.lines.append(_unknown(plan, meant))
        return "not_found"
    if plan.operation == "definition":
        return define(meant, frame, builder)
    outcomes = [_one(plan, entry, catalogue.home(entry), frame, builder) for entry in meant]
    said = [(e, text) for e, (done, text) in zip(meant, outcomes, strict=True) if done]
    if not said:
        builder.lines.extend(dict.fromkeys(text for _, text in outcomes))
        return "not_found"
    builder.lines.extend(text for _, text in said)
    if len(said) == 1:
        return "answered"
    head = several([e for e, _ in said], builder)
    if len(said) > MOST_READINGS:
        builder.lines.insert(0, f"{head}. Which is meant?")
        builder.suggestions.extend(f"{plan.question.rstrip('?')} ({e.title})?" for e, _ in said[:4])
        return "clarify"
    builder.lines.insert(0, f"{head}; each in turn:")
    return "answered"


def _unknown(plan: Plan, meant: Sequence[Entry]) -> str:
    names = words.listed(plan.unknown, "or")
    known = f" They give it for {words.listed(meant[0].entities)}." if meant and meant[0].entities else ""
    return f"The papers give no such figure for {names}.{known}"


def _one(plan: Plan, entry: Entry, home: str, frame: pd.DataFrame, builder: Builder) -> tuple[bool, str]:
    """One measure's answer: whether there is one, and its text or why there is none."""
    try:
        asked = asked_rows(plan, entry, home, frame, builder)
        return True, OPERATIONS[plan.operation](plan, asked, builder)
    except Nothing as reason:
        return False, str(reason)


# The operations: each writes what it found, and gives its figures and results to the builder.


def _value(plan: Plan, asked: Asked, builder: Builder) -> str:
    finding = tools.lookup(asked.rows)
    builder.found(finding)
    rows = each(finding.rows)
    if _COUNTED.search(plan.question.lower()) and all(row.unit == "%" for row in rows):
        builder.assume("The papers give this as a percentage, not as a number.")
    series = _by_entity(asked.rows)
    if len(rows) > len(series):
        return _course(plan, asked, series, builder)
    if len(rows) < MANY:
        return "\n".join(_sentence(row, asked.entry) for row in rows)
    return f"{_side_by_side(rows, asked.entry)}{_together(plan, asked.rows, builder)}"


def _course(plan: Plan, asked: Asked, series: Sequence[tuple[str, pd.DataFrame]], builder: Builder) -> str:
    """Several periods, where no operation was named: their sum, of "how many"; a few one by one; else the trend."""
    if _COUNTED.search(plan.question.lower()):
        sums = [tools.total(rows) for _, rows in series]
        if all(finding.results for finding in sums):
            return _total(plan, asked, builder)
    if len(asked.rows) > MOST_LINES:
        return _trend(plan, asked, builder)
    return "\n".join(_listed(each(rows), asked.entry) for _, rows in series)


def _listed(rows: Sequence[Row], entry: Entry) -> str:
    """ "Havant's X was 1% in Jan-21, 2% in Feb-21; both missed the target of at least 80%."."""
    if len(rows) == 1:
        return _sentence(rows[0], entry)
    given = words.listed([f"{words.shown(r)} in {r.period}" for r in rows])
    return f"{words.possessive(rows[0].entity)} {entry.title} was {given}.{_by_period(rows)}"


def _by_period(rows: Sequence[Row]) -> str:
    """ " It met the target of at least 80% in Jan-21 and missed it in Feb-21."; "" without one target for all."""
    judged = [r for r in rows if r.met is not None]
    if not judged or len({(r.comparator, r.target) for r in judged}) > 1:
        return ""
    met, missed = [r.period for r in judged if r.met], [r.period for r in judged if not r.met]
    target = words.target_of(judged[0])
    if met and missed:
        return f" It met {target} in {words.listed(met)} and missed it in {words.listed(missed)}."
    return f" It {'met' if met else 'missed'} {target} in {'all of them' if len(judged) > 1 else judged[0].period}."


def _side_by_side(rows: Sequence[Row], entry: Entry) -> str:
    """Several entities in one line: "X in Jun-21: Hart 97%, Havant 96% and Mendip 86%. ..."."""
    given = words.listed([f"{r.entity} {words.shown(r)}" for r in rows])
    return f"{entry.title} in {rows[0].period}: {given}.{_targets([r for r in rows if r.value is not None])}"


def _together(plan: Plan, rows: pd.DataFrame, builder: Builder) -> str:
    """ " Together: 26.", of counts that all are asked for at once."""
    finding = tools.total(rows) if plan.group == "sum" else None
    if finding is None or not finding.results:
        return ""
    builder.found(finding)
    result = finding.results[0]
    return f" Together: {words.amount(result.value, result.unit)}."


def _sentence(row: Row, entry: Entry) -> str:
    who = f"{words.possessive(row.entity)} {entry.title}"
    if row.value is None:
        return f"{who} has no figure for {row.period}: {row.reason}."
    return f"{who} was {words.shown(row)} in {row.period}{words.verdict(row)}."


def _by_entity(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(entity, rows[rows.entity == entity]) for entity in dict.fromkeys(rows.entity)]


def _trend(plan: Plan, asked: Asked, builder: Builder) -> str:
    if len(asked.rows) == len(_by_entity(asked.rows)):
        return _value(plan, asked, builder)
    return "\n".join(_trend_of(entity, rows, asked.entry, builder) for entity, rows in _by_entity(asked.rows))


def _trend_of(entity: str, rows: pd.DataFrame, entry: Entry, builder: Builder) -> str:
    finding = tools.trend(rows)
    builder.found(finding)
    with_figure = finding.rows[finding.rows.value.notna()]
    if with_figure.empty:
        return _sentence(each(rows)[0], entry)
    points = each(with_figure)
    low, high = min(points, key=lambda r: r.value), max(points, key=lambda r: r.value)
    text = f"{words.possessive(entity)} {entry.title} "
    if low.value == high.value:
        text += f"was {words.shown(low)} throughout, {points[0].period} to {points[-1].period}."
    else:
        text += f"{words.moved(points[0], points[-1], points[-1].value - points[0].value)}; "
        text += f"lowest {words.shown(low)} in {low.period}, highest {words.shown(high)} in {high.period}."
    return f"{text}{_record(points, builder)}{_gaps(finding.rows)}"


def _record(points: Sequence[Row], builder: Builder) -> str:
    """How often the target was missed: " It missed the target of at least 80% in 8 of 8 periods."."""
    judged = [r for r in points if r.met is not None]
    if not judged:
        return ""
    missed = [r for r in judged if not r.met]
    number = builder.count("count", len(judged), "periods")
    of = f"{number} {words.spans(judged[0].grain, number)}"
    if len({r.target for r in judged}) > 1:
        return f" It missed its targets in {builder.count('missed', len(missed), 'periods')} of {of}."
    if not missed:
        return f" It met {words.target_of(judged[0])} in all {of}."
    if len(missed) == len(judged):
        return f" It missed {words.target_of(judged[0])} in all {of}."
    return f" It missed {words.target_of(judged[0])} in {builder.count('missed', len(missed), 'periods')} of {of}."


def _gaps(rows: pd.DataFrame) -> str:
    without = rows[rows.value.isna()]
    return "".join(f" {r.period}: {words.shown(r)}." for r in each(without)[:4])


def _change(plan: Plan, asked: Asked, builder: Builder) -> str:  # noqa: ARG001 - one form for all operations
    lines: list[str] = []
    for entity, rows in _by_entity(asked.rows):
        finding = tools.change(rows)
        builder.found(finding)
        ends = [r for r in each(finding.rows) if r.value is not None]
        if not finding.results or len(ends) < 2:
            lines.extend(_sentence(r, asked.entry) for r in ends)
            continue
        by = finding.results[0]
        size = f", by {words.amount(abs(by.value), by.unit)}" if by.value else ""
        lines.append(
            f"{words.possessive(entity)} {asked.entry.title} {words.moved(ends[0], ends[-1], by.value)}{size}."
        )
    return "\n".join(lines)


def _compare(plan: Plan, asked: Asked, builder: Builder) -> str:
    if len(_by_entity(asked.rows)) == 1 and len(asked.rows) > 1:
        return _change(plan, asked, builder)
    finding = tools.compare(asked.rows)
    builder.found(finding)
    rows = each(finding.rows)
    gaps = {rows[r.of[0]].end: (rows[r.of[0]], r) for r in finding.results}
    lines = []
    for end in sorted({r.end for r in rows})[-8:]:
        then = [r for r in rows if r.end == end]
        text = f"{asked.entry.title} in {then[0].period}: "
        text += words.listed([f"{r.entity} {words.shown(r)}" for r in then])
        if end in gaps:
            higher, gap = gaps[end]
            text += (
                f", {higher.entity} being higher by {words.amount(gap.value, gap.unit)}" if gap.value else ", the same"
            )
        lines.append(f"{text}.{_targets([r for r in then if r.value is not None])}")
    return "\n".join(lines)


def _targets(rows: Sequence[Row]) -> str:
    """ " Hart and Mendip met the target of at least 80%; Havant missed it."."""
    judged = [r for r in rows if r.met is not None]
    if not judged or len({(r.comparator, r.target) for r in judged}) > 1:
        return ""
    met, missed = [r.entity for r in judged if r.met], [r.entity for r in judged if not r.met]
    target = words.target_of(judged[0])
    if met and missed:
        return f" {words.listed(met)} met {target}; {words.listed(missed)} missed it."
    return f" {words.listed(met or missed)} {'met' if met else 'missed'} {target}."


def _average(plan: Plan, asked: Asked, builder: Builder) -> str:
    return _sum_up("average", tools.average, plan, asked, builder)


def _total(plan: Plan, asked: Asked, builder: Builder) -> str:
    return _sum_up("total", tools.total, plan, asked, builder)


def _sum_up(
    what: str, tool: Callable[[pd.DataFrame], tools.Finding], plan: Plan, asked: Asked, builder: Builder
) -> str:
    whole = plan.group == "sum" or (what == "total" and not plan.entities and len(set(asked.rows.period)) == 1)
    parts = [(plan.group, asked.rows)] if whole and plan.group != "each" else _by_entity(asked.rows)
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
        span = (
            ordered[0].period
            if ordered[0].period == ordered[-1].period
            else f"{ordered[0].period} to {ordered[-1].period}"
        )
        result = finding.results[0]
        number = builder.count("count", len(used), "figures")
        is_ = f"is {words.amount(result.value, result.unit)} ({number} figure{'s' if number > 1 else ''})."
        lines.append(f"The {what} of {asked.entry.title} for {who}, {span}, {is_}")
    return "\n".join(lines)


def _against_target(plan: Plan, asked: Asked, builder: Builder) -> str:
    finding = tools.against_target(asked.rows)
    builder.found(finding)
    rows = each(finding.rows)
    if all(r.met is None for r in rows):
        if any(r.target is not None for r in rows):
            return "\n".join(_sentence(r, asked.entry) for r in rows[-8:])
        where = words.NO_TARGET.format(title=asked.entry.title)
        return "\n".join([*(_sentence(r, asked.entry) for r in rows[:8]), where])
    if len(rows) == 1:
        said = "Yes" if rows[0].met else "No"
        return f"{said}: {_sentence(rows[0], asked.entry)}"
    if len(_by_entity(finding.rows)) == len(rows):
        return _compare(plan, asked, builder)
    return "\n".join(_trend_of(entity, part, asked.entry, builder) for entity, part in _by_entity(finding.rows))


def _margin(plan: Plan, asked: Asked, builder: Builder) -> str:
    """By how much each figure met or missed its target."""
    finding = tools.against_target(asked.rows)
    builder.found(finding)
    rows = each(finding.rows)
    by = {r.of[0]: r for r in finding.results if r.operation == "margin"}
    if not by or len(by) > MOST_LINES:
        return _against_target(plan, asked, builder)
    lines = []
    for at, row in enumerate(rows):
        text = _sentence(row, asked.entry)
        lines.append(f"{text[:-1]}, by {words.amount(abs(by[at].value), by[at].unit)}." if at in by else text)
    return "\n".join(lines)


def _periods(plan: Plan, asked: Asked, builder: Builder) -> str:
    """In which periods the target was met, or missed; or the first or the last of them."""
    said = f" {plan.question.lower()} "
    met = not any(w in said for w in (*_MISSED, " off "))
    finding = tools.against_target(asked.rows)
    builder.found(finding)
    return "\n".join(_periods_of(e, part, met, said, asked, builder) for e, part in _by_entity(finding.rows))


def _periods_of(entity: str, part: pd.DataFrame, met: bool, said: str, asked: Asked, builder: Builder) -> str:
    judged = [r for r in each(part) if r.met is not None]
    if not judged:
        raise Nothing(words.NO_TARGET.format(title=asked.entry.title))
    found = [r for r in judged if r.met is met]
    who, verb = f"{words.possessive(entity)} {asked.entry.title}", "met" if met else "missed"
    of = f"{judged[0].period} to {judged[-1].period}"
    if not found:
        return f"{who} {verb} {words.target_of(judged[-1])} in no {words.spans(judged[0].grain, 1)}, {of}."
    if end := re.search(r"\b(last|first)\b", said):
        row = found[-1 if end[1] == "last" else 0]
        return f"{who} {end[1]} {verb} {words.target_of(row)} in {row.period}, at {words.shown(row)} ({of})."
    number, whole = builder.count(verb, len(found), "periods"), builder.count("count", len(judged), "periods")
    named = words.listed([f"{r.period} ({words.shown(r)})" for r in found])
    spans = words.spans(judged[0].grain, whole)
    return f"{who} {verb} {words.target_of(found[-1])} in {number} of {whole} {spans}, {of}: {named}."


def _streak(plan: Plan, asked: Asked, builder: Builder) -> str:
    met = not any(w in plan.question.lower() for w in _MISSED)
    lines = []
    for entity, rows in _by_entity(asked.rows):
        finding = tools.streak(rows, met=met)
        builder.found(finding)
        lines.append(_streak_of(entity, finding, met, asked.entry))
    return "\n".join(lines)


def _streak_of(entity: str, finding: tools.Finding, met: bool, entry: Entry) -> str:
    judged = [r for r in each(finding.rows) if r.met is not None]
    if not judged:
        raise Nothing(words.NO_TARGET.format(title=entry.title))
    runs = {r.operation: r for r in finding.results}
    verb, target = ("met", words.target_of(judged[-1])) if met else ("missed", words.target_of(judged[-1]))
    rows = each(finding.rows)
    text = f"{entity} has {verb} {target} for {entry.title} "
    current = runs["current run"]
    if not current.value:
        longest = runs["longest run"]
        ended = f"{entity} {'missed' if met else 'met'} {target} for {entry.title}"
        text = f"{ended} in {judged[-1].period}, the latest period reported"
        return f"{text}; the longest run of periods {verb} was {longest.value}."
    start, end = rows[current.of[0]], rows[current.of[-1]]
    span = start.period if start is end else f"{start.period} to {end.period}"
    return f"{text}in {current.value} {words.spans(start.grain, int(current.value))} running, {span}."


OPERATIONS: dict[str, Callable[[Plan, Asked, Builder], str]] = {
    "value": _value,
    "trend": _trend,
    "change": _change,
    "compare": _compare,
    "rank": rank_answers.rank,
    "average": _average,
    "total": _total,
    "against_target": _against_target,
    "streak": _streak,
    "margin": _margin,
    "periods": _periods,
}
