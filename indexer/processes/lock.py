"""Locks between processes: files that are held while something must not be done twice at once."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from corpus.errors import StoreError
from kpi_tools.database import make_folder

AGAIN = 0.2  # seconds between two tries for a lock that another process holds


@contextmanager
def held(file: Path, waiting: Callable[[], None] | None = None) -> Iterator[IO[str]]:
    """Hold the lock `file`, made if need be; `waiting` is called while another process holds it, and what it raises
    ends the waiting. Raises StoreError.

    The system lets go of it when the process ends, however it ends. Taking it does not change the file.
    """
    make_folder(file.parent)
    try:
        lock = file.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"The index may not be written by this user: {error.strerror} ({file})") from error
    with lock:
        while waiting and not _taken(lock):
            waiting()
            time.sleep(AGAIN)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
