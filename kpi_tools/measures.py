"""What is measured, what was observed, what was aimed at."""

from dataclasses import dataclass
from datetime import date

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
    """What a measure is to reach. `comparator` is one of COMPARATORS: the figure must be so against the target.

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
