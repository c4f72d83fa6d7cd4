"""Answers about people and meetings: who is a member, who was there, who was not, what was decided."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from bot import words
from bot.answers import meant
from bot.answers.builder import Builder
from bot.answers.item_lines import trim
from bot.question.parts import undated
from bot.question.plan import Plan
from bot.question.terms import said_of_all, same, says, terms
from kpi_tools.due import find_days
from kpi_tools.ledger import Record
from kpi_tools.names import entity, find_entities

ROLES = {"member": "member", "apologies": "apologies", "attendance": "present", "contact": "contact"}
_CHAIR = re.compile(r"\bchair", re.IGNORECASE)
_VICE = re.compile(r"\b(vice|deputy)[ -]?chair", re.IGNORECASE)
# Behind the name of somebody: for whom they came.
_FOR = re.compile(
    r"^(?:as |a )?(?:substitut\w+ |replac\w+ |deputis\w+ |in place of |sub )?(?:for )?"
    r"([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)* ?)$"
)
_POST = re.compile(
    r"^\W*who(?:'s| is| was|s) (?:the|our|their) ((?:[\w-]+ ){0,3}(?:director|executive|manager|clerk|treasurer|leader"
    r"|solicitor|officer|secretary|accountant)(?: of [\w ]+?)?)(?= (?:of|for|at) |\W*$)"
    r"|\b((?:cabinet member|portfolio holder|lead (?:member|councillor)|spokes\w+) (?:for|of) [\w ]+?)"
    r"(?= (?:at|in|on) |\W*$)"
)
_NAMED_BODY = re.compile(
    r"\b(?:the|our|their|on|of) ((?:(?!(?:the|our|their|of)\b)[\w&-]+ ){1,4}"
    r"(?:committee|board|panel|cabinet|forum))\b"
)
_NUMBER = re.compile(r"\b\d+[-/]\d+\b")  # of a resolution
_BODIES = frozenset(terms("committee board panel cabinet forum joint informal council", "little"))
_DID = {
    "member": "is a member",
    "present": "was present",
    "apologies": "sent apologies",
    "absent": "was absent",
    "officer": "was present as an officer",
    "contact": "is the contact",
}
_HEADS = {
    "member": "Members",
    "apologies": "Apologies{meeting} were sent by",
    "absent": "Absent",
    "present": "Present{meeting}",
    "officer": "Officers{meeting}",
    "contact": "Contact",
}
_WITH = {"apologies": "absent"}  # the role of others who are told of with those of a role
_TITLES = frozenset(("cllr", "councillor", "mr", "mrs", "ms", "dr"))
MOST = 5  # decisions put into words
MOST_WORDS = 60  # of the paragraph that one stands in


def answer(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str]) -> str:
    """Who sits on a committee, was at a meeting or sent apologies to it; "" where the papers list nobody so."""
    named = _named(plan, records)
    if named and not says("people.stood_in", plan.question):
        return _of_person(plan, named, records, builder)
    low = plan.question.lower()
    if says("people.stood_in", low):
        return _stood_in(plan, records, builder)
    if _POST.search(low) and not _CHAIR.search(low):
        return _of_post(plan, records, builder)
    role = "officer" if plan.subject == "attendance" and says("people.officer", low) else ROLES[plan.subject]
    if role == "present" and says("people.whether", low) and not plan.entities:
        return ""  # whoever or whatever is asked for is nobody that the papers list
    chosen = (
        _chairs(plan, records)
        if _CHAIR.search(low)
        else [r for r in records if r.fields["role"] in (role, _WITH.get(role))]
    )
    others = [c for c in plan.entities if not any(homes.get(r.place.document) == c for r in chosen)]
    if others:
        chosen = [r for r in chosen if _is_of(r, others)]
    chosen = [r for r in chosen if not _of_other_body(low, r, builder)]
    met = of_meeting(plan, chosen)
    if chosen and not met:
        return no_such_meeting(plan, chosen, builder)
    return _listed(plan, role, met, builder) if met else ""


def _of_other_body(low: str, record: Record, builder: Builder) -> bool:
    """Whether a question names a body, as "the audit committee", and a record's paper is by its title of another."""
    asked = _NAMED_BODY.search(low)
    if not asked:
        return False
    titled = meant.titled(record, builder)
    said = frozenset(terms(f"{record.quote} {record.fields['meeting']}"))
    own = {t for t in terms(asked[1]) if t not in _BODIES}
    own -= {t for name, _, _ in find_entities(asked[1]) for t in terms(name)}
    return bool(own) and not titled.isdisjoint(_BODIES) and not all(same(t, titled | said) for t in own)


