"""The Slack app: its listeners, and the bot that they belong to. Slack's own library stays here, in
`bot.slack.line` and in `bot.slack.webapi`."""

import logging
import signal
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Event, Lock
from typing import Any

from slack_bolt import App
from slack_bolt.middleware import Middleware
from slack_bolt.request import BoltRequest
from slack_bolt.request.internals import parse_body
from slack_bolt.response import BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.audience import Clearance
from bot.slack.desk import MOST_WAITING, Desk
from bot.slack.digests import Digests
from bot.slack.events import edited, event_id, is_formed, question, too_late, withdrawn
from bot.slack.home import Home
from bot.slack.inbox import Inbox, Question
from bot.slack.kept import DAY, Conversations
from bot.slack.line import Line
from bot.slack.logs import log_as_json
from bot.slack.port import Identity
from bot.slack.presses import Presses
from bot.slack.replies import Ask, Office, failed
from bot.slack.retention import forget_old
from bot.slack.source import Sources
from bot.slack.takeback import TakeBack
from bot.slack.uploads import Uploads
from bot.slack.webapi import Patience, Web, code_of
from bot.slack.webserver import WebServer
from corpus.errors import SettingError
from corpus.settings import Settings, ids

PING = 5.0  # seconds between signs of life on the socket
DEAF = 4  # signs of life missed in a row before the socket is given up
LOOK = 10.0  # seconds between two looks at the socket and at what still waits

