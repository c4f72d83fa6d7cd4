"""The pages that an agenda says each of its papers has: "Street lighting (Pages 8 - 17)", and below it "Appendix B -
Tenders (exempt) (Pages 18 - 20)"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.paper import Line
from indexer.exempt import marks
from indexer.exempt.apart import others
from indexer.meeting.agenda_list import BARE_PAGES, PAGES, Listed

BUNDLE = re.compile(
    r"^\W*(?P<whose>[^\W\d][\w’' ]{0,30}?)\s+(?P<kind>[a-z]+)\W*\s(?:is\s+|are\s+|on\s+)*pages?\s+"
    r"(?P<first>\d{1,4})\s*(?:-|–|to)\s*(?P<last>\d{1,4})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Range:
    """The first and last page, as they are printed, of a paper of an item; `exempt`: its entry says so."""

    item: str
    first: int
    last: int
    exempt: bool


def ranges(lines: Sequence[tuple[int, Line]], listed: Sequence[Listed], end: tuple[int, float]) -> Iterator[Range]:
    """The ranges that the lines of an agenda name from its first item to its end."""
    starts = {item.at: item for item in listed}
    item, entry = None, ""
    for page, line in lines:
        at = page, line.box[1]
        if at in starts:
            item, entry = starts[at], ""
        if item is None or at >= end:
            continue
        entry = f"{entry} {line.text}"
        if found := BARE_PAGES.match(line.text) or PAGES.search(line.text):
            first, last = int(found["first"]), int(found["last"] or found["first"])
            yield Range(item.number, first, last, marks.of_heading(marks.plain(entry), near_head=False) == "exempt")
            entry = ""


def apart(lines: Sequence[tuple[int, Line]]) -> Iterator[Range]:
    """The ranges that an agenda parts its papers into: "Public bundle: pages 2 to 9", and the one not called so."""
    parts = [found for _, line in lines if (found := BUNDLE.match(line.text))]
    kinds = [found for found in parts if any(found["kind"] == other["kind"] for other in parts if other is not found)]
    closed = others([found["whose"] for found in kinds])
    for found in kinds:
        yield Range("", int(found["first"]), int(found["last"]), found["whose"] in closed)


def printed_pages(listed: Sequence[Listed], stamps: Mapping[str, int], labels: Sequence[str]) -> dict[int, int] | None:
    """The page on which each number is printed; None where the agenda was made for another printing: its numbers are
    not those of the pages that items are stamped on."""
    found = [re.search(r"\d+", label) for label in labels]
    printed = {int(match[0]): page for page, match in reversed(list(enumerate(found, 1))) if match}
    told = first_pages(listed, printed)
    return printed if all(told.get(number, page) == page for number, page in stamps.items()) else None


def first_pages(listed: Sequence[Listed], printed: Mapping[int, int]) -> dict[str, int]:
    """The page on which the papers of each item begin of which that is told."""
    return {item.number: printed[item.label] for item in listed if item.label in printed}


def last_pages(told: Sequence[Range], printed: Mapping[int, int]) -> dict[str, int]:
    """The last page of the papers of each item of which that is told; `printed` gives the page for each number."""
    found: dict[str, int] = {}
    for each in told:
        if each.last in printed:
            found[each.item] = max(found.get(each.item, 0), printed[each.last])
    return found


def exempt_pages(told: Sequence[Range], printed: Mapping[int, int]) -> frozenset[int]:
    """The pages of what is listed as exempt."""
    return frozenset(
        page for each in told if each.exempt for page in map(printed.get, range(each.first, each.last + 1)) if page
    )
