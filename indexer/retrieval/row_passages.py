"""The rows of a table as sentences, to be found by meaning."""

import re
from collections.abc import Iterator, Sequence

from corpus.paper import Cell, Pack, Passage, Place, Table, line_of
from indexer.kinds import PERIOD
from indexer.text.layout import around

MOST_WORDS = 120  # of a passage
HEADER_ROWS = 4  # at most
LONGEST_COLUMN_NAME = 20  # words
FIGURE = re.compile(r"[<>≤≥~£$(+−–-]*\s*£?\d[\d,]*(\.\d+)?\s*(%|[kKmM]|bn|days?)?\)?\*?")
YEAR = re.compile(r"(19|20)\d\d")
REFERENCE = re.compile(r"[A-Za-z&]{1,6}[-. ]{0,2}\d{1,4}[A-Za-z]?(-\d{2,4})?|\d{1,2}\.?")
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"'(£\d])")


def row_passages(pack: Pack, table: Table, heading: str) -> Iterator[Passage]:
    """Each row as a sentence: "Havant, PI002 calls answered: Jan-21 75.15%, Feb-21 68.99%" or "Ref: RP4; Area: ..."."""
    grid = table.grid()
    count = _header_rows(table)
    title = grid[0][0] if count and sum(map(bool, grid[0])) == 1 else ""
    names = _column_names(table, count)
    for number in range(count, len(grid)):
        told = [(names[c], text) for c, text in enumerate(grid[number]) if text]
        if len(told) == 1 and grid[number][0].upper() != grid[number][0].lower() and number + 1 < len(grid):
            title = grid[number][0]  # a row that heads those below it
        if not told:
            continue
        places = _row_places(pack, table, number)
        for part in _parts(_sentence(told, title)):
            yield Passage(part, heading, places, any(pack.exempt(place) for place in places))


def _header_rows(table: Table) -> int:
    """How many leading rows give the title and name the columns; 0 where the first row is one like all others.

    A title stands alone in the first row. A header that has cells over several columns goes on in the next row.
    """
    grid = table.grid()
    count = 1 if sum(map(bool, grid[0])) == 1 and grid[0][0] else 0
    if count < len(grid) and not _tells(grid[count]):
        count += 1
        while count < min(HEADER_ROWS, len(grid) - 1) and _below_group(table, count) and not _tells(grid[count]):
            count += 1
    return count


def _below_group(table: Table, number: int) -> bool:
    """Whether the row stands under cells that span several of its columns, or fills the blanks beside such."""
    above, row = table.rows[number - 1], table.grid()[number]
    width = len(row)
    if any(cell and 1 < cell.columns < width for cell in above):
        return True
    filled = [column for column, text in enumerate(row) if text]
    return (
        not any(row[:2]) and len(filled) <= width / 2 and any(not table.text(number - 1, column) for column in filled)
    )


def _tells(row: Sequence[str]) -> bool:
    """Whether a row already tells of something: it begins with a code, or holds a figure or a long text."""
    told = [text for text in row if text]
    if (
        not told
        or (REFERENCE.fullmatch(row[0]) and not PERIOD.fullmatch(row[0]))
        or any(len(text.split()) > LONGEST_COLUMN_NAME for text in told)
    ):
        return True
    return any(FIGURE.fullmatch(text) and not YEAR.fullmatch(text) for text in told[1:])


def _sentence(told: Sequence[tuple[str, str]], title: str) -> str:
    """Figures under a few words are strung together; anything else is named cell by cell."""
    (_, subject), rest = told[0], told[1:]
    if rest and all(len(text.split()) <= 4 for _, text in rest):
        figures = ", ".join(f"{name} {text}".strip() for name, text in rest)
        return f"{', '.join(part for part in (subject, title) if part)}: {figures}"
    named = "; ".join(f"{name}: {text}" if name else text for name, text in told)
    return f"{title}: {named}" if title else named


def _column_names(table: Table, count: int) -> list[str]:
    """Each column's name out of all header rows; a merged one names every column that it spans."""
    width = len(table.rows[0])
    names: list[list[str]] = [[] for _ in range(width)]
    titled = sum(map(bool, table.grid()[0])) == 1
    for row in table.rows[1 if titled else 0 : count]:
        for column, cell in enumerate(row):
            if cell and cell.text and (cell.columns == 1 or cell.columns <= width / 2):
                for spanned in range(column, min(column + cell.columns, width)):
                    names[spanned].append(line_of(cell))
    return [" ".join(dict.fromkeys(parts)) for parts in names]


def _row_places(pack: Pack, table: Table, number: int) -> tuple[Place, ...]:
    cells: list[Cell] = [cell for cell in table.rows[number] if cell and cell.text]
    boxes = [at for cell in cells for at in ((cell.page, cell.box), *([cell.rest] if cell.rest else []))]
    return tuple(
        pack.place(page, around([box for on, box in boxes if on == page]), table.number, number, -1)
        for page in sorted({page for page, _ in boxes})
    )


def _parts(text: str) -> Iterator[str]:
    """A long row in parts of whole sentences, else of as many words as a passage holds."""
    part: list[str] = []
    for sentence in SENTENCE.split(text):
        for start in range(0, len(words := sentence.split()), MOST_WORDS):
            chunk = words[start : start + MOST_WORDS]
            if part and len(part) + len(chunk) > MOST_WORDS:
                yield " ".join(part)
                part = []
            part += chunk
    if part:
        yield " ".join(part)
