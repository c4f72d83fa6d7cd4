"""Word documents: paragraphs and tables in their order; a page ends where the document breaks one.

The place of what stands there is the paragraph, or the table's row, as they are counted from 1 through the document,
empty ones too.
"""

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from corpus.errors import PaperError
from corpus.paper import EDGE, NOTE, PARAGRAPH, TABLE, Line, Spots
from indexer.cards.text import with_cards
from indexer.formats.office import LINE, SIZE, WIDTH, checked, edge_lines, grid, line, settled, top_of
from indexer.sheet import Grid, Sheet
from indexer.text.endless import parted

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TYPES = "[Content_Types].xml"
_MACROS, _PLAIN = (
    f"application/vnd.{kind}.main+xml".encode()
    for kind in ("ms-word.document.macroEnabled", "openxmlformats-officedocument.wordprocessingml.document")
)
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
WHITE = "FFFFFF"
TINY = 4  # half points: letters that nobody reads
DELETED = ("del", "moveFrom")
SHOWN = ("0", "false", "off")  # said of a property, these take it away
HELD = ("ins", "moveTo", "sdt", "smartTag", "customXml")  # what stands in these is the document's
HEADING_SIZES = {"Title": 18.0, "Heading 1": 16.0, "Heading 2": 14.0, "Heading 3": 12.0}


def read_sheets(content: bytes, document: str) -> list[Sheet]:
    """One sheet for each page that the document itself breaks. Raises PaperError if it cannot be read, or is empty."""
    from docx import Document  # slow to import, and papers are mostly PDFs
    from docx.opc.exceptions import PackageNotFoundError

    package = _plain(checked(content, document, "word/document.xml", "Word document (.docx)"))
    try:
        word = Document(package)
        _strip(word.element.body, {style.style_id for style in word.styles if _is_hidden(style)})
        _accept(word.element.body)
        sheets = [page.sheet() for page in _pages(word)]
    except (LookupError, ValueError, SyntaxError, AttributeError, PackageNotFoundError, zipfile.BadZipFile) as error:
        raise PaperError(document, f"it is a broken Word document ({type(error).__name__})") from error
    if not any(sheet.text.strip() for sheet in sheets):
        raise PaperError(document, "the document is empty")
    return sheets


def _pages(word: Any) -> list["_Page"]:
    """The pages that a document breaks; one without a section prints nothing at their head and foot."""
    from docx.text.paragraph import Paragraph

    edges = [list(_edge_texts(section)) for section in word.sections] or [[]]
    notes = _footnotes(word)
    pages, section, count = [_Page(1, edges[0], notes)], 0, Counter[bool]()
    for block in word.iter_inner_content():
        count[isinstance(block, Paragraph)] += 1
        if isinstance(block, Paragraph):
            if block.paragraph_format.page_break_before and pages[-1].texts:
                pages.append(_Page(len(pages) + 1, edges[section], notes))
            pages[-1].name(f"{PARAGRAPH}{count[True]}")
            pages[-1].write(block)
            ends = block._p.pPr is not None and block._p.pPr.sectPr is not None
            section = min(section + ends, len(edges) - 1)
            if ends or 'w:type="page"' in block._p.xml:
                pages.append(_Page(len(pages) + 1, edges[section], notes))
        else:
            name = f"{TABLE}{count[False]}"
            pages[-1].name(*(f"{name}, row {row}" for row in range(1, len(block.rows) + 1)), after=name)
            pages[-1].draw(block)
    return pages


def _is_hidden(style: Any) -> bool:
    return style.element.find(f"{_W}rPr/{_W}vanish") is not None


