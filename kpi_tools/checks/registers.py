"""What a paper lists, numbers and scores: failures without a plan, numbers left out or used twice, scores that do not
come out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.paper import Passage, Place
from kpi_tools.checks.naming import code_pattern
from kpi_tools.checks.plans import DONE
from kpi_tools.checks.slip import Row, Slip, View, entry, listed, measure_name, shown, slip, told
from kpi_tools.ledger import Record
from kpi_tools.measures import OVERALL
from kpi_tools.names import squash

_FAILURE = re.compile(r"\bfail(?:ures?|ed|ing|s)\b", re.IGNORECASE)
_OFF = r"\b(?:red|missed|misses|below target|off target|failing|failed)\b"
_EACH_HAS = re.compile(
    r"\bplans? (?:is|are|has been|have been) (?:open|in place|agreed|drawn up)\b[^.]*\b(?:each|every|all)\b[^.]*"
    rf"{_OFF}|\b(?:each|every|all)\b[^.]*{_OFF}[^.]*\b(?:has|have) (?:an? )?[^.]{{0,30}}\bplans?\b",
    re.IGNORECASE,
)
# What is counted through, of how many a series is one, and how many may be missing; items are dropped when complete.
_COUNTED = {"rectification": ("rectification plans", 2, 5), "plan_item": ("plan items", 6, 2)}
FEWEST_KEPT = 4  # of a series that keeps what is complete
FEWEST_NUMBERED = 2  # plans with a number beside one that has none
_CODE = re.compile(r"(?P<series>(?:[a-z][a-z&]*)?)0*(?P<number>\d+)")  # a code without its spaces and signs
FEWEST_CODES, MOST_MISSING = {"definitions": 5, "tables": 8}, 2  # of a series of codes
FEWEST_FROM_TWO = 3  # codes of definitions of which the first is 2
_NO_REF = ("", "n/a", "na", "none", "tbc", "-", "–")
_REF = re.compile(r"\b[A-Z]{1,4}[- ]?\d{1,3}\b")


def failure_without_plan(view: View) -> Iterator[Slip]:
    """A measure that missed and that the paper itself calls a failure, without a rectification plan for its service; or
    that missed lately, where the paper says that each that does has a plan."""
    plans: dict[str, list[Record]] = defaultdict(list)
    for record in view.of_kind("rectification"):
        if record.fields["status"] != "closed":
            plans[record.place.document].append(record)
    services: dict[tuple[str, str], set[str]] = defaultdict(set)
    for rows in view.measures:
        services[rows[0].document, squash(rows[0].code)].add(squash(rows[0].service))
    for rows in view.measures:
        mine = plans.get(rows[0].document, [])
        service, code = rows[0].service, rows[0].code
        missed = [row for row in rows if row.met is False and row.entity in (OVERALL, *_only(rows))]
        if not mine or not missed or not code:
            continue
        fields = [squash(" ".join(plan.fields.values())) for plan in mine]
        if any((service and squash(service) in text) or squash(code) in text for text in fields):
            continue
        alone = services[rows[0].document, squash(code)] == {squash(service)}
        failed = next((p for p in view.prose if service and _is_called_failure(p, missed[-1], alone)), None)
        lately = missed[-1].end == max(row.end for row in rows)
        each = next((p for p in view.prose if lately and _is_promise(p, missed[-1])), None)
        if said := failed or each:
            words = _FAILURE if failed else _EACH_HAS
            yield slip(
                "failure without a plan",
                f"{measure_name(rows[0])} missed its target in {listed((row.period for row in missed), 8)} and the"
                f" report {'speaks of a failure' if failed else 'says that each such has a plan'}, but none of the open"
                f" rectification plans ({listed(p.fields['ref'] for p in mine)}) is for {service or code}.",
                told(said, words.search(said.text) or ""),
                entry(mine[0]),
            )


def gaps_in_plan_numbers(view: View) -> Iterator[Slip]:
    """Numbers that are missing between two plans, or items of a plan, of one paper, and stand in no earlier paper.

    Those that stand in a later one were left out all the same, as nothing comes back that was done with.
    """
    papers: dict[tuple[str, str, str], dict[int, Record]] = defaultdict(dict)
    present: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for record in view.records:
        if record.kind in _COUNTED and (parts := _numbered(record.fields["ref"])):
            series, number = parts
            papers[record.place.document, record.kind, series].setdefault(number, record)
            present[series, number].append(record)
    said = set()
    for (document, kind, series), plans in papers.items():
        kept = any(DONE.fullmatch(plan.fields["status"]) for plan in plans.values())
        fewest = min(_COUNTED[kind][1], FEWEST_KEPT) if kept else _COUNTED[kind][1]
        if document in view.scanned or len(plans) < fewest or not re.search("[A-Za-z]", series):
            continue
        for low, high in pairwise(sorted(plans)):
            elsewhere = {number: present.get((series, number), []) for number in range(low + 1, high)}
            missing = [number for number, held in elsewhere.items() if all(_is_later(r, plans[low]) for r in held)]
            if not missing or len(missing) > _COUNTED[kind][2] or (series, low, high) in said:
                continue
            said.add((series, low, high))
            pair = plans[low], plans[high]
            ends = " and ".join(re.sub(r"(?<=[/-])\s+", "", plan.fields["ref"]) for plan in pair)  # over two lines
            padded = 2 if re.search(r"(?<!\d)0\d(?!\d)", pair[0].fields["ref"]) else 1
            gap = ", ".join(
                re.sub(r"(?<=[/-])\s+", "", series).replace("#", str(number).zfill(padded)) for number in missing
            )
            later = [elsewhere[number][0] for number in missing if elsewhere[number]]
            but = f"; a later one has {listed(plan.fields['ref'] for plan in later)}" if later else ""
            yield slip(
                "gap in numbers",
                f"Between the {_COUNTED[kind][0]} {ends} the"
                f" {'paper has' if later else 'papers have'} nothing of {gap}{but}.",
                *map(entry, (*pair, *later)),
            )


def _is_later(one: Record, other: Record) -> bool:
    return one.as_of is not None and other.as_of is not None and one.as_of > other.as_of


def gaps_in_codes(view: View) -> Iterator[Slip]:
    """Codes left out where they count through: of a service's definitions that stand by themselves, or of the long
    list of measures of a table; few of many."""
    series: dict[tuple[str, str, str, str], dict[int, tuple[str, tuple[Place, str]]]] = defaultdict(dict)
    measured = {(row.document, row.table) for rows in view.rows.values() for row in rows}
    for target in view.targets:
        place, what = target.place, target.measure
        if what.service and (place.document, place.table) not in measured and (code := _coded(what.code)):
            series[place.document, what.service, "definitions", code[0]][code[1]] = what.code, entry(target)
    for rows in view.measures:
        if code := _coded(rows[0].code):
            about = rows[0].document, rows[0].service, "tables", code[0]
            series[about].setdefault(code[1], (rows[0].code, shown(rows[0])))
    for (document, service, where, letters), codes in series.items():
        if min(codes) == 2 and where == "definitions" and letters and len(codes) >= FEWEST_FROM_TWO:
            yield slip(
                "gap in numbers",
                f"{service}: the {where} begin with {codes[2][0]} and have no number 1 before it.",
                codes[2][1],
                codes[min(codes.keys() - {2})][1],
            )
        missing = set(range(min(codes), max(codes))) - codes.keys()
        if document in view.scanned or len(codes) < FEWEST_CODES[where] or not 0 < len(missing) <= MOST_MISSING:
            continue
        for low, high in pairwise(sorted(codes)):
            between = listed(map(str, range(low + 1, high)))
            if between:
                (before, one), (after, other) = codes[low], codes[high]
                yield slip(
                    "gap in numbers",
                    f"{service or 'Measures'}: between {before} and {after} the {where} have no number {between}.",
                    one,
                    other,
                )


def _coded(code: str) -> tuple[str, int] | None:
    """A code as its series and its number: "PI 004" is ("pi", 4), "17" ("", 17)."""
    found = _CODE.fullmatch(squash(code))
    return (found["series"], int(found["number"])) if found else None


def plans_without_a_number(view: View) -> Iterator[Slip]:
    """A rectification plan without a reference in a paper whose others all have one."""
    papers: dict[str, list[Record]] = defaultdict(list)
    for record in view.of_kind("rectification"):
        papers[record.place.document].append(record)
    for plans in papers.values():
        numbered = [plan for plan in plans if _numbered(plan.fields["ref"])]
        for plan in plans if len(numbered) >= FEWEST_NUMBERED else ():
            if plan.fields["ref"].casefold().strip(" .") in _NO_REF:
                what = plan.fields["default"] or plan.fields["area"]
                yield slip(
                    "plan without a number",
                    f"The rectification plan for {what} has no reference ({plan.fields['ref'] or 'blank'!r});"
                    f" {listed(other.fields['ref'] for other in numbered)} have one.",
                    entry(plan),
                    entry(numbered[0]),
                )


def refs_used_twice(view: View) -> Iterator[Slip]:
    """A reference of a plan that stands for two different items."""
    items: dict[tuple[str, str, str], dict[str, Record]] = defaultdict(dict)
    for record in view.records:
        ref, what = (record.fields.get(name, "") for name in ("ref", "description"))
        code = _REF.search(ref)
        if record.kind == "plan_item" and code and what[:1].isupper() and f"{ref} | {what}" in record.quote:
            about = record.place.document, record.fields["plan"], code[0]
            items[about].setdefault(squash(what), record)
    for (_, _, used), records in items.items():
        if len(records) > 1:
            named = listed(record.fields["description"] for record in records.values())
            yield slip("code used twice", f"The reference {used} stands for {named}.", *map(entry, records.values()))


def _only(rows: Sequence[Row]) -> tuple[str, ...]:
    """The entity of a measure that is given for one alone."""
    names = {row.entity for row in rows}
    return tuple(names) if len(names) == 1 else ()


def _is_promise(passage: Passage, row: Row) -> bool:
    """Whether a passage says that each measure that missed, or is red as the row is, has a plan."""
    said = _EACH_HAS.search(passage.text) if passage.places[0].document == row.document else None
    red = {cell.strip().casefold() for cell in row.quote.split(" | ")} & {"r", "red"}
    return said is not None and bool(red or not re.search(r"\bred\b", said[0], re.IGNORECASE))


def _is_called_failure(passage: Passage, row: Row, alone: bool) -> bool:
    """Whether a passage speaks of the measure's failure: one about its service, or any where its code is `alone`."""
    about = squash(f"{passage.heading} {passage.text}")
    mine = passage.places[0].document == row.document and (alone or squash(row.service) in about)
    return mine and bool(_FAILURE.search(passage.text) and code_pattern(row.code).search(passage.text))


def _numbered(ref: str) -> tuple[str, int] | None:
    """A reference as its series and its number in it: "RP4-2020" is ("RP#-2020", 4), "RAP/18/06" ("RAP/18/#", 6)."""
    numbers = list(re.finditer(r"\d+", ref))
    if len(numbers) == 2 and re.fullmatch(r"20\d\d", numbers[1][0]):
        numbers.pop()
    if not numbers or len(numbers) > 2:
        return None
    at = numbers[-1]
    return f"{ref[: at.start()]}#{ref[at.end() :]}", int(at[0])
