"""Rows of plans that stand off their header: cells merged or lost before them have moved what follows to the left."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from corpus.paper import Cell, Row, Table
from kpi_tools.due import find_days
from kpi_tools.names import entity, squash

RAG = {
    "r": "red", "red": "red", "a": "amber", "amber": "amber", "g": "green", "green": "green",
    "complete": "complete", "completed": "complete", "c": "complete",
}  # fmt: skip
BLUE = ("b", "blue")  # complete, where a key says so
STEPWISE = ("milestone", "due", "progress")  # in which a row may have one paragraph for each of its outcomes
MOST_SHORT = 3  # words of a colour or a reference
MOST_LABEL = 8  # words; more of them are prose
MOST_MOVED = 3  # columns by which a cell may have moved
# What an order of a row's cells is worth: each that fits its column, does not, or may; one left out; another move.
WORTH = {True: 1.0, False: -2.0, None: 0.0}
LOST, TURN, START = -1.0, -0.4, -1
STATUS = re.compile(
    r"(not |partly )?(started|begun|paused|completed?|closed|finished|done|open|on hold|deferred|wip|in progress"
    r"|ongoing|under ?way|delayed|overdue|on track|off track|behind schedule)\.?$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[–•▪●·*‣◦-]\s")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$|\d{1,2}[ -][A-Z][a-z]+[ -]\d{2,4}$|[A-Z][a-z]+ \d{4}$")
_DAYLESS = re.compile(r"(ongoing|on[- ]going|tb[ac]|on hold|as required|asap)\b.{0,12}$", re.IGNORECASE)  # when, no day


@dataclass(frozen=True, slots=True)
class Texts:
    """A row's texts by column, and the columns that a cell merged from above covers."""

    texts: tuple[str, ...]
    covered: frozenset[int]

    @property
    def undivided(self) -> bool:
        """Whether it is one cell over all columns that holds more than a label: whose columns could not be told."""
        return len(self.texts) == len(self.covered) + 1 > 1 and len("".join(self.texts).split()) > MOST_LABEL

    def fields(self, columns: Mapping[str, int]) -> dict[str, str]:
        """What stands under each header."""
        return {name: self.texts[column] for name, column in columns.items()}

    def under(self, columns: Mapping[str, int], said: Mapping[str, str]) -> "Texts":
        """The row with other texts under some headers."""
        at = {columns[name]: text for name, text in said.items()}
        return replace(self, texts=tuple(at.get(column, text) for column, text in enumerate(self.texts)))

    def joined(self, rest: "Texts") -> "Texts":
        """The row with its rest overleaf."""
        both = zip(self.texts, rest.texts, strict=True)
        return Texts(tuple(f"{text} {more}".strip() for text, more in both), self.covered)


def texts_of(table: Table, row: int) -> Texts:
    """The texts of a table's row."""
    cells = table.rows[row]
    covered = frozenset(column for column, cell in enumerate(cells) if cell is None)
    return Texts(tuple(table.text(row, column) for column in range(len(cells))), covered)


def leads_in(rows: Sequence[Texts], columns: Mapping[str, int]) -> frozenset[str]:
    """Who leads the items of those rows that stand under their header."""
    own = (row.fields(columns) for row in rows)
    return frozenset(squash(f["lead"]) for f in own if f.get("lead") and not _off(f))


def placed(row: Texts, columns: Mapping[str, int], leads: Set[str], within: bool) -> dict[str, str]:
    """The fields of a row; of one that has moved, what its cells are told to be by their kinds.

    `leads` are those of other rows; `within`: the row stands among the steps of an item that has a ref, and is one
    of them where it has a day and a status.
    """
    own = row.fields(columns)
    if not (_off(own) or (own.get("due") and squash(own["due"]) in leads)):
        return own
    found = _moved(row, columns, leads) or {"description": next(text for text in row.texts if text)}
    left = [text for text in row.texts if text and text not in found.values()]
    found |= {name: text for name, text in _by_kind(left).items() if not found.get(name)}
    if within and not found.get("milestone") and found.get("due") and found.get("status"):
        found |= {"milestone": found.get("description", ""), "description": ""}
    return found


