"""Letters that a page holds and nobody sees: under a bar that was drawn over them, or in the colour of their ground.

What is struck out of a paper often stands in its file still. Runs that may be so are told by colours and the order of
drawing; whether they are, the picture of the page tells.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
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
WHITE: Colour = (1.0, 1.0, 1.0)


@dataclass(slots=True)
class Unseen:
    """Finds such letters. `orders` has for each object when it is drawn; `rects` are filled, each with its "order"."""

    orders: dict[int | None, int]
    rects: Sequence[Thing]
    suspects: list[Char] = field(default_factory=list)
    _bands: dict[int, list[Thing]] = field(default_factory=lambda: defaultdict(list))
    _colours: dict[int | None, Colour | None] = field(default_factory=dict)
    _integers: calls.Integers = field(default_factory=calls.Integers)

    def __post_init__(self) -> None:
        filled = [r for r in self.rects if r["fill"] and r["height"] >= SMALL and r["width"] >= SMALL]
        for rect in filled if len(filled) <= MOST else ():
            for band in range(int(rect["top"] // BAND), int(rect["bottom"] // BAND) + 1):
                self._bands[band].append(rect)

    def suspect(self, thing: int | None, chars: Sequence[Char]) -> None:
        """Note the letters of a run that may be unseen; `thing` is their object."""
        if thing not in self._colours:
            self._colours[thing] = self._colour(thing)
        colour, order = self._colours[thing], self.orders.get(thing, 0)
        light = colour is None or min(colour) > 1 - ALIKE
        if not light and not self._bands:
            return
        for char in chars:
            x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
            over = [
                r
                for r in self._bands.get(int(y // BAND), ())
                if r["x0"] <= x <= r["x1"] and r["top"] <= y <= r["bottom"]
            ]
            under = max((r for r in over if r["order"] < order), key=lambda r: int(r["order"]), default=None)
            ground = (under["non_stroking_color"] or colour) if under else WHITE
            same = (
                colour is None or ground is None or all(abs(a - b) < ALIKE for a, b in zip(colour, ground, strict=True))
            )
            if char.text > " " and (same or any(r["order"] > order for r in over)):
                self.suspects.append(char)

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
