"""Measures down, periods across: scorecards with targets and thresholds, and lists of indicators with their figures.

A row that stands one column off its header, as papers do print, is put right only where its frequency word proves it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from corpus.paper import Pack, Table
from indexer.shapes import budget, plain_rows
from indexer.shapes.aimed import until
from indexer.shapes.areas_beside import Whose, areas_beside
from indexer.shapes.column_labels import Column, compared, unnamed
from indexer.shapes.columns import plain
from indexer.shapes.entities_down import named
from indexer.shapes.found import Found, beside, quote
from indexer.shapes.grid import SOME_DAY, spread
from indexer.shapes.headers import BETTER, WAYS_SAID, over_names, way_in, way_of
from indexer.shapes.layout import Layout, layout
from indexer.shapes.legends import legend_of, told_by
from indexer.shapes.name_cells import last_lines, name_in
from indexer.shapes.prose import figures_in
from indexer.shapes.titles import read_title, service_in, service_of
from indexer.shapes.whens import day_of, period_of_paper
from kpi_tools.figures import Figure, Reason, named_unit, read_bound, read_figure
from kpi_tools.measures import CUMULATIVE, OVERALL, WAYS, Measure, Observation, Target, grows
from kpi_tools.names import is_service
from kpi_tools.periods import Period, quarter

FREQUENCY = re.compile(
    r"(\d+ )?(daily|weekly|monthly|quarterly|annual(ly)?|yearly|half.?yearly|bi.?annual(ly)?)$", re.IGNORECASE
)
LEAST = re.compile(r"\bmin(?:imum)?\b|\bat least\b|\bnot? (?:be )?(?:less|below)\b", re.IGNORECASE)
MOST = re.compile(r"\bmax(?:imum)?\b|\bat most\b|\bnot? (?:to exceed|exceeding|more|above)\b", re.IGNORECASE)
NAMING = re.compile(r"\b(?:kpis?|pis?|indicators?|measures?|metrics?|descriptions?|what)\b", re.IGNORECASE)
COUNT_OVER = re.compile(r"^\d{1,2}\s*\n(?=[^\W\d])")
MOST_CODED = 0.7  # of the names
FAR_OFF = 10  # times a count's threshold: a figure so far beyond it is not that count


def identify(table: Table) -> bool:
    """A header row with a column that names measures and at least one that names a period, or that of the paper."""
    if layout(table, SOME_DAY) is not None:
        return True
    return layout(table, SOME_DAY, quarter(SOME_DAY)) is not None and not budget.identify(table)


def extract(table: Table, pack: Pack) -> Found:
    """Observations, or reasons for none, and the targets that they are held to."""
    found = layout(table, day_of(pack, table), period_of_paper(pack, table))
    if found is None:
        known = plain_rows.identify(table)
        return plain_rows.extract(table, pack) if known else Found(unread="its periods cannot be told")
    observations: list[Observation] = []
    targets: list[Target] = []
    off: list[str] = []
    odd: list[str] = []
    nowhere: list[str] = []
    under, legend = _headed(table, found) or service_of(table), legend_of(table, pack)
    sure = "service" not in found.labels or is_service(under)
    whose = areas_beside(table, found.head, found.labels["name"])
    if whose is None:
        return Found(unread="it is not told which of its rows are of which measure")
    others, again = _others(table, found, pack), last_lines(table, found.labels["name"], found.head + 1)
    coded = _coded(table, found)
    for row in range(found.head + 1, len(table.rows)):
        shift = _shift(table, row, found)
        if _is_header(table, row, found.head):
            continue
        if shift is None:
            off.append(quote(table, row)[:60])
            continue
        line = _Line(table, pack, row, shift, found, others, again, whose.get(row))
        said = line.group() or told_by(legend, line.service())
        under, sure = said or under, sure or bool(said)
        if line.name()[0] and not line.group():
            if not sure or (coded and not line.code()):  # it goes on from a page, or from a row, that is not known
                nowhere.append(quote(table, row)[:60])
                continue
            measure = line.measure(under)
            targets += line.targets(measure)
            observations += line.observations(measure)
            odd += line.unread(measure)
    held = {*found.labels.values(), *found.of(found.head + 1), *found.targets.values(), *others}
    left = unnamed(table, found.head, held) if found.periods else ()
    return Found(tuple(observations), tuple(targets), (), "; ".join((*_unread(found, off, odd, nowhere), *left)))


def _others(table: Table, found: Layout, pack: Pack) -> Mapping[int, Column]:
    """The columns of figures that are others'."""
    held = {*found.labels.values(), *found.periods, *found.targets.values()}
    header = spread(table, found.head)
    return compared({c: text for c, text in enumerate(header) if text and c not in held}, pack.date)


