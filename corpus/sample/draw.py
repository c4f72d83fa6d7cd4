"""Draws the sample papers: `python -m corpus.sample.draw`. The same sources give the same bytes.

Each paper is a file of `source/`, in the Markdown of `markup.py`. The packs imitate those that councils publish: a
front sheet and a blank page without a number, then "Page 1", and "Agenda Item 8" on an item's first page; both are
stamped after all else on the page.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from corpus.sample.markup import Block, blocks
from corpus.sample.style import PROSE, markup, table

FOLDER = Path(__file__).parent
SIZES = {"portrait": A4, "landscape": landscape(A4)}
MARGIN = 56.0
FEW_ROWS = 80.0  # the room that a table needs at a page's foot to begin there
BLANK = "This page is intentionally left blank"


@dataclass(slots=True)
class Course:
    """What becomes known while a paper is drawn: the page on which each item begins, and the last page."""

    first: dict[str, int] = field(default_factory=dict)
    last: int = 0
    label: int = 1  # the number that is printed on the first item's first page

    def printed(self, page: int) -> str:
        """The number printed on the PDF's page `page`; "" on the front sheet."""
        start = min(self.first.values(), default=sys.maxsize)
        return str(page - start + self.label) if page >= start else ""

    def span(self, item: str) -> str:
        """ "8 - 17": the printed pages of an item, up to the next one."""
        if item not in self.first:
            return "00 - 00"
        after = [page - 1 for page in self.first.values() if page > self.first[item]]
        return f"{self.printed(self.first[item])} - {self.printed(min(after, default=self.last))}"


class Bookmark(Flowable):
    """An entry of the outline; an item's is noted in the course too."""

    def __init__(self, title: str, level: int, course: Course, item: str = "") -> None:
        super().__init__()
        self.title, self.level, self.course, self.item = title, level, course, item
        self.width = self.height = 0
        self.keepWithNext = 1

    def draw(self) -> None:
        canvas = self.canv
        page = canvas.getPageNumber()
        if self.item:
            self.course.first[self.item] = page
        key = f"{page} {self.title}"
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(self.title, key, self.level)


def stamp(canvas: Canvas, course: Course, width: float, height: float) -> None:
    """Print the page's number at its foot and an item's number on its first page, after all else."""
    page = canvas.getPageNumber()
    course.last = page
    label = course.printed(page)
    canvas.setFont("Helvetica", 10)
    if label:
        canvas.drawCentredString(width / 2, 24, f"Page {label}")
    for item, first in course.first.items():
        if first == page:
            canvas.setFont("Helvetica-Bold", 11)
            canvas.drawRightString(width - 30, height - 30, f"Agenda Item {item}")


class Writer:
    """Turns the blocks of one paper into what reportlab lays out."""

    def __init__(self, course: Course, known: Course) -> None:
        self.course, self.known = course, known
        self.story: list[Flowable] = []
        self.shape = "portrait"
        self.next_table: tuple[str, list[float], bool] = ("plain", [], False)
        self.meta: dict[str, str] = {}
        self.directives: dict[str, Callable[[str], None]] = {
            "item": self._item,
            "agenda": lambda text: self.story.append(Bookmark(text, 0, self.course)),
            "part": lambda text: self.story.append(Bookmark(text, 1, self.course)),
            "page": lambda text: self._page(text or self.shape),
            "blank": lambda _: self._blank(),
            "widths": self._widths,
        }

    def write(self, block: Block) -> None:
        """Add one block; a directive that is none of ours names a fact of the whole paper."""
        if block.kind == "table":
            self._table(block)
        elif block.kind in PROSE:
            self._prose(block)
        elif block.kind in self.directives:
            self.directives[block.kind](block.text)
        else:
            self.meta[block.kind] = block.text

    def _prose(self, block: Block) -> None:
        text = block.text
        for item in self.known.first:
            text = text.replace(f"{{{item}}}", self.known.span(item))
        sign = {"number": block.mark, "bullet": block.mark.replace("-", "–")}.get(block.kind)
        style = PROSE[block.kind]
        paragraph = Paragraph(markup(text), style, bulletText=sign)
        paragraph.keepWithNext = int(style.keepWithNext or text.endswith(":"))
        self.story.append(paragraph)

    def _item(self, text: str) -> None:
        number, _, title = text.partition(" ")
        self._page("portrait")
        self.story.append(Bookmark(f"{number} {title}", 0, self.course, number))

    def _page(self, shape: str) -> None:
        self.shape = shape
        self.story += [NextPageTemplate(shape), PageBreak()]

    def _blank(self) -> None:
        self._page("portrait")
        self.story += [Spacer(1, 300), Paragraph(BLANK, PROSE["centred"])]

    def _widths(self, text: str) -> None:
        look, *numbers = text.split()
        flows = "flows" in numbers
        self.next_table = (look, [float(n) for n in numbers if n != "flows"], flows)

    def _table(self, block: Block) -> None:
        """A table of the look and widths that the last directive set, kept on one page unless it `flows`."""
        look, widths, flows = self.next_table
        room = SIZES[self.shape][0] - 2 * MARGIN
        heads = self._heads()
        drawn = table(block, look, widths, room)
        if flows:
            self.story += [CondPageBreak(FEW_ROWS), *heads, drawn]
        else:
            self.story.append(KeepTogether([*heads, drawn]))

    def _heads(self) -> list[Flowable]:
        """Take the headings that lead up to here off the story: they stand over the table's first rows."""
        heads: list[Flowable] = []
        while self.story and bool(getattr(self.story[-1], "keepWithNext", 0)):
            heads.insert(0, self.story.pop())
            heads[0].keepWithNext = 0
        return heads


def draw(source: Path, target: Path) -> None:
    """Draw one source as a PDF; twice over, as the agenda prints the pages on which its items turn out to be."""
    known = Course()
    for _ in range(2):
        course = Course()
        writer = Writer(course, known)
        for block in blocks(source.read_text(encoding="utf-8")):
            writer.write(block)
        course.label = known.label = int(writer.meta.get("label", "1"))
        document = BaseDocTemplate(
            str(target),
            title=writer.meta["document"],
            author="",
            subject=writer.meta["about"],
            creator="packclerk sample papers",
            invariant=1,
            pageCompression=0,  # no compressor, whose versions differ, between the sources and the bytes
        )
        document.addPageTemplates([_template(shape, course) for shape in SIZES])
        document.build(writer.story)
        known = course


def _template(shape: str, course: Course) -> PageTemplate:
    width, height = SIZES[shape]
    frame = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0)
    return PageTemplate(
        shape, [frame], pagesize=(width, height), onPageEnd=lambda canvas, _: stamp(canvas, course, width, height)
    )


def main() -> None:
    """Draw all samples into the folder of this module."""
    for source in sorted(FOLDER.glob("source/*.md")):
        target = FOLDER / f"{source.stem}.pdf"
        draw(source, target)
        print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
