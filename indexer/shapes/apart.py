"""Headers that were read as one cell over all columns, put apart: "Q1 2021/22 Q2 2021/22 Q3 2021/22"."""

from dataclasses import replace

from corpus.paper import Cell, Row, Table
from indexer.shapes.grid import SOME_DAY
from kpi_tools.figures import read_figure
from kpi_tools.periods import find_periods


def apart(table: Table) -> Table:
    """The table with each period of a lone first row over its column; as it was, where these are not as many."""
    texts = [table.text(0, column) for column in range(len(table.rows[0]))]
    if len(table.rows) < 2 or len([text for text in texts if text]) != 1 or not (cell := table.rows[0][0]):
        return table
    hits = find_periods(cell.text, SOME_DAY)
    edges = [0, *(edge for _, start, end in hits for edge in (start, end)), len(cell.text)]
    between = "".join(cell.text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    figured = [c for c in range(1, len(texts)) if any(read_figure(table.text(r, c)) for r in range(1, len(table.rows)))]
    if between.strip() or len(hits) < 2 or len(hits) != len(figured):
        return table
    over: dict[int, str] = {c: hit[0].label for c, hit in zip(figured, hits, strict=True)}
    row: Row = tuple(Cell(over.get(c, ""), cell.page, cell.box) for c in range(len(texts)))
    return replace(table, rows=(row, *table.rows[1:]))