def _headed(table: Table, found: Layout) -> str:
    """The service that the header over the names is; "" where it is a word for names."""
    header = spread(table, found.head)[found.labels["name"]]
    return "" if over_names(plain(header)) or NAMING.search(header) else service_in(header)


def _is_header(table: Table, row: int, head: int) -> bool:
    """Whether a row says again what the header does: on the next page, or over the next group."""
    said = [(table.text(row, c), text) for c, text in enumerate(spread(table, head)) if table.text(row, c)]
    return len(said) > 2 and 2 * sum(own == text for own, text in said) > len(said)


def _coded(table: Table, found: Layout) -> bool:
    """Whether the names begin with codes: then text that has none belongs to the row above, from which it was torn."""
    names = [text for row in range(found.head + 1, len(table.rows)) if (text := table.text(row, found.labels["name"]))]
    with_code = sum(bool(read_title(name).code) for name in names)
    return "code" not in found.labels and with_code >= MOST_CODED * len(names) and with_code > 2


def _unread(found: Layout, off: list[str], odd: list[str], nowhere: list[str]) -> Iterator[str]:
    if not (found.periods or found.rows):
        yield "its header names no period, so only its targets are read"
    if off:
        yield f"rows that do not stand under their header: {'; '.join(off)}"
    if nowhere:
        yield f"rows whose service or measure is not told: {'; '.join(nowhere)}"
    if odd:
        yield f"cells that hold no figure alone: {'; '.join(odd)}"


