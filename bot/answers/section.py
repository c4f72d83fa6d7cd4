"""Answers out of the sections that every report has: what it says of its financial, legal or other implications."""

from collections.abc import Iterable, Mapping, Sequence

from bot.answers.builder import Builder
from bot.question.plan import Plan
from bot.question.terms import said_of_all, same, says, terms
from corpus.paper import Passage
from kpi_tools.ledger import Record

MOST_WORDS = 120  # of a section; of a longer one its beginning
MOST = 5  # reports to choose from
LEAST = 2  # words of a section's heading that a question must say: "legal implications"
_SAID_OF_ALL = said_of_all("agenda", "little")
_Report = tuple[str, str]  # the document, and its item's number


def asks_of(plan: Plan) -> bool:
    """Whether a question asks for a section that reports have."""
    return says("text.section", plan.question)


def answer(plan: Plan, passages: Iterable[Passage], records: Sequence[Record], builder: Builder) -> str:
    """The section that a question asks for, of the report that the rest of its words name; of several the beginning of
    each, to choose from; "" where no such report has one."""
    said = frozenset(t for t in terms(plan.question, "little") if t not in _SAID_OF_ALL)
    every = [(p, _heading(p)) for p in passages]
    most = max((len(said & own) for _, own in every), default=0)
    titles = {(r.place.document, r.fields["number"]): r.fields["title"] for r in records if r.kind == "agenda_item"}
    found: dict[_Report, list[Passage]] = {}
    for passage, own in every:
        if len(said & own) == most >= LEAST and all(same(t, _called(passage, titles, builder)) for t in said - own):
            found.setdefault(_report(passage), []).append(passage)
    for report, told in list(found.items())[:MOST]:
        if len(found) == 1:
            return _tell(told, builder)
        named = titles.get(report) or builder.titles.get(report[0], "") or report[0]
        builder.cite(told[0].places[0], f"{named}: {told[0].text}")
        builder.lines.append(f"• {named}: {told[0].text}")
    if len(found) > MOST:
        builder.lines.append("and other reports have one.")
    return "clarify" if found else ""


def _tell(told: Sequence[Passage], builder: Builder) -> str:
    for passage in told:
        if builder.lines and builder.length(passage.text) > MOST_WORDS:
            builder.lines.append("…")
            break
        builder.cite(passage.places[0], passage.text)
        builder.lines.append(passage.text)
    return "answered"


def _heading(passage: Passage) -> frozenset[str]:
    """The words of the heading that a passage stands under, without those of the headings above that."""
    return frozenset(terms(passage.heading.rpartition("›")[2], "little"))


def _report(passage: Passage) -> _Report:
    return passage.places[0].document, passage.places[0].item


def _called(passage: Passage, titles: Mapping[_Report, str], builder: Builder) -> frozenset[str]:
    """The words of what a passage's report and its paper are called."""
    paper = builder.called(passage.places[0].document)
    return frozenset(terms(f"{titles.get(_report(passage), '')} {paper}", "little"))
