"""Drawing small PDFs for the tests of the reader: lines of text, ruled tables, outlines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench.layouts import Texts, tables
from indexer.reader import read_pack

HEIGHT = A4[1]
GREY = HexColor("#dddddd")


@dataclass
class Drawing:
    """A PDF that is being drawn, top to bottom; `y` is the place of the next line, from the page's top."""

    path: Path
    title: str = ""
    canvas: Canvas = field(init=False)
    y: float = 70

    def __post_init__(self) -> None:
        self.canvas = Canvas(str(self.path), pagesize=A4, invariant=True)
        self.canvas.setTitle(self.title)

    def text(self, words: str, x: float = 60, size: float = 10, bold: bool = False, gap: float = 10) -> "Drawing":
        """A line of text and the gap below it (under 4 points: the next line belongs to it)."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, HEIGHT - self.y - size, words)
        self.y += size + gap
        return self

    def at(self, words: str, x: float, y: float, size: float = 10) -> "Drawing":
        """Words at a place of the page, from its top left corner."""
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawString(x, HEIGHT - y - size, words)
        return self

    def table(self, rows: Sequence[Sequence[str | None]], widths: Sequence[float], x: float = 60, cut: bool = False,
              bold: bool = True) -> "Drawing":  # fmt: skip
        """A ruled table; None is covered by the cell to its left. `cut`: no line under the last row."""
        edges = [x + sum(widths[:count]) for count in range(len(widths) + 1)]
        for number, row in enumerate(rows):
            top, foot = HEIGHT - self.y, HEIGHT - self.y - 20
            self.canvas.setFont("Helvetica-Bold" if bold and not number else "Helvetica", 9)
            self.canvas.line(edges[0], top, edges[-1], top)
            for column, words in enumerate(row):
                if words is not None:
                    self.canvas.line(edges[column], top, edges[column], foot)
                    self.canvas.drawString(edges[column] + 4, foot + 6, words)
            self.canvas.line(edges[-1], top, edges[-1], foot)
            self.y += 20
        if not cut:
            self.canvas.line(edges[0], HEIGHT - self.y, edges[-1], HEIGHT - self.y)
        self.y += 16
        return self

    def row(self, texts: Sequence[str], edges: Sequence[float], y: float, *, size: float = 9, bold: bool = False,
            right: bool = False) -> "Drawing":  # fmt: skip
        """Texts in columns, standing on the height `y`; `right`: those behind the first end at their columns' right."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        for column, (text, (x0, x1)) in enumerate(zip(texts, pairwise(edges), strict=False)):
            if right and column:
                self.canvas.drawRightString(x1 - 4, HEIGHT - y, text)
            else:
                self.canvas.drawString(x0 + 4, HEIGHT - y, text)
        return self

    def rule(self, y: float, edges: Sequence[float]) -> "Drawing":
        """A level rule, in a piece for each column."""
        for x0, x1 in pairwise(edges):
            self.canvas.line(x0, HEIGHT - y, x1, HEIGHT - y)
        return self

    def upright(self, top: float, foot: float, edges: Sequence[float]) -> "Drawing":
        """An upright rule at each of some columns' edges."""
        for x in edges:
            self.canvas.line(x, HEIGHT - top, x, HEIGHT - foot)
        return self

    def shade(self, top: float, foot: float, edges: Sequence[float], colour: Color = GREY) -> "Drawing":
        """Shades of one height, one for each column, to be written on."""
        self.canvas.setFillColor(colour)
        for x0, x1 in pairwise(edges):
            self.canvas.rect(x0, HEIGHT - foot, x1 - x0, foot - top, stroke=0, fill=1)
        self.canvas.setFillColor(black)
        return self

    def tables(self) -> list[list[Texts]]:
        """Write the file, and read its tables: those with two rows and two columns or more."""
        return tables(read_pack(self.done(), self.path.name))

    def mark(self, title: str) -> "Drawing":
        """An entry of the outline to this page."""
        self.canvas.bookmarkPage(title)
        self.canvas.addOutlineEntry(title, title)
        return self

    def page(self, foot: str = "") -> "Drawing":
        """End the page, with `foot` at its foot."""
        if foot:
            self.at(foot, 280, 815, 9)
        self.canvas.showPage()
        self.y = 70
        return self

    def done(self) -> Path:
        """Write the file."""
        self.canvas.save()
        return self.path
