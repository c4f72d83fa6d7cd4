"""Targets as printed: against titles and charts, out of reach, run out, without a figure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kpi_tools.checks.definitions import content_words, defined, first_rows, target_name
from kpi_tools.checks.slip import Slip, View, entry, measure_name, row_place, slip, told
from kpi_tools.figures import UNITS
from kpi_tools.measures import attainable
from kpi_tools.names import squash

_TIMES = {unit: re.compile(rf"(\d+(?:\.\d+)?)[ -](?:{forms})", re.IGNORECASE) for unit, forms in UNITS.items()}
_TIMES = {unit: _TIMES[unit] for unit in ("seconds", "minutes", "hours", "days", "weeks", "months")}
_TIMES["days"] = re.compile(r"(\d+(?:\.\d+)?)[ -](?:(?:working|business|calendar|clear) )?days?\b", re.IGNORECASE)
MOST_TITLE = 25  # words of a chart's title
FEWEST_SHARED = 3  # words that a title must share with the measure it is about, if it is not called a chart's
_CHART = re.compile(r"(?:figure|fig|chart|graph|diagram)\b\.?\s?\w{0,4}", re.IGNORECASE)
# A definition that says how a figure is to stand to its target, and not what the target is; and one that says it.
_UNSET = re.compile(
    r"\b(?:above|below|over|under|at least|at most|(?:more|less|fewer) than|meet|reach|within)\s(?:(?:the|an?|its)\s)?"
    r"(?:target(?:ed)?|agreed|required|set|expected|planned|annual|yearly|national)\b(?:\s[a-z]+)?\s?"
    r"(?:%|percentage|level|target|rate|figure|standard|number|through\b|until\b|by\b|\.|$)",
    re.IGNORECASE,
)
_SET = re.compile(r"(?:[<>≤≥=]|\b(?:above|below|over|under|at least|at most|than|target of)) ?£?\d", re.IGNORECASE)


def title_against_definition(view: View) -> Iterator[Slip]:
    """A table's title and the measure's definition give different times: "20 seconds" and "60 seconds"."""
    titles = first_rows(view)
    said = set()
    for target in view.aims:
        about = target.place.document, squash(target.measure.service), squash(target.measure.code)
        title = titles.get(about)
        if not title or not about[2] or about in said:
            continue
        aim = target.figure.printed if target.figure else ""
        for unit, one, other in _differing(title.name, target.quote.replace(aim, " ") if aim else target.quote):
            said.add(about)
            yield slip(
                "title and definition",
                f"{measure_name(title)}: the table's title says {one} {unit}, the definition of the measure {other}"
                f" {unit}.",
                (row_place(title), title.name),
                entry(target),
            )


def title_against_chart(view: View) -> Iterator[Slip]:
    """A table's title and the title of a chart of the same measure give different times."""
    titles = first_rows(view)
    for passage in view.prose:
        if len(passage.text.split()) > MOST_TITLE or not any(p.search(passage.text) for p in _TIMES.values()):
            continue
        document, words = passage.places[0].document, content_words(passage.text)
        own = [title for (paper, _, _), title in titles.items() if paper == document]
        shared = {title: len(content_words(title.name) & words) for title in own if content_words(title.name) <= words}
        if not shared or max(shared.values()) < (1 if _CHART.match(passage.text) else FEWEST_SHARED):
            continue
        best = [title for title, count in shared.items() if count == max(shared.values())]
        for unit, one, other in _differing(best[0].name, passage.text) if len(best) == 1 else ():
            yield slip(
                "title and chart",
                f"{measure_name(best[0])}: the table's title says {one} {unit}, the chart's title {other} {unit}.",
                (row_place(best[0]), best[0].name),
                told(passage),
            )


def target_out_of_reach(view: View) -> Iterator[Slip]:
    """A target that no figure can meet: "below 0 complaints", "above 100%"."""
    words = {"<": "below", ">": "above"}
    for target in view.aims:
        if target.figure and not attainable(target):
            yield slip(
                "target out of reach",
                f"{target_name(target)}: its target as printed is {words[target.comparator]} {target.figure.printed},"
                " which no figure can be.",
                entry(target),
            )


def target_without_figure(view: View) -> Iterator[Slip]:
    """A definition that names a level without saying which: "above targeted %"."""
    for target in view.aims:
        if target.figure is None and _UNSET.search(target.quote) and not _SET.search(target.quote):
            yield slip(
                "target without a figure",
                f"{target_name(target)}: its definition sets a target but does not say what it is.",
                entry(target),
            )


def target_run_out(view: View) -> Iterator[Slip]:
    """A definition whose target ended before the paper was written, and that has no figure of its time."""
    for target in defined(view):
        document, service, code = target.place.document, target.measure.service, target.measure.code
        day = view.dates.get(document)
        held = [
            row
            for row in view.rows.get(document, ())
            if (squash(row.service), squash(row.code)) == (squash(service), squash(code))
        ]
        if target.end and day and target.end < day and not any(row.start <= target.end for row in held):
            yield slip(
                "target run out",
                f"{target_name(target)}: its target ran until {target.end:%-d %B %Y}, and the paper is of"
                f" {day:%-d %B %Y}.",
                entry(target),
            )


def _differing(title: str, definition: str) -> Iterator[tuple[str, str, str]]:
    """The units of time for which two texts give one number each, and not the same."""
    for unit, pattern in _TIMES.items():
        one, other = set(pattern.findall(title)), set(pattern.findall(definition))
        if len(one) == len(other) == 1 and {Decimal(n) for n in one} != {Decimal(n) for n in other}:
            yield unit, one.pop(), other.pop()
