"""References such as "LI32" in a picture, in which an I, an l and a one, or an O and a nought, cannot be told apart by
sight: they are read as most of the paper's references begin."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from indexer.sheet import Grid, Sheet

REFERENCE = re.compile(
    r"(?<![\w£.,])(?P<letters>[A-Z]{1,4}[!|]?|[A-Z]{1,3}[!|][A-Z]?)(?P<gap>[- ]?)(?P<number>\d{1,4})(?![\w%]|[.,]\d)"
)
ALIKE = str.maketrans("1l|!TL0", "IIIIIIO")  # what looks alike, as a letter
FIRST = re.compile(r"(?<![\w£.,'’])(?P<letter>[A-HJ-NP-Z])[iIl|](?![\w'’])")  # "Pi" beside "P2" and "P3"
USUAL = 3  # references that begin alike, at least
RARE = 0.5  # of these, at most: those that are misread


def settled(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with the references in pictures spelt as the paper's others are."""
    if not any(sheet.ocr for sheet in sheets):
        return list(sheets)
    references = [found for sheet in sheets for text in _cells(sheet) for found in REFERENCE.finditer(text)]
    kinds = Counter(map(_kind, references))
    told = {found["letters"] + found["number"] for found in references}
    counted = {letters for letters, _ in kinds if {f"{letters}2", f"{letters}3"} <= told}
    spelt = {kind: _usual(kind, kinds) for kind in kinds}

    def whole(text: str) -> str:
        text = FIRST.sub(lambda found: f"{found['letter']}1" if found["letter"] in counted else found[0], text)
        return REFERENCE.sub(lambda found: _respelt(found, spelt.get(_kind(found))), text)

    return [_spelt(sheet, whole) if sheet.ocr else sheet for sheet in sheets]


Kind = tuple[str, int]  # the letters, and how many digits


def _kind(found: re.Match[str]) -> Kind:
    return found["letters"], len(found["number"])


def _cells(sheet: Sheet) -> Iterator[str]:
    yield from (cell.text for grid in sheet.grids for row in grid.rows for cell in row if cell)
    yield from (line.text for line in sheet.lines)


def _usual(kind: Kind, kinds: Counter[Kind]) -> Kind:
    """The kind of reference that looks like a rare one and is usual."""
    alike = [one for one in kinds if one != kind and _shape(one) == _shape(kind)]
    best = max(alike, key=lambda one: kinds[one], default=kind)
    return best if kinds[best] >= USUAL and kinds[kind] <= RARE * kinds[best] and best[0].isalpha() else kind


def _shape(kind: Kind) -> tuple[int, str]:
    """How long a reference is, and what its first character looks like."""
    return len(kind[0]) + kind[1], kind[0][0].translate(ALIKE)


def _respelt(found: re.Match[str], kind: Kind | None) -> str:
    if kind is None or kind == _kind(found):
        return found[0]
    letters, digits = kind
    signs = found["letters"] + found["number"]
    head, number = signs[: len(letters)], signs[len(letters) :].translate(str.maketrans("IlO|!", "11011"))
    if head.translate(ALIKE) != letters.translate(ALIKE) or not number.isdecimal() or len(number) != digits:
        return found[0]
    return letters + found["gap"] + number


def _spelt(sheet: Sheet, whole: Callable[[str], str]) -> Sheet:
    lines = tuple(replace(line, text=whole(line.text)) for line in sheet.lines)
    return replace(sheet, lines=lines, grids=tuple(_grid(grid, whole) for grid in sheet.grids))


def _grid(grid: Grid, whole: Callable[[str], str]) -> Grid:
    rows = tuple(tuple(cell and replace(cell, text=whole(cell.text)) for cell in row) for row in grid.rows)
    return replace(grid, rows=rows, lines=tuple(replace(line, text=whole(line.text)) for line in grid.lines))
