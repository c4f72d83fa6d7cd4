"""PDF files into sheets: the one home of pdfplumber and pypdfium2."""

import logging
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from struct import error as StructError  # noqa: N812 - it is an error class with a lower-case name
from typing import Any

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium_raw
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import chars_to_textmap, extract_words

from corpus.errors import PaperError
from corpus.paper import Box, Cell, Line, Row
from indexer.halfruled import divide
from indexer.sheet import Facts, Grid, Sheet

MOST_PAGES = 5000
UNMAPPED = 20  # one unknown glyph among so many characters makes a page unreadable
SAME_EDGE = 3.0  # points: borders nearer than this are one border

# What a damaged file makes the engines raise; both let their own slips through on broken input.
DAMAGED = (
    PDFException, PSException, PdfminerException, pypdfium2.PdfiumError, StructError, zlib.error, ArithmeticError,
    AssertionError, AttributeError, EOFError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip

# The first bytes of what is at times renamed to .pdf
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a rich text document"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
)

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # its warnings are about font tables, not about the paper

Char = dict[str, Any]


def check_kind(head: bytes, document: str) -> None:
    """Raise PaperError, saying what the file is, unless its first bytes are a PDF's."""
    if not head:
        raise PaperError(document, "the file is empty (0 bytes)")
    if b"%PDF-" in head:
        return
    start = head.lstrip().lower()
    kind = next((name for signature, name in SIGNATURES if start.startswith(signature.lower())), "")
    raise PaperError(document, f"it is not a PDF but {kind}" if kind else "it is not a PDF")


def facts(path: Path, document: str) -> Facts:
    """Title, outline and page labels by PDFium, one label a page; PaperError where the file cannot be opened."""
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium_raw.FPDF_ERR_PASSWORD:
            raise PaperError(document, "it is encrypted and needs a password") from error
        raise PaperError(document, "it is damaged: its pages cannot be found") from error
    try:
        said = pdf.get_metadata_dict()
        labels = tuple(pdf.get_page_label(page) for page in range(len(pdf)))
        return Facts(said.get("Title", ""), said.get("Subject", ""), tuple(_outline(pdf)), labels)
    except DAMAGED as error:
        raise PaperError(document, "it is damaged: its outline cannot be read") from error
    finally:
        pdf.close()


def _outline(pdf: Any) -> Iterator[tuple[int, str, int]]:
    for bookmark in pdf.get_toc():
        target = bookmark.get_dest()
        page = target.get_index() if target else None
        if page is not None:
            # some converters escape the blanks of a title, once or more
            title = bookmark.get_title().replace("\\", "").strip()
            yield bookmark.level, title, page + 1


def count_pages(path: Path, document: str, expected: int) -> None:
    """Raise PaperError unless both engines find the same pages, and a bearable number of them."""
    try:
        with pdfplumber.open(path) as pdf:
            found = len(pdf.pages)
    except DAMAGED as error:
        raise PaperError(document, "it is damaged: its pages cannot be read") from error
    if not expected and not found:
        raise PaperError(document, "it has no pages")
    if found != expected:
        raise PaperError(
            document, f"it is damaged: of its {max(found, expected)} pages {min(found, expected)} are found"
        )
    if found > MOST_PAGES:
        raise PaperError(document, f"it is too large: {found} pages, and {MOST_PAGES} are the most that are read")


def read_sheets(task: tuple[Path, str, int, int]) -> list[Sheet]:
    """The sheets of the pages `first` to `last` of (path, document, first, last). Top-level, for worker processes."""
    path, document, first, last = task
    sheets: list[Sheet] = []
    try:
        with pdfplumber.open(path, pages=range(first, last + 1)) as pdf:
            for page in pdf.pages:
                sheets.append(_sheet(page))
                page.close()
    except DAMAGED as error:
        at = first + len(sheets)
        raise PaperError(document, f"page {at} is damaged and cannot be read") from error
    return sheets


def _sheet(page: Any) -> Sheet:
    chars: list[Char] = page.chars
    grids = [_grid(page, table, chars) for table in _find_tables(page)]
    grids = sorted((g for g in grids if len(g.edges) > 2), key=lambda g: (g.box[1], g.box[0]))
    outside = [char for char in chars if not any(_inside(char, grid.box) for grid in grids)]
    text = _text(chars)
    if text.count("(cid:") * UNMAPPED > len(text):  # a font that does not say which letters its glyphs are
        return Sheet(page.page_number, float(page.width), float(page.height), (), (), "", True)
    scanned = not text.strip() and bool(page.images)
    lines = tuple(_lines(outside))
    return Sheet(page.page_number, float(page.width), float(page.height), lines, tuple(grids), text, scanned)


def _text(chars: list[Char]) -> str:
    """The characters as lines of text; those that were turned to read upwards are read upwards."""
    if not chars:
        return ""
    turned = sum(1 if char["matrix"][1] > 0 else -1 for char in chars if not char["upright"])
    upwards = {"char_dir_rotated": "btt", "line_dir_rotated": "ltr"} if turned > 0 else {}
    return str(chars_to_textmap(chars, **upwards).as_string)


def _lines(chars: list[Char]) -> Iterator[Line]:
    if not chars:
        return
    for found in chars_to_textmap(chars).extract_text_lines():
        inked = [char for char in found["chars"] if char["text"].strip()]
        if inked:
            box = (found["x0"], found["top"], found["x1"], found["bottom"])
            size = round(median(char["size"] for char in inked), 1)
            yield Line(found["text"].strip(), box, size, _bold(inked))


