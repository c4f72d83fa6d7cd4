"""Answers out of budgets, and out of tables of no known shape: the cell that is meant, sums, shares, differences."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot import words
from bot.answers.builder import Builder
from bot.answers.meant import papers_of
from bot.answers.money_beyond import beyond
from bot.answers.money_lines import columns_of, in_period, is_council, lines_of, of_service, split_of
from bot.answers.money_sums import MOST, calculated, moved, one_table, quote_of, sentence, sum_of
from bot.question.plan import Plan
from bot.question.shifts import shifts
from bot.question.terms import says, which
from kpi_tools.amounts import Amount, amounts, is_whole, name
from kpi_tools.ledger import Record

SEVERAL = 2  # amounts of one line, which headers must tell apart
UNHEADED = (
    "The papers have a line for {line}, but the headings over its figures could not be read; the page shows them."
)


def answer(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str]) -> str:
    """The budget lines that a question means, in words, by council where it names several; the status, "" where no
    line is meant."""
    whose = [c for c in plan.entities if c in {homes.get(r.place.document) for r in records}]
    if len(whose) > 1:
        return _by_council(plan, whose, records, builder, homes)
    low = plan.question.lower()
    apart = any(says(f"money.{kind}", low) for kind in ("more", "over", "under"))
    pool = [r for r in papers_of(plan, records, homes, builder) if in_period(plan, r, records, builder)]
    pool = [r for r in pool if of_service(plan, r, builder)]
    councils = [c for c in plan.entities if any(is_council(r, c) for r in pool)]
    owned = {r.place.document for r in pool if homes.get(r.place.document, "") in plan.entities}
    if absent := [c for c in plan.entities if c not in councils and not any(homes.get(d) == c for d in owned)]:
        return _not_among(plan, absent, pool, builder)
    if told := beyond(plan, pool, builder):
        return told
    lines = lines_of(plan, pool, councils, builder)
    if not lines:
        return ""
    moves = plan.operation in ("change", "trend") and not apart
    against = (apart or plan.operation == "compare") and shifts(low).startswith("before")
    earlier = not plan.since and says("money.year_before", low)
    if moves or against or earlier or says("money.years", low):
        whole = all(map(is_whole, lines))  # what changed of it from another year stands in the text
        return moved(lines, builder) or ("" if whole else _without_before(plan, lines, builder))
    return of_lines(plan, lines, pool, builder)


def _not_among(plan: Plan, absent: Sequence[str], pool: Sequence[Record], builder: Builder) -> str:
    """That councils have no line in the budget that is split among councils, where all of a question is of it."""
    split = split_of(plan, pool, builder)
    if not split:
        return ""
    builder.cite(split[0].place, quote_of(split[0]))
    return builder.end("not_found", f"{name(split[0])} has no line for {words.listed(absent, 'or')}.")


def _without_before(plan: Plan, lines: Sequence[Record], builder: Builder) -> str:
    """That no line meant has a figure of another year to hold it against, and what there is of it."""
    builder.lines.append("The table gives no figure of the year before. It gives:")
    return "not_found" if _told(plan, lines, builder) else ""


def _by_council(
    plan: Plan, councils: Sequence[str], records: Sequence[Record], builder: Builder, homes: Mapping[str, str]
) -> str:
    """What each council's own papers say, behind its name; "" where one's say nothing."""
    held = [(part, len(part)) for part in vars(builder).values() if isinstance(part, list)]
    for council in councils:
        before = len(builder.lines)
        if answer(replace(plan, entities=(council,)), records, builder, homes) != "answered":
            for part, count in held:
                del part[count:]
            return ""
        builder.lines[before:] = [f"{council}: {line.removeprefix('• ')}" for line in builder.lines[before:]]
    return "answered"


def of_lines(plan: Plan, lines: Sequence[Record], pool: Sequence[Record], builder: Builder) -> str:
    """What a question asks of these lines of budgets, the other lines being in `pool`: calculated, or as they stand."""
    return calculated(plan, lines, pool, builder) or _told(plan, lines, builder)


def rows(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str]) -> str:
    """The one cell of a table of no known shape that a question names in the table's own words; "" for none.

    All of its words must be of the table, one of them of the line, and the header must be told.
    """
    if says("asked.why", plan.question) or says("asked.up_or_down", plan.question):
        return ""  # no amount is a reason, or tells how it moved
    pool = [r for r in papers_of(plan, records, homes, builder) if in_period(plan, r, records, builder)]
    if says("money.over", plan.question.lower()) or says("money.under", plan.question.lower()):
        lines = lines_of(plan, pool, (), builder)
        if says("money.which", plan.question) and all(map(is_whole, lines)):  # the lines that the whole is the sum of
            tables = {(r.place.document, r.place.table) for r in lines}
            lines = [r for r in pool if (r.place.document, r.place.table) in tables and not is_whole(r)]
        return calculated(plan, lines, pool, builder) if lines else ""
    if plan.entities and says("money.ranked", plan.question.lower()):  # in the tables of a named council alone
        return calculated(plan, lines_of(plan, pool, (), builder), pool, builder)
    lines = [
        r
        for r in lines_of(plan, pool, (), builder, every=True)
        if not is_whole(r) or says("money.whole", plan.question)
    ]
    if len(lines) > 1 and says("money.sum", plan.question) and one_table(lines):
        return sum_of(plan, lines, builder)
    chosen = [(r, columns_of(plan, r, narrow=True)) for r in lines]
    cells = [(r, c[0]) for r, c in chosen if len(c) == 1]
    if len(cells) != 1 or len(chosen) != 1 or _is_beside(plan, *cells[0]):
        return ""
    record, cell = cells[0]
    builder.cite(record.place, quote_of(record))
    return builder.end("answered", sentence(record, [cell]))


def _is_beside(plan: Plan, record: Record, cell: Amount) -> bool:
    """Whether it is asked who, or by how much something moved that is not called a move: one amount is neither."""
    told = f"{name(record)} {record.fields['line']} {cell.header}"
    return says("text.who", plan.question) or (says("asked.moved", plan.question) and not says("asked.moved", told))


def unheaded(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str]) -> str:
    """Say that the line which a question names has several amounts, and that no header tells which is meant."""
    pool = [r for r in papers_of(plan, records, homes, builder) if in_period(plan, r, records, builder)]
    lines = [r for r in lines_of(plan, pool, (), builder) if not is_whole(r) or says("money.whole", plan.question)]
    if len(lines) != 1 or any(c.header for c in amounts(lines[0])) or len(amounts(lines[0])) < SEVERAL:
        return ""
    builder.cite(lines[0].place, quote_of(lines[0]))
    return builder.end("not_found", UNHEADED.format(line=lines[0].fields["line"]))


def _told(plan: Plan, lines: Sequence[Record], builder: Builder) -> str:
    """Each line with the amounts asked for."""
    told = [(r, c) for r in lines if (c := columns_of(plan, r))]
    if which("needed", plan.question) in ("percent", "share") and not any(
        "%" in c.printed for _, cells in told for c in cells
    ):
        return ""
    for record, cells in told[:MOST]:
        builder.cite(record.place, quote_of(record))
        builder.lines.append(sentence(record, cells))
    builder.more(len(told) - MOST, "lines")
    return "answered" if told else ""
