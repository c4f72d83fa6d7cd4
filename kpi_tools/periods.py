"""Periods as councils write them: "Jan-21", "Q1 2023/24", "2021/22", "As at May"; a year runs April to March."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole days, `start` to `end`, both included, with the label as printed."""

    start: date
    end: date
    label: str

    @property
    def grain(self) -> str:
        """ "month", "quarter", "year" or "span", by its length."""
        raise NotImplementedError


def read_period(text: str, near: date | None = None, grain: str = "") -> Period | None:
    """The one period that `text` (a column header, a phrase) names, or None.

    `near` supplies a missing year: the latest such period that ends by it, or is running on it.
    `grain` "quarter" reads "Mar-21" or "June" as the quarter that ends then.
    """
    raise NotImplementedError
