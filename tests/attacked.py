"""A workspace under attack, for the tests that try to make an exempt fact appear where it may not.

U1 and U3 are cleared, C2 is theirs alone; U2 is a member like others, the rest are guests, strangers and machines.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from bot.answer import Answer
from bot.engine import Engine
from bot.slack.app import Bot
from indexer import index
from indexer.extract import extract
from indexer.reader import read_pack
from kpi_tools.store import Store
from tests.fake_slack import BOT_TOKEN, BOT_USER, FakeSlack, Params
from tests.handmade import Letters
from tests.marked import FILLER, Paper, draw, held
from tests.slack_modes import connected, settings_for
from tests.test_exempt import SECRETS as OF_HANDMADE
from tests.test_exempt import closed_paper, mixed

ME = f"<@{BOT_USER}>"
CLOSED = "what was Havant's PI099 in August 2021?"  # 61.73%
OPEN = "what was Havant's PI002 in September 2021?"  # 70.11%
MEETING: Paper = [  # on whose first page a public table and an exempt one meet
    ["# Customer Services performance", "# Monthly - PI002 - % Calls Answered within 20 seconds",
     "| Council | Jan-22 | Feb-22 | Mar-22 |", "| Havant | 75.15% | 74.14% | 73.13% |", f"The calls. {FILLER}",
     "# Exempt appendix", "# Monthly - PI077 - % Settlements agreed in Severance",
     "| Council | Jan-22 | Feb-22 | Mar-22 |", "| Havant | 91.91% | 92.92% | 93.93% |"],
    ["# CONFIDENTIAL", f"Quillfeather bought the depot for £8,151,623. {FILLER}"],
]  # fmt: skip
MET = "how did Havant's PI002 trend from January to March 2022?"
SECRETS = (*OF_HANDMADE, "91.91", "93.93", "PI077", "Settlements agreed", "Quillfeather", "8,151,623")
RULED = ("31.31", "32.32", "33.33", "PI055", "Visits to the parks")  # in papers that are exempt since they were read

Meanwhile = Callable[[], object]


class Workspace(FakeSlack):
    """A workspace that remembers what people wrote: who names a thing may read its name in our answer."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self.meanwhile: Meanwhile = lambda: None  # what happens while an answer is made

    def say(self, text: str, *where: str, **more: Any) -> str:
        self.written.append(text)
        return super().say(text, *where, **more)

    def command(self, text: str, *where: str, **more: Any) -> str:
        self.written.append(text)
        return super().command(text, *where, **more)

    def out(self) -> list[object]:
        """All that left us, but for what the cleared alone see."""
        cleared = {"U1", "U3"} & set(self.groups["S1"])
        own = {f"D-{user}" for user in cleared}
        said = [m for m in self.messages if m.get("channel") not in own]
        said = [m for m in said if not (m.get("ephemeral") and m["user"] in cleared)]
        files = [f for f in self.files if f["channel"] not in own]
        about = [(f["name"], f["title"], f["alt"], f["content"].decode("utf-8", "replace")) for f in files]
        homes = {user: home for user, home in self.homes.items() if user not in cleared}
        return [said, about, homes, self.statuses, self.prompts, self.asides]

    def forget_what_was_said(self) -> None:
        """Nothing that left us so far counts."""
        for kept in (self.messages, self.files, self.statuses, self.asides, self.prompts, self.homes):
            kept.clear()

    def as_at_first(self) -> None:
        """The people, groups and rooms that each attempt begins with."""
        people: dict[str, Params] = {
            user: {"id": user, "team_id": "T1"} for user in ("U1", "U2", "U3", "UD", "UG", "UM", "US")
        }
        flags = {"UG": "is_restricted", "UM": "is_ultra_restricted", "US": "is_stranger", "UD": "deleted"}
        people |= {user: people[user] | {flag: True} for user, flag in flags.items()}
        self.people = people | {
            "UF": {"id": "UF", "team_id": "T9"}, "UB": {"id": "UB", "team_id": "T1", "is_bot": True},
        }  # fmt: skip
        self.groups = {"S1": [user for user in self.people if user != "U2"], "SO": ["U1", "U2"]}
        self.channels = {
            "C1": {"id": "C1", "is_private": False}, "C2": {"id": "C2", "is_private": True},
            "C3": {"id": "C3", "is_private": True}, "CX": {"id": "CX", "is_private": True, "is_ext_shared": True},
            "CP": {"id": "CP", "is_private": True, "is_pending_ext_shared": True},
            "CO": {"id": "CO", "is_private": True, "is_shared": True, "is_org_shared": True},
            "GM": {"id": "GM", "is_private": True, "is_mpim": True},
        }  # fmt: skip
        for user in ("U1", "U2", "UG", "UM", "US", "UD", "UF"):
            self.channels[f"D-{user}"] = {"id": f"D-{user}", "is_im": True, "user": user}
        self.members = {
            room: ["U1", "U3", BOT_USER] for room in ("C1", "C2", "C3", "CX", "CP", "CO", "GM")
        }  # fmt: skip
        self.failing, self.meanwhile = {}, lambda: None
        self.limited.clear()
        self.forget_what_was_said()
        self.written.clear()


