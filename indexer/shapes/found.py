"""What a shape hands back, and what shapes share: spread headers, titles with codes, a row as its quote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from corpus.paper import Pack, Table
from kpi_tools.figures import find_unit, read_figure
from kpi_tools.ledger import KINDS, Record
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.names import service
from kpi_tools.periods import Period, find_periods, read_period, year_before

# A header is known as one before the paper's date is: by any day after all that papers report on.
SOME_DAY = date(2099, 12, 31)
# A heading of these words alone names no service, and one with a word of the second kind names a table.
NO_SERVICE = frozenset(
    re.findall(
        r"\w+",
        "key performance indicator indicators measure measures targets information data summary and the of monthly"
        " quarterly annual yearly results detail detailed table tables appendix figures report kpi kpis pi pis other"
        " all exceeded achieved met missed corporate council strategic rag status rating notes total totals overall"
        " red amber green blue page definition definitions priority headline detailed latest current previous",
    )
)
_TABLE = re.compile(
    r"\b(score ?cards?|thresholds?|dashboards?|comparisons?|profiles?|over time|by area|overview)\b", re.IGNORECASE
)
_KIND = re.compile(
    r"\s*[:–-]\s+(?:\w+\s)?(?:score ?card|dashboard|comparison|profile|overview|summary)s?$", re.IGNORECASE
)
_NUMBER = re.compile(r"^\d+(\.\d+)*[.:)]?\s+")
_DATE_FIRST = re.compile(
    r"^(?:(?:quarter|qtr|q)\s?[1-4]\s+)?(?:(?:19|20)?\d\d[/–-]\d\d|(?:19|20)\d\d)\s*[-–:]\s+(?=[^\W\d])", re.IGNORECASE
)
# A heading that names whose paper it is: "Hart District Council", "Police and Crime Panel".
_BODY = re.compile(r"\b(?:council|partnership|authority|committee|panel|cabinet)$", re.IGNORECASE)
_COUNCIL = re.compile(r"\s[–-]\s[^–-]*\b(council|partnership|authority)$", re.IGNORECASE)
MOST_SERVICE = 7  # words; more of them are a sentence, or a header
LEAST_QUARTERS = 3  # months so many, each a quarter's end, are quarters
PAGES_BACK = 4  # of the same paper, on which the period of a card may stand
MOST_TITLE = 15  # words; a longer line is a sentence
_UP_TO = re.compile(r"\b(to|until|since|from|by)\s*$", re.IGNORECASE)
_DATED = re.compile(
    r"[\s,:(–-]*\b(?:(?:quarter|qtr|q)\s?[1-4]\b|(?:19|20)?\d\d[/–-]\d\d|(?:19|20)\d\d).*$", re.IGNORECASE
)
_NO_SERVICE_STEMS = frozenset(word.removesuffix("s") for word in NO_SERVICE)
FREQUENCIES = {"monthly": "month", "quarterly": "quarter", "annual": "year", "annually": "year", "yearly": "year"}
_CODE = r"[A-Z][A-Z&]{0,4}(?:-[A-Z]{1,3})*[ -]?\d{1,4}[a-z]?"
CODE = re.compile(rf"{_CODE}$")
# What looks like a code and counts something else: "BAND 3", "COVID 19".
NO_CODE = frozenset(
    re.findall(
        r"\w+", "q qtr h fy year week day band tier zone ward area phase stage grade class group level lot unit covid"
    )
)
_TABLE_NUMBER = re.compile(
    r"(?:table|figure|fig|chart|graph|appendix|annex|part|item|schedule)\s*(?:\d+(?:\.\d+)*|[A-Z])\s*[-–:.]\s*(?=\S)",
    re.IGNORECASE,
)
_CODE_AFTER = re.compile(r"\s*[(\[](?P<code>[A-Z&]{2,4}(?:-[A-Z]{1,3})*[ -]?\d{1,4}[a-z]?)[)\]]$")
_TITLE = re.compile(
    rf"(?:(?P<frequency>{'|'.join(FREQUENCIES)})\s*[-–:]\s*)?(?:(?P<code>{_CODE})(?:\s*[-–:.]\s*|\s+(?=\D)))?(?P<name>\S.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a shape read from a table; `unread` says which rows it would not read, and why."""

    observations: tuple[Observation, ...] = ()
    targets: tuple[Target, ...] = ()
    records: tuple[Record, ...] = ()
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """A table's title taken apart: "Monthly - PI002 - % Calls Answered" has a grain, a code and a name."""

    grain: str
    code: str
    name: str


