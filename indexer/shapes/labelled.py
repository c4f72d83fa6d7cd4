"""Tables that say by their labels alone what each figure is: of which measure, whose, and of which period.

One of the three stands over the columns and one down the side, or both in one header ("England 2023/24"); the third is
in the title. A column that nothing names is left out, and told of; a table where two columns say the same is not read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from corpus.paper import Pack, Table
from indexer.shapes import plain_rows
from indexer.shapes.column_labels import Column, are_parts, columns_of, split, unnamed
from indexer.shapes.columns import named_columns, plain
from indexer.shapes.entities_down import NO_AREAS, named
from indexer.shapes.found import Found, observed, quote
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.headers import (
    AREAS,
    ASIDE,
    BEFORE,
    COLUMNS,
    SERVICES,
    TARGETS,
    VALUES,
    of_target,
    over_codes,
    over_names,
    said_by,
)
from indexer.shapes.titles import CODE, is_measure, read_title, service_in, service_of, shows_by, title_over
from indexer.shapes.whens import day_of, periods_of
from kpi_tools.figures import Figure, find_unit, read_bound, read_figure
from kpi_tools.measures import OVERALL, Measure, Observation, Target
from kpi_tools.names import entity, squash
from kpi_tools.periods import Period, read_period, year_before

# What is said of a figure, and names no place.
NO_PLACE = re.compile(
    r"\b(?:numbers?|no|rates?|totals?|values?|per ?cent|percentage|unit costs?|averages?|scores?|volumes?|counts?"
    r"|received|upheld|open(?:ed)?|closed|completed|met|days|hours|amounts?|results?|current|status|position|variance|baseline"
    r"|budgets?|spend|income|plan(?:ned)?|male|female|staff|owner|years?|months?|ytd|performance|actuals?"
    r"|(?<!\w )quarters?|(?:this|the|each|per|current|latest|previous|prior|last|same|next|year) quarters?"
    r"|targets?|change|rank|band|within|time|sample|base|responses?|respondents|yes)\b|[%£]"
)
ENOUGH = 0.5  # of the cells under what was understood must be figures or say why there is none


@dataclass(frozen=True, slots=True)
class _Plan:
    """The last row of the header, the word over the labels, their column and that of codes, and what each other column
    says; `down`: rows are periods."""

    head: int
    kind: str
    label: int
    code: int | None
    columns: Mapping[int, Column]
    target: int | None = None
    down: Mapping[int, Period] | None = None


def identify(table: Table) -> bool:
    """A header and labels that say, with the title, what the figures are."""
    return _plan(table, SOME_DAY, "") is not None


def extract(table: Table, pack: Pack) -> Found:
    """An observation for each figure, by its row's and its column's labels, and the targets beside them."""
    plan = _plan(table, day_of(pack, table), pack.council)
    if plan is None:
        known = plain_rows.identify(table)
        return plain_rows.extract(table, pack) if known else Found(unread="its periods cannot be told")
    observations: list[Observation] = []
    targets: list[Target] = []
    for row in range(plan.head + 1, len(table.rows)):
        label = table.text(row, plan.label)
        if not label:
            continue
        for column, says in plan.columns.items():
            measure, whose, period = _of(table, plan, row, says, pack.council or OVERALL)
            if period and measure.name:
                observations += observed(pack, table, (row, column), measure, whose, period)
        targets += _target(table, plan, row, pack)
    left = unnamed(table, plan.head, {plan.label, plan.code, plan.target, *plan.columns})
    return Found(tuple(observations), tuple(targets), unread="; ".join(left))


def _of(table: Table, plan: _Plan, row: int, says: Column, council: str) -> tuple[Measure, str, Period | None]:
    """The measure of a cell, whose it is, and its period."""
    label, (over, said) = table.text(row, plan.label), title_over(table)
    kind = plan.kind
    under, whose, name = service_of(table), says.whose or council, label
    if plan.down:
        name = says.what
    elif kind in AREAS or (not over_names(kind) and (entity(label) or named(label) == OVERALL)):
        whose, name = named(label, council), says.what
        if not is_measure(says.what):
            name = _joined("" if says.what and shows_by(over.name) else over.name, says.what)
        own = says.what and not is_measure(said)  # the title may be the service of what the columns measure
        under = service_of(table, said) or (service_in(said) if own else "")
    elif kind in SERVICES:
        under, name = service_in(label) or label, says.what or over.name
        if says.what and is_measure(over.name) and not is_measure(says.what):
            name = _joined(over.name, says.what)
        under = service_of(table, said) if named(label) == OVERALL else under
    elif says.what and (_is_part(says, plan) or NO_PLACE.search(plain(says.what))):
        name = f"{label} - {says.what}"
    elif says.what:
        whose = named(says.what)
    if name == label and kind and not over_names(kind) and is_measure(over.name) and not is_measure(label):
        name = _joined(over.name, label)  # a part of what the title measures
    title = read_title(name)
    code = table.text(row, plan.code).replace(" ", "") if plan.code is not None else title.code or ""
    unit = find_unit(name) or over.unit or says.unit
    period = says.period
    if plan.down:
        period = _down(plan.down[row], table.text(row, plan.label), says)
    return Measure(under, code, title.name, unit, ""), whose, period


def _is_part(says: Column, plan: _Plan) -> bool:
    """Whether what a header says is a part of the measure, and no place: others have another unit, or stand beside it
    without a word of whose they are ("Awards | Value")."""
    beside = [other for other in plan.columns.values() if other.period == says.period and other is not says]
    return are_parts(plan.columns.values()) or any(not (other.what or other.whose) for other in beside)


def _joined(title: str, what: str) -> str:
    return f"{title} - {what}" if title and what else title or what


def _down(own: Period, label: str, says: Column) -> Period | None:
    """The month or quarter that a row names, in the year that its column names, or in that before its own."""
    if (year := says.period) is None:
        return year_before(own, f"{label} a year before") if says.ago else own
    part = read_period(label, near=year.end)
    return replace(part, label=f"{label} {year.label}") if part and year.start <= part.start <= year.end else None


def _target(table: Table, plan: _Plan, row: int, pack: Pack) -> Iterator[Target]:
    if plan.target is None or not plan.columns:
        return
    told = [_of(table, plan, row, says, pack.council) for says in plan.columns.values() if not says.ago]
    if len({measure for measure, _, _ in told}) > 1:  # it is of the one that is measured in its unit
        own = read_bound(table.text(row, plan.target))
        told = [each for each in told if own and own[1].unit and each[0].unit == own[1].unit]
    if len({measure for measure, _, _ in told}) != 1:
        return
    measure, _, now = max(told, key=lambda each: each[2].end if plan.down and each[2] else date.min)
    bound = read_bound(table.text(row, plan.target), measure.unit)
    start, end = (now.start, now.end) if plan.down and now else (None, None)
    if bound and measure.name:
        place = pack.cell_place(table, row, plan.target)
        yield Target(measure, "", *bound, start, end, place, quote(table, row), pack.exempt(place))


def _plan(table: Table, near: date | None, council: str) -> _Plan | None:
    """What the table's labels say; None where they do not say all of it, or say two columns to be the same."""
    _, head = title_rows(table)
    if len(table.rows) < head + 2 or len(table.rows[0]) < 2:
        return None
    head, texts = _header(table, head)
    words = [plain(text) for text in texts]
    fields = named_columns(words, {k: COLUMNS[k] for k in ("code", "target")})
    aims = [c for c, (word, when) in enumerate(map(said_by, texts)) if word in TARGETS and of_target(when)]
    fields |= {"target": aims[0]} if "target" not in fields and len(aims) == 1 else {}
    code = fields.get("code", 0 if _coded(table, head) or over_codes(words[0]) else None)
    label = next((c for c in range(len(texts)) if c != code and not _figures(table, head, c)), None)
    if label is None or label > 1 or (label == 1 and code != 0):
        return None
    rows, kind = table.below(head), plain(texts[label])
    whens = periods_of({r: table.text(r, label) for r in rows if table.text(r, label)}, near)
    down = whens if len(whens) == len(rows) > 1 else None
    used = {
        c: texts[c]
        for c in range(label + 1, len(texts))
        if c != fields.get("target") and not ASIDE.fullmatch(plain(texts[c])) and _figures(table, head, c)
    }
    columns = _measures(used, title_over(table)[0].name) if down else columns_of(table, kind, used, near, council)
    kept = {c: column for c, column in columns.items() if down or column.period}
    plan = _Plan(head, kind, label, code, kept, fields.get("target"), down)
    return plan if kept and len(set(_keys(kept))) == len(kept) and _fits(table, plan) else None


