"""What per cent one figure is of another: of all councils together, or of what it was before."""

from decimal import ROUND_HALF_UP, Decimal

from bot import words
from bot.answer import Result
from bot.answers.builder import Builder, Row, plain
from bot.answers.selection import Asked
from bot.question.plan import Plan
from bot.question.terms import says
from kpi_tools import tools
from kpi_tools.tools import each

_PLACES = Decimal("0.1")


def share_of_all(plan: Plan, asked: Asked, builder: Builder) -> str:
    """ " That is 65.4% of 26, the total of Brent, Lewisham and Southwark.", of the count of one council whose share is
    asked for; "" where none is, or where the figures cannot be added up."""
    rows = each(asked.rows)
    if len(rows) != 1 or rows[0].value is None or rows[0].unit == "%" or not says("asked.part", plan.question):
        return ""
    every = asked.every[(asked.every.start == rows[0].start) & (asked.every.end == rows[0].end)]
    finding = tools.total(every)
    used = [row for row in each(finding.rows) if row.value is not None]
    if not finding.results or len(used) < 2 or rows[0].entity not in {row.entity for row in used}:
        return ""
    whole = finding.results[0]
    if whole.value <= 0 or any(row.value < 0 for row in used):
        return ""
    builder.found(finding)
    part = _percent(rows[0].value, whole.value, "share", builder)
    names = words.listed([row.entity for row in used])
    return f" That is {part} of {words.amount(whole.value, whole.unit)}, the total of {names}."


def relative(plan: Plan, first: Row, last: Row, builder: Builder) -> str:
    """ ", which is 25.1% of what it was", of the change of a count from `first` to `last`, where that is asked for."""
    if first.unit == "%" or not says("asked.relative", plan.question):
        return ""
    if first.value <= 0:
        builder.assume(words.NO_PERCENT)
        return ""
    part = _percent(abs(last.value - first.value), first.value, "relative change", builder)
    return f", {part} of the {words.shown(first)} {words.when(first.period)}"


def _percent(part: Decimal, whole: Decimal, operation: str, builder: Builder) -> str:
    value = (100 * part / whole).quantize(_PLACES, ROUND_HALF_UP)
    builder.results.append(Result(operation, plain(value), "%", ()))
    return words.amount(value, "%")
