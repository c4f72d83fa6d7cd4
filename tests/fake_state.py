"""What a strict Slack knows: its people, channels and messages, what it was asked, and how it is to behave."""

import asyncio
import itertools
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from aiohttp import web

Params = dict[str, Any]

BOT_TOKEN, APP_TOKEN = "xoxb-fake", "xapp-fake"
TEAM, BOT_USER, BOT_ID = "T1", "UBOT", "BBOT"
READING = {
    "users.info",
    "conversations.info",
    "conversations.members",
    "conversations.replies",
    "conversations.history",
    "usergroups.users.list",
}  # take no JSON
PATIENCE = 0.4  # seconds; Slack's are 3, then minutes
IN_FLIGHT = 0.2  # seconds for which a call may be under way while another one is told to wait
MOST_RETRIES = 3


class SlackError(Exception):
    """A refusal, by Slack's own word."""


class State:
    """`people`, `channels` and `groups` may be changed before talking."""

    _numbers = itertools.count(1)  # one row for all: like Slack's, no id ever comes again

    def __init__(self) -> None:
        self.host = ""  # where it is, once it is up
        self.idle: Callable[[], bool] = lambda: True  # whether the bot has nothing to do
        self.connections = 0
        self._address, self._secret = "", ""  # where events are posted, and how they are signed; "": over the socket
        self._mute_until = 0.0  # over HTTP nothing is heard of what we are answered before then
        self._sockets: list[web.WebSocketResponse] = []
        self._tickets: set[str] = set()
        self._pending: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._changed = threading.Condition()
        self.begin_anew()

    def begin_anew(self) -> None:
        """All but the server and who is connected to it is as at the beginning, for a next test that shares them."""
        self.people: dict[str, Params] = {"U1": {"id": "U1", "team_id": TEAM}, "U2": {"id": "U2", "team_id": TEAM}}
        self.channels: dict[str, Params] = {"C1": {"id": "C1"}, "D1": {"id": "D1", "is_im": True, "user": "U1"}}
        self.groups: dict[str, list[str]] = {}
        self.messages: list[Params] = []  # everything posted, also ephemerally (with "ephemeral": True)
        self.statuses: list[Params] = []
        self.members: dict[str, list[str]] = {}  # of channels
        self.files: list[Params] = []  # what was uploaded, with its "content", where, and in which thread
        self.homes: dict[str, Params] = {}  # the home tabs, by user
        self.prompts: list[Params] = []
        self.dropped: dict[str, tuple[Params, bytes]] = {}  # what people put into Slack: a file and its content
        self._uploads: dict[str, Params] = {}
        self.reactions: list[tuple[str, str]] = []  # (method, timestamp)
        self.refused: list[str] = []
        self.calls: Counter[str] = Counter()
        self.limited: dict[str, deque[int]] = {}  # method -> seconds of Retry-After for its next calls
        self.unheard: Counter[str] = Counter()  # method -> how many of its next calls are done, and not answered
        self.late: dict[str, float] = {}  # method -> seconds after which its next call is done
        self.asides: list[Params] = []  # ephemeral messages that are no answers to commands and presses
        self.shares: list[Params] = []  # the messages in which files were shared
        self._holding: frozenset[str] = frozenset()
        self._closed: dict[str, tuple[float, float]] = {}  # method -> since and until when it must not be called
        self._heard: dict[str, asyncio.Event] = {}  # by envelope: set when it is acknowledged
        self.failing: dict[str, str] = {}  # method -> error, or how it fails without one: see the API
        self.forbidding = "invalid_blocks"  # and how that is said
        self.closed: dict[str, str] = {}  # channel -> why nothing may be posted there
        self.too_long = 40_000  # characters of text that are refused
        self.forbidden: tuple[str, ...] = ()  # types of block that this workspace does not take
        self.acknowledged: set[str] = set()
        self.sent: Counter[str] = Counter()  # envelopes by id, repetitions included
        self.patience = PATIENCE  # seconds until an event that is not acknowledged is sent again
        self.deaf = False  # sockets that are opened now are never read from, and no ping on them is answered

    def until(self, holds: Callable[[], bool], seconds: float = 60.0) -> bool:
        """Whether `holds` comes true in time."""
        deadline = time.monotonic() + seconds
        while not (held := holds()) and time.monotonic() < deadline:
            with self._changed:
                self._changed.wait(0.02)  # not all that is waited for happens here
        return held

    def _note(self) -> None:
        with self._changed:
            self._changed.notify_all()
