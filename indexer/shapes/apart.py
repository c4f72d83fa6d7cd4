"""Headers put right before any shape looks at them: periods that were read as one cell, and years over months."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from corpus.paper import Cell, Row, Table
from indexer.shapes.columns import plain
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.headers import TARGETS, TREND, VALUES
from indexer.shapes.parts import Part
from kpi_tools.figures import Figure, read_figure
from kpi_tools.periods import Period, find_periods, read_period

# Beside the parts of a year: the year itself, and what holds no figure of it.
_WHOLE = (
    "outturn", "total", "year", "full year", "year end", "year end outturn", "end of year", "final outturn",
    "annual outturn",
)  # fmt: skip
_SO_FAR = ("ytd", "year to date", "cumulative", "cumulative to date")
_MARKS = ("rag", "status", "rag status", "dot", "trend", "direction of travel")
_BESIDE = (*_MARKS, "ytd", "year to date")


def apart(table: Table) -> Part:
    """The table with each period over its own column, and where its rows begin in what was read; as it is where nothing
    is to be put right."""
    return _dated(table) or _joined(table) or Part(_cornered(_parted(_unmarked(table))), 0, 0)


def _unmarked(table: Table) -> Table:
    """The table without "Direction of travel" behind a period, where an arrow or a word stands behind each figure of
    that column: two columns set so close that they were read as one."""
    _, head = title_rows(table)
    texts = {c: " ".join(table.text(head, c).split()) for c in range(len(table.rows[head]))}
    periods = {
        c: text[: -len(mark)].strip()
        for c, text in texts.items()
        for mark in _MARKS
        if text.lower().endswith(f" {mark}") and read_period(text[: -len(mark)], near=SOME_DAY)
    }
    over = {c: period for c, period in periods.items() if _is_marked(table, head, c)}
    if not over:
        return table
    return replace(table, rows=(*table.rows[:head], _row(table.rows[head], texts | over), *table.rows[head + 1 :]))


def _is_marked(table: Table, head: int, column: int) -> bool:
    """Whether in each row below the head one thing that is no figure stands behind a figure."""
    cells = [text.split() for row in table.below(head) if (text := table.text(row, column))]
    return bool(cells) and all(
        len(parts) == 2 and isinstance(read_figure(parts[0]), Figure) and not isinstance(read_figure(parts[1]), Figure)
        for parts in cells
    )


def _cornered(table: Table) -> Table:
    """The table with the year in its corner over each bare month or quarter of its header: "2020/21 | Q1 | Q2"."""
    _, head = title_rows(table)
    year, *others = (table.text(head, column) for column in range(len(table.rows[head])))
    parts = {c: f"{text} {year}" for c, text in enumerate(others, 1) if text and (_is_month(text) or _is_quarter(text))}
    dated = len(parts) > 1 and _is_year(year) and all(map(read_period, parts.values()))
    if not dated:
        return table
    over = {c: parts.get(c, text) for c, text in enumerate(others, 1)}
    return replace(table, rows=(*table.rows[:head], _row(table.rows[head], over), *table.rows[head + 1 :]))


def _parted(table: Table) -> Table:
    """Each period of a lone first row ("Q1 2021/22 Q2 2021/22") over its column, where these are as many."""
    texts = [table.text(0, column) for column in range(len(table.rows[0]))]
    if len(table.rows) < 2 or len([text for text in texts if text]) != 1 or not (cell := table.rows[0][0]):
        return table
    hits = find_periods(cell.text, SOME_DAY)
    edges = [0, *(edge for _, start, end in hits for edge in (start, end)), len(cell.text)]
    between = "".join(cell.text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    figured = [c for c in range(1, len(texts)) if any(read_figure(table.text(r, c)) for r in range(1, len(table.rows)))]
    if between.strip() or len(hits) < 2 or len(hits) != len(figured):
        return table
    over = {c: hit[0].label for c, hit in zip(figured, hits, strict=True)}
    return replace(table, rows=(_row(table.rows[0], over), *table.rows[1:]))


def _dated(table: Table) -> Part | None:
    """Two rows of a header as one, periods over their parts or over their years: "Oct 2020", "Quarter 1 2025/26"; None
    for any other table. They may stand under a row that says what all of them measure."""
    _, head = title_rows(table)
    for row in range(head, min(head + 2, len(table.rows) - 2)):
        over = _stacked(table, row) or (_following(table, row) if row == head else None)
        if over:
            rows = (*table.rows[:row], _row(table.rows[row + 1], over), *table.rows[row + 2 :])
            return Part(replace(table, rows=rows), 1, 0)
    return None


def _stacked(table: Table, row: int) -> dict[int, str] | None:
    """What a header row and the one below it say together of each column; None where they name no period so, or what
    stands below one goes on after its end."""
    cells = {at: cell for at, cell in enumerate(table.rows[row]) if cell and cell.text.strip()}
    upper = {c: at for at, cell in cells.items() for c in range(at, at + cell.columns)}
    over, begins = dict[int, str](), dict[int, list[date]]()
    for column in range(len(table.rows[row])):
        at, lower = upper.get(column, -1), table.text(row + 1, column)
        said = table.text(row, at) if at >= 0 else ""
        text = _both(said, lower, cells[at].columns == 1) if said and lower else said or lower
        if text is None or (not said and (_is_month(lower) or _is_quarter(lower))):
            return None
        over[column] = text
        if said and lower and plain(lower) not in (*_WHOLE, *TARGETS) and (period := read_period(text)):
            begins.setdefault(at, []).append(period.start)
    return over if begins and all(starts == sorted(starts) for starts in begins.values()) else None


def _both(upper: str, lower: str, alone: bool) -> str | None:
    """A period with the part of it, the year, or the word that stands below; None for what is none of these, but for
    one header in two lines that stands over a column `alone`."""
    whole, part, words = read_period(upper), _is_month(lower) or _is_quarter(lower), plain(lower)
    if whole and part:
        within = read_period(lower, near=whole.end)
        inside = within and whole.start <= within.start and within.end <= whole.end
        year = upper if whole.grain == "year" else str(within.start.year) if within else ""
        return f"{lower} {year}" if inside else None
    if _is_year(lower) and (_is_month(upper) or _is_quarter(upper)):
        return f"{upper} {lower}"
    if read_period(upper, near=SOME_DAY):
        return {**dict.fromkeys(TARGETS, f"{lower} {upper}"), **dict.fromkeys(_BESIDE, lower)}.get(words) or (
            upper if words in _WHOLE else None
        )
    said = f"{upper} {lower}"
    return said if alone and (TREND.search(plain(said)) or not read_period(lower, near=SOME_DAY)) else None


def _joined(table: Table) -> Part | None:
    """Results and targets under what they are of as one row: "Q1 2021/22 Target".

    That is periods, where all labels stand in the lower row, or in the upper, and one of what stands there is the year
    to date; or anything beside rows of periods.
    """
    _, head = title_rows(table)
    if len(table.rows) < head + 3:
        return None
    upper, lower = spread(table, head), [table.text(head + 1, c) for c in range(len(table.rows[head]))]
    under = {c: plain(lower[c]) for c, text in enumerate(upper) if text and lower[c]}
    so_far = {upper[c] for c in under if plain(upper[c]) in _SO_FAR}
    down = not lower[0] and all(read_period(text, near=SOME_DAY) for text in table.column(0, head + 1))
    labelled = table.text(head + 1, 0) if not upper[0] else so_far and not lower[0]
    dated = all(u in so_far or read_period(u, near=SOME_DAY) for c in under if (u := upper[c]))
    if not under or not (down or (labelled and dated)):
        return None
    if not all(word in (*VALUES, *TARGETS, *_BESIDE) for word in under.values()):
        return None
    said = {c: f"{upper[c]} {lower[c]}" for c in under if under[c] not in _BESIDE}
    over = {c: said.get(c, text or upper[c]) for c, text in enumerate(lower)}
    rows = (*table.rows[:head], _row(table.rows[head + 1], over), *table.rows[head + 2 :])
    return Part(replace(table, rows=rows), 1, 0)


def _following(table: Table, row: int) -> dict[int, str] | None:
    """Months alone, or quarters, under years that stand anywhere over them: each with its own, as they follow one
    another."""
    upper, lower = ([table.text(r, c) for c in range(len(table.rows[r]))] for r in (row, row + 1))
    said = {c: text for c, text in enumerate(lower) if text}
    years = {c: text for c, text in enumerate(upper) if text and min(said, default=0) <= c <= max(said, default=0)}
    if len(said) < 2 or not years or not all(map(_is_year, years.values())):
        return None
    alike = all(map(_is_month, said.values())) or all(map(_is_quarter, said.values()))
    split = _years(list(said.values()), list(years.values())) if alike else None
    if not split:
        return None
    others = {c: text for c, text in enumerate(upper) if text and c not in years}
    return others | {c: f"{text} {year}" for (c, text), year in zip(said.items(), split, strict=True)}


def _is_quarter(text: str) -> bool:
    period = read_period(text, near=SOME_DAY)
    return period is not None and period.grain == "quarter" and read_period(text) is None


def _years(months: Sequence[str], years: Sequence[str]) -> list[str] | None:
    """The year of each month; None where there are not as many years as stretches of months."""
    numbers = [period.start.month for text in months if (period := read_period(text, near=SOME_DAY))]
    first = read_period(years[0])
    if first and first.start.month == 4:
        numbers = [(number - 4) % 12 for number in numbers]
    at, found = 0, []
    for place, number in enumerate(numbers):
        at += bool(place) and number <= numbers[place - 1]
        found.append(years[at] if at < len(years) else "")
    follow = all(_begins(b) - _begins(a) == 1 for a, b in pairwise(years))
    return found if at == len(years) - 1 and follow else None


def _begins(year: str) -> int:
    period = read_period(year)
    return period.start.year if period else 0


def _is_year(text: str) -> bool:
    period = read_period(text)
    return period is not None and period.grain == "year"


def _is_month(text: str) -> bool:
    period: Period | None = read_period(text, near=SOME_DAY)
    return period is not None and period.grain == "month" and read_period(text) is None


def _row(cells: Row, texts: dict[int, str]) -> Row:
    page, box = next((cell.page, cell.box) for cell in cells if cell)
    at = [cell or Cell("", page, box) for cell in cells]
    return tuple(Cell(texts.get(column, ""), cell.page, cell.box) for column, cell in enumerate(at))
