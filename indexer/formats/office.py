"""What workbooks and documents share: packages that are opened with care, and their tables laid out on a sheet.

Both are ZIP archives of XML. One that is locked, broken, something else under another name, or far larger than it
seems, is told from the archive itself, before any library unpacks it.
"""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from xml.etree import ElementTree

from corpus.errors import PaperError
from corpus.paper import Cell, Line, Row
from indexer.sheet import Grid, Ink
from indexer.text.endless import bounded

MOST_BYTES = 300_000_000  # unpacked
WIDTH, LINE, SIZE = 842.0, 12.0, 10.0  # points: the page that the text is thought to stand on
MARK = 5.0  # points that a character is wide
SAYING = frozenset(["docProps/core.xml", "docProps/custom.xml", "docProps/app.xml", "word/comments.xml"])
PICTURED = ("xl/charts/", "xl/drawings/")  # whose titles and boxes stand beside the cells
COMMENT = "comment"  # Word's, which come with their writers' names
LOCKED = b"\xd0\xcf\x11\xe0"  # how an encrypted package begins, and a file of the old binary kind

Merged = Mapping[tuple[int, int], tuple[int, int]]  # by row and column of its top left: rows, columns


def checked(content: bytes, document: str, part: str, kind: str) -> BytesIO:
    """The package, known to hold `part` and to be no larger than we can take. Raises PaperError."""
    if content.startswith(LOCKED):
        raise PaperError(document, f"it is locked with a password, or of the old kind; save it as {kind} without one")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = {entry.filename: entry.file_size for entry in package.infolist()}
    except zipfile.BadZipFile as error:
        raise PaperError(document, f"it is broken, or no {kind}") from error
    if part not in names:
        raise PaperError(document, f"it is no {kind}, whatever its name says")
    if sum(names.values()) > MOST_BYTES:
        raise PaperError(document, f"unpacked it is larger than {MOST_BYTES // 1_000_000} MB")
    return BytesIO(content)


def said(content: bytes) -> tuple[str, ...]:
    """What a package says of itself beside its text: title, subject, category, status, labels, and Word's comments."""
    told: list[str] = []
    with zipfile.ZipFile(BytesIO(content)) as package:
        pictured = [name for name in package.namelist() if name.startswith(PICTURED) and name.endswith(".xml")]
        for name in (*SAYING.intersection(package.namelist()), *pictured):
            try:
                root = ElementTree.fromstring(package.read(name))
            except ElementTree.ParseError:
                continue
            notes = root.findall(f"{{*}}{COMMENT}")
            told += ["".join(note.itertext()) for note in notes] or [text for text in root.itertext() if text.strip()]
    return tuple(told)


def settled(text: str) -> str:
    """A cell's text as it is read: single blanks, no empty lines, and no words without end, as a search
    takes long over them. Raises EndlessError."""
    return bounded("\n".join(filter(None, (" ".join(part.split()) for part in text.split("\n")))))


def top_of(row: int) -> float:
    """Where a row of the page begins."""
    return LINE * (row + 1)


def line(text: str, row: int, size: float = SIZE, bold: bool = False, sides: Ink | None = None) -> Line:
    """A line of text at a row of the page, from side to side where that is known."""
    left, right = sides or (0.0, min(MARK * len(text), WIDTH))
    return Line(text, (left, top_of(row), right, top_of(row) + SIZE), size, bold)


def edge_lines(texts: Iterable[str]) -> list[Line]:
    """What is printed at the head or foot of a page, above all that stands on it."""
    said = dict.fromkeys(bounded(" ".join(text.split())) for text in texts)
    return [Line(text, (0.0, -2 * LINE, MARK * len(text), -LINE), SIZE, False) for text in said if text]


def grid(
    page: int,
    first: int,
    texts: Sequence[Sequence[str]],
    merged: Merged,
    bold: Sequence[bool],
    sides: Ink = (0.0, WIDTH),
) -> Grid:
    """A table of texts, its first row at row `first` of the page; a merged cell's text stands at its top left."""
    width = max(map(len, texts))
    step = (sides[1] - sides[0]) / width
    edges = tuple(sides[0] + step * c for c in range(width + 1))
    covered = {
        (r + down, c + over)
        for (r, c), (rows, columns) in merged.items()
        for down in range(rows)
        for over in range(columns)
    } - set(merged)

    def cell(row: int, column: int) -> Cell | None:
        if (row, column) in covered:
            return None
        rows, columns = merged.get((row, column), (1, 1))
        top = top_of(first + row)
        box = (edges[column], top, edges[column + columns], top + LINE * rows)
        text = texts[row][column] if column < len(texts[row]) else ""
        parts = tuple(part for part in text.split("\n") if part.strip())
        return Cell(text, page, box, rows, columns, parts if len(parts) > 1 else ())

    made: tuple[Row, ...] = tuple(tuple(cell(r, c) for c in range(width)) for r in range(len(texts)))
    box = (sides[0], top_of(first), sides[1], top_of(first + len(texts)))
    return Grid(page, box, made, edges, tuple(bold))
