"""Answers out of the rows and columns of any table: which rows are so, how many, what comes first, sums, differences.

A question names rows by what stands in their cells, columns by their headers, and the table by its name or what its
rows are headed. Each of its words must be one of these or say what is done with them ("most", "in all"): a table that
lacks one is not what it asks about.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.answers.builder import Builder
from bot.answers.meant import papers_of, titled
from bot.answers.money_lines import called, dated_right, in_period
from bot.answers.money_sums import added_up, columns_apart, quote_of, sentence, spent_and_budget
from bot.question.plan import Plan
from bot.question.terms import said_of_all, same, says, terms
from kpi_tools.amounts import Amount, amounts, is_whole, name
from kpi_tools.ledger import Record
from kpi_tools.periods import find_periods

MOST = 8  # rows put into words; of more, the answer says how many there are
SOME_ELSEWHERE = "Out of several tables of the paper, as far as they could be read: others may have more."
MOST_NAME = 8  # words, of a cell that names something
_NOTHING = re.compile(r"none|nil|[-–—]", re.IGNORECASE)  # in a column of amounts
_OF_ASKING = frozenset[str]().union(*(said_of_all(kind, "little") for kind in ("grid", "tables", "beside")))
_SPAN = re.compile(r"\b(?:q[1-4]|20\d\d(?:[/-]\d\d)?|\d+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a question names of one table: rows, by their cells or all of them; the columns, each with the words that
    name it; the row that is the sum of the others, if any."""

    rows: Sequence[Record]
    filtered: bool
    columns: Mapping[str, frozenset[str]]
    whole: Record | None
    near: int  # how many of the question's words are of rows and columns, and not just of the table's name

    def best(self, plan: Plan) -> list[str]:
        """The headers of the columns of figures that hold most of the question, of its time where they name one."""
        figured = [h for h in self.columns if any(a.header == h and a.figure for r in self.rows for a in amounts(r))]
        dated = _of_time(plan, figured)
        most = max((len(self.columns[h]) for h in dated), default=0)
        return [h for h in dated if len(self.columns[h]) == most]


def answer(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str], rows: bool) -> str:
    """What is calculated of the newest table that has all of a question, or the `rows` of it that are as that says; ""
    where none has, or nothing is asked of it."""
    if says("asked.why", plan.question):
        return ""
    asked = [
        ask for cue, ask in _ASKS if (ask in _AS_GIVEN) == rows and (not cue or says(f"grid.{cue}", plan.question))
    ]
    tables = _tables(plan, records, homes, builder) if asked else []
    if rows and len(tables) > 1:
        tables = [replace(tables[0], rows=[r for one in tables for r in one.rows])]
        builder.assume(SOME_ELSEWHERE)
    # Of two tables that have all of a question neither is meant.
    return "answered" if len(tables) == 1 and any(ask(plan, tables[0], builder) for ask in asked) else ""


def _tables(plan: Plan, records: Sequence[Record], homes: Mapping[str, str], builder: Builder) -> list[_Meant]:
    """What a question names of the tables of the newest paper that have all of it, most of it in rows and columns."""
    period = frozenset(terms(plan.period, "little")) if plan.since else frozenset()
    said = frozenset(terms(plan.question, "little")) - period
    own = papers_of(plan, records, homes, builder)
    tables: dict[tuple[str, int], list[Record]] = {}
    for record in own:
        if in_period(plan, record, own, builder) or any(_dated(plan, a.header) for a in amounts(record)):
            tables.setdefault((record.place.document, record.place.table), []).append(record)
    found = [meant for rows in tables.values() if (meant := _named(plan, said, rows, builder))]
    newest = max(found, key=lambda meant: meant.rows[0].as_of or date.min, default=None)
    told = [m for m in found if newest and m.rows[0].place.document == newest.rows[0].place.document]
    nearest = max((m.near for m in told), default=0)
    return [m for m in told if m.near == nearest]


