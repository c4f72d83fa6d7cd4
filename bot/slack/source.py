""" "Show the source": the page of the stored paper as a picture, cropped to what is cited, the very cells outlined."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.answer import Citation
from corpus.errors import PackclerkError
from corpus.paper import Box
from corpus.settings import Settings
from kpi_tools.ledger import Record
from kpi_tools.measures import Observation, Target
from kpi_tools.names import squash
from kpi_tools.public import PublicStore, store_for
from kpi_tools.saved import Paper
from kpi_tools.store import Store

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

    def stands(self, citations: Sequence[Citation], cleared: bool, at: float) -> bool:
        """Whether papers that were read again since `at` still say what is cited of them, where it was."""
        read = {paper.document: paper.indexed_at for paper in store_for(self._settings, cleared=True).papers()}
        since = [c for c in citations if c.document in read and _time(read[c.document]) > at]
        return not since or _says(store_for(self._settings, cleared), since)

    def pictures(self, citations: Sequence[Citation], cleared: bool) -> list[Picture]:
        """The pages cited, each once, as far as all of a page may be shown, and it can be drawn."""
        if not self.may_show(citations, cleared):
            return []
        store = store_for(self._settings, cleared)
        papers = {paper.document: paper for paper in store.papers()}
        pages: dict[tuple[str, int], list[Citation]] = {}
        for citation in citations:
            if not isinstance(store, PublicStore) or citation.page in store.open_pages(citation.document):
                pages.setdefault((citation.document, citation.page), []).append(citation)
        drawn = []
        for number, ((document, page), cited) in enumerate(list(pages.items())[:MOST], 1):
            try:
                paper = papers[document]
                if _sha256(paper.path) != paper.sha256:
                    continue  # it holds something else by now
                content = draw(str(paper.path), page, [c.box for c in cited])
            except (PackclerkError, OSError):
                continue  # a text file has no pages to draw, and a file may be gone
            where = f"{document}, PDF page {page}{f' ({cited[0].label})' if cited[0].label else ''}"
            words = f"{where}: {'; '.join(dict.fromkeys(c.quote for c in cited))}"[:990]
            drawn.append(Picture(f"source-{number}.png", content, where, words))
        return drawn

    def quotes(self, citations: Sequence[Citation], cleared: bool) -> list[str]:
        """What is cited of Word documents, workbooks and texts, which have no pages to draw; nothing of a file that
        holds something else by now."""
        if not self.may_show(citations, cleared):
            return []
        papers = {paper.document: paper for paper in store_for(self._settings, cleared).papers()}
        return list(dict.fromkeys(c.quote for c in citations if _has_no_pages(papers[c.document])))


def _has_no_pages(paper: Paper) -> bool:
    try:
        return paper.path.suffix.lower() != ".pdf" and _sha256(paper.path) == paper.sha256
    except OSError:
        return False


def _time(read: str) -> float:
    """When a paper was read, in seconds."""
    return datetime.fromisoformat(read).timestamp()


def _says(store: Store, cited: Sequence[Citation]) -> bool:
    """Whether a store has the words of each citation on its page."""
    wanted = {(c.document, c.page) for c in cited}
    said: dict[tuple[str, int], list[str]] = defaultdict(list)
    rows: list[Observation | Target | Record] = [*store.observations(), *store.targets(), *store.records()]
    for row in rows:
        if (row.place.document, row.place.page) in wanted:
            said[row.place.document, row.place.page].append(squash(row.quote))
    for passage in store.passages().values():
        for place in passage.places:
            if (place.document, place.page) in wanted:
                said[place.document, place.page].append(squash(f"{passage.heading} {passage.text}"))
    parts = [((c.document, c.page), squash(part)) for c in cited for part in c.quote.split("…")]
    return all(any(part in text for text in said[at]) for at, part in parts if part)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def draw(path: str, page: int, boxes: Sequence[Box]) -> bytes:
    """The page's part around `boxes` as a PNG, with the boxes outlined. Raises PaperError."""
    from io import BytesIO

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
