"""A question becomes a plan: who, what measure, which period, which operation. No language model, no guess."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.question.catalogue import Catalogue, Match
from bot.question.follow import LEDGER, beside, follow_on, from_before, near
from bot.question.matching import WHOLLY, Wanted, measures, window
from bot.question.parts import Parts, names_in, take_apart
from bot.question.plan import Plan, recall
from bot.question.pointed import pointed
from bot.question.terms import (
    besides,
    in_full,
    names,
    numbered,
    places,
    says,
    stem,
    terms,
    vocabulary,
    which,
    without,
    words,
)
from kpi_tools.measures import OVERALL
from kpi_tools.names import members

__all__ = ["Plan", "naming", "of_no_measure", "recall", "understand"]

_OVERALL = stem(OVERALL.lower())
# What a question sets aside: "missed bins (not garden)", "calls excluding council tax".
_LEFT_OUT = re.compile(
    r"(?:[(,;–-]\s*(?:but )?not|\b(?:excluding|except(?: for)?|other than|apart from|leaving out))"
    r"\s(?:the |counting |including )?(?P<what>[a-z]+(?: [a-z]+)?)",
    re.IGNORECASE,
)
_SAID_TOO = {"budget_line": 2, "risk": 3}  # subjects whose cues are words of measures too, and how many words tell one
_MINUTED = ("request", "decision")  # what was said of a measure at a meeting is no figure of it
_SERVICE = terms("service team department")
# Of the words of a question that asks nothing but a figure, what its measure must hold; with less it asks another thing
# of what is measured ("who hosts the contact centre?"). All other operations have words of their own.
PLAINLY = 0.65
MANY = 2  # words that may stand in a measure's name by chance
_REF_LIKE = re.compile(r"\b(?!q[1-4]\b|h[12]\b)[a-z]{1,3}-?\d+\b")  # no quarter, and no half of a year
_CODE_LIKE = re.compile(r"\bk?pis?[\s-]?\d+[a-z]?\b", re.IGNORECASE)


def understand(question: str, today: date, catalogue: Catalogue, before: Plan | None = None) -> Plan:
    """The plan for `question`, asked on `today`; `before` is the thread's last plan."""
    if meant := pointed(question, before):
        return _listed(understand(meant, today, catalogue), before)
    low = _plainly(question)
    if says("asked.refused", low):
        return Plan(question, "refused", "")
    if says("asked.personal", low):
        return Plan(question, "personal", "")
    parts = take_apart(question, near(low, today, before), catalogue)
    wanted, spelled = _wanted(question, low, parts, today, catalogue)
    matches = measures(wanted, catalogue)
    others = measures(replace(wanted, numbers=frozenset()), catalogue) if wanted.numbers and not matches else []
    operation = _operation(low, matches, len(parts.entities))
    if operation == "beyond" and _of_unit(others, wanted):  # "in how many months did it take more than 20 days?"
        matches, others = others, []
    if operation != "definition":
        matches = [m for m in matches if m.entry.entities] or matches
    known = tuple(e for e in parts.entities if _covered(e, catalogue))
    group, says_overall = which("groups", low), any(_OVERALL in m.said for m in matches)
    said = (*(t for t in wanted.terms if t != _OVERALL or says_overall), *_promised(question, today, catalogue))
    topic = tuple(dict.fromkeys(said))
    plan = Plan(
        question,
        "",
        operation,
        tuple(m.entry.key for m in matches),
        known,
        tuple(e for e in parts.entities if e not in known),
        "" if group == "overall" and says_overall else group,
        catalogue.refs_in(question),
        parts.since,
        parts.until,
        parts.only,
        parts.period,
        _grain(low),
        topic,
        which("over", low),
        _top(low),
        wanted.services,
        known,
        today=today.isoformat(),
        how="code" if wanted.codes else "words" if matches else "",
        spelled=spelled,
    )
    plan = beside(plan, low)
    plan = replace(plan, subject=_subject(low, plan, bool(wanted.codes), matches))
    if plan.subject == "kpi" and plan.operation == "change":
        plan = from_before(plan)  # "by how much did it rise in June?"
    if plan.subject == "brief" and not matches and plan.topic and says("asked.counted", low):
        plan = replace(plan, subject="text")  # "how many cases went wrong?"
    if plan.subject == "brief" and not matches and says("asked.going", low):
        told = catalogue.promises(plan.topic)  # "how is the digital strategy going?"
        nothing = says("asked.going_of", low) and catalogue.strange(plan.topic)
        plan = replace(plan, subject="plan_item" if told else "text" if nothing else plan.subject)
    if others and plan.subject == "text":
        plan = replace(plan, subject="other_number", measures=tuple(m.entry.key for m in others))
    return follow_on(plan, low, before, catalogue) if before else plan


