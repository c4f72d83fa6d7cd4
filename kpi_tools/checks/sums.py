"""Sums, shares and variances of budgets, and of tables like them, that do not come out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from kpi_tools.amounts import amounts, is_whole, name
from kpi_tools.checks.claims import each_sentence
from kpi_tools.checks.slip import Slip, View, entry, slip, step
from kpi_tools.figures import MONEY_POWERS, Figure, read_figure, write_figure
from kpi_tools.ledger import Record

_SUM = re.compile(r"(?:grand |overall |sub-?)?totals?\b|sum\b|net\b|gross\b|$", re.IGNORECASE)
_OUTCOME = re.compile(r"\b(?:actual|outturn|forecast|projected)\b", re.IGNORECASE)
_PLANNED = re.compile(r"\bbudget\b", re.IGNORECASE)
_VARIANCE = re.compile(r"\b(?:variance|difference)\b|\bover ?/ ?\(?under|\bunder\W{0,6}over\b", re.IGNORECASE)
_POUNDS = r"£\d[\d,.]*\d(?:\s?(?:k|m|million|thousand)\b)?"
_SPENT = re.compile(
    r"\b(?P<way>over|under)[- ]?spen(?:d|t|ding)\b(?: [a-z]+){0,3}? (?:of|by)"
    rf" (?P<sum>{_POUNDS})|(?P<more>{_POUNDS}) (?P<side>over|under) (?:the |its |our )?"
    r"(?:approved |revised |agreed )?budget\b",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"\b(?:the (?:council|programme|partnership|quarter|(?:half |full )?year)|overall|in total|total|net)\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"%|\b(?:average|mean|median|per|rate|rank|score|year|code|no)\b", re.IGNORECASE)
_NEAR, FEWEST_PARTS = Decimal("0.1"), 3  # how near a sum comes to a total, and of how many lines, in any table
FEWEST_SPLIT = 3  # lines in which an amount and its share are told, so that most can be right
_SHARED = 5  # percentage points by which shares may miss 100 and still be meant to make it


def sums_that_do_not_add_up(view: View) -> Iterator[Slip]:
    """A total line that is not the sum of the lines above it, in a budget or, where it comes near, any other table."""
    for budget, lines in (*_budgets(view), *_budgets(view, "table_row")):
        sums = [line for line in lines if _SUM.match(line.fields["line"]) or is_whole(line)]
        if sums != lines[-1:] or len(lines) < 3:
            continue  # no total, or sub-totals between: what it is the sum of is not plain
        columns = [_amounts(line) for line in lines]
        for header, total in columns[-1].items():
            parts = [column[header] for column in columns[:-1] if header in column]
            added = sum((part.value for part in parts), Decimal(0))
            near = abs(added - total.value) <= total.value * _NEAR and not _RATE.search(header)
            sure = lines[0].kind == "budget_line" or (near and len(parts) >= FEWEST_PARTS)
            units = {part.unit for part in parts}  # a percentage is a share of each line, and of the total
            if _comes_of_a_line(lines[:-1], header, added, total):
                continue  # that line's own variance is told
            if sure and len(parts) == len(lines) - 1 and units == {total.unit} != {"%"}:
                said = f"{budget or 'Budget'}, {header or 'amounts'}: the lines"
                whose = [
                    line for line, part in zip(lines, parts, strict=False) if added - 2 * part.value == total.value
                ]
                why = f", as with the other sign of {whose[0].fields['line']}," if whose else ""
                yield from _sum_slip(parts, total, said, f"the total line{why} says", lines[-1], (whose or lines)[0])


def _comes_of_a_line(lines: Sequence[Record], header: str, added: Decimal, total: Figure) -> bool:
    """Whether a column of variances adds up once one of them is what its line makes it."""
    read = [found for line in lines if line.kind == "budget_line" and (found := _variance_off(line))]
    off = [(printed.value, gap) for head, printed, due in read if head == header for gap in due]
    return added != total.value and any(added - was + gap == total.value for was, gap in off)


def _sum_slip(parts: Sequence[Figure], total: Figure, said: str, says: str, *lines: Record) -> Iterator[Slip]:
    """What is said of parts that do not add up to their total: `said` of what, `says` what their total does."""
    added = sum((part.value for part in parts), Decimal(0))
    apart = abs(added - total.value)
    if apart:
        yield slip(
            "sum",
            f"{said} add up to {write_figure(added, total.unit)}, {says} {total.printed}: a difference of"
            f" {write_figure(apart, total.unit)}, {_rounding(apart, step(total.value), len(parts))}.",
            *map(entry, lines),
        )


def _rounding(apart: Decimal, last: Decimal, parts: int) -> str:
    """Whether a difference may come of rounding each of the parts, and the whole, in its last place."""
    return "rounding may explain it" if apart <= last * (parts + 1) / 2 else "more than rounding explains"


def split_off_its_total(view: View) -> Iterator[Slip]:
    """A budget split over councils that does not make the total of the budget's other table, or that is written below.

    The total is one of the same budget that the parts come within rounding of, or a few of its units.
    """
    groups = list(_budgets(view))
    for budget, lines in groups:
        if len(lines) < 3 or any(_SUM.match(line.fields["line"]) for line in lines):
            continue
        columns = [_amounts(line) for line in lines]
        for header in columns[0]:
            parts = [column[header] for column in columns if header in column]
            if len(parts) < len(lines) or len({part.unit for part in parts}) > 1 or parts[0].unit[:1] != "£":
                continue
            added, said = sum(part.value for part in parts), f"{budget}, {header}: the {len(parts)} shares"
            for total, line in _totals(groups, lines[0].place.document, budget):
                if total.unit == parts[0].unit and abs(added - total.value) <= step(total.value) * len(parts):
                    yield from _sum_slip(parts, total, said, "the total is", lines[-1], line)


def shares_that_do_not_make_100(view: View) -> Iterator[Slip]:
    """A column of shares whose parts make nearly 100%, but not within rounding."""
    for budget, lines in (*_budgets(view), *_budgets(view, "table_row")):
        parts = [line for line in lines if not _SUM.match(line.fields["line"])]
        columns = [_amounts(line) for line in parts]
        for header in columns[0] if len(parts) > 2 else ():
            shares = [column[header] for column in columns if header in column and column[header].unit == "%"]
            added = sum((share.value for share in shares), Decimal(0))
            apart = abs(added - 100)
            if len(shares) < len(parts) or any(share.value < 0 for share in shares) or not 0 < apart <= _SHARED:
                continue
            coarsest = max(step(share.value) for share in shares)
            whole = [_amounts(line)[header].value for line in lines if line not in parts and header in _amounts(line)]
            if lines[0].kind == "table_row" and whole != [100]:
                continue  # percentages that are no shares of one whole
            yield slip(
                "shares",
                f"{budget or 'Budget'}, {header}: the {len(shares)} shares make {added}%, not 100%: a difference of"
                f" {apart} percentage points, {_rounding(apart, coarsest, len(shares))}.",
                entry(parts[-1]),
                entry(parts[0]),
            )


def amounts_off_their_shares(view: View) -> Iterator[Slip]:
    """An amount that is not its line's share of the total, in a split in which most are."""
    for budget, lines in _budgets(view):
        parts = [line for line in lines if not _SUM.match(line.fields["line"])]
        pairs = [_share_and_amount(line) for line in parts]
        known = [pair for pair in pairs if pair]
        if len(known) < max(len(parts), FEWEST_SPLIT):
            continue
        totals = [pair[1].value for line in lines if line not in parts and (pair := _share_and_amount(line))]
        totals = totals or [sum((amount.value for _, amount in known), Decimal(0)), *_wholes(view, lines[0])]
        every = [(line, *pair) for line, pair in zip(parts, known, strict=True)]
        whole, off = min(((whole, _off(every, whole)) for whole in totals), key=lambda one: len(one[1]))
        for line, share, amount in off if len(off) * 3 <= len(known) else ():
            due = (share.value * whole / 100).quantize(step(amount.value))
            yield slip(
                "amount off its share",
                f"{budget or 'Budget'}, {line.fields['line']}: {share.printed} of {write_figure(whole, amount.unit)} is"
                f" {write_figure(due, amount.unit)}, the line says {amount.printed}.",
                entry(line),
                entry(lines[-1]),
            )


