"""A strict Slack on 127.0.0.1: the Web API that the bot calls, and Socket Mode over a real web socket, or signed HTTP.

It refuses what Slack refuses (wrong tokens, bad blocks, over-long or unescaped text, reading methods called with JSON),
sends an event again until it is acknowledged, and does on demand what Slack does on bad days.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, WSCloseCode, WSMsgType, web

from tests.slack_rules import BlocksError, check_file, check_home, check_message, check_prompts, check_status

T = TypeVar("T")
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
PATIENCE = 0.4  # seconds until an event that is not acknowledged is sent again; Slack's are 3 s, then minutes
IN_FLIGHT = 0.2  # seconds for which a call may be under way while another one is told to wait
MOST_RETRIES = 3


class SlackError(Exception):
    """A refusal, by Slack's own word."""


class FakeSlack:
    """Use as a context manager. `people`, `channels` and `groups` may be changed before talking."""

    _numbers = itertools.count(1)  # one row for all: like Slack's, no id ever comes again

    def __init__(self) -> None:
        self.people: dict[str, Params] = {"U1": {"id": "U1", "team_id": TEAM}, "U2": {"id": "U2", "team_id": TEAM}}
        self.channels: dict[str, Params] = {"C1": {"id": "C1"}, "D1": {"id": "D1", "is_im": True}}
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
        self.asides: list[Params] = []  # ephemeral messages that are no answers to commands and presses
        self.shares: list[Params] = []  # the messages in which files were shared
        self.idle: Callable[[], bool] = lambda: True  # whether the bot has nothing to do
        self._address, self._secret = "", ""  # where events are posted, and how they are signed; "": over the socket
        self._holding: frozenset[str] = frozenset()
        self._closed: dict[str, tuple[float, float]] = {}  # method -> since and until when it must not be called
        self._heard: dict[str, asyncio.Event] = {}  # by envelope: set when it is acknowledged
        self.failing: dict[str, str] = {}  # method -> error, or "down": a page of HTML that says 503
        self.forbidding = "invalid_blocks"  # and how that is said
        self.closed: dict[str, str] = {}  # channel -> why nothing may be posted there
        self.too_long = 40_000  # characters of text that are refused
        self.forbidden: tuple[str, ...] = ()  # types of block that this workspace does not take
        self.acknowledged: set[str] = set()
        self.sent: Counter[str] = Counter()  # envelopes by id, repetitions included
        self.connections = 0
        self.deaf = False  # new sockets are opened, but nothing is read from them, and no ping is answered
        self._sockets: list[web.WebSocketResponse] = []
        self._tickets: set[str] = set()
        self._pending: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._changed = threading.Condition()

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
        """Send an event, `times` times over under the same event id. Returns the first envelope's id."""
        number = next(self._numbers)
        payload = {"type": "event_callback", "event_id": f"Ev{number}", "team_id": TEAM, "event": event} | body
        envelopes = [f"env-{number}-{n}" for n in range(times)]
        for copy, envelope in enumerate(envelopes):
            self._send({"type": "events_api", "envelope_id": envelope, "payload": payload}, copy)
        return envelopes[0]

    def command(self, text: str, channel: str = "C1", user: str = "U1") -> str:
        """A person gives the slash command. Returns the envelope's id."""
        number = next(self._numbers)
        payload = {"command": "/packclerk", "text": text, "channel_id": channel, "user_id": user, "team_id": TEAM}
        payload |= {"trigger_id": f"{number}.1", "response_url": f"http://{self.host}/respond/{user}"}
        self._send({"type": "slash_commands", "envelope_id": f"env-{number}", "payload": payload})
        return f"env-{number}"

    def press(self, message: Params, action: str, user: str = "U1", **more: Any) -> str:
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
            "type": "block_actions", "user": {"id": user, "team_id": TEAM}, "container": box,
            "channel": {"id": channel}, "message": {} if alone else message,
            "actions": [{"action_id": action, "value": value, "action_ts": f"{time.time():.4f}{number:02d}"}],
            "trigger_id": f"{number}.2", "response_url": f"http://{self.host}/respond/{user}",
        } | more  # fmt: skip
        self._send({"type": "interactive", "envelope_id": f"env-{number}", "payload": payload})
        return f"env-{number}"

    def buttons(self, message: Params) -> list[str]:
        """The actions of the buttons under a message."""
        return [e["action_id"] for b in message["blocks"] if b["type"] == "actions" for e in b["elements"]]

    def until(self, holds: Callable[[], bool], seconds: float = 60.0) -> bool:
        """Whether `holds` comes true in time."""
        deadline = time.monotonic() + seconds
        while not (held := holds()) and time.monotonic() < deadline:
            with self._changed:
                self._changed.wait(0.05)  # not all that is waited for happens here
        return held

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
        """Cut every socket without a word, as a broken line does."""
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
            while self.deaf:
                await asyncio.sleep(0.05)
            async for frame in socket:
                if frame.type == WSMsgType.TEXT:
                    self._acknowledge(json.loads(frame.data)["envelope_id"])
        finally:
            self._sockets.remove(socket)
        return socket

    def _send(self, envelope: Params, copy: int = 0) -> None:
        async def start() -> None:
            task = asyncio.ensure_future(self._until_acknowledged(envelope, copy))
            self._pending.add(task)
            task.add_done_callback(self._pending.discard)

        self._do(start())

    async def _until_acknowledged(self, envelope: Params, copy: int) -> None:
        """Send and send again as Slack does, with the number of the attempt. A slash command is sent once."""
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
                await asyncio.wait_for(heard.wait(), PATIENCE)
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
                if answer.status == 200:
                    self._acknowledge(envelope["envelope_id"])

    async def _tell(self, frame: object) -> None:
        with suppress(ConnectionError):  # the line broke just now: what was lost is sent again
            await self._sockets[-1].send_str(frame if isinstance(frame, str) else json.dumps(frame))

    async def _cut(self) -> None:
        for socket in list(self._sockets):
            if socket._req and socket._req.transport:
                socket._req.transport.abort()
            await socket.close(code=WSCloseCode.GOING_AWAY)

    # The Web API

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls[method] += 1
        since, until = self._closed.get(method, (0.0, 0.0))
        if since + IN_FLIGHT < time.monotonic() < until:
            self.refused.append(f"{method}: called again before the time that Retry-After gave")
        if self.limited.get(method):
            seconds = str(self.limited[method].popleft())
            self._closed[method] = time.monotonic(), time.monotonic() + int(seconds)
            return web.json_response(
                {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": seconds}
            )
        if self.failing.get(method) == "down":
            self._note()
            return web.Response(status=503, text="<html>down</html>", content_type="text/html")
        try:
            params = await _parameters(request)
            wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
            if request.headers.get("Authorization") != f"Bearer {wanted}":
                raise SlackError("invalid_auth")
            if method in self.failing:
                raise SlackError(self.failing[method])
            if method in READING and request.content_type == "application/json":
                raise SlackError("invalid_arguments")
            if method not in METHODS:
                raise SlackError("unknown_method")
            told = METHODS[method](self, params)
            if self.unheard[method]:
                self.unheard[method] -= 1
                return self._hang_up_on(request)
            await self._held(method)
            return web.json_response({"ok": True} | told)
        except (SlackError, KeyError) as error:
            code = error.args[0] if isinstance(error, SlackError) else "invalid_arguments"
            self.refused.append(f"{method}: {code}")
            return web.json_response({"ok": False, "error": code})
        finally:
            self._note()

    async def _respond(self, request: web.Request) -> web.Response:
        """The address for a slash command's answer."""
        message = await request.json()
        if self.limited.get(request.match_info["user"]):
            seconds = str(self.limited[request.match_info["user"]].popleft())
            return web.Response(status=429, headers={"Retry-After": seconds})
        if "respond" in self.failing:
            return web.Response(status=404, text=self.failing["respond"])
        try:
            self._check(message)
        except SlackError as error:
            return web.json_response({"ok": False, "error": str(error)})
        self.messages.append(message | {"ephemeral": True, "user": request.match_info["user"]})
        self._note()
        await self._held("respond")
        if self.unheard["respond"]:
            self.unheard["respond"] -= 1
            return self._hang_up_on(request)
        return web.Response(text="ok")

    async def _held(self, method: str) -> None:
        self._note()
        while method in self._holding:
            await asyncio.sleep(0.02)

    def _hang_up_on(self, request: web.Request) -> web.Response:
        """Take a call, and break the line before the answer to it."""
        assert request.transport
        request.transport.abort()
        return web.Response()

    def _open(self, _: Params) -> Params:
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return {"url": f"ws://{self.host}/link?ticket={ticket}"}

    def _identity(self, _: Params) -> Params:
        return {"user_id": BOT_USER, "bot_id": BOT_ID, "team_id": TEAM, "url": f"http://{self.host}/"}

    def _post(self, params: Params) -> Params:
        if params["channel"] not in self.channels:
            raise SlackError("channel_not_found")
        if params["channel"] in self.closed:
            raise SlackError(self.closed[params["channel"]])
        self._check(params)
        ts = f"{time.time():.4f}{next(self._numbers):02d}"
        self.messages.append(params | {"ts": ts, "bot_id": BOT_ID, "user": BOT_USER})
        return {"channel": params["channel"], "ts": ts}

    def _check(self, message: Params) -> None:
        if len(message["text"]) > self.too_long:
            raise SlackError("msg_too_long")
        if {block["type"] for block in message.get("blocks") or []} & set(self.forbidden):
            raise SlackError(self.forbidding)
        try:
            check_message(message)
        except BlocksError as error:
            self.refused.append(str(error))
            raise SlackError("invalid_blocks") from error

    def _aside(self, params: Params) -> Params:
        if params["channel"] not in self.channels or not params["text"]:
            raise SlackError("channel_not_found")
        self.asides.append(params)
        return {}

    def _status(self, params: Params) -> Params:
        if params["channel_id"] not in self.channels:
            raise SlackError("channel_not_found")
        self._demand(check_status, params)
        self.statuses.append({k: params[k] for k in ("channel_id", "thread_ts", "status")})
        return {}

    def _react(self, params: Params) -> Params:
        if params["channel"] not in self.channels or params["name"] != params["name"].strip(":"):
            raise SlackError("invalid_name")
        self.reactions.append(("add", params["timestamp"]))
        return {}

    def _unreact(self, params: Params) -> Params:
        if ("add", params["timestamp"]) not in self.reactions:
            raise SlackError("no_reaction")
        self.reactions.append(("remove", params["timestamp"]))
        return {}

    def _replies(self, params: Params) -> Params:
        parent = {"ts": params["ts"], "text": "", "user": "U1"}
        said = [
            m for m in (*self.messages, *self.shares) if m.get("thread_ts") == params["ts"] and "ephemeral" not in m
        ]
        found = [m for m in said if m["channel"] == params["channel"] and m["ts"] > params.get("oldest", "0")]
        kept = found if params.get("include_all_metadata") in ("1", "true") else [m | {"metadata": None} for m in found]
        return _page([parent, *kept], params)

    def _history(self, params: Params) -> Params:
        said = [m for m in self.messages if m.get("channel") == params["channel"] and not m.get("thread_ts")]
        return _page(said[::-1], params)

    def _demand(self, check: Callable[[Params], None], found: Params) -> None:
        try:
            check(found)
        except BlocksError as error:
            self.refused.append(str(error))
            raise SlackError("invalid_arguments") from error

    def _open_direct(self, params: Params) -> Params:
        return {"channel": {"id": f"D-{params['users']}"}}

    def _upload_address(self, params: Params) -> Params:
        self._demand(check_file, params)
        number = f"F{next(self._numbers)}"
        self._uploads[number] = {"name": params["filename"], "alt": params.get("alt_txt", "")}
        return {"file_id": number, "upload_url": f"http://{self.host}/upload/{number}"}

    async def _take_file(self, request: web.Request) -> web.Response:
        self._uploads[request.match_info["file"]]["content"] = await request.read()
        return web.Response(text="OK")

    async def _give_file(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
            return web.Response(status=403)
        return web.Response(body=self.dropped[request.match_info["file"]][1])

    def _complete_upload(self, params: Params) -> Params:
        files = params["files"] if isinstance(params["files"], list) else json.loads(params["files"])
        for file in files:
            about = {"title": file["title"], "channel": params["channel_id"], "thread_ts": params.get("thread_ts", "")}
            taken = self._uploads.pop(file["id"])
            self.files.append(taken | about)
            ts = f"{time.time():.4f}{next(self._numbers):02d}"
            shared = {"channel": params["channel_id"], "thread_ts": params.get("thread_ts", ""), "ts": ts}
            self.shares.append(shared | {"user": BOT_USER, "files": [{"id": file["id"], "name": taken["name"]}]})
        return {"files": files}

    def _file(self, params: Params) -> Params:
        if params["file"] not in self.dropped:
            raise SlackError("file_not_found")
        return {"file": self.dropped[params["file"]][0]}

    def _publish(self, params: Params) -> Params:
        view = params["view"] if isinstance(params["view"], dict) else json.loads(params["view"])
        try:
            check_home(view)
        except BlocksError as error:
            self.refused.append(str(error))
            raise SlackError("invalid_blocks") from error
        self.homes[params["user_id"]] = view
        return {}

    def _prompt(self, params: Params) -> Params:
        decoded = params["prompts"] if isinstance(params["prompts"], list) else json.loads(params["prompts"])
        self._demand(check_prompts, params | {"prompts": decoded})
        self.prompts.append(params | {"prompts": decoded})
        return {}

    def _note(self) -> None:
        with self._changed:
            self._changed.notify_all()


async def _parameters(request: web.Request) -> Params:
    if request.content_type == "application/json":
        return dict(json.loads(await request.text() or "{}"))
    form: Params = dict(request.query) | dict(await request.post())
    decoded = {key: json.loads(form[key]) for key in ("blocks", "metadata") if key in form}
    truths = {key: form[key] in ("1", "true") for key in form if key.startswith("unfurl_")}
    return form | decoded | truths


def _page(found: list[Params], params: Params) -> Params:
    """Two at a time, however many are asked for, as Slack may give fewer than that."""
    start = int(params.get("cursor") or 0)
    more = str(start + 2) if len(found) > start + 2 else ""
    return {"messages": found[start : start + 2], "has_more": bool(more), "response_metadata": {"next_cursor": more}}


def _one(table: str, key: str, error: str, name: str) -> Callable[[FakeSlack, Params], Params]:
    def find(slack: FakeSlack, params: Params) -> Params:
        found = getattr(slack, table)
        if params[key] not in found:
            raise SlackError(error)
        return {name: found[params[key]]}

    return find


METHODS: dict[str, Callable[[FakeSlack, Params], Params]] = {
    "apps.connections.open": FakeSlack._open,
    "auth.test": FakeSlack._identity,
    "chat.postMessage": FakeSlack._post,
    "chat.postEphemeral": FakeSlack._aside,
    "conversations.history": FakeSlack._history,
    "assistant.threads.setStatus": FakeSlack._status,
    "reactions.add": FakeSlack._react,
    "reactions.remove": FakeSlack._unreact,
    "conversations.replies": FakeSlack._replies,
    "conversations.open": FakeSlack._open_direct,
    "conversations.members": _one("members", "channel", "channel_not_found", "members"),
    "files.getUploadURLExternal": FakeSlack._upload_address,
    "files.completeUploadExternal": FakeSlack._complete_upload,
    "files.info": FakeSlack._file,
    "views.publish": FakeSlack._publish,
    "assistant.threads.setSuggestedPrompts": FakeSlack._prompt,
    "users.info": _one("people", "user", "user_not_found", "user"),
    "conversations.info": _one("channels", "channel", "channel_not_found", "channel"),
    "usergroups.users.list": _one("groups", "usergroup", "no_such_subteam", "users"),
}
