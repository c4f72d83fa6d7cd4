"""Reading figures as papers print them: "99.85%", "£666,156", "< 5%", "N/A"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kpi_tools.pattern import Pattern
from kpi_tools.times import read_time


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit ("%", "£", "£k", "£m", "days", "" for a plain number) and what was printed.

    "45.66%" is Decimal("45.66") in "%"; "£1.2m" is Decimal("1.2") in "£m"; "(347)" is -347.
    """

    value: Decimal
    unit: str
    printed: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no figure, as printed: "N/A", "Annual PI", "Not measured - no survey"."""

    printed: str


UNSURE = "[unsure]"  # stands in the text of a scan where a figure is printed that cannot be read with certainty

# A unit's name, and the ways in which it is written behind a number; the longer come first.
UNITS = {
    "percentage points": r"percentage points?\b|% points?\b|ppt?s?\b",
    "%": r"%|per\s?cent\b",
    "seconds": r"sec(?:ond)?s?\b",
    "minutes": r"min(?:ute)?s?\b",
    "hours": r"h(?:ou)?rs?\b",
    "working days": r"(?:working|business) days?\b",
    "days": r"(?:calendar )?days?\b",
    "weeks": r"w(?:ee)?ks?\b",
    "months": r"months?\b|mths?\b",
    "years": r"y(?:ea)?rs?\b",
    "thousand tonnes": r"(?:thousand|kilo|['’]?000s?(?: of)?) ?tonnes?\b|kt\b",
    "tonnes": r"tonnes?\b",
    "kg": r"kgs?\b|kilograms?\b",
    "kWh": r"kwh\b",
    "miles": r"miles?\b",
    "FTE": r"ftes?\b",
}
_CLOCKED = Pattern(r"\b(?:h{1,2}:)?m{1,2}:ss\b|\bmin(?:ute)?s?:sec(?:ond)?s?\b", re.IGNORECASE)
# What stands behind a unit in the midst of a name: "Sickness days per FTE", "New claims: days to process".
_SPENT = (
    r"per (?:fte|employee|head|person|member|post|case|claim|visit|job|repair|request|application|void|household)|lost"
    r"|taken|to (?:process|re-?let|complete|determine|decide|answer|respond|resolve|repair|pay)"
)
_PER = r"per \d{1,3}(?:,\d{3})+|per 1\d{2,}"
_UNIT = "|".join(UNITS.values()) + f"|{_PER}"
MONEY_POWERS = {"£": 0, "£k": 3, "£m": 6, "£bn": 9}  # of ten, by which a unit is counted
_SCALES = {"k": "k", "thousand": "k", "m": "m", "mn": "m", "million": "m", "bn": "bn", "billion": "bn"}
_MINUS = "−–—‐‑-"  # the plain hyphen last: it stands in character classes
_NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?![.,]?\d)"
_AMOUNT = (
    rf"(?P<sign>[+{_MINUS}])?\s?(?P<pound>£)?\s?(?P<open>\()?\s?(?P<inside>£)?\s?(?P<inner>[+{_MINUS}])?\s?"
    rf"(?P<number>{_NUMBER})(?:\s?(?P<scale>{'|'.join(_SCALES)})(?!\w))?(?:\s?(?P<unit>{_UNIT}))?"
    r"(?P<close>\s?\))?(?P<after>%)?(?:(?<=%)\d(?!\d))?"  # a digit behind a per cent sign is a footnote's
)
# Arrows, triangles, blobs, and what a font of signs has in their place.
SIGNS = "\u2190-\u21ff\u25a0-\u25ff\u2b00-\u2bff\ue000-\uf8ff"
# What may follow a figure without being part of it: footnote marks, arrows, a colour, a remark in brackets.
_NOTES = (
    rf"(?:\s?(?:[*†‡^#¹²³⁴⁵⁶⁷⁸⁹{SIGNS}]|\[(?:\w{{1,3}}|amber|green)\]|\([^()]+\)|(?:red|amber|green)\b|per [a-z]+\b)"
    r"|\s(?-i:[RGPE]|[rpe])\b|(?<=[\d%])(?-i:r)\b)*"  # revised, provisional, estimated; the letter of a rating
)
_FIGURE = Pattern(_AMOUNT + _NOTES, re.IGNORECASE)
_TORN = re.compile(r"(?<=\d,)(?:(\d) (\d\d)|(\d\d) (\d))(?![\d,])")  # "£291,85 2": a narrow column broke the line
_COUNTED = re.compile(
    r"(?P<count>\d[\d,]*)\s?\(\s?(?P<share>\d+(?:\.\d+)?)\s?%\s?\)"
)  # "12 (34%)": a count, and its share
# A note's number behind a unit; "m²" is one, and "£1.2m²" none.
_RAISED = re.compile(r"(£[\d.,]+m|(?<=[a-z%)])(?<!\bm)(?<!\dm))[⁰¹²³⁴⁵⁶⁷⁸⁹]+")

# Cells that say why there is no figure: signs and whole words, then the openings of short remarks.
_REASON = Pattern(
    rf"""
    [.…*{_MINUS}]{{1,3}} | nil | annual(?:ly)? | suspended | pending | awaited | unavailable | suppressed
    | \#(?:n/?a|div/0!|ref!|value!)
    | (?: n/\s?[ak] | na | n\.\s?a\.? | tb[ac] )(?:\W.*)?
    | annual(?:ly)?\s(?:k?pi|indicator|measure|figure|return|survey|target|data)\b.*
    | (?:reported|measured|collected|published)\s(?:annually|quarterly|six[- ]monthly|at\syear)\b.*
    | new\s(?:k?pi|indicator|measure|service)\b.*
    | no\s(?:data|surveys?|figures?|returns?|results?|responses?|cases|information|target)\b.*
    | (?:data|figures?|results?|information)\s(?:is\s|are\s|will\sbe\s|was\s|were\s)?(?:not\s|to\s)?(?:yet\s)?
      (?:un)?(?:available|awaited|collected|follow|provided|published|received|be\sconfirmed|due)\b.*
    | none\s(?:reported|recorded|received|available)\b.*
    | not\s(?:yet\s)?(?:measur\w+|available|applicable|reported|recorded|collected|due|known|published|provided
      |calculated|relevant|set|required|monitored|surveyed|counted|assessed|sampled)\b.*
    | (?:awaiting|available\s(?:in|later|from)|due\s(?:in|later)|to\s(?:be\s(?:confirmed|reported|set)|follow))\b.*
    | see\s.*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UNSURE = re.compile(rf"[£(+\s{_MINUS}]*{re.escape(UNSURE)}[\w%)\s]{{0,15}}")
