""" "Show the source": the page of the stored paper as a picture, cropped to what is cited, the very cells outlined."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Citation
from corpus.errors import PackclerkError
from corpus.paper import Box
from corpus.settings import Settings
from kpi_tools.public import PublicStore, store_for

DPI = 144
ABOVE, BELOW = 150.0, 50.0  # points of the page that are shown around what is cited where it stands in no table
MARGIN = 30.0  # points that are shown around a table
LINE = 2.0  # points
MOST = 3  # pictures


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and what it shows in words."""

    name: str
    content: bytes
    title: str
    alt: str

    @property
    def told(self) -> tuple[bytes, str, str]:
        """All but the name."""
        return self.content, self.title, self.alt


class Sources:
    """Draws the pages that answers cite, out of the papers' own files."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def may_show(self, citations: Sequence[Citation], cleared: bool) -> bool:
        """Whether each place that is cited may be told, as things stand now."""
        store = store_for(self._settings, cleared)
        if isinstance(store, PublicStore):
            return all((c.page, c.item) in store.open_places(c.document) for c in citations)
        return {c.document for c in citations} <= {paper.document for paper in store.papers()}

    def pictures(self, citations: Sequence[Citation], cleared: bool) -> list[Picture]:
        """The pages cited, each once, as far as all of a page may be shown, and it can be drawn."""
        if not self.may_show(citations, cleared):
            return []
        store = store_for(self._settings, cleared)
        paths = {paper.document: paper.path for paper in store.papers()}
        pages: dict[tuple[str, int], list[Citation]] = {}
        for citation in citations:
            if not isinstance(store, PublicStore) or citation.page in store.open_pages(citation.document):
                pages.setdefault((citation.document, citation.page), []).append(citation)
        drawn = []
        for number, ((document, page), cited) in enumerate(list(pages.items())[:MOST], 1):
            try:
                content = draw(str(paths[document]), page, [c.box for c in cited])
            except PackclerkError:
                continue  # a text file has no pages to draw, and a file may be gone
            where = f"{document}, PDF page {page}{f' ({cited[0].label})' if cited[0].label else ''}"
            words = f"{where}: {'; '.join(dict.fromkeys(c.quote for c in cited))}"[:990]
            drawn.append(Picture(f"source-{number}.png", content, where, words))
        return drawn


def draw(path: str, page: int, boxes: Sequence[Box]) -> bytes:
    """The page's part around `boxes` as a PNG, with the boxes outlined. Raises PaperError."""
    from io import BytesIO
    from pathlib import Path

    from PIL import Image, ImageDraw

    from indexer.pdf import picture, read_tables
    from indexer.tasks import Pages

    image = Image.fromarray(picture(Path(path), page, DPI)).convert("RGB")
    scale, pen = DPI / 72, ImageDraw.Draw(image)
    for x0, top, x1, bottom in boxes:
        edges = (x0 * scale - 2, top * scale - 2, x1 * scale + 2, bottom * scale + 2)
        pen.rectangle(edges, outline=(209, 60, 40), width=round(LINE * scale))
    tables = [grid.box for sheet in read_tables(Pages(Path(path), path, page, page)) for grid in sheet.grids]
    spans = [_span(box, tables) for box in boxes]
    top, bottom = max(0.0, min(s[0] for s in spans) * scale), min(image.height, max(s[1] for s in spans) * scale)
    out = BytesIO()
    image.crop((0, round(top), image.width, round(bottom))).save(out, format="PNG", optimize=True)
    return out.getvalue()


def _span(box: Box, tables: Sequence[Box]) -> tuple[float, float]:
    """From which height to which the page is shown for a box: its table, or what stands around it."""
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for x0, top, x1, bottom in tables:
        if x0 <= middle[0] <= x1 and top <= middle[1] <= bottom:
            return top - MARGIN, bottom + MARGIN
    return box[1] - ABOVE, box[3] + BELOW
