"""What a shape hands back, and what shapes share: spread headers, titles with codes, a row as its quote."""

import re
from dataclasses import dataclass

from corpus.paper import Pack, Table
from kpi_tools.ledger import KINDS, Record
from kpi_tools.measures import Observation, Target
from kpi_tools.names import service
from kpi_tools.periods import Period, read_period

# A heading of these words alone names no service.
NO_SERVICE = frozenset(
    re.findall(
        r"\w+",
        "key performance indicator indicators measures targets information data summary and the of monthly quarterly"
        " annual results detail detailed table tables appendix figures report",
    )
)
_NUMBER = re.compile(r"^\d+(\.\d+)*[.:)]?\s+")
FREQUENCIES = {"monthly": "month", "quarterly": "quarter", "annual": "year", "annually": "year", "yearly": "year"}
_CODE = r"[A-Z][A-Z&]{0,4}(?:-[A-Z]{1,3})*[ -]?\d{1,4}[a-z]?"
CODE = re.compile(rf"{_CODE}$")
_TITLE = re.compile(
    rf"(?:(?P<frequency>{'|'.join(FREQUENCIES)})\s*[-–:]\s*)?(?:(?P<code>{_CODE})(?:\s*[-–:.]\s*|\s+(?=\D)))?(?P<name>\S.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a shape read from a table; `unread` says which rows it would not read, and why."""

    observations: tuple[Observation, ...] = ()
    targets: tuple[Target, ...] = ()
    records: tuple[Record, ...] = ()
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """A table's title taken apart: "Monthly - PI002 - % Calls Answered" has a grain, a code and a name."""

    grain: str
    code: str
    name: str


def read_title(text: str) -> Title:
    """The parts of a title; a code only where it looks like one, without its inner space."""
    found = _TITLE.match(" ".join(text.split()))
    if not found:
        return Title("", "", "")
    code = found["code"] or ""
    grain = FREQUENCIES.get((found["frequency"] or "").lower(), "")
    if code and not CODE.match(code):  # the pattern ignores case; codes are in capitals
        return Title(grain, "", f"{code} {found['name']}")
    return Title(grain, code.replace(" ", ""), found["name"].strip(" -–:"))


def spread(table: Table, row: int) -> list[str]:
    """A header row's texts by column, a merged cell's over all columns that it covers."""
    texts = [""] * len(table.rows[row])
    for above in range(row + 1):
        for column, cell in enumerate(table.rows[above]):
            if cell and above + cell.rows > row:
                texts[column : column + cell.columns] = [table.text(above, column)] * cell.columns
    return texts


def title_rows(table: Table) -> tuple[str, int]:
    """The title in a table's own first row, and at which row the rest begins; ("", 0) where it has none."""
    first = [table.text(0, c) for c in range(len(table.rows[0]))]
    alone = first[0] and not any(first[1:]) and len(table.rows) > 1
    return (first[0], 1) if alone else ("", 0)


def periods_in(table: Table, row: int, pack: Pack, grain: str = "") -> dict[int, Period]:
    """The columns of a header row that name a period."""
    texts = spread(table, row)
    read = {c: read_period(t, near=pack.date, grain=grain) for c, t in enumerate(texts) if t}
    return {c: period for c, period in read.items() if period}


def service_of(table: Table) -> str:
    """The service that a table stands under: the nearest heading's; "" where that names none."""
    named = service(_NUMBER.sub("", table.headings[-1])) if table.headings else ""
    return "" if set(named.lower().split()) <= NO_SERVICE else named


def quote(table: Table, row: int) -> str:
    """A row as printed, its cells set apart."""
    return " | ".join(t for c in range(len(table.rows[row])) if (t := table.text(row, c)))


def record(pack: Pack, table: Table, row: int, kind: str, fields: dict[str, str], column: int = 0) -> Record:
    """A ledger record of a table's row; fields that the table has not are ""."""
    every = {name: fields.get(name, "") for name in KINDS[kind]}
    place = pack.cell_place(table, row, column)
    return Record(kind, pack.date, every, place, quote(table, row), pack.exempt(place.page))
