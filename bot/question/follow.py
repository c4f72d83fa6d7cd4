"""What a question takes from those before it in its thread, and what not."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.question.catalogue import Catalogue
from bot.question.general import of_service
from bot.question.plan import Plan
from bot.question.shifts import from_before, shifted_from, shifts
from bot.question.terms import heard, said_of_all, says, terms, vocabulary, which
from kpi_tools.measures import OVERALL

_NO_QUESTION = ("refused", "personal")  # subjects on which nothing leans
_ALONE = (*_NO_QUESTION, "ref", "slip", "unknown_ref")  # and those that lean on nothing
LEDGER = (
    "rectification", "plan_item", "plan_changes", "risk", "budget_line", "member", "apologies", "attendance", "contact",
    "ref", "decision", "request", "agenda_item", "recommendation",
)  # fmt: skip
_PEOPLE = ("member", "apologies", "attendance", "contact")
# Operations that one period is too short for; those that say of which, that met or missed a target, the lowest.
_OVER_TIME = ("trend", "streak", "periods", "average", "median", "total", "moves")
_VERDICTS = ("against_target", "margin")
_JUDGED = ("streak", "periods", "rank")
SHORT, SURE = 2, 0.99
FEW = 4  # words of a question that is no more than a name
IT = re.compile(r"\bIT\b")  # the service, and no pronoun
_ORDER = ("first", "second", "third", "fourth")  # of things to choose from


def follow_on(plan: Plan, low: str, before: Plan, catalogue: Catalogue) -> Plan:
    """A follow-up takes from the question before it what it does not say itself; a new question takes nothing."""
    of_index = plan.subject == "index" and plan.operation == "value"  # and no "show me the months"
    if plan.subject in _ALONE or before.subject in _NO_QUESTION or of_index:
        return plan
    if says("follow.there", low) and not _whose(plan):
        plan = replace(plan, entities=before.entities, seen=before.entities)  # "opening hours there?"
    if chosen := _chosen(plan, low, before, catalogue):
        return _filled(replace(plan, measures=chosen), low, before)
    listed = before.subject in LEDGER and _refers(plan.question)
    leans = _leans(low) and not _whole(plan, low)
    if not (listed or leans or _bare(plan, low, before) or _fragment(plan, low, before)):
        return plan
    if _says_nothing(plan) or _of_its_money(plan, before) or (before.subject == "brief" and of_service(plan)):
        plan = replace(plan, measures=(), how="", topic=())
    if fuller := _fuller(plan, before, catalogue):
        plan = replace(plan, measures=fuller, subject="kpi")
    if plan.subject in ("why", "text") and says("follow.why", low):
        return _why(plan, before, catalogue)
    goes_on = before.subject in LEDGER and not plan.measures and plan.subject in (*LEDGER, "text")
    if goes_on or (listed and plan.how != "code"):
        return _of_ledger(plan, before, catalogue)
    elsewhere = plan.topic and (plan.subject in LEDGER or (plan.subject == "text" and not plan.measures))
    return plan if elsewhere else _filled(shifted_from(plan, low, before), low, before)


def follow_general(plan: Plan, low: str, before: Plan) -> Plan:
    """A question about measures in general, whose council or time may be those of the one before: "and which targets
    did they miss?"."""
    leans = _leans(low) or (before.subject == "brief" and not (plan.since or _whose(plan)))
    theirs = leans or says("follow.pronouns.first", low)
    plan = replace(plan, entities=before.entities, services=before.services) if theirs and not _whose(plan) else plan
    if plan.since or not leans:
        return plan
    return replace(
        plan, since=before.since, until=before.until, only=before.only, period=before.period, grain=before.grain
    )


def _whose(plan: Plan) -> bool:
    return bool(plan.entities or plan.services or plan.group)


def _whole(plan: Plan, low: str) -> bool:
    """Whether a question that opens as one that leans says itself what it is about: "why was the plan kept open?"."""
    said = set(plan.topic) - _judging()
    return bool(re.match(r"\W*(why|how come)\b", low)) and len(said) > SHORT and not _refers(plan.question)


def _judging() -> frozenset[str]:
    return frozenset(terms(vocabulary()["words"]["judging"]))


def _says_nothing(plan: Plan) -> bool:
    """Whether all words of a question ask or judge: "did we miss every month?" is of no missed bins, and "how big was
    the drop?" of nothing by itself."""
    return plan.how != "code" and all(term in _judging() or heard(term, plan.operation) for term in plan.topic)


def _of_its_money(plan: Plan, before: Plan) -> bool:
    """Whether all words of a question after a budget are said of any: "the biggest cost?"."""
    said = bool(plan.topic) and plan.how != "code" and said_of_all("money").issuperset(plan.topic)
    return said and before.subject == "budget_line"


