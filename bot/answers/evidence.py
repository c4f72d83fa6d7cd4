"""Answers out of whatever record holds clearly more of a question than any other, and than the text that was found.

No cue says what kind of record a question is about: its words do, each by how rare it is in all papers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import words
from bot.answers import item as item_answers
from bot.answers import meant
from bot.answers import money as money_answers
from bot.answers import risk as risk_answers
from bot.answers.builder import Builder
from bot.answers.money_lines import in_period, is_council
from bot.answers.needed import asks_why, gives, has_needed
from bot.answers.sought import Sought, sought
from bot.answers.steps import one_item, told_apart
from bot.answers.text import LACKS, query
from bot.question.plan import Plan
from bot.question.terms import in_full, same, says, terms
from indexer.retrieval.search import Hit, Search
from kpi_tools import promises
from kpi_tools.ledger import Record
from kpi_tools.names import find_entities
from kpi_tools.periods import find_periods

SUBJECTS = (
    "text",
    "plan_item",
    "rectification",
    "request",
    "decision",
    "risk",
    "recommendation",
    "kpi",
    "budget_line",
    "plan_changes",
)
MOST_HITS = 24  # passages, in which abbreviations may be explained
MOST = 3  # records put into words, but for the steps of one item; of more, the question fits none
ENOUGH = 0.75  # of a question's words by weight, that a record must have; in its notes, where no other has as much
LEAST = 0.5  # of them, below which a record is not looked at closer
LEAD = 0.2  # by how much it must have more than others then, and than a text that answers
NEARLY = 0.12  # from the best, within which records are meant too
# By kind: what says what a record is about, and what else is told of it.
_FIELDS: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "rectification": (("ref", "area", "default"), ("update",)),
    "plan_item": (("ref", "description", "milestone"), ("progress", "driver", "lead", "plan", "part")),
    "risk": (("ref", "description"), ("impact", "cause", "mitigation", "further")),
    "request": (("text", "of", "by"), ("about",)),
    "decision": (("text", "of"), ("about",)),
    "budget_line": (("line", "budget"), ("amounts",)),
}
_MONEY = ("budget_line",)
_APART = frozenset(terms("net gross", "little"))  # without which a sum is another one: no net debt is a current one
_SAID = ("request", "decision")
_ROWS = ("rectification", "plan_item", "risk")  # the kinds that stand in rows of tables, and are told in words
_ROW = re.compile(r"[^:;…]{1,60}: [^;…]+[;…] ?[^:;…]{1,60}: ")  # "Ref: R1; Area: Finance"


@dataclass(frozen=True, slots=True)
class _Found:
    """A record with how much of a question it holds: all of it is 1."""

    record: Record
    held: float


def is_row(lines: Sequence[str]) -> bool:
    """Whether an answer is only a row of a table as the papers' text has it, which a record tells better."""
    return len(lines) == 1 and _ROW.match(lines[0]) is not None


def answer(
    plan: Plan,
    records: Sequence[Record],
    builder: Builder,
    homes: Mapping[str, str],
    search: Search,
    exempt: bool,
    given: bool,
) -> str:
    """What the records say that a question means, in place of the text that is `given`; "" where it asks for a number
    that is no money, or fits none, many, or that text as well."""
    low = in_full(plan.question)
    kinds = _kinds(plan, low)
    if not (kinds or given):
        return ""  # before anything is searched: that takes longer than all else of a question of a figure
    hits = search.find(query(plan), MOST_HITS, exempt)
    whole, core = sought(plan, search, hits, exempt)
    pool = _pool(plan, [r for r in records if r.kind in kinds], homes, builder)
    found = _best(plan, core, pool, low, builder) if core.said else []
    row = [t for t in terms(plan.question) if t in core.asked.words]
    found = [f for f in found if _of_one_thing(f.record, core, row, builder)]
    text = " ".join(builder.lines) if given else ""
    if text and not is_row(builder.lines):
        ahead = found and _surpasses(found[0], whole, plan, text, builder)
        found = found if ahead else []
    least = whole.share(text) - NEARLY if text else 0.0
    for chosen in (found, _quoted(text, hits, records, pool)):
        told = Builder(builder.titles)
        _tell(chosen, pool, plan, low, told)
        said = " ".join(told.lines)
        defaulted = all(f.record.kind == "rectification" for f in chosen)  # what failed is the reason
        if (
            said
            and has_needed(plan, said)
            and whole.turns_on(said)
            and (not asks_why(plan) or (whole.lacks(said) <= LACKS and (defaulted or gives(plan, said))))
            and all(same(t, set(terms(said, "little"))) for name in plan.unknown for t in terms(name, "little"))
            and (whole.share(said) >= least or says("text.stands", low))
        ):
            builder.lines[:], builder.citations[:] = told.lines, told.citations
            builder.results += told.results
            builder.listed += told.listed
            return "answered"
    return ""


