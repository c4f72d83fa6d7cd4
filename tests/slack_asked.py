"""A bot whose engine notes what it is asked and gives one answer to all; a module's tests share it, in each mode."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from bot.answer import Answer, Citation, Given
from bot.slack.app import Bot
from tests.fake_slack import BOT_USER, FakeSlack, Params
from tests.slack_modes import MODES, begin_anew, connected, settings_for

ME = f"<@{BOT_USER}>"
BOX = (0.0, 0.0, 1.0, 1.0)

Both = tuple[FakeSlack, Bot, "Asked"]


def answer(question: str, text: str = "It was 45.66%.", **more: Any) -> Answer:
    """An answer with one citation."""
    cited = Citation("pack.pdf", "A pack", 14, "Page 12", "8", "Havant 45.66%", BOX)
    return Answer(question, "answered", text, citations=(cited,), **more)


def given(period: str, printed: str, entity: str = "Havant", start: str = "2021-01-01") -> Given:
    return Given("Service", "PI1", "Calls", entity, period, start, start, "1", "%", printed or "1%", None, True, 1)


class Asked(list[tuple[str, date, str, bool]]):
    """An engine that notes what it is asked and gives the same answer to all."""

    def __init__(self, reply: Callable[[str], Answer] = answer) -> None:
        super().__init__()
        self.reply = reply

    def __call__(self, question: str, today: date, thread: str, cleared: bool) -> Answer:
        self.append((question, today, thread, cleared))
        return self.reply(question)


@pytest.fixture(scope="module", params=MODES)
def both(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Both]:
    """A Slack, a bot and its engine: over the socket, and over HTTP."""
    with FakeSlack() as fake:
        asked, home = Asked(), tmp_path_factory.mktemp("asked")
        with connected(fake, settings_for(fake, home, cleared_usergroups="S1, S2"), asked, request.param) as made:
            yield fake, made, asked


@pytest.fixture
def slack(both: Both) -> FakeSlack:
    fake, made, asked = both
    begin_anew(fake, made)
    asked.clear()
    asked.reply = answer
    return fake


@pytest.fixture
def bot(both: Both, slack: FakeSlack) -> Bot:  # noqa: ARG001 - which begins anew
    return both[1]


@pytest.fixture
def asked(both: Both, slack: FakeSlack) -> Asked:  # noqa: ARG001 - which begins anew
    return both[2]


def shown(message: Params) -> str:
    """All text of a message's blocks."""
    return json.dumps(message["blocks"], ensure_ascii=False)
