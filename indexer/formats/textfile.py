"""Papers as plain text: paragraphs, and tables with a tab between their cells. A form feed parts pages.

Marks of Markdown and HTML that converters leave ("**", "<b>", "&amp;") are no part of the text.
"""

import html
import re
from collections.abc import Iterator
from itertools import groupby

from corpus.errors import PaperError
from corpus.paper import Line
from indexer.cards.text import with_cards
from indexer.formats.office import LINE, MARK, grid, line
from indexer.sheet import Grid, Sheet
from indexer.text.endless import bounded, parted

WIDTH, HEAD = 612.0, 9  # points across, and lines above it, of the page that the text is thought to stand on
TAG = re.compile(r"</?(a|b|i|u|p|br|em|strong|span|sup|sub|div|li|ul|ol|font)(\s[^<>]*)?/?>", re.IGNORECASE)
BREAK = re.compile(r"</(?:p|li|div)>|<br\s?/?>", re.IGNORECASE)
BOLD = re.compile(r"^(\*\*|<b>|<strong>|#).*", re.IGNORECASE)
LINES = re.compile(r"([\n\f])")


def read_sheets(content: bytes, document: str) -> list[Sheet]:
    """One sheet for each page of the text. Raises PaperError where it is empty or no text, and
    EndlessError."""
    if not content.strip():
        raise PaperError(document, "the file is empty")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PaperError(document, "it is not a text in UTF-8") from error
    if "\x00" in text:
        raise PaperError(document, "it is not a text")
    text = "".join(map(_bounded, LINES.split(text)))
    return [_sheet(number, page) for number, page in enumerate(text.rstrip("\f\n").split("\f"), 1)]


def _bounded(text: str) -> str:
    """A line of the file: a table's row, or a paragraph, of which a long one becomes several."""
    cells = text.split("\t")
    return "\t".join(map(bounded, cells)) if len(cells) > 1 else "\n".join(parted(text))


def _plain(text: str) -> str:
    """The text without marks; a tag stands for a blank."""
    return " ".join(html.unescape(TAG.sub(" ", text)).replace("**", "").lstrip("# ").split())


def _paragraphs(text: str) -> str:
    """A cell's text without marks, each of its paragraphs a line of its own."""
    return "\n".join(filter(None, map(_plain, BREAK.split(text))))


def _sheet(number: int, text: str) -> Sheet:
    numbered = list(enumerate(raw.rstrip() if "\t" not in raw else raw for raw in text.split("\n")))
    lines: list[Line] = []
    grids: list[Grid] = []
    for tabbed, group in groupby(numbered, key=lambda each: "\t" in each[1]):
        run = list(group)
        if tabbed and (table := _grid(number, run)):
            grids.append(table)
        else:
            lines += _lines(run)
    height = max(LINE * (len(numbered) + 20), 842.0)
    return with_cards(Sheet(number, WIDTH, height, tuple(lines), tuple(grids), text, ours="text"))


def _lines(run: list[tuple[int, str]]) -> Iterator[Line]:
    for row, raw in run:
        if text := _plain(raw):
            yield line(text, row + HEAD, bold=bool(BOLD.match(raw)), sides=(0.0, MARK * len(text)))


def _grid(page: int, run: list[tuple[int, str]]) -> Grid | None:
    """A run of lines with tabs as a table; None where it has but one row. A title row stands over all columns."""
    if len(run) < 2:
        return None
    width = max(raw.count("\t") for _, raw in run) + 1
    rows = [[_paragraphs(text) for text in raw.split("\t")] for _, raw in run]
    title = rows[0][0] and not any(rows[0][1:])
    return grid(page, run[0][0] + HEAD, rows, {(0, 0): (1, width)} if title else {}, [False] * len(rows), (0.0, WIDTH))
