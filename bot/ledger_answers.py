"""Answers out of the ledger: rectification plans, plan items, risks, budgets, people."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from bot import promise_answers, words
from bot.builder import Builder
from bot.terms import same, terms
from bot.understand import Plan
from kpi_tools.ledger import Record
from kpi_tools.names import entity, find_entities, squash

_OVERDUE = re.compile(
    r"\b(overdue|past (its|their|the) (due|target)|behind schedule|missed (its|their) (date|deadline))\b", re.IGNORECASE
)
_HISTORY = re.compile(
    r"\b(what (has |have |had )?(happened|become|been happening|been done)|history|timeline|story|over time|so far)\b",
    re.IGNORECASE,
)
MOST = 6  # records put into words; of more, the answer says how many there are


def answer(plan: Plan, records: Sequence[Record], builder: Builder, today: date | None = None) -> str:
    """Write the answer to a question about the ledger into `builder`; its status, "" where the ledger does not say."""
    if plan.subject == "ref":
        found = [r for r in records if squash(r.fields.get("ref", "")) in {squash(ref) for ref in plan.refs}]
        return _by_ref(found, builder)
    kind = "member" if plan.subject in PEOPLE else plan.subject
    own = [r for r in records if r.kind == kind]
    if kind == "plan_item" and today and _OVERDUE.search(plan.question):
        about = [r for r in own if _fits(plan, r, ("description", "milestone", "plan"))] if _topic(plan) else own
        return promise_answers.overdue(about, plan.entities, today, builder)
    if kind == "plan_item" and _HISTORY.search(plan.question):
        about = [r for r in own if _fits(plan, r, ("ref", "description"))]
        if told := promise_answers.history(about, builder):
            return told
    return SUBJECTS[plan.subject](plan, own, builder) if own else ""


def _latest(records: Sequence[Record]) -> list[Record]:
    """The records of the latest paper that has any."""
    dates = [r.as_of for r in records if r.as_of]
    return [r for r in records if r.as_of == max(dates)] if dates else list(records)


def _mentions(record: Record, name: str) -> bool:
    """Whether a record names a council, by any of its forms."""
    text = " ; ".join(record.fields.values())
    return name in (found for found, _, _ in find_entities(text, known=(name,)))


def _write(builder: Builder, record: Record, sentence: str) -> None:
    builder.cite(record.place, record.quote)
    builder.lines.append(sentence)


# Rectification plans


def _by_ref(found: Sequence[Record], builder: Builder) -> str:
    plans = [r for r in found if r.kind == "rectification"]
    if plans:
        history = sorted(plans, key=lambda r: str(r.as_of))
        _write(builder, history[-1], _rectification(history[-1]))
        for earlier in history[:-1]:
            if earlier.fields["status"] != history[-1].fields["status"]:
                _write(
                    builder, earlier, f"An earlier paper had it {earlier.fields['status']}: {earlier.fields['update']}"
                )
        return "answered"
    for record in _latest(found)[:MOST]:
        _write(builder, record, _item(record))
    return "answered" if builder.lines else ""


def _rectification(record: Record) -> str:
    f = record.fields
    status = f" is {f['status']}" if f["status"] else ""
    ref = f["ref"] if re.search(r"\d", f["ref"]) else f"The plan without a ref ({f['ref'] or 'none'})"
    return f"{ref} ({f['area']}: {f['default']}){status}. {f['update']}"


def _rectifications(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    low = plan.question.lower()
    wanted = (
        "closed" if "clos" in low else "open" if re.search(r"\b(open|outstanding|live|current|remain)", low) else ""
    )
    newest = _latest(records)
    chosen = [r for r in newest if not wanted or r.fields["status"] == wanted]
    about = [r for r in chosen if _fits(plan, r, ("area", "default", "update"))]
    chosen = about or chosen
    state = f"{wanted} " if wanted else ""
    if not chosen:
        builder.cite(newest[0].place, newest[0].quote)
        builder.lines.append(f"The latest paper lists no {state}rectification plan.")
        return "answered"
    number = builder.count("count", len(chosen), "rectification plans")
    builder.lines.append(f"{number} {state}rectification plan{'s' if number > 1 else ''} in the latest paper:")
    for record in chosen[:MOST]:
        _write(builder, record, f"• {_rectification(record)}")
    return "answered"


def _fits(plan: Plan, record: Record, fields: Sequence[str]) -> bool:
    """Whether a record is about what the question is about."""
    asked = [t for t in plan.topic if t not in _CUES]
    held = frozenset(terms(" ".join(record.fields[f] for f in fields)))
    return bool(asked) and sum(same(t, held) for t in asked) >= max(1, round(0.6 * len(asked)))


_CUES = frozenset(
    terms(
        "rectification plan open closed status item red amber green risk budget meeting last happened annual service"
        " overdue past due late milestone"
    )
)

# Annual plans


def _plan_items(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    low = plan.question.lower()
    rag = next((c for c in ("red", "amber", "green") if re.search(rf"\b{c}\b", low)), "")
    rated = [r for r in records if r.fields["rag"]] if rag else records
    titled = [r for r in rated if _fits(plan, r, ("description",))]
    about = [r for r in rated if _fits(plan, r, ("ref", "description", "milestone", "progress"))]
    chosen = _latest(titled or about or ([] if _topic(plan) else rated))
    chosen = [r for r in chosen if not rag or r.fields["rag"] == rag]
    for council in plan.entities:
        chosen = [r for r in chosen if _mentions(r, council)]
    if not chosen:
        return ""
    if len(chosen) > 1:
        kind = f"items rated {rag}" if rag else "items"
        number = builder.count("count", len(chosen), "items")
        builder.lines.append(f"{number} {kind} in the latest plan:")
    for record in chosen[:MOST]:
        _write(builder, record, f"• {_item(record)}" if len(chosen) > 1 else _item(record))
    if len(chosen) > MOST:
        builder.lines.append(f"and {builder.count('more', len(chosen) - MOST, 'items')} more.")
    return "answered"


def _item(record: Record) -> str:
    """A plan's item in one line: what, when, how it stands, the newest note."""
    f = record.fields
    if record.kind != "plan_item":
        return "; ".join(f"{name}: {value}" for name, value in f.items() if value)
    what = " ".join(p for p in (f["ref"], f["description"]) if p)
    parts = [f"{what}: {f['milestone']}" if f["milestone"] else what]
    parts += [f"due {f['due']}"] if f["due"] else []
    parts += [f["status"].lower()] if f["status"] else []
    parts += [f"rated {f['rag']}"] if f["rag"] and f["rag"] != f["status"].lower() else []
    return f"{', '.join(parts)}. {' '.join(notes(f['progress'])[:2])}".strip()


