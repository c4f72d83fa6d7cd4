"""The sample papers, indexed: what the bench asks its questions of."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from corpus.settings import Settings

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
TODAY = date(2022, 4, 10)  # the asking day, where a question has none of its own


@contextmanager
def indexed(data: str = "") -> Iterator[Settings]:
    """Settings of an index of the sample papers, in the folder `data`, or in one that goes when it is done with."""
    from indexer.index import index_paths

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=data or folder)
        index_paths([SAMPLE], settings)
        yield settings
