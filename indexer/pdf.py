"""PDF files into sheets: PDFium reads them, pdfplumber what PDFium cannot. Everything here runs in worker processes.

PDFium's count of the pages is compared with the page objects that stand in the file; pdfplumber is asked, which costs
a hundred times as much, where these are more, or where PDFium cannot open the file.
"""

import mmap
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import PaperError
from indexer.page import Page, sheet, tables
from indexer.pages import pdfium
from indexer.pages.damage import ASIDE, OBJECT, REFERENCE, damaged
from indexer.pages.document import FORMAT, PASSWORD, SECURITY, Document, PdfiumError
from indexer.scan.stamps import SCALE, said
from indexer.sheet import LOST, Facts, Sheet, unread
from indexer.tasks import Pages

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AT_ONCE = 1 << 22  # bytes of a stream that are looked at
HEAD = 1024  # bytes in which a PDF must say that it is one
START = b"%PDF-"
PACKED = re.compile(rb"/ObjStm\b(?:(?!endobj)[\s\S]){0,400}?\bstream\r?\n")  # the head of objects packed in one
PAGE_OBJECT = re.compile(rb"/Type\s{0,4}/Page(?![A-Za-z])")
LENGTH = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})\b")  # of the whole file, at the head of one
LOCK = re.compile(rb"/Filter\s*/Standard\b")
CATALOG = re.compile(rb"(\d{1,7}[ \r\n]+\d{1,5}) obj\s*<<(?:(?!obj\b)[\s\S]){0,2000}?/Type\s*/Catalog(?![A-Za-z])")

EMPTY = re.compile(rb"/Count\s+0(?!\d)|/Kids\s*\[\s*\]")  # a file that says so, and is not damaged

BROKEN = "it is damaged: its pages cannot be found"

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

LOCKED = "it is encrypted and needs a password"
ENCRYPTED = {PASSWORD: LOCKED, SECURITY: "it is encrypted in a way that is not known"}

# What PDFium's answers about a damaged page make of themselves on their way into Python.
DAMAGED = (PdfiumError, ArithmeticError, LookupError, ValueError)


def survey(path: Path, document: str, most_pages: int, bare: bool = False) -> Facts:
    """What the file says of itself: title, outline, and a label for each of its pages, of which there is at least one;
    `bare`: nothing but how many pages there are.

    Raises PaperError where neither engine can open it, or where it has more than `most_pages`.
    """
    if cut := _cut(path):
        raise PaperError(document, cut)
    found, wrong = _facts(path, most_pages, bare)
    objects = _page_objects(path)
    if found is None or not found.labels or objects > len(found.labels):
        other, why = _other_facts(path)
        wrong = wrong or why
        if other and (len(other.labels) > len(found.labels) if found else other.labels or not objects):
            found = other
    if found is None:
        raise PaperError(document, _kind(path) or wrong or BROKEN)
    if not found.labels:
        raise PaperError(document, "it has no pages" if EMPTY.search(path.read_bytes()) else BROKEN)
    if len(found.labels) > most_pages:
        count = len(found.labels)
        raise PaperError(document, f"it is too large: {count} pages, and {most_pages} are the most that are read")
    return replace(found, damaged=_damaged_pages(path, len(found.labels)))


