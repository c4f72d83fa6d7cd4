"""What keeps the tools from calculating with what does not go together: each hands back what is to be said."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from kpi_tools.measures import MOMENTS, OVERALL, RATES, SUMS
from kpi_tools.names import members

Row = Any  # a row of the frame, as itertuples gives it
REFUSED = "so nothing was calculated."


def difference_unit(unit: str) -> str:
    """The unit of a difference: percentages differ by percentage points."""
    return "percentage points" if unit == "%" else unit


def one_kind(rows: Sequence[Row]) -> list[str]:
    """Why the figures do not go together, if so: of several measures, units, or lengths of period."""
    figures = [row for row in rows if row.value is not None]
    named = dict.fromkeys(" ".join(filter(None, (row.service, row.code or row.name))) for row in figures)
    kinds = (
        ("of different measures", named if len({row.key for row in figures}) > 1 else {}),
        ("in different units", dict.fromkeys(row.unit or "plain numbers" for row in figures)),
        ("for periods of different lengths", dict.fromkeys(row.grain for row in figures)),
    )
    return [f"The figures are {how} ({', '.join(ways)}), {REFUSED}" for how, ways in kinds if len(ways) > 1][:1]


def one_kind_each(rows: Sequence[Row]) -> list[str]:
    """The same for each series (a measure's figures for one entity) by itself."""
    series: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        series.setdefault((row.key, row.entity), []).append(row)
    return [note for own in series.values() for note in one_kind(own)][:1]


def can_add(rows: Sequence[Row]) -> list[str]:
    """A note where figures cannot be added up: percentages, rates, averages, the same thing counted twice."""
    figures = [row for row in rows if row.value is not None]
    money = all(row.unit.startswith("£") for row in figures)
    counts = all(row.unit in SUMS and (row.unit or row.value == row.value.to_integral_value()) for row in figures)
    names = {row.name for row in figures}
    if not (money or counts) or any(RATES.search(name) for name in names):
        return [f"Only counts, amounts and money can be added up, {REFUSED}"]
    periods = {(row.start, row.end) for row in figures}
    if len(periods) > 1 and any(MOMENTS.search(name) for name in names):
        return [f"These are counted at one moment or since the year began, {REFUSED}"]
    return []


def without_sums(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows without those that stand for other rows beside them: the overall, and joint rows of such councils."""
    present = set(frame["entity"])
    sums = {name for name in present if name == OVERALL or set(members(name)) & present}
    if not sums or sums == present or present - sums == set():
        return frame.reset_index(drop=True), []
    kept = frame[~frame["entity"].isin(sums)].reset_index(drop=True)
    return kept, [f"{' and '.join(sorted(sums))} left out, as the others are part of it."]


def cell(row: Row) -> tuple[str, str, object, object]:
    """What a row is about: its measure, entity and period."""
    return row.key, row.entity, row.start, row.end


def doubled(rows: Sequence[Row]) -> set[tuple[str, str, object, object]]:
    """What the papers give two figures for."""
    counts = Counter(cell(row) for row in rows if row.value is not None)
    return {about for about, count in counts.items() if count > 1}


def twice(rows: Sequence[Row]) -> list[str]:
    """A note for each figure that a paper gives in two ways."""
    both = doubled(rows)
    named = {cell(row): row for row in rows if cell(row) in both}
    return [f"{row.document} gives two figures for {row.entity} in {row.period}." for row in named.values()]


def restated(rows: Sequence[Row]) -> list[str]:
    """A note for each figure that an earlier paper gave differently."""
    return [
        f"{row.entity} in {row.period} was restated: {row.earlier} before, {row.printed} now."
        for row in rows
        if row.restated
    ]


def beside(rows: Sequence[Row]) -> list[str]:
    """What a calculation left out, and what was restated."""
    missing = [f"{row.entity} in {row.period} ({row.reason})" for row in rows if row.value is None]
    left_out = [f"Without a figure, and left out: {', '.join(missing)}."] if missing else []
    doubts = [f"{note} It was left out." for note in twice(rows)]
    return left_out + doubts + restated(rows)


def unjudged(rows: Sequence[Row]) -> list[str]:
    """Why rows with a figure were not held against a target."""
    without = [row for row in rows if row.target is None and not row.target_printed]
    unclear = dict.fromkeys(row.target_printed for row in rows if row.target_printed and row.target is None)
    unsaid = dict.fromkeys(row.target_printed for row in rows if row.target_printed and row.target is not None)
    notes = [f"No target is in force for {len(without)} of the figures."] if without else []
    notes += [f"The target as printed ({text}) cannot be held against the figures." for text in unclear]
    if unsaid:
        notes.append(f"The papers do not say whether the target of {' or '.join(unsaid)} is a floor or a ceiling.")
    return notes
