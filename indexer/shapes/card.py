"""Cards: one measure's latest figure, its target and floor, and the figure before: "Latest: 94% Target: 90%"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.paper import Pack, Place, Table
from indexer.shapes.columns import plain
from indexer.shapes.found import Found, quote
from indexer.shapes.headers import over_names
from indexer.shapes.labels import KINDS
from indexer.shapes.titles import Title, read_title, service_of, title_over
from indexer.shapes.whens import period_above, period_over
from kpi_tools.figures import SIGNS, Figure, find_unit, is_value, read_bound, read_figure
from kpi_tools.measures import OVERALL, Measure, Observation, Target
from kpi_tools.periods import Period, before, financial_year, month, quarter, read_period, year_before

_WORD = "|".join(sorted(KINDS, key=len, reverse=True))
# What a card says beside them, and that nothing is read from.
_ASIDE = (
    r"rag|status|rating|direction(?: of travel)?|dot|trend|good (?:is|performance)|polarity|tolerance|variance|owner"
    r"|frequency|units?|benchmark|comments?|commentary|ytd|year to date"
)
_LABEL = rf"\b(?P<label>{_WORD})(?:\s*\((?P<when>[^()]*)\))?\s*:"
_SAID = re.compile(
    rf"{_LABEL}\s*(?P<text>.+?)(?=[,;|]?\s+(?:{_WORD})(?:\s*\([^()]*\))?\s*:|\s*\||\s+(?:{_ASIDE})\s*:|$)",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?P<label>{_WORD})(?:\s*\((?P<when>[^()]*)\))?\s*:?", re.IGNORECASE)
_PAIR = re.compile(rf"(?P<label>{_WORD})(?:\s*\((?P<when>[^()]*)\))?\s+(?P<text>[^\s:][^:]*)", re.IGNORECASE)
_GRAIN = re.compile(r"^(?:this|current|latest|last|previous|prior) (?P<grain>month|quarter|year)$", re.IGNORECASE)
_RATED_LAST = re.compile(
    rf"\s*[-–:]?\s*(?:(?:rag|status|rating)\s*:?\s*)?\(?\b(?:red|amber|green|blue|grey)\b\)?[\s{SIGNS}]*$",
    re.IGNORECASE,
)
_KEY = re.compile(rf"(?:{_ASIDE})\b", re.IGNORECASE)
_LABELS = re.compile(rf"\b(?:{_WORD})\b", re.IGNORECASE)
_SIGNS = re.compile(rf"[\s{SIGNS}]+")
MOST_ROWS = 6  # of one card
MOST_LABELS = 2  # that a name may hold: "Actual spend against target"
MOST_COLUMNS = 8
MOST_WORDS = 30  # of a card's title


@dataclass(frozen=True, slots=True)
class _Said:
    """One label's text, the period in brackets behind the label, the row and column where it stands, and the label."""

    row: int
    column: int
    text: str
    when: str
    label: str

    def suits(self, now: Period) -> bool:
        """Whether its figure is of a period as long as `now`: "last quarter" is none of a year, or of a month."""
        found = _GRAIN.match(self.label)
        return bool(self.when) or not found or found["grain"].lower() == now.grain


def identify(table: Table) -> bool:
    """Small boxes, each under a measure, that say a latest figure and one more thing about it."""
    return len(table.rows[0]) <= MOST_COLUMNS and any(_is_card(table, rows) for rows in _boxes(table))


def extract(table: Table, pack: Pack) -> Found:
    """The latest figure in the period that stands above, the previous one in that before it, and the target."""
    now = period_over(table, pack.date) or period_above(pack, table.page, table.box[1])
    observations: list[Observation] = []
    targets: list[Target] = []
    unread = []
    for rows in _boxes(table):
        if not _is_card(table, rows):
            continue
        said = _said(table, rows)
        period = _own(said) or now
        if period is None:
            unread.append("the period that it is of is not told")
            continue
        words = " | ".join(text for row in rows if (text := quote(table, row)))
        title = _title(table, rows)
        places = {kind: pack.cell_place(table, each.row, each.column) for kind, each in said.items()}
        found = read_card(title, service_of(table), said, period, places, words, pack)
        observations += found.observations
        targets += found.targets
    return Found(tuple(observations), tuple(targets), unread="; ".join(dict.fromkeys(unread)))


def read_card(
    title: Title,
    service: str,
    said: dict[str, _Said],
    now: Period,
    places: dict[str, Place],
    words: str,
    pack: Pack,
) -> Found:
    """What one card says; `words` is all of it."""
    unit = find_unit(title.name) or _written(said)
    bounds: dict[str, tuple[str, Figure]] = {
        k: b for k in ("target", "floor") if k in said and (b := read_bound(_RATED_LAST.sub("", said[k].text), unit))
    }
    way = _way(bounds)
    measure = Measure(service, title.code, title.name, unit, {">=": "higher", "<=": "lower"}.get(way, ""))
    whens = {
        "latest": now,
        "previous": _named(before(now, "Previous")),
        "year ago": _named(year_before(now, "Same period last year")),
    }
    observations = []
    for kind, usual in whens.items():
        figure = read_figure(said[kind].text, unit) if kind in said and said[kind].suits(now) else None
        if figure:
            told = said[kind].when
            when = (told and read_period(told, near=pack.date)) or usual
            who = pack.council or OVERALL
            place = places[kind]
            observations.append(Observation(measure, who, when, figure, place, words, pack.exempt(place)))
    if "target" not in bounds:
        return Found(tuple(observations))
    comparator, aim = bounds["target"]
    place = places["target"]
    target = Target(measure, "", comparator or way, aim, None, None, place, words, pack.exempt(place))
    return Found(tuple(observations), (target,))


