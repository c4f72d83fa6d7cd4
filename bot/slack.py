"""The Slack app: its listeners and its socket. The one module that knows Slack's library."""

import json
import logging
import re
import signal
import socket
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from threading import Event
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.websocket_client import SocketModeClient
from slack_sdk.webhook import WebhookClient
from websocket import WebSocketException

from bot.audience import Clearance
from bot.desk import MOST_WAITING, Desk
from bot.digests import Digests
from bot.events import event_id, question
from bot.front import handlers
from bot.inbox import Inbox
from bot.kept import Conversations
from bot.logs import log_as_json
from bot.port import Identity, RefusedError
from bot.replies import Ask, Office
from bot.webserver import WebServer
from corpus.errors import SettingError
from corpus.settings import Settings, ids

PING = 5.0  # seconds between signs of life on the socket
DEAF = 4  # signs of life missed in a row before the socket is given up
LOOK = 10.0  # seconds between two looks at the socket and at what still waits
MOST_RETRIES = 3
MOST_FILE = 200_000_000  # bytes of a paper that is dropped
DAY = 24 * 3600.0

log = logging.getLogger("packclerk.slack")


class Web:
    """The port `bot.port.Slack` over the Web API."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What a method of the Web API returns. Raises RefusedError."""
        try:
            return dict(getattr(self._client, method.replace(".", "_"))(**parameters).data)
        except SlackApiError as error:
            raise RefusedError(_code(error)) from error
        except (SlackClientError, OSError) as error:
            raise RefusedError("unreachable") from error

    def upload(self, channel: str, thread: str, name: str, content: bytes, title: str, alt: str) -> None:
        """Put a file into a conversation. Raises RefusedError."""
        about: dict[str, Any] = {"filename": name, "title": title, "alt_txt": alt or None, "thread_ts": thread or None}
        try:
            self._client.files_upload_v2(channel=channel, content=content, request_file_info=False, **about)
        except SlackApiError as error:
            raise RefusedError(_code(error)) from error
        except (SlackClientError, OSError) as error:
            raise RefusedError("unreachable") from error

    def download(self, address: str) -> bytes:
        """The content of a file in Slack; our token goes to no other host. Raises RefusedError."""
        host, own = urlsplit(address), urlsplit(self._client.base_url)
        ours = host.hostname == own.hostname or (host.scheme == "https" and f".{host.hostname}".endswith(".slack.com"))
        if not ours:
            raise RefusedError("foreign_address")
        request = Request(address, headers={"Authorization": f"Bearer {self._client.token}"})
        try:
            with urlopen(request, timeout=60) as answer:
                content: bytes = answer.read(MOST_FILE + 1)
        except OSError as error:
            raise RefusedError("unreachable") from error
        if len(content) > MOST_FILE:
            raise RefusedError("file_too_large")
        return content

    def respond(self, address: str, message: Mapping[str, Any]) -> None:
        """Answer a slash command, seen by who gave it alone. Raises RefusedError."""
        try:
            webhook = WebhookClient(address, retry_handlers=_retries())
            told = webhook.send(
                **message, response_type="ephemeral", replace_original=False, unfurl_links=False, unfurl_media=False
            )
        except (SlackClientError, OSError) as error:
            raise RefusedError("unreachable") from error
        if "invalid_blocks" in told.body:
            raise RefusedError("invalid_blocks")
        if told.status_code != 200:
            raise RefusedError("service_unavailable" if told.status_code >= 500 else f"status_{told.status_code}")


