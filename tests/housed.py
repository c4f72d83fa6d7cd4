"""A folder of papers written by hand, and its index: what the tests of an index run share."""

from contextlib import closing
from pathlib import Path

from corpus.settings import Settings
from indexer.index import index_paths
from indexer.report import Report
from indexer.retrieval.search import Search
from kpi_tools.saved import Paper
from kpi_tools.store import Store
from tests.handmade import Letters, read_paper

MEANS: dict[str, object] = {"read": read_paper, "embedder": Letters()}


class House:
    """A folder of papers and a home for their index."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.papers = folder, folder / "papers"
        self.settings = Settings(home=str(folder / "home"))
        self.papers.mkdir()

    def write(self, name: str, text: str) -> Path:
        path = self.papers / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def index(self, *paths: Path, **options: object) -> Report:
        return index_paths(paths or [self.papers], self.settings, **(MEANS | options))  # type: ignore[arg-type]

    def known(self) -> list[Paper]:
        with closing(Store(self.settings.database)) as store:
            return store.papers()

    def documents(self) -> list[str]:
        return sorted(paper.document for paper in self.known())

    def found(self, question: str) -> list[str]:
        with closing(Store(self.settings.database)) as store:
            return [hit.passage.text for hit in Search(store, self.settings, Letters()).find(question)]

    def bytes(self) -> dict[Path, tuple[int, bytes]]:
        files = [one for one in self.settings.home_path.rglob("*") if one.is_file()]
        return {one: (one.stat().st_mtime_ns, one.read_bytes()) for one in files}


def run(papers: Path, settings: Settings, **options: object) -> Report:
    """Index a folder of papers written by hand."""
    return index_paths([papers], settings, **(MEANS | options))  # type: ignore[arg-type]
