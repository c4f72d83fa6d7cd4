"""PDF files into sheets: the one home of pdfplumber and pypdfium2."""

import logging
import zlib
from collections.abc import Iterator
from pathlib import Path
from struct import error as StructError  # noqa: N812 - it is an error class with a lower-case name
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium_raw
from numpy.typing import NDArray
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from corpus.errors import PaperError
from indexer import letters
from indexer.finder import find_grids
from indexer.sheet import Facts, Sheet

MOST_PAGES = 5000
UNMAPPED = 20  # one unknown glyph among so many characters makes a page unreadable

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
    chars = page.chars
    grids = find_grids(page)
    outside = [char for char in chars if not any(letters.inside(char, grid.box) for grid in grids)]
    text = letters.text(chars)
    if text.count("(cid:") * UNMAPPED > len(text):  # a font that does not say which letters its glyphs are
        return Sheet(page.page_number, float(page.width), float(page.height), (), (), "", True)
    scanned = not text.strip() and bool(page.images)
    lines = tuple(letters.lines(outside))
    return Sheet(page.page_number, float(page.width), float(page.height), lines, tuple(grids), text, scanned)


def picture(path: Path, page: int, dpi: int) -> NDArray[np.uint8]:
    """The page, from 1, as rows of grey levels, 0 black to 255 white. Raises PaperError where it cannot be drawn."""
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            drawn = pdf[page - 1].render(scale=dpi / 72, grayscale=True, fill_color=(255, 255, 255, 255))
            return np.array(drawn.to_numpy()).reshape(drawn.height, drawn.width)
    except DAMAGED as error:
        raise PaperError(path.name, f"page {page} is damaged and cannot be drawn") from error
