"""A process that does what it is asked over its standard input, and ends with it.

`python -m indexer.processes.worker BYTES` starts one. It imports nothing of the program that started it but what a
task needs.
"""

import gc
import os
import pickle
import resource
import signal
import sys
import threading
import time
from io import FileIO

from indexer.processes.frames import receive, send

GARBAGE = 50_000, 20, 20  # when it is looked for: a page makes many objects and none
LOOK = 0.5  # seconds between two looks at whether the parent is still there


def serve(tasks: FileIO, values: FileIO, most_bytes: int) -> None:
    """Answer each (function, task, seconds of work) with (True, its value) or (False, its error)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to deal with
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))  # for what grows faster than the parent looks
    gc.set_threshold(*GARBAGE)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    while True:
        try:
            function, task, seconds = pickle.loads(receive(tasks))
        except EOFError:
            return
        _end_within(seconds)
        send(values, b"")  # from here on its time is counted
        send(values, _answer(function, task))


def _own(standard: int, nothing: int) -> FileIO:
    """A standard file as a pipe of its own: what a library reads or prints is nothing."""
    pipe = FileIO(os.dup(standard), "r" if nothing == os.O_RDONLY else "w")
    empty = os.open(os.devnull, nothing)
    os.dup2(empty, standard)
    os.close(empty)
    return pipe


def _answer(function: object, task: object) -> bytes:
    try:
        return pickle.dumps((True, function(task)))  # type: ignore[operator]
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent raises it
        return _packed(error)


def _packed(error: Exception) -> bytes:
    try:
        pickle.loads(packed := pickle.dumps((False, error)))
    except (pickle.PickleError, AttributeError, TypeError):
        return pickle.dumps((False, RuntimeError(repr(error))))
    return packed


def _end_within(seconds: float) -> None:
    """Let the system end the process after so much more work: one step of it, a search say, may hold all threads, and
    the one that looks for the parent too."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(time.process_time() + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft if most == resource.RLIM_INFINITY else min(soft, most), most))


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


if __name__ == "__main__":
    serve(_own(0, os.O_RDONLY), _own(1, os.O_WRONLY), int(sys.argv[1]))
