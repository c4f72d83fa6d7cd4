"""Answers out of running text: the passage found, and the sentences of it that answer, quoted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import words
from bot.builder import Builder
from bot.catalogue import code_pattern
from bot.entries import Entry
from bot.plan import Plan
from bot.terms import said_by, same, stands_for, stem, terms, vocabulary
from bot.terms import words as said_words
from indexer.search import Hit, Search
from kpi_tools.periods import find_periods

# An answer must hold this share of the question's words; or LEAST of them, where the passage is ALIKE in meaning too.
# Chosen by what `python -m bench.questions` gained and lost with others.
ENOUGH, LEAST, ALIKE = 0.6, 0.45, 0.6
WHOLE = 0.94  # of a question's words, that a row of figures must hold
UNLIKE = 0.2  # a passage that shares words with a question and is as far from it as this is about something else
MOST_WORDS, MOST_HITS = 90, 24
SHORT = 2  # words; a question of no more leans on what its thread is about
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]+\b")  # in mid-sentence
_CODE = re.compile(r"\b[A-Z]+[-/ ]?\d[\w/-]*")  # "RP4-2020", "P5"
_PARAGRAPH = re.compile(r"^\W*(?:\d+(?:\.\d+)*|\w)[.)]\s")
_AMOUNT = re.compile(r"£\s?\d|\d\s?(?:%|per ?cent)")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|none|no)\b", re.IGNORECASE
)
_COUNTED = re.compile(r"\bhow many\b|\bnumber of\b")
# Asks how much or which way, and is no word of what is asked about.
_SIZE = re.compile(
    r"\bhow (?:large|big|great|high|small|often|soon)(?: an?)?(?: (?:share|part|proportion|number))?\b"
    r"|\bwhat (?:share|part|proportion)\b|\b(?:up|higher|more|better) or (?:down|lower|less|worse)\b",
    re.IGNORECASE,
)
# Amounts, shares, refs and days are no numbers of things.
_NO_COUNT = re.compile(
    r"£\s?[\d.,]+\w*|[\d.,]+\s?(?:%|per ?cent)|\b[A-Z]+[-/ ]?\d[\w/-]*|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b"
    r"|\b(?:19|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th)?\s(?=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_WHEN = re.compile(r"^\W*(?:and |so )?(?:when|what (?:date|day|time))\b")
_AHEAD = re.compile(r"^\W*(?:and |so )?when (?:will|is|are|do|does)\b")  # asks for what is still to come
_COSTS = re.compile(r"\b(?:cost|price|worth)\b")
_DAY = re.compile(
    r"\d|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer"
    r"|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month|year|tomorrow|yesterday)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's terms: the words that say what it is about, each with how much it says (the fewer passages have
    it, the more), and the names that it is about."""

    words: Mapping[str, float]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Extract:
    """Sentences in a row of one passage: how well they fit, how much of the question they cover, and whether they
    give what is asked for (a reason, a change)."""

    hit: Hit
    text: str
    score: float
    covered: float
    gives: bool


def answer(
    plan: Plan,
    search: Search,
    documents: frozenset[str],
    exempt: bool,
    builder: Builder,
    measures: Sequence[Entry] = (),
) -> str:
    """Quote the sentences of these papers that answer into `builder`, those that name the codes of `measures` first;
    the status. A passage that names a measure's code speaks of the measure, whatever it calls it."""
    asked = _asked(plan, search, exempt, measures)
    if not (asked.words or asked.names or measures):
        builder.lines.append(words.NOT_FOUND)
        return "not_found"
    short = len(terms(plan.question, "little")) <= SHORT
    more = (*plan.entities, *(plan.topic if short else ()))
    hits = search.find(" ".join((plan.question, *more)), MOST_HITS, exempt)
    if measures:  # what speaks of the measure by its name, which the question need not
        known = {h.id for h in hits}
        by_name = search.find(f"{plan.question} {measures[0].name}", MOST_HITS, exempt)
        hits += [h for h in by_name if h.id not in known and h.passage.places[0].row < 0]
    hits = [h for h in hits if h.passage.places[0].document in documents and _about(plan, asked, h, _around(h, hits))]
    coded = [h for h in hits if h.passage.places[0].row < 0 and _meant(measures, h.passage.text)]
    hits = coded or (hits if asked.words or not measures else [])
    found = [
        e
        for rank, hit in enumerate(hits)
        for e in _extracts(plan, asked, hit, rank, frozenset(terms(_around(hit, hits), "little")), measures)
    ]
    reason = _asks_why(plan)
    enough = [e for e in found if _enough(e) and (e.gives or not reason or not _is_figures(e))]
    best = max([e for e in enough if e.gives] or enough, key=lambda e: e.score, default=None)
    if best is None:
        builder.lines.append(words.NOT_FOUND)
        return "not_found"
    if reason and not best.gives:
        best = _and_what_follows(best)
    for place in best.hit.passage.places:
        builder.cite(place, best.text)
    builder.lines.append(best.text)
    return "answered"


