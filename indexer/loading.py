"""The sheets of a file, whatever it is: everything that opens it is done by `map_pages`, in worker processes."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

from corpus.errors import PaperError
from corpus.settings import Limits
from indexer import opening
from indexer.kept import Kept
from indexer.opening import Loaded
from indexer.processes.watched import LostError
from indexer.scan import read_pictures, tesseract
from indexer.sheet import LOST, Facts, Sheet
from indexer.tasks import Pages

PAGES_AT_ONCE = 12
NO_OCR = "scanned pictures: install tesseract-ocr to read them"

MapPages = Callable[..., Iterable[Any]]


def load(path: Path, document: str, map_pages: MapPages = map, most_pages: int = Limits().pages) -> Loaded:
    """The file's sha256, what it says of itself, and its sheets. Raises PaperError, also where no page has text.

    `map_pages` is `map`, or that of workers: it is given ranges of pages.
    """
    sha256, facts, kept = keep(path, document, map_pages, most_pages)
    with closing(kept):
        return sha256, facts, list(kept)


def keep(
    path: Path, document: str, map_pages: MapPages = map, most_pages: int = Limits().pages
) -> tuple[str, Facts, Kept]:
    """As `load`, with the sheets on disk, to be closed."""
    sha256, facts, sheets = _opened(path, document, map_pages, most_pages)
    tasks = [Pages(path, document, *pages) for pages in _ranges(0 if sheets else len(facts.labels))]
    kept = Kept(chain(sheets, facts.known(chain.from_iterable(map_pages(opening.sheets, tasks)))))
    if kept.pictures and tesseract.available():  # a reference in one is spelt as the other pages have it
        with closing(kept):
            whole = list(kept)
        kept = Kept(read_pictures(path, whole, map_pages))
    if not kept.said:
        with closing(kept):
            raise PaperError(document, _why(list(kept)))
    return sha256, facts, kept


def load_tables(path: Path, map_pages: MapPages = map, most_pages: int = Limits().pages) -> Iterator[Sheet]:
    """The file's sheets one after the other, with their tables alone. Raises PaperError."""
    _, facts, sheets = _opened(path, path.name, map_pages, most_pages, bare=True)
    yield from sheets
    tasks = [Pages(path, path.name, *pages) for pages in _ranges(0 if sheets else len(facts.labels))]
    lost: list[Sheet] = []
    for part in map_pages(opening.tables, tasks):
        known = list(facts.known(part))
        lost += [sheet for sheet in known if sheet.lost]
        yield from read_pictures(path, known, map_pages)
    if lost and len(lost) == len(facts.labels):
        raise PaperError(path.name, _why(lost))


def _why(sheets: list[Sheet]) -> str:
    """Why no page has text."""
    lost = [sheet.lost for sheet in sheets if sheet.lost and sheet.lost != LOST]
    if lost:
        return lost[0]
    pages = "its one page has" if len(sheets) == 1 else f"all of its {len(sheets)} pages have"
    pictures = [sheet for sheet in sheets if sheet.scanned]
    if not pictures:
        why = "blank"
    elif all(sheet.lost for sheet in pictures):
        why = "damaged"
    else:
        why = "scanned pictures" if tesseract.available() else NO_OCR
    return f"{pages} no text that can be read ({why})"


def _opened(path: Path, document: str, map_pages: MapPages, most_pages: int, bare: bool = False) -> Loaded:
    try:
        (loaded,) = map_pages(opening.opened, [(path, document, most_pages, bare)])
    except LostError:  # an outline or labels that have no end: its pages may be as they should
        if bare or opening.is_text(path):
            raise
        ((_, *rest),) = map_pages(opening.opened, [(path, document, most_pages, True)])
        (sha256,) = map_pages(opening.sha256_of, [path])
        return sha256, *rest
    return loaded  # type: ignore[no-any-return]


def _ranges(count: int) -> list[tuple[int, int]]:
    """The first and last pages of ranges of a file with so many pages."""
    starts = range(1, count + 1, PAGES_AT_ONCE)
    return [(first, min(first + PAGES_AT_ONCE - 1, count)) for first in starts]