def _listed(plan: Plan, before: Plan | None) -> Plan:
    """The plan of a question about one of the records that the thread was given a list of."""
    if before is None or before.subject not in LEDGER or plan.subject == "ref":
        return plan
    return replace(plan, subject=before.subject, measures=(), how="")


def _of_unit(found: Sequence[Match], wanted: Wanted) -> bool:
    """Whether measures are in the very unit of a number that the question says: it is one of their figures, then."""
    units = {word for word, _ in wanted.numbers}
    return bool(found) and all(stem(m.entry.unit) in units for m in found)


def _promised(question: str, today: date, catalogue: Catalogue) -> tuple[str, ...]:
    """The words of names that no measure has, and records of plans, people or meetings do."""
    called = [name.split() for name in names_in(question, today, catalogue.known)]
    said = [w for name in called if any(w.lower() in catalogue.promised for w in name) for w in name]
    return tuple(t for w in said for t in terms(w))


def _wanted(question: str, low: str, parts: Parts, today: date, catalogue: Catalogue) -> tuple[Wanted, tuple[str, ...]]:
    """What the question says of its measure, and the words that were taken for others, as "anwsered: answered"."""
    named = _naming(parts.rest, catalogue)
    slips = {word: meant for word in words(named) if (meant := catalogue.spelled(word))}
    for word, meant in slips.items():
        named = re.sub(rf"\b{word}\b", meant, named)
    without = frozenset(t for m in _LEFT_OUT.finditer(named) for t in terms(m["what"]))
    named = _LEFT_OUT.sub(" ", named)
    numbers = numbered(named)
    counts = {number for word, number in numbers if catalogue.counts(word, number)}
    said = tuple(t for t in terms(named) if not t.isdigit() or t in counts)
    strange = {t for name in names_in(question, today, catalogue.known) for t in terms(name) if not catalogue.has(t)}
    asked = tuple(t for t in said if t not in strange)
    asked = asked if len(asked) > 1 else said  # who a single word is said of is all that there is
    since, until = window(parts.since, parts.until, today)
    codes, services = catalogue.codes_in(parts.rest), catalogue.services_in(question) or catalogue.services_of(question)
    counted = says("asked.counted", low)
    aimed = says("asked.aimed", low)
    share = says("asked.share", low)
    among, dated = which("over", low) == "councils" and not parts.entities, bool(parts.since)
    wanted = Wanted(
        asked, numbers, codes, services, parts.entities, since, until, counted, without, aimed, share, among, dated
    )
    return wanted, tuple(f"{word}: {meant}" for word, meant in slips.items())


def _plainly(question: str) -> str:
    """The question in lower case, without what people say before they ask: "never mind", "so"."""
    low = in_full(question).strip()
    left = re.sub(vocabulary()["words"]["lead_in"], "", low)
    return left if re.search(r"\w", left) else low


def _top(low: str) -> int:
    """How many are wanted: 3 for "the top three"; 0 for all."""
    found = re.search(r"\b(?:top|bottom|best|worst|highest|lowest) (\d{1,2}|two|three|four|five|six|ten)\b", low)
    named = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
    return (named.get(found[1]) or int(found[1])) if found else 0


def _covered(entity: str, catalogue: Catalogue) -> bool:
    """Whether the papers report on an entity, by itself or in a joint row."""
    return any(entity == e or entity in members(e) or e in members(entity) for e in catalogue.known)


# What stands before and behind the name of a measure when councils and periods are taken out.
_OPENS = (
    r"(?:how (?:many|much)|what|which|is|are|was|were|the|number|share|proportion|percentage|figures?|of|in|at|for)\b"
)
_ENDS = r"(?:in|at|for|of|by|to|from|on|during|and|the)\b"


def naming(question: str, today: date, catalogue: Catalogue) -> str:
    """What of a question may name its measure: without councils, periods, codes, and words that ask."""
    left = _naming(take_apart(question, today, catalogue).rest, catalogue)
    left = re.sub(r"(?<!\w)['’]s\b|[^\w\s'’%-]", " ", left)
    return " ".join(re.sub(rf"^(?:{_OPENS}\s+)+|(?:\s+{_ENDS})+$", "", " ".join(left.split())).split())


def of_no_measure(plan: Plan) -> bool:
    """Whether a question asks for no measure, whatever its words mean."""
    if plan.operation == "value" and says("asked.event", plan.question):
        return True
    return any(says(f"asked.{kind}", plan.question) for kind in ("no_measure", "why")) or bool(
        _REF_LIKE.search(plan.question.lower())
    )


