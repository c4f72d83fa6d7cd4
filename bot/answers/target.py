"""Answers that hold figures against their target."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from bot import words
from bot.answers.beyond import beyond, end_of, own_bound, said
from bot.answers.bound import Bound
from bot.answers.builder import Builder, Row
from bot.answers.selection import Asked, Nothing
from bot.answers.series import by_entity, compare, sentence, trend_of
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import says, whether, which
from kpi_tools import tools
from kpi_tools.measures import OVERALL
from kpi_tools.tools import each

MOST_LINES = 8  # of figures that are given one by one


def against_target(plan: Plan, asked: Asked, builder: Builder) -> str:
    if own_bound(plan, asked):
        return beyond(plan, asked, builder)
    finding = tools.against_target(asked.rows)
    builder.found(finding)
    rows = each(finding.rows)
    if all(r.met is None for r in rows):
        if any(r.target is not None for r in rows):
            head = _at_target(said(plan, asked), rows[0]) if len(rows) == 1 else ""
            return head + "\n".join(sentence(r, asked.entry) for r in rows[-8:])
        where = words.no_target(asked.entry.title, str(rows[-1].quote))
        return "\n".join([*(sentence(r, asked.entry) for r in rows[:8]), where])
    if len(rows) == 1:
        return (
            f"{_yes_or_no(said(plan, asked), rows[0])}{sentence(rows[0], asked.entry)}{_behind(plan, asked, builder)}"
        )
    if len(by_entity(finding.rows)) == len(rows):
        return f"{_how_many(plan, said(plan, asked), rows, builder)}{compare(plan, asked, builder)}"
    told = (trend_of(entity, part, asked.entry, builder) for entity, part in by_entity(finding.rows))
    return _throughout(said(plan, asked), rows) + "\n".join(told) + _behind(plan, asked, builder)


def _at_target(low: str, row: Row) -> str:
    """ "Yes: " where a figure is the very target, which it then meets, whichever way is better."""
    if not whether(low) or row.value != row.target:
        return ""
    return "No: " if says("stands.failed", low) else "Yes: "


def _throughout(low: str, rows: Sequence[Row]) -> str:
    """Yes or no to a question whether figures of several periods met their targets, all of them, or missed one."""
    judged = [row.met for row in rows if row.met is not None]
    if not whether(low) or not judged:
        return ""
    missed = which("stands", low) == "missed"
    some = says("stands.some", low) or (missed and not says("stands.all", low))
    return "Yes: " if (any if some else all)(met is not missed for met in judged) else "No: "


def _behind(plan: Plan, asked: Asked, builder: Builder) -> str:
    """ " Where all together met it, it was missed by Hart in Jan-21 (78%).": the councils or areas that did; "" where
    none did, where others than all together were asked for, and where the overall figure was by its name."""
    if set(asked.rows.entity) != {OVERALL} or OVERALL.lower() in plan.question.lower():
        return ""
    met = {(r.start, r.end) for r in each(asked.rows) if r.met}
    every = each(asked.every.sort_values("end", kind="stable"))
    missed = [words.dated(r) for r in every if r.met is False and r.entity != OVERALL and (r.start, r.end) in met]
    for row in missed:
        builder.give(row)
    if len(missed) <= MOST_LINES:
        who = [f"{r.entity} {words.when(r.period)} ({words.shown(r)})" for r in missed]
    else:
        counts = Counter(r.entity for r in missed)
        noted = [(name, builder.count("missed", number, "periods")) for name, number in counts.items()]
        who = [f"{name} in {number} {words.spans(missed[0].grain, number)}" for name, number in noted]
    return f" Where all together met it, it was missed by {words.listed(who)}." if who else ""


def _how_many(plan: Plan, low: str, rows: Sequence[Row], builder: Builder) -> str:
    """ "2 of 5 missed their target. ", where it is asked how many councils did."""
    judged = [r for r in rows if r.met is not None and r.entity != OVERALL]
    plain = whether(low)
    if not (plain or says("asked.how_many_of", plan.question)) or len(judged) < 2:
        return ""
    met = which("stands", low) != "missed"
    number = builder.count("found", sum(r.met is met for r in judged), "entities")
    of = builder.count("count", len(judged), "entities")
    head = "" if not plain else "Yes: " if number == of or (number and says("stands.some", low)) else "No: "
    return f"{head}{number or ('none' if head else 'None')} of {of} {'met' if met else 'missed'} the target. "


def _yes_or_no(low: str, row: Row) -> str:
    """ "Yes: " or "No: " to a question that asks plainly whether a target was met, was missed, or lies beneath."""
    if not whether(low):
        return ""
    if says("stands.failed", low):
        yes = not row.met
    elif (over := says("stands.over", low)) or says("stands.under", low):
        yes = row.value > row.target if over else row.value < row.target
    else:
        yes = row.met
    return "Yes: " if yes else "No: "


def margin(plan: Plan, asked: Asked, builder: Builder) -> str:
    """By how much each figure met or missed its target; where some did as the question takes it, of these alone."""
    taken = which("asked.judged", said(plan, asked))
    meant = [row.met is (taken == "met") for row in each(asked.rows)]
    finding = tools.against_target(asked.rows[meant] if taken and any(meant) else asked.rows)
    by = {r.of[0]: r for r in finding.results if r.operation == "margin"}
    if not by or len(by) > MOST_LINES:
        return against_target(plan, asked, builder)
    builder.found(finding)
    lines = []
    for at, row in enumerate(each(finding.rows)):
        text = sentence(row, asked.entry)
        gap = by.get(at)
        lines.append(f"{text[:-1]}, by {words.amount(abs(gap.value), gap.unit)}." if gap and gap.value else text)
    return "\n".join(lines)


def periods(plan: Plan, asked: Asked, builder: Builder) -> str:
    """In which periods the target was met, or missed; or the first or the last of them."""
    if own_bound(plan, asked):
        return beyond(plan, asked, builder)
    text = said(plan, asked)
    met = which("stands", text) != "missed"
    finding = tools.against_target(asked.rows)
    builder.found(finding)
    parts = by_entity(finding.rows)
    told = (_periods_of(e, part, met, end_of(plan, text), asked, builder) for e, part in parts)
    return "\n".join(told) + _behind(plan, asked, builder)


def _periods_of(entity: str, part: pd.DataFrame, met: bool, end: str, asked: Asked, builder: Builder) -> str:
    judged = [r for r in each(part) if r.met is not None]
    if not judged:
        beside = [r for r in each(part) if r.target is not None and r.value is not None]
        if not beside:
            raise Nothing(words.no_target(asked.entry.title, str(part.iloc[-1].quote)))
        return "\n".join(sentence(r, asked.entry) for r in beside[-MOST_LINES:])
    found = [r for r in judged if r.met is met]
    who, verb = f"{words.possessive(entity)} {asked.entry.title}", "met" if met else "missed"
    of = f"{judged[0].period} to {judged[-1].period}"
    if not found:  # all of them did the other
        number = builder.count("count", len(judged), "periods")
        spans = f"{number} of {number} {words.spans(judged[0].grain, number)}"
        other, never = ("missed", "met it") if met else ("met", "fell short of it")
        none = f"{never} in no {words.spans(judged[0].grain, 1)}"
        return f"{who} {other} {words.target_of(judged[-1])} in {spans}, {of}, and {none}."
    if end:
        row = found[-1 if end == "last" else 0]
        return f"{who} {end} {verb} {words.target_of(row)} {words.when(row.period)}, at {words.shown(row)} ({of})."
    number, whole = builder.count(verb, len(found), "periods"), builder.count("count", len(judged), "periods")
    named = words.listed([f"{r.period} ({words.shown(r)})" for r in found])
    spans = words.spans(judged[0].grain, whole)
    return f"{who} {verb} {words.target_of(found[-1])} in {number} of {whole} {spans}, {of}: {named}."


def streak(plan: Plan, asked: Asked, builder: Builder) -> str:
    """How many periods running the target was missed or met, or figures lay beyond one that the question names."""
    bound = own_bound(plan, asked)
    side = which("stands", said(plan, asked), "")
    lines = []
    for entity, rows in by_entity(asked.rows):
        if bound:
            lines.append(_streak_beyond(entity, rows, bound, asked.entry, builder))
            continue
        last = next((r.met for r in reversed(each(rows)) if r.met is not None), True)  # "how many in a row is that?"
        met = {"missed": False, "met": True}.get(side, bool(last))
        finding = tools.streak(rows, met=met)
        builder.found(finding)
        lines.append(_streak_of(entity, finding, met, asked.entry))
    return "\n".join(lines)


def _streak_beyond(entity: str, rows: pd.DataFrame, bound: Bound, entry: Entry, builder: Builder) -> str:
    """The runs of figures on one side of a number."""
    holds = [None if row.value is None else bound.holds(row.value) for row in each(rows)]
    finding = tools.streak(rows.assign(met=pd.Series(holds, index=rows.index, dtype=object)), met=True)
    shown = tools.streak(rows)
    builder.found(replace(finding, rows=shown.rows))
    known = [r for r in each(finding.rows) if r.met is not None]
    who = f"{words.possessive(entity)} {entry.title}"
    if not known:
        raise Nothing(f"The papers give no figures of {entry.title} to hold against that.")
    runs = {r.operation: r for r in finding.results}
    current, longest = runs["current run"], runs["longest run"]
    if not current.value:
        text = f"{who} was not {bound.said} {words.when(known[-1].period)}, the latest period reported"
        return f"{text}; the longest run of periods so was {longest.value}."
    span = _span(each(finding.rows), current)
    return (
        f"{who} was {bound.said} in {current.value} {words.spans(known[-1].grain, int(current.value))} running, {span}."
    )


def _span(rows: list[Row], run: tools.Calculation) -> str:
    start, end = rows[run.of[0]], rows[run.of[-1]]
    return str(start.period) if start is end else f"{start.period} to {end.period}"


def _streak_of(entity: str, finding: tools.Finding, met: bool, entry: Entry) -> str:
    judged = [r for r in each(finding.rows) if r.met is not None]
    if not judged:
        aimed = any(r.target is not None for r in each(finding.rows))
        quote = str(finding.rows.iloc[-1].quote)
        raise Nothing(words.NO_WAY.format(title=entry.title) if aimed else words.no_target(entry.title, quote))
    runs = {r.operation: r for r in finding.results}
    verb, target = ("met", words.target_of(judged[-1])) if met else ("missed", words.target_of(judged[-1]))
    current = runs["current run"]
    if not current.value:
        longest = runs["longest run"]
        ended = f"{entity} {'missed' if met else 'met'} {target} for {entry.title}"
        text = f"{ended} {words.when(judged[-1].period)}, the latest period reported"
        return f"{text}; the longest run of periods {verb} was {longest.value}."
    rows, longest = each(finding.rows), runs["longest run"]
    spans = words.spans(judged[-1].grain, int(current.value))
    text = f"{entity} has {verb} {target} for {entry.title} in {current.value} {spans} running, {_span(rows, current)}"
    if longest.value > current.value:
        text += f"; the longest run was {longest.value}, {_span(rows, longest)}"
    return f"{text}."
