"""How often a clause says that something is so: over the periods of a measure, and over its councils."""

import re
from dataclasses import dataclass

_COUNTS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
NUMBER = rf"(?:\d{{1,5}}|{'|'.join(_COUNTS)})"
_NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_TIMES = {"once": 1, "twice": 2, "neither": 0, "no": 0}
_UNIT = r"(?P<grain>month|quarter|year|week|period)s?\b"
_RUNS = rf"(?:{_UNIT} (?:running|in a row|in succession)|(?:consecutive|successive) {_UNIT.replace('grain', 'unit')})"
_LATELY = r"(?:(?:the|its|their|our|these) )?(?:(?:last|past|previous) )?"
_ORDINAL = rf"(?P<nth>{'|'.join(_NTH)})"
# Over periods: in the last so many one after another, in so many of them, now for the first time, in each.
_OVER_TIME = {
    "row": (
        rf"(?:for )?(?:the )?{_ORDINAL} {_RUNS}",
        rf"(?:for |in )?(?:the )?(?P<last>{NUMBER}) {_RUNS}",
        rf"(?:in )?(?:each|every one|every|all)(?: of)? {_LATELY}(?P<last>{NUMBER}) {_UNIT}",
    ),
    "some": (
        rf"(?:in )?(?:only )?(?P<some>{NUMBER}|all) (?:out )?of {_LATELY}(?P<last>{NUMBER}) {_UNIT}",
        rf"(?:only |just )?(?P<some>once|twice|{NUMBER} times)(?! (?:as|more|a|per)\b)",
    ),
    "time": (rf"for (?:only )?the {_ORDINAL} time(?: in {_LATELY}(?P<last>{NUMBER}) {_UNIT})?",),
    "each": (
        rf"(?:in |for )?(?:each|every|all)(?: of)?(?: the)?\s?(?:\w+\s){{0,2}}?{_UNIT}",
        r"throughout|always|consistently|at all times",
    ),
    "any": (rf"in any (?:\w+\s)?{_UNIT}",),
    "none": (rf"never|in no {_UNIT}|not once",),
}
_FORMS = [(how, re.compile(rf"\b(?:{form})", re.IGNORECASE)) for how, forms in _OVER_TIME.items() for form in forms]
_COUNCILS = r"(?:councils?|authorit(?:y|ies)|partners?|areas?|districts?|boroughs?)\b"
_OVER_COUNCILS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:only )?(?P<some>{NUMBER}|all|both|neither|each|every one) (?:out )?of (?:(?:the|our|its|these|all) )*"
        rf"(?:(?P<all>{NUMBER}) )?(?:[\w'’-]+ ){{0,3}}?{_COUNCILS}",
        rf"\b(?P<some>all|every|each|both|neither|no) (?:(?:the|our|its|these) )?(?:(?P<all>{NUMBER}) )?"
        rf"(?:\w+ )?{_COUNCILS}",
    )
]


@dataclass(frozen=True, slots=True)
class Often:
    """How often: `count` of the `of` last or all, each None where all are meant or it is not said; its words."""

    how: str
    count: int | None
    of: int | None
    grain: str
    said: re.Match[str]


def over_time(clause: str) -> Often | None:
    """How often over the periods; `how` is "row", "some", "time" (now, and so often at all), "each", "any", "none"."""
    for how, form in _FORMS:
        if said := form.search(clause):
            told = said.groupdict()
            nth = _NTH.index(told["nth"].lower()) + 1 if told.get("nth") else None
            last = _count(told.get("last")) or (nth if how == "row" else None)
            some = nth if how == "time" else _count(told.get("some"))
            return Often(how, some, last, (told.get("grain") or told.get("unit") or "").lower(), said)
    return None


def over_councils(clause: str) -> Often | None:
    """How often over the councils."""
    said = next(filter(None, (form.search(clause) for form in _OVER_COUNCILS)), None)
    return Often("some", _count(said["some"]), _count(said["all"]), "", said) if said else None


def number_of(word: str) -> int:
    """A count in digits or in words, as NUMBER finds it."""
    return int(word) if word.isdigit() else _COUNTS.index(word.lower())


def _count(word: str | None) -> int | None:
    """The same of "once" or "neither" too; None for "all"."""
    first = (word or "all").lower().split()[0]
    return number_of(first) if re.fullmatch(NUMBER, first) else _TIMES.get(first)
