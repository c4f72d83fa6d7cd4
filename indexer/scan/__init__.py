"""Pages that are pictures: read by tesseract where the machine has it."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from indexer.scan import tesseract
from indexer.sheet import Sheet
from indexer.tasks import Picture


def read_pictures(path: Path, sheets: Sequence[Sheet], map_pages: Callable[..., Iterable[Any]]) -> list[Sheet]:
    """The sheets with those that are pictures read, where that can be done. `map_pages` is given one page at a time."""
    tasks = [Picture(path, sheet.number, sheet.width, sheet.height) for sheet in sheets if sheet.is_picture]
    if not tasks or not tesseract.available():
        return list(sheets)
    from indexer.scan.reading import read_page  # here, as most papers have no pictures and need no numpy
    from indexer.scan.references import settled

    read = {sheet.number: sheet for sheet in map_pages(read_page, tasks) if sheet}
    return settled([read.get(sheet.number, sheet) for sheet in sheets])
