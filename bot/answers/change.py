"""Answers about what changed from one version of a plan to the next: added, gone, slipped, status or RAG changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot import words
from bot.answers import meant
from bot.answers.builder import Builder
from bot.answers.item_lines import cut
from bot.answers.plan_names import is_named, is_of_service, shared
from bot.answers.steps import told_apart
from bot.question.plan import Plan
from bot.question.terms import names, said_of_all, says, terms
from kpi_tools import promises
from kpi_tools.due import find_days
from kpi_tools.ledger import Record
from kpi_tools.promises import Change

MOST = 10  # changes put into words; of more, the answer says how many there are
MOST_WORDS = 150  # of all of them
MOST_TEXT = 12  # of a description or a milestone
_SAID_OF_CHANGES = said_of_all("changes")
_DAYS = frozenset(("slipped", "brought forward"))
# The kinds of changes, in the order in which they are told, with their words for one and for several.
KINDS: dict[str, tuple[str, str]] = {
    "slipped": ("slipped", "slipped"),
    "brought forward": ("was brought forward", "were brought forward"),
    "due": ("has another due date", "have another due date"),
    "status": ("changed status", "changed status"),
    "rag": ("changed RAG", "changed RAG"),
    "added": ("is new", "are new"),
    "gone": ("is no longer in the plan", "are no longer in the plan"),
}


def answer(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str]) -> str:
    """What became of a plan's items from the last but one paper to the latest; "" where no plan has two papers."""
    items = [r for r in records if r.kind == "plan_item"]
    pairs = promises.versions(_in_years(plan, items), homes) or promises.versions(items, homes)
    if items and not pairs and not meant.asked(plan):
        return builder.end("not_found", "The papers hold no two versions of one plan to compare.")
    common = shared([after[0] for _, after in pairs])
    named = [pair for pair in pairs if is_named(pair[1][0], plan, common) or is_of_service(pair[1][0], plan)]
    found = [c for before, after in named or pairs for c in promises.changes(before, after)]
    if not found:
        return ""
    own = _own_words(plan, [r for pair in named for r in pair[1]])
    if own:
        found = _of_steps(plan, _about(plan.question, own, meant.cues(plan), found))
    for council in plan.entities:
        found = [c for c in found if promises.of_council([r for r in (c.before, c.after) if r], council)]
    wanted = [kind for kind in names("change") if says(f"change.{kind}", plan.question)]
    if own and not _DAYS.isdisjoint(wanted):
        wanted.append("due")  # of the item that is asked about it says why there is no number of days
    chosen = [c for c in found if not wanted or c.kind in wanted]
    if not found:
        return ""
    before, after = _papers(named or pairs, builder)
    builder.assume(f"{after} against {before}; items are matched by meaning.")
    if not chosen:
        return _none(found, wanted, builder)
    _count(chosen, builder)
    _list(sorted(chosen, key=lambda c: (list(KINDS).index(c.kind), -c.days)), builder)
    return "answered"


def _in_years(plan: Plan, items: Sequence[Record]) -> list[Record]:
    """The items of the papers up to the end of the period asked, where it was one day, month or year."""
    if not plan.until or plan.since == plan.until:
        return list(items)
    until = date.fromisoformat(plan.until)
    return [r for r in items if r.as_of is None or r.as_of <= until] or list(items)


def _own_words(plan: Plan, named: Sequence[Record]) -> tuple[str, ...]:
    """The words of a question that are about an item, and not about its plan or what became of it."""
    of_plan = {t for r in named for t in terms(r.fields["plan"]) if not any(c.isdigit() for c in t)}
    return tuple(t for t in meant.asked(plan) if t not in of_plan and t not in _SAID_OF_CHANGES)


def _about(question: str, own: Sequence[str], also: Sequence[str], found: Sequence[Change]) -> list[Change]:
    """The changes of the items that a question is about: by what either version of one says."""
    each = [(c, r) for c in found for r in (c.before, c.after) if r]
    records = [r for _, r in each]
    about = meant.in_a_row(question, records, meant.of_fields("description")) or meant.about(
        own, records, meant.of_fields("ref", "description", "milestone"), also=also
    )
    return [c for c in found if any(r is one for one in about for r in (c.before, c.after))]


def _of_steps(plan: Plan, found: Sequence[Change]) -> list[Change]:
    """The changes of those steps of one item that a question means most plainly; all of them where it names none."""
    after = [c.after for c in found if c.after]
    told = told_apart(plan, after, after)
    return [c for c in found if any(c.after is r for r in told)] if len(told) < len(after) else list(found)


def _papers(pairs: Sequence[tuple[list[Record], list[Record]]], builder: Builder) -> tuple[str, str]:
    """What the earlier and the later papers are called."""
    sides = ([pair[n][0].place.document for pair in pairs] for n in (0, 1))
    named = [words.listed(list(dict.fromkeys(builder.titles.get(d) or d for d in side))) for side in sides]
    return named[0], named[1]


