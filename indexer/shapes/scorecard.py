"""Measures down, periods across: scorecards with targets and thresholds, and lists of indicators with their figures.

A row that stands one column off its header, as papers do print, is put right only where its frequency word proves it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.paper import Pack, Table
from indexer.shapes.columns import named_columns, plain
from indexer.shapes.found import Found, quote, read_title, service_of, spread, title_rows
from indexer.shapes.prose import figures_in
from kpi_tools.figures import Figure, Reason, find_unit, read_bound, read_figure
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.names import service
from kpi_tools.periods import Period, read_period

COLUMNS = {
    "service": ("service area", "service", "department", "directorate"),
    "code": (
        "performance measure ref", "ref", "code", "kpi ref", "indicator ref", "measure ref", "kpi no", "no",
    ),
    "name": (
        "description", "performance indicator", "indicator", "measure", "performance measure", "measure description",
        "kpi", "kpi description", "performance measure description", "definition",
    ),
    "frequency": ("measure frequency", "frequency", "reporting frequency"),
    "unit": ("measure criteria", "unit", "unit of measure", "units"),
    "target": ("target", "annual target", "current target", "kpi target"),
    "detriment": ("detriment", "floor", "threshold", "tolerance"),
    "failure": ("failure", "minimum"),
}  # fmt: skip
FREQUENCY = re.compile(
    r"(\d+ )?(daily|weekly|monthly|quarterly|annual(ly)?|yearly|half.?yearly|bi.?annual(ly)?)$", re.IGNORECASE
)
# What may stand under a period in a second header row.
VALUES = ("actual", "result", "performance", "value", "outturn", "figure", "achieved")
TARGETS = ("target", "plan", "goal")
POLARITY = {"higher is better": "higher", "lower is better": "lower"}
WAYS = {"higher": ">=", "lower": "<="}
SOME_DAY = date(2000, 1, 1)
MOST_HEADER_ROWS = 4
MOST_INITIALS = 5
FITS = 0.95  # letters differ in width, so a line that would only just have fitted may not have


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where what stands: the header row, the label columns, the period columns, and a target column for each."""

    head: int
    labels: dict[str, int]
    periods: dict[int, Period]
    targets: dict[int, int]


def identify(table: Table) -> bool:
    """A header row with a column that names measures and at least one that names a period."""
    return _layout(table, SOME_DAY) is not None


def extract(table: Table, pack: Pack) -> Found:
    """Observations, or reasons for none, and the targets that they are held to."""
    layout = _layout(table, pack.date)
    if layout is None:
        return Found(unread="its periods cannot be told without the paper's date")
    observations: list[Observation] = []
    targets: list[Target] = []
    unread, under = [], service_of(table)
    for row in range(layout.head + 1, len(table.rows)):
        shift = _shift(table, row, layout)
        if shift is None:
            unread.append(quote(table, row)[:60])
            continue
        line = _Line(table, pack, row, shift, layout)
        under = _service(line.text("service")) or under
        if line.text("name"):
            measure = line.measure(under)
            targets += line.targets(measure)
            observations += line.observations(measure)
    off = f"rows that do not stand under their header: {'; '.join(unread)}" if unread else ""
    return Found(tuple(observations), tuple(targets), (), off)


def _layout(table: Table, near: date | None) -> _Layout | None:
    _, first = title_rows(table)
    for head in range(first, min(first + MOST_HEADER_ROWS, len(table.rows) - 1)):
        texts = spread(table, head)
        labels = named_columns([plain(t) for t in texts], COLUMNS)
        periods = {
            c: p for c, t in enumerate(texts) if t and c not in labels.values() and (p := read_period(t, near=near))
        }
        if periods and "name" in labels:
            return _told_apart(table, _Layout(head, labels, periods, _beside(texts, labels, periods)))
    return None


def _beside(texts: list[str], labels: dict[str, int], periods: dict[int, Period]) -> dict[int, int]:
    """The column left of a period's that says it holds the target for it."""
    own = {c: c - 1 for c in periods if c and c - 1 not in labels.values()}
    return {c: left for c, left in own.items() if "target" in texts[left].lower()}


def _told_apart(table: Table, layout: _Layout) -> _Layout | None:
    """The layout, where a period over several columns has "target" and "actual" under it put right.

    None where two columns are of one period and nothing tells which holds the figure.
    """
    below = [plain(t) for t in spread(table, layout.head + 1)]
    values = {c: p for c, p in layout.periods.items() if below[c] in VALUES}
    if values:
        aims = {(p.start, p.end): c for c, p in layout.periods.items() if below[c] in TARGETS}
        targets = {c: aims[p.start, p.end] for c, p in values.items() if (p.start, p.end) in aims}
        layout = _Layout(layout.head + 1, layout.labels, values, targets)
    spans = [(p.start, p.end) for p in layout.periods.values()]
    return layout if len(set(spans)) == len(spans) else None


