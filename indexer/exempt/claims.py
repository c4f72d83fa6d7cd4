"""What a paper says of itself to be exempt and nothing has closed: in whatever words, of whatever it speaks. Where
nobody knows of what it speaks, all of its item is in doubt."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from corpus.paper import Box
from indexer.exempt import denials, doubt, marks, wording
from indexer.sheet import Sheet
from indexer.text.layout import Block
from kpi_tools.vocabulary import words_in

FILLED = 0.75  # of a page's height
HEADS = 3  # blocks of a page, among which its title stands
SHORT = 90  # characters of a line that is no text
SECTION = re.compile(r"^\W*\d+(?:\.\d+)*[.)]?\s")
_PART = (  # what a paper has or is
    r"(?:append\w*|annex\w*|attach\w*|enclos\w*|schedules?(?!\s+\d+\s+(?:of|to)\b)|reports?(?!\s+(?:of|to|from|made|by|about|received)\b)|papers?|"
    r"documents?|valuations?|appraisals?|evaluations?|business\s+case|figures?|terms|tables?|copy|copies|version|pages?|"
    r"minutes|sections?|paragraphs?|paras?|brackets|shaded|highlighted|underlined|italics?|red|sheets?|tabs?|columns?|rows?)\b"
)
PART = re.compile(rf"\b{_PART}", re.IGNORECASE)
TOLD = re.compile(  # what it tells, which may be what is told anywhere
    r"\b(?:information|details?|data|letters?|websites?|published|publication|assessment|advice|summary|entries|list)\b",
    re.IGNORECASE,
)
HERE = re.compile(r"\bth(?:is|ese)\b|\b(?:below|above|overleaf|here|following)\b", re.IGNORECASE)
_SAID = (
    r"\b(?:is|are|be|been|being|as|which|contains?|remains?|considered|deemed|treat(?:s|ed)?|kept|marked)"
    r"(?:\W+\w+){0,6}?\W+"
)
CLOSED = re.compile(  # as papers alone are
    rf"{_SAID}(?:exempt(?:\s+from\s+(?:\w+\s+)?(?:publication|disclosure|access)\b|(?!\s+from\b))|withheld|"
    r"(?:held|kept)\s+(?:back|from)|not\s+(?:be\s+)?(?:for\s+publication|published|public\b|disclosed|released|made\s+(?:public|available))|"
    r"not\s+(?:\w+\s+){1,3}(?:for|to|by)\s+(?:the\s+)?(?:press|public)|"
    r"(?:removed|omitted|deleted|(?:taken|left|cut|blanked)\s+out)\s+(?:of|from|in|before)\b.*\b(?:publi\w+|web\w*|online)|removed\s+(?:from|before)|"
    rf"in\s+closed\s+session|redacted|commercially\s+sensitive|privileged)\b(?!\W+(?:{marks.OTHER}))",
    re.IGNORECASE,
)
KEPT = re.compile(  # as much else is: records, waste, calls
    rf"{_SAID}(?:confidential|restricted|secret|in\s+(?:strict\s+)?confidence|in\s+private)"
    rf"(?=\W*$|\s*[,;:()–-]|\W+(?:and|or|but|under|by|as|until|because|for|within|in|due|at|on|since|pursuant|information)\b|"
    r"\s+to\s+(?:the\s+)?(?:members|councillors|committee|board))",
    re.IGNORECASE,
)
HAS = re.compile(  # "has some exempt lines"
    rf"\b(?:has|have|includes?|holds?|contains?|with)\W+(?:\w+\W+){{0,3}}?{denials.WORD}\W+"
    r"(?:lines?|rows?|entr(?:y|ies)|figures?|paragraphs?|sections?|pages?|columns?|cells?|parts?|passages?|elements?|details?)\b",
    re.IGNORECASE,
)
VERSION = re.compile(  # and so this is another
    r"\bpublic\s+(?:version|copy|edition)\b.*\b(?:leaves?\s+out|omits?|excludes?|lacks?|is\s+without|does\s+not|redact\w+)\b",
    re.IGNORECASE,
)
SOME = re.compile(  # which of several: other signs find it, or all is in doubt
    r"\W*(?:one|two|three|some|several|certain|a\s+few)\b(?!.*\bth(?:is|ese)\s+(?:report|item|pape))", re.I
)
CONFIDED = re.compile(r"\bconfiden(?:tial|ce)\b", re.IGNORECASE)
TABLED = re.compile(  # of what stands below, and of no more
    r"^(?!.*\b(?:report|paper|document|item|append\w*|annex\w*|page|section|above)\b)"
    r".*\b(?:table\s+(?:\w+\s+)?below|following\s+table)\b",
    re.IGNORECASE,
)
# What is no claim upon what is at hand: of other days, of other papers, of what may be, or of what has its own rule.
ELSE = re.compile(
    r"\b(?:was|were|had|if|where|whether|when|unless|except|may|might|could|would|should|any|separate(?:ly)?|another|"
    r"other|elsewhere|previous(?:ly)?|last|next|members'?\s+area|means|agenda\s+(?:of|for))\b|"
    r"\b(?:items?|reports?|papers?|documents?|information|entries)\s+(?:(?:that|which)\s+are\s+)?(?:marked|with)\b|"
    r"\b(?:append|annex)\w*\s+(?:nos?\.?\s*)?(?-i:[A-Z\d])",
    re.IGNORECASE,
)


def of_tables(page: Sequence[Block], tables: Sequence[Box]) -> Iterator[tuple[float, float]]:
    """From where to where the page has tables, each with the sentence above that says that this table is exempt."""
    for block in page:
        table = min((box for box in tables if box[1] > block.box[1]), key=lambda box: box[1], default=None)
        if table and any(map(is_of_table, doubt.SENTENCE.split(marks.plain(block.text)))):
            yield block.box[1], table[3]


def is_of_table(sentence: str) -> bool:
    """Whether a sentence says that the table below it is exempt, and nothing else."""
    return bool(TABLED.search(sentence)) and _claims(sentence)


def of_nothing_known(text: str) -> bool:
    """Whether a text says that some of the paper is exempt, and not what by its name or number."""
    return any(map(_claims, doubt.SENTENCE.split(marks.plain(text))))


def tabs_named(texts: Iterable[str], tabs: Sequence[str]) -> Iterator[str]:
    """Those of a workbook's tabs that it says by their names are exempt."""
    for sentence in (sentence for text in texts for sentence in doubt.SENTENCE.split(text)) if tabs else ():
        if _claims(marks.plain(sentence)):
            yield from (tab for tab in tabs if re.search(rf"\b{re.escape(tab)}\b", sentence))


