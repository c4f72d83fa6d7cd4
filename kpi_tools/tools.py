"""The KPI tools: each takes rows of the frame and hands back rows, results calculated in Decimal, and notes.

`Calculation.of` are positions in `Finding.rows`. Rows without a figure stay in the rows and out of the arithmetic.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import groupby
from typing import Any, Literal

import pandas as pd

from kpi_tools import guards
from kpi_tools.guards import Row

Order = Literal["worst", "best", "highest", "lowest"]


@dataclass(frozen=True, slots=True)
class Calculation:
    """What was calculated: "change" of -29.49 "percentage points" `of` the figures at those positions."""

    operation: str
    value: Decimal
    unit: str
    of: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What a tool found: the rows it looked at, what it calculated of them, and what is to be said beside."""

    tool: str
    rows: pd.DataFrame
    results: tuple[Calculation, ...]
    notes: tuple[str, ...]


def lookup(frame: pd.DataFrame) -> Finding:
    """The figures as they stand."""
    rows = _in_order(frame)
    return Finding("lookup", rows, (), tuple(guards.twice(each(rows)) + guards.restated(each(rows))))


def trend(frame: pd.DataFrame) -> Finding:
    """The course of each series: its first, last, lowest and highest figure, and the change from first to last."""
    rows = _in_order(frame)
    results: list[Calculation] = []
    refusal = guards.one_kind_each(each(rows))
    for points in [] if refusal else _series(rows):
        low, high = min(points, key=_value), max(points, key=_value)
        named = (("first", points[0]), ("last", points[-1]), ("lowest", low), ("highest", high))
        results += [Calculation(word, row.value, row.unit, (at,)) for word, (at, row) in named]
        results += [_change(points[0], points[-1])] if len(points) > 1 else []
    return _finding("trend", rows, results, refusal)


def compare(frame: pd.DataFrame) -> Finding:
    """The entities side by side, period by period; the difference where a period has just two figures."""
    rows = frame.sort_values(["start", "end"], kind="stable").reset_index(drop=True)
    refusal = guards.one_kind(each(rows))
    results = []
    for _, points in groupby([] if refusal else _figures(rows), key=lambda point: (point[1].start, point[1].end)):
        pair = sorted(points, key=_value)
        if len(pair) == 2:
            (low, below), (high, above) = pair
            unit = guards.difference_unit(above.unit)
            results.append(Calculation("difference", above.value - below.value, unit, (high, low)))
    return _finding("compare", rows, results, refusal)


def rank(frame: pd.DataFrame, order: Order = "worst", top: int = 0, everyone: bool = False) -> Finding:
    """The figures in order. Only councils are ranked, unless there is nothing else.

    order: what comes first; worst and best go by whether higher or lower is better
    top: how many of them, 0 for all
    everyone: rank the overall and joint rows too
    """
    rows, notes = (frame, []) if everyone else guards.without_sums(frame)
    if refusal := guards.one_kind(each(rows)):
        return _finding("rank", _in_order(rows), (), notes + refusal)
    ways = {row.polarity for row in each(rows)}
    downwards = order == "highest" or (order, ways) in (("best", {"higher"}), ("worst", {"lower"}))
    if order in ("worst", "best") and ways not in ({"higher"}, {"lower"}):
        notes.append("The papers do not say whether higher or lower is better: the lowest figure comes first.")
    points = sorted(_figures(rows), key=_value, reverse=downwards)
    if 0 < top < len(points):
        last = points[top - 1][1].value
        points = [point for n, point in enumerate(points) if n < top or point[1].value == last]
    left_out = guards.beside(each(rows))
    ranked = rows.iloc[[at for at, _ in points]].reset_index(drop=True)
    return Finding("rank", ranked, (), tuple(notes + left_out))


def change(frame: pd.DataFrame) -> Finding:
    """The change of each series from its first figure to its last, in percentage points for percentages."""
    rows = _in_order(frame)
    refusal = guards.one_kind_each(each(rows))
    series = [] if refusal else _series(rows)
    results = [_change(points[0], points[-1]) for points in series if len(points) > 1]
    alone = ["A change needs figures of two periods."] if series and not results else []
    return _finding("change", rows, results, refusal + alone)


def average(frame: pd.DataFrame) -> Finding:
    """The plain mean of the figures, to as many decimals as they are printed in; of whole numbers to one."""
    rows, notes = _addends(frame)
    refusal = guards.one_kind(each(rows))
    points = [] if refusal else _figures(rows)
    results = []
    if points:
        mean = sum((row.value for _, row in points), Decimal(0)) / len(points)
        results.append(Calculation("average", _rounded(mean, points), points[0][1].unit, tuple(at for at, _ in points)))
        weighted = " of several councils, not weighted by their size" if len({r.entity for _, r in points}) > 1 else ""
        notes.append(f"The plain mean of {len(points)} figure{'s' if len(points) > 1 else ''}{weighted}.")
    return _finding("average", rows, results, notes + refusal)


