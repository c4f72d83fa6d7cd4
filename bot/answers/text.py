"""Answers out of running text: the passage found, and the sentences of it that answer, quoted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot import words
from bot.answers.asked import SHORT, Asked, asked, figures_of, plainly
from bot.answers.builder import Builder
from bot.answers.extracts import Extract, and_what_follows, and_what_leans, extracts, meant
from bot.answers.kin import in_other_words
from bot.answers.needed import asks_outcome, asks_why
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import same, says, terms
from bot.question.terms import words as said_words
from indexer.retrieval.search import Hit, Search
from kpi_tools.ledger import Record
from kpi_tools.names import find_entities
from kpi_tools.periods import Period, find_periods

# Of a question's words, by how much each says: what an answer must hold by itself, and with the words around it; and
# what one word may be that stands nowhere there.
OWN, ENOUGH, LACKS = 0.45, 0.56, 0.34
EXCUSED = 0.15, 0.3  # what it may be at least, and for what passages are like the question in meaning
BOTH = 0.65  # of a question, that the words and the meaning of a passage must hold between them
WHOLE = 0.94  # of a question's words, that a row of figures must hold
# Of answers to some 80 questions over six papers, each read by eye, 7 of 8 with a lower cosine to the question were
# wrong, and 13 of 71 with a higher one.
NEAR = 0.4
MOST_PARTS, LONGEST = 8, 400  # of a quotation, that are held against the question, and their characters
MOST_HITS = 24
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")
# Only says that a thing was spoken of: what was said of it comes after.
RAISES = re.compile(
    r"[^.]*\b(?:questions?|query|queries|points?|concerns?) (?:was|were|is) (?:\w+ )?(?:asked|raised|made)\b[^.]*\.$",
    re.IGNORECASE,
)
LED, MOST_LED = 20, 60  # letters by which a passage's end is known; words of what it leads on to
NEARLY = 0.1  # in score, within which one row of a table fits as well as another

Meetings = Mapping[tuple[str, int], str]  # the day of the meeting that a page (document, number) tells of


@dataclass(frozen=True, slots=True)
class Dated:
    """What tells of which time a page is, besides its words: the meetings; the papers whose last figures of a
    question's measures are of the very time that it asks about, as is there what names no time; and the days that the
    papers are of."""

    met: Meetings = field(default_factory=dict)
    newest: frozenset[str] = frozenset()
    written: Mapping[str, date] = field(default_factory=dict)


def meetings(records: Iterable[Record]) -> Meetings:
    """The pages that tell of a meeting, from the first to the last on which something is known of it."""
    pages: dict[tuple[str, str], list[int]] = {}
    for record in records:
        if day := record.fields.get("meeting"):
            pages.setdefault((record.place.document, day), []).append(record.place.page)
    return {(paper, page): day for (paper, day), on in pages.items() for page in range(min(on), max(on) + 1)}


def answer(
    plan: Plan,
    search: Search,
    documents: Sequence[str],
    exempt: bool,
    builder: Builder,
    measures: Sequence[Entry] = (),
    dated: Dated = Dated(),
) -> str:
    """Quote the sentences of these papers, the latest last, that answer into `builder`, those that name the codes of
    `measures` first; the status. A passage that names a measure's code speaks of the measure, whatever it calls it."""
    sought = asked(plan, search, exempt, measures)
    if not (sought.words or sought.names or measures):
        return builder.end("not_found", words.NOT_FOUND)
    hits = [h for h in _hits(plan, search, exempt, measures) if h.passage.places[0].document in documents]
    hits = [h for h in hits if _about(plan, sought, h, _around(h, hits), dated, measures)]
    hits = _minuted(plan, hits, dated.met)
    coded = [h for h in hits if h.passage.places[0].row < 0 and meant(measures, h.passage.text)]
    hits = hits if sought.words or not measures else coded
    reason = asks_why(plan)
    enough = _fitting(plan, sought, coded or hits, measures)
    if coded and reason and not any(e.gives for e in enough):  # what names the measure gives none, what tells of it may
        told = _fitting(plan, sought, hits, measures)
        enough = [e for e in told if e.gives and e.own >= WHOLE and not e.tabular] or enough
    best = max(enough, key=lambda e: (e.gives and reason, e.score), default=None)
    if best is None:
        return builder.end("not_found", words.NOT_FOUND)
    best = best if reason else _latest(best, enough, documents)
    if (reason and not best.gives) or asks_outcome(plan) or RAISES.match(best.text):
        best = and_what_follows(best)
    else:
        best = and_what_leans(best, any_such=reason)
    if not (measures or _is_near(plan, best.text, search)):
        return builder.end("not_found", words.NOT_FOUND)
    for place in best.hit.passage.places:
        builder.cite(place, best.text)
    builder.lines.append(best.text)
    if re.search(r":[-–]?$", best.text):
        _lead_on(best, search, exempt, builder)
    return "answered"


