"""Forms: entries told one below the other, each label with what it says beside it, as rows under these labels."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.paper import Cell, Place, Table
from indexer.shapes.columns import plain
from indexer.shapes.found import Found
from kpi_tools.figures import Figure, read_figure

LEAST = 4  # labels of a form
MOST = 2  # labels in a row
MOST_WORDS = 6  # of a label
_PAIR = re.compile(r"(?P<label>[A-Z][\w &/-]{1,40}?)\s*:\s*(?P<text>\S.*)")  # in one cell
TITLE = "description"  # what a text over a form says


@dataclass(frozen=True, slots=True)
class Form:
    """A table with a row for each entry, and where its cells stand in the table that was printed."""

    table: Table
    at: Mapping[tuple[int, int], tuple[int, int]]

    def placed(self, found: Found) -> Found:
        """The records found in the rows, at their places in print."""
        return replace(found, records=tuple(replace(r, place=self._moved(r.place)) for r in found.records))

    def _moved(self, place: Place) -> Place:
        row, column = self.at.get((place.row, place.column), (place.row, place.column))
        return replace(place, row=row, column=column)


@dataclass(frozen=True, slots=True)
class _Said:
    """A label, the cell that it stands in, what it says, and where."""

    label: str
    head: Cell
    text: Cell
    at: tuple[int, int]


def form(table: Table) -> Form | None:
    """The entries of a table that is all labels and what they say; None for any other."""
    entries: list[dict[str, _Said]] = []
    heads: dict[str, Cell] = {}
    for row in range(len(table.rows)):
        told = list(_in_row(table, row))
        if not told:
            return None
        for said in told:
            if not entries or said.label in entries[-1]:
                entries.append({})
            entries[-1][said.label] = said
            heads.setdefault(said.label, said.head)
    if len(heads) < LEAST or any(len(entry) * 2 < len(heads) for entry in entries):
        return None
    labels = list(heads)
    rows = (tuple(_single(entry[label].text) if label in entry else None for label in labels) for entry in entries)
    at = {(n, labels.index(label)): said.at for n, entry in enumerate(entries, 1) for label, said in entry.items()}
    return Form(replace(table, rows=(tuple(map(_single, heads.values())), *rows)), at)


def _single(cell: Cell) -> Cell:
    """A cell as one of its row and its column."""
    return replace(cell, rows=1, columns=1)


def _in_row(table: Table, row: int) -> Iterator[_Said]:
    """The labels of a row: each in a cell with what it says, or before it; a lone text is the entry's title. Nothing
    where any of its cells is none of these."""
    there = [(column, cell) for column, cell in enumerate(table.rows[row]) if cell]
    held = [_PAIR.fullmatch(" ".join(cell.text.split())) for _, cell in there]
    if all(held):
        for pair, (column, cell) in zip(held, there, strict=True):
            assert pair
            said = replace(cell, text=pair["label"]), replace(cell, text=pair["text"])
            yield _Said(plain(pair["label"]), *said, (row, column))
    elif len(there) == 1:
        column, cell = there[0]
        yield _Said(TITLE, replace(cell, text=TITLE), cell, (row, column))
    elif len(there) in range(2, 2 * MOST + 1, 2) and all(map(_is_label, there[::2], there[1::2])):
        for (_, head), (column, cell) in zip(there[::2], there[1::2], strict=True):
            if head.text.strip():
                yield _Said(plain(head.text), head, cell, (row, column))


def _is_label(one: tuple[int, Cell], beside: tuple[int, Cell]) -> bool:
    """Whether a cell is of a few words and no figure; or nothing, beside nothing."""
    text = one[1].text.strip()
    brief = bool(plain(text)) and len(text.split()) <= MOST_WORDS and not isinstance(read_figure(text), Figure)
    return brief if text else not beside[1].text.strip()
