"""What heads and foots the pages of a paper: running heads, page numbers and stamps. Pure functions."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from corpus.paper import SHEET, Line
from indexer.sheet import Sheet, set_aside
from kpi_tools.figures import UNSURE

HEADING = 1.15  # times the body's size: type so large is a heading's
MARGIN = 0.075  # of the page's height, at head and foot, and of its width at the sides: where furniture stands
TURNED = 2  # times as high as wide: a line that runs along a side
PAGE_LABEL = re.compile(r"page\s+(\d{1,4})(\s+of\s+\d{1,4})?", re.IGNORECASE)
BARE_LABEL = re.compile(r"[-–—\s]*(\d{1,4})(\s+of\s+\d{1,4})?[-–—\s]*", re.IGNORECASE)
# a page's number before or behind a running head's words
END_LABEL = re.compile(r"(?:\D+\s)?(\d{1,4})(\s+of\s+\d{1,4})?(?:\s\D+)?", re.IGNORECASE)
MISREAD_LABEL = re.compile(r"(page\s?\S{0,3})?", re.IGNORECASE)  # in a picture: "PageS", or nothing for certain
STAMP = re.compile(r"agenda\s+item(?:\s+no\.?)?:?\s*(\d{1,3}[a-z]?)", re.IGNORECASE)

Key = tuple[str, bool]  # a line in the margin, digits aside, and whether at the head; ("", False) for any other


def _in_margin(line: Line, sheet: Sheet) -> bool:
    """Whether a line stands at the head or the foot, or runs along a side."""
    x0, top, x1, bottom = line.box
    if bottom < sheet.height * MARGIN or top > sheet.height * (1 - MARGIN):
        return True
    return _is_turned(line) and (x1 < sheet.width * MARGIN or x0 > sheet.width * (1 - MARGIN))


def _is_turned(line: Line) -> bool:
    x0, top, x1, bottom = line.box
    return bottom - top > TURNED * (x1 - x0)


def _heads(line: Line, large: float) -> bool:
    """Whether a line may be a heading: in large type, or in heavy type and without a date or number."""
    heavy = line.bold and not any(char.isdigit() for char in line.text)
    return (line.size >= large or heavy) and not _is_turned(line)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What heads and foots the pages of a paper: how often each line does, digits aside, and from which size on type is
    large."""

    seen: Counter[Key]
    large: float

    @classmethod
    def of(cls, sheets: Iterable[Sheet]) -> Self:
        """That of a paper with these sheets."""
        seen: Counter[Key] = Counter()
        weights: Counter[float] = Counter()
        for sheet in sheets:
            seen.update({_key(sheet, line) for line in sheet.lines})
            weights += _weights(sheet.lines)
        return cls(seen, HEADING * _heaviest(weights))

    def cleared(self, sheets: Iterable[Sheet]) -> Iterator[Sheet]:
        """The sheets without page numbers, stamps, and the lines that head or foot three pages or more alike.

        A line in large type may head pages here and there, as a section's heading: it is furniture where it headed the
        page before, too.
        """
        last: set[Key] = set()  # what headed and footed the page before
        for sheet in sheets:
            kept = [line for line in sheet.lines if line.box[3] > 0 and not self._is_one(line, sheet, last)]
            # without what is printed above a page of our own making, too
            yield sheet if len(kept) == len(sheet.lines) else replace(sheet, lines=tuple(kept))
            last = {_key(sheet, line) for line in sheet.lines}

    def _is_one(self, line: Line, sheet: Sheet, last: set[Key]) -> bool:
        if not _in_margin(line, sheet):
            return False
        key = _key(sheet, line)
        if self.seen[key] > 2 and not (_heads(line, self.large) and key not in last):
            return True
        labels = (PAGE_LABEL, BARE_LABEL, STAMP, *((MISREAD_LABEL,) if sheet.ocr else ()))
        return any(label.fullmatch(line.text.replace(UNSURE, "").strip()) for label in labels)


def without_furniture(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets without what heads and foots their pages."""
    return set_aside(Furniture.of(sheets).cleared(sheets))


def _key(sheet: Sheet, line: Line) -> Key:
    if not _in_margin(line, sheet):
        return "", False
    return re.sub(r"\d+", "#", line.text), line.box[1] < sheet.height / 2


def page_labels(sheets: Sequence[Sheet], own: Sequence[str]) -> list[str]:
    """What is printed on each page as its number ("Page 12"), else the file's `own` label for it, else ""; of a
    workbook's tab its name ("Sheet KPIs").

    A pack's own numbering runs through it, those of the papers in it do not: of several numbers on a page the one
    that is as far from the PDF's page as on most other pages is the label.
    """
    found = [_label_candidates(sheet) for sheet in sheets]
    offsets = Counter(offset for labels in found for offset in {number - page for _, number, page in labels})
    chosen = []
    for sheet, labels, given in zip(sheets, found, own, strict=True):
        if sheet.ours == "tab":
            chosen.append(f"{SHEET}{given}")
            continue
        best = max(labels, key=lambda label: offsets[label[1] - label[2]], default=None)
        printed = best[0] if best and (offsets[best[1] - best[2]] > 2 or best[0].lower().startswith("page")) else ""
        named = f"Page {printed}" if printed[:1].isdigit() else printed
        chosen.append(named or (f"Page {given}" if given else ""))
    return chosen


def _label_candidates(sheet: Sheet) -> list[tuple[str, int, int]]:
    """(text, number, the PDF's page) of what may be a page's number; "Page 3" before "3", the foot before the head."""
    lines = sorted((line for line in reversed(sheet.lines) if _in_margin(line, sheet)), key=_is_turned)
    texts = [part for line in lines for part in (line.text, *re.split(r"\s{2,}|\s\|\s", line.text))]
    named = [match for text in texts if (match := PAGE_LABEL.fullmatch(text.strip()) or PAGE_LABEL.search(text))]
    bare = [match for text in texts if (match := BARE_LABEL.fullmatch(text))]
    bare += [match for line in lines if (match := END_LABEL.fullmatch(line.text))]
    return [
        *((match[0].strip(), int(match[1]), sheet.number) for match in named),
        *((match[1] + (match[2] or ""), int(match[1]), sheet.number) for match in bare),
    ]


def stamp(sheet: Sheet) -> str:
    """The number of "Agenda Item 7" stamped in the page's margin; "" where there is none."""
    for line in sheet.lines:
        if _in_margin(line, sheet) and (match := STAMP.search(line.text)):
            return match[1]
    return ""


def body_size(lines: Iterable[Line]) -> float:
    """The size, in points, that most of the text is set in; 0 where there is no text."""
    return _heaviest(_weights(lines))


def _weights(lines: Iterable[Line]) -> Counter[float]:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return weights


def _heaviest(weights: Counter[float]) -> float:
    return weights.most_common(1)[0][0] if weights else 0.0
