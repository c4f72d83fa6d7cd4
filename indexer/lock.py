"""Locks between processes: files that are held while something must not be done twice at once."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from corpus.errors import StoreError
from kpi_tools.database import make_folder


@contextmanager
def held(file: Path, waiting: Callable[[], None] | None = None) -> Iterator[IO[str]]:
    """Hold the lock `file`, made if need be; `waiting` is called when another process holds it. Raises StoreError.

    The system lets go of it when the process ends, however it ends. Taking it does not change the file.
    """
    make_folder(file.parent)
    try:
        lock = file.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"The index may not be written by this user: {error.strerror} ({file})") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting:
                waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
