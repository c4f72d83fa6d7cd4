"""Where on its pages a paper is marked as exempt or public, and how far each mark reaches."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import Literal

from corpus.paper import Box
from indexer.exempt import claims, denials, doubt, edges, marks, presence, rows
from indexer.sheet import Grid, Sheet
from indexer.text.furniture import PAGE_LABEL
from indexer.text.layout import Block

Reach = Literal["paper", "item", "report", "edge", "page", "back", "part", "here", "after"]
Style = tuple[int, float, bool]

FULL = 0.85  # of a block's width: a line that goes on in the next
RUNNING = 60  # characters of a block that is no heading
FRONT = 0.4  # of a page's height: where the table of a report's front stands
PAIRED = 4  # texts of a row that may be labels with their values, at most
FIELDS = 3  # columns of a table of fields, at most
DIVIDER = 400  # characters on a page that parts a paper, at most
LONGEST_CELL = 90  # characters
MOST_PARTED = 30  # characters of each of two lines over which a mark is parted
NUMBER = re.compile(r"^(?:\D{0,3}|(?:agenda\s+)?item\s+)(\d{1,3})[.:)]?\s+\S", re.IGNORECASE)
LETTER = re.compile(r"^\W*(?:\w+\s+)?(?:appendix|annexe?)\s+(?:(\d{1,2})|([A-Z]))\b", re.IGNORECASE)
ENTRY = re.compile(r"^\W*(?:\w+\s+)?(?:appendix|annexe?|schedule|enclosure|attachment)\b|^\W*[A-Z\d]\b", re.IGNORECASE)
NONE_HERE = re.compile(
    r"^\W*(?:there\s+(?:is|are)\s+)?(?:no|none|nil|n/?a|not)\b|\b(?:append|annex)|\belsewhere\b|\bseparately\b|\bmeans\b|\bdefined\b",
    re.IGNORECASE,
)
NONE = re.compile(  # below a heading, all that there is of it
    r"^\W*(?:there\s+(?:is|are|was|were)\s+)?(?:none|nil|n/?a|not\s+applicable|no\s+(?:such\s+)?(?:items?|reports?|business))\W*$",
    re.IGNORECASE,
)
STOPS = (".", ";", ":", ",")
ITEMS = re.compile(r"^\W*(?:any\s+|all\s+)?(?:items?|reports?|matters?)\b", re.IGNORECASE)
OF_PAPER = re.compile(
    r"^(?!.*\b(?:items?|append|annex))\W*(?:not\s+for\s+publication\b|"
    r"(?:exempt|confidential|restricted|by\s+virtue|in\s+accordance)\b.*\b(?:paras?|paragraphs?|schedule|section)\b)",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^\W*(?:min(?:ute)?\s+)?[A-Z]{0,4}\.?\s?\d[\w./-]*[.:)]?\s+\S", re.IGNORECASE)
WEIGHED = re.compile(r"\bpublic\s+interest\b", re.IGNORECASE)
LAST = 3  # closes for good
TABS = re.compile(r"\b(?:tabs|(?:work)?sheets)\b", re.IGNORECASE)
RETURN = re.compile(r"\bre-?\s?admi", re.IGNORECASE)
THIS = re.compile(r"\bth(?:is|ese)\b", re.IGNORECASE)
PART_ITSELF = re.compile(r"\bth(?:is|ese)\s+(?:\w+\s+)?(?:append|annex|page|schedule)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark at a `top` of a page. `reach`: all of the paper, the item, the "report" that begins on the page where no
    item is known, the page (as its "edge" says, or what stands on it), "back" to where the report began that ends with
    it, the item's part on the page, or what follows "here"; "after" which something public stands.
    `lasting`: 1, items after it too that are not listed as public; 2, those as well.

    `style`: the number, size and boldness of the heading that is marked, if it has a number: by these the next of its
    kind is known. A Sign with no mark is such a heading.
    """

    top: float
    mark: marks.Mark
    reach: Reach = "here"
    lasting: int = 0
    style: Style | None = None
    until: float = 0.0  # where it closes a stretch of the page and no more, its end


