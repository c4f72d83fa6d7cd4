"""Words that the end of a line parts are put together: "commit-" and "tee" are a committee, "48-" and "hour" are
"48-hour"."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from corpus.paper import Cell, Line
from indexer.sheet import Grid, Sheet, set_aside
from indexer.text.known import known_words

PARTED = re.compile(r"(?P<head>\w[\w'’]*)-$")
BEGINS = re.compile(r"(?P<tail>\w[\w'’]*)(?P<rest>\S*)\s*")
IN_CELL = re.compile(r"(?P<head>\w[\w'’]*)-[ \t]*\n(?P<tail>\w[\w'’]*)")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
FARTHEST = 2.5  # line heights: what stands lower goes on with nothing
PREFIXES = frozenset(
    ("anti", "co", "cross", "ex", "inter", "mid", "multi", "non", "pre", "post", "re", "self", "semi", "sub")
)
KEEPING = frozenset(("cross", "non", "self"))  # these keep their hyphen before any word of so many letters,
WORD_LETTERS = 4
ENDING = 3  # letters that may differ in another form of a word ("re-issue", "re-issuing"), whose stem has
STEM = 4  # letters at least
SHORTEST = 2  # letters of a word that stands for itself


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How often each word, also one with a hyphen, stands whole in the paper, and what words there are at all."""

    here: Mapping[str, int]
    known: Collection[str]

    def whole(self, head: str, tail: str) -> str:
        """The word that the two halves are."""
        joined, hyphened = f"{head}{tail}", f"{head}-{tail}"
        one, two = self.here.get(joined.lower(), 0), self.here.get(hyphened.lower(), 0)
        named = tail[:1].isupper() and not (head.isupper() and tail.isupper())
        if named or not joined.isalpha() or two > one:
            return hyphened
        if one:
            return joined
        if self._forms(head.lower(), tail.lower()) or self._keeps(head.lower(), tail.lower()):
            return hyphened
        if joined.lower() in self.known:
            return joined
        if head.isupper() or head.lower() in PREFIXES:  # capitals: a reference's letters
            return hyphened
        both = all(len(half) >= SHORTEST and half.lower() in self.known for half in (head, tail))
        return hyphened if both else joined

    def _forms(self, head: str, tail: str) -> bool:
        """Whether the paper writes more of the word's other forms with the hyphen than without."""
        if head not in PREFIXES or len(tail) < STEM:
            return False
        stem = tail[: max(STEM, len(tail) - ENDING)]
        counts = [
            sum(self.here[word] for word in self.here if word.startswith(head + join + stem)) for join in ("-", "")
        ]
        return counts[0] > counts[1]

    def _keeps(self, head: str, tail: str) -> bool:
        return head in KEEPING and len(tail) >= WORD_LETTERS and tail in self.known


def mended(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with words whole that were parted at the ends of lines, in text and in cells."""
    if not any(_is_parted(sheet) for sheet in sheets):
        return list(sheets)
    counts = Counter(word.lower() for sheet in sheets for text in _texts(sheet) for word in WORD.findall(text))
    evidence = _Evidence(counts, known_words())
    return set_aside(_mended_sheets(sheets, evidence))


def _mended_sheets(sheets: Sequence[Sheet], evidence: _Evidence) -> Iterator[Sheet]:
    every = _mended_lines(((sheet.number, line) for sheet in sheets for line in sheet.lines), evidence)
    paged = groupby(every, key=itemgetter(0))
    number, lines = next(paged, (0, ()))
    for sheet in sheets:
        grids = tuple(_mended_grid(grid, evidence) for grid in sheet.grids)
        if sheet.number == number:
            yield replace(sheet, lines=tuple(line for _, line in lines), grids=grids)
            number, lines = next(paged, (0, ()))
        else:
            yield replace(sheet, lines=(), grids=grids)


def _is_parted(sheet: Sheet) -> bool:
    return any(line.text.endswith("-") for line in sheet.lines) or any("-\n" in cell.text for cell in _cells(sheet))


def _cells(sheet: Sheet) -> Iterable[Cell]:
    return (cell for grid in sheet.grids for row in grid.rows for cell in row if cell)


def _texts(sheet: Sheet) -> Iterable[str]:
    """The texts of lines and cells without the halves of words."""
    for line in sheet.lines:
        yield PARTED.sub("", line.text)
    for cell in _cells(sheet):
        yield IN_CELL.sub(" ", cell.text)


def _mended_lines(lines: Iterable[tuple[int, Line]], evidence: _Evidence) -> Iterator[tuple[int, Line]]:
    last: tuple[int, Line] | None = None
    for page, whole in lines:
        line = whole
        head = PARTED.search(last[1].text) if last else None
        tail = BEGINS.match(line.text)
        if last and head and tail and _goes_on(last, (page, line)):
            word = evidence.whole(head["head"], tail["tail"]) + tail["rest"]
            last = last[0], replace(last[1], text=last[1].text[: head.start()] + word)
            line = replace(line, text=line.text[tail.end() :])
        if line.text:
            if last:
                yield last
            last = page, line
    if last:
        yield last


def _goes_on(above: tuple[int, Line], below: tuple[int, Line]) -> bool:
    """Whether the line is the next of the same text: just below, in the next column, or overleaf."""
    (page, last), (other, line) = above, below
    if abs(last.size - line.size) > 0.6 or other > page + 1:
        return False
    gap = line.box[1] - last.box[3]
    return other > page or gap < 0 or gap <= FARTHEST * (last.box[3] - last.box[1])


def _mended_grid(grid: Grid, evidence: _Evidence) -> Grid:
    rows = tuple(tuple(cell and replace(cell, text=_whole(cell.text, evidence)) for cell in row) for row in grid.rows)
    lines = tuple(line for _, line in _mended_lines([(grid.page, line) for line in grid.lines], evidence))
    return replace(grid, rows=rows, lines=lines)


def _whole(text: str, evidence: _Evidence) -> str:
    return IN_CELL.sub(lambda parted: evidence.whole(parted["head"], parted["tail"]), text) if "-" in text else text
