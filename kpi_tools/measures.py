"""What is measured, what was observed, what was aimed at."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from corpus.paper import Place
from kpi_tools.figures import Figure, Reason
from kpi_tools.periods import Period

OVERALL = "Overall"
RATED = "Indicators rated {}"  # of a count of those with a colour
HITS = "Indicators that hit their target"  # the name of a count of indicators, whose target is how many there are
# Names of what cannot be added up, and of what is counted at one moment or since the year began.
RATES = re.compile(
    r"\b(?:avg|average|mean|median|rate|ratio|score|index|per|share|proportion|percentage|speed|satisfaction)\b|%",
    re.IGNORECASE,
)
MOMENTS = re.compile(
    r"\b(?:open|outstanding|vacant|at (?:the )?(?:month|quarter|year|period)?[ -]?end|in temporary|on the register"
    r"|caseload|backlog|balance|reserves|debt|cumulative|year to date|ytd|rolling)\b",
    re.IGNORECASE,
)
_UNIT_COST = re.compile(r"\b(?:cost|price|charge) of (?:a|an|each|one)\b", re.IGNORECASE)
SUMS = ("", "tonnes", "kg", "kWh", "miles")  # units of what adds up over time, beside money


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


def grows(measure: Measure) -> bool:
    """Whether a longer period holds more of it: a count or a sum, which a month's target and a year's differ for."""
    if RATES.search(measure.name) or MOMENTS.search(measure.name) or _UNIT_COST.search(measure.name):
        return False
    return measure.unit in SUMS or measure.unit.startswith("£")


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
    `figure` None: a definition without a number ("above targeted %"). `by_hand`: an officer's, of no paper.
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
    by_hand: bool = False


COMPARATORS = (">=", "<=", ">", "<", "=")
# Which way is better, by a comparator, and the comparator of a target that says no more than which way is better.
POLARITY = {">=": "higher", ">": "higher", "<=": "lower", "<": "lower"}
WAYS = {"higher": ">=", "lower": "<="}
# Figures that grow towards their target over the year: it holds no month or quarter to it.
CUMULATIVE = re.compile(
    r"\bcumulative\b|\byear to date\b|\bytd\b|\bby (?:the )?(?:end of (?:the )?year|year[ -]?end)\b"
    r"|\b(?:annual|yearly|full[ -]year|end of year|year[ -]end) target\b",
    re.IGNORECASE,
)

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
