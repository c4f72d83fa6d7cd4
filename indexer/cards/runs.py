"""What cards are made of, by where it stands: runs of words, and the labels among them, each with its figure.

A label may have its figure behind a colon or a blank ("Latest: 94%"), beside itself, below, or, where the figure is set
large, above.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.paper import Box
from indexer.finder.text import Word, lines
from indexer.shapes.labels import KINDS, starts_as_label
from indexer.text.letters import SPELLING
from kpi_tools.figures import SIGNS, find_unit, is_value, read_figure
from kpi_tools.pattern import Pattern

GAP = 0.9  # of the letters' size: words farther apart are of two columns
SPACE = 0.4  # of the size: more than a blank, where a label begins
NEAR = 1.6  # of the larger size: a label and the figure over or under it
ASIDE = 3.0  # points by which lines that begin together may differ
_WORDS = "|".join(sorted(KINDS, key=len, reverse=True))
_WHEN = r"(?:\s*\([^()]{1,24}\))?"
LABELLED = Pattern(rf"(?P<label>{_WORDS})(?P<when>{_WHEN})\s*:", re.IGNORECASE)
_DASHED = Pattern(rf"\b(?P<label>(?:{_WORDS}){_WHEN})\s+[–—-]\s+(?=[£<>≥≤]?\s?\d)", re.IGNORECASE)
_BARE = Pattern(rf"(?P<label>{_WORDS})(?P<when>{_WHEN})(?:\s+(?P<figure>\S.*))?", re.IGNORECASE)
RATING = Pattern(
    rf"\(?(?:(?:rag|status|rating)\s*:?\s*)?(?:red|amber|green|blue|grey|n/?a)\)?(?:\s?[{SIGNS}])*", re.IGNORECASE
)
_RATED_LAST = Pattern(rf"\s\(?(?:RED|AMBER|GREEN)\)?[\s{SIGNS}]*$")
_LEADING = frozenset(
    re.findall(
        r"\S+",
        "- – — & a after and at before between by every for from in last least most next of over past per previous"
        " rolling than the then to under with within",
    )
)
_OF_RATING = Pattern(r"(?:rag|dot|status|rating|trend|direction(?: of travel)?)\b\s*:", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+[|•·]\s+")
_DASH = re.compile(r"\s[–—-]\s")
_SIGN = re.compile(rf"[\s{SIGNS}]+")


class Run(NamedTuple):
    """Words beside one another without a gap between them."""

    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    text: str

    @property
    def box(self) -> Box:
        return self.x0, self.top, self.x1, self.bottom

    @property
    def names(self) -> bool:
        """Whether it may be of a name: words, and no rating, sign, label, figure or period."""
        said = self.rates or _BARE.fullmatch(self.text) or LABELLED.match(self.text)
        worded = re.search(r"[^\W\d_]{2}", self.text) or find_unit(self.text)
        if said or not worded or read_figure(self.text):
            return False
        from kpi_tools.periods import read_period  # here, as most pages that are looked at have no name of a card

        return not read_period(self.text)

    @property
    def rates(self) -> bool:
        """Whether it is a rating or an arrow, or says of one: "RAG: Green DoT: ↑"."""
        return bool(_SIGN.fullmatch(self.text) or RATING.fullmatch(self.text) or _OF_RATING.match(self.text))

    @property
    def rated(self) -> bool:
        """Whether it is a name with its rating behind it: "Calls answered GREEN"."""
        return self.names and bool(_RATED_LAST.search(self.text))

    @property
    def leads_on(self) -> bool:
        """Whether a text cannot end so, and what stands in the next line is of it: "completed within | 28 days"."""
        return self.text.split()[-1].lower() in _LEADING


class Piece(NamedTuple):
    """A label and its figure, as `text` ("Latest: 94%"), and the runs that they are of; or several in one run."""

    kinds: tuple[str, ...]
    text: str
    runs: tuple[Run, ...]


def runs_in(written: Sequence[Word]) -> list[Run]:
    """The words of a page in runs, line by line."""
    return [run for line in lines(written) for run in _runs(line.words)]


def pieces(runs: Sequence[Run]) -> list[Piece]:
    """Every label that has a figure, or several with theirs in one run.

    A label between two figures has the one that no other label takes.
    """
    telling = [run for run in runs if _tells(run)]
    found = [piece for run in telling for piece in _said(run, runs)]
    taken = {run for piece in found for run in piece.runs}
    free = [run for run in runs if run not in taken] if taken else runs
    return found + [piece for run in telling if run not in taken for piece in _said(run, free)]


def _tells(run: Run) -> bool:
    """Whether a run may hold a label."""
    return starts_as_label(run.text) or bool(_BETWEEN.search(run.text))


def _said(run: Run, runs: Sequence[Run]) -> Iterator[Piece]:
    if found := list(LABELLED.finditer(run.text)) if LABELLED.match(run.text) else []:
        bare = run.text.rstrip().endswith(":") and len(found) == 1
        open_ended = run.text.rstrip().endswith(":") and not bare
        beside = _beside(run, runs) if bare else _wrapped(run, runs) if open_ended else None
        used: tuple[Run, ...] = (run, beside) if beside else (run,)
        if not bare or beside:
            kinds = tuple(KINDS[one["label"].lower()] for one in found)
            used += tuple(_rating_under(used[-1], runs))
            yield Piece(kinds, " ".join(each.text for each in used), used)
    elif len(parts := _BETWEEN.split(run.text)) > 1:
        told = [one for part in parts if (one := _BARE.fullmatch(part)) and is_value(one["figure"] or "")]
        if len(told) == len(parts):
            text = " | ".join(f"{one['label']}: {one['figure']}" for one in told)
            yield Piece(tuple(KINDS[one["label"].lower()] for one in told), text, (run,))
    elif alone := _BARE.fullmatch(run.text):
        yield from _alone(run, alone, runs)


def _alone(run: Run, found: re.Match[str], runs: Sequence[Run]) -> Iterator[Piece]:
    label, figure = found["label"] + found["when"], found["figure"]
    if figure and not is_value(figure):
        return
    held = None if figure else _beside(run, runs) or _over_or_under(run, runs)
    if figure or held:
        used = (held, *_rating_under(held, runs)) if held else ()
        text = f"{label}: {figure or ' '.join(each.text for each in used)}"
        yield Piece((KINDS[found["label"].lower()],), text, (run, *used))


def _rating_under(figure: Run, runs: Sequence[Run]) -> list[Run]:
    """The rating in brackets that stands in the second line of a figure's cell."""
    under = [run for run in runs if -2 <= run.top - figure.bottom <= figure.size / 2 and run.x0 < figure.x1]
    return [run for run in under if figure.x0 - ASIDE <= run.x0 and run.text[0] == "(" and RATING.fullmatch(run.text)]


