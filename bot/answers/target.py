"""Answers that hold figures against their target, or against a figure that the question names."""

import re
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from bot import words
from bot.answers.builder import Builder, Row
from bot.answers.selection import Asked, Nothing
from bot.answers.series import by_entity, compare, sentence, trend_of
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import besides, in_full, says
from kpi_tools import tools
from kpi_tools.tools import each

MOST_LINES = 8  # of figures that are given one by one
_MET = ("met", "meet", "hit", "above", "achiev", "exceed", "beat", "reach", "pass", "on target")
_MISSED = ("miss", "fail", "below", "short", "not met", "under", "fall", "fell", "drop")
_FAILED = ("miss", "fail", "short of")
# Asks for yes or no, at its start or after a pause: "percentage of searches that met the target" does not.
_ASKS = re.compile(
    r"(?:^\W*(?:and |but |so |also |please )*|[,;:–-] )"
    r"(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could)\b"
)
_NOT = re.compile(r"\b(?:not|never|no|none)\b|n['’]t\b")
# Asks of all periods.
_ALL = re.compile(r"\b(?:stay(?:s|ed)? (?:above|below|over|under)|always|throughout|all|every|each|never)\b")
_OPEN = re.compile(r"\b(?:what|which|how|who|when|where|why|show|list|compare)\b|\bagainst\b")  # no yes or no to it
_ABOVE = re.compile(r"\b(?:above|over|exceed\w*|higher than|more than|greater than)\b")
_BELOW = re.compile(r"\b(?:below|under|lower than|less than|fewer than|beneath)\b")
# "the first time it was below 50%".
_END = re.compile(r"\b(first|earliest|last|latest) (?:month|quarter|year|period|time)\b")
_ONE = {"first": "first", "earliest": "first", "last": "last", "latest": "last"}
_BEHIND = re.compile(r"\b(?:behind|worse)\b")
# "below 95%", "at least 80": a side, and a figure that is in no measure's name.
BEYOND = re.compile(
    rf"(?:(?P<above>{_ABOVE.pattern})|(?P<below>{_BELOW.pattern})|(?P<least>\bat least\b)|(?P<most>\bat most\b))"
    r"\s(?P<figure>£?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<percent>\s?%| ?per ?cent)?)(?![\w,.]*\d)"
)


def against_target(plan: Plan, asked: Asked, builder: Builder) -> str:
    finding = tools.against_target(asked.rows)
    builder.found(finding)
    rows = each(finding.rows)
    if all(r.met is None for r in rows):
        if any(r.target is not None for r in rows):
            return "\n".join(sentence(r, asked.entry) for r in rows[-8:])
        where = words.no_target(asked.entry.title, str(rows[-1].quote))
        return "\n".join([*(sentence(r, asked.entry) for r in rows[:8]), where])
    if len(rows) == 1:
        return f"{_yes_or_no(_said(plan, asked), rows[0])}{sentence(rows[0], asked.entry)}"
    if len(by_entity(finding.rows)) == len(rows):
        return compare(plan, asked, builder)
    return "\n".join(trend_of(entity, part, asked.entry, builder) for entity, part in by_entity(finding.rows))


def _said(plan: Plan, asked: Asked) -> str:
    """The question without the words of the measure's own name: nobody missed anything by "missed bins"."""
    return besides(in_full(plan.question), asked.entry.name)


def _yes_or_no(low: str, row: Row) -> str:
    """ "Yes: " or "No: " to a question that asks plainly whether a target was met, was missed, or lies beneath."""
    if _OPEN.search(low) or _NOT.search(low) or not _ASKS.search(low):
        return ""
    if any(w in low for w in _FAILED):
        yes = not row.met
    elif _ABOVE.search(low) or _BELOW.search(low):
        yes = row.value > row.target if _ABOVE.search(low) else row.value < row.target
    else:
        yes = row.met
    return "Yes: " if yes else "No: "


