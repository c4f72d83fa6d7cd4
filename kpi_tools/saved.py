"""What the store tells of itself: its papers, what saving one changed, and the work on vectors under way."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from kpi_tools import rows
from kpi_tools.restatements import Restatement


@dataclass(frozen=True, slots=True)
class Paper:
    """An indexed paper. `counts` says how many of "observations", "targets", "records", "passages", "tables" and
    "unread" tables it has, `ocr_pages` which pages were read from pictures; `reader` is the version of our reading
    that read it, `indexed_at` ISO time in UTC, "" where that is not to be told."""

    document: str
    path: Path
    sha256: str
    title: str
    council: str
    committee: str
    date: date | None
    pages: int
    revision: int
    reader: int
    indexed_at: str
    counts: Mapping[str, int]
    ocr_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What saving a paper changed: it `replaced` an earlier revision or not, and the figures it restates."""

    replaced: bool
    restated: tuple[Restatement, ...]


@dataclass(frozen=True, slots=True)
class Intent:
    """Work in Chroma that is not known to be finished; see `schema.INTENTS`."""

    number: int
    kind: str
    revision: int
    passages: int
    name: str

    @property
    def ids(self) -> list[str]:
        """The passages that it is about."""
        return rows.passage_ids(self.revision or self.number, self.passages)


@dataclass(frozen=True, slots=True)
class Vectors:
    """Where the vectors are: their collection in Chroma, "" for none yet, and the model that made them."""

    collection: str
    model: str


def as_paper(row: Any) -> Paper:
    """A paper as its row of the database has it."""
    values = row._asdict() | {"path": Path(row.path), "ocr_pages": tuple(row.ocr_pages)}
    return Paper(**{name.name: values[name.name] for name in fields(Paper)})
