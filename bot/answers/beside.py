"""What the row of a plan item or a risk says under a header of its own: "the success criteria of the migration"."""

from collections.abc import Iterator, Mapping, Sequence

from bot.answers import meant
from bot.answers.builder import Builder
from bot.answers.item_lines import cut
from bot.question.plan import Plan
from bot.question.terms import same, terms
from kpi_tools import promises
from kpi_tools.ledger import Record

ENOUGH = 0.75  # of a question's other words by weight, that say which row is meant
LEAST = 2  # words of a header: one alone ("Service") may stand in any question


def answer(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str]) -> str:
    """The status of an answer by the one item or risk whose row has a header that a question says, "" for none."""
    said = set(terms(plan.question, "little"))
    named = {head for record in records for head, _ in _columns(record) if _is_said(head, said)}
    if not named:
        return ""
    of_heads = {term for head in named for term in terms(head, "little")}
    pool = meant.papers_of(plan, promises.current(records, homes), homes, builder)
    words = tuple(term for term in meant.asked(plan) if not same(term, of_heads))
    pool, own = meant.by_title(words, [r for r in pool if any(head in named for head, _ in _columns(r))], builder)
    found = meant.about(own, pool, meant.of_fields("ref", "description"), ENOUGH, meant.cues(plan))
    if len({(r.place.document, r.fields["description"]) for r in found}) != 1:
        return ""
    for record in found:
        for head, text in _columns(record):
            if head in named:
                builder.cite(record.place, record.quote)
                builder.lines.append(f"{cut(record.fields['description'])}: {head}: {text}")
    return "answered"


def _columns(record: Record) -> Iterator[tuple[str, str]]:
    """What stands under each header that no field is of."""
    for line in record.fields.get("other", "").splitlines():
        head, _, text = line.partition(": ")
        yield head, text


def _is_said(head: str, said: set[str]) -> bool:
    own = terms(head, "little")
    return len(own) >= LEAST and all(same(term, said) for term in own)