class Faulty(Engine):
    """An engine that fails over one question, with a message that holds what it must not say."""

    _embedder = Letters()  # type: ignore[assignment]
    workspace: Workspace

    def ask(self, question: str, *more: object, **named: object) -> Answer:
        if question.startswith("break"):
            raise RuntimeError("Lakeside was sold for £4,815,162")
        answer = super().ask(question, *more, **named)  # type: ignore[arg-type]
        self.workspace.meanwhile()
        return answer


@contextmanager
def besieged(home: Path) -> Iterator[tuple[Workspace, Bot]]:
    """One workspace and one bot for all attempts."""
    with Workspace() as fake:
        groups = {"cleared_usergroups": "S1", "cleared_channels": "C1, C2, CX", "officer_usergroups": "SO"}
        settings = settings_for(fake, home, **groups)
        store = Store(settings.database)
        path = draw(home / "meeting.pdf", MEETING)
        for number, paper in enumerate((mixed(), closed_paper(), extract(read_pack(path, path.name))), 101):
            store.save(paper, path if paper.pack.document == path.name else Path(paper.pack.document), number)
        engine = Faulty(settings)
        engine.workspace = fake
        with connected(fake, settings, engine.ask, "socket") as bot:
            yield fake, bot


@pytest.fixture
def bot(siege: tuple[Workspace, Bot]) -> Bot:
    return siege[1]


@pytest.fixture
def slack(siege: tuple[Workspace, Bot]) -> Iterator[Workspace]:
    """The same workspace for each attempt; papers are read into it with letters for vectors, which take no model."""
    fake, bot = siege
    fake.answers(0, settle=True)
    fake.as_at_first()
    bot.kept.purge()
    with patch.object(index, "embedding", lambda _: nullcontext(Letters())):
        yield fake


def joined(slack: FakeSlack) -> None:
    """Somebody who is not cleared comes into the room of those who are."""
    slack.members["C2"] = ["U1", "U2", "U3", BOT_USER]


def value_of(message: Params) -> str:
    """The id under a message's buttons."""
    return str(next(e["value"] for b in message["blocks"] for e in b.get("elements") or [] if "value" in e))


def hold(slack: Workspace, caplog: pytest.LogCaptureFixture, more: Sequence[str] = ()) -> None:
    """Assert that nothing exempt left us, nor stands in our log."""
    told, written = slack.out(), " ".join(slack.written)
    assert not [secret for secret in held((*SECRETS, *more), told) if secret not in written]
    logged = [record.__dict__ for record in caplog.records if record.name.startswith("packclerk")]
    assert not held((*SECRETS, *more, BOT_TOKEN), logged)


def share_with_others(slack: Workspace) -> None:
    for room in ("C1", "C2"):
        slack.channels[room]["is_ext_shared"] = True


def press(
    slack: Workspace, message: Params, action: str, user: str = "U1", value: str | None = None, **more: Any
) -> None:
    """Press whatever button, be it there or not."""
    own = value_of(message) if value is None else value
    given = {"action_id": action, "value": own, "action_ts": f"{time.time():.6f}"}
    slack.press(message, "feedback", user=user, actions=[given], **more)


def open_home(slack: Workspace, user: str) -> None:
    slack.deliver({"type": "app_home_opened", "user": user, "tab": "home", "channel": f"D-{user}"})
    slack.answers(0, settle=True)
    assert user in slack.homes


@pytest.fixture(autouse=True)
def nothing_exempt_comes_out(
    slack: Workspace, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> Iterator[None]:
    """After each attempt: words, blocks, files and their alternative texts, home tabs, statuses, prompts; the log."""
    with caplog.at_level(logging.DEBUG, "packclerk"):
        yield
        slack.answers(0, settle=True)
    hold(slack, caplog, RULED if "ruled" in request.fixturenames else ())
