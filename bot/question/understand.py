"""A question becomes a plan: who, what measure, which period, which operation. No language model, no guess."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.question.catalogue import Catalogue, Match
from bot.question.codes import like_code
from bot.question.follow import LEDGER, follow_general, follow_on
from bot.question.general import SERVICE, all_measures, measured, of_all, of_service
from bot.question.matching import Wanted, measures
from bot.question.naming import promised, wanted
from bot.question.parts import Parts, grain, take_apart, top, undated
from bot.question.plan import Plan
from bot.question.pointed import pointed
from bot.question.shifts import beside, from_before, label, near, reported_until, until_now
from bot.question.terms import besides, plainly, says, stem, terms, vocabulary, whether, which, words
from kpi_tools.measures import OVERALL
from kpi_tools.names import members
from kpi_tools.spans import Period

_OVERALL = stem(OVERALL.lower())
# Subjects whose cues are words of measures too, and how many words tell a measure.
_SAID_TOO = {"budget_line": 2, "risk": 3, "plan_item": 2}
_MINUTED = ("request", "decision")  # what was said of a measure at a meeting is no figure of it
# Of the words of a question that asks nothing but a figure, what its measure must hold; with less it asks another thing
# of what is measured ("who hosts the contact centre?"). All other operations have words of their own.
PLAINLY = 0.65
SAYS = 0.5  # of a measure's name, that a question which names a service must say to ask for the measure
MANY = 2  # words that may stand in a measure's name by chance
_REF_LIKE = re.compile(r"\b(?!q[1-4]\b|h[12]\b)[a-z]{1,3}-?\d+\b")  # no quarter, and no half of a year


def understand(question: str, today: date, catalogue: Catalogue, before: Plan | None = None) -> Plan:
    """The plan for `question`, asked on `today`; `before` is the thread's last plan.

    A period without a year is the latest by `today`; if that is long after all figures, the latest that has some.
    """
    plan = _understood(question, today, catalogue, before)
    for day, entries in reported_until(plan, catalogue):
        again = _understood(question, day, catalogue, before)
        if again.since and any(e.spans(*again.days) for e in entries):
            read = f"{again.period}: {label(Period(*again.days, ''))}"
            return replace(again, today=plan.today, spelled=(*again.spelled, read))
    return plan


def _understood(question: str, today: date, catalogue: Catalogue, before: Plan | None) -> Plan:
    if before and (meant := pointed(question, before)):
        return _listed(understand(meant, today, catalogue), before)
    low = plainly(question)
    for subject in ("refused", "personal"):
        if says(f"asked.{subject}", low):
            return Plan(question, subject, "")
    parts = take_apart(question, near(low, today, before, catalogue), catalogue)
    sought, spelled = wanted(question, low, parts, today, catalogue)
    found = _found(low, sought, today, catalogue)
    said = _said(low, parts, found, catalogue)
    own = (t for t in sought.terms if t != _OVERALL or found.overall)
    plan = replace(
        said,
        question=question,
        topic=tuple(dict.fromkeys((*own, *promised(question, today, catalogue)))),
        refs=catalogue.refs_in(question),
        services=sought.services,
        how="code" if sought.codes else "words" if found.matches else "",
        today=today.isoformat(),
        spelled=spelled,
    )
    plan = beside(plan, low)
    if not sought.codes and of_all(plan, low, catalogue):
        plan = all_measures(plan, low)
        return follow_general(plan, low, before) if before else plan
    plan = _turned(
        replace(plan, subject=_subject(low, plan, bool(sought.codes), found.matches, catalogue)), low, found, catalogue
    )
    return until_now(follow_on(plan, low, before, catalogue) if before else plan)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a question wants of its measures, and those it may mean; `others` but for the numbers that it says."""

    operation: str
    matches: Sequence[Match]
    others: Sequence[Match]

    @property
    def overall(self) -> bool:
        """Whether "overall" is a word of a measure's own name."""
        return any(_OVERALL in m.said for m in self.matches)


def _found(low: str, wanted: Wanted, today: date, catalogue: Catalogue) -> _Found:
    matches = measures(wanted, catalogue)
    others = measures(replace(wanted, numbers=frozenset()), catalogue) if wanted.numbers and not matches else []
    operation = _operation(low, matches, wanted, today)
    if operation == "beyond" and _of_unit(others, wanted):  # "in how many months did it take more than 20 days?"
        matches, others = others, []
    if operation != "definition":
        matches = [m for m in matches if m.entry.entities] or matches
    return _Found(operation, matches, others)


