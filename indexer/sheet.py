"""A page as the reader hands it on: lines and ruled grids, before anything is understood."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.paper import NO_SPOTS, Box, Line, Row, Spots
from indexer.parts import Aside

Ink = tuple[float, float]

MOST_LINES, MOST_GRIDS, MOST_TEXTS = 3000, 50, 50  # of a paper, in memory

LOST = "it is damaged"  # why a page could not be read, where no more is known
PARTLY = "part of its content is damaged"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on one page. `edges` are its column borders, left to right, one more than there are columns.

    `bold` says of each row whether its text is bold. `cut`: the last row has no ruling line below, so it goes on
    overleaf. `lines` is the text of a grid that is too small for a table of its own (a box, or a table's last row
    overleaf): it goes back to the running text unless it continues a table. `title` is the caption or heading just
    above it. `inks` says of each row's cells from where to where their text reaches, (0, 0) where there is none, if no
    rules part the columns: another page of the table may show fewer of them.
    """

    page: int
    box: Box
    rows: tuple[Row, ...]
    edges: tuple[float, ...]
    bold: tuple[bool, ...]
    cut: bool = False
    lines: tuple[Line, ...] = ()
    title: str = ""
    inks: tuple[tuple[Ink, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: `lines` are all lines outside the grids, top to bottom; `written` all text, in any pieces;
    `scanned`: a picture without any text; `ocr`: it was read from a picture; `across`: large letters that lie slanting
    over it and are no part of its text; `lost`: why it could not be read at all, "" for any other;
    `ours`: a page of our own making that has no margins, from a "text" or a workbook's "tab", "" for any other;
    `backed`: most of its text stands on one picture;
    `spots`: what such a page's parts are called in the file."""

    number: int
    width: float
    height: float
    lines: Sequence[Line]
    grids: Sequence[Grid]
    written: Sequence[str]
    scanned: bool = False
    ocr: bool = False
    across: str = ""
    ours: str = ""
    lost: str = ""
    spots: Spots = NO_SPOTS
    backed: bool = False

    @property
    def text(self) -> str:
        """All that is written."""
        return "".join(self.written)

    @property
    def is_picture(self) -> bool:
        """Whether there is a picture to be read; also one with a scanner's own text, which nobody has checked."""
        return (self.scanned or self.ocr) and not self.lost


def set_aside(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets, with what stands on them set aside."""
    lines, grids, texts = Aside(MOST_LINES), Aside(MOST_GRIDS), Aside(MOST_TEXTS)
    return [replace(s, lines=lines.put(s.lines), grids=grids.put(s.grids), written=texts.put([s.text])) for s in sheets]


def unread(number: int, reason: str, width: float = 0.0, height: float = 0.0) -> Sheet:
    """A page that could not be read."""
    return Sheet(number, width, height, (), (), "", scanned=True, lost=reason)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself: its title, (level, title, page) of its outline, the labels of its pages, and `said`:
    its other fields, the notes upon it, and the names of the folders that it lies in; and which pages are `damaged`."""

    title: str
    subject: str
    outline: tuple[tuple[int, str, int], ...]
    labels: tuple[str, ...]
    said: tuple[str, ...] = ()
    damaged: tuple[int, ...] = ()

    def known(self, sheets: Iterable[Sheet]) -> Iterator[Sheet]:
        """The sheets, in their place those of damaged pages as unread: what is left of one may be wrong."""
        for sheet in sheets:
            bad = sheet.number in self.damaged and not sheet.lost
            yield unread(sheet.number, PARTLY, sheet.width, sheet.height) if bad else sheet
