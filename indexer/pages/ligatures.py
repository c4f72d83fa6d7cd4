"""Letters that are drawn as one, where the file itself says what they read as: PDFium makes several characters of
them. It shares the box of their ink out from left to right, whichever way they run, and inside of a form leaves that
box where it would stand on a page of its own."""

import ctypes
from collections.abc import Iterator

from indexer.pages import calls
from indexer.pages.calls import Sides
from indexer.pages.drawings import Matrix, times
from indexer.pages.library import Pointer

SAME = 1e-3  # by which numbers of two matrices differ that are one
LEAST = 1e-9  # a matrix whose letters are flatter leads nowhere

_room = calls.Floats(6)
_origin = (ctypes.c_double * 2)()
_x, _y = (Pointer(ctypes.addressof(_origin) + 8 * number) for number in range(2))


def way_out(whole: list[float], thing: Pointer) -> Matrix | None:
    """What moves a box out of a form onto the page, for letters of the matrix `whole` there; None where the text object
    `thing` is in no form, or in one that moves nothing."""
    calls.matrix_of(thing, _room.at[0])
    own = _room.read()
    if own == whole:
        return None
    a, b, c, d, e, f = own
    area = a * d - b * c
    if abs(area) < LEAST or max(abs(x - y) for x, y in zip(own, whole, strict=True)) < SAME:
        return None
    return times((d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area), whole)


def are_pieces(textpage: Pointer, first: int, last: int) -> bool:
    """Whether of the characters from `first` to before `last` some share out the box of one: they begin at one place.
    Where the font alone tells them, each has the whole box, which stands where it ought to."""
    places, lefts = set(), set()
    for at in range(first, last):
        calls.origin_of(textpage, at, _x, _y)
        places.add(tuple(_origin))
        calls.box_of(textpage, at, _room.at[0])
        lefts.add(_room.read()[0])
    return len(places) < len(lefts) == last - first


def placed(sides: Sides, first: int, last: int, out: Matrix | None, slope: float) -> Iterator[tuple[int, int]]:
    """Put the boxes of characters that are drawn as one where they stand, and give what of them is as high as one
    another. `slope`: above 0 for those that run upwards in the PDF's own coordinates, below for downwards."""
    if out:
        for at in range(first, last):
            _move(sides, at, out)
    if not slope:
        yield first, last
        return
    lefts, heads, rights, feet = sides
    left, right = min(lefts[first:last]), max(rights[first:last])
    foot = min(feet[first:last])
    step = (max(heads[first:last]) - foot) / (last - first)
    for at in range(first, last):
        number = at - first if slope > 0 else last - 1 - at
        lefts[at], rights[at] = left, right
        feet[at], heads[at] = foot + number * step, foot + (number + 1) * step
        yield at, at + 1


def _move(sides: Sides, at: int, by: Matrix) -> None:
    lefts, heads, rights, feet = sides
    a, b, c, d, e, f = by
    x0, y0, x1, y1 = lefts[at], feet[at], rights[at], heads[at]
    lefts[at], rights[at] = sorted((a * x0 + c * y0 + e, a * x1 + c * y1 + e))
    feet[at], heads[at] = sorted((b * x0 + d * y0 + f, b * x1 + d * y1 + f))
