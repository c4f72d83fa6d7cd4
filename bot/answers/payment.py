"""Answers out of lists of payments: what was paid to a payee or for a purpose, each and their sum; the largest."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.answer import Result
from bot.answers.bound import Bound, bound_of
from bot.answers.builder import Builder, plain
from bot.answers.meant import by_title, papers_of, titled
from bot.answers.money_lines import CUES
from bot.answers.money_sums import quote_of
from bot.question.parts import names_in, undated
from bot.question.plan import Plan
from bot.question.terms import said_of_all, same, says, terms
from kpi_tools.amounts import Amount, amounts, is_whole, total
from kpi_tools.due import find_days
from kpi_tools.figures import write_figure
from kpi_tools.ledger import Record

_PAID = re.compile(
    r"\b(paid|pay|payments?|spen[dt]|invoices?|invoiced|received?|get|got|cost|bills?|(?:go|goes|went|gone) to)\b"
)
_PAYER = re.compile(
    r"\b(?:did|does|has|have|do) ((?:(?!pay|paid|spen|make|made)\w+ ){1,6})(?:pay|paid|spen[dt]|ma[dk]e)\b"
    r"|\bby ((?:(?!in|on|for|to|at|during|last|this|since|between)\w+\s?){1,6})|\b((?:\w+ ){1,6})made\b"
)
_PAYEE = re.compile(
    r"^\W*(?:who(?!se)|whom|(?:which|what) (?:compan|supplier|payee|firm|organi[sz]ation|contractor)\w*)\b"
)
_PAYMENT = re.compile(r"\b(payments?|invoices?|transactions?)\b")
_APART = re.compile(r"\b(?:vat|tax|net)\b", re.IGNORECASE)  # a payment's tax, or the rest of it
_GROSS = re.compile(r"\b(?:gross|total|inc\w*\.? vat)\b", re.IGNORECASE)
_SAID_OF_ALL = CUES | said_of_all("payments")
SOME_UNREAD = "Not every table of this paper could be read: there may be more payments."
MOST = 6  # payments told one by one; of more, the answer says how many there are
FEW = 2  # times as many rows as kinds, from which on a column tells the kinds of payments


def answer(
    plan: Plan,
    records: Sequence[Record],
    builder: Builder,
    homes: Mapping[str, str],
    partly: frozenset[str] = frozenset(),
) -> str:
    """The payments to the one payee that a question names, or for what it names, in its time, or the largest of them;
    "" for none or several.

    A list of payments has a day, and one column of money, in each row. Nothing is added up of a paper in `partly`,
    whose tables could not all be read.
    """
    low = plan.question.lower()
    if says("asked.why", low) or not (_PAID.search(low) or plan.operation == "total"):
        return ""
    payments = [r for r in _once(records) if not is_whole(r) and _money(r)]
    listed = papers_of(plan, payments, homes, builder) or payments  # others may pay a council, and list it
    limit = bound_of(undated(plan.question, plan.today), "", "£") if _PAYMENT.search(low) else None
    rows = [r for r in listed if _in_time(plan, r) and (limit is None or _holds(limit, r))]
    most = says("money.ranked", low)
    ranked = bool(_PAYMENT.search(low)) and most
    if most and _PAYEE.search(low) and _readings(plan, listed, homes, builder)[-1:] == [()]:
        return _payees(plan, rows, builder, partly)
    for wanted in _readings(plan, listed, homes, builder):
        to = _in_full(plan, [r for r in rows if _names(r, wanted)])
        kind = [] if to else _of_kind(rows, wanted)
        chosen = (
            to
            or kind
            or [r for r in rows if _is_for(r, wanted)]
            or (rows if (ranked or limit or plan.operation == "total") and not wanted else [])
        )
        told = [(r, cell) for r in chosen if (cell := _money(r))]
        alike = {(r.place.document, cell.header) for r, cell in told}
        if len(alike) != 1 or (to and len({r.fields["line"] for r in to}) != 1):
            continue
        if ranked:
            return _ranked(plan, told, builder, partly)
        if limit:
            return _told(sorted(told, key=_size, reverse=True), builder, partly)
        if kind or not wanted or len({r.fields["line"] for r in chosen}) == 1:
            called = _kind_of(kind[0], wanted) if kind else to[0].fields["line"] if to else "" if wanted else "In all"
            return _told(told, builder, partly, called)
    return ""


def _readings(
    plan: Plan, listed: Sequence[Record], homes: Mapping[str, str], builder: Builder
) -> list[tuple[str, ...]]:
    """What a question may name: all of its words, with the names in it that are not whose the list is; or these without
    the words of the paper's title."""
    whose = {homes.get(r.place.document, "") for r in listed}
    title = frozenset(t for r in listed for t in titled(r, builder)) | {t for name in whose for t in terms(name)}
    called = names_in(plan.question, date.fromisoformat(plan.today)) if plan.today else ()
    names = [t for name in (*plan.entities, *plan.unknown, *called) if name not in whose for t in terms(name)]
    said = tuple(dict.fromkeys(t for t in (*plan.topic, *names) if t not in _SAID_OF_ALL and not t.isdigit()))
    wanted = by_title(said, listed, builder)[1]
    bare = tuple(t for t in wanted if t not in title)
    payers = [{*terms(m[m.lastindex or 0])} - _SAID_OF_ALL for m in _PAYER.finditer(plan.question.lower())]
    if any(payer and payer <= title for payer in payers):  # "what did Ashdown pay" is asked of no payee called so
        return [bare]
    others = {t for name in plan.entities if name not in whose for t in terms(name)}
    if any(payer & others for payer in payers):  # whose payments these are not
        return []
    return list(dict.fromkeys((wanted, bare)))


