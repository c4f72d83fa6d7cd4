"""What the index can be asked about: its measures, entities, services and refs, and which of them a question means."""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from bot.question.codes import code_pattern
from bot.question.entries import Entry, entries_of
from bot.question.terms import familiar, same, stem, terms, vocabulary, words
from kpi_tools.ledger import Record
from kpi_tools.measures import OVERALL, Target
from kpi_tools.names import members, squash

# A ref that people can ask for has letters and digits; a bare number is any number.
_REF = re.compile(r"[A-Za-z].*\d")
_YEAR = re.compile(r"[-/ ](?:19|20)\d\d(?:[-/]\d\d)?$")  # behind a ref
_OF_SERVICE = re.compile(
    r"\b((?:[\w&'’]+ ){1,3})(?:measures?|indicators?|k?pis?|metrics?|targets|services?|teams?|departments?)\b",
    re.IGNORECASE,
)
SLIPS, LONG = 5, 9  # letters of a word that may have a slip of the keyboard; of one that may have two
# A hit in a measure's name, in its definition or service; and how much less a word says that only stands for it.
NAME_WEIGHT, OTHER_WEIGHT, ALSO = 1.0, 0.6, 0.85
NAMED = 3  # words of what a record is called, that are no words of measures by chance
_LETTERED = re.compile(r"[a-z]{1,2}\d{1,2}")
NARROWED = 64  # catalogues of some papers that are kept
_CALLED = {"plan_item": "description", "risk": "description", "rectification": "default", "agenda_item": "title"}
_HEAD = re.compile(r"[^.;:(•]+")  # of a name that goes on to explain itself


@dataclass(frozen=True, slots=True)
class Match:
    """How well a question fits a measure: `asked` is how much of the question it explains, `named` how much of
    its name was said, both 0 to 1; `said` are the words of its name that were."""

    entry: Entry
    asked: float = 0.0
    named: float = 0.0
    said: frozenset[str] = frozenset()

    @property
    def score(self) -> float:
        return 0.65 * self.asked + 0.35 * self.named

    def plainer_than(self, other: "Match") -> bool:
        """Whether the other measure is this one with more words to its name, none of which was said."""
        mine, its = self.entry.name_terms, other.entry.name_terms
        return bool(other.said) and other.said <= self.said and mine < its

    def fuller_than(self, other: "Match") -> bool:
        """Whether this measure is the other one with more words to its name, and more of the question is in those."""
        return self.asked > other.asked and self.entry.name_terms > other.entry.name_terms


def _stems(text: str) -> str:
    return f" {' '.join(map(stem, words(text)))} "


def _numbers(text: str) -> set[int]:
    return {int(digits) for digits in re.findall(r"\d+", text)}


