"""Yes or no: whether one of two councils is ahead of the other, and whether figures moved, as a question takes it."""

import re
from collections.abc import Sequence
from datetime import date

from bot import words
from bot.answer import Result
from bot.answers.builder import Builder, Row, plain
from bot.answers.times import mover
from bot.question.codes import code_pattern
from bot.question.plan import Plan
from bot.question.shifts import shifts
from bot.question.terms import besides, says, whether, which
from kpi_tools.names import find_entities
from kpi_tools.periods import find_periods
from kpi_tools.tools import Calculation

SIGNS = {"higher": 1, "lower": -1}  # of a change for the better, by the measure's polarity
_WAYS = {"up": 1, "higher": 1, "down": -1, "lower": -1}
_JUDGED = {"better": 1, "worse": -1}
_APART = re.compile(r"\b(?:and|or)\b|\b\d")  # "are Hart and Mendip above 80%" holds none against the other
_EITHER = re.compile(r"\bor\b")


def verdict(plan: Plan, rows: Sequence[Row]) -> str:
    """ "Yes: " or "No: " before the figures of the two that a question holds against each other; "" where it holds
    none so, or the papers do not say which way is better."""
    held = {row.entity for row in rows}
    named = [found for found in find_entities(plan.question, known=plan.entities) if found[0] in held]
    if len(rows) != 2 or len(named) != 2 or not whether(plan.question):
        return ""
    (one, _, end), (_, start, _) = named
    between = besides(plan.question[end:start].lower(), str(rows[0].name))
    between = re.sub(code_pattern(str(rows[0].code)), " ", between) if rows[0].code else between
    side = "" if _APART.search(between) else which("asked.ahead", between)
    mine, other = sorted(rows, key=lambda row: row.entity != one)
    if side not in ("higher", "lower"):
        side = {1: "higher", -1: "lower"}.get(sign_of(side, mine), "")
    if mine.entity != one or not side:
        return ""
    so = mine.value > other.value if side == "higher" else mine.value < other.value
    return "Yes: " if so else "No: "


def gap_so(plan: Plan, gaps: Sequence[tuple[Row, Calculation]], builder: Builder) -> str:
    """ "No: the gap narrowed by 12.21 percentage points. ", of the gaps between two councils at two times, in their
    order; "" of any others."""
    if len(gaps) != len(plan.only) or len(gaps) != 2:
        return ""
    (earlier, was), (later, now) = gaps
    by = now.value - was.value
    way = which("asked.apart", plan.question) if whether(plan.question) else ""
    back = _earlier_than_later(plan)
    wider = by < 0 if back else by > 0
    narrower = by > 0 if back else by < 0
    head = "" if not way else "Yes: " if (wider if way == "wider" else narrower) else "No: "
    if not by:
        return f"{head}the gap was the same. "
    builder.results.append(Result("change of gap", plain(abs(by)), now.unit, ()))
    span = f"from {earlier.period} to {later.period}"
    return f"{head}the gap {'widened' if by > 0 else 'narrowed'} by {words.amount(abs(by), now.unit)} {span}. "


def sign_of(way: str, row: Row) -> int:
    """1 where figures that go up go the way that is asked ("up", "lower", "worse"), -1 where those that go down do; 0
    for either, and where the papers do not say which is better."""
    return _WAYS.get(way, 0) or SIGNS.get(row.polarity, 0) * _JUDGED.get(way, 0)


def _earlier_than_later(plan: Plan) -> bool:
    """Whether a period is held against a later one: "higher in July than in August"; or, after August was told of,
    "was it higher in July?"."""
    low = plan.question.lower()
    than = low.find(" than ")
    told = find_periods(low, date.fromisoformat(plan.today))
    if than < 0 and says("follow.held", low) and len(plan.only) > 1:
        first, last = (date.fromisoformat(span.split("/")[1]) for span in plan.only[:2])
        ends = [period.end for period, _, _ in told]
        return shifts(low).startswith("before") or any(
            end == first or first.month == end.month != last.month for end in ends
        )
    before = [period for period, start, _ in told if start < than]
    after = [period for period, start, _ in told if start > than]
    return bool(before and after) and before[-1].end < after[0].end


def moved_so(plan: Plan, steps: Sequence[tuple[Row, Row]]) -> str:
    """ "Yes: " or "No: " before figures that moved each from one period to another, where a question asks whether they
    rose, fell or got better, all or any of them; "" where it asks no such thing, or which is better is not told."""
    if not steps or _EITHER.search(plan.question) or not whether(plan.question):
        return ""
    name = str(steps[0][1].name)
    way = mover(plan, name) or which("asked.ahead", besides(plan.question.lower(), name))
    signs = [sign_of(way, last) * (-1 if _earlier_than_later(plan) else 1) for _, last in steps]
    if not all(signs):
        return ""
    so = [(last.value - first.value) * sign > 0 for (first, last), sign in zip(steps, signs, strict=True)]
    return "Yes: " if (any if says("stands.some", plan.question) else all)(so) else "No: "