def signs(sheet: Sheet, page: Sequence[Block], heads: Sequence[float], closed: Sequence[frozenset[str]]) -> list[Sign]:
    """The marks of a page, from its head to its foot. Below each of `heads` something begins anew; `closed` has for
    each block the appendices that are called exempt in its item."""
    at_head = closed[0] if closed else frozenset()
    edged = [Sign(-1.0, mark, "edge") for text in edges.texts(sheet) if (mark := edges.mark_of(text, at_head))]
    contents = [
        *(block.box[1] for block in page if _is_running(block)),
        *(grid.box[1] for grid in sheet.grids if not _is_front(sheet, grid)),
    ]
    tables = [grid.box for grid in sheet.grids]
    found = [Sign(top, "exempt", until=bottom) for top, bottom in claims.of_tables(page, tables)]
    for sign in [*_of_blocks(page, heads, closed, tables), *_of_grids(sheet)]:
        begins = max((head for head in heads if head <= sign.top), default=0.0)
        near = not any(begins <= content < sign.top for content in contents)
        above = [each for each in found if begins <= each.top < sign.top]
        found.append(_reaching(sheet, page, heads, sign, near, above))
    return [*edged, *sorted(found, key=lambda sign: sign.top)]


def _reaching(
    sheet: Sheet, page: Sequence[Block], heads: Sequence[float], sign: Sign, near: bool, above: Sequence[Sign]
) -> Sign:
    """A sign with its reach, by where it stands, and by what stands `above` it."""
    cover = near and sheet.number == 1 and not any(head <= sign.top for head in heads)
    if sign.reach == "paper" or (sign.reach == "back" and cover):  # what a cover would say
        sign = replace(sign, reach="paper" if cover else "here")
    if sign.mark == "exempt" and sign.reach == "here" and not sign.lasting and _ends(sheet, page, sign):
        return replace(sign, top=-1.0, reach="page")
    if sign.reach == "after":
        sign = replace(sign, reach="here")
        if any(block.level is None and block.box[1] < sign.top for block in page):
            return sign
    if sign.reach == "item" and near:
        return replace(sign, reach="report")
    if sign.reach == "back" and near and any(block.level is not None and block.box[1] < sign.top for block in page):
        sign = replace(sign, reach="here")
    if sign.reach == "here" and near and sign.mark and not _goes_on(sign, above):
        divider = sign.lasting and len(sheet.text) < DIVIDER
        return replace(sign, reach="part", lasting=2 if divider else sign.lasting)
    return sign


def _goes_on(sign: Sign, above: Sequence[Sign]) -> bool:
    """Whether a sign is no paper's head: the next of headings that are numbered alike, or below a mark that opens."""
    if any(each.mark == "public" for each in above):
        return True
    last = (sign.style[0] - 1, *sign.style[1:]) if sign.style else None
    return last is not None and any(each.style == last for each in above)


def _ends(sheet: Sheet, page: Sequence[Block], sign: Sign) -> bool:
    """Whether nothing stands below a sign that it could be about, or whether there are columns beside it."""
    tops = [*(grid.box[1] for grid in sheet.grids), *(b.box[1] for b in page if not PAGE_LABEL.fullmatch(b.text))]
    marked = [block for block in page if block.box[1] == sign.top]
    right = max((block.box[2] for block in marked), default=sheet.width)
    beside = any(line.box[1] < sign.top - 2 and line.box[0] > right for line in sheet.lines)
    return beside or not any(top > sign.top for top in tops)


# --- running text and headings


def _is_running(block: Block) -> bool:
    return block.level is None and len(block.text) >= RUNNING


def _is_title(block: Block) -> bool:
    """Whether a line that is no larger than the text may be a heading all the same."""
    return len(block.lines) == 1 and len(block.text) <= marks.LONGEST and not block.text.rstrip().endswith(STOPS)


