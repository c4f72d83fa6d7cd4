"""Answers out of rows of tables of no kind of their own: forward plans, histories of versions, lists of directors.

A question names such rows by cells that it says in full ("red", "Ewan Hart", "version 2") or by what tells them from
all others in their column ("Ashdown" of "Ashdown Signs Ltd"), or by a day within the time that it asks about; the
table's own words, its headers and its name, hold the rest of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.builder import Builder
from bot.answers.meant import papers_of, titled
from bot.answers.money_lines import dated_right, in_period
from bot.answers.money_sums import quote_of
from bot.answers.needed import has_needed
from bot.question.plan import Plan
from bot.question.terms import said_of_all, same, says, terms, which
from kpi_tools.amounts import is_whole, name
from kpi_tools.due import find_days
from kpi_tools.ledger import Record

_SAID_OF_ALL = said_of_all("tables", "little")
_BESIDE = said_of_all("beside", "little")
MOST = 8  # rows put into words; of more, the answer says how many there are
MOST_OF = 0.5  # of them, where it says a row's label with its number
MOST_NAME = 8  # words, of a cell that is a name
_NOTE = re.compile(r"(?<=\w)(?:[:;(]| [-–]) ?.*$")  # beside what a cell says: "Object: flooding", "Green (see note)"
_WORDS = re.compile(r"[a-z]{3}")
_NAME = re.compile(r"(?<!^)\b[A-Z][\w'’]+")
_Shared = dict[tuple[str, int, str, frozenset[str]], set[str]]
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
    shared = _shared(said, dated)
    capital = "" if whole else plan.question  # names alone tell rows where nothing else is found
    names = frozenset(t for m in _NAME.finditer(capital) for t in terms(m[0], "little"))
    read = _held(said, [_read(plan, said, names, r, builder, shared) for r in dated], frozenset() if whole else _BESIDE)
    found = [row for row in read if row.named and row.held >= _least(row, whole) and _has(plan, row)]
    fitted = [(row, (row.held, any(_of_kind(plan, head) for head, _ in row.cells))) for row in found]
    best = max((fits for _, fits in fitted), default=None)
    fit = [row for row, fits in fitted if fits == best]
    at = max(fit, key=lambda row: row.record.as_of or date.min).table if fit else None  # as it stood last
    chosen = [row for row in found if row.table == at and not is_whole(row.record)]
    chosen = [row for row in chosen if not any(row.own < other.own for other in chosen)]
    for row in chosen[:MOST]:
        builder.cite(row.record.place, quote_of(row.record))
        builder.lines.append(_line(plan, said, row, len(chosen) > 1))
    builder.more(len(chosen) - MOST, "rows")
    return "answered" if chosen else ""


def _has(plan: Plan, row: _Row) -> bool:
    """Whether a row has what the question asks for: a share, an amount, a day."""
    told = "; ".join(text for _, text in row.cells)
    return has_needed(plan, told) and ("%" in told or not says("table.percent", plan.question))


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


def _shared(said: frozenset[str], records: Sequence[Record]) -> _Shared:
    """What tells how many texts of each column of each table hold the same of a question's words."""
    texts: dict[tuple[str, int, str, frozenset[str]], set[str]] = {}
    for record in records:
        for head, text in _cells(record):
            held = said.intersection(terms(text, "little"))
            texts.setdefault((record.place.document, record.place.table, head, held), set()).add(text)
    return texts


def _cells(record: Record) -> list[tuple[str, str]]:
    return [("", record.fields["line"]), *cells_of(record)]


def _read(
    plan: Plan, said: frozenset[str], names: frozenset[str], record: Record, builder: Builder, shared: _Shared
) -> _Row:
    cells = _cells(record)
    heads = frozenset(terms(" ".join((name(record), *(header for header, _ in cells))), "little"))
    around = heads | titled(record, builder)
    names -= around
    told = (at for at, (head, text) in enumerate(cells) if _is_told(said, names, record, head, text, shared))
    named = frozenset((*told, *(at for at, (_, text) in enumerate(cells) if _is_named(plan, said, text))))
    own = said.intersection(t for at in named for t in terms(cells[at][1], "little"))
    # The table is meant, and not just a word that it has.
    meant = _is_numbered(record) or not own.isdisjoint(names) or any(same(t, heads) for t in said - own)
    return _Row(record, cells, named if meant else frozenset(), own, around)


def _held(said: frozenset[str], rows: Sequence[_Row], free: frozenset[str]) -> list[_Row]:
    """The rows, each with how much of a question, but for words that are `free`, it and those beside it hold: "red or
    amber" are two of them."""
    beside: dict[tuple[str, int], frozenset[str]] = {}
    for row in rows:
        beside[row.table] = beside.get(row.table, frozenset()) | row.own
    every = [(row, [t for t in said if same(t, row.around | beside[row.table])]) for row in rows]
    return [replace(row, held=len(held) / max(len(said - (free - {*held})), 1)) for row, held in every]


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
    own = terms(_NOTE.sub("", text), "little")
    return bool(own) and any(map(str.isalpha, text)) and set(own) <= said


def _is_told(
    said: frozenset[str], names: frozenset[str], record: Record, head: str, text: str, shared: _Shared
) -> bool:
    """Whether a question calls a cell by a part of its name, which no other of its column has."""
    own = terms(text, "little")
    held = said.intersection(own)
    if held.isdisjoint(names) or len(own) > MOST_NAME:
        return False
    at = (record.place.document, record.place.table, head)
    return not any(key[:3] == at and held <= key[3] and texts != {text} for key, texts in shared.items())


def _line(plan: Plan, said: frozenset[str], row: _Row, several: bool) -> str:
    """A row: what it is about, and the cells under the headers that the question names; all, where it names none."""
    label = row.cells[0][1]
    said_whole = {at for at in row.named if said.issuperset(terms(row.cells[at][1], "little"))}
    rest = [(h, t) for at, (h, t) in enumerate(row.cells) if at not in said_whole and label not in (t, f"{h} {t}")]
    rest = [(h, t) for h, t in rest if dated_right(plan, h)] or rest
    told = [(h, t) for h, t in rest if _asks(plan, said, h)] or rest
    if told != rest and not _WORDS.search(label):  # a number says not what a row is about
        told = list(dict.fromkeys((rest[0], *told)))
    return f"{'• ' if several else ''}{label}: " + "; ".join(f"{h}: {t}" for h, t in told)


def _asks(plan: Plan, said: frozenset[str], header: str) -> bool:
    """Whether a question asks for what stands under a header, by its words, or by asking who, when or what kind."""
    words = frozenset(terms(header, "little"))
    return any(same(t, words) for t in said) or _of_kind(plan, header)


def _of_kind(plan: Plan, header: str) -> bool:
    """Whether what stands under a header is of the kind that a question asks for: somebody, a day."""
    kind = which("table", plan.question)
    return bool(kind and says(f"table.head.{kind}", header))
