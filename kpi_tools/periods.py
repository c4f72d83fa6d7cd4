"""Periods as councils write them: "Jan-21", "Q1 2023/24", "2021/22", "As at May"; a year runs April to March."""

import re
from datetime import date, timedelta

from kpi_tools.atoms import ATOM, SAID, read_atom
from kpi_tools.pattern import Pattern
from kpi_tools.spans import (
    Period,
    before,
    calendar_year,
    financial_year,
    month,
    months_to,
    quarter,
    this_year,
    year_before,
)

__all__ = [
    "Period", "before", "calendar_year", "financial_year", "find_periods", "month", "quarter", "read_period",
    "this_year", "year_before",
]  # fmt: skip

_Hit = tuple[Period, int, int]
_JOIN = r"to|-|–|—|until|till|through|(?P<and>and)"
_SPAN = Pattern(rf"(?:(?P<between>between )|from )?(?P<first>{ATOM})\s?(?:{_JOIN})\s?(?P<last>{ATOM})", re.IGNORECASE)
_DIGIT = Pattern(r"\d")
_BEGINS = Pattern(  # as every span does: the grammar of one takes longer to compile than a page to read
    r"(?:between |from |up |to |the |end of )*(?:\d|['’]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q|h[12]|half"
    r"|month|period|year|y/?e|ytd|eoy|fy|full|financial|calendar|rolling|cumulative|first|second|third|fourth|final"
    r"|one|two|three|four|five|six|nine|twelve|this|current|last|past|previous|next|coming)",
    re.IGNORECASE,
)
_JOINED = Pattern(_JOIN, re.IGNORECASE)  # quickly says that there can be no span
_LEADS = Pattern(
    r"(?:(?:position |snapshot )?(?:as )?(?:at|of)(?: (?:the )?end(?: of)?)?|for|in|during|end of|rolling|snapshot)\s",
    re.IGNORECASE,
)
# What stands behind a period without being part of it: footnote marks, and words on how sure its figures are.
_REMARKS = Pattern(
    r"\s?(?:[*†‡^]+|\((?:latest|provisional|prov|p|revised|r|unaudited|to date|current)\))$", re.IGNORECASE
)
_BRACKETED = Pattern(  # "Q1 (2018/19)"
    r"\b(?:q|qtr\.?|quarter)\s?(?:[1-4]|one|two|three|four)\s*\(\s?(?:fy\s?)?(?:20|19)?\d\d[/–-](?:20)?\d\d\s?\)",
    re.IGNORECASE,
)
_SO_FAR = Pattern(rf"(?:up )?to (?:the end of )?(?P<atom>{ATOM})", re.IGNORECASE)

# In running text: what opens a span on one side, and the words that tell May and March from a verb.
_FOUND = Pattern(
    r"(?<![\w£./-])(?:(?P<since>since|from|after) |(?P<until>up to|until|till|by|before) |between )?"
    rf"(?:(?:at )?(?:the )?end of )?(?P<atom>{ATOM})(?!\w)",
    re.IGNORECASE,
)
_BREATH = Pattern(r"\s?(?:,|,? ?and|or|to|vs\.?|with|against|&)\s(?:in )?", re.IGNORECASE)
_QUARTERS = Pattern(r"\s?quarters\b", re.IGNORECASE)
_LATEST = Pattern(r"\b(?:the )?(?:latest|most recent)\b", re.IGNORECASE)
_DOUBTFUL = Pattern(r"(?:may|mar(?:ch)?|(?:19|20)\d\d|\d\d[–-]\d\d)", re.IGNORECASE)
_PREPOSITION = Pattern(
    r"(?:\b(?:in|for|over|throughout|since|of|by|to|and|or|until|till|during|about|from|between|vs\.?|versus|than|with|after|before|at|on|against"
    r"|last|this|year|was|is)\s|[,(–-]\s?)$",
    re.IGNORECASE,
)


def read_period(text: str, near: date | None = None, grain: str = "") -> Period | None:
    """The one period that `text` (a column header, a phrase) names, or None.

    `near` supplies a missing year: the latest such period that ends by it, or is running on it.
    `grain` "quarter" reads "Mar-21" or "June" as the quarter that ends then. "to February 2022" is the financial
    year up to then; "YTD" runs up to a `near` that is the end of a month. Words like "current quarter" name none:
    a header's "current" is the paper's, not the calendar's.
    """
    if near is None and not _DIGIT.search(text):
        return None  # what no year stands in has none to be lent
    label = " ".join(text.split())
    phrase = " ".join(_without_brackets(label).split())
    remark = _REMARKS.search(phrase)
    phrase = phrase[: remark.start()] if remark else phrase
    while lead := _LEADS.match(phrase):
        phrase = phrase[lead.end() :]
    period = read_atom(phrase, near, grain)
    if period is None and not _BEGINS.match(phrase):
        return None
    period = period or _read_range(_SPAN.fullmatch(phrase), near)
    if period is None and (so_far := _SO_FAR.fullmatch(phrase)):
        last = read_atom(so_far["atom"], near, "")
        period = Period(financial_year(last.end).start, last.end, "") if last else None
    return Period(period.start, period.end, label) if period else None


def find_periods(text: str, today: date) -> list[_Hit]:
    """The periods named in running text, each with where it begins and ends in `text`; labels as printed.

    Years that are not said are the latest by `today`. "since April" ends today; "up to June" and "latest" begin at
    `date.min`, and "latest" ends today. "this year" is left out, as it has two readings: see `this_year`.
    """
    text = _without_brackets(text)
    found: list[_Hit] = []
    while hit := _next(text, found[-1][2] if found else 0, today):
        found.append(hit)
    return _lend_years(text, _quarters(text, found))


