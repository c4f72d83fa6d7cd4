"""The index as the public may see it: as though nothing exempt had ever been read.

What is asked through this store cannot tell an exempt paper from one that is not there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TypeVar

from sqlalchemy import select

from corpus.paper import Passage
from corpus.settings import Settings
from kpi_tools import schema
from kpi_tools.corrected import CorrectedStore
from kpi_tools.extraction import TableNote
from kpi_tools.ledger import Record
from kpi_tools.measures import Observation, Target
from kpi_tools.names import squash
from kpi_tools.saved import Paper

T = TypeVar("T")

COUNTED = {
    "observations": schema.OBSERVATIONS,
    "targets": schema.TARGETS,
    "records": schema.RECORDS,
    "passages": schema.PASSAGES,
}


@dataclass(slots=True)
class _Open:
    """What is public of one paper: rows by kind, and (page, item) where public and where exempt rows stand."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    public: set[tuple[int, str]] = field(default_factory=set)
    exempt: set[tuple[int, str]] = field(default_factory=set)

    @property
    def any(self) -> bool:
        """Whether anything of it is public."""
        return any(self.counts.values())

    def closes(self, page: int, item: str) -> bool:
        """Whether what was public there is so no more, and something exempt stands on its page, or alone is left."""
        exempt = not self.public or any(page == other for other, _ in self.exempt)
        return exempt and (page, item) not in self.public

    @property
    def pages(self) -> set[int]:
        """Those with something public and nothing exempt; a page with nothing on it is in doubt, and so closed."""
        return {page for page, _ in self.public} - {page for page, _ in self.exempt}


class PublicStore(CorrectedStore):
    """The store without anything exempt, whatever is asked of it."""

    def papers(self) -> list[Paper]:
        """The papers of which something is public, with what is public of them counted."""
        found = self._open()
        return [self._seen(paper, found[paper.document]) for paper in super().papers() if found[paper.document].any]

    def observations(self, exempt: bool = False) -> list[Observation]:  # noqa: ARG002
        """The public observations."""
        return super().observations(exempt=False)

    def targets(self, exempt: bool = False) -> list[Target]:  # noqa: ARG002
        """The public targets."""
        return super().targets(exempt=False)

    def records(self, kind: str = "", exempt: bool = False) -> list[Record]:  # noqa: ARG002
        """The public records."""
        return super().records(kind, exempt=False)

    def passages(self, ids: Iterable[str] | None = None, exempt: bool = False) -> dict[str, Passage]:  # noqa: ARG002
        """The public passages."""
        return super().passages(ids, exempt=False)

    def passages_on(self, document: str, page: int, exempt: bool = False) -> list[Passage]:  # noqa: ARG002
        """The public passages that begin on a page."""
        return super().passages_on(document, page, exempt=False)

    def passage_ids(self, exempt: bool = False) -> list[str]:  # noqa: ARG002
        """The ids of the public passages."""
        return super().passage_ids(exempt=False)

    def matches(self, question: str, limit: int, exempt: bool = False) -> list[tuple[str, float]]:  # noqa: ARG002
        """Those of the public passages that share words with the question."""
        return super().matches(question, limit, exempt=False)

    def notes(self, document: str) -> list[TableNote]:
        """What became of the tables on the pages that are open."""
        pages = self.open_pages(document)
        return [note for note in super().notes(document) if note.page in pages]

    def open_pages(self, document: str) -> frozenset[int]:
        """The pages of a paper that may be shown whole."""
        return frozenset(self._open()[document].pages)

    def open_places(self, document: str) -> frozenset[tuple[int, str]]:
        """Each (page, item) of a paper of which something is public and nothing exempt."""
        found = self._open()[document]
        return frozenset(found.public - found.exempt)

    def closed(self, told: Iterable[T], cited: Callable[[T], Iterable[tuple[str, int, str]]]) -> list[T]:
        """What of this was told out of a (document, page, item) that is exempt by now; what left the index is not."""
        told = list(told)
        found = self._open() if told else {}
        return [each for each in told if any(at[0] in found and found[at[0]].closes(*at[1:]) for at in cited(each))]

    def _open(self) -> Mapping[str, _Open]:
        found: dict[str, _Open] = defaultdict(_Open)
        with self._database.reading() as connection:
            for kind, table in COUNTED.items():
                where = [table.c.places] if kind == "passages" else [table.c.page, table.c.item]
                rows = select(schema.PAPERS.c.document, table.c.exempt, *where).join(schema.PAPERS)
                for document, exempt, *at in connection.execute(rows):
                    places = {(place[0], place[2]) for place in at[0]} if kind == "passages" else {(at[0], at[1])}
                    (found[document].exempt if exempt else found[document].public).update(places)
                    found[document].counts[kind] += not exempt
        return found

    def _seen(self, paper: Paper, found: _Open) -> Paper:
        notes = [note for note in super().notes(paper.document) if note.page in found.pages]
        counts = found.counts | {"tables": len(notes), "unread": sum(not note.shape for note in notes)}
        ocr = tuple(page for page in paper.ocr_pages if page in found.pages)
        # when it was read would tell that an exempt part of it changed
        seen = replace(paper, pages=len(found.pages), counts=counts, ocr_pages=ocr, indexed_at="")
        return replace(seen, title=PurePath(paper.document).stem) if found.exempt and self._is_closed(paper) else seen

    def _is_closed(self, paper: Paper) -> bool:
        """Whether a paper's title stands in what is exempt of it alone, as where its first report was ruled so."""
        passages, title = schema.PASSAGES, squash(paper.title)
        said = select(passages.c.heading, passages.c.text, passages.c.exempt).join(schema.PAPERS)
        with self._database.reading() as connection:
            rows = connection.execute(said.where(schema.PAPERS.c.document == paper.document)).all()
        holding = {row.exempt for row in rows if title in squash(f"{row.heading} {row.text}")}
        return holding == {True}


def store_for(settings: Settings, cleared: bool) -> CorrectedStore:
    """The index as somebody may see it who is cleared for exempt papers, or not."""
    return CorrectedStore(settings) if cleared else PublicStore(settings)
