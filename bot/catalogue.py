"""What the index can be asked about: its measures, entities, services and refs, and which of them a question means."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import pandas as pd

from bot.terms import familiar, numbered, same, stem, terms, words
from kpi_tools.ledger import Record
from kpi_tools.measures import OVERALL, Target
from kpi_tools.names import members, squash

# A ref that people can ask for has letters and digits; a bare number is any number.
_REF = re.compile(r"[A-Za-z].*\d")
# What a measure leaves out is not what it is about: "missed collections excluding garden waste".
_LEFT_OUT = re.compile(r"\b(?:excluding|except(?: for)?|other than|not including|excl\.?)\s[^(,;]*", re.IGNORECASE)
# What a name says beside what it measures: how soon, of whom, by what.
_BESIDE = re.compile(r"\b(?:within|per|in|by|for|from|over|at|before|after|to|with)\b.*", re.IGNORECASE)
_LENGTHS = frozenset(map(stem, ("seconds", "minutes", "hours", "days", "weeks", "miles")))
SLIPS, LONG = 5, 9  # letters of a word that may have a slip of the keyboard; of one that may have two
# A hit in a measure's name, in its definition or service; and how much less a word says that only stands for it.
NAME_WEIGHT, OTHER_WEIGHT, ALSO = 1.0, 0.6, 0.85


@dataclass(frozen=True)
class Entry:
    """A measure as the index knows it. `key` is the frame's, or one of our own where it is only defined; `names` as
    the papers print it, the latest last; `entities` in the papers' order; `since` and `until` the first and last day
    of its figures, None where there are none."""

    key: str
    service: str
    code: str
    names: tuple[str, ...]
    entities: tuple[str, ...]
    targets: tuple[Target, ...]
    documents: frozenset[str]
    name_terms: frozenset[str]
    other_terms: frozenset[str]
    since: date | None = None
    until: date | None = None

    @cached_property
    def head_terms(self) -> frozenset[str]:
        """The words of what is measured itself: "calls answered", not "within 20 seconds"."""
        return frozenset(terms(_BESIDE.sub("", _LEFT_OUT.sub(" ", self.name))))

    @cached_property
    def numbers(self) -> frozenset[tuple[str, str]]:
        """The numbers of its name, and those of its definitions, each with the words beside it."""
        return numbered(self.name).union(*(numbered(t.quote) for t in self.targets))

    def spans(self, since: date, until: date) -> bool:
        """Whether the papers give figures of it from about then."""
        return bool(self.since and self.until and self.since <= until and self.until >= since)

    def denies(self, asked: Iterable[tuple[str, str]]) -> bool:
        """Whether it is another measure than one of these numbers: of 20 seconds where 90 seconds are asked."""
        for word, number in asked:
            own = {n for w, n in numbered(self.name) if w == word}
            if own and number not in own:
                return True
            if word in _LENGTHS and (word, number) not in self.numbers:
                return True
        return False

    @property
    def name(self) -> str:
        return self.names[-1]

    @property
    def title(self) -> str:
        """ "Customer Services PI002 (% Calls Answered within 20 seconds)", or as much of it as there is."""
        named = f"{self.code} ({self.name})" if self.code and self.name else self.code or self.name
        return f"{self.service} {named}".strip()


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


def code_pattern(code: str) -> str:
    """A pattern for a code as people type it: PI002 is "pi 2", "PI-02"; a bare number needs "KPI" before it."""
    parts = re.findall(r"[a-z]+|\d+", code.lower())
    body = r"[\s\-./_&]*".join(f"0*{int(p)}" if p.isdigit() else p for p in parts)
    if parts and all(p.isdigit() for p in parts):
        body = r"[\s\-./_]*".join(parts)
        body = rf"(?:kpi|pi|indicator|measure|ref\w*|no\.?)[\s.]*{body}"
    return rf"(?<![a-z0-9]){body}(?![a-z0-9])(?!\.\d)"


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

    def parts(self, asked: Sequence[str], entry: Entry) -> bool:
        """Whether a question has words of a measure, and one more that goes with these in the name of another alone:
        "council tax collection" is not of calls about council tax."""
        said = entry.name_terms.intersection(asked)
        more = {t for t in asked if not same(t, entry.name_terms | entry.other_terms)}
        return any(e.name_terms & more and e.name_terms & said for e in self.entries)

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
        return replace(self, entries=tuple(e for e in self.entries if e.documents & documents))

    def codes_in(self, text: str) -> tuple[str, ...]:
        """The known codes that `text` names; where it spells one exactly, not those that are only alike."""
        low = text.lower()
        alike = [code for code in self._near(low) if re.search(code_pattern(code), low)]
        exact = [c for c in alike if squash(c) in squash(low) and not c.isdigit()]
        return tuple(exact or alike)

    def code_spans(self, text: str) -> list[tuple[int, int]]:
        """Where known codes stand in `text`, each place once: "PI 2" may be PI002 and PI02."""
        low = text.lower()
        spans = {m.span() for code in self._near(low) for m in re.finditer(code_pattern(code), low)}
        return sorted(s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans))

    def _near(self, text: str) -> list[str]:
        """The codes all of whose numbers stand in `text`."""
        said = _numbers(text)
        return [code for code in self.codes if _numbers(code) <= said]

    def refs_in(self, text: str) -> tuple[str, ...]:
        """The ledger's refs that `text` names."""
        low = text.lower()
        return tuple(r for r in self.refs if re.search(code_pattern(r), low))

    def services_in(self, text: str) -> tuple[str, ...]:
        """The services that `text` names in full; a short one ("IT") only in capitals."""
        plain = re.sub(r"\s*&\s*", " and ", text)
        flags = [(s, 0 if len(s) <= 3 else re.IGNORECASE) for s in self.services]
        return tuple(s for s, flag in flags if re.search(rf"\b{re.escape(s)}\b", plain, flag))

    def match(self, asked: Sequence[str], among: Iterable[Entry]) -> list[Match]:
        """Each of `among` that shares a word with the terms `asked`, the best first."""
        whole = sum(self._weight(t) for t in asked)
        found = [self._match(asked, whole, entry) for entry in among] if whole else []
        return sorted((m for m in found if m.asked > 0), key=lambda m: -m.score)

    def _match(self, asked: Sequence[str], whole: float, entry: Entry) -> Match:
        got = 0.0
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
    owned = _owned(frame, targets)
    entries = [_entry(str(key), rows, owned.pop(str(key), [])) for key, rows in frame.groupby("key", sort=False)]
    entries += [_defined(key, own) for key, own in owned.items()]
    codes = tuple(dict.fromkeys(e.code for e in entries if any(c.isdigit() for c in e.code)))
    entities = tuple(dict.fromkeys(e for entry in entries for e in entry.entities if e != OVERALL))
    told = list(records)
    refs = tuple(dict.fromkeys(ref for r in told if _REF.search(ref := r.fields.get("ref", ""))))
    services = tuple(dict.fromkeys(e.service for e in entries if e.service))
    promised = frozenset(w for r in told for text in r.fields.values() for w in re.findall(r"[a-z]{5,}", text.lower()))
    return Catalogue(tuple(entries), entities, services, refs, codes, promised=promised)


