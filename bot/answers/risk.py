"""Answers out of risk registers: the highest, those with a score, whose they are, what would follow, what is done."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from bot import words as sayings
from bot.answers import meant
from bot.answers.builder import Builder
from bot.question.plan import Plan
from bot.question.terms import said_of_all, says, terms, vocabulary, which, words
from indexer.shapes.headers import way_of
from kpi_tools import promises
from kpi_tools.ledger import Record
from kpi_tools.names import find_entities

SEVERAL = 3  # of "the top risks", where they are not numbered
MOST = 6  # risks put into words; of more, the answer says how many there are
_NUMBERED = re.compile(
    r"\b(?P<field>rated|rating|score[sd]?|scoring|likelihood|impact)\b(?: (?:of|at|is|as|a|an|are|by))*"
    r" (?P<how>(?:[a-z]+ ){0,2}?)(?P<number>\d+)(?P<after> or (?:more|higher|above|over|less|lower|below|under))?\b"
)
_BY_NUMBER = re.compile(r"\brisk (?:no |number |id |ref )?(\d{1,3})\b")
_FIELDS = {"likelihood": "likelihood", "impact": "severity"}
_HOW: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "": operator.eq,
    "least": operator.ge,
    "most": operator.le,
    "over": operator.gt,
    "under": operator.lt,
}
_WORDED = re.compile(
    r"\b(?:rated|rating|scored?|scores?)\b(?: (?:as|of|a|at))*"
    r" (very high|high|medium|moderate|low|red|amber|green)\b"
)
# What is told of a risk where it is asked, and what that is called in the answer.
_TOLD = (
    ("impact", "Impact"),
    ("severity", "Impact score"),
    ("cause", "Cause"),
    ("inherent", "Score before mitigation"),
    ("likelihood", "Likelihood"),
    ("mitigation", "Mitigation"),
    ("further", "Further action"),
    ("due", "By"),
    ("target", "Target score"),
    ("direction", "Direction"),
)
_NOTES = ("impact", "mitigation", "further", "due")  # fields asked for in words that ask other things too
_CUES = said_of_all("risk")


def answer(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str]) -> str:
    """The risks that a question means, in words; the status, "" where none is meant."""
    low = " ".join(words(plan.question))
    pool, own = _of_papers(plan, records, homes, builder)
    titled = {t for r in pool for t in meant.titled(r, builder)}
    if rating := _named_score(low, pool):
        pool = [r for r in pool if _worded(r) == rating]
        own = tuple(t for t in own if t not in titled and t not in terms(rating))
    if numbered := _BY_NUMBER.search(low):
        pool = [r for r in pool if re.sub(r"\D", "", r.fields["ref"]).lstrip("0") == numbered[1].lstrip("0")]
        if not pool:
            return builder.end("not_found", sayings.NOT_FOUND)
    if not pool:
        return _none_of(plan, builder) if plan.entities and records else ""
    chosen, own = _of_owner(low, pool, own)
    if not own and says("risk.moved", low):
        chosen = _gone(low, chosen)  # where no record says which way a risk goes, all of them would be no answer
    if own:
        chosen = _about(own, tuple(t for t in own if t not in titled), chosen)
    chosen = _called(plan, low, pool) or chosen
    if not chosen:
        return ""
    scored = chosen if rating else _scored(low, chosen)
    if not scored:
        return _no_such_score(chosen, builder)
    ranked = _ranked(plan, low, scored)
    if says("text.count", low):
        count = builder.count("count", len(ranked), "risks")
        builder.lines.append(f"{count} risk{'' if count == 1 else 's'}:")
    for record in ranked[:MOST]:
        tell(record, low, builder)
    builder.lines.extend(_not_told(low, ranked))
    builder.more(len(ranked) - MOST, "risks")
    return "answered"


def _not_told(low: str, chosen: Sequence[Record]) -> Iterator[str]:
    """What a question asks of risks, and the register tells of none of them."""
    if says("text.anybody", low) and not any(record.fields["owner"] for record in chosen):
        yield "The register names no owner."
    for field, name in _TOLD:
        asked_for = field not in _NOTES and says(f"risk.told.{field}", low)
        if asked_for and not any(record.fields[field] for record in chosen):
            yield f"The register gives no {name.lower()}."


def _about(own: Sequence[str], left: Sequence[str], pool: Sequence[Record]) -> list[Record]:
    """The risks that words are of; without those of titles: "a breach in shared ICT" says where, and not what."""
    texts = meant.of_fields("ref", "description", "impact", "mitigation")
    return meant.about(own, pool, texts) or meant.about(left, pool, texts)


def _called(plan: Plan, low: str, pool: Sequence[Record]) -> list[Record]:
    """Of a question for one risk, those that are called by all its words."""
    said = {t for t in plan.topic if t not in _CUES}
    return [r for r in pool if said and "risks" not in low.split() and said <= {*terms(r.fields["description"])}]


def _gone(low: str, pool: Sequence[Record]) -> list[Record]:
    """The risks that went the way that a question says, by their register's own column."""
    ways = {"higher": says("risk.way.up", low), "lower": says("risk.way.down", low)}
    return [r for r in pool if ways.get(way_of(r.fields["direction"]))]


