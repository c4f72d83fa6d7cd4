"""A measure as the index knows it: made of all its rows and of the targets that are its own."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from bot.question.terms import numbered, stem, terms
from kpi_tools.measures import Target
from kpi_tools.names import squash

# What a measure leaves out is not what it is about: "missed collections excluding garden waste".
_LEFT_OUT = re.compile(r"\b(?:excluding|except(?: for)?|other than|not including|excl\.?)\s[^(,;]*", re.IGNORECASE)
# What a name says beside what it measures: how soon, of whom, by what; "in year collection" is itself measured.
_BESIDE = re.compile(
    r"\b(?:of an?|within|per|in(?![\s-]years?\s\w)|by|for|from|over|at|before|after|to|with)\b.*?(?=\s[-–]\s|$)",
    re.IGNORECASE,
)
_TIMES = frozenset(map(stem, ("time", "times", "speed", "wait", "waiting", "duration", "delay", "delays")))
_LENGTHS = frozenset(map(stem, ("seconds", "minutes", "hours", "days", "weeks", "miles")))


@dataclass(frozen=True)
class Entry:
    """A measure as the index knows it. `key` is the frame's, or one of our own where it is only defined; `names` as
    the papers print it, the latest last; `entities` in the papers' order; `since` and `until` the first and last day
    that it is reported for, None where it has no figures; `unit` the latest figure's."""

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
    unit: str = ""

    @cached_property
    def head_terms(self) -> frozenset[str]:
        """The words of what is measured itself: "calls answered", not "within 20 seconds"."""
        return frozenset(terms(_BESIDE.sub("", _LEFT_OUT.sub(" ", self.name))))

    @property
    def lasts(self) -> bool:
        """Whether its figures say how long a thing takes."""
        return self.unit != "%" and (stem(self.unit) in _LENGTHS or not (_TIMES | _LENGTHS).isdisjoint(self.name_terms))

    @cached_property
    def numbers(self) -> frozenset[tuple[str, str]]:
        """The numbers of its name, and those of its definitions, each with the words beside it."""
        return numbered(self.name).union(*(numbered(t.quote) for t in self.targets))

    def spans(self, since: date, until: date) -> bool:
        """Whether the papers give figures of it from about then."""
        return bool(self.since and self.until and self.since <= until and self.until >= since)

    def denies(self, asked: Collection[tuple[str, str]]) -> bool:
        """Whether it is another measure than one of these numbers: of 20 seconds where 90 seconds are asked. Of
        several numbers of one thing, "P1 and P2 incidents", it is meant by any."""
        for word in {word for word, _ in asked}:
            wanted = {pair for pair in asked if pair[0] == word}
            own = {pair for pair in numbered(self.name) if pair[0] == word}
            if (own and not own & wanted) or (word in _LENGTHS and not self.numbers & wanted):
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


def entries_of(frame: pd.DataFrame, targets: Sequence[Target]) -> list[Entry]:
    """The measures of a frame as kpi_tools.frames gives it, and those that are only defined."""
    owned = _owned(frame, targets)
    found = [_entry(str(key), rows, owned.pop(str(key), [])) for key, rows in frame.groupby("key", sort=False)]
    return found + [_defined(key, own) for key, own in owned.items()]


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
        near.setdefault((str(document), _what("", str(code), str(name))), str(key))  # a paper may leave the service out
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
    made = replace(
        _made(key, str(latest["service"]), str(latest["code"]), names, entities, own, documents),
        unit=str(latest["unit"]),
    )
    figures = rows["value"].notna().any()  # of a time without one the papers give the reason, and it is reported too
    days = list(zip(rows["start"], rows["end"], strict=True)) if figures else []
    services = frozenset(t for service in set(rows["service"]) for t in terms(str(service)))  # "PL" beside "Planning"
    made = replace(made, other_terms=made.other_terms | services)
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
