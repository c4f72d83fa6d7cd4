"""What is calculated of the lines of budgets: rankings, shares, sums, differences; and how a line is put into words."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot import words
from bot.answer import Result
from bot.answers.builder import Builder, plain
from bot.answers.money_lines import SOME_DAY, columns_of, dated_right, is_council
from bot.question.plan import Plan
from bot.question.terms import says, terms, whether
from kpi_tools.amounts import Amount, amounts, difference, is_whole, like, name, share, total, whole_of
from kpi_tools.figures import Figure, write_figure
from kpi_tools.ledger import Record
from kpi_tools.periods import find_periods

_REVISED = re.compile(r"\b(revised|current|latest)\b.*\bbudget", re.IGNORECASE)
_BUDGET = re.compile(r"\bbudget", re.IGNORECASE)
_SPENT = re.compile(r"\b(forecast|outturn|actual|projected|spent|expenditure)\b(?! (?:to|so) )", re.IGNORECASE)
MOST = 6  # lines put into words; of more, the answer says how many there are


def calculated(plan: Plan, lines: Sequence[Record], pool: Sequence[Record], builder: Builder) -> str:
    """A ranking, a share, a sum or a difference of the lines meant; "" where none of them is asked for."""
    low = plan.question.lower()
    apart = says("money.over", low) or says("money.under", low)
    if says("money.ranked", low) or (apart and (len(lines) > 2 or all(_gap(r, plan) for r in lines))):
        return _ranked(plan, [r for r in lines if not is_whole(r)] or lines, pool, builder)
    if not one_table(lines):
        return _table_by_table(plan, lines, pool, builder)
    if says("money.share", low) and len(lines) == 1 and not any("%" in c.printed for c in amounts(lines[0])):
        return _share(plan, lines[0], pool, builder)
    if len(lines) > 1 and says("money.more", low):
        return (_difference if len(lines) == 2 else _against_others)(plan, lines, builder)
    if len(lines) > 1 and says("money.sum", low) and not any(is_whole(r) for r in lines):
        return sum_of(plan, lines, builder)
    return ""


def moved(lines: Sequence[Record], builder: Builder) -> str:
    """How one line changed between the last two periods that its headers name; "" where they name fewer."""
    wholes = [r for r in lines if is_whole(r)] or lines
    if len(wholes) != 1:
        return ""
    cells = [c for c in amounts(wholes[0]) if c.figure and len(find_periods(c.header, SOME_DAY)) == 1]
    dated = sorted(cells, key=lambda c: find_periods(c.header, SOME_DAY)[0][0].end)[-2:]
    figures = [c.figure for c in dated if c.figure]
    if len({c.header for c in dated}) < 2 or figures[0].unit != figures[1].unit:
        return ""
    by = figures[1].value - figures[0].value
    told = _result("change", Figure(abs(by), figures[0].unit, ""), builder)
    _cite(wholes, builder)
    way = "more than" if by > 0 else "less than"
    (was, old), (now, new) = ((c.header, c.printed) for c in dated)
    return builder.end("answered", f"{wholes[0].fields['line']}: {now} {new}, {told} {way} {was} {old}.")


def _table_by_table(plan: Plan, lines: Sequence[Record], pool: Sequence[Record], builder: Builder) -> str:
    """The same of each table that has all the councils named, told apart by the tables' names."""
    tables: dict[tuple[str, int], list[Record]] = {}
    for line in lines:
        tables.setdefault((line.place.document, line.place.table), []).append(line)
    whole = [own for own in tables.values() if all(any(is_council(r, c) for r in own) for c in plan.entities)]
    if len(plan.entities) < 2 or not whole:
        return ""
    for own in whole:
        said = len(builder.lines)
        if calculated(plan, own, pool, builder):
            builder.lines[said:] = [f"{name(own[0])}: {line}" for line in builder.lines[said:]]
    return "answered" if builder.lines else ""


def _share(plan: Plan, line: Record, pool: Sequence[Record], builder: Builder) -> str:
    whole = whole_of(line, pool)
    for cell in columns_of(plan, line):
        of = like(cell, whole) if whole else None
        part = share(cell, of) if of else None
        if part and of and whole:
            _cite((line, whole), builder)
            builder.lines.append(
                f"{line.fields['line']} is {_result('share', part, builder)} of the total: {cell.printed} of"
                f" {of.printed} ({cell.header}, {name(line)})."
            )
    return "answered" if builder.lines else ""


