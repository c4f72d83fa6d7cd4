"""Which observations and targets of pictures are believed: those of a measure, service and council told for certain.

A word is certain where it is known, or where the paper has it twice: the same slip is rarely made again.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.paper import Pack, Place
from indexer.scan.references import REFERENCE
from indexer.scan.unclear import is_role
from indexer.shapes.headers import COLUMNS
from indexer.text.known import known_words
from kpi_tools.figures import UNSURE, Figure, Reason
from kpi_tools.measures import OVERALL, Measure, Observation, Target
from kpi_tools.names import entity, squash

WHOLE = 100  # per cent
WORD = re.compile(r"[^\W\d_]{3,}")
TWICE = 2
MOST = 0.7  # of a measure's words are certain, or it may be any
CORNERS = ("area", "council", "authority", "district", "ward", "partner", "month", "quarter", "period", "year")
# A reference that is not certain, before a name or behind it: the name is certain without it.
LOST = re.compile(r"^[A-Z]{0,5} ?\[unsure\]:?(\s*[-–—:]\s*|\s+)(?=[^\W\d_]{2})|\s*\([A-Z]{0,5} ?\[unsure\]\)?$")
HEADERS = frozenset(squash(header) for headers in (*COLUMNS.values(), CORNERS) for header in headers)  # no services


@dataclass(frozen=True, slots=True)
class _Words:
    """How often each word stands in the paper, and the words that are known anyway."""

    here: Mapping[str, int]
    known: frozenset[str]

    def certain(self, text: str) -> float:
        """How many of the words of a text are certain, as a share of them."""
        words = WORD.findall(text.lower())
        sure = sum(word in self.known or self.here[word] >= TWICE for word in words)
        return sure / len(words) if words else 1.0


def believed(
    observations: Iterable[Observation], targets: Iterable[Target], pack: Pack
) -> tuple[Iterable[Observation], Iterable[Target]]:
    """The observations, those marked that were read from a picture, and the targets; without those that are nobody's.

    In a picture a share over the whole is rather a point that was lost.
    """
    pictures = {page.number for page in pack.pages if page.ocr}
    if not pictures:
        return observations, targets
    words = _Words(Counter(w for page in pack.pages for w in WORD.findall(page.text.lower())), known_words())
    return _certain(observations, pictures, words), _aims(targets, pictures, words)


def _in(pictures: set[int], place: Place) -> bool:
    return place.page in pictures


def _certain(observations: Iterable[Observation], pictures: set[int], words: _Words) -> Iterator[Observation]:
    for seen in observations:
        if not _in(pictures, seen.place):
            yield seen
        elif _is_certain(measure := _found(seen.measure), seen.entity, words):
            lost = isinstance(seen.figure, Figure) and seen.figure.unit == "%" and abs(seen.figure.value) > WHOLE
            figure = Reason(UNSURE.strip("[]")) if lost else seen.figure
            yield replace(seen, measure=measure, figure=figure, ocr=True)


def _aims(targets: Iterable[Target], pictures: set[int], words: _Words) -> Iterator[Target]:
    for target in targets:
        if not _in(pictures, target.place):
            yield target
        elif _is_certain(measure := _found(target.measure), target.entity, words):
            yield replace(target, measure=measure)


def _found(measure: Measure) -> Measure:
    """The measure without a reference in its name that is not certain."""
    return measure if measure.code else replace(measure, name=LOST.sub("", measure.name))


def _is_certain(measure: Measure, of: str, words: _Words) -> bool:
    """Whether it is told for certain what a figure is of, and of whom."""
    code, name = measure.code, measure.name
    if UNSURE in f"{code} {measure.service} {of}" or is_role(name) or _names_another(code, name):
        return False
    if code and not re.search(r"\d", code):
        return False
    if not code and (UNSURE in name or not WORD.search(name) or words.certain(name) < MOST):
        return False
    if squash(measure.service) in HEADERS or not (words.certain(measure.service) == 1 or _is_of(code, measure.service)):
        return False
    return of in ("", OVERALL) or bool(entity(of)) or words.certain(of) == 1


def _is_of(code: str, service: str) -> bool:
    """Whether a code begins with a service's letters, "PRO-K-002" of PROC: the one bears out the other."""
    letters, short = re.match(r"[A-Z]*", code), squash(service)
    return letters is not None and len(letters[0]) > 1 and short.startswith(letters[0].lower())


def _names_another(code: str, name: str) -> bool:
    """Whether a measure's name holds the code of another one: two titles that stand together in the picture."""
    own = REFERENCE.match(code)
    return own is not None and any(
        found["letters"] == own["letters"] and found["number"] != own["number"] for found in REFERENCE.finditer(name)
    )