def _off(lines: Sequence[tuple[Record, Figure, Figure]], whole: Decimal) -> list[tuple[Record, Figure, Figure]]:
    """The lines whose amount is not their share of a whole."""
    return [
        (line, share, amount)
        for line, share, amount in lines
        if abs(share.value * whole / 100 - amount.value) > step(share.value) * whole / 100 + step(amount.value)
    ]


def _wholes(view: View, line: Record) -> Iterator[Decimal]:
    """The amounts of the total lines of a paper's other budgets."""
    for other in view.records:
        if other.kind == line.kind and other.place.document == line.place.document and is_whole(other):
            yield from (amount.value for amount in _amounts(other).values() if amount.unit[:1] == "£")


def _share_and_amount(line: Record) -> tuple[Figure, Figure] | None:
    """A line's one share and its one amount of money; None where it has not just these."""
    cells = list(_amounts(line).values())
    shares, money = [a for a in cells if a.unit == "%"], [a for a in cells if a.unit[:1] == "£"]
    return (shares[0], money[0]) if len(shares) == len(money) == 1 and len(cells) == 2 else None


def variances_that_do_not_come_out(view: View) -> Iterator[Slip]:
    """A variance that is not the difference between the outcome and the (revised) budget of its line."""
    for budget, lines in _budgets(view):
        for line in lines:
            found = None if _is_told(line, lines) else _variance_off(line)
            if found:
                header, printed, due = found
                says = " or ".join(write_figure(gap, printed.unit) for gap in due)
                yield slip(
                    "variance",
                    f"{budget or 'Budget'}, {line.fields['line']}: outcome less budget is {says}, the column"
                    f" {header!r} says {printed.printed}.",
                    entry(line),
                )