_REMARK = 120  # characters; a longer text is prose

# Words of a bound that stand before its figure, and behind it.
_BEFORE = {
    ">=": r">\s?=|=\s?>|≥|at least|(?:no|not) (?:less|fewer|lower) than|not below|(?:at|on) or above"
    r"|(?:a )?minimum(?: of)?",
    "<=": r"<\s?=|=\s?<|≤|at most|(?:no|not) (?:more|greater|higher) than|not (?:exceeding|above)|(?:at|on) or below"
    r"|(?:a )?maximum(?: of)?|up to",
    ">": r">|above|(?:more|greater|higher) than|over|exceeding|in excess of",
    "<": r"<|below|(?:less|fewer|lower) than|under",
}
_BEHIND = {
    ">=": r"\+|(?:or|and) (?:more|above|over|higher|greater|better)\b",
    "<=": r"(?:or|and) (?:less|fewer|below|under|lower)\b",
}
_WORDS = "|".join(f"(?P<c{n}>{words})" for n, words in enumerate(_BEFORE.values()))
_SIGN = Pattern(rf"(?<![\w<>=])(?:{_WORDS})(?=\s?[£(\d.{_MINUS}])\s?", re.IGNORECASE)
_HEAD = Pattern(_AMOUNT + rf"(?:\s[a-z]+\s(?P<per>{_PER}))?", re.IGNORECASE)
_AIMS = Pattern(
    r"\b(?:target|aim|maintain|achieve|keep|ensure|remain|reduce|increase|improve|deliver)\w*\b", re.IGNORECASE
)
_LOOSE = Pattern(r"over|under|up to|(?:more|less|fewer|greater) than", re.IGNORECASE)
_SECOND = Pattern(rf"[^.;]*?(?:\b(?:and|or|to|but)|[/{_MINUS}])\s?£?\d(?!\d?\s?(?:st|nd|rd|th)?\s[A-Z]|\d*\.?\d*%? of)")
_RELATIVE = Pattern(  # "5% reduction", "1 April": no level that a figure could be held against
    r"\W*(?:(?:\w+ )?(?:reduc|increas|improv|decreas|chang|grow|sav|lower|higher|less|fewer|more|better|above|below)"
    r"|than|of\b|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b)",
    re.IGNORECASE,
)
_TAIL = Pattern(r"(?:\s?[^\W\d]+){0,6}\.?")


