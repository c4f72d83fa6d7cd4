"""Workbooks: each tab is a page, named by its label; each block of filled rows is a table, merged cells and all."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from itertools import groupby
from typing import Any

from corpus.errors import PaperError
from corpus.paper import Line, Spots
from indexer.formats.office import LINE, WIDTH, Merged, checked, edge_lines, grid, line, settled, top_of
from indexer.sheet import Grid, Sheet

MOST_CELLS = 2_000_000  # of one tab
COLOURED = ("xl/sharedStrings.xml", "xl/styles.xml")
_COLOUR = re.compile(rb'rgb="(?![0-9A-Fa-f]{8}")[^"]*"')
FLAT = 3.0  # points: a row of that height shows nothing either
NARROW = 0.5  # of a character: a column of that width shows nothing
NARROWEST = 8.0  # points: a column as it is drawn here
NOTHING_SHOWN, WHITE = ";;;", "FFFFFF"
NOT_CALCULATED = "Not calculated"
_NO_VALUE = re.compile(rb"</f>\s*(<v\s*/>|<v>\s*</v>|</c>)|<f\b[^>]*/>\s*(<v\s*/>|</c>)")
_ASIDE = re.compile(r'\[[^\]]*\]|"[^"]*"')  # of a number's format: a colour, a language, a text
_DECIMALS = re.compile(r"0\.(0+)")


def read_sheets(content: bytes, document: str) -> tuple[list[Sheet], tuple[str, ...]]:
    """One sheet for each tab that is shown, and their names. Raises PaperError where it cannot be read, or is empty."""
    from openpyxl import load_workbook  # slow to import, and papers are mostly PDFs

    package = checked(content, document, "xl/workbook.xml", "workbook (.xlsx)")
    try:
        plain = _plain(package)
        book = load_workbook(plain, data_only=True)
        formulas = load_workbook(plain) if _uncalculated(plain) else None
    except (KeyError, ValueError, TypeError, SyntaxError, AttributeError, OSError, zipfile.BadZipFile) as error:
        raise PaperError(document, f"it is a broken workbook ({type(error).__name__})") from error
    tabs = [tab for tab in book.worksheets if tab.sheet_state == "visible"]
    if large := next((tab for tab in tabs if _size(tab)[0] * _size(tab)[1] > MOST_CELLS), None):
        raise PaperError(document, f"the tab “{large.title}” has more than {MOST_CELLS:,} cells")
    sheets = [_sheet(number, tab, formulas[tab.title] if formulas else None) for number, tab in enumerate(tabs, 1)]
    if not any(sheet.text.strip() for sheet in sheets):
        raise PaperError(document, "the workbook is empty")
    return sheets, tuple(tab.title for tab in tabs)


def _plain(package: BytesIO) -> BytesIO:
    """The package with colours that are none made black: openpyxl refuses a workbook for them, and we read none."""
    plain = BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(plain, "w") as new:
        for entry in old.infolist():
            held = old.read(entry)
            new.writestr(entry.filename, _COLOUR.sub(b'rgb="FF000000"', held) if entry.filename in COLOURED else held)
    return plain


def _uncalculated(package: BytesIO) -> bool:
    """Whether any sheet has a formula beside which no value was kept, as programs write them that do not calculate."""
    with zipfile.ZipFile(package) as held:
        names = [name for name in held.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(_NO_VALUE.search(held.read(name)) for name in names)


def _size(tab: Any) -> tuple[int, int]:
    """The last row and column in which anything stands: rows that are only formatted are none."""
    filled = [at for at, cell in tab._cells.items() if cell.value is not None]
    return max((row for row, _ in filled), default=1), max((column for _, column in filled), default=1)


def _sheet(number: int, tab: Any, formulas: Any = None) -> Sheet:
    """A tab as a sheet; `formulas` is the tab with its formulas, where some have no value."""
    from openpyxl.utils import get_column_letter

    last, wide = _size(tab)
    rows = [tuple(row) for row in tab.iter_rows(min_row=1, max_row=last, min_col=1, max_col=wide)]
    unshown = _hidden(tab.column_dimensions)
    below = {
        at for at, row in tab.row_dimensions.items() if row.hidden or (row.height is not None and row.height < FLAT)
    }
    texts = [
        ["" if r in below or c in unshown or _unseen(cell) else _text(cell) or _reason(cell, formulas)
         for c, cell in enumerate(row, 1)]
        for r, row in enumerate(rows, 1)
    ]  # fmt: skip
    spans = {
        (at.min_row - 1, at.min_col - 1): (at.max_row - at.min_row + 1, at.max_col - at.min_col + 1)
        for at in tab.merged_cells.ranges
        if at.min_row <= last and at.min_col <= wide
    }
    bold = [any(c.value is not None and bool(c.font and c.font.b) for c in row) for row in rows]
    width = max(WIDTH, NARROWEST * wide)
    left = [width * c / wide for c in range(wide + 1)]  # of each column, in all blocks alike
    lines, grids = _drawn(number, texts, spans, bold, left)
    notes = [cell.comment.text for row in rows for cell in row if cell.comment]
    whole = "\n".join("\t".join(row).strip() for row in texts if any(row))
    edges = (tab.oddHeader, tab.evenHeader, tab.firstHeader, tab.oddFooter, tab.evenFooter, tab.firstFooter)
    texts_of = [part.text for edge in edges for part in (edge.left, edge.center, edge.right) if part and part.text]
    edged = edge_lines([*(re.sub(r"&[A-Z]|&\"[^\"]*\"", " ", text) for text in texts_of), *notes])
    numbered = tuple((top_of(r), str(r)) for r in range(1, len(texts) + 1))
    spots = Spots(numbered, tuple((x, get_column_letter(c)) for c, x in enumerate(left[:-1], 1)))
    shown = (*edged, line(tab.title, 0, 14.0, True), *lines)
    return Sheet(number, width, LINE * (len(texts) + 4), shown, tuple(grids), whole, ours="tab", spots=spots)


def _drawn(
    number: int, texts: list[list[str]], spans: Merged, bold: Sequence[bool], left: Sequence[float]
) -> tuple[list[Line], list[Grid]]:
    """The blocks of a tab: those of one row as lines, the others as tables; `left` is where each column begins."""
    lines: list[Line] = []
    grids: list[Grid] = []
    for first, last in _blocks(texts, spans):
        columns = [c for c in range(len(left) - 1) if any(texts[r][c] for r in range(first, last))]
        start, end = min(columns), max(columns) + 1
        sides = (left[start], left[end])
        if last == first + 1:
            lines.append(line(" ".join(filter(None, texts[first])), first + 1, bold=bold[first], sides=sides))
            continue
        inside = {
            (r - first, c - start): (rows, min(over, end - c))
            for (r, c), (rows, over) in spans.items()
            if first <= r < last and start <= c < end
        }
        block = [row[start:end] for row in texts[first:last]]
        grids.append(grid(number, first + 1, block, inside, bold[first:last], sides))
    return lines, grids


def _hidden(columns: Any) -> set[int]:
    """The numbers of the columns that are not shown; one entry may stand for several."""
    unshown = [each for each in columns.values() if each.hidden or each.width < NARROW]
    return {at for each in unshown if each.min and each.max for at in range(each.min, each.max + 1)}


def _unseen(cell: Any) -> bool:
    """Whether a cell's text is of its ground's colour, or formatted away."""
    if cell.value is None or cell.number_format == NOTHING_SHOWN:
        return cell.value is not None
    ink, ground = cell.font.color if cell.font else None, cell.fill.fgColor if cell.fill.fill_type else None
    if ink is not None and ink.type == "theme" and ink.theme == 0 and ground is None:  # the sheet's own ground
        return True
    inked = ink.rgb[-6:].upper() if ink is not None and isinstance(ink.rgb, str) else "000000"
    filled = ground.rgb[-6:].upper() if ground is not None and isinstance(ground.rgb, str) else WHITE
    return inked == filled and (ground is None or isinstance(ground.rgb, str))


def _blocks(texts: list[list[str]], spans: Merged) -> Iterator[tuple[int, int]]:
    """The first row of each block of filled rows, and the row after it; a merged cell fills all of its rows."""
    filled = {r for r, row in enumerate(texts) if any(row)}
    filled |= {r + down for (r, c), (rows, _) in spans.items() if texts[r][c] for down in range(rows)}
    for _, run in groupby(enumerate(sorted(filled)), key=lambda each: each[1] - each[0]):
        rows = [row for _, row in run]
        yield rows[0], rows[-1] + 1


def _reason(cell: Any, formulas: Any) -> str:
    """Why a cell with a formula shows nothing; "" for any other."""
    if formulas is None or cell.value is not None:
        return ""
    return NOT_CALCULATED if str(formulas.cell(cell.row, cell.column).value or "").startswith("=") else ""


def _text(cell: Any) -> str:
    """A cell as it is shown: days as 30/04/2021, shares with "%", money with "£", decimals as formatted."""
    value, form = cell.value, str(cell.number_format or "")
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        dayless = "y" in form.lower() and "d" not in _ASIDE.sub("", form.lower())
        return value.strftime("%b-%y" if dayless and "m" in form.lower() else "%Y" if dayless else "%d/%m/%Y")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return settled(str(value))
    places = len(found[1]) if (found := _DECIMALS.search(form)) else 0
    exact = Decimal(repr(value)) * (100 if "%" in form else 1)
    general = form == "General" or not any(mark in form for mark in "0#")
    number = Decimal(f"{value:.10g}") if general else exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    shown = f"{abs(number):,f}" if "," in form else f"{abs(number):f}"
    return f"{'-' if number < 0 else ''}{'£' if '£' in form else ''}{shown}{'%' if '%' in form else ''}"
