"""How a paper is laid out: blocks of text and headings. Pure functions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.paper import Box, Line
from indexer.text.furniture import STAMP, body_size

ITEM = re.compile(r"(?:agenda\s+)?item\s+(?:no\.?\s*)?(\d{1,3}[a-z]?)\s*[:.–—-]\s*\S", re.IGNORECASE)
BULLET = re.compile(r"([•●▪◦‣∙·*–—-]|[oO§Ø](?=\s)|\(?[a-z]\)|\(?[ivx]{1,4}\))\s*")
# Of a paragraph, and not of a month's day.
PARAGRAPH_NUMBER = re.compile(
    r"^(?!\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4})"
    r"\d{1,3}(\.\d{1,3})*[.):]?\s+(?:[–—-]\s+)?(?=\S)"
)
WRAPPED = re.compile(r"(?!1\s)\d{1,3}\s+[a-z\d£]")  # "in quarter / 2 2023/24"; a list begins with 1
FEWEST_WRAPPED = 6  # words of a line that goes on in the next
NAMED_PART = re.compile(
    r"(appendix|annexe?|schedule|section|part|attachment|enclosure)\s+(\d{1,2}|[a-z]|[ivx]{1,4}|one|two|three|four|five)\b",
    re.IGNORECASE,
)
APPENDIX = re.compile(r"(appendix|annexe?)\b", re.IGNORECASE)
CAPTION = re.compile(r"(table|figure|chart|graph)\s+\d+", re.IGNORECASE)
REPORT_STARTS = re.compile(r"(report\s+(of|to|by)|report author|author|to|from)\s*:?\s+\S|decision no\b", re.IGNORECASE)
PERSON = re.compile(r"\b(cllrs?|councillors?|mr|mrs|ms|dr)\b", re.IGNORECASE)
OPENS = re.compile(r"[^\W_]|[%£#(‘'“\"]\s?[^\W_]")  # what a heading begins with: "% of calls answered"
CODED = re.compile(
    r"(?:(?i:monthly|quarterly|annual|annually|yearly)\s*[:–—-]\s*)?"
    r"[A-Z][A-Z&]{1,4}(?:-[A-Z]{1,3})*[ /-]?\d{1,4}[a-z]?\s*[:–—-]\s*[%£#]?\s?[^\W\d][^.]{4,120}$"
)  # "PI 12: Calls answered", "Monthly - KPI03 - % of calls answered"
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
LONGEST_HEADING = 110  # characters
LONGEST_PLAIN_HEADING = 8  # words, of a heading that no type marks
LONGEST_LABEL = 5  # words, of a heading that ends in a colon ("Recommendation(s):"); more lead to what follows
TELLING_LINES = 10  # a page of so many lines says itself which size its text has
FIGURES = re.compile(r"(?<!\S)[£<>(-]*\d[\d,.]*[%kKmM]?[)*]?(?!\S)")
REFERENCE = re.compile(r"^[A-Z]{1,5}[ /-]?\d{1,4}\b|[(\[][A-Z]{1,5}[ /-]?\d{1,4}[)\]]$")  # "PI 56": no figure
LONGEST_NUMBERED_HEADING = 12
KEPT_HEADINGS = 3
APPENDIX_RANK = 0


Level = tuple[float, int, int]  # of a heading: outermost least


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: a paragraph, a list item, a heading. `level` orders headings, outermost least;
    None for running text."""

    page: int
    lines: tuple[Line, ...]
    level: Level | None = None

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def box(self) -> Box:
        return around(line.box for line in self.lines)


@dataclass(frozen=True, slots=True)
class TableMark:
    """Where the table of that number stands among the blocks of a page; `first` on the page where it begins."""

    page: int
    box: Box
    number: int
    first: bool


