"""Which lines of budgets, and which of their cells, a question means."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.answers import meant
from bot.answers.builder import Builder
from bot.question.plan import Plan
from bot.question.terms import said_of_all, same, says, terms
from bot.question.terms import words as said_words
from kpi_tools import promises
from kpi_tools.amounts import Amount, amounts, is_whole, name
from kpi_tools.ledger import Record
from kpi_tools.names import entity, members
from kpi_tools.periods import find_periods

SOME_DAY = date(2099, 12, 31)  # by which a header's period is over; one that names no year is of none that is asked
MANY = 3  # columns, of which that of the budget is meant by "budget"
ALL, MOST_OF = 0.99, 0.75  # of a question\'s words, that a line and its table must hold
# What a question says of money in general; none of it names a line.
CUES = said_of_all("money")
_LEFT = ("remain", "left", "leav", "balanc", "unspent", "avail")
# What a question calls a column, and the words of its header.
_COLUMNS = {
    "varianc": ("varianc", "overspend", "underspend", "over", "under", "differ"),
    "overspend": ("varianc", "overspend", "over"),
    "underspend": ("varianc", "underspend", "under"),
    "outturn": ("outturn", "actual"),
    "actual": ("actual", "outturn", "spent", "spend"),
    "spent": ("actual", "outturn", "spent", "spend", "expenditur"),
    "cost": ("actual", "outturn", "spent", "spend", "expenditur", "cost"),
    "forecast": ("forecast", "project"),
    "left": _LEFT,
    "leav": _LEFT,
    "remain": _LEFT,
    "unspent": (*_LEFT, "spend"),
}
_AND = re.compile(r",|\b(?:and|plus|minus|less|than|against|from)\b|&")


def lines_of(
    plan: Plan, pool: Sequence[Record], councils: Sequence[str], builder: Builder, every: bool = False
) -> list[Record]:
    """The lines that a question names: by council, by the words of the line, or as the total; of the latest paper.

    `every`: each of the question's words must be of the line or its table.
    """
    wanted = [t for t in plan.topic if every or t not in CUES]
    scored = [(r, *_fit(wanted, r, builder)) for r in pool]
    if councils:
        own = [r for r in pool if any(is_council(r, c) for c in councils)]
        fitting = [r for r, covered, _, _ in scored if r in own and covered >= ALL]
        chosen = fitting or [r for r in own if not wanted]
        both = says("money.share", plan.question) and says("money.whole_too", plan.question)
        return promises.current([*chosen, *(r for r in pool if both and is_whole(r) and name(r) in map(name, chosen))])
    if several := _named_whole(plan.topic, wanted, pool, builder):
        return promises.current(several)
    low = plan.question.lower()
    if (says("money.sum", low) or says("money.more", low)) and (several := _each_named(plan, pool, builder)):
        return several
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
    if says("money.parts", low) and (parts := _kind_asked(plan, tabled, True) or tabled):
        return promises.current([r for r in parts if not is_whole(r)])
    of_whole = bool(totals) and says("money.whole", low) and not (says("money.which", low) or says("money.share", low))
    if not of_whole and any(says(f"money.{kind}", low) for kind in ("ranked", "over", "under")):
        spent = [r for r in tabled if not entity(r.fields["line"])]
        return promises.current([r for r in _kind_asked(plan, tabled) or spent or tabled if not is_whole(r)])
    if not of_whole and (councils := _kind_asked(plan, tabled)):
        return promises.current(councils)
    if wanted or says("money.whole", low) or plan.operation == "total":
        return promises.current(totals or (tabled if wanted else []))
    return promises.current(totals) if len({name(r) for r in totals}) == 1 else []


def split_of(plan: Plan, pool: Sequence[Record], builder: Builder) -> list[Record]:
    """The lines of councils in the one budget that is split among several and has all that a question says."""
    wanted = [t for t in plan.topic if t not in CUES and not t[0].isdigit()]
    split = [r for r in pool if entity(r.fields["line"]) and _fit(wanted, r, builder)[0] >= ALL]
    counted = Counter((r.place.document, r.place.table) for r in split)
    tables = [at for at, count in counted.items() if count > 1]
    return [r for r in split if [(r.place.document, r.place.table)] == tables]


def _kind_asked(plan: Plan, lines: Sequence[Record], split: bool = False) -> list[Record]:
    """The lines of councils, where it is asked which council, or how the whole is `split`."""
    return [r for r in lines if entity(r.fields["line"])] if split or says("money.council", plan.question) else []


def _each_named(plan: Plan, pool: Sequence[Record], builder: Builder) -> list[Record]:
    """The one line that each part of "the sum of equipment and training" names, all of its words being of that line or
    its table; [] where one names none, or several."""
    found: list[Record] = []
    for part in _AND.split(plan.question.lower()):
        wanted = [t for t in terms(part) if t in plan.topic and t not in CUES]
        fitted = [
            (own, r) for r in pool if not is_whole(r) for covered, own, _ in [_fit(wanted, r, builder)] if covered == 1
        ]
        most = max((own for own, _ in fitted), default=0)
        best = promises.current([r for own, r in fitted if own == most])
        if wanted and (not most or len(best) != 1):
            return []
        found += best if wanted else []
    found = list({id(r): r for r in found}.values())  # "eye tests and lenses" is one line
    return found if len(found) > 1 and len({(r.place.document, r.place.table) for r in found}) == 1 else []


def _named_whole(said: Sequence[str], wanted: Sequence[str], pool: Sequence[Record], builder: Builder) -> list[Record]:
    """The lines that a question names in full ("Travel and Training"); [] where it has many words beside them."""
    lines = [(r, frozenset(terms(r.fields["line"]))) for r in pool if not is_whole(r)]
    whole = [(r, own) for r, own in lines if own and all(any(same(t, {term}) for t in said) for term in own)]
    longest = [(r, own) for r, own in whole if not any(own < other for _, other in whole)]
    if not longest:
        return []
    held = frozenset(t for _, own in longest for t in own)
    headers = frozenset(t for r, _ in longest for a in amounts(r) for t in terms(f"{a.header} {name(r)}"))
    headers = headers.union(*(meant.titled(r, builder) for r, _ in longest))
    covered = sum(same(t, held) or called(t, headers) for t in wanted)
    least = 1.0 if len(longest) > 1 else MOST_OF  # what lacks one of several names adds up another thing
    return [r for r, _ in longest] if covered >= least * len(wanted) else []


def of_service(plan: Plan, record: Record, builder: Builder) -> bool:
    """Whether a line, its table or its paper is of a service that a question names: no total is "the IT budget" that
    nothing calls so."""
    asked = frozenset(said_words(plan.question))
    named = [own for s in plan.services if (own := asked.intersection(said_words(s)))]
    title = builder.called(record.place.document)
    told = frozenset(said_words(f"{record.quote} {name(record)} {record.place.item} {title}"))
    return not named or any(own <= told for own in named)


def _fit(wanted: Sequence[str], record: Record, builder: Builder) -> tuple[float, int, float]:
    """How much of a question a line and its table hold, how many words of it the line, and how much of the line."""
    line = frozenset(terms(record.fields["line"]))
    headers = frozenset(t for a in amounts(record) for t in terms(a.header))
    around = line | headers | frozenset(terms(f"{name(record)} {record.place.item}")) | meant.titled(record, builder)
    own = [t for t in wanted if same(t, line)]
    covered = sum(same(t, around) or called(t, headers) for t in wanted) / len(wanted) if wanted else 1.0
    return covered, len(own), len(own) / len(line) if line else 0.0


def called(term: str, header: frozenset[str]) -> bool:
    """Whether a question's word is of a header, or is what a column so headed is called."""
    return same(term, header) or not header.isdisjoint(_COLUMNS.get(term, ()))


