"""Periods across, entities down, the measure in the title: "Monthly - PI002 - % Calls Answered within 20 seconds"."""

import re

from corpus.paper import Pack, Table
from indexer.shapes.columns import plain
from indexer.shapes.found import Found, aimed, observed, title_targets
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.headers import AREAS, BEFORE, SERVICES, TARGETS, VALUES, is_aim
from indexer.shapes.titles import is_measure, service_of, title_over
from indexer.shapes.whens import periods_in
from kpi_tools.figures import Figure, find_unit, read_figure
from kpi_tools.measures import OVERALL, Measure
from kpi_tools.names import entity
from kpi_tools.periods import read_period

# Words for what a row holds are no areas' names.
NO_AREAS = frozenset((*VALUES, *TARGETS, *BEFORE, "previous", "variance", "change", "rag", "status", "trend"))
# Words of which names of areas are made.
PLACES = re.compile(
    r"\b(?:north|south|east|west|central|northern|southern|eastern|western|area|wards?|locality|town|district|parish"
    r"|city|borough|valley|vale|coast(?:al)?|rural|urban|division)\b",
    re.IGNORECASE,
)
# Over labels that are kinds of what is counted, and no places.
CATEGORIES = re.compile(
    r"\b(?:type|kind|category|reason|stage|tenure|stream|channel|band|material|method|source|outcome)s?\b"
)
ENOUGH = 0.6  # of the row labels must be entities
# The row of a council among its areas.
_BODY = r"(?:council|authority|borough|district|county)"
_WHOLE = re.compile(
    rf"{_BODY}|(?:the )?(?:whole|entire) (?:{_BODY}|city|area)|(?:{_BODY}|city|area)[ -](?:total|wide)", re.IGNORECASE
)
_OF_WHOLE = re.compile(r"(?P<of>.+)\s(?:overall|as a whole|total|average)", re.IGNORECASE)
EVERY = re.compile(r"(?:total (?:of |for )?)?all (?!others?\b)(?:\w+ )?\w+s(?: total)?", re.IGNORECASE)  # "All centres"


def identify(table: Table) -> bool:
    """A header of periods, under which the labels are councils or the overall.

    Or the areas of a council, whose names are not known: then the title must be a measure and no label one.
    """
    _, head = title_rows(table)
    if len(table.rows) < head + 2:
        return False
    header = [t for c in range(1, len(table.rows[head])) if not is_aim(t := table.text(head, c))]
    dated = [t for t in header if t and read_period(t, near=SOME_DAY)]
    if not dated or len(dated) < len([t for t in header if t]):
        return False
    labels = [t for r in table.below(head) if not is_aim(t := table.text(r, 0))]
    if any(not spread(table, head)[c] for c in range(1, len(table.rows[head])) if _figure(table, head, c)):
        return False  # a column of figures under no period
    if _second_header(table, head):
        return False
    named = [label for label in labels if entity(label)]
    return (bool(named) and len(named) >= ENOUGH * len(labels)) or are_areas(table, labels)


def _figure(table: Table, head: int, column: int) -> bool:
    return any(isinstance(read_figure(table.text(row, column)), Figure) for row in table.below(head))


def _second_header(table: Table, head: int) -> bool:
    """Whether the row below says more of the columns: words in several cells, and neither figure nor reason."""
    texts = [text for column in range(1, len(table.rows[head + 1])) if (text := table.text(head + 1, column))]
    return len(texts) > 1 and not any(read_figure(text, "seconds") for text in texts)


def are_areas(table: Table, labels: list[str]) -> bool:
    """Whether labels are areas: under a title with a code, or of a unit where one label is the whole."""
    title, _ = title_over(table)
    whole = any(entity(label) == OVERALL or _WHOLE.fullmatch(label) for label in labels)
    over = plain(table.text(title_rows(table)[1], 0))
    if over in SERVICES or CATEGORIES.search(over):
        return False
    placed = over in AREAS or 2 * len([label for label in labels if PLACES.search(label)]) >= len(labels)
    unit = find_unit(title.name)
    told = unit and (placed or (whole and not unit.startswith("£")))
    titled = title.code or told or (over in AREAS and title.name)
    names = [
        t
        for t in labels
        if t and not is_measure(t) and not read_period(t, near=SOME_DAY) and any(c.isalpha() for c in t)
    ]
    if NO_AREAS & {plain(label) for label in labels}:
        return False
    return bool(titled) and len(names) == len(labels) == len(set(labels)) and len(labels) > 1


def named(label: str, council: str = "") -> str:
    """A row's or column's label as an entity, `council` being the paper's; one that is not known stays as printed."""
    whole = _OF_WHOLE.fullmatch(label)
    known = entity(label, (council,) if council else ())
    if whole and council and entity(whole["of"], (council,)) == council:
        return OVERALL  # "Havant overall"
    return known or (OVERALL if _WHOLE.fullmatch(label) or EVERY.fullmatch(label) else label)


def extract(table: Table, pack: Pack) -> Found:
    """An observation for each cell under a period; none where the title or the period cannot be told."""
    _, head = title_rows(table)
    title, said = title_over(table)
    if not title.name:
        return Found(unread="the table has no title, so its measure is not known")
    measure = Measure(service_of(table, said), title.code, title.name, title.unit, "")
    periods = periods_in(table, head, pack, title.grain)
    if len({(p.start, p.end) for p in periods.values()}) < len(periods):
        return Found(unread="two of its columns are of one period, and nothing tells them apart")
    who = {row: named(text, pack.council) for row in table.below(head) if (text := table.text(row, 0))}
    aims = [row for row in who if is_aim(table.text(row, 0))]
    found = [
        o
        for row in who
        if row not in aims
        for column, period in periods.items()
        for o in observed(pack, table, (row, column), measure, who[row], period)
    ]
    targets = [
        t for row in aims for c, period in periods.items() for t in aimed(table, pack, (row, c), measure, period)
    ]
    targets += [
        t
        for c, text in enumerate(spread(table, head))
        if c and is_aim(text)
        for row in who
        for t in aimed(table, pack, (row, c), measure, None, who[row])
    ]
    return Found(
        tuple(found),
        tuple(targets) or title_targets(table, pack, measure, title),
        unread="" if periods else "its periods cannot be told without the paper's date",
    )