def read_figure(text: str, unit: str = "") -> Figure | Reason | None:
    """The figure or the reason that a cell holds; None for an empty cell or one that is other text.

    `unit` is used where the cell names none (a "%" from a column or from the measure's name); under a heading in
    "£k" or "£m" a bare "£8,660" is taken in those. A bound ("< 5") is a Reason: the exact figure is not printed.
    """
    printed = _TORN.sub(r"\1\2\3\4", " ".join(text.split()))
    if unit == "%" and (both := _COUNTED.fullmatch(printed)):
        return Figure(Decimal(both["share"]), unit, printed)
    if found := _FIGURE.fullmatch(_RAISED.sub(r"\1*", printed)):
        return _figure(found, unit, printed)
    if time := read_time(printed, unit):
        return Figure(*time, printed)
    if _UNSURE.fullmatch(printed):
        return Reason(UNSURE.strip("[]"))
    if len(printed) <= _REMARK and (_REASON.fullmatch(printed) or _is_bound(printed)):
        return Reason(printed)
    return None


def read_counted(text: str) -> tuple[Figure, Figure] | None:
    """The count and the share of "12 (34%)"; None for any other text."""
    printed = " ".join(text.split())
    found = _COUNTED.fullmatch(printed)
    count = read_figure(found["count"]) if found else None
    if not found or not isinstance(count, Figure) or Decimal(found["share"]) > 100:
        return None
    return Figure(count.value, "", printed), Figure(Decimal(found["share"]), "%", printed)


def is_value(text: str) -> bool:
    """Whether a text is a figure, or sets a bound."""
    return bool(read_figure(text) or read_bound(text))


def read_bound(text: str, unit: str = "") -> tuple[str, Figure] | None:
    """The bound that a target's text sets, as (comparator, figure): "no more than 65" is ("<=", 65).

    The text may be a cell ("< 5%", "95% or more") or a definition ("Maintain replies ... above 95% through ...").
    The comparator is "" where none is written ("13 days", "100% by year end"). None where there is no bound, or
    more than one.
    """
    printed = " ".join(text.split())
    sign = _SIGN.match(printed)
    bare = printed[sign.end() :] if sign else printed
    if time := read_time(bare, unit):
        return _comparator(sign) if sign else "", Figure(*time, bare)
    if found := _FIGURE.match(printed):
        return _stated(printed, found, unit)
    bounds: dict[tuple[str, Decimal, str], Figure] = {}
    for word in _SIGN.finditer(printed):
        amount = _HEAD.match(printed, word.end())
        figure = _figure(amount, unit, amount[0].strip()) if amount else None
        if amount is None or figure is None or not (bounds or _aims(printed, word, figure)):
            continue
        if _SECOND.match(printed, amount.end()) or _RELATIVE.match(printed, amount.end()):
            return None
        bounds[_comparator(word), figure.value, figure.unit] = figure
    if len(bounds) != 1:
        return None
    ((comparator, _, _), figure), *_ = bounds.items()
    return comparator, figure