def _is_near(plan: Plan, text: str, search: Search) -> bool:
    """Whether what is quoted, or a sentence of it, is near enough in meaning to the question to be its answer."""
    parts = [text, *(part for part in _SENTENCE.split(text) if part != text)]
    return search.is_near(query(plan), (part[:LONGEST] for part in parts[:MOST_PARTS]), NEAR)


def _minuted(plan: Plan, hits: list[Hit], met: Meetings) -> list[Hit]:
    """Of a question what was said at a meeting, the passages of the pages that tell of one; of the latest meeting, of
    those that tell of it alone."""
    if says("asked.at_last", plan.question):
        days = {page: period.end for page, day in met.items() for period, _, _ in find_periods(day, plan.days[1])}
        last = max((day for day in days.values() if day.isoformat() <= plan.today), default=None)
        return [h for h in hits if last and days.get(_page(h)) == last]
    if says("asked.spoken", plan.question) or says("asked.at_meeting", plan.question):
        return [h for h in hits if _page(h) in met] or hits
    return hits


def _fitting(plan: Plan, sought: Asked, hits: Sequence[Hit], measures: Sequence[Entry]) -> list[Extract]:
    """The parts of these passages that hold enough of a question, and give the reason or the day to come that it asks
    for; what is told of a measure that failed may be its reason without a word that says so."""
    sought = sought.nearer(h.passage.text for h in hits)
    found = [
        e for rank, hit in enumerate(hits) for e in extracts(plan, sought, hit, rank, _around(hit, hits), measures)
    ]
    if says("asked.decided", plan.question):
        found = [e for e in found if not e.tabular and says("text.decided", e.text)]
    if asks_why(plan):
        told = {e.hit.id for e in found if e.own >= WHOLE}  # where the thing is told, its reason is
        found = [e for e in found if e.gives or (measures and not (e.tabular or _is_figures(e)))]
        found = [e for e in found if e.own >= OWN or not told or e.hit.id in told]
    elif says("text.will", plan.question):
        found = [e for e in found if e.gives or e.tabular]
    return [e for e in found if _enough(e)]


def _lead_on(best: Extract, search: Search, exempt: bool, builder: Builder) -> None:
    """What a sentence that ends with a colon leads on to: the rest of its passage, or the passage after it."""
    rest = best.hit.passage.text.partition(best.text[-LED:])[2].strip()
    after = None if rest else search.after(best.hit, exempt)
    told, place = (rest, best.hit.passage.places[0]) if rest else (after.text, after.places[0]) if after else ("", None)
    if place:
        said = " ".join(told.split()[:MOST_LED])
        builder.cite(place, said)
        builder.lines.append(said if said == " ".join(told.split()) else f"{said} …")


def _latest(best: Extract, enough: Sequence[Extract], documents: Sequence[str]) -> Extract:
    """Of rows of tables that fit as well as the best one, that of the latest paper."""
    behind = [(e, max(best.covered - e.covered, best.score - e.score)) for e in enough if best.tabular and e.tabular]
    alike = [e for e, by in behind if by <= NEARLY]
    return max(alike, key=lambda e: (documents.index(e.hit.passage.places[0].document), e.score), default=best)


def query(plan: Plan) -> str:
    """What is searched for a question: it and its councils, and of a short one what its thread is about."""
    short = len(terms(plan.question, "little")) <= SHORT
    return " ".join((plan.question, *plan.entities, *(plan.topic if short else ())))


