"""Sentences whose own numbers do not fit each other: "rose from 81% to 85%, an increase of 3 percentage points"."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import wraps

from kpi_tools.checks.claims import each_sentence
from kpi_tools.checks.judged import words
from kpi_tools.checks.often import NUMBER, number_of
from kpi_tools.checks.slip import NAMED, Check, Slip, View, slip, step
from kpi_tools.figures import MONEY_POWERS, Figure, read_figure, write_figure

_NUMBER = r"£?\d(?:[\d,]*\d)?(?:\.\d+)?(?:\s?(?:%|per cent|k\b|m\b|bn\b|million\b))?"
# Not a day, a place in a ranking, or the first of two numbers.
_PLAIN = (
    r"(?![\d/:.-]*\d)(?!\s?(?:st|nd|rd|th)\b)"
    r"(?!\s(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]*\b))"
)
_UP = r"rose|risen|increased|grew|grown|climbed|went up|gone up"
_DOWN = r"fell|fallen|decreased|declined|dropped|reduced|went down|gone down"
_CHANGE = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:\s[a-z]+){{0,2}}?"
    rf"(?:\sby\s(?P<before>{_NUMBER})(?P<points>\s(?:percentage )?points?)?)?(?:\s[a-z]+){{0,2}}?"
    rf"\sfrom\s(?P<one>{_NUMBER}){_PLAIN}(?:\s[\w()/-]+){{0,6}}?\sto\s(?P<two>{_NUMBER}){_PLAIN}",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[^.;]{0,40}?\b(?:an?|the)\s(?:[a-z]+\s)?(?:rise|increase|growth|fall|drop|decrease|reduction|decline|improvement|change)"
    rf"\sof\s(?P<by>{_NUMBER})(?P<points>\s(?:percentage )?points?)?",
    re.IGNORECASE,
)
# "from 6 to 9 days, a 50% increase"
_AFTER_IT = re.compile(
    rf"^[^.;]{{0,40}}?\ban?\s(?P<by>{_NUMBER})(?P<points>\s(?:percentage )?point)?\s(?:rise|increase|growth|fall|drop"
    r"|decrease|reduction|decline|improvement|change)\b",
    re.IGNORECASE,
)
_COUNTED = rf"(?:\d{{1,3}}(?:,\d{{3}})+|{NUMBER})"
_MONEY = r"£\d(?:[\d,]*\d)?(?:\.\d+)?(?:\s?(?:k|m|bn|million)\b)?"
_SHARE = r"(?P<share>\d{1,3}(?:\.\d+)?)\s?(?:%|per cent)"
_OF = r"of (?:[a-z][\w’'-]*\s){0,6}?"
_BEING = r"(?:which is|that is|i\.e\.|or|equal to|equivalent to|amounting to|representing|equals|being)"
_SHARES = (
    re.compile(
        rf"(?<![\d.,£%] )(?<![\d.,£/-])\b(?P<some>{_COUNTED}) \((?P<share>\d{{1,3}}(?:\.\d+)?)\s?%\) (?:out )?of"
        rf" (?:(?:the|its|our|all|a total of) )*(?P<all>{_COUNTED})\s(?!per\s?cent)[a-z]",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\d.,£/-])\b(?P<some>{_COUNTED}) (?:out )?of (?:(?:the|its|our|all|a total of) )*(?P<all>{_COUNTED})"
        r"(?:\s[a-z’'-]+){0,4}? \((?P<share>\d{1,3}(?:\.\d+)?)\s?%\)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bof (?:(?:the|its|our|all|a total of) )*(?P<all>{_COUNTED})(?:\s[\w’'-]+){{1,6}}?,?"
        rf" (?P<some>{_COUNTED}) \((?P<share>\d{{1,3}}(?:\.\d+)?)\s?%\) [a-z]",
        re.IGNORECASE,
    ),
    # "93% of cases (186 out of 200)", "£51.2m, or 74% of the budget of £69m", "37.5% of £480,000, which is £180,000"
    re.compile(rf"\b{_SHARE} {_OF}\((?P<some>{_COUNTED}) (?:out )?of (?P<all>{_COUNTED})\)", re.IGNORECASE),
    re.compile(rf"(?P<some>{_MONEY}),? \(?(?:{_BEING} )?{_SHARE} {_OF}\(?(?P<all>{_MONEY})", re.IGNORECASE),
    re.compile(rf"\b{_SHARE} {_OF}\(?(?P<all>{_MONEY})\)?,? {_BEING} (?P<some>{_MONEY})", re.IGNORECASE),
)
_MORE = re.compile(
    rf"(?P<of>\b(?:rise|increase|growth|fall|drop|decrease|reduction|decline) of )?(?P<by>{_NUMBER}) \({_SHARE}\)"
    r"(?P<than> (?:(?:more|less|higher|lower|greater|fewer)\sthan|over|above|under|below)\b)?",
    re.IGNORECASE,
)
# What is said to be split, and the parts, each with its share.
_SPLIT = re.compile(
    r"\b(?:proportions?|shares?|split|shared|apportion\w*|divided)\b[^.;%]*?(?P<shares>(?:\(?\d{1,3}(?:\.\d+)?\s?%\)?"
    r"(?:,? ?(?:and )?(?:(?:for|to|by) )?(?:the )?(?:[A-Z][\w’'&-]*\s){0,5}(?:\(|at )?)?){3,})",
)
# "£420,000 is made up of £185,000 for ..., £140,000 and £105,000"
_MADE_UP = re.compile(
    rf"(?<![\w.,£-])(?P<whole>{_NUMBER})(?:\s[a-z(),’'-]+){{0,8}}?,?\s(?:is |are |was |were )?"
    r"(?:made up of|consist(?:s|ed|ing) of"
    r"|compris(?:es|ed|ing)(?: of)?|composed of|split (?:into|between|as)|broken down (?:into|as))\b(?P<parts>[^;]*)",
    re.IGNORECASE,
)
# "Of the £4.1m, £2.6m comes from grants, £0.9m from developers and £0.8m from fees"; these may be some of it.
_OF_IT = re.compile(
    rf"\bof (?:the|its|this|our) (?P<some>)(?P<whole>{_MONEY})\b(?P<parts>[^;£]{{0,60}}(?:£[^;£]+){{2,}})",
    re.IGNORECASE,
)
# "98.7% at the end of June, 0.7 percentage points above the target of 98%"
_MARGIN = re.compile(
    rf"(?<![\w.,£-])(?P<one>{_NUMBER}){_PLAIN}(?P<lead>[^.;\d]{{0,60}}?)[\s(]"
    rf"(?P<margin>(?P<by>{_NUMBER})(?P<points>\s(?:percentage )?points?)?"
    r"(?:\s(?:days?|hours?|weeks?|minutes?|seconds?))?\s(?:(?P<over>above|over|ahead of|higher than|more than)"
    r"|below|under|short of|lower than|less than|fewer than|behind))\s(?:the|its|our|a)\s"
    r"(?:[a-z’'-]+\s){0,5}?(?:of\s|at\s|\()?"
    rf"(?P<two>{_NUMBER}){_PLAIN}",
    re.IGNORECASE,
)
MOST_APART = 5  # per cent of a whole by which its parts may miss it and still be meant to make it
_YEARS = range(1900, 2101)


def _of_a_sentence(tell: Callable[[str], Iterator[str]]) -> Check:
    """The check of every sentence of running text with `tell`, which yields what does not fit in one."""

    @wraps(tell, assigned=NAMED)
    def check(view: View) -> Iterator[Slip]:
        for text, sentence in each_sentence(view):
            yield from (slip("numbers in one sentence", told, (text.at, sentence)) for told in tell(sentence))

    return check


@_of_a_sentence
def changes_that_do_not_come_out(sentence: str) -> Iterator[str]:
    """A change between two numbers of a sentence that goes the other way, or is not as large, as it says."""
    said = _CHANGE.search(sentence)
    ends = _ends(said) if said else None
    if not said or not ends or ends[0].value == ends[1].value:
        return
    one, two = ends
    if (two.value > one.value) != bool(said["up"]):
        word = said["up"] or said["down"]
        yield f"The text says {word!r} from {one.printed} to {two.printed}, which is the other way."
    elif (by := _by(sentence, said)) and not change_fits(one, two, *by):
        change = _change(one, two, by[0])
        yield f"From {one.printed} to {two.printed} is a change of {change}, the text says {by[0].printed}."


@_of_a_sentence
def shares_that_do_not_come_out(sentence: str) -> Iterator[str]:
    """ "36 (71%) of the 51 measures", "£51.2m, or 74% of £69m": a share that is not that of its two numbers."""
    for found in (match for pattern in _SHARES for match in pattern.finditer(sentence)):
        (some, loose), (every, rough), share = _amount(found["some"]), _amount(found["all"]), Decimal(found["share"])
        due = some * 100 / every if 0 < some <= every else share
        if abs(due - share) >= step(share) + (loose * 100 + rough * due) / (every or 1):
            yield f"{found['some']} of {found['all']} is {due.quantize(step(share))}%, the text says {found['share']}%."


def _amount(said: str) -> tuple[Decimal, Decimal]:
    """A count, or a sum in pounds; and by how much it may have been rounded."""
    figure = read_figure(said) if said[0] == "£" else None
    if not isinstance(figure, Figure):
        return Decimal(_count(said)), Decimal(0)
    power = MONEY_POWERS[figure.unit]
    return figure.value.scaleb(power), (step(figure.value) / 2).scaleb(power) if power else Decimal(0)


@_of_a_sentence
def differences_off_their_share(sentence: str) -> Iterator[str]:
    """ "£11,250 (6.3%) more than last year's £213,750", "7,940, an increase of 925 (13%)": a difference that is not
    that share of the other number, nor of what it was before."""
    found = [said for said in _MORE.finditer(sentence) if said["of"] or said["than"]]
    pair = _difference(sentence, found[0]) if len(found) == 1 else None
    if not pair:
        return
    (by, other), share = pair, Decimal(found[0]["share"])
    bases = [base for base in (other.value, other.value - by.value, other.value + by.value) if base > 0]
    off = [abs(by.value * 100 / b - share) >= step(by.value) * 100 / b + step(share) for b in bases]
    if all(off):
        grown = re.match("rise|increase|growth", found[0]["of"] or "", re.IGNORECASE)
        base = other.value - by.value if grown else other.value
        due = (by.value * 100 / base).quantize(step(share))
        yield f"{by.printed} is {due}% of {write_figure(base, by.unit)}, the text says {found[0]['share']}%."


def _difference(sentence: str, said: re.Match[str]) -> tuple[Figure, Figure] | None:
    """The difference and the one other number of a sentence, in one unit; None where there are more or fewer."""
    by, bare = read_figure(said["by"]), f"{sentence[: said.start('by')]} {sentence[said.end('share') + 2 :]}"
    read = (read_figure(number[0].strip()) for number in re.finditer(rf"(?<![\w.,£/-]){_NUMBER}{_PLAIN}", bare))
    others = [one for one in read if isinstance(one, Figure) and isinstance(by, Figure) and one.unit == by.unit]
    if not isinstance(by, Figure) or by.unit == "%" or len(others) != 1 or others[0].value in _YEARS:
        return None
    return (by, others[0]) if others[0].value > 0 and others[0].value != by.value else None


@_of_a_sentence
def parts_off_their_whole(sentence: str) -> Iterator[str]:
    """ "in these shares: Ash 41%, Birch 33% and Elm 24%", "£420,000 made up of £185,000 and £245,000": parts that come
    near to what they are said to make, and do not make it."""
    listing, made = _SPLIT.search(sentence), _MADE_UP.search(sentence) or _OF_IT.search(sentence)
    if listing:
        parts, whole = re.findall(r"\d{1,3}(?:\.\d+)?\s?%", listing["shares"]), "100%"
    else:
        parts, whole = (re.findall(_NUMBER, made["parts"]), made["whole"]) if made else ([], "")
    total, *read = (read_figure(one.strip()) for one in (whole, *parts))
    figures = [one for one in read if isinstance(one, Figure) and isinstance(total, Figure) and one.unit == total.unit]
    if not isinstance(total, Figure) or len(figures) < (3 if listing else 2) or total.value in _YEARS:
        return
    added = sum((figure.value for figure in figures), Decimal(0))
    loose = min(step(figure.value) for figure in figures) * len(figures) / 2
    if made and "some" in made.groupdict() and added < total.value:
        return
    if (loose if total.unit not in ("", "£") else 0) < abs(added - total.value) <= total.value * MOST_APART / 100:
        what = "shares" if listing else "parts"
        makes = write_figure(added, total.unit)
        yield f"The {len(figures)} {what} that the text tells make {makes}, not {total.printed}."


@_of_a_sentence
def margins_off_their_ends(sentence: str) -> Iterator[str]:
    """ "98.7%, 0.3 percentage points above the target of 98.0%": a margin, or a way, that is not between the two."""
    for said in _MARGIN.finditer(sentence):
        ends = _ends(said)
        by = read_figure(said["by"].replace(" per cent", "%"))
        if not ends or not isinstance(by, Figure) or words("claims", "about").search(said["lead"]):
            continue
        two, one = ends
        apart = abs(abs(two.value - one.value) - by.value)
        alike = said["points"] or (by.unit == two.unit and by.unit != "%")
        off = apart >= step(by.value) + step(two.value) / 2 if alike else not change_fits(one, two, by, False)
        other_way = two.value != one.value and (two.value > one.value) != bool(said["over"])
        if other_way or off:
            way = "above" if two.value > one.value else "below"
            yield f"{two.printed} is {_change(one, two, by)} {way} {one.printed}, the text says {said['margin']!r}."


def _count(said: str) -> int:
    return number_of(said.replace(",", ""))


def _ends(said: re.Match[str]) -> tuple[Figure, Figure] | None:
    """The two numbers, in one unit; None where they are years or of two kinds."""
    one, two = (read_figure(said[name].replace(" per cent", "%")) for name in ("one", "two"))
    if not isinstance(one, Figure) or not isinstance(two, Figure):
        return None
    if not one.unit and two.unit == "%":
        one = Figure(one.value, "%", one.printed)
    years = not one.unit and all(f.value in _YEARS and "," not in f.printed for f in (one, two))
    return (one, two) if one.unit == two.unit and not years else None


def _by(sentence: str, said: re.Match[str]) -> tuple[Figure, bool] | None:
    """By how much the sentence says that it changed, and whether in points; None where it does not, or roughly."""
    after = next(filter(None, (form.search(sentence[said.end() :]) for form in (_AFTER, _AFTER_IT))), None)
    found, name = (said, "before") if said["before"] else (after, "by")
    if found is None or (said["before"] and after):
        return None
    lead = found.string[max(found.start(name) - 16, 0) : found.start(name)]
    figure = read_figure(found[name].replace(" per cent", "%"))
    if not isinstance(figure, Figure) or words("claims", "about").search(lead) or re.search(r"[<>~]\s*$", lead):
        return None
    return figure, bool(found["points"])


def _change(one: Figure, two: Figure, by: Figure) -> str:
    """By how much a figure changed, as a person says it; of a change told in per cent also that."""
    apart = abs(two.value - one.value)
    if one.unit == "%":
        return f"{write_figure(apart, '')} percentage points"
    share = f" ({(apart * 100 / abs(one.value)).quantize(Decimal('0.1'))}%)" if by.unit == "%" and one.value else ""
    return f"{write_figure(apart, one.unit)}{share}"


def change_fits(one: Figure, two: Figure, by: Figure, points: bool) -> bool:
    """Whether the change is as large as it is said to be, by the places that are printed, in any reading of it."""
    apart = abs(two.value - one.value)
    loose = (step(one.value) + step(two.value)) / 2
    shares = one.unit == "%"
    likely: list[tuple[Decimal, Decimal]] = []
    if by.unit in MONEY_POWERS and one.unit in MONEY_POWERS:
        scale = MONEY_POWERS[one.unit] - MONEY_POWERS[by.unit]
        likely.append((apart.scaleb(scale), loose.scaleb(scale)))
    elif points or by.unit == one.unit or (shares and not by.unit):
        likely.append((apart, loose))
    if (by.unit == "%" or (points and not shares)) and one.value:
        likely.append((apart * 100 / abs(one.value), loose * 300 / abs(one.value)))
    return not likely or any(abs(size - by.value) <= step(by.value) + spare for size, spare in likely)