def _variance_off(line: Record) -> tuple[str, Figure, list[Decimal]] | None:
    """A line's variance under its header, and what it may be by the outcome and the budgets, where it is none of it."""
    cells = _amounts(line)
    variance = [(h, a) for h, a in cells.items() if _VARIANCE.search(h)]
    outcome = [a for h, a in cells.items() if _OUTCOME.search(h) and not _VARIANCE.search(h)]
    planned = [a for h, a in cells.items() if _PLANNED.search(h) and not _VARIANCE.search(h)]
    if len(variance) != 1 or len(outcome) != 1:
        return None
    alike = [a.value for a in planned if a.unit == outcome[0].unit == variance[0][1].unit]
    due = list(dict.fromkeys(outcome[0].value - value for value in alike))
    (header, printed), near = variance[0], min((abs(abs(gap) - abs(variance[0][1].value)) for gap in due), default=0)
    return (header, printed, due) if near > 2 * step(printed.value) else None


def told_by_name(headers: Iterable[str]) -> bool:
    """Whether a table's columns say by their names which is the variance, and of what."""
    every = "; ".join(headers)
    return all(column.search(every) for column in (_VARIANCE, _OUTCOME, _PLANNED))


def spending_told_otherwise(view: View) -> Iterator[Slip]:
    """The text speaks of an underspend where a budget's total is overspent by as much, or the other way about; or, in
    a paper of one budget, of another amount than the line that it names, or the total, is over or under by."""
    for text, sentence in each_sentence(view):
        said = _SPENT.search(sentence)
        sum_of = read_figure(said["sum"] or said["more"]) if said else None
        if not said or not isinstance(sum_of, Figure) or sum_of.unit not in MONEY_POWERS:
            continue
        over = (said["way"] or said["side"]).casefold() == "over"
        pounds, last = (value.scaleb(MONEY_POWERS[sum_of.unit]) for value in (sum_of.value, step(sum_of.value)))
        gaps = list(_gaps(view, text.at.document))
        same = [(line, gap) for line, gap in gaps if abs(abs(gap) - pounds) < last]
        whole = _OF_ALL.search(sentence)
        named = [(line, gap) for line, gap in gaps if (is_whole(line) if whole else _is_named(line, sentence))]
        wrong = [(line, gap) for line, gap in same if is_whole(line)] or (
            [one for one in same if one in named] if same else named
        )
        alone = len({line.place.table for line, _ in gaps}) == 1
        if wrong and (all((gap > 0) != over for _, gap in wrong) if same else alone and len(wrong) == 1):
            line, gap = wrong[0]
            of = "the budget's total" if is_whole(line) else line.fields["line"]
            by = "as much" if same else write_figure(abs(gap), "£")
            yield slip(
                "narrative against table",
                f"The text speaks of an {'over' if over else 'under'}spend of {sum_of.printed}, {of} is"
                f" {'over' if gap > 0 else 'under'}spent by {by}.",
                (text.at, sentence),
                entry(line),
            )


