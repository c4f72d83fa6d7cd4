"""Answers out of budgets, and out of tables of no known shape: the cell that is meant, sums, shares, differences."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot import words
from bot.answers import Result
from bot.builder import Builder, plain
from bot.meant import papers_of
from bot.plan import Plan
from bot.terms import same, terms
from kpi_tools import promises
from kpi_tools.amounts import Amount, amounts, difference, is_whole, like, name, share, total, whole_of
from kpi_tools.figures import Figure, write_figure
from kpi_tools.ledger import Record
from kpi_tools.names import entity, members
from kpi_tools.periods import find_periods

SOME_DAY = date(2099, 12, 31)  # by which a header's period is over; one that names no year is of none that is asked

MOST = 6  # lines put into words; of more, the answer says how many there are
MANY = 3  # columns, of which that of the budget is meant by "budget"
ALL, MOST_OF = 0.99, 0.75  # of a question\'s words, that a line and its table must hold
# What a question says of money in general; none of it names a line.
_CUES = frozenset(
    terms(
        "budget budgets budgeted pay pays paying paid contribute contributes contributing contribution"
        " contributions apportion apportioned apportionment allocation allocated cost costs spend spending"
        " spent charge charged amount money line lines difference more less towards toward owe owes due"
        " put proposed biggest smallest most least largest split divided breakdown estimate estimated set"
        " service services department departments directorate portfolio together both every still left"
        " remaining versus overspend overspent underspend underspent"
    )
)
# What a question calls a column, and the words of its header.
_COLUMNS = {
    "varianc": ("varianc", "overspend", "underspend", "over", "under", "differ"),
    "overspend": ("varianc", "overspend", "over"),
    "underspend": ("varianc", "underspend", "under"),
    "outturn": ("outturn", "actual"),
    "actual": ("actual", "outturn", "spent", "spend"),
    "spent": ("actual", "outturn", "spent", "spend", "expenditur"),
    "forecast": ("forecast", "project"),
}
_ASKS_WHOLE = re.compile(r"\b(total|whole|overall|entire|altogether|in all|how much is the)\b")
_SHARE = re.compile(r"\b(share|percentage|percent|per cent|proportion|fraction|what part)\b")
_SUM = re.compile(r"\b(together|combined|between them|add(ed)? up|sum of|in total|altogether|total|jointly|both)\b")
_MORE = re.compile(r"\b(difference|how much (more|less|higher|lower|bigger|smaller)|gap|compar\w+)\b")
_RANKED = re.compile(
    r"\b(most|largest|biggest|highest|greatest|least|smallest|lowest)\b|\b(which|what)\b.*\b(over|under)spen\w+"
)
_COUNCIL = re.compile(r"\b(councils?|boroughs?|districts?|authorit\w+|partners?)\b", re.IGNORECASE)
_LEAST = re.compile(r"\b(least|smallest|lowest)\b")
_REVISED = re.compile(r"\b(revised|current|latest)\b.*\bbudget", re.IGNORECASE)
_BUDGET = re.compile(r"\bbudget", re.IGNORECASE)
_SPENT = re.compile(r"\b(forecast|outturn|actual|projected)", re.IGNORECASE)
_OVER = re.compile(r"\boverspen\w+|\b(over|above)( (the|its|their))?( (revised|original|current))? budget\b")
_UNDER = re.compile(r"\bunderspen\w+|\b(under|below|within)( (the|its|their))?( (revised|original|current))? budget\b")


def answer(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str]) -> str:
    """The budget lines that a question means, in words; the status, "" where no line is meant."""
    low = plan.question.lower()
    if plan.operation in ("change", "trend") and not (_MORE.search(low) or _OVER.search(low) or _UNDER.search(low)):
        return ""  # what changed from another year stands in the text
    pool = [r for r in papers_of(plan, records, homes, builder) if _in_period(plan, r, records, builder)]
    councils = [c for c in plan.entities if any(_is_council(r, c) for r in pool)]
    owned = {r.place.document for r in pool if homes.get(r.place.document, "") in plan.entities}
    if len(councils) < len([c for c in plan.entities if not any(homes.get(d) == c for d in owned)]):
        return ""
    lines = _lines(plan, pool, councils)
    if not lines:
        return ""
    return _calculated(plan, lines, pool, builder) or _told(plan, lines, builder)


def rows(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str]) -> str:
    """The one cell of a table of no known shape that a question names in the table's own words; "" for none.

    All of its words must be of the table, one of them of the line, and the header must be told.
    """
    pool = [r for r in papers_of(plan, records, homes, builder) if _in_period(plan, r, records, builder)]
    lines = [r for r in _lines(plan, pool, (), every=True) if not is_whole(r) or _ASKS_WHOLE.search(plan.question)]
    if len(lines) > 1 and _SUM.search(plan.question.lower()) and _one_table(lines):
        return _sum(plan, lines, builder)
    chosen = [(r, _columns(plan, r, narrow=True)) for r in lines]
    cells = [(r, c[0]) for r, c in chosen if len(c) == 1]
    if len(cells) != 1 or len(chosen) != 1:
        return ""
    record, cell = cells[0]
    builder.cite(record.place, _quote(record))
    builder.lines.append(_sentence(record, [cell]))
    return "answered"


def _lines(plan: Plan, pool: Sequence[Record], councils: Sequence[str], every: bool = False) -> list[Record]:
    """The lines that a question names: by council, by the words of the line, or as the total; of the latest paper.

    `every`: each of the question's words must be of the line or its table.
    """
    wanted = [t for t in plan.topic if every or t not in _CUES]
    scored = [(r, *_fit(wanted, r)) for r in pool]
    if councils:
        own = [r for r in pool if any(_is_council(r, c) for c in councils)]
        fitting = [r for r, covered, _, _ in scored if r in own and covered >= ALL]
        return promises.current(fitting or [r for r in own if not wanted])
    if several := _named_whole(wanted, pool):
        return promises.current(several)
    named = [(r, line, whole) for r, covered, line, whole in scored if line and covered >= (1 if every else MOST_OF)]
    if named:
        best = max((line, whole) for _, line, whole in named)
        return promises.current([r for r, line, whole in named if (line, whole) == best])
    return [] if every else _of_table(plan, wanted, [(r, covered) for r, covered, _, _ in scored])


def _of_table(plan: Plan, wanted: Sequence[str], scored: Sequence[tuple[Record, float]]) -> list[Record]:
    """The lines of a budget that is asked for as a whole: its total, or all lines where there is none."""
    tabled = [r for r, covered in scored if covered >= ALL]
    totals = [r for r in tabled if is_whole(r)]
    low = plan.question.lower()
    if _RANKED.search(low) or _OVER.search(low) or _UNDER.search(low):
        return promises.current([r for r in _kind_asked(plan, tabled) if not is_whole(r)])
    if wanted or _ASKS_WHOLE.search(low) or plan.operation == "total":
        return promises.current(totals or (tabled if wanted else []))
    return promises.current(totals) if len({name(r) for r in totals}) == 1 else []


def _kind_asked(plan: Plan, lines: Sequence[Record]) -> list[Record]:
    """Only lines of councils, where it is asked which council; all, where no line is one."""
    councils = (
        [r for r in lines if entity(r.fields["line"])]
        if plan.over == "councils" and _COUNCIL.search(plan.question)
        else []
    )
    return councils or list(lines)


def _named_whole(wanted: Sequence[str], pool: Sequence[Record]) -> list[Record]:
    """The lines that a question names in full ("Travel and Training"); [] where it has many words beside them."""
    lines = [(r, frozenset(terms(r.fields["line"]))) for r in pool if not is_whole(r)]
    whole = [(r, own) for r, own in lines if own and all(any(same(t, {term}) for t in wanted) for term in own)]
    longest = [(r, own) for r, own in whole if not any(own < other for _, other in whole)]
    if not longest:
        return []
    held = frozenset(t for _, own in longest for t in own)
    headers = frozenset(t for r, _ in longest for a in amounts(r) for t in terms(f"{a.header} {name(r)}"))
    covered = sum(same(t, held | headers) or bool(_meant(t) & headers) for t in wanted)
    return [r for r, _ in longest] if covered >= MOST_OF * len(wanted) else []


def _fit(wanted: Sequence[str], record: Record) -> tuple[float, int, float]:
    """How much of a question a line and its table hold, how many words of it the line, and how much of the line."""
    line = frozenset(terms(record.fields["line"]))
    headers = frozenset(t for a in amounts(record) for t in terms(a.header))
    around = line | headers | frozenset(terms(f"{name(record)} {record.place.item}"))
    own = [t for t in wanted if same(t, line)]
    covered = sum(same(t, around) or bool(_meant(t) & headers) for t in wanted) / len(wanted) if wanted else 1.0
    return covered, len(own), len(own) / len(line) if line else 0.0


def _meant(term: str) -> frozenset[str]:
    return frozenset(_COLUMNS.get(term, ()))


def _columns(plan: Plan, record: Record, narrow: bool = False) -> list[Amount]:
    """The cells of a line under the headers that a question names; all of them where it names none.

    What was over or under a budget comes before what it is a variance of.
    """
    cells = amounts(record)
    if _SHARE.search(plan.question.lower()) and any("%" in c.printed for c in cells):
        return cells
    cells = [c for c in cells if not c.header or _dated_right(plan, c.header)] or ([] if plan.since else cells)
    line = frozenset(terms(record.fields["line"]))
    said = [t for t in plan.topic if t not in line and (narrow or t not in _CUES or t == "budget")]
    for first in ("varianc", "overspend", "underspend"):
        if first in plan.topic and (found := [c for c in cells if _meant(first) & set(terms(c.header))]):
            return found
    heads = [frozenset(terms(c.header)) for c in cells]
    counted = [sum(same(t, head) or bool(_meant(t) & head) for t in said) for head in heads]
    hits = {t for t in said if any(same(t, head) or _meant(t) & head for head in heads)}
    most = max(counted, default=0)
    if not most or (hits == {"budget"} and not narrow and len(cells) < MANY):
        return cells
    best = [c for c, n in zip(cells, counted, strict=True) if n == most]
    fewest = min(len(terms(c.header)) for c in best)
    return [c for c in best if len(terms(c.header)) == fewest] if len(best) > 1 else best


def _told(plan: Plan, lines: Sequence[Record], builder: Builder) -> str:
    """Each line with the amounts asked for."""
    told = [(r, c) for r in lines if (c := _columns(plan, r))]
    for record, cells in told[:MOST]:
        builder.cite(record.place, _quote(record))
        builder.lines.append(_sentence(record, cells))
    if len(told) > MOST:
        builder.lines.append(f"and {builder.count('more', len(told) - MOST, 'lines')} more.")
    return "answered" if told else ""


def _row(cells: Sequence[Amount]) -> str:
    return "; ".join(f"{c.header}: {c.printed}" if c.header else c.printed for c in cells)


def _quote(record: Record) -> str:
    """A line with its table and the headers of its columns."""
    return ": ".join(filter(None, (name(record), record.fields["line"], _row(amounts(record)))))


def _sentence(record: Record, cells: Sequence[Amount]) -> str:
    table = f" ({name(record)})" if name(record) else ""
    return f"{record.fields['line']}: {_row(cells)}{table}."


def _calculated(plan: Plan, lines: Sequence[Record], pool: Sequence[Record], builder: Builder) -> str:
    """A ranking, a share, a sum or a difference of the lines meant; "" where none of them is asked for."""
    low = plan.question.lower()
    apart = bool(_OVER.search(low) or _UNDER.search(low))
    if _RANKED.search(low) or (apart and (len(lines) > 2 or all(_gap(r) for r in lines))):
        return _ranked(plan, [r for r in lines if not is_whole(r)], builder)
    if not _one_table(lines):
        return ""
    if _SHARE.search(low) and len(lines) == 1 and not any("%" in c.printed for c in amounts(lines[0])):
        return _share(plan, lines[0], pool, builder)
    if len(lines) > 1 and _MORE.search(low):
        return (_difference if len(lines) == 2 else _against_others)(plan, lines, builder)
    if len(lines) > 1 and _SUM.search(low) and not any(is_whole(r) for r in lines):
        return _sum(plan, lines, builder)
    return ""


def _share(plan: Plan, line: Record, pool: Sequence[Record], builder: Builder) -> str:
    whole = whole_of(line, pool)
    for cell in _columns(plan, line):
        of = like(cell, whole) if whole else None
        part = share(cell, of) if of else None
        if part and of and whole:
            _cite((line, whole), builder)
            builder.lines.append(
                f"{line.fields['line']} is {_result('share', part, builder)} of the total: {cell.printed} of"
                f" {of.printed} ({cell.header}, {name(line)})."
            )
    return "answered" if builder.lines else ""


def _difference(plan: Plan, lines: Sequence[Record], builder: Builder) -> str:
    for cell in _columns(plan, lines[0]):
        other = like(cell, lines[1])
        if not (other and cell.figure and other.figure):
            continue
        high, low = (cell, other) if cell.figure.value >= other.figure.value else (other, cell)
        if gap := difference(high, low):
            _cite(lines, builder)
            builder.lines.append(
                f"{cell.header}: {high.record.fields['line']} {high.printed},"
                f" {low.record.fields['line']} {low.printed}; the difference is {_result('difference', gap, builder)}."
            )
    return "answered" if builder.lines else ""


def _against_others(plan: Plan, lines: Sequence[Record], builder: Builder) -> str:
    """What the council named first has more or less than each of the others, and than all of them together."""
    own = [r for council in plan.entities for r in lines if _is_council(r, council)]
    if len(own) != len(lines) or len(set(map(id, own))) != len(own):
        return ""
    for cell in _columns(plan, own[0]):
        others = [o for r in own[1:] if (o := like(cell, r)) and o.figure]
        added = total(others)
        if not (cell.figure and added and len(others) == len(own) - 1):
            continue
        _cite(own, builder)
        named = [
            f"{_apart(cell.figure, o.figure, builder)} {o.record.fields['line']} ({o.printed})"
            for o in others
            if o.figure
        ]
        together = f"{_apart(cell.figure, added, builder)} these together ({_result('total', added, builder)})"
        builder.lines.append(
            f"{cell.header}: {own[0].fields['line']} {cell.printed}, {words.listed([*named, together])}."
        )
    return "answered" if builder.lines else ""


def _apart(one: Figure, other: Figure, builder: Builder) -> str:
    """ "£5 more than"; "the same as"."""
    gap = one.value - other.value
    if not gap:
        return "the same as"
    unit = "percentage points" if one.unit == "%" else one.unit
    return f"{_result('difference', Figure(abs(gap), unit, ''), builder)} {'more' if gap > 0 else 'less'} than"


def _one_table(lines: Sequence[Record]) -> bool:
    return len({(r.place.document, r.place.table) for r in lines}) == 1


def _sum(plan: Plan, lines: Sequence[Record], builder: Builder) -> str:
    for cell in _columns(plan, lines[0]):
        parts = [cell, *(like(cell, other) for other in lines[1:])]
        known = [part for part in parts if part]
        added = total(known) if len(known) == len(lines) else None
        if added:
            _cite(lines, builder)
            each = words.listed([f"{part.record.fields['line']} {part.printed}" for part in known])
            builder.lines.append(f"{cell.header}: {_result('total', added, builder)} together, of {each}.")
    return "answered" if builder.lines else ""


def _ranked(plan: Plan, lines: Sequence[Record], builder: Builder) -> str:
    """The lines in order of the one column that is asked for; those over or under budget where that is asked."""
    low = plan.question.lower()
    over, under = bool(_OVER.search(low)), bool(_UNDER.search(low))
    if over or under:
        gaps = [(gap, r) for r in lines if (gap := _gap(r))]
        chosen = sorted((p for p in gaps if (p[0].value > 0) == over and p[0].value), key=lambda p: -abs(p[0].value))
        if len(gaps) == 1:  # of one line it is told how it stands, whichever way was asked
            chosen, over = gaps, gaps[0][0].value > 0
        if not gaps:
            return ""
        if not chosen:
            _cite([r for _, r in gaps], builder)
            builder.lines.append(f"No line of {name(gaps[0][1])} is {'over' if over else 'under'} its budget.")
            return "answered"
        chosen = chosen[:1] if _RANKED.search(low) and re.search(r"\b(most|largest|biggest|highest)\b", low) else chosen
        for gap, record in chosen[:MOST]:
            _cite((record,), builder)
            by = _result("difference", Figure(abs(gap.value), gap.unit, ""), builder)
            builder.lines.append(
                f"• {record.fields['line']}: {by} {'over' if over else 'under'} budget ({_row(amounts(record))})."
            )
        return "answered"
    columns = [[c for c in _columns(plan, r) if c.figure and c.figure.unit != "%"] for r in lines]
    first = [c[0] for c in columns if c]
    if not first or len({(c.header, c.figure.unit) for c in first if c.figure}) != 1:
        return ""
    by_size = sorted(first, key=lambda c: c.figure.value if c.figure else Decimal(0), reverse=not _LEAST.search(low))
    top = [c for c in by_size if c.figure and by_size[0].figure and c.figure.value == by_size[0].figure.value]
    _cite([c.record for c in by_size], builder)
    for cell in by_size[: plan.top] if plan.top else top:
        builder.lines.append(_sentence(cell.record, amounts(cell.record)))
    return "answered"


def _gap(record: Record) -> Figure | None:
    """What was, or is forecast to be, spent above the budget; None where a row does not have one of each."""
    cells = amounts(record)
    budget = [c for c in cells if c.figure and _REVISED.search(c.header)]
    budget = budget or [c for c in cells if c.figure and _BUDGET.search(c.header)]
    spent = [c for c in cells if c.figure and _SPENT.search(c.header)]
    if len(budget) != 1 or len(spent) != 1 or not (budget[0].figure and spent[0].figure):
        return None
    one, other = spent[0].figure, budget[0].figure
    return Figure(one.value - other.value, one.unit, "") if one.unit == other.unit else None


def _cite(records: Sequence[Record], builder: Builder) -> None:
    for record in records:
        builder.cite(record.place, _quote(record))


def _result(operation: str, figure: Figure, builder: Builder) -> str:
    """A calculated figure in words, noted as a result."""
    builder.results.append(Result(operation, plain(figure.value), figure.unit, ()))
    return write_figure(figure.value, figure.unit)


def _is_council(record: Record, council: str) -> bool:
    named = entity(record.fields["line"])
    return named is not None and (named == council or council in members(named) or named in members(council))


def _in_period(plan: Plan, record: Record, records: Sequence[Record], builder: Builder) -> bool:
    """Whether a line is of the period asked: by a header of it, its table's name, or a header of the same budget.

    Where none of them names a period, the paper's title or name must, or its own day be in the period.
    """
    if not plan.since:
        return True
    told = [name(record), *(a.header for a in amounts(record))]
    if any(find_periods(text, SOME_DAY) for text in told):
        return any(_dated_right(plan, text) for text in told if find_periods(text, SOME_DAY))
    mates = [r for r in records if r.place.document == record.place.document and name(r) == name(record)]
    headers = {a.header for r in mates for a in amounts(r)}
    if dated := [text for text in headers if find_periods(text, SOME_DAY)]:
        return any(_dated_right(plan, text) for text in dated)
    file = re.sub(r"(?<=[A-Za-z])[-_]|\.\w+$", " ", record.place.document)
    title = f"{builder.titles.get(record.place.document, '')} {file}"
    if find_periods(title, SOME_DAY) and _dated_right(plan, title):
        return True
    day = record.as_of
    return day is not None and date.fromisoformat(plan.since) <= day <= date.fromisoformat(plan.until)


def _dated_right(plan: Plan, header: str) -> bool:
    """Whether a header names the period asked, or none."""
    periods = [p for p, _, _ in find_periods(header, SOME_DAY)]
    if not plan.since or not periods:
        return True
    since, until = date.fromisoformat(plan.since), date.fromisoformat(plan.until)
    return any(p.start <= until and since <= p.end for p in periods)
