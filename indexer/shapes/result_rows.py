"""One measure, periods across; the rows are what was achieved, what was aimed at, what was achieved a year before.

Or the rows are years, under months: "2021/22" by "Apr", "May", with the target in the last row.
"""

from corpus.paper import Pack, Table
from indexer.shapes.columns import plain
from indexer.shapes.found import Found, aimed, observed, title_targets
from indexer.shapes.grid import SOME_DAY, spread, title_rows, whole_words
from indexer.shapes.headers import ASIDE, BEFORE, TARGETS, VALUES, is_aim, said_by
from indexer.shapes.titles import service_of, title_over
from indexer.shapes.whens import periods_in
from kpi_tools.measures import OVERALL, Measure, Observation, Target
from kpi_tools.periods import Period, read_period, year_before

_MIDDLE = 182  # days; a period shorter than that is a month, a quarter or a half


def identify(table: Table) -> bool:
    """A header of periods, under which every label is a year, or a word for a result or a target."""
    _, head = title_rows(table)
    if len(table.rows) < head + 2 or not title_over(table, cornered=True)[0].name:
        return False
    header = [t for t in spread(table, head)[1:] if t]
    labels = [table.text(r, 0) for r in table.below(head)]
    dated = all(read_period(t, near=SOME_DAY) for t in header) and len(header) > 1
    known = [year_of(t) or _aims(t) or _kind(t) in (*VALUES, *BEFORE) or _aside(t) for t in labels]
    figures = [t for t in labels if year_of(t) or _kind(t) in VALUES]
    bare = not any(read_period(t) for t in header)
    return dated and all(known) and bool(figures) and bare == any(year_of(t) for t in labels)


def extract(table: Table, pack: Pack) -> Found:
    """Observations of each row's figures, and the targets, which hold for all rows above them but a year before's,
    or where none is above them for those below."""
    _, head = title_rows(table)
    title, said = title_over(table, cornered=True)
    measure = Measure(service_of(table, said), title.code, title.name, title.unit, "")
    header = spread(table, head)
    whole = pack.council or OVERALL
    across = periods_in(table, head, pack, title.grain)
    observations: list[Observation] = []
    aims: list[int] = []
    held: list[tuple[int, Period]] = []
    targets: list[Target] = []
    for row in table.below(head):
        label = whole_words(table.text(row, 0))
        if _aside(label):
            continue
        if _aims(label):
            of = read_period(said_by(label)[1])
            targets += [t for c, p in held if _within(p, of) for t in aimed(table, pack, (row, c), measure, p)]
            aims += [] if held else [row]
            continue
        periods = in_year(header, label) if year_of(label) else across
        if plain(label) in BEFORE:
            periods = {c: year_before(period, f"{period.label} a year before") for c, period in across.items()}
        else:
            own = [(c, p) for c, p in periods.items() if table.text(row, c)]
            above = [(at, read_period(said_by(table.text(at, 0))[1])) for at in aims]
            fits = [(at, c, p) for at, of in above for c, p in own if _within(p, of)]
            targets += [t for at, c, p in fits for t in aimed(table, pack, (at, c), measure, p)]
            held += own
        observations += [o for c, p in periods.items() for o in observed(pack, table, (row, c), measure, whole, p)]
    return Found(tuple(observations), tuple(targets) or title_targets(table, pack, measure, title))


def year_of(label: str) -> Period | None:
    """The financial or calendar year that a label names whole, or with a word for results ("Actual 2021/22"); None
    for any other."""
    word, when = said_by(label)
    period = read_period(label if word in TARGETS else when)
    return period if period and period.grain == "year" else None


def _kind(label: str) -> str:
    return plain(whole_words(label))


def _aside(label: str) -> bool:
    """Whether a row says something about the figures of the others: "RAG", "Variance"."""
    return bool(label and not _aims(label) and ASIDE.fullmatch(_kind(label)))


def _aims(label: str) -> bool:
    """Whether a row has targets: "Target", "2021/22 target"."""
    return is_aim(whole_words(label))


def _within(period: Period, year: Period | None) -> bool:
    return year is None or (year.start <= period.start and period.end <= year.end)


def in_year(header: list[str], label: str) -> dict[int, Period]:
    """The columns' periods in the year that a row names."""
    year = year_of(label)
    found = {}
    for column, text in enumerate(header):
        part = read_period(text, near=year.end) if year and text else None
        if year and part and year.start <= part.start and part.end <= year.end and _short(part):
            found[column] = Period(part.start, part.end, f"{text} {year.label}")
    return found


def _short(period: Period) -> bool:
    return (period.end - period.start).days <= _MIDDLE
