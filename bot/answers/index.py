"""Answers about the index itself: which papers it has, and which councils, services, measures and periods these tell
of; and to what no paper can tell, as it concerns one person."""

from collections.abc import Callable, Sequence
from datetime import date

from bot import words
from bot.answers.board import is_count
from bot.answers.builder import Builder
from bot.question.plan import Plan
from bot.question.terms import plainly, same, terms, which
from bot.question.terms import words as said_words
from bot.view import BODIES, View
from bot.words import listed
from corpus.paper import Place
from kpi_tools.measures import OVERALL
from kpi_tools.names import members
from kpi_tools.periods import find_periods
from kpi_tools.saved import Paper
from kpi_tools.tools import each

MOST = 25  # that are listed; of more the first, and how many there are
_COVER = (0.0, 0.0, 0.0, 0.0)


def answer(plan: Plan, view: View, builder: Builder) -> str:
    """Tell what was asked of the index into `builder`; the status."""
    if plan.subject == "personal":
        return builder.end("not_found", words.PERSONAL)
    ANSWERS[which("index", plainly(plan.question))](plan, view, builder)
    return "answered"


def _papers(_plan: Plan, view: View, builder: Builder) -> None:
    said = []
    for paper in view.papers[-MOST:]:
        said.append(f"• {words.titled(paper.title or paper.document, paper.date)} ({paper.document})")
        _cite(paper, said[-1].removeprefix("• "), builder)
    _head(len(view.papers), "paper is indexed", "papers are indexed", builder, ", the latest of them:")
    builder.lines.extend(said)


def _periods(_plan: Plan, view: View, builder: Builder) -> None:
    dated = [paper for paper in view.papers if paper.date]
    if dated:
        first, last = dated[0], dated[-1]
        days = [f"{p.date.day} {p.date:%B %Y}" for p in (first, last) if p.date]
        for paper, day in zip((first, last), days, strict=True):
            _cite(paper, day, builder)
        builder.lines.append(f"The papers are dated from {days[0]} to {days[1]}.")
    figures = view.frame[view.frame["value"].notna()]
    if len(figures):
        first_row, last_row = int(figures["start"].argmin()), int(figures["end"].argmax())
        rows = list(each(figures.iloc[[first_row, last_row]]))
        for row in rows:
            builder.give(row)
        builder.lines.append(f"Their figures are of periods from {rows[0].period} to {rows[-1].period}.")
    if not builder.lines:
        builder.lines.append("The papers name no date and no period of a figure.")


def _meetings(plan: Plan, view: View, builder: Builder) -> None:
    """The days of the meetings that the papers are of and whose notes they hold, by the asking day, the latest first;
    those of the papers whose titles and councils have the most of the question's words."""
    said = {*terms(plan.question), *(t for name in plan.entities for t in terms(name))}
    named = {p.document: len(said & set(terms(f"{p.title} {p.council}"))) for p in view.papers}
    own = [p for p in view.papers if named[p.document] == max(named.values())]
    days = {
        p.date: (_first_page(p), words.titled(p.title, p.date))
        for p in own
        if p.date and BODIES & set(said_words(p.title))
    }
    for record in view.records:
        met = find_periods(record.fields.get("meeting", ""), date.max)
        if met and record.place.document in {p.document for p in own}:
            days.setdefault(met[0][0].end, (record.place, f"{record.fields['meeting']}, by its notes"))
    past = sorted((day for day in days if day.isoformat() <= plan.today), reverse=True)
    for day in past[:MOST]:
        builder.cite(*days[day])
        builder.lines.append(f"• {days[day][1]}")
    builder.lines[:0] = ["The papers are of these meetings:" if past else "The papers name no day of such a meeting."]


def _councils(_plan: Plan, view: View, builder: Builder) -> None:
    found = [name for name in view.catalogue.known if name != OVERALL and not members(name)]
    parts = [part for name in view.catalogue.known for part in members(name)]
    _tell(sorted({*found, *parts}), "council or area", "councils or areas", builder)


def _services(_plan: Plan, view: View, builder: Builder) -> None:
    _tell(sorted(filter(None, view.catalogue.services)), "service", "services", builder)


def _measures(plan: Plan, view: View, builder: Builder) -> None:
    entries = [e for e in view.catalogue.entries if not plan.entities or set(plan.entities) & set(e.entities)]
    if plan.services:
        entries = [e for e in entries if e.service in plan.services]
    elif plan.topic:  # "how many indicators does waste have?"
        entries = [e for e in entries if all(same(term, e.name_terms | e.other_terms) for term in plan.topic)]
    bodies: list[tuple[set[str], list[str]]] = []  # documents, titles: a service of two councils is two services
    for entry in (e for e in entries if not is_count(e)):
        own = [body for body in bodies if not plan.services or not body[0].isdisjoint(entry.documents)]
        joined = (set(entry.documents).union(*(held for held, _ in own)), [t for _, named in own for t in named])
        joined[1].append(entry.title)
        bodies = [*(body for body in bodies if body not in own), joined]
    for documents, named in bodies or [(set(), [])]:
        councils = {view.catalogue.homes.get(document, "") for document in documents}
        papers = listed([view.titles.get(document) or document for document in sorted(documents)])
        body = ((councils.pop() if len(councils) == 1 else "") or papers) if len(bodies) > 1 else ""
        builder.count("listed", 1, body)
        _tell(named, "measure", "measures", builder, f"{body}: the" if body else "The")


def _tell(names: Sequence[str], one: str, several: str, builder: Builder, the: str = "The") -> None:
    """How many there are, and which; each name as the papers have it."""
    if not names:
        builder.lines.append(f"The papers report on no {one} that is known.")
        return
    count = builder.count("count", len(names), several)
    for name in names[:MOST]:
        builder.count("listed", 1, name)
    first = "" if len(names) <= MOST else "; the first of them"
    builder.lines.append(
        f"{the} papers report on {count} {one if count == 1 else several}{first}: {listed(names[:MOST])}."
    )


def _head(count: int, one: str, several: str, builder: Builder, more: str) -> None:
    builder.count("count", count, several)
    builder.lines.append(f"{count} {one if count == 1 else several}{more if count > MOST else ':'}")


def _cite(paper: Paper, quote: str, builder: Builder) -> None:
    builder.cite(_first_page(paper), quote)


def _first_page(paper: Paper) -> Place:
    return Place(paper.document, 1, "", "", 0, -1, -1, _COVER)


ANSWERS: dict[str, Callable[[Plan, View, Builder], None]] = {
    "papers": _papers,
    "meetings": _meetings,
    "councils": _councils,
    "services": _services,
    "measures": _measures,
    "periods": _periods,
}
