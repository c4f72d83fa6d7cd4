"""Rows of the database, made of what was read and read back as it was."""

from collections.abc import Sequence
from decimal import Decimal
from operator import attrgetter
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
        **_of_measure(observation),
        **_of_place(observation),
    }


def observation(row: Any) -> Observation:
    period = Period(row.start, row.end, row.period)
    figure = _figure(row) or Reason(row.printed)
    return Observation(_measure(row), row.entity, period, figure, _place(row), row.quote, row.exempt, row.ocr)


def target_values(target: Target) -> Values:
    own = _named(target, "entity", "comparator", "start", "end")
    return own | _of_measure(target) | _of_place(target)


def target(row: Any) -> Target:
    aim = (row.entity, row.comparator, _figure(row), row.start, row.end)
    return Target(_measure(row), *aim, _place(row), row.quote, row.exempt)


def record_values(record: Record) -> Values:
    return {"kind": record.kind, "as_of": record.as_of, "fields": dict(record.fields), **_of_place(record)}


def record(row: Any) -> Record:
    fields = {name: row.fields.get(name, "") for name in KINDS[row.kind]}  # a paper may be of an earlier reading
    return Record(row.kind, row.as_of, fields, _place(row), row.quote, row.exempt)


def note_values(note: TableNote) -> Values:
    return _named(note, "table", "page", "title", "shape", "reason")


def note(row: Any) -> TableNote:
    return TableNote(row.table_number, row.page, row.title, row.shape, row.reason)


def passage_values(passage: Passage, number: str) -> Values:
    places = [_SPOT(place) for place in passage.places]
    return {"id": number, "places": places, **_named(passage, "heading", "text", "exempt")}


def passage(row: Any) -> Passage:
    return Passage(row.text, row.heading, tuple(_at(row.document, spot) for spot in row.places), row.exempt)


_OF_MEASURE = ("service", "code", "name", "unit", "polarity")
_OF_PLACE = ("page", "label", "item", "table", "row", "column", "box")
_COLUMNS = {"table": "table_number", "row": "row_number", "column": "column_number"}  # "table" is a word of SQL
_SPOT = attrgetter(*_OF_PLACE)
_STORED_SPOT = attrgetter(*(_COLUMNS.get(name, name) for name in _OF_PLACE))
_STORED_MEASURE = attrgetter(*_OF_MEASURE)


def _named(thing: object, *names: str) -> Values:
    """These fields of a thing, by their columns."""
    return {_COLUMNS.get(name, name): getattr(thing, name) for name in names}


def _of_measure(stated: Observation | Target) -> Values:
    figure = stated.figure
    value, unit = (str(figure.value), figure.unit) if isinstance(figure, Figure) else (None, "")
    printed = figure.printed if figure else ""
    return {**_named(stated.measure, *_OF_MEASURE), "value": value, "figure_unit": unit, "printed": printed}


def _measure(row: Any) -> Measure:
    return Measure(*_STORED_MEASURE(row))


def _figure(row: Any) -> Figure | None:
    return None if row.value is None else Figure(Decimal(row.value), row.figure_unit, row.printed)


def _of_place(stated: Observation | Target | Record) -> Values:
    return {**_named(stated.place, *_OF_PLACE), "quote": stated.quote, "exempt": stated.exempt}


def _place(row: Any) -> Place:
    return _at(row.document, _STORED_SPOT(row))


def _at(document: str, spot: Sequence[Any]) -> Place:
    page, label, item, table, row, column, box = spot
    return Place(document, page, label, item, table, row, column, tuple(box))
