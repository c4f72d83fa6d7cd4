"""What a table's rows say of exemption with the words of their header, as "Yes" under "Exempt?" does."""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import zip_longest

from corpus.paper import Cell, Row
from indexer.exempt import apart, denials, marks, presence, wording
from indexer.sheet import Grid

ANSWER = re.compile(
    r"^\W*(?:$|(?:yes|no|y|n|x|n/?a|none|public|open|exempt|private|confidential|restricted|part)\b)", re.IGNORECASE
)
CHOICE = re.compile(r"^\W*(?:public|open)\W+(?:or\W+)?\w+\W*$|^\W*\w+\W+(?:or\W+)?(?:public|open)\W*$", re.IGNORECASE)
BARE_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})?[a-z]?|[IVX]{1,5}|[A-Z]\d?)$")
SEEN = re.compile(  # of the header over such cells, and of a field's label
    r"\b(?:who\s+(?:may|can|is)|seen?\s+by|read\s+by|(?:protective|security)\s+marking|classification|shared\s+with|open\s+to|audience|circulat\w+|distribut\w+|reader\w*|"
    r"access|availability|disclosure|releas\w*|publication|openness|restrictions?|visibility)\b|"
    r"^\W*(?:public|open)\W+(?:or\W+)?\w+\W*$",
    re.IGNORECASE,
)
WHOSE = re.compile(  # of the header over who brings an item, or whom it is about
    r"^\W*(?:lead|report(?:ing)?|responsible|contact)?\s*(?:officers?|authors?|director|wards?|portfolio(?:\s+holder)?)\W*$|"
    r"^\W*(?:lead|contact|report\s+(?:of|by)|presented\s+by|presenter|speakers?|who)\W*$",
    re.IGNORECASE,
)
TICK = 20  # characters of what is as good as a tick, at most
ANSWERED_OPEN = re.compile(r"^\W*(?:open|public|part\s+(?:1|i|a))\b|^[\s.–—-]*$|^\s*[✗✘]", re.IGNORECASE)
PARTS = re.compile(r"^(?:append|annex|enclos|attach|schedul)\w*", re.IGNORECASE)
ENTRY = re.compile(  # where the next of several appendices begins in a cell
    r"(?:\n|[;,]\s)(?=\W{0,40}+(?:(?:append|annex)\w*\W+)?(?:\d{1,2}|[A-Z]|[IVX]{1,5})\b\s*(?:[-–—:.)]|(?-i:[A-Z][a-z])))",
    re.IGNORECASE,
)
NUMERAL = re.compile(r"^\W*\d[\d,.]*\W*$")
FIGURE = re.compile(r"£|\d%|\d\.\d|\d,\d{3}")


def spoken(grid: Grid) -> Iterator[tuple[float, str]]:
    """Each row's top and its texts as one, each number of an appendix with that word, "(Exempt)" behind what is so; a
    list of appendices in one cell as "Appendices: A - Plan; B - Offers (Exempt)"."""
    header = _texts(grid.rows[0]) if grid.rows else []
    for row in grid.rows:
        cells = [cell for cell in row if cell]
        if cells:
            said = [
                f"{head} {text}" if PARTS.match(head) and BARE_NUMBER.match(text) else text
                for head, text in zip_longest(header, _texts(row), fillvalue="")
            ]
            label, *rest = [cell.text for cell in cells]
            if len(rest) == 1 and PARTS.match(label) and len(entries := ENTRY.split(rest[0])) > 1:
                yield cells[0].box[1], f"{marks.plain(label)}: {'; '.join(marks.plain(entry) for entry in entries)}"
            yield cells[0].box[1], " - ".join(filter(None, said)) + (" (Exempt)" if is_closed(grid, row) else "")


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure."""
    return bool(FIGURE.search(text) or NUMERAL.match(text))


def closed_titles(grid: Grid) -> Iterator[str]:
    """What rows that say they are exempt name, the longest of each one's texts first."""
    for row in grid.rows[1:]:
        if is_closed(grid, row):
            yield from sorted((text for text in _texts(row) if text), key=len, reverse=True)


def entries(grid: Grid, signs: Set[str] = frozenset()) -> Iterator[tuple[Row, str]]:
    """The rows of an agenda's table, each as an entry of its list: without its answers, "(Exempt)" behind it if they
    say so, a cell is not open where others of its column are, or a cell is one of a legend's `signs` for it."""
    width = max(map(len, grid.rows))
    table = [[*_texts(row), *[""] * (width - len(row))] for row in grid.rows]
    header, columns = table[0], list(zip(*table, strict=True))
    title = max(range(width), key=lambda at: sum(map(len, columns[at])))
    begins = 0 if BARE_NUMBER.match(header[0]) else 1
    shut = [frozenset() if WHOSE.search(column[0]) else apart.others(column[begins:]) for column in columns]
    again = [at for at in range(title + 1, width) if header[at] and _comes_again(columns[at][1:])]
    for row, texts in zip(grid.rows, table, strict=True):
        kept = [at for at, head in enumerate(header) if not (WHOSE.search(head) or shut[at] or at in again)]
        if BARE_NUMBER.match(texts[0]):
            kept = [at for at in kept if at == 0 or at >= title]
            texts[0] += "" if texts[0].isdigit() else "."  # as letters are in a list
        if row is grid.rows[0]:
            answers = [bool(text) and is_asked(grid, text) for text in texts]
        else:
            answers = list(map(_says, header, texts))
        closed = is_closed(grid, row) and not (row is grid.rows[0] and any(answers))
        closed = (
            closed
            or not signs.isdisjoint(texts)
            or any(text in column for text, column in zip(texts, shut, strict=True))
        )
        yield row, " ".join(filter(None, (texts[at] for at in kept if not answers[at]))) + (" (Exempt)" * closed)


