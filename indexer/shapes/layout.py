"""Where what stands in a table of measures: its header, its label columns, its periods and their targets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from corpus.paper import Table
from indexer.shapes.columns import named_columns, plain
from indexer.shapes.grid import SOME_DAY, filled, spread, title_rows
from indexer.shapes.headers import (
    COLUMNS,
    MORE_TARGETS,
    TARGETS,
    TREND,
    VALUES,
    of_target,
    over_codes,
    over_names,
    said_by,
    way_of,
)
from indexer.shapes.relative import TO_DATE, moved, so_far
from indexer.shapes.titles import CODE, is_measure
from indexer.shapes.whens import dated, over_by, period_over
from kpi_tools.figures import read_figure
from kpi_tools.periods import Period, financial_year, read_period

MOST_HEADER_ROWS = 4
_YEAR = re.compile(r"['’]?\d\d(?:\d\d)?(?:[/–-]\d\d(?:\d\d)?)?\)?")
# Over a column that says of which period each row's figure is.
_WHENS = frozenset(
    ["period", "reporting period", "latest period", "time period", "data period", "date", "date of data", "last update",
     "last updated", "latest data", "quarter", "month", "as at", "position at", "reported for"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """The header row, the column of each label, the period of each column of figures, and that column's target.

    `aimed` is the period for which the target column's header says that it holds; None for any. `rows` are the periods
    of the columns in each row, where a column of its own tells them.
    """

    head: int
    labels: Mapping[str, int]
    periods: Mapping[int, Period]
    targets: Mapping[int, int]
    aimed: Period | None = None
    rows: Mapping[int, Mapping[int, Period]] = field(default_factory=dict)

    def of(self, row: int) -> Mapping[int, Period]:
        """The period of each column of figures in a row."""
        return self.rows.get(row, {}) if self.rows else self.periods


def layout(table: Table, near: date | None, over: Period | None = None) -> Layout | None:
    """The layout of a table with a row of headers that names measures and periods; None for any other table.

    A list of measures with targets, by their codes or by which way is better, has no periods. `over` is the period
    that the table is of where neither its title nor the nearest heading tells.
    """
    now = period_over(table, near) or over
    near = over_by(table, near)
    _, first = title_rows(table)
    for row in range(first, min(first + MOST_HEADER_ROWS, len(table.rows) - 1)):
        under = _under_years(table, row)
        if under == []:
            return None
        if _under_years(table, row + 1) is not None:
            continue
        head, texts = _wrapped(table, row, under or spread(table, row))
        labels = _labels(table, head, texts)
        if "name" not in labels:
            continue
        said = _lent({c: said_by(text) for c, text in enumerate(texts) if text})
        held = set(labels.values())
        whens = {c: when for c, (word, when) in said.items() if c not in held and word not in TARGETS and when}
        periods = dated({c: when for c, when in whens.items() if filled(table, head, c)}, near)
        rows = {} if periods else _by_row(table, head, labels, texts, near)
        if rows:
            return Layout(head, {**_lone_target(said, held, {}), **labels}, {}, {}, rows=rows)
        periods |= _beside(_relative(table, head, {*held, *periods}, now), periods)
        used = {c: texts[c] for c in range(len(texts)) if c not in held and filled(table, head, c)}
        periods |= so_far(used, periods, now)
        targets = _targets(said, whens, periods, held - {labels.get("target", -1)})
        labels = {**_lone_target(said, held, targets), **labels}
        labels = {name: c for name, c in labels.items() if name != "target" or c not in targets.values()}
        if periods:
            return _told_apart(table, Layout(head, labels, periods, targets, _aimed(said, labels)))
        if "target" in labels and {"code", "polarity"} & labels.keys():
            return Layout(head, labels, {}, {}, _aimed(said, labels))
    return None


def _under_years(table: Table, row: int) -> list[str] | None:
    """A header without years with those of the row above, where that holds nothing else ("2024" over "Nov" and "Dec");
    [] where the periods would then not go on evenly, None for any other header."""
    if not 0 < row < len(table.rows):
        return None
    years, texts = spread(table, row - 1), spread(table, row)
    bare = [c for c, text in enumerate(texts) if text and read_period(text, near=SOME_DAY) and not read_period(text)]
    if len(bare) < 2 or not any(years) or not all(_YEAR.fullmatch(year) for year in years if year):
        return None
    for column in range(1, len(years)):
        years[column] = years[column] or (years[column - 1] if texts[column] else "")
    joined = [f"{text} {year}" if text and year else text for text, year in zip(texts, years, strict=True)]
    found = [period for c in bare if (period := read_period(joined[c]))]
    even = {(after.start - one.start).days // 28 for one, after in pairwise(found)}
    return joined if len(found) == len(bare) and even in ({1}, {3}) else []


def _wrapped(table: Table, head: int, texts: list[str]) -> tuple[int, list[str]]:
    """A header and the row below it as one, where that holds no more than its periods' years ("January", "21")."""
    if head + 2 >= len(table.rows):
        return head, texts
    below = [table.text(head + 1, column) for column in range(len(texts))]
    joined = [f"{text} {more}".strip() for text, more in zip(texts, below, strict=True)]
    years = [c for c, more in enumerate(below) if more]
    dated_so = [c for c in years if read_period(said_by(joined[c])[1]) and read_period(texts[c]) is None]
    worded = all(_YEAR.fullmatch(below[c]) and texts[c] for c in years)
    return (head + 1, joined) if worded and 2 * len(dated_so) >= len(years) > 0 else (head, texts)


