"""Cells of a table's rows that do not follow from the cells before them, as they do in the other rows.

Nothing need be known of what the columns are called: one that is the difference, the product, the share, the change or
the sum of columns before it in most rows is so by rule. Where its header says so, fewer rows must keep it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, permutations

from corpus.paper import Place
from kpi_tools.amounts import TEXTS, amounts
from kpi_tools.checks import sums
from kpi_tools.checks.slip import Slip, View, row_place, shown, slip, step
from kpi_tools.figures import Figure, read_figure, write_figure

FEWEST_RIGHT = 3  # rows in which a rule holds, so that it is known to be one
FEWEST_CALLED = 2  # those of a rule that the column's header tells
FIRST = 8  # rows of which half keep any rule that is worth a look
SMALL = 10  # whole numbers below it may come out by chance
MOST_COLUMNS = 14
SHARE = "amount off its share"
_TOTAL = re.compile(r"(?:.*\btotals?|.*\byear to date|ytd|.*\bto date|all)\b[^a-z]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what it is called, its figures and headers by column, where it stands; and if it is a risk."""

    name: str
    cells: Mapping[int, Figure]
    headers: Mapping[int, str]
    at: Place
    quote: str
    is_risk: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """How a column follows from others before it: its kind of slip, how it is said and calculated."""

    kind: str
    says: str
    make: Callable[..., Decimal]
    of: tuple[int, ...]
    column: int

    def due(self, line: Line) -> Decimal | None:
        """What the cell of a row is to be; None where the units of the columns cannot be so related."""
        of, unit = [line.cells[at] for at in self.of], _kind(line.cells[self.column])
        units = {_kind(figure) for figure in of}
        if self.kind == SHARE:
            fit = unit == "%" and unit not in units and len(units) == 1 and of[1].value != 0
        else:
            fit = units == {unit} and (self.kind, unit) != ("score", "%")
        return self.make(*(figure.value for figure in of)) if fit else None

    def apart(self, line: Line) -> Decimal:
        """By how much the cell misses what is due."""
        due = self.due(line)
        return Decimal("Infinity") if due is None else abs(due - line.cells[self.column].value)

    def loose(self, line: Line, exact: bool = False) -> Decimal:
        """By how much a cell may miss what is due as all are rounded, or `exact`, as it alone is."""
        of: list[Decimal] = [line.cells[at].value for at in self.of]
        cell = line.cells[self.column]
        last = step(cell.value)
        if self.kind == SHARE:
            return last if exact else last + sum((step(value) for value in of), Decimal(0)) * 100 / (abs(of[1]) or 1)
        counted = self.kind == "score" or (exact and cell.unit in ("", "£"))
        return Decimal(0) if counted else sum((step(value) for value in of), last) / 2

    def tells(self, line: Line) -> bool:
        """Whether it is no chance that a row keeps it: nothing in it is nought, or one, and not all is small."""
        values = [line.cells[at].value for at in (*self.of, self.column)]
        small = self.kind != "score" and all(abs(value) < SMALL and step(value) == 1 for value in values)
        return not small and all(values) and (self.kind != "score" or 1 not in values)


def rows_off_their_rule(view: View) -> Iterator[Slip]:
    """A cell that is not what the cells before it make, by a rule that most other rows of its table keep."""
    for lines in tables(view):
        told: set[Place] = set()
        for rule in _rules(lines):
            off = [(line, due) for line, due in _off(rule, lines) if not _made_otherwise(rule, line, lines)]
            if told & {line.at for line, _ in off}:
                continue  # one wrong cell breaks several rules
            apart = [due - line.cells[rule.column].value for line, due in off]
            # The total of a wrong cell's column is wrong by as much.
            ends = len(off) > 1 and off[-1][0] is lines[-1] and apart[-1] == sum(apart[:-1])
            for line, due in off[:-1] if ends else off:
                told.add(line.at)
                cell, head = line.cells[rule.column], line.headers.get(rule.column, "")
                yield slip(
                    rule.kind,
                    f"{line.name}: {rule.says.format(*(line.cells[at].printed for at in rule.of))} is"
                    f" {write_figure(due.quantize(step(cell.value)), _kind(cell))},"
                    f" {f'the column {head!r}' if head else 'the row'} says {cell.printed}; in the other rows it comes"
                    " out.",
                    (line.at, line.quote),
                )


