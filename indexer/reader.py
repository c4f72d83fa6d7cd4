"""A file becomes a Pack: open, read its pages, stitch its tables, say what it is and where its parts begin."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import PaperError
from corpus.paper import Cell, Pack, Page, Table
from indexer import layout, pdf, textfile
from indexer.agenda import agenda
from indexer.cover import cover
from indexer.sheet import Facts, Sheet
from indexer.stitch import Stitched, stitch

PAGES_AT_ONCE = 12
MOST_PAGES = 5000
TEXT_SUFFIXES = (".txt", ".md")

MapPages = Callable[..., Iterable[Any]]


def read_pack(path: Path, document: str, map_pages: MapPages = map) -> Pack:
    """The paper in the file at `path`, called `document`. Raises PaperError, which says what is wrong with it.

    `map_pages` is `map`, or an executor's: it is given ranges of pages.
    """
    sha256, facts, sheets = _load(path, document, map_pages)
    labels = layout.page_labels(sheets, facts.labels)
    clean = layout.without_furniture(sheets)
    stitched, clean = stitch(clean)
    about = cover(clean, facts, document)
    items, item_of = agenda(sheets, clean, facts, labels)
    pages = tuple(
        Page(sheet.number, label, item, sheet.width, sheet.height, sheet.lines, sheet.text)
        for sheet, label, item in zip(clean, labels, item_of, strict=True)
    )
    tables = _tables(pages, stitched)
    unread = tuple(sheet.number for sheet in sheets if sheet.scanned)
    return Pack(document, sha256, about.title, about.council, about.committee, about.date, pages, tables, items, unread)


def tables_json(path: Path) -> dict[str, Any]:
    """The ruled tables of a file, page by page: {"tables": [{"page", "bbox", "rows", "spans"}]}; rows hold each merged
    cell's text once, and `spans` its [row, column, rows, columns]. Raises PaperError."""
    _, _, sheets = _load(path, path.name, map)
    found = []
    for grid in (grid for sheet in sheets for grid in sheet.grids if not grid.lines):
        cells = [(r, c, cell) for r, row in enumerate(grid.rows) for c, cell in enumerate(row) if cell]
        rows = [[" ".join(cell.text.split()) if cell else "" for cell in row] for row in grid.rows]
        spans = [[r, c, cell.rows, cell.columns] for r, c, cell in cells if cell.rows * cell.columns > 1]
        box = [round(edge, 2) for edge in grid.box]
        found.append({"page": grid.page, "bbox": box, "rows": rows, "spans": spans})
    return {"tables": found}


def _load(path: Path, document: str, map_pages: MapPages) -> tuple[str, Facts, list[Sheet]]:
    """The file's sha256, what it says of itself, and its sheets."""
    if path.is_dir():
        raise PaperError(document, "it is a folder")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PaperError(document, f"the file cannot be opened ({error.strerror or error})") from error
    sha256 = hashlib.sha256(content).hexdigest()
    if path.suffix.lower() in TEXT_SUFFIXES:
        sheets = textfile.read_sheets(content, document)
        return sha256, Facts("", "", (), ("",) * len(sheets)), sheets
    del content
    facts = pdf.survey(path, document, MOST_PAGES)
    count = len(facts.labels)
    starts = range(1, count + 1, PAGES_AT_ONCE)
    tasks = [(path, document, first, min(first + PAGES_AT_ONCE - 1, count)) for first in starts]
    sheets = [sheet for part in map_pages(pdf.read_sheets, tasks) for sheet in part]
    if not any(sheet.text.strip() for sheet in sheets):
        kind = "scanned pictures" if any(sheet.scanned for sheet in sheets) else "blank"
        pages = "its one page has" if count == 1 else f"all of its {count} pages have"
        raise PaperError(document, f"{pages} no text that can be read ({kind})")
    return sha256, facts, sheets


def _tables(pages: Sequence[Page], stitched: Sequence[Stitched]) -> tuple[Table, ...]:
    """Tables with the headings that hold over them and the sentence that leads to them."""
    body = layout.body_size([line for page in pages for line in page.lines])
    marks = [
        layout.TableMark(part.page, part.box, number, part is table.parts[0])
        for number, table in enumerate(stitched, 1)
        for part in table.parts
    ]
    found: list[Table] = []
    headings, lead, item = layout.Headings(), "", ""
    for page in pages:
        mine = [mark for mark in marks if mark.page == page.number]
        blocks = layout.blocks(page.number, page.lines, [mark.box for mark in mine], body)
        if layout.starts_report(blocks) or page.item != item:
            headings.restart()
        item = page.item
        for each in layout.in_order(blocks, mine):
            if isinstance(each, layout.Block):
                headings.pass_by(each)
                lead = layout.lead(each)
                continue
            if each.first:
                table = stitched[each.number - 1]
                rows = _level_rows(table)
                found.append(Table(each.number, table.page, table.box, headings.chain, lead, rows))
            lead = ""
    return tuple(found)


def _level_rows(table: Stitched) -> tuple[tuple[Cell | None, ...], ...]:
    """The rows without those that hold no text and lie in no merged cell."""
    covered: set[int] = set()
    for number, row in enumerate(table.rows):
        for cell in row:
            if cell and cell.rows > 1:
                covered.update(range(number, number + cell.rows))
    return tuple(
        row for number, row in enumerate(table.rows) if number in covered or any(cell and cell.text for cell in row)
    )