_NOTE_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{2,4})\b(?=\s*[-–:]?\s)")


def notes(progress: str) -> list[str]:
    """Progress notes, split at their own dates, the newest first; undated text is one note."""
    starts = [m for m in _NOTE_DATE.finditer(progress) if int(m[2]) <= 12]
    if not starts:
        return [_trim(progress)] if progress else []
    ends = [m.start() for m in starts[1:]] + [len(progress)]
    dated = [
        ((int(m[3]) % 100, int(m[2]), int(m[1])), progress[m.start() : e].strip())
        for m, e in zip(starts, ends, strict=True)
    ]
    return [_trim(text) for _, text in sorted(dated, key=lambda d: d[0], reverse=True)]


def _trim(text: str, most: int = 45) -> str:
    """The first sentences of a text, up to about `most` words."""
    said = ""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if said and len(f"{said} {sentence}".split()) > most:
            break
        said = f"{said} {sentence}".strip()
    return said


# Risks, budgets, people


def _score(record: Record) -> Decimal:
    try:
        return Decimal(record.fields["score"].strip())
    except InvalidOperation:
        return Decimal(-1)


def _risks(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    documents = {r.place.document for r in records if any(_mentions_paper(r, e, builder) for e in plan.entities)}
    pool = [r for r in records if r.place.document in documents] if documents else _latest(records)
    about = [r for r in pool if _fits(plan, r, ("description", "impact", "mitigation"))]
    ranked = sorted(about or pool, key=_score, reverse=True)
    if plan.operation == "rank" and ranked:
        ranked = [r for r in ranked if _score(r) == _score(ranked[0])]
    for record in ranked[:MOST]:
        f = record.fields
        score = f"{f['score']}: " if f["score"] else ""
        owner = f". Owner: {f['owner']}" if f["owner"] else ""
        _write(builder, record, f"• {score}{f['description']}{owner}")
    return "answered" if ranked else ""


def _mentions_paper(record: Record, council: str, builder: Builder) -> bool:
    title = builder.titles.get(record.place.document, "")
    return council in (found for found, _, _ in find_entities(f"{title} {record.place.document}", known=(council,)))


def _budget(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    """The lines that name the council or the thing asked; what the tables do not hold is left to the text."""
    if plan.operation in ("change", "trend"):
        return ""
    if plan.entities:
        chosen = [r for r in records if entity(r.fields["line"]) in plan.entities]
    else:
        chosen = [r for r in records if _fits(plan, r, ("line",))]
        if not chosen and re.search(r"\b(total|whole|overall|how much is)\b", plan.question.lower()):
            chosen = [r for r in records if re.match(r"total\b", r.fields["line"], re.IGNORECASE)]
    chosen = [r for r in chosen if not _topic(plan) or _fits_budget(plan, r)] or chosen
    for record in _latest(chosen)[:MOST]:
        f = record.fields
        amounts = f"{f['line']}: {f['amounts']}"
        builder.cite(record.place, amounts)  # a line with the headers of its columns
        builder.lines.append(f"{amounts} ({f['budget']})." if f["budget"] else f"{amounts}.")
    return "answered" if builder.lines else ""


def _topic(plan: Plan) -> list[str]:
    return [t for t in plan.topic if t not in _CUES]


def _fits_budget(plan: Plan, record: Record) -> bool:
    return _fits(plan, record, ("budget", "line", "amounts"))


PEOPLE = {"member": "member", "apologies": "apologies", "attendance": "present"}


def _people(plan: Plan, records: Sequence[Record], builder: Builder) -> str:
    role = PEOPLE[plan.subject]
    chosen = [r for r in records if r.fields["role"] == role]
    if plan.entities:
        chosen = [
            r
            for r in chosen
            if any(name in plan.entities for name, _, _ in find_entities(r.fields["council"], known=plan.entities))
        ]
    if "chair" in plan.question.lower():
        chosen = [r for r in records if re.search(r"\bchair", r.quote, re.IGNORECASE)]
    chosen = _latest(chosen)
    if not chosen:
        return ""
    if "chair" in plan.question.lower():
        for record in chosen:
            _write(builder, record, f"{record.quote}.")
        return "answered"
    names = [f"{r.fields['name']} ({r.fields['council']})" if r.fields["council"] else r.fields["name"] for r in chosen]
    for record in chosen:
        builder.cite(record.place, record.quote)
    head = {"member": "Members", "apologies": "Apologies were sent by", "present": "Present"}[role]
    builder.lines.append(f"{head}: {words.listed(list(dict.fromkeys(names)))}.")
    return "answered"


SUBJECTS: dict[str, Callable[[Plan, Sequence[Record], Builder], str]] = {
    "rectification": _rectifications,
    "plan_item": _plan_items,
    "risk": _risks,
    "budget_line": _budget,
    **dict.fromkeys(PEOPLE, _people),
}