def columns_of(plan: Plan, record: Record, narrow: bool = False) -> list[Amount]:
    """The cells of a line under the headers that a question names; all of them where it names none.

    What was over or under a budget comes before what it is a variance of.
    """
    cells = amounts(record)
    if says("money.share", plan.question) and any("%" in c.printed for c in cells):
        return cells
    cells = [c for c in cells if not c.header or dated_right(plan, c.header)] or ([] if plan.since else cells)
    line = frozenset(terms(record.fields["line"]))
    said = [t for t in plan.topic if t not in line and (narrow or t not in CUES or t == "budget")]
    heads = [frozenset(terms(c.header)) for c in cells]
    counted = [sum(called(t, head) for t in said) for head in heads]
    hits = {t for t in said if any(called(t, head) for head in heads)}
    most = max(counted, default=0)
    several = [c for c, n in zip(cells, counted, strict=True) if n] if says("money.beside", plan.question) else []
    if len(several) > 1 and len(hits - {"budget"}) > 1:
        return several
    for first in ("varianc", "overspend", "underspend", "left", "leav", "remain"):
        if first in plan.topic and (
            found := [c for c in cells if not set(terms(c.header)).isdisjoint(_COLUMNS[first])]
        ):
            return found
    if len(several) > 1 and len(hits) > 1:
        return several
    if not most or (hits == {"budget"} and not narrow and len(cells) < MANY):
        return cells
    best = [c for c, n in zip(cells, counted, strict=True) if n == most]
    if plan.since:  # what is headed by the time that is asked about is meant before what bears none
        best = [c for c in best if find_periods(c.header, SOME_DAY)] or best
    fewest = min(len(terms(c.header)) for c in best)
    return [c for c in best if len(terms(c.header)) == fewest] if len(best) > 1 else best


def is_council(record: Record, council: str) -> bool:
    named = entity(record.fields["line"])
    return named is not None and (named == council or council in members(named) or named in members(council))


def in_period(plan: Plan, record: Record, records: Sequence[Record], builder: Builder) -> bool:
    """Whether a line is of the period asked: by a header of it, its table's name, or a header of the same budget.

    Where none of them names a period, the paper's title or name must, or its own day be in the period.
    """
    if not plan.since:
        return True
    told = [name(record), *(a.header for a in amounts(record))]
    if any(find_periods(text, SOME_DAY) for text in told):
        return any(dated_right(plan, text) for text in told if find_periods(text, SOME_DAY))
    mates = [r for r in records if r.place.document == record.place.document and name(r) == name(record)]
    headers = {a.header for r in mates for a in amounts(r)}
    if dated := [text for text in headers if find_periods(text, SOME_DAY)]:
        return any(dated_right(plan, text) for text in dated)
    file = re.sub(r"(?<=[A-Za-z])[-_]|\.\w+$", " ", record.place.document)
    title = f"{builder.titles.get(record.place.document, '')} {file}"
    if find_periods(title, SOME_DAY) and dated_right(plan, title):
        return True
    return record.as_of is not None and plan.covers(record.as_of)


def dated_right(plan: Plan, header: str) -> bool:
    """Whether a header names the period asked, or none."""
    periods = [p for p, _, _ in find_periods(header, SOME_DAY)]
    return not periods or any(plan.meets(p.start, p.end) for p in periods)