def _meant(measures: Sequence[Entry], text: str) -> frozenset[str]:
    """The words of those measures whose codes a text names."""
    low = text.lower()
    coded = (e for e in measures if e.code and re.search(code_pattern(e.code), low))
    return frozenset(t for e in coded for t in terms(e.title, "little"))


def _around(hit: Hit, hits: Sequence[Hit]) -> str:
    """The words of the other passages found on a passage's page: what its sentences may take for granted."""
    page = (hit.passage.places[0].document, hit.passage.places[0].page)
    mates = [h.passage for h in hits if (h.passage.places[0].document, h.passage.places[0].page) == page]
    return " ".join(f"{p.heading} {p.text}" for p in mates)


def _asked(plan: Plan, search: Search, exempt: bool, measures: Sequence[Entry]) -> Asked:
    """The question's words, names apart; of a follow-up, those of its topic too. Of a question for a reason not how
    good or bad a thing is, unless that is all: "why so bad?"."""
    named = {t for m in _NAME.finditer(plan.question) for t in terms(m.group(), "little")}
    named |= {t for e in plan.entities for t in terms(e, "little")}
    named |= {t for m in _CODE.finditer(plan.question) for t in terms(m.group(), "little")}
    named -= {t for service in plan.services for t in terms(service, "little")}  # often said for a part of a paper
    named -= {t for e in measures for t in terms(e.code, "little")}
    dated = set(terms(plan.period, "little"))
    said = terms(_SIZE.sub(" ", _undated(plan)), "little")
    more = () if len(said) > SHORT else plan.topic
    left = {*said, *more} - named - dated - {t for e in measures for t in terms(e.code, "little")}
    if _asks_why(plan):
        plain = left - set(terms(vocabulary()["words"]["moods"], "little"))
        left = plain if measures else plain or left
    return Asked(
        search.weights({t: (*_forms(plan.question, t), *stands_for(t)) for t in left}, exempt), frozenset(named - dated)
    )


def _undated(plan: Plan) -> str:
    """The question without its periods: "last year" is held against days, not words."""
    left = plan.question
    today = date.fromisoformat(plan.today) if plan.today else date.max
    for _, start, end in sorted(find_periods(left, today), key=lambda found: -found[1]) if plan.since else ():
        left = f"{left[:start]} {left[end:]}"
    return left


def _forms(text: str, term: str) -> Sequence[str]:
    """The words of a text that a term is the stem of; the term itself, where it is from elsewhere."""
    return [w for w in said_words(text) if stem(w) == term] or [term]


def _enough(found: Extract) -> bool:
    """Whether an extract has enough of the question to answer it, by its words and by its meaning.

    A row of figures leaves nothing to the words around it: short of one word it is a row of another thing.
    """
    alike = found.hit.similarity
    if found.hit.passage.places[0].row >= 0 and _is_figures(found):
        return found.covered >= WHOLE
    if alike is None:
        return found.covered >= ENOUGH
    return (found.covered >= ENOUGH and alike >= UNLIKE) or (found.covered >= LEAST and alike >= ALIKE)


def _asks_why(plan: Plan) -> bool:
    return plan.subject == "why" or said_by(vocabulary()["words"]["why"], plan.question.lower())


def _is_figures(found: Extract) -> bool:
    """Whether an extract is figures, or a table's row with some, which give no reason for anything."""
    return is_figures(found.text, 10 if found.hit.passage.places[0].row >= 0 else 4)


def is_figures(text: str, often: int = 4) -> bool:
    """Whether at least one word in so many holds a digit."""
    said = text.split()
    return often * sum(any(c.isdigit() for c in word) for word in said) > len(said)


