"""A picture of a page becomes a sheet: straightened, evened, its rules taken out, read twice, and its words handed to
the finder of tables like a PDF's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from PIL import Image

from corpus.errors import PaperError
from corpus.paper import line_of
from indexer import page as objects
from indexer import pdf
from indexer.scan import cells, doubt, lettering, picture, tesseract
from indexer.scan.light import evenly_lit
from indexer.scan.picture import Grey, Ink
from indexer.scan.shades import shades
from indexer.scan.slanting import slanting
from indexer.scan.tesseract import Word
from indexer.scan.worded import is_faint, is_odd
from indexer.sheet import Grid, Sheet
from indexer.tasks import Picture
from kpi_tools.figures import UNSURE

DPI = 300  # what tesseract reads best
MOST_PIXELS = 30_000_000  # a plan as large as a wall is read more coarsely
SECOND = 0.75  # the second reading's size of the first's
POOR = 70.0  # of 100: where the usual word is read no better, the page may lie on its side or upside down
FEW = 5  # words that say whether it does
LETTER, MARGIN = 32, 20  # pixels: how high a word is that is read by itself, and the white around it
EDGE = 4  # pixels around it


@dataclass(frozen=True, slots=True)
class Read:
    """A picture the right way up: as it is, made `plain` for reading, its rules, and what was read at first."""

    straight: Grey
    plain: Grey
    ruled: list[picture.Rule]
    words: list[Word]


def read_page(task: Picture) -> Sheet | None:
    """The sheet of a page that is a picture; None where it cannot be drawn, or no words are found in it. Top-level, for
    worker processes."""
    dpi = round(min(DPI, 72 * (MOST_PIXELS / max(task.width * task.height, 1)) ** 0.5))
    try:
        return read_picture(pdf.picture(task.path, task.page, dpi), task.page, dpi)
    except PaperError:
        return None


def read_picture(grey: Grey, number: int, dpi: int) -> Sheet | None:
    """The sheet of a page's picture; None where no words are found in it, or tesseract fails."""
    scale = dpi / 72
    best: Read | None = None
    grey = evenly_lit(grey, scale)
    turns = [0]
    for turn in turns:
        straight = picture.straightened(np.rot90(grey, turn))
        upright = picture.without_specks(picture.evened(straight, scale), scale)
        ruled = picture.rules(upright, scale)
        plain = picture.without(upright, ruled)
        words = tesseract.words(plain, dpi)
        if words is None:
            return None
        if best is None or _worth(words) > _worth(best.words):
            best = Read(straight, plain, ruled, words)
        if _well_read(words):
            break
        if turn == 0:  # the likeliest first, as each is read whole
            turns += [1, 3, 2] if picture.lies(plain) else [2, 1, 3]
    return _sheet(best, number, dpi) if best else None


def _telling(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if sum(map(str.isalnum, word.text)) > 2]


def _well_read(words: Sequence[Word]) -> bool:
    telling = _telling(words)
    return len(telling) >= FEW and median(word.sure for word in telling) > POOR


def _worth(words: Sequence[Word]) -> float:
    return sum(word.sure - POOR / 2 for word in _telling(words))


def _sheet(read: Read, number: int, dpi: int) -> Sheet | None:
    plain, scale, inked = read.plain, dpi / 72, picture.ink(read.plain)
    seen = [_tight(word, inked) for word in read.words if is_odd(word) or not _smudge(word)]
    second = _second(plain, dpi)
    if not _telling(seen) or second is None:
        return None
    told = doubt.marked(seen, second, inked, lambda disputed: _alone(disputed, plain))
    spelt = {word: text for word, text in zip(seen, told, strict=True) if text}
    stamped = slanting(list(spelt), inked)
    kept = [word for word in spelt if word not in stamped]
    texts, across = [spelt[word] for word in kept], " ".join(spelt[word] for word in spelt if word in stamped)
    chars = lettering.characters(kept, texts, inked, scale)
    lines = lettering.drawn(read.ruled, scale)
    rects = lettering.filled(shades(read.straight, scale), scale)
    size = plain.shape[1] / scale, plain.shape[0] / scale
    page = objects.Page(number, *size, chars, lines=lines, rects=rects, across=across)
    sheet = objects.sheet(page)
    unread = doubt.unread(list(spelt), inked)
    whole = (_checked(cells.whole(grid, kept, scale)) for grid in sheet.grids)
    grids = tuple(replace(grid, rows=cells.unread(grid.rows, unread, scale)) for grid in whole)
    return replace(sheet, grids=grids, scanned=False, ocr=True)


def _smudge(word: Word) -> bool:
    """What is no word: marks that are not trusted, and letters that are hardly trusted at all."""
    if re.search(r"\d", word.text):
        return False
    return is_faint(word) if re.search(r"\w", word.text) else word.sure < POOR


def _tight(word: Word, inked: Ink) -> Word:
    """The word with its box as high as its ink."""
    rows = np.flatnonzero(inked[int(word.top) : int(word.bottom), int(word.x0) : int(word.x1)].any(axis=1))
    return replace(word, top=word.top + rows[0], bottom=word.top + rows[-1] + 1) if len(rows) else word


def _second(plain: Grey, dpi: int) -> list[Word] | None:
    """Another reading of the picture, smaller and of another kind, in the first one's pixels."""
    size = (round(plain.shape[1] * SECOND), round(plain.shape[0] * SECOND))
    small = np.asarray(Image.fromarray(plain).resize(size, Image.Resampling.LANCZOS))
    words = tesseract.words(small, round(dpi * SECOND), tesseract.SPARSE)
    return words and [
        replace(w, x0=w.x0 / SECOND, top=w.top / SECOND, x1=w.x1 / SECOND, bottom=w.bottom / SECOND) for w in words
    ]


def _alone(words: Sequence[Word], plain: Grey) -> list[str]:
    """Each word as it is read by itself, far from all others, all in one size; "" where nothing is read."""
    return tesseract.lines([_apart(word, plain) for word in words], DPI)


def _apart(word: Word, plain: Grey) -> Grey:
    part = plain[
        max(0, int(word.top) - EDGE) : int(word.bottom) + EDGE, max(0, int(word.x0) - EDGE) : int(word.x1) + EDGE
    ]
    width = max(1, round(part.shape[1] * LETTER / part.shape[0]))
    sized = Image.fromarray(part).resize((width, LETTER), Image.Resampling.LANCZOS)
    return np.pad(np.asarray(sized), MARGIN, constant_values=255)


def _checked(grid: Grid) -> Grid:
    """The table with figures that lost or gained a point, by their rows and columns, as unsure."""
    texts = [[line_of(cell) for cell in row] for row in grid.rows]
    wrong = {(r, c) for r, row in enumerate(texts) for c in doubt.misplaced(row)}
    wrong |= {(r, c) for c, column in enumerate(zip(*texts, strict=True)) for r in doubt.misplaced(column)}
    rows = tuple(tuple(cell and replace(cell, text=UNSURE) if (r, c) in wrong else cell for c, cell in enumerate(row))
                 for r, row in enumerate(grid.rows))  # fmt: skip
    return replace(grid, rows=rows)
