"""Rows of the database, made of what was read and read back as it was."""

from decimal import Decimal
from typing import Any

from corpus.paper import Passage, Place
from kpi_tools.extraction import Extraction, TableNote
from kpi_tools.figures import Figure, Reason
from kpi_tools.ledger import KINDS, Record
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.names import squash
from kpi_tools.periods import Period

Values = dict[str, Any]


def measure_key(measure: Measure) -> str:
    """The same for one measure however a paper spells it: its service and code, or name where it has no code."""
    return f"{squash(measure.service)}/{squash(measure.code) or squash(measure.name)}"


def passage_ids(revision: int, count: int) -> list[str]:
    """The ids of a revision's passages, in their order."""
    return [f"{revision}-{position}" for position in range(count)]


def paper_values(extraction: Extraction) -> Values:
    """A paper's row, without what the file is (path, revision, reader, indexed_at)."""
    pack = extraction.pack
    unread = sum(not note.shape for note in extraction.notes)
    return {
        "document": pack.document,
        "sha256": pack.sha256,
        "title": pack.title,
        "council": pack.council,
        "committee": pack.committee,
        "date": pack.date,
        "pages": len(pack.pages),
        "counts": {
            "observations": len(extraction.observations),
            "targets": len(extraction.targets),
            "records": len(extraction.records),
            "passages": len(extraction.passages),
            "tables": len(pack.tables),
            "unread": unread,
        },
        "ocr_pages": [page.number for page in pack.pages if page.ocr],
    }


def observation_values(observation: Observation) -> Values:
    return {
        "measure_key": measure_key(observation.measure),
        "entity_key": squash(observation.entity),
        "entity": observation.entity,
        "start": observation.period.start,
        "end": observation.period.end,
        "period": observation.period.label,
        "ocr": observation.ocr,
        **_measure_values(observation.measure),
        **_figure_values(observation.figure),
        **_place_values(observation.place, observation.quote, observation.exempt),
    }


def observation(row: Any) -> Observation:
    period = Period(row.start, row.end, row.period)
    figure = _figure(row) or Reason(row.printed)
    return Observation(_measure(row), row.entity, period, figure, _place(row), row.quote, row.exempt, row.ocr)


def target_values(target: Target) -> Values:
    return {
        "entity": target.entity,
        "comparator": target.comparator,
        "start": target.start,
        "end": target.end,
        **_measure_values(target.measure),
        **_figure_values(target.figure),
        **_place_values(target.place, target.quote, target.exempt),
    }


def target(row: Any) -> Target:
    return Target(
        _measure(row), row.entity, row.comparator, _figure(row), row.start, row.end, _place(row), row.quote, row.exempt
    )


def record_values(record: Record) -> Values:
    return {
        "kind": record.kind,
        "as_of": record.as_of,
        "fields": dict(record.fields),
        **_place_values(record.place, record.quote, record.exempt),
    }


def record(row: Any) -> Record:
    fields = {name: row.fields.get(name, "") for name in KINDS[row.kind]}  # a paper may be of an earlier reading
    return Record(row.kind, row.as_of, fields, _place(row), row.quote, row.exempt)


def note_values(note: TableNote) -> Values:
    return {
        "table_number": note.table,
        "page": note.page,
        "title": note.title,
        "shape": note.shape,
        "reason": note.reason,
    }


def note(row: Any) -> TableNote:
    return TableNote(row.table_number, row.page, row.title, row.shape, row.reason)


def passage_values(passage: Passage, number: str) -> Values:
    places = [[p.page, p.label, p.item, p.table, p.row, p.column, list(p.box)] for p in passage.places]
    return {
        "id": number,
        "heading": passage.heading,
        "text": passage.text,
        "places": places,
        "exempt": passage.exempt,
    }


def passage(row: Any) -> Passage:
    places = (
        Place(row.document, page, label, item, table, at, column, tuple(box))
        for page, label, item, table, at, column, box in row.places
    )
    return Passage(row.text, row.heading, tuple(places), row.exempt)


def _measure_values(measure: Measure) -> Values:
    return {
        "service": measure.service,
        "code": measure.code,
        "name": measure.name,
        "unit": measure.unit,
        "polarity": measure.polarity,
    }


def _measure(row: Any) -> Measure:
    return Measure(row.service, row.code, row.name, row.unit, row.polarity)


def _figure_values(figure: Figure | Reason | None) -> Values:
    if isinstance(figure, Figure):
        return {"value": str(figure.value), "figure_unit": figure.unit, "printed": figure.printed}
    return {"value": None, "figure_unit": "", "printed": figure.printed if figure else ""}


def _figure(row: Any) -> Figure | None:
    return None if row.value is None else Figure(Decimal(row.value), row.figure_unit, row.printed)


def _place_values(place: Place, quote: str, exempt: bool) -> Values:
    return {
        "page": place.page,
        "label": place.label,
        "item": place.item,
        "table_number": place.table,
        "row_number": place.row,
        "column_number": place.column,
        "box": list(place.box),
        "quote": quote,
        "exempt": exempt,
    }


def _place(row: Any) -> Place:
    return Place(
        row.document,
        row.page,
        row.label,
        row.item,
        row.table_number,
        row.row_number,
        row.column_number,
        tuple(row.box),
    )