def _hits(plan: Plan, search: Search, exempt: bool, measures: Sequence[Entry]) -> list[Hit]:
    """What is found for a question; and what speaks of its measure by its name, which the question need not."""
    hits = search.find(query(plan), MOST_HITS, exempt, in_other_words(said_words(plan.question)))
    if measures:
        known = {h.id for h in hits}
        by_name = search.find(f"{plainly(plan)} {measures[0].title}", MOST_HITS, exempt)
        hits += [h for h in by_name if h.id not in known and h.passage.places[0].row < 0]
    return hits


def _page(hit: Hit) -> tuple[str, int]:
    return hit.passage.places[0].document, hit.passage.places[0].page


def _around(hit: Hit, hits: Sequence[Hit]) -> str:
    """The words of the other passages found on a passage's page: what its sentences may take for granted."""
    mates = [h.passage for h in hits if _page(h) == _page(hit)]
    return " ".join(f"{p.heading} {p.text}" for p in mates)


def _names(plan: Plan, sought: Asked, told: str, held: frozenset[str], around: str) -> bool:
    """Whether a passage has every name: a council by any of its names, of somebody's two names one, where the page has
    both."""
    missing = {name for name in sought.names if not same(name, held)}
    if not missing:
        return True
    known = {e for e, _, _ in find_entities(told, known=plan.entities)} if plan.entities else set()
    missing -= {t for e in known.intersection(plan.entities) for t in terms(e, "little")}
    pairs = {t: {a, b} for a, b in sought.full for t in (a, b)}
    page = frozenset(terms(around, "little"))
    return all(name in page and not pairs.get(name, {name}) <= missing for name in missing)


def _enough(found: Extract) -> bool:
    """Whether an extract has what the question turns on, and enough of its words.

    A row of figures leaves nothing to the words around it: short of one word it is a row of another thing.
    """
    if not found.turns or found.lacks > LACKS:
        return False
    if found.tabular and _is_figures(found):
        return found.covered >= WHOLE
    alike = found.hit.similarity
    if alike is not None and (found.lacks > EXCUSED[0] + EXCUSED[1] * alike or found.own + alike < BOTH):
        return False
    return (found.own >= OWN or found.gives) and found.covered >= ENOUGH


def _is_figures(found: Extract) -> bool:
    """Whether an extract is figures, or a table's row with some, which give no reason for anything."""
    return is_figures(found.text, 10 if found.tabular else 4)


def is_figures(text: str, often: int = 4) -> bool:
    """Whether at least one word in so many holds a digit."""
    said = text.split()
    return often * sum(any(c.isdigit() for c in word) for word in said) > len(said)


def _about(plan: Plan, sought: Asked, hit: Hit, around: str, dated: Dated, measures: Sequence[Entry]) -> bool:
    """Whether a passage, its headings or its paper's title have every name asked, and they, the page or the meeting
    that it tells of the period; and the passage every figure that the question quotes.

    A passage that speaks of one of `measures` does so of the periods that it names."""
    text, document = hit.passage.text, hit.passage.places[0].document
    told = f"{text} {hit.passage.heading} {hit.title}"
    held = frozenset(terms(f"{told} {re.sub(r'[-_.]', ' ', document)}", "little"))
    if not _names(plan, sought, told, held, around) or not sought.figures <= figures_of(text):
        return False
    if not plan.since:
        return True
    written = dated.written.get(document)
    periods = _periods(text, written, plan) if meant(measures, text) else []
    if measures and not periods and document in dated.newest and meant(measures, text):
        return True
    row = hit.passage.places[0].row >= 0
    beside = "" if row else around  # what stands beside a table dates none of its rows
    if row and plan.subject == "budget_line":  # nor does the paper, which may tell of another year's money
        told = f"{text} {hit.passage.heading}"
    periods = periods or _periods(f"{told}\n{beside}\n{dated.met.get(_page(hit), '')}", written, plan)
    return any(plan.meets(period.start, period.end) for period in periods)


def _periods(text: str, written: date | None, plan: Plan) -> list[Period]:
    """The periods that a text names; of a month without a year that before the day it was `written` on, and after."""
    near = [written, written + timedelta(days=365)] if written else [plan.days[1]]
    return [period for day in near for period, _, _ in find_periods(text, day)]
