"""Whether one of two councils is ahead of the other, as a question takes it to be: yes or no."""

import re
from collections.abc import Sequence

from bot.answers.builder import Row
from bot.question.plan import Plan
from bot.question.terms import says, which
from kpi_tools.names import find_entities

_APART = re.compile(r"\b(?:and|or)\b|\b\d")  # "are Hart and Mendip above 80%" holds none against the other


def verdict(plan: Plan, rows: Sequence[Row]) -> str:
    """ "Yes: " or "No: " before the figures of the two that a question holds against each other; "" where it holds
    none so, or the papers do not say which way is better."""
    named = find_entities(plan.question, known=plan.entities)
    if len(rows) != 2 or len(named) != 2 or not says("stands.plainly", plan.question):
        return ""
    (one, _, end), (_, start, _) = named
    between = plan.question[end:start]
    side = "" if _APART.search(between) else which("asked.ahead", between)
    mine, other = sorted(rows, key=lambda row: row.entity != one)
    if side not in ("higher", "lower"):
        way = {"higher": 1, "lower": -1}.get(mine.polarity, 0) * {"better": 1, "worse": -1}.get(side, 0)
        side = {1: "higher", -1: "lower"}.get(way, "")
    if mine.entity != one or not side:
        return ""
    so = mine.value > other.value if side == "higher" else mine.value < other.value
    return "Yes: " if so else "No: "