def _labels(table: Table, head: int, texts: list[str]) -> dict[str, int]:
    """The column of each label by its header, or where that does not tell by what stands in it."""
    words = [plain(text) for text in texts]
    coded = [over_names(w) and _coded(table, head, c) for c, w in enumerate(words)]  # "PI" may head either
    codes = [c for c, w in enumerate(words) if over_codes(w) or coded[c]]
    names = [c for c, w in enumerate(words) if over_names(w) and not coded[c]] or [c for c in codes if coded[c]]
    told = {field: at[0] for field, at in (("code", codes), ("name", names)) if at}
    told = {field: c for field, c in told.items() if field == "name" or c != told.get("name")}
    others = [
        "" if c in told.values() or said_by(texts[c])[0] in MORE_TARGETS else text for c, text in enumerate(words)
    ]
    labels = {**named_columns(others, {k: v for k, v in COLUMNS.items() if k not in told}), **told}
    at = labels.get("service", 0)
    sure = words[at] == "service" or words[at].startswith(tuple(set(COLUMNS["service"]) - {"service"}))
    if "service" in labels and not sure and _numbered(table, head, at):
        del labels["service"]  # "Service credit"
    if "target" not in labels and "threshold" in words:
        labels = {name: c for name, c in labels.items() if c != words.index("threshold")}
        labels["target"] = words.index("threshold")
    if "name" not in labels and (column := _unnamed(table, head, labels)) is not None:
        labels["name"] = column
    for column in range(len(texts)):
        if labels.get("name") != column and _all_ways(table, head, column) and not TREND.search(words[column]):
            labels = {name: c for name, c in labels.items() if c != column}
            labels.setdefault("polarity", column)
    return labels


def _unnamed(table: Table, head: int, labels: Mapping[str, int]) -> int | None:
    """The first column, where what stands in it are measures, codes or names with units, under a header that says
    nothing of itself: none, or the service's name."""
    texts = [text for r in table.below(head) if (text := table.text(r, 0)) and not _alone(table, r)]
    measures = [text for text in texts if is_measure(text)]
    header = table.text(head, 0)
    plain_header = not (is_measure(header) or read_period(header, near=SOME_DAY) or said_by(header)[0])
    free = 0 not in labels.values() and plain_header
    return 0 if free and texts and 2 * len(measures) >= len(texts) else None


def _coded(table: Table, head: int, column: int) -> bool:
    """Whether all that stands in a column are codes, but for what stands alone in its row and heads those below."""
    rows = [row for row in table.below(head) if any(filter(None, table.grid()[row][column + 1 :]))]
    texts = [text for row in rows if (text := table.text(row, column))]
    return bool(texts) and all(CODE.match(text) for text in texts)


def _numbered(table: Table, head: int, column: int) -> bool:
    """Whether most of a column's cells hold digits, as no service's name does."""
    texts = table.column(column, head)
    return 2 * len([text for text in texts if re.search(r"\d", text)]) > len(texts)


def _alone(table: Table, row: int) -> bool:
    return not any(table.text(row, column) for column in range(1, len(table.rows[row])))


def _all_ways(table: Table, head: int, column: int) -> bool:
    """Whether all that stands in a column are words for which way is better."""
    texts = table.column(column, head)
    return bool(texts) and all(way_of(text, signs=False) for text in texts)