def _header(table: Table, head: int) -> tuple[int, list[str]]:
    """The last row of the header, and each column's texts in it: of one row, or of two with the upper over several."""
    upper = spread(table, head)
    below = [table.text(head + 1, c) for c in range(len(table.rows[head + 1]))]
    if len(table.rows) < head + 3 or sum(map(bool, below)) < 2 or any(read_figure(t, "seconds") for t in below):
        return head, upper
    for column in range(2, len(upper)):
        upper[column] = upper[column] or (upper[column - 1] if below[column] else "")
    beside = [text for text in below[1:] if text and not ASIDE.fullmatch(plain(text))]
    lower = bool(beside) and all(read_period(text, near=SOME_DAY) for text in beside)  # periods under measures
    if not lower and not any(read_period(text, near=SOME_DAY) for text in upper):
        return head, upper
    return head + 1, [" ".join(dict.fromkeys(filter(None, pair))) for pair in zip(upper, below, strict=True)]


def _keys(columns: Mapping[int, Column]) -> Iterator[tuple[object, ...]]:
    for says in columns.values():
        span = (says.period.start, says.period.end) if says.period else None
        yield span, squash(says.whose), squash(says.what.replace("%", " per cent "))


def _fits(table: Table, plan: _Plan) -> bool:
    """Whether the labels are words, the cells mostly figures, and what the labels do not say is in the title."""
    rows = range(plan.head + 1, len(table.rows))
    labels = [text for row in rows if (text := table.text(row, plan.label))]
    worded = all(re.search(r"[^\W\d_]{2}", text) and not _is_figure(text) for text in labels) or plan.down
    cells = [(column, text) for row in rows for column in plan.columns if (text := table.text(row, column))]
    known = [text for column, text in cells if read_figure(text, _unit(table, plan.head, column))]
    if any(plain(text) in NO_AREAS for text in labels):
        return False  # rows of results, of targets, of a year before
    bare = plan.kind in (*AREAS, *SERVICES) and not all(says.what for says in plan.columns.values())
    titled = bool(title_over(table)[0].name) or not bare
    return bool(labels and worded) and titled and len(known) > ENOUGH * len(cells) and len(labels) == len(set(labels))