def beyond(plan: Plan, asked: Asked, builder: Builder) -> str:
    """Which figures lie above or below the figure that the question names."""
    said = BEYOND.search(plan.question.lower())
    if said is None and says("asked.whole", plan.question):
        return _beside_whole(plan, asked, builder)
    rows = [r for r in each(asked.rows) if r.value is not None]
    if said is None or not rows or (said["percent"] and rows[0].unit != "%"):
        raise Nothing(f"The papers give no figures of {asked.entry.title} to hold against that.")
    builder.found(tools.lookup(asked.rows))
    limit = Decimal(said["number"].replace(",", ""))
    found = [r for r in rows if _lies(said, r.value, limit)]
    if len(rows) == 1:
        return f"{'Yes' if found else 'No'}: {sentence(rows[0], asked.entry)}"
    dated = len({r.period for r in rows}) > 1
    when = f"{rows[0].period} to {rows[-1].period}" if dated else words.when(rows[0].period)
    number, of = builder.count("found", len(found), "figures"), builder.count("count", len(rows), "figures")
    was = "was" if number < 2 else "were"
    text = f"{asked.entry.title}, {when}: {number or 'none'} of {of} figures {was} {said[0]}"
    if dated and found and (end := _END.search(_said(plan, asked))):
        at = found[-1 if end[1] in ("last", "latest") else 0]
        return f"{asked.entry.title}, {when}: {said[0]} {_ONE[end[1]]} for {_named([at], dated)[0]}."
    rest = [r for r in rows if r not in found]
    if dated and rest and len(rest) < len(found) and _ALL.search(plan.question.lower()):  # the few that did not
        return f"{text}; not {words.listed(_named(rest, dated))}."
    return f"{text}: {words.listed(_named(found, dated))}." if found else f"{text}."


def _beside_whole(plan: Plan, asked: Asked, builder: Builder) -> str:
    """Which councils or areas lie above or below the figure of all together."""
    rows = [r for r in each(asked.rows) if r.value is not None]
    spans = {(r.start, r.end) for r in rows}
    whole = [r for r in each(asked.whole) if r.value is not None and {(r.start, r.end)} == spans]
    if not whole or not rows:
        raise Nothing(f"The papers give no overall figure of {asked.entry.title} to hold the others against.")
    low, limit = plan.question.lower(), whole[-1]
    better = 1 if limit.polarity == "higher" else -1 if limit.polarity == "lower" else 0
    side = 1 if _ABOVE.search(low) else -1 if _BELOW.search(low) else -better if _BEHIND.search(low) else better
    if not side:
        raise Nothing(words.NO_WAY.format(title=asked.entry.title))
    builder.found(tools.lookup(asked.rows))
    builder.give(limit)
    found = [r for r in rows if (r.value - limit.value) * side > 0]
    named = words.listed(_named(found, dated=False)) or "None"
    was, lies = "was" if len(found) < 2 else "were", "above" if side > 0 else "below"
    when = words.when(words.period(limit))
    return f"{asked.entry.title} {when}: {named} {was} {lies} the overall figure of {words.shown(limit)}."


def _named(rows: Sequence[Row], dated: bool) -> list[str]:
    """ "Havant in Jun-21 (12.95%)"."""
    return [f"{r.entity}{f' {words.when(r.period)}' if dated else ''} ({words.shown(r)})" for r in rows]


def _lies(said: re.Match[str], value: Decimal, limit: Decimal) -> bool:
    if said["least"] or said["most"]:
        return value >= limit if said["least"] else value <= limit
    return value > limit if said["above"] else value < limit


def margin(plan: Plan, asked: Asked, builder: Builder) -> str:
    """By how much each figure met or missed its target."""
    finding = tools.against_target(asked.rows)
    builder.found(finding)
    rows = each(finding.rows)
    by = {r.of[0]: r for r in finding.results if r.operation == "margin"}
    if not by or len(by) > MOST_LINES:
        return against_target(plan, asked, builder)
    lines = []
    for at, row in enumerate(rows):
        text = sentence(row, asked.entry)
        lines.append(f"{text[:-1]}, by {words.amount(abs(by[at].value), by[at].unit)}." if at in by else text)
    return "\n".join(lines)


