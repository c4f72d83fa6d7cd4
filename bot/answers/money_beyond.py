"""Which lines of a budget lie on a side of a sum that the question names: "which councils pay over £50,000?"."""

from collections.abc import Sequence

from bot import words
from bot.answers.bound import Bound, bound_of
from bot.answers.builder import Builder
from bot.answers.money_lines import columns_of, lines_of, split_of
from bot.answers.money_sums import MOST, one_table, quote_of
from bot.question.parts import undated
from bot.question.plan import Plan
from bot.question.terms import says
from kpi_tools.amounts import Amount, is_whole, name
from kpi_tools.ledger import Record

LEAST = 2  # lines that are held against it; one alone is told as it stands


def beyond(plan: Plan, pool: Sequence[Record], builder: Builder) -> str:
    """The status; "" where no sum is named, or no one column of one table is meant."""
    bound = bound_of(undated(plan.question, plan.today), "", "£")
    if bound is None or bound.percent or says("money.over", plan.question) or says("money.under", plan.question):
        return ""
    cells = _cells(plan, _lines(plan, pool, builder))
    if len(cells) < LEAST or len({(c.header, c.figure.unit) for c in cells if c.figure}) != 1:
        return ""
    unit = cells[0].figure.unit if cells[0].figure else ""
    bound = bound_of(undated(plan.question, plan.today), "", unit) or bound
    held = [c for c in cells if c.figure and bound.holds(c.figure.value)]
    for cell in held or cells:
        builder.cite(cell.record.place, quote_of(cell.record))
    return builder.end("answered", _sentence(held, cells, bound, builder))


def _lines(plan: Plan, pool: Sequence[Record], builder: Builder) -> Sequence[Record]:
    """The lines of the one table that is asked about, but for its sum; councils' alone where these are asked for."""
    if says("money.council", plan.question):
        return [r for r in split_of(plan, pool, builder) if not is_whole(r)]
    at = {(r.place.document, r.place.table) for r in lines_of(plan, pool, plan.entities, builder)}
    return [r for r in pool if (r.place.document, r.place.table) in at and not is_whole(r)] if len(at) == 1 else ()


def _cells(plan: Plan, lines: Sequence[Record]) -> list[Amount]:
    """Of each line the one cell of money that is meant; [] where one has several."""
    if not lines or not one_table(lines):
        return []
    told = [[c for c in columns_of(plan, r, narrow=True) if c.figure and c.figure.unit.startswith("£")] for r in lines]
    return [own[0] for own in told if own] if all(len(own) <= 1 for own in told) else []


def _sentence(held: Sequence[Amount], cells: Sequence[Amount], bound: Bound, builder: Builder) -> str:
    """ "1 of 5 is below £100,000: Hart District Council £73,011 (Budget, Client team budget)."""
    number, of = builder.count("count", len(held), "lines"), builder.count("count", len(cells), "lines")
    named = words.listed([f"{c.record.fields['line']} {c.printed}" for c in held[:MOST]])
    builder.more(len(held) - MOST, "lines")
    told = f"{number or 'None'} of {of} {'is' if number in (0, 1) else 'are'} {bound.said}"
    head = ", ".join(filter(None, (cells[0].header, name(cells[0].record))))
    return f"{told}{f': {named}' if held else ''} ({head})."
