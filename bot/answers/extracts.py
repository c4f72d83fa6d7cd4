"""The parts of a passage that may answer a question: sentences in a row, or a row's cell with what the row is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answers.asked import Asked
from bot.answers.needed import asks_why, gives, has_needed, is_dated
from bot.answers.point import asks_whether, asks_which, asks_who
from bot.question.codes import code_pattern
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import says, terms, vocabulary
from bot.question.unmet import SEVERAL
from indexer.retrieval.search import Hit
from kpi_tools.periods import find_periods

MOST_WORDS = 90
MOST_DATED = 14  # words, of a paragraph that is a day and little else: what it is the day of its heading says
MOST_SUBJECT = 30  # words, of what a table's row is about
SAID = 0.94  # of a question, that what a row is about must hold, for a cell that holds nothing of it to answer
AROUND, ON_PAGE = 0.8, 0.6  # of a word in the sentence, says one elsewhere in its passage; on its page, in its title
HELD = 0.4  # of a question, that a cell must hold by itself where the row's subject holds as much as both
# Before a sentence, a bullet's too; "1. The panel" is one.
_SENTENCE = re.compile(r"(?<=[.!?])(?<!^\d\.)(?<!^\d\d\.)\s+(?=(?:[-–]\s?)?[A-Z\"“(])|(?<=\S)\s+(?=[•●▪◦‣]\s)")
_BULLET = re.compile(r"^[-–•●▪◦‣]\s+")
_HEADING = re.compile(
    r"\d+\.\s+(?!(?:The|An?|It|This|There)\b)[A-Z][\w’'&,-]*(?: [\w’'&,-]+){0,4}\."
)  # "13. Performance."
# A sentence that gives orders to who reads it, as no paper does that tells of something.
_COMMANDS = re.compile(
    r"\b(?:ignore|disregard|forget)\b(?:\W+\w+){0,4}\W+(?:instructions?|rules|prompts?)\b|^[\W\d]*(?:system|assistant|user)\s?:"
    r"|\byou are now\b|\b(?:reply|respond|answer) with (?:that|this|the following|only)\b|\bassistant:",
    re.IGNORECASE,
)
_CHANGED = re.compile("|".join(vocabulary()["words"]["changed"]), re.IGNORECASE)
_CAPITALS = re.compile(r"\b[A-Z]{2,3}\b")
_LEANS = re.compile(r"(?:This|These|Those|It|They)\b")
_CAUSE = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|as a result of|(?:caused|hampered|hindered|affected|impacted|driven) by"
    r"|following|in response to|attribut\w+ to)\b([^.;]*)",
    re.IGNORECASE,
)
_EFFECT = re.compile(r"(?:\w+ )?(?:impact|consequence|effect)s?\b[^:;.]{0,30}: ", re.IGNORECASE)
_DENIES = re.compile(
    r"(?:This|These|That|Those|It|They|However)\b(?:\W+\w+){0,3}?\W+(?:not|never|wrong|untrue|incorrect)\b|(?:was|is|were|are)n['’]t\b"
)
_CELL = re.compile(r";\s(?=[A-Z][^;:]{0,90}:\s)")  # before the next column's name


@dataclass(frozen=True, slots=True)
class Extract:
    """Sentences in a row of one passage: how well they fit; how much of the question their `own` words cover, and these
    with those around them; what part of it the word is that even these lack; whether they have what the question turns
    on, and whether they give what is asked for (a reason, a change)."""

    hit: Hit
    text: str
    score: float
    own: float
    covered: float
    lacks: float
    turns: bool
    gives: bool

    @property
    def tabular(self) -> bool:
        """Whether it stands in a table."""
        return self.hit.passage.places[0].row >= 0


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph, or a cell of a row: its sentences, and what they are about."""

    subject: str
    sentences: Sequence[str]


def split(text: str) -> list[str]:
    """The sentences of a text; the heading that a numbered one opens with is part of what follows it."""
    first, *rest = _SENTENCE.split(text)
    return [f"{first} {rest[0]}", *rest[1:]] if rest and _HEADING.fullmatch(first) else [first, *rest]