def _named(plan: Plan, said: frozenset[str], rows: Sequence[Record], builder: Builder) -> _Meant | None:
    """What a question names of a table; None where it says a word that is not of it."""
    around = titled(rows[0], builder) | frozenset(terms(f"{name(rows[0])} {rows[0].fields['head']}", "little"))
    parts = [r for r in rows if not is_whole(r)]
    found = _filters(plan, said, around, parts)
    chosen = [r for r in parts if all(any(r is one for one in own) for own, _ in found)]
    told = frozenset(t for _, own in found for t in own)
    heads = dict.fromkeys(a.header for r in rows for a in amounts(r) if a.header)
    words = {h: frozenset(t for t in said - told if called(t, frozenset(terms(h, "little")))) for h in heads}
    columns = {h: own for h, own in words.items() if own} or {h: own for h, own in words.items() if _dated(plan, h)}
    left = said - told - _OF_ASKING - frozenset(t for own in columns.values() for t in own)
    if not chosen or not (found or columns) or not all(same(t, around) for t in left):
        return None
    wholes = [r for r in rows if is_whole(r)]
    near = len(told) + len(frozenset().union(*columns.values()))
    return _Meant(chosen, bool(found), columns, wholes[0] if len(wholes) == 1 else None, near)


def _filters(
    plan: Plan, said: frozenset[str], around: frozenset[str], rows: Sequence[Record]
) -> list[tuple[list[Record], frozenset[str]]]:
    """The rows that a question names in each column, with the words that do; a cell is named in full, or by a part of
    it that no other of its column has."""
    columns: dict[str, list[tuple[Record, str]]] = {}
    for row in rows:
        columns.setdefault("", []).append((row, row.fields["line"]))
        for cell in amounts(row):
            columns.setdefault(cell.header or "-", []).append((row, cell.printed))
    found = []
    for cells in columns.values():
        held = {text: said.intersection(terms(text, "little")) for _, text in cells}
        full = {t for t, own in held.items() if own and _is_said(plan, t, said)}
        apart = {
            t for t, own in held.items()
            if own - around - _OF_ASKING and len(t.split()) <= MOST_NAME
            and not any(own <= other for text, other in held.items() if text != t)
        }  # fmt: skip
        if named := full or apart:
            found.append(
                ([r for r, text in cells if text in named], frozenset(t for text in named for t in held[text]))
            )
    return [one for one in found if not any(one[1] < other[1] for other in found)]


def _is_said(plan: Plan, text: str, said: frozenset[str]) -> bool:
    """Whether a question says all of a cell: its words, or its figure as printed."""
    if any(map(str.isalpha, text)):
        return set(terms(text, "little")) <= said
    return bool(re.search(rf"(?<![\w.,£]){re.escape(text)}(?![\w]|[.,]\d)", plan.question))


def _first(plan: Plan, meant: _Meant, builder: Builder) -> bool:
    """The row with the most or the least in a column; of several columns that may be meant only where they agree."""
    least = says("money.least", plan.question)
    ends: dict[str, list[Amount]] = {}
    for head in meant.best(plan):
        cells = [a for r in meant.rows for a in amounts(r) if a.header == head and a.figure]
        cells.sort(key=_value, reverse=not least)
        if len(cells) < 2 or len({a.figure.unit for a in cells if a.figure}) > 1:
            return False
        ends[head] = [a for a in cells if _value(a) == _value(cells[0])] if not plan.top else cells[: plan.top]
    told = {tuple(a.record.fields["line"] for a in own) for own in ends.values()}
    if len(told) != 1 or (least and says("money.most", plan.question)):
        return False
    for at, cell in enumerate(next(iter(ends.values()))):
        builder.cite(cell.record.place, quote_of(cell.record))
        builder.lines.append(sentence(cell.record, [own[at] for own in ends.values()]))
    return True


def _value(cell: Amount) -> Decimal:
    return cell.figure.value if cell.figure else Decimal(0)


def _total(plan: Plan, meant: _Meant, builder: Builder) -> bool:
    """The sum of a column over the rows that are named, or over all: the table's own, where it has one."""
    heads = meant.best(plan)
    if len(heads) != 1:
        return False
    if meant.whole and not meant.filtered:
        cells = [a for a in amounts(meant.whole) if a.header == heads[0] and a.figure]
        builder.cite(meant.whole.place, quote_of(meant.whole))
        builder.lines += [sentence(meant.whole, cells)] if cells else []
        return bool(cells)
    cells = [a for r in meant.rows for a in amounts(r) if a.header == heads[0] and not _NOTHING.fullmatch(a.printed)]
    return len(cells) > 1 and added_up(cells, builder)


