"""Several figures as one small table of text: the longer of periods and series runs down, the shorter across."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Given
from bot.slack.mrkdwn import shorten

MOST_DOWN = 24
MOST_ACROSS = 6
MOST_NAME = 40  # characters
MOST_CELL = 20
NONE = "–"

Series = tuple[str, str, str]  # service, code or name, entity
Period = tuple[str, str, str]  # end, start, label: sorts by time


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of text, the header first, all of one length, no cell empty; the first `labels` columns name the rows.

    `left_out` says what did not fit; "" where everything did.
    """

    rows: tuple[tuple[str, ...], ...]
    labels: int
    left_out: str = ""


def grid(figures: Sequence[Given]) -> Grid:
    """The table of `figures`: crossed by series and period where they fill it, otherwise one figure a row."""
    series = list(dict.fromkeys(series_of(g) for g in figures))
    periods = sorted({period_of(g) for g in figures})
    cells = {(series_of(g), period_of(g)): _cell(g) for g in figures}
    if len(cells) < len(figures) or 2 * len(cells) < len(series) * len(periods):
        return _listed(figures)
    names = names_of(series)
    if len(periods) >= len(series):
        rows = [[p[2], *(cells.get((s, p), NONE) for s in series)] for p in periods]
        return _cut(["Period", *(names[s] for s in series)], rows, periods_down=True)
    rows = [[names[s], *(cells.get((s, p), NONE) for p in periods)] for s in series]
    return _cut([_heading(series), *(p[2] for p in periods)], rows, periods_down=False)


def _listed(figures: Sequence[Given]) -> Grid:
    names = names_of(list(dict.fromkeys(series_of(g) for g in figures)))
    rows = [(names[series_of(g)], g.period or NONE, _cell(g)) for g in figures]
    return Grid((("Measure", "Period", "Figure"), *rows[:MOST_DOWN]), 2, _left_out(len(rows), MOST_DOWN, "figures"))


def _cut(header: list[str], rows: list[list[str]], periods_down: bool) -> Grid:
    """As much as fits: of periods the latest, of series the first."""
    down, across = ("periods", "columns") if periods_down else ("rows", "periods")
    body = rows[-MOST_DOWN:] if periods_down else rows[:MOST_DOWN]
    first = 1 if periods_down else max(1, len(header) - MOST_ACROSS)
    columns = [0, *range(first, len(header))][: MOST_ACROSS + 1]
    shown = tuple(tuple(row[c] or NONE for c in columns) for row in (header, *body))
    notes = _left_out(len(rows), MOST_DOWN, down), _left_out(len(header) - 1, MOST_ACROSS, across)
    return Grid(shown, 1, " ".join(filter(None, notes)))


def _left_out(there: int, most: int, what: str) -> str:
    which = "latest" if what == "periods" else "first"
    return f"The table shows the {which} {most} of {there} {what}." if there > most else ""


def series_of(given: Given) -> Series:
    """What makes a figure one of a series."""
    return given.service, given.code or given.measure, given.entity


def period_of(given: Given) -> Period:
    """When a figure is of."""
    return given.end, given.start, given.period


def names_of(series: Sequence[Series]) -> dict[Series, str]:
    """What tells each series from the others: of service, measure and entity the parts that differ."""
    telling = [i for i in range(3) if len({s[i] for s in series}) > 1] or [2]
    return {s: shorten(" ".join(s[i] for i in telling if s[i]) or s[1] or NONE, MOST_NAME) for s in series}


def _heading(series: Sequence[Series]) -> str:
    return "Council" if len({s[:2] for s in series}) == 1 else "Measure"


def _cell(given: Given) -> str:
    mark = "" if given.met is None else " ✓" if given.met else " ✗"
    return shorten(given.printed or given.value or NONE, MOST_CELL) + mark