def _bold(chars: list[Char]) -> bool:
    heavy = [char for char in chars if any(mark in char["fontname"].lower() for mark in ("bold", "black", "heavy"))]
    return len(heavy) * 2 > len(chars)


def _find_tables(page: Any) -> list[Any]:
    """pdfplumber's tables, with the rows at the page's foot or head that have no ruling line closed."""
    ends = _open_ends(page.edges)
    return list(page.find_tables({"explicit_horizontal_lines": ends} if ends else {}))


def _open_ends(edges: list[Char]) -> list[dict[str, Any]]:
    """Horizontal lines for where three or more vertical rulings end together on nothing."""
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > SAME_EDGE]
    level = [edge for edge in edges if edge["orientation"] == "h"]
    missing = []
    for end in ("top", "bottom"):
        for height in sorted({round(edge[end]) for edge in upright}):
            here = [edge for edge in upright if abs(edge[end] - height) <= 1]
            x0, x1 = min(edge["x0"] for edge in here), max(edge["x1"] for edge in here)
            closed = any(abs(e["top"] - height) <= SAME_EDGE and e["x0"] < x1 and e["x1"] > x0 for e in level)
            through = any(e["top"] < height - SAME_EDGE and e["bottom"] > height + SAME_EDGE
                          and x0 <= e["x0"] <= x1 for e in upright)  # fmt: skip
            if len({round(e["x0"]) for e in here}) >= 3 and not closed and not through:
                y = here[0][end]
                missing.append({"object_type": "line", "orientation": "h", "x0": x0, "x1": x1, "top": y, "bottom": y,
                                "width": x1 - x0, "height": 0, "doctop": y})  # fmt: skip
    return missing


def _grid(page: Any, table: Any, chars: list[Char]) -> Grid:
    """The table with its merged cells rebuilt and each character in the one cell that holds its midpoint."""
    x0, top, x1, bottom = table.bbox
    cut = not any(
        edge["orientation"] == "h" and abs(edge["top"] - bottom) <= SAME_EDGE and edge["x1"] > x0 and edge["x0"] < x1
        for edge in page.edges
    )
    foot = _overflow(chars, table.bbox) if cut else bottom
    boxes = [(*box[:3], foot if box[3] == bottom else box[3]) for box in table.cells]
    xs = _borders([box[i] for box in boxes for i in (0, 2)])
    ys = _borders([box[i] for box in boxes for i in (1, 3)])
    inside = [char for char in chars if _inside(char, (x0, top, x1, foot))]
    boxes = _divided(boxes, xs, ys, inside)
    ys = _borders([box[i] for box in boxes for i in (1, 3)])
    rows: list[list[Cell | None]] = [[None] * (len(xs) - 1) for _ in ys[1:]]
    inked: list[list[Char]] = [[] for _ in rows]
    for box in boxes:
        column, right = _nearest(xs, box[0]), _nearest(xs, box[2])
        row, below = _nearest(ys, box[1]), _nearest(ys, box[3])
        if right > column and below > row:
            held = [char for char in inside if _inside(char, box)]
            text = _text(held).strip()
            rows[row][column] = Cell(text, page.page_number, box, below - row, right - column)
            inked[row] += [char for char in held if char["text"].strip()]
    bold = tuple(bool(held) and _bold(held) for held in inked)
    whole = tuple(tuple(row) for row in rows)
    lines = () if _is_table(whole) else tuple(_lines(inside))
    return Grid(page.page_number, (x0, top, x1, foot), whole, tuple(xs), bold, cut, lines)


def _divided(boxes: list[Box], xs: list[float], ys: list[float], chars: list[Char]) -> list[Box]:
    """The cells with those divided that hold a whole unruled body."""
    found: list[Box] = []
    for box in boxes:
        wide = any(box[0] + SAME_EDGE < x < box[2] - SAME_EDGE for x in xs)
        held = [char for char in chars if _inside(char, box)] if wide else []
        if held and all(char["upright"] for char in held):
            words = [(w["x0"], w["top"], w["x1"], w["bottom"]) for w in extract_words(held)]
            found += divide(box, xs, ys, words)
        else:
            found.append(box)
    return found


def _overflow(chars: list[Char], box: Box) -> float:
    """The foot of a table that has no ruling line there, below the line of text that hangs over its edge."""
    hanging = [
        char["bottom"] for char in chars if abs(char["top"] - box[3]) < SAME_EDGE / 2 and box[0] <= char["x0"] < box[2]
    ]
    return max(hanging, default=box[3])


def _borders(values: list[float]) -> list[float]:
    """The distinct borders, ascending."""
    ordered = sorted(values)
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > SAME_EDGE / 2]


def _nearest(borders: list[float], value: float) -> int:
    return min(range(len(borders)), key=lambda i: abs(borders[i] - value))


def _inside(char: Char, box: Box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x < box[2] and box[1] <= y < box[3])


def _is_table(rows: Sequence[Row]) -> bool:
    """A box around some words is no table: two rows and two columns must hold text."""
    filled = [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell and cell.text]
    return len({r for r, _ in filled}) > 1 and len({c for _, c in filled}) > 1
