"""A paper from its file to its figures, step by step in worker processes."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.settings import Limits

if TYPE_CHECKING:
    from kpi_tools.extraction import Extraction

MapPages = Callable[..., Iterable[Any]]

PARTS = ("observations", "targets", "records", "passages")  # of an extraction, each kept on disk


def read_paper(path: Path, document: str, map_pages: MapPages = map, most_pages: int = Limits().pages) -> "Extraction":
    """Read a paper and understand it; its pages come without their text, which stands in the passages, and what was
    found in them stays on disk until it is used. Raises PaperError, or what `map_pages` raises."""
    from tempfile import NamedTemporaryFile

    from indexer.leftovers import prefix
    from indexer.loading import keep  # here, as a run with nothing new reads no paper
    from indexer.parts import File

    with NamedTemporaryFile(prefix=prefix()) as between:
        sha256, facts, kept = keep(path, document, map_pages, most_pages)
        pickle.dump((document, sha256, facts), between)
        with closing(kept):
            for sheet in kept:  # one at a time: those of a long paper take much memory
                pickle.dump(sheet, between)
        between.flush()
        (head,) = map_pages(_understand, [Path(between.name)])
        file = File.at(Path(between.name))
    found: Extraction
    found, tables, where = file.read(head)
    pack = replace(found.pack, tables=file.part(tables))
    parts: dict[str, Any] = {name: file.part(at) for name, at in where.items()}
    return replace(found, pack=pack, **parts)


def _understand(between: Path) -> int:
    """Put what is understood of a paper in the place of its sheets: through a pipe it would go in one piece. Returns
    where the head of it stands, which says where its parts are."""
    from indexer.extract import extract
    from indexer.parts import File
    from indexer.reader import compose
    from indexer.sheet import set_aside

    with between.open("rb") as read:
        document, sha256, facts = pickle.load(read)
        pack = compose(document, sha256, facts, set_aside(pickle.load(read) for _ in facts.labels))
    found = extract(pack)
    file = File(between.open("wb"))
    where = {name: file.put(getattr(found, name)) for name in PARTS}
    tables = file.put(found.pack.tables)
    pages = tuple(replace(page, lines=(), written=()) for page in found.pack.pages)
    bare = replace(found.pack, pages=pages, tables=())
    return file.write((replace(found, pack=bare, **dict.fromkeys(PARTS, ())), tables, where))


def read_tables(path: Path, limits: Limits) -> tuple[Iterator[dict[str, Any]], dict[str, Any]]:
    """The tables of a file, one after the other, and what else there is to say, as `overleaf.tables_of` gives them.
    Raises PaperError, before the first."""
    import indexer.pdf  # noqa: F401 - what the workers find tables with, which are copies: each has it then
    from corpus.errors import PaperError
    from indexer.overleaf import tables_of
    from indexer.processes.watched import LostError
    from indexer.processes.workers import workers

    with workers(limits, copied=True) as pool:
        try:
            return tables_of(path, pool.map, limits.pages)
        except LostError as error:
            raise PaperError(path.name, str(error)) from error
