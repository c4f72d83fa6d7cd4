"""A strict Slack on 127.0.0.1: the Web API that the bot calls, and Socket Mode over a real web socket, or signed HTTP.

It refuses what Slack refuses (wrong tokens, bad blocks, over-long or unescaped text, reading methods called with JSON),
sends an event again until it is acknowledged, and does on demand what Slack does on bad days.
"""

import asyncio
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, WSCloseCode, WSMsgType, web

from tests.fake_api import Api
from tests.fake_state import APP_TOKEN, BOT_TOKEN, BOT_USER, MOST_RETRIES, TEAM, Params

__all__ = ["APP_TOKEN", "BOT_TOKEN", "BOT_USER", "TEAM", "FakeSlack", "Params"]

T = TypeVar("T")


class FakeSlack(Api):
    """Use as a context manager. `people`, `channels` and `groups` may be changed before talking."""

    # The server and its thread

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="fake-slack")
        self._thread.start()
        assert self._ready.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._begin())
        self._loop.run_forever()

    async def _begin(self) -> None:
        app = web.Application()
        app.router.add_post("/api/{method}", self._call)
        app.router.add_get("/api/{method}", self._call)
        app.router.add_post("/respond/{user}", self._respond)
        app.router.add_get("/link", self._link)
        app.router.add_post("/upload/{file}", self._take_file)
        app.router.add_get("/files/{file}", self._give_file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.host = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.url = f"http://{self.host}/api/"
        self._ready.set()

    async def _end(self) -> None:
        for task in self._pending:
            task.cancel()
        await asyncio.gather(*self._pending, return_exceptions=True)
        await self._runner.cleanup()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    # What tests say and wait for

    def say(self, text: str, channel: str = "C1", user: str = "U1", thread: str = "", **more: Any) -> str:
        """A person writes a message; the events that Slack makes of it. Returns its time stamp."""
        ts = f"{time.time():.4f}{next(self._numbers):02d}"
        event = {"type": "message", "channel": channel, "user": user, "text": text, "ts": ts, "team": TEAM} | more
        event |= {"channel_type": "im" if channel.startswith("D") else "channel"}
        event |= {"thread_ts": thread} if thread else {}
        self.deliver(event)
        if f"<@{BOT_USER}>" in text and event["channel_type"] != "im":
            self.deliver({k: v for k, v in event.items() if k != "channel_type"} | {"type": "app_mention"})
        return ts

    def deliver(self, event: Params, times: int = 1, **body: Any) -> str:
        """Send an event, `times` times over under the same event id, one copy after the other, as a repetition never
        overtakes what it repeats. Returns the first envelope's id."""
        number = next(self._numbers)
        payload = {"type": "event_callback", "event_id": f"Ev{number}", "team_id": TEAM, "event": event} | body
        envelopes = [f"env-{number}-{n}" for n in range(times)]
        for copy, envelope in enumerate(envelopes):
            self._send({"type": "events_api", "envelope_id": envelope, "payload": payload}, copy, envelopes[:copy])
        return envelopes[0]

    def command(self, text: str, channel: str = "C1", user: str = "U1") -> str:
        """A person gives the slash command. Returns the envelope's id."""
        number = next(self._numbers)
        payload = {"command": "/packclerk", "text": text, "channel_id": channel, "user_id": user, "team_id": TEAM}
        payload |= {"trigger_id": f"{number}.1", "response_url": f"http://{self.host}/respond/{user}"}
        self._send({"type": "slash_commands", "envelope_id": f"env-{number}", "payload": payload})
        return f"env-{number}"

    def press(self, message: Params, action: str, user: str = "U1", by: Params | None = None, **more: Any) -> str:
        """A person presses a button under a message. Returns the envelope's id."""
        number, value = next(self._numbers), ""
        for element in [e for b in message["blocks"] for e in b.get("elements") or []]:
            if element.get("action_id") == action:
                value = element.get("value") or element["negative_button"]["value"]
        assert value, f"there is no button {action}"
        alone = bool(message.get("ephemeral"))
        channel = message.get("channel") or "C1"
        box = {"type": "message", "is_ephemeral": alone, "channel_id": channel}
        payload = {
            "type": "block_actions", "user": by or {"id": user, "team_id": TEAM}, "container": box,
            "channel": {"id": channel}, "message": {} if alone else message,
            "actions": [{"action_id": action, "value": value, "action_ts": f"{time.time():.4f}{number:02d}"}],
            "trigger_id": f"{number}.2", "response_url": f"http://{self.host}/respond/{user}",
        } | more  # fmt: skip
        self._send({"type": "interactive", "envelope_id": f"env-{number}", "payload": payload})
        return f"env-{number}"

    def buttons(self, message: Params) -> list[str]:
        """The actions of the buttons under a message."""
        return [e["action_id"] for b in message["blocks"] if b["type"] == "actions" for e in b["elements"]]

    def answers(self, count: int = 1, settle: bool = False) -> list[Params]:
        """The messages, once there are `count` of them; with `settle`, when no more can come: all that was sent is
        acknowledged or given up, and the bot has nothing to do."""
        self.until(lambda: len(self.messages) >= count)
        if settle:
            assert self.until(lambda: not self._pending and self.idle())
        return list(self.messages)

    def hold(self, *methods: str) -> None:
        """Do what these methods ask, and let the caller wait for the answer."""
        self._holding = frozenset(methods)

    def let_go(self) -> None:
        """Answer again."""
        self._holding = frozenset()

    def post_to(self, address: str, secret: str) -> None:
        """From now on send everything as signed requests to this address."""
        self._address, self._secret = address, secret

    def connected(self, number: int = 1) -> bool:
        """Whether the bot's connection with that number, from 1, comes."""
        return self.until(lambda: self.connections >= number)

    def hang_up(self) -> None:
        """Cut every socket without a word, as a broken line does; over HTTP, hear no answer for a second."""
        self._mute_until = time.monotonic() + 1.0
        self._do(self._cut())

    def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Send the disconnect frame with which Slack refreshes a connection, or ("warning") says that it soon will."""
        self._do(self._tell({"type": "disconnect", "reason": reason}))

    def whisper(self, frame: object) -> None:
        """Send something that is no envelope, a text as it is."""
        self._do(self._tell(frame))

    # Socket Mode

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
        self._sockets.append(socket)
        self.connections += 1
        self._note()
        try:
            deaf = self.deaf
            while deaf and request.transport and not request.transport.is_closing():
                await asyncio.sleep(0.02)
            async for frame in socket:
                if frame.type == WSMsgType.TEXT:
                    self._acknowledge(json.loads(frame.data)["envelope_id"])
        finally:
            self._sockets.remove(socket)
        return socket

    def _send(self, envelope: Params, copy: int = 0, after: Sequence[str] = ()) -> None:
        async def start() -> None:
            task = asyncio.ensure_future(self._until_acknowledged(envelope, copy, after))
            self._pending.add(task)
            task.add_done_callback(self._pending.discard)

        self._do(start())

    async def _until_acknowledged(self, envelope: Params, copy: int, after: Sequence[str]) -> None:
        """Send and send again as Slack does, with the number of the attempt, once those `after` which it comes were
        sent. A slash command is sent once."""
        while not all(self.sent[each] for each in after):
            await asyncio.sleep(0.01)
        again = envelope["type"] == "events_api"
        heard = self._heard.setdefault(envelope["envelope_id"], asyncio.Event())
        for attempt in range(MOST_RETRIES + 1 if again else 1):
            if self._address:
                await self._request(envelope, attempt + copy)
            else:
                while not self._sockets:
                    await asyncio.sleep(0.02)
                retry = {"retry_attempt": attempt, "retry_reason": "timeout"} if attempt else {"retry_attempt": 0}
                await self._tell(envelope | {"accepts_response_payload": not again} | (retry if again else {}))
            self.sent[envelope["envelope_id"]] += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), self.patience)
                return

    def _acknowledge(self, envelope: str) -> None:
        self.acknowledged.add(envelope)
        self._heard.setdefault(envelope, asyncio.Event()).set()
        self._note()

    async def _request(self, envelope: Params, attempt: int) -> None:
        """Send over HTTP, as JSON or as a form, signed; a repetition says so in its headers."""
        payload, kind = envelope["payload"], "application/x-www-form-urlencoded"
        if envelope["type"] == "events_api":
            body, kind = json.dumps(payload), "application/json"
        else:
            body = urlencode({"payload": json.dumps(payload)} if envelope["type"] == "interactive" else payload)
        stamp = str(int(time.time()))
        signature = hmac.new(self._secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}", "Content-Type": kind}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        with suppress(ClientError):
            async with ClientSession() as session, session.post(self._address, data=body, headers=headers) as answer:
                if answer.status == 200 and time.monotonic() > self._mute_until:
                    self._acknowledge(envelope["envelope_id"])

    async def _tell(self, frame: object) -> None:
        with suppress(ConnectionError):  # the line broke just now: what was lost is sent again
            await self._sockets[-1].send_str(frame if isinstance(frame, str) else json.dumps(frame))

    async def _cut(self) -> None:
        for socket in list(self._sockets):
            if socket._req and socket._req.transport:
                socket._req.transport.abort()
            await socket.close(code=WSCloseCode.GOING_AWAY)
