"""What a paper says of itself to be exempt and nothing has closed: in whatever words, of whatever it speaks. Where
nobody knows of what it speaks, all of its item is in doubt."""

import re
from collections.abc import Sequence

from indexer.exempt import denials, doubt, marks
from indexer.sheet import Sheet
from indexer.text.layout import Block

FILLED = 0.75  # of a page's height
SECTION = re.compile(r"^\W*\d+(?:\.\d+)*[.)]?\s")
PAPER = re.compile(  # what of a paper, or which part of it, is spoken of
    r"\b(?:append\w*|annex\w*|attach\w*|enclos\w*|schedules?|reports?|papers?|documents?|letters?|figures?|information|"
    r"details?|terms|valuations?|appraisals?|tables?|data|copy|copies|version|websites?|published|publication|pages?|"
    r"sections?|paragraphs?|paras?|brackets|shaded|highlighted|underlined|italics?|red|evaluation|assessment|advice|"
    r"business\s+case|summary|sheets?|tabs?|columns?|rows?|entries|list)\b",
    re.IGNORECASE,
)
SAID = re.compile(
    r"\b(?:is|are|be|been|being|as|which|contains?|remains?|considered|deemed|treat(?:s|ed)?|kept|marked)\b.*?"
    r"\b(?:exempt(?:\s+from\s+(?:\w+\s+)?(?:publication|disclosure|access)\b|(?!\s+from\b))|confidential|restricted|withheld|"
    r"in\s+(?:strict\s+)?confidence|(?:held|kept)\s+(?:back|from)|in\s+private|in\s+closed\s+session|"
    r"not\s+(?:be\s+)?(?:for\s+publication|published|public\b|disclosed|released|made\s+(?:public|available))|"
    rf"(?:removed|omitted|deleted|(?:taken|left|cut|blanked)\s+out)\s+(?:of|from|in|before)\b.*\bpubli\w+|removed\s+(?:from|before)|redacted|commercially\s+sensitive|secret|privileged)\b(?!\W+(?:{marks.OTHER}))",
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


def of_nothing_known(text: str) -> bool:
    """Whether a text says that some of the paper is exempt, and not what by its name or number."""
    return any(map(_claims, doubt.SENTENCE.split(marks.plain(text))))


def begun(sheets: Sequence[Sheet], paged: Sequence[Sequence[Block]]) -> frozenset[int]:
    """The pages at whose heads some paper that has no number seems to begin, as the page before was left with room."""
    return frozenset(
        page[0].page
        for before, sheet, page in zip(paged, sheets, paged[1:], strict=False)
        if page and page[0].level is not None and not (SECTION.match(page[0].text) or doubt.HEAD.match(page[0].text))
        if max([block.box[3] for block in before] + [grid.box[3] for grid in sheet.grids], default=0.0)
        < FILLED * sheet.height
    )


def _claims(sentence: str) -> bool:
    told = SAID.search(sentence) and PAPER.search(sentence)
    return bool(told) and not (ELSE.search(sentence) or denials.DENIED.search(sentence))
