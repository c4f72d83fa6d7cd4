"""A paper from its file to its figures, step by step in worker processes."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from corpus.settings import Limits

if TYPE_CHECKING:
    from kpi_tools.extraction import Extraction

MapPages = Callable[..., Iterable[Any]]


def read_paper(path: Path, document: str, map_pages: MapPages = map, most_pages: int = Limits().pages) -> "Extraction":
    """Read a paper and understand it. Raises PaperError, or what `map_pages` raises."""
    from indexer.loading import load  # here, as a run with nothing new reads no paper

    with NamedTemporaryFile(prefix="packclerk-") as between:
        pickle.dump((document, *load(path, document, map_pages, most_pages)), between)
        between.flush()  # and the sheets of a long paper are held here no longer
        (found,) = map_pages(_understand, [Path(between.name)])
    return found  # type: ignore[no-any-return]


def _understand(between: Path) -> "Extraction":
    from indexer.extract import extract
    from indexer.reader import compose

    return extract(compose(*pickle.loads(between.read_bytes())))


def read_tables(path: Path, limits: Limits) -> tuple[Iterator[dict[str, Any]], dict[str, Any]]:
    """The tables of a file, one after the other, and what else there is to say, as `overleaf.tables_of` gives them.
    Raises PaperError, before the first."""
    from corpus.errors import PaperError
    from indexer.overleaf import tables_of
    from indexer.workers import LostError, workers

    with workers(limits) as pool:
        try:
            return tables_of(path, pool.map, limits.pages)
        except LostError as error:
            raise PaperError(path.name, str(error)) from error
