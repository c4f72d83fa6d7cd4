"""What worker processes are asked to read of a PDF: a range of its pages, or the picture of one page.

Where a worker is lost over a range, that is tried again in halves, down to the page that takes it: this page alone is
then told as unread, and the others are kept.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from indexer.sheet import Sheet, unread


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a file from the `first` to the `last`, both from 1; their value is a list of sheets."""

    path: Path
    document: str
    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1

    def halves(self) -> tuple["Pages", ...]:
        """The range in two; () for one page."""
        middle = (self.first + self.last) // 2
        return (replace(self, last=middle), replace(self, first=middle + 1)) if len(self) > 1 else ()

    def lost(self, reason: str) -> list[Sheet]:
        """What stands for the sheets of pages that take any worker."""
        return [unread(number, reason) for number in range(self.first, self.last + 1)]


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page, from 1, its width and height in points; its value is a sheet."""

    path: Path
    page: int
    width: float
    height: float

    def halves(self) -> tuple["Picture", ...]:
        """A picture is never divided."""
        return ()

    def lost(self, reason: str) -> Sheet:
        """What stands for the sheet of a picture that takes any worker."""
        return unread(self.page, reason, self.width, self.height)