def _listed(plan: Plan, role: str, met: Sequence[Record], builder: Builder) -> str:
    low = plan.question.lower()
    for record in met:
        builder.cite(record.place, quote_of(record))
    if _CHAIR.search(low):
        builder.lines += list(dict.fromkeys(_posted(r) for r in met))
        return "answered"
    if says("text.count", low):
        number = builder.count("count", len({r.fields["name"] for r in met}), "people")
        whole = role == "member" and says("people.of_all", low) and not says("people.body", low)
        if plan.entities and whole:
            who = words.listed(plan.entities)
            builder.lines.append(f"The papers do not say how many {who} has in all; {number} are named in them.")
        else:
            builder.lines.append(f"{number} are named in the papers.")
    of = [r.fields["council"] or (r.fields["post"] if role == "contact" else "") for r in met]
    names = [f"{r.fields['name']} ({one})" if one else r.fields["name"] for r, one in zip(met, of, strict=True)]
    to = "to" if role == "apologies" else "at"
    when = f" {to} the meeting of {met[0].fields['meeting']}" if met[0].fields["meeting"] else ""
    for kind in dict.fromkeys((role, *(r.fields["role"] for r in met))):
        if own := [name for name, r in zip(names, met, strict=True) if r.fields["role"] == kind]:
            builder.lines.append(f"{_HEADS[kind].format(meeting=when)}: {words.listed(list(dict.fromkeys(own)))}.")
    return "answered"


def _around(record: Record) -> str:
    """What a decision says, what it is about, and the paragraph that it stands in."""
    return f"{record.fields['about']} {record.fields['text']} {record.quote}"


