"""Answers out of whatever record holds clearly more of a question than any other, and than the text that was found.

No cue says what kind of record a question is about: its words do, each by how rare it is in all papers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from bot.answers import item as item_answers
from bot.answers import meant
from bot.answers import money as money_answers
from bot.answers import risk as risk_answers
from bot.answers.asked import Asked, asked
from bot.answers.builder import Builder
from bot.answers.initials import defined, spelled
from bot.answers.money_lines import in_period, is_council
from bot.answers.needed import has_needed
from bot.question.plan import Plan
from bot.question.terms import in_full, stem, terms
from bot.question.terms import words as said_words
from indexer.search import Search
from kpi_tools import promises
from kpi_tools.ledger import Record
from kpi_tools.names import find_entities

SUBJECTS = ("text", "plan_item", "rectification", "request", "decision", "risk", "recommendation", "kpi", "budget_line")
MOST_HITS = 24  # passages, in which abbreviations may be explained
MOST = 3  # records put into words, but for the steps of one item; of more, the question fits none
ENOUGH = 0.75  # of a question's words by weight, that a record must have
LEAST = 0.5  # of them, where no other record has nearly as much
LEAD = 0.2  # by how much it must have more than others then, and than a text that answers
NEARLY = 0.12  # from the best, within which records are meant too
NOTED = 0.7  # of what it says, says a word that only a record's notes hold
# By kind: what says what a record is about, and what else is told of it.
_FIELDS: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "rectification": (("ref", "area", "default"), ("update",)),
    "plan_item": (("ref", "description", "milestone"), ("progress", "driver", "lead", "plan", "part")),
    "risk": (("ref", "description"), ("impact", "cause", "mitigation")),
    "request": (("text", "of", "by"), ("about",)),
    "decision": (("text", "of"), ()),
    "budget_line": (("line", "budget"), ("amounts",)),
}
_MONEY = ("budget_line",)
_NUMBER = re.compile(r"\bhow (much|far)\b|\b(total|amount)\b")
_WHO = re.compile(r"\bwho\b")
_COUNTED = re.compile(r"\bhow (many|often|long)\b|\b(percentage|per cent|average|number)\b|%")
_ROW = re.compile(r"[^:;…]{1,60}: [^;…]+[;…] ?[^:;…]{1,60}: ")  # "Ref: R1; Area: Finance"
# Who asks for how a thing stands wants its record, though a text speaks of it as much.
_STANDS = re.compile(
    r"\b(status|latest|progress|where|getting on|how (is|are|far)|going|going on|happening|happened|done|finished"
    r"|completed?|ready|sorted|started|stand|stands|live|outstanding|due|deadline|by when|when)\b"
)
# After one of these, or after who is asked about, a word says what is done and names nothing: "to guard against".
_BEFORE_VERBS = re.compile(
    r"to|be|been|being|is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|must|not|it|they|we|you|anyone"
)
_SAID_OF_ALL = frozenset(
    terms(
        "mess problem issue matter business saga affair closed off involve involved"
        " sorted done going thing things happening yet finished ready resolved coming along getting moving"
        " anywhere somewhere nowhere",
        "little",
    )
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A record with how much of a question it holds: all of it is 1."""

    record: Record
    held: float


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a question asks of a record, its words as they stand in rows, and the abbreviations that papers explain."""

    asked: Asked
    rows: Sequence[Sequence[str]]
    short: frozenset[str]

    @property
    def said(self) -> int:
        return len(self.asked.words) + len(self.asked.names)

    def share(self, text: str) -> float:
        """How much of the question a text holds, by its words or their initials."""
        return self.asked.share(text, spelled(self.rows, text, self.short))

    def held(self, title: str, notes: str) -> float:
        """How much of it the title of a record holds, and, for less, its notes."""
        return (1 - NOTED) * self.share(title) + NOTED * self.share(f"{title} {notes}")


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
    or a time, or fits none, many, or that text as well."""
    low = in_full(plan.question)
    kinds = _kinds(plan, low)
    every = asked(plan, search, exempt, ())
    short = defined(hit.passage.text for hit in search.find(plan.question, MOST_HITS, exempt))
    whole = _Sought(every, _rows(plan, every), short)
    sought = replace(whole, asked=_core(plan, every, search.weights({"": ()}, exempt)[""]))
    found = _best(plan, sought, [r for r in records if r.kind in kinds], homes, builder) if sought.said else []
    if not found:
        return ""
    if given and not is_row(builder.lines) and not (plan.subject == "text" and _surpass(found[0], whole, low, builder)):
        return ""
    told = Builder(builder.titles)
    _tell([f.record for f in found], records, plan, low, told)
    if not told.lines or not has_needed(plan, " ".join(told.lines)):
        return ""
    builder.lines[:], builder.citations[:] = told.lines, told.citations
    builder.results += told.results
    return "answered"


def _kinds(plan: Plan, low: str) -> Sequence[str]:
    """The kinds of records that may answer: no promise tells a number, or what was in some time; money may."""
    if _COUNTED.search(low) or (plan.subject == "kpi" and (plan.since or _NUMBER.search(low))):
        return ()
    if plan.since or _NUMBER.search(low):
        return _MONEY
    # Who does a thing is no risk's owner.
    return [kind for kind in _FIELDS if kind != "risk" or risk_answers.OWNS.search(low) or not _WHO.search(low)]


