"""Answers about the items of plans: how one stands, which are red, open or overdue, who leads, what has happened."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot import words
from bot.answers import meant
from bot.answers.builder import Builder
from bot.answers.item_lines import cut, how, item, several, trim, without, write
from bot.answers.item_pool import due_in, in_state, of_councils, of_lead, of_plan, of_status, state_asked
from bot.answers.plan_names import of_year, year_asked
from bot.answers.steps import no_more, told_apart
from bot.question.plan import Plan
from bot.question.terms import in_full, names, same, says, terms
from kpi_tools import promises
from kpi_tools.due import read_due
from kpi_tools.ledger import Record

MOST = 8  # items put into words; of more, the answer says how many there are
MOST_WORDS = 160  # of all of them
MOST_NOTES = 12
MOST_STEPS = 4  # of an item, told as they stand at the end of its history
_COLOURS = ("red", "amber", "green")
_WHOLE = meant.of_fields("ref", "description", "milestone", "progress")


def answer(
    plan: Plan, records: Sequence[Record], builder: Builder, today: date, homes: Mapping[str, str] | None = None
) -> str:
    """The items that a question means, those of a council's own papers first; the status, "" where none is meant."""
    called, year = year_asked(plan.question)
    if year:
        plan = replace(plan, period="", since="", until="", question=plan.question.replace(called, ""))
        if records and not (records := of_year(year, records, builder)):
            return builder.end("not_found", f"The papers hold no plan of {called}.")
    nearest = meant.papers_of(plan, records, homes or {}, builder)
    for own in (nearest, records) if len(nearest) < len(records) else (records,):
        if status := _of_papers(plan, own, builder, today, homes or {}, called or "latest"):
            return status
    if found := no_more(plan, records, homes or {}):
        builder.assume("The latest plan has this no more: as the one before had it.")
    return told(found, "", asked_of(in_full(plan.question)), builder, "earlier")


def _of_papers(
    plan: Plan, records: Sequence[Record], builder: Builder, today: date, homes: Mapping[str, str], of: str
) -> str:
    low = in_full(plan.question)
    pool, own = of_plan(plan, records)
    pool, own = meant.by_title(own, pool, builder)
    called = meant.in_a_row(plan.question, pool, meant.of_fields("description"))
    pool = called or pool
    if story := _over_time(plan, pool, own, of_councils(plan, pool, homes), builder):
        return story
    every = promises.current(pool, homes)
    of_any, own = of_lead(plan, every, own)
    pool, own = of_status(plan, of_any, own)
    stated = len(pool) < len(of_any)
    pool = of_councils(plan, pool, homes)
    if says("item.overdue", low):
        about = meant.about(own, pool, meant.of_fields("description", "milestone")) if own else pool
        return overdue(about, today, builder, asked=bool(own))
    due = due_in(plan, pool, own, today)
    lacks = f"has a due date {words.during(plan.period)}" if pool and not due else ""
    lacks = lacks if of_any else f"names {words.listed(plan.entities)} as its lead"
    if lacks and every:
        return _none(lacks, pool or every, builder, of)
    pool = due
    if own:
        every = pool
        titled = meant.about(own, pool, meant.of_fields("ref", "description"), also=meant.cues(plan))
        titled = [r for r in titled if meant.together(own, _WHOLE(r))] or titled
        found = _whole(titled, plan) or titled
        found = found or _called(own, [r for r in meant.about(own, pool, _WHOLE) if meant.together(own, _WHOLE(r))])
        pool = told_apart(plan, found or (pool if called else []), every)
    elif len(pool) > MOST and not _says_which(plan, low, pool, promises.current(records, homes)):
        return ""
    colours = [c for c in _COLOURS if re.search(rf"\b{c}\b", low)]
    chosen = [r for r in pool if r.fields["rag"] in colours] if colours else pool
    kind = f"rated {words.listed(colours, 'or')}" if colours else ""
    state = "" if stated or not chosen or (says("item.one", low) and own) else state_asked(low)
    chosen = in_state(state, chosen, pool, bool(own))
    if pool and not chosen and (state or kind):
        return _none(f"has a status that says it is {state}" if state else f"is {kind}", pool, builder, of)
    return told(chosen, kind, asked_of(low), builder, of)


def _over_time(
    plan: Plan, pool: Sequence[Record], own: Sequence[str], theirs: Sequence[Record], builder: Builder
) -> str:
    """The history of the items that `own` words tell, `theirs` of `pool` where a council is named, or the notes on them
    of the period asked; "" where neither is asked."""
    low, titles = in_full(plan.question), meant.of_fields("ref", "description")
    if says("item.history", low):
        every = theirs or pool
        told = [t for t in own if any(same(t, set(terms(titles(r)))) for r in every)]
        found = _whole(every, plan) or meant.about(own, every, titles)
        found = found or (meant.about(told, every, titles) if len(told) > 1 else [])
        found = found or _called(own, meant.about(own, every, _WHOLE), least=1)
        if story := history(found, builder):
            return story
    if not plan.since or says("item.due", low) or says("item.overdue", low):
        return ""
    return _in_period(plan, meant.about(own, theirs, titles), builder)


def _called(own: Sequence[str], records: Sequence[Record], least: int = 0) -> list[Record]:
    """The items and steps whose names have most of these words; [] where that is fewer than `least`."""
    named = [frozenset(terms(meant.of_fields("ref", "description", "milestone")(r))) for r in records]
    said = [sum(same(t, name) for t in own) for name in named]
    most = max(said, default=0)
    return [r for r, count in zip(records, said, strict=True) if count == most >= least]