def around(boxes: Iterator[Box] | Sequence[Box]) -> Box:
    """The box around boxes."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def headed(block: "Block") -> str:
    """The number of "Agenda Item 7" or "Item 7: Waste" that a block is headed by; "" where there is none."""
    first = block.lines[0].text
    match = STAMP.fullmatch(first.strip()) or (ITEM.match(first) if _short(block.text) else None)
    return match[1] if match else ""


# --- blocks and headings


def blocks(page: int, lines: Sequence[Line], tables: Sequence[Box], body: float) -> list[Block]:
    """The page's text as paragraphs, list items and headings, top to bottom. Tables part them."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _same_block(groups[-1], line, tables):
            groups[-1].append(line)
        else:
            groups.append([line])
    if len(lines) >= TELLING_LINES:
        body = max(body, body_size(lines))
    found = [Block(page, tuple(group)) for group in groups]
    return [replace(block, level=_level(block, body)) for block in found]


def _same_block(group: Sequence[Line], line: Line, tables: Sequence[Box]) -> bool:
    last = group[-1]
    gap = line.box[1] - last.box[3]
    height = max(last.box[3] - last.box[1], line.box[3] - line.box[1])
    usual = group[-1].box[1] - group[-2].box[3] if len(group) > 1 else 0.35 * height
    if gap > max(usual, 0) + 0.3 * height or gap < -0.5 * height:
        return False
    if abs(line.size - last.size) > 0.6 or any(last.box[3] <= box[1] and box[3] <= line.box[1] for box in tables):
        return False
    if BULLET.match(line.text) or (PARAGRAPH_NUMBER.match(line.text) and not _goes_on(group, line)):
        return False
    # a bold line over a plain one is a heading, unless it is a sentence's bold beginning
    return line.bold == last.bold or not (len(group) == 1 and last.bold and _short(last.text))


def _goes_on(group: Sequence[Line], line: Line) -> bool:
    """Whether a line begins with a number in the middle of a sentence, and with none of a paragraph or of a list."""
    last = group[-1].text.rstrip()
    wrapped = len(last.split()) >= FEWEST_WRAPPED and last[-1:] not in ".!?:;"
    return wrapped and bool(WRAPPED.match(line.text)) and not WRAPPED.match(group[0].text)


