"""The sheets of a file, kept in their order: the first in memory, the others on disk, as they take much of it."""

import pickle
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

from indexer.sheet import Sheet

FEW = 60  # sheets in memory: most papers are short, and to write a sheet and read it back takes as long as to find it


class Kept:
    """Sheets that are kept. `lost` are the pages that could not be read, and why; `pictures` the numbers of those that
    are pictures, or hold what a scanner read; `said`: on some page stands text that can be read. Raises what getting
    the sheets raises."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._few: list[Sheet] = []
        self._file: IO[bytes] | None = None
        self._more = 0  # in the file
        self.lost: list[tuple[int, str]] = []
        self.pictures: list[int] = []
        self.said = False
        with ExitStack() as failing:
            failing.callback(self.close)
            for sheet in sheets:
                self._keep(sheet)
                self.lost += [(sheet.number, sheet.lost)] if sheet.lost else []
                self.pictures += [sheet.number] if sheet.is_picture else []
                self.said = self.said or bool(sheet.text.strip() and not sheet.scanned)
            failing.pop_all()

    def _keep(self, sheet: Sheet) -> None:
        if len(self._few) < FEW:
            self._few.append(sheet)
            return
        if not self._file:
            from tempfile import TemporaryFile

            self._file = TemporaryFile(prefix="packclerk-")  # noqa: SIM115 - see close
        pickle.dump(sheet, self._file)
        self._more += 1

    def close(self) -> None:
        """Let go of the sheets."""
        self._few.clear()
        if self._file:
            self._file.close()

    def __iter__(self) -> Iterator[Sheet]:
        yield from self._few
        if self._file:
            self._file.seek(0)
            for _ in range(self._more):
                yield pickle.load(self._file)
