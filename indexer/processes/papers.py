"""Many papers read at a time: each is waited for by a thread, and its pages are read by workers that all share."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import PaperError
from corpus.settings import Limits
from indexer.files import Job
from indexer.processes.watched import LostError
from indexer.processes.workers import cores, workers
from indexer.tasks import Pages

if TYPE_CHECKING:
    from kpi_tools.extraction import Extraction

TELL = 1.0  # seconds between two words on how far reading is

Read = Callable[..., "Extraction"]  # (path, document, map_pages)
Outcome = tuple[Job, "Extraction | BaseException"]
Tell = Callable[[int, int], None]  # pages read, and pages known of so far


@dataclass(slots=True)
class _Pages:
    """How many pages of the papers under way are read, and of how many."""

    read: int = 0
    known: int = 0

    def counting(self, map_pages: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """The same `map_pages`, its ranges of pages counted."""

        def counted(function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
            every = list(tasks)
            sizes = [len(task) if isinstance(task, Pages) else 0 for task in every]
            self.known += sum(sizes)
            for value, size in zip(map_pages(function, every), sizes, strict=True):
                self.read += size
                yield value

        return counted


def read_all(jobs: Sequence[Job], read: Read, limits: Limits, tell: Tell) -> Generator[Outcome, None, None]:
    """Each job with what was read, or with the error that reading it met; a few are read ahead, the largest first.

    `tell` is called while reading goes on; what it raises ends that at once.
    """
    pages = _Pages()
    waiting = deque(sorted(jobs, key=lambda job: -job.size))  # a large one begun last would be waited for alone
    running: deque[tuple[Job, Future[Extraction]]] = deque()
    with ThreadPoolExecutor(cores() + 1, "reading-a-paper") as drivers, workers(limits) as pool:
        try:
            while waiting or running:
                while waiting and len(running) <= cores():
                    job = waiting.popleft()
                    running.append((job, drivers.submit(_read, job, read, pages.counting(pool.map))))
                job, future = running.popleft()
                while not wait([future], TELL).done:
                    tell(pages.read, pages.known)
                yield job, future.exception() or future.result()
        finally:
            drivers.shutdown(wait=False, cancel_futures=True)


def _read(job: Job, read: Read, map_pages: Callable[..., Iterator[Any]]) -> "Extraction":
    try:
        return read(job.path, job.document, map_pages)
    except LostError as error:
        raise PaperError(job.document, str(error)) from error
