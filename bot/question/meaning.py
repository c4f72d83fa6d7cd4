"""The measures that a question may mean though it has no word of theirs: by vectors of their names, and of what such
measures are called in plain speech (vocabulary/glosses.toml).

Only asked where the rules find no measure; never for a code. What it finds is said to be found so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.question.catalogue import Catalogue
from bot.question.entries import Entry
from bot.question.terms import numbered, same, stem, terms, vocabulary
from indexer.retrieval.embedder import Embeds, Vector
from kpi_tools.vocabulary import words_in

# How alike a question and a measure's name must be for it to be offered; to be taken, and how far before the next one.
OFFERED, TAKEN, AHEAD = 0.45, 0.5, 0.07
SURE = 0.72  # so alike a measure is meant even where the text has words of the question
MOST = 3  # that are offered


@dataclass(frozen=True, slots=True)
class Near:
    """A measure and how alike its name is to what was asked, up to 1."""

    entry: Entry
    alike: float


class Meanings:
    """The measures of one catalogue, with their vectors once they were needed."""

    def __init__(self, embedder: Embeds) -> None:
        self._embedder = embedder
        self._known: dict[str, Vector] = {}

    def nearest(self, asked: str, entities: Sequence[str], catalogue: Catalogue) -> list[Near]:
        """The measures that report on `entities`, those most like `asked` first; one of each name."""
        numbers = numbered(asked)
        among = [e for e in catalogue.entries if e.entities and not e.denies(numbers)]
        among = [e for e in among if not entities or catalogue.reported(e).intersection(entities)]
        if not asked.strip() or not among:
            return []
        phrases = {e.key: (e.name, f"{e.service}: {e.name}", *glossed(e.name)) for e in among}
        fresh = list(dict.fromkeys(p for own in phrases.values() for p in own if p not in self._known))
        self._known |= dict(zip(fresh, self._embedder.passages(fresh), strict=True))
        question = self._embedder.question(asked)
        alike = {key: max(_cosine(question, self._known[p]) for p in own) for key, own in phrases.items()}
        ordered = sorted((Near(e, alike[e.key]) for e in among), key=lambda near: -near.alike)
        first: dict[str, Near] = {}
        for near in ordered:
            first.setdefault(near.entry.name, near)
        return list(first.values())


@cache
def glossed(name: str) -> tuple[str, ...]:
    """What measures of such a name are called in plain speech; of several glosses those that say most of the name."""
    own = set(terms(name))
    glosses = words_in("glosses")["gloss"]
    fits = [(len(said), g["says"]) for g in glosses for n in g["names"] if (said := set(terms(n))) and said <= own]
    most = max((length for length, _ in fits), default=0)
    return tuple(dict.fromkeys(says for length, listed in fits if length == most for says in listed))


def called(name: str) -> tuple[str, ...]:
    """The words with which measures of such a name are spoken of."""
    return terms(" ".join(glossed(name)))


def outdone(asked: Sequence[str], entry: Entry, entries: Sequence[Entry]) -> bool:
    """Whether the name of another measure has more words of a question than this one's and what is said for it."""
    said = set(asked).difference(terms(vocabulary()["words"]["light"]))
    own = sum(same(t, {*entry.name_terms, *called(entry.name)}) for t in said)
    return any(sum(same(t, e.name_terms) for t in said) > own for e in entries)


def meant(near: Sequence[Near], asked: Sequence[str] = ()) -> tuple[Entry, ...]:
    """The one measure that is meant; several to choose from; () for none that is near enough.

    Unless it is sure, those whose names have the same words of the question's terms `asked` are to choose from too.
    """
    if not near or near[0].alike < OFFERED:
        return ()
    if near[0].alike >= TAKEN and (len(near) == 1 or near[0].alike - near[1].alike >= AHEAD):
        said = frozenset() if near[0].alike >= SURE else _said(near[0], asked)
        alike = [n for n in near[1:] if said and n.alike >= OFFERED and _said(n, asked) == said]
        return tuple(n.entry for n in (near[0], *alike)[:MOST])
    return tuple(n.entry for n in near[:MOST] if n.alike >= max(OFFERED, near[0].alike - AHEAD))


def _said(near: Near, asked: Sequence[str]) -> frozenset[str]:
    return frozenset(term for term in asked if same(term, near.entry.name_terms))


def _cosine(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def only_beside(asked: Sequence[str], entry: Entry) -> bool:
    """Whether all words that a question has of a measure's name are said there beside what it measures; or it has none
    of it, but of the service's name, which "how many centres?" counts and no measure of these."""
    said = [term for term in asked if same(term, entry.name_terms)]
    if not said:
        return any(same(term, set(terms(entry.service))) for term in asked)
    return bool(said) and stem(entry.unit) not in asked and not any(same(term, entry.head_terms) for term in said)
