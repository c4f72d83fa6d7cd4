"""Figures that two papers give differently for the same measure, entity and period."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from kpi_tools import rows, schema
from kpi_tools.figures import Figure
from kpi_tools.measures import Observation

AT_ONCE = 500  # rows that are asked for together: databases limit how many values a statement takes


@dataclass(frozen=True, slots=True)
class Restatement:
    """A figure as the earlier paper has it, and as the next paper that gives it."""

    earlier: Observation
    later: Observation


def restated_by(connection: Connection, paper: int) -> tuple[Restatement, ...]:
    """What the paper with that number restates of the paper before it, or the one after it restates of this one.

    Papers are in order of their dates. Only figures in the same unit are held against each other, and a paper
    that gives a figure twice restates it only if it gives it differently both times.
    """
    found = [_between(*both, paper) for group in _groups(connection, paper) for both in pairwise(group)]
    return tuple(one for one in found if one)


def _groups(connection: Connection, paper: int) -> list[list[list[Any]]]:
    """For each thing that this paper and another observe: the rows of each paper that does, papers in order."""
    table, papers = schema.OBSERVATIONS, schema.PAPERS
    when = (table.c.entity_key, table.c.start, table.c.end)
    named = (table.c.service, table.c.code, table.c.name)
    mine = select(table.c.measure_key, *when, *named).where(table.c.paper == paper).distinct().subquery()
    homeless = and_(
        or_(mine.c.service == "", table.c.service == ""),
        table.c.code != "",
        mine.c.code == table.c.code,
        mine.c.name == table.c.name,
    )
    same_measure = or_(mine.c.measure_key == table.c.measure_key, homeless)
    order = (*when, func.coalesce(papers.c.date, schema.NO_DATE), papers.c.document, table.c.number)
    wanted = (  # few columns, as a long paper observes much that no other does
        select(table.c.number, table.c.paper, table.c.measure_key, *when, *named)
        .join(papers)
        .join(mine, and_(*(mine.c[column.name] == column for column in when), same_measure))
        .where(table.c.value.is_not(None))
        .order_by(*order)
    )
    groups: dict[tuple[Any, ...], list[Any]] = {}
    found = list({row.number: row for row in connection.execute(wanted)}.values())
    homes = _homes(found)
    for row in found:
        key = homes.get((row.code, row.name), row.measure_key) if not row.service else row.measure_key
        groups.setdefault((key, row.entity_key, row.start, row.end), []).append(row)
    shared = [group for group in groups.values() if group[0].paper != group[-1].paper]
    whole = _whole(connection, [row.number for group in shared for row in group])
    return [
        [[whole[row.number] for row in of_paper] for _, of_paper in groupby(group, key=lambda row: row.paper)]
        for group in shared
    ]


def _whole(connection: Connection, numbers: Sequence[int]) -> dict[int, Any]:
    """The observations with these numbers, with the documents that they are of."""
    table, papers = schema.OBSERVATIONS, schema.PAPERS
    wanted = select(table, papers.c.document).join(papers)
    return {
        row.number: row
        for start in range(0, len(numbers), AT_ONCE)
        for row in connection.execute(wanted.where(table.c.number.in_(numbers[start : start + AT_ONCE])))
    }


def _homes(found: Sequence[Any]) -> dict[tuple[str, str], str]:
    """The key of the one measure of a service that has a code and a name; papers may give these under no service."""
    keys: dict[tuple[str, str], set[str]] = {}
    for row in found:
        if row.service and row.code:
            keys.setdefault((row.code, row.name), set()).add(row.measure_key)
    return {named: min(of) for named, of in keys.items() if len(of) == 1}


def _between(before: list[Any], after: list[Any], paper: int) -> Restatement | None:
    if paper not in (before[0].paper, after[0].paper):
        return None
    pairs = [(rows.observation(one), rows.observation(other)) for one in before for other in after]
    alike = [(one, other) for one, other in pairs if _unit(one) == _unit(other)]
    if not alike or any(_value(one) == _value(other) for one, other in alike):
        return None
    return Restatement(*alike[0])


def _unit(observation: Observation) -> str:
    return observation.figure.unit if isinstance(observation.figure, Figure) else ""


def _value(observation: Observation) -> object:
    return observation.figure.value if isinstance(observation.figure, Figure) else None
