"""Several rows for each measure: what was achieved and what was aimed at, or one for each year, under periods.

"Calls answered | Target | 90% | 90%" over "| Actual | 85% | 92%": the name stands once, or in each row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.paper import Pack, Table
from indexer.shapes.columns import plain
from indexer.shapes.found import Found, aimed, observed
from indexer.shapes.grid import SOME_DAY, spread, title_rows, whole_words
from indexer.shapes.headers import ASIDE, BEFORE, TARGETS, VALUES, over_codes
from indexer.shapes.result_rows import in_year, year_of
from indexer.shapes.titles import CODE, read_title, service_in, service_of
from indexer.shapes.whens import periods_in
from kpi_tools.figures import Figure, find_unit, read_figure
from kpi_tools.measures import OVERALL, Measure, Observation, Target
from kpi_tools.periods import Period, read_period, year_before


@dataclass(frozen=True, slots=True)
class _Plan:
    """The header's row, the columns of codes, names and what each row holds, and the first of the periods."""

    head: int
    code: int | None
    name: int
    kind: int


@dataclass(frozen=True, slots=True)
class _Line:
    """What a row holds, and the service and the words of the measure that it is of."""

    row: int
    kind: str
    under: str
    code: str
    name: str


def identify(table: Table) -> bool:
    """A column of words for results and targets, or of years, behind one of names, and periods over all others."""
    return _plan(table) is not None


def extract(table: Table, pack: Pack) -> Found:
    """Observations of the rows of results, and the targets that hold for them."""
    plan = _plan(table)
    across = periods_in(table, plan.head, pack) if plan else {}
    if plan is None or not (across or _yearly(table, plan)):
        return Found(unread="its periods cannot be told without the paper's date")
    observations: list[Observation] = []
    targets: list[Target] = []
    for _, lines in groupby(_lines(table, plan), lambda line: (line.under, line.code, line.name)):
        block = list(lines)
        measure = _measure(block)
        whens = {line.row: _periods(table, plan, line, across) for line in block}
        for line in block:
            if line.kind in TARGETS:
                held = {c: p for other in block if other.kind in VALUES for c, p in whens[other.row].items()}
                targets += [t for c, p in held.items() for t in aimed(table, pack, (line.row, c), measure, p)]
            for c, p in whens[line.row].items():
                observations += observed(pack, table, (line.row, c), measure, pack.council or OVERALL, p)
    return Found(tuple(observations), tuple(targets))


def _plan(table: Table) -> _Plan | None:
    _, head = title_rows(table)
    if len(table.rows) < head + 3 or len(table.rows[0]) < 4:
        return None
    header = spread(table, head)
    kind = next((c for c in (1, 2) if _kinds(table, head, c)), None)
    if kind is None:
        return None
    dated = [bool(read_period(text, near=SOME_DAY)) for text in header[kind + 1 :] if text]
    bare = not any(read_period(text) for text in header[kind + 1 :])
    names = [c for c in range(kind) if not over_codes(plain(header[c])) and not _coded(table, head, c)]
    plan = _Plan(head, next((c for c in range(kind) if c not in names), None), names[-1] if names else 0, kind)
    below = [table.text(row, column) for row in table.below(head) for column in names]
    figured = any(isinstance(read_figure(text), Figure) for text in below)
    known = len(dated) > 1 and all(dated) and bool(names) and not figured
    return plan if known and (not _yearly(table, plan) or bare) else None


def _kinds(table: Table, head: int, column: int) -> bool:
    """Whether each row has a word for what it holds in a column, results again and again among them, or a year."""
    said = [table.text(row, column) for row in table.below(head) if _filled(table, row)]
    kinds = [_kind(text) for text in said]
    results = [kind for kind in kinds if kind in VALUES or year_of(kind)]
    again = len(results) > 1 and len(set(kinds)) < len(kinds)
    return again and all(k in (*VALUES, *TARGETS, *BEFORE) or ASIDE.fullmatch(k) or year_of(k) for k in kinds)


def _kind(text: str) -> str:
    return text if year_of(text) else plain(whole_words(text))


def _yearly(table: Table, plan: _Plan) -> bool:
    return any(year_of(table.text(row, plan.kind)) for row in range(plan.head + 1, len(table.rows)))


def _filled(table: Table, row: int) -> bool:
    """Whether a row has more than a heading."""
    return sum(bool(table.text(row, column)) for column in range(len(table.rows[row]))) > 1


def _coded(table: Table, head: int, column: int) -> bool:
    texts = table.column(column, head)
    return bool(texts) and all(CODE.match(text) for text in texts)


def _lines(table: Table, plan: _Plan) -> Iterator[_Line]:
    """The rows below the header, each with the name that stands in it or last above it."""
    under, code, name = service_of(table), "", ""
    for row in range(plan.head + 1, len(table.rows)):
        text = table.text(row, plan.name)
        if not _filled(table, row):
            under = service_in(next((t for c in range(plan.kind) if (t := table.text(row, c))), "")) or under
            continue
        if text:
            code, name = table.text(row, plan.code) if plan.code is not None else "", text
        if name:
            yield _Line(row, _kind(table.text(row, plan.kind)), under, code, name)


def _measure(block: Sequence[_Line]) -> Measure:
    first, title = block[0], read_title(block[0].name)
    unit = find_unit(title.name) or title.unit
    return Measure(first.under, first.code.replace(" ", "") or title.code, title.name, unit, "")


def _periods(table: Table, plan: _Plan, line: _Line, across: Mapping[int, Period]) -> dict[int, Period]:
    """The periods of a row's figures; none for a row of anything else."""
    if year_of(line.kind):
        return in_year(["" if c <= plan.kind else t for c, t in enumerate(spread(table, plan.head))], line.kind)
    if line.kind in BEFORE:
        return {c: year_before(p, f"{p.label} a year before") for c, p in across.items()}
    return dict(across) if line.kind in VALUES else {}
