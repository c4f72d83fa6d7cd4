"""Drawing small PDFs for the tests of the reader: lines of text, ruled tables, outlines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

HEIGHT = A4[1]


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