def median(frame: pd.DataFrame) -> Finding:
    """The middle one of the figures; of an even number the mean of the two in the middle, rounded as `average` is."""
    rows, notes = _addends(frame)
    refusal = guards.one_kind(each(rows))
    points = sorted([] if refusal else _figures(rows), key=lambda point: point[1].value)
    results = []
    if points:
        middle = points[(len(points) - 1) // 2 : len(points) // 2 + 1]
        value = sum((row.value for _, row in middle), Decimal(0)) / len(middle)
        value = middle[0][1].value if len(middle) == 1 else _rounded(value, points)
        results.append(Calculation("median", value, points[0][1].unit, tuple(at for at, _ in points)))
    return _finding("median", rows, results, notes + refusal)


def total(frame: pd.DataFrame) -> Finding:
    """The sum of counts or of money; percentages, rates and averages are not added up."""
    rows, notes = _addends(frame)
    refusal = guards.one_kind(each(rows)) or guards.can_add(each(rows))
    points = [] if refusal else _figures(rows)
    results = []
    if points:
        value = sum((row.value for _, row in points), Decimal(0))
        results.append(Calculation("total", value, points[0][1].unit, tuple(at for at, _ in points)))
    return _finding("total", rows, results, notes + refusal)


def against_target(frame: pd.DataFrame) -> Finding:
    """Each figure against the target in force: met or missed, and by how much."""
    rows = _in_order(frame)
    points = _figures(rows)
    judged = [(at, row) for at, row in points if row.met is not None]
    aimed = [(at, row) for at, row in points if row.target is not None]
    results = [
        Calculation("margin", row.value - row.target, guards.difference_unit(row.unit), (at,)) for at, row in aimed
    ]
    for word, met in (("met", True), ("missed", False)):
        of = tuple(at for at, row in judged if row.met is met)
        results += [Calculation(word, Decimal(len(of)), "periods", of)] if of else []
    return _finding("against target", rows, results, guards.unjudged([row for _, row in points if row.met is None]))


def streak(frame: pd.DataFrame, met: bool = False) -> Finding:
    """How many periods running the target was missed: the current run and the longest, of each series.

    met: count the periods in which it was met instead
    """
    rows = _in_order(frame)
    refusal = guards.one_kind_each(each(rows))
    results: list[Calculation] = []
    for points in [] if refusal else _series(rows):
        judged = [(at, row) for at, row in points if row.met is not None]
        if not judged:
            continue
        runs = _runs(judged, met)
        current = runs[-1] if runs and runs[-1][-1] == points[-1][0] else ()
        longest = max(runs, key=len, default=())
        results.append(Calculation("current run", Decimal(len(current)), "periods", current))
        results.append(Calculation("longest run", Decimal(len(longest)), "periods", longest))
    unjudged = guards.unjudged([row for _, row in _figures(rows) if row.met is None])
    return _finding("streak", rows, results, refusal + unjudged)


Point = tuple[int, Row]


def _finding(tool: str, rows: pd.DataFrame, results: Sequence[Calculation], notes: list[str]) -> Finding:
    return Finding(tool, rows, tuple(results), tuple(notes + guards.beside(each(rows))))


def _value(point: Point) -> Decimal:
    value: Decimal = point[1].value
    return value


def each(rows: pd.DataFrame) -> list[Row]:
    """The rows of a frame, one object each, as `itertuples` gives them, but in a tenth of its time."""
    return list(map(_row_type(tuple(rows.columns))._make, rows.to_numpy(dtype=object)))


@cache
def _row_type(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns)


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of each series together and in time; the series in the order in which they came."""
    first: dict[tuple[str, str], int] = {}
    for pair in zip(frame["key"], frame["entity"], strict=True):
        first.setdefault(pair, len(first))
    ranks = [first[pair] for pair in zip(frame["key"], frame["entity"], strict=True)]
    ordered = frame.assign(_rank=ranks).sort_values(["_rank", "start", "end"], kind="stable")
    return ordered.drop(columns="_rank").reset_index(drop=True)


def _figures(rows: pd.DataFrame) -> list[Point]:
    """The rows that can be calculated with: those with a figure that the paper does not give twice."""
    listed = each(rows)
    doubled = guards.doubled(listed)
    return [(at, row) for at, row in enumerate(listed) if row.value is not None and guards.cell(row) not in doubled]


def _series(rows: pd.DataFrame) -> list[list[Point]]:
    """The figures of each measure and entity, in time."""
    by_series = groupby(_figures(rows), key=lambda point: (point[1].key, point[1].entity))
    return [list(points) for _, points in by_series]


def _change(first: Point, last: Point) -> Calculation:
    unit = guards.difference_unit(last[1].unit)
    return Calculation("change", last[1].value - first[1].value, unit, (first[0], last[0]))


def _addends(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows that may be added up, sums of others left out."""
    rows, notes = guards.without_sums(frame)
    return _in_order(rows), notes


def _rounded(mean: Decimal, points: Sequence[Point]) -> Decimal:
    decimals = max(-int(row.value.as_tuple().exponent) for _, row in points)
    if decimals <= 0 and mean == mean.to_integral_value():
        return mean.to_integral_value()
    return mean.quantize(Decimal(1).scaleb(-max(decimals, 1)), ROUND_HALF_UP)


def _runs(judged: Sequence[Point], met: bool) -> list[tuple[int, ...]]:
    """The positions of each run of periods that follow each other and were all met, or all missed."""
    runs: list[tuple[int, ...]] = []
    before: Row | None = None
    for at, row in judged:
        follows = before is not None and before.met is met and row.start == before.end + timedelta(days=1)
        if row.met is met:
            runs = [*runs[:-1], (*runs[-1], at)] if follows and runs else [*runs, (at,)]
        before = row
    return runs


TOOLS: tuple[Callable[..., Finding], ...] = (
    lookup,
    trend,
    compare,
    rank,
    change,
    average,
    median,
    total,
    against_target,
    streak,
)  # fmt: skip