def _strip(body: Any, hidden: set[str]) -> None:
    """Take out what nobody sees: in a style that is hidden, far too small, or white where nothing is shaded."""
    for run in list(body.iter(f"{_W}r")):
        named = run.find(f"{_W}rPr/{_W}rStyle"), run.getparent().find(f"{_W}pPr/{_W}pStyle")
        styles = [mark.get(f"{_W}val") for mark in named if mark is not None]
        colour = run.find(f"{_W}rPr/{_W}color")
        white = colour is not None and str(colour.get(f"{_W}val")).upper() == WHITE and not _is_shaded(run)
        size = run.find(f"{_W}rPr/{_W}sz")
        tiny = size is not None and float(size.get(f"{_W}val") or TINY + 1) <= TINY
        if white or tiny or hidden.intersection(styles):
            run.getparent().remove(run)


def _is_shaded(run: Any) -> bool:
    """Whether something may be drawn behind a run; a table's style may shade its cells."""
    held = (run, *run.iterancestors(f"{_W}p", f"{_W}tc", f"{_W}tbl", f"{_W}txbxContent"))
    return any(each.tag.endswith(("}tbl", "}txbxContent")) or each.find(f"*/{_W}shd") is not None for each in held)


def _accept(body: Any) -> None:
    """Make the document what would be printed: with what was inserted, without what was deleted, controls filled."""
    for run in [mark.getparent().getparent() for mark in body.iter(f"{_W}vanish") if mark.get(f"{_W}val") not in SHOWN]:
        if run is not None and run.tag == f"{_W}r" and run.getparent() is not None:  # hidden
            run.getparent().remove(run)
    for mark in [mark for name in DELETED for mark in body.iter(_W + name)]:
        parent = mark.getparent()
        gone = parent.getparent() if parent is not None and parent.tag == f"{_W}trPr" else mark  # a whole row
        if gone.getparent() is not None and parent.tag != f"{_W}rPr":  # that only joins two paragraphs
            gone.getparent().remove(gone)
    for holder in [holder for name in HELD for holder in body.iter(_W + name)][::-1]:
        parent, content = holder.getparent(), holder.find(f"{_W}sdtContent")
        if parent is not None and parent.tag not in (f"{_W}trPr", f"{_W}rPr"):
            for part in list(holder if content is None else content):
                holder.addprevious(part)
            parent.remove(holder)


def _plain(package: BytesIO) -> BytesIO:
    """The package as one of a document without macros, which are never run; itself where it is one."""
    with zipfile.ZipFile(package) as held:
        if _TYPES not in held.namelist() or _MACROS not in held.read(_TYPES):
            return package
        made = BytesIO()
        with zipfile.ZipFile(made, "w") as plain:
            for name in held.namelist():
                part = held.read(name)
                plain.writestr(name, part.replace(_MACROS, _PLAIN) if name == _TYPES else part)
    return made


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The paragraphs and tables in the text boxes that are anchored in a paragraph; not what older programs show."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    for box in paragraph._p.iter(f"{_W}txbxContent"):
        above = [each.tag for each in box.iterancestors()]
        if _FALLBACK in above or f"{_W}txbxContent" in above:
            continue
        for part in box:
            if part.tag == f"{_W}p":
                yield Paragraph(part, paragraph._parent)
            elif part.tag == f"{_W}tbl":
                yield Table(part, paragraph._parent)


def _footnotes(word: Any) -> dict[str, str]:
    """The document's footnotes by their ids."""
    from docx.oxml import parse_xml

    parts = [rel.target_part for rel in word.part.rels.values() if rel.reltype.endswith("/footnotes")]
    notes = [note for part in parts for note in parse_xml(part.blob).iter(f"{_W}footnote")]
    return {note.get(f"{_W}id"): settled("".join(text.text or "" for text in note.iter(f"{_W}t"))) for note in notes}


