"""Answers out of rows of tables of no kind of their own: forward plans, histories of versions, lists of directors.

A question names such rows by cells that it says in full ("red", "Ewan Hart", "version 2"), or by a day within the time
that it asks about; the table's own words, its headers and its name, hold the rest of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.builder import Builder
from bot.answers.meant import papers_of, titled
from bot.answers.money_lines import dated_right, in_period
from bot.answers.money_sums import quote_of
from bot.question.plan import Plan
from bot.question.terms import said_of_all, same, says, terms
from kpi_tools.amounts import is_whole, name
from kpi_tools.due import find_days
from kpi_tools.ledger import Record

_SAID_OF_ALL = said_of_all("tables", "little")
MOST = 8  # rows put into words; of more, the answer says how many there are
MOST_OF = 0.5  # of them, where it says a row's label with its number
ENOUGH = 0.8  # of a question's words, that a row, its headers and its table must hold


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its cells as (header, text); `named`: those that the question says, and their words, `own`; `around`:
    the words of what stands around them; `held`: how much of the question all of these hold, the whole of it is 1."""

    record: Record
    cells: Sequence[tuple[str, str]]
    named: frozenset[int]
    own: frozenset[str]
    around: frozenset[str]
    held: float = 0.0

    @property
    def table(self) -> tuple[str, int]:
        return self.record.place.document, self.record.place.table


def answer(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str], whole: bool) -> str:
    """The rows that a question names, in words; "" for none. `whole`: only rows whose table holds all of it, or whose
    label the question says with its number ("version 2")."""
    if says("asked.why", plan.question):
        return ""
    said = _said(plan)
    own = papers_of(plan, records, homes, builder)
    dated = [r for r in own if in_period(plan, r, own, builder)] or own
    read = _held(said, [_read(plan, said, r, builder) for r in dated])
    found = [row for row in read if row.named and row.held >= _least(row, whole)]
    best = max((row.held for row in found), default=0.0)
    fit = [row for row in found if row.held == best]
    at = max(fit, key=lambda row: row.record.as_of or date.min).table if fit else None  # as it stood last
    chosen = [row for row in found if row.table == at and not is_whole(row.record)]
    for row in chosen[:MOST]:
        builder.cite(row.record.place, quote_of(row.record))
        builder.lines.append(_line(plan, said, row, len(chosen) > 1))
    builder.more(len(chosen) - MOST, "rows")
    return "answered" if chosen else ""


def _least(row: _Row, whole: bool) -> float:
    """How much of a question a row must hold."""
    return MOST_OF if 0 in row.named and _is_numbered(row.record) else 1.0 if whole else ENOUGH


def _is_numbered(record: Record) -> bool:
    """Whether the label of a row is a word with a number: "Version 2"."""
    return bool(re.fullmatch(r"[A-Za-z]+(?: [A-Za-z]+)? \d+(?:\.\d+)*", record.fields["line"]))


def _said(plan: Plan) -> frozenset[str]:
    """The words of a question that a table must hold, without those of the time that is asked about."""
    period = frozenset(terms(plan.period, "little")) if plan.since else frozenset()
    return frozenset(terms(plan.question, "little")) - period - _SAID_OF_ALL


def _read(plan: Plan, said: frozenset[str], record: Record, builder: Builder) -> _Row:
    cells = [("", record.fields["line"]), *cells_of(record)]
    named = frozenset(at for at, (_, text) in enumerate(cells) if _is_named(plan, said, text))
    own = frozenset(t for at in named for t in terms(cells[at][1], "little"))
    around = frozenset(terms(" ".join((name(record), *(header for header, _ in cells))), "little"))
    told = _is_numbered(record) or any(
        same(t, around) for t in said - own
    )  # the table is meant, and not just a word that it has
    return _Row(record, cells, named if told else frozenset(), own, around | titled(record, builder))


def _held(said: frozenset[str], rows: Sequence[_Row]) -> list[_Row]:
    """The rows, each with how much of a question it and those beside it hold: "red or amber" are two of them."""
    beside: dict[tuple[str, int], frozenset[str]] = {}
    for row in rows:
        beside[row.table] = beside.get(row.table, frozenset()) | row.own
    every = max(len(said), 1)
    return [replace(r, held=sum(same(t, r.around | beside[r.table]) for t in said) / every) for r in rows]


def cells_of(record: Record) -> list[tuple[str, str]]:
    """The cells of a table's row as (header, text); a text may have semicolons of its own."""
    found: list[tuple[str, str]] = []
    for part in record.fields["values"].split("; "):
        header, colon, text = part.partition(": ")
        if colon or not found:
            found.append((header if colon else "", text if colon else part))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]}; {part}")
    return found


def _is_named(plan: Plan, said: frozenset[str], text: str) -> bool:
    """Whether a question says all of a cell, or asks about a time that its day is in."""
    days = [day.day for day in find_days(text) if day.whole]
    if plan.since and len(days) == 1:
        return plan.covers(days[0])
    own = terms(text, "little")
    return bool(own) and any(map(str.isalpha, text)) and set(own) <= said


def _line(plan: Plan, said: frozenset[str], row: _Row, several: bool) -> str:
    """A row: what it is about, and the cells under the headers that the question names; all, where it names none."""
    label = row.cells[0][1]
    rest = [(h, t) for at, (h, t) in enumerate(row.cells) if at not in row.named and label not in (t, f"{h} {t}")]
    rest = [(h, t) for h, t in rest if dated_right(plan, h)] or rest
    told = [(h, t) for h, t in rest if _asks(plan, said, h)] or rest
    return f"{'• ' if several else ''}{label}: " + "; ".join(f"{h}: {t}" for h, t in told)


def _asks(plan: Plan, said: frozenset[str], header: str) -> bool:
    """Whether a question asks for what stands under a header, by its words, or by asking who or when."""
    words = frozenset(terms(header, "little"))
    kind = next((kind for kind in ("who", "when") if says(f"table.{kind}", plan.question)), "")
    return any(same(t, words) for t in said) or bool(kind and says(f"table.head.{kind}", header))