def _shift(table: Table, row: int, layout: _Layout) -> int | None:
    """How many columns left of its header a row stands: 0, or 1 where that is certain; None where it is not told."""
    at = layout.labels.get("frequency")
    if at is None or not any(table.text(row, c) for c in range(at, len(table.rows[row]))):
        return 0
    if FREQUENCY.match(table.text(row, at)):
        return 0
    last = max(layout.periods)
    moved = at > 0 and FREQUENCY.match(table.text(row, at - 1)) and not table.text(row, last)
    return 1 if moved and table.text(row, last - 1) else None


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a scorecard."""

    table: Table
    pack: Pack
    row: int
    shift: int
    layout: _Layout

    def at(self, column: int) -> str:
        return self.table.text(self.row, column - self.shift) if column >= self.shift else ""

    def text(self, label: str) -> str:
        column = self.layout.labels.get(label)
        return "" if column is None else self.at(column)

    def measure(self, under: str) -> Measure:
        """The measure; its code from its own column or from the head of its name, its unit from where it is said."""
        cell = self.table.rows[self.row][self.layout.labels["name"] - self.shift]
        name, description = head_of(cell.text if cell else "")
        title = read_title(name)
        code = self.text("code").replace(" ", "") or title.code
        said = self.text("unit")
        bound = read_bound(self.text("target"))
        unit = find_unit(said) or find_unit(title.name) or (said if said in ("days", "hours") else "")
        if not unit and bound and bound[1].unit == "%":
            unit = "%"
        polarity = next((way for words, way in POLARITY.items() if words in f"{name} {description}".lower()), "")
        return Measure(under, code, title.name or name, unit, polarity)

    def targets(self, measure: Measure) -> Iterator[Target]:
        """The target of the row, and that of each period which has its own."""
        description = head_of(self._name())[1]
        for bound in (read_bound(self.text("target"), measure.unit), read_bound(description, measure.unit)):
            if bound:
                yield self._target(measure, bound, None, self.layout.labels.get("target", self.layout.labels["name"]))
                break
        for column, target in self.layout.targets.items():
            own = read_bound(self.at(target), measure.unit)
            if own:
                yield self._target(measure, own, self.layout.periods[column], target)

    def _name(self) -> str:
        cell = self.table.rows[self.row][self.layout.labels["name"] - self.shift]
        return cell.text if cell else ""

    def _target(self, measure: Measure, bound: tuple[str, Figure], period: Period | None, column: int) -> Target:
        comparator, figure = bound
        way = comparator or WAYS.get(measure.polarity, "") or self._thresholds(figure)
        place = self.pack.cell_place(self.table, self.row, max(column - self.shift, 0))
        start, end = (period.start, period.end) if period else (None, None)
        said = quote(self.table, self.row)
        return Target(measure, "", way, figure, start, end, place, said, self.pack.exempt(place.page))

    def _thresholds(self, target: Figure) -> str:
        """Which way is better, by where the threshold for failure lies; "" where there is none."""
        for label in ("detriment", "failure"):
            bound = read_bound(self.text(label))
            if bound and bound[1].value != target.value:
                return ">=" if bound[1].value < target.value else "<="
        return ""

    def observations(self, measure: Measure) -> Iterator[Observation]:
        """A figure or a reason for each period; several where a cell tells them in prose."""
        for column, period in self.layout.periods.items():
            place = self.pack.cell_place(self.table, self.row, max(column - self.shift, 0))
            for found, when in self._read(self.at(column), measure.unit, period):
                entity = self.pack.council or "Overall"
                said = quote(self.table, self.row)
                yield Observation(measure, entity, when, found, place, said, self.pack.exempt(place.page))

    def _read(self, text: str, unit: str, period: Period) -> list[tuple[Figure | Reason, Period]]:
        told: list[tuple[Figure | Reason, Period]] = [*figures_in(text, unit, self.pack.date)]
        if told:
            return told
        figure = read_figure(text, unit)
        if figure is None and text and not any(c.isdigit() for c in text):
            figure = Reason(text)  # words stand in the place of a figure
        return [(figure, period)] if figure else []


def _service(text: str) -> str:
    """A service column's text; initials ("STS") stay as they are."""
    return text if text.isupper() and len(text) <= MOST_INITIALS else service(text)


def head_of(text: str) -> tuple[str, str]:
    """A cell's first sentence or line, which names, and the rest, which describes.

    A line was broken by hand, and not by the column's width, where the next word would have fitted on it.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    width = max(map(len, lines), default=0)
    for end in range(1, len(lines)):
        before, after = lines[end - 1], lines[end]
        fitted = len(before) + 1 + len(after.split()[0]) <= FITS * width
        closed = "(" not in "".join(lines[:end]).rpartition(")")[2]
        if closed and not after[0].islower() and (fitted or before.endswith(".")):
            return " ".join(lines[:end]), " ".join(lines[end:])
    return " ".join(lines), ""