def _kinds(plan: Plan, low: str) -> Sequence[str]:
    """The kinds of records that may answer: no promise tells a number; money may."""
    figures = plan.subject == "kpi" and (plan.since or says("text.amount", low))
    if figures or says("text.counted", low) or says("text.meeting", low):
        return ()
    if says("text.amount", low):
        return _MONEY
    if says("asked.speech", low):
        return _SAID
    # Who does a thing is no risk's owner; and no amount tells how it moved.
    moved = says("text.moves", low) or plan.operation in ("change", "trend")
    told = [kind for kind in _FIELDS if not (moved and kind in _MONEY)]
    return [kind for kind in told if kind != "risk" or says("risk.owner", low) or not says("text.anybody", low)]


def _of_one_thing(record: Record, core: Sought, row: Sequence[str], builder: Builder) -> bool:
    """Whether the words of a question are of one thing in a record: all in its title, or near one another."""
    title, notes = _texts(record, builder)
    return core.share(title) >= ENOUGH or meant.together(row, f"{title} {notes}")


def _surpasses(found: _Found, whole: Sought, plan: Plan, text: str, builder: Builder) -> bool:
    """Whether a record holds clearly more of a question than the text that answers it; or as much, where the question
    asks how a thing stands, or for records of its kind."""
    ahead = whole.share(" ".join(_texts(found.record, builder))) - whole.share(text)
    if plan.subject != "text":
        return plan.subject == found.record.kind and ahead > -NEARLY
    low = in_full(plan.question)
    meant_so = says("text.stands", low) or (found.record.kind == "risk" and risk_answers.asks_of(low))
    return ahead >= LEAD or (ahead > -NEARLY and meant_so)


def _best(plan: Plan, core: Sought, pool: Sequence[Record], low: str, builder: Builder) -> list[_Found]:
    """The records of one kind that hold most of a question, where it is enough and no others hold as much."""
    scored = [_Found(r, core.held(*_texts(r, builder))) for r in pool]
    scored = sorted((f for f in scored if f.held < LEAST or _is_timed(plan, f.record, builder)), key=lambda f: -f.held)
    if not scored:
        return []
    most = scored[0].held
    near = [f for f in scored if f.held >= most - NEARLY]
    if core.said == 1 and len({f.record.fields.get("description", f.record.quote) for f in near}) > MOST:
        return []  # one word that many records have tells none of them
    kinds = [f.record.kind for f in near]
    kind = "risk" if "risk" in kinds and risk_answers.asks_of(low) else kinds[0]
    chosen = _fullest(plan, [f for f in near if f.record.kind == kind], pool, builder)
    if len(chosen) > MOST and not one_item([f.record for f in chosen]):
        return []
    others = max((f.held for f in scored if f not in near), default=0.0)
    several = core.said > 1
    whole = core.share(" ".join(_texts(chosen[0].record, builder)))
    alone = several and most - others >= LEAD and whole >= (LEAST if kind in _MONEY else ENOUGH)
    return chosen if (most >= ENOUGH and (several or not plan.since)) or alone else []


def _is_timed(plan: Plan, record: Record, builder: Builder) -> bool:
    """Whether a record speaks of the time that a question asks for, where it does; of money its table's heads do."""
    if not plan.since or record.kind in _MONEY:
        return True
    told = find_periods(" ".join(_texts(record, builder)), plan.days[1])
    return any(plan.meets(p.start, p.end) for p, _, _ in told)


