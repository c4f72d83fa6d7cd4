"""Ratings against the figures that they are for, by the paper's own key."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from corpus.paper import Place
from kpi_tools.checks.entries import columns, entered
from kpi_tools.checks.plans import colours_meant
from kpi_tools.checks.slip import Row, Slip, View, aim, code_and_name, row_name, shown, slip
from kpi_tools.measures import OVERALL

# What a key says of green and of red, where it says just met and just missed and allows no margin.
_IS = r"\s*(?:=|:|–|-|means)\s*"
_GREEN = re.compile(
    rf"\bg(?:reen)?{_IS}(?:(?:the|performance|indicator|kpi|target|figure|result|has|is|was|been)\s){{0,4}}"
    r"(?:met|achieved|exceeded|meeting|on target|(?:on|at) (?:target )?or (?:above|better))\b"
    r"(?![^,;.|]*\bwithin\b)",
    re.IGNORECASE,
)
_RED = re.compile(
    rf"\br(?:ed)?{_IS}(?:(?:the|performance|indicator|kpi|target|figure|result|has|is|was|been)\s){{0,4}}"
    r"(?:missed|not (?:met|achieved)|below target|off target|failed|worse than)\b",
    re.IGNORECASE,
)
_RATED = re.compile(r"(?:RAG|RAG status|RAG rating|Rating|Status)", re.IGNORECASE)
_VERDICT = re.compile(
    r"\b(?:on target|target met|met target|target achieved|achieved|met)\?:? (?P<good>yes|no|y|n)\b", re.IGNORECASE
)
# "Amber = within 10% of target": by how much a figure may miss its target and be no more than amber.
_WITHIN = re.compile(
    rf"\ba(?:mber)?{_IS}[^.;|]{{0,40}}?\b(?:within|by (?:up to|less than|no more than)|less than|up to)"
    r" (?P<margin>\d{1,2}(?:\.\d)?)\s?(?:%|per cent|percentage points)[^.;|,]{0,20}",
    re.IGNORECASE,
)
_NO_RATING = frozenset(["na", "none", "tbc", "tba", "nil", "unrated"])
FEWEST_RATED = 3
_COLOURS = {"green": True, "red": False}  # whether a figure so rated meets its target
_OTHER = ("amber", "yellow", "blue", "grey", "black")


def ratings_against_figures(view: View) -> Iterator[Slip]:
    """A figure that is rated green and missed its target, or red and met it, where the key says what they mean."""
    keys = _keys(view)
    lines: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    margins = {p.places[0].document: (p.places[0], said) for p in view.passages if (said := _WITHIN.search(p.text))}
    for document in {document for document, _ in keys} | margins.keys():
        for row in view.rows.get(document, ()):
            lines[document, row.table, row.row].append(row)
    for (document, *_), rows in lines.items():
        cells = map(entered, rows[0].quote.split(" | "))
        colours = [cell for cell in cells if cell in _COLOURS or cell in _OTHER]
        row = _rated(rows)
        if len(colours) == 1 and row is not None and document in margins:
            yield from _off_margin(colours[0], row, *margins[document])
        if len(colours) != 1 or colours[0] not in _COLOURS or row is None:
            continue
        good = _COLOURS[colours[0]]
        key = keys.get((document, good)) or keys.get((document, True))  # what green means red does not
        if key and row.met == (not good):
            place, words = key
            yield slip(
                "rating against figure",
                f"{code_and_name(row)} is rated {'green' if good else 'red'}, but {row.printed} in {row.period}"
                f" {'misses' if good else 'meets'} its target of {aim(row)}; the key says {words!r}.",
                shown(row),
                (place, words),
            )


def _off_margin(colour: str, row: Row, place: Place, said: re.Match[str]) -> Iterator[Slip]:
    """A figure that is amber and missed by more than the key's margin, or red and by less, in whatever it is told."""
    if row.met is not False or not row.target or colour not in ("amber", "red"):
        return
    apart, margin = abs(row.value - row.target), Decimal(said["margin"])
    readings = [apart * 100 / abs(row.target), *([apart] if row.unit == "%" else ())]
    amber = colour == "amber"
    if min(readings) > margin if amber else max(readings) < margin:
        yield slip(
            "rating against figure",
            f"{code_and_name(row)} is rated {'amber' if amber else 'red'}, but {row.printed} in {row.period} misses its"
            f" target of {aim(row)} by {readings[0]:.0f}%; the key says {said[0].strip()!r}.",
            shown(row),
            (place, said[0]),
        )


def verdicts_against_figures(view: View) -> Iterator[Slip]:
    """A line that answers "On target?" with yes and missed its target, or with no and met it."""
    lines: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    for document, rows in view.rows.items():
        for row in rows:
            lines[document, row.table, row.row].append(row)
    for passage in view.passages:
        said, at = _VERDICT.search(passage.text), passage.places[0]
        row = _rated(lines.get((at.document, at.table, at.row), ())) if said and at.table else None
        if said and row is not None and row.met != (said["good"].casefold() in ("yes", "y")):
            yield slip(
                "rating against figure",
                f"{code_and_name(row)}: {said[0]!r}, but {row.printed} in {row.period}"
                f" {'meets' if row.met else 'misses'} its target of {aim(row)}.",
                shown(row),
                (at, passage.text),
            )


def _rated(rows: Sequence[Row]) -> Row | None:
    """The figure that a line's rating is for: the one of its one measure at its last time, of the whole."""
    last = max((row.end for row in rows), default=None)
    rated = [row for row in rows if row.end == last and row.met is not None]
    alone = len(rated) == 1 and len({row.key for row in rows}) == 1
    return rated[0] if alone and rated[0].entity in (OVERALL, rows[0].entity) else None


def ratings_off_the_key(view: View) -> Iterator[Slip]:
    """A rating that is no colour of the key, in a table whose other lines all have one."""
    meant, keys = colours_meant(view), _keys(view)
    for (document, _), table in columns(view).items():
        key = keys.get((document, True)) or keys.get((document, False))
        for lines in (column for head, column in table.items() if _RATED.fullmatch(head)):
            known = meant[document] | _NO_RATING
            odd = [(passage, entry) for passage, entry in lines if entry.isalpha() and entry not in known]
            if not key or len(lines) - len(odd) < FEWEST_RATED or len(odd) * 3 > len(lines):
                continue
            for passage, rating in odd:
                yield slip(
                    "entry off the key",
                    f"{row_name(passage.text)!r} is rated {rating!r}, which the key does not have ({key[1]!r}).",
                    (passage.places[0], passage.text),
                    key,
                )


def _keys(view: View) -> Mapping[tuple[str, bool], tuple[Place, str]]:
    """Where a paper says what green (True) and red (False) mean, and in which words."""
    found: dict[tuple[str, bool], tuple[Place, str]] = {}
    for passage in view.passages:
        for good, pattern in ((True, _GREEN), (False, _RED)):
            if said := pattern.search(passage.text):
                found.setdefault((passage.places[0].document, good), (passage.places[0], said[0]))
    return found
