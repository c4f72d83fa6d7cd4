"""A paper from its file to its figures, step by step in worker processes."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.settings import Limits

if TYPE_CHECKING:
    from indexer.sheet import Facts, Sheet
    from kpi_tools.extraction import Extraction

MapPages = Callable[..., Iterable[Any]]


def read_paper(path: Path, document: str, map_pages: MapPages = map, most_pages: int = Limits().pages) -> "Extraction":
    """Read a paper and understand it. Raises PaperError, or what `map_pages` raises."""
    from indexer.loading import load  # here, as a run with nothing new reads no paper

    loaded = load(path, document, map_pages, most_pages)
    (found,) = map_pages(_understand, [(document, *loaded)])
    return found  # type: ignore[no-any-return]


def _understand(task: tuple[str, str, "Facts", list["Sheet"]]) -> "Extraction":
    from indexer.extract import extract
    from indexer.reader import compose

    return extract(compose(*task))


def read_tables(path: Path, limits: Limits) -> dict[str, Any]:
    """The tables of a file as `reader.tables_json` gives them. Raises PaperError."""
    from corpus.errors import PaperError
    from indexer.reader import tables_json
    from indexer.workers import LostError, workers

    with workers(limits) as pool:
        try:
            return tables_json(path, pool.map, limits.pages)
        except LostError as error:
            raise PaperError(path.name, str(error)) from error
