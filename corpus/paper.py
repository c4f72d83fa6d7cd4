"""A paper as it was read: pages, tables, cells, each with its place.

Boxes are (x0, top, x1, bottom) in points from the page's top left corner. `page` is always the PDF's own page,
from 1; `label` is what is printed on the page ("Page 12"), as packs differ in the two. What has no pages of its own, a
workbook or a Word document, has a label that names sheet and cell, or the paragraph.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Box = tuple[float, float, float, float]

SHEET = "Sheet "  # begins the label of a workbook's tab
PARAGRAPH, TABLE, NOTE, EDGE = "Paragraph ", "Table ", "Footnote", "Header or footer"  # and those in a Word document
PAGELESS = (SHEET, PARAGRAPH, TABLE, NOTE, EDGE)


def page_named(label: str, page: int) -> tuple[str, str]:
    """How a page is named by its label, and the PDF's page beside it, "" where there is no more to say."""
    if not label or label.startswith(PAGELESS):
        return label or f"PDF page {page}", ""
    return label, f"PDF page {page}"


def place_named(label: str, page: int) -> str:
    """A place in a few words: "PDF page 14", and where there are no such pages, what stands there instead."""
    named, beside = page_named(label, page)
    return beside or named


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. `table` is the table's number in the paper from 1, or 0 for running text;
    `row` and `column` count from 0 in the stitched table, or are -1."""

    document: str
    page: int
    label: str
    item: str
    table: int
    row: int
    column: int
    box: Box


@dataclass(frozen=True, slots=True)
class Spots:
    """What a file without pages calls its parts: `rows` from which top, and `columns` from which x on, in order.

    A workbook has both, its rows' numbers and its columns' letters; a Word document paragraphs and rows of tables.
    """

    rows: tuple[tuple[float, str], ...] = ()
    columns: tuple[tuple[float, str], ...] = ()

    def label(self, page: str, box: Box) -> str:
        """How a box on a page of that label is called: "Sheet Costs, cell C7", "Paragraph 3 to paragraph 5"."""
        first, last = _spot(self.rows, box[1]), _spot(self.rows, max(box[1], box[3] - INSIDE))
        if not first:
            return page
        if not self.columns:
            return first if first == last else f"{first} to {last[0].lower()}{last[1:]}"
        begins = _spot(self.columns, box[0]) + first
        ends = _spot(self.columns, max(box[0], box[2] - INSIDE)) + last
        return f"{page}, cell {begins}" if begins == ends else f"{page}, cells {begins}:{ends}"


NO_SPOTS = Spots()
INSIDE = 1.0  # points: what ends so little below or beside an edge ends at it


def _spot(spots: Sequence[tuple[float, str]], at: float) -> str:
    """The last that begins at or before; "" before the first."""
    after = bisect_right(spots, at + INSIDE / 2, key=lambda spot: spot[0])
    return spots[after - 1][1] if after else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text (outside tables and page furniture). `size` in points."""

    text: str
    box: Box
    size: float
    bold: bool

    def __reduce__(self) -> tuple[type["Line"], tuple[object, ...]]:
        """By its values: pickle's own way with frozen classes takes several times as long."""
        return Line, (self.text, self.box, self.size, self.bold)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell; a merged one stands once, at its top left, `rows` x `columns` large.

    `paragraphs` are those of its text, where it is set in more than one. `rest` are the page and the box of what of it
    stands overleaf, where a page's end cut it in two.
    """

    text: str
    page: int
    box: Box
    rows: int = 1
    columns: int = 1
    paragraphs: tuple[str, ...] = ()
    rest: tuple[int, Box] | None = None

    def __reduce__(self) -> tuple[type["Cell"], tuple[object, ...]]:
        """As that of a line."""
        return Cell, (self.text, self.page, self.box, self.rows, self.columns, self.paragraphs, self.rest)


Row = tuple[Cell | None, ...]  # None: covered by a merged cell, or no cell there


def line_of(cell: Cell | None) -> str:
    """A cell's text in one line; "" where there is no cell."""
    return " ".join(cell.text.split()) if cell else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, stitched over its pages. All rows have the same length.

    `headings` are the headings above it, outermost first; `lead` is the running text just before it.
    """

    number: int
    page: int
    box: Box
    headings: tuple[str, ...]
    lead: str
    rows: Sequence[Row]

    def text(self, row: int, column: int) -> str:
        """The text of a cell on one line; "" where there is none."""
        return line_of(self.rows[row][column])

    def below(self, row: int) -> range:
        """The numbers of the rows below a row."""
        return range(row + 1, len(self.rows))

    def column(self, column: int, below: int) -> list[str]:
        """What stands in a column below a row, without the cells that are blank."""
        return [text for row in self.below(below) if (text := self.text(row, column))]

    def grid(self) -> list[list[str]]:
        """All texts, row by row, each merged cell's text once."""
        return [[self.text(r, c) for c in range(len(self.rows[r]))] for r in range(len(self.rows))]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `lines` is its running text without furniture, `written` everything on it, in any pieces;
    `ocr`: read from a picture.

    `item` is the agenda item at the page's head, `turns` those that begin lower down, each with its top. `spots` are
    the parts of a page that a file without pages is thought to have.
    """

    number: int
    label: str
    item: str
    width: float
    height: float
    lines: Sequence[Line]
    written: Sequence[str]
    ocr: bool = False
    turns: tuple[tuple[float, str], ...] = ()
    spots: Spots = NO_SPOTS

    @property
    def text(self) -> str:
        """Everything on it."""
        return "".join(self.written)

    def item_at(self, top: float) -> str:
        """The agenda item that stands so many points below the page's head."""
        return next((number for begins, number in reversed(self.turns) if begins <= top), self.item)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda: `first_page` is the PDF's page where its papers begin."""

    number: str
    title: str
    first_page: int
    exempt: bool