def _named(period: Period) -> Period:
    """A period under its own name, as "Previous" names another one in the next paper."""
    names = {"month": month, "quarter": quarter, "year": financial_year}
    named = names[period.grain](period.start) if period.grain in names else period
    return named if (named.start, named.end) == (period.start, period.end) else period


def _boxes(table: Table) -> Iterator[range]:
    """The rows of each card in a table: one begins at a row without labels that has one with labels below it."""
    labelled = [bool(dict(_in_row(table, row))) for row in range(len(table.rows))]
    starts = [
        row
        for row in range(len(labelled))
        if not labelled[row] and labelled[row + 1 : row + 2] == [True] and not _is_value_row(table, row)
    ]
    starts = starts if starts and starts[0] == 0 else [0, *starts]
    for start, end in zip(starts, [*starts[1:], len(table.rows)], strict=True):
        yield range(start, end)


def _is_value_row(table: Table, row: int) -> bool:
    """Whether a row belongs to the labels above it: figures, or a rating."""
    text = table.text(row, 0)
    return bool(read_figure(text) or _KEY.match(text))


def _is_card(table: Table, rows: range) -> bool:
    title, said = _title(table, rows), _said(table, rows)
    known = bool(title.code or find_unit(title.name) or {"previous", "target"} & said.keys())
    worded = 0 < len(title.name.split()) <= MOST_WORDS and not read_figure(title.name)
    worded = worded and not (rows[0] > 0 and title.name[0].islower())  # the rest of a name that begins above
    return len(rows) <= MOST_ROWS and known and worded and _tells(said)


def _tells(said: dict[str, _Said]) -> bool:
    """Whether a latest figure, or the reason for none, is said, and one more."""
    return len(said) > 1 and "latest" in said and read_figure(said["latest"].text) is not None


def _title(table: Table, rows: range) -> Title:
    """What the card measures: its first cell, or what stands over a table that begins with labels."""
    text, *others = [table.text(rows[0], column) for column in range(len(table.rows[rows[0]]))]
    said = (_ALONE.fullmatch, _SAID.search, _KEY.match, _RATED_LAST.fullmatch, _SIGNS.fullmatch)
    if any(not any(tells(other) for tells in said) for other in others if other):
        return Title("", "", "")  # a header of other things
    if _ALONE.fullmatch(text) or _SAID.search(text):
        return title_over(table)[0] if rows[0] == 0 else Title("", "", "")
    if over_names(plain(text)) or len({KINDS[word.lower()] for word in _LABELS.findall(text)}) > MOST_LABELS:
        return Title("", "", "")  # a header over names, or all of a card
    return read_title(_RATED_LAST.sub("", text))


def _said(table: Table, rows: range) -> dict[str, _Said]:
    """What follows each label: behind a colon, in the cell below, or in the cell beside it."""
    found: dict[str, _Said] = {}
    for row in rows:
        for kind, each in _in_row(table, row):
            if row in rows and each.row in rows:
                found.setdefault(kind, each)
    return found


def _in_row(table: Table, row: int) -> Iterator[tuple[str, _Said]]:
    for column in range(len(table.rows[row])):
        text = table.text(row, column)
        yield from _labelled(text, row, column)
        if (both := _PAIR.fullmatch(text)) and is_value(both["text"]):
            yield KINDS[both["label"].lower()], _Said(row, column, both["text"], both["when"] or "", both["label"])
        alone = _ALONE.fullmatch(text)
        if not alone:
            continue
        below = table.text(row + 1, column) if row + 1 < len(table.rows) else ""
        beside = table.text(row, column + 1) if column + 1 < len(table.rows[row]) else ""
        kind, when = KINDS[alone["label"].lower()], alone["when"] or ""
        if is_value(beside) and not _more(table, row, column + 2):
            yield kind, _Said(row, column + 1, beside, when, alone["label"])
        elif is_value(below):
            yield kind, _Said(row + 1, column, below, when, alone["label"])


def _more(table: Table, row: int, column: int) -> bool:
    """Whether a row of values goes on, so that it is one of a series."""
    return column < len(table.rows[row]) and is_value(table.text(row, column))


def _labelled(text: str, row: int, column: int) -> Iterator[tuple[str, _Said]]:
    for said in _SAID.finditer(text):
        text, label = said["text"].strip(" ,;|"), said["label"]
        yield KINDS[label.lower()], _Said(row, column, text, said["when"] or "", label)


def _own(said: dict[str, _Said]) -> Period | None:
    """The period that the card itself says its latest figure is of."""
    return read_period(said["latest"].when) if said.get("latest") and said["latest"].when else None


def _written(said: dict[str, _Said]) -> str:
    """The unit that the card's figures are written in, where they have just one."""
    figures = [figure for each in said.values() if isinstance(figure := read_figure(each.text), Figure)]
    units = {figure.unit for figure in figures if figure.unit}
    return units.pop() if len(units) == 1 else ""


def _way(bounds: dict[str, tuple[str, Figure]]) -> str:
    """Which way is better: the floor lies on the worse side of the target."""
    if set(bounds) != {"target", "floor"} or bounds["target"][1].value == bounds["floor"][1].value:
        return ""
    return ">=" if bounds["floor"][1].value < bounds["target"][1].value else "<="