def _none(found: Sequence[Change], wanted: Sequence[str], builder: Builder) -> str:
    _cite(_once(found)[0], builder)
    return builder.end("answered", f"No item {words.listed([KINDS[kind][0] for kind in wanted], 'or')}.")


def _count(chosen: Sequence[Change], builder: Builder) -> None:
    said = []
    for kind, (one, several) in KINDS.items():
        number = sum(c.kind == kind for c in chosen)
        if number:
            said.append(f"{builder.count(kind, number, 'items')} {one if number == 1 else several}")
    builder.lines.append(f"{words.listed(said)[:1].upper()}{words.listed(said)[1:]}:")


@dataclass(frozen=True, slots=True)
class _Told:
    """A change as it is told: once for all the earlier items that became one in the same way, and for all `steps` of an
    item that are new or gone."""

    change: Change
    before: tuple[Record, ...]
    steps: int


def _once(chosen: Sequence[Change]) -> list[_Told]:
    """The changes, those that say the same of one later item together, and the steps of one that are new or gone."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in chosen:
        field = {"status": "status", "rag": "rag"}.get(change.kind, "due")
        one = (change.after or change.before).fields  # type: ignore[union-attr]
        key: tuple[object, ...] = (change.kind, one["plan"], one["ref"], one["description"])
        if change.after and change.before:
            key = (change.kind, id(change.after), change.days, change.before.fields[field])
        groups.setdefault(key, []).append(change)
    of = ((each, tuple(c.before for c in each if c.before)) for each in groups.values())
    return [_Told(each[0], before if each[0].after else before[:1], len(each)) for each, before in of]


def _list(chosen: Sequence[Change], builder: Builder) -> None:
    every = _once(chosen)
    told = 0
    for each in every[:MOST]:
        line = f"• {_TOLD[each.change.kind](each, builder)}"
        if told and builder.length(line) > MOST_WORDS:
            break
        _cite(each, builder)
        builder.lines.append(line)
        told += 1
    left = len(chosen) - sum(each.steps for each in every[:told])
    builder.more(left, "changes")


def _cite(told: _Told, builder: Builder) -> None:
    for record in (*told.before, told.change.after):
        if record:
            builder.cite(record.place, f"{_what(record)}: {record.quote}")


def _what(record: Record) -> str:
    """An item in a few words: ref, description and milestone."""
    fields = record.fields
    named = " ".join(filter(None, (fields["ref"], cut(fields["description"], MOST_TEXT))))
    return ": ".join(filter(None, (named, cut(fields["milestone"], MOST_TEXT)))).strip("• ")


def _both(told: _Told, field: str) -> tuple[str, str]:
    return tuple((r.fields[field] if r else "") or "none" for r in (told.change.before, told.change.after))  # type: ignore[return-value]


def _slipped(told: _Told, builder: Builder) -> str:
    change = told.change
    days = builder.count(change.kind, change.days, "days")
    was, now = _both(told, "due")
    if not all(any(day.whole for day in find_days(text)) for text in (was, now)):
        builder.assume("A month without a day is taken as over on its last day.")
    moved = "slipped" if change.kind == "slipped" else "was brought forward"
    return f"{_named(told)} {moved} by {days} day{'' if days == 1 else 's'}, from {was} to {now}."


def _field(field: str, called: str) -> Callable[[_Told, Builder], str]:
    def said(told: _Told, builder: Builder) -> str:  # noqa: ARG001
        was, now = _both(told, field)
        return f"{_named(told)}: {called} was {was}, is {now}."

    return said


def _named(told: _Told) -> str:
    """The item as the later plan has it, with its refs before where they were others."""
    assert told.change.after
    after = told.change.after
    refs = [r.fields["ref"] for r in told.before if r.fields["ref"] and r.fields["ref"] != after.fields["ref"]]
    return f"{_what(after)} (was {words.listed(list(dict.fromkeys(refs)))})" if refs else _what(after)


def _new(told: _Told, builder: Builder) -> str:
    """An item that only one of the plans has, with its due date; of several steps of it, how many."""
    record = told.change.after or told.change.before
    assert record
    if told.steps > 1:
        named = " ".join(filter(None, (record.fields["ref"], cut(record.fields["description"], MOST_TEXT))))
        return f"{named}, {builder.count(told.change.kind, told.steps, 'items')} steps"
    return f"{_what(record)}, due {record.fields['due']}" if record.fields["due"] else _what(record)


_TOLD: dict[str, Callable[[_Told, Builder], str]] = {
    "slipped": _slipped,
    "brought forward": _slipped,
    "due": _field("due", "due"),
    "status": _field("status", "status"),
    "rag": _field("rag", "RAG"),
    "added": lambda told, builder: f"New: {_new(told, builder)}.",
    "gone": lambda told, builder: f"No longer there: {_new(told, builder)}.",
}
