"""Plans against their own key, their councils and the calendar; failures without a plan; numbers left out."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from corpus.paper import Passage, Place
from kpi_tools.checks.claims import code_pattern
from kpi_tools.checks.slip import Row, Slip, View, listed, slip, told
from kpi_tools.ledger import Record
from kpi_tools.measures import OVERALL
from kpi_tools.names import find_entities, members, squash
from kpi_tools.periods import read_period

# A header that says what its colours mean, and one that lists what may be entered.
_KEY = re.compile(r"\bR(?:ed)?\s*=\s*(?P<red>[\w ]+?)[\s,;]+A(?:mber)?\s*=\s*[\w ]+?[\s,;]+G(?:reen)?\s*=\s*[\w ]+")
_LEGAL = re.compile(r"\bstatus\s*\((?P<values>[\w ]+(?:\s*,\s*[\w ]+){2,})\)", re.IGNORECASE)
_LATE = re.compile(r"\b(?:late|overdue|behind|missed|delayed|off[ -]track)\b", re.IGNORECASE)
_FINISHED = re.compile(r"\b(?<!not )(?:completed?|closed|done|delivered|finished)\b", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"(?:not (?:yet )?started|started|paused|on hold|in progress|wip|ongoing|underway)\W*$", re.IGNORECASE
)
_FAILURE = re.compile(r"\bfail(?:ures?|ed|ing|s)\b", re.IGNORECASE)
_STALE = re.compile(r"(?:on hold|in progress|paused|not started|wip)\W*$", re.IGNORECASE)
LONG_OVERDUE = timedelta(days=90)  # for a row without any colour, which a merged cell may have given it
SHORT_NOTE = 8  # words of a progress note that is about one council alone
# What is counted through, of how many a series is one, and how many may be missing; items are dropped when complete.
_COUNTED = {"rectification": ("rectification plans", 2, 5), "plan_item": ("plan items", 6, 2)}
# What is entered for a colour, allowed or not.
_COLOURS = (
    "r", "a", "g", "b", "c", "red", "amber", "green", "blue", "black", "grey", "purple", "white", "yellow", "complete",
    "completed", "closed", "done", "n/a", "na", "none", "tbc",
)  # fmt: skip
_REF = re.compile(r"\b[A-Z]{1,4}[- ]?\d{1,3}\b")
_PART = re.compile(r"\b(?:phase|stage|part|step|draft|testing|tender|first|initial|\d+)\b", re.IGNORECASE)
_NOTED_DONE = re.compile(r"(?:^|[-–:;.]\s)(?:now )?(?:completed?|closed|all \w+ now live)\W*$", re.IGNORECASE)


def overdue_not_red(view: View) -> Iterator[Slip]:
    """A plan item whose day has passed, unfinished, and that is not red although the plan's key says red is late."""
    keys = _keys(view)
    for record in view.records:
        key = keys.get(record.place.document)
        due = _day(record.fields["due"]) if record.kind == "plan_item" else None
        if not key or not due or not record.as_of or due >= record.as_of:
            continue
        status, rag = record.fields["status"], record.fields["rag"]
        if not _UNFINISHED.match(status) or rag in ("red", "complete"):
            continue
        if not rag and record.as_of - due < LONG_OVERDUE:
            continue
        yield slip(
            "overdue, not red",
            f"{_item(record)} was due on {record.fields['due']} and is {status.lower()!r} in the paper of"
            f" {record.as_of:%-d %B %Y}, but {f'{rag}, not red' if rag else 'it is not marked red'}; the plan's key"
            f" says {key[1]!r}.",
            (record.place, record.quote),
            (key[0], key[2]),
        )


def entries_off_the_key(view: View) -> Iterator[Slip]:
    """RAG and status entries that the plan's own header does not allow."""
    keys, legal = _keys(view), _legal(view)
    odd: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for record in view.records:
        if record.kind != "plan_item":
            continue
        document, status, rag = record.place.document, record.fields["status"], _raw_rag(record)
        if document in keys and rag and rag.casefold() not in ("r", "a", "g", "red", "amber", "green"):
            odd[document, "RAG status", rag.strip(" .").casefold()].append(record)
        if document in legal and status and len(status.split()) <= SHORT_NOTE:
            allowed = {squash(value) for value in legal[document][1]}
            if squash(status) not in allowed and squash(status).removesuffix("d") not in allowed:
                odd[document, "delivery status", status.strip(" .").casefold()].append(record)
    for (document, column, value), records in odd.items():
        passage, says = (keys[document][0], keys[document][2]) if column[0] == "R" else (legal[document][0], "")
        says = says or legal[document][2]
        yield slip(
            "entry off the key",
            f"The {column} {value!r} of {listed((_item(record, False) for record in records), 3)}"
            f" ({len(records)} in all) is none of those that the plan's header allows ({says}).",
            *((record.place, record.quote) for record in records),
            (passage, says),
        )


