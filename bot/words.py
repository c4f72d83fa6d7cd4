"""Every sentence that packclerk says in an answer, and how a figure is put into words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from kpi_tools.spans import Period, quarter

# A quarter written out with its year: "Qtr 2 2021-22", "Quarter 3 2018/2019".
_QUARTER = re.compile(r"\bq(?:tr|uarter)\.?\s?[1-4]\b.*\d\d", re.IGNORECASE)

# A column's name that says when only beside another: "previous quarter", "YTD", "a year earlier".
_RELATIVE = re.compile(
    r"\b(?:previous|current|latest|last|prior|same|earlier|before|ago|ytd|to date|cumulative|snapshot)\b", re.IGNORECASE
)

AT = {">=": "at least", "<=": "no more than", ">": "more than", "<": "less than", "=": "exactly"}

REFUSED = (
    "That is not something council papers can answer. Ask about a measure, a council, a plan, a budget or a meeting."
)
TOO_LONG = "A question may have {most:,} characters, and this one has {count:,}: ask it in fewer words."
NOT_FOUND = "The papers do not say."
PERSONAL = "The papers do not say: they report how services perform, not what concerns one person or household."
NO_SUCH_CODE = "No measure in the papers has that code."
OTHER_NUMBER = "The papers have no such measure. The nearest is {titles}."
NOT_KEPT = "The index cannot be written, so that a question that follows on this one will not be understood as such."
SPELLED = "Read '{said}' as '{meant}'."
UNMET = "What was asked is not worked out here: {said}. Without that, the papers give:"
DISTANCE = {"closest": "closest to", "furthest": "furthest from"}
HALF_MEANT = "The papers have no measure of which {said} is said too. The nearest:"
ALL_AIMED = "The papers print a target beside each measure."
NO_TARGETS = "The papers give these figures and no target to hold them to:"
NOT_JUDGED = "The papers give these figures and targets, and do not say which of them are met:"
NOT_TAKEN = "Not taken into account, as it was not understood: {said}."
UNHEARD = "Not understood: {said}. Without that, the papers give:"
DEFINED_TOO = "{titles} {have} the same code, and no figure in the papers."
OTHER_TARGET = "The papers give no target of {said} for it."
ALONE = "There is no second figure to hold it against."
NO_PERCENT = "No percentage is given: what it changed from is not above nought."
BY_COLOUR = "Red is taken as missing the target, green as meeting it."
RATED = "The report rates {title} itself, by more than its target: red and green are not held against that."
NEAREST = "No measure is called so. The nearest:"
BY_MEANING = "No measure is called so: taken by what the words mean."
NOT_SO = "The papers say otherwise: {known}"
NO_REASON = "The papers give no reason for it."
NO_PAPERS = "No papers are indexed yet. Add some with: packclerk index PATH"
NO_COUNCIL = "No council was named: this is of {papers}."
READ_BY_OCR = "{document}, {pages}: read by OCR; check the page."
NO_WAY = "The papers do not say which way is better for {title}, so that no figure can be held to its target."
NO_TARGET = "The papers give no target for {title}."


_IN_WORDS = re.compile(r"\btargets?\b[^.|]*\d[^.|]*", re.IGNORECASE)


def no_target(title: str, quote: str) -> str:
    """That a measure has no target to be held to; with what its row says of one in words."""
    said = _IN_WORDS.search(quote)
    if said is None:
        return NO_TARGET.format(title=title)
    return f"The papers give a target for {title} only in words: “{said[0].strip()}”."


def listed(items: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def possessive(name: str) -> str:
    """ "Havant's", "Overall" unchanged."""
    return name if name == "Overall" else f"{name}'" if name.endswith("s") else f"{name}'s"


def without(entities: Sequence[str], title: str) -> str:
    """ "Hart has no figure in PI001 (% Emails answered)."."""
    return f"{listed(entities)} {'has' if len(entities) == 1 else 'have'} no figure of {title} here."


def spans(grain: str, number: int) -> str:
    """ "months", "1 quarter"'s "quarter", "periods" for spans of other lengths."""
    word = grain if grain in ("month", "quarter", "year") else "period"
    return word if number == 1 else f"{word}s"


def amount(value: Decimal, unit: str) -> str:
    """A calculated value with its unit: "29.49 percentage points", "£89,480", "3"."""
    text = f"{value:,f}"
    if unit.startswith("£"):
        return f"-£{text[1:]}{unit[1:]}" if text.startswith("-") else f"£{text}{unit[1:]}"
    if unit == "percentage points" and abs(value) == 1:
        unit = "percentage point"
    return f"{text}%" if unit == "%" else f"{text} {unit}".strip()


_BARE = re.compile(r"(?P<sign>[-−–]?)(?P<number>\d[\d,]*(?:\.\d+)?)")


def shown(row: Any) -> str:
    """A figure as printed, with the unit that its column or its measure's name may say for it, or its reason:
    "15.60 days", "£145k", "no figure (Annual PI)"."""
    return f"no figure ({row.reason})" if row.value is None else _in_unit(str(row.printed), row.unit)


