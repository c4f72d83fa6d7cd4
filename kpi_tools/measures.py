"""What is measured, what was observed, what was aimed at."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from corpus.paper import Place
from kpi_tools.figures import Figure, Reason
from kpi_tools.periods import Period

OVERALL = "Overall"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured. A code alone is ambiguous: PI002 of Customer Services is not PI002 of Land Charges.

    `polarity` is "higher" or "lower" (is better), "" where the paper does not say; `service`, `code` and `unit`
    are "" where there is none. Codes are kept as the paper prints them, without inner spaces ("PI 005" is "PI005").
    """

    service: str
    code: str
    name: str
    unit: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of one measure for one entity (a council, "Overall") in one period, or the reason for none.

    `ocr`: the figure was read from a scan.
    """

    measure: Measure
    entity: str
    period: Period
    figure: Figure | Reason
    place: Place
    quote: str  # the words around it: its row as printed
    exempt: bool = False
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What a measure is to reach. `comparator` is one of COMPARATORS: the figure must be so against the target;
    "" where the paper does not say which way is better.

    `entity` "" holds for all. `start` and `end` None: the paper sets no bound. `quote` is the definition as printed.
    `figure` None: a definition without a number ("above targeted %").
    """

    measure: Measure
    entity: str
    comparator: str
    figure: Figure | None
    start: date | None
    end: date | None
    place: Place
    quote: str
    exempt: bool = False


COMPARATORS = (">=", "<=", ">", "<", "=")

_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


def judge(value: Decimal, target: Target) -> bool:
    """Whether a value, in the target's unit, meets the target. ValueError for a target without a figure."""
    if target.figure is None:
        raise ValueError(f"{target.quote!r} sets no figure")
    return _HOLDS[target.comparator](value, target.figure.value)


def attainable(target: Target) -> bool:
    """Whether any figure could meet the target: none is "below 0 complaints" or "above 100%", as papers do print."""
    if target.figure is None or target.figure.unit.startswith("£"):
        return target.figure is not None
    if target.comparator == "<":
        return target.figure.value > 0
    return not (target.comparator == ">" and target.figure.unit == "%" and target.figure.value >= 100)
