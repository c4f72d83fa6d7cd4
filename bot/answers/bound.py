"""The figure that a question names to hold others against: "below 80%", "hit 90%", "not at 100%"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.question.terms import names, places

_NUMBER = re.compile(
    r"(?P<minus>(?<!\w)[-–−]\s?)?(?P<money>£)?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?:(?P<percent>\s?%| ?per ?cent)|\s?(?P<scale>k|mn?|bn|thousand|million|billion)\b)?"
)
_SCALES = {"": 0, "k": 3, "t": 3, "m": 6, "b": 9}  # noughts, by the first letter of what says so
_TURNED = {"above": "most", "below": "least", "least": "below", "most": "above"}
_WORDS = {"above": "above", "below": "below", "least": "at least", "most": "at most", "at": "at", "not": "not at"}


@dataclass(frozen=True, slots=True)
class Bound:
    """A side of a number: `side` is "above", "below", "least", "most", "at" or "not" (at it); `said` is how an answer
    puts it."""

    side: str
    limit: Decimal
    percent: bool
    said: str

    def holds(self, value: Decimal) -> bool:
        """Whether a figure lies on this side."""
        match self.side:
            case "above":
                return value > self.limit
            case "below":
                return value < self.limit
            case "least":
                return value >= self.limit
            case "most":
                return value <= self.limit
            case "at":
                return value == self.limit
        return value != self.limit


def bound_of(question: str, polarity: str, unit: str) -> Bound | None:
    """The bound that a question names first, in the `unit` of the figures that are held against it; None for none, and
    for money where they are none. Of "hit 90%" and "missed 90%" the side goes by `polarity`, "higher" or "lower"."""
    low = question.lower()
    found = [(start, end, name) for name in names("bound") for start, end in places(f"bound.{name}", low)]
    found = [hit for hit in found if not any(_within(hit, other) for other in found)]
    if not found:
        return None
    start, _, name = min(found)
    number = _NUMBER.search(low, start)
    side = _side(name, polarity)
    limit = _in(unit, number) if number else None
    if number is None or limit is None:
        return None
    return Bound(side, limit, bool(number["percent"]), f"{_WORDS[side]} {number[0].strip()}")


def _in(unit: str, number: re.Match[str]) -> Decimal | None:
    """A number as figures of a unit are written: "£1.2m" is 1,200 in "£k". None for what is no such figure."""
    money = unit.startswith("£")
    if number["money"] and not money:
        return None
    told = Decimal(number["number"].rstrip(",").replace(",", "")) * (-1 if number["minus"] else 1)
    if not number["money"] and not number["scale"]:
        return told
    return told.scaleb(_SCALES[(number["scale"] or "")[:1]] - (_SCALES[unit[1:2]] if money else 0))


def _within(hit: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether a phrase is part of a longer one: "below 80" of "not below 80"."""
    return other[0] <= hit[0] and hit[1] <= other[1] and other[1] - other[0] > hit[1] - hit[0]


def _side(name: str, polarity: str) -> str:
    """The side of a phrase's name; who hits 90% has at least that, unless lower is better."""
    if name not in ("hit", "missed"):
        return name
    better = "most" if polarity == "lower" else "least"
    return _TURNED[better] if name == "missed" else better