def _difference(plan: Plan, lines: Sequence[Record], builder: Builder) -> str:
    for cell in columns_of(plan, lines[0]):
        other = like(cell, lines[1])
        if not (other and cell.figure and other.figure):
            continue
        high, low = (cell, other) if cell.figure.value >= other.figure.value else (other, cell)
        if gap := difference(high, low):
            _cite(lines, builder)
            builder.lines.append(
                f"{cell.header}: {high.record.fields['line']} {high.printed},"
                f" {low.record.fields['line']} {low.printed}; the difference is {_result('difference', gap, builder)}."
            )
    return "answered" if builder.lines else ""


def columns_apart(plan: Plan, one: Amount, other: Amount, builder: Builder) -> bool:
    """What one cell of a row is more or less than another, and whether it is what a question asks; False for cells of
    other units."""
    if not (one.figure and other.figure and one.figure.unit == other.figure.unit):
        return False
    _cite((one.record,), builder)
    heads = terms(f"{one.header} {other.header}", "little")
    rest = " ".join(w for w in plan.question.split() if not {*terms(w, "little")} & {*heads})
    way = next((w for w in ("over", "under") if says(f"grid.{w}", rest)), "") if whether(plan.question) else ""
    so = one.figure.value > other.figure.value if way == "over" else one.figure.value < other.figure.value
    by = _apart(one.figure, other.figure, builder)
    verdict = f"{'Yes' if so else 'No'}: " if way else ""
    told = f"{one.record.fields['line']}: {one.header} {one.printed}, {by} {other.header} ({other.printed})."
    builder.lines.append(verdict + told)
    return True


def _against_others(plan: Plan, lines: Sequence[Record], builder: Builder) -> str:
    """What the council named first has more or less than each of the others, and than all of them together."""
    own = [r for council in plan.entities for r in lines if is_council(r, council)]
    if len(own) != len(lines) or len(set(map(id, own))) != len(own):
        return ""
    for cell in columns_of(plan, own[0]):
        others = [o for r in own[1:] if (o := like(cell, r)) and o.figure]
        added = total(others)
        if not (cell.figure and added and len(others) == len(own) - 1):
            continue
        _cite(own, builder)
        named = [
            f"{_apart(cell.figure, o.figure, builder)} {o.record.fields['line']} ({o.printed})"
            for o in others
            if o.figure
        ]
        together = f"{_apart(cell.figure, added, builder)} these together ({_result('total', added, builder)})"
        builder.lines.append(
            f"{cell.header}: {own[0].fields['line']} {cell.printed}, {words.listed([*named, together])}."
        )
    return "answered" if builder.lines else ""


def _apart(one: Figure, other: Figure, builder: Builder) -> str:
    """ "£5 more than"; "the same as"."""
    gap = one.value - other.value
    if not gap:
        return "the same as"
    unit = "percentage points" if one.unit == "%" else one.unit
    return f"{_result('difference', Figure(abs(gap), unit, ''), builder)} {'more' if gap > 0 else 'less'} than"


def one_table(lines: Sequence[Record]) -> bool:
    return len({(r.place.document, r.place.table) for r in lines}) == 1


def sum_of(plan: Plan, lines: Sequence[Record], builder: Builder) -> str:
    for cell in columns_of(plan, lines[0]):
        parts = [cell, *(like(cell, other) for other in lines[1:])]
        known = [part for part in parts if part]
        if len(known) == len(lines):
            added_up(known, builder)
    return "answered" if builder.lines else ""


def added_up(cells: Sequence[Amount], builder: Builder) -> bool:
    """The sum of cells of one column; False where they cannot be added."""
    added = total(cells)
    if added:
        _cite([c.record for c in cells], builder)
        each = words.listed([f"{c.record.fields['line']} {c.printed}" for c in cells])
        builder.lines.append(f"{cells[0].header}: {_result('total', added, builder)} together, of {each}.")
    return added is not None


