"""A process that does what it is asked over a pipe, and ends when that closes: `python -m indexer.worker FD BYTES`.

It imports nothing of the program that started it but what a task needs.
"""

import gc
import os
import pickle
import resource
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection

GARBAGE = 50_000, 20, 20  # when it is looked for: a page makes many objects and none
LOOK = 0.5  # seconds between two looks at whether the parent is still there


def main(handle: int, most_bytes: int) -> None:
    """Answer each (function, task) with (True, its value) or (False, its error)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to deal with
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))  # for what grows faster than the parent looks
    gc.set_threshold(*GARBAGE)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    with Connection(handle) as parent:
        while True:
            try:
                function, task = parent.recv()
            except EOFError:
                return
            parent.send(None)  # from here on its time is counted
            parent.send_bytes(_answer(function, task))


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


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
