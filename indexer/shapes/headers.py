"""The words of the headers that stand over measures, their labels, figures and targets."""

import re

from indexer.shapes.columns import plain
from indexer.shapes.grid import SOME_DAY
from kpi_tools.periods import read_period


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COLUMNS = {
    "service": ("service area", "service", "department", "directorate"),
    "code": ("performance measure ref", "ref", "code", "kpi ref", "indicator ref", "measure ref", "kpi no", "no", "id"),
    "name": (
        "description", "performance indicator", "indicator", "measure", "performance measure", "kpi", "definition",
        "service level",
    ),
    "frequency": ("measure frequency", "frequency", "reporting frequency", "how often", "measured", "reported"),
    "unit": ("measure criteria", "unit", "unit of measure", "units", "format", "measured in", "data type"),
    "polarity": (
        "polarity", "good is", "good performance is", "good performance", "better is", "good to be", "what is good",
        "desired direction", "preferred direction", "aim to", "good direction", "better performance is",
    ),
    "target": (
        "target", "annual target", "current target", "kpi target", "expected level", "expected", "green threshold",
    ),
    "detriment": ("detriment", "floor", "threshold", "lower threshold", "red threshold", "amber threshold"),
    "failure": ("failure", "minimum", "minimum level", "trigger"),
}  # fmt: skip
# What a header says of a figure beside its period, or under it in a second row.
VALUES = ("actual", "result", "performance", "value", "outturn", "figure", "achieved", "hit", "score", "reported")
TARGETS = (
    "performance target", "service standard", "performance standard", "standard", "target", "plan", "goal", "threshold",
    "aim", "ambition",
)  # fmt: skip
BEFORE = (
    "previous year", "last year", "prior year", "same period last year", "same quarter last year",
    "same month last year",
)  # fmt: skip
# Other headers over names of measures, or over their codes, are made of the words of the first kind, with one of the
# second among them.
_NAME_WORDS = _words(
    "key performance quality corporate council local national service services level levels short full detail details"
    " of the and what is it kpi kpis pi pis lpi indicator indicators measure measures metric metrics description name"
    " title definition standard"
)
_NAMES = _words("kpi kpis pi pis lpi indicator indicators measure measures metric metrics description")
_CODE_WORDS = _words("key performance kpi pi lpi indicator measure unique ref reference code id no number")
_CODES = _words("ref reference code id no number")
# What a target column's header may say beside the word and a period.
_KINDS = _words(
    "annual yearly year full end of current ytd to date quarterly monthly profiled profile council local agreed for the"
    " our kpi cumulative in s"
)
_WAY = re.compile(
    r"(?:(?:good|better) (?:is|to be) |aim to |to )?(?:high|higher|bigger|more|up|upwards|increase|maximi[sz]e|low"
    r"|lower|smaller|less|fewer|down|downwards|decrease|reduce|minimi[sz]e)(?: is (?:better|good|best))?"
)
TREND = re.compile(r"\b(?:trend|dot|travel|change|movement|status|rag|compared|since|progress)\b")


def over_names(header: str) -> bool:
    """Whether a header, as `plain` gives it, stands over names of measures: "key performance indicator description"."""
    words = set(header.split())
    return header in COLUMNS["name"] or (words <= _NAME_WORDS and bool(words & _NAMES))


def over_codes(header: str) -> bool:
    """Whether a header, as `plain` gives it, stands over codes of measures: "indicator reference"; a bare "number" is
    rather a figure's."""
    words = set(header.split())
    return words <= _CODE_WORDS and bool(words & _CODES) and words != {"number"}


def is_way(text: str) -> bool:
    """Whether a cell says which way is better, and nothing else."""
    return bool(_WAY.fullmatch(plain(text)))


def of_target(when: str) -> bool:
    """Whether what stands beside the word in a target column's header says of when, or what kind of target it is."""
    return all(w in _KINDS or w[-1].isdigit() or read_period(w, near=SOME_DAY) for w in plain(when).split())
