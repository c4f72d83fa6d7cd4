"""The journey of a paper, from files to an index: find, read, save one at a time, report."""

import errno
import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from corpus.errors import PackclerkError, PaperError
from corpus.settings import Limits, Settings
from indexer import leftovers
from indexer.files import Job, plan
from indexer.processes.lock import held
from indexer.processes.papers import Read, read_all
from indexer.reading import read_paper
from indexer.report import Report
from indexer.retrieval.embedder import Embeds
from indexer.retrieval.embedding import embedding
from indexer.shelf import Shelf, Step
from kpi_tools.corrections import closed_by_hand
from kpi_tools.store import Store

READER_VERSION = 148  # to be raised when papers read by an earlier version are to be read again

READING = "reading, page {pages} of {known}"  # what is told while pages are read

Progress = Callable[[str, int, int], None]  # what is being done, papers done, papers in all

log = logging.getLogger(__name__)


def index_paths(
    paths: Sequence[Path],
    settings: Settings,
    progress: Progress | None = None,
    *,
    read: Read | None = None,
    embedder: Embeds | None = None,
    on_step: Step = lambda _: None,
    reader: int = READER_VERSION,
) -> Report:
    """Index the papers in `paths` (files and folders), each as a whole or not at all.

    A run with nothing new writes nothing. Another run in the same home is waited for. Raises StoreError or
    SettingError if nothing can be done at all; what is wrong with one paper stands in the report.
    """
    tell = progress or (lambda *_: None)
    limits = settings.limits
    reading = read or partial(read_paper, most_pages=limits.pages)
    with (
        _alone(settings, tell),
        closing(Store(settings.database)) as store,
        embedding(settings.embedding_model) as apart,
    ):
        leftovers.clear()
        for document, item in closed_by_hand(settings.home_path):
            store.hold_exempt(document, item)
        todo = plan(paths, store.papers(), reader)
        report = Report(unchanged=list(todo.unchanged), unreadable=list(todo.unreadable))
        shelf = Shelf(store, settings, embedder or apart, on_step)
        try:
            for document, path in todo.moved:
                store.moved(document, path)
            if not shelf.as_left():
                tell("finishing what was cut short", 0, len(todo.jobs))
                shelf.restore()
            _read_and_put(todo.jobs, reading, limits, reader, shelf, report, tell)
            for document in todo.copies:
                shelf.take(document)
                report.removed.append(document)
        except PackclerkError as error:
            report.stopped = str(error)
        report.restored = shelf.restored
        return report


def remove_paper(
    document: str, settings: Settings, *, embedder: Embeds | None = None, on_step: Step = lambda _: None
) -> None:
    """Take a paper out of the index. Raises RequestError if there is none of that name."""
    with (
        _alone(settings, lambda *_: None),
        closing(Store(settings.database)) as store,
        embedding(settings.embedding_model) as apart,
    ):
        Shelf(store, settings, embedder or apart, on_step).take(document)


def _alone(settings: Settings, tell: Progress) -> Any:
    return held(settings.home_path / "index.lock", lambda: tell("waiting for another index run to end", 0, 0))


def _read_and_put(
    jobs: Sequence[Job], read: Read, limits: Limits, reader: int, shelf: Shelf, report: Report, tell: Progress
) -> None:
    done = 0

    def reading(pages: int, known: int) -> None:
        tell(READING.format(pages=pages, known=known) if known else "reading", done, len(jobs))

    reading(0, 0)
    with closing(read_all(jobs, read, limits, reading)) as outcomes:
        for done, (job, outcome) in enumerate(outcomes, 1):
            if isinstance(outcome, PaperError):
                report.unreadable.append(outcome)
            elif isinstance(outcome, BaseException):
                report.unreadable.append(PaperError(job.document, _told(outcome, job)))
            else:
                tell(f"saving {job.document}", done - 1, len(jobs))
                report.add(outcome, shelf.put(outcome, job.path, reader))
            tell(job.document, done, len(jobs))


def _told(outcome: BaseException, job: Job) -> str:
    """Why a paper could not be read that is no fault of its own."""
    if isinstance(outcome, OSError) and outcome.errno == errno.ENOSPC:
        return f"the disk is full: no room is left in {gettempdir()}, where pages stand while they are read"
    log.error("Reading %s met a fault of ours", job.path, exc_info=outcome)
    return f"reading it met a fault of ours ({outcome!r})"
