"""An area that is asked about with a council whose it is not."""

from dataclasses import dataclass, field
from typing import cast

import pytest

from bot.answers.kpi import astray
from bot.question.catalogue import Catalogue
from bot.question.plan import Plan


@dataclass(frozen=True)
class Reported:
    """A measure by who has figures of it."""

    entities: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """Two councils' papers, one of which has areas."""

    homes: dict[str, str] = field(default_factory=lambda: {"a.pdf": "Ashmoor", "b.pdf": "Brindle"})
    entries: tuple[Reported, ...] = (Reported(("Hill End", "Overall")), Reported(("Brindle",)))

    def home(self, entry: Reported) -> str:
        return "Ashmoor" if "Hill End" in entry.entities else "Brindle"


@pytest.mark.parametrize(
    ("question", "entities", "says"),
    [
        ("Brindle's recycling rate in Hill End", ("Brindle", "Hill End"), "Hill End as an area of Ashmoor, and not"),
        ("Ashmoor's recycling rate in Hill End", ("Ashmoor", "Hill End"), ""),
        ("recycling rate in Brindle and Hill End", ("Brindle", "Hill End"), ""),
        ("recycling rate in Hill End", ("Hill End",), ""),
    ],
)
def test_area_of_another_council(question: str, entities: tuple[str, ...], says: str) -> None:
    """Proves that neither's figure is given for the other, and that two named side by side are both meant."""
    told = astray(Plan(question, "kpi", "value", entities=entities), cast(Catalogue, Known()))
    assert (says in told) if says else told == ""
