"""What is drawn on a page, as lines, rectangles, curves and pictures in pdfplumber's form, by PDFium."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.page import Thing
from indexer.pages import calls
from indexer.pages.library import Pointer

PATH, IMAGE, FORM = 2, 3, 5  # kinds of objects
CURVE, MOVE = 1, 2  # kinds of a path's pieces

DEEPEST = 12  # forms within forms
LONG = 260  # pieces of a path that may be the outline of something; a frame with round corners may have 200
SUBPATH = 18  # pieces that a line, a rectangle or one with round corners has at most

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@dataclass(slots=True)
class Drawings:
    """What is drawn on a page, outside and inside of forms."""

    shown: Matrix
    lines: list[Thing] = field(default_factory=list)
    rects: list[Thing] = field(default_factory=list)
    curves: list[Thing] = field(default_factory=list)
    images: list[Thing] = field(default_factory=list)
    floats: calls.Floats = field(default_factory=lambda: calls.Floats(6))
    point: calls.Floats = field(default_factory=lambda: calls.Floats(2))
    integers: calls.Integers = field(default_factory=calls.Integers)

    def walk(self, things: list[Pointer], matrix: Matrix, depth: int) -> None:
        """Take up paths and pictures, and go into forms. `matrix` leads to the page as it is shown."""
        for thing, kind in zip(things, map(calls.kind_of, things), strict=True):
            if kind == PATH:
                self._path(thing, matrix)
            elif kind == IMAGE:
                self._image(thing, matrix)
            elif kind == FORM and depth < DEEPEST:
                inner = [calls.form_object_at(thing, at) for at in range(calls.form_objects(thing))]
                self.walk(inner, times(self._matrix(thing), matrix), depth + 1)

    def _matrix(self, thing: Pointer) -> Matrix:
        if not calls.matrix_of(thing, self.floats.at[0]):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        a, b, c, d, e, f = self.floats.read()
        return a, b, c, d, e, f

    def _image(self, thing: Pointer, matrix: Matrix) -> None:
        if calls.bounds_of(thing, *self.floats.at[:4]):
            left, bottom, right, top, _, _ = self.floats.read()
            a, b, c, d, e, f = matrix
            corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
            placed = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
            self.images.append(_extent(placed))

    def _path(self, thing: Pointer, matrix: Matrix) -> None:
        if not calls.draw_mode(thing, self.integers.at[0], self.integers.at[1]):
            return
        fill, stroke, _, _ = self.integers.read()
        if (not fill and not stroke) or self._outlines(thing):
            return
        matrix = times(self._matrix(thing), matrix)
        colour = self._colour(thing) if fill else None
        style = {"fill": bool(fill), "stroke": bool(stroke), "non_stroking_color": colour}
        for points, curved in self._pieces(thing, matrix):
            if len(points) > 1:
                self._take(points, curved, style)

    def _outlines(self, thing: Pointer) -> bool:
        """Whether a path is a long line without end, of a map or a chart, and no rules."""
        if calls.segments(thing) < LONG:
            return False
        kinds = (calls.segment_kind(calls.segment_at(thing, at)) for at in range(1, SUBPATH))
        return MOVE not in kinds

    def _colour(self, thing: Pointer) -> tuple[float, float, float] | None:
        if not calls.fill_colour(thing, *self.integers.at):
            return None
        red, green, blue, _ = self.integers.read()
        return red / 255, green / 255, blue / 255

    def _pieces(self, thing: Pointer, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
        """The subpaths: their points, and whether they are curved."""
        segment_at, segment_kind, segment_point = calls.segment_at, calls.segment_kind, calls.segment_point
        a, b, c, d, e, f = matrix
        x, y = self.point.at
        read = self.point.read
        points: list[Point] = []
        bent = 0
        for at in range(calls.segments(thing)):
            segment = segment_at(thing, at)
            kind = segment_kind(segment)
            if kind == CURVE:
                bent += 1
                if bent % 3:  # a control point
                    continue
            segment_point(segment, x, y)
            across, up = read()
            point = (a * across + c * up + e, b * across + d * up + f)
            if kind == MOVE:
                if points:
                    yield points, bent > 0
                points, bent = [point], 0
            else:
                points.append(point)
        yield points, bent > 0

    def _take(self, points: list[Point], curved: bool, style: Thing) -> None:
        closed = len(points) > 2 and (points[0] == points[-1] or style["fill"])  # PDFium adds the closing line itself
        if closed and points[0] == points[-1]:
            points = points[:-1]
        thing = _extent(points)
        if len(points) == 2 and not curved:
            self.lines.append(thing)
        elif len(points) == 4 and closed and not curved and _square(points):
            self.rects.append(thing | style)
        else:
            self.curves.append({"pts": [*points, points[0]] if closed else points, **thing})


def _square(points: list[Point]) -> bool:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return (ax == bx and by == cy and cx == dx and dy == ay) or (ay == by and bx == cx and cy == dy and dx == ax)


def _extent(points: list[Point]) -> Thing:
    xs, ys = zip(*points, strict=True)
    x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
    return {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}


def times(first: Sequence[float], then: Sequence[float]) -> Matrix:
    """The matrix that moves as one does, and then as another."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