def _bare(plan: Plan, low: str, before: Plan) -> bool:
    """Whether a question says what to do, who or when, and not of what: "average?", "in July?"."""
    known = (_says_nothing(plan) and before.measures) or _of_its_money(plan, before)
    own = ((plan.topic or plan.measures) and not known) or plan.refs
    if own or plan.subject == "changes" or (plan.subject == "brief" and before.subject == "text"):
        return False
    named = plan.entities, plan.without, plan.apart, plan.period, plan.unknown, plan.group
    few = before.subject in LEDGER and len(low.split()) <= FEW  # "what percentage?"
    return few or any(named) or plan.operation != "value" or bool(shifts(low))


def _fragment(plan: Plan, low: str, before: Plan) -> bool:
    """Whether a question is no more than a measure's name, as said after figures of another: "council tax calls?"."""
    alone = not (plan.entities or plan.period or plan.unknown or plan.group or plan.services or plan.how == "code")
    short = len(low.split()) <= FEW and not says("follow.asks", low)
    return alone and short and bool(plan.measures) and before.subject == "kpi" and plan.operation == "value"


def _chosen(plan: Plan, low: str, before: Plan, catalogue: Catalogue) -> tuple[str, ...]:
    """Which of several measures that were answered, or to choose from, are meant now: "the customer services one"."""
    offered = [e for e in catalogue.entries if e.key in before.measures]
    if len(offered) < 2:
        return ()
    if nth := which("follow.nth", low):
        at = len(before.measures) - 1 if nth == "last" else _ORDER.index(nth)
        return before.measures[at : at + 1]
    if not plan.topic or not (len(plan.topic) <= SHORT or says("follow.one", low)):
        return ()
    if of_service(plan):
        return tuple(e.key for e in offered if e.service in plan.services)
    return tuple(m.entry.key for m in catalogue.match(plan.topic, offered) if m.asked > SURE)


def _fuller(plan: Plan, before: Plan, catalogue: Catalogue) -> tuple[str, ...]:
    """The measures whose names are those of the measures before with all that is said now: "and per employee?"."""
    own = [e for e in catalogue.entries if e.key in before.measures]
    said = frozenset(plan.topic)
    return tuple(
        e.key
        for e in catalogue.entries
        if said and any(e.name_terms == o.name_terms | said for o in own) and e not in own
    )


def _of_ledger(plan: Plan, before: Plan, catalogue: Catalogue) -> Plan:
    """A question about what the ledger gave before: "and amber?", "which of those affects South and Vale?"."""
    other = before.subject in _PEOPLE and plan.subject in LEDGER and plan.subject != before.subject
    refers = _refers(plan.question) and not other  # "what did they decide?", of people
    bare = not (other or plan.topic or plan.entities or plan.period or plan.refs)
    over_all = plan.operation == "total" or (plan.operation == "rank" and plan.over == "councils")
    more = tuple(t for t in plan.topic if not (refers and catalogue.strange((t,))))
    return replace(
        plan,
        measures=(),
        subject=before.subject if refers or plan.subject == "text" or not plan.topic else plan.subject,
        question=f"{before.question} {plan.question}" if refers or bare else plan.question,
        entities=plan.entities or _both(plan, before) or (() if over_all or plan.group else before.entities),
        seen=tuple(dict.fromkeys((*before.seen, *plan.entities))),
        refs=plan.refs or before.refs,
        topic=(*before.topic, *more) if refers else plan.topic or before.topic,
        operation=plan.operation if plan.operation != "value" or plan.group else before.operation,
    )


def _refers(question: str) -> bool:
    """Whether a question speaks of what was listed before: "when are they due?", "who leads it?"; "IT" is a service."""
    return says("follow.refers", IT.sub(" ", question))


def _leans(low: str) -> bool:
    """Whether a question opens like one that leans on the one before it."""
    return says("follow.opens", low)


def _why(plan: Plan, before: Plan, catalogue: Catalogue) -> Plan:
    """ "why?" asks for the reason of what was said before."""
    named = [t for e in catalogue.entries if e.key in before.measures for t in terms(e.title)] or before.topic
    return replace(
        plan,
        subject="why" if before.measures else plan.subject,
        topic=tuple(dict.fromkeys((*plan.topic, *named))),
        entities=plan.entities or before.entities,
        group=plan.group or before.group,
        measures=plan.measures or before.measures,
        how=plan.how if plan.measures else "thread",
        since=plan.since or before.since,
        until=plan.until or before.until,
        only=plan.only if plan.since else before.only,
        period=plan.period or before.period,
        grain=plan.grain or before.grain,
    )


