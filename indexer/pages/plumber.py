"""Files and pages that PDFium does not open, by pdfplumber: its one home, imported only when it is needed."""

import logging
import zlib
from collections.abc import Iterable, Iterator, Set
from contextlib import closing
from pathlib import Path
from struct import error as StructError  # noqa: N812 - it is an error class with a lower-case name

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from indexer.page import Page, Thing
from indexer.sheet import Facts
from indexer.text.letters import Char, Face

# What a damaged file makes it raise; it lets its own slips through on broken input.
DAMAGED = (
    PDFException, PSException, PdfminerException, MalformedPDFException, StructError, zlib.error, ArithmeticError,
    AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip

# What a page refers to and its text does without
ASIDE = frozenset(
    ("Parent", "Annots", "B", "Metadata", "PieceInfo", "ProcSet", "Thumb", "FontFile", "FontFile2", "FontFile3")
)

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # its warnings are about font tables, not about the paper


class UnreadableError(Exception):
    """pdfplumber cannot read this either. `locked`: it needs a password."""

    def __init__(self, locked: bool = False) -> None:
        super().__init__()
        self.locked = locked


def facts(path: Path) -> Facts:
    """The title and the number of pages, which have no labels. Raises UnreadableError."""
    try:
        with pdfplumber.open(path) as pdf:
            said = {key: value for key, value in pdf.metadata.items() if isinstance(value, str)}
            return Facts(said.get("Title", ""), said.get("Subject", ""), (), ("",) * len(pdf.pages))
    except DAMAGED as error:
        raise UnreadableError(any(isinstance(why, PDFPasswordIncorrect) for why in error.args)) from error


def opened(path: Path) -> pdfplumber.PDF:
    """The file, for `fill`. Raises UnreadableError."""
    try:
        return pdfplumber.open(path)
    except DAMAGED as error:
        raise UnreadableError from error


def needing(path: Path, objects: Set[int], count: int) -> tuple[int, ...]:
    """The pages, from 1, that need one of these objects; none where it finds no pages. Raises UnreadableError, also
    where it finds another number of pages."""
    try:
        with pdfplumber.open(path) as pdf:
            if pdf.pages and len(pdf.pages) != count:
                raise UnreadableError
            pages = [page.page_obj for page in pdf.pages]
            return tuple(
                number
                for number, page in enumerate(pages, 1)
                if _needs([page.attrs, page.resources], objects)
                or not all(isinstance(resolve1(part), PDFStream) for part in page.contents)
            )
    except DAMAGED as error:
        raise UnreadableError from error


def _needs(things: list[object], objects: Set[int]) -> bool:
    """Whether one of the objects is among all that these things hold and refer to."""
    seen = set[int]()
    while things:
        thing = things.pop()
        if isinstance(thing, PDFObjRef):
            if thing.objid in objects:
                return True
            if thing.objid in seen:
                continue
            seen.add(thing.objid)
            thing = thing.resolve()
        held = [thing.attrs.get("Resources")] if isinstance(thing, PDFStream) else thing
        if isinstance(held, dict):
            things += [value for key, value in held.items() if key not in ASIDE]
        elif isinstance(held, list):
            things += held
    return False


def fill(pdf: pdfplumber.PDF, number: int) -> Page:
    """The objects of the page `number`, from 1. Raises UnreadableError, also where there is no such page."""
    try:
        with closing(pdf.pages[number - 1]) as page:
            width, height = float(page.width), float(page.height)
            chars = list(_chars(page.chars))
            return Page(number, width, height, chars, page.lines, page.rects, page.curves, page.images)
    except DAMAGED as error:
        raise UnreadableError from error


def _chars(things: Iterable[Thing]) -> Iterator[Char]:
    """pdfplumber's characters as ours."""
    faces: dict[tuple[float, str, bool, tuple[float, ...]], Face] = {}
    for thing in things:
        kind = thing["size"], thing["fontname"], thing["upright"], tuple(thing["matrix"][:4])
        face = faces.setdefault(kind, Face(*kind))
        yield Char(thing["text"], thing["x0"], thing["top"], thing["x1"], thing["bottom"], face)