def _of_blocks(
    page: Sequence[Block], heads: Sequence[float], closed: Sequence[frozenset[str]], tables: Sequence[Box]
) -> Iterator[Sign]:
    listing, heading, headed = False, 0.0, False
    for at, block in enumerate(page):
        text, top, then = marks.plain(block.text), block.box[1], page[at + 1].text if at + 1 < len(page) else ""
        if marks.LISTS.match(text):
            listing = True
            continue
        if listing and not _is_running(block) and ENTRY.match(text) and at:
            continue
        if doubt.is_entry(page, at) or (len(doubt.APPENDICES.findall(text)) > 1 and not _is_running(block)):
            continue  # a list of them
        none = NONE.match(then) and not (_is_running(block) or marks.OUTRIGHT.match(text))
        told = "" if none else _of_text(block, text, then, at < 3)
        said = "exempt" if doubt.heads(text, closed[at]) else told
        if said == "exempt" and any(map(marks.follows, doubt.SENTENCE.split(text))):
            said = ""  # its sentence closes what comes next
        if said != "exempt":
            heading = block.box[1] if block.level is not None and not headed else heading
            headed = block.level is not None
        if said == "exempt":
            whole = marks.WHOLE.search(text) and not _is_running(block)
            reach: Reach = "paper" if whole or marks.OUTRIGHT.match(text) else "here"
            lasting = int(bool(marks.FOR_GOOD.search(text)))
            since = max([heading, *(head for head in heads if head <= top)])
            headed_by_it = lasting or (block.level and style_of(block))
            begins = since if marks.STATEMENT.search(text) and not headed_by_it else top
            if marks.CAPTION.match(text):  # it may stand under what it names
                begins = max((box[1] for box in tables if box[1] < top), default=begins)
            if not lasting and _closes_what_was_said(page, at, text):
                reach = "back"
            yield Sign(begins, said, reach, lasting, style_of(block))
        elif said == "public" or style_of(block):
            yield Sign(top, said, "after" if presence.returned(text, True) else "here", 0, style_of(block))
        yield from _of_sentences(text, top)


def _closes_what_was_said(page: Sequence[Block], at: int, text: str) -> bool:
    """Whether a mark is no heading and stands under none: it may be about all that stands before it."""
    return at > 0 and page[at].level is None and page[at - 1].level is None and bool(OF_PAPER.match(text))


def _of_text(block: Block, text: str, then: str, near_head: bool) -> marks.Mark:
    """What a block marks as a heading, or a line of it that bars the public outright."""
    barred = any(
        marks.BARRED.match(line.text.strip(" ([*")) and (line.text.isupper() or not _runs_on(block, at))
        for at, line in enumerate(block.lines)
    )
    barred = barred or bool(marks.OUTRIGHT.match(text) or (near_head and marks.TITLED.match(text)))
    barred = barred and not denials.DENIED.search(text) and not (ITEMS.match(text) and denials.NEEDLESS.search(text))
    if barred or (said := _of_lines(block, near_head)):
        return "exempt" if barred else said
    if _is_running(block) and not _is_title(block):
        return _of_run_in(text)
    parted = len(text) < MOST_PARTED > len(then) and marks.BARRED.search(f"{text} {then}")
    if parted and not denials.DENIED.search(then):
        return "exempt"
    if marks.FOR_GOOD.search(text) and denials.NEEDLESS.search(then):
        return ""
    if marks.OF_LAW.search(text):
        return "" if denials.DENIED.search(then) or NONE_HERE.search(then) else "exempt"
    return marks.of_heading(text, near_head)


def _runs_on(block: Block, at: int) -> bool:
    """Whether a line of a block goes on with the sentence of the one before, which is full."""
    if at == 0 or block.lines[at - 1].text.rstrip().endswith((".", ":", ";")):
        return False
    return block.lines[at - 1].box[2] - block.box[0] > FULL * (block.box[2] - block.box[0])


def _of_run_in(text: str) -> marks.Mark:
    """What a numbered paragraph of minutes marks with its first sentence, which is its heading."""
    title, *rest = doubt.SENTENCE.split(text)
    said = " ".join(rest)
    if not rest or len(title) > RUNNING or not NUMBERED.match(title) or denials.NEEDLESS.search(said):
        return ""
    mark = marks.of_heading(title.rstrip(".:"))
    return mark if marks.FOR_GOOD.search(title) or (mark == "public" and RETURN.search(title)) else ""