def _ranked(plan: Plan, lines: Sequence[Record], pool: Sequence[Record], builder: Builder) -> str:
    """The lines in order of the one column that is asked for; those over or under budget where that is asked."""
    low = plan.question.lower()
    over, under = says("money.over", low), says("money.under", low)
    if over or under:
        gaps = [(gap, r) for r in lines if (gap := _gap(r, plan))]
        chosen = sorted((p for p in gaps if (p[0].value > 0) == over and p[0].value), key=lambda p: -abs(p[0].value))
        if len(gaps) == 1:  # of one line it is told how it stands, whichever way was asked
            chosen, over = gaps, gaps[0][0].value > 0
        if not gaps:
            return ""
        if not chosen:
            _cite([r for _, r in gaps], builder)
            builder.lines.append(f"No line of {name(gaps[0][1])} is {'over' if over else 'under'} its budget.")
            return "answered"
        chosen = chosen[:1] if says("money.ranked", low) and says("money.most", low) else chosen
        for gap, record in chosen[:MOST]:
            _cite((record,), builder)
            by = _result("difference", Figure(abs(gap.value), gap.unit, ""), builder)
            builder.lines.append(
                f"• {record.fields['line']}: {by} {'over' if over else 'under'} budget ({_row(amounts(record))})."
            )
        return "answered"
    columns = [[c for c in columns_of(plan, r, narrow=True) if c.figure and c.figure.unit != "%"] for r in lines]
    first = [c[0] for c in columns if c]
    if not first or len({(c.header, c.figure.unit) for c in first if c.figure}) != 1:
        return ""
    by_size = sorted(
        first, key=lambda c: c.figure.value if c.figure else Decimal(0), reverse=not says("money.least", low)
    )
    top = [c for c in by_size if c.figure and by_size[0].figure and c.figure.value == by_size[0].figure.value]
    _cite([c.record for c in by_size], builder)
    if not plan.top and says("money.least", low) and says("money.most", low):
        by_size = top = [by_size[-1], by_size[0]]  # both ends, the most first
    shown = plan.top or (MOST if says("money.ordered", low) else len(top))
    for cell in by_size[:shown]:
        if not (says("money.share", low) and _share(plan, cell.record, pool, builder)):
            builder.lines.append(sentence(cell.record, amounts(cell.record)))
    if says("money.ordered", low):
        builder.more(len(by_size) - shown, "lines")
    return "answered"


def _gap(record: Record, plan: Plan) -> Figure | None:
    """What was, or is forecast to be, spent above the budget of the time that is asked; None where a row does not have
    one of each."""
    pair = spent_and_budget(record, plan)
    one, other = (cell.figure for cell in pair) if pair else (None, None)
    return Figure(one.value - other.value, one.unit, "") if one and other and one.unit == other.unit else None


def spent_and_budget(record: Record, plan: Plan) -> tuple[Amount, Amount] | None:
    """The one cell of what was, or is forecast to be, spent, and that of the budget of the time that is asked."""
    cells = [c for c in amounts(record) if c.figure and dated_right(plan, c.header)]
    budget = [c for c in cells if _REVISED.search(c.header)] or [c for c in cells if _BUDGET.search(c.header)]
    spent = [c for c in cells if _SPENT.search(c.header)]
    return (spent[0], budget[0]) if len(budget) == len(spent) == 1 else None


def _cite(records: Sequence[Record], builder: Builder) -> None:
    for record in records:
        builder.cite(record.place, quote_of(record))


def _result(operation: str, figure: Figure, builder: Builder) -> str:
    """A calculated figure in words, noted as a result."""
    builder.results.append(Result(operation, plain(figure.value), figure.unit, ()))
    return write_figure(figure.value, figure.unit)


def _row(cells: Sequence[Amount]) -> str:
    return "; ".join(f"{c.header}: {c.printed}" if c.header else c.printed for c in cells)


def quote_of(record: Record) -> str:
    """A line with its table and the headers of its columns."""
    return ": ".join(filter(None, (name(record), record.fields["line"], _row(amounts(record)))))


def sentence(record: Record, cells: Sequence[Amount]) -> str:
    table = f" ({name(record)})" if name(record) else ""
    return f"{record.fields['line']}: {_row(cells)}{table}."
