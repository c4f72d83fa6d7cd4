"""Summaries that count indicators: by service, how many there are and how many hit their target, or have a rating."""

import re
from collections.abc import Mapping

from corpus.paper import Pack, Table
from indexer.shapes.columns import plain
from indexer.shapes.found import Found, quote
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.titles import is_measure
from indexer.shapes.whens import dated, period_over, reported_to
from kpi_tools.figures import Figure, read_figure
from kpi_tools.measures import HITS, OVERALL, RATED, Measure, Observation, Target
from kpi_tools.names import entity, service
from kpi_tools.periods import Period, read_period

# A header's words for how many hit, and for how many there are.
HIT = ("hit", "hits", "achieved", "met", "targets met", "targets hit", "on target")
ALL = ("target", "targets", "indicators", "measures", "kpis", "total")
MOST_WORDS = 8  # of a service's name
RATINGS = ("red", "amber", "green", "blue", "grey", "black")
_HIT, _ALL = (rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})" for words in (HIT, ALL))
_HEADER = re.compile(rf"(?:(?P<when>.*?)\s)?(?:(?P<hit>{_HIT})|(?P<all>{_ALL}))(?:\s(?P<later>.*))?", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:number|no\.?|#)(?: of)?\s", re.IGNORECASE)


def identify(table: Table) -> bool:
    """Names of services down the side, whole numbers in all cells, and headers that count, in pairs or by rating."""
    _, head = title_rows(table)
    rows = table.below(head)
    labels = [table.text(row, 0) for row in rows]
    if not labels or any(is_measure(label) or read_period(label) or not _named(label) for label in labels):
        return False
    texts = [table.text(row, column) for row in rows for column in range(1, len(table.rows[row]))]
    whole = [figure for text in texts if text and (figure := read_figure(text))]
    counts = all(isinstance(f, Figure) and not f.unit and f.value == int(f.value) >= 0 for f in whole)
    known = bool(_ratings(table, head)) or bool(_pairs(table, head))
    return known and counts and len(whole) == len([text for text in texts if text]) > 0


def extract(table: Table, pack: Pack) -> Found:
    """An observation of how many hit, held to how many there are; or of how many have each rating."""
    _, head = title_rows(table)
    if pairs := _pairs(table, head):
        whens = dated({hit: when for hit, (_, when) in pairs.items()}, pack.date)
        if len(whens) < len(pairs) and not any(when for _, when in pairs.values()) and len(pairs) == 1:
            now = period_over(table, pack.date)
            whens = dict.fromkeys(pairs, now) if now else {}
        return _hits(table, pack, head, {hit: (pairs[hit][0], when) for hit, when in whens.items()})
    period = period_over(table, pack.date) or reported_to(table, pack.date)
    if period is None:
        return Found(unread="the period that it counts for is not told")
    cells = [(r, c, name) for r in table.below(head) for c, name in _ratings(table, head).items()]
    return Found(tuple(o for row, column, name in cells for o in _counted(table, pack, (row, column), name, period)))


def _hits(table: Table, pack: Pack, head: int, columns: Mapping[int, tuple[int, Period]]) -> Found:
    observations: list[Observation] = []
    targets: list[Target] = []
    for row in table.below(head):
        for hit, (every, period) in columns.items():
            seen = _counted(table, pack, (row, hit), HITS, period)
            aim = read_figure(table.text(row, every))
            observations += seen
            if seen and isinstance(aim, Figure):
                place = pack.cell_place(table, row, every)
                span = period.start, period.end
                who = seen[0].measure
                targets.append(Target(who, "", ">=", aim, *span, place, quote(table, row), pack.exempt(place)))
    return Found(tuple(observations), tuple(targets), unread="" if columns else "its periods cannot be told")


def _counted(table: Table, pack: Pack, at: tuple[int, int], name: str, period: Period) -> list[Observation]:
    figure = read_figure(table.text(*at))
    if not isinstance(figure, Figure):
        return []
    label, place = table.text(at[0], 0), pack.cell_place(table, *at)
    under = "" if entity(label) == OVERALL else service(label)
    measure = Measure(under, "", name, "", "higher" if name == HITS else "")
    said = quote(table, at[0])
    return [Observation(measure, pack.council or OVERALL, period, figure, place, said, pack.exempt(place))]


def _ratings(table: Table, head: int) -> dict[int, str]:
    """The columns of ratings; {} where any other stands among them but a total."""
    texts = {c: plain(text) for c, text in enumerate(spread(table, head)) if c}
    rated = {c: RATED.format(text.capitalize()) for c, text in texts.items() if text in RATINGS}
    return rated if len(rated) > 1 and all(c in rated or text in ("total", "") for c, text in texts.items()) else {}


def _pairs(table: Table, head: int) -> dict[int, tuple[int, str]]:
    """For each column of hits the column to its left that says of how many, and the period that heads one of them."""
    texts = [" ".join(text.split()) for text in spread(table, head)]
    headers = [_HEADER.fullmatch(_NUMBER.sub("", text)) for text in texts]
    found = {}
    for column in range(2, len(headers)):
        hit, every = headers[column], headers[column - 1]
        if not (hit and hit["hit"] and every and every["all"]):
            continue
        whens = {when for each in (hit, every) for when in (each["when"], each["later"]) if when}
        if len(whens) > 1 or any(read_period(when, near=SOME_DAY) is None for when in whens):
            return {}
        found[column] = column - 1, next(iter(whens), "")
    return found if found and 2 * len(found) == len(headers) - 1 else {}


def _named(label: str) -> bool:
    return bool(label) and label[0].isalpha() and len(label.split()) <= MOST_WORDS