@dataclass(frozen=True, slots=True)
class Pack:
    """One paper, whole. `date` is the meeting's or report's, `council` and `committee` "" where it names none.

    `unread_pages` are those that are pictures without any text, `lost_pages` those that could not be read, and why;
    `doubted_pages` those that say of something unknown that it is exempt, for which more may be closed than is.
    """

    document: str
    sha256: str
    title: str
    council: str
    committee: str
    date: date | None
    pages: tuple[Page, ...]
    tables: Sequence[Table]
    items: tuple[AgendaItem, ...]
    unread_pages: tuple[int, ...] = ()
    lost_pages: tuple[tuple[int, str], ...] = ()
    doubted_pages: tuple[int, ...] = ()

    def place(self, page: int, box: Box, table: int = 0, row: int = -1, column: int = -1) -> Place:
        """The Place of something on the PDF's page `page`."""
        at = self.pages[page - 1]
        return Place(self.document, page, at.spots.label(at.label, box), at.item_at(box[1]), table, row, column, box)

    def cell_place(self, table: Table, row: int, column: int) -> Place:
        """The Place of a table's cell, or of the table where there is no such cell."""
        cell = table.rows[row][column]
        if cell is None:
            return self.place(table.page, table.box, table.number, row, column)
        return self.place(cell.page, cell.box, table.number, row, column)

    def exempt(self, place: Place) -> bool:
        """Whether a place belongs to an exempt item."""
        return any(item.exempt and item.number == place.item for item in self.items)


PATH = " › "


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a paper to be found by its meaning: a paragraph, or a table's row as a sentence.

    `heading` is all that it stands under, outermost first, with PATH between; `places` has one entry for each page
    that it stands on.
    """

    text: str
    heading: str
    places: tuple[Place, ...]
    exempt: bool

    @property
    def headings(self) -> list[str]:
        """What it stands under, outermost first; [""] for nothing."""
        return self.heading.split(PATH)