def begun(sheets: Sequence[Sheet], paged: Sequence[Sequence[Block]]) -> frozenset[int]:
    """The pages at whose heads some paper that has no number seems to begin, as the page before was left with room."""
    return frozenset(
        page[0].page
        for before, sheet, page in zip(paged, sheets, paged[1:], strict=False)
        if page and page[0].level is not None and not (SECTION.match(page[0].text) or doubt.HEAD.match(page[0].text))
        if max([block.box[3] for block in before] + [grid.box[3] for grid in sheet.grids], default=0.0)
        < FILLED * sheet.height
    )


def guarded(page: Sequence[Block]) -> bool:
    """Whether a short line at the head of a page says that few may handle what stands there: where other papers of a
    pack are exempt, this one may be."""
    lines = [line.text for block in page[:HEADS] if len(block.text) <= SHORT for line in block.lines]
    return any(wording.is_guarded(marks.plain(text)) for text in lines)


@cache
def _harmless() -> re.Pattern[str]:
    """What is spoken of before the verb: "the advice", "the service for tenants", and no "service offers"."""
    words = wording.either(words_in("marks")["kept"]["harmless"])
    more = r"(?:will|must|shall|all|both|always|also|that|which|gives?|given|\w+ed|for|to|by|from|in|at|with)\b.*"
    return re.compile(rf"\b(?:{words})(?:\W+{more})?\W*$", re.IGNORECASE)


def _claims(sentence: str) -> bool:
    part = PART.search(sentence)
    told = bool(HAS.search(sentence) or (CLOSED.search(sentence) and (part or TOLD.search(sentence))))
    if kept := KEPT.search(sentence):
        confided = CONFIDED.search(kept[0]) and not _harmless().search(sentence[: kept.start()])
        told = told or bool(part or confided or (TOLD.search(sentence) and HERE.search(sentence)))
    told = (
        told or bool(VERSION.search(sentence)) or (sentence.endswith(".") and wording.is_for_few(sentence))
    )  # a heading tells itself
    return told and not (ELSE.search(sentence) or denials.DENIED.search(sentence))
