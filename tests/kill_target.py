"""What the kill tests run in a process of its own, and kill."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import chromadb  # noqa: F401  (imported here once, for all the processes that are forked from this one)
import httpx  # noqa: F401

from corpus.settings import Settings
from indexer.index import index_paths, remove_paper
from tests.handmade import Letters, read_paper


def kill_self() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def run(home: Path, papers: Path, model: str, gone: str, step: Callable[[str], None]) -> None:
    """Index the folder `papers`, or take out the paper `gone`."""
    settings = Settings(home=str(home))
    if gone:
        remove_paper(gone, settings, embedder=Letters(model), on_step=step)
    else:
        report = index_paths([papers], settings, read=read_paper, embedder=Letters(model), on_step=step)
        assert report.ok, report.lines()


def run_until_step(home: Path, papers: Path, model: str, gone: str, last: int) -> None:
    """Run, and die after step number `last`, from 1."""
    left = iter(range(last - 1, -1, -1))

    def step(_: str) -> None:
        if next(left) == 0:
            kill_self()

    run(home, papers, model, gone, step)


def run_until_moment(home: Path, papers: Path, model: str, gone: str, moment: tuple[int, float]) -> None:
    """Run, and die so many seconds after a step: (0, 0.5) is half a second after the start."""
    left = iter(range(moment[0], -1, -1))

    def step(_: str) -> None:
        if next(left, -1) == 0:
            clock = threading.Timer(moment[1], kill_self)
            clock.daemon = True
            clock.start()

    step("the start")
    run(home, papers, model, gone, step)
