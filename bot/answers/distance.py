"""Answers about what lies closest to its target, and what furthest from it: of councils, of periods or of measures."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from bot import words
from bot.answer import Result
from bot.answers.builder import Builder, Row, plain
from bot.question.terms import which
from kpi_tools.guards import difference_unit

MOST = 6  # that are named
_OF = {
    "missed": ", of those that missed it", "met": ", of those that met it", "below": ", of those below it",
    "above": ", of those above it",
}  # fmt: skip


def asked(question: str) -> str:
    """ "closest" or "furthest", where a question asks for what lies so to its target; else ""."""
    return which("distance", question)


def by_distance(question: str, rows: Sequence[Row], named: Callable[[Row], str], builder: Builder) -> str:
    """Those of the figures that have a target in the order of how far they lie from it, what is asked for first; ""
    where none has one, or none lies on the side that is asked about. `named` tells one of them from the others.

    Figures in one unit are ranked by their difference from the target, others by its share of the target.
    """
    order, side = asked(question), which("distance_side", question)
    if not side and order == "furthest" and any(row.met is False for row in rows):
        side = "missed"
    found = [row for row in rows if row.target is not None and row.value is not None and _lies(row, side)]
    if not found:
        return ""
    alike = len({row.unit for row in found}) == 1
    if not alike:
        builder.assume("They are in several units, and ranked by the share of its target that each lies from it.")
    found.sort(key=_gap if alike else share_off, reverse=order == "furthest")
    first, *others = [_told(row, named, builder) for row in found[:MOST]]
    return f"The {words.DISTANCE[order]} its target{_OF.get(side, '')}: {first}.{_then(others)}"


def share_off(row: Row) -> Decimal:
    """How far a figure is from its target, as a part of it."""
    return _gap(row) / (abs(row.target) or Decimal(1))


def _gap(row: Row) -> Decimal:
    gap: Decimal = abs(row.value - row.target)
    return gap


def _lies(row: Row, side: str) -> bool:
    if side in ("missed", "met"):
        return row.met is (side == "met")
    return not side or bool(row.value < row.target if side == "below" else row.value > row.target)


def _told(row: Row, named: Callable[[Row], str], builder: Builder) -> str:
    """ "Havant, 45.66%, which missed the target of more than 80%, by 34.34 percentage points"."""
    unit = difference_unit(row.unit)
    builder.results.append(Result("margin", plain(_gap(row)), unit, (builder.give(row),)))
    by = f", by {words.amount(_gap(row), unit)}" if _gap(row) else ""
    return f"{named(row)}, {words.shown(row)}{words.verdict(row)}{by}"


def _then(others: Sequence[str]) -> str:
    return f" Then {'; '.join(others)}." if others else ""