class Line(SocketModeClient):
    """The library's Socket Mode client, made to end its socket from the one thread that reads it.

    Ended from another thread, the reader may miss it and sleep on for 10 seconds, in which nobody listens.
    """

    def __init__(self, app: App, app_token: str, ping: float) -> None:
        own = log.getChild("socket")
        own.setLevel(logging.WARNING)
        super().__init__(app_token, own, app.client, ping_interval=ping)
        logging.getLogger("websocket").setLevel(logging.CRITICAL)  # what it has to say, our own log says too
        self.current_app_monitor_started = True  # it would at once open a second socket; each end of one opens the next
        self.opened = 0.0  # when the socket was opened, in seconds of the clock; 0 while there is none
        self.on_open_listeners.append(self._note_opening)
        self.socket_mode_request_listeners.append(lambda _, request: self._take(app, request))

    def session_id(self) -> str:
        """A name for our session in the library's own words; it asks for one that this client of its lacks."""
        return "the socket"

    def _take(self, app: App, request: SocketModeRequest) -> None:
        """Keep what came, then acknowledge it; on a line that broke meanwhile Slack hears nothing, and sends again."""
        answer = run_bolt_app(app, request)
        with suppress(WebSocketException):
            send_response(self, request, answer, time.time())

    def enqueue_message(self, message: str) -> None:
        """Called by the reader. Where Slack asks for a new connection, it stops reading, and so opens one."""
        if json.loads(message).get("type") != "disconnect":
            super().enqueue_message(message)
        elif self.current_session:
            self.current_session.keep_running = False

    def silence(self) -> float:
        """Seconds since the last sign of life on an open socket; 0.0 where none is open."""
        session = self.current_session
        return time.time() - max(self.opened, session.last_pong_tm) if session and self.opened else 0.0

    def hang_up(self) -> None:
        """End the line itself: its reader wakes at once and, unless we are closing, connects anew."""
        self.opened = 0.0
        session = self.current_session
        line = session.sock.sock if session and session.sock else None
        if line:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End everything, threads included."""
        self.logger.setLevel(logging.CRITICAL)  # or it calls our own hanging up an error
        self.auto_reconnect_enabled, self.closed = False, True
        self.message_queue.put(None)  # wakes its reader, which then sees that we are closed
        self.current_session_runner.event.set()  # else a runner between two sessions starts another
        self.hang_up()
        self.current_session_runner.thread.join(3)
        super().close()

    def _note_opening(self, _: object) -> None:
        self.opened = time.time()


class Bot:
    """A bot that is connected while its `with` block lasts; `line` None: Slack comes to us over HTTP."""

    def __init__(
        self, desk: Desk, inbox: Inbox, kept: Conversations, digests: Digests, app: App, line: Line | None
    ) -> None:
        self.desk, self.inbox, self.kept, self.digests = desk, inbox, kept, digests
        self._app, self._line = app, line
        self._telling = ThreadPoolExecutor(1, "slack-digests")
        self._told: Future[None] | None = None

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
        if self._told is None or self._told.done():
            self._told = self._telling.submit(self.digests.tell)

    def ready(self) -> dict[str, bool]:
        """What must hold for a question to be answered soon, each by its name."""
        line = self._line
        hears = line is None or (line.opened > 0 and line.silence() <= DEAF * line.ping_interval)
        return {"hears Slack": hears, "queue is short": self.desk.waiting < MOST_WAITING}

    def dispatch(self, body: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], str]:
        """What Slack is answered over HTTP: status, headers, body."""
        answer = self._app.dispatch(BoltRequest(body=body, headers=dict(headers)))
        return answer.status, dict(answer.first_headers_without_set_cookie()), answer.body

    def close(self) -> None:
        """Hang up, end what is under way, close the files."""
        if self._line:
            self._line.close()
        self._app.listener_runner.listener_executor.shutdown()
        self._telling.shutdown(cancel_futures=True)
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
    client = WebClient(settings.slack_bot_token, base_url=settings.slack_api_url.rstrip("/") + "/")
    client.retry_handlers.extend(_retries())
    me, path = _identity(client), settings.home_path / "slack.db"
    inbox, kept = Inbox(path), Conversations(path)
    kept.forget_answers(settings.retention_days * DAY)
    clearance = Clearance(ids(settings.cleared_usergroups), ids(settings.cleared_channels))
    web = Web(client)
    office = Office(web, kept, ask, me, clearance)
    digests = Digests(office, settings)
    desk = Desk(web, inbox, me, handlers(office, settings, digests))
    app = _app(client, inbox, desk, me)
    return Bot(desk, inbox, kept, digests, app, None if http else Line(app, settings.slack_app_token, ping))


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


def _app(client: WebClient, inbox: Inbox, desk: Desk, me: Identity) -> App:
    """The listeners. A question is kept before them: what fails there is not acknowledged, and Slack repeats it."""
    app = App(client=client, request_verification_enabled=False, listener_executor=ThreadPoolExecutor(2, "listener"))

    @app.middleware
    def keep(body: dict[str, Any], next: Callable[[], Any]) -> None:
        asked = question(body, me, inbox.knows_thread)
        if asked and inbox.add(asked, event_id(body, asked)):
            desk.take(asked)
        next()

    @app.event(re.compile(""))
    def acknowledge_event() -> None:
        """Everything that happens is acknowledged, or Slack would repeat it."""

    @app.command(re.compile(""))
    def acknowledge_command(ack: Callable[[], Any]) -> None:
        ack()

    @app.action(re.compile(""))
    def acknowledge_action(ack: Callable[[], Any]) -> None:
        ack()

    return app


def _identity(client: WebClient) -> Identity:
    try:
        found = client.auth_test()
    except SlackApiError as error:
        raise SettingError(_token("SLACK_BOT_TOKEN", error)) from error
    except (SlackClientError, OSError) as error:
        raise SettingError(_no_answer(error)) from error
    return Identity(found["user_id"], found["bot_id"], found["team_id"], found.get("enterprise_id") or "")


def _retries() -> list[Any]:
    return [RateLimitErrorRetryHandler(max_retry_count=MOST_RETRIES)]


def _code(error: SlackApiError) -> str:
    """Slack's own word for what is wrong; where it answers with no word at all, "service_unavailable"."""
    status = error.response.status_code
    if status == 429:
        return "ratelimited"
    return "service_unavailable" if status >= 500 else str(error.response.get("error"))


def _token(name: str, error: SlackApiError) -> str:
    return f"Slack refused {name} ({_code(error)}): see 'Connect Slack' in the README."


def _no_answer(error: Exception) -> str:
    return f"Slack cannot be reached ({type(error).__name__}): check the network and SLACK_API_URL."