def _ranked(plan: Plan, low: str, scored: Sequence[Record]) -> list[Record]:
    """The risks in order of their scores, or of the part of it that is asked for; only the first, where these are."""
    field = which("risk.by", low)
    by = partial(score, field=field if field and all(score(r, field) >= 0 for r in scored) else "score")
    ranked = sorted(scored, key=by, reverse=not says("risk.lowest", low))
    if plan.operation != "rank" and not (says("risk.top", low) and by(ranked[0]) >= 0):
        return ranked
    first = [r for r in ranked if by(r) == by(ranked[0])]
    if plan.top or (len(first) == 1 and says("risk.several", low)):
        return [r for r in ranked if by(r) >= by(ranked[: plan.top or SEVERAL][-1])]
    return first


def asked(plan: Plan) -> tuple[str, ...]:
    """The words of a question that say what a risk is of."""
    return tuple(t for t in meant.asked(plan) if t not in _CUES and not t.isdigit())


def asks_of(low: str) -> bool:
    """Whether a question in lower case asks for something that only risks have: controls, a likelihood."""
    return says("risk.any", low)


def tell(record: Record, low: str, builder: Builder) -> None:
    """A risk in a line, with what a question in lower case asks of it."""
    builder.cite(record.place, record.quote)
    builder.lines.append(_line(record, low))
    builder.listed.append(f"the risk {record.fields['description']}")


def _line(record: Record, low: str) -> str:
    fields = record.fields
    score = f"{fields['score']}: " if fields["score"] else ""
    parts = [f"• {score}{fields['description']}"]
    parts += [f"{name}: {fields[field]}" for field, name in _TOLD if fields[field] and says(f"risk.told.{field}", low)]
    parts += [f"Owner: {fields['owner']}"] if fields["owner"] else []
    return ". ".join(part.rstrip(". ") for part in parts)


def _of_papers(
    plan: Plan, records: Sequence[Record], homes: Mapping[str, str], builder: Builder
) -> tuple[list[Record], tuple[str, ...]]:
    """The latest risks of the papers that a question means, and its words that are left.

    A council's are those of its own papers, else of shared ones that speak of it. A paper may also be named by words
    of its title or file that no risk has.
    """
    pool = promises.current(records, homes)
    if plan.entities:
        theirs = meant.papers_of(plan, pool, homes, builder)
        homed = {homes.get(r.place.document, "") for r in pool}
        pool = theirs if len(theirs) < len(pool) or homed <= {*plan.entities} else _that_name(plan, pool)
    own = asked(plan)
    held = {t for r in pool for t in terms(" ".join(r.fields.values()))}
    named = {r.place.document: meant.titled(r, builder) for r in pool}
    if own and (whole := {d for d, names in named.items() if set(own) <= names}):
        return [r for r in pool if r.place.document in whole], ()
    said = [t for t in own if t not in held and any(t in names for names in named.values())]
    most = max((sum(t in names for t in said) for names in named.values()), default=0)
    if not most:
        return pool, own
    meant_papers = {d for d, names in named.items() if sum(t in names for t in said) == most}
    return [r for r in pool if r.place.document in meant_papers], tuple(t for t in own if t not in said)