@dataclass(frozen=True)
class Catalogue:
    """The index's own vocabulary, built once for each state of the index.

    `homes` are the councils whose own the papers are, by document; the papers of partnerships are left out.
    """

    entries: tuple[Entry, ...]
    entities: tuple[str, ...]
    services: tuple[str, ...]
    refs: tuple[str, ...]
    codes: tuple[str, ...]
    homes: Mapping[str, str] = field(default_factory=dict)
    promised: frozenset[str] = frozenset()  # words of plans, risks and budgets, which are no slips for a measure's
    titled: frozenset[str] = frozenset()  # terms of the papers' titles and of their files' names
    called: tuple[tuple[str, str], ...] = ()  # items, risks, plans: stems of what they are called, and their kind

    @cached_property
    def known(self) -> tuple[str, ...]:
        """All entities that the papers report on, and the councils whose papers they are."""
        return tuple(dict.fromkeys((*self.entities, *self.homes.values())))

    def home(self, entry: Entry) -> str:
        """The council all of whose papers report a measure; "" for a partnership's, or where that is not known."""
        found = {self.homes.get(document, "") for document in entry.documents}
        return found.pop() if len(found) == 1 else ""

    def reported(self, entry: Entry) -> frozenset[str]:
        """A measure's entities, with the members of its joint rows and the council whose areas they are."""
        return frozenset((*entry.entities, *(m for e in entry.entities for m in members(e)), self.home(entry)))

    @cached_property
    def _terms(self) -> frozenset[str]:
        return frozenset(self._weights)

    @cached_property
    def _weights(self) -> dict[str, float]:
        found: dict[str, int] = {}
        for entry in self.entries:
            for term in entry.name_terms | entry.other_terms:
                found[term] = found.get(term, 0) + 1
        return {t: math.log(1 + len(self.entries) / n) for t, n in found.items()}

    @cached_property
    def _spelling(self) -> frozenset[str]:
        """The words of the measures' names and services."""
        return frozenset(w for e in self.entries for w in words(f"{e.service} {e.name}") if w.isalpha())

    def spelled(self, word: str) -> str:
        """The one word of the measures that an unknown word is a slip of the keyboard away from; "" for none."""
        known = stem(word) in self._weights or word in self.promised or familiar(word)
        if len(word) < SLIPS or not word.isalpha() or known:
            return ""
        near = [w for w in self._spelling if w[0] == word[0] and abs(len(w) - len(word)) <= 2 and len(w) >= SLIPS]
        if len(word) == SLIPS:  # so short a word may be another one, but for two letters that changed places
            near = [w for w in near if sorted(w) == sorted(word)]
        if not near:
            return ""
        from rapidfuzz.distance import OSA  # not before it is needed: it takes longer to import than to answer

        most = 1 if len(word) < LONG else 2
        by = {w: OSA.distance(word, w, score_cutoff=most) for w in near}
        found = {stem(w): w for w, distance in by.items() if distance == min(by.values())}
        return next(iter(found.values())) if min(by.values()) <= most and len(found) == 1 else ""

    def has(self, term: str) -> bool:
        """Whether a term is a word of some measure, or stands for one."""
        return same(term, self._terms)

    def promises(self, asked: Sequence[str]) -> bool:
        """Whether all of several words of a question are of records of plans, people or meetings."""
        return len(asked) > 1 and set(asked) <= self._promised

    def called_in(self, question: str) -> tuple[str, str]:
        """The kind of the record whose name stands in a question, the longest such; and the question with "_" for the
        name, whose words ask nothing. "" and the question where there is none."""
        said = _stems(question)
        found = (called for called in self.called if called[0] in said)
        name, kind = max(found, default=("", ""), key=lambda called: len(called[0]))
        if not kind:
            return "", question
        before, told = len(said[: said.index(name)].split()), words(question)
        return kind, " ".join((*told[:before], "_", *told[before + len(name.split()) :]))

    def strange(self, asked: Sequence[str]) -> bool:
        """Whether a question has a word that is of no measure, service or record."""
        return not all(self.has(term) or term in self._promised for term in asked)

    @cached_property
    def _promised(self) -> frozenset[str]:
        return frozenset(map(stem, self.promised))

    def parts(self, asked: Sequence[str], entry: Entry) -> bool:
        """Whether a question has words of a measure, and one more that goes with these in the name of another alone:
        "council tax collection" is not of calls about council tax."""
        said = entry.name_terms.intersection(asked)
        more = {t for t in asked if not same(t, entry.name_terms | entry.other_terms)}
        return any(e.name_terms & more and e.name_terms & said for e in self.entries)

    def other(self, asked: Sequence[str], entry: Entry, says: Collection[str]) -> bool:
        """Whether a question has a word of a measure and one of others, which neither this one nor what is said for it
        has: "complaints about bins" are not the complaints about searches."""
        own = {*entry.name_terms, *entry.other_terms, *says, *terms(vocabulary()["words"]["light"])}
        return not own.isdisjoint(asked) and any(self.has(t) and not same(t, own) for t in asked)

    def counts(self, word: str, number: str) -> bool:
        """Whether some measure's name or definition has a number beside a word, as "20" beside "second"."""
        return (word, number) in self._numbers

    @cached_property
    def _numbers(self) -> frozenset[tuple[str, str]]:
        return frozenset().union(*(e.numbers for e in self.entries))

    def _weight(self, term: str) -> float:
        """Rare words say more; a word that no measure has weighs as a rather rare one."""
        return self._weights.get(term, math.log(1 + len(self.entries) / 2))

    def within(self, documents: frozenset[str]) -> "Catalogue":
        """The measures that stand in some of these papers."""
        found = self._narrowed.get(documents)
        if not found:
            if len(self._narrowed) >= NARROWED:
                self._narrowed.clear()
            found = replace(self, entries=tuple(e for e in self.entries if e.documents & documents))
            self._narrowed[documents] = found
        return found

    @cached_property
    def _narrowed(self) -> "dict[frozenset[str], Catalogue]":
        """Those of some papers: questions about the same ones are many, and what is known of words takes long."""
        return {}

    def codes_in(self, text: str) -> tuple[str, ...]:
        """The known codes that `text` names; where it spells one exactly, not those that are only alike."""
        low = text.lower()
        alike = [code for code in self._near(low) if re.search(self._typed(code), low)]
        exact = [c for c in alike if squash(c) in squash(low) and not c.isdigit()]
        return tuple(exact or alike)

    def code_spans(self, text: str) -> list[tuple[int, int]]:
        """Where known codes stand in `text`, each place once: "PI 2" may be PI002 and PI02."""
        low = text.lower()
        spans = {m.span() for code in self._near(low) for m in re.finditer(self._typed(code), low)}
        return sorted(s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans))

    def _typed(self, code: str) -> str:
        """The pattern for a known code; a number's with the services that count their measures so."""
        return code_pattern(code, self.numbered.get(code, ()))

    @cached_property
    def numbered(self) -> dict[str, tuple[str, ...]]:
        """The codes that are bare numbers, each with the services that have it."""
        bare = [e for e in self.entries if e.code.isdigit() and e.service]
        return {e.code: tuple({b.service: None for b in bare if b.code == e.code}) for e in bare}

    def _near(self, text: str) -> list[str]:
        """The codes all of whose numbers stand in `text`."""
        said = _numbers(text)
        return [code for code in self.codes if _numbers(code) <= said]

    def refs_in(self, text: str) -> tuple[str, ...]:
        """The ledger's refs that `text` names; without its year ("RP1" of RP1-2020) those that it can be."""
        low = text.lower()
        if full := tuple(r for r in self.refs if re.search(code_pattern(r), low)):
            return full
        coded = {squash(code) for code in self.codes}
        short = {r: _YEAR.sub("", r) for r in self.refs if _YEAR.search(r)}
        return tuple(r for r, bare in short.items() if squash(bare) not in coded and re.search(code_pattern(bare), low))

    def services_in(self, text: str) -> tuple[str, ...]:
        """The services that `text` names in full, and those called by the initials of these; a short one ("IT") only
        in capitals."""
        plain = re.sub(r"\s*&\s*", " and ", text)
        flags = [(s, 0 if len(s) <= 3 else re.IGNORECASE) for s in self.services]
        named = [s for s, flag in flags if re.search(rf"\b{re.escape(s)}\b", plain, flag)]
        short = {"".join(word[0] for word in s.split()).upper() for s in named if " " in s}
        return tuple(s for s in self.services if s in named or s in short)

    def services_of(self, text: str) -> tuple[str, ...]:
        """The services whose measures, or team, `text` speaks of by a part of their name: "the waste measures"."""
        said = [terms(" ".join(m[1].split()[-2:])) for m in _OF_SERVICE.finditer(text)]
        parts = [part for named in said for part in (named, named[-1:]) if part]
        found = [[s for s in self.services if set(part) <= set(terms(s))] for part in parts]
        return tuple(next((services for services in found if services), ()))

    def match(self, asked: Sequence[str], among: Iterable[Entry]) -> list[Match]:
        """Each of `among` that shares a word with the terms `asked`, the best first."""
        either = {t for t in asked if _LETTERED.fullmatch(t)}  # "P1 and P2 incidents" are of each of them
        found = []
        for entry in among:
            others = either - entry.name_terms if either & entry.name_terms else set()
            found.append(self._match([t for t in asked if t not in others], entry))
        return sorted((m for m in found if m.asked > 0), key=lambda m: -m.score)

    def _match(self, asked: Sequence[str], entry: Entry) -> Match:
        got, whole = 0.0, sum(self._weight(t) for t in asked) or 1.0
        for term in asked:
            weight = self._weight(term)
            if same(term, entry.name_terms):
                got += NAME_WEIGHT * weight * (1.0 if term in entry.name_terms else ALSO)
            elif same(term, entry.other_terms):
                got += OTHER_WEIGHT * weight
        said = frozenset(n for n in entry.name_terms for t in asked if same(t, {n}))
        name = sum(self._weight(n) for n in entry.name_terms) or 1.0
        return Match(entry, got / whole, sum(self._weight(n) for n in said) / name, said)


