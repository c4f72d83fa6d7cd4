"""Reading in processes of its own, on all cores. Nothing of ours opens a paper anywhere else.

Each worker has one task at a time and is watched from outside: one that dies, takes too long or takes too much memory
is ended, the paper that it was reading is told as unreadable, and another takes its place.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from corpus.settings import Limits
from indexer.processes.watched import MEGABYTE, LostError, Worker
from indexer.tasks import Pages, Picture

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

MOST_LOST = 2  # pages of a range: where more of them take their worker, the paper is given up
FEW = 60  # pages that one worker has read before another one has started
AHEAD = 2  # tasks for each worker that are done before the values of earlier ones are wanted


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """So many workers, each started when it is first needed; 0: as many as there are cores. `copied`: as of Worker."""

    def __init__(self, limits: Limits, most: int = 0, copied: bool = False) -> None:
        self._limits = limits
        self._most = most or cores()
        self._copied = copied
        self._idle: deque[Worker] = deque()
        self._all: list[Worker] = []
        self._closed = False
        self._threads = None if copied else _threads(self._most)

    def map(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        """The values of `function`, which must be top-level, for each task, in order. Raises what it raises, or
        LostError; but of pages those that can be read are, and a few that take their worker are told as lost."""
        threads = self._threads
        if isinstance(tasks, Sequence) and _is_little(tasks):
            for task in tasks:  # one after the other, and so all in one worker
                yield threads.submit(self._ask, function, task).result() if threads else self._ask(function, task)
            return
        if not threads:
            self._idle.extend(self._new() for _ in range(len(self._all), self._most))  # none is copied from then on
            threads = self._threads = _threads(self._most)
        ahead: deque[Future[Any]] = deque()
        try:
            for task in tasks:
                ahead.append(threads.submit(self._ask, function, task))
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
        if self._threads:
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

    def _take(self) -> Worker:
        try:
            return self._idle.pop()
        except IndexError:
            return self._new()

    def _new(self) -> Worker:
        worker = Worker(self._limits, self._copied)
        self._all.append(worker)
        if self._closed:
            worker.kill()
        return worker

    def _end(self, worker: Worker) -> None:
        self._all.remove(worker)
        worker.end()


def _threads(most: int) -> "ThreadPoolExecutor":
    from concurrent.futures import ThreadPoolExecutor  # here, as it takes longer to import than to read a page

    return ThreadPoolExecutor(most, "watching-a-worker")


def _is_little(tasks: Sequence[Any]) -> bool:
    """Whether one worker does them as soon as several, and at less cost: starting each takes as long as many pages."""
    return len(tasks) == 1 or (all(isinstance(task, Pages) for task in tasks) and sum(map(len, tasks)) <= FEW)


@contextmanager
def workers(limits: Limits, copied: bool = False) -> Iterator[Workers]:
    """Workers that end with the block."""
    opened = Workers(limits, copied=copied)
    try:
        yield opened
    finally:
        opened.close()