def meant(measures: Sequence[Entry], text: str) -> frozenset[str]:
    """The words of those measures whose codes, or whole names, a text has."""
    low, held = text.lower(), frozenset(terms(text))
    named = (
        e
        for e in measures
        if (e.code and re.search(code_pattern(e.code), low)) or (len(e.name_terms) >= SEVERAL and e.name_terms <= held)
    )
    return frozenset(t for e in named for t in terms(e.title, "little"))


def extracts(
    plan: Plan, asked: Asked, hit: Hit, rank: int, around: str, measures: Sequence[Entry]
) -> Iterator[Extract]:
    """Every run of up to three sentences of a passage, `around` the others of its page.

    A sentence that gives what is asked for, a reason or a change, may leave the subject to the words around it.
    """
    text, own_words = hit.passage.text, meant(measures, hit.passage.text)
    units, named = list(_units(hit)), replace(asked, holder=True)
    paper = frozenset(terms(f"{hit.title} {re.sub(r'[-_.]', ' ', hit.passage.places[0].document)}", "little"))
    whole = f"{text} {hit.passage.heading}"
    around_it = asked.held(whole, own_words)
    on_page = asked.held(f"{whole} {around}", own_words, near=False)
    passage, page = asked.part(around_it, paper), asked.part(on_page, paper)
    moves = asks_why(plan) and says("text.moves", plan.question)
    of_whom = 0.5 * all(re.search(rf"\b{name}\b", text) for name in _in_capitals(plan.question))
    of_whom -= 0.5 * (
        hit.passage.places[0].row >= 0 and says("asked.speech", plan.question)
    )  # no row tells who said it
    for unit in units:
        subject = asked.share(unit.subject, own_words, paper) if unit.subject else 0.0
        for length in (1, 2, 3):
            for start in range(max(1, len(unit.sentences) - length + 1)):
                said = _BULLET.sub("", " ".join(unit.sentences[start : start + length]))
                speaks = any(c.isalpha() for c in said) and (length == 1 or len(said.split()) <= MOST_WORDS)
                speaks = speaks and not _COMMANDS.search(said)
                if not speaks or not has_needed(plan, said):
                    continue
                full = f"{unit.subject} … {said}" if unit.subject else said
                held = asked.held(full, meant(measures, full))
                own = asked.part(held, paper)
                right = _gives(plan, asked, said, measures)
                if unit.subject and not right and own <= subject < SAID and asked.share(said) < HELD:
                    continue
                then = (0.3 if _dated(plan, said) else 0.0) + (0.3 if moves and _CHANGED.search(said) else 0.0)
                then += of_whom
                score = own + 0.5 * passage + (0.3 + 0.5 * page if right else 0.0) + then - 0.04 * length - 0.01 * rank
                for term, sure in held.items():
                    elsewhere = ON_PAGE * max(on_page[term] if right else 0.0, float(term in paper))
                    held[term] = max(sure, AROUND * around_it[term], elsewhere)
                turns = _turns(plan, asked, f"{unit.subject} … " if unit.subject else "", said, hit.passage.heading)
                score += 0.05 * (asked.who and turns and named.turns_on(full))  # rather a name than a post
                yield Extract(hit, _trim(full), score, own, asked.part(held, paper), asked.lacks(held), turns, right)


def _turns(plan: Plan, asked: Asked, subject: str, said: str, heading: str) -> bool:
    """Whether what is said has what the question turns on: what answers it and the kind of thing that it asks for, a
    day or somebody, in one sentence, as the day beside it is that of something else."""
    about = f"{heading} … {subject}" if asks_which(plan.question) else subject
    if not asked.turns_on(f"{about}{said}") or _of_other_post(plan, said):
        return False
    if asks_whether(plan.question) or asks_why(plan):
        return True
    return any(has_needed(plan, f"{subject}{one}") and asked.turns_on(f"{about}{one}") for one in split(said))


def _gives(plan: Plan, asked: Asked, said: str, measures: Sequence[Entry]) -> bool:
    """Whether what is said gives the reason or the change that is asked for; a reason in a sentence that is of the
    question or comes after one that is, and in no cell that tells what would come of it."""
    sentences = split(said)
    giving = [n for n, one in enumerate(sentences) if gives(plan, one)]
    if not giving or not asks_why(plan):
        return bool(giving)
    of_it = measures or asked.share(" ".join(sentences[: giving[-1] + 1]), near=False) > 0
    return bool(of_it) and not _EFFECT.match(said) and not _is_cause(asked, said, measures)


