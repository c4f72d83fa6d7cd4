"""Answers about agendas and their reports: what is on one, on which pages, who wrote it, and what it recommends."""

import re
from collections.abc import Sequence

from bot.answers import meant
from bot.answers.builder import Builder
from bot.question.plan import Plan
from bot.question.terms import said_of_all, says, terms
from corpus.paper import PAGELESS
from kpi_tools.ledger import Record

MOST = 12  # items or recommendations put into words; of more, the answer says how many there are
_NUMBERED = re.compile(r"\b(?:item (?:no\.? |number )?|number (?=\d+ (?:of|on)))(\d{1,2}[a-z]?)\b", re.IGNORECASE)
_PAGES = re.compile(r"\bPages? (\d+) ?(?:-|–|to) ?(\d+)", re.IGNORECASE)  # as the agenda's own list gives them
_SAID_OF_ALL = said_of_all("agenda", "little")


def items(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    """The items of an agenda that a question means, with what it asks of them; "" where none is meant."""
    low = plan.question.lower()
    pool = _of_day(plan, records)
    numbered = _NUMBERED.search(low)
    about = _about(plan, numbered)
    who = says("agenda.who", low)
    chosen = [r for r in pool if not numbered or r.fields["number"].lower() == numbered[1]]
    if about:
        titled = meant.in_a_row(plan.question, chosen, meant.of_fields("title"))
        chosen = titled or _called(about, chosen, "title") or _in_paper(about, chosen, builder)
        if who:
            chosen = [r for r in chosen if r.fields["author"] or r.fields["of"] or r.fields["contact"]] or chosen
    chosen = _latest(chosen)
    if not chosen or (not about and not numbered and len(chosen) == len(pool) == 0):
        return ""
    for record in sorted(chosen, key=_number)[:MOST]:
        builder.cite(record.place, record.quote)
        builder.lines.append(f"{'• ' if len(chosen) > 1 else ''}{_told(record, low, builder, bool(about or numbered))}")
    builder.more(len(chosen) - MOST, "items")
    named = any(r.fields["author"] or r.fields["of"] or r.fields["contact"] for r in chosen)
    return "answered" if named or not who else "not_found"


def recommendations(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    """What the reports that a question means recommend; "" where none is meant."""
    numbered = _NUMBERED.search(plan.question.lower())
    pool = [r for r in _of_day(plan, records) if not numbered or r.place.item.lower() == numbered[1]]
    about = _about(plan, numbered)
    if about:
        named = _called(about, pool, "report")
        pool = named or meant.about(about, pool, meant.of_fields("report", "text")) or _in_paper(about, pool, builder)
    chosen = _latest(pool)
    for record in chosen[:MOST]:
        builder.cite(record.place, f"{record.fields['report']}: {record.quote}")
        builder.lines.append(f"• {record.fields['text']} ({record.fields['report']})")
    builder.more(len(chosen) - MOST, "recommendations")
    return "answered" if chosen else ""


def _about(plan: Plan, numbered: re.Match[str] | None) -> tuple[str, ...]:
    """The words of a question that say which item it means; "annual" and "budget" may be of its title."""
    councils = {t for name in plan.entities for t in terms(name)}  # they say whose paper it is
    said = _SAID_OF_ALL | councils
    own = [t for t in terms(plan.question, "little") if t not in said and not (numbered and t.isdigit())]
    return tuple(t for t in own if not re.fullmatch(r"(19|20)\d\d|\d{1,2}", t) and t not in terms(plan.period))


def _called(about: Sequence[str], records: Sequence[Record], field: str) -> list[Record]:
    """The records whose title has the most of the words, and more than half; "performance" is a word of titles too."""
    counted = [(r, len(set(about) & set(terms(r.fields[field], "little")))) for r in records]
    most = max((count for _, count in counted), default=0)
    return [r for r, count in counted if count == most and 2 * count > len(about)]


def _of_day(plan: Plan, records: Sequence[Record]) -> list[Record]:
    """The records of the papers of the period asked; all, where none is."""
    return [r for r in records if plan.since and r.as_of and plan.covers(r.as_of)] or list(records)


def _in_paper(about: Sequence[str], records: Sequence[Record], builder: Builder) -> list[Record]:
    """The records of the papers whose title or file has all the words."""
    return [r for r in records if set(about) <= {*terms(builder.called(r.place.document))}]


def _latest(records: Sequence[Record]) -> list[Record]:
    """Those of the latest paper among them."""
    days = [r.as_of for r in records if r.as_of]
    newest = max(days) if days else None
    last = [r for r in records if r.as_of == newest]
    return [r for r in last if r.place.document == last[0].place.document]


def _number(record: Record) -> tuple[int, str]:
    number = re.match(r"\d+", record.fields["number"])
    return (int(number[0]) if number else 0, record.fields["number"])


def _told(record: Record, low: str, builder: Builder, one: bool) -> str:
    fields = record.fields
    what = f"Item {fields['number']}: {fields['title']}" if fields["number"] else fields["title"]
    said = []
    if one and (says("agenda.who", low) or not says("agenda.pages", low)):
        said += [f"written by {fields['author']}"] if fields["author"] else []
        said += [f"report of {fields['of']}"] if fields["of"] else []
        said += [f"contact {fields['contact']}"] if fields["contact"] and not fields["author"] else []
        if says("agenda.who", low) and not said:
            said.append("its head names nobody who wrote it")
    if one and fields["date"] and (said or says("agenda.when", low)):
        said.append(f"dated {fields['date']}")
    if one and fields["first_page"] and not says("agenda.who", low) and not record.place.label.startswith(PAGELESS):
        if printed := _PAGES.search(record.quote):
            said.append(f"pages {printed[1]} to {printed[2]} of the agenda")
        first = builder.count("first page", int(fields["first_page"]), "page")
        last = builder.count("last page", int(fields["last_page"]), "page")
        said.append(f"PDF page {first}" if first == last else f"PDF pages {first} to {last}")
    elif one and fields["number"] and not fields["first_page"]:
        said.append("no papers in the pack")
    return f"{what}{': ' if said and ':' not in what else ' – ' if said else ''}{'; '.join(said)}."
