"""Which items of plans a question narrows down to: those of a plan, a lead, a council, a time, a state."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from itertools import pairwise

from bot.answers import meant
from bot.answers.plan_names import is_named, is_of_service, shared
from bot.question.plan import Plan
from bot.question.terms import says, stem, terms, which
from bot.question.terms import words as said_words
from kpi_tools import promises
from kpi_tools.due import find_days
from kpi_tools.ledger import Record
from kpi_tools.measures import OVERALL
from kpi_tools.names import find_entities

Words = tuple[str, ...]
MOST_STATUS = 4  # words of a status, of which longer ones are notes
_PAUSED = re.compile(r"paused|on hold", re.IGNORECASE)
_STATED = meant.of_fields("status", "due")
# By the state that a question calls items by (phrases.toml): whether one is in it.
_STATES: Mapping[str, Callable[[Record], bool]] = {
    "not started": lambda r: r.fields["status"].lower().startswith("not started"),
    "open": lambda r: promises.state(r) == "open",
    "paused": lambda r: promises.state(r) != "closed" and bool(_PAUSED.search(_STATED(r))),
    "closed": lambda r: promises.state(r) == "closed",
}
_THINGS = frozenset(map(stem, ("item", "action", "milestone", "task", "step")))
_PRIORITY = "priorit"  # service priorities are a plan of their own


def of_plan(plan: Plan, records: Sequence[Record]) -> tuple[list[Record], Words]:
    """The items of the plan that a question names, and the question's words that are left."""
    own = meant.asked(plan)
    if says("item.priority", plan.question):
        return [r for r in records if _PRIORITY in r.fields["part"].lower()], own
    asked = " ".join(said_words(plan.question))
    parted = [r for r in records if any(pair in asked for pair in _pairs(r.fields["part"]))]
    pool, common = parted or list(records), shared(records)
    of_service = parted or any(says(f"item.{cue}", plan.question) for cue in ("due", "several"))
    named = [r for r in pool if is_named(r, plan, common)] or [r for r in pool if of_service and is_of_service(r, plan)]
    said = {t for r in named for t in terms(r.fields["plan"])} | {t for r in parted for t in terms(r.fields["part"])}
    return named or pool, tuple(t for t in own if t not in said)


def _pairs(part: str) -> list[str]:
    """The pairs of words of the name of a plan's part that tell it: "forward look", and not "annual plan"."""
    return [f"{a} {b}" for a, b in pairwise(said_words(part)) if not meant.CUES.issuperset(terms(f"{a} {b}"))]


def of_lead(plan: Plan, records: Sequence[Record], own: Words) -> tuple[list[Record], Words]:
    """The items that somebody named in the question leads, and the words that are left; all, where none is asked."""
    leads = [set(terms(r.fields["lead"], "little")) for r in records]
    known = {t for lead in leads for t in lead}
    if says("item.lead", plan.question) and not says("text.anybody", plan.question):
        asked = set(terms(plan.question, "little"))
        said = {t for t in own if t in known}.union(*(lead for lead in leads if lead <= asked))
    else:
        said = _whose(plan.question, {r.fields["lead"] for r in records})
    if not said and plan.entities and says("item.led_by", plan.question):
        whose = (find_entities(r.fields["lead"], known=plan.entities) for r in records)
        return [r for r, names in zip(records, whose, strict=True) if {e for e, _, _ in names} & {*plan.entities}], own
    if not said:
        return list(records), own
    return [r for r, lead in zip(records, leads, strict=True) if said <= lead], tuple(t for t in own if t not in known)


def _whose(question: str, leads: Collection[str]) -> set[str]:
    """The words of the lead that stands before what are items: "any Client Team actions behind schedule?"."""
    asked = [stem(word) for word in said_words(question)]
    for lead in sorted(leads, key=len, reverse=True):
        row = [stem(word) for word in said_words(lead)]
        places = (at for at in range(len(asked) - len(row)) if asked[at : at + len(row)] == row)
        if row and any(asked[at + len(row)] in _THINGS for at in places):
            return set(terms(lead, "little"))
    return set()


def of_status(plan: Plan, records: Sequence[Record], own: Words) -> tuple[list[Record], Words]:
    """The items whose status is printed as a question says it ("in progress"), where it says no more of them, and the
    words that are left; all, where it says none."""
    asked = _stems(plan.question)
    printed = {_stems(r.fields["status"]) for r in records}
    rows = {asked[at : at + size] for size in range(1, MOST_STATUS + 1) for at in range(len(asked))}
    status = max(sorted(printed & rows), key=len, default=())
    if not status or not says("item.several", plan.question) or set(own).difference(status):
        return list(records), own
    return [r for r in records if _stems(r.fields["status"]) == status], ()


def _stems(text: str) -> Words:
    return tuple(map(stem, said_words(text)))


def due_in(plan: Plan, records: Sequence[Record], own: Sequence[str], today: date) -> list[Record]:
    """The items that are due in the period asked; all, where the question is not of when something is due. By a day to
    come those are that are still to be done from `today` on, the next first."""
    if not plan.until or not says("item.due", plan.question):
        return list(records)
    found = [r for r in records if any(map(plan.covers, _days(r)))]
    open_since = plan.since in ("", date.min.isoformat())
    ahead = [r for r in found if open_since and promises.state(r) != "closed" and max(_days(r)) >= today]
    return sorted(ahead, key=lambda r: max(_days(r))) or (found if found or not own else list(records))


def _days(record: Record) -> set[date]:
    """The one day by which an item is due, though it be still to be confirmed; none of several."""
    days = find_days(record.fields["due"])
    found = {day.day for day in days if day.whole} or {day.day for day in days}
    return found if len(found) == 1 else set()


def of_councils(plan: Plan, records: Sequence[Record], homes: Mapping[str, str]) -> list[Record]:
    """The items of the councils that a question names; those in a council's own papers are all its own."""
    pool = list(records)
    if says("item.for_all", plan.question):
        named = [promises.councils(r) for r in pool]
        most = max(map(len, named), default=0)
        pool = [r for r, own in zip(pool, named, strict=True) if OVERALL in own or len(own) == most > 1]
    for council in plan.entities:
        if not any(homes.get(r.place.document) == council for r in pool):
            theirs = promises.of_council(pool, council)
            pool = [r for r in pool if any(r is one for one in theirs) or titled(r, council)]
            if says("item.only", plan.question):
                pool = [r for r in pool if titled(r, council) or promises.councils(r, (council,)) == (council,)]
    return pool


def titled(record: Record, council: str) -> bool:
    """Whether an item or its step is called after a council: "Mendip collection plan"."""
    said = f"{record.fields['description']} ; {record.fields['milestone']}"
    return any(name == council for name, _, _ in find_entities(said, known=(council,)))


def state_asked(low: str) -> str:
    """The state that a question calls items by, where it asks which ones; "" where it names none."""
    if not says("item.several", low) or says("item.due", low):
        return ""  # "which must be finished by June" asks when they are due, not how they stand
    return which("item.state", low)


def in_state(state: str, chosen: list[Record], pool: Sequence[Record], own: bool) -> list[Record]:
    if not state:
        return chosen
    found = [r for r in chosen if _STATES[state](r)]
    return found or (list(pool) if own else [])