def _shift(table: Table, row: int, found: Layout) -> int | None:
    """How many columns left of its header a row stands: 0, or 1 where that is certain; None where it is not told."""
    at = found.labels.get("frequency")
    if at is None or not found.periods or not any(table.text(row, c) for c in range(at, len(table.rows[row]))):
        return 0
    if FREQUENCY.match(table.text(row, at)):
        return 0
    moved = at > 0 and FREQUENCY.match(table.text(row, at - 1))
    if not moved:  # no frequency that is known: it stands off only where one stands elsewhere
        return None if any(FREQUENCY.match(table.text(row, c)) for c in range(len(table.rows[row]))) else 0
    last = max(found.periods)
    return 1 if not table.text(row, last) and table.text(row, last - 1) else None


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a scorecard."""

    table: Table
    pack: Pack
    row: int
    shift: int
    layout: Layout
    others: Mapping[int, Column]
    again: frozenset[str]  # last lines of names that several rows have, so that they name none
    whose: Whose | None = None  # the area that it is of, where that parts the rows of a measure

    def at(self, column: int) -> str:
        return self.table.text(self.row, column - self.shift) if column >= self.shift else ""

    def text(self, label: str) -> str:
        column = self.layout.labels.get(label)
        return "" if column is None else self.at(column)

    def service(self) -> str:
        """What the column of services says, without the count of the rows above that may stand over it."""
        column = self.layout.labels.get("service")
        cell = None if column is None or column < self.shift else self.table.rows[self.row][column - self.shift]
        return " ".join(COUNT_OVER.sub("", cell.text).split()) if cell else ""

    def group(self) -> str:
        """The service that a row names, which has nothing but a name; "" for any other row."""
        filled = [c for c in range(len(self.table.rows[self.row])) if self.table.text(self.row, c)]
        if len(filled) != 1 or not (filled[0] == 0 or self.table.text(self.row, filled[0]).isupper()):
            return ""
        text = self.table.text(self.row, filled[0])
        if BETTER.search(text):
            return ""  # a description that stands in a row of its own
        apart = filled[0] != self.layout.labels["name"] or not any(c.isdigit() or c == "%" for c in text)
        return service_in(text) if apart and re.search(r"[^\W\d]{2}", text) and not read_title(text).code else ""

    def name(self) -> tuple[str, str]:
        """The name, and what describes it."""
        if self.whose:
            return self.whose.name, ""
        cell = self.table.rows[self.row][self.layout.labels["name"] - self.shift]
        return name_in(cell.text if cell else "", self.again)

    def code(self) -> str:
        """The measure's code, from its own column or from its name; "" for none."""
        at = self.layout.labels.get("code")
        first = self.whose.first if self.whose else self.row
        own = "" if at is None else self.at(at) or self.table.text(first, at)
        return own.replace(" ", "") or read_title(BETTER.sub("", self.name()[0])).code

    def measure(self, under: str) -> Measure:
        """The measure; its unit from where it is said."""
        name, description = self.name()
        title = read_title(BETTER.sub("", name))
        said = self.text("unit")
        bound = read_bound(self.text("target"))
        unit = named_unit(said) or title.unit
        if not unit and bound and bound[1].unit.startswith(("%", "£")):
            unit = bound[1].unit
        return Measure(
            under, self.code(), (title.name or name).rstrip("."), unit, self._polarity(f"{name} {description}")
        )

    def _polarity(self, told: str) -> str:
        cell, found = self.text("polarity"), BETTER.search(told)
        return way_of(cell) or way_in(cell) if cell else WAYS_SAID[found["way"].lower()] if found else ""

    def targets(self, measure: Measure) -> Iterator[Target]:
        """The target of the row, and that of each period which has its own."""
        name, description = self.name()
        stated = read_bound(self.text("target"), measure.unit)
        for bound in (stated, read_bound(description, measure.unit), read_title(name).aim):
            if bound:
                column = self.layout.labels.get("target", self.layout.labels["name"])
                yield self._target(measure, bound, self.layout.aimed, column)
                break
        for column, target in self.layout.targets.items():
            own = read_bound(self.at(target), measure.unit)
            if own:
                yield self._target(measure, own, self.layout.periods[column], target)

    def _target(self, measure: Measure, bound: tuple[str, Figure], period: Period | None, column: int) -> Target:
        comparator, figure = bound
        header = spread(self.table, self.layout.head)[column]
        way = comparator or _way_in(header) or WAYS.get(measure.polarity, "") or self._thresholds(figure)
        said = quote(self.table, self.row)
        if CUMULATIVE.search(header) and (period or grows(measure)):
            way, said = way if period else "", f"{header}: {said}"
        elif CUMULATIVE.search(" ".join((*self.name(), self.text("target")))):
            way = ""  # a year's target holds no month or quarter to it
        place = self.pack.cell_place(self.table, self.row, max(column - self.shift, 0))
        start, end = (period.start, period.end) if period else (None, until(self.at(column)))
        whose = self.entity() if self.whose else ""
        return Target(measure, whose, way, figure, start, end, place, said, self.pack.exempt(place))

    def entity(self) -> str:
        """Whose figures the row has: the area's that it names, or the council's."""
        return named(self.whose.area, self.pack.council) if self.whose else self.pack.council or OVERALL

    def _thresholds(self, target: Figure) -> str:
        """Which way is better, by where the threshold for failure lies; "" where there is none.

        Neither where the target counts something ("0 failures") and the row's figures plainly count something else.
        """
        bounds = [b for label in ("detriment", "failure") if (b := read_bound(self.text(label)))]
        if re.search(r"\d\s+[a-z]", self.text("target")) and not target.unit:
            most = max([target.value, *(bound.value for _, bound in bounds), Decimal(1)])
            figures = [read_figure(self.at(column)) for column in self.layout.of(self.row)]
            if any(isinstance(f, Figure) and f.value > FAR_OFF * most for f in figures):
                return ""
        for _, bound in bounds:
            if bound.value != target.value:
                return ">=" if bound.value < target.value else "<="
        return ""

    def observations(self, measure: Measure) -> Iterator[Observation]:
        """A figure or a reason for each period; several where a cell tells them in prose."""
        for column, period in self.layout.of(self.row).items():
            place = self.pack.cell_place(self.table, self.row, max(column - self.shift, 0))
            entity, said = self.entity(), quote(self.table, self.row)
            for found, when in self._read(self.at(column), measure.unit, period):
                yield Observation(measure, entity, when, found, place, said, self.pack.exempt(place))
            for other, figure in beside(self.at(column), spread(self.table, self.layout.head)[column], measure):
                yield Observation(other, entity, period, figure, place, said, self.pack.exempt(place))

        for column, says in self.others.items():
            theirs = read_figure(self.at(column), measure.unit)
            if isinstance(theirs, Figure) and says.period:
                place = self.pack.cell_place(self.table, self.row, max(column - self.shift, 0))
                said, exempt = quote(self.table, self.row), self.pack.exempt(place)
                yield Observation(measure, says.whose, says.period, theirs, place, said, exempt)

    def unread(self, measure: Measure) -> Iterator[str]:
        """The cells under periods from which nothing was read."""
        for column, period in self.layout.of(self.row).items():
            if self.at(column) and not self._read(self.at(column), measure.unit, period):
                yield f"{measure.code or measure.name[:40]}: {self.at(column)[:60]}"

    def _read(self, text: str, unit: str, period: Period) -> list[tuple[Figure | Reason, Period]]:
        told: list[tuple[Figure | Reason, Period]] = [*figures_in(text, unit, self.pack.date, period)]
        figure = None if told else read_figure(text, unit)
        if figure is None and re.match(r"[^\W\d]{2,}(?!.*\d\s?%)", text):
            figure = Reason(text)  # words stand in the place of a figure
        return told or ([(figure, period)] if figure else [])


def _way_in(header: str) -> str:
    """The comparator that a target column's header tells: "Target (min)", "Target not to exceed"."""
    least, most = LEAST.search(header), MOST.search(header)
    return "" if bool(least) == bool(most) else ">=" if least else "<="
