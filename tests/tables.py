"""Tables built by hand, packs of them, and what is extracted in short: for the tests of the shapes."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from corpus.paper import Box, Cell, Line, Pack, Page, Row, Table
from indexer.extract import extract
from kpi_tools.extraction import Extraction
from kpi_tools.figures import Figure
from kpi_tools.measures import Observation

BOX: Box = (0.0, 0.0, 500.0, 20.0)
OCTOBER = date(2021, 10, 6)
MONTHS = ("Jul-21", "Aug-21")


def table(
    *rows: Sequence[str | None],
    headings: Sequence[str] = (),
    lead: str = "",
    number: int = 1,
    wide: Sequence[tuple[int, int, int]] = (),
    tall: Sequence[tuple[int, int, int]] = (),
) -> Table:
    """A table of texts; None is no cell. `wide` and `tall` merge: (row, column, how many)."""
    columns = {(row, column): count for row, column, count in wide}
    deep = {(row, column): count for row, column, count in tall}

    def cell(row: int, column: int, text: str | None) -> Cell | None:
        if text is None:
            return None
        box = (column * 50.0, row * 20.0, column * 50.0 + 50, row * 20.0 + 20)
        return Cell(text, 1, box, deep.get((row, column), 1), columns.get((row, column), 1))

    width = max(map(len, rows))
    made: tuple[Row, ...] = tuple(
        tuple(cell(r, c, text) for c, text in enumerate((*row, *[None] * (width - len(row)))))
        for r, row in enumerate(rows)
    )
    return Table(number, 1, BOX, tuple(headings), lead, made)


def paper(
    *tables: Table, day: date | None = OCTOBER, council: str = "Hart", lines: Sequence[str] = (), item: str = "8"
) -> Extraction:
    """What is extracted of a pack of one page, of an item of its agenda, with these tables and lines."""
    written = tuple(
        Line(text, (0.0, 100.0 + 10 * n, 400.0, 108.0 + 10 * n), 10.0, False) for n, text in enumerate(lines)
    )
    page = Page(1, "Page 3", item, 595.0, 842.0, written, "\n".join(lines))
    return extract(Pack("a.pdf", "0", "A pack", council, "Panel", day, (page,), tables, ()))


def tabled(
    *rows: Sequence[str | None],
    headings: Sequence[str] = (),
    lead: str = "",
    wide: Sequence[tuple[int, int, int]] = (),
    tall: Sequence[tuple[int, int, int]] = (),
    day: date | None = OCTOBER,
    council: str = "Hart",
    lines: Sequence[str] = (),
    item: str = "8",
) -> Extraction:
    """What is extracted of a paper that has one table."""
    drawn = table(*rows, headings=headings, lead=lead, wide=wide, tall=tall)
    return paper(drawn, day=day, council=council, lines=lines, item=item)


def said(found: Extraction) -> list[tuple[str, str, str, str]]:
    """The observations as (measure, entity, period, figure as read or reason as printed)."""
    return [(_name(o), o.entity, _months(o), _value(o)) for o in found.observations]


def shown(found: Extraction, parts: str) -> str:
    """Of each observation some `parts` of "measure entity period figure": "21-07, 81%; 21-08, 79.5%"."""
    each = (dict(zip(("measure", "entity", "period", "figure"), row, strict=True)) for row in said(found))
    return _joined([row[part] for part in parts.split()] for row in each)


def ledger(found: Extraction, kind: str, fields: str) -> str:
    """Of each record of a kind some of its `fields`: "Ann Smith, member; Bob Jones, officer"."""
    records = (record.fields for record in found.records if record.kind == kind)
    return _joined([record[field] for field in fields.split()] for record in records)


def _joined(rows: Iterable[Sequence[str]]) -> str:
    """Values joined by ", " and rows by "; ", of which none may be part of a value."""
    told = list(rows)
    assert not [value for row in told for value in row if ", " in value or "; " in value]
    return "; ".join(map(", ".join, told))


def _months(seen: Observation) -> str:
    first, last = f"{seen.period.start:%y-%m}", f"{seen.period.end:%y-%m}"
    return first if first == last else f"{first}..{last}"


def _name(seen: Observation) -> str:
    return " ".join(filter(None, (seen.measure.service, seen.measure.code, seen.measure.name)))


def _value(seen: Observation) -> str:
    if isinstance(seen.figure, Figure):
        return f"{seen.figure.value}{seen.figure.unit}"
    return f"({seen.figure.printed})"


def aims(found: Extraction) -> list[tuple[str, str, Decimal | None, date | None, date | None]]:
    """The targets as (code or name, comparator, value, start, end)."""
    return [
        (t.measure.code or t.measure.name, t.comparator, t.figure.value if t.figure else None, t.start, t.end)
        for t in found.targets
    ]