def _lent(said: Mapping[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """Headers, where results without a period stand behind targets that have one ("Qtr 3 Target", "Hit"), again and
    again: they are of that period too."""
    bare = [c for c, (word, when) in said.items() if word in VALUES and not when]
    behind = [c for c in bare if said.get(c - 1, ("", ""))[0] in TARGETS and said[c - 1][1]]
    if len(behind) < 2 or behind != bare:
        return dict(said)
    return {c: (word, said[c - 1][1] if c in behind else when) for c, (word, when) in said.items()}


def _relative(table: Table, head: int, held: set[int], now: Period | None) -> dict[int, Period]:
    """Columns "Current quarter", "Previous quarter", "Actual", dated by the one period that the table is of."""
    if now is None:
        return {}
    found = {}
    for column, header in enumerate(spread(table, head)):
        if column not in held and (when := moved(header, now)) and _figures(table, head, column):
            found[column] = when
    return found


def _by_row(
    table: Table, head: int, labels: Mapping[str, int], texts: list[str], near: date | None
) -> dict[int, dict[int, Period]]:
    """The periods of the columns "Actual", "Previous" in each row, of which a column says the present one; {} where
    none does so for all."""
    held = set(labels.values())
    when = next((c for c, text in enumerate(texts) if plain(text) in _WHENS and c not in held), None)
    rows = table.below(head)
    if when is None:
        return {}
    told = {r: read_period(table.text(r, when), near=near) for r in rows if table.text(r, when)}
    valued = {c for c, text in enumerate(texts) if c not in {*held, when} and moved(text, financial_year(SOME_DAY))}
    found = {
        r: {c: period for c in valued if (period := moved(texts[c], now))}
        for r, now in told.items()
        if now and (near is None or now.end <= near)
    }
    return found if valued and len(found) == len(told) else {}


def _beside(relative: Mapping[int, Period], periods: Mapping[int, Period]) -> dict[int, Period]:
    """The columns "Actual", "Previous", but those of a period that another column names."""
    named = {(period.start, period.end) for period in periods.values()}
    return {c: period for c, period in relative.items() if (period.start, period.end) not in named}


def _figures(table: Table, head: int, column: int) -> bool:
    """Whether most of a column's cells are figures, or say why there is none."""
    texts = table.column(column, head)
    return bool(texts) and 2 * len([text for text in texts if read_figure(text)]) > len(texts)


def _targets(
    said: Mapping[int, tuple[str, str]], whens: Mapping[int, str], periods: Mapping[int, Period], held: set[int]
) -> dict[int, int]:
    """The target column of each period's: that which names the same period, or where each has one, that to its left; or
    that to its right, where none names a period."""
    aims = {c: when for c, (word, when) in said.items() if word in TARGETS and c not in held}
    found = {}
    for column, period in periods.items():
        for other, when in aims.items():
            named = read_period(when, near=period.end) if when else None
            dated_so = named and (named.start, named.end) == (period.start, period.end)
            beside = plain(whens.get(column, ""))
            so_far = TO_DATE.fullmatch(plain(when)) and TO_DATE.fullmatch(beside)
            if (dated_so or so_far or (when and plain(when) == beside)) and other != column:
                found[column] = other
    if periods and all(column - 1 in aims and aims[column - 1] for column in periods):
        found = {column: column - 1 for column in periods} | found
    bare = [column for column, when in aims.items() if not when]
    if len(bare) > 1 and bare == [column + 1 for column in sorted(periods)]:
        found = {column: column + 1 for column in periods} | found
    return found


def _lone_target(said: Mapping[int, tuple[str, str]], held: set[int], targets: Mapping[int, int]) -> dict[str, int]:
    """The one column of targets that is no period's own ("2022/23 annual target")."""
    aims = {c: when for c, (word, when) in said.items() if word in TARGETS and c not in held}
    left = [c for c, when in aims.items() if c not in targets.values() and of_target(when)]
    return {"target": left[0]} if len(left) == 1 else {}


def _aimed(said: Mapping[int, tuple[str, str]], labels: Mapping[str, int]) -> Period | None:
    """The period that a target column's header names ("Target 2021/22")."""
    _, when = said.get(labels.get("target", -1), ("", ""))
    return read_period(when) if when else None


def _told_apart(table: Table, found: Layout) -> Layout | None:
    """The layout, where a period over several columns has "target" and "actual" under it put right; where only some
    have a word under them, their header runs over two lines.

    None where two columns are of one period and nothing tells which holds the figure.
    """
    above, below = ([plain(t) for t in spread(table, found.head + row)] for row in (0, 1))
    values = {
        c: p for c, p in found.periods.items() if below[c] in VALUES or below[c] == above[c]
    }  # or one tall header
    if any(below[c] in VALUES for c in values) and all(below[c] for c in found.periods):
        aims = {(p.start, p.end): c for c, p in found.periods.items() if below[c] in TARGETS}
        targets = {c: aims[p.start, p.end] for c, p in values.items() if (p.start, p.end) in aims}
        found = Layout(found.head + 1, found.labels, values, targets, found.aimed)
    spans = [(p.start, p.end) for p in found.periods.values()]
    return found if len(set(spans)) == len(spans) else None
