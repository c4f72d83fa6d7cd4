"""The sheets of a file, kept on disk in their order: of a long paper they take much memory."""

import pickle
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile

from indexer.sheet import Sheet


class Kept:
    """Sheets on disk. `lost` are the pages that could not be read, and why; `pictures` the numbers of those that are
    pictures, or hold what a scanner read; `said`: on some page stands text that can be read. Raises what getting the
    sheets raises."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._file = TemporaryFile(prefix="packclerk-")  # noqa: SIM115 - see close
        self._count = 0
        self.lost: list[tuple[int, str]] = []
        self.pictures: list[int] = []
        self.said = False
        with ExitStack() as failing:
            failing.callback(self.close)
            for sheet in sheets:
                pickle.dump(sheet, self._file)
                self._count += 1
                self.lost += [(sheet.number, sheet.lost)] if sheet.lost else []
                self.pictures += [sheet.number] if sheet.is_picture else []
                self.said = self.said or bool(sheet.text.strip() and not sheet.scanned)
            failing.pop_all()

    def close(self) -> None:
        """Let go of the sheets."""
        self._file.close()

    def __iter__(self) -> Iterator[Sheet]:
        self._file.seek(0)
        for _ in range(self._count):
            yield pickle.load(self._file)
