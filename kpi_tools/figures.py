"""Reading figures as papers print them: "99.85%", "£666,156", "< 5%", "N/A"."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit ("%", "£", "£k", "£m", "days", "" for a plain number) and what was printed.

    "45.66%" is Decimal("45.66") in "%"; "£1.2m" is Decimal("1.2") in "£m"; "(347)" is -347.
    """

    value: Decimal
    unit: str
    printed: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no figure, as printed: "N/A", "Annual PI", "Not measured - no survey"."""

    printed: str


def read_figure(text: str, unit: str = "") -> Figure | Reason | None:
    """The figure or the reason that a cell holds; None for an empty cell or one that is other text.

    `unit` is used where the cell names none (a "%" from a column or from the measure's name).
    """
    raise NotImplementedError
