"""The figures of one entity of which a clause speaks, and those that they are held against."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kpi_tools.checks.claims import Claim, is_part
from kpi_tools.checks.judged import words
from kpi_tools.checks.naming import NUMERAL
from kpi_tools.checks.often import NUMBER, Often, number_of
from kpi_tools.checks.predicates import FEWEST, Case, Cell
from kpi_tools.checks.slip import Row
from kpi_tools.figures import Figure, read_figure
from kpi_tools.spans import Period, a_year_earlier, financial_year, quarter

_PRESENT = re.compile(r"\b(?:now|is|are|remains?|still|currently|at present|has|have)\b", re.IGNORECASE)
_LAST_YEAR = re.compile(
    r"\b(?:same (?:month|quarter|period|time|point)|this (?:time|point))\s(?:(?:in|of)\s)?(?:the\s)?"
    r"(?:last|previous|prior)\s(?:financial\s)?year\b|\byear[- ]on[- ]year\b|\ba year (?:ago|earlier|before)\b",
    re.IGNORECASE,
)
_LAST_TIME = re.compile(
    r"\b(?:since|than|on|compared (?:to|with)|from)\s(?:the\s)?(?:last|previous|prior|preceding)"
    r"(?:\s(?P<grain>month|quarter))\b",
    re.IGNORECASE,
)
_THIS_YEAR = re.compile(r"\b(?:this year|(?:so far|to date) in the year|all year)\b", re.IGNORECASE)
_UNDATED = re.compile(r"\b(?:last|previous|prior|preceding|same|this|ago)\b", re.IGNORECASE)
_LAST_FEW = re.compile(
    rf"\b(?:for|in|over|of) (?:the )?(?:last |past )?(?P<few>{NUMBER}) (?P<grain>month|quarter|year)s\b", re.IGNORECASE
)
_CHANGED_BY = re.compile(rf"\w*(?:\s\w+){{0,2}}?\sby\s(?P<by>{NUMERAL.pattern})(?P<points>\s(?:percentage )?points?)?")
_OF_TIME = r"(?:month|quarter|year|period|record|since|so far|ever|yet|any)\b"
_AXIS = re.compile(rf"^\W*(?:\w+\W+){{0,4}}?{_OF_TIME}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one entity, the earliest first, up to the one that a clause dates, and what it says of them."""

    rows: Sequence[Row]
    claim: Claim
    often: Often | None
    said: re.Match[str]
    rival: Sequence[Row] = ()  # the figures of another that it is held against

    @property
    def upto(self) -> Sequence[Row]:
        """Those up to the one period that the clause names, or all."""
        dated = self.dated
        if not dated or _since(dated[-1]):
            return self.rows
        upto = [row for row in self.rows if row.end <= dated[-1].end]
        return upto if upto and upto[-1].start == dated[-1].start else ()

    @property
    def dated(self) -> Sequence[Period]:
        """The periods that the clause names, the earliest first, without "last year"."""
        return sorted(p for p in self.claim.periods if not _UNDATED.search(p.label))

    @property
    def inside(self) -> Sequence[Row]:
        """The figures in the stretch that the clause names, else all."""
        dated = self.dated
        return [r for r in self.rows if not dated or (dated[0].start <= r.start and r.end <= dated[-1].end)]

    @property
    def now(self) -> Row | None:
        """The figure that is meant: the one that is dated, else the last where the clause speaks of it."""
        upto, dated = self.upto, self.dated
        if len(dated) > 1 or not upto:
            return None
        last = any(abs(number.value) == abs(upto[-1].value) for number in self.claim.numbers)
        there = last or _PRESENT.search(self.claim.sentence)
        return upto[-1] if (dated and not _since(dated[0])) or there else None


def each(line: Line, often: Often | None) -> Sequence[Case]:
    """The figures of which it is said, each for itself."""
    bound = read_figure(line.said["bound"].strip()) if "bound" in line.said.groupdict() else None
    value = getattr(bound, "value", None)
    unit = getattr(bound, "unit", "")
    if often is None:
        since = [p for p in line.dated if _since(p)]
        rows = line.inside if since else [row] if (row := line.now) is not None else ()
    elif often.how in ("row", "time") or often.of:
        few = often.of or len(line.upto)
        rows = line.upto[-few:] if often.how == "row" or len(line.upto) >= few else ()
    elif often.how == "some" and len(line.dated) == 1:
        rows = line.rows
    else:
        rows = line.inside
    if _THIS_YEAR.search(line.claim.sentence) and rows:
        rows = [row for row in rows if financial_year(row.end) == financial_year(rows[-1].end)]
    if value is not None and any(unit not in ("", row.unit) for row in rows):
        return ()
    return [Case(row, bound=value) for row in rows]


def changed(line: Line, often: Often | None) -> Sequence[Case]:
    """The figures that are said to have changed, each with the one before."""
    if line.rival:
        there = {row.start: row for row in line.rival}
        return [Case(case.row, there[case.row.start]) for case in each(line, often) if case.row.start in there]
    if not often:
        ends = _ends(line)
        return [Case(*ends, by=_by(line))] if ends else ()
    few = often.of or len(line.upto) - 1
    rows = line.upto[-few - 1 :] if often.how in ("row", "each") else ()
    return [Case(row, before) for before, row in pairwise(rows)]