def _apart(plan: Plan, meant: _Meant, builder: Builder) -> bool:
    """Two columns of one row held against each other, the one that the question says first against the other."""
    row = meant.rows[0] if len(meant.rows) == 1 else meant.whole if not meant.filtered else None
    cells = [a for a in amounts(row) if a.header in meant.columns and a.figure] if row else []
    budgets = len(cells) == 1 or all("budget" in terms(a.header, "little") for a in cells)
    if row and cells and budgets and any(says(f"money.{way}", plan.question) for way in ("over", "under")):
        spent = spent_and_budget(row, plan)
        headers = {a.header for a in cells}
        return spent is not None and spent[1].header in headers and columns_apart(plan, *spent, builder)
    dated = _of_time(plan, [a.header for a in cells])
    pair = [a for a in cells if a.header in dated] if len(dated) == 2 else cells
    today = date.fromisoformat(plan.today)
    bare = {a.header: _undated(a.header, today) for a in pair}
    alike = [own for a in pair if len(own := [b for b in pair if bare[b.header] == bare[a.header]]) > 1]
    then = plan.question.lower().replace(plan.period.lower().removeprefix("since ") or "_", "_")
    if alike and not says("grid.then" if plan.since else "asked.moved", then):
        return False  # one thing of two times, and it is not asked how it moved
    pair = pair if len(pair) == 2 else next((own for own in alike if len(own) == 2), [])
    said = terms(plan.question, "little")
    pair.sort(key=lambda a: max((said.index(t) for t in meant.columns[a.header]), default=0))
    if alike and not plan.since:  # what it is now, against what it was
        pair.sort(key=lambda a: max((p.end for p, _, _ in find_periods(a.header, today)), default=date.min))
        pair.reverse()
    return len(pair) == 2 and columns_apart(plan, pair[0], pair[1], builder)


def _of_time(plan: Plan, headers: Sequence[str]) -> list[str]:
    """The headers of the time that a question asks about, where any of them is of it."""
    return [h for h in headers if _dated(plan, h)] or [h for h in headers if dated_right(plan, h)] or list(headers)


def _dated(plan: Plan, header: str) -> bool:
    """Whether a header names the time that is asked about: "Q2" of a year that it need not say."""
    return bool(plan.since) and any(plan.meets(p.start, p.end) for p, _, _ in find_periods(header, plan.days[1]))


def _undated(header: str, today: date) -> tuple[str, ...]:
    """The words of a header without those that say of which time it is."""
    for _, start, end in reversed(find_periods(header, today)):
        header = f"{header[:start]}{header[end:]}"
    return terms(_SPAN.sub("", header), "little")


def _count(plan: Plan, meant: _Meant, builder: Builder) -> bool:
    """How many rows are as the question says, and which."""
    if not meant.filtered or meant.best(plan):
        return False
    number = builder.count("count", len(meant.rows), "rows")
    builder.lines.append(f"{number} of {name(meant.rows[0])}:")
    return _rows(plan, meant, builder)


def _rows(plan: Plan, meant: _Meant, builder: Builder) -> bool:
    """The rows that are as the question says, with what stands in the columns that it names."""
    if not meant.filtered:
        return False
    for row in meant.rows[:MOST]:
        builder.cite(row.place, quote_of(row))
        told = _of_time(plan, [*meant.columns])
        cells = [a for a in amounts(row) if a.header in told]
        if not cells or (says("text.who", plan.question) and all(a.figure for a in cells)):
            cells = amounts(row)  # a figure is nobody
        builder.lines.append(f"{'• ' if len(meant.rows) > 1 else ''}{sentence(row, cells)}")
    builder.more(len(meant.rows) - MOST, "rows")
    return True


def _cell(plan: Plan, meant: _Meant, builder: Builder) -> bool:
    """What stands in the columns that the question names, of the one row that it names."""
    if says("grid.first", plan.question) or says("grid.apart", plan.question):
        return False  # which asks of more than one cell
    return bool(meant.columns) and len(meant.rows) == 1 and _rows(plan, meant, builder)


_Ask = Callable[[Plan, _Meant, Builder], bool]
_ASKS: Sequence[tuple[str, _Ask]] = (
    ("first", _first), ("apart", _apart), ("total", _total), ("count", _count), ("", _cell), ("rows", _rows),
)  # fmt: skip
_AS_GIVEN = (_cell, _rows)
