"""What can be said of promises over time: where one stands, what is overdue, its dated notes, what changed.

All of it works on records of the ledger, in the order given, and changes none.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz import fuzz, utils

from kpi_tools.due import find_days, read_due
from kpi_tools.ledger import Record
from kpi_tools.measures import OVERALL
from kpi_tools.names import entity, find_entities, members, squash

State = Literal["open", "closed", "overdue", ""]
_Line = tuple[str, str, str]  # kind, whose, name
ENDED = re.compile(
    r"\b(?<!not )(?<!partly )(?<!in)"
    r"(completed?|closed|delivered|superseded|withdrawn|cancelled|achieved|implemented)\b(?! by\b)",
    re.IGNORECASE,
)
_CALLED_LATE = re.compile(r"(?:overdue|late)\b", re.IGNORECASE)
# An update that begins so says how its item stands, where no status does: "Completed – a review was held".
_BEGINS_ENDED = re.compile(r"(completed?|closed|delivered|achieved|done)\b(?! by\b)", re.IGNORECASE)
ALIKE = 80  # of 100, from which two texts say the same
REPEATED = 90  # from which a note is one that an earlier paper had
NEARLY = 15  # of the 300 of a likeness: items that become one
KEPT = 90.0  # the likeness of items that keep a note or a step, and have other names
TELLING = 5  # words, from which a note or a step tells its item
KINDRED = 60  # the description of the next year's plan may say less, where the step is the same
_NOT_BEFORE = re.compile(
    r"\b(on|by|for|to|until|till|from|since|of|at|and|in|the|held|after|before|dated|due|is|was|week|commencing|with|&)\s*[:(-]?\s*$",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\s*[-–:]|\s+[A-Z0-9(“\"'‘]")


@dataclass(frozen=True, slots=True)
class Note:
    """A note on progress with its own day, None where it has none; `record` is where it stands."""

    day: date | None
    text: str
    record: Record


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an item from one plan to the next.

    `kind` is "added", "gone", "slipped", "brought forward", "status", "rag" or "due"; `days` is the slip. An item that
    was added has no `before`, one that is gone no `after`.
    """

    kind: str
    before: Record | None
    after: Record | None
    days: int = 0


def state(record: Record) -> str:
    """ "open" or "closed", "" where the paper does not say: of a plan item by its status and RAG, else by how
    its update begins."""
    fields = record.fields
    if record.kind == "rectification":
        return fields["status"]
    said = [fields["status"], fields["rag"]] if fields["status"] or fields["rag"] else [fields["due"]]
    if any(ENDED.search(text) for text in said if len(text.split()) <= 6):
        return "closed"
    if not (fields["status"] or fields["rag"]) and _BEGINS_ENDED.match(fields["progress"]):
        return "closed"
    return "open" if fields["status"] or fields["rag"] else ""


def overdue(record: Record, today: date) -> bool:
    """Whether an item was due before `today`, on a day that is sure, or is called overdue; and is not complete."""
    due, called = read_due(record.fields.get("due", "")), _CALLED_LATE.match(record.fields.get("status", ""))
    return bool(called or (due is not None and due < today)) and state(record) != "closed"


def told_by(records: Iterable[Record]) -> dict[str, date]:
    """By document the day that it tells of: its own date, or else the latest of its dated notes."""
    days: dict[str, date] = {}
    for record in records:
        told = [record.as_of] if record.as_of else [note.day for note in notes(record)]
        document = record.place.document
        days[document] = max(days.get(document, date.min), *(day for day in told if day), date.min)
    return days


def current(records: Sequence[Record], owners: Mapping[str, str] | None = None) -> list[Record]:
    """Of each plan, register or budget the records of the latest paper that has it, so that nothing is told as it
    stood before.

    One is known by whose it is (`owners`: a document's council) and its name without its year.
    """
    days, newest = told_by(records), dict[_Line, date]()
    for record in records:
        line = _line(record, owners)
        newest[line] = max(newest.get(line, date.min), days[record.place.document])
    return [record for record in records if days[record.place.document] == newest[_line(record, owners)]]


def versions(
    records: Sequence[Record], owners: Mapping[str, str] | None = None
) -> list[tuple[list[Record], list[Record]]]:
    """Each plan that two papers or more have: its records in the last but one, and in the latest."""
    days, held = told_by(records), dict[_Line, dict[str, list[Record]]]()
    for record in records:
        held.setdefault(_line(record, owners), {}).setdefault(record.place.document, []).append(record)
    pairs = [sorted(papers.values(), key=lambda own: days[own[0].place.document])[-2:] for papers in held.values()]
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]


def _line(record: Record, owners: Mapping[str, str] | None) -> _Line:
    fields = record.fields
    name = fields.get("plan") or fields.get("budget") or fields.get("table") or ""
    undated = re.sub(r"(19|20)?\d\d\s?[/–-]\s?(20)?\d\d|\b20\d\d\b", "", name)
    return record.kind, (owners or {}).get(record.place.document, ""), squash(undated)


def of_council(records: Iterable[Record], council: str) -> list[Record]:
    """Those about a council, by itself, in a joint row, or as one of "All"; for a joint row, those about any in it."""
    wanted = (council, *members(council))
    return [r for r in records if any(_meets(name, wanted) for name in _named(r, wanted))]


def _meets(name: str, wanted: Sequence[str]) -> bool:
    return name == OVERALL or not {name, *members(name)}.isdisjoint(wanted)


def _named(record: Record, known: tuple[str, ...]) -> tuple[str, ...]:
    if "councils" in record.fields:
        return councils(record, known)
    return tuple(name for name, _, _ in find_entities(" ; ".join(record.fields.values()), known=known))


