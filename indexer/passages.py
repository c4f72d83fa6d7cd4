"""A pack in passages, to be found by meaning: paragraphs with their headings, and table rows as sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.paper import Box, Cell, Pack, Passage, Place, Table
from indexer.layout import (
    BULLET,
    PARAGRAPH_NUMBER,
    Block,
    Headings,
    TableMark,
    around,
    blocks,
    body_size,
    in_order,
    starts_report,
)

MOST_WORDS = 120
SHORT_WORDS = 60  # an introduction and its list of so many words are one passage
UNFINISHED_WORDS = 8  # a last line of so many without a full stop goes on overleaf
FEWEST_LETTERS = 3
HEADER_ROWS = 4  # at most
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


def passages(pack: Pack) -> tuple[Passage, ...]:
    """The passages of a pack in reading order, each of about 120 words at most, with a place for each page."""
    found: list[Passage] = []
    for each, heading in _elements(pack):
        if isinstance(each, Table):
            found += _rows(pack, each, heading)
        else:
            found += _split(pack, each)
    return tuple(found)


def _elements(pack: Pack) -> Iterator[tuple[Paragraph | Table, str]]:
    """Paragraphs, whole, and tables, in order, with the heading above each."""
    body = body_size([line for page in pack.pages for line in page.lines])
    tables = {table.number: table for table in pack.tables}
    marks = [mark for table in pack.tables for mark in _marks(table)]
    headings, pending = Headings(), None
    for page in pack.pages:
        mine = [mark for mark in marks if mark.page == page.number]
        page_blocks = blocks(page.number, page.lines, [mark.box for mark in mine], body)
        if starts_report(page_blocks):
            headings.restart()
        for each in in_order(page_blocks, mine):
            if isinstance(each, TableMark):
                if each.first:
                    if pending:
                        yield pending, pending.heading
                        pending = None
                    table = tables[each.number]
                    yield table, (table.headings or ("",))[-1]
                continue
            if pending and _continues(pending, each):
                pending.pieces.append(_piece(each))
                pending.listed = bool(BULLET.match(each.text))
                continue
            if pending:
                yield pending, pending.heading
                pending = None
            headings.pass_by(each)
            if each.level is None:
                pending = Paragraph([_piece(each)], (headings.chain or ("",))[-1], bool(BULLET.match(each.text)))
    if pending:
        yield pending, pending.heading


def _marks(table: Table) -> Iterator[TableMark]:
    cells = [cell for row in table.rows for cell in row if cell]
    for page in sorted({cell.page for cell in cells}):
        yield TableMark(
            page, around([cell.box for cell in cells if cell.page == page]), table.number, page == table.page
        )


def _piece(block: Block) -> Piece:
    return Piece(block.text, block.page, block.box)


def _continues(paragraph: Paragraph, block: Block) -> bool:
    """Whether the block goes on with the paragraph: over the page's end, or as a short list under its introduction."""
    last = paragraph.pieces[-1]
    begins = BULLET.match(block.text) or PARAGRAPH_NUMBER.match(block.text)
    if block.page != last.page and not begins and last.text.rstrip()[-1:] not in ".!?:;":
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
    yield Passage(text, heading, places, any(pack.exempt(page) for page in pages))


# --- tables


def header_rows(table: Table) -> int:
    """How many leading rows name the columns (or the table); 0 where the first row already tells of something.

    The header ends before the first row whose first cell and another one hold text of which some is a figure, or, in
    a table without figures, after its first row.
    """
    grid = table.grid()
    for number, row in enumerate(grid[: HEADER_ROWS + 1]):
        told = [text for text in row if text]
        if number and row[0] and len(told) > 1 and sum(_telling(text) for text in told[1:]) * 2 >= len(told) - 1:
            return number
    first = [text for text in grid[0] if text]
    alone = len(first) == 1 and any(cell and cell.columns > 1 for cell in table.rows[0])
    if any(_telling(text) for text in first[1:]) and not alone:
        return 0
    return 2 if alone and len(grid) > 2 else 1


def _telling(text: str) -> bool:
    """Whether the text is a figure ("45.66%", "£7,300") and not a column's name with one in it ("Q1 2023/24")."""
    return bool(
        re.fullmatch(r"[<>≤≥~£$(+−–-]*\s*£?\d[\d,]*(\.\d+)?\s*(%|[kKmM]|bn|days?)?\)?\*?", text)
    ) and not re.fullmatch(r"(19|20)\d\d", text)


def _rows(pack: Pack, table: Table, heading: str) -> Iterator[Passage]:
    """Each row as a sentence: "Havant, PI002 calls answered: Jan-21 75.15%, Feb-21 68.99%" or "Ref: RP4; Area: ..."."""
    grid = table.grid()
    count = header_rows(table)
    title = next((row[0] for row in grid[:count] if sum(map(bool, row)) == 1), "")
    names = _column_names(table, count)
    for number in range(count, len(grid)):
        told = [(names[c], text) for c, text in enumerate(grid[number]) if text]
        if not told:
            continue
        places = _row_places(pack, table, number)
        text = _sentence(told, title)
        for part in _parts(text):
            yield Passage(part, heading, places, any(pack.exempt(place.page) for place in places))


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
    for row in table.rows[:count]:
        for column, cell in enumerate(row):
            if cell and cell.text and cell.columns < width:
                for spanned in range(column, min(column + cell.columns, width)):
                    names[spanned].append(" ".join(cell.text.split()))
    return [" ".join(dict.fromkeys(parts)) for parts in names]


def _row_places(pack: Pack, table: Table, number: int) -> tuple[Place, ...]:
    cells: list[Cell] = [cell for cell in table.rows[number] if cell and cell.text]
    return tuple(
        pack.place(page, around([cell.box for cell in cells if cell.page == page]), table.number, number, -1)
        for page in sorted({cell.page for cell in cells})
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