def statuses_told_otherwise(view: View) -> Iterator[Slip]:
    """A report that lists other delivery statuses than the header of its plan."""
    legal = _legal(view)
    for passage in view.prose:
        listing, header = _LEGAL.search(passage.text), legal.get(passage.places[0].document)
        if listing and header and squash(listing["values"]) != squash("".join(header[1])):
            yield slip(
                "lists that disagree",
                f"The report gives the delivery statuses as {listing['values']!r}, the plan's header as"
                f" {', '.join(header[1])!r}.",
                told(passage),
                (header[0], header[2]),
            )


def status_against_colour(view: View) -> Iterator[Slip]:
    """A plan item whose columns contradict each other: unfinished but "Complete", finished but red or "On hold"."""
    for record in view.records:
        if record.kind != "plan_item":
            continue
        status, rag, due = (record.fields[name] for name in ("status", "rag", "due"))
        finished = bool(_FINISHED.search(status))
        clash = ""
        if _UNFINISHED.match(status) and rag == "complete":
            clash = f"its delivery status is {status!r} but its RAG status says complete"
        elif finished and rag in ("red", "amber"):
            clash = f"its delivery status is {status!r} but its RAG status {rag}"
        elif finished and _STALE.match(due):
            clash = f"its due date says {due!r} but its delivery status {status!r}"
        elif (
            _UNFINISHED.match(status)
            and (done := _NOTED_DONE.search(record.fields["progress"]))
            and not _PART.search(record.fields["progress"])
        ):
            clash = f"its delivery status is {status!r} but its note ends {done[0].strip(' -–:;.')!r}"
        if clash:
            yield slip("columns that disagree", f"{_item(record)}: {clash}.", (record.place, record.quote))


def wrong_council(view: View) -> Iterator[Slip]:
    """A plan item about one council that is entered under another."""
    known = {seen.entity for seen in view.observations} - {OVERALL}
    known |= {name for record in view.records for name, _, _ in find_entities(record.fields.get("councils", ""))}
    said = set()
    for record in view.records:
        under = _councils(record.fields.get("councils", ""), known) if record.kind == "plan_item" else set()
        if not under:
            continue
        # A description or councils that were taken from the row above prove nothing of this row.
        printed = record.fields["description"] in record.quote and record.fields["councils"] in record.quote
        about = _councils(record.fields["description"], known)
        note = record.fields["progress"]
        noted = _councils(note, known) if len(note.split()) <= SHORT_NOTE else set()
        item = record.place.document, record.place.table, record.fields["ref"], record.fields["description"]
        if printed and len(about) == 1 and not about & under and item not in said:
            said.add(item)
            yield slip(
                "wrong council",
                f"{_item(record, False)} is about {listed(about)}, but its councils are given as"
                f" {record.fields['councils']!r}.",
                (record.place, record.quote),
            )
        elif about and len(noted) == 1 and not noted & (under | about):
            yield slip(
                "wrong council",
                f"{_item(record)} stands under {listed(about)}, but its note is about {listed(noted)}: {note!r}.",
                (record.place, record.quote),
            )


def failure_without_plan(view: View) -> Iterator[Slip]:
    """A measure that missed and that the paper itself calls a failure, without a rectification plan for its service."""
    plans: dict[str, list[Record]] = defaultdict(list)
    for record in view.records:
        if record.kind == "rectification" and record.fields["status"] != "closed":
            plans[record.place.document].append(record)
    for rows in view.measures:
        mine = plans.get(rows[0].document, [])
        service, code = rows[0].service, rows[0].code
        missed = [row for row in rows if row.met is False and row.entity in (OVERALL, *_only(rows))]
        if not mine or not missed or not service or not code:
            continue
        fields = [" ".join(plan.fields.values()) for plan in mine]
        if any(squash(service) in squash(text) or squash(code) in squash(text) for text in fields):
            continue
        said = next((p for p in view.prose if _is_called_failure(p, missed[-1])), None)
        if said:
            yield slip(
                "failure without a plan",
                f"{service} {code} missed its target in {listed((row.period for row in missed), 8)} and the report"
                f" speaks of a failure, but none of the open rectification plans"
                f" ({listed(p.fields['ref'] for p in mine)}) is for {service}.",
                told(said),
                (mine[0].place, mine[0].quote),
            )


