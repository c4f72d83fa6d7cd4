"""A question becomes a plan: who, what measure, which period, which operation. No language model, no guess."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.catalogue import Catalogue, Entry, Match
from bot.terms import first_match, stem, terms, vocabulary
from kpi_tools.measures import OVERALL
from kpi_tools.names import find_entities, members
from kpi_tools.periods import find_periods, this_year

# A measure is meant when the question's words fit it so well, and no other nearly as well.
ENOUGH_ASKED, ENOUGH_NAMED, NEARLY = 0.55, 0.5, 0.12
# Words that some measures carry in their names, and that also name an operation.
_CODE_LIKE = re.compile(r"\bk?pis?[\s-]?\d+[a-z]?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question was understood to ask.

    `subject` is "kpi", a kind of the ledger, "slip", "text", or "refused". `measures` are keys of the catalogue's
    entries; more than one: the question does not tell which. `entities` () means none was named; `group` is "each",
    "sum", "overall" or "". `since` and `until` are ISO dates, "" where open; `period` is what was said, and `grain`
    whether it was said in months, quarters or years.
    """

    question: str
    subject: str
    operation: str
    measures: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    group: str = ""
    refs: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    period: str = ""
    grain: str = ""
    topic: tuple[str, ...] = ()

    def remember(self) -> dict[str, Any]:
        """What a thread keeps of it, as JSON."""
        return asdict(self)


def recall(kept: dict[str, Any]) -> Plan:
    """The plan that `remember` wrote."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in kept.items()}
    return Plan(**values)


# A name in a question: words with capitals after the first, or the owner of something.
_NAMES = re.compile(r"(?<=[\w,(] )[A-Z][a-z]\w+(?: [A-Z][a-z]\w+)*|\b(?:[A-Z]\w+(?: [A-Z]\w+)*|[a-z]\w+)(?=['’]s\b)")


def names_in(question: str, today: date) -> list[str]:
    """What a question writes as a name, but for periods and the words that every question has."""
    dated = [(start, end) for _, start, end in find_periods(question, today)]
    found = [m for m in _NAMES.finditer(question) if not any(s < m.end() and m.start() < e for s, e in dated)]
    return [m.group() for m in found if terms(m.group())]


@dataclass(frozen=True, slots=True)
class _Parts:
    """The pieces of a question, and the text that is left when they are taken out."""

    rest: str
    entities: tuple[str, ...]
    since: str
    until: str
    period: str


def understand(question: str, today: date, catalogue: Catalogue, before: Plan | None = None) -> Plan:
    """The plan for `question`, asked on `today`; `before` is the thread's last plan."""
    low = question.lower().strip()
    if any(re.search(p, low) for p in vocabulary()["refuse"]["patterns"]):
        return Plan(question, "refused", "")
    parts = _take_apart(question, _near(low, today, before), catalogue)
    codes = catalogue.codes_in(parts.rest)
    services = catalogue.services_in(question)
    asked = terms(_without_codes(parts.rest, catalogue))
    matches = _measures(asked, codes, services, parts.entities, catalogue)
    operation = _operation(low, matches)
    if operation != "definition":
        matches = [m for m in matches if m.entry.entities] or matches
    known = tuple(e for e in parts.entities if _covered(e, catalogue))
    plan = Plan(
        question,
        "",
        operation,
        tuple(m.entry.key for m in matches),
        known,
        tuple(e for e in parts.entities if e not in known),
        _group(low),
        catalogue.refs_in(question),
        parts.since,
        parts.until,
        parts.period,
        _grain(low),
        asked,
    )
    plan = replace(plan, subject=_subject(low, plan, bool(codes), matches))
    return _follow_on(plan, low, before, catalogue) if before else plan


def _near(low: str, today: date, before: Plan | None) -> date:
    """The day by which a question's years are read: a follow-up's "and May?" is near the period asked before."""
    if before is None or not before.since or not _leans(low) or re.search(r"\d\d", low):
        return today
    return min(today, date.fromisoformat(before.since) + timedelta(days=335))


def _leans(low: str) -> bool:
    """Whether a question opens like one that leans on the one before it."""
    return any(re.search(p, low) for p in vocabulary()["follow"]["opens"])


def _take_apart(question: str, today: date, catalogue: Catalogue) -> _Parts:
    """Entities and periods of a question, and what is left of it."""
    rest = question
    found = find_entities(question, known=catalogue.entities)
    periods = find_periods(question, today)
    since = until = label = ""
    if re.search(r"\bthis (financial |calendar )?year\b", question, re.IGNORECASE):
        period = this_year(today)[1 if "financial year" in question.lower() else 0]
        since, until, label = period.start.isoformat(), period.end.isoformat(), "this year"
        rest = re.sub(r"\bthis (financial |calendar )?year\b", " ", rest, flags=re.IGNORECASE)
    elif periods:
        spans = [p for p, _, _ in periods]
        first, last = min(p.start for p in spans), max(p.end for p in spans)
        latest = first == date.min and last == today  # "latest": the last that is reported
        since, until = ("", "") if latest else (first.isoformat(), last.isoformat())
        label = " to ".join(dict.fromkeys(p.label for p in spans))
    for start, end in sorted([(s, e) for _, s, e in found] + [(s, e) for _, s, e in periods], reverse=True):
        if rest[start:end] == question[start:end]:
            rest = rest[:start] + " " * (end - start) + rest[end:]
    entities = tuple(dict.fromkeys(name for name, _, _ in found if name != OVERALL))
    return _Parts(rest, entities, since, until, label)


