"""A question becomes a plan: who, what measure, which period, which operation. No language model, no guess."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from bot.catalogue import Catalogue, Match
from bot.follow import follow_on, near
from bot.matching import Wanted, measures, window
from bot.plan import TO_DATE, Plan, recall
from bot.terms import besides, first_match, first_name, in_full, numbered, said_by, stem, terms, vocabulary, words
from bot.words import listed
from kpi_tools.measures import OVERALL
from kpi_tools.names import find_comparators, find_entities, members
from kpi_tools.periods import Period, financial_year, find_periods, this_year
from kpi_tools.spans import month_end, months

__all__ = ["Plan", "names_in", "naming", "recall", "understand"]

_OVERALL = stem(OVERALL.lower())
_THIS_YEAR = re.compile(r"\bthis (financial |calendar )?year\b", re.IGNORECASE)
_HAPPENED = re.compile(r"\bwhat (?:has |have |had )?(?:happened|been happening) (?:to|with)\b")
_WENT_WRONG = re.compile(r"\bwhat (?:went|has gone|had gone|is going|was going) (?:so )?(?:wrong|badly|awry)\b")
_TO_DATE = re.compile(r"\b(?:year[- ]to[- ]date|ytd)\b", re.IGNORECASE)
# What a question sets aside: "missed bins (not garden)", "calls excluding council tax".
_LEFT_OUT = re.compile(
    r"(?:[(,;–-]\s*(?:but )?not|\b(?:excluding|except(?: for)?|other than|apart from|leaving out))"
    r"\s(?:the |counting |including )?(?P<what>[a-z]+(?: [a-z]+)?)",
    re.IGNORECASE,
)
_SPANNED = re.compile(r"\W*(?:to|until|till|through|up to|-|–)\W*(?:the )?", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:next (month|quarter|year)|tomorrow())\b(?! to\b)", re.IGNORECASE)
_COUNTED = re.compile(
    r"\bhow (?:many|much)\b(?! (?:times|months|quarters|years|periods|points|councils|boroughs|areas))|\bnumber of\b"
)
# Words that some measures carry in their names, and that also name an operation.
_CODE_LIKE = re.compile(r"\bk?pis?[\s-]?\d+[a-z]?\b", re.IGNORECASE)


# A name in a question: words with capitals after the first, or the owner of something.
_NAMES = re.compile(r"(?<=[\w,(] )[A-Z][a-z]\w+(?: [A-Z][a-z]\w+)*|\b(?:[A-Z]\w+(?: [A-Z]\w+)*|[a-z]\w+)(?=['’]s\b)")


def names_in(question: str, today: date, known: Sequence[str] = ()) -> list[str]:
    """What a question writes as a name, but for councils, periods and the words that every question has."""
    taken = [(s, e) for _, s, e in (*find_periods(question, today), *find_entities(question, known))]
    found = [m for m in _NAMES.finditer(question) if not any(s < m.end() and m.start() < e for s, e in taken)]
    return [m.group() for m in found if terms(m.group())]


@dataclass(frozen=True, slots=True)
class _Parts:
    """The pieces of a question, and the text that is left when they are taken out."""

    rest: str
    entities: tuple[str, ...]
    since: str
    until: str
    period: str
    only: tuple[str, ...]


def understand(question: str, today: date, catalogue: Catalogue, before: Plan | None = None) -> Plan:
    """The plan for `question`, asked on `today`; `before` is the thread's last plan."""
    low = _plainly(question)
    if said_by(vocabulary()["refuse"]["patterns"], low):
        return Plan(question, "refused", "")
    if said_by(vocabulary()["personal"]["patterns"], low):
        return Plan(question, "personal", "")
    parts = _take_apart(question, near(low, today, before), catalogue)
    wanted, spelled = _wanted(question, low, parts, today, catalogue)
    matches = measures(wanted, catalogue)
    others = measures(replace(wanted, numbers=frozenset()), catalogue) if wanted.numbers and not matches else []
    operation = _operation(low, matches)
    if operation != "definition":
        matches = [m for m in matches if m.entry.entities] or matches
    known = tuple(e for e in parts.entities if _covered(e, catalogue))
    group, says_overall = _group(low), any(_OVERALL in m.said for m in matches)
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
        tuple(t for t in wanted.terms if t != _OVERALL or says_overall),
        first_name(vocabulary()["over"], low),
        _top(low),
        wanted.services,
        known,
        today=today.isoformat(),
        how="code" if wanted.codes else "words" if matches else "",
        spelled=spelled,
    )
    plan = replace(plan, subject=_subject(low, plan, bool(wanted.codes), matches))
    if others and plan.subject == "text":
        plan = replace(plan, subject="other_number", measures=tuple(m.entry.key for m in others))
    return follow_on(plan, low, before, catalogue) if before else plan


