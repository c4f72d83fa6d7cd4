"""Which records of the ledger a question means, by its words: the rarer a word is among them, the more it says."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from bot.answers.builder import Builder
from bot.answers.initials import spelled
from bot.question.plan import Plan
from bot.question.terms import HYPHENED, joined, said_of_all, same, stem, terms
from bot.question.terms import words as said_words
from kpi_tools.ledger import Record
from kpi_tools.names import find_entities, members

ENOUGH = 0.6  # of a question's words by weight, that a record must hold
NEAR = 7  # words, within which those that belong together stand
ROW = 3  # words of a question, that tell a record where it has them so
NEARLY = 0.15  # from the best, within which others are meant too
CUES = said_of_all("ledger")


NAMES = ("plan", "part", "budget", "report")  # the fields that name what a record is part of


def asked(plan: Plan) -> tuple[str, ...]:
    """The words of a question that say what it is about, without those that every question of the ledger has.

    Hyphened words are taken together, as papers write them so or so.
    """
    parted = HYPHENED.findall(plan.question)
    halves = {t for word in parted for t in terms(word)}
    whole = [t for word in parted for t in terms(word.replace("-", ""))]
    return tuple(t for t in dict.fromkeys((*(t for t in plan.topic if t not in halves), *whole)) if t not in CUES)


def cues(plan: Plan) -> tuple[str, ...]:
    """The words that any question may have, and some items too: "action plan", "measure"."""
    own = asked(plan)
    return tuple(t for t in terms(plan.question, "little") if t not in own and not t.isdigit())


def about(
    words: Sequence[str],
    records: Sequence[Record],
    text: Callable[[Record], str],
    enough: float = ENOUGH,
    also: Sequence[str] = (),
) -> list[Record]:
    """The records whose text fits a question's words best, and those that fit nearly as well; [] for none.

    Of `also`, words that any question may have ("action plan"), the more the better among those.
    """
    if not words or not records:
        return []
    texts = [text(record) for record in records]
    held = [frozenset(terms(joined(told))) | spelled([words], told) for told in texts]
    weights = weigh(words, held)
    scores = [sum(w for t, w in weights.items() if same(t, own)) for own in held]
    least = max(enough, max(scores) - NEARLY)
    found = [
        (r, sum(t in own for t in also)) for r, own, score in zip(records, held, scores, strict=True) if score >= least
    ]
    most = max((n for _, n in found), default=0)
    return [r for r, n in found if n == most]


def in_a_row(question: str, records: Sequence[Record], text: Callable[[Record], str]) -> list[Record]:
    """The records whose text has the longest row of a question's words, as they follow one another there: "quality of
    service measure"; [] where none has a row of `ROW` words, of which two say something."""
    said = [stem(word) for word in said_words(question)]
    held = [f" {' '.join(stem(word) for word in said_words(text(record)))} " for record in records]
    for size in range(len(said), ROW - 1, -1):
        rows = (said[at : at + size] for at in range(len(said) - size + 1))
        told = [f" {' '.join(row)} " for row in rows if _tells(row)]
        if found := [r for r, own in zip(records, held, strict=True) if any(row in own for row in told)]:
            return found
    return []


def _tells(row: Sequence[str]) -> bool:
    return all(terms(end, "little") for end in (row[0], row[-1])) and len(terms(" ".join(row))) > 1


def together(words: Sequence[str], text: str) -> bool:
    """Whether words that follow one another in a question, as far as a text has them, stand near one another there:
    in long notes a few words are found that have nothing to do with each other."""
    told = [stem(word) for word in said_words(joined(text))]
    at = {t: [i for i, word in enumerate(told) if same(t, {word})] for t in words}
    held = [t for t in words if at[t]]
    return all(any(abs(a - b) <= NEAR for a in at[one] for b in at[other]) for one, other in pairwise(held))


def weigh(words: Sequence[str], held: Sequence[frozenset[str]]) -> dict[str, float]:
    """What part of a question each of its words is, by how few texts hold it; all of them are 1."""
    often = {t: sum(same(t, own) for own in held) for t in words}
    raw = {t: math.log(1 + len(held) / max(n, 0.5)) for t, n in often.items()}
    whole = sum(raw.values())
    return {t: w / whole for t, w in raw.items()}


def of_fields(*names: str) -> Callable[[Record], str]:
    """The text of some fields of a record."""
    return lambda record: " ".join(record.fields[n] for n in names)


def papers_of(plan: Plan, records: Sequence[Record], homes: Mapping[str, str], builder: Builder) -> list[Record]:
    """The records of the papers that are a named council's own; all, where none is named. Where its own have none, no
    other council's papers tell of it, if it has own ones at all."""
    own = [r for r in records if _is_of(r.place.document, plan.entities, homes, builder)]
    known = not set(plan.entities).isdisjoint(homes.values())
    return own or [r for r in records if not (known and homes.get(r.place.document))]


def by_title(words: Sequence[str], records: Sequence[Record], builder: Builder) -> tuple[list[Record], tuple[str, ...]]:
    """The records of the papers, plans or parts whose names have words of the question that no record has; and the
    words that are left. All of them where there is no such word."""
    held = {t for r in records for name, text in r.fields.items() if name not in NAMES for t in terms(joined(text))}
    named = [(r, titled(r, builder)) for r in records]
    said = [t for t in words if not same(t, held) and any(t in names for _, names in named)]
    most = max((sum(t in names for t in said) for _, names in named), default=0)
    if not most:
        return list(records), tuple(words)
    return [r for r, names in named if sum(t in names for t in said) == most], tuple(t for t in words if t not in said)


def titled(record: Record, builder: Builder) -> frozenset[str]:
    """The words of what a record is part of: its paper's title and file, its plan or budget."""
    names = " ".join(record.fields.get(name, "") for name in NAMES)
    return frozenset(terms(f"{builder.called(record.place.document)} {names}"))


def _is_of(document: str, councils: Sequence[str], homes: Mapping[str, str], builder: Builder) -> bool:
    home = homes.get(document, "")
    said = builder.called(document)
    named = {name for name, _, _ in find_entities(said, known=tuple(councils))} if councils else set()
    return any(council == home or council in named or council in members(home) for council in councils)
