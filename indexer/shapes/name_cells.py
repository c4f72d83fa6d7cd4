"""The cell that names a measure: where the name ends, and what describes it begins."""

import re
from collections import Counter
from collections.abc import Set

from corpus.paper import Table
from indexer.shapes.headers import BETTER
from kpi_tools.figures import named_unit

# A name's unit in brackets, behind which its description begins.
_UNIT_LAST = re.compile(r"\((?P<unit>[^()]{1,20})\)(?=\s+[A-Z][a-z]+\s)")
FIRST_SENTENCE = re.compile(r"\S.{14,}?[a-z]{4}\.(?=\s+[A-Z][a-z]+\s)")
FITS = 0.95  # a line that would only just have fitted may not have
# What a letter's width is against that of an "n", roughly and in most types.
_WIDTHS = dict.fromkeys("ijlI|.,:;'!’", 0.45) | dict.fromkeys("frt()[]/- ", 0.6) | dict.fromkeys("mwMW%@", 1.5)


def name_in(text: str, again: Set[str]) -> tuple[str, str]:
    """A cell's first sentence or line, which names, and the rest, which describes; so does a last line of `again`."""
    first, _, last = text.rpartition("\n")
    if first and " ".join(last.split()) in again:
        name, description = _parted(first)
        return name, f"{description} {last}".strip()
    return _parted(text)


def last_lines(table: Table, column: int, first: int) -> frozenset[str]:
    """The last lines that several names of a column have, from its row `first` on, most of which do not
    stand there for want of room: "Sampled each month"."""
    texts = [cell.text for row in table.rows[first:] if (cell := row[column])]
    width = max((_width(line) for text in texts for line in text.split("\n")), default=0.0)
    ends = [text.split("\n")[-2:] for text in texts if "\n" in text]
    broken = [(before, " ".join(last.split())) for before, last in ends]
    lasts = Counter(last for _, last in broken)
    by_hand = Counter(last for before, last in broken if _by_hand(before, last, width))
    often = {line for line, count in by_hand.items() if lasts[line] > 1 and 2 * count >= lasts[line]}
    return frozenset(line for line in often if line[:1].isupper())


def _parted(text: str) -> tuple[str, str]:
    """A cell's first sentence or line, which names, and the rest, which describes.

    A line was broken by hand, and not by the column's width, where the next word would have fitted on it; and one that
    says which way is better describes.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    width = max(map(_width, lines), default=0.0)
    for end in range(1, len(lines)):
        before, after = lines[end - 1], lines[end]
        closed = "(" not in "".join(lines[:end]).rpartition(")")[2]
        ended = before.endswith(".") or BETTER.search(after) or _by_hand(before, after, width)
        if closed and ended and not after[0].islower():
            return _sentence(" ".join(lines[:end]), " ".join(lines[end:]))
    return _sentence(" ".join(lines), "")


def _sentence(name: str, rest: str) -> tuple[str, str]:
    """A name without the sentences behind its first, or behind its unit, which go to the rest."""
    unit = next((found for found in _UNIT_LAST.finditer(name) if named_unit(found["unit"])), None)
    if unit:
        return name[: unit.end()], f"{name[unit.end() :].strip()} {rest}".strip()
    more = FIRST_SENTENCE.match(name)
    return (name[: more.end()], f"{name[more.end() :].strip()} {rest}".strip()) if more else (name, rest)


def _by_hand(before: str, after: str, width: float) -> bool:
    """Whether a line was broken by hand, and not by its column's width: the next word would have fitted on it."""
    return _width(f"{before} {after.partition(' ')[0]}") <= FITS * width


def _width(text: str) -> float:
    """How wide a text is printed, as a count of average letters; capitals are wider."""
    return sum(_WIDTHS.get(letter, 1.25 if letter.isupper() else 1.0) for letter in text)
