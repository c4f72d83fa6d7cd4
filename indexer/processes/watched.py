"""A process that does tasks, as the process sees it that gives them: it waits for each and watches it meanwhile."""

import os
import pickle
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import Any, Protocol, cast

from corpus.settings import Limits
from indexer.processes.frames import receive, send

LOOK = 100  # milliseconds between two looks at a worker's memory
MEGABYTE = 1 << 20
START = 60.0  # seconds that a worker may take to start and to import what its task needs
IDLE = 3  # times the seconds of its work that it may take: on a busy machine it waits for its turn
SMALL = 64 * MEGABYTE  # of a process that is copied
SPARE = 2  # times the limit: what the system itself refuses to a worker
# Large pieces of memory go back to the system as soon as they are free; threads that wait leave the cores to others.
THRIFTY = {"MALLOC_MMAP_THRESHOLD_": str(MEGABYTE), "OMP_WAIT_POLICY": "PASSIVE"}
HOME = Path(__file__).parents[2]  # where the packages of this project stand


class LostError(Exception):
    """A worker was lost over its task. `str(error)` says why, as a sentence about the paper."""


class _Process(Protocol):
    pid: int

    def kill(self) -> None: ...
    def wait(self) -> int: ...


class Worker:
    """A process that waits for tasks; `copied`: a copy of this one, if that can be. To start one anew takes ten times
    as long, and as much again to import what this one has."""

    def __init__(self, limits: Limits, copied: bool = False) -> None:
        self._limits = limits
        start = _copied if copied and _may_be_copied() else _started
        self._process, self._tasks, self._values = start(SPARE * limits.megabytes * MEGABYTE)
        self._said = select.poll()
        self._said.register(self._values, select.POLLIN)

    def ask(self, function: Callable[[Any], Any], task: Any, seconds: float) -> tuple[bool, Any]:
        """Whether the function gave a value in that time, and that or its error. Raises LostError."""
        try:
            send(self._tasks, pickle.dumps((function, task, IDLE * seconds)))
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
        """Wait until it says something, for so many seconds of its work; look at its memory meanwhile."""
        until, worked = time.monotonic() + IDLE * seconds, _worked(self._process.pid)
        while not self._said.poll(LOOK):
            if time.monotonic() > until or _worked(self._process.pid) - worked > seconds:
                raise LostError(f"it is too slow: a step of reading it took more than {seconds:g} seconds")
            if self.memory() > self._limits.megabytes * MEGABYTE:
                raise self._too_large()

    def memory(self) -> int:
        """The bytes of memory that it holds; 0 where the system does not tell."""
        return _memory(self._process.pid)

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


def _memory(process: int) -> int:
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGESIZE")


def _worked(process: int) -> float:
    """The seconds that a process has kept a core busy; 0.0 where the system does not tell."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _started(most_bytes: int) -> tuple[_Process, FileIO, FileIO]:
    """A new process, what it is told through, and what it tells through."""
    import subprocess

    path = os.pathsep.join([*(entry or str(Path.cwd()) for entry in sys.path), str(HOME)])
    process = subprocess.Popen(  # -S: the places of all modules are told, so that none need be looked for
        [sys.executable, "-S", "-m", "indexer.processes.worker", str(most_bytes)],
        env=THRIFTY | os.environ | {"PYTHONPATH": path}, bufsize=0, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return process, cast(FileIO, process.stdin), cast(FileIO, process.stdout)


def _may_be_copied() -> bool:
    """Whether this process has no threads, which may hold what a copy would wait for, and is not large: what it holds
    would count as the copy's."""
    return threading.active_count() == 1 and 0 < _memory(os.getpid()) <= SMALL


def _copied(most_bytes: int) -> tuple[_Process, FileIO, FileIO]:
    from indexer.processes.worker import serve

    asked, tasks = os.pipe()
    values, told = os.pipe()
    if process := os.fork():
        os.close(asked)
        os.close(told)
        return _Copy(process), FileIO(tasks, "w"), FileIO(values, "r")
    try:
        os.setsid()
        os.close(tasks)
        os.close(values)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):
            os.dup2(nothing, standard)
        serve(FileIO(asked, "r"), FileIO(told, "w"), most_bytes)
    finally:
        os._exit(0)


class _Copy:
    """A copy of this process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._ended = False

    def kill(self) -> None:
        if not self._ended:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        self._ended = self._ended or bool(os.waitpid(self.pid, 0))
        return 0
