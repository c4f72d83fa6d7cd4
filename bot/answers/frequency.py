"""Answers about how often measures are measured, where the papers print that beside them."""

import re
from collections.abc import Sequence

from bot.answers.builder import Builder, Row
from bot.answers.item_lines import cut
from bot.answers.selection import Asked, Nothing
from bot.question.plan import Plan
from bot.question.terms import which
from kpi_tools.tools import each

MOST = 12  # measures that are named; of more, the answer says how many there are
_CELL = re.compile(r"\s\|\s|\s[-–]\s")
_SHORT = 14  # letters of a cell that says how often, and nothing else


def printed(row: Row) -> str:
    """What stands in a row for how often its measure is measured, "6 Monthly"; "" where nothing does."""
    cells = (cell for cell in _CELL.split(row.quote) if len(cell) <= _SHORT)
    return next((cell for cell in cells if which("frequency", cell)), "")


def measured(_: Plan, asked: Asked, builder: Builder) -> str:
    """How often one measure is measured. Raises Nothing where the papers do not print it."""
    told = [row for row in each(asked.rows) if printed(row)]
    if not told:
        raise Nothing(f"The papers do not print how often {asked.entry.title} is measured.")
    builder.cite(builder.place(told[-1]), told[-1].quote)
    builder.assumptions.clear()  # which period's row it is makes no odds
    return f"{asked.entry.title} is measured: {printed(told[-1])}."


def so_measured(plan: Plan, rows: Sequence[Row], builder: Builder) -> str:
    """Name the measures that are measured as often as is asked; the status."""
    known = {row.key: row for row in rows if printed(row)}
    found = [row for row in known.values() if which("frequency", printed(row)) == which("frequency", plan.question)]
    if not found:
        return builder.end("not_found", "The papers print for no measure that it is measured so often.")
    number, of = builder.count("so often", len(found), "measures"), builder.count("known", len(known), "measures")
    builder.lines.append(f"{number} of {of} measures beside which the papers print how often they are measured:")
    for row in found[:MOST]:
        builder.cite(builder.place(row), row.quote)
        title = " ".join(filter(None, (row.service, row.code, f"({cut(row.name)})")))
        builder.lines.append(f"• {title}: {printed(row)}.")
    builder.more(len(found) - MOST, "measures")
    return "answered"