def _damaged_pages(path: Path, count: int) -> tuple[int, ...]:
    """The pages that need what is damaged or missing; all of them, where it cannot be told which."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:  # it has pages
        objects = damaged(whole)
    if not objects:
        return ()
    from indexer.pages import plumber

    try:
        return plumber.needing(path, objects, count)
    except plumber.UnreadableError:
        return tuple(range(1, count + 1))


def read_sheets(task: Pages) -> list[Sheet]:
    """The sheets of a range of pages; a page that neither engine can read is a sheet that is marked as unread."""
    return list(_each(task, sheet))


def read_tables(task: Pages) -> list[Sheet]:
    """As read_sheets, with nothing but the tables."""
    return list(_each(task, tables))


def _each(task: Pages, made: Callable[[Page], Sheet]) -> Iterator[Sheet]:
    numbers = range(task.first, task.last + 1)
    with ExitStack() as held:
        other = cache(partial(_other, task.path, held))  # to open a damaged file is to search the whole of it
        try:
            pdf = held.enter_context(_document(task.path))
        except PdfiumError:
            yield from (_otherwise(other, number, made) for number in numbers)
            return
        yield from (_sheet(pdf, other, number, made) for number in numbers)


def picture(path: Path, page: int, dpi: int) -> "NDArray[np.uint8]":
    """The page, from 1, as rows of grey levels, 0 black to 255 white. Raises PaperError where it cannot be drawn."""
    import numpy as np

    try:
        with _document(path) as pdf, pdf.page(page - 1) as leaf:
            return np.array(leaf.grey(dpi / 72))
    except DAMAGED as error:
        raise PaperError(path.name, f"page {page} is damaged and cannot be drawn") from error


def _facts(path: Path, most_pages: int, bare: bool) -> tuple[Facts | None, str]:
    """What PDFium finds; or None, and why where it knows. Of a file with too many pages, their number alone."""
    try:
        pdf = _document(path)
    except PdfiumError as error:
        return None, ENCRYPTED.get(error.code, "")
    with pdf:
        count = len(pdf)
        if count > most_pages and not pdf.has(most_pages):  # it only says so
            count = next((page for page in range(most_pages, 0, -1) if pdf.has(page - 1)), 0)
        if bare or count > most_pages:
            return Facts("", "", (), ("",) * count), ""
        from indexer.pages import metadata  # here, as who asks for no more than the tables needs none

        try:
            title, subject, keywords = map(pdf.field, ("Title", "Subject", "Keywords"))
            labels = tuple(_label(pdf, page) for page in range(count))
            more = (*filter(None, (subject, keywords)), *metadata.said(path))
            return Facts(title, subject, tuple(_outline(pdf)), labels, more), ""
        except DAMAGED:
            return Facts("", "", (), ("",) * len(pdf)), ""


def _document(path: Path) -> Document:
    """The file by PDFium; what stands before it, or is missing at its head or foot, is mended. Raises PdfiumError."""
    try:
        return Document(path)
    except PdfiumError as error:
        if error.code != FORMAT:
            raise
        whole = path.read_bytes()
        begins = whole.find(START)
        whole = whole[begins:] if begins >= 0 else START + b"1.7\n" + whole
        for mended in (whole, _ended(whole)):
            with suppress(PdfiumError):
                return Document(mended)
        raise


def _ended(whole: bytes) -> bytes:
    """A file that was cut off behind what its pages need, with a new end; b"" where anything of it may be missing, as
    what that says would be missing in silence, and where it is encrypted, as nothing says how."""
    there = whole[: whole.rfind(b"endobj") + len(b"endobj")]
    catalogs = CATALOG.findall(there)
    needed = set(REFERENCE.findall(ASIDE.sub(b"", there))) - set(OBJECT.findall(there))
    if not catalogs or needed or LOCK.search(there):
        return b""
    return there + b"\ntrailer\n<</Root %s R>>\n%%%%EOF\n" % catalogs[-1]


def _label(pdf: Document, page: int) -> str:
    try:
        return pdf.label(page)
    except DAMAGED:
        return ""


def _outline(pdf: Document) -> Iterator[tuple[int, str, int]]:
    for level, title, page in pdf.outline():
        # some converters escape the blanks of a title, once or more
        yield level, title.replace("\\", "").strip(), page + 1


def _other_facts(path: Path) -> tuple[Facts | None, str]:
    """What pdfplumber finds; or None, and why where it knows."""
    from indexer.pages import plumber

    try:
        return plumber.facts(path), ""
    except plumber.UnreadableError as error:
        return None, LOCKED if error.locked else ""


def _page_objects(path: Path) -> int:
    """How many page objects the file holds, packed ones too: more than its pages where some were replaced, or where it
    says that there are fewer."""
    if not path.stat().st_size:
        return 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        return sum(map(len, map(PAGE_OBJECT.findall, _unpacked(whole))), len(PAGE_OBJECT.findall(whole)))


def _unpacked(whole: mmap.mmap) -> Iterator[bytes]:
    """What stands in the streams of objects that can be unpacked."""
    with memoryview(whole) as view:
        for packed in PACKED.finditer(whole):
            with view[packed.end() : packed.end() + AT_ONCE] as stream, suppress(zlib.error):
                yield zlib.decompressobj().decompress(stream, AT_ONCE)


def _cut(path: Path) -> str:
    """Why a file that says at its head how long it is, and ends before that, cannot be read; "" for any other.

    PDFium opens it, and what should stand on its pages would be missing in silence.
    """
    there = path.stat().st_size
    with path.open("rb") as file:
        said = LENGTH.search(file.read(HEAD))
        file.seek(max(there - HEAD, 0))
        ended = b"%%EOF" in file.read()
    if said and there < int(said[1]) and not ended and not _ended(path.read_bytes()):
        return f"it is cut off: {there:,} of its {int(said[1]):,} bytes are there"
    return ""


def _kind(path: Path) -> str:
    """What the file is, where its first bytes are not those of a PDF."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        return "the file is empty (0 bytes)"
    if START in head:
        return ""
    start = head.lstrip().lower()
    kind = next((name for signature, name in SIGNATURES if start.startswith(signature.lower())), "")
    return f"it is not a PDF but {kind}" if kind else "it is not a PDF"


def _sheet(pdf: Document, other: Callable[[], Any], number: int, made: Callable[[Page], Sheet]) -> Sheet:
    try:
        with pdf.page(number - 1) as page:
            filled = pdfium.fill(page, number, seen=made is sheet)  # the tables alone are for who has the file
            if made is sheet and filled.chars:
                stamps = "\n".join(said(filled.images, partial(page.grey, SCALE)))
                filled = replace(filled, across=f"{filled.across}\n{stamps}") if stamps else filled
            return made(filled)
    except DAMAGED:
        return _otherwise(other, number, made)


def _other(path: Path, held: ExitStack) -> Any:
    from indexer.pages import plumber

    pdf = plumber.opened(path)
    held.callback(pdf.stream.close)  # its own way to close reads the pages once more, of which one may be damaged
    return pdf


def _otherwise(other: Callable[[], Any], number: int, made: Callable[[Page], Sheet]) -> Sheet:
    from indexer.pages import plumber

    try:
        return made(plumber.fill(other(), number))
    except plumber.UnreadableError:
        return unread(number, LOST)
