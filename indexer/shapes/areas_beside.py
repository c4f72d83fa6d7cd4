"""Rows of one measure that a column of areas parts: the name stands over its areas' rows, or again in each."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.paper import Table
from indexer.shapes.columns import plain
from indexer.shapes.grid import spread
from indexer.shapes.headers import AREAS
from indexer.shapes.titles import read_title


@dataclass(frozen=True, slots=True)
class Whose:
    """Of which area a row is, which row its measure's other labels stand in, and the measure's whole name."""

    area: str
    first: int
    name: str


def areas_beside(table: Table, head: int, name: int) -> dict[int, Whose] | None:
    """What each row with an area is of; {} for a table whose measures have a row each, None where it is not told which
    row is of which measure."""
    column = next((c for c, text in enumerate(spread(table, head)) if plain(text) in AREAS and c != name), None)
    rows = table.below(head)
    areas = {} if column is None else {row: text for row in rows if (text := table.text(row, column))}
    names = [text for row in areas if (text := table.text(row, name))]
    if len(areas) < 2 or (len(set(names)) == len(areas) and all(map(_begins, names))):
        return {}
    blocks = _rounds(list(areas), list(areas.values())) or _named(table, list(areas), name)
    found: dict[int, Whose] = {}
    for block in blocks:
        parts = list(dict.fromkeys(text for row in block if (text := table.text(row, name))))
        if any(map(_begins, parts[1:])) or (not parts and len(block) > 1):
            return None
        found |= {row: Whose(areas[row], block[0], " ".join(parts)) for row in block}
    measures = {each.name for each in found.values()}
    return found if len(measures) < len(found) else {}


def _begins(name: str) -> bool:
    """Whether a name is one from its beginning, and not the second line of another."""
    return bool(name[0].isupper() or name[0] == "%" or read_title(name).code)


def _rounds(rows: Sequence[int], areas: Sequence[str]) -> list[Sequence[int]]:
    """The rows by the rounds in which the same areas come again and again; [] where they do not."""
    size = len(set(areas))
    again = size > 1 and len(rows) % size == 0 and list(areas) == [*areas[:size]] * (len(rows) // size)
    return [rows[start : start + size] for start in range(0, len(rows), size)] if again else []


def _named(table: Table, rows: Sequence[int], name: int) -> list[Sequence[int]]:
    """The rows by the names that stand in the first of each."""
    blocks: list[list[int]] = []
    for row in rows:
        if table.text(row, name) or not blocks:
            blocks.append([])
        blocks[-1].append(row)
    return list(blocks)