def _is_cause(asked: Asked, said: str, measures: Sequence[Entry]) -> bool:
    """Whether what a question asks the reason for is told as the reason of something else: "late because X left"."""
    cause = _CAUSE.search(said)
    rest = said[: cause.start()] + said[cause.end() :] if cause else ""
    return cause is not None and not meant(measures, rest) and asked.share(rest) < asked.share(cause[1])


def _units(hit: Hit) -> Iterator[_Unit]:
    """A passage's paragraph; or the cells of its row that have names, with what the row is about, which alone only says
    again what was asked."""
    cells = _CELL.split(hit.passage.text) if hit.passage.places[0].row >= 0 else []
    if len(cells) < 2:
        dated = len(hit.passage.text.split()) <= MOST_DATED and is_dated(hit.passage.text)
        yield _Unit(hit.passage.heading if dated else "", split(hit.passage.text))
        return
    subject = _subject(cells)
    if not subject:
        yield _Unit("", split(cells[0]))
    for cell in cells[max(1, len(subject)) :]:
        yield _Unit("; ".join(subject), split(cell))


def _subject(cells: Sequence[str]) -> Sequence[str]:
    """The first cells of a row up to one that says in words what it is about, as a name before a day or a figure does;
    () where that is too long or nowhere."""
    for count, cell in enumerate(cells[:3], 1):
        words = sum(word.isalpha() for word in _told(cell))
        after = "".join(_told("".join(cells[count : count + 1]))[:1])
        if words >= 2 or (words and after[:1].isdigit()):
            return cells[:count] if len(" ".join(cells[:count]).split()) <= MOST_SUBJECT else ()
    return ()


def _told(cell: str) -> list[str]:
    """The words of a cell, without the name of its column."""
    return (cell.partition(": ")[2] or cell).split()


def and_what_leans(found: Extract, any_such: bool) -> Extract:
    """An extract with the sentence after it, where that leans on it: "The reasons were told. These were ..."; if not
    `any_such`, only where it denies it: "This was not so."."""
    text = found.hit.passage.text
    at = text.find(found.text)
    after = split(text[at + len(found.text) :].strip())[0] if at >= 0 else ""
    leans = (_LEANS if any_such else _DENIES).match(after) and len(f"{found.text} {after}".split()) <= MOST_WORDS
    return replace(found, text=f"{found.text} {after}") if leans else found


def and_what_follows(found: Extract) -> Extract:
    """An extract with the sentences after it, as a reason often follows what it explains: rather than that, what comes
    first in it is left out."""
    text = found.hit.passage.text
    at = text.find(found.text)
    rest = split(text[at + len(found.text) :].strip()) if at >= 0 else []
    said, more = split(found.text), [sentence for sentence in rest[:2] if sentence]
    while len(said) > 1 and more and len(" ".join([*said, more[0]]).split()) > MOST_WORDS:
        said = said[1:]
    for sentence in more:
        if len(" ".join([*said, sentence]).split()) <= MOST_WORDS:
            said = [*said, sentence]
    return replace(found, text=" ".join(said))


def _dated(plan: Plan, text: str) -> bool:
    """Whether a sentence speaks of the very period asked, or of a part of it."""
    if not plan.since:
        return False
    return any(plan.covers(p.start) and plan.covers(p.end) for p, _, _ in find_periods(text, plan.days[1]))


def _in_capitals(question: str) -> list[str]:
    """The names of a question that without their capitals would say nothing: "IT"."""
    return [word for word in _CAPITALS.findall(question) if not terms(word, "little")]


def _of_other_post(plan: Plan, text: str) -> bool:
    """Whether a text speaks of the deputy of somebody whom the question asks for."""
    return asks_who(plan.question) and says("text.deputy", text) and not says("text.deputy", plan.question)


def _trim(text: str) -> str:
    said = text.split()
    return text if len(said) <= MOST_WORDS else " ".join(said[:MOST_WORDS]) + " …"