def build(frame: pd.DataFrame, targets: Sequence[Target], records: Iterable[Record]) -> Catalogue:
    """The catalogue of an index: `frame` as kpi_tools.frames gives it."""
    found = entries_of(frame, targets)
    codes = tuple(dict.fromkeys(e.code for e in found if any(c.isdigit() for c in e.code)))
    entities = tuple(dict.fromkeys(e for entry in found for e in entry.entities if e != OVERALL))
    told = list(records)
    refs = tuple(dict.fromkeys(ref for r in told if _REF.search(ref := r.fields.get("ref", ""))))
    services = tuple(dict.fromkeys(e.service for e in found if e.service))
    promised = frozenset(w for r in told for text in r.fields.values() for w in re.findall(r"[a-z]{4,}", text.lower()))
    return Catalogue(tuple(found), entities, services, refs, codes, promised=promised, called=_called(told, found))


def _called(records: Iterable[Record], entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    """What records are called, whole and as far as it does not explain itself, where no question of a measure, and none
    by chance, says so: as stems, each with the kind of its record."""
    whole = ((r.kind, r.fields[_CALLED[r.kind]].strip()) for r in records if r.kind in _CALLED)
    named = dict.fromkeys((kind, part) for kind, name in whole for part in (name, *_HEAD.findall(name)[:1]))
    told = [(kind, name, own) for kind, name in named if len(own := terms(name)) > 1]
    long = (
        (kind, name)
        for kind, name, own in told
        if len(words(name)) >= NAMED or not any(e.name_terms.issuperset(own) for e in entries)
    )
    return tuple((_stems(name), kind) for kind, name in long)
