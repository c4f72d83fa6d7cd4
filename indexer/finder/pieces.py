"""Cells and rows in the making."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.finder.text import GAP, Line, Word, is_figure, is_year, phrases

NEAR = 0.36  # of the size: words nearer than this are one phrase, even at a cut


@dataclass
class Piece:
    """A cell in the making: its first and last column and its words."""

    first: int
    last: int
    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)


@dataclass
class TableRow:
    """A row in the making: its pieces, and from where to where it goes."""

    pieces: list[Piece]
    top: float
    bottom: float
    size: float
    header: bool = False
    columns: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = {column for piece in self.pieces for column in range(piece.first, piece.last + 1)}

    @property
    def spans(self) -> bool:
        return any(piece.last > piece.first for piece in self.pieces)

    def at(self, column: int) -> Piece | None:
        return next((piece for piece in self.pieces if piece.first <= column <= piece.last), None)

    def give(self, piece: Piece, row: "TableRow") -> None:
        """Let another row have what stands in a column."""
        self.pieces.remove(piece)
        self.columns.discard(piece.first)
        row.take(TableRow([piece], row.top, row.bottom, row.size))

    def take(self, other: "TableRow") -> None:
        """Put another row's pieces under this one's."""
        for piece in other.pieces:
            mine = [own for own in self.pieces if own.first <= piece.last and piece.first <= own.last]
            if mine:
                mine[0].words += piece.words
                mine[0].first, mine[0].last = min(mine[0].first, piece.first), max(mine[0].last, piece.last)
                for own in mine[1:]:
                    mine[0].words += own.words
                    mine[0].last = max(mine[0].last, own.last)
                    self.pieces.remove(own)
            else:
                self.pieces.append(piece)
        self.pieces.sort(key=lambda piece: piece.first)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self.columns |= other.columns


def row_of(line: Line, cuts: Sequence[float]) -> TableRow:
    pieces: list[Piece] = []
    across = len(line.phrases) == 1 and any(w.x0 + 1 < cut < w.x1 - 1 for w in line.words for cut in cuts)
    for phrase in [line.words] if across else _parted(line.words, cuts):
        first, last = _column(phrase[0].x0, phrase[0].x1, cuts), _column(phrase[-1].x0, phrase[-1].x1, cuts)
        if pieces and pieces[-1].last >= first:
            pieces[-1].words += phrase
            pieces[-1].last = max(last, pieces[-1].last)
        else:
            pieces.append(Piece(first, last, list(phrase)))
    return TableRow(pieces, line.top, line.bottom, line.size)


def _parted(words: Sequence[Word], cuts: Sequence[float]) -> list[list[Word]]:
    """The line's words in phrases, parted at cuts where there is some room."""
    found: list[list[Word]] = []
    for phrase in phrases(words, GAP):
        found.append([phrase[0]])
        for before, after in pairwise(phrase):
            room = after.x0 - before.x1 > NEAR * after.size
            if room and any(before.x1 - 1 <= cut <= after.x0 + 1 for cut in cuts):
                found.append([after])
            else:
                found[-1].append(after)
    return found


def _column(x0: float, x1: float, cuts: Sequence[float]) -> int:
    return bisect_left(cuts, (x0 + x1) / 2)


def figures(row: TableRow) -> bool:
    """Whether most of what stands beside the first column is figures; a row of years is a header."""
    beside = [piece for piece in row.pieces if piece.first > 0]
    told = [piece for piece in beside if is_figure(piece.text)]
    years = [piece for piece in beside if is_year(piece.text)]
    return len(told) * 2 >= len(beside) and len(told) > 0 and len(years) < len(beside)


def is_full(above: Piece, below: Piece, edges: Sequence[float], blank: float = 0.5) -> bool:
    """Whether the line above had no room for the first word below, as a column keeps `blank` of the size free."""
    foot = max(word.bottom for word in above.words)
    end = max(word.x1 for word in above.words if word.bottom > foot - 3)
    word = below.words[0]
    return end + 0.25 * word.size + (word.x1 - word.x0) > edges[above.last] - blank * word.size