def _filled(plan: Plan, low: str, before: Plan) -> Plan:
    """The plan with what it does not say itself taken from the one before."""
    two = before.operation == "compare" or (
        before.operation == "rank" and before.over != "time" and len(before.seen) == 2
    )
    if plan.operation == "change" and two and not (plan.period or says("asked.moved", low)):
        plan = replace(plan, operation="compare")  # "by how much?"
    if plan.operation == "change" and before.operation in _VERDICTS and not (plan.period or says("asked.moved", low)):
        plan = replace(plan, operation="margin")  # "who missed?", "by how much?"
    if plan.operation in ("margin", "change") and plan.entities and says("follow.pronouns.that", low):
        plan = replace(plan, operation="compare")  # "how far was that from Mendip?"
    if plan.operation == "total" and before.entities and (plan.period or says("asked.several", low)):
        plan = replace(plan, group="")  # "and in total over the three months?" is of the same one
    said = plan.operation != "value"
    plan = replace(plan, over=_over(plan, before))
    dated = bool(plan.period) or _widens(plan, before)
    entities = _entities(plan, low, before)
    same_measure = not plan.measures or set(plan.measures) == set(before.measures)
    asked = plan.question
    if not said and before.operation in _JUDGED and not which("asked.judged", asked):
        asked = f"{before.question} {asked}"  # it was asked what they missed
    elif before.operation == "rank" and says("follow.placed", low):
        asked = f"{low.rstrip('?')} {before.question}"  # "and the runner up?" of the highest
    filled = replace(
        plan,
        question=asked,
        subject="kpi" if plan.measures or (before.measures and before.subject == "why") else before.subject,
        operation=plan.operation if said else _inherited(plan, before),
        measures=plan.measures or before.measures,
        how=plan.how if plan.measures else "thread",
        entities=entities,
        group=_group(plan, entities, before),
        refs=before.refs,
        since=plan.since if dated else before.since,
        until=plan.until if dated else before.until,
        only=plan.only if dated else before.only,
        period=plan.period if dated else before.period,
        grain=plan.grain if dated else before.grain,
        topic=plan.topic or (() if before.subject == "text" and plan.operation == "rank" else before.topic),
        services=plan.services or before.services,
        seen=tuple(dict.fromkeys((*before.seen, *entities))) if same_measure else entities,
    )
    return filled if plan.operation != "change" or dated else from_before(filled)  # "how much down is that?"


def _widens(plan: Plan, before: Plan) -> bool:
    """Whether a question runs over more than the one period that was answered: "is it improving?"."""
    over = plan.operation in _OVER_TIME or (plan.operation in ("rank", "beyond") and plan.over == "time")
    together = plan.operation == "total" and bool(
        plan.group or before.group or len(before.entities) > 1 or _both(plan, before)
    )
    return over and bool(before.shown) and not together


def _both(plan: Plan, before: Plan) -> tuple[str, ...]:
    """Those that were told of one by one, where a question speaks of them together; () where it does not."""
    return before.seen if len(before.seen) > 1 and says("follow.pronouns.them", plan.question) else ()


def _group(plan: Plan, entities: Sequence[str], before: Plan) -> str:
    if entities or plan.group:
        return plan.group
    among = before.operation in ("rank", "compare") and says("follow.pronouns.them", plan.question)
    if plan.operation == "total" and (before.group == "each" or before.operation == "rank") and before.over != "time":
        return "sum"  # "add them up"
    if (
        before.entities or among or (plan.operation == "rank" and plan.over != "time")
    ):  # "and the others?", "who was worst?"
        return "each"
    return before.group


def _over(plan: Plan, before: Plan) -> str:
    """What a ranking runs over: "which was worst?", said of one council's months, over these."""
    if plan.over or plan.operation != "value":
        told = before.operation in _OVER_TIME or before.over == "time"
        alone = _ranks_times(plan) and (_ranks_times(before) or told) and len(before.seen) < 2  # "and its best?"
        return plan.over or ("time" if alone and (before.entities or told) else "")
    return before.over


def _ranks_times(plan: Plan) -> bool:
    """Whether figures of one council, or of all together, are ranked over time."""
    return plan.operation == "rank" and len(plan.entities) < 2 and plan.over != "councils" and not plan.group


def _inherited(plan: Plan, before: Plan) -> str:
    """The operation of a follow-up that names none: one council alone cannot be compared or ranked."""
    if before.operation == "definition" and (plan.entities or plan.period or plan.group):
        return "value"
    alone = before.operation == "compare" or (before.operation == "rank" and before.over != "time")
    return "value" if alone and plan.entities else before.operation


def _entities(plan: Plan, low: str, before: Plan) -> tuple[str, ...]:
    """Whose figures a follow-up means: "them" are all that were spoken of, "compare that with" adds to what was."""
    if plan.entities and (says("follow.pronouns.that", low) or says("follow.adds", low)):
        return tuple(dict.fromkeys((*before.entities, *plan.entities)))
    if plan.group == "overall" and plan.operation == "compare" and says("follow.pronouns.that", low):
        return (*before.entities, OVERALL)  # "how does that compare with the county as a whole?"
    told = plan.entities or plan.unknown or plan.group
    if told or says("follow.pronouns.others", low) or (plan.operation == "total" and before.group == "each"):
        return plan.entities
    if before.first and plan.operation not in ("compare", "rank", "total") and says("follow.pronouns.first", low):
        return (before.first,)
    several = says("follow.pronouns.them", low) or plan.operation in ("compare", "rank")
    if plan.operation == "rank" and plan.over != "time":
        of_two = says("asked.compared", low) or says("follow.pronouns.them", low)
        return before.seen if len(before.seen) > 1 and (of_two or plan.over != "councils") else ()
    return before.seen if several and plan.over != "time" else before.entities
