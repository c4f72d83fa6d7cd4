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
        "service level", "title", "short name",
    ),
    "frequency": ("measure frequency", "frequency", "reporting frequency", "how often", "measured", "reported"),
    "unit": ("measure criteria", "unit", "unit of measure", "units", "uom", "format", "measured in", "data type"),
    "polarity": (
        "polarity", "good is", "good performance is", "good performance", "better is", "good to be", "what is good",
        "desired direction", "preferred direction", "aim to", "good direction", "better performance is",
    ),
    "target": (
        "target", "annual target", "current target", "kpi target", "expected level", "expected", "green threshold",
        "target level", "target value", "tgt", "required level",
    ),
    "detriment": ("detriment", "floor", "threshold", "lower threshold", "red threshold", "amber threshold"),
    "failure": ("failure", "minimum", "minimum level", "trigger"),
}  # fmt: skip
# Headers over labels that are places.
AREAS = ("district", "area", "ward", "council", "authority", "local authority", "locality", "borough", "town", "region",
         "division", "neighbourhood", "parish", "county", "partner", "site", "contractor", "provider", "supplier",
         "centre", "leisure centre", "station", "depot", "force", "estate", "hospital", "library", "school", "facility",
         "venue", "location", "constituency")  # fmt: skip
# Headers over labels that are services.
SERVICES = ("service", "service area", "department", "directorate", "portfolio", "team")
# What a header says of a figure beside its period, or under it in a second row.
_VALUE_WORDS = ("performance", "result", "outturn", "value", "figure", "score")
_ACTUAL = tuple(f"actual {word}" for word in _VALUE_WORDS)
VALUES = (*_ACTUAL, "actual", "act", *_VALUE_WORDS, "achieved", "hit", "reported")
_AIM_WORDS = ("target", "goal", "standard", "plan", "threshold", "aim", "ambition")
_LEVELS = tuple(f"{aim} {word}" for aim in _AIM_WORDS for word in ("level", "value", "figure"))
TARGETS = (*_LEVELS, "performance target", "service standard", "performance standard", "tgt", *_AIM_WORDS)
MORE_TARGETS = frozenset(TARGETS).difference(*COLUMNS.values())  # that no column's list has
BEFORE = (
    "previous year", "last year", "prior year", "same period last year", "same quarter last year",
    "same month last year",
)  # fmt: skip
# Other headers over names of measures, or over their codes, are made of the words of the first kind, with one of the
# second among them.
_NAME_WORDS = _words(
    "key performance quality corporate council local national service services level levels short full detail details"
    " of the and what we is it kpi kpis pi pis lpi indicator indicators measure measures metric metrics description"
    " name title definition standard success outcome"
)
_NAMES = _words("kpi kpis pi pis lpi indicator indicators measure measures metric metrics description")
_CODE_WORDS = _words("key performance kpi pi lpi indicator measure unique ref reference code id no number")
_CODES = _words("ref reference code id no number")
# What a target column's header may say beside the word and a period.
_KINDS = _words(
    "national statutory government contract contractual annual yearly year full end of current ytd to date quarterly"
    " monthly profiled profile council local agreed for the performance service our kpi cumulative in s required"
    " expected"
)
_WORD = "|".join((*TARGETS, *VALUES))
_SAID_FIRST = re.compile(rf"(?P<word>{_WORD})s?(?:\s+(?P<before>.+))?", re.IGNORECASE)
_SAID_BETWEEN = re.compile(rf"(?P<kind>.+?)\s+(?P<word>{_WORD})s?\s+(?P<when>.+)", re.IGNORECASE)
_SAID_LAST = re.compile(rf"(?P<after>.+?)\s+(?P<word>{_WORD})s?", re.IGNORECASE)
# What a header says of a figure beside its period in brackets: "Current performance (Q2 2021/22)".
_WHEN_LAST = re.compile(r"(?P<says>[^()]+?)\s*\((?P<when>[^()]+)\)")
_BASE = re.compile(r"\bbase(?:line|\s+year)\b", re.IGNORECASE)  # what all that came later is held against
_OF_WHEN = _words("current previous prior latest last same this quarter month year period actual baseline")
_OF_WHEN |= {*_VALUE_WORDS}
# The words for which way is better, and the signs that stand for them in a column that says so.
_HIGHER = "high higher bigger larger more up upwards increase increasing maximise maximize"
_LOWER = "low lower smaller less fewer down downwards decrease decreasing reduce minimise minimize"
WAYS_SAID = dict.fromkeys(_HIGHER.split(), "higher") | dict.fromkeys(_LOWER.split(), "lower")
_SIGNS = dict.fromkeys("↑▲⬆+", "higher") | dict.fromkeys("↓▼⬇-–−", "lower")
_WAY = re.compile(
    rf"(?:(?:good|better) (?:is|to be) |aim to |to |a )?(?P<way>{'|'.join(WAYS_SAID)})"
    r"(?: (?:figure|number|value|result)s?)?(?: (?:is|are|=) (?:better|good|best))?"
)
# The same in running text, where the words alone would say nothing: "(higher is better)".
BETTER = re.compile(rf"\s*\(?\b(?P<way>{'|'.join(WAYS_SAID)}) is (?:better|good)\b\)?", re.IGNORECASE)
# Columns, or rows, that say something about the figures beside them, and are none.
ASIDE = re.compile(
    r"(?:%|percentage|year on year|annual)?\s?(?:change|difference|variance|movement)\b.*|rank(?:ing)?\b.*"
    r"|quartile.*|green|amber|red|trend.*|dot|direction.*|travel|rag\b.*|status|polarity|good is"
    r"|good performance is|better is|comments?|commentary|notes?|units?|frequency|owner|lead|source|target\b.*"
    r"|.* target|share\b.*|% of total|"
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


def way_of(text: str, signs: bool = True) -> str:
    """Which way a cell says is better, "higher" or "lower"; "" for one that says anything else."""
    found = _WAY.fullmatch(plain(text))
    if found:
        return WAYS_SAID[found["way"]]
    return _SIGNS.get(text.strip(), "") if signs else ""


def way_in(text: str) -> str:
    """The one way that words in a text tell: "higher than last year"; "" for none or both."""
    told = {WAYS_SAID[word] for word in plain(text).split() if word in WAYS_SAID}
    return told.pop() if len(told) == 1 else ""


def of_target(when: str) -> bool:
    """Whether what stands beside the word in a target column's header says of when, or what kind of target it is."""
    return bool(read_period(when)) or all(
        w in _KINDS or w[-1].isdigit() or read_period(w, near=SOME_DAY) for w in plain(when).split()
    )


def is_aim(header: str) -> bool:
    """Whether a header or a row's label says that targets stand there: "Target", "2021/22 target", "Target level"."""
    word, when = said_by(header)
    return word in TARGETS and of_target(when)


def said_by(header: str) -> tuple[str, str]:
    """A header as the word for what it holds and the period that it names: "Sept Target" is ("target", "Sept")."""
    text = " ".join(header.split())
    aside = _WHEN_LAST.fullmatch(text)
    if aside and set(plain(aside["says"]).split()) <= _OF_WHEN and read_period(aside["when"], near=SOME_DAY):
        return "", aside["when"]
    if (base := _BASE.sub("", text).strip()) != text and read_period(base):
        return "", base
    if first := _SAID_FIRST.fullmatch(text):
        return first["word"].lower(), first["before"] or ""
    if last := _SAID_LAST.fullmatch(text):
        return last["word"].lower(), last["after"]
    between = _SAID_BETWEEN.fullmatch(text)  # "Annual target 2024/25"
    if between and set(plain(between["kind"]).split()) <= _KINDS and read_period(between["when"]):
        return between["word"].lower(), between["when"]
    return "", text