def _says_which(plan: Plan, low: str, pool: Sequence[Record], every: Sequence[Record]) -> bool:
    """Whether a question of no item's words asks for several of many, or for those of one plan; who did a thing, and
    what a thing means, is told of none."""
    if says("item.who_did", low) or plan.operation == "definition":
        return False
    return says("item.several", low) or len(pool) < len(every)


def asked_of(low: str) -> tuple[str, ...]:
    """What a question asks of items beside how they stand: who leads them, which councils they are for."""
    return tuple(name for name in names("item.asked") if says(f"item.asked.{name}", low))


def _whole(records: Sequence[Record], plan: Plan) -> list[Record]:
    """The items all of whose description a question says."""
    said = set(terms(plan.question, "little"))
    return [r for r in records if (own := set(terms(r.fields["description"], "little"))) and own <= said]


def _in_period(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    """The dated notes on items in the period asked; "" where there are none."""
    told = [note for note in promises.timeline(records) if note.day and plan.covers(note.day)]
    for note in told[:MOST]:
        what = cut(note.record.fields["description"])
        builder.cite(note.record.place, note.record.quote)
        builder.lines.append(f"• {what}: {trim(note.text)}")
    return "answered" if told else ""


def _none(so: str, pool: Sequence[Record], builder: Builder, of: str) -> str:
    """That no item of the plans is so; cited is the first that was looked at in each paper."""
    first = {r.place.document: r for r in reversed(pool)}
    for record in reversed(first.values()):
        builder.cite(record.place, record.quote)
    return builder.end("answered", f"No item of the {of} plan{'s' if len(first) > 1 else ''} {so}.")


def told(chosen: Sequence[Record], kind: str, asked: Sequence[str], builder: Builder, of: str = "latest") -> str:
    if not chosen:
        return ""
    without(chosen, asked, builder)
    if len(chosen) == 1:
        write(builder, chosen[0], item(chosen[0], asked))
        return "answered"
    number = builder.count("count", len(chosen), "items")
    if not kind and len(colour := {r.fields["rag"] for r in chosen}) == 1 and "" not in colour:
        kind = f"all rated {''.join(colour)}"
    of_whom = (r.fields["plan"] or builder.titles.get(r.place.document, "") for r in chosen)
    plans = Counter(re.sub(r"\s*\d.*", "", name) for name in of_whom)  # their years stand elsewhere
    each = [f"{builder.count(name, count, 'items')} of {name or 'another'}" for name, count in plans.most_common()]
    where = f"{of} plans, {words.listed(each)}" if len(chosen) > MOST and len(each) > 1 else f"{of} plan"
    builder.lines.append(f"{number} items{f' {kind}' if kind else ''} in the {where}:")
    several(chosen, [f"• {item(r, asked, len(chosen) > 2)}" for r in chosen], builder, MOST, MOST_WORDS)
    return "answered"


def overdue(records: Sequence[Record], today: date, builder: Builder, asked: bool = False) -> str:
    """The items that were due before `today` and are not called complete, the longest overdue first.

    `asked`: the question is about these items, so that how they stand is told where they are not overdue.
    """
    if not records:
        return ""
    late = sorted(
        (r for r in records if promises.overdue(r, today)), key=lambda r: read_due(r.fields["due"]) or date.max
    )
    if not late and asked:
        builder.lines.append("None of it is past a due date that is sure, and not complete:")
        for record in records[:3]:
            write(builder, record, f"• {item(record, short=True)}")
        return "answered"
    if not late:
        builder.cite(records[0].place, records[0].quote)
        builder.lines.append("No item of the latest plan is overdue: none that had a day is past it and not complete.")
        return "answered"
    number = builder.count("count", len(late), "items")
    builder.lines.append(
        f"{number} item{' is' if number == 1 else 's are'} past the due date and not reported as complete:"
    )
    several(late, list(map(_late, late)), builder, MOST, MOST_WORDS)
    builder.assume("Items whose due date is to be confirmed, or in words, are not counted.")
    return "answered"


def _late(record: Record) -> str:
    """An overdue item in one line, with the newest note where it has no status."""
    fields = record.fields
    what = " ".join(p for p in (fields["ref"], cut(fields["description"])) if p)
    step = f": {cut(fields['milestone'])}" if fields["milestone"] else ""
    status = f", {fields['status'].lower()}" if fields["status"] else ", no status given"
    newest = [note.text for note in promises.notes(record)][-1:] if not fields["status"] else []
    return " ".join((f"• {what}{step}, due {fields['due']}{status}.", *(f"Update: {trim(n, 20)}" for n in newest)))


def history(records: Sequence[Record], builder: Builder) -> str:
    """The dated notes on an item from the oldest to the newest, and where it stands; "" where fewer than two are."""
    told = promises.timeline(records)
    if len(told) < 2:
        return ""
    long = sum(len(note.text.split()) for note in told) > MOST_WORDS
    for note in told[-MOST_NOTES:]:
        builder.cite(note.record.place, note.record.quote)
        builder.lines.append(f"• {trim(note.text, 25) if long else note.text}")
    days = promises.told_by(records)
    newest = max(days.values())
    standing = [r for r in records if days[r.place.document] == newest]
    said = [f"{r.fields['milestone']}: {so}" if r.fields["milestone"] else so for r in standing if (so := how(r))]
    for record in standing:
        builder.cite(record.place, record.quote)
    if said:
        what = cut(standing[0].fields["description"])
        builder.lines.append(f"As the latest plan has it, {what}: {'; '.join(said[:MOST_STEPS])}.")
    builder.listed += dict.fromkeys(r.fields["description"] for r in standing)
    return "answered"