def _short(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and not text.rstrip().endswith((".", ";", ","))


def _capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and sum(char.isupper() for char in letters) > 0.6 * len(letters)


def _level(block: Block, body: float) -> Level | None:
    """The heading's level, or None for running text.

    A heading is short, no sentence, and marked: by larger or bold type, by capitals, by "Appendix A", or (`plain`)
    by standing alone as a few words.
    """
    text, first = block.text.strip(), block.lines[0]
    bare = PARAGRAPH_NUMBER.sub("", text, count=1)
    if len(block.lines) > 3 or not _short(text) or not OPENS.match(bare) or BULLET.match(text) or "@" in text:
        return None
    if not any(char.isalpha() for char in bare) or bare[:1].islower() or REPORT_STARTS.match(text):
        return None
    if (text.endswith(":") and len(text.split()) > LONGEST_LABEL) or len(FIGURES.findall(REFERENCE.sub(" ", bare))) > 2:
        return None
    named = bool(NAMED_PART.match(bare) or APPENDIX.match(bare))
    large, bold, capitals = first.size >= body * 1.12, all(line.bold for line in block.lines), _capitals(bare)
    if not (large or bold or capitals or named) and not (len(block.lines) == 1 and _plain_heading(bare, bare != text)):
        return None
    size = max(first.size, body * 1.2) if APPENDIX.match(bare) else first.size
    rank = APPENDIX_RANK if APPENDIX.match(bare) else 3 if CODED.match(bare) else 1 if bold else 2
    return (-round(size), rank, 2 if CAPTION.match(bare) else 0 if capitals else 1)


def _plain_heading(text: str, numbered: bool) -> bool:
    """Whether a line that no type marks can be a heading; a numbered one may be longer and say more."""
    if text.endswith(":") or PERSON.search(text) or any(mark in text for mark in ("http", "www.")):
        return False
    if numbered:
        return len(text.split()) <= LONGEST_NUMBERED_HEADING
    few = len(text.split()) <= LONGEST_PLAIN_HEADING
    return few and text[0].isupper() and not any(mark in text for mark in ":,") and not re.search(r"\d{4,}|\d/\d", text)


def in_order(page_blocks: Sequence[Block], marks: Sequence[TableMark]) -> list[Block | TableMark]:
    """Blocks and tables of one page in reading order: top to bottom; where there are columns, each table before what
    stands below it in its own."""
    found: list[Block | TableMark] = list(page_blocks)
    if all(above.box[1] <= below.box[1] for above, below in pairwise(page_blocks)):
        return sorted([*found, *marks], key=_head)
    for mark in sorted(marks, key=_head):
        found.insert(_turn(mark.box, [each.box for each in found]), mark)
    return found


def _head(each: Block | TableMark) -> tuple[float, float]:
    return each.box[1], each.box[0]


def _turn(box: Box, placed: Sequence[Box]) -> int:
    """Where among boxes in reading order a box has its turn: before the first that lies lower in its column, else
    behind the last that lies higher in it."""
    beside = [(at, other) for at, other in enumerate(placed) if other[0] < box[2] and box[0] < other[2]]
    lower = next((at for at, other in beside if (other[1], other[0]) > (box[1], box[0])), None)
    if lower is not None:
        return lower
    return beside[-1][0] + 1 if beside else sum((other[1], other[0]) < (box[1], box[0]) for other in placed)


class Headings:
    """The headings that hold at a point of the paper, outermost first. Feed it the blocks in order."""

    def __init__(self) -> None:
        self._open: list[tuple[Level, str]] = []
        self._used = False  # whether a table stands under the last of them

    def use(self) -> None:
        """A table stands here."""
        self._used = True

    def pass_by(self, block: Block) -> None:
        """A heading closes those of its own level and below; a line that looks as one does that has had its table, but
        is too long for a heading, closes it: it may be the next table's title."""
        if block.level is None:
            if self._used and self._open and _looks_alike(block, self._open[-1][0]):
                self._open.pop()
            return
        self._used = False
        while self._open and self._open[-1][0] >= block.level:
            self._open.pop()
        if block.level[1] == APPENDIX_RANK:  # appendices follow one another, in whatever size each is set
            ranks = [level[1] for level, _ in self._open]
            del self._open[ranks.index(APPENDIX_RANK) if APPENDIX_RANK in ranks else len(ranks) :]
        self._open.append((block.level, block.text))

    def restart(self) -> None:
        """Another report begins."""
        self._open.clear()

    @property
    def chain(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._open[-KEPT_HEADINGS:])


def _looks_alike(block: Block, level: Level) -> bool:
    """Whether a line by itself, no sentence and no list's item, is set in the plain type of a heading of that level."""
    first = block.lines[0]
    said = block.text.rstrip()
    told = len(block.lines) == 1 and _short(said) and not (BULLET.match(said) or SENTENCE_END.search(said))
    return told and not said.endswith(":") and not first.bold and level[1] == 2 and -round(first.size) == level[0]


def starts_report(page_blocks: Sequence[Block]) -> bool:
    """Whether a report begins on the page: "Report of", "To:", "Author:" stand near its head."""
    near_head = [line for block in page_blocks[:10] for line in block.lines]
    return sum(bool(REPORT_STARTS.match(line.text)) for line in near_head) > 1


def lead(block: Block) -> str:
    """The paragraph's last sentence, without the paragraph's number, as what leads to a table below it, or a line that
    begins with a code, as what it measures; "" where it is a heading or no sentence."""
    text = PARAGRAPH_NUMBER.sub("", " ".join(block.text.split()), count=1)
    if block.level is None and CODED.match(text):
        return text
    if block.level is not None or text[-1:] not in ".:!?-–":
        return ""
    return SENTENCE_END.split(text)[-1]
