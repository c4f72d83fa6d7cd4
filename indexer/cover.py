"""What a paper says of itself on its cover: title, council, committee, date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexer.sheet import Facts, Sheet


@dataclass(frozen=True, slots=True)
class Cover:
    title: str
    council: str
    committee: str
    date: date | None


def cover(sheets: Sequence[Sheet], facts: Facts, document: str) -> Cover:
    return Cover(facts.title, "", "", None)