def _said(low: str, parts: Parts, found: _Found, catalogue: Catalogue) -> Plan:
    """A plan with what the question says of measures, councils and periods."""
    known = tuple(e for e in parts.entities if _covered(e, catalogue))
    group = which("groups", low)
    if known and not found.overall and found.operation != "beyond" and says("asked.beside_overall", low):
        known, group = (*known, OVERALL), ""
    left = besides(low, found.matches[0].entry.name) if found.matches else low  # "first time fixes" are of no time
    return Plan(
        question="",
        subject="",
        operation=found.operation,
        measures=tuple(m.entry.key for m in found.matches),
        entities=known,
        seen=known,
        unknown=tuple(e for e in parts.entities if e not in known and _is_asked(e, low, catalogue)),
        group="" if group == "overall" and found.overall else group,
        without=parts.without,
        apart=parts.apart,
        since=parts.since,
        until=parts.until,
        only=parts.only,
        period=parts.period,
        grain=grain(low),
        over=which("over", left),
        top=top(low),
    )


def _is_asked(entity: str, low: str, catalogue: Catalogue) -> bool:
    """Whether a name is said otherwise than in what a record is called: "the risk of the move to Croydon"."""
    kind, rest = catalogue.called_in(low)
    return not kind or not set(words(entity)).isdisjoint(rest.split())


def _turned(plan: Plan, low: str, found: _Found, catalogue: Catalogue) -> Plan:
    """The plan, where what its subject would be answered with is not what was asked."""
    kind = catalogue.called_in(plan.question)[0] if _hardly_measured(plan, found.matches) else ""
    if kind not in ("", "agenda_item"):
        return replace(plan, subject=kind)
    moved = plan.operation == "change" or (plan.operation == "trend" and says("asked.moved", low))
    if plan.subject == "kpi" and moved:
        return from_before(plan)  # "by how much did it rise in June?", "did it go up or down?"
    if plan.subject == "brief" and plan.entities and measured(plan, catalogue):
        return replace(plan, subject="kpi" if found.matches else "text")  # "how is Hart doing on emails?"
    if plan.subject == "brief" and not found.matches:
        plan = _briefly(plan, low, catalogue)
    if plan.subject == "text" and not found.matches and says("asked.gone", low) and catalogue.promises(plan.topic):
        return replace(plan, subject="plan_item")  # "how has the testing gone?"
    if found.others and plan.subject == "text":
        return replace(plan, subject="other_number", measures=tuple(m.entry.key for m in found.others))
    return plan


def _hardly_measured(plan: Plan, matches: Sequence[Match]) -> bool:
    """Whether a question asks for no measure, or for one that has not much of its words."""
    if plan.subject == "kpi":
        return plan.how == "meaning" or (plan.how == "words" and matches[0].asked < PLAINLY)
    return plan.subject in ("text", "brief") and not says("asked.speech", plan.question)


def _briefly(plan: Plan, low: str, catalogue: Catalogue) -> Plan:
    """The plan of a question how a thing does that names no measure: "how is the digital strategy going?"."""
    unmeasured = bool(plan.topic) and not any(map(catalogue.has, plan.topic))
    listed = vocabulary()["words"]
    said = set(plan.topic).difference(terms(listed["judging"]), terms(listed["around"]))
    if (said and says("asked.counted", low)) or (unmeasured and says("asked.went", low)):
        return replace(plan, subject="text")  # "how many cases went wrong?", "what went well in the fair?"
    if not says("asked.going", low):
        return plan
    nothing = (unmeasured or says("asked.going_of", low)) and catalogue.strange(tuple(said))
    return replace(plan, subject="plan_item" if catalogue.promises(plan.topic) else "text" if nothing else plan.subject)


def _listed(plan: Plan, before: Plan) -> Plan:
    """The plan of a question about a record that the thread told of; an item's name may hold another's ref."""
    if before.subject not in LEDGER or (plan.subject == "ref" and before.subject != "plan_item"):
        return plan
    return replace(plan, subject=before.subject, refs=(), measures=(), how="")


def _of_unit(found: Sequence[Match], wanted: Wanted) -> bool:
    """Whether measures are in the very unit of a number that the question says: it is one of their figures, then."""
    units = {word for word, _ in wanted.numbers}
    return bool(found) and all(stem(m.entry.unit) in units for m in found)


def _covered(entity: str, catalogue: Catalogue) -> bool:
    """Whether the papers report on an entity, by itself or in a joint row."""
    return any(entity == e or entity in members(e) or e in members(entity) for e in catalogue.known)


def of_no_measure(plan: Plan) -> bool:
    """Whether a question asks for no measure, whatever its words mean."""
    if plan.operation == "value" and says("asked.event", plan.question):
        return True
    return any(says(f"asked.{kind}", plan.question) for kind in ("no_measure", "why")) or bool(
        _REF_LIKE.search(plan.question.lower())
    )