def _that_name(plan: Plan, pool: Sequence[Record]) -> list[Record]:
    """The risks of papers in which a risk names one of the councils asked for."""
    naming = {
        r.place.document
        for r in pool
        if any(name in plan.entities for name, _, _ in find_entities(" ; ".join(r.fields.values()), plan.entities))
    }
    return [r for r in pool if r.place.document in naming]


def _none_of(plan: Plan, builder: Builder) -> str:
    return builder.end("not_found", f"The papers up to then list no risks of {sayings.listed(plan.entities, 'or')}.")


def _of_owner(low: str, pool: list[Record], own: tuple[str, ...]) -> tuple[list[Record], tuple[str, ...]]:
    """The risks of the owner that a question names, and the words that are left; all, where it names none."""
    if not says("risk.owner", low) or says("text.anybody", low):
        return pool, own
    owners = {t for r in pool for t in terms(r.fields["owner"])}
    said = {t for t in terms(low) if t in owners}
    if not said:
        return pool, own
    return [r for r in pool if said <= set(terms(r.fields["owner"]))], tuple(t for t in own if t not in said)


def _worded(record: Record) -> str:
    return " ".join(words(record.fields["score"]))


def _named_score(low: str, pool: Sequence[Record]) -> str:
    """The score of several words that a question names as the register has it: "significant high"; "" for none."""
    return max((s for s in map(_worded, pool) if " " in s and f" {s} " in f" {low} "), key=len, default="")


def _scored(low: str, pool: list[Record]) -> list[Record]:
    """The risks with the score, likelihood or impact that a question names; all, where it names none."""
    if worded := _WORDED.search(low):
        return [r for r in pool if r.fields["score"].lower() == worded[1]]
    found = _NUMBERED.search(low)
    if not found:
        return pool
    said = f"{found['how']} {found['after'] or ''}"
    fits = _HOW[which("risk.bound", said)]
    field, bound = _FIELDS.get(found["field"], "score"), Decimal(found["number"])
    return [r for r in pool if (own := number(r.fields[field])) is not None and fits(own, bound)]


def _no_such_score(pool: Sequence[Record], builder: Builder) -> str:
    """That no risk is scored so; with the scores that there are."""
    held = {record.fields["score"]: record for record in sorted(pool, key=score)[::-1] if record.fields["score"]}
    for record in held.values():
        builder.cite(record.place, record.quote)
    told = sayings.listed(list(held)) or "not told"
    return builder.end("answered", f"No risk of the latest register is scored so; the scores are {told}.")


def score(record: Record, field: str = "score") -> Decimal:
    """How high a risk is scored, or its likelihood or "severity", by its number or its words: "Significant / High", a
    likelihood and an impact, is more than "Low / High"; -1 where it is not."""
    said = re.findall(r"(?:very )?[a-z]+", record.fields[field].lower())
    levels: Mapping[str, int] = vocabulary()["levels"]
    worded = [levels[word] for word in said if word in levels]
    scored = number(record.fields[field])
    return scored if scored is not None else Decimal(sum(worded)) if worded else Decimal(-1)


def number(text: str) -> Decimal | None:
    """The number of a score: of "4x3=12" and "High (12)" the 12; None where it has none, or several."""
    last = text.rpartition("=")[2]
    found = re.findall(r"\d+(?:\.\d+)?", last)
    return Decimal(found[0]) if len(found) == 1 else None