def _by(line: Line) -> tuple[Figure, bool] | None:
    """By how much a clause says that it changed, in points or not; None where it has other numbers, or is rough."""
    found = _CHANGED_BY.match(line.said.string, line.said.end())
    by = read_figure(found["by"].strip().replace(" per cent", "%")) if found else None
    rough = words("claims", "about").search(line.said.string)
    alone = len(line.claim.numbers) == 1 and not rough
    return (by, bool(found["points"])) if found and isinstance(by, Figure) and alone else None


def _ends(line: Line) -> tuple[Row, Row] | None:
    """The figure that changed and the one that it is beside: of two times, or since, before, a year ago."""
    rows, dated, clause = line.upto, line.dated, line.claim.sentence
    year, last = _LAST_YEAR.search(clause), _LAST_TIME.search(clause)
    if len(dated) == 2:
        after = clause.partition(" than ")[2]  # "higher in April than in May"
        later_last = 0 <= after.find(dated[1].label) <= after.find(dated[0].label) % (len(after) + 1)
        one, two = (next((r for r in line.rows if (r.start, r.end) == (p.start, p.end)), None) for p in dated)
        return None if one is None or two is None else (one, two) if later_last else (two, one)
    if len(dated) > 1 or len(rows) < 2 or (year and last):
        return None
    base: date | None = None
    if dated and _since(dated[0]) and not year and not last:
        base = dated[0].start
    elif year or (dated and rows[-1].grain == "year" and _in_all_of(clause, dated[0])):
        base = a_year_earlier(rows[-1].start)
    elif last and last["grain"].casefold() == rows[-1].grain:
        base = rows[-2].start
    before = next((row for row in rows[:-1] if row.start == base), None)
    return None if before is None else (rows[-1], before)


def _in_all_of(clause: str, period: Period) -> bool:
    """Whether something is told of the whole of a period: "fell in 2023/24", and not "fell in part of 2023/24"."""
    return bool(re.search(rf"\b(?:in|during|for|over) {re.escape(period.label)}", clause, re.IGNORECASE))


def is_extreme(means: Cell, line: Line) -> tuple[bool | None, Sequence[Row]]:
    """Whether a figure is the extreme that it is called, among other times or other councils as it may be meant."""
    rows = line.rows
    if not rows:
        return None, ()
    clause, name = line.claim.sentence, re.escape(rows[0].entity)
    after, before = clause[line.said.end() :], clause[: line.said.start()]
    timely = bool(_AXIS.search(after) or re.search(rf"{_OF_TIME}\W*$", before))
    beside = is_part(rows[0].entity) and bool(
        re.search(rf"^(?:\W+\w+){{0,3}}?\W+(?:at|in|for|by|of|from) (?:the )?{name}\b", after)
        or re.search(rf"\b{name}(?:[’']s)?(?:\s\w+){{0,3}}\s$", before)
    )
    peers = [row for row in line.claim.rows if is_part(row.entity) and row.value is not None]
    often = line.often if line.often and line.often.how in ("each", "row") else None
    if beside and not timely and often:
        meant = [case.row for case in each(line, often)]
        cases = [Case(row, among=[peer for peer in peers if peer.start == row.start]) for row in meant]
        truths = [means(case) for case in cases]
        off = [peer for case, truth in zip(cases, truths, strict=True) if truth is False for peer in case.among]
        return (None, ()) if not cases or None in truths else (all(truths), off)
    loose = re.match(r"\s(?!(?:at|in|by|for|since|so|of)\b)[a-z]", after) and not words("extremes", "of").match(
        after, 1
    )
    if loose and not timely and not beside:
        return None, ()  # "the best way to see it"
    now = line.now if line.dated or not beside else line.upto[-1] if line.upto else None
    if now is None:
        return None, ()
    among: list[Sequence[Row]] = []
    if beside and not timely:
        among.append([peer for peer in peers if (peer.start, peer.end) == (now.start, now.end)])
    if not among or (line.dated and re.search(rf"\b{name} (?:in|at|during)\b", after)):
        among += _times(line, now)
    truths = [means(Case(now, among=rows)) for rows in among]
    if None in truths or not truths:
        return None, ()
    best = next((row for row in among[0] if means(Case(row, among=among[0]))), now)
    return any(truths), [best, now]


def _times(line: Line, now: Row) -> Iterator[Sequence[Row]]:
    """The stretches of time of which a figure may be the extreme: all, the last few, those since, a quarter, a year."""
    few = _LAST_FEW.search(line.claim.sentence)
    since = [p for p in line.dated if _since(p)]
    if few and few["grain"] == now.grain:
        yield line.upto[-number_of(few["few"]) :]
    elif since:
        yield [row for row in line.upto if row.start > since[0].start]
    else:
        yield line.rows
        if re.search(r"\b(?:quarter|year)\b", line.claim.sentence):
            around = ([r for r in line.rows if of(now.end) == of(r.end)] for of in (quarter, financial_year))
            yield from (rows for rows in around if len(rows) >= FEWEST)


def _since(period: Period) -> bool:
    return period.label.casefold().startswith("since")
