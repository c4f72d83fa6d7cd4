"""What a plan's columns say of one step: its delivery status against its colour, its due date and its note."""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date

from kpi_tools.checks.days import DAY, MONTH, as_told, plan_day, plan_updates
from kpi_tools.checks.entries import entered
from kpi_tools.checks.plans import DONE, UNFINISHED, colours_meant, item_name, raw_rag, read_day
from kpi_tools.checks.slip import Slip, View, entry, near, slip
from kpi_tools.due import find_days
from kpi_tools.ledger import Record

_FINISHED = re.compile(
    r"^\W*(?:100% |now )?(?:completed?|closed|done|delivered|finished)\b(?! (?:by|in|to) )"
    r"(?!.*\b(?:subject to|awaiting|pending|except|but|part)\b)",
    re.IGNORECASE,
)
_STALE = re.compile(
    r"(?:(?:on hold|in progress|paused|not started|wip|ongoing)\W*$|chasing\b|awaiting\b)", re.IGNORECASE
)
_UNBEGUN = re.compile(r"not (?:yet )?(?:started|begun)\W*$", re.IGNORECASE)
_PART = re.compile(r"\b(?:phase|stage|part|step|draft|testing|tender|first|initial|\d+)\b", re.IGNORECASE)
# Notes that say more than their status: all of it is done, it is under way, it goes live on a day.
_ALL_DONE = re.compile(
    r"(?<!not )\ball (?:[\w&/-]+ ){1,5}(?:have|has) (?:now )?been (?:now )?"
    r"(?:migrated|completed|delivered|closed|implemented|installed|rolled out|moved|replaced)\b",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\W*(?:in[- ]flight|under ?way|in progress|work (?:has |had )?(?:started|begun|began)|now live|went live)\b",
    re.IGNORECASE,
)
_LIVE = re.compile(rf"\b(?:(?i:go(?:es|ing)?[- ]live)|to be live)(?: date)?(?: is| on| by|:)? (?P<day>{DAY})")
_NOTED_DONE = re.compile(
    rf"(?:^|[-–:;.]\s)(?:now )?(?:completed?|closed|all \w+ now live)\W*$"
    rf"|^(?:[\w’'-]+ ){{1,4}}took place on {DAY}\W*$",
    re.IGNORECASE,
)
_ALL_DELIVERED = re.compile(
    r"\ball (?:[\w&/-]+ ){1,4}(?:are |were )?(?:now )?"
    r"(?:delivered|completed?|closed|issued|sent|installed|implemented)\b",
    re.IGNORECASE,
)
# Something of it is done already; what a note hopes for, or makes a condition, is not.
_SOME_DONE = re.compile(
    r"\b(?:(?:testing|trials?|pilots?|design|build|drafting|scoping|wording|survey|consultation|procurement)"
    r" (?:is |now )*completed?|now built"
    r"|built in|installed"
    r"|(?:has|have|was|were) (?:now |been |already )*(?:built|fitted|delivered|sent|tested|trained))\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:not|no|never|once|until|till|when|after|before|if|will|would|should|to be|being|be|subject|pending|awaiting"
    r"|partly|half|some of)\b",
    re.IGNORECASE,
)
# A note of a few words that says no more than that: "Report published."
_SHORT_DONE = re.compile(
    r"(?:[\w’'-]+ ){1,3}(?:(?:was|were|has been|have been|now) )?"
    r"(?:completed?|published|issued|delivered|appointed|signed|launched|installed)\W*",
    re.IGNORECASE,
)
_LEFT_TO_DO = re.compile(
    r"\b(?:awaiting|still being|being drafted|still (?:to be|needs?|required|outstanding)|yet to be|not yet"
    r"|needs? (?:[\w’']+ ){1,5}?before"
    r"|before (?:it|they|these|this) can be)\b",
    re.IGNORECASE,
)
_SAYS_DONE = re.compile(
    r"(?:^|[-–:;.]\s*)(?:now )?(?:completed?|closed|done|finished|delivered)\W*(?:$|[.;])", re.IGNORECASE
)
_TRACK = re.compile(r"on (?:track|schedule|target|course)", re.IGNORECASE)
_MONTH = re.compile(rf"\b{MONTH}\b|\d/\d")  # a new day may have been set
MOST_SAID = 80  # letters of a note in a sentence


