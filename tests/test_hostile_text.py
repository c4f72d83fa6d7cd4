"""Text that makes a search try again and again: whatever a paper or a question holds, none may take long over it."""

import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.answers.people import _FOR
from bot.slack.digests import COMMAND
from indexer.meeting.requests import _LAST
from indexer.meeting.whose import SENTENCE, committee_of, council_of
from indexer.shapes.prose import _LISTED
from kpi_tools.checks.claims import _LIST_NUMBER
from kpi_tools.checks.steps import _TO_BE

SECONDS = 2.0  # each takes a few milliseconds, and took hours or more


@pytest.fixture(autouse=True)
def limited() -> Iterator[None]:
    """Ends a search that takes too long: it looks for signals now and then."""

    def give_up(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    ("search", "text"),
    [
        (_FOR.search, "for " + "A" * 60 + "!"),
        (_LIST_NUMBER.match, "1" * 60 + "x"),
        (_LIST_NUMBER.match, "1." * 60 + "x"),
        (lambda text: council_of("", "", "", [], [text]), "A" * 60 + " of the borough council"),
        (_LAST.search, ", " * 3000 + "x"),
        (SENTENCE.fullmatch, "Aa bb " * 1500),
        (_LISTED.fullmatch, "May 33, and " * 60 + "x"),
        (lambda text: list(_TO_BE.finditer(text)), "a b " * 2500),
        (lambda text: COMMAND.match(" ".join(text.split())), "subscribe" + " " * 3000 + "\0"),
        (lambda text: committee_of("", "", [text]), "Aa bb " * 1500),
    ],
)
def test_no_search_takes_long(search: Callable[[str], object], text: str) -> None:
    """Words without end, blanks without end, and lists whose last entry is none."""
    search(text)
