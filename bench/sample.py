"""What benches share: the sample papers, indexed, and what a process costs."""

import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from corpus.settings import Settings

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
TODAY = date(2022, 4, 10)  # the asking day, where a question has none of its own


def cpu_seconds(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """The CPU time, user and system, of a command and of the processes that it starts."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextmanager
def indexed(data: str = "") -> Iterator[Settings]:
    """Settings of an index of the sample papers, in the folder `data`, or in one that goes when it is done with."""
    from indexer.index import index_paths

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=data or folder)
        index_paths([SAMPLE], settings)
        yield settings
