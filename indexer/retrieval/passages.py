"""A pack in passages, to be found by meaning: paragraphs with their headings, and table rows as sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.paper import Box, Cell, Pack, Page, Passage, Place, Table
from indexer.kinds import PERIOD
from indexer.text.furniture import body_size
from indexer.text.layout import (
    BULLET,
    NAMED_PART,
    PARAGRAPH_NUMBER,
    Block,
    Headings,
    TableMark,
    around,
    blocks,
    in_order,
    starts_report,
)

MOST_WORDS = 120
SHORT_WORDS = 60  # an introduction and its list of so many words are one passage
UNFINISHED_WORDS = 8  # a last line of so many without a full stop goes on overleaf
FEWEST_LETTERS = 3
FEWEST_WORDS = 3  # of a line under which nothing stands
HEADER_ROWS = 4  # at most
LONGEST_COLUMN_NAME = 20  # words
FIGURE = re.compile(r"[<>≤≥~£$(+−–-]*\s*£?\d[\d,]*(\.\d+)?\s*(%|[kKmM]|bn|days?)?\)?\*?")
YEAR = re.compile(r"(19|20)\d\d")
REFERENCE = re.compile(r"[A-Za-z&]{1,6}[-. ]{0,2}\d{1,4}[A-Za-z]?(-\d{2,4})?|\d{1,2}\.?")
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"'(£\d])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and where they stand."""

    text: str
    page: int
    box: Box


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being put together, over blocks and pages."""

    pieces: list[Piece]
    heading: str
    listed: bool  # whether the last piece is a list's item

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


PATH = " › "  # between the headings that a passage stands under, outermost first


def passages(pack: Pack) -> tuple[Passage, ...]:
    """The passages of a pack in reading order, each of about 120 words at most, with a place for each page."""
    found: list[Passage] = []
    for each, heading in _elements(pack):
        if isinstance(each, Table):
            found += _rows(pack, each, heading)
        else:
            found += _split(pack, each)
    told = {place.page for passage in found for place in passage.places}
    found += [passage for page in pack.pages if page.number not in told for passage in _headings_alone(pack, page)]
    return tuple(sorted(found, key=lambda passage: passage.places[0].page))


def _headings_alone(pack: Pack, page: Page) -> Iterator[Passage]:
    """A page of nothing but headings, such as a slide, as a passage."""
    if page.lines:
        yield from _passage(pack, [Piece(line.text, page.number, line.box) for line in page.lines], "")


def _elements(pack: Pack) -> Iterator[tuple[Paragraph | Table, str]]:
    """Paragraphs, whole, and tables, in order, with the heading above each."""
    tables = {table.number: table for table in pack.tables}
    headings, pending, order = Headings(), None, list(_in_reading_order(pack))
    for at, (each, turned, restarts) in enumerate(order):
        if turned or restarts:
            headings.restart()  # what heads one item's papers is not said with another's
        if pending and (turned or (isinstance(each, TableMark) and each.first)):
            yield pending, pending.heading
            pending = None
        if isinstance(each, TableMark):
            if each.first:
                yield tables[each.number], PATH.join(tables[each.number].headings)
            continue
        if pending and _continues(pending, each):
            pending.pieces.append(_piece(each))
            pending.listed = bool(BULLET.match(each.text))
            continue
        if pending:
            yield pending, pending.heading
            pending = None
        headings.pass_by(each)
        chain = headings.chain[: None if each.level is None else -1]
        if each.level is None or (_speaks(each.text) and not _heads(each, order[at + 1 : at + 2])):
            pending = Paragraph([_piece(each)], PATH.join(chain), bool(BULLET.match(each.text)))
    if pending:
        yield pending, pending.heading


def _in_reading_order(pack: Pack) -> Iterator[tuple[Block | TableMark, bool, bool]]:
    """The blocks and tables of all pages; whether another agenda item begins with one, and whether a report does on its
    page, of which it is the first."""
    body = body_size([line for page in pack.pages for line in page.lines])
    marks, item = [mark for table in pack.tables for mark in _marks(table)], ""
    for page in pack.pages:
        mine = [mark for mark in marks if mark.page == page.number]
        page_blocks = blocks(page.number, page.lines, [mark.box for mark in mine], body)
        restarts = starts_report(page_blocks)
        for each in in_order(page_blocks, mine):
            turned = item != (item := page.item_at(each.box[1]))
            yield each, turned, restarts
            restarts = False


def _heads(block: Block, after: Sequence[tuple[Block | TableMark, bool, bool]]) -> bool:
    """Whether something stands under what looks like a heading: text, a table, or a heading of a lower level."""
    level = block.level
    return level is not None and any(
        not turned and (isinstance(each, TableMark) or each.level is None or each.level > level)
        for each, turned, _ in after
    )


def _speaks(text: str) -> bool:
    """Whether what looks like a heading may be a sentence, should nothing stand under it: "Meeting closed at 3pm"."""
    marked = text.isupper() or NAMED_PART.match(text) or PARAGRAPH_NUMBER.match(text)
    return len(text.split()) >= FEWEST_WORDS and not marked


def _marks(table: Table) -> Iterator[TableMark]:
    cells = [cell for row in table.rows for cell in row if cell]
    for page in sorted({cell.page for cell in cells}):
        yield TableMark(
            page, around([cell.box for cell in cells if cell.page == page]), table.number, page == table.page
        )


def _piece(block: Block) -> Piece:
    return Piece(block.text, block.page, block.box)


def _continues(paragraph: Paragraph, block: Block) -> bool:
    """Whether the block goes on with the paragraph: over the end of a page or a column, or as a short list under its
    introduction."""
    last = paragraph.pieces[-1]
    begins = BULLET.match(block.text) or PARAGRAPH_NUMBER.match(block.text)
    turned = block.page != last.page or (block.box[0] >= last.box[2] and block.box[1] < last.box[3])
    if turned and not begins and last.text.rstrip()[-1:] not in ".!?:;":
        unfinished = block.level is None and len(last.text.split()) >= UNFINISHED_WORDS
        return unfinished or block.text[:1].islower()
    if block.level is not None or not BULLET.match(block.text):
        return False
    introduced = paragraph.listed or last.text.rstrip().endswith(":")
    return introduced and len(f"{paragraph.text} {block.text}".split()) <= SHORT_WORDS


def _split(pack: Pack, paragraph: Paragraph) -> Iterator[Passage]:
    """The paragraph, in parts of whole sentences where it is too long."""
    part: list[Piece] = []
    for piece in _sentences(paragraph.pieces):
        words = sum(len(held.text.split()) for held in (*part, piece))
        if part and words > MOST_WORDS and part[-1].text.rstrip()[-1:] in ".!?;:":
            yield from _passage(pack, part, paragraph.heading)
            part = []
        part.append(piece)
    yield from _passage(pack, part, paragraph.heading)


def _sentences(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        for sentence in SENTENCE.split(piece.text):
            yield Piece(sentence, piece.page, piece.box)


def _passage(pack: Pack, pieces: Sequence[Piece], heading: str) -> Iterator[Passage]:
    text = " ".join(piece.text for piece in pieces)
    if sum(char.isalpha() for char in text) < FEWEST_LETTERS:
        return
    pages = sorted({piece.page for piece in pieces})
    places = tuple(pack.place(page, around([piece.box for piece in pieces if piece.page == page])) for page in pages)
    exempt = any(pack.exempt(pack.place(piece.page, piece.box)) for piece in pieces)
    yield Passage(text, heading, places, exempt)


# --- tables


def header_rows(table: Table) -> int:
    """How many leading rows give the title and name the columns; 0 where the first row is one like all others.

    A title stands alone in the first row. A header that has cells over several columns goes on in the next row.
    """
    grid = table.grid()
    count = 1 if sum(map(bool, grid[0])) == 1 and grid[0][0] else 0
    if count < len(grid) and not _tells(grid[count]):
        count += 1
        while count < min(HEADER_ROWS, len(grid) - 1) and _below_group(table, count) and not _tells(grid[count]):
            count += 1
    return count


def _below_group(table: Table, number: int) -> bool:
    """Whether the row stands under cells that span several of its columns, or fills the blanks beside such."""
    above, row = table.rows[number - 1], table.grid()[number]
    width = len(row)
    if any(cell and 1 < cell.columns < width for cell in above):
        return True
    filled = [column for column, text in enumerate(row) if text]
    return (
        not any(row[:2]) and len(filled) <= width / 2 and any(not table.text(number - 1, column) for column in filled)
    )


def _tells(row: Sequence[str]) -> bool:
    """Whether a row already tells of something: it begins with a code, or holds a figure or a long text."""
    told = [text for text in row if text]
    if (
        not told
        or (REFERENCE.fullmatch(row[0]) and not PERIOD.fullmatch(row[0]))
        or any(len(text.split()) > LONGEST_COLUMN_NAME for text in told)
    ):
        return True
    return any(FIGURE.fullmatch(text) and not YEAR.fullmatch(text) for text in told[1:])


def _rows(pack: Pack, table: Table, heading: str) -> Iterator[Passage]:
    """Each row as a sentence: "Havant, PI002 calls answered: Jan-21 75.15%, Feb-21 68.99%" or "Ref: RP4; Area: ..."."""
    grid = table.grid()
    count = header_rows(table)
    title = grid[0][0] if count and sum(map(bool, grid[0])) == 1 else ""
    names = _column_names(table, count)
    for number in range(count, len(grid)):
        told = [(names[c], text) for c, text in enumerate(grid[number]) if text]
        if len(told) == 1 and grid[number][0].upper() != grid[number][0].lower() and number + 1 < len(grid):
            title = grid[number][0]  # a row that heads those below it
        if not told:
            continue
        places = _row_places(pack, table, number)
        for part in _parts(_sentence(told, title)):
            yield Passage(part, heading, places, any(pack.exempt(place) for place in places))


def _sentence(told: Sequence[tuple[str, str]], title: str) -> str:
    """Figures under a few words are strung together; anything else is named cell by cell."""
    (_, subject), rest = told[0], told[1:]
    if rest and all(len(text.split()) <= 4 for _, text in rest):
        figures = ", ".join(f"{name} {text}".strip() for name, text in rest)
        return f"{', '.join(part for part in (subject, title) if part)}: {figures}"
    named = "; ".join(f"{name}: {text}" if name else text for name, text in told)
    return f"{title}: {named}" if title else named


def _column_names(table: Table, count: int) -> list[str]:
    """Each column's name out of all header rows; a merged one names every column that it spans."""
    width = len(table.rows[0])
    names: list[list[str]] = [[] for _ in range(width)]
    titled = sum(map(bool, table.grid()[0])) == 1
    for row in table.rows[1 if titled else 0 : count]:
        for column, cell in enumerate(row):
            if cell and cell.text and (cell.columns == 1 or cell.columns <= width / 2):
                for spanned in range(column, min(column + cell.columns, width)):
                    names[spanned].append(" ".join(cell.text.split()))
    return [" ".join(dict.fromkeys(parts)) for parts in names]


def _row_places(pack: Pack, table: Table, number: int) -> tuple[Place, ...]:
    cells: list[Cell] = [cell for cell in table.rows[number] if cell and cell.text]
    boxes = [at for cell in cells for at in ((cell.page, cell.box), *([cell.rest] if cell.rest else []))]
    return tuple(
        pack.place(page, around([box for on, box in boxes if on == page]), table.number, number, -1)
        for page in sorted({page for page, _ in boxes})
    )


def _parts(text: str) -> Iterator[str]:
    """A long row in parts of whole sentences, else of as many words as a passage holds."""
    part: list[str] = []
    for sentence in SENTENCE.split(text):
        for start in range(0, len(words := sentence.split()), MOST_WORDS):
            chunk = words[start : start + MOST_WORDS]
            if part and len(part) + len(chunk) > MOST_WORDS:
                yield " ".join(part)
                part = []
            part += chunk
    if part:
        yield " ".join(part)
