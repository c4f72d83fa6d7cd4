"""Several tables that were drawn as one grid, taken apart: side by side, or one below the other.

They are told by a header that the grid repeats, as its own first row or beside itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.paper import Cell, Place, Row, Table
from indexer.shapes.columns import plain
from indexer.shapes.found import Found
from indexer.shapes.grid import SOME_DAY, title_rows
from indexer.shapes.headers import over_names
from indexer.shapes.titles import is_measure
from kpi_tools.figures import Figure, read_figure
from kpi_tools.periods import read_period

MOST_TITLES = 2  # rows above the header that is repeated
LEAST = 2  # columns of a table


@dataclass(frozen=True, slots=True)
class Part:
    """A table of its own, and where it begins in the one that it was taken from."""

    table: Table
    row: int
    column: int

    def placed(self, found: Found) -> Found:
        """What was found in the part, at its places in the whole."""
        return Found(
            tuple(replace(o, place=self._moved(o.place)) for o in found.observations),
            tuple(replace(t, place=self._moved(t.place)) for t in found.targets),
            tuple(replace(r, place=self._moved(r.place)) for r in found.records),
            found.unread,
        )

    def _moved(self, place: Place) -> Place:
        if place.table != self.table.number or place.row < 0:
            return place
        return replace(place, row=place.row + self.row, column=place.column + self.column)


def parts(table: Table) -> tuple[Part, ...]:
    """The tables that a grid holds; the table itself where it is one."""
    whole = Part(table, 0, 0)
    return tuple(one for beside in _beside(whole) for one in _below(beside))


def _beside(part: Part) -> Iterator[Part]:
    table = part.table
    found = next((cuts for row in range(min(MOST_TITLES + 1, len(table.rows))) if (cuts := _cuts(table, row))), None)
    if not found:
        yield part
        return
    for start, end in pairwise((*found, len(table.rows[0]))):
        yield _cut(part, range(len(table.rows)), range(start, end))


def _cuts(table: Table, row: int) -> tuple[int, ...]:
    """The columns at which a header row begins anew, with the same words, over labels; () where it does not."""
    texts = [plain(table.text(row, column)) for column in range(len(table.rows[row]))]
    starts = _starts(texts)
    if len(starts) < 2 or starts[0]:
        return ()
    blocks = [[text for text in texts[a:b] if text] for a, b in pairwise((*starts, len(texts)))]
    alike = all(block == blocks[0] and len(block) >= LEAST for block in blocks)
    labelled = all(_labels(table, row, column) for column in starts)
    return tuple(starts) if alike and labelled else ()


def _starts(texts: Sequence[str]) -> list[int]:
    """Where the first text of a header stands again; without a text over the labels, where what follows it does."""
    if texts[0]:
        return [column for column, text in enumerate(texts) if text == texts[0]]
    first = next(filter(None, texts), None)
    after = [column for column, text in enumerate(texts) if text == first]
    return [column - 1 for column in after if not texts[column - 1]]


def _labels(table: Table, row: int, column: int) -> bool:
    texts = table.column(column, row)
    return bool(texts) and not any(isinstance(read_figure(text), Figure) for text in texts)


def _below(part: Part) -> Iterator[Part]:
    """One table for each header in a grid, with the title above it; each must say what it measures."""
    table = part.table
    _, head = title_rows(table)
    header = _texts(table, head)
    starts, other = [], False
    for row in range(head + 2, len(table.rows)):
        titled = _is_title(table, row - 1)
        again = _texts(table, row) == header and sum(map(bool, header)) >= LEAST and head > 0
        if _heads_others(table, row, header):
            starts.append(row - 1 if titled else row)
            other = True
        elif (again and titled) or (_is_header(table, row) and (titled or is_measure(table.text(row, 0)))):
            starts.append(row - 1 if titled else row)
    if not starts or not (_is_header(table, head) or head or other):
        yield part
        return
    for start, end in pairwise((0, *starts, len(table.rows))):
        yield _cut(part, range(start, end), range(len(table.rows[0])))


def _is_header(table: Table, row: int) -> bool:
    """Whether a row is a label, or none, and periods."""
    texts = [text for column in range(1, len(table.rows[row])) if (text := table.text(row, column))]
    return len(texts) >= LEAST and all(
        read_period(text, near=SOME_DAY) and not isinstance(read_figure(text), Figure) for text in texts
    )


def _heads_others(table: Table, row: int, header: Sequence[str]) -> bool:
    """Whether a row is another header than the table's: its label ends as one over names does, periods stand in it, no
    figure."""
    label, *texts = _texts(table, row)
    words = plain(label).split()
    named = any(over_names(" ".join(words[at:])) for at in range(len(words)))
    dated = [text for text in texts if text and read_period(text, near=SOME_DAY)]
    figures = any(isinstance(read_figure(text), Figure) for text in texts)
    return named and len(dated) >= LEAST and not figures and [label, *texts] != list(header)


def _texts(table: Table, row: int) -> Sequence[str]:
    return [table.text(row, column) for column in range(len(table.rows[row]))]


def _is_title(table: Table, row: int) -> bool:
    first, *others = _texts(table, row)
    return bool(first) and not any(others)


def _cut(part: Part, rows: range, columns: range) -> Part:
    """The part of a part, without the columns at its end in which nothing stands."""
    table = part.table
    cut = [_within(table.rows[r], columns) for r in rows]
    width = 1 + max((c for row in cut for c, cell in enumerate(row) if cell and cell.text.strip()), default=0)
    kept: tuple[Row, ...] = tuple(
        tuple(cell and replace(cell, columns=min(cell.columns, width - c)) for c, cell in enumerate(row[:width]))
        for row in cut
    )
    page = next((cell.page for row in kept for cell in row if cell), table.page)
    return Part(replace(table, page=page, rows=kept), part.row + rows[0], part.column + columns[0])


def _within(row: Row, columns: range) -> list[Cell | None]:
    """The cells of a row in some columns; a merged one that reaches over their ends stands where most of it lies: the
    title of one table may begin above the end of another."""
    cells: list[Cell | None] = [None] * len(columns)
    for at, cell in enumerate(row):
        held = range(max(at, columns.start), min(at + (cell.columns if cell else 1), columns.stop))
        if cell and held and len(held) * 2 + (at in columns) > cell.columns:
            cells[held.start - columns.start] = replace(cell, columns=len(held))
    return cells