def gaps_in_plan_numbers(view: View) -> Iterator[Slip]:
    """Numbers that are missing between two plans, or items of a plan, of one paper, and stand in no other paper."""
    papers: dict[tuple[str, str, str], dict[int, Record]] = defaultdict(dict)
    present: dict[str, set[int]] = defaultdict(set)
    for record in view.records:
        if record.kind in _COUNTED and (parts := _numbered(record.fields["ref"])):
            series, number = parts
            papers[record.place.document, record.kind, series].setdefault(number, record)
            present[series].add(number)
    said = set()
    for (_, kind, series), plans in papers.items():
        if len(plans) < _COUNTED[kind][1] or not re.search("[A-Za-z]", series):
            continue
        for low, high in pairwise(sorted(plans)):
            missing = [number for number in range(low + 1, high) if number not in present[series]]
            if not missing or len(missing) > _COUNTED[kind][2] or (series, low, high) in said:
                continue
            said.add((series, low, high))
            pair = plans[low], plans[high]
            padded = 2 if re.search(r"(?<!\d)0\d(?!\d)", pair[0].fields["ref"]) else 1
            gap = ", ".join(series.replace("#", str(number).zfill(padded)) for number in missing)
            yield slip(
                "gap in numbers",
                f"Between the {_COUNTED[kind][0]} {' and '.join(plan.fields['ref'] for plan in pair)} the papers have"
                f" nothing of {gap}.",
                *((plan.place, plan.quote) for plan in pair),
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
            yield slip(
                "code used twice",
                f"The reference {used} stands for {named}.",
                *((record.place, record.quote) for record in records.values()),
            )


def _keys(view: View) -> Mapping[str, tuple[Place, str, str]]:
    """Each paper's key in which red is late: where it stands, what it says of red, and its words."""
    found: dict[str, tuple[Place, str, str]] = {}
    for passage in view.passages:
        key = _KEY.search(passage.text)
        if key and _LATE.search(key["red"]):
            found.setdefault(passage.places[0].document, (passage.places[0], f"R = {key['red'].strip()}", key[0]))
    return found


def _legal(view: View) -> Mapping[str, tuple[Place, Collection[str], str]]:
    """Each paper's list of delivery statuses: where it stands, the statuses, and its words."""
    found: dict[str, tuple[Place, Collection[str], str]] = {}
    for passage in view.passages:
        if passage.places[0].table and (listing := _LEGAL.search(passage.text)):
            values = [value.strip() for value in listing["values"].split(",")]
            found.setdefault(passage.places[0].document, (passage.places[0], values, listing[0]))
    return found


def _raw_rag(record: Record) -> str:
    """What is printed in the RAG column: the cell behind the status, where that is no note; "" for none."""
    cells = [cell.strip() for cell in record.quote.split(" | ")]
    status, progress = record.fields["status"], record.fields["progress"]
    if not status or status not in cells:
        return ""
    cell = "".join(cells[cells.index(status) + 1 :][:1])
    return cell if cell != progress and cell.casefold().strip(" .") in _COLOURS else ""


def _item(record: Record, whole: bool = True) -> str:
    """A plan item as a person says it: "RB7 Quality Action Plan, Compile Plan"."""
    ref, what, step = (record.fields[name][:80].strip() for name in ("ref", "description", "milestone"))
    return ", ".join(filter(None, (f"{ref} {what}".strip(), step if whole else ""))) or "A plan item"


def _day(text: str) -> date | None:
    period = read_period(text) if text else None
    return period.end if period else None


def _councils(text: str, known: Collection[str]) -> set[str]:
    """The councils named in a text, joint rows by their members."""
    named = [name for name, _, _ in find_entities(text, known) if name != OVERALL]
    return {one for name in named for one in members(name) or (name,)}


def _only(rows: Sequence[Row]) -> tuple[str, ...]:
    """The entity of a measure that is given for one alone."""
    names = {row.entity for row in rows}
    return tuple(names) if len(names) == 1 else ()


def _is_called_failure(passage: Passage, row: Row) -> bool:
    """Whether a passage under the measure's service speaks of its failure."""
    mine = passage.places[0].document == row.document and squash(row.service) in squash(passage.heading)
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