def _without_brackets(text: str) -> str:
    """The text with blanks for the brackets around a quarter's year, letter for letter as long."""
    for found in _BRACKETED.finditer(text):
        text = text[: found.start()] + found[0].replace("(", " ").replace(")", " ") + text[found.end() :]
    return text


def _quarters(text: str, found: list[_Hit]) -> list[_Hit]:
    """Months that are said in one breath and are quarters at its end: "the March and June quarters"."""
    read = list(found)
    behind = len(text)
    for at in range(len(found) - 1, -1, -1):
        period, start, end = found[at]
        plural = _QUARTERS.match(text, end)
        joined = read[at + 1 :] and read[at + 1] != found[at + 1] and _BREATH.fullmatch(text[end:behind])
        if period.grain == "month" and (plural or joined):
            read[at] = Period(*_ends(period), f"the {period.end:%B} quarter"), start, plural.end() if plural else end
        behind = start
    return read


def _ends(period: Period) -> tuple[date, date]:
    """The first and the last day of the quarter that ends with a month."""
    ending = months_to(period.end, 3)
    return ending.start, ending.end


def _lend_years(text: str, found: list[_Hit]) -> list[_Hit]:
    """Periods without a year, said in one breath with one that has it ("June and July 2020"), take its year."""
    lent = list(found)
    dated = [period.label != "latest" and read_period(period.label) is not None for period, _, _ in found]
    pairs = [(at, at + 1) for at in range(len(found) - 2, -1, -1)] + [(at, at - 1) for at in range(1, len(found))]
    for at, other in pairs:
        period, start, end = lent[at]
        gap = text[min(end, lent[other][2]) : max(start, lent[other][1])]
        if dated[at] or not dated[other] or not _BREATH.fullmatch(gap):
            continue
        near = lent[other][0].end if other > at else lent[other][0].start + timedelta(days=364)
        if taken := read_atom(period.label, near, ""):
            lent[at], dated[at] = (Period(taken.start, taken.end, period.label), start, end), True
    return lent


def _next(text: str, position: int, today: date) -> _Hit | None:
    """The first period at or after `position`: a span of two where they make one, else the one alone."""
    opening = position
    while single := _FOUND.search(text, position):
        at = single.start("atom")
        position = at + 1
        if re.search(r":\s?$", text[:at]) and re.match(r"\d\d? [A-Z]", single["atom"]):
            continue  # "April: 28 May: 25" is figures and their months, not dates
        spans = (_SPAN.match(text, single.start()), _SPAN.match(text, at)) if _JOINED.search(text, at) else ()
        for span in spans:
            if span and span.end() <= single.end() and read_atom(single["atom"], today, "", SAID):
                continue  # "Q1 2021-2022" is of one year
            period = _read_range(span, today) if span and not text[span.end() : span.end() + 1].isalnum() else None
            if span and period:
                return Period(period.start, period.end, " ".join(span[0].split())), span.start(), span.end()
        if _is_verb(text, single, at):
            continue
        if period := _open(single, read_atom(single["atom"], today, "", SAID), today):
            return period, single.start(), single.end()
    if latest := _LATEST.search(text, opening):
        return Period(date.min, today, "latest"), latest.start(), latest.end()
    return None


def _open(found: re.Match[str], period: Period | None, today: date) -> Period | None:
    """The period, open towards today or the past where "since" or "up to" says so."""
    if period is None:
        return None
    label = " ".join(found[0].split())
    since, until = (found["since"] or "").lower(), (found["until"] or "").lower()
    if since:
        start = period.end + timedelta(days=1) if since == "after" else period.start
        return Period(start, today, label) if start <= today else None
    if until:
        return Period(date.min, period.start - timedelta(days=1) if until == "before" else period.end, label)
    return Period(period.start, period.end, label)


def _is_verb(text: str, found: re.Match[str], at: int) -> bool:
    """Whether "may", "march" or a bare number stands where no month or year would."""
    atom = found["atom"]
    if not _DOUBTFUL.fullmatch(atom) or found["since"] or found["until"]:
        return False
    if atom[0].isalpha() and re.match(r"\s(?:i|we|you|they|it|be|have)\b", text[found.end() :], re.IGNORECASE):
        return True
    if atom[0].isalpha() and not re.search(r"\w", text[found.end() :]):
        return False  # no verb ends a question
    if not atom[0].islower() and (at == 0 or atom[0].isalpha()):
        return False
    alone = re.match(r"\W*$|\s?[?,–-]|\s(?:and|or|to|vs)\b", text[found.end() :])
    return not (_PREPOSITION.search(text[:at]) or (at == 0 and alone))


def _read_range(span: re.Match[str] | None, near: date | None) -> Period | None:
    """From the first period's start to the last one's end; the one with a year lends it to the other."""
    if span is None or (span["and"] and not span["between"]):
        return None
    last = read_atom(span["last"], None, "")
    first = read_atom(span["first"], last.end if last else None, "")
    if last is None:
        first = first or read_atom(span["first"], near, "")
        last = read_atom(span["last"], near if first is None else first.start + timedelta(days=364), "")
        if first and last and first.end > last.end:
            return None
    if first is None or last is None or first.start > last.end:
        return None
    return Period(first.start, last.end, "")
