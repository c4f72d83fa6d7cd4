"""The web server of the bot: signed requests from Slack at /slack/events, and whether it lives and is ready.

What is not signed by Slack, too old, too large, or the very request that came before is turned away unread; who takes
too long over saying it is hung up on.
"""

import hashlib
import hmac
import json
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import SettingError

PATH = "/slack/events"
MOST_BYTES = 1_000_000
FRESH = 300  # seconds for which a signature holds
SECONDS = 10.0  # that a client may take to say its request, however it spreads it
BACKLOG = 256  # connections that may wait to be taken
MOST_UNREAD = 20_000_000  # bytes of a request turned away that are let pass, so that its sender hears why
REPEATED = "the request came before"

Answered = tuple[int, Mapping[str, str], str]  # status, headers, body
Dispatch = Callable[[str, Mapping[str, str]], Answered]
Ready = Callable[[], Mapping[str, bool]]  # what must hold, each by its name


class Signatures:
    """Tells Slack's own requests from others, and the first time from the second."""

    def __init__(self, secret: str, now: Callable[[], float] = time.time) -> None:
        self._secret, self._now = secret.encode(), now
        self._seen: dict[str, float] = {}
        self._lock = Lock()

    def refusal(self, stamp: str, signature: str, body: bytes) -> str:
        """Why a request is turned away; "" where it is Slack's, and new."""
        now = self._now()
        if not stamp.isascii() or not stamp.isdecimal() or abs(now - int(stamp[:15])) > FRESH:
            return "the time stamp is missing or not of the last five minutes"
        told = b":".join((b"v0", stamp.encode(), body))
        ours = "v0=" + hmac.new(self._secret, told, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(ours.encode(), signature.encode("utf-8", "replace")):
            return "the signature is wrong"
        with self._lock:
            self._seen = {one: at for one, at in self._seen.items() if now - at <= 2 * FRESH}
            if ours in self._seen:
                return REPEATED
            self._seen[ours] = now
        return ""

    def forget(self, signature: str) -> None:
        """Let a request that failed with us come again."""
        with self._lock:
            self._seen.pop(signature, None)


class _Server(ThreadingHTTPServer):
    request_queue_size = BACKLOG
    daemon_threads = False
    seconds = SECONDS

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.speaking: dict[socket.socket, float] = {}  # since when its client is saying a request

    def process_request(self, request: Any, client_address: Any) -> None:
        """Note when a client began to speak."""
        self.speaking[request] = time.monotonic()
        super().process_request(request, client_address)

    def service_actions(self) -> None:
        """Hang up on who has been speaking for too long; called ten times a second."""
        for line, since in list(self.speaking.items()):
            if time.monotonic() - since > self.seconds:
                self.heard(line)
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

    def heard(self, line: socket.socket) -> None:
        """A client has said its request, or will not."""
        self.speaking.pop(line, None)

    def shutdown_request(self, request: Any) -> None:
        """The end of a connection."""
        self.heard(request)
        super().shutdown_request(request)

    def handle_error(self, *_: Any) -> None:
        """A client that went away, or talked no HTTP, is not for our log."""


class WebServer:
    """Serves while its `with` block lasts. `dispatch` None: health alone. Raises SettingError for a port in use."""

    def __init__(self, host: str, port: int, ready: Ready, dispatch: Dispatch | None = None, secret: str = "") -> None:
        signatures = Signatures(secret)
        handler = type("Handler", (_Handler,), {"ready": staticmethod(ready), "signatures": signatures,
                                                "dispatch": staticmethod(dispatch) if dispatch else None})  # fmt: skip
        try:
            self._server = _Server((host, port), handler)
        except OSError as error:
            raise SettingError(f"Port {port} of {host} cannot be listened on: {error.strerror}") from error
        self.port = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever, args=(0.1,), name="slack-http")

    def __enter__(self) -> "WebServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    ready: Ready
    signatures: Signatures
    dispatch: Dispatch | None
    server: _Server
    timeout = SECONDS
    server_version, sys_version = "packclerk", ""

    def do_GET(self) -> None:
        """Whether we live, and whether we are ready for questions."""
        path = urlsplit(self.path).path
        if path == "/healthz":
            return self._say(200, {}, "ok\n")
        if path != "/readyz":
            return self._say(404, {}, "not found\n")
        holds = dict(self.ready())
        return self._say(200 if all(holds.values()) else 503, {"Content-Type": "application/json"}, json.dumps(holds))

    def do_POST(self) -> None:
        """A request from Slack."""
        if urlsplit(self.path).path != PATH or self.dispatch is None:
            return self._say(404, {}, "not found\n")
        length = self.headers.get("Content-Length") or ""
        if not length.isdecimal():
            return self._say(411, {}, "the length is missing\n")
        if len(length) > len(str(MOST_UNREAD)) or int(length) > MOST_BYTES:
            self._say(413, {}, "too large\n")
            return self._pass_by()
        body = self.rfile.read(int(length))
        self.server.heard(self.connection)
        stamp, signature = (self.headers.get(f"X-Slack-{name}") or "" for name in ("Request-Timestamp", "Signature"))
        refusal = self.signatures.refusal(stamp, signature, body)
        if refusal == REPEATED and self.headers.get("X-Slack-Retry-Num"):
            return self._say(200, {}, "")  # sent again within the second: nothing is done, and Slack need not go on
        if refusal:
            return self._say(401, {}, f"{refusal}\n")
        try:
            status, headers, told = self.dispatch(body.decode("utf-8", "replace"), dict(self.headers.items()))
        except Exception:  # noqa: BLE001 - the edge: Slack sends again what was not kept
            status, headers, told = 500, {}, ""
        if status >= 500:
            self.signatures.forget(signature)
        return self._say(status, headers, told)

    def _pass_by(self) -> None:
        """Let what is still coming pass: where we hung up on it, its sender would not hear our answer."""
        self.wfile.flush()
        left = MOST_UNREAD
        while left > 0 and (heard := self.rfile.read1(65536)):
            left -= len(heard)

    def _say(self, status: int, headers: Mapping[str, str], body: str) -> None:
        content = body.encode()
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: addresses and paths of others are not for our log."""