def read_title(text: str) -> Title:
    """The parts of a title; a code only where it looks like one, without its inner space. "Table 3:" is no part."""
    found = _TITLE.match(_TABLE_NUMBER.sub("", " ".join(text.split()), count=1))
    if not found:
        return Title("", "", "")
    code = found["code"] or ""
    grain = FREQUENCIES.get((found["frequency"] or "").lower(), "")
    if code and not _is_code(code, found.string[found.end("code") : found.start("name")]):
        return Title(grain, "", found.string[found.start("code") :].strip(" -–:"))
    name = found["name"].strip(" -–:")
    after = None if code else _CODE_AFTER.search(name)
    if after:
        code, name = after["code"], name[: after.start()]
    return Title(grain, code.replace(" ", ""), name)


def _is_code(text: str, mark: str) -> bool:
    """Whether capitals with a number are a code; one letter is only with a mark behind it ("P1 incidents" has none)."""
    letters = re.match(r"[^\W\d_]*", text)
    word = letters[0].lower() if letters else ""
    return bool(CODE.match(text)) and word not in NO_CODE and (len(word) > 1 or bool(mark.strip()))


def title_over(table: Table) -> tuple[Title, str]:
    """What a table measures, and the text that says so: its own title, the line or the heading just above it.

    The corner of its header comes first where it holds a measure, as nothing else stands nearer to the figures. One
    with a code comes before one with a unit, and that before any other; a lead that is a sentence is no title.
    """
    own, head = title_rows(table)
    corner = " ".join(filter(None, dict.fromkeys(table.text(r, 0) for r in range(head, _first_figures(table, head)))))
    if is_measure(corner) and len(corner.split()) > 1:
        return read_title(corner), corner
    lead = table.lead if not table.lead.rstrip().endswith((".", ":")) and len(table.lead.split()) <= MOST_TITLE else ""
    texts = [text for text in (own, lead, *table.headings[-1:]) if text]
    coded = [text for text in texts if read_title(text).code]
    united = [text for text in texts if find_unit(text)]
    text = next(iter((*coded, *united, *texts)), "")
    return read_title(text), text


def _first_figures(table: Table, head: int) -> int:
    """The first row below the header's first; a header's label may run over the rows that have nothing else."""
    row = head + 1
    while row < len(table.rows) - 1 and not any(table.text(row, c) for c in range(1, len(table.rows[row]))):
        row += 1
    return row if row > head + 1 and table.text(head, 0) else head + 1


def is_measure(text: str) -> bool:
    """Whether a label names a measure rather than a place: it has a code, or a unit."""
    return bool(read_title(text).code or find_unit(text))


def spread(table: Table, row: int) -> list[str]:
    """A header row's texts by column, a merged cell's over all columns that it covers.

    Over a second header row, the blank cells behind a text are of it, as if they were merged; over one that says the
    same things again and again, each text stands over one round of them.
    """
    texts = [""] * len(table.rows[row])
    for above in range(row + 1):
        for column, cell in enumerate(table.rows[above]):
            if cell and above + cell.rows > row:
                covered = [c for c in range(column, column + cell.columns) if c == column or _filled(table, row, c)]
                for at in covered:
                    texts[at] = table.text(above, column)
    if again := _parted(table, row):
        texts = [again.get(column, text) for column, text in enumerate(texts)]
    elif _over_another(table, row):
        for column in range(1, len(texts)):
            texts[column] = texts[column] or (texts[column - 1] if table.text(row + 1, column) else "")
    return texts