def _core(plan: Plan, whole: Asked, unheard: float) -> Asked:
    """What a question asks of a record: without the words that all such questions have, those that only say what is
    done, in words that no paper has, and its councils, whose records alone are held against it."""
    verbs = _verbs(plan)
    idle = {*meant.CUES, *_SAID_OF_ALL, *(t for t, w in whole.words.items() if t in verbs and w >= unheard)}
    councils = {t for name in plan.entities for t in terms(name, "little")}
    told = terms(plan.question)
    kept = {t: w for t, w in whole.words.items() if t in told and t not in idle}
    names = {t: w for t, w in whole.names.items() if t not in councils}
    pairs = [(a, b) for a, b in whole.pairs if a in kept and b in kept]
    return replace(whole, words=kept, names=names, pairs=pairs)


def _rows(plan: Plan, whole: Asked) -> list[Sequence[str]]:
    """The words of a question that say something, as they stand in a row without others between them."""
    said = [stem(w) for w in said_words(plan.question)]
    grouped = groupby(said, lambda word: word in whole.words or word in whole.names)
    return [tuple(row) for telling, row in grouped if telling]


def _verbs(plan: Plan) -> frozenset[str]:
    """The words of a question that stand where verbs do."""
    ends = [end for _, _, end in find_entities(plan.question, plan.entities)]
    named = {stem(w) for end in ends for w in said_words(plan.question[end:].removeprefix("'s"))[:1]}
    return frozenset(named | {stem(b) for a, b in pairwise(said_words(plan.question)) if _BEFORE_VERBS.fullmatch(a)})


def _surpass(found: _Found, whole: _Sought, low: str, builder: Builder) -> bool:
    """Whether a record holds clearly more of a question than the text that answers it; or as much, where the question
    asks how a thing stands."""
    ahead = whole.share(" ".join(_texts(found.record, builder))) - whole.share(" ".join(builder.lines))
    return ahead >= LEAD or (ahead > -NEARLY and bool(_STANDS.search(low)))


def _best(
    plan: Plan, sought: _Sought, records: Sequence[Record], homes: Mapping[str, str], builder: Builder
) -> list[_Found]:
    """The records of one kind that hold most of a question, where it is enough and no others hold as much."""
    scored = [
        _Found(r, sought.held(*_texts(r, builder)))
        for kind in _FIELDS
        for r in _pool(plan, [r for r in records if r.kind == kind], homes, builder)
    ]
    most = max((f.held for f in scored), default=0.0)
    near = [f for f in scored if f.held >= most - NEARLY]
    kinds = list(dict.fromkeys(f.record.kind for f in sorted(near, key=lambda f: -f.held)))
    near = _fullest(plan, [f for f in near if f.record.kind == kinds[0]], builder) if kinds else []
    several = len(near) > MOST and not _one_item([f.record for f in near])
    if not near or several:
        return []
    others = max((f.held for f in scored if f not in near), default=0.0)
    alone = most >= LEAST and most - others >= LEAD and sought.said > 1
    return sorted(near, key=lambda f: -f.held) if most >= ENOUGH or alone else []


def _one_item(records: Sequence[Record]) -> bool:
    """Whether records are the steps of one item of a plan."""
    return len({(r.kind, r.fields.get("description", "") or r.fields.get("line")) for r in records}) == 1


def _pool(plan: Plan, records: Sequence[Record], homes: Mapping[str, str], builder: Builder) -> list[Record]:
    """The records of the latest paper that has them, of the councils that a question names."""
    pool = promises.current(records, homes)
    for council in plan.entities:
        own = [r for r in pool if homes.get(r.place.document) == council]
        own = [r for r in pool if r.kind in _MONEY and is_council(r, council)] or own
        theirs = promises.of_council(pool, council)
        pool = own or [r for r in pool if any(r is one for one in theirs) or _called(r, council)]
    return [r for r in pool if r.kind not in _MONEY or in_period(plan, r, records, builder)]


def _called(record: Record, council: str) -> bool:
    """Whether a record is called after a council: "Mendip collection plan"."""
    said = " ; ".join(record.fields[name] for name in _FIELDS[record.kind][0])
    return any(name == council for name, _, _ in find_entities(said, known=(council,)))


def _texts(record: Record, builder: Builder) -> tuple[str, str]:
    """What says what a record is about; and what else is told of it, and of its paper."""
    title, notes = _FIELDS[record.kind]
    paper = f"{builder.titles.get(record.place.document, '')} {re.sub(r'[-_.]', ' ', record.place.document)}"
    return " ".join(record.fields[n] for n in title), " ".join((*(record.fields[n] for n in notes), paper))


def _fullest(plan: Plan, found: Sequence[_Found], builder: Builder) -> list[_Found]:
    """Of records that hold as much of a question, those that are called after its councils, and have most of its words
    that any question may have ("met")."""
    called = [f for f in found if all(_called(f.record, c) for c in plan.entities)] or found
    cues = meant.cues(plan)
    counted = [sum(t in terms(" ".join(_texts(f.record, builder)), "little") for t in cues) for f in called]
    return [f for f, n in zip(called, counted, strict=True) if n == max(counted)]


def _tell(records: Sequence[Record], pool: Sequence[Record], plan: Plan, low: str, builder: Builder) -> None:
    if records[0].kind == "plan_item":
        item_answers.told(records, "", item_answers.asked_of(low), builder)
        return
    if records[0].kind in _MONEY:
        money_answers.of_lines(plan, records, pool, builder)
        return
    for record in records:
        if record.kind == "risk":
            risk_answers.tell(record, low, builder)
            continue
        fields = record.fields
        builder.cite(record.place, ": ".join(filter(None, (fields.get("meeting"), record.quote))))
        if record.kind == "rectification":
            status = f" is {fields['status']}" if fields["status"] else ""
            builder.lines.append(f"{fields['ref']} ({fields['area']}: {fields['default']}){status}. {fields['update']}")
        else:
            builder.lines.append(f"{fields['meeting']}: {fields['text']}")