def _comes_again(column: Sequence[str]) -> bool:
    """Whether a column has words that stand in several rows, as no titles do."""
    words = [text for text in column if re.search(r"[^\W\d_]", text)]
    return len(set(words)) < len(words)


def is_closed(grid: Grid, row: Row) -> bool:
    """Whether a row says under its header, or in a cell of its own, that what it names is exempt."""
    texts = _texts(row)
    told = zip(_texts(grid.rows[0]), texts, strict=False) if row is not grid.rows[0] else ()
    if any(head and text and _answers_closed(head.rstrip("?"), text) for head, text in told):
        return True
    if any(_is_withheld(grid, at, text) or _is_ticked(grid, row, at, text) for at, text in enumerate(texts)):
        return True
    header = _texts(grid.rows[0])
    others = [text for head, text in zip_longest(header, texts, fillvalue="") if text and not marks.ELSE.search(head)]
    told_first = len(others) > 1 and marks.BARE.match(others[0]) and not marks.NO.match(others[1])
    return bool(told_first or any(map(_is_bare, others[1:])))


def _answers_closed(head: str, text: str) -> bool:
    told = len(head) + len(text) <= TICK * 2 and (
        presence.goes(f"{head} {text}") or wording.is_for_few(f"{head} {text}")
    )
    return told or marks.of_field(f"{head}: {text}") == "exempt"


def _is_withheld(grid: Grid, at: int, text: str) -> bool:
    """Whether a cell says of its row, in a column that says of others that they are for all, that it is not for all:
    where the header asks who may see it, by any other word; else by "Closed", which may be an action, too."""
    header = _text(grid.rows[0][at]) if at < len(grid.rows[0]) else ""
    asked = SEEN.search(header) or wording.asks_what_is_open(header)
    if not (asked or text.lower() == "closed") or text == header or apart.FOR_ALL.match(text):
        return False  # so most cells are told without a look at their column
    column = (_text(row[at]) for row in grid.rows[1:] if at < len(row))
    for_all = {said.lower() for said in column if apart.FOR_ALL.match(said)}
    return bool(re.search(r"\w", text)) and (bool(for_all) if asked else "public" in for_all)


def _is_ticked(grid: Grid, row: Row, at: int, text: str) -> bool:
    """Whether a row has anything but a no in a column that asks what is not open, as "10.4(3)" under "Item not open" or
    "3" under "Sch 12A para" or a tick under "Exempt"; a column of figures or of words asks for something else."""
    if row is grid.rows[0] or at >= len(grid.rows[0]) or not text or marks.NO.match(text) or len(text) > TICK:
        return False
    header = _text(grid.rows[0][at])
    ticks = not re.search(r"\w\w", text) and not text.strip(" -–—").isdigit() and text.strip(" -–—") != ""
    asked = wording.asks_what_is_closed(header) or (ticks and bool(marks.BARE.match(header)))
    return asked and text != header and not ANSWERED_OPEN.match(text)


def _says(head: str, text: str) -> bool:
    """Whether a cell answers whether its row is exempt, and is no part of its title."""
    return bool(marks.FIELD.match(f"{head.rstrip('?')}: {text}") or (not head and _is_bare(text)))


def _bars(text: str) -> bool:
    """Whether a cell is a mark of more than a word, as a remark upon its row is."""
    return not _is_bare(text) and wording.of_line(text)


def _is_bare(text: str) -> bool:
    return bool(marks.BARE.match(text) or marks.BARE_PART.match(text))


def is_asked(grid: Grid, text: str) -> bool:
    """Whether a text heads a column of answers, as "Exempt?" does: it says nothing of the table."""
    for at, head in enumerate(_texts(grid.rows[0])):
        if head == text and len(grid.rows) > 1 and (marks.BARE.match(text) or CHOICE.match(text) or text.endswith("?")):
            return all(ANSWER.match(_texts(row)[at]) for row in grid.rows[1:] if at < len(row))
    return False


def is_needless(grid: Grid, number: int) -> bool:
    """Whether the row below says that there is nothing of the kind."""
    below = [cell.text for row in grid.rows[number + 1 : number + 2] for cell in row if cell]
    return any(map(denials.NEEDLESS.search, below))


def unasked(grid: Grid, row: Row) -> list[str]:
    """What stands in a row, without what answers a header that asks of each row."""
    told = zip_longest(_texts(grid.rows[0]), _texts(row), fillvalue="")
    return [text for head, text in told if text and (row is grid.rows[0] or not head or not is_asked(grid, head))]


def closes(grid: Grid) -> bool:
    """Whether the header of a table, a row of figures under it, or the first cell of such a row marks some of it:
    nobody knows how much."""
    for number, row in enumerate(grid.rows):
        texts = _texts(row)
        figures = sum(map(is_figure, texts[1:]))
        if number and figures and (any(map(_bars, texts[1:])) or (figures > 1 and is_closed(grid, row))):
            return True
        named = texts if number == 0 else texts[:1] if any(map(FIGURE.search, texts[1:])) else []
        if any(marks.LISTS.match(text) for text in texts):
            continue
        named = [text for text in named if not marks.BARE.match(text) and not (number == 0 and is_asked(grid, text))]
        if sum(map(bool, texts)) > 1 and any(map(_marked, named)):
            return True
    return False


def _marked(text: str) -> bool:
    return bool(text) and not marks.of_field(text) and marks.of_heading(text, near_head=False) == "exempt"


def _texts(row: Sequence[Cell | None]) -> list[str]:
    return list(map(_text, row))


def _text(cell: Cell | None) -> str:
    return marks.plain(cell.text) if cell else ""
