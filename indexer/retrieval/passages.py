"""A pack in passages, to be found by meaning: paragraphs with their headings, and the rows of its tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain, pairwise

from corpus.paper import PATH, Box, Pack, Page, Passage, Table
from indexer.parts import Aside
from indexer.retrieval.row_passages import MOST_WORDS, SENTENCE, row_passages
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

SHORT_WORDS = 60  # an introduction and its list of so many words are one passage
UNFINISHED_WORDS = 8  # a last line of so many without a full stop goes on overleaf
ENDLESS = 600  # words without the end of a sentence: no more of them are one passage
FEWEST_LETTERS = 3
MOST = 2000  # passages of a paper, in memory
FEWEST_WORDS = 3  # of a line under which nothing stands

Placed = tuple[Block | TableMark, bool, bool]  # whether an agenda item begins with it, and whether a report does


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


def passages(pack: Pack) -> Sequence[Passage]:
    """The passages of a pack in reading order, each of about 120 words at most, with a place for each page."""
    found = Aside(MOST).put(_of_elements(pack))
    pages = [[place.page for place in passage.places] for passage in found]
    told = set(chain.from_iterable(pages))
    alone = (passage for page in pack.pages if page.number not in told for passage in _headings_alone(pack, page))
    by_page = sorted(range(len(found)), key=lambda at: pages[at][0])
    return Aside(MOST).put(merge((found[at] for at in by_page), alone, key=lambda each: each.places[0].page))


def _of_elements(pack: Pack) -> Iterator[Passage]:
    for each, heading in _elements(pack):
        yield from row_passages(pack, each, heading) if isinstance(each, Table) else _split(pack, each)


def _headings_alone(pack: Pack, page: Page) -> Iterator[Passage]:
    """A page of nothing but headings, such as a slide, as a passage."""
    if page.lines:
        yield from _passage(pack, [Piece(line.text, page.number, line.box) for line in page.lines], "")


def _elements(pack: Pack) -> Iterator[tuple[Paragraph | Table, str]]:
    """Paragraphs, whole, and tables, in order, with the heading above each."""
    tables = {table.number: table for table in pack.tables}
    headings, pending = Headings(), None
    for placed, after in pairwise(chain(_in_reading_order(pack), [None])):
        assert placed
        each, turned, restarts = placed
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
        above = headings.chain[: None if each.level is None else -1]
        if each.level is None or (_speaks(each.text) and not _heads(each, after)):
            pending = Paragraph([_piece(each)], PATH.join(above), bool(BULLET.match(each.text)))
    if pending:
        yield pending, pending.heading


def _in_reading_order(pack: Pack) -> Iterator[Placed]:
    """The blocks and tables of all pages; whether another agenda item begins with one, and whether a report does on its
    page, of which it is the first."""
    body = body_size(line for page in pack.pages for line in page.lines)
    marks, item = [mark for table in pack.tables for mark in _marks(table)], ""
    for page in pack.pages:
        mine = [mark for mark in marks if mark.page == page.number]
        page_blocks = blocks(page.number, page.lines, [mark.box for mark in mine], body)
        restarts = starts_report(page_blocks)
        for each in in_order(page_blocks, mine):
            turned = item != (item := page.item_at(each.box[1]))
            yield each, turned, restarts
            restarts = False


def _heads(block: Block, after: Placed | None) -> bool:
    """Whether something stands under what looks like a heading: text, a table, or a heading of a lower level."""
    if block.level is None or after is None:
        return False
    each, turned, _ = after
    return not turned and (isinstance(each, TableMark) or each.level is None or each.level > block.level)


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
        if part and (words > ENDLESS or (words > MOST_WORDS and part[-1].text.rstrip()[-1:] in ".!?;:")):
            yield from _passage(pack, part, paragraph.heading)
            part = []
        part.append(piece)
    yield from _passage(pack, part, paragraph.heading)


def _sentences(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        for sentence in SENTENCE.split(piece.text):
            for text in (sentence,) if len(words := sentence.split()) <= ENDLESS else _chunks(words):
                yield Piece(text, piece.page, piece.box)


def _chunks(words: Sequence[str]) -> Iterator[str]:
    return (" ".join(words[start : start + ENDLESS]) for start in range(0, len(words), ENDLESS))


def _passage(pack: Pack, pieces: Sequence[Piece], heading: str) -> Iterator[Passage]:
    text = " ".join(piece.text for piece in pieces)
    if sum(char.isalpha() for char in text) < FEWEST_LETTERS:
        return
    pages = sorted({piece.page for piece in pieces})
    places = tuple(pack.place(page, around([piece.box for piece in pieces if piece.page == page])) for page in pages)
    exempt = any(pack.exempt(pack.place(piece.page, piece.box)) for piece in pieces)
    yield Passage(text, heading, places, exempt)