@lru_cache(maxsize=4000)  # headers come again with every row
def find_unit(text: str) -> str:
    """The unit that a heading or a measure's name states: "Budget £000" is in "£k"; "" where it states none."""
    plain = " ".join(text.split())
    if re.search(r"%|\bper\s?cent|\bpercentage\b", plain, re.IGNORECASE):
        return "%"
    if money := re.search(r"£\s?(?:(?P<k>['’]?000s?\b|k\b)|(?P<m>m(?:illions?|n)?\b))?", plain, re.IGNORECASE):
        return "£k" if money["k"] else "£m" if money["m"] else "£"
    if _CLOCKED.search(plain):
        return "seconds"
    if rate := re.search(rf"\b(?:{_PER})", plain, re.IGNORECASE):
        return rate[0].lower()
    for unit, forms in UNITS.items():
        opening = rf"^(?:(?:average|mean|number of|no\.? of) )*(?:{forms}) (?:taken|lost|to)\b"
        bracketed = rf"[(\[]\s?(?:in |average |mean |number of |no\.? of )?(?:{forms})\s?[)\]]"
        within = rf"(?<!\d )(?<!\d)\b(?:{forms}) (?:{_SPENT})\b|\b(?:average|mean)(?: number of)? (?:{forms})$"
        if re.search(rf"{bracketed}|{opening}|{within}", plain, re.IGNORECASE):
            return unit
    return ""


def named_unit(text: str) -> str:
    """The unit that the whole text names, as a column of units does: "Days" is "days", "Secs" is "seconds"; "" for
    any other text ("Number")."""
    plain = " ".join(text.split()).strip("() .")
    whole = (unit for unit, forms in UNITS.items() if re.fullmatch(forms, plain, re.IGNORECASE))
    return find_unit(plain) or next(whole, "")


def write_figure(value: Decimal, unit: str) -> str:
    """A value as a person reads it: "45.66%", "£1.2m", "-£5", "13 days". It reads back to the same figure."""
    number, minus = f"{abs(value):,f}", "-" if value < 0 else ""
    if unit.startswith("£"):
        return f"{minus}£{number}{unit[1:]}"
    return f"{minus}{number}{unit if unit == '%' else f' {unit}'}".strip()


def _figure(found: re.Match[str], unit: str, printed: str) -> Figure | None:
    """The figure of a matched amount; None where brackets, signs or units do not agree."""
    digits = found["number"].replace(",", "")
    signs = [sign for sign in (found["sign"], found["inner"]) if sign]
    brackets = found["open"] is not None
    if brackets != (found["close"] is not None) or len(signs) + brackets > 1 or re.match(r"0\d", digits):
        return None
    own = _unit(found, unit)
    if own is None:
        return None
    negative = brackets or (signs and signs[0] in _MINUS)
    return Figure(-Decimal(digits) if negative else Decimal(digits), own, printed)


def _unit(found: re.Match[str], context: str) -> str | None:
    """The unit of a matched amount; None for a scale without money ("1.2m") or two units."""
    pound = found["pound"] or found["inside"]
    scale = _SCALES[found["scale"].lower()] if found["scale"] else ""
    written = found["unit"] or found["after"]
    if found["unit"] and found["after"]:
        return None
    if pound or scale:
        if written or not (pound or context.startswith("£")):
            return None
        return f"£{scale}" if scale else context if context.startswith("£") else "£"
    if written:
        return next(
            (unit for unit, forms in UNITS.items() if re.fullmatch(forms, written, re.IGNORECASE)), written.lower()
        )
    return found.groupdict().get("per") or context


def _is_bound(printed: str) -> bool:
    word = _SIGN.match(printed)
    return bool(word and _FIGURE.fullmatch(printed, word.end()))


def _stated(printed: str, found: re.Match[str], unit: str) -> tuple[str, Figure] | None:
    """A bound whose figure comes first: "95% or more", "80%+", "0 failures", "100% by year end"."""
    figure = _figure(found, unit, found[0].strip())
    rest = printed[found.end() :]
    if figure is None or re.match(r"\w", rest):
        return None
    for comparator, words in _BEHIND.items():
        if behind := re.match(rf"\s?(?:{words})", rest, re.IGNORECASE):
            return (comparator, figure) if _TAIL.fullmatch(rest, behind.end()) else None
    return ("", figure) if _TAIL.fullmatch(rest) and not _RELATIVE.match(rest) else None


def _aims(printed: str, word: re.Match[str], figure: Figure) -> bool:
    """Whether a bound's word sets the aim, and does not describe the measure ("debt over 90 days")."""
    if word.start() == 0:
        return True
    loose = _LOOSE.fullmatch(word[0].strip()) and figure.unit != "%"
    return not loose and _AIMS.search(printed, 0, word.start()) is not None


def _comparator(word: re.Match[str]) -> str:
    return next(comparator for n, comparator in enumerate(_BEFORE) if word[f"c{n}"])