def _of_lines(block: Block, near_head: bool) -> marks.Mark:
    """What a line within a block marks by itself: a field, a word in capitals alone, or a heading that nothing but its
    line parts from what it heads."""
    lines = [marks.plain(line.text) for line in block.lines]
    fields = {marks.of_field(said) for text in lines for said in (text, *doubt.SENTENCE.split(text))}
    headed = len(lines) > 1 and len(lines[0]) < RUNNING and not lines[1][:1].islower()
    headed = headed and not marks.OF_LAW.search(lines[0]) and marks.of_heading(lines[0], near_head) == "exempt"
    if headed or "exempt" in fields or any(text.isupper() and marks.BARE.match(text) for text in lines):
        return "exempt"
    return "public" if near_head and "public" in fields else ""


def _of_sentences(text: str, top: float) -> Iterator[Sign]:
    sentences = denials.needed(doubt.SENTENCE.split(text))
    if presence.returned(text, False):
        yield Sign(top, "public", "after")
        sentences = sentences[1:]
    for sentence, then in zip_longest(sentences, sentences[1:], fillvalue=""):
        if ITEMS.match(sentence) and denials.NEEDLESS.search(then):
            continue  # a legend, of which nothing is
        vague = claims.SOME.match(sentence) and claims.of_nothing_known(sentence)
        if vague or claims.is_of_table(sentence) or (WEIGHED.search(sentence) and doubt.APPENDICES.search(text)):
            continue
        after = marks.follows(sentence) and not denials.DENIED.search(sentence)
        itself = marks.of_sentence(sentence) or marks.ENDED.search(sentence)
        if after and (not itself or (marks.FOR_GOOD.search(sentence) and not THIS.search(sentence))):
            yield Sign(top, "exempt", "after", 1)
        elif itself:
            part = PART_ITSELF.search(sentence)
            yield Sign(-1.0 if part else top, "exempt", "page" if part else "item", LAST * bool(TABS.search(text)))
            if marks.OF_ALL.search(sentence) and not denials.DENIED.search(sentence):
                yield Sign(top, "exempt", "paper")  # as far as it stands on a cover


def style_of(block: Block) -> Style | None:
    """The number, size and boldness of a numbered heading."""
    found = LETTER.match(block.text) or NUMBER.match(block.text)
    if not found or _is_running(block):
        return None
    number = int(found[1]) if found[1] else ord(found[2].upper()) - ord("@")
    return number, round(block.lines[0].size, 1), block.lines[0].bold


def _is_front(sheet: Sheet, grid: Grid) -> bool:
    return grid.box[1] < sheet.height * FRONT and max(map(len, grid.rows)) <= FIELDS


def _of_grids(sheet: Sheet) -> Iterator[Sign]:
    """The marks in tables: fields of a report's front, and titles that stand alone in their row."""
    for grid in sheet.grids:
        if rows.closes(grid):
            yield Sign(grid.box[1] - 1, "exempt")
        for number, row in enumerate(grid.rows):
            texts = rows.unasked(grid, row)
            tops = [cell.box[1] for cell in row if cell]
            front = _is_front(sheet, grid) and (number == 0 or len(row) < FIELDS)
            for text in _marking(texts, front, number == 0) if tops else ():
                asked = (number == 0 and rows.is_asked(grid, text)) or rows.is_needless(grid, number)
                if (mark := marks.of_heading(text)) and not asked and not doubt.only_parts(text):
                    yield Sign(min(tops), mark, "here", int(bool(marks.FOR_GOOD.search(text))))


def _marking(texts: Sequence[str], front: bool, first: bool) -> list[str]:
    """Those of a row's texts that may be marks: a title alone in its row, fields with their values."""
    if any(marks.LISTS.match(text) for text in texts):
        return []
    pairs = [pair for pair in pairwise(texts) if len(texts) <= PAIRED and not rows.FIGURE.search(pair[1])]
    fields = [text for label, value in pairs if marks.of_field(text := f"{label}: {value}")]
    texts = [text for text, value in zip_longest(texts, texts[1:], fillvalue="") if not marks.NO.match(value)]
    if fields or not (front or len(texts) == 1 or first):
        return fields
    if len(texts) > 1 and (marks.ELSE.search(texts[0]) or all(map(rows.is_figure, texts[1:]))):
        return []
    return [text for text in texts if len(text) < LONGEST_CELL] if front or len(texts) == 1 else []
