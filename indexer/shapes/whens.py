"""Of which periods figures are: those that a row of headers names, and the one that stands over a table or a card."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from corpus.paper import Pack, Table
from indexer.shapes.columns import plain
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.titles import MOST_TITLE
from kpi_tools.periods import Period, financial_year, find_periods, quarter, read_period, year_before

# Of all months or quarters beside or above it, or of the year so far.
_TOTAL = re.compile(r"(?:(?:year|annual|overall|grand|(?:q|qtr|quarter) ?[1-4]?) )?total(?: to date)?|full year")
_SO_FAR = re.compile(r"ytd|year to date|cumulative(?: total)?(?: to date)?")
_LAST_YEAR = re.compile(r"(?P<of>.+?) \(?(?:last|previous|prior) year\)?", re.IGNORECASE)
LEAST_QUARTERS = 3  # months so many, each a quarter's end, are quarters
PAGES_BACK = 4  # of the same paper, on which the period of a card may stand
_AT = re.compile(r"\bat(?: the)?\s*$", re.IGNORECASE)
_UP_TO = re.compile(r"\b(to|until|since|from|by)\s*$", re.IGNORECASE)


def periods_in(table: Table, row: int, pack: Pack, grain: str = "") -> dict[int, Period]:
    """The columns of a header row that name a period; an empty column's may be yet to come, and is left out."""
    texts = {c: text for c, text in enumerate(spread(table, row)) if text}
    used = {c for r in table.below(row) for c in texts if table.text(r, c)}
    found = dated({c: text for c, text in texts.items() if c in used}, over_by(table, day_of(pack, table)), grain)
    sums = {c: whole for c in used - found.keys() if (whole := total_of(texts[c], list(found.values())))}
    return found | sums


def over_by(table: Table, near: date | None) -> date | None:
    """The day by which the periods of a table's headers are over: the end of a year that its heading names, or the
    paper's; without one the end of any period that its heading names."""
    told = period_over(table, near)
    return told.end if told and (near is None or told.grain == "year") else near


def dated(texts: dict[int, str], near: date | None, grain: str = "") -> dict[int, Period]:
    """The periods that texts name, in a row of them.

    One that begins after `near` is left out: what stands under it is planned. Several without a year go forward in
    even steps ("Sept", "Dec", "Mar" in a paper of November are of the year that has been), or back in such, or they are
    not told. One of them "last year" is that of the year before.
    """
    first = {text: column for column, text in reversed(texts.items())}
    ago = {column: found["of"] for column, text in texts.items() if (found := _LAST_YEAR.fullmatch(text))}
    own = {column: text for column, text in texts.items() if first[text] == column and column not in ago}
    sums = {column for column, text in own.items() if _SO_FAR.fullmatch(plain(text)) and len(own) > 1}
    quarters = _quarters_beside_months(own)
    told = _in_order({c: text for c, text in own.items() if c not in sums and c not in quarters}, near, grain)
    told |= _of_their_months(quarters, told)
    told |= {c: year_before(told[first[of]], texts[c]) for c, of in ago.items() if first.get(of) in told}
    return {column: told[first[text]] for column, text in texts.items() if first[text] in told}


def _quarters_beside_months(texts: Mapping[int, str]) -> dict[int, str]:
    """The texts that name a quarter without its year, where others name months: that of these."""
    read = {c: period for c, text in texts.items() if (period := read_period(text, near=SOME_DAY))}
    months = sum(period.grain == "month" for period in read.values())
    bare = {c: texts[c] for c, period in read.items() if period.grain == "quarter" and not read_period(texts[c])}
    return bare if months > 1 else {}


def _of_their_months(quarters: Mapping[int, str], told: Mapping[int, Period]) -> dict[int, Period]:
    """The quarters that texts name, where one month that was told is of such; none where months of several are."""
    found: dict[int, Period] = {}
    for column, text in quarters.items():
        whole = {(q.start, q.end) for p in told.values() if p.grain == "month" and (q := quarter(p.end))}
        same = {span for span in whole if (read := read_period(text, near=span[1])) and (read.start, read.end) == span}
        found |= {column: Period(*same.pop(), text)} if len(same) == 1 else {}
    return found


