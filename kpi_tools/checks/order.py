"""In which order slips are told: by what they are about, the weightiest first."""

import re
from collections.abc import Iterable, Mapping

from kpi_tools.checks.slip import Slip
from kpi_tools.vocabulary import words_in

THEMES: Mapping[str, tuple[str, ...]] = {
    "What the text says against the figures": (
        "met all, but missed", "hits against table", "count against table", "blamed council improved",
        "one council blamed for several", "only one missed, but others too", "all improved, but some fell",
        "narrative against table", "target in text and table", "numbers in one sentence", "rating against figure",
    ),
    "Failures hidden or without a plan": ("failure masked by the overall", "failure without a plan"),
    "Figures against each other": (
        "impossible overall", "overall outside its parts", "sum", "shares", "variance", "amount off its share",
        "share above 100%", "overall off its weights", "impossible share", "score", "mixed kinds of figure",
        "identical series", "identical rows", "equal to target", "outlier", "left out of its turn",
        "quarterly in the wrong months", "council left out",
    ),
    "Targets, definitions and codes": (
        "title and definition", "title and chart", "target out of reach", "target without a figure", "target run out",
        "target without figures", "definition without figures", "figures without a definition", "same definition",
        "code used twice",
    ),
    "Plans": (
        "overdue, not red", "overdue, still going on", "wrong council", "columns that disagree", "text behind the plan",
        "text against the plan", "identical steps", "entry off the key", "lists that disagree", "gap in numbers",
        "plan without a number", "left blank",
    ),
    "Dates, names and lines": (
        "dates that disagree", "names that disagree", "identical lines", "pages that overlap", "unfinished sentence",
        "left from a template",
    ),
}  # fmt: skip
_WEIGHT = {kind: at for at, kind in enumerate(kind for kinds in THEMES.values() for kind in kinds)}


def by_weight(slips: Iterable[Slip]) -> list[Slip]:
    """The slips in the order of their kinds; those of one kind as they were found."""
    return sorted(slips, key=lambda slip: _WEIGHT[slip.kind])


def theme(slip: Slip) -> str:
    """What a slip is about."""
    return next(name for name, kinds in THEMES.items() if slip.kind in kinds)


def kinds_asked(question: str) -> set[str]:
    """The kinds of slips that a question is after by its words; none where it does not say."""
    return {kind for asked in words_in("checks")["asked"] if _says(asked["words"], question) for kind in asked["kinds"]}


def _says(words: Iterable[str], question: str) -> bool:
    return bool(re.search(rf"\b(?:{'|'.join(map(re.escape, words))})\b", question, re.IGNORECASE))
