"""The words of cards: any page may have them, so that what looks for them there imports no more than these."""

import re

# What a card says, and the words that it says it with.
LABELS = {
    "latest": ("latest", "current", "actual", "latest result", "latest performance", "latest figure", "latest value",
               "current result", "current performance", "current figure", "current value", "result", "outturn",
               "this quarter", "this month", "this period", "current quarter", "current month", "current period",
               "latest quarter", "latest month", "latest actual"),
    "target": ("target", "current target", "latest target", "goal", "standard"),
    "floor": ("floor", "floor standard", "minimum", "minimum standard", "lower threshold", "threshold"),
    "previous": ("previous", "previous result", "previous performance", "previous figure", "previous value", "prior",
                 "last result", "last figure", "last time", "last quarter", "last month", "last period",
                 "previous quarter", "previous month", "previous period", "prior quarter", "prior period"),
    "year ago": ("same period last year", "same quarter last year", "same month last year", "previous year",
                 "last year", "this time last year", "year ago", "a year ago"),
}  # fmt: skip
# Words without which a page has no card.
LIKELY = re.compile(
    rf"\b(?:{'|'.join(sorted((*LABELS['latest'], *LABELS['previous']), key=len, reverse=True))})\b", re.IGNORECASE
)
