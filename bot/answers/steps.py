"""The steps of one item of a plan, told from one another by what a question says beside what the item is."""

from collections.abc import Mapping, Sequence

from bot.answers import meant
from bot.question.plan import Plan
from bot.question.terms import terms
from kpi_tools import promises
from kpi_tools.ledger import Record

_WHOLE = frozenset(terms("plan plans item items project programme strategy", "little"))  # an item, and no step of it


def one_item(records: Sequence[Record]) -> bool:
    """Whether records are the steps of one item."""
    return (
        len({(r.kind, r.place.document, r.fields.get("description", "") or r.fields.get("line")) for r in records}) == 1
    )


def told_apart(plan: Plan, chosen: Sequence[Record], pool: Sequence[Record]) -> list[Record]:
    """Of the one item that was chosen, those of its steps in `pool` that a question means most plainly ("go live");
    what was chosen, where it is several items, or none of the steps is named."""
    if not chosen or chosen[0].kind != "plan_item" or not one_item(chosen):
        return list(chosen)
    steps = [r for r in pool if one_item([r, chosen[0]])]
    about = terms(chosen[0].fields["description"], "little")
    asked = [t for t in terms(plan.question, "little") if t not in about and t not in _WHOLE]
    said = [{t for t in asked if t in terms(r.fields["milestone"], "little")} for r in steps]
    most = max((len(own) for own in said), default=0)
    told = [r for r, own in zip(steps, said, strict=True) if len(own) == most and (most > 1 or own - meant.CUES)]
    return told or list(chosen)


def no_more(plan: Plan, records: Sequence[Record], homes: Mapping[str, str]) -> list[Record]:
    """The steps that a question means of an item whose description it says, and that the latest plan has no more, as
    the last plan had them; [] for none."""
    said = set(terms(plan.question, "little"))
    named = [r for r in records if len(own := set(terms(r.fields["description"], "little"))) > 1 and own <= said]
    current = {id(r) for r in promises.current(records, homes)}
    old = named if current.isdisjoint(map(id, named)) else []
    days = promises.told_by(old)
    last = max(days.values(), default=None)
    found = [r for r in old if days[r.place.document] == last]
    return told_apart(plan, found, found) if one_item(found) else []