def periods(plan: Plan, asked: Asked, builder: Builder) -> str:
    """In which periods the target was met, or missed; or the first or the last of them."""
    said = f" {_said(plan, asked)} "
    met = not any(w in said for w in (*_MISSED, " off "))
    finding = tools.against_target(asked.rows)
    builder.found(finding)
    return "\n".join(_periods_of(e, part, met, said, asked, builder) for e, part in by_entity(finding.rows))


def _periods_of(entity: str, part: pd.DataFrame, met: bool, said: str, asked: Asked, builder: Builder) -> str:
    judged = [r for r in each(part) if r.met is not None]
    if not judged:
        beside = [r for r in each(part) if r.target is not None and r.value is not None]
        if not beside:
            raise Nothing(words.no_target(asked.entry.title, str(part.iloc[-1].quote)))
        return "\n".join(sentence(r, asked.entry) for r in beside[-MOST_LINES:])
    found = [r for r in judged if r.met is met]
    who, verb = f"{words.possessive(entity)} {asked.entry.title}", "met" if met else "missed"
    of = f"{judged[0].period} to {judged[-1].period}"
    if not found:
        return f"{who} {verb} {words.target_of(judged[-1])} in no {words.spans(judged[0].grain, 1)}, {of}."
    if end := re.search(r"\b(last|first)\b(?! half\b)", said):
        row = found[-1 if end[1] == "last" else 0]
        return f"{who} {end[1]} {verb} {words.target_of(row)} {words.when(row.period)}, at {words.shown(row)} ({of})."
    number, whole = builder.count(verb, len(found), "periods"), builder.count("count", len(judged), "periods")
    named = words.listed([f"{r.period} ({words.shown(r)})" for r in found])
    spans = words.spans(judged[0].grain, whole)
    return f"{who} {verb} {words.target_of(found[-1])} in {number} of {whole} {spans}, {of}: {named}."


def streak(plan: Plan, asked: Asked, builder: Builder) -> str:
    low = _said(plan, asked)
    lines = []
    for entity, rows in by_entity(asked.rows):
        last = next((r.met for r in reversed(each(rows)) if r.met is not None), True)  # "how many in a row is that?"
        met = False if any(w in low for w in _MISSED) else True if any(w in low for w in _MET) else last
        finding = tools.streak(rows, met=met)
        builder.found(finding)
        lines.append(_streak_of(entity, finding, met, asked.entry))
    return "\n".join(lines)


def _streak_of(entity: str, finding: tools.Finding, met: bool, entry: Entry) -> str:
    judged = [r for r in each(finding.rows) if r.met is not None]
    if not judged:
        aimed = any(r.target is not None for r in each(finding.rows))
        quote = str(finding.rows.iloc[-1].quote)
        raise Nothing(words.NO_WAY.format(title=entry.title) if aimed else words.no_target(entry.title, quote))
    runs = {r.operation: r for r in finding.results}
    verb, target = ("met", words.target_of(judged[-1])) if met else ("missed", words.target_of(judged[-1]))
    rows = each(finding.rows)
    text = f"{entity} has {verb} {target} for {entry.title} "
    current = runs["current run"]
    if not current.value:
        longest = runs["longest run"]
        ended = f"{entity} {'missed' if met else 'met'} {target} for {entry.title}"
        text = f"{ended} {words.when(judged[-1].period)}, the latest period reported"
        return f"{text}; the longest run of periods {verb} was {longest.value}."
    start, end = rows[current.of[0]], rows[current.of[-1]]
    span = start.period if start is end else f"{start.period} to {end.period}"
    return f"{text}in {current.value} {words.spans(start.grain, int(current.value))} running, {span}."