def _told(told: Sequence[tuple[Record, Amount]], builder: Builder, partly: frozenset[str], called: str = "") -> str:
    """Each payment, and their sum where they are all that there are of what is `called` so."""
    first = len(builder.lines)
    for record, cell in told[:MOST]:
        _tell(record, cell, builder)
    builder.more(len(told) - MOST, "payments")
    if told[0][0].place.document in partly:
        builder.assumptions.append(SOME_UNREAD)
        return "answered"
    if len(told) == 1 or not called:
        return "answered"
    number = builder.count("count", len(told), "payments")
    added = total([cell for _, cell in told])
    together = f", {write_figure(added.value, added.unit)} together" if added else ""
    if added:
        builder.results.append(Result("total", plain(added.value), added.unit, ()))
    for record, _ in told[MOST:]:
        builder.cite(record.place, quote_of(record))
    builder.lines.insert(first, f"{called}: {number} payments listed{together}.")
    return "answered"


def _payees(plan: Plan, rows: Sequence[Record], builder: Builder, partly: frozenset[str]) -> str:
    """Who was paid the most in all, or the least; "" where the rows are of several lists, or not all could be read."""
    told = [(r, cell) for r in rows if (cell := _money(r))]
    if len({(r.place.document, cell.header) for r, cell in told}) != 1 or told[0][0].place.document in partly:
        return ""
    by_payee: dict[str, list[tuple[Record, Amount]]] = {}
    for pair in told:
        by_payee.setdefault(pair[0].fields["line"], []).append(pair)
    sums = {payee: added for payee, own in by_payee.items() if (added := total([cell for _, cell in own]))}
    ordered = sorted(sums, key=lambda payee: sums[payee].value, reverse=not says("money.least", plan.question.lower()))
    for payee in ordered[: plan.top or 1]:
        number = builder.count("count", len(by_payee[payee]), "payments")
        builder.results.append(Result("total", plain(sums[payee].value), sums[payee].unit, ()))
        together = write_figure(sums[payee].value, sums[payee].unit)
        builder.lines.append(f"{payee}: {together} in {number} payment{'s' if number != 1 else ''}.")
        for record, _ in by_payee[payee]:
            builder.cite(record.place, quote_of(record))
    return "answered" if ordered else ""


