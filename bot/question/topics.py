"""What a person can subscribe to: councils, measures, services, each by any name that the papers have for it."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.question.catalogue import build
from bot.question.understand import understand
from kpi_tools.corrected import CorrectedStore
from kpi_tools.frames import frame
from kpi_tools.names import squash

_APART = re.compile(r"\s*(?:,|;|\band\b)\s*", re.IGNORECASE)


def topics(said: str, store: CorrectedStore) -> list[str]:
    """The topics that a person names, by the papers' own words; [] where the papers have none of them."""
    rows = list(frame(store).itertuples(index=False))
    names = {squash(name): name for row in rows for name in _names(row)}
    for parts in ([said], _APART.split(said)):
        if all(names.get(squash(part)) for part in parts):
            return list(dict.fromkeys(names[squash(part)] for part in parts))
    catalogue = build(frame(store), store.targets(), tuple(store.records()))
    plan = understand(said, date.today(), catalogue, None)
    if plan.unknown or plan.refs:
        return []
    own = (entry for entry in catalogue.entries if entry.key in plan.measures)
    measures = [f"{entry.service} {entry.code or entry.name}".strip() for entry in own]
    both = [f"{entity} {measure}" for entity in plan.entities for measure in measures]
    return [names[squash(name)] for name in both or plan.entities or measures if squash(name) in names]


def named(said: Iterable[str], store: CorrectedStore) -> list[str]:
    """Those of some topics that the papers of a store still have: what one may not see is not named either."""
    names = {squash(name) for row in frame(store).itertuples(index=False) for name in _names(row)}
    return [topic for topic in said if squash(topic) in names]


def about(topic: str, row: Any) -> bool:
    """Whether a row of the frame is of a topic."""
    return bool(squash(topic)) and squash(topic) in set(map(squash, _names(row)))


def _names(row: Any) -> Iterable[str]:
    what = (row.code or row.name, f"{row.service} {row.code or row.name}")
    return (row.entity, row.code, row.name, row.service, *what, *(f"{row.entity} {name}" for name in what))