def _pool(plan: Plan, records: Sequence[Record], homes: Mapping[str, str], builder: Builder) -> list[Record]:
    """The records of the latest paper that has them, of the councils that a question names; of money, of its time."""
    pool = promises.current(records, homes)
    for council in plan.entities:
        pool = [r for kind in _FIELDS for r in _of(council, [r for r in pool if r.kind == kind], homes)]
    money = [r for r in records if r.kind in _MONEY]
    apart = set(terms(plan.question, "little")).intersection(_APART)
    pool = [r for r in pool if r.kind not in _MONEY or apart <= set(terms(" ".join(_texts(r, builder)), "little"))]
    return [r for r in pool if r.kind not in _MONEY or in_period(plan, r, money, builder)]


def _of(council: str, records: Sequence[Record], homes: Mapping[str, str]) -> list[Record]:
    """The records of one kind that are a council's: its own line, those of its papers, or those that name it."""
    lines = [r for r in records if r.kind in _MONEY and is_council(r, council)]
    own = [r for r in records if homes.get(r.place.document) == council]
    theirs = promises.of_council(records, council)
    return lines or own or [r for r in records if any(r is one for one in theirs) or _called(r, council)]


def _called(record: Record, council: str) -> bool:
    """Whether a record is called after a council: "Mendip collection plan"."""
    said = " ; ".join(record.fields[name] for name in _FIELDS[record.kind][0])
    return any(name == council for name, _, _ in find_entities(said, known=(council,)))


def _texts(record: Record, builder: Builder) -> tuple[str, str]:
    """What says what a record is about; and what else is told of it, and of its paper."""
    title, notes = _FIELDS[record.kind]
    told = (*(record.fields[n] for n in notes), builder.called(record.place.document))
    return " ".join(record.fields[n] for n in title), " ".join(told)


def _fullest(plan: Plan, found: Sequence[_Found], pool: Sequence[Record], builder: Builder) -> list[_Found]:
    """Of records that hold as much of a question, those that are called after its councils, and have most of its words
    that any question may have ("met"); of the steps of one item, those that the question tells from the others."""
    called = [f for f in found if all(_called(f.record, c) for c in plan.entities)] or list(found)
    if one_item(own := [f.record for f in called]) and (steps := told_apart(plan, own, pool)) != own:
        return [_Found(r, called[0].held) for r in steps]
    cues = meant.cues(plan)
    counted = [sum(t in terms(" ".join(_texts(f.record, builder)), "little") for t in cues) for f in called]
    return [f for f, n in zip(called, counted, strict=True) if n == max(counted)]


def _quoted(text: str, hits: Sequence[Hit], records: Sequence[Record], pool: Sequence[Record]) -> list[_Found]:
    """The records, as they stand in the latest papers, of the row of a table that a text quotes."""
    piece = text.removesuffix(" …").rpartition(" … ")[2]
    rows = [h.passage.places[0] for h in hits if piece and h.passage.places[0].row >= 0 and piece in h.passage.text]
    at = {(p.document, p.page, p.table, p.row) for p in rows[:1]}
    held = [r for r in records if r.kind in _ROWS and (p := r.place) and (p.document, p.page, p.table, p.row) in at]
    latest = [one for r in held for one in _latest(r, pool)]
    return [_Found(r, 1.0) for r in latest] if len(latest) <= MOST else []


def _latest(record: Record, pool: Sequence[Record]) -> list[Record]:
    """A record as the latest paper has it; [] where none has."""
    if any(record is one for one in pool) or record.kind != "plan_item":
        return [r for r in pool if r is record]
    alike = [(promises.likeness(record, r), at) for at, r in enumerate(pool) if r.kind == record.kind]
    score, at = max(alike, default=(0.0, 0))
    return [pool[at]] if score else []


def _tell(found: Sequence[_Found], pool: Sequence[Record], plan: Plan, low: str, builder: Builder) -> None:
    records = [f.record for f in found]
    kind = records[0].kind if records else ""
    if kind == "plan_item":
        item_answers.told(records, "", item_answers.asked_of(low), builder)
    elif kind in _MONEY:
        money_answers.of_lines(plan, records, [r for r in pool if r.kind == kind], builder)
    else:
        for record in records:
            _tell_one(record, low, builder)


def _tell_one(record: Record, low: str, builder: Builder) -> None:
    if record.kind == "risk":
        risk_answers.tell(record, low, builder)
        return
    fields = record.fields
    builder.cite(record.place, ": ".join(filter(None, (fields.get("meeting"), record.quote))))
    if record.kind == "rectification":
        builder.lines.append(words.rectification(fields))
    else:
        builder.lines.append(f"{fields['meeting']}: {fields['text']}")
