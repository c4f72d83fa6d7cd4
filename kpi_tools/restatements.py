"""Figures that two papers give differently for the same measure, entity and period."""

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import Connection, and_, func, select

from kpi_tools import rows, schema
from kpi_tools.figures import Figure
from kpi_tools.measures import Observation


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
    """For each thing that this paper observes: the rows of each paper that observes it too, papers in order."""
    table, papers = schema.OBSERVATIONS, schema.PAPERS
    what = (table.c.measure_key, table.c.entity_key, table.c.start, table.c.end)
    mine = select(*what).where(table.c.paper == paper).distinct().subquery()
    wanted = (
        select(table, papers.c.document)
        .join(papers)
        .join(mine, and_(*(mine.c[column.name] == column for column in what)))
        .where(table.c.value.is_not(None))
        .order_by(*what, func.coalesce(papers.c.date, schema.NO_DATE), papers.c.document, table.c.number)
    )
    found = connection.execute(wanted).all()
    same = groupby(found, key=lambda row: (row.measure_key, row.entity_key, row.start, row.end))
    return [[list(of_paper) for _, of_paper in groupby(group, key=lambda row: row.paper)] for _, group in same]


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
