"""All observations as one frame, a row each, with what was restated and the target in force."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import pandas as pd

from kpi_tools.aims import Aims
from kpi_tools.figures import MONEY_POWERS, Figure, Reason
from kpi_tools.identity import identities, variant
from kpi_tools.measures import OVERALL, POLARITY, Observation, Target, attainable, judge
from kpi_tools.names import entity, members, squash
from kpi_tools.saved import Paper

# `key` tells one measure of one council or partnership from all others, however its papers spell it.
COLUMNS = (
    "service", "code", "name", "unit", "polarity", "entity", "period", "start", "end", "grain", "value", "printed",
    "reason", "target", "comparator", "target_printed", "met", "document", "page", "label", "item", "table", "row",
    "column", "box", "quote", "exempt", "ocr", "restated", "earlier", "key",
)  # fmt: skip


class Source(Protocol):
    """What a frame is made of; the store is one."""

    def papers(self) -> Sequence[Paper]: ...
    def observations(self, exempt: bool = True) -> list[Observation]: ...
    def targets(self, exempt: bool = True) -> list[Target]: ...
    def generation(self) -> int: ...


_made: WeakKeyDictionary[Source, dict[bool, tuple[int, pd.DataFrame]]] = WeakKeyDictionary()


def frame(store: Source, exempt: bool = True) -> pd.DataFrame:
    """The frame of all that is stored, kept until the store changes; not to be changed by who gets it."""
    kept, generation = _made.setdefault(store, {}), store.generation()
    if exempt not in kept or kept[exempt][0] != generation:
        councils = {paper.document: paper.council for paper in store.papers()}
        kept[exempt] = generation, build(store.observations(exempt), store.targets(exempt), councils)
    return kept[exempt][1]


def build(
    observations: Sequence[Observation],
    targets: Sequence[Target],
    councils: Mapping[str, str] = MappingProxyType({}),
    merged: bool = True,
) -> pd.DataFrame:
    """The frame of observations and targets, both with the later papers last. Columns as in COLUMNS.

    `councils` are the papers' councils by document, where they are known.
    Of several papers that give a figure the latest stands; `restated` and `earlier` say what was printed before. A
    paper that contradicts itself keeps both its rows. Not `merged`, every paper's rows stand. A measure whose service
    one paper leaves out has that of the others.
    Sorted by service, code, name, entity as printed, and start.
    """
    bodies = _bodies((*observations, *targets), councils)
    keys = identities(observations, bodies)
    services = {
        keys[variant(s.place.document, s.measure)]: s.measure.service for s in observations if s.measure.service
    }
    aims = Aims(observations, targets, bodies, keys, councils)
    groups: dict[tuple[str, str, date, date, str], list[Observation]] = defaultdict(list)
    for seen in observations:
        key = keys[variant(seen.place.document, seen.measure)]
        groups[key, squash(seen.entity), seen.period.start, seen.period.end, seen.measure.unit].append(seen)
    order = {at: position for position, at in enumerate(dict.fromkeys((key, name) for key, name, *_ in groups))}
    rows = []
    for (key, name, *_), group in groups.items():
        rows += [
            (order[key, name], _row(seen, earlier, aims, key, services.get(key, "")))
            for seen, earlier in (_standing if merged else _each)(group)
        ]
    rows.sort(key=lambda at: (*(at[1][n].casefold() for n in ("service", "code", "name")), at[0], at[1]["start"]))
    made = pd.DataFrame([row for _, row in rows], columns=list(COLUMNS), dtype=object)
    return _with_polarity(made)


def select(
    frame: pd.DataFrame,
    *,
    service: str = "",
    code: str = "",
    name: str = "",
    entities: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> pd.DataFrame:
    """The rows of a service, a code, a name that contains `name`, of these entities, within `since` and `until`."""
    kept = pd.Series(True, index=frame.index)
    for column, wanted in (("service", service), ("code", code)):
        if wanted:
            kept &= frame[column].map(squash) == squash(wanted)
    if name:
        kept &= frame["name"].map(squash).map(lambda text: squash(name) in text).astype(bool)
    if wanted_entities := {squash(entity) for entity in entities}:
        kept &= frame["entity"].map(squash).isin(wanted_entities)
    if since:
        kept &= frame["start"].map(lambda day: day >= since).astype(bool)
    if until:
        kept &= frame["end"].map(lambda day: day <= until).astype(bool)
    return frame[kept]


def _bodies(things: Sequence[Observation | Target], councils: Mapping[str, str]) -> dict[str, str]:
    """Each document's body: papers that share a council are of one, so that one's "Overall" is not another's.

    An area's name ("Central") may be in two councils: it ties papers together only where no council is known.
    """
    parent: dict[str, str] = {}
    homes = {document: entity(name) or name for document, name in councils.items() if name}

    def top(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    pairs = {(thing.place.document, thing.entity) for thing in things}
    for document, name in sorted(pairs | set(homes.items())):
        paper = top(f"paper {document}")
        for one in (name, *members(name)):
            tie = entity(one) == one or one in homes.values() or document not in homes
            if tie and one not in ("", OVERALL):
                parent[top(f"council {squash(one)}")] = top(paper)
    return {document: top(f"paper {document}") for document, _ in pairs}


def _standing(group: list[Observation]) -> list[tuple[Observation, str]]:
    """What stands of all that papers say of one thing, each with the figure that an earlier paper printed."""
    papers: dict[str, list[Observation]] = defaultdict(list)
    for seen in group:
        papers[seen.place.document].append(seen)
    last = [seen for seen in group if isinstance(seen.figure, Figure)] or group
    stand = papers[last[-1].place.document]
    stand = [seen for seen in stand if isinstance(seen.figure, Figure)] or stand[-1:]
    different = {_value(seen): seen for seen in reversed(stand)}
    before = [seen for seen in group if seen.place.document != stand[-1].place.document and seen.figure is not None]
    older = [seen for seen in before if isinstance(seen.figure, Figure) and _value(seen) not in different]
    earlier = older[-1].figure.printed if older and isinstance(stand[-1].figure, Figure) else ""
    return [(seen, earlier) for seen in reversed(different.values())]


def _each(group: list[Observation]) -> list[tuple[Observation, str]]:
    return [(seen, "") for seen in group]


def _value(seen: Observation) -> object:
    return (seen.figure.value, seen.figure.unit) if isinstance(seen.figure, Figure) else None


def _row(seen: Observation, earlier: str, aims: Aims, key: str, service: str) -> dict[str, Any]:
    figure, place, measure = seen.figure, seen.place, seen.measure
    target = aims.in_force(seen)
    unit = figure.unit if isinstance(figure, Figure) else measure.unit
    aim = _converted(target.figure, unit) if target and target.figure else None
    met = None
    if isinstance(figure, Figure) and target and target.comparator and aim is not None and attainable(target):
        met = judge(_converted(figure, target.figure.unit if target.figure else unit) or figure.value, target)
    return {
        "service": measure.service or service, "code": measure.code, "name": measure.name, "unit": unit,
        "polarity": measure.polarity or (target.measure.polarity if target else "")
        or (POLARITY.get(target.comparator, "") if target else ""),
        "entity": seen.entity, "period": seen.period.label, "start": seen.period.start, "end": seen.period.end,
        "grain": seen.period.grain, "value": figure.value if isinstance(figure, Figure) else None,
        "printed": figure.printed if isinstance(figure, Figure) else "",
        "reason": figure.printed if isinstance(figure, Reason) else "",
        "target": aim, "comparator": target.comparator if target else "",
        "target_printed": (target.figure.printed if target.figure else target.quote) if target else "", "met": met,
        "document": place.document, "page": place.page, "label": place.label, "item": place.item, "table": place.table,
        "row": place.row, "column": place.column, "box": place.box, "quote": seen.quote, "exempt": seen.exempt,
        "ocr": seen.ocr, "restated": bool(earlier), "earlier": earlier, "key": key,
    }  # fmt: skip


def _converted(figure: Figure, unit: str) -> Decimal | None:
    """A figure's value in another unit: money by its scale; None where the units cannot be held together."""
    if figure.unit == unit or not figure.unit or not unit:
        return figure.value
    if figure.unit in MONEY_POWERS and unit in MONEY_POWERS:
        return figure.value.scaleb(MONEY_POWERS[figure.unit] - MONEY_POWERS[unit])
    return None


def _with_polarity(made: pd.DataFrame) -> pd.DataFrame:
    """A measure's polarity, told by one of its rows, holds for all of them; told both ways, for none."""
    told = made[made["polarity"] != ""].groupby("key")["polarity"].unique()
    one = {key: ways[0] for key, ways in told.items() if len(ways) == 1}
    made["polarity"] = pd.Series([one.get(key, "") for key in made["key"]], index=made.index, dtype=object)
    return made
