"""A reading process whose parent is gone, in the middle of a step that holds all of its threads."""

import pickle
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

from indexer.processes.frames import send

HOME = Path(__file__).parents[1]
ENDLESS = partial(re.fullmatch, "(a|a)*b")  # for this text it would take years, and no other thread has a turn


def test_a_step_without_end_ends_with_its_time_though_nobody_waits() -> None:
    """The system ends the process: neither its parent nor its own thread that looks for the parent can."""
    command = [sys.executable, "-m", "indexer.processes.worker", str(1 << 30)]
    with subprocess.Popen(command, cwd=HOME, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stdin
        try:
            send(process.stdin, pickle.dumps((ENDLESS, "a" * 60, 0.5)))  # type: ignore[arg-type]
            assert process.wait(timeout=60) == -signal.SIGXCPU
        finally:
            process.kill()