def councils(record: Record, known: Sequence[str] = ()) -> tuple[str, ...]:
    """The councils in an item's own column by their names, else as printed; initials hold for those of `known`."""
    parts = (part.strip() for part in re.split(r"[,;]|\s/\s", record.fields["councils"]))
    return tuple(dict.fromkeys(entity(part, known) or part for part in parts if part))


def notes(record: Record) -> list[Note]:
    """A record's notes on progress, split where each is dated, the oldest first; what has no day comes before.

    A date in the midst of a sentence ("meeting held on 12/02/2021 and") begins no note.
    """
    text = record.fields.get("progress", "") or record.fields.get("update", "")
    starts = [day for day in find_days(text) if day.whole and _opens(text, day.start, day.end)]
    ends = [*(day.start for day in starts[1:]), len(text)][: len(starts)]
    dated = [Note(day.day, text[day.start : end].strip(), record) for day, end in zip(starts, ends, strict=True)]
    before = text[: starts[0].start if starts else len(text)].strip(" -–:")
    return [*([Note(None, before, record)] if before else []), *sorted(dated, key=lambda note: note.day or date.min)]


def _opens(text: str, start: int, end: int) -> bool:
    return not _NOT_BEFORE.search(text[:start]) and bool(_BEGINS.match(text[end:]))


def timeline(records: Iterable[Record]) -> list[Note]:
    """The dated notes of all records, oldest first; one that later papers repeat stands once, as first told."""
    every = [n for r in records for n in notes(r) if n.day]
    told: list[Note] = []
    for note in every:
        same = (n.text for n in told if n.day == note.day)
        if not any(fuzz.ratio(_words(text), _words(note.text)) >= REPEATED for text in same):
            told.append(note)
    return sorted(told, key=lambda note: note.day or date.min)


def changes(before: Sequence[Record], after: Sequence[Record]) -> list[Change]:
    """What changed from one plan to another. Items are matched by meaning: council, description and milestone."""
    pairs = matched(before, after)
    gone = [Change("gone", b, None) for b in before if not any(b is one for one, _ in pairs)]
    added = [Change("added", None, a) for a in after if not any(a is other for _, other in pairs)]
    return [*(c for b, a in pairs for c in _changed(b, a)), *added, *gone]


def _changed(before: Record, after: Record) -> list[Change]:
    was, now = before.fields, after.fields
    found = []
    first, last = read_due(was["due"]), read_due(now["due"])
    if first and last and first != last:
        days = (last - first).days
        found.append(Change("slipped" if days > 0 else "brought forward", before, after, abs(days)))
    elif squash(was["due"]) != squash(now["due"]):
        found.append(Change("due", before, after))
    found += [Change(f, before, after) for f in ("status", "rag") if now[f] and squash(was[f]) != squash(now[f])]
    return found


def matched(before: Sequence[Record], after: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Each item of one plan with the one item of another that is most alike, where it is alike enough.

    One item may follow from several that are nearly equally alike: they became one.
    """
    scored = ((likeness(b, a), -i, -k) for i, b in enumerate(before) for k, a in enumerate(after))
    pairs: dict[int, int] = {}
    best: dict[int, float] = {}
    ordered = sorted((each for each in scored if each[0]), reverse=True)
    for several in (False, True):
        for score, i, k in ordered:
            if -i not in pairs and (KEPT < best[-k] - NEARLY <= score if several and -k in best else -k not in best):
                pairs[-i] = -k
                best.setdefault(-k, score)
    return [(before[i], after[k]) for i, k in sorted(pairs.items())]


def likeness(one: Record, other: Record) -> float:
    """How far two items say the same, up to 300: of description, milestone and councils; less where they only have a
    note or a step in common, 0 where they have nothing."""
    a, b = one.fields, other.fields
    mine, theirs = councils(one), councils(other)
    if mine and theirs and not set(mine) & set(theirs):
        return 0
    about = _alike(a["description"], b["description"])
    step = _alike(a["milestone"], b["milestone"]) if a["milestone"] or b["milestone"] else about
    same_ref = bool(a["ref"]) and squash(a["ref"]) == squash(b["ref"]) and re.search(r"\d", a["ref"]) is not None
    if step < ALIKE or about < (KINDRED if same_ref or mine == theirs else ALIKE):
        return KEPT if _keeps_note(one, other) or _same_step(a, b) else 0
    return about + step + (100 if set(mine) == set(theirs) else 0)


def _keeps_note(one: Record, other: Record) -> bool:
    """Whether a later item still tells a dated note of an earlier one, under whatever name."""
    held = squash(other.fields["progress"])
    return any(note.day and len(note.text.split()) >= TELLING and squash(note.text) in held for note in notes(one))


def _same_step(a: Mapping[str, str], b: Mapping[str, str]) -> bool:
    """Whether two items have one step of several words, and who leads it: it may stand under another heading then. Or
    what one is called is the other's step."""
    alike = all(squash(a[field]) == squash(b[field]) for field in ("milestone", "lead"))
    named = ((one["description"], other["milestone"]) for one, other in ((a, b), (b, a)))
    renamed = any(min(len(text.split()) for text in both) >= TELLING and _alike(*both) >= REPEATED for both in named)
    return renamed or (alike and len(a["milestone"].split()) >= TELLING)


def _alike(one: str, other: str) -> float:
    if not one or not other:
        return 100.0 if one == other else 0.0
    first, second = _words(one), _words(other)
    return max(fuzz.token_sort_ratio(first, second), 0.98 * fuzz.token_set_ratio(first, second))


def _words(text: str) -> str:
    """Lower-case words; "Tel-Solutions" is one word."""
    return utils.default_process(re.sub(r"(?<=\w)-(?=\w)", "", text))
