"""All that one paper says, as the shapes read it: what the store saves in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.paper import Pack, Passage
from kpi_tools.ledger import Record
from kpi_tools.measures import Observation, Target

NO_FIGURES = "holds no figures"  # a table that no shape need read: a form, a list


@dataclass(frozen=True, slots=True)
class TableNote:
    """What became of a table: the shape that read it ("" for none) and, for none, why."""

    table: int
    page: int
    title: str
    shape: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """A pack and everything that was understood of it."""

    pack: Pack
    observations: Sequence[Observation]
    targets: Sequence[Target]
    records: Sequence[Record]
    notes: tuple[TableNote, ...]
    passages: Sequence[Passage]