def _wanted(
    question: str, low: str, parts: _Parts, today: date, catalogue: Catalogue
) -> tuple[Wanted, tuple[str, ...]]:
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
    codes, services = catalogue.codes_in(parts.rest), catalogue.services_in(question)
    counted = bool(_COUNTED.search(low))
    aimed = bool(re.search(r"\btargets?\b", low))
    wanted = Wanted(asked, numbers, codes, services, parts.entities, since, until, counted, without, aimed)
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


def _take_apart(question: str, today: date, catalogue: Catalogue) -> _Parts:
    """Entities and periods of a question, and what is left of it; "overall" is left, as measures are named so too."""
    rest = question
    found = find_entities(question, known=catalogue.known)
    found += [hit for hit in find_comparators(question) if all(hit[2] <= s or hit[1] >= e for _, s, e in found)]
    periods = find_periods(_hidden(question, catalogue.code_spans(question)), today)
    since, until, label = _asked_period(question, today, [p for p, _, _ in periods])
    rest = _THIS_YEAR.sub(lambda m: " " * len(m[0]), rest)
    taken = [(s, e) for name, s, e in found if name != OVERALL] + [(s, e) for _, s, e in periods]
    for start, end in sorted(taken, reverse=True):
        rest = rest[:start] + " " * (end - start) + rest[end:]
    entities = tuple(dict.fromkeys(name for name, _, _ in found if name != OVERALL))
    only = _apart(question, periods, today)
    if only:
        label = listed([p.label for p, _, _ in periods])
    return _Parts(rest, entities, since, until, label, only)


def _apart(question: str, periods: Sequence[tuple[Period, int, int]], today: date) -> tuple[str, ...]:
    """Several periods that are named one by one ("May and August"), as "first day/last day"; () for one or a span."""
    gaps = [question[end:start] for (_, _, end), (_, start, _) in pairwise(periods)]
    opened = any(p.start == date.min or p.end == today for p, _, _ in periods)
    if not gaps or opened or _THIS_YEAR.search(question) or any(_SPANNED.fullmatch(gap) for gap in gaps):
        return ()
    return tuple(f"{p.start.isoformat()}/{p.end.isoformat()}" for p, _, _ in periods)


def _asked_period(question: str, today: date, spans: Sequence[Period]) -> tuple[str, str, str]:
    """The first and the last day asked about, and what was said; "" where nothing was, or "latest"."""
    if this := _THIS_YEAR.search(question):
        period = this_year(today)[1 if (this[1] or "").lower() == "financial " else 0]
        earlier = [p for p in spans if date.min < p.start < period.start]
        first = min((p.start for p in earlier), default=period.start)
        label = " and ".join(("this year", *(p.label for p in earlier)))
        return first.isoformat(), period.end.isoformat(), label
    if _TO_DATE.search(question) and not spans:
        year = financial_year(today)
        return year.start.isoformat(), year.end.isoformat(), TO_DATE
    if ahead := _AHEAD.search(question):
        count = {"quarter": 3, "year": 12}.get(ahead[1].lower(), 1)
        coming = months(month_end(today) + timedelta(days=1), count)
        return coming.start.isoformat(), coming.end.isoformat(), ahead[0].lower()
    if not spans:
        return "", "", ""
    first, last = min(p.start for p in spans), max(p.end for p in spans)
    label = " to ".join(dict.fromkeys(p.label for p in spans))
    if first == date.min and last == today:  # "latest": the last that is reported
        return "", "", label
    return first.isoformat(), last.isoformat(), label


