"""Letters that a page holds and nobody sees: under a bar that was drawn over them, or in the colour of their ground.

What is struck out of a paper often stands in its file still. Runs that may be so are told by colours and the order of
drawing; whether they are, the picture of the page tells.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from corpus.paper import Box
from indexer.page import Thing
from indexer.pages import calls
from indexer.text.letters import Char

SCALE = 3.0  # of the picture that is looked at, in pixels a point
CONTRAST = 40  # grey levels between what is darkest and lightest about a letter that can be seen
ALIKE = 0.15  # between the parts of two colours that are hardly told apart
BAND = 24.0  # points: rectangles are looked for by the band of the page in which they lie
SMALL = 4.0  # points: what is lower is a rule, and covers nothing
MOST = 400  # rectangles of a page that are looked at: a map or a chart has more

Colour = tuple[float, float, float]
Rect = tuple[float, float, float, float, int, Colour | None]  # its box, when it is drawn, and in which colour
WHITE: Colour = (1.0, 1.0, 1.0)

_left, _right = itemgetter(1), itemgetter(3)


@dataclass(slots=True)
class Unseen:
    """Finds such letters. `orders` has for each object when it is drawn; `rects` are filled, each with its "order"."""

    orders: dict[int | None, int]
    rects: Sequence[Thing]
    suspects: list[Char] = field(default_factory=list)
    _bands: dict[int, list[Rect]] = field(default_factory=lambda: defaultdict(list))
    _heights: dict[float, list[Rect]] = field(default_factory=dict)
    _colours: dict[int | None, Colour | None] = field(default_factory=dict)
    _integers: calls.Integers = field(default_factory=calls.Integers)

    def __post_init__(self) -> None:
        filled = [r for r in self.rects if r["fill"] and r["height"] >= SMALL and r["width"] >= SMALL]
        for rect in filled if len(filled) <= MOST else ():
            x0, top, x1, bottom = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
            held = x0, top, x1, bottom, rect["order"], rect["non_stroking_color"]
            for band in range(int(top // BAND), int(bottom // BAND) + 1):
                self._bands[band].append(held)

    def suspect(self, thing: int | None, chars: Sequence[Char]) -> None:
        """Note the letters of a run that may be unseen; `thing` is their object."""
        if thing not in self._colours:
            self._colours[thing] = self._colour(thing)
        colour, order = self._colours[thing], self.orders.get(thing, 0)
        light = colour is None or min(colour) > 1 - ALIKE
        if not light and not self._bands:
            return
        for some, over in self._over(chars):
            if light if not over else _may_be_unseen(colour, order, over):
                self.suspects += [char for char in some if char.text > " "]

    def _over(self, chars: Sequence[Char]) -> Iterator[tuple[Sequence[Char], list[Rect]]]:
        """Letters of a run, all of them at once where that can be, with the rectangles that they all lie in."""
        middles = [(char.top + char.bottom) / 2 for char in (chars[0], chars[-1])]
        level = middles[0] == middles[1]
        if level:
            left, right = min(map(_left, chars)), max(map(_right, chars))
            met = [r for r in self._at(middles[0]) if r[0] <= right and left <= r[2]]
            if all(x0 <= left and right <= x1 for x0, _, x1, *_ in met):
                yield chars, met
                return
        for char in chars:
            x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
            yield (char,), [r for r in (met if level else self._at(y)) if r[0] <= x <= r[2]]

    def _at(self, y: float) -> list[Rect]:
        """The rectangles that reach over a height."""
        if y not in self._heights:
            self._heights[y] = [r for r in self._bands.get(int(y // BAND), ()) if r[1] <= y <= r[3]]
        return self._heights[y]

    def _colour(self, thing: int | None) -> Colour | None:
        """The colour in which an object is filled; None where it is not painted, or that is not told."""
        if not thing or not calls.fill_colour(calls.Pointer(thing), *self._integers.at):
            return None
        red, green, blue, alpha = self._integers.read()
        return (red / 255, green / 255, blue / 255) if alpha else None

    def boxes(self, drawn: Callable[[], Any]) -> frozenset[Box]:
        """The boxes of the letters that cannot be seen in the page as it is `drawn`, in grey, at SCALE."""
        if not self.suspects:
            return frozenset()
        picture = drawn()
        return frozenset(_box(char) for char in self.suspects if _is_blank(picture, char))


def _may_be_unseen(colour: Colour | None, order: int, over: Sequence[Rect]) -> bool:
    """Whether letters of this colour and order are under one of the rectangles that they lie in, or hardly told from
    the last of those under them."""
    under = [r for r in over if r[4] < order]
    ground = (max(under, key=itemgetter(4))[5] or colour) if under else WHITE
    same = colour is None or ground is None or all(abs(a - b) < ALIKE for a, b in zip(colour, ground, strict=True))
    return same or any(r[4] > order for r in over)


def seen(chars: Iterable[Char], unseen: frozenset[Box]) -> list[Char]:
    """The letters without those of these boxes."""
    return [char for char in chars if _box(char) not in unseen]


def _box(char: Char) -> Box:
    """Sides, but for the head and the foot, which may still be moved."""
    return round(char.x0, 1), 0.0, round(char.x1, 1), round((char.top + char.bottom) / 2)


def _is_blank(picture: Any, char: Char) -> bool:
    """Whether nothing stands out where a letter is."""
    rows = slice(max(int(char.top * SCALE), 0), int(char.bottom * SCALE) + 1)
    part = picture[rows, max(int(char.x0 * SCALE), 0) : int(char.x1 * SCALE) + 1]
    return part.size == 0 or int(part.max()) - int(part.min()) < CONTRAST