def _is_named(line: Record, sentence: str) -> bool:
    name = line.fields["line"]
    return not is_whole(line) and bool(name) and re.search(rf"\b{re.escape(name)}\b", sentence) is not None


def _gaps(view: View, document: str) -> Iterator[tuple[Record, Decimal]]:
    """By how many pounds each line of a paper's budgets is overspent."""
    for line in (line for _, lines in _budgets(view) for line in lines):
        cells = _amounts(line) if line.place.document == document else {}
        outcome = [a for h, a in cells.items() if _OUTCOME.search(h) and not _VARIANCE.search(h)]
        planned = [a for h, a in cells.items() if _PLANNED.search(h) and not _VARIANCE.search(h)]
        if len(outcome) == len(planned) == 1 and outcome[0].unit == planned[0].unit in MONEY_POWERS:
            yield line, (outcome[0].value - planned[0].value).scaleb(MONEY_POWERS[outcome[0].unit])


def _is_told(line: Record, lines: Sequence[Record]) -> bool:
    """Whether a line is a total that is not the sum of its lines in every column: that is told already."""
    parts = [_amounts(other) for other in lines if other is not line]
    sums = {header: sum((p[header].value for p in parts if header in p), Decimal(0)) for header in _amounts(line)}
    return bool(_SUM.match(line.fields["line"])) and any(a.value != sums[h] for h, a in _amounts(line).items())


def _budgets(view: View, kind: str = "budget_line") -> Iterator[tuple[str, list[Record]]]:
    budgets: dict[tuple[str, str, int], list[Record]] = defaultdict(list)
    for record in view.records:
        if record.kind == kind:
            budgets[record.place.document, name(record), record.place.table].append(record)
    for (_, budget, _), lines in budgets.items():
        yield budget, lines


def _totals(
    groups: Sequence[tuple[str, Sequence[Record]]], document: str, budget: str
) -> Iterator[tuple[Figure, Record]]:
    """The totals of a paper's budget, each with its line."""
    for called, lines in groups:
        last = lines[-1]
        own = called == budget and last.place.document == document
        if own and last.fields["line"].casefold().startswith("total"):
            for figure in _amounts(last).values():
                yield figure, last


def _amounts(line: Record) -> Mapping[str, Figure]:
    """A line's amounts by their headers, where they are figures."""
    return {cell.header: cell.figure for cell in amounts(line) if cell.figure}
