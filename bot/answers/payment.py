"""Answers out of lists of payments: what was paid to a payee, each payment and their sum."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from bot.answer import Result
from bot.answers.builder import Builder, plain
from bot.answers.meant import by_title, papers_of
from bot.answers.money_lines import CUES
from bot.answers.money_sums import quote_of
from bot.question.plan import Plan
from bot.question.terms import same, terms
from kpi_tools.amounts import Amount, amounts, is_whole, total
from kpi_tools.due import find_days
from kpi_tools.figures import write_figure
from kpi_tools.ledger import Record

_PAID = re.compile(r"\b(paid|pay|payments?|spen[dt]|invoices?|invoiced)\b")
SOME_UNREAD = "Not every table of this paper could be read: there may be more payments."
MOST = 6  # payments told one by one; of more, the answer says how many there are


def answer(
    plan: Plan,
    records: Sequence[Record],
    builder: Builder,
    homes: Mapping[str, str],
    partly: frozenset[str] = frozenset(),
) -> str:
    """The payments to the one payee that a question names, or for what it names, in its time; "" for none or several.

    A list of payments has a day, and one column of money, in each row. Nothing is added up of a paper in `partly`,
    whose tables could not all be read.
    """
    wanted: Sequence[str] = [t for t in plan.topic if t not in CUES and not t.isdigit()]
    if not wanted or not (_PAID.search(plan.question.lower()) or plan.operation == "total"):
        return ""
    listed = [r for r in _once(papers_of(plan, records, homes, builder)) if not is_whole(r) and _money(r)]
    listed, wanted = by_title(wanted, listed, builder)
    rows = [r for r in listed if _in_time(plan, r)]
    to = [r for r in rows if _names(r, wanted)]  # what was paid for, alone, may stand in other rows in other words
    told = [(r, cell) for r in to or [r for r in rows if _is_for(r, wanted)] if (cell := _money(r))]
    if not told or len({(r.fields["line"], r.place.document, cell.header) for r, cell in told}) != 1:
        return ""
    payee, cells = told[0][0].fields["line"], [cell for _, cell in told]
    first = len(builder.lines)
    for record, cell in told[:MOST]:
        builder.cite(record.place, quote_of(record))
        others = "; ".join(f"{c.header}: {c.printed}" for c in amounts(record) if c.header != cell.header)
        builder.lines.append(f"• {payee}, {cell.header}: {cell.printed} ({others}).")
    if len(told) > MOST:
        builder.lines.append(f"and {builder.count('more', len(told) - MOST, 'payments')} more.")
    if told[0][0].place.document in partly:
        builder.assumptions.append(SOME_UNREAD)
        return "answered"
    if len(told) == 1 or not to:
        return "answered"
    number = builder.count("count", len(told), "payments")
    added = total(cells)
    whole = f", {write_figure(added.value, added.unit)} together" if added else ""
    if added:
        builder.results.append(Result("total", plain(added.value), added.unit, ()))
    for record, _ in told[MOST:]:
        builder.cite(record.place, quote_of(record))
    builder.lines.insert(first, f"{payee}: {number} payments listed{whole}.")
    return "answered"


def _once(records: Sequence[Record]) -> list[Record]:
    """The rows, without those of a paper all of which another has too ("payments.pdf" and "payments.xlsx")."""
    lists: dict[str, Counter[tuple[str, str]]] = {}
    for record in records:
        lists.setdefault(record.place.document, Counter())[record.fields["line"], record.fields["values"]] += 1
    held: list[str] = []
    for document in sorted(lists, key=lambda d: -lists[d].total()):
        if not any(lists[document] <= lists[other] for other in held):
            held.append(document)
    return [r for r in records if r.place.document in held]


def _names(record: Record, wanted: Sequence[str]) -> bool:
    """Whether all that a question names is the payee's name, or that and what was paid for: "rent to Moor Hall"."""
    line = frozenset(terms(record.fields["line"]))
    others = frozenset(t for cell in amounts(record) if not cell.figure for t in terms(cell.printed))
    return any(same(t, line) for t in wanted) and all(same(t, line) or same(t, others) for t in wanted)


def _is_for(record: Record, wanted: Sequence[str]) -> bool:
    """Whether all that a question names is what was paid for: "the defibs"."""
    return bool(wanted) and all(
        any(same(t, frozenset(terms(c.printed))) for c in amounts(record) if not c.figure) for t in wanted
    )


def _money(record: Record) -> Amount | None:
    """The one amount of money in a row; None where there is none, or several."""
    money = [c for c in amounts(record) if c.figure and c.figure.unit.startswith("£")]
    return money[0] if len(money) == 1 and _days(record) else None


def _days(record: Record) -> list[date]:
    return [found.day for cell in amounts(record) if not cell.figure for found in find_days(cell.printed)]


def _in_time(plan: Plan, record: Record) -> bool:
    if not plan.since:
        return True
    since, until = date.fromisoformat(plan.since), date.fromisoformat(plan.until)
    days = _days(record)
    return bool(days) and since <= days[0] <= until