def _parted(table: Table, row: int) -> dict[int, str]:
    """A header row's periods, each over one round of what the row below says again and again; {} where it does not."""
    if row + 2 >= len(table.rows):
        return {}
    upper, lower = ([table.text(r, c) for c in range(len(table.rows[r]))] for r in (row, row + 1))
    over = [c for c, text in enumerate(upper) if read_period(text, near=SOME_DAY)]
    under = [c for c in range(over[0] if over else 0, len(lower)) if lower[c] or upper[c]]
    if len(over) < 2 or len(under) % len(over) or not all(lower[c] for c in under):
        return {}
    size = len(under) // len(over)
    rounds = [[lower[c] for c in under[start : start + size]] for start in range(0, len(under), size)]
    one = rounds[0]
    if size < 2 or len(set(one)) < size or any(each != one for each in rounds) or any(map(read_figure, one)):
        return {}
    return {column: upper[over[at // size]] for at, column in enumerate(under)}


def _filled(table: Table, row: int, column: int) -> bool:
    """Whether anything stands in a column below a header row; a label's empty columns are no more of it."""
    return any(table.text(below, column) for below in range(row + 1, len(table.rows)))


def _over_another(table: Table, row: int) -> bool:
    """Whether a header row with periods has a second one below it, which has no label of its own and no figures."""
    if row + 2 >= len(table.rows) or table.text(row + 1, 0):
        return False
    upper, lower = ([table.text(r, c) for c in range(1, len(table.rows[r]))] for r in (row, row + 1))
    gaps = [c for c in range(1, len(upper)) if not upper[c] and lower[c]]
    words = [text for text in lower if text]
    return (
        bool(gaps)
        and len(words) > 1
        and not any(read_figure(text) for text in words)
        and any(read_period(text, near=SOME_DAY) for text in upper if text)
    )


def title_rows(table: Table) -> tuple[str, int]:
    """The title in a table's own first row, and at which row the rest begins; ("", 0) where it has none."""
    first = [table.text(0, c) for c in range(len(table.rows[0]))]
    alone = first[0] and not any(first[1:]) and len(table.rows) > 1
    return (first[0], 1) if alone else ("", 0)


def periods_in(table: Table, row: int, pack: Pack, grain: str = "") -> dict[int, Period]:
    """The columns of a header row that name a period; an empty column's may be yet to come, and is left out."""
    texts = {c: text for c, text in enumerate(spread(table, row)) if text}
    used = {c for r in range(row + 1, len(table.rows)) for c in texts if table.text(r, c)}
    return dated({c: text for c, text in texts.items() if c in used}, pack.date, grain)


def dated(texts: dict[int, str], near: date | None, grain: str = "") -> dict[int, Period]:
    """The periods that texts name, in a row of them.

    One that begins after `near` is left out: what stands under it is planned. Several without a year go forward in
    even steps ("Sept", "Dec", "Mar" in a paper of November are of the year that has been), or they are not told.
    """
    first = {text: column for column, text in reversed(texts.items())}
    told = _in_order({column: text for column, text in texts.items() if first[text] == column}, near, grain)
    return {column: told[first[text]] for column, text in texts.items() if first[text] in told}


def _in_order(texts: Mapping[int, str], near: date | None, grain: str) -> dict[int, Period]:
    read = {c: period for c, text in texts.items() if (period := read_period(text, near=near, grain=grain))}
    read = {c: period for c, period in read.items() if near is None or period.start <= near}
    bare = [c for c in read if read_period(texts[c], grain=grain) is None]
    read |= {c: year_before(read[c], read[c].label) for c in bare if near and _just_begun(read[c], near)}
    if not grain and _are_quarters([texts[c] for c in read], list(read.values())):
        return _in_order(texts, near, "quarter")
    moved = dict(read)
    for column, later in reversed(list(pairwise(bare))):
        while moved[column].start >= moved[later].start:
            moved[column] = year_before(moved[column], moved[column].label)
    steps = {_months_between(moved[before], moved[after]) for before, after in pairwise(bare)}
    even = len(steps) == 1 and steps <= {1, 3}
    return moved if moved == read or even else {c: period for c, period in read.items() if c not in bare}


def _are_quarters(texts: list[str], periods: list[Period]) -> bool:
    """Whether months are the ends of quarters: three or more of them, in even steps of a quarter, all quarters' ends.

    A day ("31 March 2021") is that day's.
    """
    steps = {_months_between(one, other) for one, other in pairwise(periods)}
    ends = all(p.grain == "month" and p.end.month % 3 == 0 for p in periods)
    return len(periods) >= LEAST_QUARTERS and steps == {3} and ends and not any(re.match(r"\d", t) for t in texts)


def _months_between(one: Period, other: Period) -> int:
    return (other.start.year - one.start.year) * 12 + other.start.month - one.start.month


def _just_begun(period: Period, near: date) -> bool:
    """Whether less than half of a period is over: its figures are not known yet."""
    return 2 * (near - period.start) < period.end - period.start


def period_over(table: Table, near: date | None) -> Period | None:
    """The one month, quarter or year, over by `near`, that the title or the nearest heading names.

    Or the sentence that leads to the table, where it says what the figures are of: "complaints received in Q1 2023/24".
    None where there is none or more, and for one "to September 2021", whose beginning is not told.
    """
    own, _ = title_rows(table)
    if not own and (said := _period_in(table.lead, near)):
        return said
    for text in (own, *reversed(table.headings[-2:])):
        hits = [hit for hit in find_periods(text, near or SOME_DAY) if read_period(hit[0].label)]
        if hits:
            period, start, _ = hits[0]
            told = len(hits) == 1 and period.grain != "span" and not _UP_TO.search(text[:start])
            quarterly = period.grain == "year" and re.search(r"\b(quarter|month)", text, re.IGNORECASE)
            return period if told and not quarterly and near and period.end <= near else None
    return None


_OF = re.compile(r"\b(?:in|for|during|of|over|throughout|at the end of)(?: the)?\s*$", re.IGNORECASE)
_OTHER = re.compile(  # what a sentence says of other periods than that of the figures below it
    r"\b(?:targets?|goals?|plan(?:ned|s)?|budget\w*|forecast\w*|estimate\w*|compar\w+|than|since|until|previous(?:ly)?|last"
    r"|will|from|agreed|approved|adopted|set|reported|meeting)\b",
    re.IGNORECASE,
)


def _period_in(sentence: str, near: date | None) -> Period | None:
    """The one period that a sentence says the figures are of, over by `near`."""
    hits = [hit for hit in find_periods(sentence, near or SOME_DAY) if read_period(hit[0].label)]
    if len(hits) != 1 or near is None or _OTHER.search(sentence):
        return None
    period, start, _ = hits[0]
    told = _OF.search(sentence[:start]) and period.grain != "span"
    return period if told and period.end <= near else None


_LATEST = re.compile(r"\b(?:latest|current)\b.{0,20}?\b(?:is|are|figures? (?:is|are)? ?for)\s", re.IGNORECASE)


def period_above(pack: Pack, page: int, top: float) -> Period | None:
    """The period that the nearest line of text above a place tells, in the same paper: a heading that names just one,
    or a sentence that says which is the latest. None where that line names a period which was not over."""
    item = pack.pages[page - 1].item_at(top)
    lines = [
        line
        for each in reversed(pack.pages[max(page - PAGES_BACK, 0) : page])
        for line in reversed(each.lines)
        if each.item_at(line.box[1]) == item and (each.number < page or line.box[3] <= top + 1)
    ]
    opening = next((each.number for each in pack.pages if each.item == item), page)
    front = [line for line in pack.pages[opening - 1].lines if opening < page - PAGES_BACK + 1]
    for text in (*(line.text for line in lines), pack.title, *(line.text for line in front)):
        said = _LATEST.search(text)
        told = text[said.end() :].split(";")[0] if said else text
        if not said and (text.rstrip().endswith((".", ",", ";")) or len(text.split()) > MOST_TITLE):
            continue
        hits = [hit for hit in find_periods(told, pack.date or SOME_DAY) if read_period(hit[0].label)]
        hits = [hit for hit in hits if not _within_a_month(hit[0])]
        spans = {(hit[0].start, hit[0].end) for hit in hits}
        if said and hits and all(hits[0][0].start <= start and end <= hits[0][0].end for start, end in spans):
            spans = {(hits[0][0].start, hits[0][0].end)}  # "Quarter 1 (April to June 2021)"
        if hits and len(spans) == 1:
            period = hits[0][0]
            return period if period.grain != "span" and pack.date and period.end <= pack.date else None
    return None


def _within_a_month(period: Period) -> bool:
    return period.start == period.end and (period.end + timedelta(days=1)).day != 1


def service_of(table: Table) -> str:
    """The service that a table stands under: the nearest heading's that is no measure; "" where that names none."""
    over = [heading for heading in table.headings if not read_title(heading).code]
    return service_in(over[-1]) if over else ""


def observed(
    pack: Pack, table: Table, at: tuple[int, int], measure: Measure, entity: str, period: Period
) -> list[Observation]:
    """The observation that a cell holds, under its title; [] for a cell that holds neither figure nor reason."""
    row, column = at
    figure = read_figure(table.text(row, column), measure.unit)
    if figure is None:
        return []
    place = pack.cell_place(table, row, column)
    own, _ = title_rows(table)
    said = f"{own}: {quote(table, row)}" if own else quote(table, row)
    return [Observation(measure, entity, period, figure, place, said, pack.exempt(place))]


def service_in(heading: str) -> str:
    """The service that a heading or a row across a table names; "" for one that is about the table ("Scorecard")."""
    heading = _TABLE_NUMBER.sub("", _KIND.sub("", heading), count=1)
    if _BODY.search(heading):
        return ""
    plain = _DATED.sub("", _COUNCIL.sub("", _NUMBER.sub("", _DATE_FIRST.sub("", heading))))
    named = service(plain)
    words = set(re.findall(r"[^\W\d_]+", named.replace("'", "").replace("’", "").lower()))
    generic = {word.removesuffix("s") for word in words} <= _NO_SERVICE_STEMS
    return "" if generic or _TABLE.search(heading) or len(named.split()) > MOST_SERVICE else named


def quote(table: Table, row: int) -> str:
    """A row as printed, its cells set apart."""
    return " | ".join(t for c in range(len(table.rows[row])) if (t := table.text(row, c)))


def record(pack: Pack, table: Table, row: int, kind: str, fields: dict[str, str], column: int = 0) -> Record:
    """A ledger record of a table's row; fields that the table has not are ""."""
    every = {name: fields.get(name, "") for name in KINDS[kind]}
    place = pack.cell_place(table, row, column)
    return Record(kind, pack.date, every, place, quote(table, row), pack.exempt(place))