def periods_of(labels: Mapping[int, str], near: date | None) -> dict[int, Period]:
    """The periods of rows; a last one "Total" is of all those above it, where these are the parts of one year."""
    last = max(labels, default=0)
    text = labels.get(last, "")
    parts = {row: said for row, said in labels.items() if row != last or not _is_total(said)}
    told = dated(parts, near)
    whole = total_of(text, list(told.values())) if len(parts) < len(labels) and len(told) == len(parts) else None
    return told | ({last: whole} if whole else {})


def total_of(text: str, periods: Sequence[Period]) -> Period | None:
    """The span of "Total" or "Year to date" beside several months or quarters of one year without a gap; the year to
    date begins with the year."""
    ordered = sorted(periods)
    joined = all((after.start - one.end).days == 1 for one, after in pairwise(ordered))
    if not _is_total(text) or len(ordered) < 2 or not joined:
        return None
    first, last = financial_year(ordered[0].end), financial_year(ordered[-1].end)
    if not _SO_FAR.fullmatch(plain(text)):
        return Period(ordered[0].start, ordered[-1].end, text) if first == last or plain(text) == "total" else None
    return Period(last.start, ordered[-1].end, text) if first == last else None


def _is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(plain(text)) or _SO_FAR.fullmatch(plain(text)))


def _in_order(texts: Mapping[int, str], near: date | None, grain: str) -> dict[int, Period]:
    read = {c: period for c, text in texts.items() if (period := read_period(text, near=near, grain=grain))}
    read = {c: period for c, period in read.items() if near is None or period.start <= near}
    bare = [c for c in read if read_period(texts[c], grain=grain) is None]
    read |= {c: year_before(read[c], read[c].label) for c in bare if near and _just_begun(read[c], near)}
    if not grain and _are_quarters([texts[c] for c in read], list(read.values())):
        return _in_order(texts, near, "quarter")
    if len(bare) > 1 and all(
        read[before].start - read[after].end == timedelta(days=1) for before, after in pairwise(bare)
    ):
        return read  # the latest first
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
    return _told((own, *reversed(table.headings[-2:])), near)


def period_of_paper(pack: Pack, table: Table) -> Period | None:
    """As `period_over`, from all headings over a table, then from its item's title and the paper's."""
    number = pack.place(table.page, table.box).item
    items = [item.title for item in pack.items if number and item.number == number]
    return _told((*reversed(table.headings), *items, pack.title), pack.date)


def day_of(pack: Pack, table: Table) -> date | None:
    """The day by which a table's figures are over: the paper's, or the end of the period that its headings name."""
    told = None if pack.date else period_of_paper(pack, table)
    return told.end if told else pack.date


def reported_to(table: Table, near: date | None) -> Period | None:
    """The one month or quarter, over by `near`, that the nearest heading says a report runs to: when a state that it
    counts was so."""
    for heading in reversed(table.headings[-2:]):
        hits = [hit for hit in find_periods(heading, near or SOME_DAY) if read_period(hit[0].label)]
        if hits:
            period, start, _ = hits[0]
            ends = len(hits) == 1 and period.grain in ("month", "quarter") and _UP_TO.search(heading[:start])
            return period if ends and _over(period, near) else None
    return None


def _told(texts: Sequence[str], near: date | None) -> Period | None:
    """The period that the first of the texts names in which there is any."""
    for text in texts:
        hits = find_periods(text, near or SOME_DAY)
        dated = [hit for hit in hits if read_period(hit[0].label)]
        if dated:
            period, start, _ = dated[0]
            if whole := _quarter_of([hit[0].label for hit in hits], period):
                return whole if _over(whole, near) else None
            day = period.start == period.end and _AT.search(text[:start])
            told = len({(hit[0].start, hit[0].end) for hit in dated}) == 1 and (period.grain != "span" or day)
            told = told and not _UP_TO.search(text[:start])
            quarterly = period.grain == "year" and re.search(r"\b(quarter|month)", text, re.IGNORECASE)
            return period if told and not quarterly and _over(period, near) else None
    return None


