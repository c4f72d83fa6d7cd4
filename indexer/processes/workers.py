"""Reading in processes of its own, on all cores. Nothing of ours opens a paper anywhere else.

Each worker has one task at a time and is watched from outside: one that dies, takes too long or takes too much memory
is ended, the paper that it was reading is told as unreadable, and another takes its place.
"""

import os
import pickle
import select
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from corpus.errors import PaperError
from corpus.settings import Limits
from indexer.files import Job
from indexer.processes.frames import receive, send
from indexer.tasks import Pages, Picture

if TYPE_CHECKING:
    from kpi_tools.extraction import Extraction

LOOK = 100  # milliseconds between two looks at a worker's memory
TELL = 1.0  # seconds between two words on how far reading is
MEGABYTE = 1 << 20
START = 60.0  # seconds that a worker may take to start and to import what its task needs
MOST_LOST = 2  # pages of a range: where more of them take their worker, the paper is given up
FEW = 40  # pages that one worker has read before another one has started
AHEAD = 2  # tasks for each worker that are done before the values of earlier ones are wanted
SPARE = 2  # times the limit: what the system itself refuses to a worker
HOME = Path(__file__).parents[2]  # where the packages of this project stand

Read = Callable[..., "Extraction"]  # (path, document, map_pages)
Outcome = tuple[Job, "Extraction | BaseException"]
Tell = Callable[[int, int], None]  # pages read, and pages known of so far


class LostError(Exception):
    """A worker was lost over its task. `str(error)` says why, as a sentence about the paper."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """So many workers, each started when it is first needed; 0: as many as there are cores."""

    def __init__(self, limits: Limits, most: int = 0) -> None:
        self._limits = limits
        self._most = most or cores()
        self._threads = ThreadPoolExecutor(self._most, "watching-a-worker")
        self._idle: deque[_Worker] = deque()
        self._all: list[_Worker] = []
        self._closed = False

    def map(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        """The values of `function`, which must be top-level, for each task, in order. Raises what it raises, or
        LostError; but of pages those that can be read are, and a few that take their worker are told as lost."""
        if isinstance(tasks, Sequence) and _is_little(tasks):
            for task in tasks:  # one after the other, and so all in one worker
                yield self._threads.submit(self._ask, function, task).result()
            return
        ahead: deque[Future[Any]] = deque()
        try:
            for task in tasks:
                ahead.append(self._threads.submit(self._ask, function, task))
                if len(ahead) > AHEAD * self._most:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            for each in ahead:
                each.cancel()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        self._closed = True
        for worker in list(self._all):
            worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.end()

    def _ask(self, function: Callable[[Any], Any], task: Any) -> Any:
        return self._in_parts(function, task, self._limits.seconds, [])

    def _in_parts(self, function: Callable[[Any], Any], task: Any, seconds: float, lost: list[str]) -> Any:
        """The value for a task; halves of one that took its worker have half of its time each. `lost`: why pages of it
        were given up so far."""
        try:
            return self._once(function, task, seconds)
        except LostError as error:
            if self._closed or not isinstance(task, Pages | Picture) or len(lost) == MOST_LOST:
                raise
            if halves := task.halves():
                return [one for half in halves for one in self._in_parts(function, half, seconds / 2, lost)]
            lost.append(str(error))
            return task.lost(lost[-1])

    def _once(self, function: Callable[[Any], Any], task: Any, seconds: float) -> Any:
        worker = self._take()
        try:
            done, value = worker.ask(function, task, seconds)
        except LostError:
            self._end(worker)
            raise
        if worker.memory() > self._limits.megabytes * MEGABYTE / 2:  # or the next paper would be blamed for it
            self._end(worker)
        else:
            self._idle.append(worker)
        if not done:
            raise value
        return value

    def _take(self) -> "_Worker":
        try:
            return self._idle.pop()
        except IndexError:
            worker = _Worker(self._limits)
        self._all.append(worker)
        if self._closed:
            worker.kill()
        return worker

    def _end(self, worker: "_Worker") -> None:
        self._all.remove(worker)
        worker.end()


def _is_little(tasks: Sequence[Any]) -> bool:
    """Whether one worker does them as soon as several, and at less cost: starting each takes as long as many pages."""
    return all(isinstance(task, Pages) for task in tasks) and sum(map(len, tasks)) <= FEW


class _Worker:
    """A process that waits for tasks."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        most = SPARE * limits.megabytes * MEGABYTE
        path = os.pathsep.join([*(entry or str(Path.cwd()) for entry in sys.path), str(HOME)])
        self._process = subprocess.Popen(  # -S: the places of all modules are told, so that none need be looked for
            [sys.executable, "-S", "-m", "indexer.processes.worker", str(most)],
            env=os.environ | {"PYTHONPATH": path}, bufsize=0, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._tasks = cast(FileIO, self._process.stdin)
        self._values = cast(FileIO, self._process.stdout)
        self._said = select.poll()
        self._said.register(self._values, select.POLLIN)

    def ask(self, function: Callable[[Any], Any], task: Any, seconds: float) -> tuple[bool, Any]:
        """Whether the function gave a value in that time, and that or its error. Raises LostError."""
        try:
            send(self._tasks, pickle.dumps((function, task)))
            self._wait(START)
            receive(self._values)  # it has imported what it needs, and begins
            self._wait(seconds)
            done, value = pickle.loads(receive(self._values))
        except (EOFError, OSError) as error:
            raise LostError("reading it took the reading process down") from error
        if isinstance(value, MemoryError):
            raise self._too_large()
        return done, value

    def _wait(self, seconds: float) -> None:
        """Wait until it says something; look at its memory meanwhile."""
        until = time.monotonic() + seconds
        while not self._said.poll(LOOK):
            if time.monotonic() > until:
                raise LostError(f"it is too slow: a step of reading it took more than {seconds:g} seconds")
            if self.memory() > self._limits.megabytes * MEGABYTE:
                raise self._too_large()

    def memory(self) -> int:
        """The bytes of memory that it holds; 0 where the system does not tell."""
        try:
            pages = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGESIZE")

    def kill(self) -> None:
        """End the process at once; whoever waits for its answer is told that it is lost."""
        self._process.kill()

    def end(self) -> None:
        """End the process, and wait until it has ended."""
        self._process.kill()
        self._process.wait()
        self._tasks.close()
        self._values.close()

    def _too_large(self) -> LostError:
        return LostError(f"it is too large: reading it takes more than {self._limits.megabytes} MB of memory")


@contextmanager
def workers(limits: Limits) -> Iterator[Workers]:
    """Workers that end with the block."""
    opened = Workers(limits)
    try:
        yield opened
    finally:
        opened.close()


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


def read_all(
    jobs: Sequence[Job], read: Read, limits: Limits, tell: Tell = lambda _read, _known: None
) -> Generator[Outcome, None, None]:
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