def _and_what_follows(found: Extract) -> Extract:
    """An extract with the sentences after it, as a reason often follows what it explains."""
    text = found.hit.passage.text
    at = text.find(found.text)
    rest = _SENTENCE.split(text[at + len(found.text) :].strip()) if at >= 0 else []
    said = found.text
    for sentence in filter(None, rest[:2]):
        if len(f"{said} {sentence}".split()) <= MOST_WORDS:
            said = f"{said} {sentence}"
    return replace(found, text=said)


def _about(plan: Plan, asked: Asked, hit: Hit, around: str) -> bool:
    """Whether a passage, its headings or its paper's title have every name asked, and they or the page the period."""
    paper = re.sub(r"[-_.]", " ", hit.passage.places[0].document)
    held = frozenset(terms(f"{hit.passage.text} {hit.passage.heading} {hit.title} {paper}", "little"))
    if not all(same(name, held) for name in asked.names):
        return False
    if not plan.since:
        return True
    since, until = date.fromisoformat(plan.since), date.fromisoformat(plan.until)
    told = f"{hit.passage.text} {hit.passage.heading} {hit.title}"
    return any(p.start <= until and p.end >= since for p, _, _ in find_periods(f"{told}\n{around}", until))


def _dated(plan: Plan, text: str) -> bool:
    """Whether a sentence speaks of the very period asked, or of a part of it."""
    if not plan.since:
        return False
    since, until = date.fromisoformat(plan.since), date.fromisoformat(plan.until)
    return any(since <= p.start and p.end <= until for p, _, _ in find_periods(text, until))


def _extracts(
    plan: Plan, asked: Asked, hit: Hit, rank: int, around: frozenset[str], measures: Sequence[Entry]
) -> Iterator[Extract]:
    """Every run of up to three sentences of a passage.

    A sentence that gives what is asked for, a reason or a change, may leave the subject to the words around it.
    """
    whole = frozenset(terms(f"{hit.passage.text} {hit.passage.heading}", "little")) | _meant(measures, hit.passage.text)
    passage, page = _share(asked, whole), _share(asked, whole | around)
    sentences = _SENTENCE.split(hit.passage.text)
    counted, needed = bool(_COUNTED.search(plan.question.lower())), _needed(plan)
    for length in (1, 2, 3):
        for start in range(max(1, len(sentences) - length + 1)):
            text = " ".join(sentences[start : start + length])
            if length > 1 and len(text.split()) > MOST_WORDS:
                continue
            if needed and not needed.search(_NO_COUNT.sub(" ", _PARAGRAPH.sub("", text)) if counted else text):
                continue
            own = _share(asked, frozenset(terms(text, "little")) | _meant(measures, text))
            gives = any(re.search(p, text, re.IGNORECASE) for p in _gives(plan))
            then = 0.3 if _dated(plan, text) else 0.0
            score = own + 0.5 * passage + (0.3 + 0.5 * page if gives else 0.0) + then - 0.04 * length - 0.01 * rank
            yield Extract(hit, _trim(text), score, max(own, 0.95 * passage, 0.95 * page if gives else 0.0), gives)


def _needed(plan: Plan) -> re.Pattern[str] | None:
    """What an answer must hold: "how many" is not answered without a number, "by how much" not without an amount,
    "when" not without a day or time."""
    low = plan.question.lower()
    if _WHEN.search(low):
        return _DAY
    if _COSTS.search(low) and re.match(r"\W*(?:what|how much)\b", low):
        return _AMOUNT
    if not re.search(r"\bhow (much|many|far|long|often)\b", low):
        return None
    return _AMOUNT if plan.operation == "change" else _NUMBER


def _gives(plan: Plan) -> Sequence[str]:
    """The patterns of a sentence that gives what the question asks for; () where any may."""
    if _asks_why(plan):
        return tuple(vocabulary()["words"]["because"])
    if _AHEAD.search(plan.question.lower()):
        return tuple(vocabulary()["words"]["to_come"])
    return tuple(vocabulary()["words"]["changed"]) if plan.operation == "change" else ()


def _share(asked: Asked, held: frozenset[str]) -> float:
    """How much of the words asked is held, by how much each says; all of it, where only names were asked."""
    if not asked.words:
        return 1.0
    return sum(w for t, w in asked.words.items() if same(t, held)) / sum(asked.words.values())


def _trim(text: str) -> str:
    said = text.split()
    return text if len(said) <= MOST_WORDS else " ".join(said[:MOST_WORDS]) + " …"
