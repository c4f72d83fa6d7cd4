"""Answers about KPIs: the plan's measures, entities and periods, handed to the tools, and their findings in words."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

import pandas as pd

from bot import words
from bot.answer import Result
from bot.answers import rank as rank_answers
from bot.answers.beyond import beyond
from bot.answers.builder import Builder, plain
from bot.answers.definition import MOST_READINGS, define, several
from bot.answers.frequency import measured
from bot.answers.movers import moves
from bot.answers.ratings import printed
from bot.answers.selection import Asked, Nothing, asked_rows, rows_of
from bot.answers.series import average, change, compare, median, total, trend, value
from bot.answers.tally import tally
from bot.answers.target import against_target, margin, periods, streak
from bot.question.catalogue import Catalogue
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import besides, says
from kpi_tools.names import find_entities
from kpi_tools.tools import each

_SEVERAL = re.compile(r"\b(?:and|or|than|with|versus|vs|against)\b|[,;&/]", re.IGNORECASE)  # are named side by side


def answer(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue, builder: Builder) -> str:
    """Write the answer to a KPI question into `builder`; its status."""
    entries = {e.key: e for e in catalogue.entries}
    meant = [entries[key] for key in plan.measures if key in entries]
    elsewhere = astray(plan, catalogue)
    if elsewhere or (plan.unknown and not (plan.entities and plan.operation == "compare")):
        return builder.end("not_found", elsewhere or _unknown(plan, meant))
    if plan.operation == "definition":
        return define(plan, meant, frame, builder, way="better" in plan.question.lower())
    outcomes = [_one(plan, entry, catalogue.home(entry), frame, builder) for entry in meant]
    said = [(e, text) for e, (done, text) in zip(meant, outcomes, strict=True) if done]
    if not said:
        builder.lines.extend(list(dict.fromkeys(text for _, text in outcomes))[:MOST_READINGS])
        return "not_found"
    builder.lines.extend(text for _, text in said)
    if plan.unknown:
        builder.lines.append(_unknown(plan, []))
    if len(said) == 1:
        return "answered"
    head = several([e for e, _ in said], builder)
    if len(said) > MOST_READINGS:
        builder.lines.insert(0, f"{head}. Which is meant?")
        builder.suggestions.extend(f"{plan.question.rstrip('?')} ({e.title})?" for e, _ in said[:4])
        return "clarify"
    builder.lines.insert(0, f"{head}; each in turn:")
    builder.lines.extend(_together(plan, [e for e, _ in said], builder))
    return "answered"


def _together(plan: Plan, given: Sequence[Entry], builder: Builder) -> list[str]:
    """ "Together: 38.", of the totals of measures each of which is named by a word of its own, "P1 and P2"."""
    sums = [r for r in builder.results if r.operation == "total"]
    shared = frozenset.intersection(*(e.name_terms for e in given))
    named = all(not (e.name_terms - shared).isdisjoint(plan.topic) for e in given)
    if plan.operation != "total" or not named or len(sums) != len(given) or len({r.unit for r in sums}) > 1:
        return []
    value = sum((Decimal(r.value) for r in sums), Decimal(0))
    builder.results.append(Result("total", plain(value), sums[0].unit, tuple(at for r in sums for at in r.of)))
    return [f"Together: {words.amount(value, sums[0].unit)}."]


def nearest(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue, builder: Builder) -> str:
    """Say that no measure has the number that was asked for, and which come nearest; the status."""
    near = [e for e in catalogue.entries if e.key in plan.measures][:MOST_READINGS]
    for entry in near:
        for row in each(rows_of(entry, frame).tail(1)):
            builder.cite(builder.place(row), f"{entry.title}: {row.quote}")
        for target in entry.targets[-1:]:
            builder.cite(target.place, f"{entry.title}: {target.quote}")
    return builder.end("not_found", words.OTHER_NUMBER.format(titles=words.listed([e.title for e in near], "or")))


def _unknown(plan: Plan, meant: Sequence[Entry]) -> str:
    names = words.listed(plan.unknown, "or")
    known = f" They give it for {words.listed(meant[0].entities)}." if meant and meant[0].entities else ""
    return f"The papers give no such figure for {names}.{known}"


def astray(plan: Plan, catalogue: Catalogue) -> str:
    """Of "Ashford's recycling in Hill", whose Hill is an area that another council alone reports: that; else ""."""
    if _SEVERAL.search(plan.question) or plan.operation in ("compare", "rank"):
        return ""
    councils = [e for e in plan.entities if e in catalogue.homes.values()]
    for area in (e for e in plan.entities if councils and e not in councils and not find_entities(e)):
        homes = sorted({catalogue.home(e) for e in catalogue.entries if area in e.entities})
        if all(homes) and set(homes).isdisjoint(councils):
            return f"The papers give {area} as an area of {words.listed(homes)}, and not of {words.listed(councils)}."
    return ""


def _one(plan: Plan, entry: Entry, home: str, frame: pd.DataFrame, builder: Builder) -> tuple[bool, str]:
    """One measure's answer: whether there is one, and its text or why there is none."""
    try:
        asked = asked_rows(plan, entry, home, frame, builder)
        _by_colour(plan, asked, builder)
        text = OPERATIONS[plan.operation](plan, asked, builder)
        return True, f"{text}\n{words.without(asked.without, entry.title)}" if asked.without else text
    except Nothing as reason:
        return False, str(reason)


def _by_colour(plan: Plan, asked: Asked, builder: Builder) -> None:
    """Take red and green for what missed and met the target, and say so; raises Nothing where the report has ratings
    of its own."""
    if plan.operation not in JUDGED or not says("asked.coloured", besides(plan.question.lower(), asked.entry.name)):
        return
    if printed(each(asked.rows), asked.every):
        raise Nothing(words.RATED.format(title=asked.entry.title))
    builder.assume(words.BY_COLOUR)


JUDGED = ("against_target", "periods", "streak", "tally", "margin")
OPERATIONS: dict[str, Callable[[Plan, Asked, Builder], str]] = {
    "value": value,
    "beyond": beyond,
    "trend": trend,
    "change": change,
    "compare": compare,
    "rank": rank_answers.rank,
    "average": average,
    "median": median,
    "total": total,
    "against_target": against_target,
    "streak": streak,
    "tally": tally,
    "margin": margin,
    "periods": periods,
    "moves": moves,
    "frequency": measured,
}