def _covered(entity: str, catalogue: Catalogue) -> bool:
    """Whether the papers report on an entity, by itself or in a joint row."""
    return any(entity == e or entity in members(e) or e in members(entity) for e in catalogue.entities)


def _without_codes(text: str, catalogue: Catalogue) -> str:
    """What is left to name a measure by: no codes, and no "80%", which is a target's or a figure's."""
    for start, end in sorted(catalogue.code_spans(text), reverse=True):
        text = text[:start] + " " + text[end:]
    return re.sub(r"\d+(\.\d+)?\s?%", " ", text)


def _measures(
    asked: Sequence[str], codes: Sequence[str], services: Sequence[str], entities: Sequence[str], catalogue: Catalogue
) -> list[Match]:
    """The measures that may be meant: one where the question tells, several where it does not, [] for none.

    Those that report on the council asked come first; only where none of them is meant, all others.
    """
    among: list[Entry] = [e for e in catalogue.entries if not codes or e.code in codes]
    if services and any(e.service in services for e in among):
        among = [e for e in among if e.service in services]
    every = _fitting(asked, codes, among, catalogue)
    if codes:
        return [m for m in every if set(entities) & set(_reported(m.entry))] or every
    reporting = _fitting(asked, codes, [e for e in among if set(entities) & set(_reported(e))], catalogue)
    plainer = [m for m in every if reporting and m.plainer_than(reporting[0])]
    near = [m for m in plainer if m.entry.documents & reporting[0].entry.documents]
    return near or reporting or every


def _fitting(asked: Sequence[str], codes: Sequence[str], among: list[Entry], catalogue: Catalogue) -> list[Match]:
    """Those of `among` that the question's words mean; all that bear its codes, where it has no other words."""
    if not among:
        return []
    matches = catalogue.match(asked, among)
    if codes:
        if not matches or matches[0].asked < 0.3:
            matches = [Match(e) for e in among]
    elif not matches or matches[0].asked < ENOUGH_ASKED or (matches[0].named < ENOUGH_NAMED and len(asked) < 2):
        return []
    best = max(m.score for m in matches)
    near = [m for m in matches if m.score >= best - NEARLY]
    return [m for m in near if not any(other.plainer_than(m) for other in near)]


def _reported(entry: Entry) -> list[str]:
    """A measure's entities, with the members of its joint rows."""
    return [part for e in entry.entities for part in (e, *members(e))]


def _operation(low: str, matches: Sequence[Match]) -> str:
    """What to do with the figures; words of the measure's own name ("total calls logged") name no operation."""
    own = frozenset[str]().union(*(m.entry.name_terms for m in matches[:1])) | {
        stem(w) for m in matches[:1] for w in re.findall(r"[a-z]{4,}", m.entry.name.lower())
    }
    left = []
    for word in low.split():
        if stem(word) in own and word not in ("target", "targets"):
            own = own - {stem(word)}  # said a second time, it asks: "the average average stay"
        else:
            left.append(word)
    return first_match(vocabulary()["operation"], " ".join(left)) or "value"


def _grain(low: str) -> str:
    """ "quarter" for "Q1" and "the June quarter", "month" for "June" and "which month", "year" for "2021/22"."""
    grains: dict[str, str] = vocabulary()["grain"]
    return next((name for name, pattern in grains.items() if re.search(pattern, low)), "")


def _group(low: str) -> str:
    groups: dict[str, list[str]] = vocabulary()["groups"]
    return next(
        (name for name, said in groups.items() if any(re.search(rf"\b{re.escape(s)}\b", low) for s in said)), ""
    )


def _subject(low: str, plan: Plan, coded: bool, matches: Sequence[Match]) -> str:
    """What the question is about: a ref or a cue of the ledger, else a measure, else free text."""
    cue = first_match(vocabulary()["subject"], low)
    if plan.refs:
        return "ref"
    if re.match(r"\s*(why|what (is|are|was|were) the (reason|cause|explanation)|how come|explain)\b", low):
        return "text"
    if cue == "slip" or (cue and not coded and not (matches and matches[0].named > 0.8)):
        return cue
    if matches:
        return "kpi"
    if _CODE_LIKE.search(low) and not coded:
        return "unknown_code"
    return cue or "text"


def _follow_on(plan: Plan, low: str, before: Plan, catalogue: Catalogue) -> Plan:
    """A follow-up takes from the question before it what it does not say itself; a new question takes nothing."""
    leans = _leans(low)
    bare = not plan.topic and not plan.measures and not plan.refs
    if not (leans or bare) or plan.subject in ("refused", "ref", "slip") or before.subject == "refused":
        return plan
    if plan.subject == "text" and low.startswith("why"):
        named = (t for e in catalogue.entries if e.key in before.measures for t in terms(e.title))
        topic = tuple(dict.fromkeys((*plan.topic, *named)))
        return replace(plan, topic=topic, entities=plan.entities or before.entities, measures=before.measures)
    if plan.measures and not leans:
        return plan
    if plan.topic and not plan.measures and plan.subject == "text":
        return plan
    said = plan.operation != "value"
    dated = bool(plan.period)
    return replace(
        plan,
        subject=before.subject if not plan.measures else "kpi",
        operation=plan.operation if said else before.operation if before.operation != "value" or not dated else "value",
        measures=plan.measures or before.measures,
        entities=plan.entities or (() if plan.unknown or plan.group else before.entities),
        group=plan.group or ("" if plan.entities else before.group),
        refs=before.refs,
        since=plan.since if dated else before.since,
        until=plan.until if dated else before.until,
        period=plan.period if dated else before.period,
        grain=plan.grain if dated else before.grain,
        topic=plan.topic or before.topic,
    )