def _in_unit(printed: str, unit: str) -> str:
    """A figure with its unit, where it was printed bare; the measure's name says what "per 1,000" is per."""
    bare = _BARE.fullmatch(printed)
    if not unit or bare is None or unit.startswith("per "):
        return printed
    if unit.startswith("£"):
        return f"{bare['sign']}£{bare['number']}{unit[1:]}"
    return f"{printed}%" if unit == "%" else f"{printed} {unit}"


def target_of(row: Any) -> str:
    """ "the target of at least 80%"."""
    aim = _in_unit(row.target_printed, row.unit) if row.target_printed else amount(row.target, row.unit)
    return f"the target of {AT.get(row.comparator, '')} {aim}".replace("  ", " ")


def verdict(row: Any) -> str:
    """ ", which met the target of at least 80%"; "" where there is no target to hold it to.

    Where the paper does not say which way is better, only on which side of the target the figure lies.
    """
    if row.target is None or row.value is None:
        return ""
    if row.met is None:
        side = "above" if row.value > row.target else "below" if row.value < row.target else "equal to"
        return f", {side} {target_of(row)}"
    return f", which {'met' if row.met else 'missed'} {target_of(row)}"


def when(label: str) -> str:
    """A period with the word before it: "in Jan-21", "as at May 2023", "in the previous quarter (Q1 2021/22)"."""
    plain = f"{label[0].lower()}{label[1:]}"
    if re.match(r"(?:as )?(?:at|of)\b|(?:up )?to\b|a year\b", plain):
        return plain
    if re.match(r"ytd\b", plain, re.IGNORECASE):
        return f"in the year to date{label[3:]}"
    if re.match(r"(?:previous|current|same|last|prior|latest)\b", plain):
        return f"in the {plain}"
    return f"in {label}"


def moved(first: Any, last: Any, change: Decimal) -> str:
    """ "fell from 75.15% in Jan-21 to 45.66% in Aug-21"."""
    verb = "rose" if change > 0 else "fell" if change < 0 else "stayed the same"
    if not change:
        return f"was {shown(first)} both {when(first.period)} and {when(last.period)}"
    return f"{verb} from {shown(first)} {when(first.period)} to {shown(last)} {when(last.period)}"


def period(row: Any) -> str:
    """A period as printed, with the year that its column leaves out: "June 2023", "previous quarter (Q1 2021/22)"; and
    all quarters that are written out as "Q2 2021/22"."""
    label = str(row.period)
    if row.grain == "quarter" and _QUARTER.search(label):
        return quarter(row.start).label
    if _RELATIVE.search(label) and not re.search(r"\d", label):
        return f"{label} ({days(row.start, row.end)})"
    if re.search(r"\d\d|\d{4}", label):
        return label
    if row.grain == "quarter" and re.fullmatch(r"q(?:tr|uarter)?\.?\s?[1-4]\b.*", label, re.IGNORECASE):
        return quarter(row.start).label
    return f"{label} {row.end.year}" if row.grain in ("month", "quarter") else label


def days(start: date, end: date) -> str:
    """A span of days as a period: "Jun-21", "Q1 2021/22", "Apr-21 to May-21"."""
    if Period(start, end, "").grain == "quarter":
        return quarter(start).label
    first, last = f"{start:%b-%y}", f"{end:%b-%y}"
    return first if first == last else f"{first} to {last}"


def dated(row: Any) -> Any:
    """A row of the frame with its period in words that can stand alone."""
    return row._replace(period=period(row))


def titled(title: str, day: date | None) -> str:
    """A paper's title with its day in words, which is not said again where the title has it."""
    if day is None:
        return title
    words, month = f"{day.day} {day:%B %Y}", rf"(?:{day:%B}|{day:%b})"
    named = rf"0?{day.day}(?:st|nd|rd|th)?\s+(?:of\s+)?{month},?\s+{day.year}"
    american = rf"{month}\s+0?{day.day}(?:st|nd|rd|th)?,?\s+{day.year}"
    if re.search(rf"\b(?:{named}|{american})\b", title, re.IGNORECASE):
        return title
    figures = re.compile(rf"\b(?:0?{day.day}[/.-]0?{day.month}[/.-]{day.year}|{day})\b")
    return figures.sub(words, title) if figures.search(title) else f"{title}, {words}"


def during(said: str) -> str:
    """ "for June", "since November": a period as it was said, with the word that goes before it."""
    if re.match(r"(since|from|after|before|until|till|by|up to|between|over|during|in|for)\b", said, re.IGNORECASE):
        return said
    return f"for {said}"


def reach(measure: str, entities: Sequence[str], first: str, last: str) -> str:
    """How far the papers go with a measure."""
    span = f"for {first} only" if first == last else f"from {first} to {last}"
    return f"The papers give {measure} {span}{', for ' + listed(entities) if entities else ''}."


def rectification(fields: Mapping[str, str]) -> str:
    """A rectification plan in a line: "RP1-2020 (Finance: VAT errors) is open. Delivered, ..."."""
    status = f" is {fields['status']}" if fields["status"] else ""
    named = re.search(r"\d", fields["ref"])
    ref = fields["ref"] if named else f"The plan without a ref ({fields['ref'] or 'none'})"
    return f"{ref} ({fields['area']}: {fields['default']}){status}. {fields['update']}"