log = logging.getLogger("packclerk.slack")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a bot is made of, but for its line to Slack."""

    settings: Settings
    memory: float  # seconds for which questions and answers are kept
    patience: Patience
    office: Office
    desk: Desk
    inbox: Inbox
    kept: Conversations
    digests: Digests
    home: Home
    rooms: TakeBack


class Bot:
    """A bot that is connected while its `with` block lasts; `line` None: Slack comes to us over HTTP."""

    def __init__(self, parts: "Parts", app: App, line: Line | None) -> None:
        self.desk, self.inbox, self.kept, self.digests = parts.desk, parts.inbox, parts.kept, parts.digests
        self.settings, self._parts, self._app, self._line = parts.settings, parts, app, line
        self._telling = ThreadPoolExecutor(1, "slack-digests")
        self.told: Future[None] | None = None
        self._forgot = 0.0

    def __enter__(self) -> "Bot":
        try:
            if self._line:
                self._line.connect()
        except SlackApiError as error:
            self.close()
            raise SettingError(_token("SLACK_APP_TOKEN", error)) from error
        except (SlackClientError, OSError) as error:
            self.close()
            raise SettingError(_no_answer(error)) from error
        self.desk.take_up()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def look(self) -> None:
        """Give up a socket that has gone deaf, and take up what still waits."""
        silence = self._line.silence() if self._line else 0.0
        if self._line and silence > DEAF * self._line.ping_interval:
            log.warning("deaf", extra={"about": {"silent": round(silence)}})
            self._line.hang_up()
        self.desk.take_up()
        if self.told is None or self.told.done():
            self.told = self._telling.submit(self._by_the_way)

    def _by_the_way(self) -> None:
        """Tell subscribers what is new, and show it on home tabs; once a day, forget what has grown old."""
        try:
            if time.time() - self._forgot > DAY:
                forget_old(self.settings, self.inbox, self.kept, self._parts.memory)
                self._forgot = time.time()
            self._parts.rooms.look()
            self.digests.tell()
            self._parts.home.refresh()
        except Exception as error:  # noqa: BLE001 - the edge: the next look tries again, and the log has it
            failed(error)

    def ready(self) -> dict[str, bool]:
        """What must hold for a question to be answered soon, each by its name."""
        line = self._line
        hears = line is None or (line.opened > 0 and line.silence() <= DEAF * line.ping_interval)
        return {"hears Slack": hears, "queue is short": self.desk.waiting < MOST_WAITING}

    def dispatch(self, body: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], str]:
        """What Slack is answered over HTTP: status, headers, body."""
        if not _makes_sense(body, str({k.lower(): v for k, v in headers.items()}.get("content-type", ""))):
            return 400, {}, ""  # nor would it the next time
        answer = self._app.dispatch(BoltRequest(body=body, headers=dict(headers)))
        return answer.status, dict(answer.first_headers_without_set_cookie()), answer.body

    def close(self) -> None:
        """Hang up, end what is under way, close the files."""
        if self._line:
            self._line.close()
        self._parts.office.closing.set()
        self._parts.patience.end()
        self._telling.shutdown(cancel_futures=True)
        self._parts.rooms.close()
        self.desk.close()
        self.inbox.close()
        self.kept.close()


def build(settings: Settings, ask: Ask, ping: float = PING, http: bool = False) -> Bot:
    """A bot that is ready to connect, or to be called over HTTP. Raises SettingError where a token is missing."""
    other = ("SLACK_SIGNING_SECRET", settings.slack_signing_secret) if http else (
        "SLACK_APP_TOKEN", settings.slack_app_token)  # fmt: skip
    for name, token in (("SLACK_BOT_TOKEN", settings.slack_bot_token), other):
        if not token:
            raise SettingError(f"{name} is not set: see 'Connect Slack' in the README.")
    patience, memory = Patience(), settings.retention_days * DAY
    base = settings.slack_api_url.rstrip("/") + "/"
    client = WebClient(settings.slack_bot_token, base_url=base, retry_handlers=[patience])
    me, path = _identity(client), settings.home_path / "slack.db"
    turn = Lock()
    inbox, kept = Inbox(path, turn), Conversations(path, turn)
    clearance = Clearance(ids(settings.cleared_usergroups), ids(settings.cleared_channels))
    web = Web(client, patience)
    office = Office(web, kept, ask, me, clearance)
    digests, home, rooms = Digests(office, settings), Home(office, settings), TakeBack(office, settings)
    presses, uploads = Presses(office, Sources(settings)), Uploads(office, settings)
    pressed = {"press": presses.reply, "press_alone": presses.reply}
    handlers = {"": digests.reply, **pressed, "home": home.reply, "file": uploads.reply}  # "" is a question in words
    desk = Desk(web, inbox, me, handlers, rooms)
    app = _app(client, inbox, desk, me, rooms)
    parts = Parts(settings, memory, patience, office, desk, inbox, kept, digests, home, rooms)
    return Bot(parts, app, None if http else Line(app, settings.slack_app_token, ping))


def run(settings: Settings, ask: Ask, host: str = "127.0.0.1", http: int = 0, health: int = 0) -> None:
    """Answer questions from Slack until the process is told to stop (SIGINT, SIGTERM).

    `http`: the port on which Slack's requests come in, 0 for Socket Mode; `health`: one for /healthz and /readyz.
    """
    log_as_json()
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with build(settings, ask, http=bool(http)) as bot, ExitStack() as servers:
        if http:
            servers.enter_context(WebServer(host, http, bot.ready, bot.dispatch, settings.slack_signing_secret))
        if health:
            servers.enter_context(WebServer(host, health, bot.ready))
        log.info("connected")
        while not stop.wait(LOOK):
            bot.look()
        log.info("stopping")


def _app(client: WebClient, inbox: Inbox, desk: Desk, me: Identity, rooms: TakeBack) -> App:
    app = App(client=client, request_verification_enabled=False)
    app.use(_Keep(inbox, desk, me, rooms))
    return app


class _Keep(Middleware):
    """Keeps what is for us, then acknowledges it, and all else too, or Slack would repeat it. What fails here is not
    acknowledged, and Slack repeats that."""

    def __init__(self, inbox: Inbox, desk: Desk, me: Identity, rooms: TakeBack) -> None:
        self._inbox, self._desk, self._me, self._rooms = inbox, desk, me, rooms

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: ARG002
        """The whole of our listening: no listener comes after this."""
        if gone := withdrawn(req.body):
            self._inbox.withdraw(*gone)
        self._rooms.hear(req.body)
        asked = question(req.body, self._me, self._inbox.knows_thread)
        if asked and not self._known(req.body, asked) and self._inbox.add(asked, event_id(req.body, asked)):
            self._desk.take(asked)
        return BoltResponse(status=200, body="")

    def _known(self, body: Mapping[str, Any], asked: Question) -> bool:
        """Whether it only changes what was asked before; one that comes before what it changes is asked as it reads."""
        return edited(body) and (self._inbox.edit(asked) or too_late(body, asked, time.time()))


def _makes_sense(body: str, kind: str) -> bool:
    """Whether the library can read what came over HTTP."""
    try:
        told = parse_body(body, kind.partition(";")[0])
    except (ValueError, RecursionError):
        return False
    return is_formed(told)


def _identity(client: WebClient) -> Identity:
    try:
        found = client.auth_test()
    except SlackApiError as error:
        raise SettingError(_token("SLACK_BOT_TOKEN", error)) from error
    except (SlackClientError, OSError) as error:
        raise SettingError(_no_answer(error)) from error
    return Identity(found["user_id"], found["bot_id"], found["team_id"], found.get("enterprise_id") or "")


def _token(name: str, error: SlackApiError) -> str:
    if error.response.status_code >= 500:
        return f"Slack cannot be reached ({code_of(error)}): try again later, or check SLACK_API_URL."
    return f"Slack refused {name} ({code_of(error)}): see 'Connect Slack' in the README."


def _no_answer(error: Exception) -> str:
    return f"Slack cannot be reached ({type(error).__name__}): check the network and SLACK_API_URL."