def _quarter_of(labels: Sequence[str], year: Period) -> Period | None:
    """The quarter of "Quarter 3 performance, 2021/22": what stands between is no part of it."""
    others = [label for label in labels if label != year.label]
    if len(labels) != 2 or len(others) != 1 or year.grain != "year":
        return None
    period = read_period(f"{others[0]} {year.label}")
    return period if period and period.grain == "quarter" and read_period(others[0]) is None else None


_OF = re.compile(r"\b(?:in|for|during|of|over|throughout|at the end of)(?: the)?\s*$", re.IGNORECASE)
_FIGURES_OF = re.compile(
    r"(?<!\btarget )(?<!\bplanned )\b(?:performance|results?|figures?|outturn|position)"
    r"\s(?:in|for|during|of|over|at the end of)(?: the)?\s*$",
    re.IGNORECASE,
)
_OTHER = re.compile(  # what a sentence says of other periods than that of the figures below it
    r"\b(?:targets?|goals?|plan(?:ned|s)?|budget\w*|forecast\w*|estimate\w*|compar\w+|than|since|until|previous(?:ly)?|last"
    r"|will|from|agreed|approved|adopted|set|reported|meeting)\b",
    re.IGNORECASE,
)


def _period_in(sentence: str, near: date | None) -> Period | None:
    """The one period that a sentence says the figures are of, over by `near`."""
    hits = [hit for hit in find_periods(sentence, near or SOME_DAY) if read_period(hit[0].label)]
    if len({(hit[0].start, hit[0].end) for hit in hits}) != 1:
        return None  # "in quarter 3 of 2020/21 (October to December 2020)" is of one
    period, start, _ = hits[0]
    if _OTHER.search(sentence) and not _FIGURES_OF.search(sentence[:start]):
        return None
    told = _OF.search(sentence[:start]) and period.grain != "span"
    return period if told and _over(period, near) else None


def _over(period: Period, near: date | None) -> bool:
    """Whether a period had ended by `near`; a paper without a date is believed in what it says with its year."""
    return near is None or period.end <= near


_LATEST = re.compile(r"\b(?:latest|current)\b.{0,20}?\b(?:is|are|figures? (?:is|are)? ?for)\s", re.IGNORECASE)
_REPORTED = re.compile(  # the beginning of a sentence that tells of which period all figures are: "Results for ..."
    r"(?:(?:the|these|this|all|our|latest|reported|reporting|performance)\s+)*"
    r"(?:results?|figures?|data|performance|position|period|indicators|measures|scorecard|dashboard|report)\b"
    r"(?:\s+(?:here|below|shown|covered|reported|is|are|covers))*"
    r"(?:\s+(?:for|in|of|as at|at|to the end of))?(?:\s+the)?:?\s*$",
    re.IGNORECASE,
)


def period_above(pack: Pack, page: int, top: float) -> Period | None:
    """The period that the nearest line of text above a place tells, in the same paper: a heading that names just one,
    or a sentence that says which is the latest, or of which the figures are. None where that line names a period which
    was not over."""
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
        if period := _told_by(text, pack.date or SOME_DAY):
            return period if period.grain != "span" and _over(period, pack.date) else None
    return None


def _told_by(text: str, near: date) -> Period | None:
    """The one period that a heading names, or that a sentence says to be the latest, or that of the figures."""
    said = _LATEST.search(text)
    told = re.split(r"[;.]\s", text[said.end() :] if said else text)[0]
    hits = [hit for hit in find_periods(told, near) if read_period(hit[0].label) and not _within_a_month(hit[0])]
    reported = said or (hits and _REPORTED.match(told[: hits[0][1]]))
    if not hits or (not reported and (text.rstrip().endswith((".", ",", ";")) or len(text.split()) > MOST_TITLE)):
        return None
    first, *others = [hit[0] for hit in hits]
    ends = [each for each in others if first.grain == "month" and each.grain == "quarter" and each.end == first.end]
    whole = ends[0] if ends else first  # "September 2021 (quarter 2, 2021/22)"
    inside = all(whole.start <= each.start and each.end <= whole.end for each in (first, *others))
    same = all((each.start, each.end) == (first.start, first.end) for each in others)
    return whole if same or (inside and (reported or ends)) else None


def _within_a_month(period: Period) -> bool:
    return period.start == period.end and (period.end + timedelta(days=1)).day != 1