def _beside(run: Run, runs: Sequence[Run]) -> Run | None:
    """The figure that stands next in a label's line; None where anything else does, or where a series begins."""
    edge, high, low = run.x1 - 1, _middle(run) - run.size / 2, _middle(run) + run.size / 2
    right = [other for other in runs if other.x0 > edge and high < (other.top + other.bottom) / 2 < low]
    first, *others = sorted(right, key=lambda other: other.x0) or (None,)
    series = bool(others) and is_value(others[0].text)
    return first if first and is_value(first.text) and not series else None


def _wrapped(run: Run, runs: Sequence[Run]) -> Run | None:
    """The figure of the last of a line's labels, which stands first in the next line."""
    below = [other for other in runs if abs(other.x0 - run.x0) <= ASIDE and -2 <= other.top - run.bottom <= run.size]
    return next((other for other in below if is_value(other.text)), None)


def _over_or_under(run: Run, runs: Sequence[Run]) -> Run | None:
    """The figure just below a label, or else just above; None where there is one on either side."""
    across = [other for other in runs if other is not run and other.x0 < run.x1 and run.x0 < other.x1]
    under = [other for other in across if 0 <= other.top - run.bottom + 2 <= NEAR * max(other.size, run.size)]
    over = [other for other in across if 0 <= run.top - other.bottom + 2 <= NEAR * max(other.size, run.size)]
    found = [run for run in (*under, *over) if is_value(run.text)]
    return found[0] if len(found) == 1 else None


def _middle(run: Run) -> float:
    return (run.top + run.bottom) / 2


def _runs(line: Sequence[Word]) -> Iterator[Run]:
    held = [line[0]]
    for one, other in pairwise(line):
        room = other.x0 - one.x1
        if room > GAP * other.size or (room > SPACE * other.size and _is_label(other.text)):
            yield _run(held)
            held = []
        held.append(other)
    yield _run(held)


def _is_label(text: str) -> bool:
    return starts_as_label(text) and bool(LABELLED.match(text if text.endswith(":") else f"{text}:"))


def _run(held: Sequence[Word]) -> Run:
    top, bottom = min([word.top for word in held]), max([word.bottom for word in held])
    text = " ".join([word.text for word in held])
    spelt = text if text.isascii() else "".join(SPELLING.get(letter, letter) for letter in text)
    if _DASH.search(spelt):
        spelt = _DASHED.sub(r"\g<label>: ", spelt)
    return Run(held[0].x0, top, held[-1].x1, bottom, max([word.size for word in held]), spelt)