def _off(rule: Rule, lines: Sequence[Line]) -> list[tuple[Line, Decimal]]:
    """The rows that do not keep a rule, with what is due there, where all but a few do; else none."""
    first = lines[:FIRST]
    if 2 * sum(rule.apart(line) <= rule.loose(line) for line in first) < len(first):
        return []
    head = lines[0].headers.get(rule.column, "")
    called = rule.kind == ("score" if lines[0].is_risk else "sum" if _TOTAL.match(head) else "")
    for exact in (True, False):
        right = [x for x in lines if rule.apart(x) <= rule.loose(x, exact) and (called or rule.tells(x))]
        wrong = [x for x in lines if rule.apart(x) > rule.loose(x, exact) * (1 if exact else 2)]
        off = [(line, due) for line in wrong if (due := rule.due(line)) is not None]
        if len(right) >= (max(FEWEST_CALLED, len(off)) if called else max(FEWEST_RIGHT, 3 * len(off))):
            return off
    return []


def _made_otherwise(rule: Rule, line: Line, lines: Sequence[Line]) -> bool:
    """Whether the cell is just what another rule of the kind makes, which more rows keep to the last digit."""

    def kept(one: Rule) -> int:
        return sum(one.apart(each) <= one.loose(each, exact=True) for each in lines[:FIRST])

    rivals = (other for other in _rules(lines) if (other.kind, other.column) == (rule.kind, rule.column))
    return any(one.apart(line) <= one.loose(line, exact=True) and kept(one) > kept(rule) for one in rivals)


def _rules(lines: Sequence[Line]) -> Iterator[Rule]:
    """The rules that columns, those that all rows have, could follow; a variance by its header is checked by that."""
    columns = sorted(set.intersection(*(set(line.cells) for line in lines)))[:MOST_COLUMNS]
    by_name = sums.told_by_name(lines[0].headers.values())
    for at, column in enumerate(columns):
        before, head = columns[:at], lines[0].headers.get(column, "")
        for first in range(1 if _TOTAL.match(head) else len(before) - 2):
            of = tuple(before[first:])
            if len(of) > 1:
                yield Rule("sum", f"the sum of the {len(of)} cells before it", lambda *all_of: sum(all_of), of, column)
        for pair in combinations(before, 2):
            yield Rule("score", "{0} times {1}", lambda one, two: one * two, pair, column)
        for pair in permutations(before, 2):
            if not by_name:
                yield Rule("variance", "{0} less {1}", lambda one, two: one - two, pair, column)
            yield Rule(SHARE, "{0} as a share of {1}", lambda one, two: one * 100 / two, pair, column)
            yield Rule(SHARE, "{0} as a change from {1}", lambda one, two: (one - two) * 100 / two, pair, column)


def tables(view: View) -> Iterator[Sequence[Line]]:
    """The rows of each table that have a figure wherever most have one."""
    tables: dict[tuple[str, int], dict[tuple[int, int], Line]] = defaultdict(dict)
    for record in view.records:
        place, quote = record.place, record.quote
        if record.kind in TEXTS:
            cells = dict(enumerate(amounts(record)))
            figures = {at: cell.figure for at, cell in cells.items() if cell.figure}
            headers = {at: cell.header for at, cell in cells.items()}
            line = Line(record.fields["line"], figures, headers, place, quote)
        elif record.kind == "risk":
            line = Line(
                f"Risk {record.fields['ref'] or quote.split(' | ')[0]}", _read(quote), {}, place, quote, is_risk=True
            )
        else:
            continue
        tables[place.document, place.table].setdefault((place.page, place.row), line)
    for document, rows in view.rows.items():
        for row in rows:
            quote = shown(row)[1]
            called = row.entity if quote.startswith(row.entity) else row.code or row.name
            line = Line(called, _read(quote), {}, row_place(row), quote)
            tables[document, row.table].setdefault((row.page, row.row), line)
    for found in tables.values():
        shapes = [frozenset(line.cells) for line in found.values()]
        usual = max(shapes, key=shapes.count)
        alike = [line for line in found.values() if usual <= set(line.cells)]
        if len(alike) > FEWEST_CALLED and usual:
            yield alike


def _kind(figure: Figure) -> str:
    """A percentage, a sum of money, or "" for all that is counted: its unit may only be a word of its header."""
    return figure.unit if figure.unit[:1] in ("%", "£") else ""


def _read(quote: str) -> Mapping[int, Figure]:
    read = {at: read_figure(cell.strip()) for at, cell in enumerate(quote.split(" | "))}
    return {at: figure for at, figure in read.items() if isinstance(figure, Figure)}