def decisions(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    """What a meeting decided, of the meeting or of the thing that is asked."""
    if records and not of_meeting(plan, records):
        return no_such_meeting(plan, records, builder)
    numbers = _NUMBER.findall(undated(plan.question, plan.today))
    records = [r for r in records if all(number in r.quote for number in numbers)]
    said = (*meant.asked(plan), *(meant.cues(plan) if says("asked.decided", plan.question) else ()))
    dated = _SAID_OF_ALL.union(terms(plan.period, "little"))
    about = [t for t in meant.by_title(said, records, builder)[1] if t not in dated]
    chosen = of_meeting(plan, meant.about(about, records, _around) if about else records)
    for record in chosen[:MOST]:
        builder.cite(record.place, quote_of(record))
        text = record.fields["text"]
        left = frozenset(t for t in about if not same(t, set(terms(text))))
        told = trim(record.quote, MOST_WORDS, left) if left else text
        builder.lines.append(f"• {record.fields['meeting']}: {told if text in told else f'{trim(told, 20)} … {text}'}")
        builder.listed.append(record.fields["text"])
    builder.more(len(chosen) - MOST, "decisions")
    return "answered" if chosen else ""


_SAID_OF_ALL = said_of_all("decisions")


def _chairs(plan: Plan, records: Sequence[Record]) -> list[Record]:
    vice = bool(_VICE.search(plan.question))
    said = [(r, r.fields["post"] or r.quote) for r in records]
    return [r for r, post in said if _CHAIR.search(post) and bool(_VICE.search(post)) is vice]


def _posted(record: Record) -> str:
    """ "Ann Smith, Chair (Hart District Council), at the meeting of 7 July 2021."."""
    fields = record.fields
    if not fields["post"]:
        return f"{record.quote.rstrip('.')}."
    of = f" ({fields['council']})" if fields["council"] else ""
    at = f", at the meeting of {fields['meeting']}" if fields["meeting"] else ""
    return f"{fields['name']}, {fields['post']}{of}{at}."


def _of_post(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    """Who holds the post that a question names; "" where nobody listed does."""
    asked = _POST.search(plan.question.lower())
    wanted = set(terms(asked[1] or asked[2], "little")) if asked else set()
    held = [r for r in records if r.fields["post"] and wanted <= set(terms(r.fields["post"], "little"))]
    for record in of_meeting(plan, held) if wanted else ():
        builder.cite(record.place, quote_of(record))
        builder.lines.append(_posted(record))
    return "answered" if builder.lines else ""


def _stood_in(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    """Who came to a meeting for somebody whom the question names: of whom the notes say that they did."""
    said = set(terms(plan.question, "little"))
    stood = [(r, m[1]) for r in of_meeting(plan, records) if (m := _FOR.search(r.fields["post"]))]
    found = [r for r, who in stood if (names := set(terms(who, "little")) - _TITLES) and names <= said]
    for record in found:
        builder.cite(record.place, quote_of(record))
        builder.lines.append(_posted(record))
    return "answered" if found else ""


def _is_of(record: Record, councils: Sequence[str]) -> bool:
    said = record.fields["council"]
    if entity(said) in councils:
        return True
    return any(name in councils for name, _, _ in find_entities(said, known=councils))


def _named(plan: Plan, records: Sequence[Record]) -> list[Record]:
    """The records of a person whom a question names: by the whole name, or by "Councillor" and the surname."""
    said = re.findall(r"[\w’'-]+", plan.question.lower().replace("’s", "").replace("'s", ""))
    found = []
    for record in records:
        name = [part for part in record.fields["name"].lower().split() if part not in _TITLES]
        titled = any(a in _TITLES and b == name[-1] for a, b in pairwise(said)) if name else False
        if name and (" ".join(name) in " ".join(said) or titled):
            found.append(record)
    return found


def somebody(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    """Who somebody is whom a question asks after by name; "" where it asks so after nobody that the papers list."""
    named = _named(plan, records) if says("people.who_is", plan.question) else []
    return _of_person(plan, named, records, builder) if named else ""


def _of_person(plan: Plan, found: Sequence[Record], records: Sequence[Record], builder: Builder) -> str:
    if plan.subject != "member":  # who sits on it may yet not have come
        found = [r for r in found if r.fields["meeting"]] or found
    met = [r for r in of_meeting(plan, found) if r.fields["meeting"] or plan.subject == "member" or not plan.since]
    if not met and (listed := [r for r in of_meeting(plan, records) if r.fields["meeting"]]):
        builder.cite(listed[0].place, quote_of(listed[0]))
        who, when = found[0].fields["name"], listed[0].fields["meeting"]
        return builder.end("answered", f"The notes of {when} do not name {who} among those present, nor in apologies.")
    if not met:
        return no_such_meeting(plan, found, builder)
    for record in met:
        told = ", ".join(filter(None, (record.fields["post"], record.fields["council"])))
        of = f" ({told})" if told else ""
        at = record.fields["meeting"]
        to = "to" if record.fields["role"] == "apologies" else "at"
        where = f" {to} the meeting of {at}" if at else ""
        builder.cite(record.place, quote_of(record))
        line = f"{record.fields['name']}{of} {_DID[record.fields['role']]}{where}."
        if line not in builder.lines:
            builder.lines.append(line)
    return "answered"


def quote_of(record: Record) -> str:
    """What the paper says, behind the day of the meeting whose notes it is from."""
    at = record.fields["meeting"]
    return f"{at}: {record.quote}" if at else record.quote


def day_of(record: Record) -> date | None:
    """The day of the meeting that a record is of, else of its paper."""
    days = find_days(record.fields["meeting"])
    return days[0].day if days else record.as_of


def of_meeting(plan: Plan, records: Sequence[Record]) -> list[Record]:
    """The records of the meetings in the period asked; of the latest, where none is."""
    days = [day for r in records if (day := day_of(r))]
    if not plan.since:
        return [r for r in records if day_of(r) == max(days)] if days else list(records)
    return [r for r in records if (day := day_of(r)) and plan.covers(day)]


def no_such_meeting(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    held = {day: r for r in records if (day := day_of(r))}
    last = held[max(held)] if held else None
    when = last.fields["meeting"] if last else ""
    told = f" The latest meeting that they tell of is that of {when}." if when else ""
    if last:
        builder.cite(last.place, quote_of(last))
    return builder.end("not_found", f"The papers do not say this for {plan.period}.{told}")
