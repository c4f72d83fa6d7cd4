"""Slack's Socket Mode for the bot: a socket that is known to hear, and is opened again where it does not."""

import json
import logging
import socket
import time
from contextlib import suppress

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.socket_mode.interval_runner import IntervalRunner
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.websocket_client import SocketModeClient
from websocket import WebSocketException

AGAIN = 0.5  # seconds between the end of a session and the next
MOST_AGAIN = 10.0  # after sessions that could not be opened: each time twice as long, and no longer
WORKERS = 40  # that take what comes: what arrives together is written together, and so acknowledged sooner

log = logging.getLogger("packclerk.slack")


class Line(SocketModeClient):
    """The library's Socket Mode client, made to end its socket from the one thread that reads it.

    Ended from another thread, the reader may miss it and sleep on for 10 seconds, in which nobody listens.
    """

    def __init__(self, app: App, app_token: str, ping: float) -> None:
        own = log.getChild("socket")
        own.setLevel(logging.WARNING)
        super().__init__(app_token, own, app.client, ping_interval=ping, concurrency=WORKERS)
        logging.getLogger("websocket").setLevel(logging.CRITICAL)  # what it has to say, our own log says too
        self.current_app_monitor_started = True  # it would at once open a second socket; each end of one opens the next
        self.current_session_runner.shutdown()  # type: ignore[no-untyped-call]  # it waits already, for no session
        self.current_session_runner = IntervalRunner(self._run_one, AGAIN)
        self._sessions = 0  # that were opened so far
        self.opened = 0.0  # when the socket was opened, in seconds of the clock; 0 while there is none
        self.on_open_listeners.append(self._note_opening)
        self.socket_mode_request_listeners.append(lambda _, request: self._take(app, request))

    def connect(self) -> None:
        """Open a session; the first is run from now on, each further one when the one before it has ended."""
        super().connect()
        if not self.current_session_runner.is_alive():
            self.current_session_runner.start()

    def _run_one(self) -> None:
        """Run a session to its end."""
        before, runner = self._sessions, self.current_session_runner
        self._run_current_session()  # type: ignore[no-untyped-call]
        if self._sessions > before:
            runner.interval_seconds = AGAIN
        elif not self.closed:
            log.warning("not connected", extra={"about": {"again_in": runner.interval_seconds}})
            runner.interval_seconds = min(2 * runner.interval_seconds, MOST_AGAIN)

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
        if self.current_session_runner.is_alive():
            self.current_session_runner.thread.join(3)
        super().close()

    def _note_opening(self, _: object) -> None:
        self.opened = time.time()
        self._sessions += 1
