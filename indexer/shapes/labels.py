"""The words of cards: any page may have them, so that what looks for them there imports no more than these."""

import re

from kpi_tools.pattern import Pattern

# What a card says, and the words that it says it with.
LABELS = {
    "latest": ("latest", "current", "actual", "latest result", "latest performance", "latest figure", "latest value",
               "current result", "current performance", "current figure", "current value", "result", "outturn",
               "this quarter", "this month", "this period", "current quarter", "current month", "current period",
               "latest quarter", "latest month", "latest actual", "performance", "our performance", "our result"),
    "target": ("target", "current target", "latest target", "goal", "standard", "our target", "target for the quarter",
               "target for the month", "target for the year", "annual target"),
    "floor": ("floor", "floor standard", "minimum", "minimum standard", "lower threshold", "threshold"),
    "previous": ("previous", "previous result", "previous performance", "previous figure", "previous value", "prior",
                 "before", "last result", "last figure", "last time", "last quarter", "last month", "last period",
                 "previous quarter", "previous month", "previous period", "prior quarter", "prior period"),
    "year ago": ("same period last year", "same quarter last year", "same month last year", "previous year",
                 "last year", "this time last year", "year ago", "a year ago"),
}  # fmt: skip
KINDS = {word: kind for kind, words in LABELS.items() for word in words}
_STARTS = tuple(KINDS)
# Words without which a page has no card; a text without any of their beginnings has none of them.
_LIKELY = Pattern(
    rf"\b(?:{'|'.join(sorted((*LABELS['latest'], *LABELS['previous']), key=len, reverse=True))})\b", re.IGNORECASE
)
_BEGINNINGS = tuple(
    word
    for word in (*LABELS["latest"], *LABELS["previous"])
    if not any(word != other and word.startswith(other) for other in (*LABELS["latest"], *LABELS["previous"]))
)


def may_have_cards(text: str) -> bool:
    """Whether a page's text has any of the words without which it has no card."""
    low = text.lower()
    return any(word in low for word in _BEGINNINGS) and _LIKELY.search(text) is not None


def starts_as_label(text: str) -> bool:
    """Whether a text begins with a label's words."""
    return text.lower().startswith(_STARTS)