def _edge_texts(section: Any) -> Iterator[str]:
    """What a section prints at the head and foot of its pages."""
    first = (section.first_page_header, section.first_page_footer) if section.different_first_page_header_footer else ()
    for edge in (section.header, section.footer, section.even_page_header, section.even_page_footer, *first):
        yield from (paragraph.text for paragraph in edge.paragraphs)
        yield from (cell.text for table in edge.tables for row in table.rows for cell in row.cells)
        yield from filter(None, (shown.get("descr") for shown in edge._element.iter(_PICTURE)))
        for shape in edge._element.iter(f"{_V}textpath", f"{_W}txbxContent"):  # a watermark, or a box
            yield shape.get("string") or "".join(text.text or "" for text in shape.iter(f"{_W}t"))


class _Page:
    """A page that is being filled, row by row; `edges` is printed at its head and foot, and `notes` it refers to."""

    def __init__(self, number: int, edges: Sequence[str], notes: Mapping[str, str]) -> None:
        self.number, self.row, self.edges, self.notes = number, 0, edges, notes
        self.noted: list[str] = []
        self.lines: list[Line] = []
        self.grids: list[Grid] = []
        self.texts: list[str] = []
        self.spots = [(-2 * LINE, EDGE)]

    def name(self, *rows: str, after: str = "") -> None:
        """What the rows that come next are called, and what comes after them, a table's inner tables."""
        self.spots += [(top_of(self.row + at), name) for at, name in enumerate(filter(None, (*rows, after)))]

    def write(self, paragraph: Any) -> None:
        """Add a paragraph as one line, or a long one as several; an empty one leaves a gap."""
        self._note(paragraph._p)
        for text in parted(" ".join(paragraph.text.split())):
            if text:
                style = paragraph.style.name if paragraph.style else ""
                bold = style in HEADING_SIZES or all(run.bold for run in paragraph.runs if run.text.strip())
                self.lines.append(line(text, self.row, HEADING_SIZES.get(style, SIZE), bold))
                self.texts.append(text)
            self.row += 2
        for part in _boxes(paragraph):
            (self.draw if hasattr(part, "rows") else self.write)(part)

    def draw(self, table: Any) -> None:
        """Add a table; a merged cell is the same element at each of its places."""
        cells = [list(row.cells) for row in table.rows]
        self._note(table._tbl)
        places: dict[Any, list[tuple[int, int]]] = {}
        for r, row in enumerate(cells):
            for c, cell in enumerate(row):
                places.setdefault(cell._tc, []).append((r, c))
        merged = {at[0]: (at[-1][0] - at[0][0] + 1, at[-1][1] - at[0][1] + 1) for at in places.values() if len(at) > 1}
        texts = [[settled("\n".join(p.text for p in cell.paragraphs)) for cell in row] for row in cells]
        if not texts or not any(map(any, texts)):
            self._draw_inner(cells)
            return
        self.grids.append(grid(self.number, self.row, texts, merged, [False] * len(texts)))
        self.texts += ["\t".join(row) for row in texts]
        self.row += len(texts) + 2
        self._draw_inner(cells)

    def _draw_inner(self, cells: Sequence[Sequence[Any]]) -> None:
        """Add the tables that stand in a table's cells, below it."""
        for cell in {cell._tc: cell for row in cells for cell in row}.values():
            for inner in cell.tables:
                self.draw(inner)

    def _note(self, element: Any) -> None:
        """Keep the footnotes that are referred to in an element for the page's foot."""
        ids = [reference.get(f"{_W}id") for reference in element.iter(f"{_W}footnoteReference")]
        self.noted += [text for one in ids if (text := self.notes.get(one, "")) and text not in self.noted]

    def sheet(self) -> Sheet:
        """The page as the reader takes it."""
        self.name(NOTE)
        for text in self.noted:
            self.lines.append(line(text, self.row, SIZE, False))
            self.texts.append(text)
            self.row += 2
        height = max(LINE * (self.row + 4), WIDTH)
        lines = (*edge_lines(self.edges), *self.lines)
        texts = "\n".join(self.texts)
        made = Sheet(self.number, WIDTH, height, lines, tuple(self.grids), texts, ours="text")
        return with_cards(replace(made, spots=Spots(tuple(self.spots))))