def _hidden(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with codes crossed out: the 2 of "PI 2 June 2021" is no day."""
    for start, end in spans:
        text = text[:start] + "#" * (end - start) + text[end:]
    return text


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
    left = _naming(_take_apart(question, today, catalogue).rest, catalogue)
    left = re.sub(r"(?<!\w)['’]s\b|[^\w\s'’%-]", " ", left)
    return " ".join(re.sub(rf"^(?:{_OPENS}\s+)+|(?:\s+{_ENDS})+$", "", " ".join(left.split())).split())


def _naming(text: str, catalogue: Catalogue) -> str:
    """What is left to name a measure by: no codes, no "80%", which is a target's or a figure's, and no "how often"."""
    for start, end in sorted(catalogue.code_spans(text), reverse=True):
        text = text[:start] + " " + text[end:]
    groups: dict[str, list[str]] = vocabulary()["groups"]
    said = sorted((s for group in groups.values() for s in group if " " in s), key=len, reverse=True)
    text = re.sub(rf"\b(?:{'|'.join(map(re.escape, said))})\b", " ", in_full(text))
    for aside in (r"\d+(\.\d+)?\s?%", *vocabulary()["words"]["asides"]):
        text = re.sub(aside, " ", text)
    return text


def _operation(low: str, matches: Sequence[Match]) -> str:
    """What to do with the figures; words of the measure's own name ("total calls logged") name no operation."""
    left = besides(low, matches[0].entry.name) if matches else low
    return first_match(vocabulary()["operation"], left) or "value"


def _grain(low: str) -> str:
    """ "quarter" for "Q1" and "the June quarter", "month" for "June" and "which month", "year" for "2021/22"."""
    grains: dict[str, str] = vocabulary()["grain"]
    return next((name for name, pattern in grains.items() if re.search(pattern, low)), "")


def _group(low: str) -> str:
    groups: dict[str, list[str]] = vocabulary()["groups"]
    return next(
        (name for name, said in groups.items() if any(re.search(rf"\b{re.escape(s)}\b", low) for s in said)), ""
    )


def _names_a_measure(cue: str, plan: Plan, matches: Sequence[Match]) -> bool:
    """Whether a question with a cue of another subject still means a measure: by its name, not by its service."""
    if cue == "plan_item" and _HAPPENED.search(plan.question.lower()) and len(plan.topic) > 1:
        return bool(matches) and matches[0].asked > 0.95  # nothing but a measure: "what happened to council tax calls"
    if cue != "brief":
        return bool(matches) and matches[0].named > 0.8
    said = set(plan.topic) - {t for s in plan.services for t in terms(s)} - set(terms(vocabulary()["words"]["judging"]))
    return bool(matches) and bool(said)


def _subject(low: str, plan: Plan, coded: bool, matches: Sequence[Match]) -> str:
    """What the question is about: a ref or a cue of the ledger, else a measure, else free text."""
    cue = first_match(vocabulary()["subject"], low)
    if plan.refs:
        return "ref"
    if said_by(vocabulary()["words"]["why"], low):
        return "why" if matches else "text"
    if matches and _WENT_WRONG.search(low) and _names_a_measure("brief", plan, matches):
        return "why"
    if cue == "slip" or (cue and not coded and not _names_a_measure(cue, plan, matches)):
        return cue
    if matches:
        return "kpi"
    return cue or _without_measure(low, plan, coded)


def _without_measure(low: str, plan: Plan, coded: bool) -> str:
    """What a question is about that names no measure: "Havant in August?" asks how a council does."""
    if _CODE_LIKE.search(low) and not coded:
        return "unknown_code"
    if plan.entities and not plan.topic and not plan.unknown and not coded:
        return "brief"
    return "text"