def status_against_columns(view: View) -> Iterator[Slip]:
    """A step whose columns contradict each other: unfinished but "Complete", finished but red, on hold or awaiting."""
    updates, meant = plan_updates(view), colours_meant(view)
    for record in view.of_kind("plan_item"):
        clash, said = _columns(record, meant[record.place.document]), ""
        if not clash and (said := _noted(record.fields["status"], record.fields["progress"])):
            clash = f"its delivery status is {record.fields['status']!r} but its note says {said.strip(' -–:;.')!r}"
        clash = clash or _passed(record, plan_day(record, updates)) or _on_track(record, plan_day(record, updates))
        if clash:
            note = re.search(re.escape(said), record.quote) if said else None
            at = near(record.quote, note) if note else ""
            told = (record.place, at) if note else entry(record, record.fields["due"], record.fields["status"])
            yield slip("columns that disagree", f"{item_name(record)}: {clash}.", told)


def _columns(record: Record, meant: Collection[str]) -> str:
    """How the status does not fit the colour or the due date; "" where it does."""
    status, rag, due = (record.fields[name] for name in ("status", "rag", "due"))
    raw = raw_rag(record)
    finished = bool(_FINISHED.search(status))
    if UNFINISHED.match(status) and rag == "complete" and (DONE.match(raw) or raw in meant):
        return f"its delivery status is {status!r} but its RAG status says complete"
    if finished and rag in ("red", "amber"):
        return f"its delivery status is {status!r} but its RAG status {rag}"
    return f"its due date says {due!r} but its delivery status {status!r}" if finished and _STALE.match(due) else ""


def _noted(status: str, note: str) -> str:
    """What the note says that the status does not: that it is done, has begun, or is not done yet; "" for nothing."""
    told: list[Callable[[str], str]] = []
    if _UNBEGUN.match(status):
        told = [_whole_done, _begun, _some_done, _short, _all_delivered]
    elif UNFINISHED.match(status):
        told = [_whole_done]
    elif _FINISHED.search(status):
        told = [_left_to_do]
    return next(filter(None, (find(note) for find in told)), "")


def _whole_done(note: str) -> str:
    done = _NOTED_DONE.search(note)
    if done and not _PART.search(note.replace(done[0], "")):
        return done[0]
    every = _ALL_DONE.search(note)
    return every[0] if every and not _PART.search(every[0]) else ""


def _begun(note: str) -> str:
    found = _BEGUN.match(note)
    return found[0] if found else ""


def _some_done(note: str) -> str:
    """Work that is done, in a clause without conditions."""
    for done in _SOME_DONE.finditer(note):
        clause = re.split(r"[.;:,–]|\s-\s", note[: done.start()])[-1]
        if not _NOT_DONE.search(clause):
            return note[done.start() - len(clause) : done.end()]
    return ""


def _short(note: str) -> str:
    """A note of a few words that calls it done, and no part or condition of it."""
    return note if _SHORT_DONE.fullmatch(note) and not _NOT_DONE.search(note) and not _PART.search(note) else ""


def _all_delivered(note: str) -> str:
    found = _ALL_DELIVERED.search(note)
    return found[0] if found and not _NOT_DONE.search(note) and not _PART.search(found[0]) else ""


def _left_to_do(note: str) -> str:
    """What is still to be done, in the newest entry of the note, where that does not call the whole done."""
    days = find_days(note)
    newest = max(days, key=lambda day: day.day, default=None)
    after = [day.start for day in days if newest and day.start > newest.start]
    last = note[newest.start : min(after, default=len(note))] if newest else note
    left = None if _SAYS_DONE.search(last) else _LEFT_TO_DO.search(last)
    return last[left.start() :].partition(".")[0][:MOST_SAID].rstrip() if left else ""


def _passed(record: Record, as_of: date | None) -> str:
    """That a step which is not finished was to be live on a day that had passed."""
    live = _LIVE.search(record.fields["progress"]) if UNFINISHED.match(record.fields["status"]) else None
    day = read_day(live["day"]) if live else None
    if not live or not day or not as_of or day >= as_of:
        return ""
    return (
        f"its delivery status is {record.fields['status']!r} in {as_told(record, as_of)}, but its note says"
        f" {live[0]!r}, which had passed"
    )


def _on_track(record: Record, as_of: date | None) -> str:
    """That a step is called on track after the day on which it was due."""
    due, said = read_day(record.fields["due"]), record.fields["status"] or record.fields["progress"]
    if not due or not as_of or due >= as_of or not _TRACK.fullmatch(entered(said)) or _MONTH.search(said):
        return ""
    return f"it was due on {record.fields['due']} and is {said!r} in {as_told(record, as_of)}"
