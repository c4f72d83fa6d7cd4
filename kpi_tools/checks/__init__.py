"""Contradictions and slips in the papers themselves, each with its places and quotes.

Each public function of these modules that takes a view and yields slips is a check. A slip is only named where the
papers' own words and figures show it; what might be right is left alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib import import_module
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from kpi_tools.checks import claims, people
from kpi_tools.checks.order import by_weight, kinds_asked, theme
from kpi_tools.checks.slip import Check, Slip, View, quoted
from kpi_tools.store import Store

__all__ = ["CHECKS", "Slip", "View", "kinds_asked", "quoted", "run_checks", "slips_json", "theme"]


_made: WeakKeyDictionary[Store, dict[bool, tuple[int, list[Slip]]]] = WeakKeyDictionary()


def run_checks(store: Store, exempt: bool = True) -> list[Slip]:
    """All slips in what is stored, the weightiest first, kept until it changes; `exempt` False: of public papers."""
    kept, generation = _made.setdefault(store, {}), store.generation()
    if exempt not in kept or kept[exempt][0] != generation:
        kept[exempt] = generation, _run(store, exempt)
    return kept[exempt][1]


def _run(store: Store, exempt: bool) -> list[Slip]:
    every = store.papers()
    view = View(
        store.observations(exempt),
        store.targets(exempt),
        store.records(exempt=exempt),
        tuple(store.passages(exempt=exempt).values()),
        {paper.document: paper.council for paper in every},
        {paper.document: paper.date for paper in every},
    )
    slips = by_weight(slip for check in CHECKS for slip in check(view))
    for read in (claims.texts, claims.claims, people.named):
        read.cache_clear()  # what was read of the sentences is for this run of the checks
    return slips


def slips_json(slips: Iterable[Slip]) -> list[dict[str, Any]]:
    """Slips as JSON holds them: kind, sentence, and for each place its document, page, label, item, box and quote."""
    return [
        {
            "kind": slip.kind,
            "sentence": slip.sentence,
            "places": [{**asdict(at), "quote": quote} for at, quote in zip(slip.places, slip.quotes, strict=True)],
        }
        for slip in slips
    ]


def _is_check(name: str, made: object, module: ModuleType) -> bool:
    """Whether a name of a module is a check: a public function of its own, from a view to slips."""
    own = getattr(made, "__module__", "") == module.__name__ and not name.startswith("_")
    return own and getattr(made, "__annotations__", None) == {"view": View, "return": Iterator[Slip]}


_THEMES = (  # in whose order slips of one kind are told
    "targets", "definitions", "overall", "series", "arithmetic", "sums", "totals", "narrative", "ranks", "asserted",
    "statements", "ratings", "summaries", "tallies", "entries", "registers", "overdue", "plans", "statuses", "steps",
    "people", "papers", "spans", "days", "leftovers",
)  # fmt: skip
_MODULES = [import_module(f"{__name__}.{name}") for name in _THEMES]
CHECKS: tuple[Check, ...] = tuple(
    made for module in _MODULES for name, made in vars(module).items() if _is_check(name, made, module)
)