def _what(service: str, code: str, name: str) -> str:
    return f"{squash(service)}/{squash(code) or squash(name)}"


def _owned(frame: pd.DataFrame, targets: Sequence[Target]) -> dict[str, list[Target]]:
    """Each measure's targets by its key: those of its own papers, or of any where its own have none."""
    near: dict[tuple[str, str], str] = {}
    far: dict[str, str] = {}
    columns = ["key", "service", "code", "name", "document"]
    for key, service, code, name, document in frame[columns].drop_duplicates().itertuples(index=False):
        what = _what(str(service), str(code), str(name))
        near[str(document), what] = far[what] = str(key)
    owned: dict[str, list[Target]] = {}
    for target in targets:
        what = _what(target.measure.service, target.measure.code, target.measure.name)
        key = near.get((target.place.document, what)) or far.get(what) or f"defined/{what}"
        owned.setdefault(key, []).append(target)
    return owned


def _entry(key: str, rows: pd.DataFrame, own: list[Target]) -> Entry:
    latest = rows.iloc[-1]
    names = tuple(dict.fromkeys(map(str, rows["name"])))
    entities = tuple(dict.fromkeys(map(str, rows["entity"])))
    documents = frozenset(map(str, rows["document"]))
    made = _made(key, str(latest["service"]), str(latest["code"]), names, entities, own, documents)
    columns = zip(rows["start"], rows["end"], rows["value"], strict=True)
    days = [(start, end) for start, end, value in columns if value is not None]
    return replace(made, since=min(days)[0], until=max(end for _, end in days)) if days else made


def _defined(key: str, own: list[Target]) -> Entry:
    measure = own[-1].measure
    names = tuple(dict.fromkeys(t.measure.name for t in own))
    return _made(key, measure.service, measure.code, names, (), own, frozenset(t.place.document for t in own))


def _made(
    key: str,
    service: str,
    code: str,
    names: tuple[str, ...],
    entities: tuple[str, ...],
    own: list[Target],
    documents: frozenset[str],
) -> Entry:
    name_terms = frozenset(terms(_LEFT_OUT.sub(" ", names[-1])))
    other = " ".join([service, *names[:-1], *(t.quote for t in own)])
    return Entry(key, service, code, names, entities, tuple(own), documents, name_terms, frozenset(terms(other)))
