"""Reading on all cores: with few papers page by page, with many paper by paper, never more than a few ahead.

A paper that takes its process down is told from those that were being read beside it by reading each of them again,
alone.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from corpus.errors import PaperError
from indexer.files import Job
from kpi_tools.extraction import Extraction

Read = Callable[..., Extraction]  # (path, document) or (path, document, map_pages)
Outcome = tuple[Job, Extraction | BaseException]


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_all(jobs: Sequence[Job], read: Read) -> Generator[Outcome, None, None]:
    """Each job with what was read, or with the error that reading it met."""
    waiting = deque(sorted(jobs, key=lambda job: -job.size))  # a large one begun last would be waited for alone
    while waiting:
        suspects = yield from _together(waiting, read)
        for job in suspects:
            yield job, _alone(job, read)


def _together(waiting: deque[Job], read: Read) -> Generator[Outcome, None, list[Job]]:
    """Read until a process dies, and give those jobs that were being read then."""
    by_pages = len(waiting) <= cores()
    suspects: list[Job] = []
    running: deque[tuple[Job, Future[Extraction]]] = deque()
    pool, thread = _pool(cores()), ThreadPoolExecutor(1)  # one thread, as PDFium bears no two
    try:
        while running or (waiting and not suspects):
            while waiting and not suspects and len(running) < (2 if by_pages else 2 * cores()):
                job = waiting.popleft()
                running.append((job, _submit(job, read, pool, thread if by_pages else None)))
            job, future = running.popleft()
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                suspects.append(job)
            else:
                yield job, error or future.result()
    finally:
        pool.shutdown(cancel_futures=True)
        thread.shutdown(cancel_futures=True)
    return suspects


def _submit(job: Job, read: Read, pool: ProcessPoolExecutor, thread: ThreadPoolExecutor | None) -> Future[Extraction]:
    try:
        if thread:
            return thread.submit(read, job.path, job.document, pool.map)
        return pool.submit(read, job.path, job.document)
    except BrokenProcessPool as error:
        broken: Future[Extraction] = Future()
        broken.set_exception(error)
        return broken


def _alone(job: Job, read: Read) -> Extraction | BaseException:
    pool = _pool(1)
    try:
        future = pool.submit(read, job.path, job.document)
        error = future.exception()
        if isinstance(error, BrokenProcessPool):
            return PaperError(job.document, "reading it took the reading process down")
        return error or future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(size: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(size, multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """In a new worker: leave an interrupt to the main process, and end when that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent: Any = multiprocessing.parent_process()
    parent.join()
    os._exit(1)
