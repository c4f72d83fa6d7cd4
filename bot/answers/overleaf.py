"""Rows of tables and paragraphs that go on overleaf: an answer out of one also cites the page with the rest of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.answer import Citation
from corpus.paper import Passage, Place
from kpi_tools.names import squash

MOST = 4  # citations that are followed overleaf; an answer rests on the first ones
HELD = 0.6  # of a row, by letters, that a citation must quote to be of it
END = 40  # letters of what is quoted, that stand in the paragraph that it is of
CELL = 8  # letters; shorter cells stand in any row

OnPage = Callable[[str, int], Sequence[Passage]]  # the passages that may be seen and begin on a page of a document


def overleaf(citations: Sequence[Citation], on_page: OnPage) -> Iterator[Citation]:
    """The citations, those of rows that go on overleaf each followed by one of the next page."""
    known = {(c.document, c.page) for c in citations}
    for number, citation in enumerate(citations):
        yield citation
        rest = _rest(citation, on_page) if number < MOST else None
        if rest and (citation.document, rest.page) not in known:
            known.add((citation.document, rest.page))
            yield replace(citation, page=rest.page, label=rest.label, item=rest.item, box=rest.box)


def _rest(citation: Citation, on_page: OnPage) -> Place | None:
    """Where the rest of a row stands that a citation quotes: of one cut in two by the page's end, or of one that the
    first row of the next page goes on with."""
    quoted = squash(citation.quote)
    here, after = (on_page(citation.document, page) for page in (citation.page, citation.page + 1))
    cut = (p.places[1] for p in here if len(p.places) > 1 and _quotes(quoted, p))
    goes_on = (p.places[0] for p in [p for p in after if p.places[0].row >= 0][:1] if _quotes(quoted, p))
    return next(cut, None) or next(goes_on, None)


def _quotes(quoted: str, row: Passage) -> bool:
    if row.places[0].row < 0:
        return quoted[-END:] in squash(row.text)
    cells = [squash(cell.rpartition(": ")[2]) for cell in row.text.split("; ")]
    told = [cell for cell in cells if len(cell) >= CELL]
    return bool(told) and sum(len(cell) for cell in told if cell in quoted) >= HELD * sum(map(len, told))
