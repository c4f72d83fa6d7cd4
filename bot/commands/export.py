"""The index as JSON lines: one function for each kind of record, one list."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from kpi_tools.figures import Figure
from kpi_tools.frames import build
from kpi_tools.store import Store

Lines = Iterator[dict[str, Any]]


def observations(store: Store) -> Lines:
    """Every observation of every paper, with its target where one was in force."""
    row: Any
    councils = {paper.document: paper.council for paper in store.papers()}
    for row in build(store.observations(), store.targets(), councils, merged=False).itertuples(index=False):
        yield {
            "service": row.service,
            "code": row.code,
            "measure": row.name,
            "entity": row.entity,
            "period": row.period,
            "start": str(row.start)[:10],
            "end": str(row.end)[:10],
            "value": None if row.value is None else format(row.value, "f"),
            "unit": row.unit,
            "printed": row.printed,
            "reason": row.reason or None,
            "target": None if row.target is None else format(row.target, "f"),
            "met": row.met,
            "document": row.document,
            "page": row.page,
            "box": list(row.box),
            "ocr": bool(row.ocr),
        }


def targets(store: Store) -> Lines:
    """Every target as it is defined."""
    for target in store.targets():
        figure = target.figure if isinstance(target.figure, Figure) else None
        yield {
            **asdict(target.measure),
            "entity": target.entity,
            "comparator": target.comparator,
            "value": format(figure.value, "f") if figure else None,
            "unit": figure.unit if figure else target.measure.unit,
            "printed": figure.printed if figure else "",
            "start": target.start.isoformat() if target.start else None,
            "end": target.end.isoformat() if target.end else None,
            "quote": target.quote,
            "document": target.place.document,
            "page": target.place.page,
        }


def ledger(store: Store) -> Lines:
    """Every record of the ledger, with its own fields."""
    for record in store.records():
        as_of = record.as_of.isoformat() if record.as_of else None
        place = {"document": record.place.document, "page": record.place.page}
        yield {"kind": record.kind, "as_of": as_of, **place, **record.fields}


def passages(store: Store) -> Lines:
    """Every passage, with the pages that it stands on."""
    for passage in store.passages().values():
        first = passage.places[0]
        yield {
            "text": passage.text,
            "heading": passage.heading,
            "document": first.document,
            "page": first.page,
            "pages": [p.page for p in passage.places],
            "item": first.item,
            "exempt": passage.exempt,
        }


EXPORTS: dict[str, Callable[[Store], Lines]] = {
    "observations": observations,
    "targets": targets,
    "ledger": ledger,
    "passages": passages,
}
