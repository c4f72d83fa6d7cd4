"""A file becomes a Pack: open, read its pages, stitch its tables, say what it is and where its parts begin."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.paper import Cell, Pack, Page, Table
from corpus.settings import Limits
from indexer.loading import MapPages, load
from indexer.meeting.agenda import agenda
from indexer.meeting.cover import cover
from indexer.overleaf import tables_of
from indexer.parts import Aside
from indexer.sheet import Facts, Sheet, set_aside
from indexer.stitch import MOST_ROWS, Stitched, stitch
from indexer.text import furniture, layout
from indexer.text.hyphens import mended


def read_pack(path: Path, document: str, map_pages: MapPages = map) -> Pack:
    """The paper in the file at `path`, called `document`. Raises PaperError, which says what is wrong with it.

    `map_pages` is `map`, or that of workers: it is given ranges of pages.
    """
    return compose(document, *load(path, document, map_pages))


def compose(document: str, sha256: str, facts: Facts, sheets: list[Sheet]) -> Pack:
    """The paper that the sheets make, called `document`."""
    labels = furniture.page_labels(sheets, facts.labels)
    clean = mended(furniture.without_furniture(sheets))
    stitched, clean = stitch(clean)
    items, turns, doubted = agenda(sheets, clean, facts, labels, document)
    pages = tuple(
        Page(
            sheet.number,
            label,
            first,
            sheet.width,
            sheet.height,
            sheet.lines,
            sheet.written,
            sheet.ocr,
            tuple(more),
            sheet.spots,
        )
        for sheet, label, ((_, first), *more) in zip(clean, labels, turns, strict=True)
    )
    tables = _tables(pages, stitched)
    exempt = {item.number for item in items if item.exempt}
    about = cover((exempt and set_aside(_open_sheets(clean, pages, exempt))) or clean, facts, document)
    unread = tuple(sheet.number for sheet in sheets if sheet.scanned and not sheet.lost)
    lost = tuple((sheet.number, sheet.lost) for sheet in sheets if sheet.lost)
    said = about.title, about.council, about.committee, about.date
    return Pack(document, sha256, *said, pages, tables, items, unread, lost, doubted)


def _open_sheets(sheets: Sequence[Sheet], pages: Sequence[Page], exempt: set[str]) -> Iterator[Sheet]:
    """The sheets without what is exempt of them, as a paper is named before everybody."""
    for sheet, page in zip(sheets, pages, strict=True):
        lines = tuple(line for line in sheet.lines if page.item_at(line.box[1]) not in exempt)
        grids = tuple(grid for grid in sheet.grids if page.item_at(grid.box[1]) not in exempt)
        if (len(lines), len(grids)) == (len(sheet.lines), len(sheet.grids)):
            yield sheet
        elif lines or grids:
            yield replace(sheet, lines=lines, grids=grids, written=["\n".join(line.text for line in lines)])


def tables_json(path: Path) -> dict[str, Any]:
    """The tables of a file as {"tables": [...]}, each as `overleaf.tables_of` tells them. Raises PaperError."""
    found, more = tables_of(path, map, Limits().pages)
    return {"tables": list(found), **more}


def _tables(pages: Sequence[Page], stitched: Sequence[Stitched]) -> tuple[Table, ...]:
    """Tables with the headings that hold over them and the sentence that leads to them."""
    body = furniture.body_size(line for page in pages for line in page.lines)
    marks = [
        layout.TableMark(part.page, part.box, number, first=not at)
        for number, table in enumerate(stitched, 1)
        for at, part in enumerate(table.parts)
    ]
    found, aside = list[Table](), Aside(MOST_ROWS)
    headings, lead, item = layout.Headings(), "", ""
    for page in pages:
        mine = [mark for mark in marks if mark.page == page.number]
        blocks = layout.blocks(page.number, page.lines, [mark.box for mark in mine], body)
        if layout.starts_report(blocks):
            headings.restart()
        for each in layout.in_order(blocks, mine):
            if item != (item := page.item_at(each.box[1])):
                headings.restart()
                lead = ""
            if isinstance(each, layout.Block):
                headings.pass_by(each)
                lead = layout.lead(each)
                continue
            if each.first:
                table = stitched[each.number - 1]
                rows = aside.put(_level_rows(table))
                found.append(Table(each.number, table.page, table.box, headings.chain, lead, rows))
            lead = ""
            headings.use()
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