def _ranked(plan: Plan, told: Sequence[tuple[Record, Amount]], builder: Builder, partly: frozenset[str]) -> str:
    """The largest payment, or the smallest, or as many of them as are asked for."""
    by_size = sorted(
        (pair for pair in told if pair[1].figure),
        key=_size,
        reverse=not says("money.least", plan.question.lower()),
    )
    ends = [pair for pair in by_size if pair[1].printed == by_size[0][1].printed]
    for record, cell in (by_size[: plan.top] if plan.top else ends)[:MOST]:
        _tell(record, cell, builder)
    if told[0][0].place.document in partly:
        builder.assumptions.append(SOME_UNREAD)
    return "answered"


def _size(pair: tuple[Record, Amount]) -> Decimal:
    return pair[1].figure.value if pair[1].figure else Decimal(0)


def _holds(limit: Bound, record: Record) -> bool:
    cell = _money(record)
    return bool(cell and cell.figure and limit.holds(cell.figure.value))


def _tell(record: Record, cell: Amount, builder: Builder) -> None:
    builder.cite(record.place, quote_of(record))
    others = "; ".join(f"{c.header}: {c.printed}" for c in amounts(record) if c.header != cell.header)
    builder.lines.append(f"• {record.fields['line']}, {cell.header}: {cell.printed} ({others}).")


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
    others = frozenset(t for cell in _texts(record) for t in terms(cell.printed))
    return any(same(t, line) for t in wanted) and all(same(t, line) or same(t, others) for t in wanted)


def _in_full(plan: Plan, rows: Sequence[Record]) -> Sequence[Record]:
    """Of the payments to several payees those to whom a question calls by the whole name, where it does so."""
    said = frozenset(terms(plan.question, "little"))
    return [r for r in rows if said.issuperset(terms(r.fields["line"], "little"))] or rows


def _of_kind(rows: Sequence[Record], wanted: Sequence[str]) -> list[Record]:
    """The payments of the one kind that a question names in full, in a column that tells kinds: the same few again."""
    columns: dict[str, list[tuple[Record, str]]] = {}
    for record in rows:
        for cell in _texts(record):
            columns.setdefault(cell.header, []).append((record, cell.printed))
    found = [
        [record for record, printed in cells if _is_whole_of(printed, wanted)]
        for cells in columns.values()
        if FEW * len({printed for _, printed in cells}) <= len(cells)
    ]
    return max(found, key=len, default=[])


def _is_whole_of(printed: str, wanted: Sequence[str]) -> bool:
    own = frozenset(terms(printed))
    return bool(wanted) and len(own) == len(wanted) and all(same(t, own) for t in wanted)


def _kind_of(record: Record, wanted: Sequence[str]) -> str:
    return next((c.printed for c in _texts(record) if _is_whole_of(c.printed, wanted)), "")


def _is_for(record: Record, wanted: Sequence[str]) -> bool:
    """Whether all that a question names is what was paid for: "the defibs"."""
    return bool(wanted) and all(any(same(t, frozenset(terms(c.printed))) for c in _texts(record)) for t in wanted)


def _texts(record: Record) -> list[Amount]:
    return [cell for cell in amounts(record) if not cell.figure]


def _money(record: Record) -> Amount | None:
    """The one amount of money in a row, or of several the one with the tax; None for none or more: what was paid is
    not what it is without a tax that stands beside it."""
    money = [c for c in amounts(record) if c.figure and c.figure.unit.startswith("£")]
    if len(money) > 1:
        whole = [c for c in money if _GROSS.search(c.header)]
        money = whole or [c for c in money if not _APART.search(c.header)]
    return money[0] if len(money) == 1 and _days(record) else None


def _days(record: Record) -> list[date]:
    return [found.day for cell in amounts(record) if not cell.figure for found in find_days(cell.printed)]


def _in_time(plan: Plan, record: Record) -> bool:
    return not plan.since or any(map(plan.covers, _days(record)[:1]))