def _operation(low: str, matches: Sequence[Match], wanted: Wanted, today: date) -> str:
    """What to do with the figures; words of the measure's own name ("total calls logged") name no operation.

    Of several councils "worse" asks which: "worse for calls, Mendip or Havant?".
    """
    judging = set(terms(vocabulary()["words"]["judging"]))
    named = bool(matches) and not matches[0].said <= judging  # "have they missed it" names no missed bins
    left = besides(low, matches[0].entry.name) if named else low
    bare = undated(left, today)
    found = "rank" if which("distance", left) else which("operation", left, "sure", "phrases")
    if found == "beyond":
        found = which("operation", bare, "sure", "phrases")  # "did it improve over 2017?" holds nothing to a number
    found = found or which("operation", bare, "loose") or "value"
    if found in ("value", "trend") and whether(left) and which("mover", left):
        found = "change" if found == "value" else found  # "has it fallen?"
        return "moves" if says("asked.every_time", low) else found  # "did it get worse every month?"
    told = says("asked.aim", left) or (not wanted.entities and says("asked.named", low))
    if found == "value" and told and not wanted.dated:
        return "definition"
    entities = len(wanted.entities) + says("asked.beside_overall", low)
    still = found == "change" and not says("asked.moved", low)  # "by how many points is Hart behind Mendip?"
    if (still or found in ("margin", "value")) and entities == 2 and says("asked.gap", low):
        return "compare"  # though the measure's own words speak of targets
    if (still or found in ("value", "rank")) and entities == 2 and which("asked.ahead", left):
        return "compare"
    return "rank" if found == "value" and entities > 1 and says("asked.compared", left) else found


def _names_a_measure(cue: str, plan: Plan, matches: Sequence[Match]) -> bool:
    """Whether a question with a cue of another subject still means a measure: by its name, not by its service."""
    if cue == "plan_item" and says("asked.happened", plan.question) and len(plan.topic) > 1:
        return bool(matches) and matches[0].asked > 0.95  # nothing but a measure: "what happened to council tax calls"
    if says("asked.priorities", plan.question) or (cue in _MINUTED and says("asked.did", plan.question)):
        return False  # "what did the panel suggest about customer satisfaction?"
    least = _SAID_TOO.get(cue, 0)
    if least and len(plan.topic) >= least and matches and matches[0].asked > 0.95 and matches[0].named > 0.4:
        return True  # all that is said of money, or of a risk, is said of a measure: "paying suppliers"
    if cue != "brief":
        return bool(matches) and matches[0].named > 0.8
    said = {term for m in matches for term in m.said} - {t for s in plan.services for t in (*terms(s), *SERVICE)}
    return bool(said.difference(terms(vocabulary()["words"]["judging"])))


def _subject(low: str, plan: Plan, coded: bool, matches: Sequence[Match], catalogue: Catalogue) -> str:
    """What the question is about: a ref or a cue of the ledger, else a measure, else free text.

    What a record is called comes after what is asked of it: "recommendations of Annual Plan Update" are no plan's.
    """
    kind, rest = catalogue.called_in(low)
    cue = "index" if which("index", low) else (kind and _cue(rest, matches)) or _cue(low, matches)
    if kind == "rectification" and cue == "plan_item":
        cue = kind  # "what is happening about" a default, that has a plan of its own
    if plan.refs or says("asked.restated", low):
        return "ref" if plan.refs else "changes"
    if says("asked.why", low):
        return "why" if matches else "text"
    if matches and says("asked.went_wrong", low) and _names_a_measure("brief", plan, matches):
        return "why"
    theirs = [m for m in matches if not plan.entities or catalogue.reported(m.entry).intersection(plan.entities)]
    if cue in ("index", "slip") or (cue and not coded and not _names_a_measure(cue, plan, theirs)):
        return cue
    told = plan.operation in ("value", "trend") and of_service(plan) and not coded  # "tell me about land charges"
    if matches and not (told and matches[0].named < SAYS) and _asks_for(plan, coded, matches[0]):
        return "kpi"
    return cue or _without_measure(low, plan, coded, catalogue)


def _cue(low: str, matches: Sequence[Match]) -> str:
    """The subject that the question has a cue of; of a measure's name that is said no word is a cue: of the "resolution
    of incidents" nobody resolved anything. But the name itself may be asked about: "is 20 seconds right?"."""
    if says("asked.priorities", low):
        return "plan_item"
    cue = "decision" if says("asked.decided", low) else which("subject", low)
    own = bool(matches) and len(matches[0].said) >= MANY and matches[0].asked >= PLAINLY
    return which("subject", besides(low, matches[0].entry.name)) if own and cue not in ("", "slip") else cue


def _asks_for(plan: Plan, coded: bool, match: Match) -> bool:
    """Whether a question asks for the figure of a measure that it speaks of; with a council and a time it does."""
    if says("asked.speech", plan.question):
        return False
    if plan.of_figure or plan.operation != "value":
        return True
    besides_name = besides(plan.question.lower(), match.entry.name)  # "applications decided in time" decide nothing
    return not says("asked.no_measure", besides_name) and (coded or match.asked >= PLAINLY)


def _without_measure(low: str, plan: Plan, coded: bool, catalogue: Catalogue) -> str:
    """What a question is about that names no measure: "Havant in August?" asks how a council does, and "Customer
    Services on target?" how a service does."""
    if not coded and like_code(undated(low, plan.today), catalogue.numbered):
        return "unknown_code"
    alone = plan.entities and not (plan.topic or plan.unknown or coded)
    return "brief" if alone or (of_service(plan) and not says("asked.speech", low)) else "text"
