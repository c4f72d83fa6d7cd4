"""Overalls against their parts: outside them, impossible, or hiding a failure; and shares of small counts."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from kpi_tools.checks.slip import Row, Slip, View, aim, code_and_name, listed, measure_name, shown, slip, step
from kpi_tools.measures import OVERALL
from kpi_tools.names import entity, is_comparator, members

SMALL = 100  # a count up to which a share of it can be told to be impossible
WIDE_GAP = 5  # percentage points: what no rounding hides among a dozen parts
MOST_PARTS = 12
OFF_WEIGHTS = 3  # percentage points that no difference between cases opened and closed explains
_SHARE_OF = re.compile(
    r"(?:%|percentage|per cent|proportion|share)\s(?:of\s)?(?!change|increase|growth|variance)", re.IGNORECASE
)
# What may well be more than all of it: against a plan or an earlier year, or more than there was room for.
_NO_SHARE = re.compile(
    r"\b(?:target|plan|planned|profile|budget|forecast|expected|capacity|occupancy|utilisation|usage|increase|decrease|change|growth"
    r"|variance|compared|against|baseline|collect\w*|income|recover\w*|savings?|spend\w*)\b",
    re.IGNORECASE,
)
_OVERALL = re.compile(r"^(?:%\s)?overall\s", re.IGNORECASE)
_COUNTED = re.compile(r"^(?:total )?(?:number|no\.?|count|volume) of\s+", re.IGNORECASE)
_NET_SCORE = re.compile(r"\bnet promoter\b|\bNPS\b", re.IGNORECASE)
_ANSWERS = re.compile(
    r"\b(?:surveys?|questionnaires?|responses?|respondents?)\b(?:\s(?:returned|received|completed|answered))?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9]+")


def overall_outside_parts(view: View) -> Iterator[Slip]:
    """An overall percentage above the highest or below the lowest of its parts."""
    for top, parts in _overalls(view):
        low, high = min(parts, key=_value), max(parts, key=_value)
        unit = max(step(row.value) for row in (top, *parts))
        if low.value - unit <= top.value <= high.value + unit:
            continue
        near, side, end = (high, "above", "highest") if top.value > high.value else (low, "below", "lowest")
        # An overall of "96.00%" may be a rounded 96%, as the zeros are often a spreadsheet's.
        rough = abs(top.value - near.value) <= step(top.value.normalize())
        why = ", which rounding to whole numbers may explain" if rough else ""
        yield slip(
            "overall outside its parts",
            f"{measure_name(top)} in {top.period}: the overall is {top.printed}, {side} the {end} of the rows beside"
            f" it, {near.printed} ({near.entity}): a difference of {abs(top.value - near.value)} percentage"
            f" points{why}.",
            shown(top),
            shown(near),
        )


def full_overall(view: View) -> Iterator[Slip]:
    """An overall of 100% (or 0%) although one of its few parts is far from it."""
    for top, parts in _overalls(view):
        off = [row for row in parts if abs(row.value - top.value) >= WIDE_GAP]
        if top.value in (0, 100) and off and len(parts) <= MOST_PARTS:
            yield slip(
                "impossible overall",
                f"{measure_name(top)} in {top.period}: the overall is {top.printed}, which it cannot be when"
                f" {listed(f'{row.entity} has {row.printed}' for row in off)}.",
                shown(top),
                *map(shown, off),
            )


def overall_off_its_weights(view: View) -> Iterator[Slip]:
    """An overall percentage far from the mean of its kinds of case, each weighted by the number counted beside it.

    The table must count every kind ("Number of P1 incidents") of which it has a percentage ("% of P1 incidents ...").
    """
    for rows in view.rows.values():
        for top in rows:
            if top.value is None or top.unit != "%" or not _OVERALL.match(top.name):
                continue
            own = [row for row in rows if row.value is not None and _cell(row) == _cell(top) and row is not top]
            about = _words(_OVERALL.sub("", top.name))
            shares = [row for row in own if row.unit == "%" and about and about <= _words(row.name)]
            counts = [row for row in own if row.unit == "" and _COUNTED.match(row.name)]
            pairs = [(share, count) for share in shares for count in counts if _same_case(count, share)]
            total = sum((count.value for _, count in pairs), Decimal(0))
            if len(pairs) < 2 or len(pairs) != len(shares) or not total:
                continue
            mean = sum((share.value * count.value for share, count in pairs), Decimal(0)) / total
            if abs(mean - top.value) >= OFF_WEIGHTS:
                yield slip(
                    "overall off its weights",
                    f"{top.entity}, {top.name} in {top.period}: {top.printed}, but its {len(pairs)} kinds, weighted by"
                    f" their numbers, make {mean.quantize(step(top.value), ROUND_HALF_UP)}%.",
                    shown(top),
                    *(shown(share) for share, _ in pairs),
                )


def masked_failures(view: View) -> Iterator[Slip]:
    """Councils of a partnership that missed a measure's target in periods in which the overall met it.

    In a paper of one council the target is set for the whole, not for each area; a count adds up over its parts.
    """
    hidden: dict[tuple[str, int, str], list[tuple[Row, list[Row]]]] = defaultdict(list)
    for rows in view.tables:
        councils = all(row.entity == OVERALL or entity(row.entity) == row.entity for row in rows)
        if rows[0].unit != "%" or (view.councils.get(rows[0].document) and not councils):
            continue
        tops = [row for row in rows if row.entity == OVERALL and row.met]
        missed = [row for row in rows if row.entity != OVERALL and row.met is False]
        if len(tops) == 1 and missed:
            hidden[_table(rows[0])].append((tops[0], missed))
    for cases in hidden.values():
        when = listed((f"{top.period} ({top.printed})" for top, _ in cases), len(cases))
        who = listed((f"{row.entity} ({row.printed} in {row.period})" for _, missed in cases for row in missed), 12)
        yield slip(
            "failure masked by the overall",
            f"{measure_name(cases[0][0])}: the overall meets the target ({aim(cases[0][0])}) in {when}, but {who}"
            " missed it.",
            *(shown(row) for top, missed in cases for row in (*missed, top)),
        )


def impossible_shares(view: View) -> Iterator[Slip]:
    """A percentage that no whole number of the few cases counted beside it can give."""
    for rows in view.rows.values():
        counts = [row for row in rows if _is_small_count(row)]
        for share in rows:
            if share.value is None or share.unit != "%" or not 0 < share.value < 100 or step(share.value) == 1:
                continue
            for count in counts:
                if _same_case(count, share) and not _possible(share.value, int(count.value)):
                    yield _impossible(share, count)


def impossible_scores(view: View) -> Iterator[Slip]:
    """Net promoter scores that no whole numbers of the surveys counted beside them can give."""
    for rows in view.measures:
        if not _NET_SCORE.search(rows[0].name):
            continue
        beside = {_cell(row): row for row in view.rows[rows[0].document] if _is_answers(row)}
        pairs = [(score, count) for score in rows if score.value is not None and (count := beside.get(_cell(score)))]
        off = [
            (score, count)
            for score, count in pairs
            if step(score.value) < 1 and not _possible(abs(score.value), int(count.value))
        ]
        if off and len(off) < len(pairs):  # where none comes out, the score has another base
            said = (f"{score.printed} of {score.entity} in {score.period} ({count.printed})" for score, count in off)
            yield slip(
                "impossible share",
                f"{off[0][0].name}: no whole number of the surveys counted ({off[0][1].name}) gives {listed(said)}.",
                *(shown(row) for pair in off for row in pair),
            )


def shares_above_the_whole(view: View) -> Iterator[Slip]:
    """A share of a whole above 100%, beside others of its measure that are not."""
    for line in view.series:
        above = [row for row in line if row.unit == "%" and row.value > 100]
        if (
            above
            and len(above) * 2 <= len(line)
            and _SHARE_OF.match(line[0].name)
            and not _NO_SHARE.search(line[0].name)
        ):
            usual = next(row for row in line if row not in above)
            yield slip(
                "share above 100%",
                f"{code_and_name(above[0])}, {above[0].entity}: {listed(f'{r.printed} in {r.period}' for r in above)},"
                f" which no share of a whole can be.",
                *map(shown, above),
                shown(usual),
            )


def _impossible(share: Row, count: Row) -> Slip:
    number = int(count.value)
    whole = (share.value * number / 100).quantize(Decimal(1), ROUND_HALF_UP)
    near = (whole * 100 / number).quantize(step(share.value), ROUND_HALF_UP)
    return slip(
        "impossible share",
        f"{share.entity}, {share.name} in {share.period}: {share.printed} is no share of {number} cases"
        f" ({count.name}: {count.printed}); the nearest, {whole} of {number}, is {near}%.",
        shown(share),
        shown(count),
    )


def _is_small_count(row: Row) -> bool:
    whole = row.value is not None and row.unit == "" and row.value == row.value.to_integral_value()
    return whole and 0 < row.value <= SMALL and bool(_COUNTED.match(row.name))


def _is_answers(row: Row) -> bool:
    whole = row.value is not None and row.unit == "" and row.value == row.value.to_integral_value() and row.value > 0
    return whole and bool(_COUNTED.match(row.name) and _ANSWERS.search(row.name))


def _cell(row: Row) -> tuple[object, ...]:
    return row.table, row.entity, row.start, row.end


def _same_case(count: Row, share: Row) -> bool:
    return _cell(count) == _cell(share) and _words(_COUNTED.sub("", count.name)) <= _words(share.name)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _possible(share: Decimal, number: int) -> bool:
    """Whether k of `number`, rounded or cut off as printed, can be the share."""
    unit = step(share)
    return any(abs(Decimal(k * 100) / number - share) < unit for k in range(number + 1))


def _overalls(view: View) -> Iterator[tuple[Row, Sequence[Row]]]:
    """Each overall percentage with all its parts, where none is without a figure."""
    usual: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    for rows in view.tables:
        usual[_table(rows[0])] |= {row.entity for row in rows if row.entity != OVERALL}
    for rows in view.tables:
        tops = [row for row in rows if row.entity == OVERALL]
        parts = [row for row in rows if row.entity != OVERALL]
        names = {row.entity for row in parts}
        if any(is_comparator(name) for name in names) or names != usual[_table(rows[0])]:
            continue  # a part that this period lacks may be why the overall lies outside the others
        whole = len(names) == len(parts) > 1 and not any(set(members(name)) & names for name in names)
        if len(tops) == 1 and whole and all(row.value is not None and row.unit == "%" for row in rows):
            yield tops[0], parts


def _table(row: Row) -> tuple[str, int, str]:
    return row.document, row.table, row.key


def _value(row: Row) -> Decimal:
    value: Decimal = row.value
    return value