def outcomes(rows: Sequence[Row], columns: Mapping[str, int], fields: Mapping[str, str]) -> list[dict[str, str]]:
    """The fields of each of a row's outcomes, where it has as many days as outcomes, each in a paragraph of its own.

    An update goes with its outcome where there are as many of them, too; else each has the whole of it.
    """
    parts = {name: _paragraphs([row[columns[name]] for row in rows]) for name in STEPWISE if name in columns}
    steps, days = parts.get("milestone", ()), parts.get("due", ())
    told = all((day and find_days(day)) or _DAYLESS.match(day) for day in days)
    if len(steps) < 2 or len(steps) != len(days) or not told:
        return [dict(fields)]
    notes = parts.get("progress", ())
    paired = notes if len(notes) == len(steps) else (fields.get("progress", ""),) * len(steps)
    each = zip(steps, days, paired, strict=True)
    return [{**fields, "milestone": step, "due": day, "progress": note} for step, day, note in each]


def _paragraphs(cells: Sequence[Cell | None]) -> tuple[str, ...]:
    """The paragraphs of a cell and its rest overleaf; a list is part of the one that it stands under."""
    found: list[str] = []
    for cell in cells:
        for at, part in enumerate((cell.paragraphs or (cell.text,)) if cell and cell.text else ()):
            plain = " ".join(part.split())
            if found and (_BULLET.match(plain) or (at == 0 and plain[:1].islower())):
                found[-1] = f"{found[-1]} {plain}"
            else:
                found.append(plain)
    return tuple(found)


def _off(fields: Mapping[str, str]) -> bool:
    """Whether a row does not stand under its header: prose where a colour or a reference belongs, when it is due where
    its milestone does."""
    coloured = len(fields.get("rag", "").split()) > MOST_SHORT and not fields.get("progress")
    ref, description = fields.get("ref", ""), fields.get("description", "")
    named = len(ref.split()) > MOST_SHORT and not any(c.isdigit() for c in ref) and not description
    moved = len(ref.split()) > MOST_SHORT and bool(_DATE.match(description))
    step, due = fields.get("milestone", ""), fields.get("due", "")
    early = bool(_DAYLESS.match(step)) and bool(due) and not (_DAYLESS.match(due) or any(c.isdigit() for c in due))
    return coloured or named or moved or early


def _moved(row: Texts, columns: Mapping[str, int], leads: Set[str]) -> dict[str, str]:
    """The row's cells in their order, each in a column to the right of its own, or there, as best fits their kinds.

    {} where no cell is surely of its column's kind. Cells that move, move alike, but where one more has been lost.
    """
    free = [column for column in range(len(row.texts)) if column not in row.covered]
    cells = [(at, row.texts[column]) for at, column in enumerate(free) if row.texts[column]]
    names = {column: name for name, column in columns.items()}

    @cache
    def best(cell: int, start: int, by: int) -> tuple[float, tuple[tuple[str, str], ...]]:
        if cell == len(cells):
            return 0.0, ()
        at, text = cells[cell]
        lost, rest = best(cell + 1, start, by)
        ways = [(lost + LOST, rest)]
        for to in range(max(start, at), min(at + MOST_MOVED + 1, len(free))):
            name = names.get(free[to], "")
            turn = TURN if by not in (START, to - at) else 0.0
            later, rest = best(cell + 1, to + 1, to - at)
            ways.append((later + turn + WORTH[_fits(name, text, leads)], ((name, text), *rest)))
        return max(ways, key=lambda way: way[0])

    found = {name: text for name, text in best(0, 0, START)[1] if name}
    return found if any(_fits(name, text, leads) for name, text in found.items()) else {}


def _fits(name: str, text: str, leads: Set[str]) -> bool | None:
    """Whether a text is of its field's kind; None where nothing tells."""
    if not text:
        return None
    kinds = {
        "ref": len(text.split()) <= MOST_SHORT and None,
        "due": bool(_DAYLESS.match(text)) or bool(find_days(text)),
        "lead": squash(text) in leads or (None if not (STATUS.match(text) or find_days(text)) else False),
        "councils": of_councils(text),
        "status": bool(STATUS.match(text)),
        "rag": text.lower().strip(" .") in (*RAG, *BLUE),
        "progress": len(text.split()) > MOST_LABEL or None,
    }
    return kinds.get(name)


def of_councils(text: str) -> bool:
    """Whether a text names councils and nothing else."""
    return all(entity(part) for part in text.split(","))


def _by_kind(left: Sequence[str]) -> dict[str, str]:
    """What texts without a column are by their kind: a status, a day, a colour, councils; prose is progress."""
    return {
        "status": next((text for text in left if STATUS.match(text)), ""),
        "due": next((text for text in left if _DATE.match(text)), ""),
        "rag": next((text for text in left if text.lower() in (*RAG, *BLUE)), ""),
        "councils": next((text for text in left if of_councils(text)), ""),
        "progress": next((text for text in left if len(text.split()) > MOST_LABEL), ""),
    }