def _measures(used: Mapping[int, str], title: str) -> dict[int, Column]:
    """Over rows of periods: each header is a measure, and may name a year; or it says no more than of which year the
    results are of what the title measures. Beside that of the whole it is a part of this."""
    found, summed = {}, any(named(text) == OVERALL for text in used.values())
    for column, text in used.items():
        period, rest = split(text, SOME_DAY)
        year = period if period and period.grain == "year" else None
        if period and not year:
            return {}
        said = rest if year else " ".join(text.split())
        ago, whole = plain(said) in BEFORE, summed and named(said) == OVERALL
        what = title if ago or whole or plain(said) in ("", *VALUES) else _joined(title if summed else "", said)
        found[column] = Column(year, "", what, ago=ago)
    return found if all(says.what for says in found.values()) else {}


def _coded(table: Table, head: int) -> bool:
    texts = [row[0] for row in table.grid()[head + 1 :] if row[0] and any(row[1:])]
    return bool(texts) and all(CODE.match(text) for text in texts)


def _figures(table: Table, head: int, column: int) -> bool:
    """Whether most of what stands in a column are figures, or say why there is none."""
    texts = table.column(column, head)
    unit = _unit(table, head, column)
    return bool(texts) and 2 * len([text for text in texts if read_figure(text, unit)]) > len(texts)


def _unit(table: Table, head: int, column: int) -> str:
    """The unit that a column's header states, or the title over all of them."""
    return find_unit(table.text(head, column)) or title_over(table)[0].unit


def _is_figure(text: str) -> bool:
    return isinstance(read_figure(text), Figure)