def _naming(text: str, catalogue: Catalogue) -> str:
    """What is left to name a measure by: no codes, no "80%", which is a target's or a figure's, and no "how often"."""
    for start, end in sorted(catalogue.code_spans(text), reverse=True):
        text = text[:start] + " " + text[end:]
    text = in_full(text)
    for group in names("groups"):  # a lone "overall" may be of its name
        for start, end in reversed(places(f"groups.{group}", text)):
            if " " in text[start:end]:
                text = f"{text[:start]} {text[end:]}"
    return without("asked.asides", re.sub(r"\d+(\.\d+)?\s?%", " ", text))


def _operation(low: str, matches: Sequence[Match], entities: int) -> str:
    """What to do with the figures; words of the measure's own name ("total calls logged") name no operation.

    Of several councils "worse" asks which: "worse for calls, Mendip or Havant?".
    """
    judging = set(terms(vocabulary()["words"]["judging"]))
    named = bool(matches) and not matches[0].said <= judging  # "have they missed it" names no missed bins
    left = besides(low, matches[0].entry.name) if named else low
    found = which("operation", left, "sure", "phrases") or "value"
    if found == "value" and not entities and says("asked.named", low):
        return "definition"
    return "rank" if found == "value" and entities > 1 and says("asked.compared", left) else found


def _grain(low: str) -> str:
    """ "quarter" for "Q1" and "the June quarter", "month" for "June" and "which month", "year" for "2021/22"."""
    grains: dict[str, str] = vocabulary()["grain"]
    return next((name for name, pattern in grains.items() if re.search(pattern, low)), "")


def _names_a_measure(cue: str, plan: Plan, matches: Sequence[Match]) -> bool:
    """Whether a question with a cue of another subject still means a measure: by its name, not by its service."""
    if cue == "plan_item" and says("asked.happened", plan.question) and len(plan.topic) > 1:
        return bool(matches) and matches[0].asked > 0.95  # nothing but a measure: "what happened to council tax calls"
    if cue in _MINUTED and says("asked.did", plan.question):
        return False  # "what did the panel suggest about customer satisfaction?"
    least = _SAID_TOO.get(cue, 0)
    if least and len(plan.topic) >= least and matches and matches[0].asked > 0.95 and matches[0].named > 0.4:
        return True  # all that is said of money, or of a risk, is said of a measure: "paying suppliers"
    if cue != "brief":
        return bool(matches) and matches[0].named > 0.8
    said = set(plan.topic) - {t for s in plan.services for t in (*terms(s), *_SERVICE)}
    said -= set(terms(vocabulary()["words"]["judging"]))
    return bool(matches) and bool(said)


def _subject(low: str, plan: Plan, coded: bool, matches: Sequence[Match]) -> str:
    """What the question is about: a ref or a cue of the ledger, else a measure, else free text."""
    cue = "index" if which("index", low) else _cue(low, matches)
    if plan.refs:
        return "ref"
    if says("asked.why", low):
        return "why" if matches else "text"
    if matches and says("asked.went_wrong", low) and _names_a_measure("brief", plan, matches):
        return "why"
    if cue in ("index", "slip") or (cue and not coded and not _names_a_measure(cue, plan, matches)):
        return cue
    if matches and _asks_for(plan, coded, matches[0]):
        return "kpi"
    return cue or _without_measure(low, plan, coded)


def _cue(low: str, matches: Sequence[Match]) -> str:
    """The subject that the question has a cue of; where all that is said is said of a measure, the words of its name
    are no cue: of the "resolution of incidents" nobody resolved anything."""
    cue = which("subject", low)
    own = bool(matches) and matches[0].asked > WHOLLY and len(matches[0].said) > MANY
    return which("subject", besides(low, matches[0].entry.name)) if cue and own else cue


def _asks_for(plan: Plan, coded: bool, match: Match) -> bool:
    """Whether a question asks for the figure of a measure that it speaks of; with a council and a time it does."""
    if plan.of_figure or plan.operation != "value":
        return True
    return not says("asked.no_measure", plan.question) and (coded or match.asked >= PLAINLY)


def _without_measure(low: str, plan: Plan, coded: bool) -> str:
    """What a question is about that names no measure: "Havant in August?" asks how a council does, and "Customer
    Services on target?" how a service does."""
    if _CODE_LIKE.search(low) and not coded:
        return "unknown_code"
    if plan.services and not set(plan.topic) - {t for s in plan.services for t in (*terms(s), *_SERVICE)}:
        return "brief"
    if plan.entities and not plan.topic and not plan.unknown and not coded:
        return "brief"
    return "text"
